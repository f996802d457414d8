"""Read the article of `../shared/articles` and check, line by line, what a careful reader finds in it.

    python benchmarks/article.py

Checks are rows of tables: the number of a line, then names, numbers and concepts. The article is read where it is.
Writes `benchmarks/results/article.md`; exits with 1 if a check fails.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import derived
from kg.corpus import read_documents
from kg.graph import make_quads
from kg.pipeline import Reader
from kg.query import load_query
from kg.records import Event, Figure, Mention, Quotation, Resolution
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.records import Claim, Entity, TextSpan

HERE = Path(__file__).parent
ARTICLE = HERE.parent.parent / "shared" / "articles" / "isis-militants-killed-in-us-airstrikes.txt"
PUBLISHED = dt.date(2016, 7, 1)

#: Line, part of the speaker's label, statements at least.
SPEAKERS = (
    (1, "officials", 1),
    (2, "coalition", 1),
    (2, "garver", 1),
    (3, "maliki", 1),
    (4, "defense officials", 1),
    (5, "commander", 1),
    (6, "garver", 1),
    (10, "official", 1),
    (11, "iraqi government", 1),
    (11, "garver", 1),
    (12, "medical officials", 1),
    (13, "rabkin", 2),
    (14, "garver", 1),
    (14, "west", 1),
    (14, "russia", 1),
    (15, "united nations", 1),
)

#: Line, measure, bound, the number (its low or high where there is no best), part of the claimant's label.
FIGURES = (
    (5, "size", "moreThan", 700, ""),
    (5, "destroyed", "moreThan", 130, "commander"),
    (5, "killed", "vague", 10, "commander"),
    (6, "destroyed", "about", 120, "garver"),
    (11, "destroyed", "atLeast", 120, "garver"),
    (14, "capacity", "atMost", 250, "garver"),
)

#: Line, types, attackers, targets, words among instruments: each a part of a label.
AIR = frozenset({"AirStrike", "Attack", "Bombing"})
EVENTS = (
    (1, AIR | {"Killing"}, ("united states",), ("islamic state|militants",), ()),
    (2, AIR, ("coalition",), ("concentration|vehicles|fighters",), ()),
    (4, AIR, ("united states", "iraq"), ("concentration|vehicles|islamic state|it",), ("aircraft",)),
    (5, AIR, ("iraq",), ("convoy",), ("gunship|helicopter",)),
    (6, AIR, ("coalition",), (), ()),
    (10, AIR, ("united states",), ("convoy",), ("plane",)),
    (11, AIR, ("united states", "iraq"), (), ()),
    (11, {"TerritoryCapture"}, ("islamic state|militants",), ("mosul",), ()),
    (11, {"TerritoryCapture"}, ("islamic state|militants",), ("anbar",), ()),
    (14, {"Bombing", "AirStrike"}, ("russia",), ("opposition|groups",), ()),
)

#: Lines whose words are no quotation and no strike.
NOTHING = (8, 9)


@dataclass(frozen=True)
class Reading:
    """The article's resolution, by line."""

    resolution: Resolution

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line that holds words, the first line first."""
        found, at = [], 0
        for line in self.resolution.document.text.split("\n"):
            if line.strip():
                found.append((at, at + len(line)))
            at += len(line) + 1
        return found

    def line(self, span: TextSpan) -> int:
        """The number of the line that a span starts in; the first for a title."""
        if span.part == "title":
            return 1
        return next((n for n, (start, end) in enumerate(self.lines, 1) if start <= span.start < end), 0)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.resolution.entities}

    @cached_property
    def denotes(self) -> dict[TextSpan, str]:
        """What spans refer to."""
        return dict(self.resolution.denotes)

    def names(self, span: TextSpan) -> str:
        """The words of a span and all names of what it refers to, in small letters."""
        entity = self.entities.get(self.denotes.get(span, ""))
        names = (entity.label, *entity.names) if entity else ()
        return " / ".join((self.resolution.document.words(span), *names)).casefold()

    def of(self, claimant: str | None) -> str:
        """All names of a claimant."""
        entity = self.entities.get(claimant or "")
        return " / ".join((entity.label, *entity.names)).casefold() if entity else ""

    def quotations(self, line: int) -> list[Quotation]:
        """The quotations that start in a line."""
        found = self.resolution.extraction.of(Quotation)
        return [each for each in found if not each.negated and self.line(each.content[0]) == line]

    def events(self, line: int) -> list[Event]:
        """The events whose trigger stands in a line."""
        return [each for each in self.resolution.extraction.of(Event) if self.line(each.trigger) == line]

    def roles(self, event: Event, *roles: str) -> list[str]:
        """The names of what fills some roles."""
        return [self.names(each.span) for each in event.arguments if each.role in roles]

    def claims(self, figure: Figure) -> list[Claim]:
        """The claims that state a figure."""
        return [claim for claim in self.resolution.claims if figure in claim.figures]


def has(names: list[str], wanted: str) -> bool:
    """Whether one of the names contains one of the alternatives."""
    return any(each in name for name in names for each in wanted.split("|"))


def speakers(reading: Reading) -> Iterator[tuple[str, bool]]:
    """Each speaker with enough statements of theirs in their line."""
    for line, name, number in SPEAKERS:
        said = [each for each in reading.quotations(line) if has([reading.names(span) for span in each.source], name)]
        yield f"line {line}: {name} says {number}", len(said) >= number


def figures(reading: Reading) -> Iterator[tuple[str, bool]]:
    """Each number with its measure, bound and claimant."""
    known = reading.resolution.extraction.of(Figure)
    for line, measure, bound, number, claimant in FIGURES:
        found = [
            each
            for each in known
            if reading.line(each.span) == line
            and (each.measure, each.bound) == (measure, bound)
            and number in (each.low, each.best, each.high)
        ]
        named = [
            each for each in found if has([reading.of(claim.claimant) for claim in reading.claims(each)], claimant)
        ]
        yield f"line {line}: {number} {measure}, {bound}, {claimant or 'anybody'}", bool(named if claimant else found)


def events(reading: Reading) -> Iterator[tuple[str, bool]]:
    """Each strike and capture with attackers, targets and instruments."""
    for line, types, attackers, targets, instruments in EVENTS:
        found = [each for each in reading.events(line) if each.type in types]
        fitting = [
            each
            for each in found
            if all(has(reading.roles(each, "attacker", "agent"), name) for name in attackers)
            and all(has(reading.roles(each, "target", "victim", "place"), name) for name in targets)
            and all(has(reading.roles(each, "instrument"), name) for name in instruments)
        ]
        words = ", ".join((*attackers, "on", *targets, *instruments))
        yield f"line {line}: {min(types)} by {words}", bool(fitting)


def nothing(reading: Reading) -> Iterator[tuple[str, bool]]:
    """Lines that hold no speech and no strike; the fight of another day."""
    for line in NOTHING:
        strikes = [each for each in reading.events(line) if each.type in AIR]
        yield f"line {line}: no quotation, no strike", not reading.quotations(line) and not strikes
    yield "line 13: no fight", not [each for each in reading.events(13) if each.type != "TerritoryRegained"]


def people(reading: Reading) -> Iterator[tuple[str, bool]]:
    """Garver's rank and post; who is one and who is not."""
    garver = [each for each in reading.resolution.memberships if has([reading.of(each.person)], "garver")]
    yield "Garver is a colonel", any((each.rank or "").casefold().startswith("col") for each in garver)
    posts = [each for each in garver if "spokesman" in (each.role or "").casefold()]
    yield "Garver is the coalition's spokesman", any("coalition" in reading.of(each.organization) for each in posts)
    said = [each for n in range(1, 16) for each in reading.quotations(n)]
    his = [each for each in said if has([reading.names(span) for span in each.source], "garver")]
    yield "Garver says four things", len(his) == 4
    yield "Garver is one person", len({reading.denotes.get(span) for each in his for span in each.source}) == 1
    direct = [each for each in reading.quotations(3) if each.kind in {"direct", "mixed"}]
    yield "line 3: Al-Maliki is quoted directly", len(direct) >= 1


def identities(reading: Reading) -> Iterator[tuple[str, bool]]:
    """Names that are one."""
    for label, names in (
        ("the Islamic State", ("isis", "is", "daesh", "da’esh", "islamic state", "islamic state group")),
        ("the United States", ("us", "usa", "u.s.")),
        ("Falluja", ("fallujah", "falluja")),
    ):
        found = {name: _ids(reading, name) for name in names}
        ids = set.union(*found.values())
        yield f"{label} is one", len(ids) == 1
    moscow, russia = _ids(reading, "moscow"), _ids(reading, "russian federation")
    yield "Moscow is the Russian state", bool(moscow) and moscow == russia
    yield "Moscow is no place", not any(each.startswith("place/") for each in moscow)


def _ids(reading: Reading, name: str) -> set[str]:
    """What the mentions with exactly these words refer to; `group` and articles aside."""
    mentions = [each for each in reading.resolution.extraction.of(Mention) if each.kind == "name"]
    spans = [each.span for each in mentions if _bare(reading.resolution.document.words(each.span)) == name]
    return {reading.denotes[span] for span in spans if span in reading.denotes}


def _bare(words: str) -> str:
    return words.casefold().removeprefix("the ").strip()


def places(reading: Reading) -> Iterator[tuple[str, bool]]:
    """What is located, and what is near what."""
    located = {each.label.casefold(): each for each in reading.resolution.entities if each.location}
    for name, precision in (("ramadi", "settlement"), ("mosul", "settlement"), ("anbar", "region")):
        entity = next((located[label] for label in sorted(located, key=len) if name in label), None)
        yield f"{name} is a {precision}", bool(entity and entity.location and entity.location.precision == precision)
    fallujah = next((each for label, each in located.items() if "falluj" in label or "fallūj" in label), None)
    yield "Falluja is located", bool(fallujah and fallujah.location and fallujah.location.lat)
    hassi = [each for each in reading.resolution.entities if each.label.casefold() == "hassi"]
    unlocated = [each for each in hassi if each.location is None or each.location.lat is None]
    yield "Hassi is a place that no table knows", len(unlocated) == 1 and unlocated[0].type == "Place"
    near = [
        (reading.of(each.anchor), each.bearing, reading.line(each.evidence)) for each in reading.resolution.proximities
    ]
    yield "east of Ramadi", any("ramadi" in anchor and bearing == "E" for anchor, bearing, _ in near)
    yield "southern suburb of Falluja", any("falluj" in anchor and line == 10 for anchor, _, line in near)
    out_of = [each for each in reading.events(5) if has(reading.roles(each, "place", "origin"), "hassi")]
    yield "line 5: out of Hassi", bool(out_of)


def denial(reading: Reading) -> Iterator[tuple[str, bool]]:
    """An accusation and its denial on one event."""
    on = [claim for claim in reading.resolution.claims if claim.about and reading.line(claim.about.trigger) == 14]
    bombing = [claim for claim in on if claim.about and claim.about.type in {"Bombing", "AirStrike"}]
    accusers = [claim for claim in bombing if claim.stance == "accuses" and claim.polarity == "positive"]
    deniers = [claim for claim in bombing if claim.stance == "denies" and claim.polarity == "negative"]
    yield "line 14: the West accuses", has([reading.of(claim.claimant) for claim in accusers], "west")
    yield "line 14: Russia denies", has([reading.of(claim.claimant) for claim in deniers], "russia")
    summer = [each for each in reading.events(11) if each.type == "TerritoryCapture" and each.time]
    timings = {timing.span: timing for timing in reading.resolution.timings}
    dated = [timings[each.time] for each in summer if each.time in timings]
    yield "line 11: in 2014", any(each.earliest and each.earliest.year == 2014 for each in dated)


def side_by_side(reading: Reading, reader: Reader) -> Iterator[tuple[str, bool]]:
    """The shipped query that shows the counts of destroyed vehicles with their claimants."""
    with open_store(None) as store:
        quads = make_quads(reader.schema, reader.settings.base_iri, reader.run)
        store.replace(reading.resolution.document.id, "f", list(quads(reading.resolution)))
        derived.rebuild(store)
        rows = list(store.select(load_query("tolls", values={"measured": "destroyed"})))
    pairs = [{row["claimant"].value.casefold(), row["opponent"].value.casefold()} for row in rows]
    numbers = [f"{row['words'].value} {row['others'].value}" for row in rows]
    both = [pair for pair, words in zip(pairs, numbers, strict=True) if "120" in words and "130" in words]
    yield "the 120 and the 130 side by side", any(has(list(pair), "garver") and len(pair) == 2 for pair in both)


TABLES: tuple[Callable[[Reading], Iterator[tuple[str, bool]]], ...] = (
    speakers,
    people,
    events,
    figures,
    identities,
    places,
    denial,
    nothing,
)


def main() -> int:
    """Read, check, write the table."""
    reader = Reader()
    (resolution,) = reader.read(each for each in read_documents([ARTICLE], published=PUBLISHED))  # type: ignore[misc]
    if not isinstance(resolution, Resolution):
        print(resolution.error)
        return 1
    reading = Reading(resolution)
    rows = [(table.__name__, *row) for table in TABLES for row in table(reading)]
    rows += [("side_by_side", *row) for row in side_by_side(reading, reader)]
    good = sum(passed for _, _, passed in rows)
    lines = [
        "# The article, line by line",
        "",
        f"{good} of {len(rows)} checks hold (`python benchmarks/article.py`).",
        "",
    ]
    lines += ["| table | check | holds |", "|---|---|---|"]
    lines += [
        f"| {table} | {check.replace('|', ' or ')} | {'yes' if passed else '**no**'} |" for table, check, passed in rows
    ]
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "article.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(f"no   {table}: {check}" for table, check, passed in rows if not passed))
    print(f"{good} of {len(rows)} checks hold")
    return 0 if good == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
