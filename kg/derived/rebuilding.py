"""Decide again what happened, from what the store holds: incidents over all articles, and the links between claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.derived.reading import Holdings
from kg.graph import claim_link_quads, incident_quads
from kg.resolve.disputes import links
from kg.resolve.duplicates import groups
from kg.resolve.incidents import group

if TYPE_CHECKING:
    from kg.records import ClaimLink, Description, Incident
    from kg.store import Store


def rebuild(store: Store) -> None:
    """Replace the graphs `graph/derived/incidents` and `graph/derived/claims` by what the articles say now."""
    holdings = Holdings(store.select)
    _, incidents, found = decided(holdings)
    graphs = [f"{holdings.base}graph/derived/{name}" for name in ("incidents", "claims")]
    store.set_graphs([*incident_quads(incidents, holdings.base), *claim_link_quads(found, holdings.base)], *graphs)


def decided(holdings: Holdings) -> tuple[tuple[Description, ...], tuple[Incident, ...], tuple[ClaimLink, ...]]:
    """The events of the store, the incidents that they are of, and how the claims on them stand to each other."""
    descriptions = holdings.descriptions(groups(holdings.texts()))
    incidents = group(descriptions)
    return descriptions, incidents, links(descriptions, incidents)
