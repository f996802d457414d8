"""What a scene needs of a few triples that are at hand: the tables that `kg.view.reading` reads from a store.

A hundred queries for a hundred statements would take longer than all else that is done for a selection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from kg.view.reading import JOINED, WANTED, Found, Resources, ordered, shortener
from kg.vocab import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Triple = tuple[str, str, Term]  # the IRIs of subject and predicate, and the object
Pairs = Mapping[str, set[tuple[str, str]]]  # by the predicate
Links = Mapping[str, tuple[tuple[str, str], ...]]

TYPE = PREFIXES["rdf"] + "type"


def read_triples(triples: Iterable[Triple], base: str) -> tuple[Mapping[str, Resources], Links]:
    """Resources and links as `read_resources` and `read_links` have them; `base` is the namespace of the data."""
    shorten = shortener(base)
    pairs: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in triples:
        if predicate == TYPE:
            classes[_text(value)].add(subject)
        else:
            text = _text(value)
            pairs[predicate].add((shorten(subject), shorten(text) if isinstance(value, ox.NamedNode) else text))
    return _resources(classes, pairs, shorten), _links(pairs)


def _resources(classes: Mapping[str, set[str]], pairs: Pairs, shorten: Callable[[str], str]) -> Mapping[str, Resources]:
    found: dict[str, Found] = {kind: {} for kind in WANTED}
    for cls, subjects in classes.items():
        for kind in _kinds().get(cls, ()):
            for each in subjects:
                found[kind].setdefault(shorten(each), defaultdict(set))["type"].add(shorten(cls))
    for predicate, said in pairs.items():
        name, kinds = _columns().get(predicate, ("", ()))
        for having in (found[kind] for kind in kinds):
            for each, value in said:
                if each in having:
                    having[each][name].add(value)
    return {kind: ordered(resources) for kind, resources in found.items()}


def _links(pairs: Pairs) -> Links:
    joined = {name: tuple(sorted(pairs.get(_iri(curie), ()))) for name, curie in JOINED.items()}
    filling = {mention for _, mention in pairs.get(_iri("kg:argumentMention"), ())}
    fills = (pair for pair in pairs.get(_iri("kg:denotes"), ()) if pair[0] in filling)
    return joined | {"fills": tuple(sorted(fills))}


def _text(value: Term) -> str:
    return str(getattr(value, "value", ""))


@cache
def _kinds() -> Mapping[str, tuple[str, ...]]:
    """The kinds of resources that a class belongs to."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for kind, (classes, _) in WANTED.items():
        for cls in classes:
            found[_iri(f"kg:{cls}")] += (kind,)
    return found


@cache
def _columns() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """What a property is called, and the kinds of resources that have it."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for kind, (_, properties) in WANTED.items():
        for curie in properties:
            _, kinds = found.get(_iri(curie), ("", ()))
            found[_iri(curie)] = curie.partition(":")[2], (*kinds, kind)
    return found


def _iri(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name
