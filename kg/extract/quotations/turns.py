"""Turns of an interview or a debate: “WALLACE: Will you come?”, “Q. Why?”, and “Lind: No comment” as a headline.

A turn is a paragraph that begins with a speaker and a colon. One such paragraph may be anything (a place, a topic, a
label), so two speakers have to take turns; the speaker of a headline has to be a person that the parse knows. A name
under a quotation (“We held.” — Ada Lund) is its speaker.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.extract.quotations.attribution import Attribution, tidy
from kg.extract.quotations.marks import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.quotations.marks import Layout

FOUND_BY = "quotations.turns"
#: Words of a speaker before the colon: “SEN. MARIA LIND”.
LONGEST_SPEAKER = 5
#: What stands before the name under a quotation.
SIGNS = frozenset({"—", "–", "―", "--", "-"})
FEWEST_TURNS = 3
#: Questions and answers of an interview.
LETTERS = frozenset({"Q", "A"})
STOPPED = frozenset({"Q.", "A."})
#: A paragraph of more words is no headline.
LONGEST_HEADLINE = 30


def turns(page: Layout) -> Iterator[Attribution]:
    """What the speakers of a transcript say, and what a headline gives a person behind a colon."""
    yield from (signed for start, end in page.paragraphs if (signed := _signed(page, start, end)))
    found = [turn for start, end in page.paragraphs if (turn := _turn(page, start, end))]
    taken = Counter(_name(page, source) for source, _, _ in found)
    talk = len(found) >= FEWEST_TURNS and sum(count > 1 for count in taken.values()) > 1
    for source, colon, content in found:
        if (talk and taken[_name(page, source)] > 1) or _is_headline(page, source, content):
            tidied = tidy(page, Attribution(colon, (colon,), tuple(source), tuple(content), found_by=FOUND_BY))
            if tidied is not None:
                yield tidied


def _signed(page: Layout, start: int, end: int) -> Attribution | None:
    """A quotation with its speaker below or behind it: “We held the bridge.” — Ada Lund."""
    words = [at for at in range(start, end) if not page.words[at].isspace()]
    number = page.quoted[words[0]] if words else -1
    if number < 0 or not page.quotes[number].speech or not page.quotes[number].closed:
        return None
    behind = [at for at in words if at >= page.quotes[number].end]
    if len(behind) < 2 or page.words[behind[0]] not in SIGNS or len(behind) > LONGEST_SPEAKER + 1:
        return None
    name = behind[1:]
    if not all(page.words[at][0].isupper() for at in name):
        return None
    content = tuple(range(words[0], page.quotes[number].end))
    return tidy(page, Attribution(behind[0], (behind[0],), tuple(name), content, found_by=FOUND_BY))


def _name(page: Layout, source: range) -> tuple[str, ...]:
    return tuple(page.words[at] for at in source)


def _turn(page: Layout, start: int, end: int) -> tuple[range, int, range] | None:
    """Speaker, colon and words of a paragraph that is a turn."""
    while start < end and (page.words[start].isspace() or page.words[start] in MARKS):
        start += 1
    colon = _colon(page, start, end)
    if (
        colon < 0
        or not _speaks(page, start, colon)
        or not any(word[0].isalnum() for word in page.words[colon + 1 : end])
    ):
        return None
    return range(start, max(colon, start + 1)), colon, range(colon + 1, end)


def _colon(page: Layout, start: int, end: int) -> int:
    """The token that closes a paragraph's label; -1 where it has none."""
    if start < end and page.words[start] in STOPPED:
        return start
    return next((at for at in range(start + 1, min(end, start + LONGEST_SPEAKER + 1)) if page.words[at] == ":"), -1)


def _speaks(page: Layout, start: int, colon: int) -> bool:
    """A person's name, capitals throughout, or the letter of an interview."""
    words = [word for word in page.words[start:colon] if word[0].isalpha()]
    if start == colon or (len(words) == 1 and words[0] in LETTERS):
        return True
    if not words or start in page.datelines:
        return False
    return page.doc[colon - 1].ent_type_ == "PERSON" or all(word.isupper() and len(word) > 1 for word in words)


def _is_headline(page: Layout, source: range, content: range) -> bool:
    return (
        source.start == 0
        and len(content) <= LONGEST_HEADLINE
        and page.words[content[-1]] not in MARKS
        and page.doc[source[-1]].ent_type_ == "PERSON"
    )
