"""One article on its way into RDF: what its records are called, and which of its words were referred to."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.graph.terms import KG, Term, Triple, node, text, word
from kg.records import Event, Figure, Mention, Quotation
from kg.vocab.publishers import publisher_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from kg.records import Document, Entity, Finding, Proximity, Resolution, Run, TextSpan, Timing
    from kg.vocab import Iris

Numbered = Event | Figure | Quotation
#: What may be left unwritten: a thing that words name in passing ("the road") and that no statement speaks of.
PASSING = frozenset({"Thing", "Group", "Facility", "Vehicle", "Weapon"})
KINDS = {Event: "event", Figure: "figure", Quotation: "quotation"}


class Article:
    """Look-ups over one resolution. `span` remembers the words that a statement rests on: they become mentions."""

    def __init__(self, resolution: Resolution, iris: Iris, run: Run, publishers: Mapping[str, str]) -> None:
        self.resolution = resolution
        self.document: Document = resolution.document
        self.iris = iris
        self.run = run
        self.publishers = publishers
        self.node = node(iris.article(self.document.id))
        passing = _passing(resolution, iris)
        self.denotes: dict[TextSpan, str] = {span: each for span, each in resolution.denotes if each not in passing}
        self.entities: dict[str, Entity] = {each.id: each for each in resolution.entities if each.id not in passing}
        self.timings: dict[TextSpan, Timing] = {timing.span: timing for timing in resolution.timings}
        self.found: dict[Numbered, Finding] = _findings(resolution)
        self.names: dict[Numbered, ox.NamedNode] = dict(self._names())
        self.spans: dict[TextSpan, str] = {}
        self._entities: dict[str, ox.NamedNode] = {}
        self._spots: dict[TextSpan, ox.NamedNode] = {}
        self.sentences = _sentences(resolution)
        self._starts = {where: [each.start for each in spans] for where, spans in self.sentences.items()}

    def _names(self) -> Iterator[tuple[Numbered, ox.NamedNode]]:
        """Records by their number in the extraction; what only a claim or an event knows comes after them."""
        extraction = self.resolution.extraction
        known: dict[type, list[Numbered]] = {
            Event: list(extraction.of(Event)),
            Figure: list(extraction.of(Figure)),
            Quotation: list(extraction.of(Quotation)),
        }
        for record in _referred(self.resolution):
            known[type(record)].append(record)
        for kind, records in known.items():
            first = {record: number for number, record in reversed(list(enumerate(records, 1)))}
            for record, number in first.items():
                yield record, self.record(KINDS[kind], number)

    def record(self, kind: str, number: int) -> ox.NamedNode:
        """The name of the article's record with this number."""
        return node(self.iris.record(self.document.id, kind, number))

    def of(self, path: str) -> ox.NamedNode:
        """The name of an entity or of another record, by its id."""
        found = self._entities.get(path)
        if found is None:
            found = self._entities[path] = node(self.iris.of(path))
        return found

    def entity(self, span: TextSpan | None) -> Iterator[ox.NamedNode]:
        """What the words refer to, if they refer to something."""
        if span is not None and span in self.denotes:
            yield self.of(self.denotes[span])

    def span(self, span: TextSpan, found_by: str) -> ox.NamedNode:
        """The mention that these words are; it is written once, at the end."""
        self.spans.setdefault(span, found_by)
        return self.spot(span)

    def spot(self, span: TextSpan) -> ox.NamedNode:
        """The name of these words."""
        found = self._spots.get(span)
        if found is None:
            found = self._spots[span] = node(self.iris.span(span))
        return found

    def words(self, span: TextSpan) -> ox.Literal:
        """The words of a span, as the article has them."""
        return text(self.document.words(span))

    def sentence(self, span: TextSpan) -> TextSpan | None:
        """The sentence that a span starts in."""
        sentences = self.sentences.get(span.part, ())
        at = bisect_right(self._starts.get(span.part, ()), span.start) - 1
        return sentences[at] if at >= 0 and span.start < sentences[at].end else None

    def own(self, subject: ox.NamedNode, found_by: str, confidence: Iterable[Term] = ()) -> Iterator[Triple]:
        """What every node of an article has, so that stores without named graphs lose nothing."""
        yield subject, KG.article, self.node
        yield subject, KG.foundBy, word(found_by)
        for each in confidence:
            yield subject, KG.confidence, each

    def publisher(self) -> str:
        """The id of whoever speaks where the article speaks in its own voice."""
        return publisher_id(self.document, self.publishers)

    def nearness(self) -> tuple[Proximity, ...]:
        """The article's proximities, in order."""
        return self.resolution.proximities


def _passing(resolution: Resolution, iris: Iris) -> frozenset[str]:
    """The article's own things that have no name and no part in any statement: a quarter of all entities, unread."""
    idle = {each.id for each in resolution.entities if each.type in PASSING and not iris.shared(each.id)}
    named = {mention.span for mention in resolution.extraction.of(Mention) if mention.kind == "name"}
    told = {*named, *_told(resolution)}
    idle -= {each for span, each in resolution.denotes if span in told}
    for link in resolution.links:
        idle -= {link.subject, link.object}
    for proximity in resolution.proximities:
        idle -= {proximity.subject, proximity.anchor}
    return frozenset(idle)


def _told(resolution: Resolution) -> Iterator[TextSpan]:
    """The words that statements rest on, and what these refer to is told of."""
    for event in resolution.extraction.of(Event):
        yield from (argument.span for argument in event.arguments)
    for quotation in resolution.extraction.of(Quotation):
        yield from quotation.source
        yield from filter(None, (quotation.addressee, quotation.accused))
    yield from (claim.evidence for claim in resolution.claims)


def _findings(resolution: Resolution) -> dict[Numbered, Finding]:
    found = [each for each in resolution.extraction.findings if isinstance(each.record, Event | Figure | Quotation)]
    return {each.record: each for each in reversed(found)}  # type: ignore[misc]  # the filter chose these kinds


def _referred(resolution: Resolution) -> Iterator[Numbered]:
    """Records that others point to, whether or not the extraction lists them."""
    for event in resolution.extraction.of(Event):
        yield from event.figures
    for claim in resolution.claims:
        yield from claim.figures
        yield from filter(None, (claim.about, claim.quotation))
    for quotation in resolution.extraction.of(Quotation):
        yield from filter(None, (quotation.reported_by,))


def _sentences(resolution: Resolution) -> dict[str, tuple[TextSpan, ...]]:
    """Sentences by part, in order; those that mentions name where the extraction lists none."""
    known = set(resolution.extraction.sentences)
    known.update(found.record.sentence for found in resolution.extraction.findings if hasattr(found.record, "sentence"))
    parts: dict[str, tuple[TextSpan, ...]] = {}
    for span in sorted(known):
        parts[span.part] = (*parts.get(span.part, ()), span)
    return parts
