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
from kg.extract.quotations.rules import LONGEST_SENTENCE, attributions
from kg.extract.syntax import token_span
from kg.records import Finding, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


make_quotations = make_rules


def by_rule(page: Layout, lexicon: Lexicon) -> list[Attribution]:
    """Attributions of the cues, and of headlines and cut-off sentences where no cue was read."""
    found = list(attributions(page, lexicon))
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
