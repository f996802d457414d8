"""The edges that people ask for by name, as one article supports them: said, spokesperson-said, strike-on, located-near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Claim, Event, Link, Quotation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.records import Document, Extraction, Membership, Proximity, Schema, TextSpan

#: Types whose whole subtree counts as a strike on somebody or something.
STRIKE_ROOTS = frozenset({"Attack"})
TARGET_ROLES = frozenset({"target", "victim"})


def strike_types(schema: Schema) -> frozenset[str]:
    """The event types that `strikeOn` holds for: the strike roots and all that is narrower."""
    broader = {concept.name: concept.broader for concept in schema.events.concepts}

    def is_strike(name: str) -> bool:
        return name in STRIKE_ROOTS or any(is_strike(each) for each in broader.get(name, ()))

    return frozenset(name for name in broader if is_strike(name))


def make_links(schema: Schema) -> Callable[..., tuple[Link, ...]]:
    """Prepare the rules for the event types of the ontology."""
    strikes = strike_types(schema)

    def links(  # noqa: PLR0913  # the parts of a Resolution that edges rest on
        document: Document,
        extraction: Extraction,
        denotes: Mapping[TextSpan, str],
        memberships: Iterable[Membership],
        proximities: Iterable[Proximity],
        claims: Iterable[Claim],
    ) -> tuple[Link, ...]:
        """Every edge once, with the first words that support it."""
        speakers = _spokespersons(memberships)
        found = [
            *_said(document, extraction.of(Quotation), denotes, speakers),
            *_strike_on((event for event in extraction.of(Event) if event.type in strikes), denotes, claims),
            *(Link("locatedNear", each.subject, each.anchor, each.evidence) for each in proximities),
        ]
        return tuple({(link.predicate, link.subject, link.object): link for link in reversed(found)}.values())[::-1]

    return links


def _spokespersons(memberships: Iterable[Membership]) -> frozenset[str]:
    """Who holds a post or speaks for an organization."""
    return frozenset(each.person for each in memberships if each.role or each.organization)


def _said(
    document: Document, quotations: Iterable[Quotation], denotes: Mapping[TextSpan, str], speakers: frozenset[str]
) -> Iterator[Link]:
    for number, quotation in enumerate(quotations, 1):
        speaker = next((denotes[span] for span in quotation.source if span in denotes), None)
        if speaker and not quotation.negated:
            predicate = "spokespersonSaid" if speaker in speakers else "said"
            evidence = (quotation.cue or quotation.source or quotation.content)[0]
            yield Link(predicate, speaker, f"article/{document.id}/quotation/{number}", evidence)


def _strike_on(events: Iterable[Event], denotes: Mapping[TextSpan, str], claims: Iterable[Claim]) -> Iterator[Link]:
    """Attacker on target, victim or, where neither is said, place; only where some claim says that it happened."""
    said = {claim.about for claim in claims if claim.polarity == "positive" and claim.temporality == "nonFuture"}
    for event in events:
        if event in said:
            for attacker in _fillers(event, {"attacker"}, denotes):
                struck = _fillers(event, TARGET_ROLES, denotes) or _fillers(event, {"place"}, denotes)
                yield from (Link("strikeOn", attacker, each, event.trigger) for each in struck if each != attacker)


def _fillers(event: Event, roles: Iterable[str], denotes: Mapping[TextSpan, str]) -> list[str]:
    return [denotes[each.span] for each in event.arguments if each.role in roles and each.span in denotes]
