"""Quotations that people marked, in tokens: the lines that `kg train quotations` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from kg.extract.quotations.marks import Layout


@dataclass(frozen=True, slots=True)
class Marked:
    """One quotation as a person marked it: tokens, and the token that heads the cue (-1: no cue)."""

    head: int
    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]


def read_marked(paths: Iterable[Path]) -> Iterator[Mapping[str, Any]]:
    """Lines with `text` and `quotes`, in the order of the files.

    Raises:
        InputError: A file is missing, a line is no JSON, or lacks text or quotes.
    """
    for path in paths:
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: cannot be read ({error}); give a file of JSON lines") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _checked(path, number, line)


def _checked(path: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}, line {number}: is no JSON ({error}); write one object a line") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("quotes"), list):
        raise InputError(
            f"{path}, line {number}: needs a text and quotes with source, cue and content as [start, end] pairs"
        )
    return row


def marked(page: Layout, quotes: Sequence[Mapping[str, Any]]) -> list[Marked]:
    """The quotations of one article, in tokens."""
    at = _token_at(page.doc)
    found = []
    for quote in quotes:
        cue, source, content = (_tokens(at, quote.get(part)) for part in ("cue", "source", "content"))
        if content:
            found.append(Marked(_head(page.doc, cue), cue, source, content))
    return found


def _token_at(doc: Doc) -> Mapping[int, int]:
    """Character of the given text -> token."""
    starts, ends = doc.user_data["starts"], doc.user_data["ends"]
    return {
        char: token.i
        for token in doc
        if not token.is_space
        for char in range(starts[token.idx], ends[token.idx + len(token) - 1])
    }


def _tokens(at: Mapping[int, int], spans: Sequence[Sequence[int]] | None) -> frozenset[int]:
    return frozenset(at[char] for start, end in spans or () for char in range(start, end) if char in at)


def _head(doc: Doc, cue: frozenset[int]) -> int:
    """The word that governs the cue: its verb where it has one, else what hangs on nothing within it."""
    tops = [at for at in sorted(cue) if doc[at].head.i not in cue or doc[at].head.i == at]
    verbs = [at for at in tops if doc[at].pos_ == "VERB"] or [at for at in sorted(cue) if doc[at].pos_ == "VERB"]
    return next(iter(verbs or tops), -1)
