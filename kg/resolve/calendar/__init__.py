"""What time expressions mean: UTC bounds, counted from the article's date or dateline.

The words are those of `times.ttl`. A bare weekday is the last one up to the day of publication, unless the words or the
tense of the event that it dates look ahead; a bare month or season likewise. Hours are read as UTC, since articles
seldom say otherwise. Method: the parts that an expression names (day, month, year, part of the day, clock, direction)
are read apart and put together from the largest to the smallest.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.records import Event, Mention, Timing
from kg.resolve.calendar.periods import DAY, Period, midnight
from kg.resolve.calendar.reading import Parts, Words, read_parts, words
from kg.resolve.calendar.rules import RULES, finer, staged

if TYPE_CHECKING:
    from kg.records import Document, Extraction, Precision, Vocabulary

__all__ = ["Period", "Words", "dateline", "period_of", "precision_of", "timings", "words"]

TICK = dt.timedelta(seconds=1)
INTERVAL = re.compile(r"^(?:from|between|From|Between)\s+(.+?)\s+(?:to|until|through|and|-)\s+(.+)$")
DATELINE = re.compile(
    r"^\W{0,5}(?:[^\n]{0,80}?[,(]\s*|(?:\w+,? ){0,3}?)"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+\.?,? \d{2,4}|"
    r"[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d|"
    r"\d{1,2}([-./])\d{1,2}\2\d{4}(?!\d))"
)
#: "by Friday" lies ahead, "struck by aircraft on Friday" does not.
AHEAD = re.compile(
    r"\b(?:will|shall|would|due|scheduled|set to|to be held|plans?|planned|expected|going to)\b[^.;]{0,80}$"
    r"|\b(?:until|by|next)\s+(?:(?:late|early|the end of)\s+)?$"
)


def timings(document: Document, extraction: Extraction, vocabulary: Vocabulary) -> tuple[Timing, ...]:
    """The meaning of every time expression of a document; bounds are None where nothing dates the document."""
    known = words(vocabulary)
    anchor = document.published or dateline(document.text, known)
    tenses = {event.time: event.tense for event in extraction.of(Event) if event.time and event.tense}
    return tuple(
        _timing(document, mention, known, anchor, ahead=_is_ahead(document, mention, tenses.get(mention.span)))
        for mention in extraction.of(Mention)
        if mention.label == "Time"
    )


def _timing(document: Document, mention: Mention, known: Words, anchor: dt.date | None, *, ahead: bool) -> Timing:
    text = " ".join(document.words(mention.span).split())
    period = _period_or_none(text, known, anchor, ahead=ahead)
    if period is None:
        return Timing(mention.span, None, None, precision_of(text, known))
    return Timing(mention.span, period.start, period.end - TICK, period.precision)


def _period_or_none(text: str, known: Words, anchor: dt.date | None, *, ahead: bool = False) -> Period | None:
    try:
        return period_of(text, known, anchor, ahead=ahead)
    except (ValueError, OverflowError):  # no such day: "31 June"
        return None


def _is_ahead(document: Document, mention: Mention, tense: str | None) -> bool:
    """Whether a time lies ahead: by the tense of what it dates, else by the words before it."""
    if tense in {"past", "future"}:
        return tense == "future"
    source = document.text if mention.span.part == "text" else document.title or ""
    return AHEAD.search(source[mention.sentence.start : mention.span.start]) is not None


def dateline(text: str, known: Words) -> dt.date | None:
    """The date that the first line gives before the story begins, with a year."""
    found = DATELINE.match(text[:200].strip())
    if not found:
        return None
    parts = read_parts(found["date"], known)
    if parts.year is None or parts.month is None or parts.day is None:
        return None
    try:
        return dt.date(parts.year, parts.month, parts.day)
    except ValueError:
        return None


def precision_of(text: str, known: Words) -> Precision:
    """How fine an expression is, whether or not it can be dated."""
    some = _period_or_none(text, known, dt.date(2000, 6, 15))
    if some is not None:
        return some.precision
    return "partOfDay" if known.of(text, "part") else "unknown"


def period_of(text: str, known: Words, anchor: dt.date | None, *, ahead: bool = False) -> Period | None:
    """The period that an expression means; None where it cannot be dated.

    Args:
        text: The words of the expression.
        known: The vocabulary.
        anchor: The day from which the words count.
        ahead: Whether a bare weekday or month lies after the anchor.
    """
    if both := INTERVAL.match(text):
        return _interval(both[1], both[2], known, anchor, ahead=ahead)
    early = text.lower().startswith("as early as")
    parts = replace(read_parts(text.removeprefix("as early as "), known), ahead=ahead or early)
    for rule in RULES:
        if (found := rule(parts, known, anchor)) is not None:
            return _until_now(staged(finer(found, parts), parts), parts, anchor)
    return None


def _until_now(period: Period, parts: Parts, anchor: dt.date | None) -> Period:
    """As in "Earlier this month" ends with the day of publication."""
    if anchor is None or not re.match(r"[Ee]arlier (?:this|today)\b", parts.text):
        return period
    return replace(period, end=min(period.end, max(midnight(anchor + DAY), period.start + DAY)))


def _interval(first: str, second: str, known: Words, anchor: dt.date | None, *, ahead: bool) -> Period | None:
    """From the start of one to the end of the other; the second does not lie before the first."""
    end = period_of(second, known, anchor, ahead=ahead)
    start = period_of(first, known, anchor, ahead=ahead)
    if not start or not end:
        return None
    while start.start >= end.end and known.of(first, "weekday"):
        start = replace(start, start=start.start - 7 * DAY)
    return Period(start.start, end.end, end.precision) if start.start < end.end else None
