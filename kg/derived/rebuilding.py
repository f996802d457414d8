"""Decide again what happened, from what the store holds: incidents over all articles, and the links between claims."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.derived.corrections import apply
from kg.derived.reading import Holdings, article_of
from kg.errors import StoreError
from kg.graph import claim_link_quads, incident_quads
from kg.graph.terms import KG
from kg.resolve.disputes import links
from kg.resolve.duplicates import groups
from kg.resolve.incidents import group

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import ClaimLink, Description, Incident
    from kg.store import Store


def rebuild(store: Store) -> None:
    """Replace the graphs `graph/derived/incidents` and `graph/derived/claims` by what the articles say now.

    Corrections are put into effect first: an article that was read anew says again what a reviewer rejected.
    Where that changes anything, the articles that had been there before are noted beside the store: what is new is
    nothing that a graph can say of itself.
    """
    apply(store)
    holdings = Holdings(store)
    _, incidents, found = decided(holdings)
    quads = [*incident_quads(incidents, holdings.base), *claim_link_quads(found, holdings.base)]
    graphs = [f"{holdings.base}graph/derived/{name}" for name in ("incidents", "claims")]
    old = {quad for graph in graphs for quad in store.quads(graph)}
    if old != set(quads):
        _note_before(store, holdings)
        store.set_graphs(quads, *graphs)


def _note_before(store: Store, holdings: Holdings) -> None:
    before = sorted({article_of(holdings.path(event)) for event, _ in holdings.pairs(KG.incident)})
    if store.path:
        _beside(store.path).write_text(json.dumps(before, ensure_ascii=False), encoding="utf-8")


def known_before(store: Store) -> frozenset[str]:
    """The articles that had a part in incidents before the last build that changed any; none where nobody knows."""
    if store.path is None or not _beside(store.path).is_file():
        return frozenset()
    try:
        return frozenset(json.loads(_beside(store.path).read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise StoreError(f"{_beside(store.path)}: is damaged; delete it, and the next build writes it again") from error


def _beside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.before.json")


def decided(holdings: Holdings) -> tuple[tuple[Description, ...], tuple[Incident, ...], tuple[ClaimLink, ...]]:
    """The events of the store, the incidents that they are of, and how the claims on them stand to each other."""
    descriptions = holdings.descriptions(groups(holdings.texts()))
    incidents = group(descriptions)
    return descriptions, incidents, links(descriptions, incidents)
