"""Mentions: the names, noun phrases and pronouns of an article that refer to something in the world.

Names come from the recognizer, mended (`names`); noun phrases where their head noun is in the vocabularies of things
and posts, or is the subject or object of a verb of speech; pronouns where they refer. Labels are classes of the
ontology. A name of a state is labelled `State` where it acts and `Place` where it says where (`states`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.mentions.acronyms import is_acronym
from kg.extract.mentions.given import given_names
from kg.extract.mentions.lexicon import Lexicon, make_lexicon, texts
from kg.extract.mentions.names import Name
from kg.extract.mentions.pronouns import FORMS, pronoun
from kg.extract.mentions.reading import ORGANIZED, Reading, make_reader
from kg.extract.mentions.states import acts
from kg.extract.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, span_of, token_span
from kg.records import Finding, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from spacy.tokens import Doc, Span, Token

    from kg.records import Schema

    Gender = Literal["male", "female", "neuter", "unknown"]

__all__ = [
    "ORGANIZED",
    "Lexicon",
    "Name",
    "Reading",
    "is_acronym",
    "make_lexicon",
    "make_mentions",
    "make_reader",
    "names",
]

#: What a word's place in the clause is called.
FUNCTIONS = {
    **dict.fromkeys(SUBJECTS | PASSIVE_SUBJECTS, "subject"),
    **dict.fromkeys(OBJECTS, "object"),
    "poss": "possessive",
    "appos": "apposition",
    **dict.fromkeys(("compound", "amod", "nmod"), "modifier"),
}


def make_mentions(schema: Schema) -> Callable[[Doc], Iterator[Finding]]:
    """The extractor of mentions for the vocabularies."""
    read = make_reader(schema)

    def extract(doc: Doc) -> Iterator[Finding]:
        reading = read(doc)
        for name in reading.names:
            yield _named(reading, name)
            if described := reading.description(name):
                yield _post(reading, *described)
        for head in (*reading.phrases, *reading.affiliations):
            yield from _described(reading, head)
        for at, word in enumerate(texts(doc)):
            if word.lower() in FORMS and (mention := pronoun(doc[at], reading.sentence_of(doc[at]))):
                yield Finding(mention, "pronoun")

    return extract


# -------------------------------------------------------------------------------- names


def _named(reading: Reading, name: Name) -> Finding:
    span = reading.doc[name.start : name.end]
    root = span.root
    label, known = _reference(span, name, reading.lexicon)
    mention = Mention(
        span=span_of(span),
        label=label,
        head=token_span(root),
        kind="name",
        sentence=reading.sentence_of(root),
        number="plural" if root.tag_ in {"NNPS", "NNS"} and label == "Group" else "singular",
        gender=_gender_of_name(span, reading.lexicon)
        if label == "Person"
        else "unknown"
        if label == "Group"
        else "neuter",
        function=_function_of_name(reading, name, root),
        known=known,
    )
    return Finding(mention, "listed name" if known else "name")


def _reference(span: Span, name: Name, lexicon: Lexicon) -> tuple[str, str | None]:
    """Label and listed actor of a name."""
    if name.label == "Demonym":
        return "State", lexicon.demonyms[span.text].id
    if name.label == "State":
        return ("State", name.known) if acts(span.root, lexicon, capital=False) else ("Place", name.known)
    if name.known:
        return name.label, name.known
    metonym = lexicon.metonyms.get(span.text) if name.label in {"Place", "Organization", "Facility"} else None
    if metonym and acts(span.root, lexicon, capital=name.label == "Place"):
        return "State", metonym.id
    return name.label, None


def _function_of_name(reading: Reading, name: Name, root: Token) -> str:
    """That of its head; before a hyphen it is a modifier: "Daesh-held"."""
    after = texts(reading.doc)[name.end : name.end + 1]
    return "modifier" if after and after[0].startswith("-") else function(root)


def _gender_of_name(span: Span, lexicon: Lexicon) -> Gender:
    before = span.doc[span.start - 1].lower_ if span.start else ""
    if told := _gender_of_word(before, lexicon):
        return told
    return given_names().get(span[0].lower_, "unknown") if len(span) > 1 and span[1].text != "-" else "unknown"


def function(head: Token) -> str:
    """The grammatical function of a noun, named as `Mention.function` names it."""
    if head.dep_ == "conj":
        return function(head.head)
    if head.dep_ == "pobj":
        return "agent" if head.head.dep_ == "agent" else "oblique"
    return FUNCTIONS.get(head.dep_, "other")


# -------------------------------------------------------------------------------- noun phrases


def _described(reading: Reading, at: int) -> Iterator[Finding]:
    """A noun phrase without a name as its head."""
    head = reading.doc[at]
    if head.pos_ not in {"NOUN", "PROPN", "ADJ"} or head.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT"}:
        return
    label = reading.lexicon.label(head) or _by_verb(head, reading.lexicon)
    if label == "Person" and reading.is_field(head):
        return
    if label == "Thing" and head.dep_ in SUBJECTS and reading.tells_age(head):
        label = "Person"
    if not label:
        return
    mention = Mention(
        span=reading.phrase_of(head),
        label=label,
        head=token_span(head),
        kind="nominal",
        sentence=reading.sentence_of(head),
        number="plural" if head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police"} else "singular",
        gender=_gender_of_noun(head, label, reading.lexicon),
        function=function(head),
    )
    yield Finding(mention, "noun phrase")


def _post(reading: Reading, first: Token, last: Token) -> Finding:
    """The post before a person's name."""
    mention = Mention(
        span=token_span(first, last),
        label="Person",
        head=token_span(last),
        kind="nominal",
        sentence=reading.sentence_of(last),
        number="singular",
        gender=_gender_of_noun(last, "Person", reading.lexicon),
        function="modifier",
    )
    return Finding(mention, "post before a name")


def _by_verb(head: Token, lexicon: Lexicon) -> str | None:
    """A noun that no vocabulary has is some thing where it is what a verb of speech is about."""
    subject_or_object = head.dep_ in SUBJECTS | PASSIVE_SUBJECTS | OBJECTS
    return "Thing" if subject_or_object and head.head.lemma_ in lexicon.speaking and head.pos_ != "ADJ" else None


def _gender_of_word(word: str, lexicon: Lexicon) -> Gender | None:
    """The gender that a title or a word of kinship tells."""
    if word in lexicon.sets["Male"]:
        return "male"
    return "female" if word in lexicon.sets["Female"] else None


def _gender_of_noun(head: Token, label: str, lexicon: Lexicon) -> Gender:
    word = head.lemma_.lower()
    if told := _gender_of_word(word, lexicon):
        return told
    if word.endswith(("man", "boy")) and label == "Person" and not word.endswith("woman"):
        return "male"
    if word.endswith(("woman", "girl")):
        return "female"
    return "unknown" if label in {"Person", "Group"} else "neuter"
