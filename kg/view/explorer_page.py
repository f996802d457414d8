"""The explorer: graph, statements, map and timeline in one page; its scripts are bundled from `web/`."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.view.page import Parts, document, embedded_json, printable
from kg.view.palette import LOOKS

if TYPE_CHECKING:
    from kg.view.scene import Scene

#: cytoscape.js looks for an element of this id before it adds a style of its own, which the policy would refuse.
NO_STYLE = '<span id="__________cytoscape_stylesheet" hidden></span>'


def explorer_page(scene: Scene) -> str:
    """The page with everything in it: the scene as JSON, the bundle, the styles."""
    swatches = "".join(f".look-{look.cls}{{background:{look.colour}}}" for look in LOOKS)
    data = {**_plain(scene), "looks": [_plain(look) for look in LOOKS]}
    styles, scripts = (_asset("style.css") + swatches,), (_asset("explorer.js"),)
    parts = Parts(_body(scene.title), styles, scripts, {"scene": embedded_json(data)})
    return document(scene.title, parts)


@cache
def _asset(name: str) -> str:
    return files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")


def _plain(record: Any) -> Any:
    """A record as a JSON object; what is empty is left out, since a graph has many thousand records."""
    if is_dataclass(record):
        pairs = ((each.name, getattr(record, each.name)) for each in fields(record))
        always = {"articles", "nodes", "edges", "statements", "title", "label", "weight", "x", "y", "article", "start"}
        return {name: _plain(value) for name, value in pairs if name in always or value not in (None, (), False)}
    return [_plain(each) for each in record] if isinstance(record, tuple) else record


def _body(title: str) -> str:
    name = escape(printable(title))
    return f"""<header><h1>{name}</h1><div id="search"></div><div id="tools"></div>
<div id="status" role="status"></div></header>
<aside id="side" aria-label="Filters and lists">
<details open><summary>Filters</summary><div id="filters"></div></details>
<details open><summary>Quotations</summary><div id="quotations"></div></details>
<details><summary>Everything shown</summary><div id="everything"></div></details></aside>
<main><div id="graph" role="img" aria-label="Graph; the list of everything shown says the same in words"></div>
<div id="timeline"></div><div id="map"></div></main>
<aside id="panel" aria-label="Statements" aria-live="polite"></aside>{NO_STYLE}"""
