"""The stages in their order: what is read is kept, what is known is not read again, what fails stops nobody."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys

import pyoxigraph as ox
import pytest

from kg import pipeline
from kg.pipeline import Settings, build, building, reader, resolutions, workers
from kg.pipeline.parts import pack
from kg.pipeline.reader import Batch
from kg.records import Document, Failure, Resolution
from kg.store import open_store

STORIES = [
    {"id": "one", "date": "2026-03-03", "text": "Rebels shelled the town of Tarvik on Monday, police said."},
    {"id": "two", "date": "2026-03-04", "text": "The mayor, Ana Reyes, said that 12 people were killed."},
]


def write(path, stories):
    path.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    return path


def dump(folder):
    with open_store(folder, read_only=True) as store:
        return sorted(str(quad) for quad in store.quads())


def test_every_article_becomes_a_resolution_in_order(tmp_path):
    found = list(resolutions([write(tmp_path / "in.jsonl", STORIES)]))
    assert [each.document.id for each in found] == ["one", "two"]


def test_building_twice_changes_nothing(tmp_path):
    path, folder = write(tmp_path / "in.jsonl", STORIES), tmp_path / "store"
    first = build([path], folder)
    before = dump(folder)
    second = build([path], folder)
    assert (first.read, first.unchanged, second.read, second.unchanged) == (2, 0, 0, 2)
    assert dump(folder) == before


def test_refreshing_reads_what_is_out_of_date_and_adds_nothing(tmp_path, monkeypatch):
    path, folder = write(tmp_path / "in.jsonl", STORIES[:1]), tmp_path / "store"
    monkeypatch.setattr(reader, "__version__", "0.0.1")
    build([path], folder)
    monkeypatch.undo()
    write(path, STORIES)
    summary = build([path], folder, refresh=True)
    assert (summary.read, summary.unchanged, summary.left_out) == (1, 0, 1)
    with open_store(folder, read_only=True) as store:
        assert [(each.id, each.code) for each in store.articles()] == [("one", reader.__version__)]
    summary = build([path], folder, refresh=True)
    assert (summary.read, summary.unchanged, summary.left_out) == (0, 1, 1)


def test_what_is_derived_is_made_good_after_a_stop(tmp_path, monkeypatch):
    path, folder = write(tmp_path / "in.jsonl", STORIES), tmp_path / "store"
    with monkeypatch.context() as patched:
        patched.setattr(building.derived, "rebuild", _stop)
        with pytest.raises(KeyboardInterrupt):
            build([path], folder)
    assert build([path], folder).unchanged == 2
    build([path], tmp_path / "undisturbed")
    assert dump(folder) == dump(tmp_path / "undisturbed")
    assert not list(tmp_path.glob("*.unfinished"))


def _stop(_):
    raise KeyboardInterrupt


def test_two_builds_in_two_places_are_equal(tmp_path):
    path = write(tmp_path / "in.jsonl", STORIES)
    build([path], tmp_path / "a")
    build([path], tmp_path / "b")
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


def test_the_order_of_the_articles_does_not_matter(tmp_path):
    build([write(tmp_path / "in.jsonl", STORIES)], tmp_path / "a")
    build([write(tmp_path / "back.jsonl", STORIES[::-1])], tmp_path / "b")
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


def test_a_changed_text_replaces_the_article(tmp_path):
    folder = tmp_path / "store"
    build([write(tmp_path / "in.jsonl", STORIES)], folder)
    changed = [STORIES[0], {**STORIES[1], "text": "The mayor said nothing."}]
    summary = build([write(tmp_path / "in.jsonl", changed)], folder)
    build([write(tmp_path / "in.jsonl", changed)], tmp_path / "fresh")
    assert (summary.read, summary.unchanged) == (1, 1)
    assert dump(folder) == dump(tmp_path / "fresh")


def test_an_id_that_comes_twice_is_told_and_the_later_stays(tmp_path):
    twice = [STORIES[0], {**STORIES[0], "text": "Rebels left Tarvik."}]
    summary = build([write(tmp_path / "in.jsonl", twice)], tmp_path / "store")
    build([write(tmp_path / "later.jsonl", twice[1:])], tmp_path / "later")
    assert summary.repeated == ["one"]
    assert dump(tmp_path / "store") == dump(tmp_path / "later")


def test_an_article_that_fails_spoils_no_other(tmp_path, monkeypatch):
    make = reader.make_resolver

    def make_brittle(*arguments):
        resolve = make(*arguments)

        def brittle(document, extraction):
            if document.id == "one":
                raise RuntimeError("a bug")
            return resolve(document, extraction)

        return brittle

    monkeypatch.setattr(reader, "make_resolver", make_brittle)
    summary = build([write(tmp_path / "in.jsonl", STORIES)], tmp_path / "store")
    assert summary.failures == [Failure("one", "resolve", "RuntimeError: a bug")]
    assert summary.read == 1


# -------------------------------------------------------------------------------- several processes

TOWNS = ("Tarvik", "Osmera", "Lindholt", "Perast", "Ganzeh")


def many(number):
    """Articles that share actors and towns, so that each changes what is said of the others'."""
    return [
        {
            "id": f"story-{n}",
            "date": f"2026-03-{n % 27 + 1:02}",
            "title": f"Strike hits {TOWNS[n % 5]}",
            "text": f"Rebels shelled the town of {TOWNS[n % 5]} on Monday, killing at least {n + 2} people, police "
            f"chief Ana{'' if n % 2 else ' Maria'} Reyes said.\nThe army denied that it had shelled {TOWNS[n % 3]}.",
        }
        for n in range(number)
    ]


def test_several_workers_make_the_same_graph(tmp_path):
    path = write(tmp_path / "in.jsonl", [*many(70), {"id": "bad", "text": ""}, {**STORIES[0], "id": "story-3"}])
    one, two = build([path], tmp_path / "a"), build([path], tmp_path / "b", workers=2)
    assert dump(tmp_path / "a") == dump(tmp_path / "b")
    assert (one.read, one.words, one.counts, one.failures) == (two.read, two.words, two.counts, two.failures)
    assert one.repeated == two.repeated == ["story-3"]


def _kill_once(number):
    """Kill one of the processes that read, from outside, as soon as a batch is stored."""

    def progress(summary):
        if summary.read == number:
            multiprocessing.active_children()[0].kill()

    return progress


def test_a_worker_that_is_killed_takes_nothing_with_it(tmp_path):
    path = write(tmp_path / "in.jsonl", many(130))
    build([path], tmp_path / "a")
    summary = build([path], tmp_path / "b", workers=2, progress=_kill_once(1))
    assert (summary.read, summary.failures) == (130, [])
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


def test_an_article_that_kills_its_reader_is_a_failure(monkeypatch):
    monkeypatch.setattr(workers, "read_part", _die_of_one)
    documents = [Document(name, "Rebels left.") for name in ("a", "deadly", "b")]
    with workers.Crew(Settings(), 2) as crew:
        found = list(crew.read([documents]))
    assert [failure.document for batch in found for failure in batch.failures] == ["deadly"]
    assert [entry[0] for batch in found for entry in batch.entries] == ["a", "b"]


def _die_of_one(_, documents, level):
    if any(document.id == "deadly" for document in documents):
        os.kill(os.getpid(), signal.SIGKILL)
    article = ox.NamedNode("https://news.example/article/x")
    return pack(
        Batch(entries=[(each.id, "mark", [ox.Quad(article, article, article, article)]) for each in documents]), level
    )


#: Small batches, so that much is stored while much is still to be read; a line for each article that is stored.
RUN = """
import sys
from pathlib import Path
import kg.store.database
from kg.pipeline import build
kg.store.database.BATCH = 2000
build([sys.argv[1]], Path(sys.argv[2]), progress=lambda summary: print(summary.read, flush=True))
"""


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    path = write(tmp_path / "in.jsonl", many(150))
    build([path], tmp_path / "undisturbed")
    folder = tmp_path / "disturbed"
    for stored in (3, 20):
        command = [sys.executable, "-c", RUN, str(path), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            while int(process.stdout.readline()) < stored:
                pass
            process.kill()
    summary = build([path], folder)
    assert 0 < summary.unchanged < 150, "it did not begin anew"
    assert dump(folder) == dump(tmp_path / "undisturbed")


def test_a_text_that_no_parser_should_hold_is_reported():
    reader = pipeline.Reader()
    found = list(reader.read([Document("long", "word " * 300_000), Document("short", "Rebels left.")]))
    assert [type(each) for each in found] == [Failure, Resolution]
