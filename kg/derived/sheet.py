"""The incident sheet: one row for each incident, with who says what of it and how many, according to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kg.derived.cells import attackers, cell, fillers, speakers_of
from kg.derived.holdings import Holdings, article_of
from kg.derived.reading import ArticleReading
from kg.derived.state import Memory
from kg.derived.tolls import tolls
from kg.graph.terms import DCTERMS, KG, RDF, RDFS, SCHEMA, node
from kg.resolve.episodes import order
from kg.resolve.scenes import is_proper
from kg.resolve.slots import Episode
from kg.resolve.stances import JUDGING, RESPONSIBILITY
from kg.resolve.story import LEAD, dated, is_fine, placed
from kg.vocab import Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.derived.tolls import Toll
    from kg.records import Assertion, Description, Entity
    from kg.store import Store

#: Places from fine to coarse: the finest one of an incident stands in its row.
FINENESS = ("point", "facility", "settlement", "area", "region", "country", "unknown")

#: Classes of what states nothing, whatever the grammar says.
SILENT = frozenset({"Place", "Facility", "Vehicle", "Weapon"})

#: What goes on for long; what is gained in the end.
GAINS = frozenset({"TerritoryCapture", "TerritoryRegained"})
LASTING = GAINS | {"ArmedClash", "Offensive", "Siege"}

#: What a day is told by.
SHARP = frozenset({"minute", "hour", "partOfDay", "day"})

#: What lies further back than so many days is background.
YEAR = 366


@dataclass(frozen=True, slots=True)
class Row:
    """One incident as an analyst records it. Days are ISO dates, coordinates WGS84 degrees.

    `dated_by` tells what the days rest on: the event's own words, the story that it stands in, or the article's date.
    `claimed_by` took responsibility.
    """

    incident: str
    earliest: str | None
    latest: str | None
    precision: str
    dated_by: str
    place: str | None
    within: tuple[str, ...]
    lat: float | None
    lon: float | None
    type: str
    attackers: tuple[str, ...]
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    tolls: tuple[Toll, ...]
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    claimed_by: tuple[str, ...]
    disputed: bool
    outlets: int
    status: str
    articles: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The store's rows with the look-ups that the sheet needs."""

    holdings: Holdings
    memory: Memory

    @cached_property
    def before(self) -> frozenset[str]:
        """The articles that the last build found here."""
        return self.memory.known_before()

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """Article -> the one whose text it has."""
        pairs = self.holdings.pairs(KG.copyOf)
        return {article_of(self.holdings.path(one)): article_of(self.holdings.path(other)) for one, other in pairs}

    @cached_property
    def remembered(self) -> bool:
        """Whether the file beside the store is of the graphs that the store holds."""
        basis = self.holdings.value(Iris(self.holdings.base).derived("incidents"), KG.basis)
        return basis is not None and basis == self.memory.basis()

    @lru_cache(maxsize=256)  # noqa: B019  # the cache lives as long as the sheet
    def described(self, article: str) -> Mapping[str, Description]:
        """The events of an article, by id."""
        events = sorted(ArticleReading(self.holdings, article).descriptions(), key=order)
        return {each.id: each for each in placed(dated(events))}

    def incidents(self) -> Iterator[tuple[str, tuple[Description, ...]]]:
        """Incidents with their events, in the order of their ids."""
        found = self.holdings.quads(None, RDF.type, KG.Incident)
        for name in sorted(quad.subject.value for quad in found):
            incident = self.holdings.path(name)
            yield incident, self.memory.events(incident) if self.remembered else self._events(name)

    def _events(self, incident: str) -> tuple[Description, ...]:
        found = self.holdings.quads(None, KG.incident, node(incident))
        events = sorted(self.holdings.path(quad.subject.value) for quad in found)
        return tuple(self.described(article_of(each))[each] for each in events)

    @lru_cache(maxsize=65536)  # noqa: B019  # as above
    def label(self, actor: str) -> str:
        """The label of an actor, by its id."""
        return self.holdings.value(Iris(self.holdings.base).of(actor), RDFS.label) or actor

    def speaks(self, actor: str) -> bool:
        """Whether an actor, by its id, may state anything: no market and no shell does."""
        return self.holdings.kind(Iris(self.holdings.base).of(actor)) not in SILENT

    @cached_property
    def articles(self) -> Mapping[str, tuple[str, str]]:
        """Article -> its publisher, and the link or the id to cite it by."""
        found = {}
        for iri, publisher in self.holdings.pairs(DCTERMS.publisher):
            name = self.holdings.path(iri).removeprefix("article/")
            label = self.holdings.value(publisher, RDFS.label) or publisher
            found[name] = (label, self.holdings.value(iri, SCHEMA.url) or name)
        return found

    def linked(self, predicate: str) -> Iterator[tuple[str, str]]:
        """The pairs of claims that a derived property joins."""
        return (
            (self.holdings.path(one), self.holdings.path(other)) for one, other in self.holdings.pairs(KG[predicate])
        )

    @cached_property
    def contradicting(self) -> frozenset[str]:
        return frozenset(claim for pair in self.linked("contradicts") for claim in pair)

    @cached_property
    def superseded(self) -> frozenset[str]:
        return frozenset(older for _, older in self.linked("supersedes"))

    def outlets(self, articles: Iterable[str]) -> int:
        """How many voices: articles of one publisher are one, and so are copies of one text."""
        voice: dict[str, str] = {}
        for name in sorted(articles):
            keys = (f"text {self.copies.get(name, name)}", f"publisher {self.articles[name][0]}")
            first = min((voice[key] for key in keys if key in voice), default=name)
            joined = {voice[key] for key in keys if key in voice}
            voice.update(dict.fromkeys(keys, first))
            voice.update((key, first) for key, value in list(voice.items()) if value in joined)
        return len(set(voice.values()))


def sheet(store: Store, *, everything: bool = False) -> tuple[Row, ...]:
    """The incidents of a store, the latest first.

    Args:
        store: An open store, its derived graphs built.
        everything: Talks, aid and protests too, not only violence; and violence of which nothing is told ("a year of
            siege", "has seized large parts of the country") or of years ago, which articles tell of as background.
    """
    view = _Sheet(Holdings(store), Memory.of(store.path))
    rows = [
        _row(view, name, Episode(events))
        for name, events in view.incidents()
        if everything or (violent(events) and telling(events) and not bygone(events))
    ]
    return tuple(sorted(rows, key=lambda row: (row.earliest or "", row.incident), reverse=True))


def violent(events: Iterable[Description]) -> bool:
    """Whether one of the events is violence."""
    return any("Violence" in (event.type, *event.families) for event in events)


def telling(events: Iterable[Description]) -> bool:
    """Whether the words say when it was, how many, or what was struck where; of the lead, who was in it will do.

    What has none of these is background: "the group has seized large parts of the country". So are fights and sieges
    that go on while the story plays: of these the headline, a number or a day has to tell.
    """
    return any(_is_reported(each) or (_tells(each) and not _goes_on(each)) for each in events)


def _tells(event: Description) -> bool:
    """Whether the words say when it was, or what was struck where; of the lead, who was in it will do."""
    dated = event.dated_by == "words" and event.precision != "year"
    struck = any(filler.role != "attacker" for filler in event.fillers) or event.type in GAINS
    return dated or (struck and any(map(is_fine, event.places))) or (bool(event.fillers) and event.sentence < LEAD)


def _is_reported(event: Description) -> bool:
    """Whether it is counted, in the headline or the first sentence, or of a day."""
    counted = any(claim.figures for claim in event.assertions)
    opening = event.sentence <= 0 and bool(event.fillers or event.places)
    return counted or opening or (event.dated_by == "words" and event.precision in SHARP)


def _goes_on(event: Description) -> bool:
    """Whether it goes on for long, as fights do; a town that somebody took was taken once."""
    taken = event.type in GAINS and event.dated_by != "words" and any(map(is_fine, event.places))
    return event.type in LASTING and not (taken and any(filler.role == "attacker" for filler in event.fillers))


def bygone(events: Iterable[Description]) -> bool:
    """Whether it was more than a year before the last of the articles that tell of it."""
    told = Episode(tuple(events))
    published = max((event.published for event in told.events if event.published), default=None)
    return told.when is not None and published is not None and (published - told.when[1].date()).days > YEAR


def _row(view: _Sheet, name: str, episode: Episode) -> Row:
    told = Counter(place.id for event in episode.events for place in (*event.places, *event.scene))
    place = min(episode.scene, key=lambda each: (*_coarseness(each), -told[each.id], each.label), default=None)
    location = place.location if place else None
    claims = _claims(episode)
    first, last = episode.when or (None, None)
    return Row(
        incident=name,
        earliest=first.date().isoformat() if first else None,
        latest=last.date().isoformat() if last else None,
        precision=episode.timed.precision if episode.timed else "",
        dated_by=episode.timed.dated_by if episode.timed else "",
        place=view.label(place.id) if place else None,
        within=location.within if location else (),
        lat=location.lat if location and location.precision != "country" else None,
        lon=location.lon if location and location.precision != "country" else None,
        type=episode.type,
        attackers=attackers(_labels(view, episode, "attacker", "agent", but=_struck(episode))),
        targets=cell(_labels(view, episode, "target", "victim")),
        weapons=cell(_labels(view, episode, "instrument")),
        tolls=tuple(tolls(episode, view.superseded)),
        asserted_by=_speakers(view, claims, "positive"),
        denied_by=_speakers(view, claims, "negative"),
        claimed_by=_speakers(view, (each for each in claims if each.stance == RESPONSIBILITY), "positive"),
        disputed=any(claim.id in view.contradicting for claim in claims),
        outlets=view.outlets(episode.articles),
        status=_status(episode.articles, view.before),
        articles=tuple(view.articles[each][1] for each in sorted(episode.articles)),
    )


def _coarseness(place: Entity) -> tuple[bool, int]:
    """Places with a name of their own or a point come first, the finer before the coarser."""
    location = place.location
    if location is None or location.lat is None:
        return not is_proper(place), FINENESS.index("region")
    return False, FINENESS.index(location.precision) if location.precision in FINENESS else len(FINENESS)


def _claims(episode: Episode) -> tuple[Assertion, ...]:
    return tuple({claim.id: claim for event in episode.events for claim in event.assertions}.values())


def _labels(
    view: _Sheet, episode: Episode, *roles: str, but: frozenset[str] = frozenset()
) -> tuple[tuple[str, bool], ...]:
    """The labels of those who fill the roles, each as often as it does, and whether it is known beyond its article."""
    found = sorted(fillers(episode, *roles, but=but), key=lambda filler: filler.id)
    return tuple((view.label(filler.id), not filler.id.startswith("article/")) for filler in found)


def _struck(episode: Episode) -> frozenset[str]:
    """Who was killed or hurt did not attack, but in a clash."""
    sides = "ArmedClash" in episode.families
    return frozenset() if sides else frozenset(filler.id for filler in episode.fillers("victim"))


def _speakers(view: _Sheet, claims: Iterable[Assertion], polarity: str) -> tuple[str, ...]:
    telling = (claim for claim in claims if claim.polarity == polarity and claim.stance not in JUDGING)
    own = polarity == "positive"  # an article that tells of a failed attack denies nothing
    speakers = (claim.claimant or claim.voice for claim in telling if claim.claimant or own)
    return speakers_of((view.label(each), not each.startswith("article/")) for each in speakers if view.speaks(each))


def _status(articles: frozenset[str], before: frozenset[str]) -> str:
    """`new` where every article came with the last build, `updated` where one did."""
    fresh = articles - before
    return "new" if fresh == articles else "updated" if fresh else ""
