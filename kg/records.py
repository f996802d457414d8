"""The data of kg: frozen dataclasses that every stage takes and returns.

All spans are half-open `[start, end)` in Unicode code points of `Document.text`, or of `Document.title` where
`TextSpan.part` is "title". Collections are tuples, so that every record is hashable and compares by value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    import datetime as dt

Part = Literal["text", "title"]
MentionKind = Literal["name", "nominal", "pronoun"]
QuotationKind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "estimated", "possible", "planned", "threatened", "alleged", "hypothetical"]
Tense = Literal["past", "present", "future"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Temporality = Literal["nonFuture", "future"]
Precision = Literal["minute", "hour", "partOfDay", "day", "week", "month", "season", "year", "unknown"]
Bound = Literal["exactly", "about", "atLeast", "moreThan", "atMost", "lessThan", "between", "vague"]

# -------------------------------------------------------------------------------- what is read


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Characters `[start, end)` of one part of one document; the key that everything else refers to."""

    document: str
    start: int
    end: int
    part: Part = "text"

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def overlaps(self, other: TextSpan) -> bool:
        """Whether the two spans share a character."""
        return self.where == other.where and self.start < other.end and other.start < self.end

    def contains(self, other: TextSpan) -> bool:
        """Whether every character of `other` is one of this span's."""
        return self.where == other.where and self.start <= other.start and other.end <= self.end

    @property
    def where(self) -> tuple[str, Part]:
        """The document and the part that the offsets count in."""
        return self.document, self.part


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `id` is stable: given, or a hash of the content. `text` is never edited after it was read."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: dt.date | None = None
    language: str = "en"

    def words(self, span: TextSpan) -> str:
        """The characters that a span of this document stands for."""
        source = self.text if span.part == "text" else self.title or ""
        return source[span.start : span.end]


# -------------------------------------------------------------------------------- what is extracted


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name, describe or stand for one thing.

    `label` is a class of the ontology (`Person`, `Organization`, `ArmedGroup`, `State`, `Place`, `Weapon`, …) or
    "Time". `known` is the id of an actor that a list of the ontology already names. `function` is the grammatical
    function of the head: subject, object, agent, oblique, possessive, apposition, modifier, other.
    """

    span: TextSpan
    label: str
    head: TextSpan
    kind: MentionKind
    sentence: TextSpan
    number: Literal["singular", "plural", "unknown"] = "unknown"
    gender: Literal["male", "female", "neuter", "unknown"] = "unknown"
    function: str = "other"
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills one role of an event; `role` is a local name of the ontology (attacker, target, place, …)."""

    role: str
    span: TextSpan


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in words, as an interval.

    `low` and `high` are bounds of the count (None: unbounded); `moreThan` and `lessThan` exclude their bound.
    `measure` is a concept of `measure:` (killed, destroyed, size, capacity, …), `unit` the counted noun's lemma
    (vehicle, person, dollar), `population` who is counted (civilians, children, fighters). `as_of` are the words that
    date the count. `cumulative`: a total over more than the event that it stands with.
    """

    span: TextSpan
    measure: str
    unit: str | None
    population: str | None
    low: float | None
    best: float | None
    high: float | None
    bound: Bound
    cumulative: bool = False
    as_of: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What one trigger in one article describes.

    `time` are the words that date it, `caused_by` the trigger of the event that brought this one about (a killing by
    a strike).
    """

    type: str
    trigger: TextSpan
    arguments: tuple[Argument, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    tense: Tense = "past"
    time: TextSpan | None = None
    figures: tuple[Figure, ...] = ()
    caused_by: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Who said what in which words. Content, cue and source are runs of text, since one quotation may be split.

    `stance` is a concept of `stance:` (asserts, denies, accuses, …). `reported_by` is the quotation that this one
    was passed on in (the coalition said …, according to its spokesman). `negated`: the source did not say it.
    """

    content: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...]
    source: tuple[TextSpan, ...]
    kind: QuotationKind
    stance: str = "asserts"
    addressee: TextSpan | None = None
    accused: TextSpan | None = None
    reported_by: Quotation | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two stretches of text, as one rule read it.

    `predicate` is a local name of the ontology (`locatedNear`, `within`) or one of the relations that identity rests
    on: `apposition`, `acronym`, `copula` (subject and object are one), `rank`, `post`, `affiliation` (subject is a
    person; object the rank, the post, the organization). `trigger` holds the words that say so.
    """

    predicate: str
    subject: TextSpan
    object: TextSpan
    trigger: TextSpan | None = None


Record = Mention | Event | Figure | Quotation | Relation
R = TypeVar("R", Mention, Event, Figure, Quotation, Relation)


@dataclass(frozen=True, slots=True)
class Finding:
    """A record with the rule that found it; `confidence` in [0, 1], None where the rule gives no calibrated score."""

    record: Record
    found_by: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A cue or trigger that gave nothing, with the rule that turned it down and its reason in words."""

    span: TextSpan
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a stage left out of a document on purpose, in words for the user."""

    stage: str
    text: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the extractors found in one document, in text order; `notes` name what was skipped.

    `sentences` are all of its sentences, the title's first.
    """

    document: str
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
    sentences: tuple[TextSpan, ...] = ()

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of one kind, in order: their numbers, from 1, are the numbers in IRIs."""
        return tuple(found.record for found in self.findings if isinstance(found.record, kind))


# -------------------------------------------------------------------------------- what is resolved


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place is: WGS84 degrees, or None where no table knows it.

    `within` names what contains it, the smallest first (region, country). `precision` says what the point stands for:
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
class Incident:
    """Events held to be the same; `events` are event ids (`article/ID/event/N`). A decision beside the events."""

    id: str
    type: str
    events: tuple[str, ...]
    places: tuple[str, ...] = ()
    earliest: dt.datetime | None = None
    latest: dt.datetime | None = None
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
    counts that the claim states; `stated` the day from which the statement is known (the article's).
    """

    id: str
    claimant: str | None
    voice: str
    stance: str = "asserts"
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    figures: tuple[Figure, ...] = ()
    stated: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """One event of one article by its id, with what entities, calendar and claims say of it: what incidents rest on.

    `places` are settlements, regions or areas where it happened, as entities with their location. `outlet` stands for
    the article's text: near-duplicates (wire copy) share one. `cause` is the id of the event that brought it about;
    `anaphoric` says that its words point back ("the attack"), `another` that they set it apart ("a separate attack"),
    `headline` that they stand in the title or first line.
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
    another: bool = False
    headline: bool = False


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """How one claim stands to another: `contradicts`, `corroborates`, `respondsTo`, `supersedes`; `reason` in words."""

    predicate: str
    subject: str
    object: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as all articles together know it; `company` are the organizations and posts that it is tied to."""

    id: str
    type: str
    names: tuple[str, ...]
    articles: tuple[str, ...] = ()
    company: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two entities that may be one: `other` would be known as `kept`. `score` in [0, 1] orders proposals, no more."""

    kept: str
    other: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeDecision:
    """A reviewer's word on two entities; it lives beside the data and can be taken back."""

    kept: str
    other: str
    verdict: Literal["same", "different"]
    author: str
    note: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A reviewer's decision on a claim: `reject` it, or `amend` one of its values (`field`: stance, claimant, low, …).

    `claim` is its id when the decision was made; `words` are those that it rests on, by which it is known again after
    its article was read anew.
    """

    claim: str
    action: Literal["reject", "amend"]
    author: str
    note: str
    words: str
    field: str | None = None
    value: str | None = None


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


@dataclass(frozen=True, slots=True)
class Run:
    """The versions that a reading depends on: kg's own, the ontology's, the language model's."""

    code: str
    ontology: str
    model: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A document, or a part of an input, that a stage could not read: data, not a line in a log."""

    document: str
    stage: str
    error: str


# -------------------------------------------------------------------------------- what the ontology says


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of words with the concept it stands for.

    `form` is lower-case lemmas joined by one blank, unless the vocabulary says that it is exact; `pos` is a universal
    part of speech (VERB, NOUN, ADJ, ADV, ADP, DET, X for any).
    """

    form: str
    pos: str
    concept: str
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the ontology: local name, label, definition, example sentences, broader terms' local names."""

    name: str
    label: str
    definition: str
    examples: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor that the ontology lists: exact spellings as `aliases`, demonyms and metonyms apart.

    `ambiguous` are names that count only where the recognizer finds just these words to be a name.
    """

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    country: str | None = None
    parent: str | None = None
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place that the ontology lists: one that the gazetteer lacks, or further names for one that it has.

    `id` is the path of its IRI under the data namespace (`region/middle-east`). With a `code` ("GB", "US.AL") the
    names are for that place of the gazetteer, and the rest is there. `feature` is one of the gazetteer's.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    feature: str = "area"
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    geonames: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The concepts of one scheme and the words that evoke them."""

    concepts: tuple[Concept, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The ontology as a value: one vocabulary for each file of `ontology/`, the actors, the version."""

    version: str
    classes: Vocabulary = field(default_factory=Vocabulary)
    stances: Vocabulary = field(default_factory=Vocabulary)
    events: Vocabulary = field(default_factory=Vocabulary)
    roles: Vocabulary = field(default_factory=Vocabulary)
    modalities: Vocabulary = field(default_factory=Vocabulary)
    measures: Vocabulary = field(default_factory=Vocabulary)
    hedges: Vocabulary = field(default_factory=Vocabulary)
    times: Vocabulary = field(default_factory=Vocabulary)
    posts: Vocabulary = field(default_factory=Vocabulary)
    things: Vocabulary = field(default_factory=Vocabulary)
    places: Vocabulary = field(default_factory=Vocabulary)
    actors: tuple[ActorEntry, ...] = ()
    regions: tuple[PlaceEntry, ...] = ()
