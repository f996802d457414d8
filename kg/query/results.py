"""Answers as text. Tables are for people; the other formats are the W3C's, written by Oxigraph."""

from __future__ import annotations

import shutil
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.query.ask import Result

#: Prefixes for reading and writing; data has none, since local names with slashes must be escaped.
WRITTEN_PREFIXES = {name: iri for name, iri in PREFIXES.items() if name not in {"data", "actor", "place"}}
WIDEST = 60


def _solutions(kind: ox.QueryResultsFormat) -> Callable[[Result, BinaryIO], None]:
    def write(result: Result, out: BinaryIO) -> None:
        if isinstance(result, ox.QueryTriples):
            raise QueryError("the query makes statements, not rows; take --format turtle")
        result.serialize(out, format=kind)

    return write


def _statements(result: Result, out: BinaryIO) -> None:
    if not isinstance(result, ox.QueryTriples):
        raise QueryError("the query gives rows, not statements; take --format table, csv or json, or use CONSTRUCT")
    ordered = sorted(set(result), key=str)
    ox.serialize(ordered, out, format=ox.RdfFormat.TURTLE, prefixes=WRITTEN_PREFIXES)


def _table(result: Result, out: BinaryIO) -> None:
    out.write("".join(f"{line}\n" for line in _lines(result)).encode("utf-8", "replace"))


FORMATS: dict[str, Callable[[Result, BinaryIO], None]] = {
    "table": _table,
    "csv": _solutions(ox.QueryResultsFormat.CSV),
    "tsv": _solutions(ox.QueryResultsFormat.TSV),
    "json": _solutions(ox.QueryResultsFormat.JSON),
    "xml": _solutions(ox.QueryResultsFormat.XML),
    "turtle": _statements,
}


def write_result(result: Result, out: BinaryIO, form: str = "table") -> None:
    """Write an answer.

    Args:
        result: What `ask` gave.
        out: A binary stream.
        form: One of `FORMATS`.

    Raises:
        QueryError: The format is unknown, or is not for this form of query.
    """
    if form not in FORMATS:
        raise QueryError(f"no format is called {form!r}; there are: {', '.join(FORMATS)}")
    FORMATS[form](result, out)


def _lines(result: Result) -> Iterable[str]:
    if isinstance(result, ox.QueryBoolean):
        return ["yes" if result else "no"]
    if isinstance(result, ox.QueryTriples):
        rows = sorted([_cell(term) for term in triple] for triple in result)
        return _aligned(["subject", "predicate", "object"], rows)
    names = [variable.value for variable in result.variables]
    return _aligned(names, [[_cell(term) for term in solution] for solution in result])


def _aligned(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Columns as wide as their widest cell, the last one as wide as the terminal allows."""
    widths = [max(map(_width, column)) for column in zip(names, *rows, strict=True)]
    room = max(20, shutil.get_terminal_size((160, 24)).columns - sum(widths[:-1]) - 2 * len(widths))
    limits = [*widths[:-1], max(WIDEST, room)]
    yield "  ".join(_padded(name, limit) for name, limit in zip(names, limits, strict=True)).rstrip()
    yield "  ".join("-" * min(width, limit) for width, limit in zip(widths, limits, strict=True))
    for row in rows:
        yield "  ".join(_padded(cell, limit) for cell, limit in zip(row, limits, strict=True)).rstrip()
    yield f"({len(rows)} row{'' if len(rows) == 1 else 's'})"


def _cell(term: object) -> str:
    """A term for a person: a short name, or the words in one line; control characters would steer the terminal."""
    if isinstance(term, ox.NamedNode):
        return _short(term.value)
    words = " ".join(str(getattr(term, "value", "")).split())
    plain = "".join("\ufffd" if unicodedata.category(letter) in {"Cc", "Cf"} else letter for letter in words)
    return plain if _width(plain) <= WIDEST * 2 else f"{plain[: WIDEST * 2 - 1]}…"


def _short(iri: str) -> str:
    fitting = [(namespace, name) for name, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    namespace, name = max(fitting, key=lambda each: len(each[0]))
    return f"{name}:{iri.removeprefix(namespace)}"


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
