"""What happened, over all articles: descriptions, incidents, how claims stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.records.entities import Entity
from kg.records.findings import Figure
from kg.records.text import Certainty, Polarity, Precision

if TYPE_CHECKING:
    import datetime as dt

#: What the time of an event rests on, the surest first.
DatedBy = Literal["words", "story", "publication"]


@dataclass(frozen=True, slots=True)
class Incident:
    """Events held to be the same; `events` are event ids (`article/ID/event/N`). A decision beside the events."""

    id: str
    type: str
    events: tuple[str, ...]
    places: tuple[str, ...] = ()
    earliest: dt.datetime | None = None
    latest: dt.datetime | None = None
    precision: Precision = "unknown"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role of an event, by entity id and label; `type` is the entity's class."""

    role: str
    id: str
    label: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim by its id (`article/ID/claim/N`), with what a comparison of claims needs.

    `claimant` is None where the article speaks in its own voice; `voice` is then its publisher. `figures` are the
    counts that the claim states; `stated` the day from which the statement is known (the article's), `as_of` the day up
    to which the words say that they count, if they do.
    """

    id: str
    claimant: str | None
    voice: str
    stance: str = "asserts"
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    figures: tuple[Figure, ...] = ()
    stated: dt.date | None = None
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """One event of one article by its id, with what entities, calendar and claims say of it: what incidents rest on.

    `places` are settlements, regions or areas where it happened, as entities with their location. `outlet` stands for
    the article's text: near-duplicates (wire copy) share one. `cause` is the id of the event that brought it about;
    `anaphoric` says that its words point back ("the attack"), `aftermath` that somebody dies of
    it later on ("four of the wounded died"), `another` that they set it apart ("a separate attack"),
    `aside` that the sentence turns to something else ("meanwhile"), `headline` that they stand in the title or a line
    that repeats it. `sentence` is the number of the sentence in the text, datelines and the like not counted, -1 in the
    headline. `dated_by` tells whether its own words give the time, the story that it stands in, or the article's date.
    `scene` is where the story plays, for an event that has no place: shown beside it, no reason to hold two for one.
    """

    id: str
    article: str
    type: str
    families: tuple[str, ...] = ()
    places: tuple[Entity, ...] = ()
    earliest: dt.datetime | None = None
    latest: dt.datetime | None = None
    precision: Precision = "unknown"
    published: dt.date | None = None
    outlet: str = ""
    fillers: tuple[Filler, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    polarity: Polarity = "positive"
    realis: bool = True
    cause: str | None = None
    anaphoric: bool = False
    aftermath: bool = False
    another: bool = False
    aside: bool = False
    headline: bool = False
    sentence: int = 0
    dated_by: DatedBy = "words"
    scene: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """How one claim stands to another: `contradicts`, `corroborates`, `respondsTo`, `supersedes`; `reason` in words."""

    predicate: str
    subject: str
    object: str
    reason: str
