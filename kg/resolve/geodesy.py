"""Distances and directions on a sphere: 0.5 % off the ellipsoid at worst, far below what the words of news mean.

Points are (latitude, longitude) in degrees, as `Location` and wgs84 have them. How far Basra lies from Baghdad, and in
which direction:

>>> baghdad, basra = (33.3406, 44.4009), (30.5085, 47.7804)
>>> round(distance_km(baghdad, basra))
448
>>> compass_point(bearing_degrees(baghdad, basra))
'SE'

What lies within 20 km, the nearest first:

>>> within_km(baghdad, {"Basra": basra, "Kadhimiya": (33.3797, 44.3419)}, 20)
[(7.0, 'Kadhimiya')]
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Mean radius of the Earth in kilometres (IUGG).
RADIUS_KM = 6371.0088

#: The eight points of the compass, clockwise from north, 45 degrees apart.
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")

Point = tuple[float, float]


def distance_km(one: Point, other: Point) -> float:
    """Great-circle distance of two points (latitude, longitude in degrees), by the haversine formula."""
    south, north = radians(one[0]), radians(other[0])
    across = sin(radians(other[1] - one[1]) / 2) ** 2
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * across
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(half)))


def bearing_degrees(start: Point, end: Point) -> float:
    """The direction in which the shortest way from one point to another sets out: degrees in [0, 360) from north."""
    one, other, turn = radians(start[0]), radians(end[0]), radians(end[1] - start[1])
    east = sin(turn) * cos(other)
    north = cos(one) * sin(other) - sin(one) * cos(other) * cos(turn)
    return degrees(atan2(east, north)) % 360


def compass_point(bearing: float) -> str:
    """The nearest of the eight points of the compass to a direction in degrees."""
    return COMPASS[round(bearing / 45) % 8]


def displaced(start: Point, bearing: float, distance: float) -> Point:
    """The point that lies `distance` kilometres from another in a direction (degrees from north)."""
    angle, way = distance / RADIUS_KM, radians(bearing)
    latitude = radians(start[0])
    reached = asin(max(-1.0, min(1.0, sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(way))))
    turn = atan2(sin(way) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sin(reached))
    return degrees(reached), (start[1] + degrees(turn) + 540) % 360 - 180


def midpoint(one: Point, other: Point) -> Point:
    """The point halfway on the shortest way between two."""
    return displaced(one, bearing_degrees(one, other), distance_km(one, other) / 2)


def within_km(centre: Point, points: Mapping[str, Point], kilometres: float) -> list[tuple[float, str]]:
    """The points that lie so near, the nearest first: distance in kilometres to a tenth, and name."""
    band = kilometres / 110.5  # degrees of latitude: what lies beyond need not be measured
    near = ((name, point) for name, point in points.items() if abs(point[0] - centre[0]) <= band)
    measured = ((distance_km(centre, point), name) for name, point in near)
    return sorted((round(distance, 1), name) for distance, name in measured if distance <= kilometres)
