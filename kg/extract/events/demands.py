"""Whether the fillers of a reading are what its sense asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import clauses, nouns
from kg.extract.events.lexicon import NO_ROLE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading

EXPLOSIVE = frozenset({"RemoteExplosive", "Bombing", "GrenadeAttack"})
FLYING = frozenset({"AirStrike", "DroneStrike", "MissileStrike", "Shelling"})
STRONG = nouns.ARMED - {"State", "Norp", "Ship"}


#: Whose raids are attacks: police raids need a sign of arms.
FIGHTING = frozenset({"Fighters", "Military", "ArmedGroup"})


def meets(words: Lexicon, reading: Reading, *, armed: bool = False) -> bool:
    """Whether every demand of the sense is met: classes of fillers, and evidence of arms where it is asked for.

    `armed`: the text has given that evidence before.
    """
    for role, wanted in reading.sense.classes:
        fillers = reading.of(role) or (reading.of("target") if role == "instrument" else [])
        if wanted[0].islower():
            if any(nouns.meaning(words, each).lemma_.lower() == wanted for each in fillers):
                return False
        elif not any(is_a(words, each, wanted) for each in fillers):
            return wanted == "Attack" and bool(reading.causes)
    if _is_figurative(words, reading) or _is_dismissal(words, reading) or _is_play(words, reading):
        return False
    if reading.sense.type == "Offensive" and reading.sense.evidence:
        return armed or _is_military(words, reading)
    return not reading.sense.evidence or armed or _is_shot(words, reading) or _armed(words, reading)


def _is_shot(words: Lexicon, reading: Reading) -> bool:
    """As in "The mayor was shot outside a bank": of a person the passive says enough; films are shot, and goals."""
    if reading.sense.type != "Shooting" or not syntax.is_passive(reading.trigger.head):
        return False
    return any(is_a(words, each, "Person") for each in reading.of("target"))


def _is_figurative(words: Lexicon, reading: Reading) -> bool:
    """Whether force is used on what no force can reach ("destroyed confidence"), or on what is no person."""
    hit = [nouns.meaning(words, each) for role in ("target", "victim") for each in reading.of(role)]
    if _is_soft(words, reading) or _is_growth(words, reading):
        return True
    if not hit or any(each.pos_ != "NOUN" or nouns.common(words, each) for each in hit):
        return False
    forms = {nouns.lemma(each) for each in hit}
    if forms <= words.sets["Abstraction"]:
        return True
    return reading.is_harm and reading.sense.type != "Destruction" and forms <= words.sets["Nonhuman"]


def _is_play(words: Lexicon, reading: Reading) -> bool:
    """As in "the team attacked in the second half": players attack nobody, unless with arms or in a team of gunmen."""
    authors = [nouns.meaning(words, each) for each in reading.of("attacker")]
    if not authors or reading.of("instrument") or any(syntax.prepositional_objects(each, "of") for each in authors):
        return False
    return {nouns.lemma(each) for each in authors} <= words.sets["Player"] and not reading.of("victim")


def is_a(words: Lexicon, token: Token, wanted: str) -> bool:
    """Whether a filler is of a class: one of things.ttl, or one that only frames name."""
    inner = nouns.meaning(words, token)
    found, kind = nouns.classes(words, inner), nouns.armament(words, inner)
    special = {
        "Weapon": lambda: _is_weapon(words, inner, found, kind),
        "Explosive": lambda: kind in EXPLOSIVE,
        "Flying": lambda: kind in FLYING or bool(found & {"Aircraft", "Missile"}) or inner.pos_ in {"PROPN", "PRON"},
        "Bomber": lambda: kind == "SuicideBombing",
        "Chemical": lambda: any(_is_chemical(words, each) for each in (inner, *nouns.modifiers(inner))),
        "Hardware": lambda: bool(found & {"Vehicle", "Weapon", "Facility", "Fighters"}),
        "Craft": lambda: "Vehicle" in found or nouns.lemma(inner) in words.sets["Craft"],
        "Life": lambda: nouns.lemma(inner) == "life",
        "Person": lambda: bool(found & nouns.PEOPLE) and "Place" not in found,
        "Place": lambda: (
            (bool(found & {"Place", "Facility"}) and nouns.lemma(inner) not in words.sets["Chamber"])
            or nouns.lemma(inner) in words.sets["Ground"]
            or nouns.is_unknown_place(inner)
        ),
    }
    return special[wanted]() if wanted in special else wanted in found


def _is_weapon(words: Lexicon, noun: Token, found: frozenset[str], kind: str | None) -> bool:
    """A weapon, or a store of weapons ("an arms cache", "a cache of rifles")."""
    if any(nouns.lemma(each) in words.sets["Figurative"] for each in nouns.modifiers(noun)):
        return False
    if "Weapon" in found or kind == "DroneStrike":
        return True
    if kind == "ChemicalAttack" and nouns.lemma(noun) in words.sets["Substance"]:
        return False
    bare = nouns.lemma(noun) in words.sets["Carrying-word"] and not any(
        nouns.armament(words, each) for each in nouns.modifiers(noun)
    )
    if kind is not None and not bare and kind != "AirStrike" and not found & {"Vehicle", "Person", "Fighters", "Ship"}:
        return True
    if nouns.lemma(noun) not in words.sets["Store"]:
        return False
    inside = [*nouns.modifiers(noun), *syntax.prepositional_objects(noun, "of")]
    return any("Weapon" in nouns.classes(words, each) or nouns.armament(words, each) is not None for each in inside)


def _is_chemical(words: Lexicon, token: Token) -> bool:
    return nouns.armament(words, token) == "ChemicalAttack"


def _armed(words: Lexicon, reading: Reading) -> bool:
    """Whether something in the event's roles or words speaks of arms; whom a state acts on does not."""
    if reading.causes or any(_speaks_of_arms(words, nouns.meaning(words, each)) for each in reading.of("instrument")):
        return True
    if any(_is_armed(words, each, nouns.ARMED) for each in reading.of("attacker")):
        return True
    if any(_is_armed(words, each, STRONG) for role in ("target", "victim") for each in reading.of(role)):
        return True
    if reading.trigger.is_verb:
        return False
    head = reading.trigger.head
    if nouns.lemma(head) == "fire":  # houses burn as well
        return any(
            _is_armed(words, each, nouns.ARMED) or _speaks_of_arms(words, each) for each in nouns.modifiers(head)
        )
    ground = nouns.lemma(head) == "strike" and any(
        _is_on_ground(words, each) for each in syntax.prepositional_objects(head, "on")
    )
    return (
        ground
        or _beside_harm(words, head)
        or any(_is_armed(words, each, nouns.ARMED) for each in nouns.modifiers(head))
    )


def _is_on_ground(words: Lexicon, noun: Token) -> bool:
    """As in "the strike on Orrel": workers strike at or in places."""
    return nouns.is_name_of_place(nouns.meaning(words, noun)) and not any(
        child.dep_ == "prep" for child in noun.children
    )


def _is_dismissal(words: Lexicon, reading: Reading) -> bool:
    """As in "Fired its officers": who fires at somebody does not fire them."""
    head = reading.trigger.head
    aimed = reading.sense.object == NO_ROLE and reading.sense.goal == "target"
    return (
        aimed and reading.trigger.is_verb and bool(syntax.children(head, {"dobj"}) or clauses.is_passive(words, head))
    )


def _is_military(words: Lexicon, reading: Reading) -> bool:
    """Whether forces take part in an operation, or it is against somebody: firms have operations too."""
    inside = [*reading.of("attacker"), *reading.of("target"), *nouns.modifiers(reading.trigger.head)]
    forces = {"Fighters", "Military", "ArmedGroup", "Coalition"}
    against = any(each.lower_ == "against" for each in reading.trigger.head.children)
    return against or any(
        nouns.classes(words, each) & forces or each.lower_ in words.sets["Warlike"] for each in inside
    )


def _is_soft(words: Lexicon, reading: Reading) -> bool:
    """As in "The tariff hurt exporters": neither arms nor an actor nor an event hurts, and somebody is said to."""
    head = reading.trigger.head
    if not reading.trigger.is_verb or nouns.lemma(head) not in words.sets["Lasting"] or reading.causes:
        return False
    armed = reading.of("instrument") or any(nouns.is_fighting(words, each) for each in reading.of("attacker"))
    people = any(nouns.classes(words, each) & nouns.PEOPLE for each in reading.of("victim"))
    return not armed and not (people and clauses.is_passive(words, head))


def _is_growth(words: Lexicon, reading: Reading) -> bool:
    """As in "The population exploded"."""
    if reading.sense.subject != "instrument" or reading.sense.object != "instrument":
        return False
    subject = syntax.subject(reading.trigger.head)
    if subject is None or subject.pos_ == "PRON":
        return False
    return nouns.lemma(subject) in words.sets["Abstraction"] or bool(
        nouns.classes(words, subject) & {"Group", "Organization"}
    )


def _speaks_of_arms(words: Lexicon, noun: Token) -> bool:
    """Whether a thing is armament: a car is none, a car bomb is."""
    return nouns.lemma(noun) not in words.sets["Carrying-word"] and nouns.armament(words, noun) is not None


def _beside_harm(words: Lexicon, noun: Token) -> bool:
    """As in "Died in the raid", "the raid killed six": the harm is evidence enough."""
    head = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "by"} else noun.head
    if noun.dep_ in {"pobj", "nsubj"} and head.lemma_ in words.sets["Fatal"]:
        return True
    doer = clauses.read(words, head).subject if noun.dep_ == "pobj" and head.lemma_ in words.sets["Harming"] else None
    return doer is not None and bool(nouns.classes(words, nouns.meaning(words, doer)) & FIGHTING)


def _is_armed(words: Lexicon, token: Token, signs: frozenset[str]) -> bool:
    inner = nouns.meaning(words, token)
    if nouns.classes(words, inner) & signs or nouns.armament(words, inner) is not None:
        return True
    return nouns.lemma(inner) in words.sets["Police"]
