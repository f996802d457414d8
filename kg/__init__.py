"""kg: a knowledge graph of news, in which every statement is a claim with its claimant and its sentence.

From Python, the stored graph opens with `kg.open_store(path)`, for SPARQL, rdflib and networkx:

    with kg.open_store("out/store", read_only=True) as store:
        rows = store.select("SELECT ?speaker ?words { ?speaker kg:said/kg:content ?words }")
        dataset, graph = store.rdflib(), store.networkx()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.store import Store, open_store

__version__ = "0.1.0"
__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> Any:
    """Load the store when it is asked for, so that `import kg` stays light."""
    if name in __all__:
        from kg import store  # noqa: PLC0415  # the reason for this function

        return getattr(store, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
