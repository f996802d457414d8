"""What is drawn as one node: merged entities, and a state with its land."""

from __future__ import annotations

import pytest

from kg.view.folding import folded, kept_ids
from kg.view.projection import project


def tables(**kinds):
    return {"entities": {}, "places": {}, "events": {}, **kinds}


def links(same=(), lands=()):
    return {"same": tuple(same), "lands": tuple(lands), "said": (("actor/b", "q"),)}


ENTITIES = {"actor/a": {"label": ("A",)}, "actor/b": {"label": ("B",)}, "actor/c": {"label": ("C",)}}


@pytest.mark.parametrize(
    ("same", "kept"),
    [
        ([], {}),
        ([("actor/b", "actor/a")], {"actor/b": "actor/a"}),
        ([("actor/b", "actor/a"), ("actor/c", "actor/b")], {"actor/b": "actor/a", "actor/c": "actor/a"}),
        ([("actor/b", "http://www.wikidata.org/entity/Q1")], {}),
    ],
)
def test_chains_end_at_the_one_that_is_kept(same, kept):
    assert kept_ids(tables(entities=ENTITIES), links(same)) == kept


def test_a_ring_of_merges_ends():
    assert set(kept_ids(tables(entities=ENTITIES), links([("actor/a", "actor/b"), ("actor/b", "actor/a")])))


def test_the_kept_one_takes_names_links_and_roles():
    events = {"e": {"attacker": ("actor/b",), "target": ("actor/c",)}}
    found, joined = folded(
        tables(entities=ENTITIES, events=events), links([("actor/b", "actor/a")]), {"actor/b": "actor/a"}
    )
    assert found["entities"]["actor/a"] == {"label": ("A",), "name": ("B",)}
    assert "actor/b" not in found["entities"]
    assert found["events"]["e"]["attacker"] == ("actor/a",)
    assert joined["said"] == (("actor/a", "q"),)


def test_a_state_stands_where_its_land_is(room):
    room.article("x", ["Guns fired."])
    room.add("actor/moravia", "State", rdfs_label="Moravia", territory="<place/9>")
    room.add("place/9", "Place", rdfs_label="Moravia", wgs84_lat=49.2, wgs84_long=17.1, precision="country")
    room.add("incident/1", "Incident", eventType="ev:Shelling", place="<place/9>")
    room.add("article/x/event/1", "Event", incident="<incident/1>", attacker="<actor/moravia>", place="<place/9>")
    scene = project(room.ask, "Moravia")
    assert [(n.id, n.cls, n.lat, n.precision) for n in scene.nodes if n.label == "Moravia"] == [
        ("actor/moravia", "State", 49.2, "country")
    ]
    assert {(e.label, e.target) for e in scene.edges} == {("attacker", "actor/moravia"), ("place", "actor/moravia")}
