"""Hand the graph to another store, graph by graph, so that it can be cut off and go on; count at the end.

What is there already is left alone: an article's graph states its own fingerprint, and one with the same fingerprint
and the same number of statements needs no second sending. No state is kept on this side.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import ExportError
from kg.export.remote import Remote
from kg.export.targets import TARGETS
from kg.vocab import KG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.export.remote import Credentials
    from kg.store import Store

FINGERPRINT = KG + "fingerprint"


@dataclass(frozen=True, slots=True)
class Report:
    """What a push did: graphs sent, graphs that were there, graphs dropped, and those whose counts differ now."""

    sent: int
    unchanged: int
    dropped: int
    differences: tuple[tuple[str, int, int], ...]

    def __str__(self) -> str:
        """One line, and one for each difference."""
        head = f"{self.sent} graphs sent, {self.unchanged} were there, {self.dropped} dropped"
        lines = [f"{graph}: {here} statements here, {there} there" for graph, here, there in self.differences]
        return "\n".join([f"{head}; {len(lines)} differ in their number of statements", *lines])


def push(  # noqa: PLR0913  # what a user may want to say, by keyword
    store: Store,
    url: str,
    name: str = "oxigraph",
    credentials: Credentials | None = None,
    *,
    prune: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Make another store hold the graphs that this one holds.

    Args:
        store: An open store.
        url: Where the other one is, as `TARGETS[name].url` shows.
        name: What it is: one of `TARGETS`.
        credentials: Who we are there.
        prune: Drop graphs of ours that are there and no longer here.
        progress: Called with the name of each graph that was sent.

    Raises:
        ExportError: The product is unknown, or the store cannot be reached or refused something.
    """
    if name not in TARGETS:
        raise ExportError(f"no target is called {name!r}; there are: {', '.join(TARGETS)}")
    with Remote(TARGETS[name], url, credentials) as remote:
        graphs = [graph for graph in store.graphs() if next(iter(store.quads(graph)), None)]
        waiting = _waiting(store, remote, graphs)
        for graph in waiting:
            remote.put(graph, _batches(store, graph, remote.target.batch))
            progress(graph)
        dropped = _prune(remote, graphs) if prune else 0
        there = remote.counts(graphs)
    here = {graph: _size(store, graph) for graph in graphs}
    differences = tuple(
        (graph, here[graph], there.get(graph, 0)) for graph in graphs if here[graph] != there.get(graph, 0)
    )
    return Report(len(waiting), len(graphs) - len(waiting), dropped, differences)


def _waiting(store: Store, remote: Remote, graphs: list[str]) -> list[str]:
    """The graphs that must be sent; those that say nothing of their state always are."""
    marks = {graph: mark for graph in graphs if (mark := _mark(store, graph))}
    marked = list(marks)
    there, counts = remote.marks(marked, FINGERPRINT), remote.counts(marked)
    same = {
        graph for graph, mark in marks.items() if there.get(graph) == mark and counts.get(graph) == _size(store, graph)
    }
    return [graph for graph in graphs if graph not in same]


def _mark(store: Store, graph: str) -> str | None:
    node = ox.NamedNode(graph)
    found = next(iter(store.database.quads_for_pattern(node, ox.NamedNode(FINGERPRINT), None, node)), None)
    return str(getattr(found.object, "value", "")) if found else None


def _size(store: Store, graph: str) -> int:
    return sum(1 for _ in store.quads(graph))


def _batches(store: Store, graph: str, size: int) -> Iterator[bytes]:
    """The statements of a graph as N-Triples, so many at a time."""
    triples = (quad.triple for quad in store.quads(graph))
    while batch := list(islice(triples, size)):
        yield ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b""


def _prune(remote: Remote, graphs: list[str]) -> int:
    """Drop what is there under our names and not here: articles that were withdrawn, and what was derived from them."""
    base = next((graph.partition("article/")[0] for graph in graphs if graph.endswith("/graph")), None)
    if base is None:
        return 0
    query = f'SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{base}")) }}'
    gone = sorted({row["g"] for row in remote.select(query)} - set(graphs))
    for graph in gone:
        remote.delete(graph)
    return len(gone)


__all__ = ["Report", "push"]
