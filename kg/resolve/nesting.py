"""Which mentions stand inside a stretch of text, and which one it stands for."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.records import Mention, TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable


class Nesting:
    """Which mentions stand inside a span."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.at = {mention.span: mention for mention in reversed(list(mentions))}
        self._by_part: dict[str, tuple[list[TextSpan], list[int]]] = {}
        for part in ("title", "text"):
            spans = sorted(each for each in self.at if each.part == part)
            self._by_part[part] = (spans, [each.start for each in spans])

    def within(self, span: TextSpan) -> list[Mention]:
        """Mentions that lie in the span, itself included, in text order."""
        spans, starts = self._by_part.get(span.part, ((), ()))
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        return [self.at[each] for each in spans[first:last] if each.end <= span.end]

    def head_of(self, span: TextSpan) -> Mention | None:
        """The mention that a span stands for: itself, else the head of those within that no other there contains.

        A part of a name stands for the name: "Sharafi" in "al-Sharafi".
        """
        if span in self.at:
            return self.at[span]
        inside = self.within(span)
        outer = [each for each in inside if not any(_holds(other.span, each.span) for other in inside)]
        if outer and _closes(outer[-1], span):
            return outer[-1]
        return min(outer, key=_rank, default=None) or self._name_around(span)

    def _name_around(self, span: TextSpan) -> Mention | None:
        spans, starts = self._by_part.get(span.part, ((), ()))
        last = bisect_left(starts, span.start + 1)
        around = (self.at[each] for each in reversed(spans[max(0, last - 4) : last]) if each.contains(span))
        return next((each for each in around if each.kind == "name"), None)


def _closes(mention: Mention, span: TextSpan) -> bool:
    """Whether a phrase ends with the name of the person it describes, where the parser took him for an object.

    "Tarsk councillor and tenants' advocate Ada Lund", "an official named Ada Lund".
    """
    person = mention.kind == "name" and mention.label == "Person"
    return person and mention.function == "object" and mention.span.end == span.end


def _rank(mention: Mention) -> tuple[bool, bool, bool, TextSpan]:
    """What heads a phrase comes first: no pronoun, no modifier, no apposition; then the first word."""
    leans = mention.function in {"modifier", "possessive"}
    return (mention.kind == "pronoun", leans, mention.function == "apposition", mention.span)


def _holds(one: TextSpan, other: TextSpan) -> bool:
    return one != other and one.contains(other)
