"""The classes of the ontology as SVG: which is a kind of which, and which properties lead from one to another.

graphlay lays them out, layered and deterministic; the drawing is ours, so that each box links to its section of a page.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import ExportError
from kg.vocab import KG, PREFIXES, ontology_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Point = Mapping[str, float]
    Edges = Mapping[tuple[str, str], Sequence[str]]

#: Pixels: a letter of a box and of a label, the height of a box and of a line of a label, the margin around all.
LETTER, SMALL, BOX, LINE, MARGIN = 8, 6.4, 30, 15, 16
#: Letters in a line of a label.
WIDEST = 24
ARROW = ' marker-end="url(#arrow)"'
MISSING = "the page of the ontology needs graphlay and pylode; install them with: pip install 'newskg[docs]'"
RELATIONS = (
    f"SELECT ?from ?p ?to {{ ?p a <{PREFIXES['owl']}ObjectProperty> ; "
    f"<{PREFIXES['rdfs']}domain>|<https://schema.org/domainIncludes> ?from ; "
    f"<{PREFIXES['rdfs']}range>|<https://schema.org/rangeIncludes> ?to "
    f"FILTER(STRSTARTS(STR(?from), '{KG}') && STRSTARTS(STR(?to), '{KG}')) }}"
)
KINDS = (
    f"SELECT ?from ?to {{ ?from <{PREFIXES['rdfs']}subClassOf> ?to "
    f"FILTER(STRSTARTS(STR(?from), '{KG}') && STRSTARTS(STR(?to), '{KG}')) }}"
)
STYLE = """<style>
.wide { overflow-x: auto; }
.diagram { font: 13px sans-serif; }
.diagram rect { fill: #eef3f8; stroke: #36597a; }
.diagram a:hover rect { fill: #d5e4f2; }
.diagram path { fill: none; stroke: #77838f; }
.diagram text { text-anchor: middle; }
.diagram .label { font-size: 11px; fill: #333; }
</style>"""


def kinds(folder: Path | None = None) -> str:
    """Which class is a kind of which, as SVG; the general ones at the left.

    Raises:
        ExportError: graphlay is not installed.
    """
    pairs = {(row["to"], row["from"]): () for row in _rows(KINDS, folder)}
    return _drawn(
        pairs, classes(folder), "Classes, the general ones at the left", {"spacing": {"layer_gap": 60, "node_gap": 10}}
    )


def relations(folder: Path | None = None) -> str:
    """Which properties lead from one class to another, as SVG.

    Raises:
        ExportError: graphlay is not installed.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _rows(RELATIONS, folder):
        found[row["from"], row["to"]].append(row["p"])
    return _drawn(
        found,
        sorted({name for pair in found for name in pair}),
        "Properties from class to class",
        {"spacing": {"layer_gap": 34, "node_gap": 14}},
    )


def classes(folder: Path | None = None) -> list[str]:
    """The names of all classes."""
    return [row["from"] for row in _rows(f"SELECT ?from {{ ?from a <{PREFIXES['owl']}Class> }}", folder)]


def properties(folder: Path | None = None) -> list[str]:
    """The names of all properties."""
    kind = f"VALUES ?kind {{ <{PREFIXES['owl']}ObjectProperty> <{PREFIXES['owl']}DatatypeProperty> }}"
    return [row["p"] for row in _rows(f"SELECT DISTINCT ?p {{ {kind} ?p a ?kind }}", folder)]


def _rows(query: str, folder: Path | None) -> list[dict[str, str]]:
    """Rows of local names, in their order."""
    store = ox.Store()
    store.load(path=str((folder or ontology_folder()) / "kg.ttl"), format=ox.RdfFormat.TURTLE)
    found: Any = store.query(query)
    names = [variable.value for variable in found.variables]
    rows = [{name: row[name].value.removeprefix(KG) for name in names} for row in found]
    return sorted(rows, key=lambda row: [row[name] for name in names])


def _drawn(edges: Edges, names: Sequence[str], title: str, options: Mapping[str, Any]) -> str:
    """Classes as boxes; the properties of an edge stand in a node of their own, so that no words lie on others."""
    try:
        import graphlay  # noqa: PLC0415  # of the extra “docs”
    except ImportError as error:
        raise ExportError(MISSING) from error
    graph, lines = graphlay.Graph(), {name: [name] for name in names}
    for name in lines:
        graph.node(name, width=len(name) * LETTER + 20, height=BOX)
    for (source, target), words in edges.items():
        if not words:
            graph.edge(source, target)
            continue
        label = f"{source} {target}"
        lines[label] = _lines(words)
        graph.node(label, width=max(map(len, lines[label])) * SMALL + 6, height=len(lines[label]) * LINE + 2)
        graph.edge(source, label)
        graph.edge(label, target)
    layout = graphlay.layout(graph, options={"routing": {"style": "orthogonal"}, **options})
    boxes = [
        _label(lines[name], node) if " " in name else _box(name, node)
        for name, node in zip(lines, layout.nodes, strict=True)
    ]
    into_label = [" " in layout.ids[each["target"]] for each in graph.to_dict()["edges"]]
    drawn = [_edge(edge, arrow=not label) for edge, label in zip(layout.edges, into_label, strict=True)]
    return _svg(title, layout.bounds, [*drawn, *boxes])


def _lines(words: Sequence[str]) -> list[str]:
    return textwrap.wrap(", ".join(words), WIDEST)


def _svg(title: str, bounds: Any, parts: Sequence[str]) -> str:
    """All parts on a sheet with a margin."""
    low, high = bounds["min"], bounds["max"]
    left, top = low["x"] - MARGIN, low["y"] - MARGIN
    width, height = high["x"] - left + MARGIN, high["y"] - top + MARGIN
    arrow = (
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0,0 L8,4 L0,8" style="fill:#77838f"/></marker></defs>'
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}"><title>{escape(title)}</title>{arrow}'
    )
    return "\n".join([head, *parts, "</svg>"])


def _edge(edge: Mapping[str, Any], *, arrow: bool) -> str:
    line = " L".join(f"{point['x']:.1f},{point['y']:.1f}" for point in edge["points"])
    return f'<path d="M{line}"{ARROW if arrow else ""}/>'


def _box(name: str, node: Mapping[str, Point]) -> str:
    """A class, as a link to its section."""
    middle, size = node["center"], node["size"]
    left, top = middle["x"] - size["width"] / 2, middle["y"] - size["height"] / 2
    return (
        f'<a href="#{escape(name)}"><rect x="{left:.1f}" y="{top:.1f}" width="{size["width"]:.1f}" '
        f'height="{size["height"]:.1f}" rx="4"/><text x="{middle["x"]:.1f}" y="{middle["y"] + 4.5:.1f}">'
        f"{escape(name)}</text></a>"
    )


def _label(lines: Sequence[str], node: Mapping[str, Point]) -> str:
    """Names of properties, each line in the middle."""
    middle = node["center"]
    top = middle["y"] + 4 - (len(lines) - 1) / 2 * LINE
    spans = (
        f'<text class="label" x="{middle["x"]:.1f}" y="{top + number * LINE:.1f}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return "".join(spans)
