"""What a page opens with: the incidents and actors that matter, few enough to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.view.scene import Edge, Node, Scene

INCIDENTS = 9
SPEAKERS = 6
MOST = 34


def choose_opening(scene: Scene) -> Scene:
    """The scene with the nodes marked that are shown first: at most 34, so that every label can be read.

    Incidents come first, disputed ones and those with most statements before others, each with the actors, places and
    things around it; then whoever says most.
    """
    chosen = set(_chosen(scene))
    return replace(scene, nodes=tuple(replace(node, opening=node.id in chosen) for node in scene.nodes))


def _chosen(scene: Scene) -> list[str]:
    around = _neighbours(scene)
    nodes = {node.id: node for node in scene.nodes}
    incidents = sorted((n for n in scene.nodes if n.cls == "Incident" and around[n.id]), key=_rank)
    found: dict[str, None] = {}
    for incident in incidents[:INCIDENTS]:
        near = [incident.id, *sorted(around[incident.id], key=lambda each: _rank(nodes[each]))]
        found.update(dict.fromkeys(near[: MOST // 3]))
    found.update(dict.fromkeys(_speakers(scene)))
    rest = sorted((n for n in scene.nodes if n.cls != "Quotation" and around[n.id]), key=_rank)
    found.update(dict.fromkeys(node.id for node in rest))
    return list(found)[:MOST]


def _rank(node: Node) -> tuple[bool, int, str]:
    return not node.disputed, -node.weight, node.id


def _neighbours(scene: Scene) -> Mapping[str, set[str]]:
    """Who is joined to whom when quotations are not drawn."""
    quotations = {node.id for node in scene.nodes if node.cls == "Quotation"}
    found: dict[str, set[str]] = defaultdict(set)
    for edge in scene.edges:
        if edge.source not in quotations and edge.target not in quotations and edge.mode != "direct":
            found[edge.source].add(edge.target)
            found[edge.target].add(edge.source)
    return found


def _speakers(scene: Scene) -> Iterable[str]:
    said: dict[str, int] = defaultdict(int)
    for edge in _said(scene.edges):
        said[edge.source] += 1
    return sorted(said, key=lambda speaker: (-said[speaker], speaker))[:SPEAKERS]


def _said(edges: Iterable[Edge]) -> Iterable[Edge]:
    return (edge for edge in edges if edge.predicate == "said")
