"""From a store to a scene: who is drawn, what joins them, which words prove it."""

from __future__ import annotations

import pytest

from kg.view.projection import project


@pytest.fixture
def scene(raid):
    return project(raid.ask, "Raid")


def by_id(scene):
    return {node.id: node for node in scene.nodes}


def statement(scene, path):
    return next(each for each in scene.statements if each.id == path)


def marked(passage):
    return [(mark.part, passage.text[mark.start : mark.end]) for mark in passage.marks]


@pytest.mark.parametrize(
    ("node", "cls", "label"),
    [
        ("actor/alliance", "Coalition", "River Alliance"),
        ("actor/person/ada-brook", "Person", "Ada Brook"),
        ("actor/ministry", "Organization", "Ministry of Stone"),
        ("article/herald-1/thing/1", "Facility", "a depot"),
        ("place/1", "Place", "Varna Ford"),
        ("incident/herald-1-1", "Incident", "Air strike, Varna Ford, May 2019"),
        ("article/courier-1/quotation/2", "Quotation", "Talks go on."),
    ],
)
def test_nodes_have_class_and_label(scene, node, cls, label):
    assert (by_id(scene)[node].cls, by_id(scene)[node].label) == (cls, label)


def test_what_nothing_speaks_of_is_not_drawn(scene):
    assert "actor/stone-guard" not in by_id(scene)


def test_a_place_knows_where_it_is(scene):
    place = by_id(scene)["place/1"]
    assert (place.lat, place.lon, place.precision, place.within) == (43.2, 27.9, "settlement", ("Coast", "Moravia"))


def test_a_person_shows_rank_and_post(scene):
    assert by_id(scene)["actor/person/ada-brook"].posts == ("Colonel, spokeswoman",)


@pytest.mark.parametrize(
    ("source", "target", "label", "mode"),
    [
        ("incident/herald-1-1", "actor/alliance", "attacker", "events"),
        ("incident/herald-1-1", "place/1", "place", "events"),
        ("actor/person/ada-brook", "article/herald-1/quotation/1", "spokesperson-said", "always"),
        ("actor/ministry", "article/courier-1/quotation/1", "said", "always"),
        ("article/herald-1/quotation/1", "incident/herald-1-1", "about", "always"),
        ("actor/ministry", "incident/herald-1-1", "denies", "summary"),
        ("actor/person/ada-brook", "actor/alliance", "Colonel, spokeswoman", "always"),
        ("place/2", "place/1", "15 km north of", "always"),
        ("actor/alliance", "article/herald-1/thing/1", "strike-on", "direct"),
    ],
)
def test_edges_join_what_the_graph_joins_and_rest_on_statements(scene, source, target, label, mode):
    (edge,) = [e for e in scene.edges if (e.source, e.target, e.label, e.mode) == (source, target, label, mode)]
    assert edge.statements


def test_a_role_edge_rests_on_the_claims_of_both_papers(scene):
    (edge,) = [e for e in scene.edges if e.label == "attacker"]
    assert {scene.statements[at].article for at in edge.statements} == {0, 1}


def test_a_quotation_is_marked_by_its_offsets_behind_an_emoji(scene):
    (passage,) = [p for p in statement(scene, "article/herald-1/claim/2").passages if "🛩" in p.text]
    assert marked(passage) == [
        ("content", "“We killed at least 40 fighters 🛩 there,”"),
        ("source", "Colonel Ada Brook"),
        ("attacker", "the River Alliance"),
        ("cue", "said"),
    ]


def test_an_event_is_marked_with_trigger_and_roles(scene):
    (passage,) = statement(scene, "article/herald-1/claim/1").passages
    assert marked(passage) == [("evidence", "bombed"), ("trigger", "bombed"), ("target", "a depot")]


def test_claims_that_contradict_each_other_know_it_and_make_the_incident_disputed(scene):
    denial = statement(scene, "article/courier-1/claim/1")
    assert [scene.statements[at].id for at in denial.contradicts] == ["article/herald-1/claim/2"]
    assert by_id(scene)["incident/herald-1-1"].disputed


def test_figures_keep_their_interval_and_words(scene):
    (count,) = statement(scene, "article/herald-1/claim/2").figures
    assert (count.text, count.measure, count.low, count.high) == ("at least 40", "killed", 40, None)


def test_a_quotation_that_claims_nothing_is_still_a_statement(scene):
    talks = statement(scene, "article/courier-1/quotation/2")
    assert (talks.kind, talks.claimant) == ("quotation", "actor/ministry")


def test_an_empty_store_gives_an_empty_scene(room):
    scene = project(room.ask, "Nothing")
    assert (scene.nodes, scene.edges, scene.statements, scene.articles) == ((), (), (), ())


def test_the_same_store_gives_the_same_scene(scenes):
    assert project(scenes().ask, "x") == project(scenes().ask, "x")
