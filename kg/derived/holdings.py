"""What a store holds that several articles share: names, kinds and places of entities, the tree of event types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.gazetteer import load_gazetteer
from kg.graph.terms import KG, RDF, SKOS, WGS84
from kg.records import Location
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Store


@dataclass(frozen=True, eq=False)
class Holdings:
    """A store with the look-ups that derivation needs; what it has looked up it remembers."""

    store: Store

    def quads(self, subject: Any, predicate: Any, target: Any) -> Iterator[Any]:
        """The statements that fit, of all graphs; None fits anything. Typed loosely: no triple is quoted here."""
        return self.store.database.quads_for_pattern(subject, predicate, target, None)

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[str, str]]:
        """Subject and object of every statement."""
        return ((quad.subject.value, quad.object.value) for quad in self.quads(None, predicate, None))

    def value(self, subject: str, predicate: ox.NamedNode) -> str | None:
        """The first object, in the order of their texts, of one subject."""
        return min(self.values(subject, predicate), default=None)

    def values(self, subject: str, predicate: ox.NamedNode) -> list[str]:
        """All objects of one subject, sorted."""
        return sorted({quad.object.value for quad in self.quads(ox.NamedNode(subject), predicate, None)})

    @cached_property
    def base(self) -> str:
        """What stands before `article/` in names; once all articles are gone, in those of what was derived."""
        for kind, path in ((KG.Article, "article/"), (KG.DerivedGraph, "graph/derived/")):
            for quad in self.quads(None, RDF.type, kind):
                return str(quad.subject.value).rsplit(path, 1)[0]
        return PREFIXES["data"]

    def path(self, iri: str | ox.NamedNode) -> str:
        """The id of an entity or a record: its IRI without the base, decoded."""
        return _path(iri if isinstance(iri, str) else iri.value, self.base)

    @lru_cache(maxsize=1024)  # noqa: B019  # the cache lives as long as a query of the store
    def families(self, kind: str) -> tuple[str, ...]:
        """The types that are broader than a type, in the order of their names."""
        broader = {name_of(each) for each in self.values(PREFIXES["ev"] + kind, SKOS.broader)}
        return tuple(sorted(broader.union(*(self.families(each) for each in broader))))

    @lru_cache(maxsize=16384)  # noqa: B019  # as above
    def kind(self, iri: str) -> str:
        """The class of an entity."""
        return name_of(self.value(iri, RDF.type))

    @lru_cache(maxsize=16384)  # noqa: B019  # as above
    def location(self, iri: str) -> Location:
        """Where a place is, and what contains it."""
        return Location(
            lat=number_of(self.value(iri, WGS84.lat)),
            lon=number_of(self.value(iri, WGS84.long)),
            precision=self.value(iri, KG.precision) or "unknown",
            country=self.value(iri, KG.countryCode),
            within=self._within(iri),
        )

    def _within(self, iri: str) -> tuple[str, ...]:
        """The names of what contains a place, its country last."""
        names = self.values(iri, KG.withinName)
        country = _country(self.value(iri, KG.countryCode) or "") if len(names) > 1 else ""
        return tuple(sorted(names, key=lambda each: (each == country, each)))


def article_of(path: str) -> str:
    """The article's id in the id of the article or of one of its records."""
    parts = path.removeprefix("article/").rsplit("/", 2)
    return parts[0] if len(parts) == 3 and parts[2].isdigit() else path.removeprefix("article/")


@lru_cache(maxsize=512)
def _country(code: str) -> str:
    """The name of a country, as the gazetteer gives it."""
    found = load_gazetteer().country(code)
    return found.label if found else ""


@lru_cache(maxsize=65536)
def _path(iri: str, base: str) -> str:
    return unquote(iri.removeprefix(base))


@lru_cache(maxsize=4096)
def name_of(iri: str | None) -> str:
    """The local name of a concept or a class, or the literal."""
    return (iri or "").replace("#", "/").rsplit("/", 1)[-1]


def number_of(text: str | None) -> float | None:
    """A literal as a number."""
    return None if text is None else float(text)
