"""What a page opens with: each incident with those who tell something of it, nobody twice."""

from __future__ import annotations

from kg.view.scene import Edge, Node, Scene
from kg.view.selection import choose_opening

FLEET, PORT, RAID, CROWD, COUNT = "fleet", "port", "raid", "crowd", "count"
NODES = (
    Node(RAID, "Incident", "Raid", earliest="2031-05-06T00:00:00Z", weight=9),
    Node(FLEET, "Coalition", "Northern Fleet", weight=8),
    Node(PORT, "Place", "Tarsk", weight=5),
    Node(CROWD, "Group", "people", weight=7),
    Node(COUNT, "Group", "nine people", weight=1),
)


def opened(*parts):
    edges = tuple(Edge(RAID, player, part, part, (), "events") for part, player in parts)
    return {node.id for node in choose_opening(Scene("s", nodes=NODES, edges=edges)).nodes if node.opening}


def test_who_attacks_is_not_asked_for_as_a_victim_too():
    assert opened(("attacker", FLEET), ("victim", FLEET), ("victim", COUNT), ("place", PORT)) == {RAID, FLEET, PORT}


def test_a_place_that_was_the_target_is_the_place():
    assert opened(("attacker", FLEET), ("target", PORT), ("place", PORT)) == {RAID, FLEET, PORT}


def test_people_without_a_number_tell_nothing():
    assert opened(("attacker", FLEET), ("victim", CROWD), ("victim", COUNT)) == {RAID, FLEET, COUNT}
