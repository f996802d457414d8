"""The shapes: real output conforms, and each way of going wrong is seen."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import ConformanceError, OntologyError
from kg.graph import claim_link_quads, incident_quads, make_quads, reference_quads
from kg.records import ClaimLink, Incident, Run
from kg.store import open_store
from kg.validate import validate
from kg.vocab import DATA, PREFIXES

WIRE = f"{DATA}article/wire-1"
INCIDENT = Incident("incident/wire-1-1", "AirStrike", ("article/wire-1/event/1",))


@pytest.fixture
def store(schema, make_resolution):
    with open_store(None) as opened:
        opened.replace("wire-1", "mark", make_quads(schema, DATA, Run("0", "0", "0"))(make_resolution()))
        yield opened


def term(curie):
    if curie.startswith('"'):
        return next(ox.parse(f"<urn:a> <urn:b> {curie} .", format=ox.RdfFormat.TURTLE)).object
    prefix, _, name = curie.partition(":")
    return ox.NamedNode({"wire": f"{WIRE}/", **PREFIXES}[prefix] + name)


def test_what_the_graph_is_made_of_conforms(store, schema):
    store.set_graphs(reference_quads(schema))
    store.set_graphs(incident_quads(INCIDENT))
    store.set_graphs(
        claim_link_quads(
            [ClaimLink("contradicts", "article/wire-1/claim/1", "article/wire-1/claim/2", "denied")], INCIDENT
        )
    )
    assert validate(store) == []


#: A property of a record that is taken away, and what is put in its place.
WRONG = [
    ("wire:claim/1", "kg:claimant", None),
    ("wire:claim/1", "kg:claimant", "actor:a-second"),
    ("wire:claim/1", "kg:evidence", None),
    ("wire:claim/1", "kg:about", "wire:quotation/1"),
    ("wire:claim/1", "kg:stance", "measure:killed"),
    ("wire:claim/1", "kg:polarity", None),
    ("wire:quotation/1", "kg:article", None),
    ("wire:quotation/1", "kg:foundBy", None),
    ("wire:quotation/1", "kg:quotationKind", '"shouted"'),
    ("wire:event/1", "kg:trigger", None),
    ("wire:event/1", "kg:eventType", "kg:AirStrike"),
    ("wire:event/1", "kg:latest", '"2001-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'),
    ("wire:figure/1", "kg:literal", None),
    ("wire:figure/1", "kg:high", '"3"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("wire:membership/1", "kg:member", None),
    ("wire:proximity/1", "kg:bearing", '"up"'),
    ("wire:proximity/1", "kg:anchor", None),
    ("place:900001", "wgs84:lat", '"91.0"^^<http://www.w3.org/2001/XMLSchema#double>'),
    ("actor:person/mara-venn", "rdfs:label", None),
    ("wire:graph", "kg:fingerprint", None),
]


@pytest.mark.parametrize(("node", "name", "value"), WRONG)
def test_what_is_wrong_is_seen(store, node, name, value):
    subject, predicate = term(node), term(name)
    old = list(store.database.quads_for_pattern(subject, predicate, None, None))
    if value is None or not value.endswith("a-second"):
        for quad in old:
            store.database.remove(quad)
    if value:
        graph = old[0].graph_name if old else ox.NamedNode(f"{WIRE}/graph")
        store.database.add(ox.Quad(subject, predicate, term(value), graph))
    assert subject.value in {each.node for each in validate(store)}


def test_a_mention_ends_after_it_starts(store):
    mention = ox.NamedNode(f"{WIRE}#char=69,73")
    for quad in list(store.database.quads_for_pattern(mention, term("kg:end"), None, None)):
        store.database.remove(quad)
        store.database.add(ox.Quad(mention, quad.predicate, ox.Literal(3), quad.graph_name))
    assert [each.node for each in validate(store)] == [mention.value]


def test_a_disputed_number_never_sits_on_an_incident(store):
    store.set_graphs(incident_quads(Incident("incident/x", "AirStrike", ("article/wire-1/event/1",))))
    graph = ox.NamedNode(f"{DATA}graph/derived/incidents")
    store.database.add(ox.Quad(ox.NamedNode(f"{DATA}incident/x"), term("kg:figure"), term("wire:figure/1"), graph))
    (found,) = validate(store)
    assert "never sits on an incident" in str(found)
    assert "\n" not in str(found)


def test_shapes_that_cannot_be_read_are_an_error(tmp_path, store):
    (tmp_path / "shapes.ttl").write_text("no turtle")
    with pytest.raises(OntologyError, match=r"shapes\.ttl"):
        validate(store, tmp_path / "shapes.ttl")


def test_a_store_too_large_is_refused(store, monkeypatch):
    monkeypatch.setattr("kg.validate.LARGEST", 10)
    with pytest.raises(ConformanceError, match="more than 10"):
        validate(store)
