"""Shipped queries, one's own, and what is refused."""

from __future__ import annotations

import io
import json
import re
import socket
from importlib.resources import files

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from kg.errors import InputError, QueryError
from kg.graph import make_quads, reference_quads
from kg.query import FORMATS, ask, load_query, named_queries, refuse_network, write_result
from kg.records import Run
from kg.store import open_store
from kg.vocab import DATA, PREFIXES


@pytest.fixture(scope="module")
def store(schema, make_resolution):
    quads = make_quads(schema, DATA, Run("0", "0", "0"))
    with open_store(None) as opened:
        opened.set_graphs(reference_quads(schema))
        for name, person, toll in (("a", "Mara Venn", "at least 120"), ("b", "Olga Tarn", "as many as 90")):
            opened.replace(name, "mark", quads(make_resolution(name, person=person, toll=toll)))
        yield opened


def rows(store, query, /, **values):
    found = ask(store, load_query(query, None, values))
    return [[term.value if term else None for term in row] for row in found]


# ------------------------------------------------------------------------------------------ shipped queries

#: Query, values, and cells that some row of the answer must have, in this order.
ANSWERS = [
    ("quotes", {"name": "venn"}, ["Mara Venn", "asserts", "indirect", "its jets struck"]),
    ("quotes", {"word": "JETS"}, ["Olga Tarn", "asserts", "indirect", "its jets struck"]),
    ("strikes", {}, ["Northern Coalition", "militants", "2", "2"]),
    ("strikes", {"on": "milit"}, ["Northern Coalition", "militants", "2", "2"]),
    ("near", {"name": "tarsk"}, ["east of Tarsk", "E", "east of Tarsk"]),
    ("around", {"name": "tarsk", "within": "10"}, ["0", "Tarsk", "AirStrike", "2031-05-05T00:00:00Z"]),
    (
        "claims",
        {},
        [f"{DATA}article/a/event/1", "AirStrike", "Mara Venn", "asserts", "certain", "positive", "at least 120"],
    ),
    (
        "claims",
        {"word": "jets"},
        [f"{DATA}article/a/event/1", "AirStrike", "a rebel officer", "denies", "certain", "negative"],
    ),
    ("figures", {"by": "venn"}, ["Mara Venn", "destroyed", "at least 120", "truck"]),
    ("figures", {"measured": "destroyed"}, ["Olga Tarn", "destroyed", "as many as 90", "truck"]),
    ("unnamed", {}, ["a rebel officer", "it.", "A rebel officer denied it.", "The Tarsk Courier", "2031-05-06"]),
    (
        "timeline",
        {},
        ["2031-05-05T00:00:00Z", "2031-05-05T23:59:59Z", "day", "AirStrike", "Northern Coalition", "militants"],
    ),
    ("timeline", {"from": "2031-05-05", "to": "2031-05-05"}, ["2031-05-05T00:00:00Z", "AirStrike"]),
    ("comentions", {"name": "northern coalition"}, ["Mara Venn", "Person", "1", "1"]),
    ("actor", {"name": "venn"}, ["Mara Venn", "Person", "spokeswoman of Northern Coalition"]),
    ("article", {"id": "b"}, ["Quotation", "its jets struck", "Olga Tarn", "quotations.clause"]),
    ("posts", {"name": "coalition"}, ["Mara Venn", "Colonel", "spokeswoman", "Northern Coalition"]),
    ("denials", {}, ["a rebel officer", "AirStrike", "struck", "A rebel officer denied it."]),
]


@pytest.mark.parametrize(("name", "values", "cells"), ANSWERS)
def test_a_shipped_query_answers(store, name, values, cells):
    def has(row):
        rest = iter(row)
        return all(cell in rest for cell in cells)

    found = rows(store, name, **values)
    assert any(map(has, found)), found


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("quotes", {"name": "nobody"}),
        ("strikes", {"by": "nobody"}),
        ("near", {"name": "nowhere"}),
        ("claims", {"word": "helicopter"}),
        ("figures", {"measured": "killed"}),
        ("timeline", {"from": "2031-05-06"}),
        ("timeline", {"to": "2031-05-04"}),
        ("comentions", {"name": "nobody"}),
        ("article", {"id": "c"}),
        ("unlocated", {}),
    ],
)
def test_a_shipped_query_leaves_out_what_was_not_asked_for(store, name, values):
    assert rows(store, name, **values) == []


@pytest.mark.parametrize("name", named_queries())
def test_a_shipped_query_is_documented_whole_and_ordered(name):
    """Help, its parameters explained, valid without any, its prefixes declared, and sorted: the same rows always."""
    query = named_queries()[name]
    assert re.fullmatch(r"[A-Z].*\.", query.help)
    assert all(parameter.help for parameter in query.parameters)
    ox.Store().query(query.sparql)
    assert "ORDER BY" in query.sparql
    used = set(re.findall(r"(?<![\w?$])([a-z]\w*):", re.sub(r'"[^"]*"|#.*|<[^>]*>', "", query.sparql)))
    declared = set(re.findall(r"PREFIX (\w+):", query.sparql))
    assert used == declared


@pytest.mark.parametrize("name", named_queries())
def test_a_shipped_query_is_sparql_11_for_others_too(name):
    prepareQuery(files("kg.queries").joinpath(f"{name}.rq").read_text("utf-8"))


@given(st.text())
def test_a_value_never_becomes_syntax(value):
    found = ox.Store().query(named_queries()["quotes"].bind({"name": value.encode("utf-8", "replace").decode()}))
    assert list(found) == []


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("quotes", {"nmae": "x"}, "it has: name, word"),
        ("around", {"within": "ten"}, "a number is needed"),
        ("around", {"within": '1 } SERVICE <x> { "'}, "a number is needed"),
        ("denials", {"x": "y"}, "it has: none"),
    ],
)
def test_a_wrong_value_says_what_is_right(name, values, message):
    with pytest.raises(QueryError, match=message):
        load_query(name, None, values)


def test_an_unknown_query_lists_the_known():
    with pytest.raises(QueryError, match="there are: actor, "):
        load_query("qotes")


def test_a_query_comes_from_a_file(tmp_path, store):
    (tmp_path / "q.rq").write_text("ASK { ?who kg:said ?what }")
    assert ask(store, load_query(None, tmp_path / "q.rq"))
    with pytest.raises(InputError, match="cannot be read"):
        load_query(None, tmp_path / "none.rq")


# ------------------------------------------------------------------------------------------ what is refused

REACHING_OUT = [
    "ASK { SERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c } }",
    "ASK { service silent <http://127.0.0.1:PORT/> { ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:PORT/>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:PORT/>{ ?a ?b ?c } }",
    "SELECT * { BIND(<http://127.0.0.1:PORT/> AS ?x) SERVICE ?x { ?a ?b ?c } }",
    "SELECT * { FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1:PORT/> { ?a ?b ?c } }",
    "PREFIX x: <http://127.0.0.1:PORT/> SELECT * { ?s ?p ?o ; SERVICEx: { ?a ?b ?c } }",
    'SELECT * { BIND("service" AS ?x) SERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c } }',
    "SELECT * { <http://x/'> ?p ?o SERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c } } #'",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c } } } }",
    "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:PORT/> { ?a ?b ?c } } }",
]


@pytest.mark.parametrize("sparql", REACHING_OUT)
def test_a_query_reaches_no_other_server(store, sparql):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        with pytest.raises(QueryError):
            list(ask(store, sparql.replace("PORT", str(listener.getsockname()[1]))))
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service ?p ?o }",
        'SELECT * { ?s ?p "the SERVICE <x> { }" }',
        "SELECT * { ?s <http://service.example/SERVICE> ?o } # SERVICE",
        "PREFIX service: <urn:x> SELECT * { ?s service:service ?o }",
    ],
)
def test_the_word_alone_is_no_offence(sparql):
    refuse_network(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "# a comment\nDROP ALL",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(store, sparql):
    before = len(store)
    with pytest.raises(QueryError):
        ask(store, load_query(sparql))
    assert len(store) == before


def test_from_reads_no_file(tmp_path, store):
    (tmp_path / "x.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    assert list(ask(store, f"SELECT * FROM <file://{tmp_path}/x.ttl> {{ <urn:a> ?p ?o }}")) == []


# ------------------------------------------------------------------------------------------ formats


def written(result, form):
    out = io.BytesIO()
    write_result(result, out, form)
    return out.getvalue().decode()


def test_rows_are_written_in_every_format(store):
    sparql = "SELECT ?l ?n { ?who kg:spokespersonSaid ?q ; rdfs:label ?l . OPTIONAL { ?q kg:nothing ?n } } ORDER BY ?l"
    texts = {form: written(ask(store, sparql), form) for form in FORMATS if form != "turtle"}
    assert [each["l"]["value"] for each in json.loads(texts["json"])["results"]["bindings"]] == [
        "Mara Venn",
        "Olga Tarn",
    ]
    assert texts["csv"] == "l,n\r\nMara Venn,\r\nOlga Tarn,\r\n"
    assert texts["tsv"].startswith("?l\t?n\n")
    assert texts["xml"].startswith("<?xml")
    assert texts["table"] == "l          n\n---------  -\nMara Venn\nOlga Tarn\n(2 rows)\n"


def test_statements_are_turtle(store):
    turtle = written(ask(store, "CONSTRUCT { ?who kg:said ?q } { ?who kg:said ?q }"), "turtle")
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 4
    assert "actor:person/mara-venn  kg:said" in written(
        ask(store, "CONSTRUCT { ?who kg:said ?q } { ?who kg:said ?q }"), "table"
    )


def test_a_yes_is_a_yes(store):
    assert written(ask(store, "ASK { ?a ?b ?c }"), "table") == "yes\n"
    assert json.loads(written(ask(store, "ASK { ?a ?b <urn:no> }"), "json"))["boolean"] is False


@pytest.mark.parametrize(
    ("sparql", "form"), [("ASK {}", "turtle"), ("SELECT * {}", "turtle"), ("CONSTRUCT {} {}", "csv"), ("ASK {}", "xls")]
)
def test_a_format_that_does_not_fit_says_so(store, sparql, form):
    with pytest.raises(QueryError):
        written(ask(store, sparql), form)


def test_a_table_cannot_steer_the_terminal(store):
    text = written(ask(store, 'SELECT ("\\u001b[2J\\u202Ea\\nb" AS ?x) {}'), "table")
    assert text.splitlines()[2] == "\ufffd[2J\ufffda b"


def test_the_default_graph_is_the_union(store):
    assert rows(store, "SELECT (COUNT(*) AS ?n) { ?a kg:strikeOn ?b . ?a rdfs:label ?l . ?e kg:attacker ?a }") == [
        ["4"]
    ]


def test_from_chooses_graphs(store):
    sparql = f"SELECT DISTINCT ?q FROM <{DATA}article/a/graph> {{ ?who kg:said ?q }} ORDER BY ?q"
    assert rows(store, sparql) == [[f"{DATA}article/a/quotation/1"], [f"{DATA}article/a/quotation/2"]]


def test_prefixes_are_declared(store):
    for prefix in PREFIXES:
        ask(store, f"ASK {{ {prefix}:x ?p ?o }}")
