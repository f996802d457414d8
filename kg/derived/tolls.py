"""How many: the counts that are claimed on one incident, side by side as lowest, best supported and highest.

Lowest and highest are over the counts that stand: those that the same claimant has not replaced by a later one, and
of what one claimant counts in one article the largest, since the others are its parts. Best supported is the number
that most independent sources give; of equals the one that was given last, then the larger.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.resolve.slots import counts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.records import Assertion, Description, Figure
    from kg.resolve.slots import Episode

    Stated = tuple[Figure, Assertion, Description]


@dataclass(frozen=True, slots=True)
class Toll:
    """The counts of one measure, population and unit on one incident."""

    measure: str
    population: str | None
    unit: str | None
    lowest: float
    best: float | None
    highest: float
    sources: int
    claims: tuple[str, ...]


def tolls(episode: Episode, superseded: Collection[str]) -> Iterator[Toll]:
    """The counts on an incident, by measure, population and unit.

    Args:
        episode: The incident's events.
        superseded: Ids of claims that a later one of the same claimant has replaced: they count no more.
    """
    groups: dict[tuple[str, str, str], list[Stated]] = defaultdict(list)
    later = all(event.aftermath for event in episode.events)
    for event in episode.events:
        for claim in event.assertions if later or not event.aftermath else ():  # who dies later is a part of the dead
            for figure in counts(claim):
                groups[figure.measure, figure.population or "", figure.unit or ""].append((figure, claim, event))
    for (measure, population, unit), stated in sorted(groups.items()):
        standing = list(_wholes([each for each in stated if each[1].id not in superseded] or stated))
        figures = [figure for figure, _, _ in standing]
        best, sources = _best(standing)
        yield Toll(
            measure=measure,
            population=population or None,
            unit=unit or None,
            lowest=min(map(_least, figures)),
            best=best,
            highest=max(map(_most, figures)),
            sources=sources,
            claims=tuple(sorted({claim.id for _, claim, _ in stated})),
        )


def _least(figure: Figure) -> float:
    known = [each for each in (figure.low, figure.best, figure.high) if each is not None]
    return min(known, default=0.0)


def _most(figure: Figure) -> float:
    known = [each for each in (figure.low, figure.best, figure.high) if each is not None]
    return max(known, default=0.0)


def _wholes(stated: Iterable[Stated]) -> Iterator[Stated]:
    """Of what one claimant counts in one article the largest; "dozens" says less than a number that it may be."""
    known = tuple(stated)
    largest: dict[tuple[str, str], float] = defaultdict(float)
    for each in known:
        largest[_teller(each)] = max(largest[_teller(each)], _size(each[0]))
    return (each for each in known if _size(each[0]) == largest[_teller(each)])


def _size(figure: Figure) -> float:
    return figure.best if figure.best is not None else _least(figure)


def _teller(stated: Stated) -> tuple[str, str]:
    _, claim, event = stated
    return claim.claimant or claim.voice, event.article


def _best(stated: Iterable[Stated]) -> tuple[float | None, int]:
    """The number that most sources give, with how many they are; a source is a claimant, or a text of its own."""
    sources: dict[float, set[str]] = defaultdict(set)
    last: dict[float, str] = defaultdict(str)
    for figure, claim, event in stated:
        if figure.best is not None:
            sources[figure.best].add(claim.claimant or event.outlet)
            last[figure.best] = max(last[figure.best], claim.stated.isoformat() if claim.stated else "")
    best = max(sources, key=lambda number: (len(sources[number]), last[number], number), default=None)
    return best, len(sources[best]) if best is not None else 0
