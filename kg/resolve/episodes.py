"""What one article tells of: its events taken together into episodes, with the reasons.

One pass joins an event to the episode that it agrees with best, by the slots of `kg.resolve.slots`; a result goes with
its cause. What did not happen founds no episode.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.resolve.slots import RESULTS, VETO, Episode, compare, explain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Description

#: Points that join two events of one article.
WITHIN = 3.5

#: The story goes on about one happening for so many events.
STORY = 3

#: The latest episodes of an article that tells of very many are compared.
RECENT = 40

Reasoned = tuple[Episode, tuple[str, ...]]
Points = dict[str, float]


def order(event: Description) -> tuple[str, int]:
    """Where an event stands: its article, and its number there."""
    return event.article, int(event.id.rsplit("/", 1)[-1])


def episodes(described: Iterable[Description]) -> list[Reasoned]:
    """The happenings that one article tells of, in the order of their first words."""
    found: list[Reasoned] = []
    single = [each for each in sorted(described, key=order) if not _is_total(each)]
    for event in sorted(single, key=lambda each: not _happened(each)):
        episode = Episode((event,))
        number, why = _home(event, episode, [each for each, _ in found])
        if number is not None:
            known, reasons = found[number]
            found[number] = known.joined(episode), (*reasons, f"{event.id}: {why}")
        elif _happened(event):
            found.append((episode, ()))
    return found


def _happened(event: Description) -> bool:
    return event.realis and event.polarity == "positive"


def _is_total(event: Description) -> bool:
    """Whether all that is counted is counted over more than one happening: the dead of a war are no incident."""
    figures = [figure for claim in event.assertions for figure in claim.figures]
    return bool(figures) and all(figure.cumulative for figure in figures)


def _home(event: Description, episode: Episode, known: list[Episode]) -> tuple[int | None, str]:
    """The number of the episode that an event belongs to, with the reason: its cause's, else the best, or the last."""
    recent = range(max(0, len(known) - RECENT), len(known))
    for number in recent:
        if event.cause and any(event.cause == each.id for each in known[number].events):
            return number, "is a result of it"
        if any(each.cause == event.id for each in known[number].events):
            return number, "brought it about"
    if event.another:
        return None, ""
    compared = {number: compare(episode, known[number]) for number in recent}
    possible = {number: points for number, points in compared.items() if VETO not in points.values()}
    best = max(possible, key=lambda number: (sum(possible[number].values()), number), default=None)
    if best is not None and sum(possible[best].values()) >= WITHIN:
        return best, explain(possible[best])
    for reason, holds in FALLBACKS:
        fitting = [number for number, points in possible.items() if holds(event, known[number], points)]
        if fitting:
            return max(fitting, key=lambda number: order(known[number].events[-1])), reason
    return None, ""


def _of_the_headline(event: Description, known: Episode, points: Points) -> bool:
    """Nothing but the headline has told of it yet, and nothing speaks against it."""
    untold = all(each.headline for each in known.events)
    return untold and points["type"] > 1 and min(points.values()) >= 0 and not event.headline


def _points_back(event: Description, known: Episode, points: Points) -> bool:
    """Whether "the attack" is the last one that was told of, whoever is said to have made it."""
    del known
    return event.anaphoric and sum(points.values()) - min(points["attacker"], 0) >= 1


def _result(event: Description, known: Episode, points: Points) -> bool:
    """Who is killed somewhere unnamed is killed in the attack that was told of last."""
    placeless = event.type in RESULTS and not event.places and event.realis
    return placeless and known.harmful and min(points[slot] for slot in ("time", "place", "attacker")) >= 0


def _continues(event: Description, known: Episode, points: Points) -> bool:
    """The story goes on about it: the next events are of its kind, and nothing speaks against it."""
    gap = order(event)[1] - max(order(each)[1] for each in known.events)
    same_kind = points["type"] > 1 and min(points.values()) >= 0
    return 0 < gap <= STORY and same_kind and (not event.places or points["place"] > 0)


#: What joins an event to the last episode that fits, where the slots alone say too little.
FALLBACKS: tuple[tuple[str, Callable[[Description, Episode, Points], bool]], ...] = (
    ("tells what the headline does", _of_the_headline),
    ("points back to it", _points_back),
    ("is a result with no place of its own", _result),
    ("goes on about it", _continues),
)
