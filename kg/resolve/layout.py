"""What the words around a trigger say of its place in the story: which sentence, the headline, back to what was told.

Wire copy opens with lines that tell nothing: the date, the agency, a picture's credit, the headline again. They are not
counted, so that "the second sentence" is the second one that a reader would call so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.records import Entity, Filler

#: A line of fewer words tells nothing, unless it ends as sentences do.
FULL = 5
SHORT = 3

#: "the attack", "those deadly strikes", "Friday's raid": a determiner at most one word before a trigger points back,
#: unless the trigger is a verb; "separate", "another" set an event apart from what was told.
POINTS_BACK = re.compile(
    r"\b(?:(?:the|this|that|these|those|both)\s+(?:(?!\d{4}\b)[\w-]+\s+)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day['’]?s\s+)$",
    re.IGNORECASE,
)
SETS_APART = re.compile(
    r"\b(?:another|other|separate(?:ly)?|second|third|different|previous(?:ly)?|last|earlier|prior|similar)\s+(?:[\w-]+\s+){0,2}$"
    r"|\b(?:retaliat\w+|in (?:response|revenge)|respond\w* with)\s[^.;]*$"
    r"|\banother\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozen)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
ANOTHER = re.compile(r"(?:another|a second|a third|a different) ", re.IGNORECASE)
PAST = re.compile(r"\w+ed|hit|struck|shot|fought|blew|took|fell|rose|left|led|died|dead|slain", re.IGNORECASE)

#: "gave a lower toll of 31 people killed".
TOLL_OF = re.compile(r"\btoll of (?:[\w-]+ ){1,4}$", re.IGNORECASE)

#: "three of the dead", "two of those killed".
PART = re.compile(r"\bof (?:the|those)\s+$", re.IGNORECASE)

#: "the death toll", "a toll": who counts the dead again counts those that were told of.
COUNTED_AGAIN = re.compile(r"\s+tolls?\b", re.IGNORECASE)

#: "four of the wounded died", "those injured later died": of what was told of, and later than that.
OF_THE_HURT = re.compile(r"\b(?:the|those) (?:\w+ )?(?:wounded|injured)\b", re.IGNORECASE)
OF_WOUNDS = re.compile(r"(?: \w+){0,2} (?:of|from) (?:the|his|her|their) (?:wounds|injuries)\b", re.IGNORECASE)
THEN_DIED = re.compile(r"(?: \w+){0,5}? (?:died|die|dies|succumbed)\b", re.IGNORECASE)
DYING = re.compile(r"die[ds]?|dying|succumb\w*|deaths?", re.IGNORECASE)

#: The sentence turns to something else.
TURNS = re.compile(
    r"\s*(?:(?:and|but)\s+)?(?:meanwhile|elsewhere|separately|on another front|in other developments|in another\b"
    r"|in an? (?:separate|related|other|similar)\b)"
    r"|^(?:\W*\w+){1,5}\W+meanwhile\b"
    r"|.*\balso\s+(?:\w+\s+)?$",
    re.IGNORECASE | re.DOTALL,
)


def points_back(before: str, trigger: str, after: str = "") -> bool:
    """Whether a trigger refers to something told of already, by the words around it in its sentence."""
    if is_aftermath(before, trigger, after) or (COUNTED_AGAIN.match(after) and not PAST.fullmatch(trigger)):
        return True
    if TOLL_OF.search(before):
        return True
    if PART.search(before) and PAST.fullmatch(trigger):
        return True
    return bool(POINTS_BACK.search(before)) and not PAST.match(trigger) and not SETS_APART.search(before)


def is_aftermath(before: str, trigger: str, after: str = "") -> bool:
    """Whether somebody dies of what was told of: when that was is not when the attack was."""
    if DYING.fullmatch(trigger):
        return bool(OF_THE_HURT.search(before) or OF_WOUNDS.match(after))
    return bool(OF_THE_HURT.search(before + trigger)) and THEN_DIED.match(after) is not None


def is_another(before: str, fillers: Iterable[Filler], places: Iterable[Entity], *, result: bool = False) -> bool:
    """Whether an event is set apart from what was told: "a second blast", "another unit shelled …".

    Args:
        before: The words before its trigger in its sentence.
        fillers: Its role fillers.
        places: Its places.
        result: Whether it is what an attack did: "another five were hurt" in it.
    """
    struck = (
        *(each.label for each in fillers if each.role in {"attacker", "target"}),
        *(each.label for each in places),
    )
    return (not result and bool(SETS_APART.search(before))) or any(map(ANOTHER.match, struck))


def turns_away(before: str) -> bool:
    """Whether the sentence up to a trigger says that it is of something else: "Meanwhile, in the north …"."""
    return TURNS.match(before) is not None


def tells(line: str) -> bool:
    """Whether a line is a sentence of the story: no date, no agency, no credit."""
    words = [word for word in line.split() if word[0].isalpha()]
    return len(words) >= FULL or (len(words) >= SHORT and line.rstrip()[-1:] in ".!?\"'”’" and words[-1][:1].islower())


def _same_line(one: str, other: str) -> bool:
    return re.sub(r"\W+", " ", one).strip().casefold() == re.sub(r"\W+", " ", other).strip().casefold()


@dataclass(frozen=True)
class Layout:
    """The sentences of an article: part ("title", "text") -> where each starts, and its words, in order."""

    sentences: Mapping[str, list[tuple[int, str]]]

    @cached_property
    def title(self) -> str:
        """The words of the title."""
        return " ".join(words for _, words in self.sentences.get("title", ()))

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The number of each sentence of the text, from 0; the headline's, -1, where it stands there once more.

        What tells nothing has the number of what comes next.
        """
        found, number = [], 0
        for at, (_, words) in enumerate(self.sentences.get("text", ())):
            heading = number == 0 and self._is_heading(at, words)
            found.append(-1 if heading else number)
            number += not heading and tells(words)
        return tuple(found)

    def _is_heading(self, at: int, words: str) -> bool:
        """The title's words once more; the first line where it has no full stop, and sentences follow."""
        if _same_line(words, self.title):
            return True
        return at == 0 and not self.title and words[-1:].isalnum() and len(self.sentences["text"]) > 1

    def number(self, part: str, start: int) -> int:
        """The number of the sentence that stands there; -1 in the headline."""
        at = self._at("text", start)
        return self.numbers[at] if part == "text" and at >= 0 else -1

    def is_headline(self, part: str, start: int) -> bool:
        """Whether that is in the title, or in a line that says it once more."""
        return self.number(part, start) < 0

    def around(self, part: str, start: int, end: int) -> tuple[str, str, str]:
        """The words of a sentence before a trigger, the trigger's own, and those behind it."""
        at = self._at(part, start)
        if at < 0:
            return "", "", ""
        first, words = self.sentences[part][at]
        return words[: start - first], words[start - first : end - first], words[end - first :]

    def _at(self, part: str, start: int) -> int:
        return bisect_right(self.sentences.get(part, []), start, key=lambda each: each[0]) - 1
