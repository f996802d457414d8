"""What a scene needs of the store, read by SPARQL over the union of its graphs: resources as rows of plain strings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.vocab import KG, PREFIXES

Ask = Callable[[str], Iterable[Any]]
Resource = Mapping[str, tuple[str, ...]]
Resources = Mapping[str, Resource]

ACTORS = ("Person", "Organization", "ArmedGroup", "State", "Coalition", "UnnamedSource", "Actor")
THINGS = ("Weapon", "Vehicle", "Facility", "Group", "Thing")
ROLES = ("attacker", "target", "victim", "instrument", "place", "origin", "agent")
LABELS = ("rdf:type", "rdfs:label", "kg:name")
AXES = ("kg:stance", "kg:certainty", "kg:polarity", "kg:temporality")
SPANS = ("kg:contentMention", "kg:cueMention", "kg:sourceMention")
BETWEEN = ("kg:contradicts", "kg:corroborates", "kg:respondsTo")
NOTES = ("kg:article", "kg:foundBy", "kg:confidence", "kg:evidence")
TIMES = ("kg:earliest", "kg:latest", "kg:timePrecision")

WANTED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "articles": (("Article",), ("dcterms:title", "dcterms:publisher", "dcterms:issued", "schema:url")),
    "entities": (ACTORS + THINGS, LABELS),
    "places": (("Place",), (*LABELS, "wgs84:lat", "wgs84:long", "kg:precision", "kg:within", "kg:withinName")),
    "events": (("Event",), (*NOTES, *TIMES, "kg:eventType", "kg:incident", "kg:trigger", *(f"kg:{r}" for r in ROLES))),
    "incidents": (("Incident",), (*TIMES, "kg:eventType", "kg:place", "rdfs:label")),
    "quotations": (
        ("Quotation",),
        (*NOTES, *SPANS, "kg:content", "kg:quotationKind", "kg:stance", "kg:speaker", "kg:addressee", "kg:accused"),
    ),
    "claims": (
        ("Claim",),
        (*NOTES, *BETWEEN, *AXES, "kg:claimant", "kg:about", "kg:states", "kg:inQuotation"),
    ),
    "figures": (
        ("Figure",),
        (*NOTES, "kg:measure", "kg:unit", "kg:population", "kg:low", "kg:best", "kg:high", "kg:bound", "kg:literal"),
    ),
    "memberships": (("Membership",), (*NOTES, "kg:member", "kg:organization", "kg:role", "kg:rank")),
    "nearness": (("Proximity",), (*NOTES, "kg:anchor", "kg:distanceKm", "kg:bearing", "kg:relationText")),
    "mentions": (("Mention",), ("kg:article", "kg:start", "kg:end", "kg:part", "kg:denotes")),
    "sentences": (("Sentence",), ("kg:article", "kg:start", "kg:end", "kg:part", "kg:exact")),
}
LINKS: Mapping[str, str] = {
    "said": "SELECT DISTINCT ?s ?o WHERE { ?s kg:said ?o }",
    "spoke": "SELECT DISTINCT ?s ?o WHERE { ?s kg:spokespersonSaid ?o }",
    "strikes": "SELECT DISTINCT ?s ?o WHERE { ?s kg:strikeOn ?o }",
    "located": "SELECT DISTINCT ?s ?o WHERE { ?s kg:locatedNear ?o . ?s a kg:Place }",
    "near": "SELECT DISTINCT ?s ?o WHERE { ?s kg:near ?o }",
}
BASE = "SELECT ?s WHERE { ?s a kg:Article } ORDER BY ?s LIMIT 1"


def read_resources(ask: Ask) -> Mapping[str, Resources]:
    """The resources of every kind that a scene needs: id -> property -> values, all in sorted order."""
    shorten = shortener(data_namespace(ask))
    return {kind: _resources(ask, shorten, *wanted) for kind, wanted in WANTED.items()}


def read_links(ask: Ask) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The pairs of ids that each of the named edges joins."""
    shorten = shortener(data_namespace(ask))
    return {name: tuple(sorted(_pairs(ask, shorten, sparql))) for name, sparql in LINKS.items()}


def data_namespace(ask: Ask) -> str:
    """The namespace that the data's IRIs share, as the first article has it."""
    first = next(iter(ask(prologue() + BASE)), None)
    return str(first["s"].value).partition("article/")[0] if first else ""


def prologue() -> str:
    """The prefixes that every query of this package may use."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def shortener(base: str) -> Callable[[str], str]:
    """A function from an IRI to a path under the data namespace, or to a local name; literals pass unchanged."""
    vocabulary = re.compile("|".join(re.escape(iri) for iri in sorted(PREFIXES.values(), key=len, reverse=True)))

    def shorten(iri: str) -> str:
        return iri.removeprefix(base) if base and iri.startswith(base) else vocabulary.sub("", iri, count=1)

    return shorten


def _resources(ask: Ask, shorten: Callable[[str], str], classes: Iterable[str], wanted: Iterable[str]) -> Resources:
    types = " ".join(f"kg:{name}" for name in classes)
    sparql = (
        f"SELECT ?s ?p ?o WHERE {{ VALUES ?c {{ {types} }} ?s a ?c . VALUES ?p {{ {' '.join(wanted)} }} ?s ?p ?o }}"
    )
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in ask(prologue() + sparql):
        found[shorten(row["s"].value)][_local(row["p"].value)].add(_value(row["o"], shorten))
    return {each: {name: tuple(sorted(found[each][name])) for name in found[each]} for each in sorted(found)}


def _pairs(ask: Ask, shorten: Callable[[str], str], sparql: str) -> Iterable[tuple[str, str]]:
    return ((shorten(row["s"].value), shorten(row["o"].value)) for row in ask(prologue() + sparql))


def _value(term: Any, shorten: Callable[[str], str]) -> str:
    is_literal = hasattr(term, "datatype")
    return str(term.value) if is_literal else shorten(str(term.value))


def _local(iri: str) -> str:
    return iri.removeprefix(KG).rpartition("#")[2].rpartition("/")[2]
