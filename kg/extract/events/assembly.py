"""From readings of triggers to events: causes joined, types made narrower by arms, place, time and figures added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import moments, nouns, status
from kg.extract.events.readings import HARM
from kg.records import Argument, Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading
    from kg.extract.figures import Count
    from kg.records import Figure, TextSpan

Readings = dict[int, "Reading"]
ROLE_ORDER = ("attacker", "agent", "target", "victim", "instrument", "place", "origin")
#: What a text opens with, in tokens.
LEAD = 100
#: What is done to take ground is done to that ground: "an offensive to retake Orrel".
GROUND = frozenset({"TerritoryCapture", "TerritoryRegained"})
ONSLAUGHTS = frozenset({"Offensive", "Attack", "Assault"})
AROUND = ("in", "near", "at", "outside", "of", "around", "inside", "across")
LOCATIVE = frozenset({"in", "near", "at", "outside", "inside", "throughout", "across", "around"})
NAMING = frozenset({"in", "near", "outside", "throughout"})
RANK = (
    "ChemicalAttack",
    "SuicideBombing",
    "DroneStrike",
    "RemoteExplosive",
    "AirStrike",
    "MissileStrike",
    "Shelling",
    "GrenadeAttack",
    "Bombing",
    "Shooting",
)


# -------------------------------------------------------------------------------- causes


def joined(words: Lexicon, readings: Readings) -> Readings:
    """Verbs that only carry another event ("was hit by airstrikes") give it their fillers; harm gets its attackers."""
    kept = dict(readings)
    for head, reading in readings.items():
        reading.causes = [each for each in reading.causes if each.i in readings and each.i != head]
        if reading.causes and _is_carrier(words, reading):
            _hand_over(reading, readings)
            del kept[head]
    _hand_up(kept)
    for head, reading in kept.items():
        cause = cause_of(words, reading, kept)
        if cause is not None and cause.trigger.head.i != head:
            _inherit(reading, cause)
            _bequeath(reading, cause)
    return kept


def _is_carrier(words: Lexicon, reading: Reading) -> bool:
    """Whether a verb of attack only carries another event: what hit is "airstrikes"."""
    return (
        reading.trigger.is_verb
        and reading.sense.subject != "victim"
        and not words.broader[reading.sense.type] & HARM
        and (reading.sense.evidence or reading.sense.type in {"Attack", "Bombing", "DisruptedWeapons"})
    )


def _hand_up(kept: Readings) -> None:
    """What an attack is for gives it its target, where it names none: "planted a mine to target patrols"."""
    for head in [head for head, each in kept.items() if _is_aim(each)]:
        if (above := _above(kept[head], kept)) is not None:
            for filler in kept.pop(head).of("target") if not above.is_harm else ():
                above.add("target", filler)
    for reading in [each for each in kept.values() if each.sense.type in GROUND]:
        offensive = _above(reading, kept) if syntax.is_infinitive(reading.trigger.head) else None
        if offensive is not None and offensive.sense.type in ONSLAUGHTS and not offensive.of("target"):
            for filler in reading.of("target"):
                offensive.add("target", filler)


def _above(reading: Reading, readings: Readings) -> Reading | None:
    """The next reading above in the parse."""
    return next((readings[each.i] for each in reading.trigger.head.ancestors if each.i in readings), None)


def _is_aim(reading: Reading) -> bool:
    """As in "planted a mine to target patrols": what the event above was for."""
    verb = reading.trigger.head
    return verb.lemma_ == "target" and verb.dep_ in {"advcl", "xcomp", "acl"} and syntax.is_infinitive(verb)


def _hand_over(reading: Reading, readings: Readings) -> None:
    for cause in reading.causes:
        heir = readings[cause.i]
        for role, fillers in reading.fillers.items():
            for filler in fillers:
                if role != "attacker" or not heir.of("attacker"):
                    heir.add(role, filler)
        heir.support = heir.support or reading.trigger.head


def cause_of(words: Lexicon, reading: Reading, readings: Readings) -> Reading | None:
    """The event that brought a harm about: in its arguments, or the one whose participle it is ("…, killing 12")."""
    if reading.sense.type not in HARM and reading.sense.subject != "victim" and reading.sense.object != "victim":
        return None
    for cause in reading.causes:
        if cause.i in readings:
            return readings[cause.i]
    head = reading.trigger.head
    if head.dep_ in {"advcl", "acl", "conj"} and head.tag_ == "VBG" and head.head.i in readings:
        above = readings[head.head.i]
        return above if not above.is_harm else cause_of(words, above, readings)
    if head.dep_ in {"advcl", "acl"} and head.tag_ == "VBG":
        return _in_object(words, head.head, readings)
    return None


def _in_object(words: Lexicon, verb: Token, readings: Readings) -> Reading | None:
    """The event noun that a support verb governs: "carried out airstrikes, killing 12"."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubj", "nsubjpass"}:
            inner = nouns.meaning(words, child)
            if inner.i in readings and not readings[inner.i].is_harm:
                return readings[inner.i]
    return None


def _inherit(reading: Reading, cause: Reading) -> None:
    """An effect has its cause's attackers and instrument where it names none; in a clash it may be either side."""
    either = cause.sense.type == "ArmedClash" and bool(reading.causes)
    if not reading.of("attacker") and not either:
        for filler in cause.of("attacker"):
            reading.add("attacker", filler)
    if not reading.of("instrument"):
        for filler in cause.of("instrument"):
            reading.add("instrument", filler)


def _bequeath(reading: Reading, cause: Reading) -> None:
    """As in "rebels killed two soldiers in an ambush": who harms in an attack that names nobody made it."""
    if cause.of("attacker") or cause.sense.subject != "attacker" or cause.sense.type == "ArmedClash":
        return
    for filler in reading.of("attacker"):
        cause.add("attacker", filler)


# -------------------------------------------------------------------------------- type


def event_type(words: Lexicon, reading: Reading) -> str:
    """The type of the sense, or the narrower one that the arms in its words or roles make it."""
    plain = reading.type
    kinds = {kind for kind in _arms(words, reading) if plain in words.broader[kind] - {kind}}
    narrowest = [kind for kind in RANK if kind in kinds]
    if plain == "ArmedClash" and not narrowest and _is_crowd(words, reading):
        return "ViolentDemonstration"
    if not narrowest and plain == "Attack" and _both_armed(words, reading):
        return "ArmedClash"
    return narrowest[0] if narrowest else plain


def _is_crowd(words: Lexicon, reading: Reading) -> bool:
    """Whether one side is a crowd without arms."""
    sides = [nouns.meaning(words, each) for role in ("attacker", "target") for each in reading.of(role)]
    crowds = [each for each in sides if nouns.lemma(each) in words.sets["Unarmed"] and not each.ent_type_]
    return any(not any(nouns.is_fighting(words, before) for before in nouns.modifiers(each)) for each in crowds)


def _both_armed(words: Lexicon, reading: Reading) -> bool:
    """Whether fighters attack fighters: an armed clash, as coders of conflict have it."""
    sides = (reading.of("attacker"), reading.of("target"))
    return all(any(nouns.is_fighting(words, each) and not _is_store(words, each) for each in side) for side in sides)


def _is_store(words: Lexicon, noun: Token) -> bool:
    """As in "hit a depot": no one is said to be there who could fight, as at a checkpoint."""
    return nouns.lemma(nouns.meaning(words, noun)) in words.sets["Store"]


def _arms(words: Lexicon, reading: Reading) -> Iterator[str]:
    head = reading.trigger.head
    for each in (*nouns.modifiers(head), *reading.of("instrument"), *reading.of("attacker")):
        inner = nouns.meaning(words, each)
        bears = each.head != head and (
            nouns.lemma(inner) in words.sets["Carrying-word"] or nouns.is_part_of_thing(words, each)
        )
        if not bears and (found := nouns.armament(words, inner)):
            yield found
        for below in nouns.modifiers(inner) if each != head else ():
            if found := nouns.armament(words, below):
                yield found


# -------------------------------------------------------------------------------- place, time, figures


class Beside:
    """What stands beside the readings of one text: its counts and time expressions, and the events made of all."""

    def __init__(
        self, words: Lexicon, readings: Readings, told: Readings, counts: Sequence[Count], times: Sequence[Span]
    ) -> None:
        self.words = words
        self.main = next((each for each in told.values() if "Violence" in words.broader[each.type]), None)
        self.readings = readings
        self.counts = counts
        self.times = [
            (span, moments.anchor(span))
            for span in times
            if not moments.is_dateline(span) and not moments.is_beginning(span)
        ]

    def event(self, reading: Reading) -> Event:
        """The record of one reading."""
        cause = cause_of(self.words, reading, self.readings)
        self._implicit_place(reading, cause)
        trigger = reading.trigger
        return Event(
            type=event_type(self.words, reading),
            trigger=syntax.token_span(trigger.first, trigger.last),
            arguments=tuple(self._arguments(reading)),
            polarity=status.polarity(self.words, reading),
            modality=status.modality(self.words, reading),
            tense=status.tense(self.words, reading),
            time=self._time(reading, cause),
            figures=tuple(self._figures(reading)),
            caused_by=syntax.token_span(cause.trigger.first, cause.trigger.last) if cause else None,
        )

    def _arguments(self, reading: Reading) -> Iterator[Argument]:
        for role in ROLE_ORDER:
            for filler in reading.of(role):
                yield Argument(role, nouns.span(self.words, filler))
        if reading is self.main and not any(map(self._is_named_place, reading.of("place"))):
            for place in self._places_of_lead(reading)[:1]:
                yield Argument("place", nouns.span(self.words, place), inherited=True)

    def _figures(self, reading: Reading) -> Iterator[Figure]:
        """The counts whose measure the trigger gives, and those of its fillers."""
        head = reading.trigger.head
        fillers = {
            each.i for role in ("target", "victim", "instrument", "agent", "attacker") for each in reading.of(role)
        }
        fillers |= {nouns.meaning(self.words, each).i for role in ("target", "victim") for each in reading.of(role)}
        for count in self.counts:
            own = count.source is not None and (
                count.source in reading.trigger.words
                or count.slot.i + 1 == head.i
                or (head.dep_ == "compound" and count.source == head.head)  # "death toll"
            )
            if (
                own
                or (count.noun is not None and count.noun.i in fillers and count.source is None)
                or (count.noun is not None and count.noun == head and not self._is_told_elsewhere(count, head))
            ):
                yield count.figure

    def _is_told_elsewhere(self, count: Count, head: Token) -> bool:
        """Whether another event says what became of whom the trigger counts: "four of the wounded died"."""
        return count.source is not None and count.source != head and count.source.i in self.readings

    # ------------------------------------------------------------------ place

    def _implicit_place(self, reading: Reading, cause: Reading | None) -> None:
        """The place of the clauses around the trigger, where neither it nor its cause has one of its own."""
        if reading.of("place") or reading.of("origin") or (cause is not None and cause.of("place")):
            return
        if entailed := self._entailed_places(reading):
            reading.fillers["place"] = entailed
        elif (found := self._place_around(reading)) is not None:
            reading.add("place", found)

    def _entailed_places(self, reading: Reading) -> list[Token]:
        """Where it was struck is where it happened: the town of "airstrikes on Orrel", of "hit a clinic in Orrel"."""
        struck = [nouns.meaning(self.words, each) for role in ("target", "victim") for each in reading.of(role)]
        taken = reading.sense.type in GROUND
        places = [
            each
            for each in struck
            if each in reading.of("target") and (self._is_named_place(each) or (taken and nouns.is_unknown_place(each)))
        ]
        return [*places, *(noun for each in struck for noun in self._around(each))]

    def _around(self, noun: Token) -> list[Token]:
        """The named places that a phrase stands in or near, and those that these are in."""
        person = "Place" not in nouns.classes(self.words, noun) and not nouns.is_place(self.words, noun)
        words = [each for each in AROUND if each != "of" or not person]  # the mayor of Orrel may be anywhere
        inside = nouns.named_by(self.words, noun)
        named = inside is not None and inside.pos_ == "PROPN"
        places = [each for each in syntax.prepositional_objects(noun, *words) if not (named and each == inside)]
        found = [
            each
            for each in places
            if self._is_named_place(each) or (each.head.lower_ in NAMING and nouns.is_unknown_name(each))
        ]
        return [*found, *(outer for each in found for outer in self._around(each))]

    def _places_of_lead(self, reading: Reading) -> list[Token]:
        """Named places that the main event may have happened at: of its sentence, or of what the text opens with."""
        doc = reading.trigger.head.doc
        lead = [sent for sent in doc.sents if sent.start < LEAD]
        used = {each.i for fillers in reading.fillers.values() for each in fillers}
        return [
            each for sent in (reading.trigger.head.sent, *lead) for each in self._located(sent) if each.i not in used
        ]

    def _is_named_place(self, noun: Token) -> bool:
        if noun.pos_ == "PROPN":
            return nouns.is_name_of_place(noun) and not noun.ent_id_
        named = [*syntax.children(noun, {"compound", "nmod", "appos"}), *syntax.prepositional_objects(noun, "of", "in")]
        return "Place" in nouns.classes(self.words, noun) and any(each.pos_ == "PROPN" for each in named)

    def _place_around(self, reading: Reading) -> Token | None:
        """The only place behind a preposition in the trigger's clause or one above, where it fills no other role."""
        head = reading.trigger.head
        used = {each.i for fillers in reading.fillers.values() for each in fillers}
        clauses = {head.i, *(each.i for each in head.ancestors)}
        near = [each for each in self._located(head.sent) if each.i not in used]
        deed = reading.trigger.is_verb and reading.sense.subject == "attacker" and not reading.is_harm
        below = (each for each in near if deed and head in each.ancestors)
        found = [each for each in near if _clause(each) in clauses] or list(below)
        fronted = [each for each in found if _is_fronted(each)]
        return found[0] if len(found) == 1 else fronted[0] if len(fronted) == 1 else None

    def _located(self, sentence: Span) -> list[Token]:
        """The named places behind prepositions of place in a sentence."""
        return [
            each
            for each in sentence
            if each.dep_ == "pobj"
            and each.i not in self.readings
            and each.head.lower_ in LOCATIVE
            and (self._is_named_place(each) or (each.head.lower_ in NAMING and nouns.is_unknown_name(each)))
        ]

    # ------------------------------------------------------------------ time

    def _time(self, reading: Reading, cause: Reading | None) -> TextSpan | None:
        """The time expression that belongs to the trigger's clause, or to the event that caused it."""
        governors = {reading.trigger.head.i} | ({reading.support.i} if reading.support is not None else set())
        governors |= self._above(reading.trigger.head) | _coordinated(reading.trigger.head)
        governors |= {each.i for each in reading.trigger.tokens if syntax.is_verb(each)}  # "drove a car packed with …"
        struck = (each for role in ("target", "victim") for each in reading.of(role))
        governors |= {each.i for each in struck if each.dep_ == "pobj"}  # "a raid on a wedding last month"
        if cause is not None:
            governors |= {cause.trigger.head.i} | ({cause.support.i} if cause.support is not None else set())
        for span, anchor in self.times:
            if anchor is not None and anchor.i in governors:
                return syntax.span_of(span)
        return None

    def _above(self, head: Token) -> set[int]:
        """Verbs whose time is the trigger's too: those above it, up to a verb of saying."""
        found: set[int] = set()
        at = head
        while at.head != at and len(found) < 4:
            below, at = at, at.head
            if below.dep_ in {"ccomp", "relcl", "parataxis"} or (
                syntax.is_verb(at) and at.lemma_ in self.words.sets["Reporting"]
            ):
                break
            if syntax.is_verb(at) or at.pos_ == "NOUN":
                found.add(at.i)
                found |= _coordinated(at)
        return found


def _is_fronted(place: Token) -> bool:
    """As in "In Orrel, rebels fled towards the posts near Larnow": the sentence plays where it says first."""
    first = next((token for token in place.sent if not token.is_space), None)
    return place.head == first and place.head.lower_ in LOCATIVE


def _coordinated(verb: Token) -> set[int]:
    """The verbs after one that share its subject, and its time: "killed a guard and hurt two on Friday"."""
    return {each.i for each in syntax.children(verb, {"conj"}) if syntax.is_verb(each) and syntax.subject(each) is None}


def _clause(token: Token) -> int:
    """Where the verb above a token is, or the top of the sentence."""
    return next((each.i for each in token.ancestors if syntax.is_verb(each)), token.sent.root.i)
