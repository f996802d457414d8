"""From what an expression names to a period: `RULES`, the surest first; one that does not apply gives None."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from kg.resolve.calendar.periods import DAY, UTC, Period, day_of, hours_of, midnight, months_of, week_of, weekend_of
from kg.resolve.calendar.reading import Parts, Words, count

if TYPE_CHECKING:
    from kg.records import Precision


def _calendar(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """A day of a month; without a year, the one nearest to the anchor on the side that is meant."""
    if parts.month is None or parts.day is None:
        return None
    if parts.year is not None:
        return day_of(dt.date(parts.year, parts.month, parts.day))
    if anchor is None:
        return None
    here = dt.date(anchor.year, parts.month, parts.day)
    step = (here < anchor and parts.ahead) - (here > anchor and not parts.ahead)
    return day_of(here.replace(year=anchor.year + step))


def _relative_day(parts: Parts, known: Words, anchor: dt.date | None) -> Period | None:
    """As in "Yesterday", "tonight", "overnight"."""
    values = known.of(parts.text, "day")
    if not values or anchor is None:
        return None
    if values[0] == "night":
        return hours_of(anchor - DAY, 20, 12)
    day = anchor + int(values[0]) * DAY
    return hours_of(day, 18, 12) if "onight" in parts.text else day_of(day)


def _weekday(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """The last such day up to the anchor; the next one where the words look ahead; "last" is never today."""
    if parts.weekday is None or anchor is None:
        return None
    back = (anchor.weekday() - parts.weekday) % 7
    if parts.direction == "future" or (parts.ahead and parts.direction != "past"):
        return day_of(anchor + ((-back) % 7 or 7 * (parts.direction == "future")) * DAY)
    return day_of(anchor - (back or 7 * (parts.direction == "past")) * DAY)


def _month_or_season(parts: Parts, known: Words, anchor: dt.date | None) -> Period | None:
    season = next((value.split() for value in known.of(parts.text, "season")), None)
    if parts.month is None and season is None:
        return None
    first, length = (parts.month, 1) if parts.month else (int(season[0]), int(season[1])) if season else (1, 12)
    precision: Precision = "month" if length == 1 else "season"
    year = parts.year or _year_in_words(parts, anchor)
    if year is None and anchor is not None:
        year = _nearest_year(parts, anchor, int(first or 1), length)
    return months_of(year, int(first or 1), length, precision) if year is not None else None


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
    return months_of(parts.year, 1, 120 if parts.decade else 12, "year")


def _ago(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """As in "Two weeks ago": a period of the unit's length around that day."""
    if anchor is None or not parts.units or not re.search(r"\b(?:ago|earlier|hence)\b", parts.text):
        return None
    if re.match(r"(?:E|e)arlier\b", parts.text):
        return None
    days, sign = parts.units[0] * count(parts.text), 1 if "hence" in parts.text else -1
    if parts.units[0] < 1:
        day = dt.datetime.combine(anchor, dt.time(12), UTC) + sign * dt.timedelta(days=days)
        return day_of(day.date())
    if parts.units[0] >= 365:
        years = round(days / 365.25)
        return months_of(anchor.year + sign * years, 1, 12, "year")
    if parts.units[0] == 30:
        at = anchor.year * 12 + anchor.month - 1 + sign * count(parts.text)
        return months_of(at // 12, at % 12 + 1, 1, "month")
    day_then = anchor + sign * dt.timedelta(days=round(days))
    return week_of(day_then) if parts.units[0] == 7 else day_of(day_then)


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
        return _stretch(unit * count(parts.text), anchor, sign, unit)
    return _one_unit(anchor, unit, sign)


def _one_unit(anchor: dt.date, unit: float, sign: int) -> Period | None:
    """The unit that the anchor is in, or the one before or after it."""
    if unit == 30:
        at = anchor.year * 12 + anchor.month - 1 + sign
        return months_of(at // 12, at % 12 + 1, 1, "month")
    if unit >= 365:
        return _years(anchor, unit, sign)
    if unit <= 1 and not sign:
        return None
    if unit == 2:
        return weekend_of(anchor, sign)
    return week_of(anchor + sign * 7 * DAY) if unit == 7 else day_of(anchor + sign * DAY)


def _years(anchor: dt.date, unit: float, sign: int) -> Period:
    """As in "Last year" is the calendar's; the past decade or century is the years up to now."""
    if unit < 3652:
        return months_of(anchor.year + sign, 1, 12, "year")
    return _stretch(unit, anchor, sign or -1, unit)


def _stretch(days: float, anchor: dt.date, sign: int, unit: float) -> Period:
    """The days up to the anchor's end, or on from it."""
    length = dt.timedelta(days=max(1, round(days)))
    precision: Precision = "day" if unit <= 1 else "week" if unit <= 7 else "month" if unit <= 30 else "year"
    start = anchor - length if sign < 0 else anchor
    return Period(midnight(start), midnight(start + length + DAY), precision)


def _night(parts: Parts, _known: Words, anchor: dt.date | None) -> Period | None:
    """As in "Last night", "this morning": a part of the day of publication, or of the one before."""
    if anchor is None or parts.part is None or parts.direction is None:
        return None
    back = parts.direction == "past"
    return day_of(anchor - DAY if back else anchor)


def finer(period: Period, parts: Parts) -> Period:
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


def staged(period: Period, parts: Parts) -> Period:
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


RULES = (_calendar, _relative_day, _weekday, _month_or_season, _year, _ago, _unit, _night)
