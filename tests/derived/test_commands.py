"""`kg incidents` and `kg correct` as a user types them."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kg import derived
from kg.cli import main
from kg.graph import make_quads
from kg.records import Run
from kg.store import open_store


@pytest.fixture
def folder(concepts, schema, make_resolution, resolutions, tmp_path):
    quads = make_quads(schema, "https://example.org/n/", Run("1", "1", "none"))
    with open_store(tmp_path / "store") as store:
        store.set_graphs(concepts)
        for each in (*resolutions, make_resolution()):
            store.replace(each.document.id, "f", quads(each))
        derived.rebuild(store)
    return tmp_path / "store"


def run(*arguments):
    result = CliRunner().invoke(main, [*map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_sheet_as_csv_and_json(folder):
    code, out, _ = run("incidents", "--store", folder)
    assert code == 0
    assert [row["place"] for row in csv.DictReader(io.StringIO(out))] == ["Tarsk", "Velm"]
    _, out, _ = run("incidents", "--store", folder, "--format", "json", "--disputed", "--new")
    assert {row["incident"] for row in json.loads(out)} == {"incident/velm/1-1", "incident/wire-1-1"}


def test_rejecting_the_only_claim_that_asserts_a_strike_takes_the_edge_away(folder):
    def edges():
        _, out, _ = run("query", "strikes", "--store", folder, "--format", "csv")
        return [row["attacker"] for row in csv.DictReader(io.StringIO(out))]

    assert "Northern Coalition" in edges()
    code, _, err = run(
        "correct", "article/wire-1/claim/1", "--reject", "--author", "Ann Bos", "--note", "misread", "--store", folder
    )
    assert (code, err) == (0, "")
    assert "Northern Coalition" not in edges()
    _, out, _ = run("incidents", "--store", folder, "--format", "json", "--disputed")
    assert [row["incident"] for row in json.loads(out)] == ["incident/velm/1-1"]


def test_decisions_are_listed(folder):
    run(
        "correct",
        "article/wire-1/claim/2",
        "--field",
        "stance",
        "--value",
        "asserts",
        "--author",
        "B",
        "--store",
        folder,
    )
    _, out, _ = run("correct", "--store", folder, "--json")
    (made,) = map(json.loads, out.splitlines())
    assert (made["claim"], made["action"], made["value"]) == ("article/wire-1/claim/2", "amend", "asserts")


def test_a_claim_may_be_given_by_its_iri(folder):
    iri = "https://example.org/n/article/velm%2F1/claim/2"
    assert run("correct", iri, "--reject", "--author", "B", "--store", folder)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["article/wire-1/claim/1", "--author", "B"], "say one of --reject"),
        (["article/wire-1/claim/1", "--reject", "--field", "low", "--author", "B"], "say one of --reject"),
        (["article/wire-1/claim/1", "--reject"], "--author"),
        (["article/wire-1/claim/77", "--reject", "--author", "B"], "no claim of this store"),
        (["nonsense", "--reject", "--author", "B"], "no claim of this store"),
    ],
)
def test_a_wrong_correction_is_one_line(folder, arguments, message):
    code, _, err = run("correct", *arguments, "--store", folder)
    assert (code, err.count("\n")) == (3, 1)
    assert message in err


def test_an_unknown_format_is_one_line(folder):
    code, _, err = run("incidents", "--format", "xls", "--store", folder)
    assert (code, err.count("\n")) == (3, 1)
