"""Records to RDF: what is minted, what is stated, and what hostile data cannot do."""

from __future__ import annotations

import dataclasses

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import claim_link_quads, incident_quads, make_quads, reference_quads
from kg.records import Argument, ClaimLink, Entity, Event, Incident, Run, Schema
from kg.vocab import DATA, KG, PREFIXES, Iris
from kg.vocab.iris import article_of_graph, segment

RUN = Run("0.1.0", "0.1.0", "en_core_web_sm 3.8.0")
IDS = st.text(st.characters(), max_size=12)
WIRE = f"{DATA}article/wire-1"


@pytest.fixture(scope="module")
def quads(make_resolution):
    return list(make_quads(Schema("0.1.0"), DATA, RUN)(make_resolution()))


def iri(curie):
    prefix, _, name = curie.partition(":")
    return ox.NamedNode({"wire": f"{WIRE}/", **PREFIXES}[prefix] + name)


# ------------------------------------------------------------------------------------------ names


@given(IDS, IDS)
def test_two_ids_never_share_a_name(one, other):
    assert (segment(one) == segment(other)) == (one == other)


@given(IDS)
def test_an_article_is_found_again_by_its_graph(article_id):
    name = Iris().graph(article_id)
    ox.NamedNode(name)
    assert article_of_graph(name) == (DATA, article_id)


@given(IDS, st.sampled_from(["event", "quotation", "actor"]), st.integers(1, 99))
def test_a_path_in_an_article_is_the_records_name(article_id, kind, number):
    iris = Iris()
    assert iris.of(f"article/{article_id}/{kind}/{number}") == iris.record(article_id, kind, number)


@pytest.mark.parametrize(
    ("article_id", "name"),
    [
        ("a/b", "a%2Fb"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("a b>c", "a%20b%3Ec"),
        ("x#char=1,2", "x%23char%3D1%2C2"),
        ("%2F", "%252F"),
        ("Ünï", "%C3%9Cn%C3%AF"),
        ("\ud800", "%ED%A0%80"),
        ("article/x/event/1", "article%2Fx%2Fevent%2F1"),
    ],
)
def test_no_id_breaks_out_of_its_segment(article_id, name):
    assert Iris().article(article_id) == f"{DATA}article/{name}"


# ------------------------------------------------------------------------------------------ statements

STATEMENTS = [
    ("wire:quotation/1", "kg:speaker", "actor:person/mara-venn"),
    ("actor:person/mara-venn", "kg:said", "wire:quotation/1"),
    ("actor:person/mara-venn", "kg:spokespersonSaid", "wire:quotation/1"),
    ("wire:quotation/1", "kg:stance", "stance:asserts"),
    ("wire:quotation/2", "kg:stance", "stance:denies"),
    ("wire:event/1", "kg:eventType", "ev:AirStrike"),
    ("wire:event/1", "kg:attacker", "actor:northern-coalition"),
    ("wire:event/1", "kg:target", "wire:thing/1"),
    ("wire:event/1", "kg:place", "place:900001"),
    ("wire:event/2", "kg:causedBy", "wire:event/1"),
    ("wire:event/2", "kg:figure", "wire:figure/1"),
    ("wire:figure/1", "kg:bound", "bound:atLeast"),
    ("wire:figure/1", "kg:measure", "measure:destroyed"),
    ("wire:claim/1", "kg:claimant", "actor:person/mara-venn"),
    ("wire:claim/1", "kg:states", "wire:figure/1"),
    ("wire:claim/1", "kg:about", "wire:event/1"),
    ("wire:claim/1", "kg:inQuotation", "wire:quotation/1"),
    ("wire:claim/1", "kg:certainty", "certainty:certain"),
    ("wire:claim/2", "kg:polarity", "polarity:negative"),
    ("wire:claim/2", "kg:claimant", "wire:actor/1"),
    ("wire:claim/3", "kg:claimant", "actor:publisher/the-tarsk-courier"),
    ("wire:membership/1", "kg:member", "actor:person/mara-venn"),
    ("wire:membership/1", "kg:organization", "actor:northern-coalition"),
    ("wire:place/1", "kg:near", "wire:proximity/1"),
    ("wire:place/1", "kg:locatedNear", "place:900001"),
    ("wire:proximity/1", "kg:anchor", "place:900001"),
    ("actor:northern-coalition", "kg:strikeOn", "wire:thing/1"),
    ("place:900001", "skos:exactMatch", "https://sws.geonames.org/900001/"),
]


@pytest.mark.parametrize(("subject", "predicate", "value"), STATEMENTS)
def test_a_record_becomes_statements(quads, subject, predicate, value):
    wanted = ox.NamedNode(value) if value.startswith("http") else iri(value)
    assert ox.Triple(iri(subject), iri(predicate), wanted) in {quad.triple for quad in quads}


LITERALS = [
    ("wire:figure/1", "kg:literal", "at least 120"),
    ("wire:figure/1", "kg:low", "120"),
    ("wire:quotation/1", "kg:content", "its jets struck"),
    ("wire:quotation/1", "kg:confidence", "0.91"),
    ("wire:event/1", "kg:earliest", "2031-05-05T00:00:00Z"),
    ("wire:event/1", "kg:latest", "2031-05-05T23:59:59Z"),
    ("wire:event/1", "kg:timeText", "Monday"),
    ("wire:membership/1", "kg:rank", "Colonel"),
    ("wire:proximity/1", "kg:relationText", "east of Tarsk"),
    ("wire:actor/1", "rdfs:label", "a rebel officer"),
    ("place:900001", "wgs84:long", "-0.5"),
    ("place:900001/geometry", "geo:asWKT", "POINT(-0.5 31.20113)"),
]


@pytest.mark.parametrize(("subject", "predicate", "value"), LITERALS)
def test_values_are_written_as_they_are(quads, subject, predicate, value):
    found = {each.object.value for each in quads if (each.subject, each.predicate) == (iri(subject), iri(predicate))}
    assert found == {value}


def test_a_figure_without_a_bound_has_none(quads):
    assert not [each for each in quads if each.predicate == iri("kg:high")]


def test_statements_stand_in_the_graphs_that_the_design_names(quads):
    graphs = {each.graph_name.value.removeprefix(DATA) for each in quads}
    assert graphs == {"article/wire-1/graph", "graph/derived/article/wire-1", "graph/entities", "graph/reference"}
    assert {each.graph_name for each in quads if each.predicate == iri("kg:strikeOn")} == {
        ox.NamedNode(f"{DATA}graph/derived/article/wire-1")
    }


def test_every_record_names_its_article_and_its_rule(quads):
    mine = {
        each.subject for each in quads if each.subject.value.startswith(WIRE + "/") or "#char=" in each.subject.value
    }
    for name in ("kg:article", "kg:foundBy"):
        assert mine - {each.subject for each in quads if each.predicate == iri(name)} == {iri("wire:graph")}


def test_every_mention_is_in_its_sentence(quads):
    ends = {each.subject: int(each.object.value) for each in quads if each.predicate == iri("kg:end")}
    starts = {each.subject: int(each.object.value) for each in quads if each.predicate == iri("kg:start")}
    inside = [each for each in quads if each.predicate == iri("kg:sentence")]
    assert len(inside) >= 12
    for each in inside:
        assert starts[each.object] <= starts[each.subject] < ends[each.subject] <= ends[each.object]


def test_a_title_has_offsets_of_its_own(quads):
    title = [each.subject.value for each in quads if each.predicate == iri("kg:part")]
    assert set(title) == {f"{WIRE}/title#char=0,18"}


PASSING = [
    # how it is named, its class, whether an event has it as its place, whether it is written
    ("nominal", "Facility", False, False),
    ("pronoun", "Thing", False, False),
    ("name", "Facility", False, True),
    ("nominal", "Facility", True, True),
    ("nominal", "Person", False, True),
]


@pytest.mark.parametrize(("kind", "label", "told", "written"), PASSING)
def test_what_is_named_in_passing_is_not_written(make_resolution, kind, label, told, written):
    resolution = make_resolution()
    findings = list(resolution.extraction.findings)
    title = next(
        each.record for each in findings if getattr(each.record, "span", None) and each.record.span.part == "title"
    )
    at = next(number for number, each in enumerate(findings) if each.record == title)
    findings[at] = dataclasses.replace(findings[at], record=dataclasses.replace(title, kind=kind))
    if told:
        event = next(number for number, each in enumerate(findings) if isinstance(each.record, Event))
        place = dataclasses.replace(findings[event].record, arguments=(Argument("place", title.span),))
        findings[event] = dataclasses.replace(findings[event], record=place)
    changed = dataclasses.replace(
        resolution,
        extraction=dataclasses.replace(resolution.extraction, findings=tuple(findings)),
        entities=(*resolution.entities, Entity("article/wire-1/thing/9", label, "the jets", ("the jets",))),
        denotes=(*resolution.denotes, (title.span, "article/wire-1/thing/9")),
        claims=(),
    )
    triples = {each.triple for each in make_quads(Schema("0"), DATA, RUN)(changed)}
    thing, words = iri("wire:thing/9"), ox.NamedNode(f"{WIRE}/title#char=0,4")
    assert (ox.Triple(words, iri("kg:denotes"), thing) in triples) is written
    assert (ox.Triple(ox.NamedNode(WIRE), iri("kg:mentions"), thing) in triples) is written
    assert any(thing in {each.subject, each.object} for each in triples) is written


def test_words_are_found_by_whoever_found_them_not_by_who_refers_to_them(make_resolution):
    quads = list(make_quads(Schema("0"), DATA, RUN)(make_resolution()))
    (person,) = {each.subject for each in quads if each.predicate == iri("kg:mentionKind")}
    assert [each.object.value for each in quads if (each.subject, each.predicate) == (person, iri("kg:foundBy"))] == [
        "mentions"
    ]


def test_the_same_reading_gives_the_same_quads(make_resolution, quads):
    assert list(make_quads(Schema("0.1.0"), DATA, RUN)(make_resolution())) == quads


def test_there_are_no_blank_nodes_and_every_term_is_declared(quads):
    ontology = {quad.subject for quad in reference_quads(Schema("0.1.0"))}
    for each in quads:
        assert isinstance(each.subject, ox.NamedNode)
        assert isinstance(each.object, ox.NamedNode | ox.Literal)
        assert each.predicate in ontology or not each.predicate.value.startswith(KG)
        if isinstance(each.object, ox.NamedNode) and each.object.value.startswith(KG):
            assert each.object in ontology


def test_another_base_moves_the_data_and_not_the_terms(make_resolution):
    moved = list(make_quads(Schema("0"), "https://data.example/", RUN)(make_resolution()))
    assert not [each for each in moved if DATA in str(each)]
    assert {each.predicate for each in moved} >= {iri("kg:said"), iri("kg:claimant")}


def test_a_listed_publisher_is_the_listed_actor(schema, make_resolution):
    actor = next(each for each in schema.actors if each.aliases)
    found = make_quads(schema, DATA, RUN)(make_resolution(publisher=actor.aliases[0].upper()))
    assert DATA + actor.id in {each.object.value for each in found if each.predicate == iri("dcterms:publisher")}


@pytest.mark.parametrize("publisher", [None, "", "  "])
def test_an_article_without_a_publisher_speaks_for_itself(make_resolution, publisher):
    found = make_quads(Schema("0"), DATA, RUN)(make_resolution(publisher=publisher))
    assert (iri("wire:publisher/1"), iri("rdfs:label"), "unnamed publisher") in {
        (each.subject, each.predicate, getattr(each.object, "value", "")) for each in found
    }


@pytest.mark.parametrize(
    "words", ["\ud800 Venn", "a\x00b", "<script>", '"quoted"\\', "\u202ertl", "a\nb", "x" * 10_000]
)
def test_no_words_break_the_graph(make_resolution, words):
    quads = list(make_quads(Schema("0"), DATA, RUN)(make_resolution(words, publisher=words, person=words)))
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert set(ox.parse(written, format=ox.RdfFormat.N_QUADS)) == set(quads)


def test_a_quotation_that_was_not_said_is_nobodys(make_resolution):
    resolution = make_resolution()
    findings = tuple(
        dataclasses.replace(each, record=dataclasses.replace(each.record, negated=True))
        if getattr(each.record, "stance", "") == "denies"
        else each
        for each in resolution.extraction.findings
    )
    extraction = dataclasses.replace(resolution.extraction, findings=findings)
    links = tuple(each for each in resolution.links if not each.object.endswith("quotation/2"))
    changed = dataclasses.replace(resolution, extraction=extraction, links=links, claims=())
    triples = {each.triple for each in make_quads(Schema("0"), DATA, RUN)(changed)}
    assert ox.Triple(iri("wire:quotation/2"), iri("kg:attributedTo"), iri("wire:actor/1")) in triples
    assert ox.Triple(iri("wire:actor/1"), iri("kg:said"), iri("wire:quotation/2")) not in triples


# ------------------------------------------------------------------------------------------ derived graphs


def test_incidents_join_events_and_say_why():
    incident = Incident(
        "incident/a-1", "AirStrike", ("article/a/event/1", "article/b/event/2"), ("place/1",), reasons=("same day",)
    )
    found = {(each.subject.value, each.predicate.value.removeprefix(KG)) for each in incident_quads(incident)}
    assert {(f"{DATA}article/a/event/1", "incident"), (f"{DATA}article/b/event/2", "incident")} <= found
    assert {(f"{DATA}incident/a-1", name) for name in ("eventType", "place", "reason")} <= found
    assert {each.graph_name.value for each in incident_quads(incident)} == {f"{DATA}graph/derived/incidents"}


def test_a_link_between_claims_has_its_reason():
    link = ClaimLink("contradicts", "article/a/claim/1", "article/b/claim/1", "12 or fewer, and 20 or more")
    found = list(claim_link_quads([link], Incident("incident/a-1", "AirStrike", ())))
    assert ox.Triple(
        ox.NamedNode(f"{DATA}article/a/claim/1"), iri("kg:contradicts"), ox.NamedNode(f"{DATA}article/b/claim/1")
    ) in {each.triple for each in found}
    assert "12 or fewer, and 20 or more" in {getattr(each.object, "value", "") for each in found}


def test_a_comparison_is_called_by_what_it_compares():
    """Others that come and go do not rename it."""
    incident = Incident("incident/a-1", "AirStrike", ())
    links = [ClaimLink("contradicts", f"article/{one}/claim/1", "article/b/claim/1", "why") for one in "acd"]
    together, alone = (set(claim_link_quads(some, incident)) for some in (links, links[1:2]))
    assert alone < together
    assert not list(claim_link_quads([], incident))
