"""The graph as a page of pyvis, hardened.

pyvis loads Bootstrap from a network even when told not to, and shows every tooltip as HTML as soon as one of them holds
the letters "href" (pyvis 0.3.2, templates/template.html). So only its inline scripts and styles are taken over, ids are
opaque, and those letters are parted.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable
from html import escape

from pyvis.network import Network

from kg.view.layout import WRAP, place
from kg.view.page import Parts, document, printable
from kg.view.palette import LOOK, LOOKS
from kg.view.scene import Edge, Node, Scene, Statement

MOST_NODES = 500
MOST_OPEN = 24
MOST_WORDS = 600  # characters of a tooltip
MOST_LINE = 40  # characters along a line
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "font": {"size": 15, "face": "sans-serif", "strokeWidth": 4, "strokeColor": "#ffffff"},
        "borderWidth": 2,
        "scaling": {"label": {"enabled": True, "drawThreshold": 1}},
    },
    "edges": {
        "smooth": False,
        "color": {"color": "#9a9a9a", "highlight": "#222222"},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "font": {"size": 11, "face": "sans-serif", "align": "middle", "strokeWidth": 3, "strokeColor": "#ffffff"},
    },
    "interaction": {"hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": True, "keyboard": {"enabled": True}},
}
STYLE = """
html,body{height:100%;margin:0;font:15px/1.4 sans-serif;color:#222;background:#fff}
body{display:flex;flex-direction:column}
header{padding:.5rem 1rem;border-bottom:1px solid #ddd}h1{font-size:1.1rem;margin:0 0 .3rem;
max-height:2.8em;overflow:hidden;overflow-wrap:anywhere}
ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:0;padding:0}
li span{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.35em;border:1px solid #555}
main{flex:1;min-height:0}#mynetwork{width:100%;height:100%;box-sizing:border-box;overflow:hidden}
div.vis-tooltip{white-space:pre-wrap!important;
max-width:34em;overflow-wrap:anywhere;font:14px/1.45 sans-serif!important}
"""


def pyvis_page(scene: Scene) -> str:
    """The page: at most 500 nodes, those with most said of them; the source sentences stand in the tooltips."""
    nodes = sorted(scene.nodes, key=lambda node: (-node.weight, node.id))[:MOST_NODES]
    scripts, styles = _inline(_network(scene, nodes).generate_html(notebook=False))
    scripts.append(f"network.fit({json.dumps({'nodes': _focus(scene, nodes)})});")
    swatches = "".join(f".{look.cls}{{background:{look.colour}}}" for look in LOOKS)
    body = f'{_header(scene, nodes)}\n<main><div id="mynetwork"></div></main>'
    return document(scene.title, Parts(body, (*styles, STYLE + swatches), tuple(scripts)))


def _focus(scene: Scene, nodes: list[Node]) -> list[str]:
    """What the page opens on, so that its labels can be read: the heaviest node and those around it."""
    ids = {node.id: f"n{at}" for at, node in enumerate(nodes)}
    near = nodes[0].id if nodes else ""
    around = {node: None for edge in scene.edges if near in (edge.source, edge.target) for node in _ends(edge)}
    return [ids[each] for each in (near, *around) if each in ids][:MOST_OPEN]


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.source, edge.target


def _network(scene: Scene, nodes: list[Node]) -> Network:
    network = Network(cdn_resources="in_line", directed=True)
    spots = place(nodes, scene)
    ids = {node.id: f"n{at}" for at, node in enumerate(nodes)}
    for node in nodes:
        look, (x, y) = LOOK[node.cls], spots[node.id]
        style = {"color": look.colour, "shape": look.vis_shape, "size": 12}
        network.add_node(ids[node.id], label=_label(node.label), title=_node_title(node, scene), x=x, y=y, **style)
    for edge in scene.edges:
        if edge.source in ids and edge.target in ids and edge.mode in {"always", "events"}:
            network.add_edge(ids[edge.source], ids[edge.target], label=_short(edge.label), title=_title(edge, scene))
    network.set_options(json.dumps(OPTIONS))
    return network


def _label(text: str) -> str:
    return "\n".join(textwrap.wrap(printable(text)[:120], WRAP)[:3]) or "?"


def _short(text: str) -> str:
    """One line: what joins two nodes may be the words of an article."""
    line = " ".join(printable(text).split())
    return line if len(line) <= MOST_LINE else f"{line[: MOST_LINE - 1]}…"


def _node_title(node: Node, scene: Scene) -> str:
    facts = (node.label, LOOK[node.cls].label, *node.posts, *node.within, node.earliest)
    said = [each for each in scene.statements if node.id in (each.claimant, each.quotation, *each.about)]
    return _plain("\n".join([", ".join(fact for fact in facts if fact), *_sentences(said, scene)]))


def _title(edge: Edge, scene: Scene) -> str:
    return _plain("\n".join([edge.label, *_sentences((scene.statements[at] for at in edge.statements), scene)]))


def _sentences(statements: Iterable[Statement], scene: Scene) -> Iterable[str]:
    found = {
        f"“{passage.text}” ({scene.articles[statement.article].title if statement.article >= 0 else '?'})": None
        for statement in statements
        for passage in statement.passages
    }
    return list(found)[:3]


def _plain(text: str) -> str:
    """Text that pyvis cannot take for markup."""
    cut = "\n".join(printable(line) for line in text[:MOST_WORDS].split("\n"))
    return cut.replace("href", "hr\u2060ef")


def _inline(html: str) -> tuple[list[str], list[str]]:
    """The scripts and styles that stand in pyvis's page itself; what it would fetch is left behind."""
    scripts = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", html, flags=re.DOTALL)
    styles = re.findall(r"<style[^>]*>(.*?)</style>", html, flags=re.DOTALL)
    return [re.sub(r"//# sourceMappingURL=\S+", "", each) for each in scripts if each.strip()], styles


def _header(scene: Scene, nodes: list[Node]) -> str:
    present = {node.cls for node in nodes}
    legend = "".join(f'<li><span class="{look.cls}"></span>{look.label}</li>' for look in LOOKS if look.cls in present)
    count = f"{len(nodes)} of {len(scene.nodes)} nodes" if len(nodes) < len(scene.nodes) else f"{len(nodes)} nodes"
    return f"<header><h1>{escape(printable(scene.title))} ({count})</h1><ul>{legend}</ul></header>"
