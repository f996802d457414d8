"""What words of nearness mean: kilometres, a bearing, and the area or point that they describe.

"20 km north of Velmara" is a point; "north of Velmara" an area whose middle is a guess, said to be one by its
precision. The figures are frames in `places.ttl`, where a user can change them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.gazetteer import fold
from kg.records import Entity, Location, Mention, Proximity, Relation
from kg.resolve.geodesy import COMPASS, displaced, midpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.records import Document, Entry, Extraction, Schema, TextSpan
    from kg.resolve.places import Places

#: How far "north of" a place reaches where no distance is given, in kilometres: the next town, usually.
REACH_KM = 15.0


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of a trigger mean; `reach_km` is how far they reach where they give no distance."""

    distance_km: float | None
    bearing: str | None
    reach_km: float


def make_reader(schema: Schema) -> Callable[[str], Meaning]:
    """Prepare for the vocabulary; the result reads the words of a trigger: "about 20 km (12 miles) north of"."""
    entries = _by_group(schema)
    bearings = {each.form: each.concept for each in entries["Bearing"]}
    units = {each.form: float(each.frame) for each in entries["Unit"]}
    numbers = {each.form: float(each.frame) for each in entries["Number"]}
    reaches = {each.form: float(each.frame) for each in (*entries["Nearness"], *entries["Part"])}
    count = rf"(\d[\d,.]*|{_any(numbers)})"
    measured = re.compile(rf"\b{count}(?:\s*[-–]?\s*(?:a\s+)?)({_any(units)})s?\b")
    towards, reaching = re.compile(rf"\b({_any(bearings)})\b"), re.compile(rf"\b({_any(reaches)})s?\b")

    def read(words: str) -> Meaning:
        plain = " ".join(words.lower().split())
        length, way, reach = measured.search(plain), towards.search(plain), reaching.search(plain)
        kilometres = _number(length[1], numbers) * units[length[2]] if length else None
        return Meaning(
            distance_km=round(kilometres, 3) if kilometres is not None else None,
            bearing=bearings[way[1]] if way else None,
            reach_km=reaches[reach[1]] if reach else REACH_KM,
        )

    return read


def _by_group(schema: Schema) -> dict[str, list[Entry]]:
    broader = {concept.name: concept.broader for concept in schema.places.concepts}
    groups: dict[str, list[Entry]] = {name: [] for name in ("Bearing", "Unit", "Number", "Nearness", "Part")}
    for entry in schema.places.entries:
        for group in broader[entry.concept]:
            if group in groups:
                groups[group].append(entry)
    return groups


def _any(forms: dict[str, float] | dict[str, str]) -> str:
    return "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))


def _number(text: str, numbers: dict[str, float]) -> float:
    return numbers[text] if text in numbers else float(text.replace(",", "").rstrip("."))


# -------------------------------------------------------------------------------- areas


def make_areas(schema: Schema) -> Callable[[Document, Extraction, Places], Places]:
    """Prepare for the vocabulary; the result adds to an article's places what its words locate by them."""
    read = make_reader(schema)

    def areas(document: Document, extraction: Extraction, places: Places) -> Places:
        survey = Survey(document, places, read)
        for relation in extraction.of(Relation):
            survey.add(relation)
        survey.ids.update(survey.nominals(extraction.of(Mention)))
        denotes = tuple(sorted(survey.ids.items()))
        proximities = tuple(survey.proximities)
        return replace(places, entities=tuple(survey.entities.values()), denotes=denotes, proximities=proximities)

    return areas


class Survey:
    """The places of one article, while its words of nearness are read."""

    def __init__(self, document: Document, places: Places, read: Callable[[str], Meaning]) -> None:
        self.document, self.read = document, read
        self.ids = dict(places.denotes)
        self.entities = {each.id: each for each in places.entities}
        self.proximities: list[Proximity] = []

    def add(self, relation: Relation) -> None:
        """Take in what one relation says; nothing, where its anchor is no place."""
        anchor = self.entities.get(self.ids.get(relation.object, ""))
        if relation.trigger is None or anchor is None:
            return
        if relation.predicate == "within":
            self.contain(self.entities.get(self.ids.get(relation.subject, "")), anchor)
        elif relation.predicate == "locatedNear":
            meaning = self.read(self.document.words(relation.trigger))
            here = self.locate(relation.subject, area(anchor, meaning))
            evidence = hull(relation.subject, relation.trigger, relation.object)
            self.proximities.append(Proximity(here, anchor.id, evidence, meaning.distance_km, meaning.bearing))

    def contain(self, inner: Entity | None, outer: Entity) -> None:
        """Put a place that no table knows where the words put it; what the table says of a known place stands."""
        if inner is None or inner.location is None or inner.location.lat is not None or outer.location is None:
            return
        within = inner.location.within or tuple(dict.fromkeys((outer.label, *outer.location.within)))
        containers = inner.location.containers or (outer.id, *outer.location.containers)
        location = replace(inner.location, within=within, country=outer.location.country, containers=containers)
        self.entities[inner.id] = replace(inner, location=location)

    def locate(self, subject: TextSpan, where: Location) -> str:
        """The id of what the words locate: a place with a name, else the area that they describe.

        Where a place of the gazetteer is, no article changes: others speak of it too.
        """
        if (key := self.ids.get(subject)) is None:
            return self.describe(subject, where)
        known = self.entities[key]
        if known.location is None or known.location.lat is None:
            self.entities[key] = replace(known, location=where)
        elif key.startswith("article/") and subject in known.mentions and known.location.precision == "area":
            # the second of "between A and B"
            self.entities[key] = replace(known, location=halfway(known.location, where))
        return key

    def describe(self, subject: TextSpan, where: Location) -> str:
        """The area that words describe; the same words mean the same area in one article."""
        words = " ".join(self.document.words(subject).split())
        key = f"article/{self.document.id}/place/{fold(words).replace(' ', '-')}"
        known = self.entities.get(key) or Entity(key, "Place", words, (words,), location=where)
        self.entities[key] = replace(known, mentions=tuple(sorted({*known.mentions, subject})))
        self.ids[subject] = key
        return key

    def nominals(self, mentions: tuple[Mention, ...]) -> Iterator[tuple[TextSpan, str]]:
        """Nouns for places inside a description mean what it describes: "a southern suburb of Orlitsa"."""
        described = [(span, key) for span, key in self.ids.items() if key.startswith("article/")]
        for mention in mentions:
            if mention.kind == "nominal" and mention.label == "Place" and mention.span not in self.ids:
                keys = [key for span, key in described if span.contains(mention.head)]
                yield from ((mention.span, key) for key in keys[:1])


def hull(*spans: TextSpan) -> TextSpan:
    """From the first of several spans of one text to the last."""
    return replace(spans[0], start=min(each.start for each in spans), end=max(each.end for each in spans))


def area(anchor: Entity, meaning: Meaning) -> Location:
    """Where the words point, seen from the anchor; a distance with a bearing gives a point, all else an area."""
    there = anchor.location or Location(None, None, "unknown")
    within = tuple(dict.fromkeys((*((anchor.label,) if meaning.distance_km is None else ()), *there.within)))
    exact = meaning.distance_km is not None and meaning.bearing is not None and there.precision != "area"
    location = Location(None, None, "point" if exact else "area", country=there.country, within=within)
    containers = (*((anchor.id,) if meaning.distance_km is None else ()), *there.containers)
    location = replace(location, containers=containers)
    if there.lat is None or there.lon is None or there.precision in {"country", "region"}:
        return replace(location, lat=there.lat, lon=there.lon)
    if meaning.bearing is None:
        return replace(location, lat=there.lat, lon=there.lon)
    way = COMPASS.index(meaning.bearing) * 45.0
    length = meaning.distance_km if meaning.distance_km is not None else meaning.reach_km
    lat, lon = displaced((there.lat, there.lon), way, length)
    return replace(location, lat=round(lat, 4), lon=round(lon, 4))


def halfway(one: Location, other: Location) -> Location:
    """The area between two places."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one
    lat, lon = midpoint((one.lat, one.lon), (other.lat, other.lon))
    shared = tuple(name for name in one.within if name in other.within)
    around = tuple(each for each in one.containers if each in other.containers)
    return replace(one, lat=round(lat, 4), lon=round(lon, 4), within=shared, containers=around)
