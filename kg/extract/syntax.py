"""Questions about a parse: the one place that knows the label scheme of spaCy's English parsers (ClearNLP labels).

Functions take tokens and return tokens; `text_span` turns them into offsets of the article as it was given.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.records import TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.strings import StringStore
    from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "oprd"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "parataxis"})
AUXILIARIES = frozenset({"aux", "auxpass", "neg"})


class Columns(NamedTuple):
    """A parse by token: a look into a tuple is many times cheaper than one at a token.

    Lemmas are in lower case; `heads` are positions, and so are `children`, of each token that has any, in text order.
    """

    texts: tuple[str, ...]
    lower: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    labels: tuple[str, ...]
    classes: tuple[str, ...]
    entities: tuple[str, ...]
    heads: tuple[int, ...]
    children: Mapping[int, Sequence[int]]


class _Names(dict[int, str]):
    """Strings by their keys, asked for once."""

    def __init__(self, strings: StringStore) -> None:
        self.strings = strings

    def __missing__(self, key: int) -> str:
        self[key] = found = str(self.strings[key])
        return found


@lru_cache(maxsize=4)
def columns(doc: Doc) -> Columns:
    """Everything that is asked of most tokens of a parse, read at once."""
    *words, distances = doc.to_array(["ORTH", "LOWER", "LEMMA", "TAG", "DEP", "POS", "ENT_TYPE", "HEAD"]).T
    name = _names(doc.vocab.strings).__getitem__
    texts, lower, lemmas, tags, labels, classes, entities = (tuple(map(name, each.tolist())) for each in words)
    heads = tuple(at + step for at, step in enumerate(distances.astype("int64").tolist()))
    children: dict[int, list[int]] = {}
    for at, head in enumerate(heads):
        if head != at:
            children.setdefault(head, []).append(at)
    return Columns(texts, lower, tuple(map(str.lower, lemmas)), tags, labels, classes, entities, heads, children)


@lru_cache(maxsize=1)
def _names(strings: StringStore) -> _Names:
    return _Names(strings)


def text_span(doc: Doc, start: int, end: int) -> TextSpan:
    """Characters `[start, end)` of the parsed text, as characters of the given one."""
    given = doc.user_data
    return TextSpan(given["document"], given["starts"][start], given["ends"][end - 1], given["part"])


def token_span(first: Token, last: Token | None = None) -> TextSpan:
    """From the first token to the last, both included."""
    last = last or first
    return text_span(first.doc, first.idx, last.idx + len(last))


def span_of(span: Span) -> TextSpan:
    """The characters of a span of tokens, blanks at its ends left out."""
    tokens = [token for token in span if not token.is_space] or list(span)
    return token_span(tokens[0], tokens[-1])


def runs(tokens: Iterable[Token]) -> Iterator[tuple[Token, Token]]:
    """First and last token of every unbroken run, in text order."""
    ordered = sorted(tokens, key=lambda token: token.i)
    start = 0
    for at, token in enumerate(ordered):
        if at + 1 == len(ordered) or ordered[at + 1].i != token.i + 1:
            yield ordered[start], token
            start = at + 1


def subtree_without(head: Token, *dropped: Token) -> list[Token]:
    """The tokens below a head, without those below any of the dropped ones."""
    gone = {token.i for each in dropped for token in each.subtree}
    return [token for token in head.subtree if token.i not in gone]


def children(token: Token, labels: Iterable[str]) -> list[Token]:
    """The direct dependents with one of the labels."""
    doc = token.doc
    about = columns(doc)
    return [doc[at] for at in about.children.get(token.i, ()) if about.labels[at] in labels]


def is_verb(token: Token) -> bool:
    """Whether the token is a verb or an auxiliary that stands as one."""
    return token.pos_ in {"VERB", "AUX"}


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive: with a passive auxiliary or subject, or a bare participle behind its noun."""
    if children(verb, PASSIVE_SUBJECTS | {"auxpass"}):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands behind its own "to"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def is_negated(verb: Token) -> bool:
    """Whether "not", "never" or "no longer" stands with the verb, or "neither … nor" with it and another."""
    if any(child.dep_ == "neg" or child.lower_ in {"never", "neither"} for child in verb.children):
        return True
    return verb.dep_ == "conj" and any(child.lower_ == "nor" and child.i < verb.i for child in verb.head.children)


def conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated with it, in text order."""
    return [token, *token.conjuncts] if token.dep_ != "conj" else [token]


def agent(verb: Token) -> Token | None:
    """The head of the by-phrase of a passive."""
    for by in children(verb, {"agent"}):
        for noun in children(by, {"pobj"}):
            return noun
    return None


def subject(verb: Token) -> Token | None:
    """The head of the verb's own subject, active or passive."""
    return next(iter(children(verb, SUBJECTS | PASSIVE_SUBJECTS)), None)


def prepositional_objects(head: Token, *prepositions: str) -> list[Token]:
    """The nouns that the head governs through one of the prepositions, coordinated ones included."""
    found = [child for child in head.children if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions]
    return [each for prep in found for noun in children(prep, {"pobj", "pcomp"}) for each in conjuncts(noun)]
