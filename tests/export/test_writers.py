"""Every export is read back by somebody else's reader and holds every statement; equal graphs give equal bytes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import ExportError
from kg.export import SUFFIXES, WRITERS, export
from kg.graph import make_quads
from kg.records import Run, Schema
from kg.store import open_store
from kg.vocab import DATA, KG

QUADS = make_quads(Schema("0"), DATA, Run("0.1.0", "0.1.0", "model"))
HOSTILE = 'Mara\x01 <b>&"Venn\ufffe;,\u202e\n</script>'


def filled(make_resolution, order=("a", "b", "c/d")):
    store = open_store(None)
    for name in order:
        store.replace(name, "mark", QUADS(make_resolution(name, person=HOSTILE)))
    return store


@pytest.fixture(scope="module")
def store(make_resolution):
    return filled(make_resolution)


def written(store, form):
    out = io.BytesIO()
    export(store, out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", WRITERS)
def test_equal_graphs_give_equal_bytes(store, make_resolution, form):
    assert written(store, form) == written(filled(make_resolution, ("c/d", "b", "a")), form)


@pytest.mark.parametrize(("form", "reader"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_statements_with_their_graphs_are_read_by_rdflib(store, form, reader):
    found = rdflib.Dataset().parse(data=written(store, form), format=reader)
    assert sum(1 for _ in found.quads()) == len(store)


@pytest.mark.parametrize(("form", "reader"), [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")])
def test_the_union_is_read_by_rdflib(store, form, reader):
    found = rdflib.Graph().parse(data=written(store, form), format=reader)
    assert len(found) == len({quad.triple for quad in store.quads()})


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_statements_come_back_exactly(store, form):
    kinds = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
    assert set(ox.parse(written(store, form), format=kinds[form])) == set(store.quads())


def test_nquads_are_sorted_within_their_graphs(store):
    lines = written(store, "nquads").decode().splitlines()
    assert len(lines) == len(set(lines)) == len(store)
    graphs = [line.rsplit(" ", 2)[1] for line in lines]
    assert graphs == sorted(graphs)


def test_xml_holds_no_character_that_xml_forbids(store):
    assert b"\x01" not in written(store, "rdfxml")
    assert "\ufffe" not in written(store, "rdfxml").decode()


def test_annotations_say_what_an_edge_rests_on(store):
    triples = list(ox.parse(written(store, "rdf12"), format=ox.RdfFormat.TURTLE))
    reified = {(each.object.predicate.value.removeprefix(KG)) for each in triples if isinstance(each.object, ox.Triple)}
    assert reified == {"said", "strikeOn", "locatedNear", "memberOf"}
    assert len(triples) > len({quad.triple for quad in store.quads()})


def test_networkx_reads_its_graphs_again(store):
    graphml = nx.parse_graphml(written(store, "graphml").decode(), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(written(store, "gexf")))
    expected = store.networkx()
    for found in (graphml, gexf):
        assert set(found.nodes) == set(expected.nodes)
        assert found.number_of_edges() == expected.number_of_edges()
    assert graphml.nodes[f"{DATA}actor/northern-coalition"]["type"] == "Coalition"


def test_gexf_has_no_date(store):
    assert b"lastmodified" not in written(store, "gexf")


def test_places_are_on_the_map_with_their_events(store):
    (place,) = json.loads(written(store, "geojson"))["features"]
    assert place["geometry"] == {"type": "Point", "coordinates": [-0.5, 31.20113]}
    assert place["properties"]["label"] == "Tarsk"
    assert [each["article"] for each in place["properties"]["events"]] == [
        f"{DATA}article/{name}" for name in ("a", "b", "c%2Fd")
    ]


def test_neo4j_gets_every_node_and_every_relationship(store):
    with zipfile.ZipFile(io.BytesIO(written(store, "neo4j"))) as archive:
        tables = {name: list(csv.reader(io.TextIOWrapper(archive.open(name), "utf-8"))) for name in archive.namelist()}
    (head, *nodes), (_, *relationships) = tables["nodes.csv"], tables["relationships.csv"]
    assert head[0] == "iri:ID"
    assert head[-1] == ":LABEL"
    assert {len(row) for row in nodes} == {len(head)}
    known = {row[0] for row in nodes}
    assert len(known) == len(nodes)
    assert all(row[0] in known and row[1] in known for row in relationships)
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    links = [each for each in store.quads() if isinstance(each.object, ox.NamedNode) and each.predicate.value != kind]
    assert len(relationships) == len(links)
    labels = {row[0]: row[-1].split(";") for row in nodes}
    assert labels[f"{DATA}actor/northern-coalition"] == ["Coalition", "Resource"]


# ------------------------------------------------------------------------------------------ files


@pytest.mark.parametrize(("suffix", "form"), SUFFIXES.items())
def test_the_suffix_decides(store, tmp_path, suffix, form):
    export(store, tmp_path / f"graph{suffix}")
    assert (tmp_path / f"graph{suffix}").read_bytes() == written(store, form)


def test_a_compressed_file_has_no_date(store, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        export(store, tmp_path / name / "graph.nq.gz")
    one, two = ((tmp_path / name / "graph.nq.gz").read_bytes() for name in ("one", "two"))
    assert one == two
    assert gzip.decompress(one) == written(store, "nquads")


def test_an_unknown_format_lists_the_known(store, tmp_path):
    with pytest.raises(ExportError, match="there are: turtle, ntriples"):
        export(store, tmp_path / "graph.xls")


def test_a_file_that_cannot_be_written_is_one_line(store, tmp_path):
    with pytest.raises(ExportError, match="cannot be written"):
        export(store, tmp_path / "missing" / "graph.ttl")


def test_a_broken_export_leaves_no_file(store, tmp_path, monkeypatch):
    def broken(_store, out):
        out.write(b"half")
        raise RuntimeError

    monkeypatch.setitem(WRITERS, "turtle", broken)
    with pytest.raises(RuntimeError):
        export(store, tmp_path / "graph.ttl")
    assert list(tmp_path.iterdir()) == []
