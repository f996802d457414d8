"""How far a region reaches: the hull of the towns that the gazetteer has in it.

GeoNames gives a region one point; a page that drew only that would claim to know where in the region something was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from kg.gazetteer import DEGREE, FEATURES, NO_PARENT
from kg.view.scene import Node

Point = tuple[float, float]  # longitude, latitude
Columns = Mapping[str, Sequence[int]]

WIDE = frozenset({"region", "district", "area"})
FEWEST = 3  # towns that make an area
LEVELS = 3  # a town in a district in a region


def extents(nodes: Iterable[Node], columns: Columns) -> Mapping[str, list[Point]]:
    """The outline, clockwise and closed, of each node that is known as a region and has towns in the gazetteer."""
    spots = {_spot(node): node.id for node in nodes if node.precision == "region" and node.lat is not None}
    wide = {FEATURES.index(name) for name in WIDE}
    found = {
        row: spots[spot]
        for row, (spot, feature) in enumerate(
            zip(zip(columns["latitude"], columns["longitude"], strict=True), columns["feature"], strict=True)
        )
        if feature in wide and spot in spots
    }
    towns = _towns(found, columns)
    return {each: _outline(points) for each, points in towns.items() if len(points) >= FEWEST}


def _spot(node: Node) -> tuple[int, int]:
    return round((node.lat or 0.0) * DEGREE), round((node.lon or 0.0) * DEGREE)


def _towns(wanted: Mapping[int, str], columns: Columns) -> Mapping[str, set[Point]]:
    """Where the towns of each wanted row are, by the id that it stands for."""
    found: dict[str, set[Point]] = defaultdict(set)
    parent = np.asarray(columns["parent"], dtype=np.int64)
    settled = [FEATURES.index(name) for name in ("capital", "seat", "settlement")]
    rows = np.flatnonzero(np.isin(np.asarray(columns["feature"]), settled))
    above = rows
    for _ in range(LEVELS):
        above = np.where(above == NO_PARENT, NO_PARENT, parent[np.where(above == NO_PARENT, 0, above)])
        for row, container in zip(rows.tolist(), above.tolist(), strict=True):
            if container in wanted:
                found[wanted[container]].add((columns["longitude"][row] / DEGREE, columns["latitude"][row] / DEGREE))
    return found


def _outline(points: Iterable[Point]) -> list[Point]:
    """The convex hull (Andrew's monotone chain), clockwise, as d3-geo wants it: else it is the rest of the world."""
    ordered = sorted(points)
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    ring = [*lower[:-1], *upper]
    return ring[::-1]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in ordered:
        while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
