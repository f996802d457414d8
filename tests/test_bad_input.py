"""Hostile and broken input from end to end: one bad article never stops or spoils the others."""

import gzip
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kg.cli import main

GOOD = "Rebels shelled the town of Tarvik on Monday, killing at least four people, police said."
SCRIPTS = """<html><head><title>Rebels shell Tarvik</title><script>evil("one")</script></head><body><article>
<p>Rebels shelled the town of Tarvik on Monday, killing at least four people, police in the region said.</p>
<script>evil("two")</script><p onclick="evil('three')">Nobody in the town could say why, and the mayor,
who had left on Sunday, could not be reached by telephone.</p></article></body></html>"""

#: Name of a file -> its bytes; each holds an article that cannot be read, some a good one beside it.
BAD = {
    "binary.txt": b"\x89PNG\r\n\x1a\n\0\0\0",
    "broken-utf8.txt": "The café said “no”.".encode()[:-3] + b" more",
    "damaged.jsonl.gz": gzip.compress(json.dumps({"text": GOOD}).encode() * 50)[:-10],
    "date.jsonl": json.dumps({"id": "late", "text": GOOD, "date": "someday"}).encode(),
    "empty.txt": b"",
    "lines.jsonl": b'{"text": "Rebels\n' + json.dumps({"id": "survivor", "text": GOOD}).encode(),
    "long.jsonl": json.dumps({"id": "long", "text": "x " * 10_000_000}).encode(),
    "no-article.html": b"<html><script>alert(1)</script></html>",
    "table.csv": b"id,words\n1,none\n",
    "word.docx": b"PK\x03\x04",
}


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(each) for each in arguments], **options)


def export(store):
    return run("export", "--format", "nquads", "--store", store).stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A build of all that is bad beside what is good, and one of the good alone."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "good").mkdir()
    (folder / "good" / "a.txt").write_text(GOOD)
    (folder / "good" / "page.html").write_text(SCRIPTS)
    (folder / "good" / "s.jsonl").write_text(json.dumps({"id": "survivor", "text": GOOD}))
    (folder / "mixed").mkdir()
    for name, content in BAD.items():
        (folder / "mixed" / name).write_bytes(content)
    mixed = run("build", folder / "good", folder / "mixed", "--store", folder / "mixed-store", "--json")
    alone = run("build", folder / "good", "--store", folder / "good-store", "--json")
    return folder, mixed, alone


def test_each_bad_article_is_counted_and_told_in_one_line(built):
    _, mixed, _ = built
    assert mixed.exit_code == 0
    failures = json.loads(mixed.stdout)["failures"]
    told = "\n".join(f"{each['document']}: {each['error']}" for each in failures)
    assert len(failures) == len(BAD)
    assert [name for name in BAD if name not in told] == []
    assert all(len(each["error"]) < 300 and "\n" not in each["error"] for each in failures)
    assert len(mixed.stderr.splitlines()) == len(BAD)


def test_the_good_articles_are_as_if_they_were_alone(built):
    folder, mixed, alone = built
    assert json.loads(alone.stdout)["failures"] == []
    assert json.loads(mixed.stdout)["repeated"] == ["survivor"]
    assert export(folder / "mixed-store") == export(folder / "good-store") != ""


def test_scripts_of_a_page_are_no_text(built):
    folder, _, _ = built
    assert "Nobody in the town could say why" in export(folder / "good-store")
    assert not [word for word in ("evil", "onclick") if word in export(folder / "good-store")]


def test_only_bad_input_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\0")
    assert run("build", tmp_path / "a.txt", "--store", tmp_path / "store").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("build", "nowhere.txt"), 3, "nowhere.txt: no such file or folder"),
        (("build", "--published", "2016-02-30"), 3, "'2016-02-30' is no date; write it as YYYY-MM-DD"),
        (("build", "--model", "no_such_model"), 4, "'no_such_model' is not installed"),
        (("query", "SELECT ?x WHERE {"), 7, "malformed"),
        (("query", "no-such-query"), 7, "no-such-query"),
        (("query", "-f", "nowhere.rq"), 3, "nowhere.rq"),
        (("export", "--format", "docx"), 9, "docx"),
    ],
)
def test_each_mistake_has_one_line_and_its_own_code(built, arguments, code, says):
    folder, _, _ = built
    done = run(*arguments, "--store", folder / ("new-store" if arguments[0] == "build" else "good-store"))
    assert done.exit_code == code, done.output
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (folder / "new-store").exists(), "a mistake leaves nothing behind"


def test_a_store_that_is_none(tmp_path):
    assert run("query", "strikes", "--store", tmp_path / "nothing").exit_code == 6


HOLD = "import sys, time, pathlib; from kg.store import open_store\nwith open_store(pathlib.Path(sys.argv[1])):\n \
print('open', flush=True); time.sleep(60)"


def test_a_store_that_another_process_has_open(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    store = tmp_path / "store"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(store)], stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout.readline() == "open\n"
            done = run("build", tmp_path / "a.txt", "--store", store)
        finally:
            other.kill()
    assert done.exit_code == 6
    assert len(done.stderr.splitlines()) == 1
    assert str(store) in done.stderr


MARKUP = '<img src=x onerror=alert(1)> "said" \\ {bad} <http://x> \u202e\x00 \U0001f4a3'


def test_hostile_names_and_texts_are_never_markup(tmp_path):
    record = {"id": f"../{MARKUP} ", "title": MARKUP, "publisher": MARKUP, "url": f"javascript:{MARKUP}", "text": GOOD}
    (tmp_path / "a.jsonl").write_text(json.dumps(record | {"text": f"{GOOD} “{MARKUP},” Col. Ann {MARKUP} said."}))
    done = run("build", tmp_path / "a.jsonl", "--store", tmp_path / "store", "--strict")
    assert done.exit_code == 0, done.output
    for form in ("turtle", "jsonld", "rdfxml", "graphml"):
        assert run("export", "--format", form, "--store", tmp_path / "store").exit_code == 0, form
    assert run("validate", "--store", tmp_path / "store").exit_code == 0
