"""What one article tells of: its events taken together into episodes, with the reasons.

A result goes with its cause (`_units`). One pass in the order of the text then joins each to the episode that it agrees
with best, by the slots of `kg.resolve.slots`; where the slots alone say too little, by how stories go on (`FALLBACKS`).
An article tells of different happenings side by side, and keeps them apart by places, times, numbers and victims of
their own: what differs in one of them is never joined. What did not happen founds no episode.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.resolve.contrasts import GROUND, compare_within
from kg.resolve.scenes import VETO, is_proper
from kg.resolve.slots import RESULTS, Episode, counts, explain
from kg.resolve.story import dated, placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.records import Description, Entity

#: Points that join two episodes of one article, and two of one sentence.
WITHIN = 3.75
BESIDE = 2.5

#: A story goes on about one happening for so many sentences; so far back "the attack" points, and so far to what the
#: article opens with.
STORY = 2
BACK = 5
MAIN = 15

#: What is counted over so long a time is counted over many happenings.
YEARLY = dt.timedelta(days=300)

#: The latest episodes of an article that tells of very many are compared.
RECENT = 40

Reasoned = tuple[Episode, tuple[str, ...]]
Points = dict[str, float]
Holds = Callable[[Episode, Episode, Points], bool]
Likest = Callable[[Episode, Episode, Points], tuple[float, ...]]


def order(event: Description) -> tuple[str, int]:
    """Where an event stands: its article, and its number there."""
    return event.article, int(event.id.rsplit("/", 1)[-1])


def episodes(described: Iterable[Description]) -> list[Reasoned]:
    """The happenings that one article tells of, in the order of their first words."""
    found: list[Reasoned] = []
    single = _single(placed(dated(sorted(described, key=order))))
    for unit, why in sorted(_units(single), key=lambda each: not any(map(_happened, each[0].events))):
        number, reason = _home(unit, [each for each, _ in found])
        if number is not None:
            known, reasons = found[number]
            found[number] = known.joined(unit), (*reasons, f"{unit.first.id}: {reason}", *why)
        elif any(map(_happened, unit.events)):
            found.append((unit, why))
    return found


def _units(events: Sequence[Description]) -> list[Reasoned]:
    """Events with their results: a killing that is said to be by a strike is no happening of its own."""
    causes = {each.id: each for each in events}
    groups: dict[str, list[Description]] = {}
    for event in events:
        groups.setdefault(_origin(event, causes), []).append(event)
    found = [Episode(tuple(sorted(each, key=lambda event: event.id))) for each in groups.values()]
    results = [(unit, tuple(each.id for each in unit.events if each.cause in causes)) for unit in found]
    return _with_results([(unit, tuple(f"{each}: is a result of it" for each in ids)) for unit, ids in results])


def _with_results(units: list[Reasoned]) -> list[Reasoned]:
    """Results without a cause go with the attack of their sentence, or with its other results: "killed and wounded"."""
    found: dict[int, Reasoned] = dict(enumerate(units))
    for number in range(len(units)):
        unit, why = found[number]
        if {each.type for each in unit.events} <= RESULTS:
            near = {at: _beside_it(unit, found[at][0]) for at in found if at != number}
            fitting = {at: (found[at][0].type in RESULTS, -points) for at, points in near.items() if points > VETO}
            best = min(fitting, key=lambda at: (*fitting[at], abs(at - number), at), default=None)
            if best is not None:
                known, before = found[best]
                found[best] = known.joined(unit), (*before, *why, f"{unit.first.id}: is told of in the same sentence")
                del found[number]
    return list(found.values())


def _beside_it(result: Episode, other: Episode) -> float:
    """How well a result agrees with an attack of its sentence; a veto if it has none of it."""
    return sum(compare_within(result, other).values()) if other.harmful and _beside(result, other) else VETO


def _beside(unit: Episode, known: Episode) -> bool:
    """Whether one sentence tells of both."""
    return any(each.sentence == unit.first.sentence for each in known.events)


def _origin(event: Description, known: dict[str, Description]) -> str:
    """The first of the causes of an event; a circle of causes ends where it began."""
    seen = {event.id}
    while event.type in RESULTS and event.cause in known and event.cause not in seen:
        event = known[event.cause]
        seen.add(event.id)
    return min(seen) if event.cause in seen else event.id


def _happened(event: Description) -> bool:
    return event.realis and event.polarity == "positive"


def _single(events: Sequence[Description]) -> list[Description]:
    """The events that are no totals, nor what totals sum up: "since May, 300 have been killed in raids"."""
    totals = [each for each in events if _is_total(each)]
    left = [each for each in events if each not in totals]
    counted = {each.cause for each in left if any(claim.figures for claim in each.assertions)}
    summed = {each.cause for each in totals if each.cause} - counted
    return [each for each in left if each.id not in summed and not (each.type in RESULTS and each.cause in summed)]


def _is_total(event: Description) -> bool:
    """Whether all that is counted is counted over more than one happening: the dead of a war are no incident."""
    figures = [figure for claim in event.assertions for figure in claim.figures]
    long = event.earliest is not None and event.latest is not None and event.latest - event.earliest > YEARLY
    return bool(figures) and (long or all(figure.cumulative for figure in figures))


def _home(unit: Episode, known: list[Episode]) -> tuple[int | None, str]:
    """The number of the episode that events belong to, with the reason: the best, or the last that fits."""
    if any(each.another for each in unit.events):
        return None, ""
    recent = range(max(0, len(known) - RECENT), len(known))
    compared = {number: compare_within(unit, known[number]) for number in recent}
    possible = {number: points for number, points in compared.items() if VETO not in points.values()}
    best = max(possible, key=lambda number: (sum(possible[number].values()), number), default=None)
    enough = best is not None and sum(possible[best].values()) >= (BESIDE if _beside(unit, known[best]) else WITHIN)
    if best is not None and enough and not _is_thin(unit, known[best], possible[best]):
        return best, explain(possible[best])
    if not (any(map(_happened, unit.events)) or _is_anaphoric(unit)):
        return None, ""
    for reason, holds, likest in FALLBACKS:
        fitting = [number for number, points in possible.items() if holds(unit, known[number], points)]
        if fitting:
            return max(
                fitting, key=lambda each: (*likest(unit, known[each], possible[each]), order(known[each].last))
            ), reason
    return None, ""


def _by_type(_unit: Episode, _known: Episode, points: Points) -> tuple[float, ...]:
    return (points["type"],)


def _by_nearness(unit: Episode, known: Episode, points: Points) -> tuple[float, ...]:
    """Who is counted is counted of what was told last."""
    return (-_gap(unit, known) if unit.tolls else 0, points["type"])


def _by_all(_unit: Episode, _known: Episode, points: Points) -> tuple[float, ...]:
    """What agrees best."""
    return (sum(points.values()),)


def _is_thin(unit: Episode, known: Episode, points: Points) -> bool:
    """Whether nothing but the place is the same, and the story has gone on since: towns are struck again and again.

    A result at the place belongs to the attack that was told of right before, as results without a place do.
    """
    if any(points[slot] > 0 for slot in ("time", "attacker", "target", "instrument", "toll")):
        return False
    return _gap(unit, known) > (STORY if points["type"] <= 1 else BACK)


def _gap(unit: Episode, known: Episode) -> int:
    """How many sentences lie between the last that told of it and this one; in the title or before it none do."""
    before = [each.sentence for each in known.events if each.sentence <= unit.first.sentence]
    return unit.first.sentence - max(before) if before else 0


def _tells_nothing_new(unit: Episode) -> bool:
    """Whether it has no place, number or victim of its own."""
    return not unit.places and not unit.tolls and not unit.fillers("target", "victim")


def _of_the_headline(unit: Episode, known: Episode, points: Points) -> bool:
    """It stands in the first sentences, as a happening of the headline's kind, and nothing speaks against it."""
    told = any(each.headline for each in known.events)
    agreeing = sum(points.values()) >= points["type"] and (min(points.values()) > -1 or unit.first.sentence <= 0)
    opening = unit.first.sentence <= STORY and points["type"] >= 1
    return told and agreeing and opening and not _is_aside(unit)


def _points_back(unit: Episode, known: Episode, points: Points) -> bool:
    """Whether "the attack" is the last one that was told of, whoever is said to have made it."""
    agreed = sum(points.values()) - min(points["attacker"], 0)
    return _is_anaphoric(unit) and agreed >= 1 and _gap(unit, known) <= (MAIN if _is_main(known) else BACK)


def _is_main(known: Episode) -> bool:
    """Whether it is what the article opens with."""
    return any(each.headline or each.sentence == 0 for each in known.events)


def _is_anaphoric(unit: Episode) -> bool:
    """Whether an attack points back; "the deaths" that one caused need not."""
    attacks = [each for each in unit.events if each.type not in RESULTS]
    return any(each.anaphoric for each in attacks or unit.events)


def _is_aside(unit: Episode) -> bool:
    """Whether the story turns to something else there: "meanwhile"; what an attack also did, it did."""
    return any(each.aside and not (each.type in RESULTS and each.cause) for each in unit.events)


def _result(unit: Episode, known: Episode, points: Points) -> bool:
    """Who is killed somewhere unnamed, or there, is killed in the attack that was told of last."""
    placeless = unit.type in RESULTS and (not unit.places or points["place"] > 0) and unit.first.realis
    counted_anew = bool(unit.tolls) and not (_is_main(known) and known.families.isdisjoint(GROUND))
    near = _gap(unit, known) <= (1 if counted_anew else STORY)
    return placeless and near and known.harmful and min(points.values()) >= 0 and not _is_aside(unit)


def _continues(unit: Episode, known: Episode, points: Points) -> bool:
    """The story goes on about it: the next words are of its kind and bring in nothing new.

    What the headline tells is what the article is about: it is gone on about, and come back to.
    """
    main = _is_main(known)
    agreed = any(points[slot] > 0 for slot in ("place", "attacker", "target", "instrument", "toll"))
    near = 0 <= _gap(unit, known) <= (BACK if main and agreed else STORY)
    fitting = points["type"] > 1 and min(points.values()) >= 0 and not _is_aside(unit)
    going_on = agreed or _tells_nothing_new(unit) or (main and _gap(unit, known) <= 1)
    return near and fitting and going_on and not _is_news(unit, known, points)


def _is_news(unit: Episode, known: Episode, points: Points) -> bool:
    """Whether it has a place or a count of its own that the story did not give before."""
    if _is_anaphoric(unit):
        return False
    elsewhere = any(map(is_proper, unit.places)) and any(map(_is_fine, known.places)) and points["place"] <= 0
    by_anyone = bool(unit.places) and points["place"] <= 0
    counted = _counted(unit, by_anyone=by_anyone) & _counted(known, by_anyone=by_anyone)
    return elsewhere or (bool(counted) and points["toll"] <= 0)


def _counted(episode: Episode, *, by_anyone: bool) -> set[tuple[str, str]]:
    """Who counts what: of what has no place of its own, two voices may count one thing, and disagree."""
    told = ((claim, figure) for event in episode.events for claim in event.assertions for figure in counts(claim))
    return {("" if by_anyone else claim.claimant or claim.voice, figure.measure) for claim, figure in told}


def _is_fine(place: Entity) -> bool:
    """Whether a place has a name of its own and is no region or country: what is named later is not in it."""
    wide = place.location is not None and place.location.precision in {"region", "country"}
    return is_proper(place) and not wide


#: What joins events to an episode that fits, where the slots alone say too little; of several to the one that is
#: likest, then to the last.
FALLBACKS: tuple[tuple[str, Holds, Likest], ...] = (
    ("tells what the headline does", _of_the_headline, _by_type),
    ("points back to it", _points_back, _by_all),
    ("is a result with no place of its own", _result, _by_nearness),
    ("goes on about it", _continues, _by_type),
)
