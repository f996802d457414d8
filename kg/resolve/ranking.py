"""Which of the places that bear a name is meant: belief in each candidate, given the other names of the article.

Every name spreads its belief over its candidates; regions and countries gather the belief of all names; a candidate
gains by what its own region, its country and its surroundings have gathered from the other names. The idea is the
"geographic focus" of Amitay et al. (Web-a-Where, 2004) with Lieberman and Samet's proximity (2012), as sums instead of
a search. Two rounds are enough: the first rests on size and kind.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.resolve.geodesy import distance_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.gazetteer import Candidate
    from kg.records import TextSpan


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, as logarithms of odds; tuned with `benchmarks/places.py --tune`.

    `size` is per factor ten of inhabitants, `kinds` by feature. `alternate`, `sound` and `code` are for names that are
    not a place's own. `district`, `region` and `country` are for what the other names lend to a candidate through its
    containers, `near` for what they lend as neighbours (at `reach` kilometres 1/e of it). `town` is for a region whose
    main town bears the name too: the name alone means the town. `kind` is for a candidate of the kind that the words
    say ("Aleppo province"), `stated` for one that lies where the words say ("Paris, Texas").
    """

    size: float = 0.4
    kinds: tuple[tuple[str, float], ...] = (
        ("country", 10.0),
        ("continent", 7.0),
        ("area", 6.8),
        ("natural", 7.0),
        ("region", 3.5),
        ("capital", 2.2),
        ("seat", 1.0),
        ("settlement", 0.0),
        ("section", -1.5),
        ("district", -1.0),
    )
    alternate: float = -1.0
    sound: float = -2.0
    code: float = -6.0
    district: float = 2.7
    region: float = 2.5
    country: float = 2.5
    town: float = -4.0
    kind: float = 5.0
    near: float = 2.5
    reach: float = 120.0
    stated: float = 12.0


WEIGHTS = Weights()
ROUNDS = 2
#: Only so many candidates of a name are weighed: the best by size and kind.
CANDIDATES = 40
#: Belief that is too small to count.
FAINT = 0.01
#: What is too wide to be a neighbour.
WIDE = frozenset({"country", "continent"})
TOWNS = frozenset({"capital", "seat", "settlement", "section"})


@dataclass(slots=True)
class Toponym:
    """All mentions of one name that mean one place, while its candidates are weighed.

    `stated` are the keys of what contains it by the article's words, `kinds` the features that they give it.
    """

    name: str
    spans: list[TextSpan] = field(default_factory=list)
    candidates: tuple[Candidate, ...] = ()
    stated: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    belief: tuple[float, ...] = ()

    def best(self) -> Candidate | None:
        """The candidate with most of the belief; the first of equals."""
        if not self.candidates:
            return None
        return self.candidates[max(range(len(self.belief)), key=lambda at: (self.belief[at], -at))]

    def others(self, least: float = 0.05) -> tuple[Candidate, ...]:
        """The candidates beside the best that are believed in at least so much, most believed first."""
        ranked = sorted(zip(self.belief, range(len(self.belief)), strict=True), key=lambda each: (-each[0], each[1]))
        return tuple(self.candidates[at] for belief, at in ranked[1:] if belief >= least)


def rank(names: Sequence[Toponym], weights: Weights = WEIGHTS) -> None:
    """Give every name its belief in each of its candidates."""
    kinds = dict(weights.kinds)
    grounds = []
    for each in names:
        scores = sorted(
            ((_ground(one, each, kinds, weights), -at, one) for at, one in enumerate(each.candidates)), reverse=True
        )[:CANDIDATES]
        each.candidates = tuple(one for _, _, one in scores)
        grounds.append([score for score, _, _ in scores])
        each.belief = softmax(grounds[-1])
    for _ in range(ROUNDS):
        context = Context(names, weights)
        beliefs = [
            softmax([own + context.lends(one, each) for own, one in zip(ground, each.candidates, strict=True)])
            for ground, each in zip(grounds, names, strict=True)
        ]
        for each, belief in zip(names, beliefs, strict=True):
            each.belief = belief


def _ground(candidate: Candidate, name: Toponym, kinds: dict[str, float], weights: Weights) -> float:
    """What speaks for a place without the other names: its size, its kind, whose name it is, what the words say."""
    size = 0.0 if candidate.feature == "country" else weights.size * math.log10(candidate.population + 1)
    senses = {"name": 0.0, "alternate": weights.alternate, "sound": weights.sound, "code": weights.code}
    stated = weights.stated if name.stated.intersection(candidate.containers) else 0.0
    kind = weights.kind if candidate.feature in name.kinds else 0.0
    town = weights.town if candidate.feature in {"region", "district"} and _has_town(candidate, name) else 0.0
    return size + kinds[candidate.feature] + senses[candidate.sense] + stated + kind + town


def _has_town(region: Candidate, name: Toponym) -> bool:
    """Whether the capital bears a region's name, a town there a third as large as it, or a larger one anywhere."""
    return any(
        each.population > region.population
        or (
            (each.feature == "capital" or 3 * each.population > region.population)
            and (region.key in each.containers or (region.feature == "region" and each.country == region.country))
        )
        for each in name.candidates
        if each.feature in TOWNS
    )


class Context:
    """What all names of an article together say about where it plays."""

    def __init__(self, names: Sequence[Toponym], weights: Weights) -> None:
        self.weights = weights
        self.levels = (weights.country, weights.region, weights.district, weights.district)
        self.shares = {id(each): _shares(each) for each in names}
        self.votes: dict[str, float] = defaultdict(float)
        for shares in self.shares.values():
            for key, share in shares.items():
                self.votes[key] += share
        self.points = [
            (each, (best.lat, best.lon), max(each.belief))
            for each in names
            if (best := each.best()) is not None and best.feature not in WIDE
        ]

    def lends(self, candidate: Candidate, name: Toponym) -> float:
        """What the other names lend to a candidate of one."""
        own = self.shares[id(name)]
        outward = (candidate.key, *candidate.containers)[::-1]
        total = sum(
            weight * math.log1p(max(0.0, self.votes[key] - own.get(key, 0.0)))
            for key, weight in zip(outward, self.levels, strict=False)
        )
        return total + self.weights.near * math.log1p(self._near(candidate, name))

    def _near(self, candidate: Candidate, name: Toponym) -> float:
        if len(name.candidates) == 1:
            return 0.0  # nothing to choose: save the arithmetic
        here = (candidate.lat, candidate.lon)
        return sum(
            belief * math.exp(-distance_km(here, point) / self.weights.reach)
            for other, point, belief in self.points
            if other is not name and abs(point[0] - here[0]) < 8
        )


def _shares(name: Toponym) -> dict[str, float]:
    """For every candidate and its containers the belief that one name has in it, 1 at most.

    A country counts half: news names the great powers wherever it plays.
    """
    found: dict[str, float] = defaultdict(float)
    for candidate, belief in zip(name.candidates, name.belief, strict=True):
        if belief > FAINT:
            for key in (candidate.key, *candidate.containers):
                found[key] += belief / 2 if candidate.feature == "country" else belief
    return found


def softmax(scores: Sequence[float]) -> tuple[float, ...]:
    """Scores as shares of one."""
    if not scores:
        return ()
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return tuple(each / total for each in raised)
