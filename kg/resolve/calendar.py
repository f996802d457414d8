"""What time expressions mean: UTC bounds, counted from the article's date or dateline.

The words are those of `times.ttl`. A bare weekday is the last one up to the day of publication, unless the words or the
tense of the event that it dates look ahead; a bare month or season likewise. Hours are read as UTC, since articles
seldom say otherwise. Method: the parts that an expression names (day, month, year, part of the day, clock, direction)
are read apart and put together from the largest to the smallest.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.records import Event, Mention, Timing

if TYPE_CHECKING:
    from kg.records import Document, Extraction, Precision, Vocabulary

UTC = dt.UTC
DAY = dt.timedelta(days=1)
TICK = dt.timedelta(seconds=1)
NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
NUMBERS |= {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 3, "many": 3, "dozen": 12, "recent": 3}
TOKENS = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}[:.]\d\d|\d+s\b|\d+(?:st|nd|rd|th)?|[^\W\d]+(?:\.[^\W\d]+)*\.?|mid-?"
)
CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d\d))? ?(a\.m\.|p\.m\.|am\b|pm\b)|\b(\d{1,2}):(\d\d)\b|\b(\d\d)(\d\d) (?:GMT|UTC|hours)"
)
INTERVAL = re.compile(r"^(?:from|between|From|Between)\s+(.+?)\s+(?:to|until|through|and|-)\s+(.+)$")
DATELINE = re.compile(
    r"^\W{0,5}(?:[^\n]{0,80}?[,(]\s*|(?:\w+,? ){0,3}?)"
    r"(?P<date>\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+\.?,? \d{2,4}|"
    r"[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)"
)
AHEAD = re.compile(
    r"\b(?:will|shall|would|due|scheduled|set to|to be held|plans?|planned|until|by|expected|next|going to)\b"
    r"[^.;]{0,80}$"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of times: word (lower case but for names) -> its kind and value."""

    kinds: dict[str, tuple[str, str]]

    def of(self, text: str, kind: str) -> list[str]:
        """The values of all words of a kind in a text, in order."""
        found = [self.kinds[key] for token in TOKENS.findall(text) if (key := self._key(token)) in self.kinds]
        return [value for name, value in found if name == kind]

    def _key(self, token: str) -> str:
        if token in self.kinds:
            return token
        low = token.lower()
        return (
            low
            if low in self.kinds
            else low.removesuffix("s")
            if low.removesuffix("s") in self.kinds
            else token.rstrip(".")
        )


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open `[start, end)` in UTC."""

    start: dt.datetime
    end: dt.datetime
    precision: Precision


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression names."""

    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: bool = False
    ahead: bool = False
    stage: tuple[float, float] | None = None
    direction: str | None = None
    clock: tuple[int, int] | None = None
    part: tuple[int, int] | None = None
    units: tuple[float, ...] = field(default=())


def words(vocabulary: Vocabulary) -> Words:
    """The table of a vocabulary of times."""
    return Words({entry.form: (entry.concept, entry.frame) for entry in vocabulary.entries})


def timings(document: Document, extraction: Extraction, vocabulary: Vocabulary) -> tuple[Timing, ...]:
    """The meaning of every time expression of a document; bounds are None where nothing dates the document."""
    known = words(vocabulary)
    anchor = document.published or dateline(document.text, known)
    future = {event.time for event in extraction.of(Event) if event.time and event.tense == "future"}
    return tuple(
        _timing(document, mention, known, anchor, ahead=mention.span in future or _looks_ahead(document, mention))
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


def _looks_ahead(document: Document, mention: Mention) -> bool:
    source = document.text if mention.span.part == "text" else document.title or ""
    return AHEAD.search(source[mention.sentence.start : mention.span.start]) is not None


def dateline(text: str, known: Words) -> dt.date | None:
    """The date that the first line gives before the story begins, with a year."""
    found = DATELINE.match(text[:200].strip())
    if not found:
        return None
    parts = _parts(found["date"], known)
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


# -------------------------------------------------------------------------------- from words to a period


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
    parts = replace(_parts(text.removeprefix("as early as "), known), ahead=ahead or early)
    for rule in (_calendar, _relative_day, _weekday, _month_or_season, _year, _ago, _unit, _night):
        if (found := rule(parts, known, anchor)) is not None:
            return _until_now(_staged(_finer(found, parts), parts), parts, anchor)
    return None


def _until_now(period: Period, parts: Parts, anchor: dt.date | None) -> Period:
    """As in "Earlier this month" ends with the day of publication."""
    if anchor is None or not re.match(r"[Ee]arlier (?:this|today)\b", parts.text):
        return period
    return replace(period, end=min(period.end, max(_at(anchor + DAY), period.start + DAY)))


def _interval(first: str, second: str, known: Words, anchor: dt.date | None, *, ahead: bool) -> Period | None:
    """From the start of one to the end of the other; the second does not lie before the first."""
    end = period_of(second, known, anchor, ahead=ahead)
    start = period_of(first, known, anchor, ahead=ahead)
    if not start or not end:
        return None
    while start.start >= end.end and known.of(first, "weekday"):
        start = replace(start, start=start.start - 7 * DAY)
    return Period(start.start, end.end, end.precision) if start.start < end.end else None


def _parts(text: str, known: Words) -> Parts:
    numbers = TOKENS.findall(CLOCK.sub(" ", text))
    year, decade = _year_of(numbers)
    day = next((int(re.sub(r"\D", "", n)) for n in numbers if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", n)), None)
    month = next(map(int, known.of(text, "month")), None)
    year, month, day = _numeric(numbers) or (year, month, day if month else None)
    if month and day and year is None and (short := re.search(r"(\d{1,2}) \w+\.?,? (\d\d)$", text)):
        year = _century(int(short[2]))
    stage = next((value.split() for value in known.of(text, "stage")), None)
    part = next((value.split() for value in known.of(text, "part")), None)
    return Parts(
        text=text,
        year=year,
        month=month,
        day=day,
        weekday=next(map(int, known.of(text, "weekday")), None),
        decade=decade,
        stage=(float(stage[0]), float(stage[1])) if stage else None,
        direction=_direction(text, known),
        clock=_clock(text),
        part=(int(part[0]), int(part[1])) if part else None,
        units=tuple(map(float, known.of(text, "unit"))),
    )


def _year_of(tokens: list[str]) -> tuple[int | None, bool]:
    for token in tokens:
        if re.fullmatch(r"(?:1[5-9]|2[01])\d\ds?", token):
            return int(token[:4]), token.endswith("s")
    return None, False


def _numeric(tokens: list[str]) -> tuple[int, int, int] | None:
    """ISO dates, and slashed ones with the month first unless that cannot be."""
    for token in tokens:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", token):
            year, month, day = map(int, token.split("-"))
            return year, month, day
        if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", token):
            first, second, year = map(int, re.split(r"[/.]", token))
            month, day = (second, first) if first > 12 or "." in token else (first, second)
            return _century(year), month, day
    return None


def _century(year: int) -> int:
    if year > 99:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _direction(text: str, known: Words) -> str | None:
    if re.match(r"(?:[Ee]arli|[Ll]at)er (?:this|today)", text):
        return "now"
    for kind in ("past", "future", "now"):
        if known.of(text, kind):
            return kind
    return None


def _clock(text: str) -> tuple[int, int] | None:
    found = CLOCK.search(text)
    if not found:
        return None
    if found[3]:
        hour = int(found[1]) % 12 + (12 if found[3][0] == "p" else 0)
        return hour, int(found[2] or 0)
    hour, minute = (int(found[4]), int(found[5])) if found[4] else (int(found[6]), int(found[7]))
    return (hour, minute) if hour < 24 and minute < 60 else None


# -------------------------------------------------------------------------------- rules, the surest first


def _calendar(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """A day of a month; without a year, the one nearest to the anchor on the side that is meant."""
    if parts.month is None or parts.day is None:
        return None
    if parts.year is not None:
        return _days(dt.date(parts.year, parts.month, parts.day))
    if anchor is None:
        return None
    here = dt.date(anchor.year, parts.month, parts.day)
    step = (here < anchor and parts.ahead) - (here > anchor and not parts.ahead)
    return _days(here.replace(year=anchor.year + step))


def _relative_day(parts: Parts, known: Words, anchor: dt.date | None) -> Period | None:
    """As in "Yesterday", "tonight", "overnight"."""
    values = known.of(parts.text, "day")
    if not values or anchor is None:
        return None
    if values[0] == "night":
        return _hours(anchor - DAY, 20, 12)
    day = anchor + int(values[0]) * DAY
    return _hours(day, 18, 12) if "onight" in parts.text else _days(day)


def _weekday(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """The last such day up to the anchor; the next one where the words look ahead; "last" is never today."""
    if parts.weekday is None or anchor is None:
        return None
    back = (anchor.weekday() - parts.weekday) % 7
    if parts.direction == "future" or (parts.ahead and parts.direction != "past"):
        return _days(anchor + ((-back) % 7 or 7 * (parts.direction == "future")) * DAY)
    return _days(anchor - (back or 7 * (parts.direction == "past")) * DAY)


def _month_or_season(parts: Parts, known: Words, anchor: dt.date | None) -> Period | None:
    season = next((value.split() for value in known.of(parts.text, "season")), None)
    if parts.month is None and season is None:
        return None
    first, length = (parts.month, 1) if parts.month else (int(season[0]), int(season[1])) if season else (1, 12)
    precision: Precision = "month" if length == 1 else "season"
    year = parts.year or _year_in_words(parts, anchor)
    if year is None and anchor is not None:
        year = _nearest_year(parts, anchor, int(first or 1), length)
    return _months(year, int(first or 1), length, precision) if year is not None else None


def _year_in_words(parts: Parts, anchor: dt.date | None) -> int | None:
    """As in "The summer of last year"."""
    if anchor is None or not re.search(r"\byear\b", parts.text):
        return None
    return anchor.year + {"past": -1, "future": 1}.get(parts.direction or "", 0)


def _nearest_year(parts: Parts, anchor: dt.date, first: int, length: int) -> int:
    """The year of the last such month or season that had begun; of the next one where the words look ahead."""
    began = dt.date(anchor.year, first, 1) <= anchor
    if parts.ahead or parts.direction == "future":
        return anchor.year + (dt.date(anchor.year, first, 1) + (30 * length - 1) * DAY < anchor)
    if parts.direction == "now":
        return anchor.year
    current = began and anchor.month < first + length
    return anchor.year - (not began or (current and parts.direction == "past"))


def _year(parts: Parts, _known: Words, _anchor: dt.date | None) -> Period | None:
    if parts.year is None:
        return None
    return _months(parts.year, 1, 120 if parts.decade else 12, "year")


def _ago(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """As in "Two weeks ago": a period of the unit's length around that day."""
    if anchor is None or not parts.units or not re.search(r"\b(?:ago|earlier|hence)\b", parts.text):
        return None
    if re.match(r"(?:E|e)arlier\b", parts.text):
        return None
    days, sign = parts.units[0] * _count(parts.text), 1 if "hence" in parts.text else -1
    if parts.units[0] < 1:
        day = dt.datetime.combine(anchor, dt.time(12), UTC) + sign * dt.timedelta(days=days)
        return _days(day.date())
    if parts.units[0] >= 365:
        years = round(days / 365.25)
        return _months(anchor.year + sign * years, 1, 12, "year")
    if parts.units[0] == 30:
        at = anchor.year * 12 + anchor.month - 1 + sign * _count(parts.text)
        return _months(at // 12, at % 12 + 1, 1, "month")
    day_then = anchor + sign * dt.timedelta(days=round(days))
    return _week(day_then) if parts.units[0] == 7 else _days(day_then)


def _count(text: str) -> int:
    for token in TOKENS.findall(text.lower()):
        if token.isdigit():
            return int(token)
        if token in NUMBERS:
            return NUMBERS[token]
    return 1


def _unit(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """As in "Last month", "this week", "the past two years", "the weekend", "the last 24 hours"."""
    if anchor is None or not parts.units or re.search(r"\b(?:following|same|before|after|later)\b", parts.text):
        return None
    unit, sign = parts.units[0], {"past": -1, "future": 1}.get(parts.direction or "", 0)
    plural = re.search(
        r"\d|\b(?:few|several|couple|two|three|four|five|six|seven|eight|nine|ten|recent|weeks|months|years|days|hours|decades)\b",
        parts.text,
    )
    if plural and sign:
        return _stretch(unit * _count(parts.text), anchor, sign, unit)
    return _one_unit(anchor, unit, sign)


def _one_unit(anchor: dt.date, unit: float, sign: int) -> Period | None:
    """The unit that the anchor is in, or the one before or after it."""
    if unit == 30:
        at = anchor.year * 12 + anchor.month - 1 + sign
        return _months(at // 12, at % 12 + 1, 1, "month")
    if unit >= 365:
        return _years(anchor, unit, sign)
    if unit <= 1 and not sign:
        return None
    if unit == 2:
        return _weekend(anchor, sign)
    return _week(anchor + sign * 7 * DAY) if unit == 7 else _days(anchor + sign * DAY)


def _years(anchor: dt.date, unit: float, sign: int) -> Period:
    """As in "Last year" is the calendar's; the past decade or century is the years up to now."""
    if unit < 3652:
        return _months(anchor.year + sign, 1, 12, "year")
    return _stretch(unit, anchor, sign or -1, unit)


def _stretch(days: float, anchor: dt.date, sign: int, unit: float) -> Period:
    """The days up to the anchor's end, or on from it."""
    length = dt.timedelta(days=max(1, round(days)))
    precision: Precision = "day" if unit <= 1 else "week" if unit <= 7 else "month" if unit <= 30 else "year"
    start = anchor - length if sign < 0 else anchor
    return Period(_at(start), _at(start + length + DAY), precision)


def _night(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """As in "Last night", "this morning": a part of the day of publication, or of the one before."""
    if anchor is None or parts.part is None or parts.direction is None:
        return None
    back = parts.direction == "past"
    return _days(anchor - DAY if back else anchor)


# -------------------------------------------------------------------------------- periods


def _at(day: dt.date, hour: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), UTC) + dt.timedelta(hours=hour)


def _days(day: dt.date) -> Period:
    return Period(_at(day), _at(day + DAY), "day")


def _hours(day: dt.date, start: int, length: int) -> Period:
    return Period(_at(day, start), _at(day, start + length), "partOfDay")


def _week(day: dt.date) -> Period:
    monday = day - day.weekday() * DAY
    return Period(_at(monday), _at(monday + 7 * DAY), "week")


def _weekend(anchor: dt.date, sign: int) -> Period:
    """The one that is on or was last; "next" is the one after it."""
    saturday = anchor - ((anchor.weekday() - 5) % 7) * DAY + (7 * DAY if sign > 0 else 0 * DAY)
    return Period(_at(saturday), _at(saturday + 2 * DAY), "day")


def _months(year: int, first: int, length: int, precision: Precision) -> Period:
    after = year * 12 + first - 1 + length
    return Period(_at(dt.date(year, first, 1)), _at(dt.date(after // 12, after % 12 + 1, 1)), precision)


def _finer(period: Period, parts: Parts) -> Period:
    """The hour or part of the day that is meant within a day."""
    if period.precision != "day" or period.end - period.start != DAY:
        return period
    if parts.clock:
        start = period.start + dt.timedelta(hours=parts.clock[0], minutes=parts.clock[1])
        return Period(start, start + dt.timedelta(minutes=1), "minute")
    if parts.part:
        start = period.start + dt.timedelta(hours=parts.part[0])
        return Period(start, start + dt.timedelta(hours=parts.part[1]), "partOfDay")
    if "early hours" in parts.text:
        return Period(period.start, period.start + dt.timedelta(hours=6), "partOfDay")
    return period


def _staged(period: Period, parts: Parts) -> Period:
    """The early, middle or late part of a period."""
    if parts.stage is None or period.precision in {"minute", "hour"} or "early hours" in parts.text:
        return period
    length = period.end - period.start
    first, last = (_whole(period.start + length * share, period) for share in parts.stage)
    precision: Precision = "partOfDay" if period.precision == "day" else period.precision
    return Period(first, last, precision)


def _whole(moment: dt.datetime, period: Period) -> dt.datetime:
    """Cut to full hours within a day, to full days otherwise."""
    if period.end - period.start <= 2 * DAY:
        return moment.replace(minute=0, second=0, microsecond=0)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
