"""A part of the graph as a scene: a few statements with all that they rest on, read where queries run.

What belongs to the statements is copied, and projected by `kg.view.projection` as the whole would be: so a statement
looks the same in the service and in a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.view.passages import Span, article_of, span_of
from kg.view.projection import project_tables
from kg.view.reading import SPANS, WANTED
from kg.view.triples import TYPE, read_triples
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.view.scene import Scene
    from kg.view.triples import Triple

#: From a claim to its event, to the mentions of its arguments, to what they denote, to what that is folded into.
STEPS = 5
ARTICLE_ID = re.compile(r"article/[^/#]+")
RECORDS = ("claim", "event", "quotation", "figure", "membership", "proximity")
RECORD = re.compile(rf"article/[^/#]+/(?:title/)?(?P<sort>{'|'.join(RECORDS)})/\d+")


def _iris(*curies: str) -> tuple[ox.NamedNode, ...]:
    parts = (curie.partition(":") for curie in sorted(set(curies)))
    return tuple(ox.NamedNode(PREFIXES[prefix] + name) for prefix, _, name in parts)


def _columns(*kinds: str) -> tuple[ox.NamedNode, ...]:
    return _iris("rdf:type", *(each for kind in kinds for each in WANTED[kind][1]))


def _values(*terms: ox.NamedNode) -> frozenset[str]:
    return frozenset(term.value for term in terms)


OF_RECORDS = _values(*_columns("claims", "events", "quotations", "figures", "memberships", "nearness"))
#: What statements ask of whoever plays a part: all else of a node the overview has.
OF_OTHERS = _iris("rdf:type", "rdfs:label", "owl:sameAs")
#: What is asked of other resources than records, by their sort.
OUT = {"mention": _iris("kg:denotes"), "article": _columns("articles"), "place": OF_OTHERS, "other": OF_OTHERS}
#: Statements whose subject is found from their object, by the sort of the object.
INVERSE = {
    "quotation": _iris("kg:said", "kg:spokespersonSaid"),
    "proximity": _iris("kg:near"),
    "place": _iris("kg:territory"),
}
#: Properties whose values are mentions that nobody asks what they denote.
PASSAGES = _values(*_iris("kg:evidence", "kg:trigger", *SPANS))
LINKED = _values(*_iris("kg:contradicts", "kg:respondsTo"))
CORROBORATES, ARTICLE, SENTENCE, EXACT = (
    _iris(curie)[0] for curie in ("kg:corroborates", "kg:Article", "kg:Sentence", "kg:exact")
)


@dataclass(frozen=True, slots=True)
class Portion:
    """Asks a worker for these statements, by their ids under the namespace of the data."""

    base: str
    statements: tuple[str, ...]

    def answer(self, store: ox.Store, _: int) -> Scene:
        """The scene; its nodes have the weight that they have in it."""
        tables, links = read_triples(_Copy(store, self.base).of(self.statements), self.base)
        return project_tables(tables, links, "")


class _Copy:
    """What belongs to some statements, followed step by step."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self._store, self._base = store, base

    def of(self, statements: Iterable[str]) -> Iterator[Triple]:
        first = {self._base + each for each in statements}
        todo, seen = sorted(first), set(first)
        spans: set[Span] = set()
        for _ in range(STEPS):
            found: set[str] = set()
            for triple in self._told(todo, first):
                yield triple
                ends = self._ends(triple)
                if triple[1] in PASSAGES:  # of these only where they stand is asked
                    spans.update(span for end in ends if (span := span_of(end.removeprefix(self._base))))
                else:
                    found.update(ends)
            spans.update(span for each in found if (span := span_of(each.removeprefix(self._base))))
            found.update(self._base + article_of(each.removeprefix(self._base)) for each in todo if RECORD.search(each))
            todo = sorted(found - seen)
            seen |= found
        yield from self._sentences(spans)

    def _told(self, todo: Iterable[str], first: set[str]) -> Iterator[Triple]:
        """What is said of some resources, as far as a scene shows it."""
        records: list[str] = []
        for each in todo:
            sort = _sort(each.removeprefix(self._base))
            if sort in RECORDS:
                records.append(each)
            for predicate in OUT.get(sort, ()):
                for quad in self._store.quads_for_pattern(ox.NamedNode(each), predicate, None):
                    yield each, predicate.value, quad.object
            for predicate in INVERSE.get(sort, ()):
                for quad in self._store.quads_for_pattern(None, predicate, ox.NamedNode(each)):
                    yield _iri(quad.subject), predicate.value, quad.object
        yield from (triple for triple in self._of_records(records) if _shown(triple, first))

    def _of_records(self, records: Sequence[str]) -> Iterator[Triple]:
        """All that is said of some records, by one query: subject and graph, which are known, are not read again."""
        given = " ".join(f"({n} {ox.NamedNode(each)})" for n, each in enumerate(records))
        for n, predicate, value in self._rows(
            f"?n ?p ?o WHERE {{ VALUES (?n ?s) {{ {given} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        ):
            if predicate.value in OF_RECORDS:
                yield records[int(n.value)], predicate.value, value

    def _rows(self, sparql: str) -> Iterable[Any]:
        return self._store.query(f"SELECT {sparql}")  # type: ignore[return-value]  # rows

    def _ends(self, triple: Triple) -> Iterator[str]:
        """The resources of the data at the ends of a statement."""
        return (end for end in (triple[0], _iri(triple[2])) if end.startswith(self._base))

    def _sentences(self, spans: Iterable[Span]) -> Iterator[Triple]:
        """The sentences that share a character with one of the spans."""
        marked = _by_article(spans)
        graphs = " ".join(f"{ox.NamedNode(f'{self._base}{article}/graph')}" for article in marked)
        found = self._rows(f"?s WHERE {{ VALUES ?g {{ {graphs} }} GRAPH ?g {{ ?s a {SENTENCE} }} }}")
        for each in (row[0] for row in found):
            if _touched(span_of(each.value.removeprefix(self._base)), marked):
                yield each.value, TYPE, SENTENCE
                for quad in self._store.quads_for_pattern(each, EXACT, None):
                    yield each.value, EXACT.value, quad.object
        yield from ((self._base + article, TYPE, ARTICLE) for article in marked)


def _sort(path: str) -> str:
    """What sort of resource stands at a path: a record's name, mention, article, place, or other."""
    if "#" in path:
        return "mention"
    if record := RECORD.fullmatch(path):
        return record["sort"]
    return "article" if ARTICLE_ID.fullmatch(path) else "place" if path.startswith("place/") else "other"


def _shown(triple: Triple, first: set[str]) -> bool:
    """Claims are shown with what contradicts them; what that is linked with again is not."""
    subject, predicate, value = triple
    if predicate in LINKED:
        return subject in first
    return predicate != CORROBORATES.value or {subject, _iri(value)} <= first


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _by_article(spans: Iterable[Span]) -> Mapping[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for span in sorted(spans):
        found.setdefault(span.spot[0], []).append(span)
    return found


def _touched(sentence: Span | None, marked: Mapping[str, list[Span]]) -> bool:
    """Whether a sentence shares a character with one of the spans of its article."""
    return sentence is not None and any(_touch(sentence, each) for each in marked.get(sentence.spot[0], ()))


def _touch(one: Span, other: Span) -> bool:
    return one.spot == other.spot and one.start < other.end and other.start < one.end
