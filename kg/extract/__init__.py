"""From a parse to findings. `EXTRACTORS` is the table: a new extractor is one file and one line in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kg.extract.events import make_events
from kg.extract.events import make_rejections as make_event_rejections
from kg.extract.figures import make_figures
from kg.extract.mentions import make_mentions
from kg.extract.nearness import make_nearness
from kg.extract.quotations import SHIPPED, make_quotations, make_rejections, make_rules
from kg.extract.relations import make_relations
from kg.extract.syntax import span_of
from kg.extract.times import make_times
from kg.records import Extraction, Finding, Note, Rejection, Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from spacy.tokens import Doc

    Extractor = Callable[[Doc], Iterator[Finding | Note]]
    Explainer = Callable[[Doc], Iterator[Rejection]]

#: Name of the extractor -> what makes it from the vocabularies. An extractor reads one Doc and never writes to it.
EXTRACTORS: dict[str, Callable[[Schema], Extractor]] = {
    "mentions": make_mentions,
    "relations": make_relations,
    "nearness": make_nearness,
    "quotations": make_quotations,
    "times": make_times,
    "figures": make_figures,
    "events": make_events,
}

#: What stands in for an extractor where the user wants rules and no trained model.
RULES_ONLY: dict[str, Callable[[Schema], Extractor]] = {
    "quotations": make_rules,
}

#: Those extractors that can say why a cue or trigger gave nothing.
EXPLAINERS: dict[str, Callable[[Schema], Explainer]] = {
    "quotations": make_rejections,
    "events": make_event_rejections,
}


def make_extractor(
    schema: Schema, *, rules_only: bool = False, quotation_model: Path = SHIPPED
) -> Callable[[str, list[Doc]], Extraction]:
    """Prepare every extractor of the table for the vocabularies; the result reads one document's parses.

    The function that is returned takes the document's id and its parsed parts, the title (where there is one) first.
    """
    trained = {"quotations": partial(make_quotations, folder=quotation_model)}
    table = EXTRACTORS | (RULES_ONLY if rules_only else trained)
    extractors = [make(schema) for make in table.values()]

    def extract(document: str, parts: list[Doc]) -> Extraction:
        found = [finding for part in parts for run in extractors for finding in run(part)]
        sentences = [span_of(sent) for part in parts for sent in part.sents if not sent.text.isspace()]
        findings = tuple(each for each in found if isinstance(each, Finding))
        notes = tuple(each for each in found if isinstance(each, Note))
        return Extraction(document, findings, notes, sentences=tuple(sentences))

    return extract


def make_explainer(schema: Schema) -> Explainer:
    """Prepare what says, for each cue or trigger of a parse that gave nothing, why; in text order."""
    explainers = [make(schema) for make in EXPLAINERS.values()]

    def explain(doc: Doc) -> Iterator[Rejection]:
        yield from sorted((each for run in explainers for each in run(doc)), key=lambda each: each.span)

    return explain
