"""Decisions on who is one: kept beside the store, put into a graph of their own, taken back without a trace."""

from dataclasses import replace

import pytest
import yaml
from click.testing import CliRunner

from kg.cli import main
from kg.derived import merges, rebuild
from kg.errors import InputError, StoreError
from kg.graph import make_quads
from kg.query import ask, load_query
from kg.records import (
    Argument,
    Document,
    Entity,
    Event,
    Extraction,
    Finding,
    Membership,
    MergeDecision,
    Quotation,
    Resolution,
    Run,
    TextSpan,
)
from kg.resolve.claims import claims
from kg.resolve.links import make_links
from kg.store import open_store
from kg.vocab import load_schema

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


# -------------------------------------------------------------------------------- what queries make of it

PLAIN, ALIAS = "actor/organization/marsh-watch", "actor/organization/watch-of-the-marshes"
LOCAL = "article/d/actor/1"


def speech(name, speaker, entity):
    """An article in which an organization says that it shelled a port."""
    words = f"{speaker} said it shelled Velm port."

    def at(part):
        return TextSpan(name, words.index(part), words.index(part) + len(part))

    said = Quotation((at("it shelled Velm port"),), (at("said"),), (at(speaker),), "indirect")
    roles = (Argument("attacker", at(speaker)), Argument("target", at("Velm port")))
    findings = (Finding(said, "test"), Finding(Event("Shelling", at("shelled"), roles), "test"))
    denotes = ((at(speaker), entity), (at("Velm port"), "thing/facility/velm-port"))
    entities = (
        Entity(entity, "Organization", speaker, (speaker,), (at(speaker),)),
        Entity("thing/facility/velm-port", "Facility", "Velm port", ("Velm port",), (at("Velm port"),)),
    )
    extraction = Extraction(name, findings, sentences=(TextSpan(name, 0, len(words)),))
    document = Document(name, words)
    read = Resolution(
        document,
        extraction,
        entities,
        denotes,
        (Membership("actor/person/ada-lund", entity, "head", None, at(speaker)),),
        claims=claims(document, extraction, dict(denotes)),
    )
    return replace(read, links=make_links(load_schema())(read), entities=(*entities, LUND))


LUND = Entity("actor/person/ada-lund", "Person", "Ada Lund", ("Ada Lund",))


@pytest.fixture
def told(schema, tmp_path):
    quads = make_quads(schema, BASE, Run("1", "1", "none"))
    with open_store(tmp_path / "store") as opened:
        for name, words, entity in (
            ("a", "Marsh Watch", PLAIN),
            ("b", "The Watch of the Marshes", ALIAS),
            ("d", "MWX", LOCAL),
        ):
            opened.replace(name, "f", quads(speech(name, words, entity)))
        yield opened


ONE = (MergeDecision(PLAIN, ALIAS, "same", "Ann Bos"), MergeDecision(ALIAS, LOCAL, "same", "Ann Bos"))


def column(store, query, name, values):
    return sorted({row[name].value if row[name] else "" for row in ask(store, load_query(query, None, values))})


QUERIES = [
    ("quotes", "speaker", {}),
    ("quotes", "speaker", {"name": "mwx"}),
    ("quotes", "speaker", {"name": "of the marshes"}),
    ("strikes", "attacker", {}),
    ("strikes", "attacker", {"by": "mwx"}),
    ("posts", "organization", {"name": "mwx"}),
    ("claims", "claimant", {}),
    ("record", "claimant", {"by": "mwx"}),
    ("actor", "label", {"name": "mwx"}),
    ("comentions", "other", {"name": "velm port"}),
]


@pytest.mark.parametrize(("query", "name", "values"), QUERIES)
def test_queries_follow_a_merge_and_its_undoing(told, query, name, values):
    rebuild(told)
    before = list(map(str, ask(told, load_query(query, None, values))))
    merges.apply(told, ONE)
    bodies = [each for each in column(told, query, name, values) if "arsh" in each or each == "MWX"]
    assert bodies == ["Marsh Watch"]
    merges.undo(told, [ALIAS])
    assert list(map(str, ask(told, load_query(query, None, values)))) == before


def test_numbers_are_added_up_over_all_names(told):
    rebuild(told)
    assert [row["events"].value for row in ask(told, load_query("strikes"))] == ["1", "1", "1"]
    merges.apply(told, ONE)
    assert [row["events"].value for row in ask(told, load_query("strikes"))] == ["3"]


def test_an_actor_has_the_names_posts_and_links_of_all(told):
    merges.apply(told, ONE)
    (row,) = ask(told, load_query("actor", None, {"name": "marsh"}))
    assert set(row["names"].value.split("; ")) == {"Marsh Watch", "The Watch of the Marshes", "MWX"}


def test_a_chain_is_one_cluster_with_one_that_is_kept(told):
    merges.apply(told, ONE)
    rows = told.select("SELECT ?other ?kept WHERE { ?other owl:sameAs ?kept }")
    assert {(row["other"].value, row["kept"].value) for row in rows} == {
        (BASE + ALIAS, BASE + PLAIN),
        (BASE + LOCAL, BASE + PLAIN),
    }


def test_verdicts_that_contradict_each_other_are_refused_and_change_nothing(told):
    merges.apply(told, ONE)
    before = set(told.quads())
    with pytest.raises(InputError, match="different"):
        merges.apply(told, [MergeDecision(PLAIN, LOCAL, "different", "Ann Bos")])
    assert set(told.quads()) == before
    assert len(merges.read(merges.merges_file(told))) == 2


def test_an_entity_of_one_article_is_known_again_by_its_name(schema, told):
    """Read anew, the article numbers its actors otherwise: the verdict follows the name, and waits where it is gone."""
    merges.apply(told, [MergeDecision(PLAIN, LOCAL, "same", "Ann Bos")])
    quads = make_quads(schema, BASE, Run("2", "1", "none"))

    def same_as():
        return {row["x"].value for row in told.select("SELECT ?x WHERE { ?x owl:sameAs ?y }")}

    told.replace("d", "g", quads(speech("d", "MWX", "article/d/actor/7")))
    rebuild(told)
    assert same_as() == {f"{BASE}article/d/actor/7"}
    told.replace("d", "h", quads(speech("d", "Dam Board", LOCAL)))
    rebuild(told)
    assert same_as() == set()


def test_a_new_build_keeps_the_verdicts_in_effect(told):
    """The decisions outlive the store: what a merge said is said again of articles that are read later."""
    merges.apply(told, ONE)
    said = set(told.quads(f"{BASE}graph/merges"))
    told.set_graphs([], f"{BASE}graph/merges")
    rebuild(told)
    assert set(told.quads(f"{BASE}graph/merges")) == said
