"""The first pass of the tagger: which words may be cues, and what each may have as its source and content.

Two linear-chain CRFs: one over the candidates of a sentence, one over the units around a cue. Training reads the same
way, so that the verdict learns from what it will see.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.quotations import candidates, window
from kg.extract.quotations.choices import Read, choices
from kg.extract.quotations.rules import LONGEST_SENTENCE, is_quoted_saying, mute_because

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pycrfsuite

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.candidates import Heads
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout
    from kg.extract.quotations.window import Told

#: A word that is less likely to be a cue is none; of what the rules read, or somebody passes on, less is asked still.
FAINT, FAINTEST = 0.15, 0.1
#: Cues so likely that the windows of the others are told of them.
LIKELY = 0.5
CUE, OTHER = "U", "O"


def possible(
    page: Layout,
    lexicon: Lexicon,
    model: pycrfsuite.Tagger,
    heads: Heads,
    ruled: Mapping[int, Attribution],
) -> dict[int, float]:
    """The candidates that may well be cues, with the probability that each is one."""
    chances: dict[int, float] = {}
    for tokens, told in candidates.sequences(page, lexicon, heads, ruled, LONGEST_SENTENCE):
        model.set(told)
        for number, at in enumerate(tokens):
            chance = model.marginal(CUE, number)
            sure = at in ruled and is_quoted_saying(page.doc[at])
            if (sure or chance >= (FAINTEST if at in ruled else FAINT)) and not mute_because(lexicon, page.doc[at]):
                chances[at] = chance
    return chances


def known_of(page: Layout, ruled: Mapping[int, Attribution], chances: Mapping[int, float]) -> Told:
    """What the windows of all cues have in common; only likely cues are told to the others."""
    return window.told(page, ruled, (at for at, chance in chances.items() if chance >= LIKELY))


def readings(
    page: Layout, lexicon: Lexicon, model: pycrfsuite.Tagger, known: Told, chances: Mapping[int, float]
) -> Iterator[Read]:
    """Every possible cue, read; the model keeps the state of the last one while the caller looks at it."""
    for cue, chance in chances.items():
        around = window.units(page, cue)
        if not any(unit.start <= cue < unit.end for unit in around):
            continue
        labels = model.tag(window.features(page, lexicon, known, cue, around))
        read = Read(cue, chance, tuple(around), tuple(labels))
        if found := choices(page, model, known, read):
            yield replace(read, choices=found)
