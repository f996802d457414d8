"""Dates as sources write them, and the dateline that an article opens with. No clock: nothing is relative to today."""

from __future__ import annotations

import datetime as dt
import re

from kg.errors import InputError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: An article states its date in its first lines, if anywhere: headline, byline, place and date.
OPENING_LINES = 6
OPENING_CHARACTERS = 1500
BYLINE_CHARACTERS = 250

_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"\s?,?\s(?P<year>(?:19|20)\d\d)\b"

_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d)")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_DAY_FIRST = re.compile(rf"\b{_DAY}[\s-](?:of )?{_MONTH}(?:{_YEAR}|-(?P<year2>(?:19|20)\d\d)\b)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s{_DAY}{_YEAR}", re.IGNORECASE)
#: A page's own date that lost its comma and blank: "Apr 232017".
_FUSED = re.compile(rf"\b{_MONTH}\s(?P<day>[0-3]?\d)(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_FULL = (_ISO, _DAY_FIRST, _MONTH_FIRST, _FUSED)
_SHORT_YEAR = re.compile(rf"\b{_DAY} {_MONTH} '?(?P<year>\d\d)\b(?![:.]\d)", re.IGNORECASE)
_NO_YEAR = (
    re.compile(rf"\b{_MONTH} {_DAY}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY} {_MONTH}", re.IGNORECASE),
)

_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s+"
_DASHED = re.compile(r"(?P<one>[0-3]?\d)[-/.](?P<two>[0-3]?\d)[-/.](?P<year>(?:19|20)\d\d)\b")
#: The same with dots is written with the day first wherever it is written.
_DOTTED = re.compile(r"(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>(?:19|20)\d\d)(?!\d)")
_LABEL = re.compile(
    r"\s*(?:(?:date of publication|(?:first )?published|posted|(?:last )?(?:updated|modified)|date|issued|released)\b"
    rf"\s*(?:on|at)?\s*[:|-]?\s*)?(?:{_WEEKDAY})?",
    re.IGNORECASE,
)
#: What may follow a date that opens a line: nothing, a time, a mark, or the first sentence with its capital or number.
_AFTER = re.compile(r"\s*(?:$|[|•·–—()\[]|--|-\s|,?\s*at\s\d|by\s|[:.]?\s*[\"“‘']?[A-Z0-9])")
#: AGENCY WEEKDAY DATE between a headline and the text, run together by whoever made one line of the page.
_BYLINE = re.compile(
    rf"(?<!\bon )(?<!\bsince )(?<!\buntil )(?<!\bfor )(?<!\bof )(?<=[a-z.A-Z] )\b{_WEEKDAY}(?=\d|[A-Z])"
)
#: PLACE, (PLACE,) DATE: the words before the date of a dateline, then what sets the dateline off from the sentence.
_PLACE = re.compile(
    rf"\s*[^\W\d_][^\n:;—–()\"“]{{1,50}}?[,/]\s*(?:{_WEEKDAY})?(?=\d|{'|'.join(MONTHS)})", re.IGNORECASE
)
_SET_OFF = re.compile(r"\s?,?\s*(?:\([^)\n]{1,60}\)\s*(?:—|–|--|-|:|\[|$)?|(?:—|–|--|-\s|/))")


def read_date(text: str) -> dt.date:
    """Read a date as sources state it: ISO 8601, RFC 2822, `5 April 2017`, `April 5, 2017`, `20170405`.

    Raises:
        InputError: It is none of them, or one that people read in two ways (`04/05/2017`).
    """
    text = text.strip()
    found = _ISO.match(text) or _COMPACT.match(text) or _DAY_FIRST.search(text) or _MONTH_FIRST.search(text)
    date = _date(found) if found else _dashed(text)
    if not date:
        raise InputError(f"{text[:40]!r} is no date; write it as YYYY-MM-DD")
    return date


def _dashed(text: str) -> dt.date | None:
    """`27-02-2009` and `2/27/2009`; where both numbers could be the month nobody can tell, and None is returned."""
    found = _DASHED.match(text)
    numbers = {int(found["one"]), int(found["two"])} if found else set()
    if not found or (max(numbers) <= 12 and len(numbers) > 1):
        return None
    return _day_of(int(found["year"]), str(min(numbers)), str(max(numbers)))


def dateline(text: str, reference: dt.date | None = None) -> dt.date | None:
    """The date that an article opens with: `KABUL, March 3, 2019 (Agency) —`, `Published 5 April 2017`, a line's own.

    Args:
        text: The article.
        reference: A day by which the article was out. It gives the year to a dateline that has none; without it such
            a dateline says nothing.
    """
    lines = [line for line in text[:OPENING_CHARACTERS].splitlines() if line.strip()]
    for line in lines[:OPENING_LINES]:
        if date := _opening_date(line) or _after_place(line, reference) or _in_byline(line):
            return date
    return None


def _opening_date(line: str) -> dt.date | None:
    """A full date at the start of a line that does not run on as a sentence about that day."""
    label = _LABEL.match(line)
    start = label.end() if label else 0
    return _full_date(line, start) or _in_numbers(line, start)


def _in_numbers(line: str, start: int) -> dt.date | None:
    """As in `24-03-2019 Two hurt`, `24.03.2019(updated 1457)`."""
    if (found := _DOTTED.match(line, start)) and _AFTER.match(line, found.end()):
        return _date(found)
    dashed = _DASHED.match(line, start)
    return _dashed(dashed[0]) if dashed and _AFTER.match(line, dashed.end()) else None


def _full_date(line: str, start: int) -> dt.date | None:
    for pattern in _FULL:
        if (found := pattern.match(line, start)) and _AFTER.match(line, found.end()):
            return _date(found)
    return None


def _in_byline(line: str) -> dt.date | None:
    weekday = _BYLINE.search(line, 0, BYLINE_CHARACTERS)
    return _full_date(line, weekday.end()) if weekday else None


def _after_place(line: str, reference: dt.date | None) -> dt.date | None:
    place = _PLACE.match(line)
    if not place:
        return None
    for pattern in (*_FULL, _SHORT_YEAR, *_NO_YEAR):
        if (found := pattern.match(line, place.end())) and _SET_OFF.match(line, found.end()):
            return _date(found) if "year" in pattern.groupindex else _without_year(found, reference)
    return None


def _date(found: re.Match[str]) -> dt.date | None:
    groups = found.groupdict()
    year = int(groups["year"] or groups["year2"])
    if year < 100:  # two digits, as POSIX reads them
        year += 2000 if year < 69 else 1900
    return _day_of(year, groups["month"], groups["day"])


def _without_year(found: re.Match[str], reference: dt.date | None) -> dt.date | None:
    """The last such day up to the day after the reference: clocks differ around the world."""
    if reference is None:
        return None
    latest = reference + dt.timedelta(days=1)
    candidates = (_day_of(year, found["month"], found["day"]) for year in (latest.year, latest.year - 1))
    return next((day for day in candidates if day and day <= latest), None)


def _day_of(year: int, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return dt.date(year, number, int(day))
    except ValueError:
        return None
