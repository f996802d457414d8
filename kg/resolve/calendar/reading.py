"""What a time expression names: year, month, day, weekday, clock, part of the day, units, direction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Vocabulary

NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
NUMBERS |= {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 3, "many": 3, "dozen": 12, "recent": 3}
TOKENS = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}[:.]\d\d|\d+s\b|\d+(?:st|nd|rd|th)?|[^\W\d]+(?:\.[^\W\d]+)*\.?|mid-?"
)
CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d\d))? ?(a\.m\.|p\.m\.|am\b|pm\b)|\b(\d{1,2}):(\d\d)\b|\b(\d\d)(\d\d) (?:GMT|UTC|hours)"
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


MONTHS = 12


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


def read_parts(text: str, known: Words) -> Parts:
    """All parts of one expression."""
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
    """ISO dates; slashed ones with the month first unless that cannot be; dashed ones where only one can be a month."""
    for token in tokens:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", token):
            year, month, day = map(int, token.split("-"))
            return year, month, day
        if re.fullmatch(r"\d{1,2}([-/.])\d{1,2}\1\d{2,4}", token):
            first, second, year = map(int, re.split(r"[-/.]", token))
            if "-" in token and first <= MONTHS and second <= MONTHS:
                return None
            months_first = "/" in token and first <= MONTHS
            month, day = (first, second) if months_first or second > MONTHS else (second, first)
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


def count(text: str) -> int:
    """The first number in the text, in figures or in words; 1 where there is none."""
    for token in TOKENS.findall(text.lower()):
        if token.isdigit():
            return int(token)
        if token in NUMBERS:
            return NUMBERS[token]
    return 1
