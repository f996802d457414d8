"""Which words may be cues, and what the tagger is told about each.

A candidate is a word that heads a cue: a verb, a word of the lexicon, or one of the words that heads a cue in the
training data. Features are the parse around the word and what the rules made of it; of open-class words only the
candidate itself is seen by its lemma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.quotations.sources import speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout

FUNCTION_WORDS = frozenset({"ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PART", "PUNCT"})


def candidates(page: Layout, lexicon: Lexicon, seen: frozenset[str], start: int, end: int) -> list[int]:
    """Tokens of `[start, end)` that may head a cue."""
    return [at for at in range(start, end) if _may_cue(page.doc[at], lexicon, seen)]


def _may_cue(token: Token, lexicon: Lexicon, seen: frozenset[str]) -> bool:
    pos = token.pos_
    if pos == "VERB":
        return True
    if pos in {"SPACE", "DET", "NUM", "AUX"} or token.dep_ in {"aux", "auxpass"}:
        return False
    return (pos == "NOUN" and token.lemma_.lower() in lexicon.nouns) or key(token) in seen


def key(token: Token) -> str:
    """Lemma and part of speech: how the training data's cue heads are remembered."""
    return f"{token.lemma_.lower()}/{token.pos_}"


def coarse(token: Token) -> str:
    """A word as the tagger sees it: itself in a closed class, else only its part of speech."""
    return token.lower_ if token.pos_ in FUNCTION_WORDS else token.pos_


def features(page: Layout, lexicon: Lexicon, ruled: Mapping[int, Attribution], at: int) -> list[str]:
    """What is known of one candidate."""
    token = page.doc[at]
    lemma = token.lemma_.lower()
    found = [f"l={lemma}", f"t={token.tag_}", f"lt={lemma}|{token.tag_}", f"d={token.dep_}", f"ld={lemma}|{token.dep_}"]
    found += _of_lexicon(lexicon, token, lemma)
    found += _of_rules(ruled.get(at), lemma)
    found += _of_dependents(token, lemma)
    found += _of_head(token, lemma)
    found += _of_marks(page, at, lemma)
    for offset in (-2, -1, 1, 2):
        beside = at + offset
        if 0 <= beside < len(page.words):
            found.append(f"w{offset}={coarse(page.doc[beside])}")
            if offset in {-1, 1}:
                found.append(f"lw{offset}={lemma}|{page.doc[beside].lemma_.lower()}")
    return found


def _of_lexicon(lexicon: Lexicon, token: Token, lemma: str) -> Iterator[str]:
    table = lexicon.nouns if token.pos_ == "NOUN" else lexicon.verbs
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


def _of_dependents(token: Token, lemma: str) -> Iterator[str]:
    for child in token.children:
        side = "<" if child.i < token.i else ">"
        yield f"c={child.dep_}{side}"
        if child.dep_ in {"prep", "mark", "prt", "neg", "aux", "auxpass", "agent", "advmod"}:
            yield f"cw={child.dep_}{child.lower_}"
        if child.dep_ in {"ccomp", "xcomp", "dobj", "prep", "prt", "oprd", "acomp"}:
            yield f"lc={lemma}|{child.dep_}"
        if child.dep_ in {"ccomp", "xcomp"}:
            yield f"ct={child.dep_}{child.tag_}"
        if child.dep_ in {"dobj", "pobj", "nsubjpass", "attr", "acomp"}:
            yield f"o={child.dep_}{child.ent_type_ or child.tag_}"
            yield f"ol={child.lemma_.lower()}"


def _of_head(token: Token, lemma: str) -> Iterator[str]:
    head = token.head
    yield f"h={coarse(head)}"
    yield f"hl={head.lemma_.lower()}|{token.dep_}"
    who = speaker(token) if token.pos_ in {"VERB", "AUX"} else None
    if who is None:
        yield "s=none"
        return
    kind = who.ent_type_ or (who.lower_ if who.pos_ == "PRON" else who.tag_)
    yield f"s={kind}"
    yield f"ls={lemma}|{kind}"
    if who.pos_ == "NOUN":
        yield f"sl={who.lemma_.lower()}"


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
    page: Layout, lexicon: Lexicon, seen: frozenset[str], ruled: Mapping[int, Attribution], longest: int
) -> Iterator[tuple[Sequence[int], list[list[str]]]]:
    """The candidates of every sentence with their features; longer sentences than `longest` are left out."""
    for start, end in page.sentences:
        if end - start > longest:
            continue
        tokens = candidates(page, lexicon, seen, start, end)
        if tokens:
            yield tokens, [features(page, lexicon, ruled, at) for at in tokens]
