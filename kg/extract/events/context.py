"""What the rest of the text makes of a reading: deaths by disaster or illness, arms named only as what killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.events import nouns
from kg.extract.events.assembly import cause_of, event_type
from kg.extract.events.lexicon import Sense
from kg.extract.events.readings import Reading
from kg.extract.events.rhetoric import spoken
from kg.extract.events.status import modality
from kg.extract.events.triggers import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.extract.events.assembly import Readings
    from kg.extract.events.lexicon import Lexicon

EXPLOSIONS = frozenset({"Bombing", "ChemicalAttack"})
#: What a type of event is where nobody meant it.
NOBODYS = {"Killing": "DisasterDeath", "Injury": "DisasterInjury", "Destruction": "DisasterDamage"} | dict.fromkeys(
    EXPLOSIONS, "Disaster"
)


def settle(words: Lexicon, readings: Readings) -> Readings:
    """Tell what nobody did from violence, and give harm the attack that its weapon implies."""
    disasters = [each for each in readings.values() if each.sense.type == "Disaster" and not _is_guess(words, each)]
    violent = [each for each in readings.values() if _is_deed(words, each)]
    for reading in readings.values():
        kind = NOBODYS.get(reading.sense.type)
        if kind and _is_nobodys(words, reading, readings, disasters, violent):
            reading.settled = kind
    _name_again(words, list(readings.values()))
    readings = {head: each for head, each in readings.items() if not _is_diplomacy(words, each, readings)}
    in_words = list(spoken(words, list(readings.values()), violent))
    readings = {head: each for head, each in readings.items() if each not in in_words}
    return readings | {each.trigger.head.i: each for each in _implied(words, readings)}


def _is_guess(words: Lexicon, reading: Reading) -> bool:
    """As in "she thought that it was a gas leak": what somebody took it for."""
    return modality(words, reading) in {"estimated", "possible", "hypothetical"}


def _name_again(words: Lexicon, readings: list[Reading]) -> None:
    """A clash that is named again without its sides is of the kind that it was before: "the confrontation"."""
    known: dict[str, str] = {}
    for reading in readings:
        lemma = nouns.lemma(reading.trigger.head)
        if reading.type == "ArmedClash" and not reading.of("attacker") and not reading.of("target"):
            reading.settled = known.get(lemma) or reading.settled
        elif reading.type == "ArmedClash":
            known[lemma] = event_type(words, reading)


def _is_deed(words: Lexicon, reading: Reading) -> bool:
    """Whether a reading is violence that somebody means: no harm by itself, no bare explosion."""
    if "Violence" not in words.broader[reading.sense.type] or reading.sense.type == "DisruptedWeapons":
        return False
    if _is_bare_explosion(reading):
        return False
    meant = reading.sense.subject == "attacker" and nouns.lemma(reading.trigger.head) not in words.sets["Accidental"]
    return not reading.is_harm or bool(reading.of("attacker")) or meant


def _is_bare_explosion(reading: Reading) -> bool:
    arms = reading.of("attacker") or any(nouns.lemma(each) not in {"it", "they"} for each in reading.of("instrument"))
    return reading.sense.subject == "instrument" and not arms


def _is_nobodys(
    words: Lexicon, reading: Reading, readings: Readings, disasters: list[Reading], violent: list[Reading]
) -> bool:
    cause, others = cause_of(words, reading, readings), [each for each in violent if each is not reading]
    if cause is not None:
        by_chance = _is_bare_explosion(cause) and _near(cause, disasters) and not _near(cause, violent)
        return cause.sense.type == "Disaster" or by_chance
    if _is_hazard(words, reading):
        return not _near(reading, others)
    if reading.of("attacker") or any(
        nouns.armament(words, nouns.meaning(words, each)) for each in reading.of("instrument")
    ):
        return any(each.i in readings and readings[each.i].sense.type == "Disaster" for each in reading.causes)
    return _is_among_disasters(words, reading, disasters, others)


def _is_among_disasters(words: Lexicon, reading: Reading, disasters: list[Reading], others: list[Reading]) -> bool:
    """Whether the sentence, or else the text, tells of disasters and of no violence; a mere death needs no disaster."""
    explosion = reading.sense.type in EXPLOSIONS
    if explosion and reading.sense.subject == "attacker":
        return _near(reading, disasters) and not others
    if _near(reading, others) or (reading.sense.type == "Injury" and _beside_killing(reading)):
        return False
    mere = reading.sense.subject == "victim" or (
        reading.sense.type in {"Injury", "Destruction"} and _is_accidental(words, reading)
    )
    return _near(reading, disasters) or (not others and ((mere and not explosion) or bool(disasters)))


def _beside_killing(reading: Reading) -> bool:
    """As in "Six were killed and nine injured": of one kind."""
    head = reading.trigger.head
    return any(each.lemma_ == "kill" for each in (*head.conjuncts, head.head))


def _is_accidental(words: Lexicon, reading: Reading) -> bool:
    return nouns.lemma(reading.trigger.head) in words.sets["Accidental"]


def _is_diplomacy(words: Lexicon, reading: Reading, readings: Readings) -> bool:
    """As in "targeting Russia", in a sentence on sanctions: nothing but states speaks of arms."""
    if not reading.sense.evidence or reading.causes or reading.of("instrument"):
        return False
    sanctions = [each for each in readings.values() if each.sense.type == "Sanctions"]
    return _near(reading, sanctions) and not any(
        nouns.is_fighting(words, each) for role in ("attacker", "target") for each in reading.of(role)
    )


def _is_hazard(words: Lexicon, reading: Reading) -> bool:
    """Whether what exploded is a thing that does so by accident: a boiler, a plant."""
    if reading.sense.type not in EXPLOSIONS or reading.sense.subject != "instrument" or reading.of("attacker"):
        return False
    fillers = [nouns.meaning(words, each) for role in ("instrument", "target", "place") for each in reading.of(role)]
    return any(nouns.lemma(each) in words.hazards for each in (*fillers, *nouns.modifiers(reading.trigger.head)))


def _near(reading: Reading, others: list[Reading]) -> bool:
    sentence = reading.trigger.head.sent
    return any(sentence.start <= each.trigger.head.i < sentence.end for each in others)


# -------------------------------------------------------------------------------- implied attacks


def _implied(words: Lexicon, readings: Readings) -> Iterator[Reading]:
    """As in "Two suicide bombers killed 12": the attack behind a harm, evoked by the weapon or its bearer."""
    for reading in list(readings.values()):
        if reading.sense.type in {"Killing", "Injury", "Destruction"} and cause_of(words, reading, readings) is None:
            weapon = next(
                (
                    each
                    for each in (*reading.of("instrument"), *reading.of("attacker"))
                    if _evokes(words, each, readings)
                ),
                None,
            )
            if weapon is not None:
                yield _attack(words, reading, weapon)


def _evokes(words: Lexicon, token: Token, readings: Readings) -> bool:
    inner = nouns.meaning(words, token)
    return (
        inner.i not in readings
        and not any(
            token in fillers for each in readings.values() if not each.is_harm for fillers in each.fillers.values()
        )
        and inner.pos_ in {"NOUN", "PROPN"}
        and nouns.lemma(inner) not in words.sets["Carrying-word"]
        and nouns.armament(words, inner) is not None
    )


def _attack(words: Lexicon, harm: Reading, weapon: Token) -> Reading:
    inner = nouns.meaning(words, weapon)
    kind = nouns.armament(words, inner) or "Attack"
    start = inner.nbor(-1) if inner.i and inner.nbor(-1).dep_ == "compound" and inner.nbor(-1).head == inner else inner
    sense = Sense(kind, "attacker", "target", "target", (), evidence=False)
    attack = Reading(Trigger(inner, start, inner, (sense,)), sense, support=harm.trigger.head)
    for role in ("attacker", "place"):
        for each in harm.of(role):
            attack.fillers.setdefault(role, []).append(each)
    if weapon in harm.of("instrument"):
        attack.fillers["instrument"] = [weapon]
    attack.fillers["target"] = [*harm.of("victim"), *harm.of("target")]
    harm.causes.append(inner)
    return attack
