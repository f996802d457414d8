"""Attributions at the end of a sentence that the parser lost: "…, most of them women, a doctor and two residents said".

News put them there more than anywhere, and behind a list or a participle the parser takes speaker and verb for more of
it. What is left is order: a clause, a comma, a noun phrase without a verb, the verb of saying, and little behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.syntax import children, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.quotations.marks import Layout

#: Words behind the verb ("by phone", "in a statement on Monday"), and words of a speaker.
LONGEST_TAIL, LONGEST_SPEAKER = 7, 12
#: What a tail begins with, and a speaker.
TAILS = frozenset({"ADP", "ADV", "PROPN", "NOUN", "DET"})
SPEAKERS = frozenset({"DET", "PROPN", "NOUN", "ADJ", "NUM", "PRON"})


def ahead(verb: Token, page: Layout) -> tuple[range, range] | None:
    """Content and source of a verb at the end of its sentence, by order alone; None if it looks otherwise."""
    start, end = page.around(verb.i)
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or page.quoted[verb.i] >= 0 or not _is_last(verb, page, end):
        return None
    edge = _speaker_start(verb, page, start)
    if edge is None or not any(is_verb(page.doc[at]) for at in range(start, edge - 1)):
        return None
    if verb.head.i in range(edge, verb.i):  # "a claim the army denies"
        return None
    if any(page.quoted[at] >= 0 or page.words[at] == ";" for at in range(start, verb.i)):
        return None
    return range(start, edge - 1), range(edge, verb.i)


def _is_last(verb: Token, page: Layout, end: int) -> bool:
    """Nothing is said behind the verb, nor done."""
    tail = [at for at in range(verb.i + 1, end) if page.words[at][0].isalnum()]
    if children(verb, {"ccomp", "xcomp", "dobj"}) or len(tail) > LONGEST_TAIL:
        return False
    plain = not any(is_verb(page.doc[at]) or page.words[at] == "," for at in range(verb.i + 1, end))
    return plain and (not tail or page.about.classes[tail[0]] in TAILS)


def _speaker_start(verb: Token, page: Layout, start: int) -> int | None:
    """Where the noun phrase before the verb begins: behind a comma; an apposition between commas is part of it."""
    comma = _comma_before(page, verb.i - 1, start)
    if comma == verb.i - 1:  # "the governor, Ivo Rask, wrote"
        named = _comma_before(page, comma - 1, start)
        comma = _comma_before(page, named - 1, start) if named is not None else None
    if comma is None:
        return None
    words = range(comma + 1, verb.i)
    plain = not any(page.about.classes[each] in {"VERB", "AUX", "SCONJ"} for each in words)
    return words[0] if plain and len(words) <= LONGEST_SPEAKER and page.about.classes[words[0]] in SPEAKERS else None


def _comma_before(page: Layout, at: int, start: int) -> int | None:
    return next((each for each in range(at, start, -1) if page.words[each] == ","), None)
