"""The explorer's API: what it says of a node is what the file says, and no parameter becomes a query."""

import json
import sqlite3
from importlib.resources import files

import jsonschema
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.serve.lookup import Filters, Lookup
from kg.serve.overview import fill
from kg.serve.portion import Portion
from kg.store import open_store
from kg.view.scene import CLASSES
from kg.view.views import make_scene
from kg.vocab import DATA

PATIENT = Limits(seconds=60, patience=60)  # a loaded machine may start a process slowly
RAID, ALLIANCE, ADA = "incident/herald-1-1", "actor/alliance", "actor/person/ada-brook"


@pytest.fixture(scope="module")
def client(stored):
    with TestClient(make_app(stored()[0], limits=PATIENT)) as client:
        yield client


@pytest.fixture(scope="module")
def scene(stored):
    return make_scene(stored()[1].ask)


@pytest.fixture(scope="module")
def lookup(stored, tmp_path_factory):
    path = tmp_path_factory.mktemp("overview") / "overview.sqlite"
    with sqlite3.connect(path) as table, open_store(stored()[0], read_only=True) as store:
        fill(table, store)
    return Lookup(path)


def get(client, name, status=200, **values):
    answer = client.get(f"/api/{name}", params=values)
    assert answer.status_code == status, answer.text
    if status == 200:
        schema = json.loads(files("kg.serve").joinpath("explorer.schema.json").read_text())
        jsonschema.validate(answer.json(), {**schema, "$ref": f"#/$defs/{name}"})
    return answer.json()


def unpacked(packed, kind):
    """The records of a packed scene, as `web/src/wire.ts` reads them."""
    strings, shapes = packed["strings"], packed["shapes"]

    def value(what, given):
        if what == "number" or given is None:
            return given
        if what == "string":
            return [strings[each] for each in given] if isinstance(given, list) else strings[given]
        return [record(what, each) for each in given]

    def record(shape, row):
        return {name: value(what, given) for (name, what), given in zip(shapes[shape], row, strict=False)}

    shape = {"nodes": "Node", "edges": "Edge", "statements": "Statement", "articles": "Article"}[kind]
    return [record(shape, row) for row in packed[kind]]


# -------------------------------------------------------------------------------- the same as in a file


def test_nodes_are_those_of_the_file(scene, lookup):
    expected = {node.id: node for node in scene.nodes}
    found = {node.id: node for node in lookup.nodes(expected)}
    assert {i: (n.label, n.cls, n.names, n.weight, n.disputed, n.lat, n.within, n.posts) for i, n in found.items()} == {
        i: (n.label, n.cls, n.names, n.weight, n.disputed, n.lat, n.within, n.posts) for i, n in expected.items()
    }
    assert lookup.facets(9)["nodes"] == len(expected)


@pytest.mark.parametrize("few", [1000, 0], ids=["pair by pair", "source by source"])
def test_edges_are_those_of_the_file(scene, lookup, monkeypatch, few):
    monkeypatch.setattr("kg.serve.lookup.FEW", few)
    keys = {(e.source, e.target, e.predicate, e.label, e.mode) for e in scene.edges}
    found = lookup.edges(node.id for node in scene.nodes)
    assert {(e.source, e.target, e.predicate, e.label, e.mode) for e in found} == keys


def test_it_opens_with_what_the_file_opens_with(scene, lookup):
    assert lookup.opening() == {node.id: node.spot for node in scene.nodes if node.opening}


def test_a_node_has_the_statements_that_it_has_in_the_file(scene, lookup):
    for node in scene.nodes:
        expected = {
            each.id for each in scene.statements if node.id in {each.claimant, each.quotation, each.event, *each.about}
        }
        assert set(lookup.statements(node.id, 99)[0]) == expected, node.id


def test_a_statement_reads_as_it_does_in_the_file(scene, stored):
    expected = {each.id: each for each in scene.statements}
    store = ox.Store.read_only(str(stored()[0]))
    for each in scene.statements:
        found = {one.id: one for one in Portion(DATA, (each.id,)).answer(store, 0).statements}[each.id]
        for name in (
            "kind",
            "claimant",
            "voice",
            "post",
            "stance",
            "event",
            "about",
            "figures",
            "passages",
            "found_by",
        ):
            assert getattr(found, name) == getattr(expected[each.id], name), (each.id, name)


# -------------------------------------------------------------------------------- over HTTP


def test_the_opening(client, scene):
    found = get(client, "opening")
    nodes = unpacked(found["scene"], "nodes")
    assert {node["id"]: tuple(node["spot"]) for node in nodes} == {n.id: n.spot for n in scene.nodes if n.opening}
    assert found["facets"]["statements"] == len(scene.statements)
    assert [look["cls"] for look in found["looks"]] == list(CLASSES)


@pytest.mark.parametrize(
    ("words", "found"),
    [("the allia", "the Alliance"), ("ALLIANCE riv", "River Alliance"), ("ada", "Ada Brook"), ("40 figh", None)],
)
def test_search_by_names_aliases_and_words(client, words, found):
    hits = get(client, "search", q=words)
    assert hits["found"][0] == found or (found is None and "40 fighters" in hits["found"][0])


def test_a_node_with_its_sentences(client):
    part = get(client, "node", id=ADA)
    statements = unpacked(part["scene"], "statements")
    own = next(each for each in statements if each.get("claimant") == ADA and each["kind"] == "claim")
    marked = {(m["part"], each["text"][m["start"] : m["end"]]) for each in own["passages"] for m in each["marks"]}
    assert ("cue", "said") in marked
    assert part["statements"] == 2
    assert {each["id"] for each in unpacked(part["scene"], "nodes")} >= {ADA, ALLIANCE, RAID}


def test_claims_bring_what_contradicts_them(client):
    part = get(client, "node", id=ADA)
    assert any(each.get("contradicts") for each in unpacked(part["scene"], "statements"))


def test_neighbours_are_skipped_and_counted(client):
    whole = get(client, "neighbours", id=RAID)
    later = get(client, "neighbours", id=RAID, skip=1)
    assert whole["neighbours"] == later["neighbours"] == len(unpacked(whole["scene"], "nodes")) - 1
    assert len(unpacked(later["scene"], "nodes")) == len(unpacked(whole["scene"], "nodes")) - 1


def test_a_path_in_its_order(client):
    found = get(client, "path", **{"from": "actor/ministry", "to": ADA})
    nodes = [node["id"] for node in unpacked(found["scene"], "nodes")]
    assert nodes == ["actor/ministry", RAID, ADA]
    assert not get(client, "path", **{"from": "actor/ministry", "to": "actor/nobody"})["scene"]["nodes"]


def test_what_two_nodes_share(client):
    found = unpacked(get(client, "edge", **{"from": "actor/ministry", "to": RAID})["scene"], "statements")
    assert "article/courier-1/claim/1" in {each["id"] for each in found}


def test_timeline_places_and_article(client):
    assert [node["id"] for node in unpacked(get(client, "timeline")["scene"], "nodes")] == [RAID]
    assert {node["id"] for node in unpacked(get(client, "places")["scene"], "nodes")} == {"place/1", "place/2"}
    found = get(client, "article", id="article/herald-1")["scene"]
    assert "Jets bomb a depot" in {each["title"] for each in unpacked(found, "articles")}


@pytest.mark.parametrize(
    ("filters", "there", "away"),
    [
        ({}, RAID, None),
        ({"stance": "denies"}, "actor/ministry", "article/courier-1/quotation/2"),
        ({"since": "2020-01-01"}, None, RAID),
        ({"since": "2019-05-07", "until": "2019-06-01"}, RAID, None),
        ({"words": "denied"}, RAID, None),
        ({"words": "weather"}, None, RAID),
        ({"disputed": "1"}, RAID, None),
        ({"type": "Talks"}, None, RAID),
        ({"article": "article/courier-1"}, RAID, None),
    ],
)
def test_filters(client, filters, there, away):
    found = {node["id"] for node in unpacked(get(client, "matching", **filters)["scene"], "nodes")}
    assert there is None or there in found
    assert away not in found


@pytest.mark.parametrize(
    "evil", ["> } DROP ALL", "x' OR 1=1 --", '"*" NEAR(', "<script>", "\u202e\x00", "é" * 900, "*"]
)
def test_parameters_are_values_and_nothing_else(client, evil):
    get(client, "search", q=evil)
    get(client, "node", 404, id=evil)
    get(client, "path", **{"from": evil, "to": evil})
    get(client, "matching", words=evil, type=evil, stance=evil, since=evil, hide=evil, article=evil)


@pytest.mark.parametrize(("name", "values"), [("node", {}), ("search", {"q": "x" * 3000}), ("path", {"from": "a"}),
    ("neighbours", {"id": RAID, "skip": "-1"}), ("timeline", {"most": "many"})])  # fmt: skip
def test_what_is_wrong_is_said(client, name, values):
    assert len(get(client, name, 400, **values)["error"].splitlines()) == 1


def test_an_unknown_node_or_article(client):
    get(client, "node", 404, id="actor/nobody")
    get(client, "article", 404, id="article/none")


def test_a_hidden_class_is_left_out(lookup):
    assert not {"place/1", "place/2"} & set(lookup.matching(Filters(hidden=("Place",)), 99, CLASSES, 99)[0])


def test_empty_filters_let_all_through(lookup, scene):
    nodes, statements = lookup.matching(Filters(), 99, CLASSES, 99)
    assert set(nodes) == {node.id for node in scene.nodes}
    assert statements


def test_a_build_beside_the_service_is_seen(stored):
    folder, _ = stored()
    called = ox.NamedNode("https://w3id.org/newskg/ontology#name")
    with TestClient(make_app(folder, limits=PATIENT)) as client:
        assert not get(client, "search", q="Zora")["found"]
        client.portal.call(client.app.state.atlas.settled)  # the first overview answers before it is whole
        with open_store(folder) as store:
            home = ox.NamedNode(f"{DATA}graph/entities")
            store.database.add(ox.Quad(ox.NamedNode(DATA + ADA), called, ox.Literal("Zora"), home))
        client.app.state.pool._looked = client.app.state.atlas._rest = 0.0
        client.portal.call(client.app.state.atlas.follow)
        client.portal.call(client.app.state.atlas.settled)
        assert get(client, "search", q="Zora")["found"] == ["Zora"]
