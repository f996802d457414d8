"""The queries about places, asked of articles that were really read."""

import pytest

from kg.extract import make_extractor
from kg.gazetteer import load_gazetteer
from kg.graph import make_quads
from kg.nlp import parse
from kg.query import ask, load_query
from kg.records import Document, Run
from kg.resolve import make_resolver
from kg.store import open_store
from kg.vocab import DATA

ARTICLES = (
    ("a", "Two people died in Springfield on Monday. A mine went off 20 km north of Kisumu, police said."),
    ("b", "An air strike hit a depot in Kisumu on Friday. Fires burned in Springfield, Mo., and in Velmara."),
)


@pytest.fixture(scope="module")
def store(schema, nlp):
    extract = make_extractor(schema, rules_only=True)
    resolve = make_resolver(schema, load_gazetteer(schema.regions))
    quads = make_quads(schema, DATA, Run("0", "0", "0"))
    with open_store(None) as opened:
        for parsed in parse([Document(name, text) for name, text in ARTICLES], nlp):
            extraction = extract(parsed.document.id, [parsed.text])
            opened.replace(parsed.document.id, "mark", quads(resolve(parsed.document, extraction)))
        yield opened


def rows(store, query, **values):
    return [[term.value if term else None for term in row] for row in ask(store, load_query(query, None, values))]


def test_what_lies_within_some_kilometres_of_a_place(store):
    found = {(float(km), place) for km, place, *_ in rows(store, "around", name="kisumu", within="25")}
    assert found == {(0.0, "Kisumu"), (20.0, "20 km north of Kisumu")}


def test_what_lies_beyond_is_left_out(store):
    assert {row[1] for row in rows(store, "around", name="Kisumu", within="10")} == {"Kisumu"}


def test_events_stand_beside_their_places(store):
    assert "AirStrike" in {row[3] for row in rows(store, "around", name="Kisumu", within="1")}


def test_a_point_will_do(store):
    found = {row[1] for row in rows(store, "around", lat="-0.1", lon="34.75", within="5")}
    assert found == {"Kisumu"}


def test_what_is_said_to_be_near_comes_with_the_words(store):
    (found,) = rows(store, "near", name="kisumu")
    assert found[:3] == ["20 km north of Kisumu", "20", "N"]
    assert rows(store, "near", name="Springfield") == []


def test_how_far_one_place_is_from_another(store):
    found = {(row[1], row[3]): float(row[0]) for row in rows(store, "distance", start="Kisumu", end="Springfield")}
    assert set(found) == {("Kisumu", "Springfield")}
    assert 12_000 < found["Kisumu", "Springfield"] < 13_500


def test_names_that_may_mean_more_than_one_place(store):
    found = {row[0]: row for row in rows(store, "ambiguous")}
    name, chosen, within, _, _, others = found["Springfield"]
    assert (name, chosen) == ("Springfield", "Springfield")
    assert "United States" in within
    assert others


def test_places_that_no_table_knows(store):
    assert [row[1] for row in rows(store, "unlocated")] == ["Velmara"]


def test_containment_is_a_relation_of_its_own(store):
    """District, region and country of a place, by their ids; an area that words describe lies in its anchor's."""
    within = store.select("SELECT ?label ?outer { ?place a kg:Place ; rdfs:label ?label ; kg:within ?outer }")
    found = {}
    for row in within:
        found.setdefault(row["label"].value, set()).add(row["outer"].value.removeprefix(DATA))
    kenya = "place/192950"
    assert kenya in found["Kisumu"]
    assert kenya in found["20 km north of Kisumu"]
    assert kenya not in found["Springfield"]
    assert len(found["Kisumu"]) >= 2


def test_a_point_is_written_for_both_kinds_of_readers(store):
    query = """SELECT ?lat ?long ?wkt ?precision { ?place rdfs:label "Kisumu" ; wgs84:lat ?lat ; wgs84:long ?long ;
      kg:precision ?precision ; geo:hasGeometry/geo:asWKT ?wkt }"""
    ((lat, long, wkt, precision),) = {tuple(term.value for term in row) for row in store.select(query)}
    assert wkt == f"POINT({long} {lat})"
    assert precision == "settlement"
