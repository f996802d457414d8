"""The stages of reading a text's events, with what each leaves, so that an explanation shares them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.events import assembly, nouns, status
from kg.extract.events.assembly import event_type
from kg.extract.events.context import settle
from kg.extract.events.generality import points_back
from kg.extract.events.roles import Reader
from kg.extract.events.triggers import find

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.events.assembly import Readings
    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading
    from kg.extract.events.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Stages:
    """What each stage leaves, by the position of the trigger's head.

    `evoked`: what the vocabulary knows; `read`: what meets its demands; `joined`: without verbs that only carry another
    event; `settled`: with what the rest of the text makes of it; `told`: what is told as an event.
    """

    evoked: dict[int, Trigger]
    read: Readings
    joined: Readings
    settled: Readings
    told: Readings


def stages(words: Lexicon, doc: Doc) -> Stages:
    """Read a text's events, stage by stage."""
    evoked = find(words, doc)
    reader = Reader(words, {head: each for head, each in evoked.items() if not each.names_no_event})
    read = _taken_up(reader, {head: found for head, each in reader.triggers.items() if (found := reader.read(each))})
    joined = assembly.joined(words, read)
    settled = settle(words, joined)
    told = {head: settled[head] for head in sorted(settled) if _is_told(words, settled[head])}
    return Stages(evoked, read, joined, settled, _with_antecedents(words, told))


def _with_antecedents(words: Lexicon, told: Readings) -> Readings:
    """Without nouns that only point back ("those killings") where nothing was told that they could mean."""
    kept: Readings = {}
    for head, reading in told.items():
        before = any("Violence" in words.broader[each.sense.type] for each in kept.values())
        if before or not points_back(words, reading):
            kept[head] = reading
    return kept


def _is_told(words: Lexicon, reading: Reading) -> bool:
    return not reading.is_mere_cause and status.is_event(words, reading)


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
        if reading.sense.type == "Attack" and nouns.lemma(reading.trigger.head) not in reader.words.sets["Mass"]:
            before = [readings[each] for each in attacks if each < head]
            same = [each for each in before if nouns.lemma(each.trigger.head) == nouns.lemma(reading.trigger.head)]
            reading.settled = event_type(reader.words, (same or before)[-1])
    return {head: {**readings, **later}[head] for head in sorted({**readings, **later})}


def _is_definite(trigger: Trigger) -> bool:
    return not trigger.is_verb and any(
        child.lower_ in {"the", "these", "those", "this"} for child in trigger.head.children
    )
