"""The bundled sample: what it exercises is in it, and can be read."""

import re

import pytest

from kg.corpus import read_documents, sample_path
from kg.records import Document


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
