"""What a scene needs of the store, read by SPARQL over the union of its graphs: resources as rows of plain strings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from kg.vocab import PREFIXES

Ask = Callable[[str], Iterable[Any]]
Resource = Mapping[str, tuple[str, ...]]
Resources = Mapping[str, Resource]
Found = dict[str, defaultdict[str, set[str]]]

ACTORS = ("Person", "Organization", "ArmedGroup", "State", "Coalition", "UnnamedSource", "Actor")
THINGS = ("Weapon", "Vehicle", "Facility", "Group", "Thing")
ROLES = ("attacker", "target", "victim", "instrument", "place", "origin", "agent")
LABELS = ("rdf:type", "rdfs:label", "kg:name")
AXES = ("kg:stance", "kg:certainty", "kg:polarity", "kg:temporality")
SPANS = ("kg:contentMention", "kg:cueMention", "kg:sourceMention")
BETWEEN = ("kg:contradicts", "kg:corroborates", "kg:respondsTo")
NOTES = ("kg:foundBy", "kg:confidence", "kg:evidence")
TIMES = ("kg:earliest", "kg:latest", "kg:timePrecision")

WANTED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "articles": (("Article",), ("dcterms:title", "dcterms:publisher", "dcterms:issued", "schema:url")),
    "entities": (ACTORS + THINGS, LABELS),
    "places": (("Place",), (*LABELS, "wgs84:lat", "wgs84:long", "kg:precision", "kg:within", "kg:withinName")),
    "events": (
        ("Event",),
        (
            *NOTES,
            *TIMES,
            "kg:eventType",
            "kg:incident",
            "kg:trigger",
            "kg:argumentMention",
            *(f"kg:{r}" for r in ROLES),
        ),
    ),
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
    "sentences": (("Sentence",), ("kg:exact",)),
}
#: What mentions have too: they outnumber all else by far, so these are read class by class.
COMMON = frozenset({"kg:foundBy", "kg:confidence", "kg:exact", "rdf:type"})
#: Edges by the property that joins their ends.
JOINED: Mapping[str, str] = {
    "said": "kg:said",
    "spoke": "kg:spokespersonSaid",
    "strikes": "kg:strikeOn",
    "same": "owl:sameAs",
    "lands": "kg:territory",
    "near": "kg:near",
}
LINKS: Mapping[str, str] = {
    **{name: f"SELECT DISTINCT ?s ?o WHERE {{ ?s {curie} ?o }}" for name, curie in JOINED.items()},
    "fills": "SELECT DISTINCT ?s ?o WHERE { ?event kg:argumentMention ?s . ?s kg:denotes ?o }",
}
BASE = "SELECT ?s WHERE { ?s a kg:Article } ORDER BY ?s LIMIT 1"


def read_resources(ask: Ask) -> Mapping[str, Resources]:
    """The resources of every kind that a scene needs: id -> property -> values, all in sorted order.

    A property is read as one column, for all kinds at once: that is many times faster than row by row.
    """
    shorten = shortener(data_namespace(ask))
    found: dict[str, Found] = {kind: {} for kind in WANTED}
    for kind, (classes, _) in WANTED.items():
        _read_members(ask, shorten, classes, found[kind])
    for wanted in sorted({each for _, properties in WANTED.values() for each in properties} - COMMON):
        having = [found[kind] for kind, (_, properties) in WANTED.items() if wanted in properties]
        _read_column(ask, shorten, wanted, having)
    for kind, (classes, properties) in WANTED.items():
        for wanted in sorted(COMMON.intersection(properties) - {"rdf:type"}):
            _read_column(ask, shorten, wanted, [found[kind]], f"VALUES ?c {{ {_names(classes)} }} ?s a ?c .")
    return {kind: ordered(resources) for kind, resources in found.items()}


def read_links(ask: Ask) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The pairs of ids that each of the named edges joins."""
    shorten = shortener(data_namespace(ask))
    return {name: tuple(sorted(_pairs(ask, shorten, sparql))) for name, sparql in LINKS.items()}


def data_namespace(ask: Ask) -> str:
    """The namespace that the data's IRIs share, as the first article has it."""
    first = next(iter(ask(prologue() + BASE)), None)
    return str(first["s"].value).partition("article/")[0] if first else ""


@cache
def prologue() -> str:
    """The prefixes that every query of this package may use."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def shortener(base: str) -> Callable[[str], str]:
    """A function from an IRI to a path under the data namespace, or to a local name; literals pass unchanged."""
    vocabulary = re.compile("|".join(re.escape(iri) for iri in sorted(PREFIXES.values(), key=len, reverse=True)))

    @cache
    def shorten(iri: str) -> str:
        return iri.removeprefix(base) if base and iri.startswith(base) else vocabulary.sub("", iri, count=1)

    return shorten


def _read_members(ask: Ask, shorten: Callable[[str], str], classes: Iterable[str], into: Found) -> None:
    for each, cls in _pairs(ask, shorten, f"SELECT ?s ?o WHERE {{ VALUES ?o {{ {_names(classes)} }} ?s a ?o }}"):
        into.setdefault(each, defaultdict(set))["type"].add(cls)


def _read_column(
    ask: Ask, shorten: Callable[[str], str], wanted: str, having: Iterable[Found], where: str = ""
) -> None:
    name = wanted.partition(":")[2]
    for each, value in _pairs(ask, shorten, f"SELECT ?s ?o WHERE {{ {where} ?s {wanted} ?o }}"):
        for resources in having:
            if each in resources:
                resources[each][name].add(value)


def _names(classes: Iterable[str]) -> str:
    return " ".join(f"kg:{name}" for name in classes)


def ordered(found: Found) -> Resources:
    """Ids, and the values of each property, in sorted order."""
    return {each: {name: tuple(sorted(found[each][name])) for name in found[each]} for each in sorted(found)}


def _pairs(ask: Ask, shorten: Callable[[str], str], sparql: str) -> Iterable[tuple[str, str]]:
    for row in ask(prologue() + sparql):
        subject, value = row["s"], row["o"]
        yield shorten(subject.value), str(value.value) if hasattr(value, "datatype") else shorten(value.value)
