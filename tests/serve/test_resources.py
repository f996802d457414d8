"""Every IRI can be looked up, by people and by programs, and nothing in the data is markup."""

import re
from html import unescape

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
    assert "<h1>&lt;script" in page.text


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


@pytest.fixture(scope="module")
def raid(stored):
    with TestClient(make_app(stored()[0])) as client:
        yield client


def test_the_page_of_an_actor_says_what_a_developer_wants_to_know(raid):
    page = raid.get("/data/actor/person/ada-brook", headers={"Accept": "text/html"})
    assert "<h1>Ada Brook</h1>" in page.text
    assert f"<code>{DATA}actor/person/ada-brook</code>" in page.text
    assert ">kg:Person</a>" in page.text
    assert "We killed at least 40 fighters" in page.text
    assert "at least 40" in page.text
    assert "Jets bomb a depot" in page.text
    assert 'href="/#sel=actor%2Fperson%2Fada-brook"' in page.text
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json", "application/n-triples"])
def test_links_lead_to_rdf(raid, kind):
    answer = raid.get("/data/actor/person/ada-brook", params={"format": kind}, headers={"Accept": "text/html"})
    assert answer.headers["content-type"].startswith(kind)
    assert list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(kind)))


def test_claims_on_an_incident_stand_side_by_side(raid):
    page = raid.get("/data/incident/herald-1-1", headers={"Accept": "text/html"}).text
    assert "Ministry of Stone</a> <em>denies</em>" in page
    assert "Ada Brook</a> <em>asserts</em>" in page


def test_every_link_of_a_page_leads_somewhere(raid):
    page = raid.get("/data/incident/herald-1-1", headers={"Accept": "text/html"}).text
    links = {unescape(found) for found in re.findall('href="(/data[^"]*)"', page)}
    assert len(links) > 5
    assert {link: raid.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_ontology_is_a_page_for_people(raid):
    pytest.importorskip("pylode")
    page = raid.get("/ontology", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert 'id="Claim"' in page.text
