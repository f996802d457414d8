"""Decisions on who is one: kept beside the store, put into a graph of their own, taken back without a trace."""

import pytest
import yaml
from click.testing import CliRunner

from kg.cli import main
from kg.derived import merges
from kg.errors import InputError, StoreError
from kg.graph import make_quads
from kg.records import Document, Entity, Extraction, MergeDecision, Resolution, Run, TextSpan
from kg.store import open_store

BASE = "https://example.org/n/"
FULL, SPELT = "actor/person/hamed-al-mansour", "actor/person/hamid-al-mansour"


def article(name, words, entity):
    span = TextSpan(name, 0, len(words))
    made = Entity(entity, "Person", words, (words,), (span,))
    extraction = Extraction(name, (), sentences=(TextSpan(name, 0, len(words) + 8),))
    return Resolution(Document(name, f"{words} waited."), extraction, (made,), ((span, entity),))


@pytest.fixture
def store(schema, tmp_path):
    quads = make_quads(schema, BASE, Run("1", "1", "none"))
    with open_store(tmp_path / "store") as opened:
        for name, words, entity in (("a", "Hamed al-Mansour", FULL), ("b", "Hamid al-Mansour", SPELT)):
            opened.replace(name, "f", quads(article(name, words, entity)))
        yield opened


SAME = MergeDecision(FULL, SPELT, "same", "Ann Bos", "one officer")


def test_proposals_come_from_the_names_in_the_store(store):
    assert [(each.kept, each.other) for each in merges.proposals(store)] == [(FULL, SPELT)]


def test_applying_says_that_both_are_one_and_edits_no_article(store):
    articles = {quad for name in ("a", "b") for quad in store.quads(f"{BASE}article/{name}/graph")}
    assert merges.apply(store, [SAME]) == 1
    rows = list(store.select(f"SELECT ?kept WHERE {{ <{BASE}{SPELT}> owl:sameAs ?kept }}"))
    assert [row["kept"].value for row in rows] == [BASE + FULL]
    assert {quad for name in ("a", "b") for quad in store.quads(f"{BASE}article/{name}/graph")} == articles
    assert merges.proposals(store) == ()


def test_undoing_restores_the_exact_graph(store):
    before = set(store.quads())
    merges.apply(store, [SAME])
    assert set(store.quads()) != before
    assert merges.undo(store, [SPELT]) == 1
    assert set(store.quads()) == before
    assert [(each.kept, each.other) for each in merges.proposals(store)] == [(FULL, SPELT)]


def test_different_is_remembered_and_says_no_sameness(store):
    merges.apply(store, [MergeDecision(FULL, SPELT, "different", "Ann Bos")])
    assert merges.proposals(store) == ()
    assert list(store.select("SELECT ?a WHERE { ?a owl:sameAs ?b }")) == []


def test_a_later_word_replaces_the_earlier_and_repeating_changes_nothing(store):
    merges.apply(store, [SAME])
    once = set(store.quads())
    assert merges.apply(store, [SAME]) == 0
    assert set(store.quads()) == once
    merges.apply(store, [MergeDecision(SPELT, FULL, "different", "Ann Bos")])
    assert len(merges.read(merges.merges_file(store))) == 1


def test_the_commands_propose_apply_list_and_undo(store, tmp_path):
    place, file = ["--store", str(store.path)], tmp_path / "pairs.yaml"
    store.close()
    run = CliRunner().invoke
    assert run(main, ["merge", *place, "--propose", str(file)]).exit_code == 0
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert [row["verdict"] for row in rows] == [None]
    file.write_text(yaml.safe_dump([{**rows[0], "verdict": "same"}]), encoding="utf-8")
    assert "1 new" in run(main, ["merge", *place, "--apply", str(file), "--author", "Ann Bos"]).output
    assert run(main, ["merge", *place]).output.split("\t")[:3] == ["same", FULL, SPELT]
    assert "1 decisions" in run(main, ["merge", *place, "--undo", FULL]).output
    assert run(main, ["merge", *place]).output == ""


@pytest.mark.parametrize(
    "content",
    [
        "kept: x",
        "- kept: x\n  verdict: same",
        "- kept: a\n  other: b\n  verdict: maybe",
        "- [1]",
        "\t- :",
        "- kept: 7\n  other: b\n  verdict: same",
    ],
)
def test_a_file_that_is_no_list_of_verdicts_is_refused_in_one_line(tmp_path, content):
    file = tmp_path / "pairs.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        merges.read_verdicts(file, "Ann Bos")
    assert str(file) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_store_in_memory_keeps_no_decisions():
    with open_store(None) as opened, pytest.raises(StoreError):
        merges.merges_file(opened)
