"""For graph tools (Gephi, yEd, networkx): entities and what joins them. A projection, not the statements."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import networkx as nx

if TYPE_CHECKING:
    from kg.store import Store


def graphml(store: Store, out: BinaryIO) -> None:
    """GraphML, with labels and classes of the nodes and the predicate of each edge."""
    written = BytesIO()
    nx.write_graphml_xml(_plain(store.networkx()), written)
    out.write(written.getvalue())


def gexf(store: Store, out: BinaryIO) -> None:
    """GEXF 1.2 for Gephi; without the date of writing, so that the same graph gives the same bytes."""
    writer = nx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(_plain(store.networkx()))
    meta = "{http://www.gexf.net/1.2draft}meta"
    for element in list(writer.xml):
        if element.tag in {meta, "meta"}:
            writer.xml.remove(element)
    writer.write(out)


def _plain(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The graph with names that XML can hold, and edges numbered, since a key must be one of a kind."""
    plain = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(node, **{name: _text(value) for name, value in data.items()})
    for number, (subject, target, data) in enumerate(graph.edges(data=True)):
        plain.add_edge(subject, target, key=str(number), id=str(number), label=data["predicate"], **data)
    return plain


def _text(words: str) -> str:
    return "".join(" " if unicodedata.category(each) == "Cc" or each in "\ufffe\uffff" else each for each in words)
