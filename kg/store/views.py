"""The stored graph for Python's own libraries: rdflib, networkx."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import rdflib

from kg.vocab import KG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.database import Store

#: Statements that join two nodes of the projection, as SELECTs of (subject, predicate, object).
EDGES = (
    "?s ?p ?o FILTER(?p IN (kg:said, kg:spokespersonSaid, kg:strikeOn, kg:locatedNear, kg:memberOf, kg:mentions))",
    "?s ?p ?o FILTER(?p IN (kg:claimant, kg:about, kg:states, kg:inQuotation, kg:causedBy, kg:incident, kg:figure))",
    "?s ?p ?o FILTER(?p IN (kg:contradicts, kg:corroborates, kg:respondsTo, kg:supersedes, kg:reportedBy))",
    "?s a kg:Event ; ?p ?o . ?o rdfs:label ?label FILTER(!isLiteral(?o) && ?p != kg:eventType)",
)


def to_rdflib(store: Store) -> rdflib.Dataset:
    """All quads as an rdflib dataset, through N-Quads."""
    dataset = rdflib.Dataset(default_union=True)
    lines = BytesIO()
    ox.serialize(store.quads(), lines, format=ox.RdfFormat.N_QUADS)
    lines.seek(0)
    dataset.parse(lines, format="nquads")
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace, replace=True)
    return dataset


def to_networkx(store: Store) -> nx.MultiDiGraph:
    """Nodes with `label` and `type`, edges with `predicate`; keyed by IRI, in a fixed order."""
    graph = nx.MultiDiGraph()
    edges = sorted({edge for pattern in EDGES for edge in _edges(store, pattern)})
    described = _described(store)
    for node in sorted({node for subject, _, target in edges for node in (subject, target)}):
        graph.add_node(node, **described.get(node, {"label": _local(node), "type": ""}))
    for subject, predicate, target in edges:
        graph.add_edge(subject, target, key=predicate, predicate=predicate)
    return graph


def _edges(store: Store, pattern: str) -> Iterator[tuple[str, str, str]]:
    for row in store.select(f"SELECT DISTINCT ?s ?p ?o {{ {pattern} }}"):
        yield row["s"].value, _local(row["p"].value), row["o"].value


def _described(store: Store) -> dict[str, dict[str, str]]:
    """Label and class of every node that has a class of the ontology."""
    rows = store.select(
        "SELECT ?s ?type (MIN(COALESCE(?l, ?t, ?words)) AS ?label) { ?s a ?type "
        "OPTIONAL { ?s rdfs:label ?l } OPTIONAL { ?s dcterms:title ?t } "
        "OPTIONAL { ?s kg:content|kg:literal|(kg:eventType/skos:prefLabel) ?words } } GROUP BY ?s ?type"
    )
    found: dict[str, dict[str, str]] = {}
    for row in sorted(rows, key=lambda each: (each["s"].value, each["type"].value)):
        if row["type"].value.startswith(KG):
            label = row["label"].value if row["label"] else _local(row["s"].value)
            found.setdefault(row["s"].value, {"label": label, "type": _local(row["type"].value)})
    return found


def _local(iri: str) -> str:
    return iri.removeprefix(KG).rsplit("/", 1)[-1]
