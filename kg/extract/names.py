"""Runs of capitalised words: where a name begins and ends, whatever it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

#: A name has so many tokens at most.
LONGEST = 6
ARTICLES = frozenset({"a", "an", "the"})
#: What joins two capitalised words to one name: Deir al-Zour, Port-au-Prince, Isle of Wight.
PARTICLES = frozenset({"al", "ez", "el", "de", "la", "du", "of", "upon", "am"})


def is_name(token: Token) -> bool:
    """Whether a token may be part of a name: capitalised, no part of a date, no article that opens a sentence."""
    return token.text[:1].isupper() and token.ent_type_ not in {"DATE", "TIME"} and token.lower_ not in ARTICLES


def run_from(doc: Doc, first: int) -> Span | None:
    """The whole run of capitalised words that begins at a token."""
    end = first
    while end < min(len(doc), first + LONGEST + 1) and (is_name(doc[end]) or _joins(doc, first, end)):
        end += 1
    while end > first and not is_name(doc[end - 1]) and doc[end - 1].text in {"-", *PARTICLES}:
        end -= 1
    return doc[first:end] if 0 < end - first <= LONGEST else None


def run_before(doc: Doc, end: int) -> Span | None:
    """The whole run of capitalised words that ends before a token."""
    start = end
    while start > max(0, end - LONGEST - 1) and (is_name(doc[start - 1]) or _joins(doc, start - 2, start - 1)):
        start -= 1
    return doc[start:end] if 0 < end - start <= LONGEST else None


def _joins(doc: Doc, first: int, at: int) -> bool:
    """Whether a token that is no name itself stands inside one: a particle, a hyphen, what a hyphen joins."""
    if not first < at < len(doc):
        return False
    glued = not doc[at - 1].whitespace_ and "-" in {doc[at].text, doc[at - 1].text}
    return glued or (doc[at].text in PARTICLES and at + 1 < len(doc) and is_name(doc[at + 1]))


def next_in_list(span: Span) -> int | None:
    """The index of the name that is coordinated behind another: ", Y", "and Y", ", and Y"."""
    doc, at = span.doc, span.end
    while at < min(len(doc), span.end + 2) and doc[at].lower_ in {",", "and", "or"}:
        at += 1
    return at if span.end < at < len(doc) and is_name(doc[at]) else None


def previous_in_list(span: Span) -> int | None:
    """The index behind the name that is coordinated before another."""
    doc, at = span.doc, span.start
    while at > max(0, span.start - 2) and doc[at - 1].lower_ in {",", "and", "or"}:
        at -= 1
    return at if 0 < at < span.start and is_name(doc[at - 1]) else None


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
    while end > start and (
        doc[end - 1].lower_ in {"'s", "’s", "'"} or doc[end - 1].is_space or doc[end - 1].text == "-"
    ):
        end -= 1
    if end > start:
        yield doc[start:end]


def after(span: Span) -> Token | None:
    """The token behind a span."""
    return span.doc[span.end] if span.end < len(span.doc) else None


def before(span: Span) -> Token | None:
    """The token before a span."""
    return span.doc[span.start - 1] if span.start else None
