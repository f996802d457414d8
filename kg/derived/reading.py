"""From the store to records: each event of every article as the `Description` that incidents are decided by.

Properties are read as columns, one scan of an index each: joins in SPARQL over the whole store take ten times as long.
Ids are those of the records again, without the base IRI.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.graph.terms import DCTERMS, KG, RDF, RDFS, SKOS, WGS84
from kg.records import Assertion, Description, Entity, Figure, Filler, Location, TextSpan
from kg.resolve.descriptions import IRREALIS, ROLES, SETS_APART, points_back
from kg.resolve.stances import RESPONSIBILITY
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store import Store

    Column = Mapping[str, Any]

#: An event of an article; a mention or a sentence, with its part and its offsets.
_EVENT = re.compile(r".*/event/[0-9]+", re.DOTALL)
_SPAN = re.compile(r"(.*?)(/title)?#char=([0-9]+),([0-9]+)", re.DOTALL)


@dataclass(frozen=True)
class Holdings:
    """The events and claims of a store, by column."""

    store: Store

    def quads(self, subject: Any, predicate: Any, target: Any) -> Iterator[Any]:
        """The statements that fit, of all graphs; None fits anything. Typed loosely: no triple is quoted here."""
        return self.store.database.quads_for_pattern(subject, predicate, target, None)

    def rows(self, query: str) -> Iterator[Any]:
        """The solutions of a SPARQL query over the union of all graphs."""
        yield from self.store.select(query)

    def column(self, predicate: ox.NamedNode) -> Column:
        """Subject -> object, as an IRI's or a literal's text; of several the last."""
        return {quad.subject.value: quad.object.value for quad in self.quads(None, predicate, None)}

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
        """What stands before `article/` in the store's names."""
        first = next((quad.subject.value for quad in self.quads(None, RDF.type, KG.Article)), None)
        return str(first).rsplit("article/", 1)[0] if first else PREFIXES["data"]

    def path(self, iri: str | ox.NamedNode) -> str:
        """The id of an entity or a record: its IRI without the base, decoded."""
        return _path(iri if isinstance(iri, str) else iri.value, self.base)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Article ids with the sentences of the text joined by blanks."""
        for (article, part), sentences in sorted(self.sentences.items()):
            if not part:
                yield article_of(self.path(article)), " ".join(words for _, words in sentences)

    @cached_property
    def sentences(self) -> Mapping[tuple[str, str], list[tuple[int, str]]]:
        """Article and part ("" for the text) -> its sentences with their starts, in order."""
        found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for quad in self.quads(None, RDF.type, KG.Sentence):
            article, part, start, _ = _span(quad.subject.value)
            found[article, part].append((start, self.value(quad.subject.value, KG.exact) or ""))
        return {where: sorted(each) for where, each in found.items()}

    # ------------------------------------------------------------------------ events

    def descriptions(self, outlets: Mapping[str, str]) -> tuple[Description, ...]:
        """Every event that the store holds, in the order of the ids.

        Args:
            outlets: Article id -> the id of the group of copies that it belongs to.
        """
        names = ("eventType", "trigger", "earliest", "latest", "timePrecision", "polarity", "modality", "tense")
        columns = {name: self.column(KG[name]) for name in (*names, "causedBy")}
        events = sorted(iri for iri in columns["trigger"] if _EVENT.fullmatch(iri))
        rows = ({name: column.get(iri) for name, column in columns.items()} for iri in events)
        found = [self._description(iri, row, outlets) for iri, row in zip(events, rows, strict=True)]
        return tuple(sorted(found, key=lambda event: event.id))

    def _description(self, iri: str, row: Mapping[str, Any], outlets: Mapping[str, str]) -> Description:
        node, (before, trigger) = article_node(iri), self._around(row["trigger"])
        article = self.path(node).removeprefix("article/")
        return Description(
            id=self.path(iri),
            article=article,
            type=_name(row["eventType"]),
            families=self._families(_name(row["eventType"])),
            places=self._places.get(iri, ()),
            earliest=_moment(row["earliest"]),
            latest=_moment(row["latest"]),
            precision=row["timePrecision"] or "unknown",
            published=self._published.get(node),
            outlet=outlets.get(article, article),
            fillers=self._fillers.get(iri, ()),
            assertions=self._assertions.get(iri, ()),
            polarity=_name(row["polarity"]),  # type: ignore[arg-type]  # a closed list in the ontology
            realis=_name(row["modality"]) not in IRREALIS and _name(row["tense"]) != "future",
            cause=self.path(row["causedBy"]) if row["causedBy"] else None,
            anaphoric=points_back(before, trigger),
            another=bool(SETS_APART.search(before)),
            headline=self._headline(row["trigger"]),
        )

    @lru_cache(maxsize=1024)  # noqa: B019  # the cache lives as long as a query of the store
    def _families(self, kind: str) -> tuple[str, ...]:
        """The broader types, in the order of their names."""
        broader = {_name(each) for each in self.values(PREFIXES["ev"] + kind, SKOS.broader)}
        return tuple(sorted(broader.union(*(self._families(each) for each in broader))))

    def _around(self, trigger: str) -> tuple[str, str]:
        """The words before a trigger in its sentence, and the trigger's own."""
        article, part, start, end = _span(trigger)
        sentences = self.sentences.get((article, part), [])
        number = bisect_right(sentences, start, key=lambda each: each[0]) - 1
        if number < 0:
            return "", ""
        first, words = sentences[number]
        return words[: start - first], words[start - first : end - first]

    def _headline(self, trigger: str) -> bool:
        """Whether the trigger is in the title, or in a first sentence that has no full stop."""
        article, part, start, _ = _span(trigger)
        two = self.sentences.get((article, ""), [])[:2]
        return bool(part) or (len(two) == 2 and two[0][1][-1:].isalnum() and start < two[1][0])

    @cached_property
    def _published(self) -> Mapping[str, dt.date]:
        return {article: dt.date.fromisoformat(day) for article, day in self.pairs(DCTERMS.issued)}

    @cached_property
    def _fillers(self) -> Mapping[str, tuple[Filler, ...]]:
        """Role fillers; who claims responsibility is an attacker too."""
        found = [(event, role, filler) for role in ROLES for event, filler in self.pairs(KG[role])]
        own = (claim for claim, stance in self._claims["stance"].items() if _name(stance) == RESPONSIBILITY)
        positive = [claim for claim in own if _name(self._claims["polarity"].get(claim)) == "positive"]
        found += [
            (self._claims["about"][claim], "attacker", self._claims["claimant"][claim])
            for claim in positive
            if claim in self._claims["about"]
        ]
        return _grouped((event, self._filler(role, filler)) for event, role, filler in found)

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def _filler(self, role: str, iri: str) -> Filler:
        label, kind = self.value(iri, RDFS.label) or "", self.value(iri, RDF.type) or ""
        return Filler(role, self.path(iri), label, _name(kind))

    @cached_property
    def _places(self) -> Mapping[str, tuple[Entity, ...]]:
        """Where an event happened; a place that was struck where nothing else is said."""
        places = {quad.subject.value for quad in self.quads(None, RDF.type, KG.Place)}
        told = [(event, place) for event, place in self.pairs(KG.place) if place in places]
        placed = {event for event, _ in told}
        struck = [(event, it) for event, it in self.pairs(KG.target) if it in places and event not in placed]
        return _grouped((event, self._place(place)) for event, place in (*told, *struck))

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def _place(self, iri: str) -> Entity:
        location = Location(
            lat=_number(self.value(iri, WGS84.lat)),
            lon=_number(self.value(iri, WGS84.long)),
            precision=self.value(iri, KG.precision) or "unknown",
            country=self.value(iri, KG.countryCode),
            within=tuple(self.values(iri, KG.withinName)),
        )
        return Entity(self.path(iri), "Place", self.value(iri, RDFS.label) or "", location=location)

    # ------------------------------------------------------------------------ claims

    @cached_property
    def _claims(self) -> Mapping[str, Column]:
        names = ("about", "claimant", "stance", "certainty", "polarity", "inQuotation")
        return {name: self.column(KG[name]) for name in names}

    @cached_property
    def publishers(self) -> Column:
        """Article -> its publisher."""
        return self.column(DCTERMS.publisher)

    @cached_property
    def _assertions(self) -> Mapping[str, tuple[Assertion, ...]]:
        about = self._claims["about"]
        return _grouped((event, self._assertion(claim)) for claim, event in about.items() if "/claim/" in claim)

    def _assertion(self, iri: str) -> Assertion:
        row = {name: column.get(iri) for name, column in self._claims.items()}
        article, own = article_node(iri), row["inQuotation"] is None
        return Assertion(
            id=self.path(iri),
            claimant=None if own else self.path(row["claimant"] or ""),
            voice=self.path(self.publishers.get(article, "")),
            stance=_name(row["stance"]),
            certainty=_name(row["certainty"]),  # type: ignore[arg-type]  # a closed list in the ontology
            polarity=_name(row["polarity"]),  # type: ignore[arg-type]  # a closed list in the ontology
            figures=self._figures.get(iri, ()),
            stated=self._published.get(article),
        )

    @cached_property
    def _figures(self) -> Mapping[str, tuple[Figure, ...]]:
        names = ("measure", "unit", "population", "low", "best", "high", "bound", "cumulative")
        columns = {name: self.column(KG[name]) for name in names}
        stated = self.pairs(KG.states)
        return _grouped((claim, self._figure(iri, columns)) for claim, iri in stated)

    def _figure(self, iri: str, columns: Mapping[str, Column]) -> Figure:
        row = {name: column.get(iri) for name, column in columns.items()}
        return _figure(row, self.value(iri, KG.evidence) or "")


def _figure(row: Mapping[str, Any], words: str) -> Figure:
    article, part, start, end = _span(words)
    return Figure(
        span=TextSpan(unquote(article.rsplit("/", 1)[1]), start, end, "title" if part else "text"),
        measure=_name(row["measure"]),
        unit=row["unit"],
        population=_name(row["population"]) or None,
        low=_number(row["low"]),
        best=_number(row["best"]),
        high=_number(row["high"]),
        bound=_name(row["bound"]),  # type: ignore[arg-type]  # a closed list in the ontology
        cumulative=row["cumulative"] == "true",
    )


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Key -> its values, in an order that does not depend on the store's."""
    groups: dict[str, set[Any]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: tuple(sorted(values, key=repr) if len(values) > 1 else values) for key, values in groups.items()}


@lru_cache(maxsize=65536)
def _path(iri: str, base: str) -> str:
    return unquote(iri.removeprefix(base))


def article_of(path: str) -> str:
    """The article's id in the id of the article or of one of its records."""
    parts = path.removeprefix("article/").rsplit("/", 2)
    return parts[0] if len(parts) == 3 and parts[2].isdigit() else path.removeprefix("article/")


def article_node(iri: str) -> str:
    """The name of the article that a record stands in, from the record's own."""
    return iri.rsplit("/", 2)[0]


def _span(iri: str) -> tuple[str, str, int, int]:
    """The article, the part ("" for the text) and the offsets that a mention's name tells."""
    found = _SPAN.fullmatch(iri)
    return (found[1], found[2] or "", int(found[3]), int(found[4])) if found else (iri, "", 0, 1)


@lru_cache(maxsize=4096)
def _name(iri: str | None) -> str:
    """The local name of a concept or a class, or the literal."""
    return (iri or "").replace("#", "/").rsplit("/", 1)[-1]


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


@lru_cache(maxsize=4096)
def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
