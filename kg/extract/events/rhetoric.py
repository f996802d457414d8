"""Attacks in words: "the senator attacked her rival over taxes" harms nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import nouns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading

#: Behind an attack in words: what it is about.
ABOUT = ("over", "for", "as")
MEDIA = ("in", "on", "during")
#: What is no attack in words, whoever makes it.
SOLID = frozenset({"Facility", "Vehicle", "Civilians", "Fighters", "Military", "ArmedGroup", "Place"})


def spoken(words: Lexicon, readings: list[Reading], violent: list[Reading]) -> Iterator[Reading]:
    """Those plain attacks that are attacks in words.

    They are called so, are about something or in a medium; or civilians make them on civilians in a text that tells of
    no other violence. In such a text those that nothing tells from them are in words too.
    """
    plain = [each for each in readings if _is_plain(each)]
    peaceful = not any(_is_serious(words, each) for each in violent)
    found = [each for each in plain if _is_called_so(words, each) or _is_spoken(words, each, peaceful=peaceful)]
    yield from found
    if found and peaceful:
        yield from (each for each in plain if each not in found and not _is_solid(words, each))


def _is_plain(reading: Reading) -> bool:
    return reading.type == "Attack" and not (reading.sense.evidence or reading.causes or reading.of("instrument"))


def _is_serious(words: Lexicon, reading: Reading) -> bool:
    return not _is_plain(reading) or _is_solid(words, reading)


def _is_solid(words: Lexicon, reading: Reading) -> bool:
    """Whether fighters, places, buildings or bystanders take part."""
    fillers = [nouns.meaning(words, each) for given in reading.fillers.values() for each in given]
    return any(nouns.is_fighting(words, each) or nouns.classes(words, each) & SOLID for each in fillers)


def _is_called_so(words: Lexicon, reading: Reading) -> bool:
    """As in "Verbal attack", "personal attacks"."""
    head = reading.trigger.head
    beside = [*nouns.modifiers(head), *syntax.children(head, {"advmod"})]
    return any({nouns.lemma(each), each.lower_} & words.sets["Rhetorical"] for each in beside)


def _is_spoken(words: Lexicon, reading: Reading, *, peaceful: bool) -> bool:
    authors, struck = reading.of("attacker"), [*reading.of("target"), *reading.of("victim")]
    if not authors and peaceful and struck and all(_is_civilian(words, each) for each in struck):
        return _is_about(words, reading) or _is_in_medium(words, reading)
    if not authors or not all(_is_civilian(words, each) for each in authors):
        return False
    if reading.trigger.is_verb and (_is_about(words, reading) or _is_in_medium(words, reading)):
        return True
    return peaceful and bool(struck) and all(_is_civilian(words, each) for each in struck)


def _is_about(words: Lexicon, reading: Reading) -> bool:
    """As in "Attacked him over taxes", "attacked the plan as too dear"."""
    about = _objects(reading, ABOUT)
    return any(each.ent_type_ not in {"DATE", "TIME", "CARDINAL"} and not nouns.is_place(words, each) for each in about)


def _is_in_medium(words: Lexicon, reading: Reading) -> bool:
    """As in "Attacked her in a tweet"."""
    media = _objects(reading, MEDIA)
    return any({nouns.lemma(each), each.lower_} & words.sets["Medium"] for each in media)


def _objects(reading: Reading, prepositions: tuple[str, ...]) -> list[Token]:
    """What stands behind prepositions of the trigger and of the verb that carries it: "came under attack over"."""
    governors = (reading.trigger.head, *([reading.support] if reading.support is not None else ()))
    return [noun for each in governors for noun in syntax.prepositional_objects(each, *prepositions)]


def _is_civilian(words: Lexicon, filler: Token) -> bool:
    """A person, a party, a critic, an idea; nobody who bears arms."""
    inner = nouns.meaning(words, filler)
    if nouns.lemma(inner) in words.sets["Abstraction"] or inner.ent_type_ == "PERSON" or inner.tag_ == "PRP$":
        return True
    found = nouns.classes(words, inner)
    return bool(found) and found <= {"Person", "Organization"} and not nouns.is_fighting(words, inner)
