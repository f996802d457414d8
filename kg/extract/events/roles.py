"""Who fills which role of a trigger; fillers are heads of noun phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import clauses, nouns
from kg.extract.events.demands import meets
from kg.extract.events.lexicon import NO_ROLE
from kg.extract.events.nominals import Nominals
from kg.extract.events.readings import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.events.triggers import Trigger


class Reader(Nominals):
    """Reads the arguments of the triggers of one text."""

    def read(self, trigger: Trigger, *, armed: bool = False) -> Reading | None:
        """The reading in the first sense whose demands are met."""
        for sense in trigger.senses:
            reading = Reading(trigger, sense)
            self._verb(reading) if trigger.is_verb else self._noun(reading)
            self._borne(reading)
            if meets(self.words, reading, armed=armed):
                return reading
        return None

    def _verb(self, reading: Reading) -> None:
        clause = clauses.read(self.words, reading.trigger.head)
        sense, obj = reading.sense, self._object(reading, clause)
        subject = sense.subject if sense.subject != sense.object or obj is None else "attacker"
        if clause.subject is not None:
            self._fill(reading, subject, clause.subject)
        if obj is not None:
            self._fill(reading, sense.object if sense.object != NO_ROLE else sense.goal, obj)
        inside = [each for each in reading.trigger.tokens if each != clause.verb]
        governors = [clause.verb, *inside, *([obj] if obj is not None and obj.i > clause.verb.i else [])]
        for preposition in self._prepositions(*governors):
            self._by_preposition(reading, preposition, passive=clause.passive)
            if clause.passive:
                self._behind_agent(reading, preposition)
        self._using(reading, clause.verb)
        for head in (clause.verb, *self._struck(obj)):
            self._bearing(reading, head)
        self._set_out(reading, clause.verb)

    @staticmethod
    def _struck(obj: Token | None) -> list[Token]:
        """A noun and what it is of: the convoy and the troops of "a convoy of troops 30 km north of Orrel"."""
        return [] if obj is None else [obj, *syntax.prepositional_objects(obj, "of")]

    def _object(self, reading: Reading, clause: clauses.Clause) -> Token | None:
        """The logical object; not the noun that is part of the trigger ("opened fire")."""
        obj, trigger = clause.object, reading.trigger
        if obj is None or obj == trigger.head or obj not in trigger.words:
            return obj
        behind = [
            each
            for word in trigger.words
            for each in syntax.children(word, {"pobj"})
            if word.lower_ in {"of", "to", "on"}
        ]
        behind += [each for of in obj.children if of.lower_ in {"of", "to"} for each in syntax.children(of, {"pobj"})]
        return next((each for each in behind if each not in trigger.words), None)

    def _set_out(self, reading: Reading, verb: Token) -> None:
        """As in "Left Orrel and was attacked", "moved out of Orrel and was attacked": where it set out from."""
        if verb.dep_ != "conj" or reading.of("place") or reading.of("origin"):
            return
        for before in (verb.head, *syntax.children(verb.head, {"xcomp"})):
            for noun in (*syntax.prepositional_objects(before, "from"), *_out_of(before)):
                if noun.pos_ == "PROPN" and before.lemma_ in self.words.sets["Motion"]:
                    reading.add("origin", noun)

    def _borne(self, reading: Reading) -> None:
        """As in "Men armed with rifles": the arms of whoever attacks."""
        for bearer in map(self._inner, reading.of("attacker")):
            for verb in syntax.children(bearer, {"acl", "relcl"}):
                if nouns.lemma(verb) in self.words.sets["Bearing-arms"]:
                    objects = [*syntax.children(verb, {"dobj"}), *syntax.prepositional_objects(verb, "with")]
                    for arms in (each for obj in objects for each in nouns.together(obj)):
                        if "Weapon" in nouns.classes(self.words, arms) or nouns.armament(self.words, arms):
                            reading.add("instrument", arms)

    def _inner(self, noun: Token) -> Token:
        return nouns.meaning(self.words, noun)

    def _using(self, reading: Reading, verb: Token) -> None:
        """As in "Using rifles": a participle that names the means."""
        for child in verb.children:
            if child.lower_ in {"using", "employing"}:
                for means in syntax.children(child, {"dobj", "pobj"}):
                    self._fill(reading, "instrument", means)


def _out_of(verb: Token) -> list[Token]:
    """The nouns behind "out of"."""
    found = [out for out in verb.children if out.lower_ == "out"]
    return (
        [noun for out in found for of in (out, *out.children) for noun in syntax.prepositional_objects(of, "of")]
        + [noun for out in found for noun in syntax.children(out, {"pobj"})]
        + (syntax.prepositional_objects(verb, "of") if found else [])
    )
