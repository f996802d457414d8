"""The stages in their order: what is read is kept, what is known is not read again, what fails stops nobody."""

import json

from kg import pipeline
from kg.pipeline import build, resolutions
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
    make = pipeline.make_resolver

    def make_brittle(*arguments):
        resolve = make(*arguments)

        def brittle(document, extraction):
            if document.id == "one":
                raise RuntimeError("a bug")
            return resolve(document, extraction)

        return brittle

    monkeypatch.setattr(pipeline, "make_resolver", make_brittle)
    summary = build([write(tmp_path / "in.jsonl", STORIES)], tmp_path / "store")
    assert summary.failures == [Failure("one", "resolve", "RuntimeError: a bug")]
    assert summary.read == 1


def test_a_text_that_no_parser_should_hold_is_reported():
    reader = pipeline.Reader()
    found = list(reader.read([Document("long", "word " * 300_000), Document("short", "Rebels left.")]))
    assert [type(each) for each in found] == [Failure, Resolution]
