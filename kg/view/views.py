"""The table of views, and the way from a store to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ExportError
from kg.view.explorer_page import explorer_page
from kg.view.opening import lay_out
from kg.view.overview import with_overview
from kg.view.page import write_page
from kg.view.projection import project
from kg.view.pyvis_page import pyvis_page
from kg.view.reading import Ask, data_namespace
from kg.view.scene import Scene
from kg.view.selection import choose_opening
from kg.view.sparql import blocks

VIEWS: Mapping[str, Callable[[Scene], str]] = {
    "explorer": explorer_page,
    "pyvis": pyvis_page,
}


def make_scene(ask: Ask, title: str = "News graph") -> Scene:
    """What is to be seen of a store, placed; `ask` answers SPARQL over the union of all graphs."""
    return with_overview(lay_out(choose_opening(project(ask, title))))


def write_view(
    ask: Ask,
    path: str | Path,
    *,
    engine: str = "explorer",
    title: str = "News graph",
    quads: Iterable[ox.Quad] | None = None,
) -> Scene:
    """Write one self-contained HTML file and return what it shows.

    Args:
        ask: Answers SPARQL over the union of all graphs.
        path: The file.
        engine: One of `VIEWS`.
        title: The title of the page.
        quads: The graph: the explorer then answers SPARQL too, by an engine that it carries.

    Raises:
        ExportError: the engine is unknown, or the file cannot be written.
    """
    if engine not in VIEWS:
        raise ExportError(f"there is no view {engine!r}; choose one of {', '.join(VIEWS)}")
    scene = make_scene(ask, title)
    if quads is not None and engine == "explorer":
        write_page(Path(path), explorer_page(scene, blocks(quads, data_namespace(ask))))
    else:
        write_page(Path(path), VIEWS[engine](scene))
    return scene


__all__ = ["VIEWS", "Scene", "make_scene", "write_view"]
