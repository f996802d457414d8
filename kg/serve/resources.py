"""Every IRI looked up: data and ontology as pages for people and as RDF; single graphs by the Graph Store Protocol."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg.errors import ExportError
from kg.export.ontology_page import ontology_page
from kg.serve.negotiate import STATEMENTS, preferred
from kg.serve.protocol import plain, respond
from kg.serve.resource_page import POLICY, Told, page, place
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

#: Claims that it makes, that are about it, or about an event in which it plays a part.
CLAIMS = (
    "SELECT DISTINCT ?claim ?who ?name ?stance ?figure ?sentence ?article ?title {{ "
    "{{ ?claim kg:claimant {0} }} UNION {{ ?claim kg:about {0} }} UNION {{ ?claim kg:inQuotation {0} }} "
    "UNION {{ ?claim kg:about/kg:incident {0} }} UNION {{ VALUES ?role {{ "
    "kg:attacker kg:target kg:victim kg:instrument kg:place kg:origin kg:agent }} "
    "?event ?role {0} . ?claim kg:about ?event }} "
    "?claim a kg:Claim ; kg:article ?article . "
    "OPTIONAL {{ ?claim kg:claimant ?who OPTIONAL {{ ?who rdfs:label ?name }} }} "
    "OPTIONAL {{ ?claim kg:stance ?stance }} OPTIONAL {{ ?claim kg:states/kg:literal ?figure }} "
    "OPTIONAL {{ ?claim kg:inQuotation/kg:content ?said }} OPTIONAL {{ ?claim kg:evidence/kg:sentence/kg:exact ?own }} "
    "BIND(COALESCE(?said, ?own) AS ?sentence) OPTIONAL {{ ?article dcterms:title ?title }} "
    "}} ORDER BY ?claim LIMIT 50"
)


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
    """The ontology: a reference for people, where kg was installed with what writes it, or its graph."""
    if _kind(request) == HTML and (text := await asyncio.to_thread(_reference)):
        return HTMLResponse(text, headers={"Vary": "Accept"})
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
    kind = _kind(request)
    if kind != HTML:
        return await respond(pool, Question(ABOUT.format(node), statements=kind))
    told = Told(request.app.state.base, iri, *[await _rows(pool, each.format(node)) for each in (OUT, BACK, CLAIMS)])
    return HTMLResponse(page(told), headers={"Content-Security-Policy": POLICY, "Vary": "Accept"})


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _kind(request: Request) -> str:
    """HTML, or a form of RDF: as `?format=` says, which a link can, or as the client would rather have it."""
    asked = request.query_params.get("format", "")
    return asked if asked in STATEMENTS else preferred(request.headers.get("accept"), (HTML, *STATEMENTS)) or HTML


@cache
def _reference() -> str:
    try:
        return ontology_page()
    except ExportError:
        return ""


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


async def other(request: Request) -> Response:
    """A page or RDF about any IRI, given as a parameter."""
    iri = request.query_params.get("iri", "")
    if iri.startswith(request.app.state.base):
        return RedirectResponse(place(request.app.state.base, iri), 303)
    return await _about(request, iri)
