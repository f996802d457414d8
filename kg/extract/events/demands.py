"""Whether the fillers of a reading are what its sense asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading

EXPLOSIVE = frozenset({"RemoteExplosive", "Bombing", "GrenadeAttack"})
FLYING = frozenset({"AirStrike", "DroneStrike", "MissileStrike", "Shelling"})
HARMING = frozenset({"kill", "wound", "injure", "die", "perish", "destroy", "displace", "martyr"})
GROUND = frozenset({"control", "ground", "site", "locality", "hilltop", "height"})
STRONG = nouns.ARMED - {"State", "Norp", "Ship"}


def meets(words: Lexicon, reading: Reading, *, armed: bool = False) -> bool:
    """Whether every demand of the sense is met: classes of fillers, and evidence of arms where it is asked for.

    `armed`: the text has given that evidence before.
    """
    for role, wanted in reading.sense.classes:
        fillers = reading.of(role) or (reading.of("target") if role == "instrument" else [])
        if wanted[0].islower():
            if any(nouns.meaning(each).lemma_.lower() == wanted for each in fillers):
                return False
        elif not any(is_a(words, each, wanted) for each in fillers):
            return wanted == "Attack" and bool(reading.causes)
    if _is_figurative(words, reading):
        return False
    return not reading.sense.evidence or armed or _armed(words, reading)


def _is_figurative(words: Lexicon, reading: Reading) -> bool:
    """Whether force is used on what no force can reach ("destroyed confidence"), or on what is no person."""
    hit = [nouns.meaning(each) for role in ("target", "victim") for each in reading.of(role)]
    if not hit or any(each.pos_ != "NOUN" or nouns.common(words, each) for each in hit):
        return False
    forms = {nouns.lemma(each) for each in hit}
    if forms <= words.sets["Abstraction"]:
        return True
    return reading.is_harm and reading.sense.type != "Destruction" and forms <= words.sets["Nonhuman"]


def is_a(words: Lexicon, token: Token, wanted: str) -> bool:
    """Whether a filler is of a class: one of things.ttl, or one that only frames name."""
    inner = nouns.meaning(token)
    found, kind = nouns.classes(words, inner), nouns.armament(words, inner)
    special = {
        "Weapon": lambda: _is_weapon(words, inner, found, kind),
        "Explosive": lambda: kind in EXPLOSIVE,
        "Flying": lambda: kind in FLYING or bool(found & {"Aircraft", "Missile"}),
        "Chemical": lambda: any(_is_chemical(words, each) for each in (inner, *nouns.modifiers(inner))),
        "Hardware": lambda: bool(found & {"Vehicle", "Weapon", "Facility", "Fighters"}),
        "Life": lambda: nouns.lemma(inner) == "life",
        "Person": lambda: bool(found & nouns.PEOPLE) and "Place" not in found,
        "Place": lambda: bool(found & {"Place", "Facility"}) or nouns.lemma(inner) in GROUND,
    }
    return special[wanted]() if wanted in special else wanted in found


def _is_weapon(words: Lexicon, noun: Token, found: frozenset[str], kind: str | None) -> bool:
    """A weapon, or a store of weapons ("an arms cache", "a cache of rifles")."""
    if any(nouns.lemma(each) in words.sets["Figurative"] for each in nouns.modifiers(noun)):
        return False
    if "Weapon" in found or kind == "DroneStrike":
        return True
    bare = nouns.lemma(noun) in nouns.BEARERS and not any(nouns.armament(words, each) for each in nouns.modifiers(noun))
    if kind is not None and not bare and kind != "AirStrike" and not found & {"Vehicle", "Person", "Fighters", "Ship"}:
        return True
    if nouns.lemma(noun) not in {
        "cache",
        "stash",
        "haul",
        "arsenal",
        "depot",
        "stockpile",
        "quantity",
        "batch",
        "material",
        "device",
        "shipment",
    }:
        return False
    inside = [*nouns.modifiers(noun), *syntax.prepositional_objects(noun, "of")]
    return any("Weapon" in nouns.classes(words, each) or nouns.armament(words, each) is not None for each in inside)


def _is_chemical(words: Lexicon, token: Token) -> bool:
    return nouns.armament(words, token) == "ChemicalAttack"


def _armed(words: Lexicon, reading: Reading) -> bool:
    """Whether something in the event's roles or words speaks of arms; whom a state acts on does not."""
    if reading.causes or any(_speaks_of_arms(words, nouns.meaning(each)) for each in reading.of("instrument")):
        return True
    if any(_is_armed(words, each, nouns.ARMED) for each in reading.of("attacker")):
        return True
    if any(_is_armed(words, each, STRONG) for role in ("target", "victim") for each in reading.of(role)):
        return True
    if reading.trigger.is_verb:
        return False
    head = reading.trigger.head
    return _beside_harm(head) or any(_is_armed(words, each, nouns.ARMED) for each in nouns.modifiers(head))


def _speaks_of_arms(words: Lexicon, noun: Token) -> bool:
    """Whether a thing is armament: a car is none, a car bomb is."""
    return nouns.lemma(noun) not in nouns.BEARERS and nouns.armament(words, noun) is not None


def _beside_harm(noun: Token) -> bool:
    """As in "Died in the raid", "the raid killed six": the harm is evidence enough."""
    head = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "by"} else noun.head
    return noun.dep_ in {"pobj", "nsubj"} and head.lemma_ in HARMING


def _is_armed(words: Lexicon, token: Token, signs: frozenset[str]) -> bool:
    inner = nouns.meaning(token)
    if nouns.classes(words, inner) & signs or nouns.armament(words, inner) is not None:
        return True
    return nouns.lemma(inner) in nouns.POLICE
