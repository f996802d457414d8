"""What happened: events held to be the same, within an article and across articles, with the reasons.

Within an article one pass joins an event to the episode that it agrees with best; a result goes with its cause.
Across articles episodes are blocked by day and place, then decided by the slots of `kg.resolve.slots`. Nothing is
edited: an incident is a decision beside the events, and the same events in any order give the same incidents.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from kg.records import Incident
from kg.resolve.slots import RESULTS, VETO, Episode, compare, explain, is_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import Description, Location

#: Points that join two episodes: of one article, and of two.
WITHIN = 3.5
ACROSS = 5.25

#: The story goes on about one happening for so many events.
STORY = 3

#: An interval of more days is a campaign: it is blocked under its first day only.
DAYS = 4

#: A block of more episodes (a country, a front line) says little: the latest of them are compared. So are the latest of
#: an article that tells of very many.
MOST = 100
RECENT = 40

Reasoned = tuple[Episode, tuple[str, ...]]
Points = dict[str, float]


def group(descriptions: Iterable[Description]) -> tuple[Incident, ...]:
    """The incidents of any number of articles, in the order of their ids.

    An event that was planned, threatened or did not happen is of an incident only where it agrees with what did.
    """
    ordered = sorted(descriptions, key=_order)
    by_article = groupby(ordered, key=lambda each: each.article)
    episodes = [reasoned for _, events in by_article for reasoned in _episodes(tuple(events))]
    return tuple(sorted(map(_incident, _merged(episodes)), key=lambda each: each.id))


def _order(event: Description) -> tuple[str, int]:
    return event.article, int(event.id.rsplit("/", 1)[-1])


def _incident(reasoned: Reasoned) -> Incident:
    episode, reasons = reasoned
    earliest, latest = episode.when or (None, None)
    article, number = min(map(_order, episode.events))
    return Incident(
        id=f"incident/{article}-{number}",
        type=episode.type,
        events=tuple(event.id for event in sorted(episode.events, key=_order)),
        places=tuple(place.id for place in episode.places),
        earliest=earliest,
        latest=latest,
        reasons=reasons,
    )


# -------------------------------------------------------------------------------- within an article


def _episodes(events: tuple[Description, ...]) -> list[Reasoned]:
    """The happenings that one article tells of; what did not happen founds none."""
    found: list[Reasoned] = []
    single = [each for each in events if not _is_total(each)]
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
            return max(fitting, key=lambda number: _order(known[number].events[-1])), reason
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
    gap = _order(event)[1] - max(_order(each)[1] for each in known.events)
    same_kind = points["type"] > 1 and min(points.values()) >= 0
    return 0 < gap <= STORY and same_kind and (not event.places or points["place"] > 0)


#: What joins an event to the last episode that fits, where the slots alone say too little.
FALLBACKS: tuple[tuple[str, Callable[[Description, Episode, Points], bool]], ...] = (
    ("tells what the headline does", _of_the_headline),
    ("points back to it", _points_back),
    ("is a result with no place of its own", _result),
    ("goes on about it", _continues),
)


# -------------------------------------------------------------------------------- across articles


def _merged(episodes: Iterable[Reasoned]) -> list[Reasoned]:
    """Join the episodes of different articles; each is compared only with those that share a block with it."""
    clusters: list[Reasoned] = []
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for episode, reasons in sorted(episodes, key=lambda each: (_day(each[0]), _order(each[0].events[0]))):
        keys = tuple(_keys(episode))
        near = {number for key in keys for number in blocks[key][-MOST:]}
        number, why = _nearest(episode, clusters, near)
        if number is None:
            number = len(clusters)
            clusters.append((episode, reasons))
        else:
            known, before = clusters[number]
            clusters[number] = known.joined(episode), (*before, *reasons, f"{episode.events[0].id}: {why}")
        for key in keys:
            if number not in blocks[key][-MOST:]:
                blocks[key].append(number)
    return clusters


def _nearest(episode: Episode, clusters: list[Reasoned], near: set[int]) -> tuple[int | None, str]:
    best, found, why = ACROSS, None, ""
    for number in sorted(near):
        known = clusters[number][0]
        if known.articles.isdisjoint(episode.articles):
            points = compare(episode, known)
            if (score := sum(points.values())) >= best and score != VETO:
                best, found, why = score, number, explain(points)
    return found, why


def _day(episode: Episode) -> str:
    return f"{episode.when[0]:%Y-%m-%d}" if episode.when else ""


def _keys(episode: Episode) -> Iterator[tuple[str, str]]:
    """The blocks of an episode: a day with a place or a region; a text that has copies stands in one of its own."""
    named = [place for place in episode.places if is_named(place)]
    places = sorted({name for place in named for name in (place.id, place.label, *_region(place.location))})
    for day in _days(episode):
        yield from ((day, place) for place in places)
    for outlet in sorted(episode.outlets):
        yield "copies", outlet


def _region(location: Location | None) -> tuple[str, ...]:
    """What contains a place, without the country where there is anything finer."""
    within = location.within if location else ()
    return within[:-1] or within


def _days(episode: Episode) -> Iterator[str]:
    """The days that the episode may fall on; the one before too, since articles differ by a night.

    News without a date is of the day that it was published on or of the one before.
    """
    if episode.when:
        first, last = (moment.date() for moment in episode.when)
    else:
        published = [event.published for event in episode.events if event.published]
        if not published:
            return
        first, last = min(published), min(published)
    for number in range(min((last - first).days, DAYS) + 2):
        yield (first + dt.timedelta(days=number - 1)).isoformat()
