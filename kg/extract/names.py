"""Runs of capitalised words: where a name begins and ends, whatever it names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.syntax import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

#: A name has so many tokens at most.
LONGEST = 6
ARTICLES = frozenset({"a", "an", "the"})
#: What joins two capitalised words to one name: Deir al-Zour, Port-au-Prince, Isle of Wight.
PARTICLES = frozenset({"al", "ez", "el", "de", "la", "du", "of", "upon", "am"})
FILLERS = frozenset({"DET", "ADJ", "ADV"})
#: Arabic articles in Latin letters: with a hyphen they belong to the name behind them.
GLUED = frozenset({"al", "el", "ez", "az", "as", "ad", "an", "ar", "ash", "at"})


class Names:
    """The tokens of a parse with what they look like, read once: asking a parse token by token is slow.

    `named` says of each token whether it may be part of a name: capitalised, no part of a date, no article that opens
    a sentence. `starts` are the tokens that begin a run of such tokens.
    """

    __slots__ = ("doc", "lower", "named", "starts", "texts", "tokens")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.tokens: list[Token] = list(doc)
        about = columns(doc)
        self.texts, self.lower = about.texts, [text.lower() for text in about.texts]
        self.named = [
            text[:1].isupper() and lower not in ARTICLES and about.entities[at] not in {"DATE", "TIME"}
            for at, (text, lower) in enumerate(zip(self.texts, self.lower, strict=True))
        ]
        for at in range(len(self.tokens) - 2):
            if self.texts[at + 1] == "-" and self.lower[at] in GLUED and not self.tokens[at + 1].whitespace_:
                self.named[at] = self.named[at + 2]
        self.starts = [
            at
            for at, named in enumerate(self.named)
            if named and not (at and self.named[at - 1]) and self.whole_from(at) == at
        ]

    def run_from(self, first: int | None) -> Span | None:
        """The whole run of capitalised words that begins at a token."""
        if first is None or first >= len(self.tokens):
            return None
        end = first
        while end < min(len(self.tokens), first + LONGEST + 1) and (self.named[end] or self._joins(first, end)):
            end += 1
        while end > first and not self.named[end - 1] and self.lower[end - 1] in {"-", *PARTICLES}:
            end -= 1
        return self.doc[first:end] if 0 < end - first <= LONGEST else None

    def whole_from(self, at: int) -> int:
        """Where the word begins that a token ends, articles before a hyphen included: al-Nasr, not -Nasr."""
        while at > 1 and self.texts[at - 1] == "-" and self.lower[at - 2] in GLUED and self.named[at - 2]:
            at -= 2
        return at

    def run_before(self, end: int | None) -> Span | None:
        """The whole run of capitalised words that ends before a token."""
        if end is None:
            return None
        start = end
        while start > max(0, end - LONGEST - 1) and (self.named[start - 1] or self._joins(start - 2, start - 1)):
            start -= 1
        while start < end and not self.named[start]:
            start += 1
        return self.doc[start:end] if 0 < end - start <= LONGEST else None

    def _joins(self, first: int, at: int) -> bool:
        """Whether a token that is no name itself stands inside one: a particle, a hyphen, what a hyphen joins."""
        if not first < at < len(self.tokens):
            return False
        if "-" in {self.texts[at], self.texts[at - 1]} and not self.tokens[at - 1].whitespace_:
            return True
        return self.texts[at] in PARTICLES and at + 1 < len(self.tokens) and self.named[at + 1]

    def next_in_list(self, span: Span) -> int | None:
        """The index of the name that is coordinated behind another: ", Y", "and Y", ", and Y"."""
        at = span.end
        while at < min(len(self.tokens), span.end + 2) and self.lower[at] in {",", "and", "or"}:
            at += 1
        return at if span.end < at < len(self.tokens) and self.named[at] else None

    def previous_in_list(self, span: Span) -> int | None:
        """The index behind the name that is coordinated before another."""
        at = span.start
        while at > max(0, span.start - 2) and self.lower[at - 1] in {",", "and", "or"}:
            at -= 1
        return at if 0 < at < span.start and self.named[at - 1] else None

    def governor(self, start: int) -> int | None:
        """The index of the word before a name, articles and adjectives skipped: "in the northern Delta"."""
        at = start - 1
        while at >= 0 and self.texts[at].islower() and self.tokens[at].pos_ in FILLERS:
            at -= 1
        return at if at >= 0 else None

    def after(self, span: Span) -> str:
        """The word behind a span in lower case; empty at the end."""
        return self.lower[span.end] if span.end < len(self.lower) else ""

    def before(self, span: Span, steps: int = 1) -> str:
        """The word so many steps before a span in lower case; empty at the start."""
        return self.lower[span.start - steps] if span.start >= steps else ""


@lru_cache(maxsize=8)
def names_of(doc: Doc) -> Names:
    """The tokens of a parse, read once for all who ask."""
    return Names(doc)


def pieces(ent: Span) -> Iterator[Span]:
    """The names in what the model takes for one: split at commas and line ends, without article and possessive."""
    start = ent.start
    for token in ent:
        if token.text == "," or token.is_space:
            yield from trimmed(ent.doc, start, token.i)
            start = token.i + 1
    yield from trimmed(ent.doc, start, ent.end)


def trimmed(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """The span without an article at its start and a possessive at its end, if anything is left."""
    while start < end and (doc[start].lower_ in ARTICLES or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].lower_ in {"'s", "’s", "'", "-"} or doc[end - 1].is_space):
        end -= 1
    if end > start:
        yield doc[start:end]
