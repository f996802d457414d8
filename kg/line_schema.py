"""The JSON Schema of a `kg extract` line: its closed lists are the ontology's, its structure is written here.

`extract.schema.json` in this package is what `json_schema` gives for the shipped ontology; a test keeps the two equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from kg.records import Bound, Certainty, MentionKind, Modality, Polarity, Precision, QuotationKind, Temporality, Tense

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Schema, Vocabulary

Json = dict[str, Any]

ROLES = ("attacker", "target", "victim", "instrument", "place", "origin", "agent")
PREDICATES = ("said", "spokespersonSaid", "strikeOn", "locatedNear")

OFFSET: Json = {"type": "integer", "minimum": 0}
SPAN: Json = {"type": "array", "items": OFFSET, "minItems": 2, "maxItems": 2}
SPANS: Json = {"type": "array", "items": SPAN}
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": ["number", "null"]}
INDEX: Json = {"type": ["integer", "null"], "minimum": 0}
INDICES: Json = {"type": "array", "items": OFFSET}
WORDS: Json = {"type": "array", "items": TEXT}
MAYBE: Json = {"type": ["string", "null"]}
MOMENT: Json = {"type": ["string", "null"], "format": "date-time"}


def json_schema(schema: Schema) -> Json:
    """The JSON Schema (draft 2020-12) of one line, closed lists filled from the ontology."""
    part = _part(schema)
    notes = _list(_object({"stage": TEXT, "text": TEXT}))
    line = _object({"id": TEXT, **part, "title": _object(part), "notes": notes})
    optional = {"title", "notes"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/newskg/extract.schema.json",
        "title": "One line of kg extract",
        **line,
        "required": [key for key in line["required"] if key not in optional],
    }


def _part(schema: Schema) -> Json:
    return {
        "quotations": _list(_quotation(schema)),
        "events": _list(_event(schema)),
        "figures": _list(_figure(schema)),
        "places": _list(_place()),
        "mentions": _list(_mention(schema)),
        "entities": _list(_entity(schema)),
        "memberships": _list(_membership()),
        "relations": _list(_relation()),
        "claims": _list(_claim(schema)),
    }


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _one_of(values: Iterable[str]) -> Json:
    return {"enum": list(values)}


def _names(vocabulary: Vocabulary) -> Json:
    return _one_of(sorted({concept.name for concept in vocabulary.concepts}))


def _classes(schema: Schema) -> Json:
    """Names of classes start with a capital; those of properties do not."""
    return _one_of(sorted({each.name for each in schema.classes.concepts if each.name[:1].isupper()}))


def _quotation(schema: Schema) -> Json:
    return _object(
        {
            "content": SPANS,
            "cue": SPANS,
            "source": SPANS,
            "kind": _one_of(get_args(QuotationKind)),
            "stance": _names(schema.stances),
            "negated": {"type": "boolean"},
            "speaker": MAYBE,
            "addressee": MAYBE,
            "accused": MAYBE,
            "reported_by": INDEX,
            "found_by": TEXT,
            "confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        }
    )


def _event(schema: Schema) -> Json:
    argument = {
        "role": _one_of(ROLES),
        "start": OFFSET,
        "end": OFFSET,
        "entity": MAYBE,
        "inherited": {"type": "boolean"},
    }
    time = {
        "start": OFFSET,
        "end": OFFSET,
        "earliest": MOMENT,
        "latest": MOMENT,
        "precision": _one_of(get_args(Precision)),
    }
    return _object(
        {
            "type": _names(schema.events),
            "trigger": SPAN,
            "arguments": _list(_object(argument)),
            "polarity": _one_of(get_args(Polarity)),
            "modality": _one_of(get_args(Modality)),
            "tense": _one_of(get_args(Tense)),
            "time": {"oneOf": [_object(time), {"type": "null"}]},
            "figures": INDICES,
            "caused_by": {"oneOf": [SPAN, {"type": "null"}]},
            "incident": MAYBE,
            "found_by": TEXT,
        }
    )


def _figure(schema: Schema) -> Json:
    return _object(
        {
            "start": OFFSET,
            "end": OFFSET,
            "measure": _names(schema.measures),
            "unit": MAYBE,
            "population": MAYBE,
            "low": NUMBER,
            "best": NUMBER,
            "high": NUMBER,
            "bound": _one_of(get_args(Bound)),
            "cumulative": {"type": "boolean"},
            "as_of": {"oneOf": [SPAN, {"type": "null"}]},
        }
    )


def _place() -> Json:
    return _object(
        {
            "start": OFFSET,
            "end": OFFSET,
            "name": TEXT,
            "lat": {"type": ["number", "null"], "minimum": -90, "maximum": 90},
            "lon": {"type": ["number", "null"], "minimum": -180, "maximum": 180},
            "geonames": MAYBE,
            "within": WORDS,
            "precision": TEXT,
            "entity": TEXT,
        }
    )


def _mention(schema: Schema) -> Json:
    return _object(
        {
            "start": OFFSET,
            "end": OFFSET,
            "label": _classes(schema),
            "kind": _one_of(get_args(MentionKind)),
            "entity": MAYBE,
        }
    )


def _entity(schema: Schema) -> Json:
    return _object({"id": TEXT, "type": _classes(schema), "label": TEXT, "names": WORDS, "same_as": WORDS})


def _membership() -> Json:
    return _object(
        {"person": TEXT, "organization": MAYBE, "role": MAYBE, "rank": MAYBE, "start": OFFSET, "end": OFFSET}
    )


def _relation() -> Json:
    return _object(
        {
            "predicate": _one_of(PREDICATES),
            "subject": TEXT,
            "object": TEXT,
            "distance_km": NUMBER,
            "bearing": MAYBE,
            "text": TEXT,
        }
    )


def _claim(schema: Schema) -> Json:
    return _object(
        {
            "claimant": MAYBE,
            "stance": _names(schema.stances),
            "certainty": _one_of(get_args(Certainty)),
            "polarity": _one_of(get_args(Polarity)),
            "temporality": _one_of(get_args(Temporality)),
            "quotation": INDEX,
            "event": INDEX,
            "figures": INDICES,
            "evidence": SPAN,
        }
    )
