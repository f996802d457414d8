"""Events: a trigger, its type, who fills which role, whether it happened, when, with which figures.

Triggers are in `events.ttl`, support verbs in `roles.ttl`, words of doubt in `modalities.ttl`, classes of nouns in
`things.ttl`. Method: triggers by lemma, arguments by the dependency parse through voice, control and support verbs;
an event noun that fills a role of another event is its cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.events import assembly, status
from kg.extract.events.assembly import event_type
from kg.extract.events.context import settle
from kg.extract.events.lexicon import make_lexicon
from kg.extract.events.roles import Reader
from kg.extract.events.triggers import find
from kg.extract.figures import make_counts
from kg.extract.times import make_spans
from kg.records import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    from kg.extract.events.readings import Reading
    from kg.extract.events.triggers import Trigger
    from kg.records import Schema

FOUND_BY = "events"


def make_events(schema: Schema) -> Callable[[Doc], Iterator[Finding]]:
    """The extractor of events."""
    words = make_lexicon(schema)
    count = make_counts(schema)
    times = make_spans(schema.times)

    def extract(doc: Doc) -> Iterator[Finding]:
        triggers = find(words, doc)
        if not triggers:
            return
        reader = Reader(words, triggers)
        readings = _taken_up(reader, {head: found for head, each in triggers.items() if (found := reader.read(each))})
        readings = settle(words, assembly.joined(words, readings))
        beside = assembly.Beside(words, readings, count(doc), times(doc))
        for head in sorted(readings):
            if readings[head].is_mere_cause or not status.is_event(words, readings[head]):
                continue
            yield Finding(beside.event(readings[head]), FOUND_BY)

    return extract


def _taken_up(reader: Reader, readings: dict[int, Reading]) -> dict[int, Reading]:
    """With the event nouns that take up an attack told before ("the strikes"): they need no more evidence."""
    attacks = [head for head, each in readings.items() if "Attack" in reader.words.broader[each.sense.type]]
    later = {
        head: found
        for head, trigger in reader.triggers.items()
        if head not in readings and attacks and min(attacks) < head and _is_definite(trigger)
        if (found := reader.read(trigger, armed=True))
    }
    for head, reading in later.items():
        if reading.sense.type == "Attack":
            reading.settled = event_type(reader.words, readings[max(each for each in attacks if each < head)])
    return {head: {**readings, **later}[head] for head in sorted({**readings, **later})}


def _is_definite(trigger: Trigger) -> bool:
    return not trigger.is_verb and any(
        child.lower_ in {"the", "these", "those", "this"} for child in trigger.head.children
    )
