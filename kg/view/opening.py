"""Where the nodes of the opening stand: every incident reads as a sentence, from left to right.

Whoever does it stands left of the incident, what it is done to right, who speaks of it above, where it was below; the
incidents stand two in a row. A node with parts in several stands beside the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.view.layout import place
from kg.view.scene import Edge, Node, Scene

#: Where a part stands; who has several parts stands where the first of them does.
SIDES = {"attacker": "left", "agent": "left", "target": "right", "victim": "right", "place": "bottom"}
SIDES |= {"instrument": "bottom", "origin": "bottom", "saidAbout": "top"}
ORDER = tuple(SIDES)
COLUMN, ROW = 182, 104  # pixels: a node with its label
GAP = 20
ACROSS = 2

Spot = tuple[float, float]
Sides = Mapping[str, list[str]]
Cells = list[tuple[str, Sides]]


def lay_out(scene: Scene) -> Scene:
    """The scene with a spot for each opening node; what is asked for later stands around what it was asked from."""
    spots = opening_spots(scene)
    return replace(scene, nodes=tuple(replace(node, spot=spots.get(node.id)) for node in scene.nodes))


def opening_spots(scene: Scene) -> Mapping[str, tuple[int, int]]:
    """A spot (x, y in whole pixels, y downwards) for each opening node."""
    opened = {node.id: node for node in scene.nodes if node.opening}
    incidents = [node for node in opened.values() if node.cls == "Incident"]
    if not incidents:
        return place(opened.values(), scene)
    cells = _cells(sorted(incidents, key=lambda node: (not node.disputed, -node.weight, node.id)), opened, scene)
    beside = [each for each in opened if all(each != one and each not in _all(sides) for one, sides in cells)]
    return {each: (round(x), round(y)) for each, (x, y) in _spots(cells, beside)}


def _cells(incidents: list[Node], opened: Mapping[str, Node], scene: Scene) -> Cells:
    """Each incident with the nodes on each of its sides."""
    around: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for edge in scene.edges:
        if edge.source in opened and edge.target in opened:
            incident, other = _ends(edge)
            around[incident].append((edge.predicate, other))
    taken = {node.id for node in incidents}
    cells: Cells = []
    for one in incidents:
        sides: dict[str, list[str]] = defaultdict(list)
        for part, other in sorted(around[one.id], key=_order):
            if other not in taken:
                taken.add(other)
                sides[SIDES.get(part, "bottom")].append(other)
        cells.append((one.id, sides))
    return cells


def _order(part: tuple[str, str]) -> tuple[int, str]:
    return ORDER.index(part[0]) if part[0] in ORDER else len(ORDER), part[1]


def _ends(edge: Edge) -> tuple[str, str]:
    return (edge.source, edge.target) if edge.mode == "events" else (edge.target, edge.source)


def _all(sides: Sides) -> set[str]:
    return {each for found in sides.values() for each in found}


def _spots(cells: Cells, beside: list[str]) -> Iterator[tuple[str, Spot]]:
    """The cells row by row, each row as high as its highest cell; what belongs to none in rows below."""
    top = 0.0
    for first in range(0, len(cells), ACROSS):
        row = cells[first : first + ACROSS]
        above, below = (max(heights) for heights in zip(*(_height(sides) for _, sides in row), strict=True))
        for at, (incident, sides) in enumerate(row):
            yield from _cell(incident, sides, (at * (3 * COLUMN + GAP), top + above))
        top += above + below + GAP
    for at, each in enumerate(beside):
        yield each, ((at % 6) * COLUMN - COLUMN, top + (at // 6) * ROW)


def _height(sides: Sides) -> tuple[float, float]:
    """How far a cell reaches above its incident and below it, half a row of every node included."""
    half = max(len(sides["left"]), len(sides["right"]), 1) / 2 * ROW
    above, below = (_away(sides) + ROW / 2 if sides[side] else half for side in ("top", "bottom"))
    return above, below


def _away(sides: Sides) -> float:
    """How far above or below the incident stands what is above or below it."""
    return (max(len(sides["left"]), len(sides["right"]), 1) + 1) / 2 * ROW


def _cell(incident: str, sides: Sides, centre: Spot) -> Iterator[tuple[str, Spot]]:
    x, y = centre
    yield incident, centre
    for side, sign in (("left", -1), ("right", 1)):
        for at, each in enumerate(sides[side]):
            yield each, (x + sign * COLUMN, y + (at - (len(sides[side]) - 1) / 2) * ROW)
    for side, sign in (("top", -1), ("bottom", 1)):
        for at, each in enumerate(sides[side]):  # aslant, so that the incident's label has room
            yield each, (x + sign * (0.5 - at) * COLUMN, y + sign * _away(sides))
