"""The sentences that a statement rests on, with the characters that play a part in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.view.reading import Resources
from kg.view.scene import Mark, Passage

Part = tuple[str, str]  # what it plays, and the id of a mention
Spot = tuple[str, str]  # the article and the part of it that offsets count in


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of one part of one article."""

    spot: Spot
    start: int
    end: int


class Texts:
    """The sentences of all articles, by where they stand."""

    def __init__(self, sentences: Resources) -> None:
        self._sentences = _by_spot(sentences)
        self._starts = {spot: [span.start for span, _ in found] for spot, found in self._sentences.items()}

    def passages(self, parts: Iterable[Part], beside: Iterable[Part] = ()) -> tuple[Passage, ...]:
        """The sentences that the mentions of `parts` touch, in text order, each mention marked with its part.

        The mentions of `beside` are marked where they stand in these sentences, and bring none of their own.
        """
        marked = _located(parts)
        touched = sorted({sentence for _, span in marked for sentence in self._touching(span)})
        return tuple(_passage(span, text, [*marked, *_located(beside)]) for span, text in touched)

    def _touching(self, span: Span) -> Iterator[tuple[Span, str]]:
        """The sentences that share a character with the span: they are in order and do not overlap."""
        sentences = self._sentences.get(span.spot, [])
        at = max(bisect_right(self._starts.get(span.spot, []), span.start) - 1, 0)
        while at < len(sentences) and sentences[at][0].start < span.end:
            if sentences[at][0].end > span.start:
                yield sentences[at]
            at += 1


@cache
def span_of(mention: str) -> Span | None:
    """Where a mention stands, as its IRI says: `article/ID#char=start,end`, or `article/ID/title#char=…` (RFC 5147)."""
    found = _FRAGMENT.fullmatch(mention)
    return Span((found["article"], found["part"] or "text"), int(found["start"]), int(found["end"])) if found else None


def article_of(each: str) -> str:
    """The id of the article that a record or a mention belongs to: `article/ID` of `article/ID/claim/3`."""
    return "/".join(each.partition("#")[0].split("/")[:2])


def _located(parts: Iterable[Part]) -> list[tuple[str, Span]]:
    return [(part, span) for part, each in parts if (span := span_of(each))]


def _passage(sentence: Span, text: str, marked: Iterable[tuple[str, Span]]) -> Passage:
    marks = {_clipped(part, span, sentence) for part, span in marked if _overlap(span, sentence)}
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.part))
    return Passage(text, sentence.start, sentence.spot[1], tuple(ordered))


def _by_spot(sentences: Resources) -> Mapping[Spot, list[tuple[Span, str]]]:
    found: dict[Spot, list[tuple[Span, str]]] = defaultdict(list)
    for each, sentence in sentences.items():
        span = span_of(each)
        if span and "exact" in sentence:
            found[span.spot].append((span, sentence["exact"][0]))
    return {spot: sorted(each) for spot, each in found.items()}


def _overlap(span: Span, sentence: Span) -> bool:
    return span.spot == sentence.spot and span.start < sentence.end and sentence.start < span.end


def _clipped(part: str, span: Span, sentence: Span) -> Mark:
    start, end = max(span.start, sentence.start), min(span.end, sentence.end)
    return Mark(start - sentence.start, end - sentence.start, part)


_FRAGMENT = re.compile(r"(?P<article>article/[^/#]+)(/(?P<part>title))?#char=(?P<start>\d+),(?P<end>\d+)")
