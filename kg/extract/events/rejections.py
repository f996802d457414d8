"""Why a trigger gave no event: what each stage of reading left out, and its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import status
from kg.extract.events.generality import is_general
from kg.extract.events.lexicon import make_lexicon
from kg.extract.events.stages import stages
from kg.records import Rejection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    from kg.extract.events.lexicon import Lexicon, Sense
    from kg.extract.events.readings import Reading
    from kg.extract.events.stages import Stages
    from kg.extract.events.triggers import Trigger
    from kg.records import Schema


def make_rejections(schema: Schema) -> Callable[[Doc], Iterator[Rejection]]:
    """The explainer of events: every trigger that the vocabulary knows and that gave nothing, with the reason."""
    words = make_lexicon(schema)

    def explain(doc: Doc) -> Iterator[Rejection]:
        found = stages(words, doc)
        for head, trigger in found.evoked.items():
            if head not in found.told:
                rule, reason = _why(words, found, head, trigger)
                yield Rejection(syntax.token_span(trigger.first, trigger.last), f"events.{rule}", reason)

    return explain


def _why(words: Lexicon, found: Stages, head: int, trigger: Trigger) -> tuple[str, str]:
    """The stage that turned a trigger down, and its reason."""
    if trigger.names_no_event:
        return "phrase", "a set phrase that names no event"
    if head not in found.read:
        return "demands", "; or ".join(dict.fromkeys(_demands(sense) for sense in trigger.senses))
    if head not in found.joined:
        return "carrier", "only carries the event that fills its subject"
    if head not in found.settled:
        return "sanctions", "an ambiguous word between states, in a sentence on sanctions"
    return _untold(words, found.settled[head])


def _untold(words: Lexicon, reading: Reading) -> tuple[str, str]:
    """Why what was read in full is not told."""
    if reading.is_mere_cause:
        return "cause", "only a cause of harm, no event by itself"
    if is_general(words, reading, status.modality(words, reading)) or status.is_event(words, reading):
        return "general", "such events in general, none in particular"
    return "status", "an ability or a state, no event"


def _demands(sense: Sense) -> str:
    """What a sense asks for and did not get."""
    needs = [
        f"no {role} called {name}" if name[0].islower() else f"{role} of class {name}" for role, name in sense.classes
    ]
    needs += ["a sign of arms"] if sense.evidence else []
    return f"{sense.type} needs {' and '.join(needs)}"
