"""What a page opens with: the incidents and actors that matter, few enough to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from kg.view.scene import Edge, Node, Scene

INCIDENTS = 6
MOST = 30
ENOUGH = 12
#: What an incident opens with: at most so many nodes in each part that they play.
PARTS = {"attacker": 1, "target": 1, "victim": 1, "place": 1}
SPEAKERS = 1
#: Who can be told from others by name; "a source" and "six people" open no page.
NAMED = frozenset({"Person", "Organization", "ArmedGroup", "State", "Coalition", "Place", "Facility", "Incident"})


def choose_opening(scene: Scene) -> Scene:
    """The scene with the nodes marked that are shown first: at most 30, so that every label can be read.

    Incidents of which attacker, target, place and day are known come first, disputed ones and those with most
    statements before others, each with whoever plays a part in it and who speaks of it.
    """
    chosen = set(_chosen(scene))
    return replace(scene, nodes=tuple(replace(node, opening=node.id in chosen) for node in scene.nodes))


def _chosen(scene: Scene) -> list[str]:
    nodes = {node.id: node for node in scene.nodes}
    around = _around(scene, nodes)
    incidents = sorted((n for n in scene.nodes if n.cls == "Incident" and around[n.id]), key=_rank(around))
    found: dict[str, None] = {}
    for players in _telling(incidents, around, nodes):
        found.update(dict.fromkeys(players))
    if len(found) < ENOUGH:
        rest = (n for n in scene.nodes if n.cls in NAMED and n.cls != "Incident" and around[n.id])
        found.update(dict.fromkeys(node.id for node in sorted(rest, key=lambda n: (-n.weight, n.id))))
    return list(found)[:MOST]


def _telling(
    incidents: Iterable[Node], around: Mapping[str, list[Edge]], nodes: Mapping[str, Node]
) -> Iterator[list[str]]:
    """The first incidents that each bring nodes which those before them did not, with whoever plays a part."""
    seen: set[str] = set()
    chosen = 0
    for incident in incidents:
        players = _players(around[incident.id], nodes)
        if chosen < INCIDENTS and len(seen.intersection(players)) * 2 <= len(players):
            chosen += 1
            seen.update(players)
            yield [incident.id, *players]


def _rank(around: Mapping[str, list[Edge]]) -> Callable[[Node], tuple[int, bool, int, str]]:
    """The order of incidents: whole ones first, then disputed ones, then those that most is said of."""

    def rank(node: Node) -> tuple[int, bool, int, str]:
        parts = {edge.predicate for edge in around[node.id]}
        known = ("attacker" in parts) + bool(parts & {"target", "victim"}) + ("place" in parts) + bool(node.earliest)
        return -known, not node.disputed, -node.weight, node.id

    return rank


def _players(edges: Iterable[Edge], nodes: Mapping[str, Node]) -> list[str]:
    """Who plays a part in an incident or speaks of it, those with names and those that most is said of first.

    A part that somebody chosen plays too needs nobody else, and "people" or "a source" are there for none: they tell
    nothing.
    """
    by_part: dict[str, dict[str, None]] = defaultdict(dict)
    for edge in edges:
        part, player = (edge.predicate, edge.target) if edge.mode == "events" else (edge.predicate, edge.source)
        by_part[part][player] = None
    found: list[str] = []
    for part, most in (*PARTS.items(), ("saidAbout", SPEAKERS)):
        if by_part[part].keys().isdisjoint(found):
            telling = (each for each in by_part[part] if _tells(nodes[each]))
            found += sorted(telling, key=lambda each: (nodes[each].cls not in NAMED, -nodes[each].weight, each))[:most]
    return found


def _tells(node: Node) -> bool:
    return node.cls in NAMED or " " in node.label.strip()


def _around(scene: Scene, nodes: Mapping[str, Node]) -> Mapping[str, list[Edge]]:
    """The edges of each node when quotations are not drawn."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in scene.edges:
        if edge.mode != "direct" and "Quotation" not in {nodes[edge.source].cls, nodes[edge.target].cls}:
            found[edge.source].append(edge)
            found[edge.target].append(edge)
    return found
