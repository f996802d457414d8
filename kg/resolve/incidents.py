"""What happened: episodes of different articles that are held to be of one happening, with the reasons.

Episodes are blocked by day and place and compared in pairs by the slots of `kg.resolve.slots`; pairs that agree well
enough hang together, and what hangs together is put into incidents in a fixed order, each joining the incident that it
agrees with best. So an incident depends on the episodes that hang together with its own and on no others, and the same
events in any order, all at once or day by day, give the same incidents. Nothing is edited: an incident is a decision
beside the events.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, starmap
from typing import TYPE_CHECKING

from kg.records import Incident
from kg.resolve.episodes import Reasoned, episodes, order
from kg.resolve.neighbourhoods import component, pairs
from kg.resolve.scenes import VETO, is_named
from kg.resolve.slots import MANY, Episode, compare, explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.records import Description, Figure, Location

#: Points that join two episodes of different articles.
ACROSS = 5.0

#: Points for a broader type, and for counts that are far from each other; what more than day and place may agree in.
BROADER = 1.5
APART = -0.75
PARTS = ("attacker", "target", "instrument", "toll", "text")

#: An incident is compared by so many of its episodes.
CORE = 60

#: An interval of more days is a campaign: it is blocked under its first day only.
DAYS = 4

Key = tuple[str, str]


def group(descriptions: Iterable[Description]) -> tuple[Incident, ...]:
    """The incidents of any number of articles, in the order of their ids.

    An event that was planned, threatened or did not happen is of an incident only where it agrees with what did.
    """
    by_article = groupby(sorted(descriptions, key=order), key=lambda each: each.article)
    told = [reasoned for _, events in by_article for reasoned in episodes(events)]
    return tuple(sorted(starmap(incident, _merged(told)), key=lambda each: each.id))


def incident(events: Iterable[Description], reasons: tuple[str, ...]) -> Incident:
    """The record of an incident."""
    episode = Episode(tuple(sorted(events, key=lambda event: event.id)))
    earliest, latest = episode.when or (None, None)
    article, number = min(map(order, episode.events))
    return Incident(
        id=f"incident/{article}-{number}",
        type=episode.type,
        events=tuple(event.id for event in sorted(episode.events, key=order)),
        places=tuple(place.id for place in episode.places),
        earliest=earliest,
        latest=latest,
        precision=episode.timed.precision if episode.timed else "unknown",
        reasons=reasons,
    )


def _merged(told: Sequence[Reasoned]) -> Iterator[tuple[tuple[Description, ...], tuple[str, ...]]]:
    """The events of each incident of episodes that are all in memory, with the reasons."""
    near = _matches(told)
    left = set(range(len(told)))
    while left:
        linked = sorted(component(min(left), near.__getitem__))
        left -= set(linked)
        where = {number: at for at, number in enumerate(linked)}
        together = [told[each] for each in linked]
        matching = [[where[it] for it in near[each]] for each in linked]
        for numbers, reasons in clusters(together.__getitem__, matching):
            yield tuple(event for at in numbers for event in together[at][0].events), reasons


def _matches(told: Sequence[Reasoned]) -> Mapping[int, set[int]]:
    """Number of an episode -> numbers of those that it matches."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    places = {number: place_in_block(episode) for number, (episode, _) in enumerate(told)}
    for number, (episode, _) in enumerate(told):
        for key in keys(episode):
            blocks[key].append(number)
    found: dict[int, set[int]] = {number: set() for number in range(len(told))}
    compared = {pair for block in blocks.values() for pair in pairs(sorted(block, key=places.__getitem__))}
    for one, other in compared:
        if matched(told[one][0], told[other][0]):
            found[one].add(other)
            found[other].add(one)
    return found


# -------------------------------------------------------------------------------- which episodes match


def place_in_block(episode: Episode) -> str:
    """Where an episode stands in its blocks: beside those of its type; no two stand in one place."""
    article, number = order(min(episode.events, key=order))
    return f"{episode.type} {article} {number:07}"


def matched(one: Episode, other: Episode) -> bool:
    """Whether two episodes of different articles agree well enough to be of one happening."""
    return one.articles.isdisjoint(other.articles) and _score(compare(one, other)) >= ACROSS


def _score(points: dict[str, float]) -> float:
    """The sum, but for a place and a kind alone: towns are struck more than once.

    Where the kinds or the counts are apart, more than the day and the place has to agree: in a siege both
    sides shell one city on one day.
    """
    if VETO in points.values():
        return VETO
    doubtful = points["type"] < BROADER or points["toll"] <= APART
    told = PARTS if doubtful else ("time", "toll", "text")
    return sum(points.values()) if max(points[slot] for slot in told) > 0 else 0.0


@dataclass
class _Growing:
    """An incident while episodes join it: its first ones are what others are compared with."""

    number: int
    core: Episode
    members: list[int]
    articles: set[str]
    reasons: list[str]

    def join(self, number: int, episode: Episode, reasons: Iterable[str]) -> None:
        if len(self.members) < CORE:
            self.core = self.core.joined(episode)
        self.members.append(number)
        self.articles |= episode.articles
        self.reasons.extend(reasons)


def clusters(
    told: Callable[[int], Reasoned], matching: Sequence[Iterable[int]]
) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Episodes that hang together as incidents: no two of one article, and each agrees with the rest of its incident.

    Where an incident has very many episodes, its first ones, in the order of their days, stand for the rest: what is
    held in memory, and what one more costs, does not grow with it.

    Args:
        told: Episodes by their numbers; asked for more than once.
        matching: For each of them, the numbers of those that it matches.

    Yields:
        The numbers of the episodes of each incident, and the reasons.
    """
    found: list[_Growing] = []
    home: dict[int, _Growing] = {}
    for number in sorted(range(len(matching)), key=lambda each: _moment(told(each)[0])):
        episode, reasons = told(number)
        near = {home[each].number: home[each] for each in matching[number] if each in home}
        best, why = _nearest(episode, (near[each] for each in sorted(near)))
        if best is None:
            best = _Growing(len(found), episode, [number], set(episode.articles), list(reasons))
            found.append(best)
        else:
            best.join(number, episode, (*reasons, f"{episode.events[0].id}: {why}"))
        home[number] = best
    return ((tuple(each.members), tuple(each.reasons)) for each in found)


def _nearest(episode: Episode, near: Iterable[_Growing]) -> tuple[_Growing | None, str]:
    best, found, why = ACROSS, None, ""
    for known in near:
        if known.articles.isdisjoint(episode.articles):
            points = compare(episode, known.core)
            if (score := _score(points)) >= best and (score > best or found is None):
                best, found, why = score, known, explain(points)
    return found, why


def _moment(episode: Episode) -> tuple[str, tuple[str, int]]:
    day = f"{episode.when[0]:%Y-%m-%d}" if episode.when else ""
    return day, min(map(order, episode.events))


# -------------------------------------------------------------------------------- blocks


def keys(episode: Episode) -> Iterator[Key]:
    """The blocks of an episode: a day with a place or a region; a text that has copies stands in one of its own."""
    named = [place for place in episode.places if is_named(place)]
    places = sorted({name for place in named for name in (place.id, place.label, *_region(place.location))})
    for day in _days(episode):
        yield from ((day, place) for place in places)
    for day in _days(episode) if episode.harmful else ():
        yield from ((day, count) for count in sorted({f"{each.measure} {each.best:g}" for each in _many(episode)}))
    for outlet in sorted(episode.outlets):
        yield "copies", outlet


def _many(episode: Episode) -> Iterator[Figure]:
    """Counts by which reports of one day find each other, wherever they say that it was."""
    return (each for each in episode.tolls if each.best is not None and each.best >= MANY)


def _region(location: Location | None) -> tuple[str, ...]:
    """What contains a place, without the country where there is anything finer."""
    within = location.within if location else ()
    return within[:-1] or within


def _days(episode: Episode) -> Iterator[str]:
    """The days that the episode may fall on; the one before too, since articles differ by a night.

    News without a date is of the day that it was published on or of the one before.
    """
    if episode.when and episode.timed and episode.timed.dated_by != "publication":
        first, last = (moment.date() for moment in episode.when)
    else:
        published = [event.published for event in episode.events if event.published]
        if not published:
            return
        first, last = min(published), min(published)
    for number in range(min((last - first).days, DAYS) + 2):
        yield (first + dt.timedelta(days=number - 1)).isoformat()
