"""What the service says of itself: SPARQL service description, VoID and DCAT, health and metrics."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg import __version__
from kg.serve.negotiate import STATEMENTS, preferred
from kg.serve.protocol import plain
from kg.serve.worker import Question
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from kg.serve.pool import Pool

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
FORMATS = "http://www.w3.org/ns/formats/"
WRITTEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)

COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?m kg:denotes ?e }",
    "documents": "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a kg:Article }",
}


async def service(request: Request) -> Response:
    """The service description, at the endpoint when it is asked without a query."""
    return _written(request, _service(f"{request.base_url}"))


async def dataset(request: Request) -> Response:
    """VoID and DCAT: what is in the graph, how much, where to get it."""
    pool: Pool = request.app.state.pool
    counts = {name: await _count(pool, query) for name, query in COUNTS.items()}
    return _written(request, _dataset(f"{request.base_url}", counts))


async def health(request: Request) -> Response:
    """Whether questions are answered."""
    answer = await request.app.state.pool.ask(Question("ASK {}"), house=True)
    return JSONResponse({"ok": answer.status == 200, "version": __version__}, 200 if answer.status == 200 else 503)


async def metrics(request: Request) -> Response:
    """Counters, in the text format of Prometheus."""
    counts = request.app.state.pool.counts
    names = ("queries", "late", "large", "displaced", "refused", "snapshots")
    lines = [f"# TYPE kg_{name}_total counter\nkg_{name}_total {counts[name]}\n" for name in names]
    return PlainTextResponse("".join(lines), media_type="text/plain; version=0.0.4")


async def _count(pool: Pool, query: str) -> int:
    answer = await pool.ask(Question(query))
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"]) if answer.status == 200 else 0


def _written(request: Request, triples: Iterator[ox.Triple]) -> Response:
    kind = preferred(request.headers.get("accept"), STATEMENTS)
    form = ox.RdfFormat.from_media_type(kind) if kind else None
    if form is None:
        return plain(f"none of these is written here; there are {', '.join(STATEMENTS)}", 406)
    spaces = {**PREFIXES, "sd": SD, "void": VOID, "dcat": DCAT}
    return Response(ox.serialize(triples, format=form, prefixes=spaces), media_type=kind)


def _triple(subject: str, predicate: str, target: str | ox.Literal) -> ox.Triple:
    end = target if isinstance(target, ox.Literal) else ox.NamedNode(target)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), end)


def _service(root: str) -> Iterator[ox.Triple]:
    it = f"{root}sparql"
    yield _triple(it, f"{PREFIXES['rdf']}type", f"{SD}Service")
    yield _triple(it, f"{SD}endpoint", it)
    yield _triple(it, f"{SD}supportedLanguage", f"{SD}SPARQL11Query")
    yield _triple(it, f"{SD}feature", f"{SD}UnionDefaultGraph")
    for name in WRITTEN:
        yield _triple(it, f"{SD}resultFormat", f"{FORMATS}{name}")


def _dataset(root: str, counts: dict[str, int]) -> Iterator[ox.Triple]:
    it, terms = f"{root}.well-known/void", PREFIXES["dcterms"]
    yield _triple(it, f"{PREFIXES['rdf']}type", f"{VOID}Dataset")
    yield _triple(it, f"{PREFIXES['rdf']}type", f"{DCAT}Dataset")
    yield _triple(it, f"{terms}title", ox.Literal("A knowledge graph of news, built by kg", language="en"))
    yield _triple(it, f"{VOID}sparqlEndpoint", f"{root}sparql")
    yield _triple(it, f"{VOID}uriSpace", ox.Literal(PREFIXES["data"]))
    for name, number in counts.items():
        yield _triple(it, f"{VOID}{name}", ox.Literal(number))
    for name in ("kg", "prov", "sem", "schema", "geo", "skos", "nif"):
        yield _triple(it, f"{VOID}vocabulary", PREFIXES[name])
    yield _triple(it, f"{DCAT}distribution", f"{root}graph?default")
    yield _triple(f"{root}graph?default", f"{PREFIXES['rdf']}type", f"{DCAT}Distribution")
    yield _triple(f"{root}graph?default", f"{DCAT}accessURL", f"{root}graph?default")
