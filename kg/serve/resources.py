"""Every IRI looked up: data and ontology as pages for people and as RDF; single graphs by the Graph Store Protocol."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg.serve.negotiate import STATEMENTS, preferred
from kg.serve.protocol import plain, respond
from kg.serve.worker import Question
from kg.vocab import ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.pool import Pool

HTML = "text/html"
#: What is told of an IRI: what it is the subject of, with the labels of what that leads to.
ABOUT = "CONSTRUCT {{ {0} ?p ?o . ?o rdfs:label ?label }} WHERE {{ {0} ?p ?o OPTIONAL {{ ?o rdfs:label ?label }} }}"
OUT = (
    "SELECT DISTINCT ?p ?o (SAMPLE(?name) AS ?label) {{ {0} ?p ?o OPTIONAL {{ ?o rdfs:label|skos:prefLabel ?name }} }} "
    "GROUP BY ?p ?o ORDER BY ?p ?o LIMIT 500"
)
BACK = (
    "SELECT DISTINCT ?s ?p (SAMPLE(?name) AS ?label) {{ ?s ?p {0} OPTIONAL {{ ?s rdfs:label|skos:prefLabel ?name }} }} "
    "GROUP BY ?s ?p ORDER BY ?p ?s LIMIT 500"
)
GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {0} {{ ?s ?p ?o }} }}"
UNION = "CONSTRUCT WHERE { ?s ?p ?o }"
EXISTS = "ASK {{ GRAPH {0} {{ ?s ?p ?o }} }}"

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td{border-top:1px solid #ccc;padding:.3rem .6rem;vertical-align:top;"
    "overflow-wrap:anywhere}td:first-child{white-space:nowrap}@media(prefers-color-scheme:dark){body{background:#111;"
    "color:#eee}a{color:#8bf}}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


async def resource(request: Request) -> Response:
    """A page or RDF about the IRI that the path stands for; 404 where the graph says nothing of it."""
    raw = request.scope["raw_path"].decode("ascii", "replace")  # as it was sent: IRIs are percent-encoded
    return await _about(request, request.app.state.base + raw.partition("?")[0].removeprefix("/data/"))


async def term(request: Request) -> Response:
    """A page or RDF about a term of the ontology."""
    prefix, name = request.path_params["prefix"], request.path_params["name"]
    if prefix not in PREFIXES or not PREFIXES[prefix].startswith(ONTOLOGY.removesuffix("ontology#")):
        return plain(f"no vocabulary is called {prefix!r}", 404)
    return await _about(request, PREFIXES[prefix] + name)


async def ontology(request: Request) -> Response:
    """The ontology's graph, whole."""
    return await _graph(request, f"{request.app.state.base}graph/ontology")


async def graph_store(request: Request) -> Response:
    """Graph Store Protocol, reading: `?graph=IRI` or `?default`, the union."""
    names = request.query_params.getlist("graph")
    if "default" in request.query_params and not names:
        return await respond(request.app.state.pool, Question(UNION, statements=_statements(request)))
    if len(names) != 1:
        return plain("say ?default, or ?graph=IRI once", 400)
    return await _graph(request, names[0])


async def _graph(request: Request, name: str) -> Response:
    pool: Pool = request.app.state.pool
    node = _node(name)
    if node is None:
        return plain(f"{name!r} is no IRI", 400)
    if not await _yes(pool, EXISTS.format(node)):
        return plain(f"there is no graph {name}", 404)
    return await respond(pool, Question(GRAPH.format(node), statements=_statements(request)))


async def _about(request: Request, iri: str) -> Response:
    pool: Pool = request.app.state.pool
    node = _node(iri)
    if node is None or not await _yes(pool, f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} }}"):
        return plain(f"nothing is known of {iri}", 404)
    kind = preferred(request.headers.get("accept"), (HTML, *STATEMENTS)) or HTML
    if kind != HTML:
        return await respond(pool, Question(ABOUT.format(node), statements=kind))
    told, asked = await _rows(pool, OUT.format(node)), await _rows(pool, BACK.format(node))
    return HTMLResponse(_page(request, iri, told, asked), headers={"Content-Security-Policy": POLICY, "Vary": "Accept"})


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _statements(request: Request) -> str:
    return preferred(request.headers.get("accept"), STATEMENTS) or STATEMENTS[0]


async def _yes(pool: Pool, query: str) -> bool:
    answer = await pool.ask(Question(query), house=True)
    return bool(json.loads(answer.body)["boolean"]) if answer.status == 200 else False


async def _rows(pool: Pool, query: str) -> list[dict[str, dict[str, str]]]:
    answer = await pool.ask(Question(query), house=True)
    found: list[dict[str, dict[str, str]]] = (
        json.loads(answer.body)["results"]["bindings"] if answer.status == 200 else []
    )
    return found


Rows = list[dict[str, dict[str, str]]]


def _page(request: Request, iri: str, told: Rows, asked: Rows) -> str:
    """HTML in which every value of the data is escaped."""
    out = "".join(f"<tr><td>{_link(request, row['p'])}<td>{_link(request, row['o'], row)}" for row in told)
    back = "".join(f"<tr><td>{_link(request, row['s'], row)}<td>{_link(request, row['p'])}" for row in asked)
    title = escape(_short(iri))
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{STYLE}</style>"
        f"<main><h1>{title}</h1><p>{escape(iri)}</p><h2>Says</h2><table>{out}</table>"
        f"<h2>Is spoken of by</h2><table>{back}</table></main></html>"
    )


def _link(request: Request, term: dict[str, str], row: dict[str, dict[str, str]] | None = None) -> str:
    value = term["value"]
    if term["type"] != "uri":
        return escape(value)
    label = escape((row or {}).get("label", {}).get("value", "") or _short(value))
    return f'<a href="{escape(place(request.app.state.base, value), quote=True)}">{label}</a>'


def place(base: str, iri: str) -> str:
    """Where an IRI is shown by this service; other people's are shown by what this graph says of them."""
    if iri.startswith(base):
        return f"/data/{iri.removeprefix(base)}"
    return f"/resource?iri={quote(iri, safe='')}"


async def other(request: Request) -> Response:
    """A page or RDF about any IRI, given as a parameter."""
    iri = request.query_params.get("iri", "")
    if iri.startswith(request.app.state.base):
        return RedirectResponse(place(request.app.state.base, iri), 303)
    return await _about(request, iri)


def _short(iri: str) -> str:
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{name}:{iri.removeprefix(namespace)}"
    return iri
