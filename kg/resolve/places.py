"""From names of places to places: entities with where they are, and what is near what.

One name means one place in an article, unless its own words say otherwise ("Paris, Texas"). A place that no table
knows stays one, of this article, without a point.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.gazetteer import fold
from kg.records import Entity, Location, Mention, Quotation
from kg.resolve.capitals import make_capitals
from kg.resolve.nearness import make_areas
from kg.resolve.ranking import TOWNS, Toponym, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.gazetteer import Candidate, Gazetteer
    from kg.records import Document, Extraction, Proximity, Schema, TextSpan

    Kinds = Callable[[Document, TextSpan], frozenset[str]]

#: What the point of a place stands for, by the kind of place; everything else is a settlement.
PRECISION = {
    "country": "country",
    "continent": "area",
    "area": "area",
    "natural": "area",
    "region": "region",
    "district": "region",
}
#: Domains of the internet that are not the ISO code of their country; domains that are sold to everybody.
DOMAINS = {"UK": "GB"}
SOLD = frozenset({"ai", "am", "cc", "co", "eu", "fm", "gg", "io", "ly", "me", "nu", "su", "to", "tv", "ws"})


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one article.

    `denotes` pairs every span that names or describes one with its entity's id; `territories` pairs names of states
    with the ids of their lands.
    """

    entities: tuple[Entity, ...] = ()
    denotes: tuple[tuple[TextSpan, str], ...] = ()
    proximities: tuple[Proximity, ...] = ()
    territories: tuple[tuple[TextSpan, str], ...] = ()


def make_places(schema: Schema, gazetteer: Gazetteer) -> Callable[[Document, Extraction], Places]:
    """Prepare for the vocabularies; the result finds the places that an article's mentions with label `Place` mean.

    Names with label `State` take part as context: they say which countries the article is about.
    """
    areas, kinds, capitals = make_areas(schema), make_kinds(schema), make_capitals(schema, gazetteer)

    def places(document: Document, extraction: Extraction) -> Places:
        mentions = extraction.of(Mention)
        named = [each for each in mentions if each.kind == "name" and each.label == "Place"]
        names = toponyms(document, named, gazetteer, kinds)
        lands = territories(document, extraction, gazetteer)
        rank([*names, *lands, *outlet(document, gazetteer)])
        without_strays(names, lands)
        described = [each for each in mentions if each.label == "Place"]
        names += capitals(document, described, home([entity(document, each) for each in names]))
        entities = merged(entity(document, each) for each in (*names, *lands))
        found = Places(entities, denoted(document, names), territories=denoted(document, lands))
        return surrounded(areas(document, extraction, found), named)

    return places


# -------------------------------------------------------------------------------- the names of an article


def toponyms(
    document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer, kinds: Kinds = lambda _, __: frozenset()
) -> list[Toponym]:
    """The names of places in an article, each with all its mentions and its candidates.

    A name that the words give a kind ("Aleppo province") is another one than the same name alone.
    """
    ordered = sorted(mentions, key=lambda each: each.span)
    found: dict[tuple[str, frozenset[str], frozenset[str]], Toponym] = {}
    for mention, following in zip_longest(ordered, ordered[1:]):
        name = place_name(document.words(mention.span))
        stated = containers(document, mention.span, following.span, gazetteer) if following else frozenset()
        kind = kinds(document, mention.span)
        key = (fold(name), stated, kind)
        if key not in found:
            found[key] = Toponym(name, candidates=senses(gazetteer, name), stated=stated, kinds=kind)
        found[key].spans.append(mention.span)
    return one_sense(list(found.values()))


def make_kinds(schema: Schema) -> Kinds:
    """Prepare for the vocabulary; the result reads which kind of place the words beside a name say that it is."""
    concepts = {concept.name for concept in schema.places.concepts if "Kind" in concept.broader}
    features = {each.form: each.frame for each in schema.places.entries if each.concept in concepts}
    forms = "|".join(sorted(map(re.escape, features), key=lambda form: (-len(form), form)))
    ahead = re.compile(rf"\b({forms})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
    behind = re.compile(rf"\s+({forms})\b")

    def kinds(document: Document, span: TextSpan) -> frozenset[str]:
        text = document.text if span.part == "text" else document.title or ""
        found = behind.match(text, span.end) or ahead.search(text, max(0, span.start - 30), span.start)
        feature = features[found[1].lower()] if found else ""
        return TOWNS if feature == "settlement" else frozenset({feature} - {""})

    return kinds


def senses(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    """What a name may mean; a postal code means something only in capitals."""
    return tuple(each for each in gazetteer.candidates(name) if each.sense != "code" or name.isupper())


def one_sense(found: list[Toponym]) -> list[Toponym]:
    """A name without a stated container means what it means where it has one."""
    stated = {fold(each.name): each for each in reversed(found) if each.stated}
    kept = []
    for each in found:
        known = stated.get(fold(each.name))
        if known is not None and not each.stated:
            known.spans += each.spans
        else:
            kept.append(each)
    return kept


def without_strays(names: Iterable[Toponym], lands: Iterable[Toponym]) -> None:
    """Take from names what they only sound like, in countries that the article does not otherwise speak of.

    "The al-Midan quarter" of Aleppo is no town of Serbia. Where no other place is named, sounds are all there is.
    """
    names = list(names)
    known = (each.best() for each in (*names, *lands))
    countries = {each.country for each in known if each is not None and each.sense != "sound"}
    for name in names if countries else ():
        best = name.best()
        if best is not None and best.sense == "sound" and best.country not in countries:
            name.candidates, name.belief = (), ()


def place_name(words: str) -> str:
    """The words of a mention without article and possessive, line ends as blanks."""
    return re.sub(r"^the\s+|[’']s?$", "", " ".join(words.split()).rstrip(",;:"), flags=re.IGNORECASE)


def containers(document: Document, inner: TextSpan, outer: TextSpan, gazetteer: Gazetteer) -> frozenset[str]:
    """Keys of the places that the words right behind a name say it lies in: "Springfield, Ill."."""
    if inner.where != outer.where or not re.fullmatch(r"\s?,\s|\s\(", between(document, inner, outer)):
        return frozenset()
    around = {each.key for each in gazetteer.candidates(place_name(document.words(outer)))}
    inside = gazetteer.candidates(place_name(document.words(inner)))
    return frozenset(key for each in inside for key in each.containers if key in around)


def between(document: Document, left: TextSpan, right: TextSpan) -> str:
    """The characters between two spans of one part."""
    text = document.text if left.part == "text" else document.title or ""
    return text[left.end : right.start]


def territories(document: Document, extraction: Extraction, gazetteer: Gazetteer) -> list[Toponym]:
    """Names of states that may be read as the land too: not where they speak or are accused, and no capitals."""
    parties = {
        span for each in extraction.of(Quotation) for span in (*each.source, each.accused, each.addressee) if span
    }
    found: dict[str, Toponym] = {}
    for mention in extraction.of(Mention):
        if mention.label == "State" and mention.kind == "name" and not any(map(mention.span.overlaps, parties)):
            name = place_name(document.words(mention.span))
            lands = tuple(each for each in gazetteer.candidates(name) if each.feature in {"country", "area"})
            if lands:
                found.setdefault(fold(name), Toponym(name, candidates=lands)).spans.append(mention.span)
    return list(found.values())


def outlet(document: Document, gazetteer: Gazetteer) -> list[Toponym]:
    """Where the publisher is: by its name without the last word (the Baltimore Sun), by the domain of its country."""
    name = " ".join((document.publisher or "").split()[:-1])
    found = Toponym(name, candidates=senses(gazetteer, place_name(name)) if name else ())
    domain = re.search(r"^(?:\w+://)?[^/:?#]*\.([a-z]{2})(?=[/:?#]|$)", (document.url or "").lower())
    code = domain[1].upper() if domain and domain[1] not in SOLD else ""
    country = gazetteer.country(DOMAINS.get(code, code))
    land = Toponym(code, candidates=(country,) if country is not None else ())
    return [each for each in (found, land) if each.candidates]


def denoted(document: Document, names: Iterable[Toponym]) -> tuple[tuple[TextSpan, str], ...]:
    """Every span of the names with the id of the place that it means, in text order."""
    return tuple(sorted((span, entity(document, each).id) for each in names for span in each.spans))


def home(places: Iterable[Entity]) -> str | None:
    """ISO code of the country that most mentions of places are in, the first of equals; None if there is none."""
    counts: Counter[str] = Counter()
    for place in places:
        if place.location and place.location.country:
            counts[place.location.country] += len(place.mentions)
    return counts.most_common(1)[0][0] if counts else None


def surrounded(places: Places, named: Sequence[Mention]) -> Places:
    """Say of a place that no table knows that it lies where its sentence plays: in or at the nearest known place."""
    ids, entities = dict(places.denotes), {each.id: each for each in places.entities}
    for mention in named:
        place = entities[ids[mention.span]]
        if place.location is None or place.location.lat is not None or place.location.within:
            continue
        near = [
            (abs(other.span.start - mention.span.start), entities[ids[other.span]])
            for other in named
            if other.sentence == mention.sentence and _holds(entities[ids[other.span]])
        ]
        if near:
            around = min(near, key=lambda each: each[0])[1]
            assert around.location is not None  # noqa: S101  # narrows the type; `_holds` saw to it
            within = (around.label, *around.location.within)
            containers = (around.id, *around.location.containers)
            location = replace(place.location, within=within, country=around.location.country, containers=containers)
            entities[place.id] = replace(place, location=location)
    return replace(places, entities=tuple(entities.values()))


def _holds(place: Entity) -> bool:
    """Whether a place is known, and small enough to say something of what is named beside it."""
    return place.location is not None and place.location.precision in {"settlement", "region"}


# -------------------------------------------------------------------------------- entities


def entity(document: Document, name: Toponym) -> Entity:
    """The place that a name means."""
    spans = tuple(sorted(name.spans))
    best = name.best()
    if best is None:
        key = f"article/{document.id}/place/{fold(name.name).replace(' ', '-')}"
        return Entity(key, "Place", name.name, (name.name,), spans, location=Location(None, None, "unknown"))
    names = tuple(dict.fromkeys(place_name(document.words(span)) for span in spans))
    return Entity(f"place/{best.key}", "Place", best.label, names, spans, location=located(best, name))


def located(place: Candidate, name: Toponym) -> Location:
    """Where a place of the gazetteer is; `candidates` are the ids of the others that the name may mean."""
    return Location(
        lat=place.lat,
        lon=place.lon,
        precision=PRECISION.get(place.feature, "settlement"),
        geonames=place.geonames,
        country=place.country,
        within=place.within,
        population=place.population or None,
        candidates=tuple(f"place/{each.key}" for each in name.others()),
        containers=tuple(f"place/{key}" for key in place.containers),
    )


def merged(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """One entity for each id, with the names and mentions of all, in the order of their first mentions."""
    found: dict[str, Entity] = {}
    for each in sorted(entities, key=lambda one: one.mentions):
        if known := found.get(each.id):
            names = tuple(dict.fromkeys((*known.names, *each.names)))
            each = replace(known, names=names, mentions=tuple(sorted((*known.mentions, *each.mentions))))  # noqa: PLW2901
        found[each.id] = each
    return tuple(found.values())
