"""The graph in the forms that other programs read. `WRITERS` is the table: a new format is one file and one line."""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.errors import ExportError
from kg.export import geojson, neo4j, network, rdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.store import Store

    Writer = Callable[[Store, BinaryIO], None]

#: Name of the format -> how it is written to a stream. Suffixes of files are in `SUFFIXES`.
WRITERS: dict[str, Writer] = {
    "turtle": rdf.triples(ox.RdfFormat.TURTLE),
    "ntriples": rdf.triples(ox.RdfFormat.N_TRIPLES),
    "nquads": rdf.nquads,
    "trig": rdf.quads(ox.RdfFormat.TRIG),
    "jsonld": rdf.quads(ox.RdfFormat.JSON_LD),
    "rdfxml": rdf.triples(ox.RdfFormat.RDF_XML),
    "rdf12": rdf.annotated,
    "graphml": network.graphml,
    "gexf": network.gexf,
    "geojson": geojson.write,
    "neo4j": neo4j.write,
}

SUFFIXES = {
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".geojson": "geojson",
    ".zip": "neo4j",
}


def export(store: Store, target: Path | BinaryIO, form: str | None = None) -> None:
    """Write the whole graph.

    Args:
        store: An open store.
        target: A file, compressed where its name ends in `.gz`, or a binary stream.
        form: One of `WRITERS`; the file's suffix decides if left out.

    Raises:
        ExportError: The format is unknown, or the file cannot be written.
    """
    if not isinstance(target, Path):
        _writer(form or "")(store, target)
        return
    writer = _writer(form or SUFFIXES.get(Path(target.name.removesuffix(".gz")).suffix, ""))
    with _file(target) as out:
        writer(store, out)


def _writer(form: str) -> Writer:
    if form not in WRITERS:
        raise ExportError(f"no format is called {form!r}; there are: {', '.join(WRITERS)}")
    return WRITERS[form]


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all; compressed without a time stamp: equal graphs give equal bytes."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as raw:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                    yield packed  # type: ignore[misc]  # a GzipFile is written to like any binary stream
            else:
                yield raw
        part.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror or error}); name another file") from error
    finally:
        part.unlink(missing_ok=True)
