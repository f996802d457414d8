"""From the store to records, one article at a time: each event as the `Description` that incidents are decided by.

What is read of an article depends on its own graph and on what never changes while the code stays: the vocabularies and
what the gazetteer knows of a place. So an article has to be read again only when its own graph has changed. Properties
are read as columns of that graph: joins in SPARQL take ten times as long. Ids are those of the records again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.derived.holdings import Holdings, name_of, number_of
from kg.graph.terms import DCTERMS, KG, RDF, node
from kg.records import Assertion, Description, Entity, Figure, Filler, TextSpan
from kg.resolve.descriptions import IRREALIS, ROLES, acts, in_order, is_fine, without_self
from kg.resolve.layout import Layout, is_aftermath, is_another, points_back, turns_away
from kg.resolve.slots import RESULTS
from kg.resolve.stances import RESPONSIBILITY
from kg.vocab import Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.records import Part

    Column = Mapping[str, Any]

#: An event of an article; a mention or a sentence, with its part and its offsets.
_EVENT = re.compile(r".*/event/[0-9]+", re.DOTALL)
_SPAN = re.compile(r"(.*?)(/title)?#char=([0-9]+),([0-9]+)", re.DOTALL)


@dataclass(frozen=True, eq=False)
class ArticleReading:
    """What one article of a store says of events, by column."""

    holdings: Holdings
    name: str

    @cached_property
    def graph(self) -> ox.NamedNode:
        """The article's own graph."""
        return node(Iris(self.holdings.base).graph(self.name))

    @cached_property
    def article(self) -> ox.NamedNode:
        """The article itself."""
        return node(Iris(self.holdings.base).article(self.name))

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[str, str]]:
        """Subject and object of every statement of the article."""
        found: Iterable[Any] = self.holdings.store.database.quads_for_pattern(None, predicate, None, self.graph)
        return ((quad.subject.value, quad.object.value) for quad in found)

    def column(self, predicate: ox.NamedNode) -> Column:
        """Subject -> object; of several the last in the order of their texts. Events and claims share some."""
        if predicate not in self._columns:
            self._columns[predicate] = dict(sorted(self.pairs(predicate)))
        return self._columns[predicate]

    @cached_property
    def _columns(self) -> dict[ox.NamedNode, Column]:
        """The columns that were read."""
        return {}

    def path(self, iri: str) -> str:
        """The id of an entity or a record."""
        return self.holdings.path(iri)

    def text(self) -> str:
        """The sentences of the text, joined by blanks."""
        return " ".join(words for _, words in self.layout.sentences.get("text", ()))

    @cached_property
    def publisher(self) -> str:
        """The id of who published it."""
        return self.path(self.column(DCTERMS.publisher).get(self.article.value, ""))

    @cached_property
    def published(self) -> dt.date | None:
        """When it was published, if that is known."""
        day = self.column(DCTERMS.issued).get(self.article.value)
        return dt.date.fromisoformat(day) if day else None

    @cached_property
    def layout(self) -> Layout:
        """Its sentences with their starts, in order."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        database = self.holdings.store.database
        quads: Iterable[Any] = database.quads_for_pattern(None, RDF.type, KG.Sentence, self.graph)
        for quad in quads:
            _, part, start, _ = _span(quad.subject.value)
            found[part].append((start, self._value(quad.subject, KG.exact)))
        return Layout({part: sorted(each) for part, each in found.items()})

    def _value(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
        """What the article says of a subject: mentions are many, and of few of them the words are needed."""
        found: Iterable[Any] = self.holdings.store.database.quads_for_pattern(subject, predicate, None, self.graph)
        return next((quad.object.value for quad in found), "")

    # ------------------------------------------------------------------------ events

    def descriptions(self, outlet: str = "") -> tuple[Description, ...]:
        """Its events, in the order of their ids.

        Args:
            outlet: The id of the group of copies that the article belongs to; its own, if left out.
        """
        names = ("eventType", "trigger", "earliest", "latest", "timePrecision", "polarity", "modality", "tense")
        columns = {name: self.column(KG[name]) for name in (*names, "causedBy")}
        events = [iri for iri in columns["trigger"] if _EVENT.fullmatch(iri)]
        rows = ({name: column.get(iri) for name, column in columns.items()} for iri in events)
        found = [self._description(iri, row, outlet) for iri, row in zip(events, rows, strict=True)]
        return tuple(sorted(found, key=lambda event: event.id))

    def _description(self, iri: str, row: Mapping[str, Any], outlet: str) -> Description:
        _, part, start, end = _span(row["trigger"])
        before, trigger, after = self.layout.around(part, start, end)
        kind = name_of(row["eventType"])
        fillers, places = self._fillers.get(iri, ()), self._places.get(iri, ())
        return Description(
            id=self.path(iri),
            article=self.name,
            type=kind,
            families=self.holdings.families(kind),
            places=places,
            earliest=_moment(row["earliest"]),
            latest=_moment(row["latest"]),
            precision=row["timePrecision"] or "unknown",
            published=self.published,
            outlet=outlet or self.name,
            fillers=fillers,
            assertions=self._assertions.get(iri, ()),
            polarity=name_of(row["polarity"]),  # type: ignore[arg-type]  # a closed list in the ontology
            realis=name_of(row["modality"]) not in IRREALIS and name_of(row["tense"]) != "future",
            cause=self.path(row["causedBy"]) if row["causedBy"] else None,
            anaphoric=points_back(before, trigger, after),
            aftermath=is_aftermath(before, trigger, after),
            another=is_another(before, fillers, places, result=kind in RESULTS),
            aside=turns_away(before),
            headline=self.layout.is_headline(part, start),
            sentence=self.layout.number(part, start),
        )

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The names of entities that were asked for."""
        return {}

    def _label(self, iri: str) -> str:
        """What this article calls an entity: another one may know a better name, and must not change this one."""
        if iri not in self._labels:
            self._labels[iri] = self._value(node(iri), KG.preferredName)
        return self._labels[iri]

    @cached_property
    def _fillers(self) -> Mapping[str, tuple[Filler, ...]]:
        """Role fillers; who claims responsibility is an attacker too."""
        found = [(event, role, filler) for role in ROLES for event, filler in self.pairs(KG[role])]
        own = (claim for claim, stance in self._claims["stance"].items() if name_of(stance) == RESPONSIBILITY)
        positive = [claim for claim in own if name_of(self._claims["polarity"].get(claim)) == "positive"]
        found += [
            (self._claims["about"][claim], "attacker", self._claims["claimant"][claim])
            for claim in positive
            if claim in self._claims["about"] and claim in self._claims["claimant"]
        ]
        fillers = ((event, self._filler(role, filler)) for event, role, filler in found)
        grouped = _grouped((event, filler) for event, filler in fillers if acts(filler.role, filler.type))
        return {event: tuple(without_self(each)) for event, each in grouped.items()}

    def _filler(self, role: str, iri: str) -> Filler:
        return Filler(role, self.path(iri), self._label(iri), self.holdings.kind(iri))

    @cached_property
    def _places(self) -> Mapping[str, tuple[Entity, ...]]:
        """Where an event happened; a place that was struck where nothing finer than a region is said."""
        told = [(event, place) for event, place in self.pairs(KG.place) if self.holdings.kind(place) == "Place"]
        placed = {event for event, place in told if is_fine(self._place(place))}
        struck = [
            (event, it)
            for event, it in self.pairs(KG.target)
            if event not in placed and self.holdings.kind(it) == "Place"
        ]
        return _grouped((event, self._place(place)) for event, place in (*told, *struck))

    def _place(self, iri: str) -> Entity:
        return Entity(self.path(iri), "Place", self._label(iri), location=self.holdings.location(iri))

    # ------------------------------------------------------------------------ claims

    @cached_property
    def _claims(self) -> Mapping[str, Column]:
        names = ("about", "claimant", "stance", "certainty", "polarity", "inQuotation")
        return {name: self.column(KG[name]) for name in names}

    @cached_property
    def _assertions(self) -> Mapping[str, tuple[Assertion, ...]]:
        about = self._claims["about"]
        return _grouped((event, self._assertion(claim)) for claim, event in about.items() if "/claim/" in claim)

    def _assertion(self, iri: str) -> Assertion:
        row = {name: column.get(iri) for name, column in self._claims.items()}
        own = row["inQuotation"] is None
        return Assertion(
            id=self.path(iri),
            claimant=None if own else self.path(row["claimant"] or ""),
            voice=self.publisher,
            stance=name_of(row["stance"]),
            certainty=name_of(row["certainty"]),  # type: ignore[arg-type]  # a closed list in the ontology
            polarity=name_of(row["polarity"]),  # type: ignore[arg-type]  # a closed list in the ontology
            figures=self._figures.get(iri, ()),
            stated=self.published,
            as_of=self._counted_to.get(iri),
        )

    @cached_property
    def _counted_to(self) -> Mapping[str, dt.date]:
        """Claim -> the last day up to which a figure of it counts."""
        days = {iri: dt.datetime.fromisoformat(moment).date() for iri, moment in self.pairs(KG.asOf)}
        told = sorted((days[figure], claim) for claim, figure in self.pairs(KG.states) if figure in days)
        return {claim: day for day, claim in told}

    @cached_property
    def _figures(self) -> Mapping[str, tuple[Figure, ...]]:
        names = ("measure", "unit", "population", "low", "best", "high", "bound", "cumulative")
        columns = {name: self.column(KG[name]) for name in names}
        rows = {iri: {name: column.get(iri) for name, column in columns.items()} for iri in columns["bound"]}
        figures = {iri: _figure(row, self._value(node(iri), KG.evidence)) for iri, row in rows.items()}
        return _grouped((claim, figures[iri]) for claim, iri in self.pairs(KG.states) if iri in figures)


def _figure(row: Mapping[str, Any], words: str) -> Figure:
    article, part, start, end = _span(words)
    return Figure(
        span=TextSpan(unquote(article.rsplit("/", 1)[-1]), start, end, part),
        measure=name_of(row["measure"]),
        unit=row["unit"],
        population=name_of(row["population"]) or None,
        low=number_of(row["low"]),
        best=number_of(row["best"]),
        high=number_of(row["high"]),
        bound=name_of(row["bound"]),  # type: ignore[arg-type]  # a closed list in the ontology
        cumulative=row["cumulative"] == "true",
    )


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Key -> its values, in an order that does not depend on the store's."""
    groups: dict[str, set[Any]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: in_order(values) for key, values in groups.items()}


def _span(iri: str) -> tuple[str, Part, int, int]:
    """The article, the part and the offsets that a mention's name tells."""
    found = _SPAN.fullmatch(iri)
    return (found[1], "title" if found[2] else "text", int(found[3]), int(found[4])) if found else (iri, "text", 0, 1)


@lru_cache(maxsize=4096)
def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
