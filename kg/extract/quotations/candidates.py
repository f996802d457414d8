"""Which words may be cues, and what the tagger is told about each.

A candidate is a word that heads a cue: a verb (but for those that never do in the training data), a word of the
lexicon, or one of the words that head cues in the training data. Features are the parse around the word and what the
rules made of it; of open-class words only the candidate itself is seen by its lemma.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.quotations.sources import speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.extract.syntax import Columns

FUNCTION_WORDS = frozenset({"ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PART", "PUNCT"})
#: Parts of speech that head no cue.
NEVER = frozenset({"SPACE", "DET", "NUM", "AUX"})
#: Dependents that are told by their word, those that a cue takes as a complement, and nouns among them.
GRAMMATICAL = frozenset({"prep", "mark", "prt", "neg", "aux", "auxpass", "agent", "advmod"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "prep", "prt", "oprd", "acomp"})
NOMINAL = frozenset({"dobj", "pobj", "nsubjpass", "attr", "acomp"})


@dataclass(frozen=True, slots=True)
class Heads:
    """What the training data know of words, by `key`: those beside verbs that head cues, and verbs that never do."""

    known: frozenset[str]
    never: frozenset[str] = frozenset()


def candidates(page: Layout, lexicon: Lexicon, heads: Heads, start: int, end: int) -> list[int]:
    """Tokens of `[start, end)` that may head a cue."""
    return [at for at in range(start, end) if _may_cue(page.about, at, lexicon, heads)]


def _may_cue(about: Columns, at: int, lexicon: Lexicon, heads: Heads) -> bool:
    pos = about.classes[at]
    if pos == "VERB":
        return about.lemmas[at] in lexicon.verbs or key(about, at) not in heads.never
    if pos in NEVER or about.labels[at] in {"aux", "auxpass"}:
        return False
    return (pos == "NOUN" and about.lemmas[at] in lexicon.nouns) or key(about, at) in heads.known


def key(about: Columns, at: int) -> str:
    """Lemma and part of speech: how the training data's cue heads are remembered."""
    return f"{about.lemmas[at]}/{about.classes[at]}"


def coarse(about: Columns, at: int) -> str:
    """A word as the tagger sees it: itself in a closed class, else only its part of speech."""
    pos = about.classes[at]
    return about.lower[at] if pos in FUNCTION_WORDS else pos


def features(page: Layout, lexicon: Lexicon, ruled: Mapping[int, Attribution], at: int) -> list[str]:
    """What is known of one candidate."""
    about = page.about
    lemma, tag, label = about.lemmas[at], about.tags[at], about.labels[at]
    found = [f"l={lemma}", f"t={tag}", f"lt={lemma}|{tag}", f"d={label}", f"ld={lemma}|{label}"]
    found += _of_lexicon(lexicon, about.classes[at], lemma)
    found += _of_rules(ruled.get(at), lemma)
    found += _of_dependents(about, at, lemma)
    found += _of_head(page, at, lemma)
    found += _of_marks(page, at, lemma)
    for offset in (-2, -1, 1, 2):
        beside = at + offset
        if 0 <= beside < len(page.words):
            found.append(f"w{offset}={coarse(about, beside)}")
            if offset in {-1, 1}:
                found.append(f"lw{offset}={lemma}|{about.lemmas[beside]}")
    return found


def _of_lexicon(lexicon: Lexicon, pos: str, lemma: str) -> Iterator[str]:
    table = lexicon.nouns if pos == "NOUN" else lexicon.verbs
    cues = table.get(lemma, ())
    if not cues:
        yield "x=none"
    for cue in cues:
        yield f"x={cue.stance}"
        for frame in cue.frames:
            yield f"xf={frame}"


def _of_rules(found: Attribution | None, lemma: str) -> Iterator[str]:
    if found is None:
        yield "r=none"
        return
    where = "after" if found.content[0] > found.head else "before"
    yield f"r={where}"
    yield f"rl={lemma}|{where}"
    yield f"rn={min(len(found.content).bit_length(), 6)}"
    yield f"rs={'source' if found.source else 'none'}"
    yield f"rt={found.stance}|{where}"


def _of_dependents(about: Columns, at: int, lemma: str) -> Iterator[str]:
    for child in about.children.get(at, ()):
        label = about.labels[child]
        yield f"c={label}{'<' if child < at else '>'}"
        if label in GRAMMATICAL:
            yield f"cw={label}{about.lower[child]}"
        if label in COMPLEMENTS:
            yield f"lc={lemma}|{label}"
        if label in {"ccomp", "xcomp"}:
            yield f"ct={label}{about.tags[child]}"
        if label in NOMINAL:
            yield f"o={label}{about.entities[child] or about.tags[child]}"
            yield f"ol={about.lemmas[child]}"


def _of_head(page: Layout, at: int, lemma: str) -> Iterator[str]:
    about = page.about
    yield f"h={coarse(about, about.heads[at])}"
    yield f"hl={about.lemmas[about.heads[at]]}|{about.labels[at]}"
    speaking = speaker(page.doc[at]) if about.classes[at] in {"VERB", "AUX"} else None
    if speaking is None:
        yield "s=none"
        return
    who = speaking.i
    pos = about.classes[who]
    kind = about.entities[who] or (about.lower[who] if pos == "PRON" else about.tags[who])
    yield f"s={kind}"
    yield f"ls={lemma}|{kind}"
    if pos == "NOUN":
        yield f"sl={about.lemmas[who]}"


def _of_marks(page: Layout, at: int, lemma: str) -> Iterator[str]:
    inside = page.quoted[at] >= 0
    yield f"q={inside}"
    start, end = page.around(at)
    others = {page.quoted[each] for each in (start, max(0, start - 1), end - 1, min(end, len(page.words) - 1))} - {-1}
    marked = not inside and (bool(others) or any(page.quoted[each] >= 0 for each in range(start, end)))
    yield f"qs={marked}"
    if marked:
        yield f"lq={lemma}"
    yield f"e={end - at <= 2}"
    yield f"n={page.words[end - 1] if not page.words[end - 1].isspace() else 'line'}"[:6]


def sequences(
    page: Layout, lexicon: Lexicon, heads: Heads, ruled: Mapping[int, Attribution], longest: int
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """The candidates of every sentence with their features; longer sentences than `longest` are left out."""
    for start, end in page.sentences:
        if end - start > longest:
            continue
        tokens = candidates(page, lexicon, heads, start, end)
        if tokens:
            yield tokens, [features(page, lexicon, ruled, at) for at in tokens]
