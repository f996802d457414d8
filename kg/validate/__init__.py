"""Conformance to `ontology/shapes.ttl`: by pySHACL, the reference; by SPARQL, for large graphs, to the same result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ConformanceError
from kg.validate.violations import Violation
from kg.vocab import ontology_folder

if TYPE_CHECKING:
    from pathlib import Path

    from kg.validate.violations import Graphs


__all__ = ["ENGINES", "Violation", "validate"]

ENGINES = ("auto", "sparql", "pyshacl")
#: Quads from which on pySHACL takes minutes, and above which it would take gigabytes.
LARGE, LARGEST = 100_000, 2_000_000


def validate(store: Graphs, shapes: Path | None = None, engine: str = "auto") -> list[Violation]:
    """Check all articles of a store with the shared and derived graphs.

    Args:
        store: An open store.
        shapes: A SHACL file; the ontology's if left out.
        engine: `pyshacl` takes any shapes; `sparql` those of core constraints that the ontology's consist of;
            `auto` the second for a large graph.

    Returns:
        What breaks a shape, sorted; nothing where the graph conforms.

    Raises:
        ConformanceError: The store is too large for pySHACL, or a shape is none that can be put into SPARQL.
        OntologyError: The shapes cannot be read.
    """
    path = shapes or ontology_folder() / "shapes.ttl"
    if engine == "sparql" or (engine == "auto" and len(store) > LARGE):
        from kg.validate import compiled  # noqa: PLC0415  # one engine is enough

        return sorted(compiled.check(store, path))
    if len(store) > LARGEST:
        raise ConformanceError(f"{len(store):,} quads: more than {LARGEST:,}; leave out --engine pyshacl")
    from kg.validate import reference  # noqa: PLC0415  # as above; pySHACL takes a second to import

    return sorted(reference.check(store, path))
