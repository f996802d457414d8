"""The edges that people ask for by name, as one article supports them: spokesperson-said, strike-on, located-near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Event, Link, Quotation
from kg.resolve.vocabulary import make_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kg.records import Membership, Resolution, Schema, TextSpan
    from kg.resolve.vocabulary import Words

#: Types whose whole subtree counts as a strike on somebody or something.
STRIKE_ROOTS = frozenset({"Attack"})
TARGET_ROLES = frozenset({"target", "victim"})
#: Concepts of posts whose holder speaks for somebody, whether or not the article says for whom.
OFFICES = frozenset(
    {"Spokesperson", "President", "PrimeMinister", "Minister", "Monarch", "Mayor", "Commander", "Diplomat"}
)
#: Those who speak for a body where one is named: "a ministry official", "the fund's director". Experts, reporters,
#: witnesses and legislators speak for themselves.
OFFICERS = frozenset({"Post", "Executive", "SecurityOfficer"})


def strike_types(schema: Schema) -> frozenset[str]:
    """The event types that `strikeOn` holds for: the strike roots and all that is narrower."""
    broader = {concept.name: concept.broader for concept in schema.events.concepts}

    def is_strike(name: str) -> bool:
        return name in STRIKE_ROOTS or any(is_strike(each) for each in broader.get(name, ()))

    return frozenset(name for name in broader if is_strike(name))


def make_links(schema: Schema) -> Callable[[Resolution], tuple[Link, ...]]:
    """Prepare the rules for the event types of the ontology."""
    strikes, words = strike_types(schema), make_words(schema)

    def links(resolution: Resolution) -> tuple[Link, ...]:
        """Every edge once, with the first words that support it."""
        found = [
            *_said(resolution, words),
            *_strike_on(resolution, strikes),
            *(Link("locatedNear", each.subject, each.anchor, each.evidence) for each in resolution.proximities),
        ]
        first = {(link.predicate, link.subject, link.object): link for link in reversed(found)}
        return tuple(reversed(first.values()))

    return links


def _said(resolution: Resolution, words: Words) -> Iterator[Link]:
    denotes = dict(resolution.denotes)
    officials = frozenset(each.person for each in resolution.memberships if _is_official(each, words))
    for number, quotation in enumerate(resolution.extraction.of(Quotation), 1):
        speaker = next((denotes[span] for span in quotation.source if span in denotes), None)
        if speaker and not quotation.negated:
            predicate = "spokespersonSaid" if speaker in officials else "said"
            evidence = (quotation.cue or quotation.source or quotation.content)[0]
            yield Link(predicate, speaker, f"article/{resolution.document.id}/quotation/{number}", evidence)


def _is_official(membership: Membership, words: Words) -> bool:
    """Whether whoever holds this post speaks for a body: "an official" alone says nothing, nor does a rank."""
    concept = words.concept(membership.role) if membership.role else None
    if membership.organization is None:
        return concept in OFFICES
    return concept in OFFICES | OFFICERS or (membership.role is None and membership.rank is not None)


def _strike_on(resolution: Resolution, strikes: frozenset[str]) -> Iterator[Link]:
    """Attacker on target, victim or, where neither is said, place; only where some claim says that it happened."""
    denotes = dict(resolution.denotes)
    claims = resolution.claims
    said = {claim.about for claim in claims if claim.polarity == "positive" and claim.temporality == "nonFuture"}
    for event in resolution.extraction.of(Event):
        if event.type in strikes and event in said:
            struck = _fillers(event, TARGET_ROLES, denotes) or _fillers(event, {"place"}, denotes)
            for attacker in _fillers(event, {"attacker"}, denotes):
                yield from (Link("strikeOn", attacker, each, event.trigger) for each in struck if each != attacker)


def _fillers(event: Event, roles: Collection[str], denotes: Mapping[TextSpan, str]) -> list[str]:
    return [denotes[each.span] for each in event.arguments if each.role in roles and each.span in denotes]
