"""The vocabularies of events as tables: what evokes an event, what can fill a role, what changes modality."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import ActorEntry, Entry, Schema, Vocabulary

T = TypeVar("T")

NO_ROLE = "-"
DISASTER = "Disaster"


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a trigger: its type; the roles of its subject, object and goal; what its fillers must be.

    `evidence`: the reading holds only beside a sign of arms.
    """

    type: str
    subject: str
    object: str
    goal: str
    classes: tuple[tuple[str, str], ...]
    evidence: bool
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """A verb that gives its subject (or object) a role in an event that another word names."""

    subject: str
    object: str
    modality: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that events look up; words are lower-case lemmas, classes are those of things.ttl and kg.ttl."""

    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    adjectives: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[Sense, ...]]
    evoking: frozenset[str]
    instruments: dict[str, str]
    hazards: frozenset[str]
    broader: dict[str, frozenset[str]]
    support: dict[str, tuple[Support, ...]]
    modal_verbs: dict[str, str]
    modal_nouns: dict[str, str]
    modal_adjectives: dict[str, str]
    modal_phrases: dict[str, str]
    things: dict[str, frozenset[str]]
    actors: dict[str, str]
    sets: dict[str, frozenset[str]]


def make_lexicon(schema: Schema) -> Lexicon:
    """Read the vocabularies of events, roles, modalities and things."""
    events = schema.events.entries
    modal, sets = schema.modalities.entries, _sets(schema.words.entries)
    return Lexicon(
        verbs=_mistaken(_senses(e for e in events if e.pos == "VERB")),
        nouns=_senses(e for e in events if e.pos == "NOUN"),
        adjectives=_senses(e for e in events if e.pos == "ADJ"),
        phrases=_senses((e for e in events if e.pos == "X"), by_first_word=True),
        evoking=frozenset(
            word
            for e in events
            if e.pos != "INSTRUMENT"
            for word in (e.form.split()[0], e.form.split()[-1], e.form[:-1])
        ),
        instruments={e.form: e.concept for e in events if e.pos == "INSTRUMENT" and e.concept != DISASTER},
        hazards=frozenset(e.form for e in events if e.pos == "INSTRUMENT" and e.concept == DISASTER),
        broader=ancestors(schema.events),
        support=_mistaken(_support(schema.roles.entries)),
        modal_verbs=_mistaken(_words(modal, "VERB")),
        modal_nouns=_words(modal, "NOUN"),
        modal_adjectives={**_words(modal, "ADJ"), **_words(modal, "ADV")},
        modal_phrases=_words(modal, "X"),
        things=_things(schema),
        actors={actor.id: _actor_class(actor, sets["Force-name"]) for actor in schema.actors},
        sets=sets,
    )


def _actor_class(actor: ActorEntry, forces: frozenset[str]) -> str:
    """The class of a listed actor; organizations whose names speak of no force bear no arms: agencies, courts."""
    names = {word.casefold() for name in (actor.label, *actor.aliases) for word in re.split(r"\W+", name)}
    return "Unarmed" if actor.type == "Organization" and names.isdisjoint(forces) else actor.type


def _sets(entries: Iterable[Entry]) -> dict[str, frozenset[str]]:
    """Class of words -> its words."""
    table: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        table[entry.concept].add(entry.form)
    return {name: frozenset(forms) for name, forms in table.items()}


def _words(entries: Iterable[Entry], pos: str) -> dict[str, str]:
    return {entry.form: entry.concept for entry in entries if entry.pos == pos}


def _senses(entries: Iterable[Entry], *, by_first_word: bool = False) -> dict[str, tuple[Sense, ...]]:
    """Form (or first word of a phrase) -> its senses: those that ask for most first, longer phrases first."""
    table: dict[str, list[Sense]] = defaultdict(list)
    for entry in entries:
        first, *rest = entry.form.split() if by_first_word else [entry.form]
        table[first].append(_sense(entry, tuple(rest)))
    return {form: tuple(sorted(senses, key=_demand)) for form, senses in table.items()}


def _mistaken(table: dict[str, T]) -> dict[str, T]:
    """With the lemmas that the lemmatizer gives where it drops an "e" too many ("staged": "stag")."""
    return {form[:-1]: found for form, found in table.items() if form[-1] == "e"} | table


def _demand(sense: Sense) -> tuple[int, int, bool]:
    return -len(sense.rest), -len([name for _, name in sense.classes if name[0].isupper()]), not sense.evidence


def _sense(entry: Entry, rest: tuple[str, ...]) -> Sense:
    words = entry.frame.split() or ["attacker", "target"]
    slots = [word for word in words if word != "?"]
    pairs = [slot.partition(":")[::2] for slot in (*slots, NO_ROLE, NO_ROLE)[:3]]
    classes = tuple((role, name) for role, name in pairs if name)
    return Sense(entry.concept, pairs[0][0], pairs[1][0], pairs[2][0], classes, "?" in words, rest)


def _support(entries: Iterable[Entry]) -> dict[str, tuple[Support, ...]]:
    table: dict[str, list[Support]] = defaultdict(list)
    for entry in entries:
        if entry.pos in {"VERB", "X"}:
            first, *rest = entry.form.split()
            subject, obj, modality = entry.frame.split()
            table[first].append(Support(subject, obj, modality, tuple(rest)))
    return {form: tuple(sorted(found, key=lambda each: -len(each.rest))) for form, found in table.items()}


def ancestors(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Concept -> itself and all that is broader."""
    direct = {concept.name: concept.broader for concept in vocabulary.concepts}

    def above(name: str) -> frozenset[str]:
        return frozenset({name}).union(*(above(each) for each in direct.get(name, ()) if each != name))

    return {name: above(name) for name in direct}


def _things(schema: Schema) -> dict[str, frozenset[str]]:
    """Common noun -> the classes of what it names, the broader ones included."""
    above = ancestors(schema.things)
    table: dict[str, frozenset[str]] = {}
    for entry in schema.things.entries:
        table[entry.form] = table.get(entry.form, frozenset()) | above.get(entry.concept, frozenset({entry.concept}))
    posts = {entry.form for entry in schema.posts.entries if entry.pos in {"NOUN", "X"}}
    return {**{form: frozenset({"Person"}) for form in posts}, **table}
