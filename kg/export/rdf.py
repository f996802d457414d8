"""RDF syntaxes, streamed graph by graph: what is in memory is one graph, whatever the store holds.

Graphs come in the order of their names and statements in the order of their N-Quads lines, so that the same statements
give the same bytes, in whatever order they were stored.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.vocab import KG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.store import Store

#: Prefixes for the terms; data has none, since local names with slashes must be escaped.
TERM_PREFIXES = {name: iri for name, iri in sorted(PREFIXES.items()) if name not in {"data", "actor", "place"}}
_FORBIDDEN_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")


def sorted_quads(store: Store) -> Iterator[ox.Quad]:
    """All quads in their order."""
    for graph in store.graphs():
        yield from sorted(store.quads(graph), key=_line)


def sorted_triples(store: Store) -> Iterator[ox.Triple]:
    """The union of all graphs; a statement of several graphs stands once, with the first of them."""
    for graph in store.graphs():
        own = f"<{graph.removesuffix('graph')}"  # what an article's records are called, and no other graph speaks of
        for quad in sorted(store.quads(graph), key=_line):
            if str(quad.subject).startswith(own) or _is_first(store, quad):
                yield quad.triple


def _line(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object}"


def _is_first(store: Store, quad: ox.Quad) -> bool:
    """Whether no graph with a smaller name holds the same statement."""
    others = store.database.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return min(str(other.graph_name) for other in others) == str(quad.graph_name)


def nquads(store: Store, out: BinaryIO) -> None:
    """One line a statement with its graph, sorted: the form to compare two graphs by."""
    ox.serialize(sorted_quads(store), out, format=ox.RdfFormat.N_QUADS)


def quads(form: ox.RdfFormat) -> Callable[[Store, BinaryIO], None]:
    """A writer of statements with their graphs."""

    def write(store: Store, out: BinaryIO) -> None:
        ox.serialize(sorted_quads(store), out, format=form, prefixes=TERM_PREFIXES)

    return write


def triples(form: ox.RdfFormat) -> Callable[[Store, BinaryIO], None]:
    """A writer of statements without their graphs: every record names its article, so that nothing is lost."""

    def write(store: Store, out: BinaryIO) -> None:
        statements = sorted_triples(store)
        if form == ox.RdfFormat.RDF_XML:
            statements = map(_for_xml, statements)
        ox.serialize(statements, out, format=form, prefixes=TERM_PREFIXES)

    return write


def _for_xml(triple: ox.Triple) -> ox.Triple:
    """Characters that no XML document may hold, in any spelling, become U+FFFD."""
    value = triple.object
    if not isinstance(value, ox.Literal) or value.value.isprintable():
        return triple
    plain = value.value.translate(_FORBIDDEN_IN_XML)
    if plain == value.value:
        return triple
    if value.language:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(plain, language=value.language))
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(plain, datatype=value.datatype))


#: Edges that a record states, with the property of the record that leads to the edge's subject and to its object.
STATED = {
    "said": "SELECT ?s ?o ?record { ?s kg:said ?o . BIND(?o AS ?record) }",
    "strikeOn": "SELECT ?s ?o ?record { ?s kg:strikeOn ?o . ?e kg:attacker ?s ; kg:target|kg:victim|kg:place ?o . "
    "?record kg:about ?e }",
    "locatedNear": "SELECT ?s ?o ?record { ?s kg:locatedNear ?o ; kg:near ?record . ?record kg:anchor ?o }",
    "memberOf": "SELECT ?s ?o ?record { ?s kg:memberOf ?o . ?record kg:member ?s ; kg:organization ?o }",
}


def annotated(store: Store, out: BinaryIO) -> None:
    """Turtle 1.2: all statements, and for each direct edge the records that state it, by `rdf:reifies`."""
    reifications = chain.from_iterable(_reified(store, name, query) for name, query in STATED.items())
    statements = chain(sorted_triples(store), reifications)
    ox.serialize(statements, out, format=ox.RdfFormat.TURTLE, prefixes=TERM_PREFIXES)


def _reified(store: Store, name: str, query: str) -> Iterator[ox.Triple]:
    predicate, reifies = ox.NamedNode(KG + name), ox.NamedNode(PREFIXES["rdf"] + "reifies")
    found = {(row["record"], row["s"], row["o"]) for row in store.select(query)}
    for record, subject, target in sorted(found, key=str):
        yield ox.Triple(record, reifies, ox.Triple(subject, predicate, target))
