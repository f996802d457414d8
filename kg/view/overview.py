"""Where every node stands in the overview of a large graph: communities as discs, those that share most close by.

Communities are found by the method of Louvain (Blondel et al. 2008; networkx), seeded, over numbers: unlike ids they
have the same order in every set. In a disc the heaviest nodes stand in the middle of a spiral.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import networkx as nx
import numpy as np

from kg.view.scene import Node, Scene

SEED = 20160701
STEP = 10.0  # between two nodes of a disc
GAP = 14.0  # between two discs
GOLDEN = math.pi * (3 - math.sqrt(5))
BROAD = 1.25  # the picture is wider than high
LOOSE = 12  # nodes: a community of no more that shares nothing with others stands outside
BATCH = 1024  # spots looked at together
LEAST = 400  # nodes: what is smaller needs no overview

Point = tuple[float, float]
Disc = tuple[float, float, float]  # x, y, radius


def with_overview(scene: Scene) -> Scene:
    """The scene with a far spot for each node but quotations, if it is large enough to need one."""
    nodes = [node for node in scene.nodes if node.cls != "Quotation"]
    if len(nodes) < LEAST:
        return scene
    spots = far_spots(nodes, scene)
    return replace(scene, nodes=tuple(replace(node, far=spots.get(node.id)) for node in scene.nodes))


def far_spots(nodes: Sequence[Node], scene: Scene) -> Mapping[str, tuple[int, int]]:
    """Whole numbers, y downwards; no two nodes share a spot."""
    at = {node.id: number for number, node in enumerate(nodes)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_edges_from(
        (at[edge.source], at[edge.target])
        for edge in scene.edges
        if edge.mode != "direct" and edge.source in at and edge.target in at
    )
    communities = _communities(graph)
    discs = _discs(graph, communities)
    return {
        nodes[number].id: (round(x), round(y))
        for members, disc in zip(communities, discs, strict=True)
        for number, (x, y) in _spiral(sorted(members, key=lambda n: (-nodes[n].weight, n)), disc)
    }


def _communities(graph: nx.Graph) -> list[list[int]]:
    """The largest first; nodes that nothing joins come together in one."""
    found = nx.community.louvain_communities(graph, seed=SEED)
    alone = sorted(number for each in found if len(each) == 1 for number in each)
    joined = sorted((sorted(each) for each in found if len(each) > 1), key=lambda each: (-len(each), each[0]))
    return [*joined, *([alone] if alone else [])]


def _discs(graph: nx.Graph, communities: Sequence[Sequence[int]]) -> list[Disc]:
    """One disc after the other, as close as there is room to those that it shares most edges with."""
    home = {number: at for at, members in enumerate(communities) for number in members}
    placed: list[Disc] = []
    loose: list[int] = []
    for at, members in enumerate(communities):
        shared = Counter(home[other] for number in members for other in graph[number] if home[other] != at)
        known = {other: count for other, count in shared.items() if other < at and other not in loose}
        if not shared and 1 < len(members) <= LOOSE:
            loose.append(at)
            placed.append((0.0, 0.0, 0.0))  # until all others have found room
        else:
            placed.append(_room(_middle(known, placed), _radius(len(members)), placed))
    for at, disc in zip(loose, _outside(placed, len(loose)), strict=True):
        placed[at] = disc
    return placed


def _radius(members: int) -> float:
    return STEP * math.sqrt(members) / 1.6 + GAP


def _outside(placed: Sequence[Disc], count: int) -> Iterator[Disc]:
    """Discs on a spiral around all others."""
    inner = max((math.hypot(x / BROAD, y) + radius for x, y, radius in placed), default=0.0)
    step = _radius(LOOSE)
    for turn in range(count):
        away = math.sqrt((inner + step) ** 2 + turn * step**2)
        yield BROAD * away * math.cos(turn * GOLDEN), away * math.sin(turn * GOLDEN), step


def _middle(shared: Mapping[int, int], placed: Sequence[Disc]) -> Point:
    total = sum(shared.values()) or 1
    x, y = (sum(placed[at][axis] * count for at, count in shared.items()) / total for axis in (0, 1))
    return x, y


def _room(near: Point, radius: float, placed: Sequence[Disc]) -> Disc:
    """The first spot on a spiral around a point where the disc touches no other."""
    others = np.array(placed).reshape(-1, 3)
    first, step = 0, (radius + GAP) * 0.35
    while True:
        turns = np.arange(first, first + BATCH)
        away = step * np.sqrt(turns)
        x, y = near[0] + BROAD * away * np.cos(turns * GOLDEN), near[1] + away * np.sin(turns * GOLDEN)
        apart = np.hypot(x[:, None] - others[:, 0], y[:, None] - others[:, 1]) >= radius + others[:, 2]
        free = np.flatnonzero(apart.all(axis=1))
        if len(free):
            return float(x[free[0]]), float(y[free[0]]), radius
        first += BATCH


def _spiral(members: Sequence[int], disc: Disc) -> Iterator[tuple[int, Point]]:
    x, y, _ = disc
    for at, number in enumerate(members):
        away = STEP * math.sqrt(at) / 1.6
        yield number, (x + away * math.cos(at * GOLDEN), y + away * math.sin(at * GOLDEN))
