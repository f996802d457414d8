"""Who and what, as an analyst writes it in a cell: each once, without its number, the named before the unnamed.

The events of an incident name one thing in many ways: "At least nine villagers", "nine villagers", "villagers". How
many they were stands in the tolls.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.resolve.slots import Episode
from kg.vocab import load_schema
from kg.vocab.numerals import MULTIPLIERS, NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Filler

#: What stands before a noun and tells nothing of what it is.
DETERMINERS = frozenset("a an any the this that these those its his her their our another other others some of".split())

#: What says no more of those who attacked than that they did.
WHOEVER = frozenset("attacker attackers assailant assailants perpetrator perpetrators".split())

#: What a description goes on with: "an official who asked not to be named".
SAID_OF = re.compile(r",?\s+(?:who|which|that)(?:\s|$)")


@lru_cache(maxsize=1)
def _quantifiers() -> frozenset[str]:
    """The words that hedges and vague quantities are made of, and numbers in words."""
    hedges = (word for entry in load_schema().hedges.entries for word in entry.form.split())
    plural = (f"{word}s" for word in MULTIPLIERS)
    return frozenset((*hedges, *plural, *MULTIPLIERS, *NUMERALS, *DETERMINERS))


def fillers(episode: Episode, *roles: str, but: frozenset[str] = frozenset()) -> tuple[Filler, ...]:
    """What fills the roles, but for some ids.

    A headline says again what the text tells, in fewer words: its fillers stand where the text has none.
    """
    text = Episode(tuple(event for event in episode.events if not event.headline))
    told = (text.fillers(*roles), episode.fillers(*roles))
    kept = (tuple(filler for filler in found if filler.id not in but) for found in told)
    return next(filter(None, kept), ())


def without_number(label: str) -> str:
    """A label without the determiners, hedges and numbers that it starts with; "" where nothing is left."""
    words = label.split()
    while words and (words[0].casefold() in _quantifiers() or words[0][:1].isdigit()):
        words = words[1:]
    return " ".join(words)


def cell(labels: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """The labels of those who fill a role, each once, the most frequent first.

    A description that ends with the words of another is the same thing told at more length: the longer one stays.

    Args:
        labels: Each label as often as it is used, and whether it is a name that is known beyond its article.
    """
    counts: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for label, named in labels:
        form = label if named else without_number(label)
        if form:
            counts[form.casefold()] += 1
            forms.setdefault(form.casefold(), form)
    kept = [key for key in counts if not any(other.endswith(f" {key}") for other in counts)]
    return tuple(forms[key] for key in sorted(kept, key=lambda key: (-counts[key], key)))


def speakers_of(labels: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """The cell of those who state something, in alphabetical order; what is said of an unnamed one is left out."""
    return tuple(sorted(cell((label if named else SAID_OF.split(label)[0], named) for label, named in labels)))


def attackers(labels: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """The cell of those who attacked: the named ones, where there are any: "rebels" are those that have a name."""
    known = tuple(labels)
    named = [(label, True) for label, is_named in known if is_named]
    described = [each for each in known if without_number(each[0]).casefold() not in WHOEVER]
    return cell(named or described or known)
