"""Decisions on their way into the store: written down first, then put into the derived graphs, a part at a time.

Writing them twice is writing them once, so that a build that was stopped goes on where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.derived.holdings import Holdings
from kg.graph import GRAPHS, claim_link_quads, copy_quads, graph_quads, incident_quads
from kg.graph.terms import KG, node
from kg.vocab import Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.derived.state import State
    from kg.records import ClaimLink, Incident
    from kg.store import Store

#: Subjects whose statements are written together.
PART = 400


@dataclass(frozen=True)
class Decided:
    """Where decisions are written down: what is to be said of each incident and of each copy."""

    state: State
    base: str

    def incident(self, made: Incident, links: Iterable[ClaimLink]) -> None:
        """An incident, with how claims on it stand to each other."""
        quads = [*incident_quads(made, self.base), *claim_link_quads(links, made, self.base)]
        self._note(made.id, quads)

    def copy(self, article: str, original: str) -> None:
        """An article that has the text of another; or of none but its own."""
        self._note(f"article/{article}", copy_quads(article, original, self.base) if article != original else ())

    def gone(self, subjects: Iterable[str]) -> None:
        """Incidents and articles of which nothing is to be said, unless something was noted."""
        rows = ((each,) for each in subjects)
        self.state.connection.executemany("INSERT OR IGNORE INTO pending VALUES (?, '')", rows)

    def _note(self, subject: str, quads: Iterable[ox.Quad]) -> None:
        lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        sql = "INSERT OR REPLACE INTO pending VALUES (?, ?)"
        self.state.connection.execute(sql, (subject, lines.decode() if lines else ""))


def write(store: Store, state: State) -> None:
    """Put what is written down into the store, if anything waits for that."""
    if not state.meta("writing"):
        return
    graphs, afresh = _graphs(store), bool(state.meta("afresh"))
    for graph in graphs.values() if afresh else ():
        store.database.clear_graph(graph)
    while rows := state.connection.execute("SELECT * FROM pending LIMIT ?", (PART,)).fetchall():
        _write_part(store, {} if afresh else graphs, rows)
        state.connection.executemany("DELETE FROM pending WHERE subject = ?", ((row[0],) for row in rows))
        state.commit()
    _describe(store, graphs, state)
    for done in ("writing", "afresh"):
        state.set_meta(done, "")
    state.commit()


def is_current(store: Store, state: State) -> bool:
    """Whether the derived graphs of the store are those that this state has written."""
    return _basis(store, _graphs(store)["incidents"]) == (state.meta("basis") or "")


def _basis(store: Store, graph: ox.NamedNode) -> str:
    found: Iterator[Any] = store.database.quads_for_pattern(graph, KG.basis, None, graph)
    return next((str(quad.object.value) for quad in found), "")


def _graphs(store: Store) -> dict[str, ox.NamedNode]:
    iris = Iris(Holdings(store).base)
    return {name: node(iris.derived(name)) for name in GRAPHS}


def _write_part(store: Store, graphs: dict[str, ox.NamedNode], rows: list[tuple[str, str]]) -> None:
    """Make the store say of some subjects what is written down, and no more than that in these graphs."""
    iris = Iris(Holdings(store).base)
    lines = "".join(quads for _, quads in rows).encode()
    new = set(ox.parse(BytesIO(lines), format=ox.RdfFormat.N_QUADS))
    subjects = (node(iris.of(subject)) for subject, _ in rows) if graphs else ()
    old = {quad for subject in subjects for quad in _said(store.database, graphs, subject)}
    store.patch(new - old, old - new)


def _said(database: Any, graphs: dict[str, ox.NamedNode], subject: ox.NamedNode) -> Iterator[Any]:
    """What the derived graphs say of an incident or of an article's text."""
    yield from database.quads_for_pattern(subject, KG.copyOf, None, graphs["copies"])
    yield from database.quads_for_pattern(subject, None, None, graphs["incidents"])
    yield from database.quads_for_pattern(None, KG.incident, subject, graphs["incidents"])
    for found in database.quads_for_pattern(None, KG.onIncident, subject, graphs["claims"]):
        said = list(database.quads_for_pattern(found.subject, None, None, graphs["claims"]))
        link = {quad.predicate: quad.object for quad in said}
        yield from said
        yield ox.Quad(link[KG.compared], link[KG.relation], link[KG.comparedWith], graphs["claims"])


def _describe(store: Store, graphs: dict[str, ox.NamedNode], state: State) -> None:
    """Each graph that holds something says what it is; the state remembers what the store then rests on."""
    token, base = state.token(), Holdings(store).base
    for name, graph in graphs.items():
        old = set(store.database.quads_for_pattern(graph, None, None, graph))
        held = any(quad not in old for quad in islice(store.quads(graph.value), len(old) + 1))
        new = set(graph_quads(name, token, base)) if held else set()
        store.patch(new - old, old - new)
    state.set_meta("basis", _basis(store, graphs["incidents"]))
