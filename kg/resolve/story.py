"""When and where, for events whose own words do not say: as the story has it, else by the date of its publication.

News tells in narrative order, and a time holds until the next is given (Reichenbach's reference point, carried on from
clause to clause: Partee 1984, Kamp & Rohrer 1983). So an event takes the time of its cause or result, of its sentence,
or a sharp one given in the sentences just before. What the first sentences report without a time is news: it happened
on the day of publication or on the one before; what stands further on, in the week before, if nothing says when. Two
events of one sentence are in one place, unless it says otherwise.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.records import Description, Entity

#: A time holds for so many sentences; so long an interval is sharp.
HOLDS = 2
SHARP = dt.timedelta(days=1, hours=12)

#: What stands in the first sentences without a time is what is reported.
LEAD = 3
NEWS, ELSE = dt.timedelta(days=2), dt.timedelta(days=7)

ONE_DAY = dt.timedelta(days=1)


def dated(events: Sequence[Description]) -> tuple[Description, ...]:
    """The events of one article, in its order, with times for those that happened and have none of their own."""
    events = [replace(each, earliest=None, latest=None) if each.aftermath else each for each in events]
    timed = [event for event in events if event.earliest and event.latest]
    by_id = {event.id: event for event in timed}
    return tuple(event if event.earliest or not event.realis else _dated(event, timed, by_id) for event in events)


def _dated(event: Description, timed: Iterable[Description], by_id: dict[str, Description]) -> Description:
    results = [each for each in timed if each.cause == event.id]
    beside = [each for each in timed if each.sentence == event.sentence and not event.anaphoric]
    before = [each for each in timed if 0 < event.sentence - each.sentence <= HOLDS and _is_sharp(each)]
    lead = [each for each in timed if max(event.sentence, each.sentence) < LEAD and _is_sharp(each)]
    cause = by_id.get(event.cause or "")
    for known in (cause, *results[:1], *beside[-1:], *before[-1:], *lead[:1]):
        if known:
            start, end, precision = known.earliest, known.latest, known.precision
            return replace(event, earliest=start, latest=end, precision=precision, dated_by="story")
    return _of_its_publication(event, event.published) if event.published else event


def _of_its_publication(event: Description, day: dt.date) -> Description:
    end = dt.datetime.combine(day + ONE_DAY, dt.time(), dt.UTC)
    start, last = end - (NEWS if event.sentence < LEAD else ELSE), end - dt.timedelta(seconds=1)
    return replace(event, earliest=start, latest=last, precision="week", dated_by="publication")


def _is_sharp(event: Description) -> bool:
    return event.earliest is not None and event.latest is not None and event.latest - event.earliest <= SHARP


def placed(events: Sequence[Description]) -> tuple[Description, ...]:
    """Events in the order of the text; one without a place has its cause's, its sentence's or the headline's.

    Where these give none, the story has a scene: the place told of last, which holds for so many sentences as a time
    does, else the only place of the article. So it has where the event's own words say no more than "a village".
    """
    found = [event for event in events if event.places]
    by_id = {event.id: event for event in found}
    known = [event if event.places or not event.realis else _placed(event, found, by_id) for event in events]
    fine = [event for event in found if any(map(is_fine, event.places))]
    only = _only_place(found)
    return tuple(
        event if any(map(is_fine, event.places)) or not event.realis else _in_scene(event, fine, only)
        for event in known
    )


def _in_scene(event: Description, fine: Sequence[Description], only: Description | None) -> Description:
    beside = {each.places: each for each in fine if each.sentence == event.sentence and each.realis}
    shared = next(iter(beside.values())) if len(beside) == 1 else None
    scene = shared if beside else _last_place(event, fine) or only
    return replace(event, scene=scene.places) if scene else event


def is_fine(place: Entity) -> bool:
    """Whether a place has a name and is more than a country."""
    return not place.label[:1].islower() and _precision(place) != "country"


def _placed(event: Description, found: Iterable[Description], by_id: dict[str, Description]) -> Description:
    cause = by_id.get(event.cause or "")
    told = [] if event.anaphoric else found  # "the attack" is where it was before
    beside = {each.places: each for each in told if each.sentence == event.sentence and each.realis}
    results = {each.places: each for each in found if each.cause == event.id}
    headline = {each.places: each for each in found if each.headline and event.sentence < LEAD}
    shared = (next(iter(each.values())) for each in (results, beside, headline) if len(each) == 1)
    known = cause or next(shared, None)
    return replace(event, places=known.places) if known else event


def _last_place(event: Description, found: Iterable[Description]) -> Description | None:
    """The last event before it that has a place, in the sentences just before; nothing where these name several."""
    before = [each for each in found if 0 < event.sentence - each.sentence <= HOLDS and each.realis]
    nearest = [each for each in before if each.sentence == max(one.sentence for one in before)]
    return nearest[-1] if len({each.places for each in nearest}) == 1 else None


def _only_place(found: Iterable[Description]) -> Description | None:
    """An event at the one place with a point that all events name, countries aside; None if they name more than it."""
    known = {place.id: each for each in found if each.realis for place in each.places if _is_point(place)}
    named = {place.id for each in found if each.realis for place in each.places if place.label[:1].isupper()}
    countries = {place.id for each in found for place in each.places if _precision(place) == "country"}
    return next(iter(known.values())) if len(known) == 1 and named - countries == set(known) else None


def _is_point(place: Entity) -> bool:
    return place.location is not None and place.location.lat is not None and _precision(place) != "country"


def _precision(place: Entity) -> str:
    return place.location.precision if place.location else ""
