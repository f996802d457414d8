"""Where the paragraphs, sentences and quotation marks of a parsed text are; everything is counted in tokens.

Marks are paired within a paragraph, outermost pairs only. Double marks of any style close each other, so that a text
which opens with a curly mark and closes with a straight one is read as its author meant it. Single marks count where
they cannot be apostrophes. A mark that nothing closes runs to the end of its paragraph where the next paragraph
opens with a mark again (a quotation over several paragraphs), and to the end of its sentence elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.syntax import columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from kg.extract.syntax import Columns

OPENING = frozenset("“„‟«‹「『‘‚‛")
CLOSING = frozenset("”»›」』’")
STRAIGHT = frozenset("\"＂'`")
SINGLE = frozenset("‘’‚‛'`‹›")
MARKS = OPENING | CLOSING | STRAIGHT
SENTENCE_ENDS = frozenset({".", "!", "?", "…", "..."})
#: What may stand between a sentence's end and the mark that closes it.
STOPS = SENTENCE_ENDS | {",", ";", ":", "--", "—", "–", "-"}
DASHES = frozenset({"-", "–", "—", "--"})
LONGEST_DATELINE = 18
#: Words of a label such as “story continues below”; what closes it; and of a line that is nothing but one.
LONGEST_LABEL = 4
LABEL_ENDS = DASHES | {":", "|"}
SHORT_LINE = 9
#: A quotation of so few words without a stop inside is a term, a title, or a word held at arm's length.
FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """Tokens `[start, end)` between marks, marks included; `speech`: an utterance, no term, no title."""

    start: int
    end: int
    closed: bool
    speech: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A parse with its paragraphs, sentences and quoted stretches.

    `sentences` and `paragraphs` are half-open token ranges; `sentence`, `paragraph` and `quoted` give the index of
    the range that a token is in (`quoted`: -1 outside of marks). `datelines` are tokens that stand before the text of a
    paragraph and are nobody's words: place and date, the label of a link.
    """

    doc: Doc
    words: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[Quoted, ...]
    sentence: tuple[int, ...]
    paragraph: tuple[int, ...]
    quoted: tuple[int, ...]
    datelines: frozenset[int]
    about: Columns

    def around(self, token: int) -> tuple[int, int]:
        """The sentence of a token."""
        return self.sentences[self.sentence[token]]


def layout(doc: Doc, furniture: frozenset[tuple[str, ...]] = frozenset()) -> Layout:
    """Read the layout of a parsed text; linear in its length.

    Args:
        doc: The parsed text.
        furniture: Words that begin a line about the page itself (“read more”), in small letters.
    """
    about = columns(doc)
    words = about.texts
    sentences = tuple((sent.start, sent.end) for sent in doc.sents) if len(doc) else ()
    paragraphs = tuple(_paragraphs(words))
    quotes = tuple(_quotes(doc, words, paragraphs, sentences))
    return Layout(
        doc,
        words,
        sentences,
        paragraphs,
        quotes,
        _index(sentences, len(words)),
        _index(paragraphs, len(words)),
        _index([(quote.start, quote.end) for quote in quotes], len(words)),
        frozenset(at for start, end in paragraphs for at in _heading(words, start, end, furniture)),
        about,
    )


def _heading(words: Sequence[str], start: int, end: int, furniture: frozenset[tuple[str, ...]]) -> range:
    """What stands before the text proper of a paragraph: a dateline, or the label of a link or a picture."""
    found = _dateline(words, start, end)
    return found if found or not furniture else _furniture(words, start, end, furniture)


def _furniture(words: Sequence[str], start: int, end: int, furniture: frozenset[tuple[str, ...]]) -> range:
    """Find “READ MORE: Bridge closed”: the label up to its colon; a short line without one is a label throughout.

    A label of one word needs a number on its line: “Published 26 November 2017”.
    """
    head = [word.lower() for word in words[start : start + LONGEST_LABEL]]
    length = next((n for n in range(LONGEST_LABEL, 0, -1) if tuple(head[:n]) in furniture), 0)
    if not length:
        return range(0)
    if start + length < end and words[start + length] in LABEL_ENDS:
        return range(start, start + length + 1)
    dated = any(word[0].isdigit() for word in words[start + length : end])
    bare = end - start <= SHORT_LINE + 2 * dated and not any(word in SENTENCE_ENDS for word in words[start:end])
    return range(start, end) if bare and (length > 1 or dated) else range(0)


def _dateline(words: Sequence[str], start: int, end: int) -> range:
    """Find “CAIRO, March 3, 2019 (Agency) -”: the tokens of a place in capitals up to the dash, if it comes soon."""
    if not (words[start].isupper() and len(words[start]) > 2):
        return range(0)
    for at in range(start + 1, min(end, start + LONGEST_DATELINE)):
        if words[at] in DASHES or words[at] == ".":  # a full stop is put there for the model
            return range(start, at + 1)
        if words[at].islower() and words[at].isalpha():
            return range(0)
    return range(0)


def _index(ranges: Sequence[tuple[int, int]], length: int) -> tuple[int, ...]:
    at = [-1] * length
    for number, (start, end) in enumerate(ranges):
        at[start:end] = [number] * (end - start)
    return tuple(at)


def _paragraphs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Ranges between line ends; every token belongs to one, the line end to the paragraph that it closes."""
    start = 0
    for at, word in enumerate(words):
        if "\n" in word:
            yield start, at + 1
            start = at + 1
    if start < len(words):
        yield start, len(words)


def _quotes(
    doc: Doc, words: Sequence[str], paragraphs: Sequence[tuple[int, int]], sentences: Sequence[tuple[int, int]]
) -> Iterator[Quoted]:
    in_sentence = _index(sentences, len(words))
    for number, (start, end) in enumerate(paragraphs):
        following = words[paragraphs[number + 1][0]] if number + 1 < len(paragraphs) else ""
        for first, last in _pairs(doc, words, start, end, following):
            closed = last is not None
            until = last if last is not None else _cut(following, words, end, sentences[in_sentence[first]][1])
            if any(word[0].isalnum() for word in words[first:until]):
                yield Quoted(first, until, closed, _is_speech(words, first, until, closed=closed))


def _cut(following: str, words: Sequence[str], paragraph_end: int, sentence_end: int) -> int:
    """Where a quotation ends that nothing closes."""
    end = paragraph_end if following in MARKS else min(sentence_end, paragraph_end)
    while words[end - 1].isspace():
        end -= 1
    return end


def _pairs(doc: Doc, words: Sequence[str], start: int, end: int, following: str) -> Iterator[tuple[int, int | None]]:
    """First token and end (None: never closed) of the outermost quotations of a paragraph.

    A single mark that nothing closes opens a quotation only if the next paragraph begins with one: `following`.
    """
    singles = [at for at in range(start, end) if words[at] in SINGLE and _may_close(doc, words, at)]
    goes_on = following in SINGLE
    last_single = end if goes_on else singles[-1] if singles else -1
    opened: int | None = None
    for at in range(start, end):
        word = words[at]
        if word not in MARKS:
            continue
        if opened is None:
            opened = at if _opens(doc, words, at, last_single) else None
        elif (word in SINGLE) == (words[opened] in SINGLE):
            again = _must_open(doc, words, at)
            if again or _may_close(doc, words, at):
                yield opened, at if again else at + 1
                opened = at if again else None
    if opened is not None and (goes_on or words[opened] not in SINGLE):
        yield opened, None


def _opens(doc: Doc, words: Sequence[str], at: int, last_single: int) -> bool:
    word = words[at]
    if word in SINGLE:
        return last_single > at and _must_open(doc, words, at) and not words[at + 1][0].isdigit()
    return word in OPENING or _must_open(doc, words, at) or not _must_close(doc, words, at)


def _must_open(doc: Doc, words: Sequence[str], at: int) -> bool:
    """A blank or the start stands before the mark, a word right behind it."""
    if words[at] in CLOSING and words[at] not in "»›":
        return False
    before = at == 0 or bool(doc[at - 1].whitespace_) or words[at - 1].isspace() or words[at - 1] in "([—–-"
    return before and at + 1 < len(words) and not doc[at].whitespace_ and not words[at + 1].isspace()


def _must_close(doc: Doc, words: Sequence[str], at: int) -> bool:
    """Something stands right before the mark, a blank, a stop or the end behind it."""
    before = at > 0 and not doc[at - 1].whitespace_ and not words[at - 1].isspace()
    return before and (
        at + 1 == len(words) or bool(doc[at].whitespace_) or words[at + 1].isspace() or words[at + 1] in STOPS
    )


def _may_close(doc: Doc, words: Sequence[str], at: int) -> bool:
    """Whether the mark can close something; a single one must not be the apostrophe of a plural."""
    if words[at] not in SINGLE:
        return words[at] not in OPENING or _must_close(doc, words, at)
    if (
        at == 0
        or doc[at - 1].whitespace_
        or (at + 1 < len(words) and words[at + 1][0].isalnum() and not doc[at].whitespace_)
    ):
        return False
    return doc[at].tag_ != "POS" or words[at - 1] in STOPS


def _is_speech(words: Sequence[str], start: int, end: int, *, closed: bool) -> bool:
    """Whether quoted words are an utterance, by their length, the stop inside the marks, and their capitals."""
    inner = [word for word in words[start + 1 : end - closed] if not word.isspace()]
    said = [word for word in inner if word[0].isalnum()]
    if inner and inner[-1] in STOPS:
        return inner[-1] in SENTENCE_ENDS or len(said) > 1
    if all(word[0].isupper() or len(word) < FEW_WORDS for word in said):
        return False
    return len(said) > FEW_WORDS
