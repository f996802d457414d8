"""The ontology as a whole: every term says what it means, nothing contradicts itself, names fit the data."""

from __future__ import annotations

import re
from collections import defaultdict

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.corpus import sample_path
from kg.derived import merges, rebuild
from kg.derived.corrections import correct, decision
from kg.graph import make_quads
from kg.pipeline import build
from kg.records import MergeDecision, Run
from kg.store import open_store
from kg.vocab import DATA, KG, PREFIXES, SCHEMES, ontology_files
from kg.vocab.schema import WORD_PROPERTIES

ONTOLOGY = rdflib.URIRef(KG.rstrip("#"))
TERMS = ("kg.ttl",)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype)


def parse(*names):
    graph = rdflib.Graph()
    for path in ontology_files():
        if path.name in names:
            graph.parse(path)
    return graph


def concepts():
    """Every concept that an article can be read with, by file: listed actors and places are data, not terms."""
    for path in ontology_files():
        graph = rdflib.Graph().parse(path)
        for concept in sorted(set(graph.subjects(RDF.type, SKOS.Concept))):
            yield pytest.param(graph, concept, id=f"{path.stem}:{concept.replace('#', '/').rsplit('/', 1)[-1]}")


@pytest.fixture(scope="module")
def terms():
    return parse(*TERMS)


def declared(graph):
    return {subject for kind in KINDS for subject in graph.subjects(RDF.type, kind)}


@pytest.mark.parametrize("path", ontology_files(), ids=lambda path: path.name)
def test_every_file_is_turtle_without_tabs(path):
    text = path.read_text("utf-8")
    assert list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert "\t" not in text


def test_the_ontology_says_what_it_is(terms):
    version = terms.value(ONTOLOGY, OWL.versionInfo)
    assert terms.value(ONTOLOGY, OWL.versionIRI) == rdflib.URIRef(f"{ONTOLOGY}/{version}")
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_every_term_has_a_label_and_a_meaning(terms):
    assert len(declared(terms)) > 120
    for term in declared(terms):
        assert str(term).startswith(KG)
        assert len(list(terms.objects(term, RDFS.label))) == 1
        assert str(terms.value(term, RDFS.comment)).endswith((".", ":)."))
        assert terms.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_every_property_says_what_it_joins(terms):
    includes = rdflib.URIRef(PREFIXES["schema"] + "domainIncludes")
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in terms.subjects(RDF.type, kind):
            assert terms.value(term, RDFS.range), term
            assert terms.value(term, RDFS.domain) or terms.value(term, includes), term


@pytest.mark.parametrize(
    ("name", "label"),
    [("spokespersonSaid", "spokesperson-said"), ("strikeOn", "strike-on"), ("locatedNear", "located-near")],
)
def test_the_relations_that_were_asked_for_have_their_labels(terms, name, label):
    assert str(terms.value(rdflib.URIRef(KG + name), RDFS.label)) == label


def test_terms_point_to_terms(terms):
    known = declared(terms)
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf, OWL.disjointWith):
        for value in terms.objects(None, predicate):
            assert value in known or not str(value).startswith(KG)


def test_inverses_are_mutual(terms):
    for one, other in terms.subject_objects(OWL.inverseOf):
        assert (other, OWL.inverseOf, one) in terms


def test_there_are_no_blank_nodes(terms):
    graph = terms + parse("alignments.ttl")
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]


def test_alignments_speak_of_terms(terms):
    known = declared(terms)
    aligned = {subject for subject in parse("alignments.ttl").subjects() if str(subject).startswith(KG)}
    assert aligned <= known
    assert len(aligned) > 30


@pytest.mark.parametrize(("graph", "concept"), concepts())
def test_a_concept_is_defined_and_shown(graph, concept):
    """Label and definition; where words evoke it, a sentence that shows them; broader concepts that are there."""
    assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1
    assert str(graph.value(concept, SKOS.definition) or "").strip()
    words = [value for name in WORD_PROPERTIES for value in graph.objects(concept, rdflib.URIRef(KG + name))]
    groups = list(graph.subjects(rdflib.URIRef(KG + "evokes"), concept))
    frames = {str(graph.value(group, rdflib.URIRef(KG + "frame"))) for group in groups}
    if (words or groups) and not frames <= {"silence", "furniture"}:  # words that say nothing show nothing
        assert list(graph.objects(concept, SKOS.example))
    for broader in graph.objects(concept, SKOS.broader):
        assert (broader, RDF.type, SKOS.Concept) in graph
    assert str(concept).startswith(tuple(SCHEMES.values()))


@pytest.mark.parametrize("path", ontology_files(), ids=lambda path: path.name)
def test_broader_has_no_cycle(path):
    above = defaultdict(set)
    for concept, broader in rdflib.Graph().parse(path).subject_objects(SKOS.broader):
        above[concept].add(broader)

    def climb(concept, seen):
        assert concept not in seen
        for broader in above[concept]:
            climb(broader, {*seen, concept})

    for concept in list(above):
        climb(concept, frozenset())


@pytest.mark.parametrize(
    "path", [path for path in ontology_files() if path.name != "shapes.ttl"], ids=lambda path: path.name
)
def test_vocabularies_are_written_with_declared_properties(path, terms):
    known = declared(terms)
    used = {term for triple in rdflib.Graph().parse(path) for term in triple[1:2] if str(term).startswith(KG)}
    assert used <= known, used - known


def test_shapes_speak_of_terms(terms):
    shapes = parse("shapes.ttl")
    used = {term for triple in shapes for term in triple if str(term).startswith(KG)}
    assert used <= declared(terms), used - declared(terms)


@pytest.fixture(scope="module")
def inferred(schema, make_resolution, terms):
    graph = terms + parse("alignments.ttl")
    triples = (quad.triple for quad in make_quads(schema, DATA, Run("0", "0", "0"))(make_resolution()))
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode(), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def test_ontology_alignments_and_data_are_consistent_under_owl_rl(inferred):
    """The rules of OWL 2 RL find no contradiction: owlrl writes one down as an error message."""
    errors = "http://www.daml.org/2002/03/agents/agent-ont#error"
    assert [str(value) for value in inferred.objects(None, rdflib.URIRef(errors))] == []


def test_a_contradiction_would_be_found(terms):
    graph = terms + rdflib.Graph()
    for name in ("Person", "Place"):
        graph.add((rdflib.URIRef("urn:x"), RDF.type, rdflib.URIRef(KG + name)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert list(graph.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))


@pytest.mark.parametrize(
    ("subject", "prefix", "name"),
    [
        ("article/wire-1", "schema", "NewsArticle"),
        ("actor/person/mara-venn", "foaf", "Person"),
        ("actor/northern-coalition", "org", "Organization"),
        ("place/900001", "sem", "Place"),
        ("place/900001", "geo", "Feature"),
        ("article/wire-1/claim/1", "schema", "Claim"),
        ("article/wire-1#char=69,73", "nif", "String"),
        ("article/wire-1/membership/1", "org", "Membership"),
    ],
)
def test_alignments_reach_the_data(inferred, subject, prefix, name):
    assert (rdflib.URIRef(DATA + subject), RDF.type, rdflib.URIRef(PREFIXES[prefix] + name)) in inferred


def test_inference_adds_no_speaker(inferred):
    """What the rules add over what was said: super-properties and inverses, and no new actor."""
    said = set(inferred.subject_objects(rdflib.URIRef(KG + "said")))
    assert said == {(one, other) for other, one in inferred.subject_objects(rdflib.URIRef(KG + "speaker"))}
    assert len(said) == 2


# ------------------------------------------------------------------------------------------ whole graphs

#: Terms of others that the graph uses; what they mean, their owners say.
BORROWED = ("dcterms", "geo", "owl", "prov", "rdf", "rdfs", "schema", "skos", "wgs84")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every quad that kg writes of its samples: articles, derived graphs, a merge and a correction by a person."""
    path = tmp_path_factory.mktemp("terms") / "store"
    build([sample_path()], path)
    with open_store(path) as store:
        claims = [row["c"].value for row in store.select("SELECT ?c { ?c a kg:Claim } ORDER BY ?c LIMIT 2")]
        people = [row["p"].value for row in store.select("SELECT DISTINCT ?p { ?p a kg:Person } ORDER BY ?p LIMIT 2")]
        kept, other = (each.removeprefix(DATA) for each in people)
        merges.apply(store, [MergeDecision(kept, other, "same", "Ann Bos", "one officer")])
        by = {"author": "Ann Bos", "note": "as the article has it"}
        for claim, what in zip(claims, ({"reject": True}, {"field": "stance", "value": "denies"}), strict=True):
            options = {"reject": False, "field": None, "value": None, **what, **by}
            correct(store, decision(store, claim, **options))
        rebuild(store)
        return tuple(quad for quad in store.quads() if not quad.graph_name.value.endswith("graph/ontology"))


def test_every_property_and_class_that_is_written_says_what_it_means(written, terms):
    used = {quad.predicate.value for quad in written}
    used |= {quad.object.value for quad in written if quad.predicate.value == str(RDF.type)}
    own = {rdflib.URIRef(each) for each in used if each.startswith(KG)}
    others = tuple(PREFIXES[prefix] for prefix in BORROWED)
    assert [each for each in used if not each.startswith((KG, *others))] == []
    assert own <= declared(terms), own - declared(terms)
    wanted = ("MergeDecision", "Correction", "RejectedClaim", "Comparison", "Incident", "Proximity", "Membership")
    assert {rdflib.URIRef(KG + name) for name in wanted} <= own


def test_what_is_written_fits_domains_and_ranges(written, terms):
    """Each subject has a class that its property is for; as far as this store says which classes it has."""
    kinds, above = defaultdict(set), defaultdict(set)
    for quad in written:
        if quad.predicate.value == str(RDF.type):
            kinds[quad.subject.value].add(rdflib.URIRef(quad.object.value))
    for term in terms.subjects(RDF.type, OWL.Class):
        above[term] = set(terms.transitive_objects(term, RDFS.subClassOf))
    wrong = set()
    for quad in written:
        term = rdflib.URIRef(quad.predicate.value)
        for value, allowed in (
            (quad.subject, terms.value(term, RDFS.domain)),
            (quad.object, terms.value(term, RDFS.range)),
        ):
            has = {each for kind in kinds.get(value.value, ()) for each in above[kind]}
            if has and allowed in above and allowed not in has:
                wrong.add((term, allowed, tuple(sorted(has))[:1]))
    assert wrong == set()
