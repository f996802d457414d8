"""The arguments of event nouns: what stands before them, and the verbs that support them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import clauses, nouns
from kg.extract.events.lexicon import NO_ROLE
from kg.extract.events.prepositions import Prepositions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.extract.events.lexicon import Support
    from kg.extract.events.readings import Reading


#: Verbs that evoke an event of their own, and also carry one that a noun names.
#: Verbs that say of nothing but a deed who did it; a house may be used or led by anybody.
DONE = frozenset({"conduct", "launch", "perpetrate", "stage", "commit", "mount"})
BOTH = frozenset({"launch", "fire", "drop", "execute", "claim"})


def _fits(support: Support, verb: Token) -> bool:
    """Whether a verb with its particles makes its subject an attacker."""
    if support.subject != "attacker" or not {*support.rest} <= {child.lower_ for child in verb.children}:
        return False
    return bool(support.rest) or support.modality == "alleged" or verb.lemma_ in DONE


def _is_of_place(verb: Token, noun: Token) -> bool:
    """As in "raids on Orrel, which is held by rebels": who holds the town did not make the raids."""
    return verb.dep_ == "relcl" and verb.lemma_ in {"hold", "lead"} and verb.left_edge.i > noun.i + 1


class Nominals(Prepositions):
    """Reads the arguments of nouns and adjectives."""

    def _noun(self, reading: Reading) -> None:
        head = reading.trigger.head
        if reading.sense.object == NO_ROLE and nouns.lemma(head) in {"dead", "wounded", "injured", "slain"}:
            self._adjective(reading)
        else:
            for each in nouns.modifiers(head):
                if not reading.trigger.first.i <= each.i <= reading.trigger.last.i:
                    self._modifier(reading, each)
        governor = nouns.governor(self.words, head)
        for preposition in self._prepositions(head, *([governor] if governor != head else [])):
            if not self._blames(reading, governor, preposition):
                self._by_preposition(reading, preposition, passive=True)
                self._behind_agent(reading, preposition)
        if head.dep_ == "conj" and syntax.is_verb(head.head):  # "kills 12, wounds 30": a verb taken for a noun
            for each in (child for child in head.rights if child.dep_ == "nummod"):
                self._fill(reading, reading.sense.object, each)
        self._support(reading, governor)
        self._clauses_on(reading, head)
        self._bearing(reading, head)

    def _behind_agent(self, reading: Reading, by: Token) -> None:
        """As in "attacks by rebels on the town", where the parser puts "on" below the rebels."""
        for agent in syntax.children(by, {"pobj"}) if by.lower_ == "by" else ():
            for preposition in self._prepositions(agent):
                if preposition.lower_ in {"on", "against"}:
                    self._by_preposition(reading, preposition, passive=True)

    def _adjective(self, reading: Reading) -> None:
        """As in "12 dead", "people were wounded", "the dead", "wounded soldiers"."""
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
        """As in "Left 12 people dead": the object of the verb."""
        for each in syntax.children(reading.trigger.head.head, {"dobj"}):
            self._fill(reading, role, each)

    def _modifier(self, reading: Reading, token: Token) -> None:
        """What stands before an event noun: "US airstrike", "car bomb attack", "church bombing", "the group's raid"."""
        told = token.i in self.triggers and nouns.lemma(token) in self.words.nouns
        if told or token.lower_ in self.words.sets["Kind"]:
            return
        found = nouns.classes(self.words, token)
        sense = reading.sense
        if token.head != reading.trigger.head and nouns.is_part_of_thing(self.words, token):
            return
        if "Weapon" in found or (nouns.armament(self.words, token) and not found & {"Fighters", "Military"}):
            self._fill(reading, "instrument", token)
        elif sense.subject == "victim":
            if found & nouns.PEOPLE or token.dep_ == "poss":
                self._fill(reading, "victim", token)
        elif token.dep_ == "poss":
            self._possessor(reading, token, found)
        elif self._is_scene(token, found):
            self._fill(reading, "place", token)
        elif found & {"State", "Norp", "ArmedGroup", "Coalition", "Fighters", "Military"} or (
            (found & {"Organization"} and token.pos_ == "PROPN") or self._is_acronym(token)
        ):
            self._fill(reading, sense.subject, token)
        elif found & {"Facility", "Vehicle", "Civilians", "Person"} and token.dep_ == "compound":
            scene = sense.object == NO_ROLE and "Facility" in found  # "market blast"
            self._fill(reading, "place" if scene else sense.object, token)

    @staticmethod
    def _is_acronym(token: Token) -> bool:
        """Whether letters that no table knows name who attacks: "RSF shelling"; a headline in capitals says nothing."""
        letters = token.is_upper and token.is_alpha and 1 < len(token) < 7
        return letters and not token.head.is_upper and not token.ent_id_ and token.ent_type_ not in {"GPE", "LOC"}

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
                if object_is_victim and not found & {"State", "Military", "Organization", "ArmedGroup", "Fighters"}
                else reading.sense.subject,
                token,
            )

    def _is_scene(self, token: Token, found: frozenset[str]) -> bool:
        """Whether a name before an event noun says where it was: the Orrel of "the Orrel raids"."""
        place = found >= {"Place"} and not self._is_power(token)
        return token.dep_ in {"compound", "nmod", "conj"} and (place or nouns.is_place_elsewhere(token))

    @staticmethod
    def _is_power(token: Token) -> bool:
        """Whether the bare name of a state before an event noun is the attacker: "US strikes", but "Syria strikes"."""
        return token.text.replace(".", "").isupper() or token.pos_ == "ADJ"

    def _trailing(self, head: Token) -> Iterator[Token]:
        """Participles at the end, which the parser puts below the place or the verb: "a raid on Orrel claimed by"."""
        above = self._verb_above(head)
        below = (each for each in head.subtree if each.dep_ == "acl" and self._is_place(each.head))
        for verb in (*below, *(syntax.children(above, {"advcl"}) if above is not None else ())):
            participle = verb.tag_ in {"VBN", "VBD"} and syntax.subject(verb) is None
            if participle and verb.i > head.i and syntax.agent(verb) is not None:
                yield verb

    def _carried_out(self, reading: Reading, verb: Token) -> None:
        """The doer of a participle that says who made an attack, where nothing else names one."""
        support = next((each for each in self.words.support.get(nouns.lemma(verb), ()) if _fits(each, verb)), None)
        doer = syntax.agent(verb)
        if support is not None and doer is not None and not reading.of("attacker"):
            self._fill(reading, self._role_of(reading, support.subject), doer)
            reading.modality = self._changed(reading, support)

    def _clauses_on(self, reading: Reading, head: Token) -> None:
        """As in "An attack carried out by rebels", "the raid that the army launched": support verbs below the noun."""
        for verb in self._trailing(head):
            self._carried_out(reading, verb)
        for verb in head.children:
            self._blamed(reading, verb)
            if _is_of_place(verb, head):
                continue
            if verb.dep_ in {"acl", "relcl"} and (support := self._supporting(verb, head)):
                clause = clauses.read(self.words, verb)
                if clause.subject is not None and support.subject != NO_ROLE and clause.subject != head:
                    self._fill(reading, support.subject, clause.subject)
                reading.support, reading.modality = verb, self._changed(reading, support)
                self._tails(reading, verb)
            elif nouns.lemma(verb) in self.words.sets["Aim"] and verb.dep_ in {"acl", "relcl"}:
                for noun in syntax.prepositional_objects(verb, "at", "against", "on"):
                    self._fill(reading, self._role_of(reading, "target"), noun)
            elif happening := self._happening(verb):
                reading.support = reading.support or happening
                self._tails(reading, happening)

    def _happening(self, verb: Token) -> Token | None:
        """The verb that says of the noun above that it happened, also through a saying ("which he said took place")."""
        if verb.dep_ not in {"acl", "relcl"}:
            return None
        told = (verb, *syntax.children(verb, {"ccomp"}))
        return next((each for each in told if each.lemma_ in self.words.sets["Happening"]), None)

    def _tails(self, reading: Reading, verb: Token) -> None:
        for preposition in self._prepositions(verb):
            if preposition.lower_ not in {"by", "of"}:
                self._by_preposition(reading, preposition, passive=True)

    def _support(self, reading: Reading, noun: Token) -> None:
        """As in "carried out airstrikes", "was blamed for the raid", "came under fire", "the attack took place"."""
        verb = self._raised(self._verb_above(noun), noun)
        if verb is None:
            return
        clause = clauses.read(self.words, verb)
        if noun in {clause.subject, clause.object}:
            self._blamed(reading, verb)
        if noun == clause.subject and nouns.lemma(verb) in self.words.sets["Opposing"]:
            self._opposed(reading, verb)
        support = self._supporting(verb, noun)
        if support and noun != clause.subject and not syntax.is_negated(verb):
            if support.object not in {NO_ROLE, "event"} and clause.object is not None:
                self._fill(reading, support.object, clause.object)
            elif support.subject != NO_ROLE and (filler := self._of_support(clause, noun)) is not None:
                self._fill(reading, self._role_of(reading, support.subject), filler)
            reading.support, reading.modality = verb, self._changed(reading, support)
            self._tails(reading, verb)
        elif noun in {clause.subject, clause.object} and verb.lemma_ in {*self.words.sets["Happening"], "be"}:
            reading.support = verb
            self._tails(reading, verb)

    def _raised(self, verb: Token | None, noun: Token) -> Token | None:
        """As in "The raid is thought to have been carried out by rebels": the verb below the one of thinking."""
        if verb is None or noun.dep_ not in {"nsubj", "nsubjpass"} or noun.head != verb:
            return verb
        below = syntax.children(verb, {"xcomp"})
        return next((each for each in below if nouns.lemma(each) in self.words.support), verb)

    def _blames(self, reading: Reading, noun: Token, preposition: Token) -> bool:
        """As in "blamed the attack on rebels", where the parser puts "on" below the noun."""
        if noun.dep_ != "dobj" or preposition.lower_ not in {"on", "to"}:
            return False
        if nouns.lemma(noun.head) not in self.words.sets["Blame"]:
            return False
        for each in syntax.children(preposition, {"pobj"}):
            self._fill(reading, self._role_of(reading, "attacker"), each)
        reading.modality = reading.modality or "alleged"
        return True

    def _opposed(self, reading: Reading, verb: Token) -> None:
        """As in "the clashes pitted rebels against the army": both sides."""
        objects = syntax.children(verb, {"dobj"})
        for side in (*objects, *syntax.prepositional_objects(verb, "against")):
            self._fill(reading, reading.sense.subject, side)
        for inner in (each for obj in objects for each in syntax.prepositional_objects(obj, "against")):
            self._fill(reading, reading.sense.subject, inner)

    def _blamed(self, reading: Reading, verb: Token) -> None:
        """As in "The bombing was attributed to the militia", "an attack blamed on rebels"."""
        if nouns.lemma(verb) in self.words.sets["Blame"] and syntax.is_verb(verb):
            for noun in syntax.prepositional_objects(verb, "to", "on"):
                self._fill(reading, self._role_of(reading, "attacker"), noun)
                reading.modality = reading.modality or "alleged"

    @staticmethod
    def _of_support(clause: clauses.Clause, noun: Token) -> Token | None:
        """Who carries out: the subject; the logical object of a passive ("was accused of", "is blamed for")."""
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
            return "agent" if sense.subject == "agent" else "attacker"
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
        if found is None or (not found.rest and verb.i in self.triggers and verb.lemma_ not in BOTH):
            return None
        direct = noun.dep_ in {"dobj", "nsubjpass", "attr", "conj", "dative"} or bool(
            found and (found.rest or found.object != "event")
        )
        return found if found and (direct or (verb.dep_ in {"acl", "relcl"} and verb.head == noun)) else None
