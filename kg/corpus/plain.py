"""Plain text: one file, one article. The first line, a headline mostly, is a paragraph of the text like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.corpus.article import MAX_BYTES, document
from kg.corpus.encodings import decode
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.sources import Source
    from kg.records import Document


def read_text(source: Source) -> Iterator[Document]:
    r"""Read a text file; line ends become `\n`, and nothing else of the text changes, so that offsets hold.

    Raises:
        InputError: The file is empty, too long, binary, or in no known encoding.
    """
    yield document(text=lines_unified(decode(all_bytes(source))))


def all_bytes(source: Source) -> bytes:
    """The whole file, if it is one article's size.

    Raises:
        InputError: It is larger than `MAX_BYTES`.
    """
    data = source.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES:,} bytes, too large for one article; split it or use JSON lines")
    return data


def lines_unified(text: str) -> str:
    r"""The text with `\n` at the end of every line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
