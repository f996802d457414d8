"""The overview: every node has a spot of its own, the same each time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from kg.view.overview import LEAST, _discs, far_spots, with_overview
from kg.view.scene import Edge, Node, Scene


def chains(count, length=5):
    """So many nodes in chains, every seventh chain joined to the next one."""
    nodes = tuple(Node(f"n{at}", "Person", f"P{at}", weight=count - at) for at in range(count))
    edges = [Edge(f"n{at}", f"n{at + 1}", "p", "p") for at in range(count - 1) if (at + 1) % length or not at % 7]
    return Scene("s", nodes=nodes, edges=tuple(edges))


def test_a_small_graph_needs_none():
    scene = chains(LEAST - 1)
    assert with_overview(scene) is scene


def test_no_two_nodes_share_a_spot_and_quotations_have_none():
    scene = chains(1200)
    quotation = Node("q", "Quotation", "words", weight=1)
    found = with_overview(Scene("s", nodes=(*scene.nodes, quotation), edges=scene.edges))
    spots = Counter(node.far for node in found.nodes if node.cls != "Quotation")
    assert None not in spots
    assert max(spots.values()) == 1
    assert found.nodes[-1].far is None


def test_discs_do_not_overlap():
    import networkx as nx

    graph = nx.path_graph(300)
    communities = [list(range(at, at + 20)) for at in range(0, 300, 20)]
    discs = _discs(graph, communities)
    for at, (x, y, radius) in enumerate(discs):
        assert all((x - px) ** 2 + (y - py) ** 2 >= (radius + other - 1e-6) ** 2 for px, py, other in discs[:at])


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_of_sets_changes_nothing(seed):
    code = (
        "from tests.view.test_overview import chains, far_spots\n"
        "scene = chains(700)\nprint(sorted(far_spots(scene.nodes, scene).items()))"
    )
    scene = chains(700)
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == str(sorted(far_spots(scene.nodes, scene).items()))
