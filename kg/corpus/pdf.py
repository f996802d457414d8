"""PDF, by pypdf: a file is an article. Lines become paragraphs again, and what every page repeats is left out."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.corpus.article import MAX_CHARACTERS, document
from kg.corpus.dates import dateline
from kg.corpus.extras import library
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.corpus.sources import Source
    from kg.records import Document

#: A line of a paragraph that is shorter than this share of the column, and closes a sentence, ends the paragraph.
SHORT = 0.8
#: Lines at the edge of a page that stand on so many of the pages are running heads.
REPEATED = 0.5

_CLOSES = re.compile(r"[.!?:][\"”’')\]]*$")
_HYPHEN = re.compile(r"(?<=[a-z])-$")
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\W*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)


def read_pdf(source: Source) -> Iterator[Document]:
    """Read a PDF with the title, publisher and date that it states of itself.

    Raises:
        InputError: It is damaged, locked, or pictures only, or pypdf is not installed.
    """
    pypdf = library("pypdf", "a PDF")
    try:
        yield _document(pypdf.PdfReader(source.stream))
    except InputError:
        raise
    except pypdf.errors.FileNotDecryptedError as error:
        raise InputError("is locked with a password; save it without") from error
    except Exception as error:
        reason = " ".join(str(error).split())[:80] or type(error).__name__
        raise InputError(f"is a PDF that cannot be read ({reason}); print it to a new one") from error


def _document(reader: Any) -> Document:
    text = _text(reader)
    if not text:
        raise InputError("has no text but pictures of it; let a program for character recognition (OCR) read it first")
    info, described = reader.metadata or {}, _described(reader)
    made = getattr(info, "creation_date", None)
    published = described.get("date") or (made.date().isoformat() if made and not dateline(text, made.date()) else None)
    title = described.get("title") or " ".join((info.get("/Title") or "").split())
    return document(text=text, title=title or None, publisher=described.get("publisher"), published=published)


def _described(reader: Any) -> dict[str, str]:
    """Title, publisher and date as XMP has them, which, unlike when the file was made, are the article's."""
    try:
        found = reader.xmp_metadata
        title = next(iter((found.dc_title or {}).values()), "") if found else ""
        publisher = next(iter(found.dc_publisher or ()), "") if found else ""
        dates = [each for each in (found.dc_date or ()) if each] if found else []
    except Exception:  # noqa: BLE001  # a description that cannot be read is none
        return {}
    day = dates[0].date().isoformat() if dates and hasattr(dates[0], "date") else ""
    return {name: text for name, text in (("title", title), ("publisher", publisher), ("date", day)) if text}


def _text(reader: Any) -> str:
    pages, length = [], 0
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        length += len(pages[-1])
        if length > MAX_CHARACTERS:
            raise InputError(f"has more than {MAX_CHARACTERS:,} characters, too many for one article; split it")
    return "\n".join(_paragraphs(_without_heads([_lines(page) for page in pages])))


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines()]


def _without_heads(pages: Sequence[list[str]]) -> list[str]:
    """All lines but page numbers and what most pages repeat at their edges but for a number."""
    edges = Counter(_NUMBERS.sub("#", line) for page in pages for line in {*_edge(page)})
    heads = {line for line, count in edges.items() if count > max(1, REPEATED * len(pages))}
    lines = []
    for page in pages:
        edge = set(_edge(page))
        for line in page:
            numbered = line in edge and (_PAGE_NUMBER.fullmatch(line) or _NUMBERS.sub("#", line) in heads)
            lines += [] if numbered else [line]
    return lines


def _edge(page: Sequence[str]) -> list[str]:
    full = [line for line in page if line]
    return full[:2] + full[-2:]


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines joined, broken words too; an empty line, or a short one that closes a sentence, ends a paragraph."""
    column = statistics.quantiles(map(len, full), n=4)[-1] if len(full := [line for line in lines if line]) > 1 else 0
    paragraph = ""
    for line in lines:
        if paragraph and not line:
            yield paragraph
            paragraph = ""
            continue
        paragraph = _HYPHEN.sub("", paragraph) + line if _is_broken(paragraph, line) else f"{paragraph} {line}".strip()
        if len(line) < SHORT * column and _CLOSES.search(line):
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _is_broken(paragraph: str, line: str) -> bool:
    return bool(_HYPHEN.search(paragraph)) and line[:1].islower()
