"""What is there before any article: the listed actors, and the ontology with its concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.graph.terms import KG, SKOS, Triple, node, text
from kg.vocab import DATA, Iris, ontology_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.records import ActorEntry, Schema

#: Files that describe data rather than terms: the actors have a form of their own, shapes are for validation.
NO_TERMS = frozenset({"actors.ttl", "shapes.ttl"})


def actor_quads(schema: Schema, base_iri: str = DATA) -> Iterator[ox.Quad]:
    """The names of the listed actors, in `graph/actors`."""
    iris = Iris(base_iri)
    graph = node(f"{iris.base}graph/actors")
    for actor in schema.actors:
        me = node(iris.of(actor.id))
        yield from (ox.Quad(*triple, graph) for triple in _actor(iris, actor, me))


def _actor(iris: Iris, actor: ActorEntry, me: ox.NamedNode) -> Iterator[Triple]:
    """Names to look an actor up by.

    Class, label and links come with the first article that speaks of it: in Oxigraph's union, a statement that stands
    in two graphs counts twice.
    """
    yield me, SKOS.prefLabel, text(actor.label)
    for name in dict.fromkeys(actor.aliases):
        if name != actor.label:
            yield me, SKOS.altLabel, text(name)
    if actor.parent:
        yield me, KG.parent, node(iris.of(actor.parent))


def ontology_quads(base_iri: str = DATA, folder: Path | None = None) -> Iterator[ox.Quad]:
    """Classes, properties and concepts in `graph/ontology`, so that a query can ask for a concept's label.

    Raises:
        OntologyError: A file is not valid Turtle.
    """
    graph = ox.NamedNode(Iris(base_iri).ontology)
    for path in ontology_files(folder):
        if path.name not in NO_TERMS:
            try:
                for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                    if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode):
                        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
            except SyntaxError as error:
                raise OntologyError(f"{path}: is not valid Turtle ({error})") from error


def reference_quads(schema: Schema, base_iri: str = DATA) -> Iterator[ox.Quad]:
    """All that the store holds before the first article: graphs that are replaced whole when the ontology changes."""
    yield from actor_quads(schema, base_iri)
    yield from ontology_quads(base_iri)
