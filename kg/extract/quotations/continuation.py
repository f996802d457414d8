"""Direct speech that goes on: after its attribution, over paragraphs, or on its own beneath a speaker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.quotations import sources
from kg.extract.quotations.attribution import Attribution
from kg.extract.quotations.marks import MARKS
from kg.extract.syntax import children

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.quotations.marks import Layout, Quoted

SPEAKERS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
#: Paragraphs after which whoever spoke last is not meant any more.
FURTHEST = 4
PRONOUNS = frozenset({"he", "she", "they"})


def continued(page: Layout, found: Iterable[Attribution]) -> list[Attribution]:
    """Give every quotation without a cue to the attribution before it, or to the speaker of the sentence before."""
    result = sorted(found, key=_place)
    covered = {
        page.quoted[at] for each in result for at in each.content if not _within(page, each.head, page.quoted[at])
    }
    ended = iter(sorted((_end(each), at) for at, each in enumerate(result) if _may_go_on(each)))
    upcoming, last = next(ended, None), (0, -1)
    for number, quote in enumerate(page.quotes):
        if number in covered or not (quote.speech and _starts_sentence(page, quote)):
            continue
        while upcoming is not None and upcoming[0] <= quote.start:
            last = max(last, upcoming)
            upcoming = next(ended, None)
        last = quote.end, _attribute(page, result, quote, last[1])
    return sorted(result, key=_place)


def _may_go_on(found: Attribution) -> bool:
    """Whether words that follow may be the same speaker's; a turn, or a name under a quotation, ends it."""
    return not found.negated and found.found_by != "quotations.turns"


def _attribute(page: Layout, result: list[Attribution], quote: Quoted, before: int) -> int:
    """Add a quotation to the attribution before it, or make one of its own; returns which has it."""
    tokens = tuple(range(quote.start, quote.end))
    if before >= 0 and _goes_on(page, result[before], quote):
        result[before] = replace(result[before], content=(*result[before].content, *tokens))
        return before
    source = _speaker_before(page, quote, result[before] if before >= 0 else None)
    result.append(Attribution(-1, (), source, tokens, found_by="quotations.free"))
    return len(result) - 1


def _place(found: Attribution) -> tuple[int, int]:
    """Where an attribution is read, by its first content and its cue."""
    return found.content[0], found.head


def _within(page: Layout, head: int, number: int) -> bool:
    """Whether a cue stands in the quotation itself: "I think …" between marks says nothing about who is quoted."""
    return head >= 0 and number >= 0 and page.quoted[head] == number


def _starts_sentence(page: Layout, quote: Quoted) -> bool:
    start = page.around(quote.start)[0]
    return (
        quote.start - start <= 1
        or page.words[quote.start - 1] in {".", "?", "!", ":"}
        or page.words[quote.start - 1].isspace()
    )


def _end(found: Attribution) -> int:
    return max((*found.content, *found.cue, *found.source)) + 1


def _goes_on(page: Layout, before: Attribution, quote: Quoted) -> bool:
    """Nothing but the rest of the attribution's sentence between the two; marks on both sides of a paragraph's end."""
    last = _end(before) - 1
    if page.paragraph[last] == page.paragraph[quote.start]:
        return _in_same_or_next_sentence(page, last, quote.start) and _is_spoken(page, before)
    follows = page.paragraph[quote.start] - _paragraph_of_text(page, last, quote.start) <= 1
    return follows and _ends_paragraph(page, last) and _is_spoken(page, before) and _is_whole_paragraph(page, quote)


def _paragraph_of_text(page: Layout, last: int, start: int) -> int:
    """The number of the last paragraph with words before a token, at least that of `last`."""
    for number in range(page.paragraph[start] - 1, page.paragraph[last], -1):
        if any(word[0].isalnum() for word in page.words[slice(*page.paragraphs[number])]):
            return number - 1
    return page.paragraph[start] - 1


def _in_same_or_next_sentence(page: Layout, last: int, start: int) -> bool:
    between = [at for at in range(page.around(last)[1], start) if page.words[at][0].isalnum()]
    return not between


def _is_spoken(page: Layout, found: Attribution) -> bool:
    return any(page.quoted[at] >= 0 for at in found.content)


def _ends_paragraph(page: Layout, last: int) -> bool:
    """Whether the attribution's sentence is the last of its paragraph."""
    end = page.around(last)[1]
    until = page.paragraphs[page.paragraph[last]][1]
    return not any(word[0].isalnum() for word in page.words[end:until])


def _is_whole_paragraph(page: Layout, quote: Quoted) -> bool:
    start, end = page.paragraphs[page.paragraph[quote.start]]
    outside = [*page.words[start : quote.start], *page.words[quote.end : end]]
    return not any(word[0].isalnum() for word in outside) or page.words[start] in MARKS


def _speaker_before(page: Layout, quote: Quoted, before: Attribution | None) -> tuple[int, ...]:
    """The subject of the clause before a colon; who spoke in the sentence before, or is its subject; who spoke last."""
    number = page.sentence[quote.start]
    start = page.sentences[number][0]
    if page.words[quote.start - 1] == ":" and start < quote.start - 1:
        return next(_subjects(page, start, quote.start), ())
    words = _last_words(page, number)
    if before is not None and words and page.sentence[_end(before) - 1] == page.sentence[words[0]]:
        return before.source
    subject = next(_subjects(page, words[0], words[-1] + 1), ()) if words and page.quoted[words[0]] < 0 else ()
    near = before is not None and page.paragraph[quote.start] - page.paragraph[_end(before) - 1] <= FURTHEST
    return subject or (before.source if before is not None and near else ())


def _last_words(page: Layout, number: int) -> list[int]:
    """The words of the sentence before one, blank ones left out."""
    for start, end in reversed(page.sentences[max(0, number - 2) : number]):
        if words := [at for at in range(start, end) if page.words[at][0].isalnum()]:
            return words
    return []


def _subjects(page: Layout, start: int, end: int) -> Iterator[tuple[int, ...]]:
    for token in page.doc[start:end]:
        if token.dep_ == "ROOT":
            for subject in children(token, {"nsubj", "nsubjpass"}):
                if subject.ent_type_ in SPEAKERS or subject.lower_ in PRONOUNS or subject.pos_ == "NOUN":
                    yield sources.phrase(subject, token)
