"""The incident sheet as text: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.derived.sheet import Row
    from kg.derived.tolls import Toll

#: Measures with columns of their own in the table; what else is counted stands in "other_tolls".
COLUMNS = ("killed", "injured", "destroyed")


FIELDS = (
    *(
        "incident",
        "earliest",
        "latest",
        "precision",
        "dated_by",
        "place",
        "within",
        "lat",
        "lon",
        "type",
        "attackers",
        "targets",
        "weapons",
    ),
    *(f"{measure}_{which}" for measure in COLUMNS for which in ("lowest", "best", "highest")),
    *("other_tolls", "asserted_by", "denied_by", "claimed_by", "disputed", "outlets", "status", "articles"),
)


def flat(row: Row) -> dict[str, str]:
    """A row as cells of text, several values joined by "; ": what a spreadsheet reads."""
    cells = {
        "incident": row.incident,
        "earliest": row.earliest or "",
        "latest": row.latest or "",
        "precision": row.precision,
        "dated_by": row.dated_by,
        "place": row.place or "",
        "within": "; ".join(row.within),
        "lat": "" if row.lat is None else f"{row.lat:.5f}",
        "lon": "" if row.lon is None else f"{row.lon:.5f}",
        "type": row.type,
        "attackers": "; ".join(row.attackers),
        "targets": "; ".join(row.targets),
        "weapons": "; ".join(row.weapons),
    }
    for measure in COLUMNS:
        cells |= _toll_cells(measure, row.tolls)
    rest = [toll for toll in row.tolls if toll.measure not in COLUMNS or not _plain(toll)]
    return cells | {
        "other_tolls": "; ".join(map(_words, rest)),
        "asserted_by": "; ".join(row.asserted_by),
        "denied_by": "; ".join(row.denied_by),
        "claimed_by": "; ".join(row.claimed_by),
        "disputed": "yes" if row.disputed else "no",
        "outlets": str(row.outlets),
        "status": row.status,
        "articles": "; ".join(row.articles),
    }


def _plain(toll: Toll) -> bool:
    return toll.population is None


def _toll_cells(measure: str, tolls: Iterable[Toll]) -> dict[str, str]:
    """Lowest, best and highest over the units of a measure.

    Where nobody counts people as such, those of the largest population that is counted: of nine villagers that were
    killed, nine people were.
    """
    counted = [toll for toll in tolls if toll.measure == measure]
    largest = max(counted, key=lambda toll: (toll.best or toll.lowest, toll.highest), default=None)
    ours = [toll for toll in counted if _plain(toll)] or [toll for toll in counted if toll is largest]
    best = max((toll for toll in ours if toll.best is not None), key=lambda toll: toll.sources, default=None)
    return {
        f"{measure}_lowest": _number(min((toll.lowest for toll in ours), default=None)),
        f"{measure}_best": _number(best.best if best else None),
        f"{measure}_highest": _number(max((toll.highest for toll in ours), default=None)),
    }


def _words(toll: Toll) -> str:
    counted = " ".join(filter(None, (toll.measure, toll.population, toll.unit)))
    spread = _number(toll.lowest) if toll.lowest == toll.highest else f"{_number(toll.lowest)}-{_number(toll.highest)}"
    best = "" if toll.best is None or toll.lowest == toll.highest else f" (best {_number(toll.best)})"
    return f"{counted}: {spread}{best}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if value < 1e6 else str(int(value))


def as_json(rows: Iterable[Row]) -> str:
    """The rows as a JSON array, one row a line."""
    lines = (json.dumps(_plainly(row), ensure_ascii=False) for row in rows)
    return "[" + ",\n ".join(lines) + "]"


def _plainly(record: Any) -> Any:
    if isinstance(record, tuple):
        return [_plainly(each) for each in record]
    if hasattr(record, "__slots__"):
        return {name: _plainly(getattr(record, name)) for name in record.__slots__}
    return record


def as_csv(rows: Iterable[Row]) -> str:
    """The rows as CSV with a header. A cell that would be a formula gets an apostrophe first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(value) for name, value in flat(row).items()})
    return out.getvalue()


def _harmless(cell: str) -> str:
    number = cell.replace(".", "", 1).removeprefix("-").isdigit()
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} and not number else cell


#: Format -> what writes rows in it.
FORMATS: dict[str, Callable[[Iterable[Row]], str]] = {"csv": as_csv, "json": as_json}
