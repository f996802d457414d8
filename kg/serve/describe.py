"""What the service says of itself: SPARQL service description, VoID and DCAT, health and metrics."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

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

    Row = dict[str, dict[str, str]]

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
#: Kind of partition -> the property that says what is in it, the one that says how many, and the counts.
PARTITIONS = {
    "classPartition": ("class", "entities", "SELECT ?what (COUNT(DISTINCT ?s) AS ?n) { ?s a ?what } GROUP BY ?what"),
    "propertyPartition": ("property", "triples", "SELECT ?what (COUNT(*) AS ?n) { ?s ?what ?o } GROUP BY ?what"),
}


async def service(request: Request) -> Response:
    """The service description, at the endpoint when it is asked without a query."""
    return _written(request, _service(f"{request.base_url}"))


async def dataset(request: Request) -> Response:
    """VoID and DCAT: what is in the graph, how much, where to get it; what takes too long to count is left out."""
    pool: Pool = request.app.state.pool
    counts = {name: row["n"]["value"] for name, query in COUNTS.items() for row in await _rows(pool, query)}
    parts = {kind: await _rows(pool, query) for kind, (_, _, query) in PARTITIONS.items()}
    root = f"{request.base_url}"
    return _written(request, chain(_dataset(root, counts), _partitions(root, parts)))


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


async def _rows(pool: Pool, query: str) -> list[Row]:
    answer = await pool.ask(Question(query))
    rows: list[Row] = json.loads(answer.body)["results"]["bindings"] if answer.status == 200 else []
    return rows


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


def _dataset(root: str, counts: dict[str, str]) -> Iterator[ox.Triple]:
    it, terms = f"{root}.well-known/void", PREFIXES["dcterms"]
    yield _triple(it, f"{PREFIXES['rdf']}type", f"{VOID}Dataset")
    yield _triple(it, f"{PREFIXES['rdf']}type", f"{DCAT}Dataset")
    yield _triple(it, f"{terms}title", ox.Literal("A knowledge graph of news, built by kg", language="en"))
    yield _triple(it, f"{VOID}sparqlEndpoint", f"{root}sparql")
    yield _triple(it, f"{VOID}uriSpace", ox.Literal(PREFIXES["data"]))
    for name, number in counts.items():
        yield _triple(it, f"{VOID}{name}", ox.Literal(int(number)))
    for name in ("kg", "prov", "sem", "schema", "geo", "skos", "nif"):
        yield _triple(it, f"{VOID}vocabulary", PREFIXES[name])
    yield _triple(it, f"{DCAT}distribution", f"{root}graph?default")
    yield _triple(f"{root}graph?default", f"{PREFIXES['rdf']}type", f"{DCAT}Distribution")
    yield _triple(f"{root}graph?default", f"{DCAT}accessURL", f"{root}graph?default")


def _partitions(root: str, parts: dict[str, list[Row]]) -> Iterator[ox.Triple]:
    """How many nodes of each class, and how many statements with each property."""
    it = f"{root}.well-known/void"
    for kind, rows in parts.items():
        what, number, _ = PARTITIONS[kind]
        for row in sorted(rows, key=lambda each: each["what"]["value"]):
            part = f"{it}#{what}={quote(row['what']['value'], safe='')}"
            yield _triple(it, f"{VOID}{kind}", part)
            yield _triple(part, f"{VOID}{what}", row["what"]["value"])
            yield _triple(part, f"{VOID}{number}", ox.Literal(int(row["n"]["value"])))
