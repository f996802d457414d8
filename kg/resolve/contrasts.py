"""How well two episodes of one article agree: it keeps apart what has a place, a day or a number of its own."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import TYPE_CHECKING

from kg.resolve.slots import (
    SLOTS,
    VETO,
    Episode,
    can_both_hold,
    containers,
    counts,
    counts_the_same,
    gap_between,
    is_named,
    kilometres,
    nearness,
    same_toll,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import Entity, Figure


def compare_within(one: Episode, other: Episode) -> dict[str, float]:
    """The same for two episodes of one article, which keeps apart what has a place, a day or a number of its own.

    That two things went on at the same time says little there: all of its news is of one day.
    """
    points: dict[str, float] = {}
    for slot, score in {**SLOTS, "time": _same_time, "place": _same_place, "toll": _same_toll}.items():
        points[slot] = score(one, other)
        if points[slot] == VETO:
            break
    return points


def _same_time(one: Episode, other: Episode) -> float:
    """0.5 for times in words that meet, a veto for such that do not; what the story gives tells nothing."""
    if not one.timed or not other.timed or {one.timed.dated_by, other.timed.dated_by} != {"words"}:
        return 0.0
    return VETO if gap_between(one, other) > dt.timedelta(0) else 0.5


def _same_place(one: Episode, other: Episode) -> float:
    """As `same_place`, by the finest places of both: two quarters of one town are two places."""
    ours, theirs = _finest(one.places), _finest(other.places)
    if not ours or not theirs:
        return 0.0
    best = max(_nearness_within(a, b) for a, b in product(ours, theirs))
    return VETO if best < 0 else best


def _nearness_within(one: Entity, other: Entity) -> float:
    if one.id != other.id and _names(one) & _names(other):
        return 1.0
    apart = kilometres(one, other) is None and not {one.label, other.label} & {*containers(one), *containers(other)}
    named = one.id != other.id and is_named(one) and is_named(other)
    return -0.5 if named and apart else nearness(one, other)


def _names(place: Entity) -> set[str]:
    """The capitalized words of a label: "southern districts of Otepa" is in Otepa."""
    return {word for word in place.label.split() if word[:1].isupper() and len(word) > 3}


def _finest(places: Iterable[Entity]) -> tuple[Entity, ...]:
    """The places that contain none of the others."""
    known = tuple(places)
    containing = {name for place in known for name in containers(place)}
    return tuple(place for place in known if place.label not in containing) or known


def _same_toll(one: Episode, other: Episode) -> float:
    """As `same_toll`, but one voice does not give two counts of one happening: different ones veto."""
    ours, theirs = (tuple(_stated(each)) for each in (one, other))
    for (voice, figure), (other_voice, another) in product(ours, theirs):
        if voice == other_voice and counts_the_same(figure, another) and not can_both_hold(figure, another):
            return VETO
    return same_toll(one, other)


def _stated(episode: Episode) -> Iterator[tuple[str, Figure]]:
    for event in episode.events:
        for claim in event.assertions:
            yield from ((claim.claimant or claim.voice, figure) for figure in counts(claim))
