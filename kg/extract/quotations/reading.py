"""One page, read: by the rules alone, or by the rules and the tagger over them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.quotations import sources
from kg.extract.quotations.attribution import quotations
from kg.extract.quotations.continuation import continued
from kg.extract.quotations.fragments import fragments
from kg.extract.quotations.rivals import settled
from kg.extract.quotations.rules import LONGEST_SENTENCE, attributions
from kg.extract.quotations.turns import FOUND_BY as BY_TURN
from kg.extract.quotations.turns import turns
from kg.extract.syntax import token_span
from kg.records import Finding, Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout


def by_rule(page: Layout, lexicon: Lexicon) -> list[Attribution]:
    """Attributions of the cues, and of headlines and cut-off sentences where no cue was read."""
    found = settled(page, list(attributions(page, lexicon)))
    more = list(turns(page))
    return [*found, *more, *_free_of([*found, *more], list(fragments(page, lexicon)))]


def joined(by_rules: Sequence[Attribution], tagged: Sequence[Attribution]) -> list[Attribution]:
    """What the tagger found, and what only rules can know: turns, headlines and sentences that are cut off."""
    spoken = [each for each in by_rules if each.found_by == BY_TURN]
    heads = {each.head for each in spoken}
    tagged = [each for each in tagged if each.head not in heads]
    only_rules = [each for each in by_rules if each.found_by == "quotations.fragments"]
    found = [*tagged, *spoken, *_free_of([*tagged, *spoken], only_rules)]
    return sorted(found, key=lambda each: (each.content[0], each.head))


def _free_of(found: Sequence[Attribution], more: Sequence[Attribution]) -> list[Attribution]:
    taken = {at for each in found for at in (each.head, *each.content)}
    return [each for each in more if taken.isdisjoint((each.head, *each.content))]


def findings(page: Layout, lexicon: Lexicon, found: Sequence[Attribution]) -> Iterator[Finding]:
    """The records of a page, with the quotations that go on and those that stand free."""
    whole = [
        replace(each, source=sources.voice(page.doc, each.source, lexicon.utterances))
        for each in continued(page, found)
    ]
    for each, quotation in zip(whole, quotations(page, whole), strict=True):
        yield Finding(quotation, each.found_by, each.confidence)


def skipped(page: Layout) -> Iterator[Note]:
    """What was not read, and why."""
    for start, end in page.sentences:
        if end - start > LONGEST_SENTENCE:
            where = token_span(page.doc[start], page.doc[end - 1])
            yield Note(
                "quotations",
                f"characters {where.start} to {where.end} of the {where.part} were not read for quotations: a sentence "
                f"of {end - start} words is over the limit of {LONGEST_SENTENCE}; put stops or line ends into it",
            )
