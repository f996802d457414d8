"""Putting phrases into roles: each where its class belongs; an event noun in a role is a cause, no filler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import clauses, nouns
from kg.extract.events.lexicon import NO_ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading
    from kg.extract.events.triggers import Trigger

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"})
NO_FILLERS = frozenset({"DATE", "TIME", "PERCENT", "MONEY"})
EMPTY = frozenset(
    {
        "it",
        "there",
        "this",
        "that",
        "which",
        "what",
        "himself",
        "themselves",
        "herself",
        "itself",
        "each",
        "other",
        "another",
    }
)

#: What takes arms that civilians do not have.
HEAVY = frozenset({"AirStrike", "DroneStrike", "MissileStrike", "Shelling", "ChemicalAttack"})
OWNERS = frozenset({"State", "Norp", "ArmedGroup", "Coalition", "Military", "Fighters"})
AGENTIVE = (
    "er",
    "or",
    "ist",
    "ant",
    "ent",
    "man",
    "men",
    "ian",
    "eer",
    "ite",
    "people",
    "folk",
    "mob",
    "youth",
    "suspect",
)


class Filling:
    """Fills roles in readings of one text; holds what every rule looks up."""

    def __init__(self, words: Lexicon, triggers: dict[int, Trigger]) -> None:
        self.words = words
        self.triggers = triggers

    def _fill(self, reading: Reading, role: str, token: Token) -> None:
        """Put a phrase and what is coordinated with it into a role, or where its class belongs."""
        if role == NO_ROLE:
            return
        for each in (self._whose(part) for part in nouns.together(nouns.antecedent(token))):
            inner = nouns.meaning(self.words, each)
            if inner.i in self.triggers and not self.triggers[inner.i].is_verb and inner != reading.trigger.head:
                if role in {"attacker", "instrument", "agent"}:
                    reading.causes.append(inner)
            elif self._can_fill(reading, inner) and not self._is_moment(inner):
                self._put(reading, role, each, inner)

    def _whose(self, token: Token) -> Token:
        """Who is meant by a part of life or body: the president of "an attack on the president's life"."""
        owner = next(iter(syntax.children(token, {"poss"})), None)
        return owner if owner is not None and nouns.lemma(token) in self.words.sets["Part-of-people"] else token

    def _is_moment(self, noun: Token) -> bool:
        return noun.pos_ == "NOUN" and nouns.lemma(noun) in self.words.sets["Moment"]

    def _can_fill(self, reading: Reading, noun: Token) -> bool:
        if any(child.dep_ == "det" and child.lower_ in {"no", "neither"} for child in noun.children):
            return reading.sense.subject == "victim" or reading.sense.object == "victim"
        if nouns.lemma(noun) in self.words.sets["Sum"]:
            return False
        if noun.pos_ not in NOMINAL or noun.ent_type_ in NO_FILLERS or noun.lower_ in EMPTY - {"it"}:
            return False
        return noun not in reading.trigger.words and not noun.is_punct

    def _put(self, reading: Reading, role: str, token: Token, inner: Token) -> None:
        found = nouns.classes(self.words, inner)
        if role == "attacker" and (self._is_happening(inner) or self._is_victim(reading, inner)):
            return
        if role in {"victim", "target"} and clauses.is_teller(self.words, inner):
            return
        arms = bool(found & nouns.PLATFORMS) or (
            nouns.armament(self.words, inner) is not None and not found & {"Fighters", "Military", "Person"}
        )
        if role in {"attacker", "agent"} and arms and reading.sense.subject != "victim":
            reading.add("instrument", token)
            self._owners(reading, inner)
        elif role == "attacker" and not can_act(inner, found):
            if found & {"Facility", "Place"} and "State" not in found:
                reading.add("place", token)
        elif (
            role == "instrument"
            and not arms
            and inner.pos_ != "PRON"
            and found & {"Facility", "Place", "Person", "Group"}
        ):
            reading.add("target" if reading.sense.subject == "attacker" else "place", token)
        elif role == "target" and self._is_charge(reading, inner, found):
            reading.add("instrument", token)
        elif role == "victim" and found & {"Facility", "Vehicle", "Weapon"} and not found & nouns.PEOPLE:
            reading.add("target", token)
        else:
            reading.add(role, token)

    def _is_happening(self, noun: Token) -> bool:
        """As in "Regime Airstrikes Kill Six": a headline's event noun, which the tagger takes for a name."""
        return noun.pos_ == "PROPN" and not noun.ent_id_ and nouns.lemma(noun) in self.words.nouns

    def _is_victim(self, reading: Reading, noun: Token) -> bool:
        """Whether it names people who bear no arms, and the words do not say outright that they did it."""
        counted = bool(syntax.children(noun, {"nummod"})) and nouns.lemma(noun) in self.words.sets["Counted-people"]
        if not counted and nouns.lemma(noun) not in self.words.sets["Defenceless"]:
            return False
        finite = reading.trigger.head.tag_ != "VBG"
        outright = (noun.head == reading.trigger.head and finite) or (noun.dep_ == "pobj" and noun.head.lower_ == "by")
        return not outright or reading.sense.type in HEAVY

    def _is_charge(self, reading: Reading, noun: Token, found: frozenset[str]) -> bool:
        """Whether what was blown up is the bomb itself."""
        kind = nouns.armament(self.words, noun) if nouns.lemma(noun) not in self.words.sets["Carrying-word"] else None
        explosive = kind is not None and "Bombing" in self.words.broader[kind] and "Weapon" in found
        return explosive and reading.sense.type == "Bombing"

    def _owners(self, reading: Reading, platform: Token) -> None:
        """Whose aircraft or weapons: "US and Iraqi aircraft"."""
        for each in nouns.modifiers(platform):
            found = {name for one in (each, *each.conjuncts) for name in nouns.classes(self.words, one)}
            if (found & OWNERS and nouns.lemma(each) != "fighter") or each.lower_ == "its":
                reading.add("attacker", each)
        for preposition in self._prepositions(platform):
            if preposition.lower_ in {"of", "from"}:
                for noun in syntax.children(preposition, {"pobj"}):
                    if nouns.classes(self.words, noun) & {
                        "State",
                        "Military",
                        "ArmedGroup",
                        "Coalition",
                        "Organization",
                    }:
                        reading.add("attacker", noun)

    @staticmethod
    def _prepositions(*governors: Token) -> Iterator[Token]:
        for governor in governors:
            for child in governor.children:
                if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "VERB", "ADV"}:
                    yield child
                    yield from (each for each in child.children if each.dep_ == "prep")

    def _is_place(self, noun: Token) -> bool:
        return nouns.is_place(self.words, noun) or (noun.pos_ == "PROPN" and noun.ent_type_ in {"GPE", "LOC", "FAC"})


def can_act(noun: Token, found: frozenset[str]) -> bool:
    """Whether a phrase can name who attacks: a name, a pronoun, people or a body of them, a noun of agents."""
    if "Unarmed" in found:
        return False
    if found:
        return bool(found & nouns.ACTORS) and not (found & {"Facility"} and not found & {"Organization", "State"})
    return (
        noun.pos_ in {"PROPN", "PRON", "NUM"}
        or nouns.lemma(noun).endswith(AGENTIVE)
        or noun.lower_ in {"those", "others"}
    )
