"""What the vocabularies say about words: which names are listed, what class a noun stands for, what is a rank.

Keys are words as they stand after normalisation (straight apostrophes); nouns and posts are lower-case lemmas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.syntax import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Doc, Token

    from kg.records import ActorEntry, Schema, Vocabulary

#: Classes of words that tell as the last of a name what it names, whatever the recognizer says.
ENDINGS = {"Body": "Organization", "Building": "Facility", "Landform": "Place"}
#: Classes of words that this package asks for.
USED = ("Ship", "Male", "Female", "Office", "Utterance", "Reach", "Side", "Leading", "Adjacent")
#: The longest noun of the vocabularies, in words.
LONGEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Look-up tables made from the schema.

    Attributes:
        names: Every listed spelling of an actor, to the actor; `ambiguous` ones too.
        spotted: Those of states, which no ruler spots: they count wherever no longer name holds them.
        demonyms: "Iraqi", "Iraqis" to the state.
        metonyms: Capitals and buildings that stand for a government, to the state.
        nouns: Common noun to the class that it stands for (`Person`, `Weapon`, `Place`, …).
        posts: Post to its concept; every one is a noun for a person as well.
        ranks: Rank as it is written before a name, to its concept; lower case, without the dot.
        titles: Forms of address before a name, likewise.
        ends: The last words of nouns and posts of several words.
        types: Id of a listed actor to its class.
        speaking: Lemmas of verbs that only somebody who acts can be the subject of.
        endings: Last word of a name of several words, to the class of what it names.
        sets: Class of words (`words.ttl`) to its words.
    """

    names: Mapping[str, ActorEntry]
    spotted: Mapping[str, ActorEntry]
    demonyms: Mapping[str, ActorEntry]
    metonyms: Mapping[str, ActorEntry]
    nouns: Mapping[str, str]
    posts: Mapping[str, str]
    ranks: Mapping[str, str]
    titles: Mapping[str, str]
    ends: frozenset[str]
    types: Mapping[str, str]
    speaking: frozenset[str]
    endings: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]

    def listed(self, words: str) -> ActorEntry | None:
        """The actor that has this name, with or without an article before it."""
        return self.names.get(words) or self.names.get(words.removeprefix("the ").removeprefix("The "))

    def label(self, head: Token) -> str | None:
        """The class that a noun stands for, by the longest run of words that ends with it."""
        return next((self.nouns[form] for form in forms(head, self.ends) if form in self.nouns), None)

    def post(self, head: Token) -> str | None:
        """The concept of the post that a noun names."""
        return next((self.posts[form] for form in map(plain, forms(head, self.ends)) if form in self.posts), None)

    def honorific(self, words: str) -> bool:
        """Whether the words are a rank, a title or a post that stands before names."""
        form = plain(words)
        return form in self.ranks or form in self.titles or form in self.posts


def make_lexicon(schema: Schema) -> Lexicon:
    """Read the tables out of the vocabularies."""
    states = [actor for actor in schema.actors if actor.type == "State"]
    posts = dict(_words(schema.posts, "Post"))
    nouns = {**_classes(schema.things), **dict.fromkeys(posts, "Person"), **_rank_nouns(schema.posts)}
    return Lexicon(
        names=_names(schema.actors),
        spotted=_by(states, "aliases"),
        demonyms=_by(states, "demonyms"),
        metonyms=_by(states, "metonyms"),
        nouns=nouns,
        ends=frozenset(form.rsplit(" ", 1)[1] for form in (*nouns, *posts) if " " in form),
        posts=posts,
        ranks=dict(_words(schema.posts, "Rank")),
        titles=dict(_words(schema.posts, "Title")),
        types={actor.id: actor.type for actor in schema.actors},
        speaking=frozenset(entry.form for entry in schema.stances.entries if entry.pos == "VERB"),
        endings={word: label for concept, label in ENDINGS.items() for word in schema.words.words(concept)},
        sets={name: schema.words.words(name) for name in USED},
    )


def texts(doc: Doc) -> tuple[str, ...]:
    """The words of a parse: a look at a string is many times cheaper than one at a token."""
    return columns(doc).texts


def forms(head: Token, ends: frozenset[str]) -> Iterator[str]:
    """The runs of words that end with a noun, the longest first; words before the noun as they are, in lower case."""
    at, last, lower = head.i, head.lemma_.lower(), head.lower_
    if last in ends or lower in ends:
        before = [word.lower() for word in texts(head.doc)[max(0, at - LONGEST + 1) : at]]
        for start in range(len(before)):
            yield " ".join([*(word for word in before[start:] if word != "-"), last])
    yield lower
    yield last
    if head.tag_ == "NNPS":  # the lemma of a capitalised plural is the plural
        yield lower.removesuffix("s")


def plain(words: str) -> str:
    """Words as keys of ranks and posts: lower case, without dots and without blanks around hyphens."""
    return " ".join(words.lower().replace(".", " ").replace(" - ", "-").split())


def roots(vocabulary: Vocabulary) -> dict[str, str]:
    """Each concept to the top of its broader terms."""
    broader = {concept.name: concept.broader for concept in vocabulary.concepts}

    def top(name: str, depth: int = 9) -> str:
        above = broader.get(name, ())
        return top(above[0], depth - 1) if above and depth else name

    return {name: top(name) for name in broader}


def _classes(vocabulary: Vocabulary) -> dict[str, str]:
    top = roots(vocabulary)
    return {entry.form: top[entry.concept] for entry in vocabulary.entries}


def _words(vocabulary: Vocabulary, kind: str) -> Iterator[tuple[str, str]]:
    top = roots(vocabulary)
    return ((plain(entry.form), entry.concept) for entry in vocabulary.entries if top[entry.concept] == kind)


def _rank_nouns(vocabulary: Vocabulary) -> dict[str, str]:
    """Ranks that name a person on their own: "the colonel"."""
    top = roots(vocabulary)
    nouns = (entry for entry in vocabulary.entries if entry.pos == "NOUN" and top[entry.concept] == "Rank")
    return {entry.form: "Person" for entry in nouns}


def _names(actors: Iterable[ActorEntry]) -> dict[str, ActorEntry]:
    """The first actor that has a sure name keeps it; ambiguous names come last."""
    actors = tuple(actors)
    return {**_by(actors, "ambiguous"), **_by(actors, "aliases")}


def _by(actors: Iterable[ActorEntry], field: str) -> dict[str, ActorEntry]:
    table: dict[str, ActorEntry] = {}
    for actor in actors:
        for name in getattr(actor, field):
            table.setdefault(name.replace("’", "'").removeprefix("the "), actor)
    return table
