"""How well two episodes of one article agree: it keeps apart what has a place, a day or a number of its own."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import TYPE_CHECKING

from kg.resolve.scenes import (
    VETO,
    containers,
    finest,
    is_country,
    is_named,
    is_proper,
    kilometres,
    nearness,
)
from kg.resolve.slots import (
    FAR,
    SLOTS,
    Episode,
    can_both_hold,
    counts,
    counts_the_same,
    gap_between,
    ratio,
    same_attacker,
    same_toll,
    same_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import Entity, Figure


#: What lies so long before the news is another happening.
LONG_BEFORE = dt.timedelta(days=10)
#: Weapons that different articles take for each other, and one article tells apart.
TOLD_APART = frozenset(
    frozenset(pair) for pair in (("AirStrike", "Shelling"), ("AirStrike", "MissileStrike"), ("DroneStrike", "Shelling"))
)
#: Types of fights for ground, and of what comes of them.
GROUND = frozenset({"ArmedClash", "Offensive", "Assault", "TerritoryCapture", "TerritoryRegained"})
SIDES = {"State": "state", "Coalition": "state", "ArmedGroup": "group"}


def compare_within(one: Episode, other: Episode) -> dict[str, float]:
    """The same for two episodes of one article, which keeps apart what has a place, a day or a number of its own.

    That two things went on at the same time says little there: all of its news is of one day.
    """
    points: dict[str, float] = {}
    for slot, score in _WITHIN.items():
        points[slot] = score(one, other)
        if points[slot] == VETO:
            break
    return points


def _same_type(one: Episode, other: Episode) -> float:
    """As `same_type`, but one author tells shells from what aircraft drop: half a point for such a pair.

    A town is taken in a battle: 1 for what is fought over and the fight.
    """
    told = one.type in other.families or other.type in one.families or one.first.anaphoric
    if frozenset({one.type, other.type}) in TOLD_APART and not told:
        return 0.5
    ground = not one.families.isdisjoint(GROUND) and not other.families.isdisjoint(GROUND)
    return max(same_type(one, other), 1.0) if ground else same_type(one, other)


def _same_time(one: Episode, other: Episode) -> float:
    """0.5 for times in words that meet, a veto for such that do not; what the story gives tells little.

    What the words put long before the news is background to it, unless one of both points back to the other.
    """
    if not one.timed or not other.timed or "words" not in {one.timed.dated_by, other.timed.dated_by}:
        return 0.0
    gap = gap_between(one, other)
    if one.timed.dated_by != other.timed.dated_by:
        told_again = one.first.anaphoric or other.first.anaphoric
        return 0.0 if gap <= dt.timedelta(0) or told_again else VETO if gap > LONG_BEFORE else -1.0
    return VETO if gap > dt.timedelta(0) else 0.5


def _same_attacker(one: Episode, other: Episode) -> float:
    """As `same_attacker`; a veto where one side strikes back at the other, or a state and an armed group strike."""
    if _strikes_back(one, other) or _strikes_back(other, one):
        return VETO
    points = same_attacker(one, other)
    ours, theirs = _sides(one), _sides(other)
    apart = len(ours) == len(theirs) == 1 and ours != theirs and not one.first.anaphoric
    return VETO if points < 0 and apart and _voices(one) & _voices(other) else points


def _strikes_back(one: Episode, other: Episode) -> bool:
    """Whether who attacks in one is struck in the other, by somebody else; in a clash both attack."""
    if "ArmedClash" in one.families | other.families:
        return False
    attackers = {each.id for each in one.fillers("attacker")}
    others = {each.id for each in other.fillers("attacker")}
    struck = {each.id for each in other.fillers("target", "victim")}
    return bool(attackers & struck) and bool(others) and attackers.isdisjoint(others)


def _sides(episode: Episode) -> set[str]:
    """The kinds of those that attack: states and coalitions of them, or armed groups."""
    return {SIDES.get(each.type, "") for each in episode.fillers("attacker")}


def _voices(episode: Episode) -> set[str]:
    return {claim.claimant or claim.voice for event in episode.events for claim in event.assertions}


def _same_place(one: Episode, other: Episode) -> float:
    """As `same_place`, by the finest places of both: two quarters of one town are two places."""
    ours, theirs = _quarters(one), _quarters(other)
    if not ours or not theirs:
        return 0.0
    best = max(_nearness_within(a, b) for a, b in product(ours, theirs))
    return VETO if best < 0 else best


def _quarters(episode: Episode) -> tuple[Entity, ...]:
    """The finest places: beside "the Millside quarter", which no table knows, the town is where that is."""
    known = finest(episode.places)
    return tuple(each for each in known if is_named(each) and not is_proper(each)) or known


def _nearness_within(one: Entity, other: Entity) -> float:
    if one.id != other.id and _names(one) & _names(other):
        return 1.0
    if _names(one) & set(containers(other)) or _names(other) & set(containers(one)):
        return 0.5 if kilometres(one, other) is None else nearness(one, other)  # "Tarsk governorate", and Velm in Tarsk
    if one.id == other.id or kilometres(one, other) is not None:
        return nearness(one, other)
    if one.label in containers(other) or other.label in containers(one):
        return nearness(one, other)
    if _is_capital(one) or _is_capital(other):
        return 0.0  # "a village in Idlib": a province goes by its capital's name
    return -0.5 if _are_alike(one, other) else 0.0


def _is_capital(place: Entity) -> bool:
    """Whether a town's region has its name."""
    names = (place.label, f"{place.label} Governorate", f"{place.label} Province")
    return any(name in containers(place) for name in names)


def _are_alike(one: Entity, other: Entity) -> bool:
    """Whether two places are of one kind: two towns, two quarters; "the Tarsk border area" may be by any town."""
    kinds = [None if is_proper(each) else each.label.split()[-1] for each in (one, other)]
    return kinds[0] == kinds[1] and is_named(one) and is_named(other) and not (is_country(one) or is_country(other))


def _names(place: Entity) -> set[str]:
    """The capitalized words of a label: "southern districts of Otepa" is in Otepa."""
    return {word for word in place.label.split() if word[:1].isupper() and len(word) > 3}


def _same_toll(one: Episode, other: Episode) -> float:
    """As `same_toll`, but one voice does not give two counts of one happening, unless it counts again: they veto.

    Two voices may differ on one happening, where no places tell it apart. Who dies of an attack later on is a part of
    its dead.
    """
    if any(all(event.aftermath for event in each.events) for each in (one, other)):
        return 0.0
    ours, theirs = (tuple(_stated(each)) for each in (one, other))
    for (voice, figure), (other_voice, another) in product(ours, theirs):
        if voice == other_voice and counts_the_same(figure, another) and _are_apart(figure, another):
            return max(same_toll(one, other), -0.5) if _counts_again(one, other) else VETO
    others = {voice for voice, _ in ours}.isdisjoint(voice for voice, _ in theirs)
    return max(same_toll(one, other), 0.0 if others and not (one.places and other.places) else VETO)


def _are_apart(one: Figure, other: Figure) -> bool:
    """Whether two counts cannot be of one thing: "at least 15" is not said of 82."""
    both = one.best is not None and other.best is not None
    return not can_both_hold(one, other) or (both and ratio(one, other) > FAR)


def _counts_again(one: Episode, other: Episode) -> bool:
    """Whether one of them points back, as "the death toll" does: a count that was mended is of the same happening."""
    return any(each.anaphoric and not each.another for episode in (one, other) for each in episode.events)


def _stated(episode: Episode) -> Iterator[tuple[str, Figure]]:
    for event in episode.events:
        for claim in event.assertions:
            yield from ((claim.claimant or claim.voice, figure) for figure in counts(claim))


_WITHIN = {
    **SLOTS,
    "type": _same_type,
    "time": _same_time,
    "place": _same_place,
    "attacker": _same_attacker,
    "toll": _same_toll,
}
