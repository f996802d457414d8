"""Turtle to `Schema`: one vocabulary for each file, since a file holds one scheme.

A concept has `rdfs:label` or `skos:prefLabel`, `rdfs:comment` or `skos:definition`, `skos:example`, `skos:broader`. The
words that evoke it are literals of the properties in `WORD_PROPERTIES`, in lemmas and lower case; `kg:exact` holds
spellings whose case counts. `kg:frame` names the grammar of all of a concept's words where it is not the usual one;
a concept whose words differ in grammar has groups of them, nodes that say `kg:evokes` which concept.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.records import ActorEntry, Concept, Entry, PlaceEntry, Schema, Vocabulary
from kg.vocab.namespaces import DATA, KG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORD_PROPERTIES = {
    "verb": "VERB",
    "noun": "NOUN",
    "adjective": "ADJ",
    "adverb": "ADV",
    "preposition": "ADP",
    "phrase": "X",
    "exact": "PROPN",
    "quantity": "QUANTITY",
    "weaponWord": "INSTRUMENT",
}

VOCABULARIES = {
    "classes": "kg.ttl",
    "stances": "stances.ttl",
    "events": "events.ttl",
    "roles": "roles.ttl",
    "modalities": "modalities.ttl",
    "measures": "measures.ttl",
    "hedges": "hedges.ttl",
    "times": "times.ttl",
    "posts": "posts.ttl",
    "things": "things.ttl",
    "places": "places.ttl",
    "words": "words.ttl",
}

Node = dict[str, list[str]]
Nodes = dict[str, Node]


def ontology_folder() -> Path:
    """Where the Turtle files are: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).parent.parent / "ontology"
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / "ontology"


def ontology_files(folder: Path | None = None) -> tuple[Path, ...]:
    """All Turtle files of the ontology, in the order of their names."""
    return tuple(sorted((folder or ontology_folder()).glob("*.ttl")))


def load_schema(folder: Path | None = None) -> Schema:
    """Read the vocabularies.

    Args:
        folder: Where the Turtle files are; the ontology of this package if left out.

    Raises:
        OntologyError: A file is missing or malformed, or a concept has words but no label.
    """
    folder = folder or ontology_folder()
    nodes = {name: _nodes(folder / file) for name, file in VOCABULARIES.items()}
    return Schema(
        version=_version(nodes["classes"]),
        actors=_actors(_nodes(folder / "actors.ttl")),
        regions=_regions(nodes["places"]),
        **{name: _vocabulary(each) for name, each in nodes.items()},
    )


def _nodes(path: Path) -> Nodes:
    """Subject -> predicate -> objects of one file, all as strings, in the order of the file."""
    nodes: Nodes = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                nodes[quad.subject.value][quad.predicate.value].append(quad.object.value)
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error}); reinstall kg or mend --ontology") from error
    except SyntaxError as error:
        raise OntologyError(f"{path}: is not valid Turtle ({error})") from error
    return nodes


def _version(nodes: Nodes) -> str:
    versions = _values(nodes.get(KG.rstrip("#"), {}), "owl:versionInfo")
    return versions[0] if versions else "unversioned"


def _vocabulary(nodes: Nodes) -> Vocabulary:
    concepts = tuple(_concept(iri, node) for iri, node in nodes.items() if _label(node))
    entries = tuple(entry for iri, node in nodes.items() for entry in _entries(iri, node))
    return Vocabulary(concepts, entries)


def _concept(iri: str, node: Node) -> Concept:
    definition = _values(node, "skos:definition", "rdfs:comment")
    return Concept(
        name=local_name(iri),
        label=_label(node),
        definition=definition[0] if definition else "",
        examples=_values(node, "skos:example"),
        broader=tuple(map(local_name, _values(node, "skos:broader", "rdfs:subClassOf", "rdfs:subPropertyOf"))),
    )


def _entries(iri: str, node: Node) -> Iterable[Entry]:
    frame = "".join(_values(node, "kg:frame")[:1])
    evoked = next(iter(_values(node, "kg:evokes")), "")
    for name, pos in WORD_PROPERTIES.items():
        for form in _values(node, f"kg:{name}"):
            if not (_label(node) or evoked):
                raise OntologyError(f"{iri}: has words but no label; give it a skos:prefLabel, or kg:evokes a concept")
            yield Entry(form, pos, local_name(evoked or iri), frame)


def _actors(nodes: Nodes) -> tuple[ActorEntry, ...]:
    return tuple(_actor(iri, node) for iri, node in nodes.items() if iri.startswith(DATA) and _label(node))


def _actor(iri: str, node: Node) -> ActorEntry:
    types = [local_name(value) for value in _values(node, "rdf:type") if value.startswith(KG)]
    if len(types) != 1:
        raise OntologyError(f"{iri}: needs exactly one class of kg:, has {len(types)}")
    ambiguous = _values(node, "kg:ambiguousName")
    return ActorEntry(
        id=iri.removeprefix(DATA),
        type=types[0],
        label=_label(node),
        aliases=tuple(name for name in (_label(node), *_values(node, "skos:altLabel")) if name not in ambiguous),
        demonyms=_values(node, "kg:demonym"),
        metonyms=_values(node, "kg:metonym"),
        ambiguous=ambiguous,
        same_as=_values(node, "owl:sameAs", "skos:exactMatch"),
        country=next(iter(_values(node, "kg:country")), None),
        parent=next((value.removeprefix(DATA) for value in _values(node, "kg:parent")), None),
    )


def _regions(nodes: Nodes) -> tuple[PlaceEntry, ...]:
    """What the gazetteer lacks: the nodes under `place:` (data) of the vocabulary of places."""
    places = DATA + "place/"
    return tuple(_place(iri, node) for iri, node in nodes.items() if iri.startswith(places) and _label(node))


def _place(iri: str, node: Node) -> PlaceEntry:
    def first(curie: str) -> str | None:
        return next(iter(_values(node, curie)), None)

    latitude, longitude = first("wgs84:lat"), first("wgs84:long")
    if not (first("kg:gazetteerCode") or (latitude and longitude)):
        raise OntologyError(f"{iri}: needs a kg:gazetteerCode, or wgs84:lat and wgs84:long")
    return PlaceEntry(
        id=iri.removeprefix(DATA),
        label=_label(node),
        aliases=_values(node, "skos:altLabel"),
        feature=first("kg:feature") or "area",
        lat=float(latitude) if latitude else None,
        lon=float(longitude) if longitude else None,
        country=first("kg:country"),
        geonames=first("kg:geonamesId"),
        code=first("kg:gazetteerCode"),
    )


def _label(node: Mapping[str, list[str]]) -> str:
    return next(iter(_values(node, "skos:prefLabel", "rdfs:label")), "")


def _values(node: Mapping[str, list[str]], *curies: str) -> tuple[str, ...]:
    """The objects of the first property that the node has."""
    for curie in curies:
        prefix, name = curie.split(":", 1)
        if found := node.get(PREFIXES[prefix] + name):
            return tuple(found)
    return ()


def local_name(iri: str) -> str:
    """What follows the last `#` or `/`."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]
