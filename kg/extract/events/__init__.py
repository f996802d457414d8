"""Events: a trigger, its type, who fills which role, whether it happened, when, with which figures.

Triggers are in `events.ttl`, support verbs in `roles.ttl`, words of doubt in `modalities.ttl`, classes of nouns in
`things.ttl`. Method: triggers by lemma, arguments by the dependency parse through voice, control and support verbs;
an event noun that fills a role of another event is its cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.events import assembly
from kg.extract.events.lexicon import make_lexicon
from kg.extract.events.rejections import make_rejections
from kg.extract.events.stages import stages
from kg.extract.figures import make_counts
from kg.extract.times import make_spans
from kg.records import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    from kg.records import Schema

__all__ = ["make_events", "make_rejections"]

FOUND_BY = "events"


def make_events(schema: Schema) -> Callable[[Doc], Iterator[Finding]]:
    """The extractor of events."""
    words = make_lexicon(schema)
    count = make_counts(schema)
    times = make_spans(schema.times)

    def extract(doc: Doc) -> Iterator[Finding]:
        found = stages(words, doc)
        if not found.told:
            return
        beside = assembly.Beside(words, found.settled, found.told, count(doc), times(doc))
        for reading in found.told.values():
            yield Finding(beside.event(reading), FOUND_BY)

    return extract
