"""JSON lines, JSON and csv: a record is an article, its text untouched. `KEYS` says what the fields are called."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from kg.corpus.article import KEYS, MAX_BYTES, article, failure
from kg.corpus.encodings import MARKS, encoding_of
from kg.errors import InputError
from kg.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.corpus.sources import Source


def read_json_lines(source: Source) -> Iterator[Document | Failure]:
    """Read one JSON object a line; a line that is none is a failure of its own, an empty line is nothing."""
    for number, line in _numbered_lines(source):
        where = f"{source.name}:{number}"
        if isinstance(line, Failure):
            yield line
        elif line.strip():
            yield _article_of_line(line, where)


def _numbered_lines(source: Source) -> Iterator[tuple[int, bytes | Failure]]:
    """Lines with their numbers from 1; one that is longer than `MAX_BYTES` is skipped without being held."""
    encoding = next((name for mark, name in MARKS.items() if source.peek(4).startswith(mark)), "utf-8")
    if encoding in {"utf-16", "utf-32"}:
        raise InputError(f"is {encoding.upper()}; JSON lines are UTF-8, convert the file")
    number = 0
    while line := source.stream.readline(MAX_BYTES):
        number += 1
        if len(line) < MAX_BYTES or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = source.stream.readline(MAX_BYTES)
        where = f"{source.name}:{number}"
        yield number, Failure(where, "corpus", f"the line is longer than {MAX_BYTES:,} bytes; split it")


def _article_of_line(line: bytes, where: str) -> Document | Failure:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return Failure(where, "corpus", f"is no JSON ({error.msg} at column {error.colno}); mend the line")
    except RecursionError:
        return Failure(where, "corpus", "is nested too deeply; write one flat object a line")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        return Failure(where, "corpus", f"byte 0x{byte:02x} is no valid utf-8; convert the file to UTF-8")
    return _article_of(fields, where)


def _article_of(fields: Any, where: str) -> Document | Failure:
    if not isinstance(fields, dict):
        return Failure(where, "corpus", f'is {type(fields).__name__}, no object; write {{"id", "text", …}}')
    if not any(fields.get(name) for name in KEYS["text"]):
        return failure(fields, where, 'has no "text"; give it one or leave it out')
    return article(fields, where)


def read_json(source: Source) -> Iterator[Document | Failure]:
    """Read a JSON file: an array of articles (streamed), one article, or JSON lines under the wrong name."""
    if source.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from _json_array(source)
    else:
        yield from _json_objects(source)


def _json_array(source: Source) -> Iterator[Document | Failure]:
    import ijson  # noqa: PLC0415 - only for arrays

    number = 0
    try:
        for number, fields in enumerate(ijson.items(source.stream, "item", use_float=True), 1):
            yield _article_of(fields, f"{source.name}: article {number}")
    except (ijson.JSONError, UnicodeDecodeError) as error:
        where = f"{source.name}: article {number + 1}"
        yield Failure(where, "corpus", f"is no JSON ({' '.join(str(error).split())[:80]}); mend the file")


def _json_objects(source: Source) -> Iterator[Document | Failure]:
    """One object over many lines, or one a line: told apart by whether the first line is an object by itself."""
    first = source.peek(io.DEFAULT_BUFFER_SIZE).split(b"\n", 1)[0].strip()
    if first.startswith(b"{") and not first.endswith(b"}"):
        data = source.stream.read(MAX_BYTES)
        yield _article_of_line(data, source.name)
    else:
        yield from read_json_lines(source)


# -------------------------------------------------------------------------------- csv


def read_csv(source: Source) -> Iterator[Document | Failure]:
    """Read a table with a header; comma, semicolon, tab or bar as its header has them. Texts stay untouched.

    Raises:
        InputError: There is no column of texts.
    """
    csv.field_size_limit(MAX_BYTES)
    sample = source.peek(io.DEFAULT_BUFFER_SIZE)
    encoding = encoding_of(sample[: sample.rfind(b"\n") + 1] or sample)  # no letter is cut in two
    # A byte that is not in the encoding spoils its own article: it comes through as a surrogate, which is told there.
    stream = io.TextIOWrapper(source.stream, encoding=encoding, errors="surrogateescape", newline="")
    rows = csv.reader(stream, delimiter=_delimiter(source, encoding))
    header = [name.strip().casefold() for name in next(rows, [])]
    if not set(header) & set(KEYS["text"]):
        raise InputError(f"has no column 'text' but {', '.join(header)[:80]}; name the columns")
    yield from _rows(rows, header, source.name)


def _rows(rows: Any, header: list[str], name: str) -> Iterator[Document | Failure]:
    while True:
        where = f"{name}:{rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(where, "corpus", f"is no csv ({error}); mend the row")
            continue
        if row:
            yield _article_of_row(row, header, where)


def _article_of_row(row: list[str], header: list[str], where: str) -> Document | Failure:
    if len(row) > len(header):
        return Failure(where, "corpus", f"has {len(row)} fields for {len(header)} columns; quote the text")
    return _article_of(dict(zip(header, row, strict=False)), where)


def _delimiter(source: Source, encoding: str) -> str:
    header = source.peek(io.DEFAULT_BUFFER_SIZE).decode(encoding, "replace").splitlines()[:1]
    counts = {mark: "".join(header).count(mark) for mark in ",;\t|"}
    return max(counts, key=lambda mark: counts[mark])
