"""One quotation, one attribution: where two cues claim the same words in marks, the nearer one has them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.quotations.attribution import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.marks import Layout


def settled(page: Layout, found: Sequence[Attribution]) -> list[Attribution]:
    """Take quoted utterances from all but the nearest of the attributions that claim them; drop what is left empty."""
    found = _unwrapped(page, found)
    claims: dict[int, list[int]] = defaultdict(list)
    for at, each in enumerate(found):
        for number in {page.quoted[token] for token in each.content} - {-1}:
            if page.quoted[each.head] != number or each.head < 0:
                claims[number].append(at)
    lost: dict[int, set[int]] = defaultdict(set)
    for number, rivals in claims.items():
        for at in _losers(page, number, rivals, found):
            lost[at].add(number)
    kept = [_without(page, each, lost[at]) if at in lost else each for at, each in enumerate(found)]
    tidied = (tidy(page, each) for each in kept if each.content)
    return [each for each in tidied if each is not None]


def _unwrapped(page: Layout, found: Sequence[Attribution]) -> list[Attribution]:
    """Take "according to the spokesman" out of what the coalition said, where the spokesman reports just that."""
    of_sentence: dict[int, list[Attribution]] = defaultdict(list)
    for each in found:
        if each.head >= 0:
            of_sentence[page.sentence[each.head]].append(each)
    return [
        _without_reporter(each, of_sentence[page.sentence[each.head]]) if each.head >= 0 else each for each in found
    ]


def _without_reporter(inner: Attribution, near: Sequence[Attribution]) -> Attribution:
    said = set(inner.content)
    for outer in near:
        if inner.head in outer.content and outer.head > inner.head and said.issuperset(outer.cue):
            start = min(outer.cue)
            said = {at for at in said if at < start} or said - {*outer.cue, *outer.source}
    return inner if len(said) == len(inner.content) else replace(inner, content=tuple(sorted(said)))


def _losers(page: Layout, number: int, rivals: list[int], found: Sequence[Attribution]) -> list[int]:
    """All but the nearest, except those that report the nearest as a whole."""
    if len(rivals) < 2 or not page.quotes[number].speech:
        return []
    best = min(rivals, key=lambda at: (_distance(page, number, found[at]), at))
    return [
        at for at in rivals if at != best and not (_reports(found[at], found[best]) or _reports(found[best], found[at]))
    ]


def _reports(outer: Attribution, inner: Attribution) -> bool:
    """Whether one attribution's content holds the other's cue or source."""
    return not {*inner.cue, *inner.source}.isdisjoint(outer.content)


def _distance(page: Layout, number: int, found: Attribution) -> int:
    """Tokens between the quotation and the attribution's cue or source; another sentence counts as far."""
    quote = page.quotes[number]
    ends = [*found.cue, *found.source] or [found.content[0]]
    gap = min(max(quote.start - at, at - quote.end + 1, 0) for at in ends)
    sentences = {page.sentence[quote.start], page.sentence[quote.end - 1]}
    return gap + 100 * all(page.sentence[at] not in sentences for at in ends)


def _without(page: Layout, found: Attribution, numbers: set[int]) -> Attribution:
    content = tuple(at for at in found.content if page.quoted[at] not in numbers)
    said = any(page.words[at][0].isalnum() for at in content)
    return replace(found, content=content if said else ())
