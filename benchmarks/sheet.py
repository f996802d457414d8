"""The incident sheet over the 402 articles of strikes_fakes_a: what several outlets report, with the range of tolls.

    python benchmarks/sheet.py [--store /tmp/kg-sheet] [--rows FILE.csv]

Builds the store (a second run reads nothing anew), writes `benchmarks/results/sheet.md`. The coded facts of the set are
noisy: the comparison is one, not a gate. Fifty rows that were judged by hand stand in `benchmarks/sheet_judged.csv`.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from itertools import combinations
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from kg.derived import sheet
from kg.export.incidents import as_csv
from kg.pipeline import build
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.derived import Row

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold" / "dev" / "strikes_fakes_a.jsonl"
JUDGED = HERE / "sheet_judged.csv"
#: The code whose rows were read against the articles.
JUDGED_AT = "3484a0e"
Pairs = set[frozenset[str]]


def coded() -> dict[str, tuple[str, str, str]]:
    """Article -> the coded date, place and cause."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    facts = {row["doc_id"]: row["strike"] for row in map(json.loads, lines)}
    return {name: (fact["date"], fact["place"], fact["cause"]) for name, fact in facts.items()}


def pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    """All pairs within each group."""
    return {frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2)}


def agreement(rows: Iterable[Row], facts: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """How far pairs of articles on one incident are pairs with the same coded strike, and the other way round."""
    by_fact: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for name, fact in facts.items():
        by_fact[fact].append(name)
    same_fact, same_incident = pairs(by_fact.values()), pairs(row.articles for row in rows)
    places = {pair for pair in same_incident if len({facts[name][1] for name in pair}) == 1}
    both = same_fact & same_incident
    return {
        "pairs of articles on one incident": str(len(same_incident)),
        "… with the same coded province": _share(len(places), len(same_incident)),
        "… with the same coded date, province and cause": _share(len(both), len(same_incident)),
        "pairs with the same coded date, province and cause": str(len(same_fact)),
        "… on one incident": _share(len(both), len(same_fact)),
    }


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / max(1, whole):.0f} %)"


def summary(rows: tuple[Row, ...]) -> dict[str, str]:
    """What the sheet holds."""
    shared = [row for row in rows if len(row.articles) > 1]
    killed = [toll for row in rows for toll in row.tolls if toll.measure == "killed"]
    return {
        "incidents": str(len(rows)),
        "… with a day": str(sum(row.earliest is not None and row.earliest == row.latest for row in rows)),
        "… within three days": str(sum(_days(row) <= 3 for row in rows)),
        "… within a week": str(sum(_days(row) <= 7 for row in rows)),
        "… dated by words, by the story, by the article's date": " / ".join(
            str(sum(row.dated_by == basis for row in rows)) for basis in ("words", "story", "publication")
        ),
        "… with coordinates": str(sum(row.lat is not None for row in rows)),
        "… with an attacker": str(sum(bool(row.attackers) for row in rows)),
        "… with a count of killed": str(sum(any(toll.measure == "killed" for toll in row.tolls) for row in rows)),
        "… in several articles": str(len(shared)),
        "… of several independent outlets": str(sum(row.outlets > 1 for row in rows)),
        "… disputed": str(sum(row.disputed for row in rows)),
        "counts of killed with a range (lowest below highest)": str(sum(toll.lowest < toll.highest for toll in killed)),
    }


def _days(row: Row) -> float:
    """How many days an incident may be of."""
    if row.earliest is None or row.latest is None:
        return inf
    return (dt.date.fromisoformat(row.latest) - dt.date.fromisoformat(row.earliest)).days + 1


def reported_most(rows: tuple[Row, ...]) -> list[str]:
    """The incidents that most outlets report, with the range of tolls."""
    best = sorted(rows, key=lambda row: (-row.outlets, row.incident))[:25]
    lines = [
        "| day | place | type | outlets | killed: lowest - best - highest | disputed |",
        "|---|---|---|---|---|---|",
    ]
    for row in best:
        tolls = [toll for toll in row.tolls if toll.measure == "killed" and toll.population is None]
        counts = "; ".join(f"{toll.lowest:g} - {_number(toll.best)} - {toll.highest:g}" for toll in tolls)
        disputed = "yes" if row.disputed else ""
        lines.append(f"| {row.earliest} | {row.place} | {row.type} | {row.outlets} | {counts} | {disputed} |")
    return lines


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"


def judged() -> list[str]:
    """The rows that were checked by hand, counted by judgement; the file has no words of the articles."""
    if not JUDGED.is_file():
        return ["No rows were judged yet."]
    with JUDGED.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    counts = Counter(each for row in found for each in row["judgement"].split("; "))
    lines = [
        f"{len(found)} rows of the build at {JUDGED_AT}: 30 drawn evenly over those of one article, 20 of several.",
        "A row is right only where nothing in it is wrong or lacking; a row may have several faults.",
        "",
        "| judgement | rows |",
    ]
    return [*lines, "|---|---|", *(f"| {name} | {number} |" for name, number in counts.most_common())]


def table(values: dict[str, str]) -> list[str]:
    """A table of two columns."""
    return ["| what | how many |", "|---|---|", *(f"| {name} | {value} |" for name, value in values.items())]


def main() -> int:
    """Build, count, write."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, default=Path("/tmp/kg-sheet/store"))
    parser.add_argument("--rows", type=Path, help="write the sheet itself here, as csv")
    options = parser.parse_args()
    failures = build([GOLD], options.store).failures
    with open_store(options.store, read_only=True) as store:
        rows = sheet(store)
    if options.rows:
        options.rows.write_text(as_csv(rows), encoding="utf-8")
    parts = [
        ["# The incident sheet over strikes_fakes_a", "", f"402 articles, {len(failures)} failures.", ""],
        table(summary(rows)),
        ["", "## Against the coded facts (noisy: a comparison)", "", *table(agreement(rows, coded()))],
        ["", "## What most outlets report", "", *reported_most(rows)],
        ["", "## Rows checked by hand", "", *judged()],
    ]
    text = "\n".join(line for part in parts for line in part)
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "sheet.md").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
