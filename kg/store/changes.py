"""From new articles to the quads to add and to remove, so that one transaction makes the store what it should be.

An article's own graphs are replaced. The two shared graphs hold one description of each entity, and an article counts
for an entity as long as its graph has a `kg:preferredName` for it: the best of these names is the label (a total order,
so that the order of articles does not matter), and what nobody names any more is removed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocab import KG, PREFIXES, Iris
from kg.vocab.iris import article_of_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PREFERRED_NAME = ox.NamedNode(KG + "preferredName")
FINGERPRINT = ox.NamedNode(KG + "fingerprint")
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
EXACT_MATCH = ox.NamedNode(PREFIXES["skos"] + "exactMatch")
GEOMETRY = ox.NamedNode(PREFIXES["geo"] + "hasGeometry")

#: pyoxigraph's types allow for blank nodes and the default graph, of which our quads have none.
Quad = Any
Quads = set[Quad]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article to be stored: its id, what its reading depended on (any string), its quads."""

    id: str
    fingerprint: str
    quads: Sequence[Quad]


@dataclass(slots=True)
class Change:
    """Quads to add and to remove, and graphs that are given up; `fresh` are added to graphs that were not there."""

    fresh: list[Quad] = field(default_factory=list)
    added: Quads = field(default_factory=set)
    removed: Quads = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)


def base_of(quads: Iterable[Quad]) -> str | None:
    """The namespace of the data, as the name of an article's graph tells it."""
    for quad in quads:
        if found := article_of_graph(quad.graph_name.value):
            return found[0]
    return None


class Changes:
    """What has to change in a database for some articles to be replaced or withdrawn."""

    def __init__(self, database: ox.Store, iris: Iris) -> None:
        self.database = database
        self.iris = iris
        self.entities, self.reference = ox.NamedNode(iris.entities), ox.NamedNode(iris.reference)
        self.change = Change()
        self._shared: dict[ox.NamedNode, Quads] = defaultdict(set)
        self._added_names: dict[ox.NamedNode, Quads] = defaultdict(set)

    def replace(self, article: NewArticle) -> None:
        """Put an article in the place of the one with its id, if there is one.

        Raises:
            StoreError: Quads are for another article, or under another base IRI than the store's.
        """
        own: dict[str, list[Quad]] = {name: [] for name in self._graphs(article.id)}
        graph = ox.NamedNode(self.iris.graph(article.id))
        mine = own[graph.value]
        mine.append(ox.Quad(graph, FINGERPRINT, ox.Literal(article.fingerprint), graph))
        for quad in article.quads:
            if quad.graph_name == graph:  # nearly all: worth a comparison first
                mine.append(quad)
            elif quad.graph_name in {self.entities, self.reference}:
                self._shared[_owner(quad.subject)].add(quad)
            elif quad.graph_name.value in own:
                own[quad.graph_name.value].append(quad)
            else:
                raise StoreError(f"{quad.graph_name.value}: no graph of article {article.id!r} of this store")
        for name, new in own.items():
            self._replace_graph(name, new)

    def retract(self, article_id: str) -> None:
        """Take an article out."""
        for name in self._graphs(article_id):
            self._replace_graph(name, ())

    def finish(self) -> Change:
        """Settle the shared graphs; the change is then complete."""
        change = self.change
        own = f"{self.iris.base}article/"  # what only one article knows is described in that article's graph
        named = (quad.subject for quad in change.removed if quad.predicate == PREFERRED_NAME)
        doubtful = {subject for subject in named if not subject.value.startswith(own)}
        for quad in chain(change.added, change.fresh) if doubtful else ():
            if quad.predicate == PREFERRED_NAME and quad.subject in doubtful:
                self._added_names[quad.subject].add(quad)
        for subject in sorted({*self._shared, *doubtful}, key=lambda each: each.value):
            self._settle(subject, recount=subject in doubtful)
        both = change.added & change.removed
        change.added -= both
        change.removed -= both
        return change

    def _graphs(self, article_id: str) -> tuple[str, str]:
        return self.iris.graph(article_id), self.iris.article_derived(article_id)

    def _replace_graph(self, name: str, quads: Iterable[Quad]) -> None:
        graph = ox.NamedNode(name)
        if not self.database.contains_named_graph(graph):
            self.change.fresh.extend(quads)
            return
        new, old = set(quads), set(self.database.quads_for_pattern(None, None, None, graph))
        self.change.removed |= old - new
        self.change.added |= new - old
        if not new:
            self.change.dropped.append(name)

    def _settle(self, subject: ox.NamedNode, *, recount: bool) -> None:
        """Decide what the shared graphs say of one entity."""
        old, new = self._described(subject), self._shared[subject]
        labels = {quad.object for quad in (*old, *new) if quad.predicate == LABEL}
        if recount:
            labels = self._names(subject)
            if not labels:
                self.change.removed |= old
                return
        wanted = {quad for quad in _merged(old, new) if quad.predicate != LABEL}
        if labels:
            wanted.add(ox.Quad(subject, LABEL, max(labels, key=_goodness), self.entities))
        self.change.added |= wanted - old
        self.change.removed |= old - wanted

    def _described(self, subject: ox.NamedNode) -> Quads:
        """What the shared graphs say now, the entity's geometry included."""
        found: Quads = set(self.database.quads_for_pattern(subject, None, None, self.entities))
        found.update(self.database.quads_for_pattern(subject, None, None, self.reference))
        for quad in list(found):
            if quad.predicate == GEOMETRY:
                found.update(self.database.quads_for_pattern(quad.object, None, None, self.reference))
        return found

    def _names(self, subject: ox.NamedNode) -> set[Any]:
        """The names that articles will prefer for an entity once this change is made."""
        now = set(self.database.quads_for_pattern(subject, PREFERRED_NAME, None, None))
        return {quad.object for quad in (now - self.change.removed) | self._added_names[subject]}


def _owner(subject: ox.NamedNode) -> ox.NamedNode:
    """The entity that a quad of a shared graph describes: a geometry belongs to its place."""
    return ox.NamedNode(subject.value.removesuffix("/geometry"))


def _merged(old: Quads, new: Quads) -> Iterator[Quad]:
    """New values take the place of old ones, property by property; links to other data sets add up."""
    replaced = {(quad.subject, quad.predicate) for quad in new if quad.predicate != EXACT_MATCH}
    yield from (quad for quad in old if (quad.subject, quad.predicate) not in replaced)
    yield from new


def _goodness(label: ox.Literal) -> tuple[int, int, str]:
    """Which of two spellings is the better label: small letters rather than capitals, marks rather than none."""
    text = label.value
    return sum(map(str.islower, text)), sum(letter > "\x7f" for letter in text), text
