"""Numbers in running text as intervals: digits, words, ranges, vague quantities, and the hedges beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from kg.extract.syntax import columns
from kg.vocab.numerals import MULTIPLIERS, NUMERALS, TENS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from spacy.tokens import Doc

    from kg.records import Bound, Vocabulary

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
GLUED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(m|bn|mn|k)")
RANGE = re.compile(r"(\d[\d,]*)[-–](\d[\d,]*)")
DASHES = frozenset({"-", "–", "to"})
LONGEST_HEDGE = 6


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens `[start, end)`, hedges included, and the interval that they mean; `core` is where the number itself is."""

    start: int
    end: int
    core: tuple[int, int]
    low: float | None
    best: float | None
    high: float | None
    bound: Bound


@dataclass(frozen=True, slots=True)
class Hedges:
    """The words beside a number, each as its tokens, and what they make of it."""

    before: dict[tuple[str, ...], Bound]
    after: dict[tuple[str, ...], Bound]
    quantities: dict[tuple[str, ...], tuple[float, float]]


def hedges(vocabulary: Vocabulary) -> Hedges:
    """The hedges of `hedges.ttl`, by their words."""
    before: dict[tuple[str, ...], Bound] = {}
    after: dict[tuple[str, ...], Bound] = {}
    quantities: dict[tuple[str, ...], tuple[float, float]] = {}
    for entry in vocabulary.entries:
        words = tuple(entry.form.split())
        if entry.pos == "QUANTITY":
            low, high = entry.frame.split()
            quantities[words] = (float(low), float(high))
        else:
            (after if entry.frame == "after" else before)[words] = cast("Bound", entry.concept)
    return Hedges(before, after, quantities)


def make_numbers(vocabulary: Vocabulary) -> Callable[[Doc], Iterator[Number]]:
    """A finder of numbers; it yields them in text order, and no token twice."""
    known = hedges(vocabulary)
    starts = {words[0] for words in known.quantities} | NUMERALS.keys() | MULTIPLIERS.keys() - {"m", "k", "bn", "mn"}

    def find(doc: Doc) -> Iterator[Number]:
        words = list(columns(doc).lower)
        at = 0
        while at < len(words):
            word = words[at]
            found = _number(words, at, known) if word in starts or word[:1].isdigit() else None
            if found:
                found = _hedged(words, found, known)
                yield found
            at = found.end if found else at + 1

    return find


def _number(words: list[str], at: int, known: Hedges) -> Number | None:
    """The number that starts at a token: a quantity, or a value and, where one follows, the other end of a range."""
    if words[at] == "no" and words[at + 1 : at + 2] and words[at + 1] in {"fewer", "less", "more", "longer", "one"}:
        return None
    if quantity := _longest(words, at, known.quantities):
        return _quantity(words, at, quantity, known.quantities[quantity])
    if glued := RANGE.fullmatch(words[at]):
        low, high = (float(each.replace(",", "")) for each in glued.groups())
        return Number(at, at + 1, (at, at + 1), low, None, high, "between") if low < high else None
    first = _value(words, at)
    if not first:
        return None
    value, end = first
    joined = (words[end : end + 1] and words[end] in {*DASHES, "and"} and words[end] != "and") or _between(
        words, at, end
    )
    second = _value(words, end + 1) if joined else None
    if second and value < second[0]:
        low = value * _shared_multiplier(value, second[0], words[at:end], words[end + 1 : second[1]])
        return Number(at, second[1], (at, second[1]), low, None, second[0], "between")
    return Number(at, end, (at, end), value, value, value, "exactly")


def _between(words: list[str], at: int, end: int) -> bool:
    return at > 0 and words[at - 1] == "between" and words[end : end + 1] == ["and"]


def _shared_multiplier(low: float, high: float, first: list[str], second: list[str]) -> float:
    """What "two to three million" leaves out after its first number."""
    last = MULTIPLIERS.get(second[-1], 1)
    return last if first[-1] not in MULTIPLIERS and low * last < high and len(second) > 1 else 1


def _quantity(words: list[str], at: int, form: tuple[str, ...], limits: tuple[float, float]) -> Number:
    """A vague quantity with what multiplies it: "several hundred", "tens of thousands"."""
    end = at + len(form)
    low, high = limits
    if words[end : end + 1] and words[end] in MULTIPLIERS:
        low, high, end = low * MULTIPLIERS[words[end]], high * MULTIPLIERS[words[end]], end + 1
    elif words[end : end + 1] == ["of"] and words[end + 1 : end + 2] and words[end + 1].rstrip("s") in MULTIPLIERS:
        factor = MULTIPLIERS[words[end + 1].rstrip("s")]
        low, high, end = low * factor, high * factor + factor - 1, end + 2
    if low == high:
        return Number(at, end, (at, end), low, low, high, "exactly")
    return Number(at, end, (at, end), low, None, high, "vague")


def _value(words: list[str], at: int) -> tuple[float, int] | None:
    """The exact number that starts at a token, and where it ends: "1,200", "2.7 billion", "twenty - three"."""
    if at >= len(words):
        return None
    if glued := GLUED.fullmatch(words[at]):
        return float(glued[1].replace(",", "")) * MULTIPLIERS[glued[2]], at + 1
    if DIGITS.fullmatch(words[at]):
        return _multiplied(words, float(words[at].replace(",", "")), at + 1)
    return _in_words(words, at)


def _multiplied(words: list[str], value: float, end: int) -> tuple[float, int]:
    while end < len(words) and words[end] in MULTIPLIERS:
        value, end = value * MULTIPLIERS[words[end]], end + 1
    return value, end


def _in_words(words: list[str], at: int) -> tuple[float, int] | None:
    """Numerals: "seven hundred and twelve", "twenty-three", "dozen"."""
    total, current, end = 0.0, 0.0, at
    while end < len(words):
        word = words[end]
        if word in NUMERALS and not (current % 10 and NUMERALS[word] < 10):
            current += NUMERALS[word]
        elif word in MULTIPLIERS and len(word) > 2:
            current = (current or 1) * MULTIPLIERS[word]
            if MULTIPLIERS[word] >= 1_000:
                total, current = total + current, 0.0
        elif not (word in {"and", "-"} and end > at and _continues(words, end, word)):
            break
        end += 1
    return (total + current, end) if end > at else None


def _continues(words: list[str], at: int, joint: str) -> bool:
    """Whether "and" (after a multiplier) or a hyphen (after tens) goes on with the number."""
    if at + 1 >= len(words) or words[at + 1] not in NUMERALS:
        return False
    return words[at - 1] in MULTIPLIERS if joint == "and" else words[at - 1] in TENS


# -------------------------------------------------------------------------------- hedges


def _hedged(words: list[str], number: Number, known: Hedges) -> Number:
    """The number with the hedges that stand right before or after it."""
    number = _with_article(words, number)
    if number.bound == "between":
        return _spread(words, number)
    if before := _hedge_before(words, number.start, known.before):
        return _bounded(replace(number, start=number.start - len(before)), known.before[before])
    if after := _longest(words, number.end, known.after):
        return _bounded(replace(number, end=number.end + len(after)), known.after[after])
    return number


def _with_article(words: list[str], number: Number) -> Number:
    """As in "a dozen", "half a million", "half a dozen"."""
    first = words[number.start]
    if first not in MULTIPLIERS or not number.start or words[number.start - 1] not in {"a", "an"}:
        return number
    start = number.start - 1
    if start and words[start - 1] == "half" and number.best:
        half = number.best / 2
        return replace(number, start=start - 1, low=half, best=half, high=half)
    return replace(number, start=start)


def _spread(words: list[str], number: Number) -> Number:
    start = number.start
    return replace(number, start=start - 1) if start and words[start - 1] in {"between", "from"} else number


def _bounded(number: Number, bound: Bound) -> Number:
    low, best, high = number.low, number.best, number.high
    if bound == "about" and best is not None:
        return replace(number, low=_tenth(best, -1), high=_tenth(best, 1), bound=bound)
    if bound in {"atLeast", "moreThan"}:
        return replace(number, best=best if best is not None else None, high=None, bound=bound)
    if bound in {"atMost", "lessThan"}:
        return replace(number, low=None, bound=bound)
    return number if low is None or high is None or best is None else replace(number, bound=bound)


def _tenth(value: float, direction: int) -> float:
    """A tenth less or more, a count staying whole on the wider side."""
    moved = value * (10 + direction) / 10
    if value != int(value) or moved == int(moved):
        return moved
    return float(int(moved) + (direction > 0))


def _hedge_before(words: list[str], start: int, table: Container[tuple[str, ...]]) -> tuple[str, ...] | None:
    for length in range(min(LONGEST_HEDGE, start), 0, -1):
        if (window := tuple(words[start - length : start])) in table:
            return window
    return None


def _longest(words: list[str], at: int, table: Container[tuple[str, ...]]) -> tuple[str, ...] | None:
    for length in range(min(LONGEST_HEDGE, len(words) - at), 0, -1):
        if (window := tuple(words[at : at + length])) in table:
            return window
    return None
