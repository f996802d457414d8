"""Every IRI can be looked up, by people and by programs, and nothing in the data is markup."""

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.serve.app import make_app
from kg.store import open_store
from kg.vocab import DATA, KG

LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
BAD = "<script>alert(1)</script>\" onload='x"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("resources") / "store"
    army = ox.NamedNode(f"{DATA}actor/person/x%3Cscript%3E")
    graph = ox.NamedNode(f"{DATA}graph/entities")
    with open_store(folder) as store:
        store.database.extend(
            [
                ox.Quad(army, LABEL, ox.Literal(BAD), graph),
                ox.Quad(army, ox.NamedNode(f"{KG}said"), ox.NamedNode(f"{DATA}article/a/quotation/1"), graph),
            ]
        )
    with TestClient(make_app(folder)) as client:
        yield client


def test_a_page_for_people(client):
    page = client.get("/data/actor/person/x%3Cscript%3E", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_statements_for_programs(client):
    answer = client.get("/data/actor/person/x%3Cscript%3E", headers={"Accept": "text/turtle"})
    assert len(list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))) == 2


def test_what_nobody_speaks_of(client):
    assert client.get("/data/actor/none").status_code == 404


def test_an_object_is_found_by_who_speaks_of_it(client):
    assert client.get("/data/article/a/quotation/1").status_code == 200


def test_a_foreign_iri(client):
    assert client.get("/resource", params={"iri": "http://example.org/none"}).status_code == 404
    assert client.get("/resource", params={"iri": "no iri <"}).status_code == 404


def test_health_and_metrics(client):
    assert client.get("/health").json()["ok"] is True
    assert "kg_queries_total" in client.get("/metrics").text
