"""What it refers to in the world: entities, places, times, claims; one article, read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.records.entities import Entity, Membership
from kg.records.findings import Event, Extraction, Figure, Quotation
from kg.records.happenings import Incident
from kg.records.text import Certainty, Document, Polarity, Precision, Temporality, TextSpan

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Timing:
    """What a time expression means: UTC bounds `[earliest, latest]`, both None where the document has no date."""

    span: TextSpan
    earliest: dt.datetime | None
    latest: dt.datetime | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Proximity:
    """Nearness as the words have it: `subject` lies `distance_km` from `anchor` towards `bearing` (N, NE, …).

    `subject` is an entity id; where the words locate an event and name no place of its own ("spotted east of
    Ramadi") it is the entity of the area that the words describe.
    """

    subject: str
    anchor: str
    evidence: TextSpan
    distance_km: float | None = None
    bearing: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with who makes it. `claimant` is an entity id; None is the article's own voice, its publisher."""

    claimant: str | None
    stance: str
    certainty: Certainty
    polarity: Polarity
    temporality: Temporality
    evidence: TextSpan
    about: Event | None = None
    figures: tuple[Figure, ...] = ()
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An edge that one article supports: `said`, `spokespersonSaid`, `strikeOn`, `locatedNear`.

    `subject` is an entity id; `object` an entity id or, for what was said, a quotation's (`article/ID/quotation/N`).
    """

    predicate: str
    subject: str
    object: str
    evidence: TextSpan


@dataclass(frozen=True, slots=True)
class Resolution:
    """One article, read: what was extracted and what it refers to.

    `denotes` gives the entity id of every span that refers to one: mentions, sources, addressees and arguments.
    `territories` gives the id of the place for names of states that may also be read as the land: "Canada had 5 cases",
    but not "Canada denies", nor "Ottawa".
    """

    document: Document
    extraction: Extraction
    entities: tuple[Entity, ...] = ()
    denotes: tuple[tuple[TextSpan, str], ...] = ()
    memberships: tuple[Membership, ...] = ()
    timings: tuple[Timing, ...] = ()
    proximities: tuple[Proximity, ...] = ()
    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    links: tuple[Link, ...] = ()
    territories: tuple[tuple[TextSpan, str], ...] = ()
