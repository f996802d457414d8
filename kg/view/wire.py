"""A scene as JSON that is small: every string stands once in a table, records are rows, columns are named once.

A row holds a record's values in the order of its shape: strings as their places in the table, numbers as they are,
records as rows; empty values are null, and at the end of a row they are left out. `web/src/wire.ts` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from kg.view.scene import Article, Count, Edge, Mark, Node, Passage, Scene, Statement

LEFT_OUT = frozenset({"description"})  # what the page does not ask for
SHAPES: tuple[type, ...] = (Article, Node, Edge, Mark, Passage, Count, Statement)
COLUMNS = {shape: tuple(each.name for each in fields(shape) if each.name not in LEFT_OUT) for shape in SHAPES}


@dataclass(frozen=True, slots=True)
class _Table:
    """Strings in the order in which they first came."""

    places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))


def packed(scene: Scene) -> dict[str, Any]:
    """The scene as an object that JSON can hold."""
    table = _Table()
    rows = {
        each: [_packed(record, table) for record in getattr(scene, each)]
        for each in ("articles", "nodes", "edges", "statements")
    }
    folded = [[table.place(each) for each in pair] for pair in scene.folded]
    return {"title": scene.title, "shapes": _shapes(), **rows, "folded": folded, "strings": list(table.places)}


@cache
def _shapes() -> dict[str, list[list[str]]]:
    return {shape.__name__: [[name, _kind(shape, name)] for name in COLUMNS[shape]] for shape in SHAPES}


def _kind(shape: type, name: str) -> str:
    """What a column holds: a shape's name, "string" or "number" (truth values are numbers too)."""
    hint = get_type_hints(shape)[name]
    inside = {hint, *get_args(hint), *(arg for each in get_args(hint) for arg in get_args(each))}
    record = next((each.__name__ for each in SHAPES if each in inside), None)
    return record or ("string" if str in inside else "number")


def _packed(value: Any, table: _Table) -> Any:
    if isinstance(value, str):
        return table.place(value)
    if isinstance(value, bool):
        return int(value) or None
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 5)
    if isinstance(value, tuple):
        return [_packed(each, table) for each in value] or None
    return value if value is None or isinstance(value, int) else _row(value, table)


def _row(record: Any, table: _Table) -> list[Any]:
    row = [_packed(getattr(record, name), table) for name in COLUMNS[type(record)]]
    while row and row[-1] is None:
        row.pop()
    return row
