"""Input formats to `Document`: files, folders, archives and standard input, one article at a time.

A new format is one reader and one line in `FORMATS`. What cannot be read is a `Failure` that says what, where and what
to do; the articles beside it are read all the same.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.corpus.dates import dateline, read_date
from kg.corpus.feed import read_feed
from kg.corpus.language import is_english
from kg.corpus.lines import read_csv, read_json, read_json_lines
from kg.corpus.newsml import read_newsml
from kg.corpus.pdf import read_pdf
from kg.corpus.plain import read_text
from kg.corpus.sources import DAMAGED, STDIN, Source, Tally, check, sources
from kg.corpus.warc import read_warc
from kg.corpus.web import read_html
from kg.corpus.xml import read_markup, read_xml
from kg.errors import InputError
from kg.records import Document, Failure

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    Reader = Callable[[Source], Iterator[Document | Failure]]

__all__ = ["FORMATS", "Tally", "read_date", "read_documents", "sample_path"]

#: File name suffix -> what reads it. A reader yields articles lazily, and a `Failure` for each that it cannot make out.
FORMATS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".warc": read_warc,
    ".wet": read_warc,
    ".pdf": read_pdf,
    ".rss": read_feed,
    ".atom": read_feed,
    ".newsml": read_newsml,
    ".xml": read_xml,
}

#: What a file without a telling name is taken for, by what it begins with after blanks.
SNIFFED: dict[bytes, Reader] = {
    b"<": read_markup,
    b"{": read_json,
    b"[": read_json,
    b"WARC/1.": read_warc,
    b"%PDF-": read_pdf,
}

#: What is not read in any other language.
LANGUAGE = "en"


def sample_path() -> Path:
    """The folder of the articles that come with the package."""
    return Path(__file__).parent.parent / "samples"


def read_documents(
    paths: Iterable[str | os.PathLike[str]], *, published: dt.date | None = None, tally: Tally | None = None
) -> Iterator[Document | Failure]:
    """Read articles in a stable order, lazily: memory is that of one article, whatever the size of the input.

    Args:
        paths: Files, folders (read recursively in the order of names, hidden files left out), `.zip` archives,
            compressed files, and "-" for JSON lines on standard input.
        published: Date of the articles that have none of their own; it also gives the year to a dateline without one.
        tally: Where to note how many bytes have been read.

    Raises:
        InputError: A path does not exist. Raised before anything is read.
    """
    names = [os.fspath(path) for path in paths]
    for name in names:
        check(name)
    return _read(names, published, tally or Tally())


def _read(names: list[str], published: dt.date | None, tally: Tally) -> Iterator[Document | Failure]:
    for source in sources(names, tally):
        for each in _read_source(source) if isinstance(source, Source) else (source,):
            yield _checked(each, published) if isinstance(each, Document) else each


def _read_source(source: Source) -> Iterator[Document | Failure]:
    try:
        yield from _reader(source)(source)
    except InputError as error:
        yield Failure(source.name, "corpus", str(error))
    except DAMAGED as error:
        yield Failure(source.name, "corpus", f"cannot be read to its end ({error}); get the file anew")
    finally:
        source.stream.close()


def _reader(source: Source) -> Reader:
    if source.name == STDIN:
        return read_json_lines
    if reader := FORMATS.get(source.suffix):
        return reader
    if not source.asked_for:
        raise InputError(f"is in no format that kg reads ({', '.join(FORMATS)}); convert it")
    beginning = source.peek(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((reader for start, reader in SNIFFED.items() if beginning.startswith(start)), read_text)


def _checked(document: Document, published: dt.date | None) -> Document | Failure:
    """The document with its date, unless its source or its words say that it is in a language that is not read here."""
    if document.language.lower().replace("_", "-").split("-")[0] not in {LANGUAGE, "eng"}:
        return Failure(document.id, "corpus", f"is in {document.language!r}, and kg reads English; leave it out")
    if not is_english(document.text):
        return Failure(
            document.id, "corpus", "is not in English by its words, and kg reads no other language; leave it out"
        )
    return _dated(document, published)


def _dated(document: Document, published: dt.date | None) -> Document:
    """The document's own date stands; then its dateline; then the date that the user gave for all."""
    if document.published:
        return document
    return replace(document, published=dateline(document.text, published) or published)
