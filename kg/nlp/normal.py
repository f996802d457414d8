"""Text as the model should see it, with the way back: every character knows where it stands in the given text.

The model was trained on clean English. Stray blanks, zero-width marks, wrapped lines and damaged quotation marks cost
it names and sentences; so they are mended for the model alone, and what it finds is told in the article's words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from heapq import merge
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _composed(found: str) -> str:
    return unicodedata.normalize("NFC", found)


def _mended(found: str) -> str:
    """UTF-8 that somebody decoded as Windows-1252 (`â€™`), decoded rightly; the same where it was none."""
    try:
        return b"".join(map(_windows_byte, found)).decode()
    except UnicodeError:
        return found


def _windows_byte(character: str) -> bytes:
    return character.encode("latin-1" if ord(character) < 0xA0 else "cp1252")


#: What the model should not have to see, and what it sees instead. Order counts where two rules could apply. What a
#: pattern looks back at stands behind its first character: so it is tried there only, and costs a fifth.
SUBSTITUTIONS: tuple[tuple[str, str | Callable[[str], str]], ...] = (
    (r"[^\w\s]{40,}", "…"),  # rules, ornaments, noise: the tokenizer takes time in the square of their length
    (r"\r\n?|\u2028|\u2029", "\n"),
    (r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", ""),  # controls, zero-width marks
    (r"[\u00c2-\u00f4][^\x00-\x7f]{1,3}", _mended),
    (r"&(?:#\d{2,6}|#x[\da-f]{2,5}|[a-z]{2,6});", html.unescape),
    (r"[ \u00a0](?=-[a-z])(?:(?<=[A-Z]\..)|(?<=\b[A-Z]{2}.)|(?<=\b[A-Z]{3}.))", ""),
    # One plain blank is no match: it is the most frequent character, and each match costs a step.
    (r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]{2,}|[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]", " "),
    (r"[\u2019\u02bc\u2032\u00b4`](?<=\w.)(?=\w)", "'"),  # an apostrophe inside a word: Da’esh, he’s
    (r"``", "“"),
    (r"''", "”"),
    # The group, not the verb, which the model takes it for unless the name is one that it knows.
    (r"IS\b(?<=\bIS)(?<![A-Z]{2} IS)(?! [A-Z]{2})(?!\.)", "ISIS"),
    (r"\w[\u0300-\u036f]+", _composed),
)
_ANY = re.compile("|".join(f"({pattern})" for pattern, _ in SUBSTITUTIONS))

#: A line of the length that a column has, which ends inside a sentence.
_WRAPPED_LINE = re.compile(r"^[^\n]{40,95}[^\n.!?:”\"'’]\n(?=[^\n\s])", re.MULTILINE)

#: Of the line ends, how many must stand inside a sentence for the text to count as wrapped at a column.
WRAPPED_SHARE = 0.4


def normalise(text: str, lost: re.Pattern[str] | None = None) -> tuple[str, array[int], array[int]]:
    """The text as the model reads it; for each of its characters, where it starts and ends in the given text.

    Args:
        text: What is given.
        lost: Finds each "s" that has lost its apostrophe.
    """
    text = _unwrap(text)
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    mended = merge(_ANY.finditer(text), lost.finditer(text), key=re.Match.start) if lost else _ANY.finditer(text)
    for found in [*mended, None]:
        new = _replacement(found) if found else None
        if found and new == found.group():
            continue  # nothing to mend: each character keeps a place of its own
        until = found.start() if found else len(text)
        pieces.append(text[at:until])
        starts.extend(range(at, until))
        ends.extend(range(at + 1, until + 1))
        if found and new is not None:
            at = found.end()
            pieces.append(new)
            starts.extend([until] * len(new))
            ends.extend([at] * len(new))
    return "".join(pieces), starts, ends


def _replacement(found: re.Match[str]) -> str:
    if found.re is not _ANY:
        return "'s"
    new = SUBSTITUTIONS[(found.lastindex or 1) - 1][1]
    return new if isinstance(new, str) else new(found.group())


def _unwrap(text: str) -> str:
    """Lines that were wrapped at a column become paragraphs; offsets stay, since one line end becomes one blank."""
    wrapped = len(_WRAPPED_LINE.findall(text))
    return re.sub(r"(?<=\S)\n(?=\S)", " ", text) if wrapped > max(2, WRAPPED_SHARE * text.count("\n")) else text
