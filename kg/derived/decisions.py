"""The reviewers' decisions on claims as a file beside the store: one a line, in the order in which they were made.

A line is never taken out: who undoes a decision says so in a line of its own, which ends all earlier ones on its claim.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, StoreError
from kg.records import Correction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.store import Store

LISTS = ("removed", "added")


def corrections_file(store: Store) -> Path | None:
    """Where the corrections of a store are: beside it, so that they outlive it. A store in memory has none."""
    return store.path.with_name(f"{store.path.name}.corrections.jsonl") if store.path else None


def file_of(store: Store) -> Path:
    """The same, for who wants to write to it.

    Raises:
        StoreError: The store is one in memory.
    """
    path = corrections_file(store)
    if path is None:
        raise StoreError("a store in memory keeps no corrections; name a folder with --store")
    return path


def read(path: Path | None) -> tuple[Correction, ...]:
    """The corrections of a file, in the order in which they were made; none where there is no file.

    Raises:
        InputError: A line is no correction.
    """
    if path is None or not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_parsed(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _parsed(path: Path, number: int, line: str) -> Correction:
    try:
        fields: dict[str, Any] = json.loads(line)
        return Correction(**{**fields, **{name: tuple(fields.get(name, ())) for name in LISTS}})
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}, line {number}: is no correction ({error}); mend or delete the line") from error


def write(path: Path, made: Iterable[Correction]) -> None:
    """Put these corrections into the file, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    lines = (json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in made)
    fresh.write_text("".join(lines), encoding="utf-8")
    fresh.replace(path)


def standing(made: Iterable[Correction]) -> tuple[Correction, ...]:
    """The decisions that nobody has undone."""
    found: list[Correction] = []
    for each in made:
        if each.action == "undo":
            found = [one for one in found if one.claim != each.claim]
        else:
            found.append(each)
    return tuple(found)


def article_of_claim(correction: Correction) -> str:
    """The id of the article that the claim stands in."""
    return correction.claim.removeprefix("article/").rsplit("/claim/", 1)[0]
