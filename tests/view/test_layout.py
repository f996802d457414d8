"""Positions: the same each time, and no label on another."""

from __future__ import annotations

import itertools

import pytest

from kg.view.layout import _box, place
from kg.view.opening import lay_out
from kg.view.scene import Edge, Node, Scene
from kg.view.selection import MOST, choose_opening


def star(count):
    nodes = tuple(Node(f"n{at}", "Person", f"Person with number {at}", weight=count - at) for at in range(count))
    return Scene("s", nodes=nodes, edges=tuple(Edge("n0", f"n{at}", "p", "p") for at in range(1, count, 2)))


def overlaps(scene, spots):
    labels = {node.id: node.label for node in scene.nodes}
    for one, other in itertools.combinations(spots, 2):
        (width, height), (w2, h2) = _box(labels[one]), _box(labels[other])
        dx, dy = (abs(spots[one][i] - spots[other][i]) for i in (0, 1))
        if dx < (width + w2) / 2 - 2 and dy < (height + h2) / 2 - 2:
            yield one, other


@pytest.mark.parametrize("count", [1, 2, 30, 300])
def test_no_label_lies_on_another(count):
    scene = star(count)
    assert list(overlaps(scene, place(scene.nodes, scene))) == []


def test_the_same_graph_gives_the_same_positions():
    assert lay_out(star(40)) == lay_out(star(40))


def test_a_graph_larger_than_the_core_is_placed_whole():
    scene = star(1500)
    assert len(place(scene.nodes, scene)) == 1500


def test_the_opening_is_small_and_keeps_disputed_incidents():
    nodes = [Node(f"i{at}", "Incident", f"Raid {at}", weight=9, disputed=at == 77) for at in range(99)]
    actors = [Node(f"a{at}", "Person", f"Actor {at}", weight=2) for at in range(99)]
    edges = tuple(Edge(f"i{at}", f"a{at}", "attacker", "attacker", mode="events") for at in range(99))
    opened = [node.id for node in choose_opening(Scene("s", (), (*nodes, *actors), edges)).nodes if node.opening]
    assert len(opened) <= MOST
    assert {"i77", "a77"} <= set(opened)
