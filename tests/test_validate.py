"""The shapes: real output conforms, and each way of going wrong is seen."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import ConformanceError, OntologyError
from kg.graph import claim_link_quads, incident_quads, make_quads, reference_quads
from kg.records import ClaimLink, Incident, Run
from kg.store import Store, open_store
from kg.validate import compiled, validate
from kg.validate.reference import read_shapes, violations
from kg.vocab import DATA, PREFIXES, ontology_folder

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


# ------------------------------------------------------------------------------------------ two engines, one result

XSD = PREFIXES["xsd"]
SHAPES = ontology_folder() / "shapes.ttl"
#: What a statement's value is exchanged for: other kinds, other types, too small, too large, malformed, empty.
VALUES = [
    *('""', '"up"', "3", "-1", "2.5", '"2.5"', '"91.0"^^xsd:double', '"-181.0"^^xsd:double', '"x"^^xsd:decimal'),
    *('"2001-01-01"^^xsd:date', '"2001-01-01T00:00:00Z"^^xsd:dateTime', '"2099-01-01T00:00:00Z"^^xsd:dateTime'),
    *('"2001-13-41"^^xsd:date', '"99.5"^^xsd:decimal', '"1"^^xsd:decimal', '"title"', '"name"@en', "true"),
    *("<urn:other>", f"<{WIRE}/event/1>", f"<{WIRE}/quotation/1>", "kg:Claim", "stance:denies", "polarity:positive"),
]


def graph_of(quads):
    """One rdflib graph, as pySHACL takes it."""
    lines = ox.serialize({each.triple for each in quads}, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(lines, format="nt")


def essence(found):
    """Violations without their words, and values without their spelling: rdflib writes 91 as 91.0, and Z as +00:00.

    A value of the wrong datatype cannot be compared either; the recommendation makes that a violation of its own, which
    pySHACL reports at times. It is left out where the datatype is reported.
    """
    told = {(plain(each.node), each.path, each.component, plain(each.value)) for each in found}
    mistyped = {node for node, _, component, _ in told if component.startswith("Datatype")}
    compared = ("LessThan", "MinInclusive", "MaxInclusive")
    return {each for each in told if not (each[0] in mistyped and each[2].startswith(compared))}


def plain(value):
    try:
        return str(float(value))
    except ValueError:
        return value.replace("+00:00", "Z")


def broken(quads, chance):
    """The same statements, but of most properties one gone, exchanged or doubled; one node has only its class."""
    prefixes = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    written = "\n".join(f"<urn:a> <urn:b{at}> {value} ." for at, value in enumerate(VALUES))
    values = [each.object for each in ox.parse(f"{prefixes}\n{written}", format=ox.RdfFormat.TURTLE)]
    chosen = {}
    for quad in chance.sample(quads, len(quads)):
        chosen.setdefault(quad.predicate, quad)
    stripped = chance.choice(sorted({each.subject for each in quads}, key=str))
    for quad in quads:
        fate = chance.random() if chosen[quad.predicate] == quad else 1
        bare = quad.subject == stripped and quad.predicate != term("rdf:type")
        if fate > 0.5 and not bare:
            yield quad
        if 0.2 < fate < 0.8:
            yield ox.Quad(quad.subject, quad.predicate, chance.choice(values), quad.graph_name)


@pytest.fixture(scope="module")
def derived_quads():
    link = ClaimLink("contradicts", "article/wire-1/claim/1", "article/wire-1/claim/2", "denied")
    return [*incident_quads(INCIDENT), *claim_link_quads([link], INCIDENT)]


#: As `WRONG`, for constraints that chance seldom breaks; a "+" adds to what is there.
RARE = [
    ("place:900001", "wgs84:lat", '"-91.0"^^<http://www.w3.org/2001/XMLSchema#double>'),
    ("place:900001", "wgs84:long", '"181.0"^^<http://www.w3.org/2001/XMLSchema#double>'),
    ("place:900001", "wgs84:long", '"-181.0"^^<http://www.w3.org/2001/XMLSchema#double>'),
    ("wire:quotation/1", "kg:confidence", '"-1"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("wire:quotation/1", "kg:reportedBy", "wire:event/1"),
    ("wire:proximity/1", "kg:distanceKm", '"-2"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("wire:proximity/1", "kg:distanceKm", "+2 3"),
    ("wire:figure/1", "kg:high", '"many"'),
    ("wire:figure/1", "kg:high", "+200 300"),
    ("actor:incident", "kg:figure", "wire:figure/1"),
]


def one_wrong(quads, node, name, value):
    """The same statements, but for one."""
    subject = ox.NamedNode(f"{DATA}incident/wire-1-1") if node == "actor:incident" else term(node)
    values = [value] if value else []
    if value and value[0] == "+":
        values = [f'"{each}"^^<{XSD}decimal>' for each in value[1:].split()]
    terms = map(term, values)
    yield from (each for each in quads if (each.subject, each.predicate) != (subject, term(name)))
    yield from (ox.Quad(subject, term(name), each, ox.NamedNode(f"{WIRE}/graph")) for each in terms)


def results_of(quads, shapes):
    """What both engines find; None where pySHACL stumbles over malformed values that it compares."""
    store = Store(ox.Store(), None)
    store.database.extend(quads)
    try:
        theirs = violations(graph_of(store.quads()), shapes)
        return essence(compiled.check(store, SHAPES)), essence(theirs)
    except TypeError:
        return None


@pytest.fixture(scope="module")
def both(schema, make_resolution, derived_quads):
    """What the two engines find in graphs with one wrong statement, and in graphs that were broken at random."""
    quads = list(make_quads(schema, DATA, Run("0", "0", "0"))(make_resolution()))
    quads += [ox.Quad(iri := ox.NamedNode(f"{WIRE}/graph"), term("kg:fingerprint"), ox.Literal("0"), iri)]
    quads += derived_quads
    graphs = [list(one_wrong(quads, *each)) for each in (*WRONG, *RARE)]
    graphs += [list(broken(quads, random.Random(seed))) for seed in range(60)]
    shapes = read_shapes(SHAPES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "read_shapes", lambda _: shapes)  # reading them takes as long as a check
        return [found for each in graphs if (found := results_of(each, shapes))]


def test_both_engines_find_the_same_in_broken_graphs(both):
    assert len(both) > 80
    assert sum(len(theirs) for _, theirs in both) > 3000
    for ours, theirs in both:
        assert ours == theirs != set()


def test_every_constraint_of_every_shape_was_broken(both):
    """So that the test above has seen each of them."""
    shapes = read_shapes(SHAPES)
    names = {each: value[0] for each, value in compiled.CONSTRAINTS.items()}
    wanted = set()
    for shape in shapes.subjects(rdflib.RDF.type, rdflib.SH.NodeShape):
        for each in (shape, *shapes.objects(shape, rdflib.SH.property)):
            path = shapes.value(each, rdflib.SH.path)
            simple = str(path) if isinstance(path, rdflib.URIRef) else ""
            wanted |= {(simple, names[name]) for name in shapes.predicates(each) if name in names}
    seen = {
        (path, component.removesuffix("ConstraintComponent")) for _, found in both for _, path, component, _ in found
    }
    assert sorted(wanted - seen) == []
    assert len(wanted) > 140


def test_both_engines_agree_on_what_conforms(store, derived_quads):
    store.database.extend(derived_quads)
    assert validate(store, engine="sparql") == validate(store, engine="pyshacl") == []


UNKNOWN = [
    "sh:property [ sh:path kg:start ; sh:equals kg:end ]",
    "sh:property [ sh:path [ sh:zeroOrMorePath kg:within ] ; sh:minCount 1 ]",
    "sh:not [ sh:path kg:start ; sh:minCount 1 ]",
    "sh:or ( [ sh:path kg:start ; sh:minCount 2 ] )",
    "sh:property [ sh:path kg:start ; sh:nodeKind sh:BlankNodeOrIRI ]",
]


@pytest.mark.parametrize("constraint", UNKNOWN)
def test_a_shape_that_is_not_known_is_refused_not_passed_over(tmp_path, store, constraint):
    path = tmp_path / "shapes.ttl"
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/newskg/ontology#> .\n"
    path.write_text(f"{head}<urn:s> a sh:NodeShape ; sh:targetClass kg:Mention ; {constraint} .")
    with pytest.raises(ConformanceError, match="--engine pyshacl"):
        validate(store, path, engine="sparql")


def test_a_large_graph_is_checked_by_sparql(store, monkeypatch):
    monkeypatch.setattr("kg.validate.LARGE", 10)
    monkeypatch.setattr("kg.validate.reference.violations", None)  # pySHACL is not called
    assert validate(store) == []
