"""Who said what, in which words: direct, indirect and mixed quotations with source, cue, stance and reporter.

Rules read the parse and the quotation marks together; a trained tagger reads every cue again with the rules' answer
before it. `rules_only` does without the tagger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.quotations.attribution import Attribution, quotations
from kg.extract.quotations.continuation import continued
from kg.extract.quotations.fragments import fragments
from kg.extract.quotations.lexicon import make_lexicon
from kg.extract.quotations.marks import layout
from kg.extract.quotations.rivals import settled
from kg.extract.quotations.rules import LONGEST_SENTENCE, attributions
from kg.extract.quotations.tagger import SHIPPED, load_weights, make_tagger
from kg.extract.syntax import token_span
from kg.records import Finding, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.records import Schema

__all__ = ["LONGEST_SENTENCE", "make_quotations", "make_rules"]


def make_rules(schema: Schema) -> Callable[[Doc], Iterator[Finding | Note]]:
    """The extractor that needs no trained weights."""
    lexicon = make_lexicon(schema)

    def extract(doc: Doc) -> Iterator[Finding | Note]:
        page = layout(doc)
        yield from _skipped(page)
        yield from _findings(page, continued(page, by_rule(page, lexicon)))

    return extract


def make_quotations(schema: Schema, folder: Path = SHIPPED) -> Callable[[Doc], Iterator[Finding | Note]]:
    """The extractor with the tagger over the rules.

    Args:
        schema: The vocabularies, of which the stances are read.
        folder: Where the trained weights are.

    Raises:
        ModelError: The folder holds no weights.
    """
    lexicon = make_lexicon(schema)
    tag = make_tagger(lexicon, load_weights(folder))

    def extract(doc: Doc) -> Iterator[Finding | Note]:
        page = layout(doc)
        yield from _skipped(page)
        by_rules = by_rule(page, lexicon)
        found = settled(page, _joined(by_rules, tag(page, by_rules)))
        yield from _findings(page, continued(page, found))

    return extract


def _joined(by_rules: list[Attribution], tagged: list[Attribution]) -> list[Attribution]:
    """What the tagger found, and what only rules can know: headlines and sentences that are cut off."""
    taken = {at for each in tagged for at in (each.head, *each.content)}
    sure = [
        each for each in by_rules if each.found_by == "quotations.fragments" and not taken & {each.head, *each.content}
    ]
    return sorted([*tagged, *sure], key=lambda each: (each.content[0], each.head))


def by_rule(page: Layout, lexicon: Lexicon) -> list[Attribution]:
    """Attributions of the cues, and of headlines and cut-off sentences where no cue was read."""
    found = settled(page, list(attributions(page, lexicon)))
    taken = {at for each in found for at in (each.head, *each.content)}
    return [
        *found,
        *(each for each in fragments(page, lexicon) if each.head not in taken and not taken & set(each.content)),
    ]


def _skipped(page: Layout) -> Iterator[Note]:
    """What was not read, and why."""
    for start, end in page.sentences:
        if end - start > LONGEST_SENTENCE:
            first, last = page.doc[start], page.doc[end - 1]
            where = token_span(first, last)
            yield Note(
                "quotations",
                f"characters {where.start} to {where.end} of the {where.part} were not read for quotations: a sentence of "
                f"{end - start} words is over the limit of {LONGEST_SENTENCE}; put stops or line ends into it",
            )


def _findings(page: Layout, found: list[Attribution]) -> Iterator[Finding]:
    for each, quotation in zip(found, quotations(page, found), strict=True):
        yield Finding(quotation, each.found_by, each.confidence)
