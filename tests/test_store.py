"""The store: one article in, one article out, whatever happens meanwhile."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import QueryError, StoreError
from kg.graph import make_quads
from kg.records import Run, Schema
from kg.store import backup, open_store, restore
from kg.vocab import DATA, KG, PREFIXES

RUN = Run("0.1.0", "0.1.0", "model")
QUADS = make_quads(Schema("0"), DATA, RUN)
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")


def dump(store):
    return sorted(str(quad) for quad in store.quads())


def label(store, path):
    return {
        quad.object.value for quad in store.database.quads_for_pattern(ox.NamedNode(DATA + path), LABEL, None, None)
    }


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store") as opened:
        yield opened


def test_storing_twice_changes_nothing(store, make_resolution):
    store.replace("wire-1", "mark", QUADS(make_resolution()))
    before = dump(store)
    store.replace("wire-1", "mark", QUADS(make_resolution()))
    assert before
    assert dump(store) == before
    assert store.fingerprint("wire-1") == "mark"


def test_literals_come_back_as_they_went_in(store, make_resolution):
    quads = set(QUADS(make_resolution()))
    store.replace("wire-1", "mark", quads)
    assert quads < set(store.quads())
    assert len(store) == len(quads) + 1  # the fingerprint


def test_a_new_reading_takes_the_place_of_the_old(store, make_resolution):
    store.replace("wire-1", "one", QUADS(make_resolution(person="Mara Venn", toll="at least 120")))
    store.replace("wire-1", "two", QUADS(make_resolution(person="Ilse Brandt", toll="as many as 90")))
    with open_store(None) as fresh:
        fresh.replace("wire-1", "two", QUADS(make_resolution(person="Ilse Brandt", toll="as many as 90")))
        assert dump(store) == dump(fresh)


def test_withdrawing_leaves_nothing_behind(store, make_resolution):
    store.replace("wire-1", "mark", QUADS(make_resolution()))
    assert store.retract("wire-1")
    assert len(store) == 0
    assert not store.retract("wire-1")


def test_withdrawing_leaves_what_others_say(store, make_resolution):
    store.replace("a", "mark", QUADS(make_resolution("a")))
    before = dump(store)
    store.replace("b", "mark", QUADS(make_resolution("b", person="Olga Tarn")))
    store.retract("b")
    assert dump(store) == before


def test_what_is_stored_does_not_depend_on_the_order(make_resolution):
    spellings = {"a": "MARA VENN", "b": "Mara Venn", "c": "mara venn"}
    readings = {name: list(QUADS(make_resolution(name, person=person))) for name, person in spellings.items()}
    dumps = set()
    for order in permutations(readings):
        with open_store(None) as opened:
            for name in order:
                opened.replace(name, "mark", readings[name])
            dumps.add("\n".join(dump(opened)))
            assert label(opened, "actor/person/mara-venn") == {"mara venn"}
    assert len(dumps) == 1


STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["", "Mara Venn", "MARA VENN", "Olga Tarn"]), st.booleans()),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_the_store_is_a_function_of_its_articles(make_resolution, steps):
    """Replaced and withdrawn in any order, one by one or together: the same as building what is left from nothing."""
    left = {}
    with open_store(None) as worked, open_store(None) as fresh:
        for name, person, together in steps:
            if not person:
                worked.retract(name)
                left.pop(name, None)
                continue
            left[name] = list(QUADS(make_resolution(name, person=person)))
            if together:
                list(worked.replace_all([(name, person, left[name])]))
            else:
                worked.replace(name, person, left[name])
        list(fresh.replace_all((name, "", quads) for name, quads in left.items()))
        mark = ox.NamedNode(KG + "fingerprint")
        kept = [{quad for quad in each.quads() if quad.predicate != mark} for each in (worked, fresh)]
        assert kept[0] == kept[1]


def test_many_articles_are_written_together(tmp_path, make_resolution):
    with open_store(tmp_path / "store") as store, open_store(None) as single:
        names = [f"x{number}" for number in range(70)]
        readings = [(name, "mark", list(QUADS(make_resolution(name)))) for name in names]
        assert list(store.replace_all(readings)) == names
        for reading in readings:
            single.replace(*reading)
        assert dump(store) == dump(single)


def test_of_equal_ids_in_one_batch_the_last_stays(store, make_resolution):
    one, two = (list(QUADS(make_resolution("a", toll=toll))) for toll in ("at least 120", "as many as 90"))
    assert list(store.replace_all([("a", "1", one), ("a", "2", two)])) == ["a"]
    assert store.fingerprint("a") == "2"


def test_an_article_that_breaks_off_changes_nothing(store, make_resolution):
    store.replace("a", "mark", QUADS(make_resolution("a")))
    before = dump(store)

    def broken():
        yield from list(QUADS(make_resolution("a", person="Olga Tarn")))[:50]
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        store.replace("a", "other", broken())
    assert dump(store) == before


def test_an_article_cannot_write_into_another(store, make_resolution):
    store.replace("a", "mark", QUADS(make_resolution("a")))
    before = dump(store)
    with pytest.raises(StoreError, match="no graph of article 'b'"):
        store.replace("b", "mark", QUADS(make_resolution("a", person="Olga Tarn")))
    assert dump(store) == before


def test_a_store_has_one_base(store, make_resolution):
    store.replace("a", "mark", QUADS(make_resolution("a")))
    other = make_quads(Schema("0"), "https://data.example/", Run("1", "1", "1"))
    with pytest.raises(StoreError, match=r"data\.example"):
        store.replace("b", "mark", other(make_resolution("b")))


@pytest.mark.parametrize("name", ["a/b", "..", "a b", "<x>", "graph", "entities", "Ü", "x" * 500, "%2F"])
def test_any_id_is_stored_and_withdrawn(store, make_resolution, name):
    store.replace("other", "mark", QUADS(make_resolution("other")))
    before = dump(store)
    store.replace(name, "mark", QUADS(make_resolution(name)))
    assert [each.id for each in store.articles()] == sorted([name, "other"])
    assert dict(store.article_graphs()).keys() == {name, "other"}
    assert store.retract(name)
    assert dump(store) == before


def test_articles_are_listed(store, make_resolution):
    store.replace("b", "mark-b", QUADS(make_resolution("b")))
    store.replace("a", "mark-a", QUADS(make_resolution("a", publisher=None)))
    versions = (RUN.code, RUN.ontology, RUN.model)
    assert [tuple(each) for each in store.articles()] == [
        ("a", "Jets strike convoy", "unnamed publisher", "2031-05-06", "mark-a", *versions),
        ("b", "Jets strike convoy", "The Tarsk Courier", "2031-05-06", "mark-b", *versions),
    ]


def test_derived_graphs_are_replaced_whole(store):
    def quad(number):
        return ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(number), ox.NamedNode("urn:g"))

    store.set_graphs([quad(1), quad(2)])
    store.set_graphs([quad(2), quad(3)])
    assert set(store.quads("urn:g")) == {quad(2), quad(3)}
    store.set_graphs([], "urn:g")
    assert not list(store.quads("urn:g"))


# ------------------------------------------------------------------------------------------ files

HOLD = """
    import sys
    from kg.store import open_store
    with open_store(sys.argv[1]) as store:
        print("held", flush=True)
        sys.stdin.read()
"""


def test_a_store_in_use_elsewhere_is_one_line(tmp_path, make_resolution):
    path = tmp_path / "store"
    with open_store(path) as store:
        store.replace("a", "mark", QUADS(make_resolution("a")))
    command = [sys.executable, "-c", textwrap.dedent(HOLD), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="another process is writing") as caught:
            open_store(path)
        with open_store(path, read_only=True) as reader:
            assert reader.fingerprint("a") == "mark"
        holder.communicate("")
    assert "\n" not in str(caught.value)
    with open_store(path) as store:
        assert store.fingerprint("a") == "mark"


@pytest.mark.parametrize("read_only", [True, False])
def test_a_folder_with_something_else_is_left_alone(tmp_path, read_only):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match=r"holds no graph"):
        open_store(tmp_path, read_only=read_only)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_a_store_that_is_not_there_is_not_made_by_reading(tmp_path):
    with pytest.raises(StoreError, match="run kg build"):
        open_store(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_file_is_no_store(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be opened as a store"):
        open_store(tmp_path / "file")


def test_a_closed_store_says_so(tmp_path):
    store = open_store(tmp_path / "store")
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.select("SELECT * { ?s ?p ?o }")


def test_a_backup_is_what_the_store_was(tmp_path, make_resolution):
    path, saved = tmp_path / "store", tmp_path / "saved"
    with open_store(path) as store:
        store.replace("a", "mark", QUADS(make_resolution("a")))
        before = dump(store)
        backup(store, saved)
        store.replace("b", "mark", QUADS(make_resolution("b")))
        with pytest.raises(StoreError, match="exists"):
            backup(store, saved)
    assert restore(saved, path) == len(before)
    with open_store(path) as store:
        assert dump(store) == before
        store.replace("c", "mark", QUADS(make_resolution("c")))
    with open_store(saved, read_only=True) as store:
        assert dump(store) == before
    with open_store(tmp_path / "store.before-restore", read_only=True) as store:
        assert store.fingerprint("b") == "mark"


def test_a_store_is_not_restored_from_nothing(tmp_path):
    with pytest.raises(StoreError, match="holds no graph"):
        restore(tmp_path / "none", tmp_path / "store")


def test_a_snapshot_stays_as_it_was(store, make_resolution):
    store.replace("a", "mark", QUADS(make_resolution("a")))
    before = dump(store)
    with store.snapshot() as copy:
        store.retract("a")
        assert dump(copy) == before


def test_optimizing_changes_no_statement(store, make_resolution):
    store.replace("a", "mark", QUADS(make_resolution("a")))
    before = dump(store)
    store.optimize()
    assert dump(store) == before


# ------------------------------------------------------------------------------------------ Python


def test_python_opens_the_same_data(tmp_path, make_resolution):
    with kg.open_store(tmp_path / "store") as store:
        store.replace("a", "mark", QUADS(make_resolution("a")))
        dataset, network = store.rdflib(), store.networkx()
        assert sum(1 for _ in dataset.quads()) == len(store)
        rows = dataset.query(
            "SELECT ?l { ?who kg:said ?q ; rdfs:label ?l }", initNs={"kg": KG, "rdfs": PREFIXES["rdfs"]}
        )
    assert {str(row.l) for row in rows} == {"Mara Venn", "a rebel officer"}
    person = DATA + "actor/person/mara-venn"
    assert network.nodes[person] == {"label": "Mara Venn", "type": "Person"}
    assert ("said", f"{DATA}article/a/quotation/1") in {
        (key, to) for _, to, key in network.out_edges(person, keys=True)
    }


def test_importing_kg_is_light():
    code = "import sys, kg; sys.exit(bool({'pyoxigraph', 'rdflib', 'spacy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_malformed_query_is_one_short_line(store):
    with pytest.raises(QueryError, match=r"malformed: error at 1:\d+") as caught:
        store.select("SELECT * { ?s ?p ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 160


def test_an_ask_is_no_select(store):
    with pytest.raises(QueryError, match="SELECT"):
        store.select("ASK {}")


@pytest.mark.parametrize("path", ["", "missing/deeper"])
def test_a_store_is_made_with_its_folders(tmp_path, path):
    with open_store(Path(tmp_path) / path / "store") as store:
        assert len(store) == 0


#: What a folder holds when RocksDB is killed while it makes a database, as seen in 300 kills.
BIRTHS = [
    ("LOG",),
    ("LOCK", "LOG", "000000.dbtmp"),
    ("IDENTITY", "LOCK", "LOG", "MANIFEST-000001"),
    ("000001.dbtmp", "IDENTITY", "LOCK", "LOG", "MANIFEST-000001"),
]


@pytest.mark.parametrize("names", BIRTHS)
def test_a_store_that_was_killed_at_its_birth_is_begun_again(tmp_path, make_resolution, names):
    folder = tmp_path / "store"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"x")
    with open_store(folder) as store:
        store.replace("a", "mark", QUADS(make_resolution("a")))
    with open_store(folder, read_only=True) as store:
        assert store.fingerprint("a") == "mark"


@pytest.mark.parametrize("name", ["notes.txt", "000012.sst", "MANIFEST-000007", "000009.log"])
def test_a_folder_with_data_is_not_begun_again(tmp_path, name):
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "LOG").touch()
    (folder / name).touch()
    with pytest.raises(StoreError, match="is not empty and holds no graph"):
        open_store(folder)
