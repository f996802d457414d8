"""Which word a time expression belongs to, and which expressions date the text and no event in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import nouns

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: A date that dates the text stands among so many first tokens.
HEADER = 40
TIES = frozenset({"on", "since", "in", "from", "between", "after", "before", "until", "by"})


def is_dateline(span: Span) -> bool:
    """Whether a full date stands before a text or a line, tied to it by no word: it dates the text."""
    doc, years = span.doc, [token for token in span if token.like_num and len(token) == nouns.YEAR_DIGITS]
    if span.start > HEADER or not years or span[0].lower_ in TIES:
        return False
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    tied = before is not None and (before.pos_ in {"ADP", "VERB", "AUX"} or before.text == ",")
    return not tied and (after is None or after.is_space or after.is_title or after.is_upper)


def is_beginning(span: Span) -> bool:
    """As in "since Thursday": from when on, not when."""
    words = span[0].lower_, span.doc[span.start - 1].lower_ if span.start else ""
    return "since" in words


def anchor(span: Span) -> Token | None:
    """The verb or event noun that a time expression stands with."""
    at = span.root
    while at.head != at and (
        at.dep_
        in {
            "pobj",
            "prep",
            "npadvmod",
            "nummod",
            "compound",
            "advmod",
            "amod",
            "nmod",
            "conj",
            "appos",
            "tmod",
            "pcomp",
        }
        or span.start <= at.i < span.end
    ):
        at = at.head
        if syntax.is_verb(at) or (
            at.pos_ in {"NOUN", "PROPN"} and not span.start <= at.i < span.end and at.ent_type_ not in {"DATE", "TIME"}
        ):
            return at
    return at if not span.start <= at.i < span.end else None
