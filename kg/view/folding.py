"""What is drawn as one node: entities that a reviewed merge says are the same, and a state with its own land.

A reader sees one Syria: the state that says and does, and the country where things happen. The ids of the others lead
to the one that is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.view.reading import Resource, Resources

Tables = Mapping[str, Resources]
Links = Mapping[str, tuple[tuple[str, str], ...]]
FOLDED = ("entities", "places")


def kept_ids(tables: Tables, links: Links) -> Mapping[str, str]:
    """Which id stands for which: a merged entity's for the one that is kept, a land's for its state's."""
    known = {*tables["entities"], *tables["places"]}
    lands = ((land, state) for state, land in links["lands"])
    kept: dict[str, str] = {}
    for other, into in (*links["same"], *lands):
        if {other, into} <= known:
            kept.setdefault(other, into)
    return {other: _end(other, kept) for other in kept}


def folded(tables: Tables, links: Links, kept: Mapping[str, str]) -> tuple[Tables, Links]:
    """The tables and links with the kept ids only, as `kept_ids` has them."""
    if not kept:
        return tables, links
    renamed = {kind: _renamed(resources, kept) for kind, resources in tables.items() if kind not in FOLDED}
    return {**renamed, **_one_each(tables, kept)}, {name: _pairs(pairs, kept) for name, pairs in links.items()}


def _end(other: str, kept: Mapping[str, str]) -> str:
    """Where a chain of ids ends; one that comes back to itself ends where it began."""
    seen = {other}
    at = kept[other]
    while at in kept and at not in seen:
        seen.add(at)
        at = kept[at]
    return at


def _one_each(tables: Tables, kept: Mapping[str, str]) -> Tables:
    """Entities and places: what is folded into another brings its properties, behind those of the other."""
    found: dict[str, Resources] = {}
    for kind in FOLDED:
        found[kind] = {each: one for each, one in tables[kind].items() if each not in kept}
    brought: dict[str, list[Resource]] = defaultdict(list)
    for kind in FOLDED:
        for each, resource in tables[kind].items():
            if each in kept:
                brought[kept[each]].append(resource)
    return {
        kind: {each: _joined(one, brought[each]) if each in brought else one for each, one in resources.items()}
        for kind, resources in found.items()
    }


def _joined(one: Resource, others: Iterable[Resource]) -> Resource:
    found = dict(one)
    for other in others:
        for name, values in other.items():
            target = "name" if name == "label" else name  # the kept one keeps its label
            found[target] = tuple(dict.fromkeys((*found.get(target, ()), *values)))
    return found


def _renamed(resources: Resources, kept: Mapping[str, str]) -> Resources:
    return {
        each: {name: tuple(dict.fromkeys(kept.get(value, value) for value in values)) for name, values in one.items()}
        for each, one in resources.items()
    }


def _pairs(pairs: Iterable[tuple[str, str]], kept: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(kept.get(a, a), kept.get(b, b)) for a, b in pairs}))
