"""From the store to records: each event of every article as the `Description` that incidents are decided by.

One query for each kind of row, read in one pass; ids are those of the records again, without the base IRI.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.records import Assertion, Description, Entity, Figure, Filler, Location, TextSpan
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Select = Callable[[str], Iterable[Any]]

ROLES = ("attacker", "target", "victim", "instrument", "agent")
IRREALIS = frozenset({"planned", "threatened", "hypothetical"})

EVENTS = """SELECT ?event ?article ?type ?earliest ?latest ?precision ?polarity ?modality ?tense ?issued ?start
       ?sentence ?from ?words ?part WHERE {
  ?event a kg:Event ; kg:article ?article ; kg:eventType ?type ; kg:trigger ?trigger ; kg:polarity ?polarity .
  ?trigger kg:start ?start .
  OPTIONAL { ?trigger kg:part ?part }
  OPTIONAL { ?event kg:earliest ?earliest ; kg:latest ?latest }
  OPTIONAL { ?event kg:timePrecision ?precision }
  OPTIONAL { ?event kg:modality ?modality }
  OPTIONAL { ?event kg:tense ?tense }
  OPTIONAL { ?article dcterms:issued ?issued }
  OPTIONAL { ?trigger kg:sentence ?sentence . ?sentence kg:start ?from ; kg:exact ?words }
}"""
CAUSES = "SELECT ?event ?cause WHERE { ?event kg:causedBy ?cause }"
FILLERS = """SELECT DISTINCT ?event ?role ?filler ?label ?type WHERE {
  VALUES ?role { ROLES }
  ?event a kg:Event ; ?role ?filler . ?filler rdfs:label ?label ; a ?type
}""".replace("ROLES", " ".join(f"kg:{role}" for role in ROLES))
PLACES = """SELECT DISTINCT ?event ?role ?place WHERE {
  VALUES ?role { kg:place kg:target }
  ?event a kg:Event ; ?role ?place . ?place a kg:Place
}"""
LOCATIONS = """SELECT DISTINCT ?place ?label ?lat ?lon ?precision ?country WHERE {
  ?place a kg:Place ; rdfs:label ?label .
  OPTIONAL { ?place wgs84:lat ?lat ; wgs84:long ?lon }
  OPTIONAL { ?place kg:precision ?precision }
  OPTIONAL { ?place kg:countryCode ?country }
}"""
WITHIN = "SELECT DISTINCT ?place ?name WHERE { ?place kg:withinName ?name }"
RESPONSIBLE = """SELECT DISTINCT ?event ?role ?filler ?label ?type WHERE {
  ?claim kg:about ?event ; kg:stance stance:claimsResponsibility ; kg:polarity polarity:positive ; kg:claimant ?filler .
  ?filler rdfs:label ?label ; a ?type .
  BIND(kg:attacker AS ?role)
}"""
CLAIMS = """SELECT ?claim ?event ?claimant ?stance ?certainty ?polarity ?issued ?publisher ?quotation WHERE {
  ?claim a kg:Claim ; kg:about ?event ; kg:claimant ?claimant ; kg:stance ?stance ; kg:article ?article ;
    kg:certainty ?certainty ; kg:polarity ?polarity .
  ?article dcterms:publisher ?publisher .
  OPTIONAL { ?article dcterms:issued ?issued }
  OPTIONAL { ?claim kg:inQuotation ?quotation }
}"""
FIGURES = """SELECT ?claim ?figure ?measure ?unit ?population ?low ?best ?high ?bound ?cumulative ?start ?end WHERE {
  ?claim a kg:Claim ; kg:about ?event ; kg:states ?figure .
  ?figure kg:measure ?measure ; kg:bound ?bound ; kg:evidence ?words . ?words kg:start ?start ; kg:end ?end .
  OPTIONAL { ?figure kg:unit ?unit }
  OPTIONAL { ?figure kg:population ?population }
  OPTIONAL { ?figure kg:low ?low }
  OPTIONAL { ?figure kg:best ?best }
  OPTIONAL { ?figure kg:high ?high }
  OPTIONAL { ?figure kg:cumulative ?cumulative }
}"""
SENTENCES = """SELECT ?article ?start ?words WHERE {
  ?sentence a kg:Sentence ; kg:article ?article ; kg:start ?start ; kg:exact ?words .
  FILTER NOT EXISTS { ?sentence kg:part "title" }
}"""
OPENINGS = """SELECT ?article ?start ?words WHERE {
  ?sentence a kg:Sentence ; kg:article ?article ; kg:start ?start ; kg:exact ?words .
  FILTER(?start < 400) FILTER NOT EXISTS { ?sentence kg:part "title" }
}"""
BASE = "SELECT ?article WHERE { ?article a kg:Article } LIMIT 1"

_POINTS_BACK = re.compile(r"\b(?:the|this|that|these|those|both)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Holdings:
    """The rows of a store as records. `select` runs SPARQL over the union of all graphs, prefixes declared."""

    select: Select

    def rows(self, query: str) -> Iterator[Any]:
        """The solutions of a query."""
        yield from self.select(query)

    @cached_property
    def base(self) -> str:
        """What stands before `article/` in the store's names."""
        article = next((row["article"].value for row in self.rows(BASE)), PREFIXES["data"])
        return str(article).rsplit("article/", 1)[0] if "article/" in article else str(article)

    def path(self, term: Any) -> str:
        """The id of an entity or a record: its IRI without the base, decoded."""
        return _path(term.value, self.base)

    def descriptions(self, outlets: Mapping[str, str]) -> tuple[Description, ...]:
        """Every event that the store holds, in the order of the ids.

        Args:
            outlets: Article id -> the id of the group of copies that it belongs to.
        """
        found = [self._description(row, outlets) for row in self.rows(EVENTS)]
        return tuple(sorted(found, key=lambda event: event.id))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Article ids with the sentences of the text joined by blanks."""
        sentences: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in self.rows(SENTENCES):
            sentences[article_of(self.path(row["article"]))].append((int(row["start"].value), row["words"].value))
        for article in sorted(sentences):
            yield article, " ".join(words for _, words in sorted(sentences[article]))

    def _description(self, row: Any, outlets: Mapping[str, str]) -> Description:
        event, article = self.path(row["event"]), article_of(self.path(row["article"]))
        return Description(
            id=event,
            article=article,
            type=_name(row["type"]),
            families=self._families.get(_name(row["type"]), ()),
            places=self._places.get(event, ()),
            earliest=_moment(row["earliest"]),
            latest=_moment(row["latest"]),
            precision=_text(row["precision"]) or "unknown",  # type: ignore[arg-type]  # a closed list in the ontology
            published=_date(row["issued"]),
            outlet=outlets.get(article, article),
            fillers=self._fillers.get(event, ()),
            assertions=self._assertions.get(event, ()),
            polarity=_name(row["polarity"]),  # type: ignore[arg-type]  # a closed list in the ontology
            realis=_name(row["modality"]) not in IRREALIS and _name(row["tense"]) != "future",
            cause=self._causes.get(event),
            anaphoric=_points_back(row),
            headline=_text(row["part"]) == "title" or int(row["start"].value) < self._first_lines.get(article, 0),
        )

    @cached_property
    def _first_lines(self) -> Mapping[str, int]:
        """Article -> where its second sentence starts, if the first is a headline, which has no full stop."""
        first: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in self.rows(OPENINGS):
            first[article_of(self.path(row["article"]))].append((int(row["start"].value), row["words"].value))
        openings = {name: sorted(found)[:2] for name, found in first.items()}
        return {name: two[1][0] for name, two in openings.items() if len(two) == 2 and two[0][1][-1:].isalnum()}

    @cached_property
    def _families(self) -> Mapping[str, tuple[str, ...]]:
        rows = self.rows("SELECT ?type ?broader WHERE { ?type skos:broader+ ?broader }")
        return _grouped((_name(row["type"]), _name(row["broader"])) for row in rows)

    @cached_property
    def _causes(self) -> Mapping[str, str]:
        return {self.path(row["event"]): self.path(row["cause"]) for row in self.rows(CAUSES)}

    @cached_property
    def _fillers(self) -> Mapping[str, tuple[Filler, ...]]:
        """Role fillers; who claims responsibility is an attacker too."""
        rows = [*self.rows(FILLERS), *self.rows(RESPONSIBLE)]
        return _grouped((self.path(row["event"]), self._filler(row)) for row in rows)

    def _filler(self, row: Any) -> Filler:
        return Filler(_name(row["role"]), self.path(row["filler"]), row["label"].value, _name(row["type"]))

    @cached_property
    def _places(self) -> Mapping[str, tuple[Entity, ...]]:
        """Where an event happened; a place that was struck where nothing else is said."""
        rows = [(self.path(row["event"]), _name(row["role"]), self.path(row["place"])) for row in self.rows(PLACES)]
        told = {event for event, role, _ in rows if role == "place"}
        kept = ((event, self._known[place]) for event, role, place in rows if role == "place" or event not in told)
        return _grouped(kept)

    @cached_property
    def _known(self) -> Mapping[str, Entity]:
        within = _grouped((self.path(row["place"]), row["name"].value) for row in self.rows(WITHIN))
        places = {self.path(row["place"]): row for row in self.rows(LOCATIONS)}
        return {name: _place(name, row, within.get(name, ())) for name, row in places.items()}

    @cached_property
    def _assertions(self) -> Mapping[str, tuple[Assertion, ...]]:
        return _grouped((self.path(row["event"]), self._assertion(row)) for row in self.rows(CLAIMS))

    def _assertion(self, row: Any) -> Assertion:
        claim, own = self.path(row["claim"]), row["quotation"] is None
        return Assertion(
            id=claim,
            claimant=None if own else self.path(row["claimant"]),
            voice=self.path(row["publisher"]),
            stance=_name(row["stance"]),
            certainty=_name(row["certainty"]),  # type: ignore[arg-type]  # a closed list in the ontology
            polarity=_name(row["polarity"]),  # type: ignore[arg-type]  # a closed list in the ontology
            figures=self._figures.get(claim, ()),
            stated=_date(row["issued"]),
        )

    @cached_property
    def _figures(self) -> Mapping[str, tuple[Figure, ...]]:
        return _grouped((self.path(row["claim"]), self._figure(row)) for row in self.rows(FIGURES))

    def _figure(self, row: Any) -> Figure:
        document = article_of(self.path(row["claim"]))
        return Figure(
            span=TextSpan(document, int(row["start"].value), int(row["end"].value)),
            measure=_name(row["measure"]),
            unit=_text(row["unit"]),
            population=_text(row["population"]),
            low=_number(row["low"]),
            best=_number(row["best"]),
            high=_number(row["high"]),
            bound=_name(row["bound"]),  # type: ignore[arg-type]  # a closed list in the ontology
            cumulative=_text(row["cumulative"]) == "true",
        )


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    """Key -> its values, in an order that does not depend on the store's."""
    groups: dict[str, set[Any]] = defaultdict(set)
    for key, value in pairs:
        groups[key].add(value)
    return {key: tuple(sorted(values, key=repr)) for key, values in groups.items()}


def _place(name: str, row: Any, within: tuple[str, ...]) -> Entity:
    location = Location(
        lat=_number(row["lat"]),
        lon=_number(row["lon"]),
        precision=_text(row["precision"]) or "unknown",
        country=_text(row["country"]),
        within=within,
    )
    return Entity(name, "Place", row["label"].value, location=location)


@lru_cache(maxsize=65536)
def _path(iri: str, base: str) -> str:
    return unquote(iri.removeprefix(base))


def article_of(path: str) -> str:
    """The article's id in the id of the article or of one of its records."""
    parts = path.removeprefix("article/").rsplit("/", 2)
    return parts[0] if len(parts) == 3 and parts[2].isdigit() else path.removeprefix("article/")


def _points_back(row: Any) -> bool:
    """Whether a determiner stands right before the trigger: "the attack", "those strikes"."""
    if row["words"] is None:
        return False
    before = row["words"].value[: int(row["start"].value) - int(row["from"].value)]
    return bool(_POINTS_BACK.search(before))


def _name(term: Any) -> str:
    """The local name of a concept or a property, or the literal."""
    return "" if term is None else str(term.value).replace("#", "/").rsplit("/", 1)[-1]


def _text(term: Any) -> str | None:
    return None if term is None else _name(term) if "://" in term.value else str(term.value)


def _number(term: Any) -> float | None:
    return None if term is None else float(term.value)


def _moment(term: Any) -> dt.datetime | None:
    return None if term is None else dt.datetime.fromisoformat(term.value)


def _date(term: Any) -> dt.date | None:
    return None if term is None else dt.date.fromisoformat(term.value)
