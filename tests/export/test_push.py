"""Handing the graph to other stores: to real ones, and to one that imitates the others' requests."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pyoxigraph as ox
import pytest

from kg.errors import ExportError
from kg.export.bulk import export_for
from kg.export.push import push
from kg.export.remote import Credentials, Remote
from kg.export.targets import TARGETS
from kg.graph import make_quads
from kg.records import Run, Schema
from kg.store import open_store
from kg.vocab import DATA, PREFIXES

QUADS = make_quads(Schema("0"), DATA, Run("0.1.0", "0.1.0", "model"))
DBA = Credentials("dba", "dba")
WKT = PREFIXES["geo"] + "asWKT"


@pytest.fixture
def store(make_resolution):
    with open_store(None) as opened:
        for name in ("a", "b", "c/d é"):
            opened.replace(name, "mark", QUADS(make_resolution(name, person='Mara "Venn"\n<b>')))
        yield opened


def read_back(url, path, **request):
    """All quads of ours in another store, by a query of each graph."""
    query = f'SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{DATA}")) }}'
    answer = httpx.post(
        url + path, data={"query": query}, headers={"Accept": "application/sparql-results+json"}, **request
    )
    answer.raise_for_status()
    rows = ox.parse_query_results(answer.text, format=ox.QueryResultsFormat.JSON)
    return {(str(row["s"]), str(row["p"]), str(row["o"]), str(row["g"])) for row in rows}


def ours(store):
    return {(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in store.quads()}


# ------------------------------------------------------------------------------------------ Oxigraph


@pytest.mark.server
def test_oxigraph_holds_the_same_statements(store, oxigraph):
    report = push(store, oxigraph, "oxigraph", prune=True)
    assert (report.sent, report.differences) == (len(store.graphs()), ())
    assert read_back(oxigraph, "/query") == ours(store)
    again = push(store, oxigraph, "oxigraph")
    assert again.unchanged == 3  # the articles' graphs; the others state no fingerprint
    assert again.differences == ()


@pytest.mark.server
def test_a_push_that_is_cut_off_goes_on(store, oxigraph, make_resolution):
    store.replace("e", "mark", QUADS(make_resolution("e")))
    sent = []

    def cut(graph):
        sent.append(graph)
        if len(sent) == 2:
            raise KeyboardInterrupt

    push(store, oxigraph, "oxigraph", prune=True)
    for name in ("a", "b", "c/d é", "e"):
        store.replace(name, "newer", QUADS(make_resolution(name)))
    with pytest.raises(KeyboardInterrupt):
        push(store, oxigraph, "oxigraph", progress=cut)
    report = push(store, oxigraph, "oxigraph")
    assert report.unchanged == 2
    assert read_back(oxigraph, "/query") == ours(store)


@pytest.mark.server
def test_what_was_withdrawn_is_dropped_on_request(store, oxigraph):
    push(store, oxigraph, "oxigraph", prune=True)
    store.retract("b")
    assert push(store, oxigraph, "oxigraph").dropped == 0
    assert (
        push(store, oxigraph, "oxigraph", prune=True).dropped == 2
    )  # the article's graph, and what was derived from it
    assert read_back(oxigraph, "/query") == ours(store)


@pytest.mark.server
def test_a_difference_is_reported(store, oxigraph, monkeypatch):
    monkeypatch.setattr(Remote, "put", lambda *_: None)
    httpx.delete(f"{oxigraph}/store", params={"graph": f"{DATA}graph/entities"})
    report = push(store, oxigraph, "oxigraph")
    here = sum(1 for _ in store.quads(f"{DATA}graph/entities"))
    assert (f"{DATA}graph/entities", here, 0) in report.differences
    assert f"graph/entities: {here} statements here, 0 there" in str(report)


@pytest.mark.server
def test_large_graphs_go_in_batches(oxigraph):
    graph = ox.NamedNode(f"{DATA}graph/derived/claims")
    with open_store(None) as store:
        store.set_graphs(
            ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(number), graph)
            for number in range(120_000)
        )
        assert push(store, oxigraph, "oxigraph").differences == ()


@pytest.mark.server
def test_update_alone_is_enough(store, oxigraph, monkeypatch):
    """Stores without the Graph Store Protocol get the same through SPARQL Update."""
    target = TARGETS["oxigraph"]
    monkeypatch.setitem(TARGETS, "updates", type(target)("updates", "", "/query", "/update", None, batch=50))
    push(store, oxigraph, "oxigraph", prune=True)
    store.set_graphs(
        [
            ox.Quad(
                ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal('"}\\'), ox.NamedNode(f"{DATA}graph/derived/x")
            )
        ]
    )
    assert push(store, oxigraph, "updates").differences == ()
    assert read_back(oxigraph, "/query") == ours(store)


# ------------------------------------------------------------------------------------------ Virtuoso


@pytest.mark.server
def test_virtuoso_holds_the_same_statements(store, virtuoso):
    report = push(store, virtuoso, "virtuoso", DBA)
    assert report.differences == ()
    there, here = read_back(virtuoso, "/sparql"), ours(store)
    changed = {each[1] for each in here ^ there}
    assert changed <= {f"<{WKT}>", f"<{PREFIXES['wgs84']}lat>"}  # the rewrites that TARGETS["virtuoso"].notes tells of
    assert [float(each[2].split('"')[1]) for each in there if each[1].endswith("lat>")] == [
        pytest.approx(31.20113, abs=1e-4)
    ]
    assert push(store, virtuoso, "virtuoso", DBA).unchanged == 3


@pytest.mark.server
def test_virtuoso_drops_what_was_withdrawn(store, virtuoso):
    push(store, virtuoso, "virtuoso", DBA)
    store.retract("a")
    assert push(store, virtuoso, "virtuoso", DBA, prune=True).dropped >= 1
    assert {each[3] for each in read_back(virtuoso, "/sparql")} == {each[3] for each in ours(store)}


@pytest.mark.server
def test_virtuoso_takes_large_graphs(schema, virtuoso):
    from kg.graph import reference_quads

    with open_store(None) as store:
        store.set_graphs(reference_quads(schema))
        assert push(store, virtuoso, "virtuoso", DBA).differences == ()


@pytest.mark.server
def test_a_wrong_password_is_one_line(store, virtuoso):
    with pytest.raises(ExportError, match="401 give --user") as caught:
        push(store, virtuoso, "virtuoso", Credentials("dba", "wrong"))
    assert "\n" not in str(caught.value)
    assert "wrong" not in str(caught.value)


# ------------------------------------------------------------------------------------------ the others' requests


class Imitation(BaseHTTPRequestHandler):
    """Answers every query with no rows, and every write with 204; notes what it was sent."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.command, self.path, dict(self.headers), body))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        reply = b'{"head": {"vars": []}, "results": {"bindings": []}}'
        self.send_response(status)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  # the names that http.server calls

    def log_message(self, *_):
        pass


@pytest.fixture
def imitation():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Imitation)
    server.requests, server.statuses = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def url_of(server):
    return f"http://127.0.0.1:{server.server_port}/base"


#: Product, method and path of the first write, the parameter that names the graph, the header that proves who we are.
REQUESTS = [
    ("fuseki", "PUT", "/base/data", "graph", "Basic"),
    ("graphdb", "PUT", "/base/rdf-graphs/service", "graph", "Basic"),
    ("rdf4j", "PUT", "/base/rdf-graphs/service", "graph", "Basic"),
    ("stardog", "PUT", "/base", "graph", "Basic"),
    ("neptune", "PUT", "/base/sparql/gsp/", "graph", ""),
    ("qlever", "PUT", "/base", "graph", "Bearer"),
    ("blazegraph", "POST", "/base", None, ""),
]


@pytest.mark.parametrize(("name", "method", "path", "parameter", "proof"), REQUESTS)
def test_each_product_is_spoken_to_as_it_documents(store, imitation, name, method, path, parameter, proof):
    credentials = Credentials(token="t") if proof == "Bearer" else Credentials("u", "p")
    push(store, url_of(imitation), name, credentials)
    writes = [each for each in imitation.requests if b"query=" not in each[3]]
    sent, where, headers, body = writes[0]
    graph = store.graphs()[0]
    assert (sent, urlsplit(where).path) == (method, path)
    assert headers.get("Authorization", "").partition(" ")[0] == proof
    if parameter:
        assert parse_qs(urlsplit(where).query) == {parameter: [graph]}
        assert len(list(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))) == sum(1 for _ in store.quads(graph))
    else:
        assert headers["Content-Type"] == "application/sparql-update"
        scratch = ox.Store()
        scratch.update(body.decode())
        assert set(scratch) == set(store.quads(graph))


def test_what_is_too_much_at_once_is_asked_in_halves(store, imitation):
    graphs = store.graphs()
    assert len(graphs) > 1
    imitation.statuses += [500, 500, 500, 500]
    with Remote(TARGETS["virtuoso"], url_of(imitation), pause=0.001) as remote:
        assert remote.counts(graphs) == {}
    asked = [body for *_, body in imitation.requests[-2:]]
    assert all(sum(quote(graph, safe="").encode() in body for body in asked) == 1 for graph in graphs)


def test_what_passes_is_tried_again(store, imitation):
    imitation.statuses += [503, 500]
    with Remote(TARGETS["fuseki"], url_of(imitation), pause=0.001) as remote:
        assert remote.counts(store.graphs()) == {}
    assert len(imitation.requests) == 3


@pytest.mark.parametrize(
    ("status", "message"), [(401, "give --user"), (403, "may not write"), (404, "check the URL"), (400, "Bad Request")]
)
def test_a_refusal_says_what_to_do(imitation, status, message):
    imitation.statuses += [status]
    with Remote(TARGETS["fuseki"], url_of(imitation)) as remote, pytest.raises(ExportError, match=message):
        remote.update("DROP ALL")


def test_no_store_there_is_one_line(store):
    nobody = Remote(TARGETS["oxigraph"], "http://127.0.0.1:9", pause=0.001)
    with nobody as remote, pytest.raises(ExportError, match="cannot be reached") as caught:
        remote.counts(store.graphs())
    assert "\n" not in str(caught.value)


def test_a_page_is_no_endpoint(imitation):
    with Remote(TARGETS["oxigraph"], url_of(imitation)) as remote:
        assert remote.select("SELECT * {}") == []


def test_an_unknown_target_lists_the_known(store):
    with pytest.raises(ExportError, match="there are: oxigraph, virtuoso"):
        push(store, "http://127.0.0.1:9", "oracle")


def test_secrets_are_not_shown():
    assert "s3cret" not in repr(Credentials("u", "s3cret", "s3cret"))


# ------------------------------------------------------------------------------------------ files


@pytest.mark.parametrize("name", [each.name for each in TARGETS.values() if each.bulk])
def test_files_for_a_bulk_loader_come_with_its_command(store, tmp_path, name):
    path, command = export_for(store, name, tmp_path / "files")
    assert path.stat().st_size > 1000
    assert path.name in command
    assert "{" not in command.replace("'{", "").replace('"{', "") or name == "neptune"


def test_a_product_without_a_bulk_loader_says_so(store, tmp_path):
    with pytest.raises(ExportError, match="kg push"):
        export_for(store, "rdf4j", tmp_path)


def test_every_target_is_documented():
    for target in TARGETS.values():
        assert target.url.startswith("http")
        assert target.notes or target.bulk
    assert {each.name for each in TARGETS.values() if each.tested} == {"oxigraph", "virtuoso"}


def test_the_readme_tells_of_every_store_and_which_of_them_tests_drive():
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
    for each in TARGETS.values():
        reached = "the real product" if each.tested else "an imitation only"
        assert re.search(rf"^\| {each.name} \| `{re.escape(each.url)}` \| .* \| {reached} \|$", readme, re.MULTILINE), (
            each
        )
