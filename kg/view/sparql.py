"""SPARQL in the page: the shipped queries; and, for a file, Oxigraph's WebAssembly with the graph that it asks."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.resources import files
from io import BytesIO
from typing import Any

import pyoxigraph as ox

from kg.query import named_queries
from kg.view.page import embedded_json
from kg.view.reading import prologue


def settings(base: str, endpoint: str | None = None) -> Mapping[str, Any]:
    """What `web/src/sparql.ts` wants to know.

    Args:
        base: The namespace of the data: what lies under it can be selected in the page.
        endpoint: Who answers; None: the page itself.
    """
    queries = [asdict(query) for query in named_queries().values()]
    rest = {"endpoint": endpoint} if endpoint else {}
    return {**rest, "base": base, "prologue": "" if endpoint else prologue(), "queries": queries}


def blocks(quads: Iterable[ox.Quad], base: str) -> Mapping[str, str]:
    """The data blocks of a page that answers by itself: settings, the engine, the graph as N-Quads."""
    text = BytesIO()
    ox.serialize(quads, text, format=ox.RdfFormat.N_QUADS)
    lines = b"".join(sorted(text.getvalue().splitlines(keepends=True)))
    wasm = files("kg.view").joinpath("assets", "oxigraph.wasm").read_bytes()
    return {"sparql-config": embedded_json(settings(base)), "wasm": _packed(wasm), "quads": _packed(lines)}


def _packed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, mtime=0)).decode("ascii")
