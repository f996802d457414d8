"""How claims on one incident stand to each other: they contradict, corroborate, respond to or supersede.

Two claims are compared only where both speak of the incident's events; a claim is never changed and never dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import ClaimLink
from kg.resolve.slots import KINDRED, can_both_hold, counts
from kg.resolve.stances import DENYING, JUDGING, RESPONDING, RESPONSIBILITY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from kg.records import Assertion, Description, Figure, Incident

#: More claims than this on one incident are compared with their neighbours in time only: links stay near-linear.
MANY = 60

Said = tuple["Assertion", "Description"]


def links(descriptions: Iterable[Description], incidents: Iterable[Incident]) -> tuple[ClaimLink, ...]:
    """All links between claims on the same incident, in the order of the claims' ids."""
    by_id = {each.id: each for each in descriptions}
    found = [link for incident in incidents for link in _of_incident(incident, by_id)]
    return tuple(sorted(dict.fromkeys(found), key=lambda link: (link.subject, link.predicate, link.object)))


def _of_incident(incident: Incident, by_id: Mapping[str, Description]) -> Iterator[ClaimLink]:
    events = [by_id[name] for name in incident.events if name in by_id]
    told = ((claim, event) for event in events for claim in event.assertions if claim.stance not in JUDGING)
    said = sorted(told, key=_chronological)
    for number, one in enumerate(said):
        for other in said[number + 1 : number + MANY]:
            if one[0].id != other[0].id:
                yield from _between(one, other)


def _chronological(said: Said) -> tuple[str, str, str]:
    claim, event = said
    day = _counted_to(claim)
    return day.isoformat() if day else "", claim.id, event.id


def _counted_to(claim: Assertion) -> dt.date | None:
    """The day up to which its words say that it counts, else the day from which it is known."""
    return claim.as_of or claim.stated


def speaker(claim: Assertion) -> str:
    """Who answers for a claim: the claimant, else the voice of the article."""
    return claim.claimant or claim.voice


def _between(earlier: Said, later: Said) -> Iterator[ClaimLink]:
    """The links between two claims, the earlier given first."""
    if speaker(earlier[0]) == speaker(later[0]):
        yield from _superseding(earlier[0], later[0])
        return
    reasons = list(_contradictions(earlier, later))
    for reason in reasons[:1]:
        yield ClaimLink("contradicts", later[0].id, earlier[0].id, reason)
    if not reasons:
        yield from _corroborations(earlier, later)
    yield from _responses(earlier, later)


def _superseding(earlier: Assertion, later: Assertion) -> Iterator[ClaimLink]:
    """A later count of the same thing by the same claimant, where it differs."""
    before, after = _counted_to(earlier), _counted_to(later)
    if before and after and before < after:
        for old, new in _counts(earlier, later):
            if (old.low, old.best, old.high) != (new.low, new.best, new.high):
                yield ClaimLink("supersedes", later.id, earlier.id, f"{new.measure}: a later count")
                return


def _contradictions(one: Said, other: Said) -> Iterator[str]:
    negative = one[0] if one[0].polarity == "negative" else other[0]
    if _same_statement(one, other) and one[0].polarity != other[0].polarity and negative.claimant:
        yield "asserted and denied"
    for ours, theirs in _counts(one[0], other[0]):
        if not can_both_hold(ours, theirs):
            yield f"{ours.measure}: counts that cannot both hold"
    if one[0].polarity == other[0].polarity == "positive" and _attackers_differ(one, other):
        yield "different attackers"


def _corroborations(one: Said, other: Said) -> Iterator[ClaimLink]:
    if one[0].polarity != other[0].polarity or DENYING in (one[0].stance, other[0].stance):
        return
    pairs = list(_counts(one[0], other[0]))
    if pairs:
        yield ClaimLink("corroborates", other[0].id, one[0].id, f"{pairs[0][0].measure}: counts that can both hold")
    elif _same_statement(one, other) and not (one[0].figures and other[0].figures):
        yield ClaimLink("corroborates", other[0].id, one[0].id, "the same event")


def _responses(one: Said, other: Said) -> Iterator[ClaimLink]:
    """A denial or a confirmation responds to what others state of the same event."""
    for response, stated in ((other, one), (one, other)):
        answers = response[0].stance in RESPONDING - {RESPONSIBILITY} and stated[0].stance not in RESPONDING
        if answers and _may_answer(response[1], stated[1]) and _same_statement(response, stated):
            yield ClaimLink("respondsTo", response[0].id, stated[0].id, response[0].stance)


def _may_answer(response: Description, stated: Description) -> bool:
    """Whether a response may be about a claim: in one article, about what was told before it or beside it."""
    if response.article != stated.article:
        return True
    return response.id == stated.id or stated.sentence <= response.sentence


def _same_statement(one: Said, other: Said) -> bool:
    """Whether the events of two claims are of one type, or of two that go by both names ("air strike", "bombing").

    A killing is not denied by who denies another's injury.
    """
    ours, theirs = one[1], other[1]
    related = ours.type == theirs.type or ours.type in theirs.families or theirs.type in ours.families
    return ours.id == theirs.id or related or frozenset({ours.type, theirs.type}) in KINDRED


def _attackers_differ(one: Said, other: Said) -> bool:
    ours, theirs = _attackers(one[1]), _attackers(other[1])
    return bool(ours and theirs) and ours.isdisjoint(theirs) and _same_statement(one, other)


def _attackers(event: Description) -> frozenset[str]:
    """Attackers that are known beyond their article: "the jets" and "the rebels" may be anybody's."""
    attackers = (each.id for each in event.fillers if each.role == "attacker")
    return frozenset(each for each in attackers if not each.startswith("article/"))


def _counts(one: Assertion, other: Assertion) -> Iterator[tuple[Figure, Figure]]:
    """The pairs of figures that count the same: measure, unit and population equal, neither a wider total."""
    for ours in counts(one):
        for theirs in counts(other):
            same = (ours.measure, ours.population) == (theirs.measure, theirs.population)
            if same and _units_agree(ours, theirs):
                yield ours, theirs


def _units_agree(one: Figure, other: Figure) -> bool:
    return one.unit is None or other.unit is None or one.unit == other.unit
