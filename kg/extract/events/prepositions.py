"""What stands behind prepositions: goals, places, origins, means, causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import nouns
from kg.extract.events.filling import Filling
from kg.extract.events.lexicon import NO_ROLE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.events.lexicon import Sense
    from kg.extract.events.readings import Reading

PLACES = frozenset(
    (
        "in at near outside inside around across throughout along off over between above beside within amid on beyond "
        "behind beneath under next toward towards through"
    ).split()
)
LOCATIVE = frozenset({"in", "near", "at", "outside", "around", "over"})
GOALS = frozenset("on against at into onto toward towards upon".split())
CAUSES = frozenset("in during by from after when following amid under through".split())
BEARINGS = frozenset(
    (
        "north south east west northeast northwest southeast southwest northern southern eastern western miles "
        "kilometers km outside just"
    ).split()
)
NO_FILLERS = frozenset({"DATE", "TIME", "PERCENT", "MONEY"})


class Prepositions(Filling):
    """Reads the prepositions of triggers and of the verbs that support them."""

    def _by_preposition(self, reading: Reading, preposition: Token, *, passive: bool) -> None:
        for noun in (self._behind_front(each) for each in syntax.children(preposition, {"pobj"})):
            if not self._as_cause(reading, preposition, noun):
                for each in nouns.together(noun):
                    self._under(reading, preposition, each, passive=passive)

    def _behind_front(self, noun: Token) -> Token:
        """The place behind "in front of", "at the door of"."""
        if nouns.lemma(noun) in self.words.sets["Front"]:
            return next(iter(syntax.prepositional_objects(noun, "of")), noun)
        return noun

    def _as_cause(self, reading: Reading, preposition: Token, noun: Token) -> bool:
        """As in "killed in an airstrike": the event behind the preposition caused this one."""
        inner = nouns.meaning(self.words, noun)
        if inner.i not in self.triggers or self.triggers[inner.i].is_verb or inner == reading.trigger.head:
            return False
        if preposition.lower_ in CAUSES:
            reading.causes.append(inner)
        return True

    def _under(self, reading: Reading, preposition: Token, noun: Token, *, passive: bool) -> None:
        word, sense, found = preposition.lower_, reading.sense, nouns.classes(self.words, noun)
        weapon = bool(found & {"Weapon", "Aircraft", "ArmoredVehicle"}) or nouns.armament(self.words, noun) is not None
        is_noun = not reading.trigger.is_verb
        if word == "by" and passive and is_noun:
            self._fill(reading, sense.subject if sense.subject != "victim" else "attacker", noun)
        elif word == "of" and is_noun:
            gathers = nouns.lemma(reading.trigger.head) in self.words.sets["Collective"]  # "a salvo of rockets"
            self._fill(reading, "instrument" if weapon and gathers else self._of_role(sense, found), noun)
        elif word == "with":
            self._with(reading, noun, weapon=weapon)
        elif word == "between" and (sense.goal == "target" or sense.subject == sense.object):
            self._fill(reading, sense.subject, noun)
        elif (
            word in GOALS and self._takes_goal(reading) and not (word in {"on", "at"} and noun.ent_type_ in NO_FILLERS)
        ):
            self._goal(reading, noun, word)
        elif word == "from":
            self._from(reading, noun, weapon=weapon)
        elif word in PLACES and (self._is_place(noun) or (word in LOCATIVE and nouns.is_unknown_name(noun))):
            self._place(reading, noun)
        elif word in LOCATIVE and noun.pos_ == "NOUN":
            self._places_within(reading, noun)

    @staticmethod
    def _of_role(sense: Sense, found: frozenset[str]) -> str:
        """The shelling "of the town" has a target, the explosion "of a mine" an instrument."""
        if sense.object == NO_ROLE:
            return sense.subject
        if sense.subject == "instrument":
            return "instrument"
        made = ("Fighters" in found and sense.type in {"Attack", "Assault"}) or "Coalition" in found
        return sense.subject if made and sense.object == "target" else sense.object

    def _with(self, reading: Reading, noun: Token, *, weapon: bool) -> None:
        if weapon:
            self._fill(reading, "instrument", noun)
        elif reading.sense.goal == "target" and "ArmedClash" in self.words.broader[reading.sense.type]:
            self._fill(reading, "target", noun)

    @staticmethod
    def _takes_goal(reading: Reading) -> bool:
        """Whether what stands behind "on" or "against" is acted on: of nouns, of "fire at", of "open fire on"."""
        named = not reading.trigger.is_verb or reading.trigger.first != reading.trigger.last
        return reading.sense.goal != NO_ROLE or (named and reading.sense.object in {"target", "victim"})

    def _goal(self, reading: Reading, noun: Token, word: str) -> None:
        """What an attack goes to; "at the market" and "on the road" are also where it is."""
        role = reading.sense.goal if reading.sense.goal != NO_ROLE else reading.sense.object
        if (word == "at" and self._is_place(noun) and not self._aims(reading)) or (
            word == "on" and nouns.lemma(noun) in self.words.sets["Line"]
        ):
            self._place(reading, noun)
        elif word == "on" and nouns.lemma(noun) in self.words.sets["Channel"]:
            return
        else:
            self._fill(reading, role, noun)

    @staticmethod
    def _aims(reading: Reading) -> bool:
        return reading.trigger.head.lemma_ in {"fire", "shoot", "launch", "throw", "hurl", "lob", "open", "toss"}

    def _from(self, reading: Reading, noun: Token, *, weapon: bool) -> None:
        if weapon:
            self._fill(reading, "attacker", noun)
        elif self._is_place(noun):
            taken = reading.sense.type in {
                "Withdrawal",
                "Displacement",
                "TerritoryCapture",
                "TerritoryRegained",
                "Abduction",
            }
            self._place(reading, noun) if taken and reading.sense.type == "Abduction" else self._fill(
                reading, "origin", noun
            )
        elif (
            reading.sense.type in {"TerritoryRegained", "TerritoryCapture"}
            and nouns.classes(self.words, noun) & nouns.ACTORS
        ):
            self._fill(reading, "origin", noun)

    def _place(self, reading: Reading, noun: Token) -> None:
        reading.add("place", noun)
        self._places_within(reading, noun)

    def _places_within(self, reading: Reading, noun: Token) -> None:
        """As in "At a site near the city of Orrel in Tarvo province"."""
        for preposition in self._prepositions(noun):
            if preposition.lower_ in {"in", "near", "outside"}:
                for each in syntax.children(preposition, {"pobj"}):
                    if self._is_place(each):
                        self._place(reading, each)

    def _bearing(self, reading: Reading, head: Token) -> None:
        """As in "East of Orrel", "20 km north of the town": the place is the town with its bearing."""
        for child in head.children:
            if child.dep_ in {"advmod", "npadvmod"} and child.lower_ in BEARINGS:
                for of in syntax.children(child, {"prep"}):
                    for noun in syntax.children(of, {"pobj"}):
                        reading.add("place", noun)
