"""The sentences that a statement rests on, with the characters that play a part in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.view.reading import Resource, Resources
from kg.view.scene import Mark, Passage

Spot = tuple[str, str]  # the article and the part of it that offsets count in


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of one part of one article."""

    spot: Spot
    start: int
    end: int


class Texts:
    """The sentences and mentions of all articles, by where they stand."""

    def __init__(self, tables: Mapping[str, Resources]) -> None:
        self._spans = {each: _span(mention) for each, mention in tables["mentions"].items() if "start" in mention}
        self._sentences = _by_spot(tables["sentences"].values())
        self._starts = {spot: [span.start for span, _ in found] for spot, found in self._sentences.items()}
        self._denoting: dict[tuple[Spot, str], list[Span]] = defaultdict(list)
        for each, span in sorted(self._spans.items(), key=lambda item: item[1]):
            for entity in tables["mentions"][each].get("denotes", ()):
                self._denoting[span.spot, entity].append(span)

    def passages(self, parts: Iterable[tuple[str, str]], roles: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
        """The sentences that the mentions of `parts` touch, in text order, each mention marked with its part.

        `parts` are (part, mention id). `roles` are (role, entity id): what denotes the entity in these sentences is
        marked with the role.
        """
        marked = [(part, self._spans[each]) for part, each in parts if each in self._spans]
        touched = sorted({sentence for _, span in marked for sentence in self._touching(span)})
        return tuple(self._passage(span, text, [*marked, *self._playing(span, roles)]) for span, text in touched)

    def _touching(self, span: Span) -> Iterator[tuple[Span, str]]:
        """The sentences that share a character with the span: they are in order and do not overlap."""
        sentences = self._sentences.get(span.spot, [])
        at = max(bisect_right(self._starts.get(span.spot, []), span.start) - 1, 0)
        while at < len(sentences) and sentences[at][0].start < span.end:
            if sentences[at][0].end > span.start:
                yield sentences[at]
            at += 1

    def _playing(self, sentence: Span, roles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Span]]:
        for role, entity in roles:
            for span in self._denoting.get((sentence.spot, entity), ()):
                if sentence.start <= span.start and span.end <= sentence.end:
                    yield role, span

    def _passage(self, sentence: Span, text: str, marked: Iterable[tuple[str, Span]]) -> Passage:
        marks = {_clipped(part, span, sentence) for part, span in marked if _overlap(span, sentence)}
        ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.part))
        return Passage(text, sentence.start, sentence.spot[1], tuple(ordered))


def _span(resource: Resource) -> Span:
    part = (resource.get("part") or ("text",))[0]
    article = (resource.get("article") or ("",))[0]
    return Span((article, part), int(resource["start"][0]), int(resource["end"][0]))


def _by_spot(sentences: Iterable[Resource]) -> Mapping[Spot, list[tuple[Span, str]]]:
    found: dict[Spot, list[tuple[Span, str]]] = defaultdict(list)
    for sentence in sentences:
        if "exact" in sentence and "start" in sentence:
            span = _span(sentence)
            found[span.spot].append((span, sentence["exact"][0]))
    return {spot: sorted(each) for spot, each in found.items()}


def _overlap(span: Span, sentence: Span) -> bool:
    return span.spot == sentence.spot and span.start < sentence.end and sentence.start < span.end


def _clipped(part: str, span: Span, sentence: Span) -> Mark:
    start, end = max(span.start, sentence.start), min(span.end, sentence.end)
    return Mark(start - sentence.start, end - sentence.start, part)
