"""The words around one cue, as the tagger reads them: a run of units, each a token or a whole quotation in marks.

Marks constrain what is decided: a quoted utterance is one unit, in the content or not. The units of a cue are its
sentence's, and the quotations that stand in it or touch it. Each unit knows where it hangs relative to the cue in the
dependency tree, and what the rules made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.quotations.candidates import coarse
from kg.extract.quotations.rules import LONGEST_SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout

#: How far up the tree from the cue a unit's place is told.
CLIMB = 4
#: Units on each side of a cue that are looked at.
FURTHEST = 120
FAR = (1, 2, 3, 5, 8, 13, 21)


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens `[start, end)`: one token, or a quotation in marks."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a page's tokens whatever the cue: words, labels, the clauses that begin and end at each.

    `sources` are the tokens that the rules gave to any cue as its source, `heads` all cues that are to be read,
    `governors` the token that each hangs on.
    """

    words: tuple[str, ...]
    labels: tuple[str, ...]
    begins: Mapping[int, str]
    ends: Mapping[int, str]
    ruled: Mapping[int, Attribution]
    sources: frozenset[int]
    heads: frozenset[int]
    governors: tuple[int, ...] = ()


def told(page: Layout, ruled: Mapping[int, Attribution], heads: Iterable[int]) -> Told:
    """Gather what the units of every cue have in common."""
    begins: dict[int, str] = {}
    ends: dict[int, str] = {}
    about = page.about
    for at, label in enumerate(about.labels):
        if label in PHRASES:
            token, known = page.doc[at], f"{label}{about.tags[at][0]}"
            _widest(begins, token.left_edge.i, about.heads[at], known)
            _widest(ends, token.right_edge.i, about.heads[at], known)
    sources = frozenset(at for each in ruled.values() for at in each.source)
    words = tuple(coarse(about, at) for at in range(len(page.words)))
    return Told(words, about.labels, begins, ends, ruled, sources, frozenset(heads), about.heads)


#: Phrases whose first and last words may be the first and last words of a content.
PHRASES = frozenset(
    {
        "ccomp",
        "xcomp",
        "advcl",
        "relcl",
        "acl",
        "conj",
        "parataxis",
        "appos",
        "dobj",
        "nsubj",
        "prep",
        "npadvmod",
        "pcomp",
        "dep",
    }
)


def _widest(table: dict[int, str], at: int, head: int, label: str) -> None:
    """Remember the phrase that is highest in the tree; heads come later than what hangs on their left, so compare."""
    if at not in table or head != at:
        table[at] = label


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
    return _near(found, cue)


def _near(found: list[Unit], cue: int) -> list[Unit]:
    """The units within reach: in a list of hundreds of cues, what each has to look at stays bounded."""
    number = next((at for at, unit in enumerate(found) if unit.start <= cue < unit.end), 0)
    return found[max(0, number - FURTHEST) : number + FURTHEST + 1]


def _reach(page: Layout, cue: int) -> tuple[int, int]:
    """The cue's sentence with the quotations that touch it and the sentences they end in; a cue in marks stays in."""
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
        stop = (
            max(stop, min(page.around(stop - 1)[1], stop + LONGEST_SENTENCE)) if page.quotes[last].start < end else stop
        )
    return start, stop


def places(page: Layout, cue: int, start: int, end: int) -> tuple[list[str], list[str]]:
    """For each token of `[start, end)` the step of the cue's ancestry that it hangs below, and by which labels.

    The second list goes one label deeper: into the clause that is said, to tell its own relative clauses and
    conjuncts from its core.
    """
    found = ["far"] * (end - start)
    chain, heads, children = [cue], page.about.heads, page.about.children
    while len(chain) <= CLIMB and heads[chain[-1]] != chain[-1]:
        chain.append(heads[chain[-1]])
    for step in range(len(chain) - 1, -1, -1):
        at = chain[step]
        _fill(found, page.doc[at], start, end, f"{step}")
        for child in children.get(at, ()):
            _fill(found, page.doc[child], start, end, _label(page, step, child))
        if start <= at < end:
            found[at - start] = f"{step}self"
    finer = list(found)
    for step, ancestor in enumerate(chain[:2]):
        for child in children.get(ancestor, ()):
            if child not in chain and child in children:
                label = _label(page, step, child)
                for grandchild in children[child]:
                    _fill(finer, page.doc[grandchild], start, end, f"{label}/{_label(page, '', grandchild)}")
    return found, finer


def _label(page: Layout, step: int | str, at: int) -> str:
    label = page.about.labels[at]
    side = "<" if at < page.about.heads[at] else ">"
    return f"{step}{side}{label}{page.about.lower[at] if label in {'prep', 'agent'} else ''}"


def _fill(table: list[str], token: Token, start: int, end: int, label: str) -> None:
    """Write a label over all that hangs below a token."""
    first, last = max(start, token.left_edge.i), min(end, token.right_edge.i + 1)
    if first < last:
        table[first - start : last - start] = [label] * (last - first)


def features(page: Layout, lexicon: Lexicon, known: Told, cue: int, window: Sequence[Unit]) -> list[list[str]]:
    """What is known of each unit; pure strings, since that is what the tagger takes."""
    basic = list(_basic(page, known, cue, window))
    sort = _sort(lexicon, page.about.classes[cue], page.about.lemmas[cue])
    return [_around(basic, at, sort) for at in range(len(basic))]


def _sort(lexicon: Lexicon, pos: str, lemma: str) -> str:
    """The sort of cue: its grammar in the lexicon, or its part of speech."""
    table = lexicon.nouns if pos == "NOUN" else lexicon.verbs
    frames = sorted({frame for cue in table.get(lemma, ()) for frame in cue.frames})
    return f"{'+'.join(frames) or pos}"


Basic = tuple[str, str, str, str, str, str, str, str, str, str]


def _basic(page: Layout, known: Told, cue: int, window: Sequence[Unit]) -> Iterator[Basic]:
    """Of each unit: word, label, place, finer place, side with distance, rules, others, marks, phrase begun, ended."""
    place, finer = places(page, cue, window[0].start, window[-1].end)
    mine = _mine(known.ruled.get(cue))
    number = next(at for at, unit in enumerate(window) if unit.start <= cue < unit.end)
    first = window[0].start
    for at, unit in enumerate(window):
        start, whole = unit.start, unit.end - unit.start > 1
        other = "U" if start in known.heads and start != cue else "S" if start in known.sources else "-"
        yield (
            "QUOTE" if whole else known.words[start],
            "quote" if whole else known.labels[start],
            place[start - first],
            finer[start - first],
            _side(at - number),
            mine.get(start, "-"),
            other,
            "Q" if whole else ("q" if page.quoted[start] >= 0 else "-"),
            known.begins.get(start, "-"),
            known.ends.get(unit.end - 1, "-"),
        )


@cache
def _side(distance: int) -> str:
    far = sum(abs(distance) > limit for limit in FAR)
    return f"{'<' if distance < 0 else '>' if distance > 0 else '='}{far}"


def _mine(rule: Attribution | None) -> Mapping[int, str]:
    """Which part of the cue's own rule reading a token is in; the last token of a content is told apart."""
    if rule is None:
        return {}
    parts = dict.fromkeys(rule.content, "C")
    parts.update(dict.fromkeys(rule.source, "S"))
    parts.update(dict.fromkeys(rule.cue, "U"))
    return parts


def _around(basic: Sequence[Basic], at: int, sort: str) -> list[str]:
    word, label, place, finer, side, mine, other, mark, begins, ends = basic[at]
    before = basic[at - 1] if at else NOTHING
    after = basic[at + 1] if at + 1 < len(basic) else NOTHING
    return [
        f"w={word}", f"d={label}", f"p={place}", f"f={finer}", f"n={side}", f"r={mine}", f"o={other}", f"q={mark}",
        f"pr={place}|{mine}", f"ps={place}|{sort}", f"pn={place}|{side[0]}", f"pw={place}|{word}", f"rs={mine}|{sort}",
        f"fr={finer}|{mine}", f"fs={finer}|{sort}", f"pd={place}|{label}", f"nw={side}|{word}",
        f"ro={mine}|{other}|{mark}",
        f"b={begins}|{mine}", f"bp={begins}|{place}", f"e={ends}|{mine}", f"be={before[9]}|{begins}|{mine}",
        f"ea={ends}|{after[8]}|{mine}", f"bw={begins}|{before[0]}|{word}", f"ew={ends}|{after[0]}|{after[8]}",
        f"pp-={place}|{before[2]}", f"pp+={place}|{after[2]}",
        f"rr={before[5]}|{mine}|{after[5]}", f"ww-={before[0]}|{word}", f"ww+={word}|{after[0]}",
        f"d-={before[1]}", f"d+={after[1]}", f"q-={before[7]}", f"q+={after[7]}", f"o-={before[6]}", f"o+={after[6]}",
    ]  # fmt: skip


NOTHING: Basic = ("",) * 10
