"""Decisions over many articles as quads: incidents, and how claims stand to each other. Each graph says what it is."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.terms import EV, KG, PROV, RDF, RDFS, Triple, moment, node, text, word
from kg.vocab import DATA, Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import ClaimLink, Incident


def incident_quads(incident: Incident, base_iri: str = DATA) -> Iterator[ox.Quad]:
    """An incident and the events that it is made of, in `graph/derived/incidents`."""
    iris = Iris(base_iri)
    graph = node(iris.derived("incidents"))
    yield from (ox.Quad(*triple, graph) for triple in _incident(iris, incident))


def _incident(iris: Iris, incident: Incident) -> Iterator[Triple]:
    me = node(iris.of(incident.id))
    yield me, RDF.type, KG.Incident
    yield me, KG.eventType, EV[incident.type]
    for event in incident.events:
        yield node(iris.of(event)), KG.incident, me
    for place in incident.places:
        yield me, KG.place, node(iris.of(place))
    if incident.earliest:
        yield me, KG.earliest, moment(incident.earliest)
    if incident.latest:
        yield me, KG.latest, moment(incident.latest)
        yield me, KG.timePrecision, word(incident.precision)
    for reason in incident.reasons:
        yield me, KG.reason, text(reason)


def claim_link_quads(links: Iterable[ClaimLink], incident: Incident, base_iri: str = DATA) -> Iterator[ox.Quad]:
    """What contradicts, corroborates, answers or supersedes what on an incident, in `graph/derived/claims`."""
    iris = Iris(base_iri)
    graph = node(iris.derived("claims"))
    yield from (ox.Quad(*triple, graph) for link in links for triple in _claim_link(iris, link, incident))


def _claim_link(iris: Iris, link: ClaimLink, incident: Incident) -> Iterator[Triple]:
    """The edge, and a comparison beside it that says why: RDF 1.1 gives an edge no words of its own.

    A comparison is called by what it compares: a number would change with every other comparison.
    """
    subject, target = node(iris.of(link.subject)), node(iris.of(link.object))
    compared = f"{link.subject}\0{link.predicate}\0{link.object}".encode("utf-8", "surrogatepass")
    me = node(iris.derived(f"claims/{blake2b(compared, digest_size=10).hexdigest()}"))
    yield subject, KG[link.predicate], target
    yield me, RDF.type, KG.Comparison
    yield me, KG.compared, subject
    yield me, KG.comparedWith, target
    yield me, KG.relation, KG[link.predicate]
    yield me, KG.reason, text(link.reason)
    yield me, KG.onIncident, node(iris.of(incident.id))


def copy_quads(article: str, original: str, base_iri: str = DATA) -> Iterator[ox.Quad]:
    """That an article has the text of another, in `graph/derived/copies`."""
    iris = Iris(base_iri)
    yield ox.Quad(node(iris.article(article)), KG.copyOf, node(iris.article(original)), node(iris.derived("copies")))


#: Graphs over all articles, with what they hold.
GRAPHS = {
    "incidents": "Events that are held to be the same.",
    "claims": "How claims on one incident stand to each other.",
    "copies": "Articles that have the text of another one.",
}


def graph_quads(name: str, basis: str, base_iri: str = DATA) -> Iterator[ox.Quad]:
    """What a derived graph says of itself.

    Args:
        name: One of `GRAPHS`.
        basis: A hash of what it was derived from.
        base_iri: The namespace of the data.
    """
    iris = Iris(base_iri)
    graph = node(iris.derived(name))
    yield ox.Quad(graph, RDF.type, KG.DerivedGraph, graph)
    yield ox.Quad(graph, RDFS.comment, text(GRAPHS[name]), graph)
    yield ox.Quad(graph, PROV.wasDerivedFrom, node(f"{iris.base}article"), graph)
    yield ox.Quad(graph, KG.basis, text(basis), graph)
