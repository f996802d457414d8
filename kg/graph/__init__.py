"""Records to RDF: the one place that mints IRIs. No blank nodes, no clock; the same resolution gives the same quads.

What an article says goes to `article/ID/graph`; what is inferred from it alone to `graph/derived/article/ID`; class and
label of entities that others speak of too to `graph/entities`; what the gazetteer knows of them to `graph/reference`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph import statements, things
from kg.graph.article import Article
from kg.graph.derived import GRAPHS, claim_link_quads, copy_quads, graph_quads, incident_quads
from kg.graph.reference import reference_quads
from kg.graph.terms import KG, PROV, RDF, Triple, node
from kg.records import Run
from kg.vocab import DATA, Iris, listed_publishers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.records import Resolution, Schema

    QuadMaker = Callable[[Resolution], Iterator[ox.Quad]]

__all__ = [
    "GRAPHS",
    "Run",
    "claim_link_quads",
    "copy_quads",
    "graph_quads",
    "incident_quads",
    "make_quads",
    "reference_quads",
]

#: Writers of the article's own graph. `mentions` comes last: it writes the words that the others refer to.
WRITERS = (
    things.article_node,
    things.sentences,
    things.entities,
    things.territories,
    things.memberships,
    things.proximities,
    statements.quotations,
    statements.events,
    statements.figures,
    statements.claims,
    statements.links,
    things.mentions,
)


def make_quads(schema: Schema, base_iri: str, run: Run) -> QuadMaker:
    """Prepare the names; what is returned turns one resolution into quads, in an order that is always the same.

    Args:
        schema: Tells which publishers are listed actors.
        base_iri: The namespace of the data; the ontology's own names stay.
        run: The versions that read the article, for the provenance.
    """
    iris = Iris(base_iri or DATA)
    publishers = listed_publishers(schema)

    def quads(resolution: Resolution) -> Iterator[ox.Quad]:
        article = Article(resolution, iris, run, publishers)
        name = article.document.id
        for write in WRITERS:
            yield from _in(iris.graph(name), write(article))
        yield from _in(iris.article_derived(name), _inferred(article))
        yield from _in(iris.entities, things.shared_entities(article))
        yield from _in(iris.reference, things.reference(article))

    return quads


def _in(graph: str, triples: Iterable[Triple]) -> Iterator[ox.Quad]:
    name = node(graph)
    make = ox.Quad
    return (make(subject, predicate, value, name) for subject, predicate, value in triples)


def _inferred(article: Article) -> Iterator[Triple]:
    """The edges that rest on a rule over the article's statements, described with PROV."""
    edges = list(statements.strikes(article))
    if edges:
        name = article.document.id
        graph = node(article.iris.article_derived(name))
        yield graph, RDF.type, KG.DerivedGraph
        yield graph, PROV.wasDerivedFrom, node(article.iris.graph(name))
        yield from edges
