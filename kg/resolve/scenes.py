"""How near two places of happenings are, in points: one place, near points, one within the other, places apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg.resolve.geodesy import Point, distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Entity, Location

#: Places that cannot be one.
VETO = -math.inf

#: Kilometres within which two points are one place, and beyond which they are two.
NEAR_KM = 10.0
FAR_KM = 40.0
POINTS = frozenset({"point", "settlement", "area", "facility"})


def finest(places: Iterable[Entity]) -> tuple[Entity, ...]:
    """The places that contain none of the others; a capital of a province that has its name stays."""
    known = tuple(places)
    within = {place.id: containers(place) for place in known}
    return tuple(
        place for place in known if all(place.label not in names for of, names in within.items() if of != place.id)
    )


def nearness(one: Entity, other: Entity) -> float:
    """The points of two places, from 3 for one place to a veto for places apart."""
    if one.id == other.id:
        precision = one.location.precision if one.location else "point"
        return 3.0 if precision in POINTS else 0.0 if precision == "country" else 1.0
    km = kilometres(one, other)
    points = km is not None and _is_point(one) and _is_point(other)
    if points and km is not None and km <= NEAR_KM:
        return 2.0
    if one.label in containers(other) or other.label in containers(one):
        return 0.5
    if not (is_named(one) and is_named(other)):
        return 0.0
    if km is None:
        same = one.label.casefold() == other.label.casefold()
        return 3.0 if same else -0.5 if is_proper(one) and is_proper(other) else 0.0
    return VETO if not points or km > FAR_KM else -0.5


def is_named(place: Entity) -> bool:
    """Whether a place has a name: "villages" and "areas" are everywhere."""
    return not place.label[:1].islower()


def is_proper(place: Entity) -> bool:
    """Whether a place has a name of its own, and not a description with somebody's name in it."""
    located = place.location is not None and place.location.precision != "unknown"
    return located or all(word[:1].isupper() or len(word) <= 3 or "-" in word for word in place.label.split())


def is_country(place: Entity) -> bool:
    """Whether a place is a whole country."""
    return place.location is not None and place.location.precision == "country"


def _is_point(place: Entity) -> bool:
    return place.location is not None and place.location.precision in POINTS


def containers(place: Entity) -> tuple[str, ...]:
    """The names of what contains a place."""
    return place.location.within if place.location else ()


def kilometres(one: Entity, other: Entity) -> float | None:
    """How far apart two places are, where both have a point."""
    here, there = _point(one.location), _point(other.location)
    return distance_km(here, there) if here and there else None


def _point(location: Location | None) -> Point | None:
    if location is None or location.lat is None or location.lon is None:
        return None
    return location.lat, location.lon
