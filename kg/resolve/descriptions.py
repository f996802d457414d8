"""From one article's resolution to descriptions: each event by its id, with all that is said of it in one record."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.records import Assertion, Description, Entity, Event, Filler, Timing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from kg.records import Claim, Resolution, Schema, TextSpan

#: Modalities of what has not happened, whatever comes of it.
IRREALIS = frozenset({"planned", "threatened", "hypothetical", "habitual"})
ROLES = ("attacker", "target", "victim", "instrument", "agent")

#: "the attack", "those deadly strikes": a determiner at most one word before a trigger points back, unless the trigger
#: is a verb; "separate", "another" set an event apart from what was told.
POINTS_BACK = re.compile(r"\b(?:the|this|that|these|those|both)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
SETS_APART = re.compile(
    r"\b(?:another|other|separate(?:ly)?|second|third|different)\s+(?:[\w-]+\s+){0,2}$"
    r"|\banother\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozen)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
ANOTHER = re.compile(r"(?:another|a second|a third|a different) ", re.IGNORECASE)
OF_ANOTHER = ("attacker", "target", "place")
PAST = re.compile(r"\w+ed|hit|struck|shot|fought|blew|took|fell|rose|left|led|died|dead", re.IGNORECASE)


def points_back(before: str, trigger: str) -> bool:
    """Whether a trigger refers to something told of already, by the words before it in its sentence."""
    return bool(POINTS_BACK.search(before)) and not PAST.match(trigger) and not SETS_APART.search(before)


def is_fine(place: Entity) -> bool:
    """Whether a place is more than a country: that something happened in Syria says little of where."""
    return place.location is None or place.location.precision != "country"


def lineage(schema: Schema) -> dict[str, tuple[str, ...]]:
    """Event type -> all broader types, the nearest first."""
    broader = {concept.name: concept.broader for concept in schema.events.concepts}

    def ancestors(name: str) -> Iterator[str]:
        for parent in broader.get(name, ()):
            yield parent
            yield from ancestors(parent)

    return {name: tuple(dict.fromkeys(ancestors(name))) for name in broader}


def describe(resolution: Resolution, families: Mapping[str, tuple[str, ...]]) -> tuple[Description, ...]:
    """The events of an article, in the order of their numbers.

    Args:
        resolution: The article, with claims, timings and entities; its incidents are not read.
        families: Event type -> broader types, as `lineage` gives them.
    """
    view = _View(resolution)
    return tuple(_description(view, number, event, families) for number, event in enumerate(view.events, 1))


def _description(view: _View, number: int, event: Event, families: Mapping[str, tuple[str, ...]]) -> Description:
    document = view.resolution.document
    timing = view.timing(event)
    return Description(
        id=view.event_id(number),
        article=document.id,
        type=event.type,
        families=families.get(event.type, ()),
        places=tuple(view.places(event)),
        earliest=timing.earliest if timing else None,
        latest=timing.latest if timing else None,
        precision=timing.precision if timing else "unknown",
        published=document.published,
        outlet=document.id,
        fillers=tuple(view.fillers(event)),
        assertions=tuple(view.assertions[event]),
        polarity=event.polarity,
        realis=event.modality not in IRREALIS and event.tense != "future",
        cause=view.cause(event),
        anaphoric=points_back(view.before(event.trigger), document.words(event.trigger)),
        another=view.is_another(event),
        headline=event.trigger.part == "title" or event.trigger.start < view.first_line,
        sentence=view.sentence(event.trigger),
    )


@dataclass(frozen=True)
class _View:
    """A resolution with the look-ups that descriptions need."""

    resolution: Resolution

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
            claimant=claim.claimant,
            voice=document.publisher or document.id,
            stance=claim.stance,
            certainty=claim.certainty,
            polarity=claim.polarity,
            figures=claim.figures,
            stated=document.published,
            as_of=self._as_of(claim),
        )

    def _as_of(self, claim: Claim) -> dt.date | None:
        """The last day up to which a figure of the claim counts."""
        told = (self.timings.get(figure.as_of) for figure in claim.figures if figure.as_of)
        return max((timing.latest.date() for timing in told if timing and timing.latest), default=None)

    @cached_property
    def first_line(self) -> int:
        """Where the second sentence of the text starts, if the first is a headline, which has no full stop."""
        sentences = [span for span in self.resolution.extraction.sentences if span.part == "text"][:2]
        untold = len(sentences) == 2 and self.resolution.document.words(sentences[0])[-1:].isalnum()
        return sentences[1].start if untold else 0

    def event_id(self, number: int) -> str:
        return f"article/{self.resolution.document.id}/event/{number}"

    def cause(self, event: Event) -> str | None:
        number = self.numbers.get(event.caused_by) if event.caused_by else None
        return self.event_id(number) if number else None

    def timing(self, event: Event) -> Timing | None:
        return self.timings.get(event.time) if event.time else None

    def fillers(self, event: Event) -> Iterator[Filler]:
        """Role fillers that denote something; who claims responsibility is an attacker too."""
        for argument in event.arguments:
            entity = self._entity(argument.span)
            if entity and argument.role in ROLES:
                yield Filler(argument.role, entity.id, entity.label, entity.type)
        for claim in self.assertions[event]:
            claimant = self.entities.get(claim.claimant or "")
            if claimant and claim.stance == "claimsResponsibility" and claim.polarity == "positive":
                yield Filler("attacker", claimant.id, claimant.label, claimant.type)

    def places(self, event: Event) -> Iterator[Entity]:
        """Where it happened; a place that was struck where nothing finer than a country is said."""
        found = [self._entity(each.span) for each in event.arguments if each.role == "place"]
        struck = [self._entity(each.span) for each in event.arguments if each.role == "target"]
        told = [entity for entity in found if entity]
        places = told if any(map(is_fine, told)) else [*told, *(each for each in struck if each)]
        yield from dict.fromkeys(each for each in places if each in told or each.type == "Place")

    def is_another(self, event: Event) -> bool:
        """Whether its words set an event apart from what was told: "a second blast", "another unit shelled …"."""
        struck = [self.resolution.document.words(each.span) for each in event.arguments if each.role in OF_ANOTHER]
        return bool(SETS_APART.search(self.before(event.trigger))) or any(map(ANOTHER.match, struck))

    def sentence(self, trigger: TextSpan) -> int:
        """The number of the sentence of the text that a trigger stands in; -1 in the title."""
        starts = [span.start for span in self.resolution.extraction.sentences if span.part == "text"]
        return bisect_right(starts, trigger.start) - 1 if trigger.part == "text" else -1

    def before(self, trigger: TextSpan) -> str:
        """The words before a trigger in its sentence."""
        sentences = [span for span in self.resolution.extraction.sentences if span.part == trigger.part]
        at = bisect_right(sentences, trigger.start, key=lambda each: each.start) - 1
        start = sentences[at].start if at >= 0 else 0
        source = self.resolution.document.text if trigger.part == "text" else self.resolution.document.title or ""
        return source[start : trigger.start]

    def _entity(self, span: TextSpan) -> Entity | None:
        return self.entities.get(self.denotes.get(span, ""))
