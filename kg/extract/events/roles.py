"""Who fills which role of a trigger. Fillers are heads of noun phrases; an event noun in a role is a cause, no filler."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import clauses, nouns
from kg.extract.events.demands import meets
from kg.extract.events.lexicon import NO_ROLE
from kg.extract.events.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.extract.events.lexicon import Lexicon, Sense, Support
    from kg.extract.events.triggers import Trigger

PLACES = frozenset(
    "in at near outside inside around across throughout along off over between above beside within amid on beyond behind beneath under "
    "next toward towards through".split()
)
LOCATIVE = frozenset({"in", "near", "at", "outside", "around", "over"})
GOALS = frozenset("on against at into onto toward towards upon".split())
CAUSES = frozenset("in during by from after when following amid under through".split())
BEARINGS = frozenset(
    "north south east west northeast northwest southeast southwest northern southern eastern western miles kilometers km outside just".split()
)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"})
NO_FILLERS = frozenset({"DATE", "TIME", "PERCENT", "MONEY"})
HARM = frozenset({"Killing", "Injury", "Destruction", "Displacement", "DisasterDeath"})
HAPPENING = frozenset(
    "occur happen take come follow begin hit erupt break continue last start go kill leave target".split()
)
KINDS = frozenset({"terrorist", "terror", "military", "armed", "ground", "security", "criminal"})
MOTION = frozenset(
    {
        "move",
        "leave",
        "travel",
        "drive",
        "head",
        "come",
        "depart",
        "withdraw",
        "retreat",
        "flee",
        "march",
        "advance",
        "sail",
        "fly",
    }
)
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


class Reader:
    """Reads the arguments of triggers of one text; holds what every rule looks up."""

    def __init__(self, words: Lexicon, triggers: dict[int, Trigger]) -> None:
        self.words = words
        self.triggers = triggers

    def read(self, trigger: Trigger, *, armed: bool = False) -> Reading | None:
        """The reading in the first sense whose demands are met."""
        for sense in trigger.senses:
            reading = Reading(trigger, sense)
            self._verb(reading) if trigger.is_verb else self._noun(reading)
            if meets(self.words, reading, armed=armed):
                return reading
        return None

    # ------------------------------------------------------------------ verbs

    def _verb(self, reading: Reading) -> None:
        clause = clauses.read(reading.trigger.head)
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
        self._using(reading, clause.verb)
        self._bearing(reading, clause.verb)
        self._set_out(reading, clause.verb)

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
        """ "Left Orrel and was attacked", "moved out of Orrel and was attacked": where it set out from."""
        if verb.dep_ != "conj" or reading.of("place") or reading.of("origin"):
            return
        for before in (verb.head, *syntax.children(verb.head, {"xcomp"})):
            for noun in (*syntax.prepositional_objects(before, "from"), *_out_of(before)):
                if noun.pos_ == "PROPN" and before.lemma_ in MOTION:
                    reading.add("origin", noun)

    def _using(self, reading: Reading, verb: Token) -> None:
        """ "Using rifles": a participle that names the means."""
        for child in verb.children:
            if child.lower_ in {"using", "employing"}:
                for means in syntax.children(child, {"dobj", "pobj"}):
                    self._fill(reading, "instrument", means)

    # ------------------------------------------------------------------ nouns

    def _noun(self, reading: Reading) -> None:
        head = reading.trigger.head
        if reading.sense.object == NO_ROLE and nouns.lemma(head) in {"dead", "wounded", "injured", "slain"}:
            self._adjective(reading)
        else:
            for each in nouns.modifiers(head):
                if not reading.trigger.first.i <= each.i <= reading.trigger.last.i:
                    self._modifier(reading, each)
        governor = self._governor(head)
        for preposition in self._prepositions(head, *([governor] if governor != head else [])):
            self._by_preposition(reading, preposition, passive=True)
        self._support(reading, governor)
        self._clauses_on(reading, head)
        self._bearing(reading, head)

    def _adjective(self, reading: Reading) -> None:
        """ "12 dead", "people were wounded", "the dead", "wounded soldiers"."""
        head, role = reading.trigger.head, reading.sense.subject
        if head.dep_ == "amod" and head.head.pos_ in {"NOUN", "PROPN"}:
            self._fill(reading, role, head.head)
        elif head.dep_ in {"acomp", "attr", "oprd"} and (subject := syntax.subject(head.head)) is not None:
            self._fill(reading, role, nouns.antecedent(subject))
        elif inner := syntax.children(head, {"nsubj", "nummod", "npadvmod", "poss"}):
            self._fill(reading, role, inner[0])
        elif head.dep_ in {"acomp", "oprd", "amod", "relcl", "acl"} or head.head.lemma_ == "leave":
            self._fill(reading, role, head.head) if head.head.pos_ in {"NOUN", "NUM", "PROPN"} else self._left(
                reading, role
            )
        else:
            reading.add(role, head)

    def _left(self, reading: Reading, role: str) -> None:
        """ "Left 12 people dead": the object of the verb."""
        for each in syntax.children(reading.trigger.head.head, {"dobj"}):
            self._fill(reading, role, each)

    def _modifier(self, reading: Reading, token: Token) -> None:
        """What stands before an event noun: "US airstrike", "car bomb attack", "church bombing", "the group's raid"."""
        if (token.i in self.triggers and nouns.lemma(token) in self.words.nouns) or token.lower_ in KINDS:
            return
        found = nouns.classes(self.words, token)
        sense = reading.sense
        if "Weapon" in found or (nouns.armament(self.words, token) and not found & {"Fighters", "Military"}):
            self._fill(reading, "instrument", token)
        elif sense.subject == "victim":
            if found & nouns.PEOPLE or token.dep_ == "poss":
                self._fill(reading, "victim", token)
        elif token.dep_ == "poss":
            self._possessor(reading, token, found)
        elif token.dep_ in {"compound", "nmod", "conj"} and found >= {"Place"} and not self._is_power(token):
            self._fill(reading, "place", token)
        elif found & {"State", "Norp", "ArmedGroup", "Coalition", "Fighters", "Military"} or (
            found & {"Organization"} and token.pos_ == "PROPN"
        ):
            self._fill(reading, sense.subject, token)
        elif found & {"Facility", "Vehicle", "Civilians", "Person"} and token.dep_ == "compound":
            self._fill(reading, sense.object, token)

    def _possessor(self, reading: Reading, token: Token, found: frozenset[str]) -> None:
        object_is_victim = reading.sense.object == "victim"
        if "Place" in found and "State" not in found:
            self._fill(reading, "place", token)
        elif token.ent_type_ not in nouns.ENTITY_CLASSES and token.ent_type_:
            return
        else:
            self._fill(
                reading,
                reading.sense.object
                if object_is_victim and not found & {"State", "Military"}
                else reading.sense.subject,
                token,
            )

    @staticmethod
    def _is_power(token: Token) -> bool:
        """Whether the bare name of a state before an event noun is the attacker: "US strikes", but "Syria strikes"."""
        return token.text.replace(".", "").isupper() or token.pos_ == "ADJ"

    def _governor(self, head: Token) -> Token:
        """The collective above an event noun: the wave of "a wave of attacks"."""
        while head.dep_ == "pobj" and head.head.lower_ == "of" and nouns.lemma(head.head.head) in nouns.COLLECTIVES:
            head = head.head.head
        return head

    def _clauses_on(self, reading: Reading, head: Token) -> None:
        """ "An attack carried out by rebels", "the raid that the army launched": support verbs below the noun."""
        for verb in head.children:
            if verb.dep_ in {"acl", "relcl"} and (support := self._supporting(verb, head)):
                clause = clauses.read(verb)
                if clause.subject is not None and support.subject != NO_ROLE and clause.subject != head:
                    self._fill(reading, support.subject, clause.subject)
                reading.support, reading.modality = verb, self._changed(reading, support)
                self._tails(reading, verb)
            elif happening := _happening(verb):
                reading.support = reading.support or happening
                self._tails(reading, happening)

    def _tails(self, reading: Reading, verb: Token) -> None:
        for preposition in self._prepositions(verb):
            if preposition.lower_ not in {"by", "of"}:
                self._by_preposition(reading, preposition, passive=True)

    def _support(self, reading: Reading, noun: Token) -> None:
        """ "Carried out airstrikes", "was blamed for the raid", "came under fire", "the attack took place in Orrel"."""
        verb = self._verb_above(noun)
        if verb is None:
            return
        clause = clauses.read(verb)
        support = self._supporting(verb, noun)
        if support and noun != clause.subject:
            if support.object not in {NO_ROLE, "event"} and clause.object is not None:
                self._fill(reading, support.object, clause.object)
            elif support.subject != NO_ROLE and (filler := self._of_support(clause, noun)) is not None:
                self._fill(reading, self._role_of(reading, support.subject), filler)
            reading.support, reading.modality = verb, self._changed(reading, support)
            self._tails(reading, verb)
        elif noun in {clause.subject, clause.object} and (verb.lemma_ in HAPPENING or verb.lemma_ == "be"):
            reading.support = verb
            self._tails(reading, verb)

    @staticmethod
    def _of_support(clause: clauses.Clause, noun: Token) -> Token | None:
        """Who carries out: the subject; the logical object where the passive has it ("was accused of", "is blamed for")."""
        if (
            clause.passive
            and clause.object is not None
            and clause.object != noun
            and clause.object not in nouns.together(noun)
        ):
            return clause.object
        return clause.subject if clause.subject != noun else None

    def _role_of(self, reading: Reading, role: str) -> str:
        """An attacker is an agent where the event is no attack; a target of harm is its victim."""
        sense = reading.sense
        if role == "attacker":
            return "agent" if sense.subject == "agent" else "attacker" if sense.subject != "victim" else NO_ROLE
        return "victim" if "victim" in {sense.subject, sense.object} else role

    @staticmethod
    def _changed(reading: Reading, support: Support) -> str | None:
        return reading.modality or (support.modality if support.modality != "asserted" else None)

    def _verb_above(self, noun: Token) -> Token | None:
        """The verb that governs a noun, directly or through one or two prepositions and nouns."""
        at = noun
        while at.dep_ == "conj" and at.head.pos_ in {"NOUN", "PROPN"}:
            at = at.head
        for _ in range(4):
            if at.head == at:
                return None
            at = at.head
            if syntax.is_verb(at):
                return at
            if at.pos_ not in {"ADP", "NOUN", "SCONJ", "ADJ"}:
                return None
        return None

    def _supporting(self, verb: Token, noun: Token) -> Support | None:
        """The support that a verb gives to a noun, its particles and nouns on the way to it included."""
        low, high = sorted((verb.i, noun.i))
        between = [nouns.lemma(token) for token in verb.doc[low:high]] + [child.lower_ for child in verb.children]
        candidates = self.words.support.get(nouns.lemma(verb), ())
        found = next((each for each in candidates if all(word in between for word in each.rest)), None)
        if found is None or (
            not found.rest and verb.i in self.triggers and verb.lemma_ not in {"launch", "fire", "drop", "execute"}
        ):
            return None
        direct = noun.dep_ in {"dobj", "nsubjpass", "attr", "conj", "dative"} or bool(
            found and (found.rest or found.object != "event")
        )
        return found if found and (direct or verb.dep_ in {"acl", "relcl"}) else None

    # ------------------------------------------------------------------ prepositions

    @staticmethod
    def _prepositions(*governors: Token) -> Iterator[Token]:
        for governor in governors:
            for child in governor.children:
                if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "VERB", "ADV"}:
                    yield child
                    yield from (each for each in child.children if each.dep_ == "prep")

    def _by_preposition(self, reading: Reading, preposition: Token, *, passive: bool) -> None:
        for noun in map(_behind_front, syntax.children(preposition, {"pobj"})):
            if not self._as_cause(reading, preposition, noun):
                for each in nouns.together(noun):
                    self._under(reading, preposition, each, passive=passive)

    def _as_cause(self, reading: Reading, preposition: Token, noun: Token) -> bool:
        """ "Killed in an airstrike", "wounded during clashes": the event behind the preposition caused this one."""
        inner = nouns.meaning(noun)
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
            self._fill(reading, self._of_role(sense, found), noun)
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
        elif word in PLACES and (self._is_place(noun) or (word in LOCATIVE and _is_unknown_name(noun))):
            self._place(reading, noun)

    @staticmethod
    def _of_role(sense: Sense, found: frozenset[str]) -> str:
        """ "Shelling of the town" has a target; "explosion of a mine" an instrument; "fall of the town" a place."""
        if sense.object == NO_ROLE:
            return sense.subject
        if sense.subject == "instrument":
            return "instrument"
        return sense.object if not ("Fighters" in found and sense.type in {"Attack", "Assault"}) else sense.subject

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
        if word == "at" and self._is_place(noun) and not self._aims(reading):
            self._place(reading, noun)
        elif word == "on" and nouns.lemma(noun) in {
            "road",
            "highway",
            "street",
            "outskirt",
            "outskirts",
            "route",
            "border",
            "front",
            "side",
            "coast",
            "edge",
        }:
            self._place(reading, noun)
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

    def _is_place(self, noun: Token) -> bool:
        return nouns.is_place(self.words, noun) or (noun.pos_ == "PROPN" and noun.ent_type_ in {"GPE", "LOC", "FAC"})

    def _place(self, reading: Reading, noun: Token) -> None:
        reading.add("place", noun)
        for preposition in self._prepositions(noun):
            if preposition.lower_ in {"in", "near", "of"} and preposition.lower_ != "of":
                for each in syntax.children(preposition, {"pobj"}):
                    if self._is_place(each):
                        self._place(reading, each)

    def _bearing(self, reading: Reading, head: Token) -> None:
        """ "East of Orrel", "20 km north of the town": the place is the town with its bearing."""
        for child in head.children:
            if child.dep_ in {"advmod", "npadvmod"} and child.lower_ in BEARINGS:
                for of in syntax.children(child, {"prep"}):
                    for noun in syntax.children(of, {"pobj"}):
                        reading.add("place", noun)

    # ------------------------------------------------------------------ filling

    def _fill(self, reading: Reading, role: str, token: Token) -> None:
        """Put a phrase and what is coordinated with it into a role, or where its class belongs."""
        if role == NO_ROLE:
            return
        for each in nouns.together(nouns.antecedent(token)):
            inner = nouns.meaning(each)
            if inner.i in self.triggers and not self.triggers[inner.i].is_verb and inner != reading.trigger.head:
                if role in {"attacker", "instrument", "agent"}:
                    reading.causes.append(inner)
            elif self._can_fill(reading, inner):
                self._put(reading, role, each, inner)

    @staticmethod
    def _can_fill(reading: Reading, noun: Token) -> bool:
        if noun.pos_ not in NOMINAL or noun.ent_type_ in NO_FILLERS or noun.lower_ in EMPTY - {"it"}:
            return False
        return noun != reading.trigger.head and not noun.is_punct

    def _put(self, reading: Reading, role: str, token: Token, inner: Token) -> None:
        found = nouns.classes(self.words, inner)
        arms = bool(found & nouns.PLATFORMS) or (
            nouns.armament(self.words, inner) is not None and not found & {"Fighters", "Military", "Person"}
        )
        if role in {"attacker", "agent"} and arms and reading.sense.subject != "victim":
            reading.add("instrument", token)
            self._owners(reading, inner)
        elif role == "instrument" and not arms and found & {"Facility", "Place", "Vehicle", "Person", "Group"}:
            reading.add("target" if reading.sense.subject == "attacker" else "place", token)
        elif role == "victim" and found & {"Facility", "Vehicle", "Weapon"} and not found & nouns.PEOPLE:
            reading.add("target", token)
        else:
            reading.add(role, token)

    def _owners(self, reading: Reading, platform: Token) -> None:
        """Whose aircraft or weapons: "US and Iraqi aircraft"."""
        for each in nouns.modifiers(platform):
            found = nouns.classes(self.words, each)
            if found & {"State", "Norp", "ArmedGroup", "Coalition", "Military", "Fighters"}:
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


def _happening(verb: Token) -> Token | None:
    """The verb that says of the noun above that it happened, a saying between them or not ("which he said took place")."""
    if verb.dep_ not in {"acl", "relcl"}:
        return None
    return next((each for each in (verb, *syntax.children(verb, {"ccomp"})) if each.lemma_ in HAPPENING), None)


def _out_of(verb: Token) -> list[Token]:
    """The nouns behind "out of"."""
    found = [out for out in verb.children if out.lower_ == "out"]
    return (
        [noun for out in found for of in (out, *out.children) for noun in syntax.prepositional_objects(of, "of")]
        + [noun for out in found for noun in syntax.children(out, {"pobj"})]
        + (syntax.prepositional_objects(verb, "of") if found else [])
    )


def _is_unknown_name(noun: Token) -> bool:
    """A name behind "in" or "near" that the model does not know is more likely a place than anything else."""
    return (
        noun.pos_ == "PROPN"
        and noun.ent_type_ in {"", "PERSON", "ORG"}
        and not noun.ent_id_
        and not noun.text.isupper()
    )


def _behind_front(noun: Token) -> Token:
    """The place behind "in front of", "at the door of"."""
    if nouns.lemma(noun) in {
        "front",
        "door",
        "gate",
        "entrance",
        "side",
        "edge",
        "outskirt",
        "center",
        "centre",
        "heart",
        "middle",
    }:
        return next(iter(syntax.prepositional_objects(noun, "of")), noun)
    return noun
