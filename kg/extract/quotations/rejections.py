"""Why a cue gave no quotation: for `kg explain`. Asks the rules themselves, and says which of their steps said no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.quotations.lexicon import make_lexicon
from kg.extract.quotations.marks import layout
from kg.extract.quotations.reading import by_rule
from kg.extract.quotations.rules import LONGEST_SENTENCE, matches, mute_because, readings
from kg.extract.syntax import token_span
from kg.records import Rejection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Token

    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.records import Schema


def make_rejections(schema: Schema) -> Callable[[Doc], Iterator[Rejection]]:
    """Prepare what says, for each word that can be a cue and gave nothing by rule, why."""
    lexicon = make_lexicon(schema)

    def explain(doc: Doc) -> Iterator[Rejection]:
        page = layout(doc, lexicon.furniture)
        read = {at for each in by_rule(page, lexicon) for at in each.cue}
        for token in doc:
            if token.i not in read and (reason := _reason(page, lexicon, token)):
                yield Rejection(token_span(token), "quotations.rules", reason)

    return explain


def _reason(page: Layout, lexicon: Lexicon, token: Token) -> str:
    """Why a token is no cue; empty where it could not be one."""
    lemma = token.lemma_.lower()
    if lemma not in lexicon.verbs:
        return ""
    if token.pos_ not in {"VERB", "AUX"}:
        return f"{lemma!r} is a {token.pos_} here, not a verb"
    if len(range(*page.around(token.i))) > LONGEST_SENTENCE:
        return "its sentence is too long to be read"
    return mute_because(lexicon, token) or _unread(page, lexicon, token)


def _unread(page: Layout, lexicon: Lexicon, verb: Token) -> str:
    if not matches(lexicon, verb):
        return f"{verb.lemma_!r} needs another word behind it to be a cue"
    if not readings(page, lexicon, verb):
        return "no clause, quotation or object that it could introduce"
    return "nobody says it: it has no source that could speak, or another cue has its words"
