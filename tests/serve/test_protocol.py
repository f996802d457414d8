"""The SPARQL 1.1 Protocol, after the list of the W3C's test cases (data-sparql11/protocol), written anew.

The update half does not apply: updates are refused, which is tested too.
"""

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.store import open_store

G1, G2, G3 = "http://example.org/g1", "http://example.org/g2", "http://example.org/g3"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UTF_16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}
UPDATE = {"Content-Type": "application/sparql-update"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def quad(number, graph):
    node = [ox.NamedNode(f"http://example.org/{letter}{number}") for letter in "spo"]
    return ox.Quad(*node, ox.NamedNode(graph))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serve") / "store"
    with open_store(folder) as store:
        store.database.extend([quad(n, graph) for n, graph in enumerate((G1, G1, G2, G3))])
    return folder


@pytest.fixture(scope="module")
def client(folder):
    with TestClient(make_app(folder, limits=Limits(seconds=30, request=20_000))) as client:
        yield client


def rows(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]["bindings"]


def count(answer):
    return int(rows(answer)[0]["n"]["value"])


# -------------------------------------------------------------------------------- how a query comes


def test_query_get(client):
    assert count(client.get("/sparql", params={"query": COUNT})) == 4


def test_query_post_form(client):
    assert count(client.post("/sparql", data={"query": COUNT})) == 4


def test_query_post_direct(client):
    assert count(client.post("/sparql", content=COUNT, headers=DIRECT)) == 4


@pytest.mark.parametrize(
    ("default", "named", "query", "expected"),
    [
        pytest.param([G1], [], COUNT, 2, id="query_dataset_default_graph"),
        pytest.param([G1, G2], [], COUNT, 3, id="query_dataset_default_graphs"),
        pytest.param([], [G1, G2], "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", 3, id="query_dataset_named"),
        pytest.param([], [G1], COUNT, 0, id="named graphs alone leave the default graph empty"),
        pytest.param(
            [G1], [G2, G3], "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", 4, id="full"
        ),
        pytest.param([G3], [], f"SELECT (COUNT(*) AS ?n) FROM <{G1}> {{ ?s ?p ?o }}", 1, id="protocol before query"),
        pytest.param([], [], f"SELECT (COUNT(*) AS ?n) FROM <{G1}> {{ ?s ?p ?o }}", 2, id="the query's own dataset"),
        pytest.param([], [], COUNT, 4, id="the union"),
    ],
)
@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_query_dataset(client, method, default, named, query, expected):
    graphs = {"default-graph-uri": default, "named-graph-uri": named}
    if method == "get":
        answer = client.get("/sparql", params={"query": query, **graphs})
    elif method == "form":
        answer = client.post("/sparql", data={"query": query, **graphs})
    else:
        answer = client.post("/sparql", params=graphs, content=query, headers=DIRECT)
    assert count(answer) == expected


# -------------------------------------------------------------------------------- what the answer is written in

SELECT, ASK = "SELECT * { ?s ?p ?o }", "ASK { ?s ?p ?o }"
CONSTRUCT, DESCRIBE = "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <http://example.org/s1>"


@pytest.mark.parametrize("query", [SELECT, ASK])
@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
    ],
)
def test_rows_and_truth_values_in_every_format(client, query, accept, given):
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == given


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
@pytest.mark.parametrize(
    "accept",
    ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig"],
)
def test_statements_in_every_format(client, query, accept):
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(accept)))


def test_a_format_that_nobody_writes(client):
    assert client.get("/sparql", params={"query": ASK}, headers={"Accept": "image/png"}).status_code == 406


# -------------------------------------------------------------------------------- what is no query


@pytest.mark.parametrize(
    ("method", "options", "status"),
    [
        pytest.param("PUT", {"params": {"query": ASK}}, 405, id="bad_query_method"),
        pytest.param("GET", {"params": {"query": [ASK, ASK]}}, 400, id="bad_multiple_queries"),
        pytest.param("POST", {"content": "query=ASK%20%7B%7D", "headers": {}}, 415, id="bad_query_missing_form_type"),
        pytest.param("POST", {"content": ASK}, 415, id="bad_query_missing_direct_type"),
        pytest.param(
            "POST", {"content": ASK, "headers": {"Content-Type": "text/plain"}}, 415, id="bad_query_wrong_media_type"
        ),
        pytest.param("POST", {"content": b"ASK { ?s ?p '\xe9' }", "headers": DIRECT}, 400, id="bad_query_non_utf8"),
        pytest.param(
            "POST", {"content": ASK.encode("utf-16"), "headers": UTF_16}, 400, id="bad_query_non_utf8: UTF-16"
        ),
        pytest.param("GET", {"params": {"query": "ASK {"}}, 400, id="bad_query_syntax"),
        pytest.param("POST", {"data": {"other": "x"}}, 400, id="no query"),
        pytest.param("GET", {"params": {"query": ASK, "default-graph-uri": "no iri"}}, 400, id="no IRI"),
        pytest.param("POST", {"data": {"update": "CLEAR ALL"}}, 403, id="an update"),
        pytest.param("GET", {"params": {"update": "CLEAR ALL"}}, 403, id="bad_update_get"),
        pytest.param(
            "POST", {"content": "CLEAR ALL", "headers": UPDATE}, 415, id="update_post_direct, which is no query"
        ),
        pytest.param("POST", {"data": {"update": ["CLEAR NAMED", "CLEAR DEFAULT"]}}, 403, id="bad_multiple_updates"),
        pytest.param("POST", {"data": {"query": "CLEAR ALL"}}, 400, id="an update as a query"),
        pytest.param("POST", {"data": {"query": "LOAD <http://127.0.0.1:9/x>"}}, 400, id="LOAD"),
        pytest.param(
            "GET", {"params": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}, 400, id="SERVICE"
        ),
        pytest.param("POST", {"data": {"query": ASK + " " * 30_000}}, 413, id="too long"),
        pytest.param("GET", {"params": {"query": ASK + " " * 30_000}}, 414, id="too long for a query string"),
    ],
)
def test_what_is_refused(client, method, options, status):
    answer = client.request(method, "/sparql", **options)
    assert answer.status_code == status, answer.text
    assert len(answer.text.strip().splitlines()) == 1


def test_updates_have_no_endpoint(client):
    assert client.post("/update", data={"update": "CLEAR ALL"}).status_code == 403


# -------------------------------------------------------------------------------- the rest of the service


def test_the_service_describes_itself(client):
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    described = {
        str(triple.predicate.value).rpartition("#")[2]
        for triple in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)
    }
    assert {"endpoint", "supportedLanguage", "feature", "resultFormat"} <= described


def test_void_counts_what_is_there(client):
    answer = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert '<http://rdfs.org/ns/void#triples> "4"' in answer.text


def test_void_has_a_partition_for_each_property(client):
    answer = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    told = [line.split(" ") for line in answer.text.splitlines()]
    parts = {line[2] for line in told if line[1].endswith("#propertyPartition>")}
    counts = [int(line[2].split('"')[1]) for line in told if line[0] in parts and line[1].endswith("#triples>")]
    assert len(counts) == len(parts) > 0
    assert sum(counts) == 4


@pytest.mark.parametrize(
    ("url", "status", "triples"),
    [(f"/graph?graph={G1}", 200, 2), ("/graph?default", 200, 4), ("/graph?graph=http://example.org/none", 404, 0),
     ("/graph", 400, 0), ("/graph?graph=no%20iri", 400, 0)],
)  # fmt: skip
def test_graphs_are_read_by_the_graph_store_protocol(client, url, status, triples):
    answer = client.get(url, headers={"Accept": "application/n-triples"})
    assert answer.status_code == status
    if status == 200:
        assert len(list(ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES))) == triples


def test_graphs_are_not_written(client):
    assert client.put(f"/graph?graph={G1}", content="").status_code == 405


def test_a_change_of_the_store_is_seen(tmp_path):
    with open_store(tmp_path / "store") as store:
        store.database.extend([quad(1, G1)])
    with TestClient(make_app(tmp_path / "store")) as client:
        assert count(client.get("/sparql", params={"query": COUNT})) == 1
        with open_store(tmp_path / "store") as store:
            store.database.extend([quad(2, G1)])
        client.app.state.pool._looked = 0.0
        assert count(client.get("/sparql", params={"query": COUNT})) == 2


def test_a_stranger_host_is_refused(folder):
    with TestClient(make_app(folder, hosts=("localhost",)), base_url="http://evil.example") as client:
        assert client.get("/sparql", params={"query": ASK}).status_code == 400


def test_other_pages_may_ask_only_where_they_are_let(folder):
    page = {"Origin": "http://page.example"}
    with TestClient(make_app(folder)) as client:
        assert "access-control-allow-origin" not in client.get("/health", headers=page).headers
    with TestClient(make_app(folder, origins=("http://page.example",))) as client:
        assert client.get("/health", headers=page).headers["access-control-allow-origin"] == "http://page.example"
