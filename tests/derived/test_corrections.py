"""A reviewer rejects and amends claims; what was decided outlives a rebuild and a new reading."""

import pytest

from kg import derived
from kg.derived.corrections import apply, correct, undo, words_of
from kg.derived.decisions import corrections_file, read
from kg.errors import InputError, StoreError
from kg.graph import make_quads
from kg.records import Correction, Run
from kg.store import open_store

BASE = "https://example.org/n/"


@pytest.fixture
def quads(schema):
    return make_quads(schema, BASE, Run("1", "1", "none"))


@pytest.fixture
def kept(concepts, quads, resolutions, tmp_path):
    """A store on disk with both articles."""
    with open_store(tmp_path / "store") as store:
        store.set_graphs(concepts)
        for each in resolutions:
            store.replace(each.document.id, "f", quads(each))
        derived.rebuild(store)
        yield store


def claim_of(store, claimant):
    """The id of the claim in the first article that somebody makes."""
    pattern = f"?c a kg:Claim ; kg:claimant <{BASE}actor/{claimant}> ; kg:article <{BASE}article/velm%2F1>"
    query = f"SELECT ?c WHERE {{ {pattern} }}"
    return "article/velm/1/claim/" + next(iter(store.select(query)))["c"].value.rsplit("/", 1)[1]


def decision(store, claimant, action="reject", **more):
    claim = claim_of(store, claimant)
    return Correction(claim, action, "Ann Bos", "says nothing of the kind", words_of(store, claim), **more)


def values(store, field, claimant="mayor", path=";"):
    query = f"SELECT ?v WHERE {{ ?c a kg:Claim ; kg:claimant <{BASE}actor/{claimant}> {path} kg:{field} ?v }}"
    return sorted(row["v"].value.rsplit("/", 1)[-1] for row in store.select(query))


def test_a_rejected_claim_is_no_claim_any_more(kept):
    correct(kept, decision(kept, "airline"))
    derived.rebuild(kept)
    assert len(values(kept, "stance", "airline")) == 1  # the other article's denial stays
    rows = list(
        kept.select(
            "SELECT ?who ?why WHERE { ?d kg:corrects ?c ; kg:author ?who ; kg:note ?why . ?c a kg:RejectedClaim }"
        )
    )
    assert [(row["who"].value, row["why"].value) for row in rows] == [("Ann Bos", "says nothing of the kind")]


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("stance", "estimates", ";"),
        ("certainty", "possible", ";"),
        ("high", "12", "; kg:states ?f . ?f"),
        ("measure", "injured", "; kg:states ?f . ?f"),
        ("eventType", "Injury", "; kg:about ?e . ?e"),
    ],
)
def test_an_amended_claim_has_the_new_value(kept, field, value, path):
    before = values(kept, field, path=path)
    correct(kept, decision(kept, "mayor", "amend", field=field, value=value))
    assert sorted([*before[1:], value]) == values(kept, field, path=path) or value in values(kept, field, path=path)
    assert len(values(kept, field, path=path)) == len(before)


@pytest.mark.parametrize("action", [{"action": "reject"}, {"action": "amend", "field": "stance", "value": "estimates"}])
def test_a_decision_outlives_a_new_reading(kept, quads, resolutions, action):
    correct(kept, decision(kept, "mayor", **action))
    after = set(kept.quads())
    kept.replace("velm/1", "f", quads(resolutions[0]))
    assert set(kept.quads()) != after
    derived.rebuild(kept)
    reread = set(kept.quads())
    derived.rebuild(kept)
    assert set(kept.quads()) == reread
    assert {quad for quad in after if "derived" not in quad.graph_name.value} <= reread


def every(store):
    return {quad for quad in store.quads() if quad.graph_name.value != f"{BASE}graph/corrections"}


@pytest.mark.parametrize("reread", [False, True])
@pytest.mark.parametrize("action", [{"action": "reject"}, {"action": "amend", "field": "high", "value": "12"}])
def test_an_undone_decision_leaves_no_trace_in_the_graph(kept, quads, resolutions, action, reread):
    before, made = every(kept), decision(kept, "mayor", **action)
    correct(kept, made)
    derived.rebuild(kept)
    assert every(kept) != before
    if reread:
        kept.replace("velm/1", "f", quads(resolutions[0]))
        derived.rebuild(kept)
    assert undo(kept, made.claim, "Cy Dam", "it does say so") == 1
    derived.rebuild(kept)
    assert every(kept) == before
    derived.rebuild(kept)  # and it does not come back
    assert every(kept) == before
    last = read(corrections_file(kept))[-1]
    assert (last.action, last.author, last.note) == ("undo", "Cy Dam", "it does say so")


def test_undoing_leaves_decisions_on_other_claims(kept):
    mayor, airline = decision(kept, "mayor"), decision(kept, "airline")
    correct(kept, airline)
    derived.rebuild(kept)
    only = every(kept)
    correct(kept, decision(kept, "mayor", "amend", field="stance", value="estimates"))
    correct(kept, mayor)
    assert undo(kept, f"{BASE}{mayor.claim}".replace("velm/1", "velm%2F1"), "Cy Dam", "") == 2
    derived.rebuild(kept)
    assert every(kept) == only
    rows = list(kept.select("SELECT ?c WHERE { ?d a kg:Correction ; kg:corrects ?c }"))
    assert len(rows) == 1


def test_nothing_to_undo_is_an_error(kept):
    with pytest.raises(InputError, match="nobody has decided"):
        undo(kept, claim_of(kept, "mayor"), "Cy Dam", "")


def test_a_decision_on_a_claim_that_is_gone_is_reported(kept):
    made = decision(kept, "mayor")
    correct(kept, made)
    kept.retract("velm/1")
    assert [each.claim for each in apply(kept)] == [made.claim]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"claim": "article/velm/1/claim/99"}, "no claim of this store"),
        ({"field": "colour", "value": "red"}, "no value of a claim"),
        ({"field": "stance", "value": "mumbles"}, "no stance"),
        ({"field": "certainty", "value": "sure"}, "no certainty"),
        ({"field": "low", "value": "a few"}, "is a number"),
        ({"field": "claimant", "value": "actor/nobody"}, "no claimant"),
    ],
)
def test_what_cannot_be_is_refused_and_not_kept(kept, change, message):
    made = {"claim": claim_of(kept, "mayor"), "action": "amend", "field": "stance", "value": "denies", **change}
    before = set(kept.quads())
    with pytest.raises(InputError, match=message):
        correct(kept, Correction(author="Ann Bos", note="", words="", **made))
    assert set(kept.quads()) == before
    assert read(corrections_file(kept)) == ()


def test_a_damaged_file_is_an_error_with_its_line(kept):
    corrections_file(kept).write_text('{"claim": "x"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        derived.rebuild(kept)


def test_a_store_in_memory_keeps_none(store):
    with pytest.raises(StoreError):
        correct(store, Correction("article/velm/1/claim/1", "reject", "Ann Bos", "", ""))
