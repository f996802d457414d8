"""Stretches of the calendar in UTC: days, weeks, weekends, months, years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Precision

UTC = dt.UTC
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open `[start, end)` in UTC."""

    start: dt.datetime
    end: dt.datetime
    precision: Precision


def midnight(day: dt.date, hour: int = 0) -> dt.datetime:
    """The start of a day, or an hour of it; hours from 24 on are the next day's."""
    return dt.datetime.combine(day, dt.time(), UTC) + dt.timedelta(hours=hour)


def day_of(day: dt.date) -> Period:
    """The whole day."""
    return Period(midnight(day), midnight(day + DAY), "day")


def hours_of(day: dt.date, start: int, length: int) -> Period:
    """A part of a day."""
    return Period(midnight(day, start), midnight(day, start + length), "partOfDay")


def week_of(day: dt.date) -> Period:
    """The week from Monday that the day is in."""
    monday = day - day.weekday() * DAY
    return Period(midnight(monday), midnight(monday + 7 * DAY), "week")


def weekend_of(anchor: dt.date, sign: int) -> Period:
    """The one that is on or was last; "next" is the one after it."""
    saturday = anchor - ((anchor.weekday() - 5) % 7) * DAY + (7 * DAY if sign > 0 else 0 * DAY)
    return Period(midnight(saturday), midnight(saturday + 2 * DAY), "day")


def months_of(year: int, first: int, length: int, precision: Precision) -> Period:
    """Whole months from the first on, which may run into the next year."""
    after = year * 12 + first - 1 + length
    return Period(midnight(dt.date(year, first, 1)), midnight(dt.date(after // 12, after % 12 + 1, 1)), precision)
