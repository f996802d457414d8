"""The words around one cue, as the tagger reads them: a run of units, each a token or a whole quotation in marks.

Marks constrain what is decided: a quoted utterance is one unit, in the content or not. The units of a cue are its
sentence's, and the quotations that stand in it or touch it. Each unit knows where it hangs relative to the cue in the
dependency tree, and what the rules made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.quotations.candidates import coarse
from kg.extract.quotations.rules import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout

#: How far up the tree from the cue a unit's place is told.
CLIMB = 4
FAR = (1, 2, 3, 5, 8, 13, 21)


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens `[start, end)`: one token, or a quotation in marks."""

    start: int
    end: int


def units(page: Layout, cue: int) -> list[Unit]:
    """The units around a cue, in text order."""
    start, end = _reach(page, cue)
    inside = page.quoted[cue]
    found: list[Unit] = []
    at = start
    while at < end:
        number = page.quoted[at]
        if number >= 0 and number != inside and page.quotes[number].speech:
            found.append(Unit(at, page.quotes[number].end))
            at = page.quotes[number].end
        else:
            if not page.words[at].isspace():
                found.append(Unit(at, at + 1))
            at += 1
    return found


def _reach(page: Layout, cue: int) -> tuple[int, int]:
    """The cue's sentence, with the quotations that touch it and the sentences they end in; a cue in marks stays there."""
    start, end = page.around(cue)
    inside = page.quoted[cue]
    if inside >= 0:
        quote = page.quotes[inside]
        return max(start, quote.start), min(end, quote.end)
    first, last = page.quoted[start], page.quoted[end - 1]
    if start and first < 0 and page.quoted[start - 1] >= 0 and page.paragraph[start - 1] == page.paragraph[start]:
        first = page.quoted[start - 1]
    if end < len(page.words) and last < 0 and page.quoted[end] >= 0 and page.paragraph[end] == page.paragraph[cue]:
        last = page.quoted[end]
    start = min(start, page.quotes[first].start) if first >= 0 else start
    stop = max(end, page.quotes[last].end) if last >= 0 else end
    if stop > end and page.sentence[stop - 1] != page.sentence[cue] and stop - end <= LONGEST_SENTENCE:
        stop = max(stop, min(page.around(stop - 1)[1], stop + LONGEST_SENTENCE)) if page.quotes[last].start < end else stop
    return start, stop


def places(page: Layout, cue: int, start: int, end: int) -> list[str]:
    """For each token of `[start, end)` the step of the cue's ancestry that it hangs below, and by which label."""
    doc = page.doc
    found = ["far"] * (end - start)
    chain: list[Token] = [doc[cue]]
    while len(chain) <= CLIMB and chain[-1].head is not chain[-1]:
        chain.append(chain[-1].head)
    for step in range(len(chain) - 1, -1, -1):
        self_range = range(max(start, chain[step].left_edge.i), min(end, chain[step].right_edge.i + 1))
        found[self_range.start - start : max(self_range.stop, self_range.start) - start] = [f"{step}"] * len(self_range)
        for child in chain[step].children:
            label = f"{step}{child.dep_}{child.lower_ if child.dep_ in {'prep', 'agent'} else ''}"
            first, last = max(start, child.left_edge.i), min(end, child.right_edge.i + 1)
            if first < last:
                found[first - start : last - start] = [label] * (last - first)
        if start <= chain[step].i < end:
            found[chain[step].i - start] = f"{step}self"
    return found


def features(
    page: Layout, lexicon: Lexicon, ruled: Mapping[int, Attribution], cue: int, window: Sequence[Unit]
) -> list[list[str]]:
    """What is known of each unit; pure strings, since that is what the tagger takes."""
    basic = list(_basic(page, ruled, cue, window))
    token = page.doc[cue]
    sort = _sort(lexicon, token)
    return [_around(basic, at, sort) for at in range(len(basic))]


def _sort(lexicon: Lexicon, token: Token) -> str:
    """The sort of cue: its grammar in the lexicon, or its part of speech."""
    table = lexicon.nouns if token.pos_ == "NOUN" else lexicon.verbs
    frames = sorted({frame for cue in table.get(token.lemma_.lower(), ()) for frame in cue.frames})
    return f"{'+'.join(frames) or token.pos_}"


Basic = tuple[str, str, str, str, str, str, str]


def _basic(page: Layout, ruled: Mapping[int, Attribution], cue: int, window: Sequence[Unit]) -> Iterator[Basic]:
    """Word, label, place, side with distance, rules, other cues' parts, marks: of each unit."""
    start, end = window[0].start, window[-1].end
    place = places(page, cue, start, end)
    mine, others = _ruled(ruled, cue, start, end)
    number = next(at for at, unit in enumerate(window) if unit.start <= cue < unit.end)
    for at, unit in enumerate(window):
        token = page.doc[unit.start]
        whole = unit.end - unit.start > 1
        word = "QUOTE" if whole else coarse(token)
        label = "quote" if whole else token.dep_
        side = _side(at - number)
        mark = "Q" if whole else ("q" if page.quoted[unit.start] >= 0 else "-")
        yield word, label, place[unit.start - start], side, mine.get(unit.start, "-"), others.get(unit.start, "-"), mark


def _side(distance: int) -> str:
    far = sum(abs(distance) > limit for limit in FAR)
    return f"{'<' if distance < 0 else '>' if distance > 0 else '='}{far}"


def _ruled(
    ruled: Mapping[int, Attribution], cue: int, start: int, end: int
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Which part of this cue's rule reading a token is in, and which of other cues' readings."""
    mine: dict[int, str] = {}
    others: dict[int, str] = {}
    for head, each in ruled.items():
        if not start <= head < end:
            continue
        table = mine if head == cue else others
        for name, tokens in (("C", each.content), ("S", each.source), ("U", each.cue)):
            if name != "C" or table is mine:
                table.update(dict.fromkeys(tokens, name))
    return mine, others


def _around(basic: Sequence[Basic], at: int, sort: str) -> list[str]:
    word, label, place, side, mine, other, mark = basic[at]
    found = [
        f"w={word}", f"d={label}", f"p={place}", f"n={side}", f"r={mine}", f"o={other}", f"q={mark}",
        f"pr={place}|{mine}", f"ps={place}|{sort}", f"pn={place}|{side[0]}", f"pw={place}|{word}", f"rs={mine}|{sort}",
        f"pd={place}|{label}", f"nw={side}|{word}", f"ro={mine}|{other}|{mark}",
    ]  # fmt: skip
    for offset in (-2, -1, 1, 2):
        beside = at + offset
        if not 0 <= beside < len(basic):
            found.append(f"x{offset}")
            continue
        other_unit = basic[beside]
        found += (f"w{offset}={other_unit[0]}", f"r{offset}={other_unit[4]}", f"o{offset}={other_unit[5]}")
        if offset in {-1, 1}:
            found += (
                f"p{offset}={other_unit[2]}", f"d{offset}={other_unit[1]}", f"q{offset}={other_unit[6]}",
                f"pp{offset}={place}|{other_unit[2]}", f"rr{offset}={mine}|{other_unit[4]}", f"ww{offset}={word}|{other_unit[0]}",
            )  # fmt: skip
    return found
