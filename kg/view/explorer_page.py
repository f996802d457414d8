"""The explorer: graph, statements, map and timeline in one page; its scripts are bundled from `web/`."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.view.basemap import basemap
from kg.view.page import Parts, document, embedded_json, printable
from kg.view.palette import LOOKS
from kg.view.wire import packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.view.scene import Scene

#: cytoscape.js looks for an element of this id before it adds a style of its own, which the policy would refuse.
NO_STYLE = '<span id="__________cytoscape_stylesheet" hidden></span>'


def explorer_page(scene: Scene, sparql: Mapping[str, str] | None = None) -> str:
    """The page with everything in it: the scene as JSON, the bundle, the styles.

    Args:
        scene: What it shows.
        sparql: The blocks of `kg.view.sparql`, where the page is to answer queries.
    """
    swatches = "".join(f".look-{look.cls}{{background:{look.colour}}}" for look in LOOKS)
    data = {**packed(scene), "looks": [asdict(look) for look in LOOKS]}
    styles, scripts = (_asset("style.css") + swatches,), [_asset("explorer.js")]
    blocks = {"scene": embedded_json(data), "basemap": embedded_json(basemap(scene)), **(sparql or {})}
    if sparql:
        scripts.append(_asset("sparql.js"))
    return document(scene.title, Parts(body(scene.title), styles, tuple(scripts), blocks, wasm=bool(sparql)))


@cache
def _asset(name: str) -> str:
    return files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")


def body(title: str) -> str:
    """The panes of the page, empty: the scripts fill them."""
    name = escape(printable(title))
    return f"""<header><h1 dir="auto">{name}</h1><div id="search"></div>
<div id="tools" role="toolbar" aria-label="Graph"></div></header>
<aside id="side" aria-label="Filters and lists">
<details open><summary>Filters</summary><div id="filters"></div></details>
<details open><summary>Quotations</summary><div id="quotations"></div></details>
<details><summary>Everything shown</summary><div id="everything"></div></details></aside>
<main><div id="graph" role="img" aria-label="Graph; the list of everything shown says the same in words"></div>
<div id="overview" role="img" aria-label="Overview of all nodes" hidden></div>
<div id="status" role="status"></div>
<section id="sparql" aria-label="SPARQL" hidden></section>
<div id="strip"><div id="timeline"></div><div id="map"></div></div></main>
<aside id="panel" aria-label="Statements" aria-live="polite" tabindex="-1"></aside>{NO_STYLE}"""
