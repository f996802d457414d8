"""What lies under the map of a scene: borders (Natural Earth) and towns (GeoNames), only where the data is.

Borders are TopoJSON: countries share arcs, and an arc goes along only if a country near the data needs it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from kg.gazetteer import DEGREE, FEATURES, TABLE, unpack
from kg.view.extents import extents
from kg.view.scene import Node, Scene

Box = tuple[float, float, float, float]  # west, south, east, north
Topology = Mapping[str, Any]

MARGIN = 1.0  # degrees around the data
MOST_TOWNS = 150
MOST_SHAPES = 40  # countries; a scene of the whole world has the coarse borders of the page
LARGE = 5_000  # people that make a settlement a town
KIND = {"capital": 0, "seat": 0, "settlement": 0, "region": 1, "country": 2}


def basemap(scene: Scene) -> dict[str, Any]:
    """What lies around the places of a scene.

    Towns as rows (name, latitude, longitude, kind), largest first, the borders of the countries, and the outlines of
    the regions among the nodes, by their ids.
    """
    box = _box(scene.nodes)
    if box is None:
        return {"towns": []}
    borders = _clipped(_world(), box)
    outlines = extents(scene.nodes, unpack(_table())[0])
    return {"towns": _towns(box), "outlines": outlines, **({"borders": borders} if borders else {})}


def _box(nodes: Iterable[Node]) -> Box | None:
    """Around nine in ten of what is said of places smaller than a country."""
    places = [node for node in nodes if node.lat is not None and node.lon is not None and node.precision != "country"]
    if not places:
        return None
    west, east = _within([(node.lon or 0.0, node.weight) for node in places])
    south, north = _within([(node.lat or 0.0, node.weight) for node in places])
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


def _within(weighted: Iterable[tuple[float, int]]) -> tuple[float, float]:
    """Between which values the middle nine tenths of the weight lie."""
    ordered = sorted(weighted)
    sums = list(accumulate(weight for _, weight in ordered))
    low = next(at for at, total in enumerate(sums) if total >= 0.05 * sums[-1])
    high = next(at for at, total in enumerate(sums) if total >= 0.95 * sums[-1])
    return ordered[low][0], ordered[high][0]


# -------------------------------------------------------------------------------- towns


def _towns(box: Box) -> list[list[Any]]:
    """The places with most people in the box; regions and countries by their middle."""
    columns, _, labels, _ = unpack(_table())
    west, south, east, north = (round(side * DEGREE) for side in box)
    latitude, longitude, people, feature = (
        columns[name] for name in ("latitude", "longitude", "population", "feature")
    )
    inside = (
        row
        for row, (lat, lon) in enumerate(zip(latitude, longitude, strict=True))
        if south <= lat <= north and west <= lon <= east and FEATURES[feature[row]] in KIND
    )
    known = [row for row in inside if KIND[FEATURES[feature[row]]] or people[row] >= LARGE]
    largest = sorted(known, key=lambda row: (-KIND[FEATURES[feature[row]]], -people[row], row))
    chosen = [row for row in largest if KIND[FEATURES[feature[row]]]][: MOST_TOWNS // 3]
    chosen += [row for row in largest if not KIND[FEATURES[feature[row]]]][: MOST_TOWNS - len(chosen)]
    return [
        [labels[row], latitude[row] / DEGREE, longitude[row] / DEGREE, KIND[FEATURES[feature[row]]]] for row in chosen
    ]


@cache
def _table() -> bytes:
    return gzip.decompress(TABLE.read_bytes())


# -------------------------------------------------------------------------------- borders


@cache
def _world() -> Topology:
    found: Topology = json.loads(files("kg.view").joinpath("assets", "countries-50m.json").read_bytes())
    return found


def _clipped(world: Topology, box: Box) -> dict[str, Any] | None:
    """The countries that reach into the box, with their arcs numbered anew."""
    corners = [_corners(world, arc) for arc in world["arcs"]]
    shapes = [each for each in world["objects"]["countries"]["geometries"] if each.get("arcs")]
    near = [each for each in shapes if any(_meet(corners[arc], box) for arc in _arcs(each["arcs"]))]
    if not near or len(near) > MOST_SHAPES:
        return None
    kept = [{**each, "arcs": _near_rings(each, corners, box)} for each in near]
    used = sorted({arc for each in kept for arc in _arcs(each["arcs"])})
    places = {arc: at for at, arc in enumerate(used)}
    return {
        "type": "Topology",
        "transform": world["transform"],
        "arcs": [world["arcs"][arc] for arc in used],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [{**each, "arcs": _renumbered(each["arcs"], places)} for each in kept],
            }
        },
    }


def _near_rings(shape: Mapping[str, Any], corners: Sequence[Box], box: Box) -> list[Any]:
    """Of a country in many parts those that reach into the box: Réunion lies far from France."""
    if shape["type"] != "MultiPolygon":
        return list(shape["arcs"])
    return [part for part in shape["arcs"] if any(_meet(corners[arc], box) for arc in _arcs(part))]


def _arcs(nested: Any) -> Iterator[int]:
    """The arcs of a geometry, whatever the direction in which it walks them."""
    for each in nested:
        if isinstance(each, int):
            yield each if each >= 0 else ~each
        else:
            yield from _arcs(each)


def _renumbered(nested: Any, places: Mapping[int, int]) -> list[Any]:
    return [
        (places[each] if each >= 0 else ~places[~each]) if isinstance(each, int) else _renumbered(each, places)
        for each in nested
    ]


def _corners(world: Topology, arc: Sequence[Sequence[int]]) -> Box:
    """The box around an arc, whose points are steps from the one before, in whole numbers."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    x = list(accumulate(point[0] for point in arc))
    y = list(accumulate(point[1] for point in arc))
    return min(x) * kx + dx, min(y) * ky + dy, max(x) * kx + dx, max(y) * ky + dy


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
