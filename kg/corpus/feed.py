"""RSS and Atom, by feedparser: each entry with the text that it carries is an article."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from kg.corpus.article import document
from kg.corpus.extras import library
from kg.corpus.markup import text_of_html
from kg.corpus.plain import all_bytes
from kg.errors import InputError
from kg.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.sources import Source

_DEFINES = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)

REFUSED = "defines entities of its own, which no feed needs and which can be an attack; remove its document type"


def read_feed(source: Source) -> Iterator[Document | Failure]:
    """Read the entries of a feed, each under its own id, date, author and address.

    Raises:
        InputError: It is no feed, it defines entities, or feedparser is not installed.
    """
    feedparser = library("feedparser", "a feed")
    data = all_bytes(source)
    if _DEFINES.search(data.replace(b"\0", b"")):  # UTF-16 and UTF-32 have zeros between the letters
        raise InputError(REFUSED)
    found = feedparser.parse(data, resolve_relative_uris=False, response_headers={"content-type": "application/xml"})
    if not found.get("version") and not found.entries:
        raise InputError("is no feed of RSS or Atom; name the file as what it is")
    for number, entry in enumerate(found.entries, 1):
        yield _article(entry, found.feed, f"{source.name}: entry {number}")
    if found.bozo and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        reason = " ".join(str(found.bozo_exception).split())[:80]
        yield Failure(source.name, "corpus", f"is no well-formed XML ({reason}), entries may be missing; get it anew")


def _article(entry: Any, feed: Any, where: str) -> Document | Failure:
    try:
        return document(
            text=_text(entry),
            id=entry.get("id") or entry.get("link"),
            title=text_of_html(entry.get("title", "")) or None,
            publisher=entry.get("source", {}).get("title") or feed.get("publisher") or feed.get("title"),
            url=entry.get("link"),
            published=_day(entry),
            language=entry.get("language") or _text_language(entry) or feed.get("language"),
        )
    except InputError as error:
        return Failure(entry.get("id") or where, "corpus", f"{where}: {error}" if entry.get("id") else str(error))


def _text(entry: Any) -> str:
    """The longest of the texts that the entry carries: its content, where there is one, else its summary."""
    given = [each.value for each in entry.get("content", ())] + [entry.get("summary", "")]
    return max((text_of_html(each) for each in given if each), key=len, default="")


def _text_language(entry: Any) -> str | None:
    return next((each.language for each in entry.get("content", ()) if each.get("language")), None)


def _day(entry: Any) -> str | None:
    """The day, in UTC, on which the entry was published, else updated; what feedparser cannot read is none."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return time.strftime("%Y-%m-%d", moment) if moment else None
