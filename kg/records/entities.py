"""What there is in the world: actors, things, places, memberships."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records.text import TextSpan


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is: WGS84 degrees, or None where no table knows it.

    `within` names what contains it, the smallest first (region, country); `containers` are the ids of these places, as
    far as a table knows them. `precision` says what the point stands for:
    point, settlement, region, country, area (a suburb, "east of"), unknown. `geonames` is the bare id.
    """

    lat: float | None
    lon: float | None
    precision: str
    geonames: str | None = None
    country: str | None = None
    within: tuple[str, ...] = ()
    population: int | None = None
    candidates: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """Something in the world. `names[0]` is the best name; `mentions` are spans of one article.

    `id` is the path of its IRI under the data namespace, without the namespace: `actor/islamic-state`, `place/99131`,
    `article/ID/actor/3` for what has no name to be known by elsewhere.
    """

    id: str
    type: str
    label: str
    names: tuple[str, ...] = ()
    mentions: tuple[TextSpan, ...] = ()
    same_as: tuple[str, ...] = ()
    location: Location | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in an organization, with post and rank as the text has them; ids are entity ids."""

    person: str
    organization: str | None
    role: str | None
    rank: str | None
    evidence: TextSpan
