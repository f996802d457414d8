"""What extractors find in one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

from kg.records.text import Bound, MentionKind, Modality, Polarity, QuotationKind, Tense, TextSpan


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
    """What fills one role of an event; `role` is a local name of the ontology (attacker, target, place, …).

    `inherited`: the event's own clause does not say so; it is taken over from words around it (a place of the lead).
    """

    role: str
    span: TextSpan
    inherited: bool = False


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
