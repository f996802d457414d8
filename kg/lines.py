"""The form of `kg extract`: one article's resolution as one JSON object, described by `extract.schema.json`.

Offsets count from the start of the text; what was read in a title that was given apart stands under "title", with
offsets of its own. An index points into the list of the same part.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.records import Claim, Entity, Event, Figure, Mention, Quotation, TextSpan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from kg.records import Finding, Link, Part, Proximity, R, Resolution, Timing

Json = dict[str, Any]


def line(resolution: Resolution) -> Json:
    """The JSON object of one article, with the keys of DESIGN section 6."""
    found = {"id": resolution.document.id, **_part(resolution, "text")}
    if resolution.document.title:
        found["title"] = _part(resolution, "title")
    if resolution.extraction.notes:
        found["notes"] = [{"stage": note.stage, "text": note.text} for note in resolution.extraction.notes]
    return found


def dumps(resolution: Resolution) -> str:
    """The JSON object as one line, without a line end."""
    return json.dumps(line(resolution), ensure_ascii=False, separators=(",", ":"))


def _part(resolution: Resolution, part: Part) -> Json:
    view = _View(resolution, part)
    return {
        "quotations": [_quotation(view, found) for found in view.findings(Quotation)],
        "events": [_event(view, found) for found in view.findings(Event)],
        "figures": [_figure(figure) for figure in view.figures],
        "places": [_place(mention.span, entity) for mention, entity in view.placed],
        "mentions": [_mention(view, mention) for mention in view.mentions],
        "entities": [_entity(entity) for entity in view.entities],
        "memberships": [_membership(each) for each in resolution.memberships if each.evidence.part == part],
        "relations": [_relation(view, each) for each in resolution.links if each.evidence.part == part],
        "claims": [_claim(view, claim) for claim in resolution.claims if claim.evidence.part == part],
    }


@dataclass(frozen=True)
class _View:
    """One part of a resolution, with the look-ups that its JSON needs."""

    resolution: Resolution
    part: Part

    def findings(self, kind: type[R]) -> list[Finding]:
        found = self.resolution.extraction.findings
        return [each for each in found if isinstance(each.record, kind) and _where(each.record) == self.part]

    def records(self, kind: type[R]) -> list[R]:
        return [record for record in self.resolution.extraction.of(kind) if _where(record) == self.part]

    @cached_property
    def denotes(self) -> Mapping[TextSpan, str]:
        return dict(self.resolution.denotes)

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.resolution.entities}

    @cached_property
    def mentions(self) -> list[Mention]:
        return [mention for mention in self.records(Mention) if mention.label != "Time"]

    @cached_property
    def figures(self) -> list[Figure]:
        return self.records(Figure)

    @cached_property
    def index(self) -> Mapping[Event | Figure | Quotation, int]:
        """The place of a record in its own list."""
        numbered: list[tuple[Event | Figure | Quotation, int]] = [
            *((record, n) for n, record in enumerate(self.records(Quotation))),
            *((record, n) for n, record in enumerate(self.records(Event))),
            *((record, n) for n, record in enumerate(self.figures)),
        ]
        return dict(reversed(numbered))

    @cached_property
    def timings(self) -> Mapping[TextSpan, Timing]:
        return {timing.span: timing for timing in self.resolution.timings}

    @cached_property
    def nearness(self) -> Mapping[tuple[str, str, TextSpan], Proximity]:
        return {(each.subject, each.anchor, each.evidence): each for each in self.resolution.proximities}

    @cached_property
    def incidents(self) -> Mapping[Event, str]:
        """The incident of each event, by the event's number over both parts."""
        events = self.resolution.extraction.of(Event)
        numbers = {f"article/{self.resolution.document.id}/event/{n}": event for n, event in enumerate(events, 1)}
        held = [(numbers[name], each.id) for each in self.resolution.incidents for name in each.events]
        return dict(held)

    @cached_property
    def entities(self) -> list[Entity]:
        """Those that this part refers to."""
        named = {name for span, name in self.resolution.denotes if span.part == self.part}
        return [entity for entity in self.resolution.entities if entity.id in named]

    @cached_property
    def placed(self) -> list[tuple[Mention, Entity]]:
        """Names of places and of the lands of states, and descriptions that locate: no "the city", no "where"."""
        lands = {**self.denotes, **dict(self.resolution.territories)}
        found = [(mention, self.by_id.get(lands.get(mention.span, ""))) for mention in self.mentions]
        return [(mention, entity) for mention, entity in found if entity and _is_named(mention, entity)]

    def entity(self, span: TextSpan | None) -> str | None:
        return self.denotes.get(span) if span else None

    def indices(self, records: Iterable[Event | Figure | Quotation]) -> list[int]:
        return [self.index[record] for record in records if record in self.index]


def _is_named(mention: Mention, entity: Entity) -> bool:
    location = entity.location
    described = entity.id.startswith("article/") and location is not None and location.lat is not None
    return location is not None and (mention.kind == "name" or described)


def _where(record: object) -> str:
    """The part that a record stands in."""
    match record:
        case Event():
            return record.trigger.part
        case Quotation():
            return (record.content or record.cue or record.source)[0].part
        case Mention() | Figure():
            return record.span.part
    raise TypeError(f"no place is known for {type(record).__name__}")


def _pair(span: TextSpan) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Iterable[TextSpan]) -> list[list[int]]:
    return [_pair(span) for span in spans]


def _offsets(span: TextSpan) -> Json:
    return {"start": span.start, "end": span.end}


def _quotation(view: _View, finding: Finding) -> Json:
    found = finding.record
    assert isinstance(found, Quotation)  # noqa: S101  # narrows the type; _View.findings chose by it
    return {
        "content": _pairs(found.content),
        "cue": _pairs(found.cue),
        "source": _pairs(found.source),
        "kind": found.kind,
        "stance": found.stance,
        "negated": found.negated,
        "speaker": next((view.denotes[span] for span in found.source if span in view.denotes), None),
        "addressee": view.entity(found.addressee),
        "accused": view.entity(found.accused),
        "reported_by": view.index.get(found.reported_by) if found.reported_by else None,
        "found_by": finding.found_by,
        "confidence": finding.confidence,
    }


def _event(view: _View, finding: Finding) -> Json:
    event = finding.record
    assert isinstance(event, Event)  # noqa: S101  # narrows the type; _View.findings chose by it
    return {
        "type": event.type,
        "trigger": _pair(event.trigger),
        "arguments": [
            {
                "role": each.role,
                **_offsets(each.span),
                "entity": view.entity(each.span),
                "inherited": each.inherited,
            }
            for each in event.arguments
        ],
        "polarity": event.polarity,
        "modality": event.modality,
        "tense": event.tense,
        "time": _time(view, event.time) if event.time else None,
        "figures": view.indices(event.figures),
        "caused_by": _pair(event.caused_by) if event.caused_by else None,
        "incident": view.incidents.get(event),
        "found_by": finding.found_by,
    }


def _time(view: _View, span: TextSpan) -> Json:
    timing = view.timings.get(span)
    return {
        **_offsets(span),
        "earliest": _moment(timing.earliest) if timing else None,
        "latest": _moment(timing.latest) if timing else None,
        "precision": timing.precision if timing else "unknown",
    }


def _moment(moment: dt.datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None


def _figure(figure: Figure) -> Json:
    return {
        **_offsets(figure.span),
        "measure": figure.measure,
        "unit": figure.unit,
        "population": figure.population,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
        "bound": figure.bound,
        "cumulative": figure.cumulative,
        "as_of": _pair(figure.as_of) if figure.as_of else None,
    }


def _place(span: TextSpan, entity: Entity) -> Json:
    location = entity.location
    return {
        **_offsets(span),
        "name": entity.label,
        "lat": location.lat if location else None,
        "lon": location.lon if location else None,
        "geonames": location.geonames if location else None,
        "within": list(location.within) if location else [],
        "precision": location.precision if location else "unknown",
        "entity": entity.id,
    }


def _mention(view: _View, mention: Mention) -> Json:
    return {
        **_offsets(mention.span),
        "label": mention.label,
        "kind": mention.kind,
        "entity": view.entity(mention.span),
    }


def _entity(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "type": entity.type,
        "label": entity.label,
        "names": list(entity.names),
        "same_as": list(entity.same_as),
    }


def _membership(membership: Any) -> Json:
    return {
        "person": membership.person,
        "organization": membership.organization,
        "role": membership.role,
        "rank": membership.rank,
        **_offsets(membership.evidence),
    }


def _relation(view: _View, link: Link) -> Json:
    near = view.nearness.get((link.subject, link.object, link.evidence))
    return {
        "predicate": link.predicate,
        "subject": link.subject,
        "object": link.object,
        "distance_km": near.distance_km if near else None,
        "bearing": near.bearing if near else None,
        "text": view.resolution.document.words(link.evidence),
    }


def _claim(view: _View, claim: Claim) -> Json:
    return {
        "claimant": claim.claimant,
        "stance": claim.stance,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "temporality": claim.temporality,
        "quotation": view.index.get(claim.quotation) if claim.quotation else None,
        "event": view.index.get(claim.about) if claim.about else None,
        "figures": view.indices(claim.figures),
        "evidence": _pair(claim.evidence),
    }
