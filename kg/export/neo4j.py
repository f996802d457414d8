"""Nodes and relationships as CSV in one zip, for `neo4j-admin database import full`.

    unzip graph.zip && neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv \
        --array-delimiter=";" --multiline-fields=true neo4j

Every node with an IRI becomes a node, its classes labels, its literals properties; every statement between two of them
a relationship with the graph that it stands in.
"""

from __future__ import annotations

import csv
import zipfile
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Store

RDF_TYPE = PREFIXES["rdf"] + "type"
#: A zip entry must have a time; the earliest that the format knows is as good as any, and always the same.
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(store: Store, out: BinaryIO) -> None:
    """A zip with `nodes.csv` and `relationships.csv`."""
    properties = sorted({_local(row["p"].value) for row in store.select(PROPERTIES)})
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _table(archive, "nodes.csv", _nodes(store, properties))
        _table(archive, "relationships.csv", _relationships(store))


PROPERTIES = "SELECT DISTINCT ?p { ?s ?p ?o FILTER(isLiteral(?o)) }"
NODES = "SELECT DISTINCT ?s { { ?s ?p ?o } UNION { ?x ?q ?s FILTER(isIRI(?s)) } } ORDER BY ?s"


def _table(archive: zipfile.ZipFile, name: str, rows: Iterator[list[str]]) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as raw, TextIOWrapper(raw, "utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows(rows)


def _nodes(store: Store, properties: list[str]) -> Iterator[list[str]]:
    yield ["iri:ID", *(f"{name}:string[]" for name in properties), ":LABEL"]
    for row in store.select(NODES):
        values, labels = _described(store, row["s"])
        yield [row["s"].value, *(";".join(values.get(name, ())) for name in properties), ";".join(labels)]


def _described(store: Store, subject: Any) -> tuple[dict[str, list[str]], list[str]]:
    """Literals by property, and classes, each sorted; a semicolon would part a value in two."""
    values: dict[str, set[str]] = {}
    labels: set[str] = {"Resource"}
    for quad in store.database.quads_for_pattern(subject, None, None, None):
        if isinstance(quad.object, ox.Literal):
            values.setdefault(_local(quad.predicate.value), set()).add(quad.object.value.replace(";", ","))
        elif quad.predicate.value == RDF_TYPE:
            labels.add(_local(quad.object.value))  # type: ignore[union-attr]  # no blank nodes
    return {name: sorted(found) for name, found in values.items()}, sorted(labels)


def _relationships(store: Store) -> Iterator[list[str]]:
    yield [":START_ID", ":END_ID", "graph", ":TYPE"]
    for graph in store.graphs():
        for quad in sorted(store.quads(graph), key=str):
            value: Any = quad.object
            if isinstance(value, ox.NamedNode) and quad.predicate.value != RDF_TYPE:
                yield [quad.subject.value, value.value, graph, _local(quad.predicate.value)]  # type: ignore[union-attr]


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
