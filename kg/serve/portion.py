"""A part of the graph as a scene: a few statements with all that they rest on, read where queries run.

What belongs to the statements is copied into a small graph of its own, which `kg.view.projection` then projects as it
would the whole: so a statement looks the same in the service and in a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.view.passages import Span, article_of, span_of
from kg.view.projection import project
from kg.view.reading import SPANS, WANTED
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.view.reading import Ask
    from kg.view.scene import Scene

#: From a claim to its event, to the mentions of its arguments, to what they denote, to what that is folded into.
STEPS = 5
ARTICLE_ID = re.compile(r"article/[^/#]+")
RECORD = re.compile(r"article/[^/#]+/(?:title/)?(?:claim|event|quotation|figure|membership|proximity)/\d+")


def _iris(*curies: str) -> frozenset[ox.NamedNode]:
    parts = (curie.partition(":") for curie in curies)
    return frozenset(ox.NamedNode(PREFIXES[prefix] + name) for prefix, _, name in parts)


def _columns(*kinds: str) -> frozenset[ox.NamedNode]:
    return _iris("rdf:type", *(each for kind in kinds for each in WANTED[kind][1]))


OF_RECORDS = _columns("claims", "events", "quotations", "figures", "memberships", "nearness")
#: What statements ask of an article, and of whoever plays a part: all else of a node the overview has.
OF_ARTICLES = tuple(sorted(_columns("articles"), key=str))
OF_OTHERS = tuple(sorted(_iris("rdf:type", "rdfs:label", "owl:sameAs"), key=str))
#: Statements whose subject is found from their object, by the kind of the object.
INVERSE = {
    "quotation": tuple(sorted(_iris("kg:said", "kg:spokespersonSaid"), key=str)),
    "proximity": tuple(_iris("kg:near")),
}
#: Properties whose values are mentions that nobody asks what they denote.
PASSAGES = _iris("kg:evidence", "kg:trigger", *SPANS)
LINKED = _iris("kg:contradicts", "kg:respondsTo")
CORROBORATES, DENOTES, ARTICLE, TYPE, SENTENCE, EXACT, TERRITORY = (
    next(iter(_iris(curie)))
    for curie in (
        "kg:corroborates", "kg:denotes", "kg:Article", "rdf:type", "kg:Sentence", "kg:exact", "kg:territory"
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Portion:
    """Asks a worker for these statements, by their ids under the namespace of the data."""

    base: str
    statements: tuple[str, ...]

    def answer(self, store: ox.Store, _: int) -> Scene:
        """The scene; its nodes have the weight that they have in it."""
        small = ox.Store()
        small.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in _Copy(store, self.base).of(self))
        ask: Ask = small.query  # type: ignore[assignment]  # what a scene asks for are rows
        return project(ask, "")


class _Copy:
    """What belongs to some statements, followed step by step."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self._store, self._base = store, base

    def of(self, portion: Portion) -> Iterator[ox.Quad]:
        first = {self._base + each for each in portion.statements}
        todo, seen = sorted(first), set(first)
        spans: set[Span] = set()
        for _ in range(STEPS):
            found: set[str] = set()
            for each in todo:
                for quad in self._told(each, first):
                    yield quad
                    ends = self._ends(quad)
                    if quad.predicate in PASSAGES:  # of these only where they stand is asked
                        spans.update(span for end in ends if (span := span_of(end.removeprefix(self._base))))
                    else:
                        found.update(ends)
            spans.update(span for each in found if (span := span_of(each.removeprefix(self._base))))
            found.update(self._base + article_of(each.removeprefix(self._base)) for each in todo if RECORD.search(each))
            todo = sorted(found - seen)
            seen |= found
        yield from self._sentences(spans)

    def _told(self, each: str, first: set[str]) -> Iterator[ox.Quad]:
        """What is said of a resource, as far as a scene shows it."""
        node, path = ox.NamedNode(each), each.removeprefix(self._base)
        if "#" in path:
            yield from self._store.quads_for_pattern(node, DENOTES, None)
        elif RECORD.fullmatch(path):
            for quad in self._store.quads_for_pattern(node, None, None):
                if quad.predicate in OF_RECORDS and self._shown(quad, first):
                    yield quad
            for predicate in INVERSE.get(path.rsplit("/", 2)[-2], ()):
                yield from self._store.quads_for_pattern(None, predicate, node)
        else:
            for predicate in OF_ARTICLES if ARTICLE_ID.fullmatch(path) else OF_OTHERS:
                yield from self._store.quads_for_pattern(node, predicate, None)
            if path.startswith("place/"):
                yield from self._store.quads_for_pattern(None, TERRITORY, node)

    def _shown(self, quad: ox.Quad, first: set[str]) -> bool:
        """Claims are shown with what contradicts them; what that is linked with again is not."""
        if quad.predicate in LINKED:
            return _iri(quad.subject) in first
        return quad.predicate != CORROBORATES or {_iri(quad.subject), _iri(quad.object)} <= first

    def _ends(self, quad: ox.Quad) -> Iterator[str]:
        """The resources of the data at the ends of a statement."""
        for end in (quad.subject, quad.object):
            if (iri := _iri(end)).startswith(self._base):
                yield iri

    def _sentences(self, spans: Iterable[Span]) -> Iterator[ox.Quad]:
        """The sentences that share a character with one of the spans."""
        for article, marked in _by_article(spans).items():
            node = ox.NamedNode(self._base + article)
            yield ox.Quad(node, TYPE, ARTICLE)
            graph = ox.NamedNode(f"{node.value}/graph")
            for quad in self._store.quads_for_pattern(None, TYPE, SENTENCE, graph):
                span = span_of(_iri(quad.subject).removeprefix(self._base))
                if span and any(_touch(span, each) for each in marked):
                    yield quad
                    yield from self._store.quads_for_pattern(quad.subject, EXACT, None, graph)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _by_article(spans: Iterable[Span]) -> Mapping[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for span in sorted(spans):
        found.setdefault(span.spot[0], []).append(span)
    return found


def _touch(one: Span, other: Span) -> bool:
    return one.spot == other.spot and one.start < other.end and other.start < one.end
