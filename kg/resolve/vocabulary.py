"""What the vocabularies say to those who know no parser: listed actors, classes and concepts of nouns and posts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import ActorEntry, Concept, Schema, Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Look-up tables.

    Attributes:
        actors: Id -> listed actor.
        concepts: Common noun or post, as a lemma -> its concept (`Fighters`, `Military`, `Spokesperson`, …).
        states: ISO code of a country -> id of its state.
        classes: Word -> its classes in `words.ttl`.
        ranks: Rank as written, lower case without dots -> its label ("Col." -> "colonel").
    """

    actors: Mapping[str, ActorEntry]
    concepts: Mapping[str, str]
    ranks: Mapping[str, str]
    states: Mapping[str, str]
    classes: Mapping[str, frozenset[str]]

    def of(self, word: str, name: str) -> bool:
        """Whether a word in lower case is of a class of words."""
        return name in self.classes.get(word, ())

    def concept(self, noun: str) -> str | None:
        """The concept of a noun phrase by its last words, singular or plural."""
        words = noun.lower().split()
        forms = (form for at in range(len(words)) for form in singulars(" ".join(words[at:])))
        return next((self.concepts[form] for form in forms if form in self.concepts), None)

    def rank(self, words: str) -> str | None:
        """The label of a rank."""
        return self.ranks.get(_plain(words))


def make_words(schema: Schema) -> Words:
    """Read the tables out of the vocabularies."""
    labels = {concept.name: concept.label for concept in schema.posts.concepts}
    ranks = {concept.name for concept in schema.posts.concepts if _is_rank(concept)}
    return Words(
        actors={actor.id: actor for actor in schema.actors},
        states={actor.country: actor.id for actor in schema.actors if actor.type == "State" and actor.country},
        concepts={**_concepts(schema.things), **_concepts(schema.posts)},
        classes=_classes(schema.words),
        ranks={_plain(entry.form): labels[entry.concept] for entry in schema.posts.entries if entry.concept in ranks},
    )


def _concepts(vocabulary: Vocabulary) -> dict[str, str]:
    return {entry.form: entry.concept for entry in vocabulary.entries if entry.pos == "NOUN"}


def _classes(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for entry in vocabulary.entries:
        names[entry.form].add(entry.concept)
    return {form: frozenset(found) for form, found in names.items()}


def _is_rank(concept: Concept) -> bool:
    return "Rank" in concept.broader


def singulars(noun: str) -> tuple[str, ...]:
    """The forms that a noun may have in a vocabulary of lemmas, the given one first."""
    forms = [noun]
    if noun.endswith("men"):
        forms.append(noun[:-2] + "an")
    if noun.endswith("ies"):
        forms.append(noun[:-3] + "y")
    if noun.endswith("es"):
        forms.append(noun[:-2])
    if noun.endswith("s"):
        forms.append(noun[:-1])
    return tuple(forms)


def singular(noun: str) -> str:
    """The most likely singular of a noun in lower case."""
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def _plain(words: str) -> str:
    return " ".join(words.lower().replace(".", " ").split())
