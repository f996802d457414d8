"""Web pages: trafilatura finds the main text and what the page says of itself; scripts, menus and comments are left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.corpus.article import document
from kg.corpus.encodings import decode
from kg.corpus.plain import all_bytes, lines_unified
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.sources import Source
    from kg.records import Document

#: No date of the page is measured against the clock (`max_date`), and none is guessed from running text.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}

#: Where a page declares its encoding and its language.
HEAD = 4096

_LANGUAGE = re.compile(r"<html\b[^>]*\slang\s*=\s*[\"']?\s*([a-z]{2,3}\b[\w-]*)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read_html(source: Source) -> Iterator[Document]:
    """Read one page as one article; its title, publisher, address and date where the page states them.

    Raises:
        InputError: There is no main text, or no page at all.
    """
    yield article_of_page(decoded(all_bytes(source)))


def article_of_page(html: str, url: str | None = None, language: str | None = None) -> Document:
    """Make a document of a page's HTML.

    Args:
        html: The page.
        url: Where it was fetched, if that is known; what the page says of itself goes before.
        language: What the server says that the page is in; as above.

    Raises:
        InputError: There is no main text.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second

    page: Any = bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=DATES
    )
    if page is None or not (page.text or "").strip():
        raise InputError("no article was found on the page; save the page with its text, or as .txt")
    return document(
        text=_body(lines_unified(page.text), page.title),
        title=page.title,
        publisher=page.sitename or page.hostname,
        url=page.url,
        published=page.date,
        language=declared[1] if (declared := _LANGUAGE.search(html, 0, HEAD)) else language,
    )


def _body(text: str, title: str | None) -> str:
    """The text without a first line that only repeats the title, which is read apart."""
    first, _, rest = text.partition("\n")
    return rest if rest.strip() and title and first.strip().casefold() == title.strip().casefold() else text


def decoded(data: bytes, charset: str = "") -> str:
    """As the server or the page declares its encoding, if it does so rightly; else as any text.

    Args:
        data: The page.
        charset: The encoding that the server named, if it named one.

    Raises:
        InputError: The bytes are no text.
    """
    declared = _CHARSET.search(data[:HEAD])
    for name in (charset, declared[1].decode("ascii") if declared else ""):
        try:
            return data.decode(name or "none")
        except (LookupError, UnicodeDecodeError):
            continue
    return decode(data)
