"""How well two episodes agree, slot by slot: the evidence that incidents are decided by, in points and in words.

An episode is what one or more descriptions say of one happening. `SLOTS` is the table: each slot gives points (more is
nearer), `VETO` where the two cannot be the same, and 0 where one of them says nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from kg.resolve.scenes import VETO, finest, is_country, is_named, nearness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.records import Assertion, DatedBy, Description, Entity, Figure, Filler

#: Types that report what an attack did, and the roots of the types that they may be a result of.
RESULTS = frozenset({"Killing", "Massacre", "Injury", "Destruction"})
HARMFUL = RESULTS | {"Attack", "ArmedClash", "Explosion"}

#: Types of which there are few: two reports of one day in one region are of one happening. Others give 2 points.
RARE = {"ChemicalAttack": 3.0, "SuicideBombing": 2.5, "RemoteExplosive": 2.5, "Execution": 2.5, "Assassination": 2.5}

#: Sister types that different articles use for one happening.
KINDRED = frozenset(
    frozenset(pair)
    for pair in (
        ("AirStrike", "Bombing"),
        ("AirStrike", "DroneStrike"),
        ("AirStrike", "MissileStrike"),
        ("AirStrike", "ChemicalAttack"),
        ("AirStrike", "Shelling"),
        ("MissileStrike", "Shelling"),
        ("MissileStrike", "DroneStrike"),
        ("Shelling", "ChemicalAttack"),
        ("Bombing", "ChemicalAttack"),
        ("Bombing", "SuicideBombing"),
        ("Bombing", "RemoteExplosive"),
        ("Bombing", "Shelling"),
        ("SuicideBombing", "RemoteExplosive"),
        ("Shooting", "Ambush"),
        ("Shooting", "ArmedClash"),
        ("Shooting", "Execution"),
        ("ArmedClash", "Offensive"),
        ("ArmedClash", "Assault"),
        ("Assault", "Offensive"),
        ("TerritoryCapture", "TerritoryRegained"),
    )
)

#: Up to this long an interval dates a happening, and up to that long it tells something of when.
SHARP = dt.timedelta(days=2, hours=1)
VAGUE = dt.timedelta(days=31)
BASES: tuple[DatedBy, ...] = ("words", "story", "publication")
#: So many times one count is the other: nearly the same number, of one happening still, of another.
NEARLY, LIKE, FAR = 1.15, 1.5, 3.0
#: Two articles rarely give so high a number by chance.
MANY = 10
TOLLS = frozenset({"killed", "injured", "destroyed", "captured", "launched", "intercepted", "displaced"})


@dataclass(frozen=True)
class Episode:
    """One or more descriptions that are held to be of one happening, in the order of their ids."""

    events: tuple[Description, ...]

    @cached_property
    def first(self) -> Description:
        """The event that stands first in its article, which is the first by its id."""
        return min(self.events, key=_place)

    @cached_property
    def last(self) -> Description:
        """The event that stands last."""
        return max(self.events, key=_place)

    def joined(self, other: Episode) -> Episode:
        """The episode of all the events of both."""
        return Episode(tuple(sorted({*self.events, *other.events}, key=lambda event: event.id)))

    @cached_property
    def type(self) -> str:
        """The type that most events have, the most special first; results count where there is nothing else."""
        types = [event.type for event in self.events]
        depth = {event.type: len(event.families) for event in self.events}
        return max(sorted(set(types)), key=lambda each: (each not in RESULTS, depth[each], types.count(each)))

    @cached_property
    def families(self) -> frozenset[str]:
        """All types that the events have or that are broader."""
        return frozenset(name for event in self.events for name in (event.type, *event.families))

    @cached_property
    def harmful(self) -> bool:
        """Whether it may have killed, hurt or destroyed."""
        return not self.families.isdisjoint(HARMFUL)

    @cached_property
    def places(self) -> tuple[Entity, ...]:
        """The places, each once; the finest where several contain each other."""
        places = {place.id: place for event in self.events for place in event.places}
        return tuple(places[name] for name in sorted(places))

    @cached_property
    def scene(self) -> tuple[Entity, ...]:
        """Its places, and where these have no name but a country's, those where the story plays."""
        if any(is_named(each) and not is_country(each) for each in self.places):
            return self.places
        places = {place.id: place for event in self.events for place in (*event.places, *event.scene)}
        return tuple(places[name] for name in sorted(places))

    @cached_property
    def timed(self) -> Description | None:
        """The event that says best when: sharply rather than vaguely, in its own words rather than by the story."""
        known = ((_sureness(each), each) for each in self.events if each.earliest and each.latest)
        return min(known, key=lambda each: (each[0], each[1].id), default=(None, None))[1]

    @cached_property
    def when(self) -> tuple[dt.datetime, dt.datetime] | None:
        """From when to when it happened."""
        return (self.timed.earliest, self.timed.latest) if self.timed else None  # type: ignore[return-value]  # as above

    def fillers(self, *roles: str) -> tuple[Filler, ...]:
        """What fills the roles, in the events' order."""
        return tuple(filler for event in self.events for filler in event.fillers if filler.role in roles)

    @cached_property
    def tolls(self) -> tuple[Figure, ...]:
        """The counts that somebody states."""
        return tuple(figure for event in self.events for claim in event.assertions for figure in counts(claim))

    @cached_property
    def articles(self) -> frozenset[str]:
        """The articles that the events stand in."""
        return frozenset(event.article for event in self.events)

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The independent texts that the events stand in."""
        return frozenset(event.outlet or event.article for event in self.events)


def _place(event: Description) -> tuple[str, int]:
    return event.article, int(event.id.rsplit("/", 1)[-1])


def _sureness(event: Description) -> tuple[bool, int, dt.timedelta, dt.datetime]:
    length = event.latest - event.earliest  # type: ignore[operator]  # only events with a time are asked
    return length > VAGUE, BASES.index(event.dated_by), length, event.earliest  # type: ignore[return-value]


# -------------------------------------------------------------------------------- one comparison for each slot


def same_type(one: Episode, other: Episode) -> float:
    """2 for one type, more for a rare one, 1.5 for a broader, 1.25 for a kindred one, 1 for attack and result."""
    if one.type == other.type:
        return RARE.get(one.type, 2.0)
    if one.type in other.families or other.type in one.families:
        return 1.5
    if frozenset({one.type, other.type}) in KINDRED:
        return 1.25
    caused = (one.type in RESULTS and other.harmful) or (other.type in RESULTS and one.harmful)
    return 1.0 if caused else VETO


def same_time(one: Episode, other: Episode) -> float:
    """1.5 for sharp times that meet, 1 by the articles' dates, 0.5 for vague ones, less for neighbours, else a veto.

    That two things went on in the same year says nothing.
    """
    if not one.when or not other.when:
        return 0.0
    gap = gap_between(one, other)
    longest = max(end - start for start, end in (one.when, other.when))
    if longest > SHARP and _by_publication(one, other):
        return 0.0
    if gap > dt.timedelta(0):
        return -0.5 if gap <= dt.timedelta(days=1) and longest <= SHARP else VETO
    if _by_publication(one, other):
        return 1.0
    return 1.5 if longest <= SHARP else 0.5 if longest <= VAGUE else 0.0


def _by_publication(one: Episode, other: Episode) -> bool:
    """Whether one has no better date than its article's."""
    return any(each.timed is not None and each.timed.dated_by == "publication" for each in (one, other))


def gap_between(one: Episode, other: Episode) -> dt.timedelta:
    """The time between two episodes that have one; nothing or less where they meet."""
    (start, end), (begin, finish) = one.when, other.when  # type: ignore[misc]  # as above
    return max(start - finish, begin - end)


def same_place(one: Episode, other: Episode) -> float:
    """3 for one place, 2 for near points, 1 for one region, 0.5 where one holds the other, a veto for places apart.

    By the finest places of both: that two towns are in one country says nothing.
    """
    ours, theirs = finest(one.places), finest(other.places)
    if not ours or not theirs:
        return 0.0
    return max(nearness(a, b) for a, b in product(ours, theirs))


def same_attacker(one: Episode, other: Episode) -> float:
    """1 for a common attacker, -1 for different named ones: who did it is what claims disagree on."""
    return _overlap(one.fillers("attacker"), other.fillers("attacker"), differing=-1.0)


def same_target(one: Episode, other: Episode) -> float:
    """1 for a common target or victim; other words for it say nothing."""
    return _overlap(one.fillers("target", "victim"), other.fillers("target", "victim"), differing=-0.25)


def same_instrument(one: Episode, other: Episode) -> float:
    """0.5 for a common weapon or platform."""
    return _overlap(one.fillers("instrument"), other.fillers("instrument"), differing=0.0) / 2


def same_toll(one: Episode, other: Episode) -> float:
    """2.5 for an equal count of many, 1 of few, 0.5 for counts that can both hold, down to -1.5 for far ones.

    Of one measure the counts that are nearest speak; of several measures the one that differs, if one does.
    """
    best: dict[str, float] = {}
    for a, b in product(one.tolls, other.tolls):
        if counts_the_same(a, b) or _may_be_the_same(a, b):
            best[a.measure] = max(best.get(a.measure, VETO), _closeness(a, b))
    lowest = min(best.values(), default=0.0)
    return lowest if lowest < 0 else max(best.values(), default=0.0)


def same_text(one: Episode, other: Episode) -> float:
    """2 for copies of one text."""
    apart = one.articles.isdisjoint(other.articles)
    return 2.0 if apart and not one.outlets.isdisjoint(other.outlets) else 0.0


#: Slot -> how two episodes compare in it.
SLOTS: dict[str, Callable[[Episode, Episode], float]] = {
    "type": same_type,
    "time": same_time,
    "place": same_place,
    "attacker": same_attacker,
    "target": same_target,
    "instrument": same_instrument,
    "toll": same_toll,
    "text": same_text,
}


def compare(one: Episode, other: Episode) -> dict[str, float]:
    """Slot -> points; ends at the first veto."""
    points: dict[str, float] = {}
    for slot, score in SLOTS.items():
        points[slot] = score(one, other)
        if points[slot] == VETO:
            break
    return points


def explain(points: dict[str, float]) -> str:
    """Which slots agreed and which differed, in words."""
    agreed = [slot for slot, value in points.items() if value > 0]
    differed = [slot for slot, value in points.items() if value < 0]
    words = [f"{', '.join(agreed)} agree" if agreed else "", f"{', '.join(differed)} differ" if differed else ""]
    return "; ".join(filter(None, words)) or "nothing to compare"


# -------------------------------------------------------------------------------- what the comparisons rest on


def _overlap(one: Iterable[Filler], other: Iterable[Filler], differing: float) -> float:
    """1 where two fillers are one; `differing` where both are named and none is shared."""
    ours, theirs = list(one), list(other)
    if not ours or not theirs:
        return 0.0
    if {each.id for each in ours} & {each.id for each in theirs} or _words(ours) & _words(theirs):
        return 1.0
    named = _named(ours) and _named(theirs)
    return differing if named else 0.0


def _words(fillers: Iterable[Filler]) -> set[str]:
    return {filler.label.casefold() for filler in fillers}


def _named(fillers: Iterable[Filler]) -> bool:
    """Whether all are known beyond their article."""
    return all(not filler.id.startswith("article/") for filler in fillers)


def counts(claim: Assertion) -> Iterator[Figure]:
    """The counts of one happening that a claim states: no totals over more; of what it denies only "none"."""
    for figure in claim.figures:
        stated = claim.polarity == "positive" or figure.high == 0
        if stated and figure.measure in TOLLS and not figure.cumulative:
            yield figure


def interval(figure: Figure) -> tuple[float, float]:
    """The count's bounds, infinite where it has none."""
    return (0.0 if figure.low is None else figure.low), (math.inf if figure.high is None else figure.high)


def counts_the_same(one: Figure, other: Figure) -> bool:
    """Whether both count one measure of one population; "people" may be any, "children" are not "soldiers"."""
    return (one.measure, one.population) == (other.measure, other.population) and (
        one.unit == other.unit or None in {one.unit, other.unit}
    )


def _may_be_the_same(one: Figure, other: Figure) -> bool:
    """Whether one number is given of people and again of who they were: "nine fighters", "killing nine"."""
    unsaid = one.measure == other.measure and one.population != other.population
    return unsaid and None in {one.population, other.population} and one.best == other.best is not None


def can_both_hold(one: Figure, other: Figure) -> bool:
    """Whether some number lies in both intervals; "more than" and "fewer than" leave their bound out."""
    (low, high), (lower, higher) = interval(one), interval(other)
    least, most = max(low, lower), min(high, higher)
    if least != most:
        return least < most
    open_below = any(each.bound == "moreThan" and each.low == least for each in (one, other))
    open_above = any(each.bound == "lessThan" and each.high == most for each in (one, other))
    return not (open_below or open_above)


def _closeness(one: Figure, other: Figure) -> float:
    if one.best is not None and one.best == other.best:
        return 2.5 if one.best >= MANY else 1.0
    apart = ratio(one, other)
    if apart <= NEARLY and min(_middle(one), _middle(other)) >= MANY:
        return 1.0
    if can_both_hold(one, other) and (apart <= FAR or None in {one.best, other.best}):
        return 0.5
    return -0.25 if apart <= LIKE else -0.75 if apart <= FAR else -1.5


def ratio(one: Figure, other: Figure) -> float:
    """How many times the larger count is the smaller one; "at least 15" and "at least 82" are not of one happening."""
    ours, theirs = sorted((_middle(one), _middle(other)))
    return (theirs + 1) / (ours + 1)


def _middle(figure: Figure) -> float:
    return figure.best if figure.best is not None else figure.low if figure.low is not None else figure.high or 0.0
