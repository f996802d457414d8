"""The bundled sample: what it exercises is in it, and can be read."""

import re

import pytest

from kg.corpus import read_documents, sample_path
from kg.derived import sheet
from kg.pipeline import build
from kg.records import Document
from kg.store import open_store


@pytest.fixture(scope="module")
def documents():
    return tuple(read_documents([sample_path()]))


def test_nine_articles_are_read(documents):
    assert len(documents) == 9
    assert all(isinstance(each, Document) for each in documents)


def test_every_article_has_a_date_and_a_title_or_a_headline(documents):
    assert all(each.published for each in documents)
    assert all(each.title or "\n" in each.text for each in documents)


def test_most_articles_have_a_publisher(documents):
    assert len({each.publisher for each in documents if each.publisher}) >= 6


def test_scripts_and_menus_are_no_text(documents):
    assert not [each for each in documents if "not part of the article" in each.text or "Sport" in each.text]


@pytest.mark.parametrize(
    ("what", "pattern", "at_least"),
    [
        ("a spokesperson with a rank", r"(?:Colonel|Captain|Brigadier|Lieutenant General) [A-Z]", 4),
        ("names of one armed group", r"\b(?:Islamic State|ISIS|ISIL|Daesh)\b", 4),
        ("other spellings of another", r"\b(?:Al-Shabab|al-Shabaab|al-Shabab)\b", 3),
        ("hedges", r"upward of|as many as|As many as|dozens|a handful|scores|about|at least|fewer than|between", 12),
        ("according to", r"according to", 4),
        ("a split quotation", r",\" [\w ,]+, \"[a-z]", 2),
        ("denials", r"\bden(?:y|ies|ied)\b|reject", 7),
        ("accusations", r"accused|blame", 4),
        ("distances", r"\d+ km (?:east|south|north|northeast) of", 4),
        ("relative dates", r"overnight|on (?:Mon|Tues|Wednes|Thurs|Fri)day|early hours|yesterday", 10),
        ("an unnamed official", r"official.{0,3} who", 3),
        ("a sentence cut off", r",\n", 1),
        ("a labour strike", r"24-hour strike", 1),
        ("responsibility", r"claimed responsibility", 1),
    ],
)
def test_the_sample_exercises(documents, what, pattern, at_least):
    found = sum(len(re.findall(pattern, each.text)) for each in documents)
    assert found >= at_least, what


def test_one_incident_in_articles_of_different_publishers(documents):
    bajil = {each.publisher for each in documents if "Bajil" in each.text}
    assert len(bajil) == 3


# -------------------------------------------------------------------------------- what a newcomer's first sheet says


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples") / "store"
    build([sample_path()], folder)
    with open_store(folder, read_only=True) as store:
        return sheet(store)


def killed(row):
    return {(toll.population, toll.lowest, toll.highest) for toll in row.tolls if toll.measure == "killed"}


def of(rows, kind, place):
    (found,) = (row for row in rows if row.type == kind and row.place == place)
    return found


def test_a_bombing_of_two_articles_is_one_row(rows):
    row = of(rows, "SuicideBombing", "Baidoa")
    assert (row.attackers, len(row.articles), row.earliest, row.latest) == (
        ("al-Shabaab",),
        2,
        "2019-10-08",
        "2019-10-08",
    )
    assert (None, 7, 11) in killed(row)
    assert (row.disputed, row.claimed_by, row.denied_by) == (True, ("al-Shabaab",), ("army",))


def test_an_ambush_in_a_separate_incident_is_another(rows):
    row = of(rows, "Ambush", "30 km north of Kismayo")
    assert killed(row) == {("soldiers", 2, 2)}


def test_accounts_that_differ_on_a_strike_stand_in_its_row(rows):
    row = of(rows, "AirStrike", "Bajil")
    assert (row.attackers, len(row.articles)) == (("Saudi-led coalition",), 3)
    assert {(None, 21, 34), ("civilians", 21, 21)} <= killed(row)
    assert {"Saudi Arabia", "Saudi-led coalition"} <= set(row.denied_by)


def test_a_village_that_is_described_and_named_is_shelled_once(rows):
    (row,) = (row for row in rows if row.type == "Shelling" and row.within == ("Aleppo", "Syria"))
    assert set(row.attackers) == {"Turkey", "People's Protection Units"}
    assert {("person", 3, 3), ("farmer", 4, 4)} <= {(toll.unit, toll.lowest, toll.highest) for toll in row.tolls}


def test_who_shot_drones_down(rows):
    assert of(rows, "Interception", "Ukraine").attackers == ("Ukraine",)
