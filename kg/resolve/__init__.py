"""From words to the world: who, where, when, who states it, and what belongs together, for one article.

Stages in their order: places, since they say what the article is about; actors and things; times; claims; and the
links that rest on all of them. None of them knows the parser or the graph.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.records import Event, Mention, Relation, Resolution
from kg.resolve.calendar import timings
from kg.resolve.claims import claims
from kg.resolve.descriptions import describe, lineage
from kg.resolve.identities import identify
from kg.resolve.incidents import group
from kg.resolve.links import make_links
from kg.resolve.places import Places, home, make_places
from kg.resolve.vocabulary import make_words
from kg.vocab.publishers import listed_publishers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.gazetteer import Gazetteer
    from kg.records import Document, Entity, Extraction, Schema, TextSpan

__all__ = ["make_grouping", "make_resolver"]


def make_resolver(schema: Schema, gazetteer: Gazetteer | None = None) -> Callable[[Document, Extraction], Resolution]:
    """Prepare the stages for the vocabularies; the result reads one article.

    Args:
        schema: The vocabularies.
        gazetteer: Where places are; without one, names of places denote nothing.
    """
    words, links = make_words(schema), make_links(schema)
    find_places = make_places(schema, gazetteer) if gazetteer is not None else None

    def resolve(document: Document, extraction: Extraction) -> Resolution:
        places = find_places(document, extraction) if find_places else Places()
        located = dict(places.denotes)
        identities = identify(document, extraction, words, located, home(places.entities))
        named = _named(extraction, identities.denotes, located)
        denotes = {**identities.denotes, **located, **named, **_offset(extraction, located)}
        resolution = Resolution(
            document=document,
            extraction=extraction,
            entities=joined((*places.entities, *identities.entities), (*denotes.items(), *places.territories)),
            denotes=tuple(sorted(denotes.items())),
            memberships=identities.memberships,
            timings=timings(document, extraction, schema.times),
            proximities=places.proximities,
            territories=places.territories,
            claims=claims(document, extraction, denotes),
        )
        return replace(resolution, links=links(resolution))

    return resolve


def make_grouping(schema: Schema) -> Callable[[Resolution], Resolution]:
    """Prepare what adds the incidents that an article tells of by itself; in a store all articles decide on them."""
    families, publishers = lineage(schema), listed_publishers(schema)
    return lambda resolution: replace(resolution, incidents=group(describe(resolution, families, publishers)))


def _named(
    extraction: Extraction, denotes: Mapping[TextSpan, str], located: Mapping[TextSpan, str]
) -> dict[TextSpan, str]:
    """Descriptions of a place that has a name: "Daquq, a town south of Kirkuk" is no area of its own.

    What holds the name itself is none: "20 km north of Kirkuk" is not Kirkuk.
    """
    names = {each.span for each in extraction.of(Mention) if each.kind == "name"}
    known = {span: place for span, place in located.items() if span in names}
    return {
        span: place
        for span, place in denotes.items()
        if place in known.values()
        and span not in names
        and not (span in located and any(span.contains(name) and of == place for name, of in known.items()))
    }


def _offset(extraction: Extraction, located: Mapping[TextSpan, str]) -> dict[TextSpan, str]:
    """Where events are, by a part of a description: the "5 km south of Kirkuk" of "a village 5 km south of Kirkuk"."""
    near = [each for each in extraction.of(Relation) if each.predicate == "locatedNear" and each.subject in located]
    spans = {each.span for event in extraction.of(Event) for each in event.arguments if each.role == "place"}
    return {
        span: located[each.subject]
        for span in spans - located.keys()
        for each in near
        if each.trigger is not None and span.contains(each.object) and span.end == each.object.end
        if span.start < each.trigger.end
    }


def joined(entities: tuple[Entity, ...], denotes: Iterable[tuple[TextSpan, str]]) -> tuple[Entity, ...]:
    """Every entity that some span denotes, once, with all the spans that do, in the order of their first mention."""
    spans: dict[str, list[TextSpan]] = {}
    for span, entity in sorted(denotes):
        spans.setdefault(entity, []).append(span)
    known = {entity.id: entity for entity in reversed(entities)}
    return tuple(replace(known[each], mentions=tuple(found)) for each, found in spans.items() if each in known)
