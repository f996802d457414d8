"""How sure an attribution is: logistic regression over what the other models say of it, in numbers, and its features.

The verdict knows which of a cue's contents is best; its own probabilities lean on words that it learned by heart, and
are too high on texts of another kind. A last model weighs them anew against how likely the cue is one, under strong
regularisation. Source of the method: stacked generalisation (Wolpert 1992).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pycrfsuite

    from kg.extract.quotations.choices import Choice, Read

#: The answer that is asked for; the other one has no name of its own.
SURE, UNSURE = "S", "N"
#: Keeps the logarithms of what is certain, and of what is impossible, within reach of the others.
LEAST, LEAST_PATH = 1e-3, 1e-12
#: Log-odds and log-chances are several units wide, the features none: one regularisation has to do for both.
SCALE = 0.25


def features(read: Read, choice: Choice, right: float, told: Sequence[str]) -> dict[str, float]:
    """What is known of the content that was chosen: weights by name.

    Args:
        read: The cue and all contents that it may have.
        choice: The one that was chosen.
        right: The verdict's probability that it is right.
        told: The verdict's features of it.
    """
    best = max(each.chance for each in read.choices)
    return {
        **dict.fromkeys(told, 1.0),
        "cue": SCALE * _log_odds(read.chance),
        "verdict": SCALE * _log_odds(right),
        "path": SCALE * math.log(choice.chance + LEAST_PATH),
        "beside": SCALE * math.log((choice.chance + LEAST_PATH) / (best + LEAST_PATH)),
    }


def chance(model: pycrfsuite.Tagger, told: dict[str, float]) -> float:
    """The probability that the attribution is right."""
    model.set([told])
    return float(model.marginal(SURE, 0))


def _log_odds(chance: float) -> float:
    return math.log((chance + LEAST) / (1 - chance + LEAST))
