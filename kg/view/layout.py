"""Where nodes stand: computed once, seeded, so that the same graph gives the same picture.

Each connected component is laid out by Fruchterman and Reingold's forces (networkx), its label boxes are pushed apart,
and the components are set in rows, the largest first. Positions are whole pixels, y downwards.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.scene import Node, Scene

SEED = 20160701
CORE = 300  # networkx needs scipy from 500 nodes on, and the time grows with the square
WRAP = 20  # characters of a label's line, as the page wraps it
CHARACTER, LINE, PADDING = 8, 19, 14  # pixels
SPACING = 96
GOLDEN = math.pi * (3 - math.sqrt(5))

Points = NDArray[np.float64]


def place(nodes: Iterable[Node], scene: Scene) -> Mapping[str, tuple[int, int]]:
    """A position for each node, from the edges between them."""
    labels = {node.id: node.label for node in nodes}
    weights = {node.id: node.weight for node in scene.nodes}
    graph = nx.Graph()
    graph.add_nodes_from(labels)
    graph.add_edges_from((e.source, e.target) for e in scene.edges if e.source in labels and e.target in labels)
    components = sorted((sorted(c, key=lambda n: (-weights[n], n)) for c in nx.connected_components(graph)), key=_first)
    return _packed([_component(graph, component, labels) for component in components])


def _first(component: list[str]) -> tuple[int, str]:
    return -len(component), component[0]


def _component(graph: nx.Graph, members: list[str], labels: Mapping[str, str]) -> tuple[list[str], Points, Points]:
    """The members, heaviest first, their centres and their boxes (width, height)."""
    core = members[:CORE]
    scale = SPACING * math.sqrt(len(core))
    found = nx.spring_layout(_ordered(graph, core), seed=SEED, iterations=120, scale=1) if len(core) > 1 else {}
    centres = {
        each: (found[each][0] * scale * 1.25, found[each][1] * scale * 0.8) if found else (0.0, 0.0) for each in core
    }
    boxes = np.array([_box(labels[each]) for each in members])
    spread = _apart(np.array([centres[each] for each in core]), boxes[: len(core)])
    rest = _around(graph, members[CORE:], dict(zip(core, spread.tolist(), strict=True)), scale)
    return members, np.vstack([spread, *rest]) if rest else spread, boxes


def _box(label: str) -> tuple[int, int]:
    lines = textwrap.wrap(label[:120], WRAP)[:3] or [""]
    return max(map(len, lines)) * CHARACTER + PADDING, len(lines) * LINE + 28 + PADDING


def _apart(centres: Points, boxes: Points, rounds: int = 300) -> Points:
    """Push boxes that overlap away from each other along the axis that costs least, until none does."""
    centres = centres.astype(float)
    need = (boxes[:, None, :] + boxes[None, :, :]) / 2
    lower = np.tril(np.ones((len(boxes), len(boxes)), dtype=bool))
    for _ in range(rounds):
        gap = centres[:, None, :] - centres[None, :, :]
        overlap = need - np.abs(gap)
        hit = (overlap > 0).all(axis=2) & ~lower
        if not hit.any():
            break
        along_x = overlap[..., 0] < overlap[..., 1]
        sign = np.where(gap >= 0, 1.0, -1.0)
        push = np.where(np.stack([along_x, ~along_x], axis=2) & hit[..., None], sign * overlap / 2, 0.0)
        centres += np.clip(push.sum(axis=1) - push.sum(axis=0), -60, 60) * 0.6
    return centres


def _around(graph: nx.Graph, rest: list[str], placed: dict[str, list[float]], radius: float) -> list[Points]:
    """Rows for nodes outside the core: beside what they are joined to, on a spiral that fills from inside."""
    rows = []
    for at, each in enumerate(rest):
        anchors = [placed[other] for other in sorted(graph[each]) if other in placed]
        reach = radius * 1.4 + SPACING * 0.6 * math.sqrt(at)
        spiral = [reach * math.cos(at * GOLDEN), reach * math.sin(at * GOLDEN)]
        pull = np.mean(anchors, axis=0) if anchors else np.zeros(2)
        rows.append(np.array([spiral]) + 0.15 * pull)
        placed[each] = rows[-1][0].tolist()
    return rows


def _packed(components: list[tuple[list[str], Points, Points]]) -> Mapping[str, tuple[int, int]]:
    """Set components in rows, each row as wide as a screen is to its height."""
    sizes = [np.ptp(centres, axis=0) + boxes.max(axis=0) + SPACING / 3 for _, centres, boxes in components]
    widest = max((float(size[0]) for size in sizes), default=0.0)
    width = max(widest, math.sqrt(sum(float(size[0] * size[1]) for size in sizes) * 1.7))
    found: dict[str, tuple[int, int]] = {}
    x = y = row = 0.0
    for (members, centres, boxes), size in zip(components, sizes, strict=True):
        if x and x + size[0] > width:
            x, y, row = 0.0, y + row, 0.0
        corner = np.array([x, y]) + boxes.max(axis=0) / 2 - centres.min(axis=0)
        found.update({each: (round(cx), round(cy)) for each, (cx, cy) in zip(members, centres + corner, strict=True)})
        x, row = x + float(size[0]), max(row, float(size[1]))
    return found


def _ordered(graph: nx.Graph, members: list[str]) -> nx.Graph:
    """The part of the graph between the members, in their order: a view of networkx has the order of a set."""
    found = nx.Graph()
    found.add_nodes_from(members)
    found.add_edges_from(graph.subgraph(members).edges)
    return found
