"""Attributions that no parse shows: headlines, and a sentence that is cut off before its speaker's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.quotations.attribution import Attribution, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.quotations.lexicon import Cue, Lexicon
    from kg.extract.quotations.marks import Layout

#: A paragraph of more words is no headline.
LONGEST_HEADLINE = 30
#: Words of a source in a headline: "Top U.S. Defense Officials Say".
LONGEST_SOURCE = 8
ENDS = frozenset({".", "!", "?"})


def fragments(page: Layout, lexicon: Lexicon) -> Iterator[Attribution]:
    """What headlines and cut-off sentences attribute."""
    for start, end in page.paragraphs:
        words = [at for at in range(start, end) if not page.words[at].isspace()]
        if not words:
            continue
        found = _headline(page, lexicon, words) if len(words) <= LONGEST_HEADLINE else None
        found = found or _cut_off(page, lexicon, words)
        tidied = tidy(page, found) if found else None
        if tidied:
            yield tidied


def _headline(page: Layout, lexicon: Lexicon, words: list[int]) -> Attribution | None:
    """Reads “Bridge Closed for Repairs, Officials Say”."""
    last = words[-1]
    cue = _verb_of_saying(lexicon, page.words[last].lower())
    if cue is None:
        return None
    commas = [at for at in words if page.words[at] in {",", "—", "–", "-", ":"} and last - at <= LONGEST_SOURCE + 1]
    if not commas or commas[-1] + 1 == last:
        return None
    return _made(page, (last,), range(commas[-1] + 1, last), range(words[0], commas[-1]), cue.stance)


def _verb_of_saying(lexicon: Lexicon, word: str) -> Cue | None:
    """The clause-taking cue that a form of the present or the past belongs to; headlines defeat the tagger."""
    for lemma in (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("ed"),
        word.removesuffix("d"),
        IRREGULAR.get(word, ""),
    ):
        for cue in lexicon.verbs.get(lemma, ()):
            if not cue.rest and "clause" in cue.frames:
                return cue
    return None


IRREGULAR = {"said": "say", "told": "tell", "found": "find", "shown": "show"}


def _cut_off(page: Layout, lexicon: Lexicon, words: list[int]) -> Attribution | None:
    """Reads “…, the army's aviation commander, Gen.” and no more: the source is who the name would have belonged to."""
    at = words[-1]
    rank = page.words[at].lower()
    if rank == "." and len(words) > 1:
        at, rank = words[-2], page.words[words[-2]].lower() + "."
    start = page.around(words[-1])[0]
    commas = [comma for comma in words if comma >= start and page.words[comma] == "," and comma < at]
    if rank not in lexicon.ranks or not commas:
        return None
    behind = at - commas[-1] > 2 or len(commas) < 2
    comma = commas[-1] if behind else commas[-2]
    return _made(page, (), range(comma + 1, at + 1), range(start, comma), "asserts")


def _made(page: Layout, cue: tuple[int, ...], source: range, content: range, stance: str) -> Attribution:
    del page
    head = cue[0] if cue else -1
    return Attribution(head, cue, tuple(source), tuple(content), stance, found_by="quotations.fragments")
