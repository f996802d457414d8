"""Decisions over many articles as quads: incidents, and how claims stand to each other. Each graph says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.terms import EV, KG, PROV, RDF, RDFS, Triple, moment, node, text
from kg.vocab import DATA, Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import ClaimLink, Incident


def incident_quads(incidents: Iterable[Incident], base_iri: str = DATA) -> Iterator[ox.Quad]:
    """Incidents and the events that they are made of, in `graph/derived/incidents`."""
    iris = Iris(base_iri)
    triples = (triple for incident in incidents for triple in _incident(iris, incident))
    yield from _graph(iris, "incidents", "Events that are held to be the same.", triples)


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
    for reason in incident.reasons:
        yield me, KG.reason, text(reason)


def claim_link_quads(links: Iterable[ClaimLink], base_iri: str = DATA) -> Iterator[ox.Quad]:
    """What contradicts, corroborates, answers or supersedes what, in `graph/derived/claims`."""
    iris = Iris(base_iri)
    triples = (triple for number, link in enumerate(links, 1) for triple in _claim_link(iris, link, number))
    yield from _graph(iris, "claims", "How claims on one incident stand to each other.", triples)


def _claim_link(iris: Iris, link: ClaimLink, number: int) -> Iterator[Triple]:
    """The edge, and a comparison beside it that says why: RDF 1.1 gives an edge no words of its own."""
    subject, target = node(iris.of(link.subject)), node(iris.of(link.object))
    me = node(iris.derived(f"claims/{number}"))
    yield subject, KG[link.predicate], target
    yield me, RDF.type, KG.Comparison
    yield me, KG.compared, subject
    yield me, KG.comparedWith, target
    yield me, KG.relation, KG[link.predicate]
    yield me, KG.reason, text(link.reason)


def _graph(iris: Iris, name: str, comment: str, triples: Iterable[Triple]) -> Iterator[ox.Quad]:
    graph = node(iris.derived(name))
    rows = list(triples)
    if rows:
        yield ox.Quad(graph, RDF.type, KG.DerivedGraph, graph)
        yield ox.Quad(graph, RDFS.comment, text(comment), graph)
        yield ox.Quad(graph, PROV.wasDerivedFrom, node(f"{iris.base}article"), graph)
    yield from (ox.Quad(*triple, graph) for triple in rows)
