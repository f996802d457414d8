"""Training of the two last models: which of a cue's contents is best, and how sure one may be of it.

Both learn from what models of the other articles read in each article, since what a model says of its own examples is
too good (cross-fitting).
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pycrfsuite

from kg.extract.quotations import certainty, verdict
from kg.extract.quotations.readings import known_of, possible, readings
from kg.extract.quotations.weights import open_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.candidates import Heads
    from kg.extract.quotations.choices import Read
    from kg.extract.quotations.gold import Marked
    from kg.extract.quotations.lexicon import Lexicon
    from kg.extract.quotations.marks import Layout

    Page = tuple[Layout, Sequence[Attribution], Sequence[Marked]]

#: Each choice is a sequence of its own, so these are no chains; what is rare is left out, the more so in the last.
OF_VERDICT = {"c1": 0.0, "c2": 2.0, "max_iterations": 90, "feature.minfreq": 3}
OF_CERTAINTY = {"c1": 0.0, "c2": 80.0, "max_iterations": 90, "feature.minfreq": 20}
#: Share of the words that a content has in common with a marked one to be right, and to be right to the word.
RIGHT_FROM, EXACT_FROM = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Case:
    """One cue of an article: as it was read, the features of each content it may have, and how right each is."""

    read: Read
    told: tuple[tuple[str, ...], ...]
    qualities: tuple[str, ...]


def cases(
    lexicon: Lexicon, words: Heads, pages: Iterable[Page], models: tuple[pycrfsuite.Tagger, pycrfsuite.Tagger]
) -> Iterator[Case]:
    """Every cue that the models see in the articles."""
    cues, parts = models
    for page, rules, gold in pages:
        ruled = {each.head: each for each in rules if each.head >= 0}
        chances = possible(page, lexicon, cues, words, ruled)
        known = known_of(page, ruled, chances)
        for read in readings(page, lexicon, parts, known, chances):
            told = tuple(tuple(map(sys.intern, each)) for each in verdict.features(page, known, read))
            contents = (verdict.tokens(read.around, choice) for choice in read.choices)
            yield Case(read, told, tuple(_quality(page, read.cue, content, gold) for content in contents))


def judges(shares: Sequence[Sequence[Case]]) -> tuple[bytes, bytes]:
    """Train verdict and certainty; the certainty learns from verdicts of the other shares."""
    others = [chain.from_iterable(share for at, share in enumerate(shares) if at != out) for out in range(len(shares))]
    apart = [_verdict(each) for each in others]
    trainer = pycrfsuite.Trainer(verbose=False, params=OF_CERTAINTY)
    for share, weights in zip(shares, apart, strict=True):
        model = open_model(weights)
        for each in share:
            at, right = verdict.pick(model, each.told)
            told = certainty.features(each.read, each.read.choices[at], right, each.told[at])
            trainer.append([told], [certainty.UNSURE if each.qualities[at] == verdict.WRONG else certainty.SURE])
    return _verdict(chain.from_iterable(shares)), trained(trainer)


def _verdict(found: Iterable[Case]) -> bytes:
    trainer = pycrfsuite.Trainer(verbose=False, params=OF_VERDICT)
    for case in found:
        for told, quality in zip(case.told, case.qualities, strict=True):
            trainer.append([told], [quality])
    return trained(trainer)


def trained(trainer: pycrfsuite.Trainer) -> bytes:
    """The weights that come out of a trainer."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "weights"
        trainer.train(str(path))
        return path.read_bytes()


def _quality(page: Layout, cue: int, content: Sequence[int], gold: Sequence[Marked]) -> str:
    """How much of a content is what was marked for its cue, and of that how much it has; by letters."""
    shares = [_share(page, content, each.content) for each in gold if each.head == cue or cue in each.cue]
    share = max(shares, default=0.0)
    return verdict.EXACT if share >= EXACT_FROM else verdict.RIGHT if share >= RIGHT_FROM else verdict.WRONG


def _share(page: Layout, one: Iterable[int], other: Iterable[int]) -> float:
    def letters(tokens: Iterable[int]) -> int:
        return sum(len(page.words[at]) for at in tokens if page.words[at][0].isalnum())

    both, either = set(one) & set(other), set(one) | set(other)
    return letters(both) / (letters(either) or 1)
