"""Which of the contents that a cue may have is right: a maximum-entropy model over whole contents.

The tagger decides unit by unit; the verdict sees a content as a whole: which clause it is, what it leaves out, what
stands at its edges. How sure one may be of what it picks is for `certainty` to say. Source of the method: reranking
of a first model's readings by global features (Collins and Koo 2005).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.quotations.candidates import coarse, key
from kg.extract.quotations.sources import speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pycrfsuite
    from spacy.tokens import Token

    from kg.extract.quotations.choices import Choice, Read
    from kg.extract.quotations.marks import Layout
    from kg.extract.quotations.window import Told, Unit

EXACT, RIGHT, WRONG = "E", "R", "W"
LONGEST_RUN = 12
#: What it is worth, beside being right, that a content is right to the word.
FOR_EXACT = 0.3


def features(page: Layout, known: Told, read: Read) -> list[list[str]]:
    """What is known of each choice of a cue, pure strings."""
    cue, around, found = read.cue, read.around, read.choices
    of_cue = list(_of_cue(page, known, cue, read.chance))
    contents = [tokens(around, each) for each in found]
    likeliest = max(each.chance for each in found)
    agreed = {each.origin for each in found}
    told: list[list[str]] = []
    lemma = key(page.about, cue)
    for each, content in zip(found, contents, strict=True):
        edges, clause = list(_of_edges(page, known, cue, content)), list(_of_clause(page, known, cue, content))
        mine = [*of_cue, *edges, *clause, *_of_chance(each, likeliest, len(found), alone="rules" not in agreed)]
        mine += [*_of_others(known, cue, content), *_last_added(page, known, content)]
        mine += _left_quotes(page, cue, around, content)
        told.append([*mine, f"kl={lemma}|{edges[0]}", f"tl={lemma}|{clause[0]}", f"kt={edges[0]}|{clause[0]}"])
    return told


def pick(model: pycrfsuite.Tagger, told: Sequence[Sequence[str]]) -> tuple[int, float]:
    """Which choice is likeliest to be right, a little more so where it is right to the word; and how likely."""
    ranked: list[tuple[float, float, int]] = []
    for at, each in enumerate(told):
        model.set([each])
        right = 1 - model.marginal(WRONG, 0)
        ranked.append((right + FOR_EXACT * model.marginal(EXACT, 0), right, at))
    _, right, at = max(ranked, key=lambda each: each[0])
    return at, right


def tokens(around: Sequence[Unit], choice: Choice) -> tuple[int, ...]:
    """The tokens of a choice, in text order."""
    return tuple(at for unit in sorted(choice.units) for at in range(around[unit].start, around[unit].end))


def _of_cue(page: Layout, known: Told, cue: int, chance: float) -> Iterator[str]:
    about = page.about
    rule = known.ruled.get(cue)
    sure = f"{round(math.log((chance + 1e-4) / (1 - chance + 1e-4)))}"
    yield f"u={sure}"
    yield f"ul={key(about, cue)}"
    yield f"ud={about.labels[cue]}|{about.tags[cue]}"
    yield f"ur={sure}|{rule.stance if rule else 'none'}"
    yield f"us={_speaks(page, cue)}"
    yield f"uq={page.quoted[cue] >= 0}"


def _speaks(page: Layout, cue: int) -> str:
    who = speaker(page.doc[cue]) if page.about.classes[cue] in {"VERB", "AUX"} else None
    return "none" if who is None else page.about.entities[who.i] or coarse(page.about, who.i)


def _of_clause(page: Layout, known: Told, cue: int, content: Sequence[int]) -> Iterator[str]:
    """How the content hangs on the cue, and how much of what hangs there it leaves out."""
    inside, governors = set(content), known.governors
    roots = [at for at in content if governors[at] not in inside or governors[at] == at]
    tops = [top for at in roots if not (top := page.doc[at]).is_punct and not top.is_space]
    yield f"t={_tops(page, tops, cue)}"
    yield f"tn={min(len(tops), 5)}"
    main = max(tops, key=lambda top: top.right_edge.i - top.left_edge.i, default=None)
    if main is None:
        return
    own = range(main.left_edge.i, main.right_edge.i + 1)
    missing = [at for at in own if at not in inside and page.words[at][0].isalnum() and at != cue]
    left = sum(at < content[0] for at in missing)
    right = sum(at > content[-1] for at in missing)
    yield f"m={min(left, LONGEST_RUN).bit_length()}|{min(right, LONGEST_RUN).bit_length()}"
    yield f"mm={min(len(missing) - left - right, LONGEST_RUN).bit_length()}"
    yield f"ml={_relation(page, main.i, cue)}|{min(right, LONGEST_RUN).bit_length()}"


def _tops(page: Layout, tops: Sequence[Token], cue: int) -> str:
    return "+".join(sorted({_relation(page, top.i, cue) for top in tops})[:3])


def _relation(page: Layout, top: int, cue: int) -> str:
    """What a word is to the cue: its child, its head, or neither; with label and tag."""
    about = page.about
    to = "child" if about.heads[top] == cue else "head" if about.heads[cue] == top else "far"
    return f"{to}{about.labels[top]}{about.tags[top][:2]}"


def _of_edges(page: Layout, known: Told, cue: int, content: Sequence[int]) -> Iterator[str]:
    first, last = content[0], content[-1]
    start, end = page.around(cue)
    quoted, own = page.quoted, {-1, page.quoted[cue]}
    marked = sum(quoted[at] not in own for at in content)
    kind = "direct" if marked == len(content) else "mixed" if marked else "plain"
    where = "split" if first < cue < last else "before" if last < cue else "after"
    yield f"k={kind}|{where}"
    yield f"a={known.words[first]}"
    yield f"n={min(len(content), 60).bit_length()}|{kind}"
    pieces = 1 + sum(second != one + 1 for one, second in pairwise(content))
    yield f"p={min(pieces, 4)}|{where}"
    yield f"al={known.begins.get(first, '-')}|{_word(page, known, first - 1)}"
    yield f"zl={known.ends.get(last, '-')}|{_word(page, known, last + 1)}"
    yield from _behind(page, known, content, last, end)
    yield from _ahead(page, known, content, first, start)
    between = abs((first if first > cue else last) - cue)
    yield f"g={min(between, LONGEST_RUN)}|{where}"


def _word(page: Layout, known: Told, at: int) -> str:
    return known.words[at] if 0 <= at < len(page.words) and not page.words[at].isspace() else "END"


def _behind(page: Layout, known: Told, content: Sequence[int], last: int, end: int) -> Iterator[str]:
    """What follows the content in the cue's sentence: how much, and whether it hangs on a word of the content."""
    after = [at for at in range(last + 1, end) if page.words[at][0].isalnum()]
    yield f"ze={min(len(after), 30).bit_length()}"
    if after:
        top = after[0]
        while known.governors[top] > last and known.governors[top] != top:
            top = known.governors[top]
        hangs = "in" if known.governors[top] in set(content) else "out"
        gap = "gap" if after[0] > last + 1 else "no"
        yield f"zh={hangs}|{known.labels[top]}|{gap}"
        yield f"zw={hangs}|{known.words[after[0]]}|{_word(page, known, last + 1)}"
        yield f"zb={known.begins.get(after[0], '-')}|{gap}"


def _ahead(page: Layout, known: Told, content: Sequence[int], first: int, start: int) -> Iterator[str]:
    before = [at for at in range(max(start, first - LONGEST_RUN), first) if page.words[at][0].isalnum()]
    yield f"ae={min(len(before), 30).bit_length()}"
    if before:
        top = before[-1]
        while known.governors[top] < first and known.governors[top] != top:
            top = known.governors[top]
        hangs = "in" if known.governors[top] in set(content) else "out"
        yield f"ah={hangs}|{known.labels[top]}|{_word(page, known, first - 1)}"


def _of_chance(choice: Choice, best: float, many: int, *, alone: bool) -> Iterator[str]:
    beside = round(math.log((choice.chance + 1e-12) / (best + 1e-12)))
    likely = round(math.log(choice.chance + 1e-12))
    yield f"o={choice.origin}|{alone}"
    yield f"c={max(beside, -12)}"
    yield f"cc={max(beside, -12)}|{choice.origin}"
    yield f"cp={max(likely, -12)}"
    yield f"cn={min(many, 12)}"


def _of_others(known: Told, cue: int, content: Sequence[int]) -> Iterator[str]:
    """Other cues in the content, and the content in others' sources."""
    inside = set(content)
    yield f"h={min(len(inside & known.heads), 3)}"
    yield f"hs={not inside.isdisjoint(known.sources)}"
    yield f"hc={cue in inside}"


def _last_added(page: Layout, known: Told, content: Sequence[int]) -> Iterator[str]:
    """The last phrase behind a comma, or clause, that the content takes in: what a shorter choice would leave out."""
    for at in range(len(content) - 1, 0, -1):
        token, before = content[at], content[at - 1]
        clause = known.begins.get(token, "-")
        if page.words[before] in PAUSES or clause.startswith(CLAUSES):
            pause = page.words[before] if page.words[before] in PAUSES else "-"
            yield f"y={clause}|{known.words[token]}|{pause}"
            yield f"yn={clause}|{min(len(content) - at, 30).bit_length()}|{pause}"
            yield f"yf={min(at, 30).bit_length()}|{pause}"
            return
    yield "y=none"


PAUSES = frozenset({",", ";", "—", "–", "-", "--", ":", "and", "but"})
CLAUSES = ("relcl", "advcl", "conj", "parataxis", "acl", "ccomp")


def _left_quotes(page: Layout, cue: int, around: Sequence[Unit], content: Sequence[int]) -> Iterator[str]:
    """Quoted utterances of the window that the content leaves out, before and behind the cue."""
    inside = set(content)
    left = [unit for unit in around if unit.end - unit.start > 1 and unit.start not in inside]
    before = sum(unit.start < cue for unit in left)
    plain = any(page.quoted[at] < 0 and page.words[at][0].isalnum() for at in content)
    yield f"q={min(before, 2)}|{min(len(left) - before, 2)}|{plain}"
