"""From the fields of a source to a `Document`: the one place that says what an article must be."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from kg.corpus.dates import read_date
from kg.errors import InputError
from kg.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Longest text of one article in characters: some 80,000 words, twenty times the longest feature of a newspaper.
#: More is a file that holds many articles, and would take the parser gigabytes of memory.
MAX_CHARACTERS = 500_000

#: Most bytes that one article may take in its file, markup included.
MAX_BYTES = 32 * 2**20

#: Field of a `Document` -> what the field is called in JSON and csv, the first that is there counts.
KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id"),
    "text": ("text", "body", "content", "maintext"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet"),
    "url": ("url", "link"),
    "published": ("published", "date"),
    "language": ("language", "lang"),
}

_SURROGATE = re.compile("[\ud800-\udfff]")


def article(fields: Mapping[str, object], where: str) -> Document | Failure:
    """Make a document of a record as JSON or csv has it.

    Args:
        fields: The record; `KEYS` says which names count.
        where: Path and line, for the message of a failure.
    """
    try:
        given = {name: _string(fields, names) for name, names in KEYS.items()}
        return document(**given)
    except InputError as error:
        return failure(fields, where, str(error))


def failure(fields: Mapping[str, object], where: str, reason: str) -> Failure:
    """A record that makes no article, under its own id if it has one."""
    given = next((str(fields[name]) for name in KEYS["id"] if fields.get(name)), None)
    return Failure(given, "corpus", f"{where}: {reason}") if given else Failure(where, "corpus", reason)


def _string(fields: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    name = next((name for name in names if fields.get(name) not in (None, "")), None)
    if name is None:
        return None
    value = fields[name]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise InputError(f'"{name}" is no string but {type(value).__name__}; write it as a string')
    return value


def document(  # noqa: PLR0913 - the fields of an article
    *,
    text: str | None,
    id: str | None = None,  # noqa: A002 - the field's name
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    published: str | None = None,
    language: str | None = None,
) -> Document:
    """Make a document of strings.

    Raises:
        InputError: There is no text, or too much of it, or it holds what is no character, or the date is none.
    """
    for name, value in (("text", text), ("title", title), ("id", id), ("publisher", publisher), ("url", url)):
        _check_characters(name, value or "")
    if text is None or not text.strip():
        raise InputError("the article is empty; give it a text or leave it out")
    return Document(
        id=(id or "").strip() or content_id(text, title, publisher, url),
        text=text,
        title=title if title and title.strip() else None,
        publisher=_stripped(publisher),
        url=_stripped(url),
        published=read_date(published) if published else None,
        language=_stripped(language) or "en",
    )


def content_id(text: str, *others: str | None) -> str:
    """Identify an article by what it says and where it stood: the same article has the same id wherever it is read."""
    content = "\0".join((text, *(other or "" for other in others)))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _check_characters(name: str, value: str) -> None:
    if len(value) > MAX_CHARACTERS:
        raise InputError(
            f"the {name} has {len(value):,} characters, more than the {MAX_CHARACTERS:,} of one article; split it"
        )
    if _SURROGATE.search(value):
        raise InputError(f"the {name} holds bytes or surrogates that are no characters; save it as UTF-8")


def _stripped(value: str | None) -> str | None:
    return (value or "").strip() or None
