"""The data of kg: frozen dataclasses that every stage takes and returns.

All spans are half-open `[start, end)` in Unicode code points of `Document.text`, or of `Document.title` where
`TextSpan.part` is "title". Collections are tuples, so that every record is hashable and compares by value.
"""

from kg.records.curation import Correction, Known, MergeDecision, MergeProposal
from kg.records.entities import Entity, Location, Membership
from kg.records.findings import (
    Argument,
    Event,
    Extraction,
    Figure,
    Finding,
    Mention,
    Note,
    Quotation,
    R,
    Record,
    Rejection,
    Relation,
)
from kg.records.happenings import Assertion, ClaimLink, DatedBy, Description, Filler, Incident
from kg.records.resolution import Claim, Link, Proximity, Resolution, Timing
from kg.records.text import (
    Bound,
    Certainty,
    Document,
    Failure,
    MentionKind,
    Modality,
    Part,
    Polarity,
    Precision,
    QuotationKind,
    Run,
    Temporality,
    Tense,
    TextSpan,
)
from kg.records.vocabulary import ActorEntry, Concept, Entry, PlaceEntry, Schema, Vocabulary

__all__ = [
    "ActorEntry",
    "Argument",
    "Assertion",
    "Bound",
    "Certainty",
    "Claim",
    "ClaimLink",
    "Concept",
    "Correction",
    "DatedBy",
    "Description",
    "Document",
    "Entity",
    "Entry",
    "Event",
    "Extraction",
    "Failure",
    "Figure",
    "Filler",
    "Finding",
    "Incident",
    "Known",
    "Link",
    "Location",
    "Membership",
    "Mention",
    "MentionKind",
    "MergeDecision",
    "MergeProposal",
    "Modality",
    "Note",
    "Part",
    "PlaceEntry",
    "Polarity",
    "Precision",
    "Proximity",
    "Quotation",
    "QuotationKind",
    "R",
    "Record",
    "Rejection",
    "Relation",
    "Resolution",
    "Run",
    "Schema",
    "Temporality",
    "Tense",
    "TextSpan",
    "Timing",
    "Vocabulary",
]
