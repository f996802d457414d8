"""From one article's resolution to descriptions: each event by its id, with all that is said of it in one record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from kg.records import Argument, Assertion, Description, Entity, Event, Filler, Location, Timing
from kg.resolve.layout import PAST, Layout, is_aftermath, is_another, points_back, turns_away
from kg.resolve.slots import RESULTS
from kg.vocab.publishers import publisher_id

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from kg.records import Claim, Resolution, Schema, TextSpan

Record = TypeVar("Record", bound="Hashable")

NONE_LISTED: Mapping[str, str] = MappingProxyType({})

#: Modalities of what has not happened, whatever comes of it.
IRREALIS = frozenset({"planned", "threatened", "hypothetical", "habitual"})
ROLES = ("attacker", "target", "victim", "instrument", "agent")

#: How far before an event noun the town stands that it was in, in characters.
NEAR = 12


#: Classes of those who act: what they are armed with is something else.
ARMED = frozenset({"State", "Coalition", "ArmedGroup", "Organization", "Group", "Person"})


def acts(role: str, kind: str) -> bool:
    """Whether an entity of the class fills a role: towns attack nobody, nor are they killed; who acts is no weapon."""
    if role == "instrument":
        return kind not in ARMED
    return kind != "Place" or role not in {"attacker", "victim"}


def without_self(fillers: Iterable[Filler]) -> Iterator[Filler]:
    """Fillers without victims that attacked: "the unit raided a camp, killing many of them" is not of its own men."""
    known = tuple(fillers)
    attacked = {filler.id for filler in known if filler.role == "attacker"}
    return (filler for filler in known if filler.role != "victim" or filler.id not in attacked)


def is_fine(place: Entity) -> bool:
    """Whether a place is more than a region: that something happened in Syria, or in Idlib province, says little."""
    return place.location is None or place.location.precision not in {"country", "region"}


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records, each once, in an order that depends on them alone."""
    found = set(records)
    return tuple(sorted(found, key=repr) if len(found) > 1 else found)


def lineage(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Event type -> all broader types, in the order of their names."""
    broader = {concept.name: concept.broader for concept in schema.events.concepts}

    def ancestors(name: str) -> Iterator[str]:
        for parent in broader.get(name, ()):
            yield parent
            yield from ancestors(parent)

    return {name: tuple(sorted({*ancestors(name)})) for name in broader}


def describe(
    resolution: Resolution, families: Mapping[str, tuple[str, ...]], publishers: Mapping[str, str] = NONE_LISTED
) -> tuple[Description, ...]:
    """The events of an article, in the order of their numbers; of places only what the graph says of them.

    Args:
        resolution: The article, with claims, timings and entities; its incidents are not read.
        families: Event type -> broader types, as `lineage` gives them.
        publishers: Ids of publishers that are listed actors, by their names in small letters.
    """
    view = _View(resolution, publisher_id(resolution.document, publishers))
    return tuple(_description(view, number, event, families) for number, event in enumerate(view.events, 1))


def _description(view: _View, number: int, event: Event, families: Mapping[str, tuple[str, ...]]) -> Description:
    document = view.resolution.document
    timing, place = view.timing(event), (event.trigger.part, event.trigger.start)
    before, trigger, after = view.layout.around(*place, event.trigger.end)
    fillers, places = in_order(view.fillers(event)), in_order(view.places(event))
    return Description(
        id=view.event_id(number),
        article=document.id,
        type=event.type,
        families=families.get(event.type, ()),
        places=places,
        earliest=timing.earliest if timing else None,
        latest=timing.latest if timing else None,
        precision=timing.precision if timing else "unknown",
        published=document.published,
        outlet=document.id,
        fillers=fillers,
        assertions=in_order(view.assertions[event]),
        polarity=event.polarity,
        realis=event.modality not in IRREALIS and event.tense != "future",
        cause=view.cause(event),
        anaphoric=points_back(before, trigger, after),
        aftermath=is_aftermath(before, trigger, after),
        another=is_another(before, fillers, places, result=event.type in RESULTS),
        aside=turns_away(before),
        headline=view.layout.is_headline(*place),
        sentence=view.layout.number(*place),
    )


@dataclass(frozen=True)
class _View:
    """A resolution with the look-ups that descriptions need."""

    resolution: Resolution
    publisher: str

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return self.resolution.extraction.of(Event)

    @cached_property
    def denotes(self) -> Mapping[TextSpan, str]:
        return dict(self.resolution.denotes)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.resolution.entities}

    @cached_property
    def timings(self) -> Mapping[TextSpan, Timing]:
        return {timing.span: timing for timing in self.resolution.timings}

    @cached_property
    def numbers(self) -> Mapping[TextSpan, int]:
        """Trigger -> number of the first event that it evokes."""
        return {event.trigger: number for number, event in reversed(list(enumerate(self.events, 1)))}

    @cached_property
    def assertions(self) -> Mapping[Event, list[Assertion]]:
        found: dict[Event, list[Assertion]] = defaultdict(list)
        for number, claim in enumerate(self.resolution.claims, 1):
            if claim.about:
                found[claim.about].append(self._assertion(number, claim))
        return found

    def _assertion(self, number: int, claim: Claim) -> Assertion:
        document = self.resolution.document
        return Assertion(
            id=f"article/{document.id}/claim/{number}",
            claimant=claim.claimant or (self.publisher if claim.quotation else None),
            voice=self.publisher,
            stance=claim.stance,
            certainty=claim.certainty,
            polarity=claim.polarity,
            figures=in_order(claim.figures),
            stated=document.published,
            as_of=self._as_of(claim),
        )

    def _as_of(self, claim: Claim) -> dt.date | None:
        """The last day up to which a figure of the claim counts."""
        told = (self.timings.get(figure.as_of) for figure in claim.figures if figure.as_of)
        return max((timing.latest.date() for timing in told if timing and timing.latest), default=None)

    @cached_property
    def layout(self) -> Layout:
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for span in self.resolution.extraction.sentences:
            found[span.part].append((span.start, self.resolution.document.words(span)))
        return Layout(found)

    def event_id(self, number: int) -> str:
        return f"article/{self.resolution.document.id}/event/{number}"

    def cause(self, event: Event) -> str | None:
        number = self.numbers.get(event.caused_by) if event.caused_by else None
        return self.event_id(number) if number else None

    def timing(self, event: Event) -> Timing | None:
        return self.timings.get(event.time) if event.time else None

    def fillers(self, event: Event) -> Iterator[Filler]:
        """Role fillers that denote something; who claims responsibility is an attacker too."""
        scenes = self._scenes(event)
        told = [each for each in event.arguments if each.role in ROLES and each not in scenes]
        known = [(each.role, entity) for each in told if (entity := self._entity(each.span))]
        found = (Filler(role, each.id, each.label, each.type) for role, each in known if acts(role, each.type))
        yield from without_self(found)
        for claim in self.assertions[event]:
            claimant = self.entities.get(claim.claimant or "")
            if claimant and claim.stance == "claimsResponsibility" and claim.polarity == "positive":
                yield Filler("attacker", claimant.id, claimant.label, claimant.type)

    def places(self, event: Event) -> Iterator[Entity]:
        """Where it happened; a place that was struck where nothing finer than a region is said."""
        told = self._placed(event, "place") or self._located(self._scenes(event))
        yield from told
        if not any(map(is_fine, told)):
            yield from self._placed(event, "target")

    def _scenes(self, event: Event) -> list[Argument]:
        """Towns that stand as attackers right before an event noun, as in "Orrel bombing": towns attack nobody."""
        words = self.resolution.document.words
        found = [each for each in event.arguments if each.role == "attacker" and each.span.part == event.trigger.part]
        before = [each for each in found if 0 < event.trigger.start - each.span.end <= NEAR and self._is_place(each)]
        return [] if PAST.match(words(event.trigger)) else before

    def _is_place(self, argument: Argument) -> bool:
        entity = self._entity(argument.span)
        return entity is not None and entity.type == "Place"

    def _placed(self, event: Event, role: str) -> list[Entity]:
        return self._located([each for each in event.arguments if each.role == role and not each.inherited])

    def _located(self, arguments: Iterable[Argument]) -> list[Entity]:
        found = (self._entity(each.span) for each in arguments)
        return [_located(each) for each in found if each and each.type == "Place"]

    def _entity(self, span: TextSpan) -> Entity | None:
        return self.entities.get(self.denotes.get(span, ""))


def _located(place: Entity) -> Entity:
    """A place as the graph tells of it to other articles."""
    known = place.location or Location(None, None, "unknown")
    within = (*sorted({*known.within[:-1]}), *known.within[-1:])
    where = Location(known.lat, known.lon, known.precision, country=known.country, within=within)
    return Entity(place.id, "Place", place.label, location=where)
