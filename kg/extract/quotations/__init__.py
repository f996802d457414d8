"""Who said what, in which words: direct, indirect and mixed quotations with source, cue, stance and reporter.

Rules read the parse and the quotation marks together; a trained tagger reads every cue again with the rules' answer
before it. `make_rules` does without the tagger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.quotations.lexicon import make_lexicon
from kg.extract.quotations.marks import layout
from kg.extract.quotations.reading import by_rule, findings, joined, skipped
from kg.extract.quotations.rejections import make_rejections
from kg.extract.quotations.rivals import settled
from kg.extract.quotations.tagger import make_tagger
from kg.extract.quotations.training import train
from kg.extract.quotations.weights import SHIPPED, load_weights, weights_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.records import Finding, Note, Schema

__all__ = ["SHIPPED", "make_quotations", "make_rejections", "make_rules", "train", "weights_name"]


def make_rules(schema: Schema) -> Callable[[Doc], Iterator[Finding | Note]]:
    """The extractor that needs no trained weights."""
    lexicon = make_lexicon(schema)

    def extract(doc: Doc) -> Iterator[Finding | Note]:
        page = layout(doc, lexicon.furniture)
        yield from skipped(page)
        yield from findings(page, lexicon, by_rule(page, lexicon))

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
        page = layout(doc, lexicon.furniture)
        yield from skipped(page)
        by_rules = by_rule(page, lexicon)
        yield from findings(page, lexicon, settled(page, joined(by_rules, tag(page, by_rules))))

    return extract
