"""Records to triples: one writer for each kind of record. Roles and relations are properties named as in records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.terms import (
    BOUND,
    CERTAINTY,
    EV,
    KG,
    MEASURE,
    MODALITY,
    POLARITY,
    RDF,
    STANCE,
    TEMPORALITY,
    TENSE,
    TRUE,
    Triple,
    concept,
    decimal,
    moment,
    text,
    word,
)
from kg.records import Event, Figure, Quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kg.graph.article import Article, Numbered
    from kg.records import Claim, TextSpan, Timing


def quotations(article: Article) -> Iterator[Triple]:
    """Source, cue and content, the words of each and what they refer to."""
    for record, me in article.names.items():
        if isinstance(record, Quotation):
            yield from _quotation(article, record, me)
            yield from _provenance(article, record, me)


def _quotation(article: Article, record: Quotation, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, RDF.type, KG.Quotation
    yield me, KG.quotationKind, word(record.kind)
    yield me, KG.stance, STANCE[record.stance]
    for name in ("content", "cue", "source"):
        yield from _runs(article, record, me, name)
    for entity in article.entity(record.addressee):
        yield me, KG.addressee, entity
    for entity in article.entity(record.accused):
        yield me, KG.accused, entity
    if record.reported_by is not None:
        yield me, KG.reportedBy, article.names[record.reported_by]
    if record.negated:
        yield me, KG.negated, TRUE
        for entity in _first_entity(article, record.source):
            yield me, KG.attributedTo, entity


def _runs(article: Article, record: Quotation, me: ox.NamedNode, name: str) -> Iterator[Triple]:
    """The words as one string, and each unbroken run of them as a mention."""
    spans: tuple[TextSpan, ...] = getattr(record, name)
    if spans and name != "source":
        yield me, KG[name], text(" ".join(map(article.document.words, spans)))
    for span in spans:
        yield me, KG[f"{name}Mention"], article.span(span, _found_by(article, record))


def _first_entity(article: Article, spans: Iterable[TextSpan]) -> list[ox.NamedNode]:
    return [entity for span in spans for entity in article.entity(span)][:1]


def events(article: Article) -> Iterator[Triple]:
    """One description each: its type, its roles as properties, the words of its trigger, arguments and time."""
    causes = {record.trigger: me for record, me in reversed(article.names.items()) if isinstance(record, Event)}
    for record, me in article.names.items():
        if isinstance(record, Event):
            yield from _event(article, record, me)
            yield from _arguments(article, record, me)
            yield from _time(article, record.time, me)
            yield from _provenance(article, record, me)
            if record.caused_by in causes:
                yield me, KG.causedBy, causes[record.caused_by]


def _event(article: Article, record: Event, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, RDF.type, KG.Event
    yield me, KG.eventType, EV[record.type]
    yield me, KG.trigger, article.span(record.trigger, _found_by(article, record))
    yield me, KG.polarity, POLARITY[record.polarity]
    yield me, KG.modality, MODALITY[record.modality]
    yield me, KG.tense, TENSE[record.tense]
    for figure in record.figures:
        yield me, KG.figure, article.names[figure]


def _arguments(article: Article, record: Event, me: ox.NamedNode) -> Iterator[Triple]:
    for argument in record.arguments:
        yield me, KG.argumentMention, article.span(argument.span, _found_by(article, record))
        for entity in article.entity(argument.span):
            yield me, KG["inheritedPlace" if argument.inherited else argument.role], entity


def _time(article: Article, span: TextSpan | None, me: ox.NamedNode) -> Iterator[Triple]:
    if span is None:
        return
    yield me, KG.timeText, article.words(span)
    timing = article.timings.get(span)
    if timing:
        yield from bounds(me, timing)
        yield me, KG.timePrecision, word(timing.precision)


def bounds(me: ox.NamedNode, timing: Timing) -> Iterator[Triple]:
    """The earliest and the latest moment, where they are known."""
    if timing.earliest:
        yield me, KG.earliest, moment(timing.earliest)
    if timing.latest:
        yield me, KG.latest, moment(timing.latest)


def figures(article: Article) -> Iterator[Triple]:
    """Numbers as intervals, with the words that they were."""
    for record, me in article.names.items():
        if isinstance(record, Figure):
            yield from _figure(article, record, me)
            yield from _counted(article, record, me)
            yield from _provenance(article, record, me)


def _figure(article: Article, record: Figure, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, RDF.type, KG.Figure
    yield me, KG.evidence, article.span(record.span, _found_by(article, record))
    yield me, KG.literal, article.words(record.span)
    yield me, KG.bound, BOUND[record.bound]
    for name in ("low", "best", "high"):
        if (number := getattr(record, name)) is not None:
            yield from ((me, KG[name], each) for each in decimal(number))


def _counted(article: Article, record: Figure, me: ox.NamedNode) -> Iterator[Triple]:
    """What is counted, and as of when."""
    yield from ((me, KG.measure, each) for each in concept(MEASURE, record.measure))
    if record.unit:
        yield me, KG.unit, text(record.unit)
    if record.population:
        yield me, KG.population, text(record.population)
    if record.cumulative:
        yield me, KG.cumulative, TRUE
    if record.as_of:
        yield me, KG.asOfText, article.words(record.as_of)
        if (timing := article.timings.get(record.as_of)) and timing.latest:
            yield me, KG.asOf, moment(timing.latest)


def claims(article: Article) -> Iterator[Triple]:
    """Who states what, with which stance and how surely; without a claimant it is the publisher's own voice."""
    for number, claim in enumerate(article.resolution.claims, 1):
        me = article.record("claim", number)
        yield from _claim(article, claim, me)
        yield from article.own(me, _claim_found_by(article, claim))


def _claim(article: Article, claim: Claim, me: ox.NamedNode) -> Iterator[Triple]:
    yield me, RDF.type, KG.Claim
    yield me, KG.claimant, article.of(claim.claimant or article.publisher())
    yield me, KG.stance, STANCE[claim.stance]
    yield me, KG.certainty, CERTAINTY[claim.certainty]
    yield me, KG.polarity, POLARITY[claim.polarity]
    yield me, KG.temporality, TEMPORALITY[claim.temporality]
    yield me, KG.evidence, article.span(claim.evidence, _claim_found_by(article, claim))
    if claim.about:
        yield me, KG.about, article.names[claim.about]
    for figure in claim.figures:
        yield me, KG.states, article.names[figure]
    if claim.quotation:
        yield me, KG.inQuotation, article.names[claim.quotation]


def _claim_found_by(article: Article, claim: Claim) -> str:
    """A claim is read off a quotation or an event: whoever found that found the claim."""
    for record in filter(None, (claim.quotation, claim.about, *claim.figures)):
        if record in article.found:
            return article.found[record].found_by
    return "claims"


def links(article: Article) -> Iterator[Triple]:
    """The edges that people ask for by name. A spokesperson who said something also said it."""
    for link in article.resolution.links:
        subject, target = article.of(link.subject), article.of(link.object)
        if link.predicate != "strikeOn":
            yield subject, KG[link.predicate], target
        if link.predicate == "spokespersonSaid":
            yield subject, KG.said, target
        if link.predicate in {"said", "spokespersonSaid"}:
            yield target, KG.speaker, subject


def strikes(article: Article) -> Iterator[Triple]:
    """`strikeOn`, an inference over events and claims, which goes to a graph of its own."""
    for link in article.resolution.links:
        if link.predicate == "strikeOn":
            yield article.of(link.subject), KG.strikeOn, article.of(link.object)


def _found_by(article: Article, record: Numbered) -> str:
    return article.found[record].found_by if record in article.found else "claims"


def _provenance(article: Article, record: Numbered, me: ox.NamedNode) -> Iterator[Triple]:
    finding = article.found.get(record)
    confidence = decimal(finding.confidence) if finding and finding.confidence is not None else ()
    yield from article.own(me, _found_by(article, record), confidence)
