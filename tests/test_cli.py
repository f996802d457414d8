"""The command line as a person types it: what it prints, what it exits with."""

import json
import os
import subprocess
import sys
import time

import jsonschema
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.line_schema import json_schema


@pytest.fixture
def kg():
    runner = CliRunner()

    def run(*arguments, **options):
        return runner.invoke(main, [str(each) for each in arguments], **options)

    return run


def test_build_without_a_path_reads_the_sample_and_says_where_to_look(kg, tmp_path):
    done = kg("build", "--store", tmp_path / "store")
    assert done.exit_code == 0, done.output
    assert "articles read, 0 unchanged, 0 failed" in done.output
    assert "kg query" in done.output


def test_build_tells_programs_in_json(kg, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Rebels shelled the town of Tarvik on Monday, police said.\n")
    done = kg("build", path, "--store", tmp_path / "store", "--json")
    assert json.loads(done.stdout)["read"] == 1


def test_build_quiet_prints_nothing(kg, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Rebels shelled the town of Tarvik on Monday, police said.\n")
    assert kg("build", path, "--store", tmp_path / "store", "--quiet").output == ""


def test_one_bad_line_is_counted_and_fails_only_when_strict(kg, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "a", "text": "Rebels left Tarvik."}\n{"id": \n')
    loose = kg("build", path, "--store", tmp_path / "store")
    strict = kg("build", path, "--store", tmp_path / "store", "--strict")
    assert (loose.exit_code, strict.exit_code) == (0, 10)
    assert "in.jsonl" in loose.stderr


def test_nothing_readable_is_an_error_of_the_input(kg, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("{\n")
    assert kg("build", path, "--store", tmp_path / "store").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("build", "/no/such/file"), 3, "/no/such/file"),
        (("build", "--published", "yesterday"), 3, "yesterday"),
        (("extract", "--model", "no_such_model"), 4, "no_such_model"),
        (("explain", " "), 3, "no text"),
    ],
)
def test_a_mistake_gets_one_line_and_its_own_code(kg, tmp_path, arguments, code, says):
    done = kg(*arguments, *(["--store", tmp_path / "store"] if arguments[0] == "build" else []))
    assert done.exit_code == code
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_extract_reads_standard_input_and_writes_lines_as_the_schema_says(kg, schema):
    story = {"id": "a", "title": "Airstrikes Kill 12 in Tarvik", "text": "Rebels shelled Tarvik, Col. Ana Reyes said."}
    done = kg("extract", "-", input=json.dumps(story) + "\n")
    (written,) = map(json.loads, done.stdout.splitlines())
    jsonschema.validate(written, json_schema(schema))
    assert written["id"] == "a"
    assert written["quotations"]
    assert written["title"]["events"]


def test_explain_names_the_rule_and_the_reason(kg):
    done = kg("explain", "Rail workers ended a strike, the union said.")
    assert "quotation: " in done.output
    assert "nothing, since" in done.output


def test_help_is_quick_and_loads_no_model():
    code = "import sys; from kg.cli import main; assert 'spacy' not in sys.modules and 'pyoxigraph' not in sys.modules"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    assert time.perf_counter() - start < 2  # a machine under load; benchmarks/ has the real figure


def test_view_writes_one_page(kg, tmp_path, sample_store):
    done = kg("view", "--store", sample_store, "--out", tmp_path / "graph.html")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "graph.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_same_graph_gives_the_same_page_whatever_the_order_of_sets(tmp_path, sample_store):
    pages = []
    for seed in ("1", "2"):
        pages.append(tmp_path / f"{seed}.html")
        command = [sys.executable, "-c", "from kg.cli import main; main()", "view", "--store", str(sample_store)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([*command, "--out", str(pages[-1])], check=True, env=environment, capture_output=True)
    assert pages[0].read_bytes() == pages[1].read_bytes()
