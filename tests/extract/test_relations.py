"""Appositions, acronyms, copulas; ranks, posts and whom they serve."""

import pytest

from kg.extract.relations import make_relations


@pytest.fixture(scope="module")
def relations(read, schema):
    extract = make_relations(schema)

    def of(text):
        def at(span):
            return text[span.start : span.end]

        return {
            (each.record.predicate, at(each.record.subject), at(each.record.object)) for each in extract(read(text))
        }

    return of


ADA = "Ada Brightwell"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Coalition spokesman Col. Ada Brightwell counted the boats.",
            {("rank", ADA, "Col."), ("post", ADA, "spokesman"), ("affiliation", ADA, "Coalition")},
        ),
        (
            "Iraq's Prime Minister Ada Brightwell opened the bridge.",
            {("post", ADA, "Prime Minister"), ("affiliation", ADA, "Iraq")},
        ),
        (
            "Ada Brightwell, the mayor of Westerlund, opened the bridge.",
            {("post", ADA, "mayor"), ("apposition", ADA, "the mayor")},
        ),
        (
            "Gen. Ada Brightwell, commander of the Peshmerga, inspected the bridge.",
            {("rank", ADA, "Gen."), ("post", ADA, "commander"), ("affiliation", ADA, "Peshmerga")},
        ),
        ("Lt. Gen. Ada Brightwell inspected the bridge.", {("rank", ADA, "Lt. Gen.")}),
        ("Brigadier-General Ada Brightwell inspected the bridge.", {("rank", ADA, "Brigadier-General")}),
        (
            "UNICEF spokeswoman Ada Brightwell counted the children.",
            {("post", ADA, "spokeswoman"), ("affiliation", ADA, "UNICEF")},
        ),
        (
            "UNICEF's deputy regional director Ada Brightwell counted the boats.",
            {("post", ADA, "deputy regional director"), ("affiliation", ADA, "UNICEF")},
        ),
        (
            "Russian Foreign Minister Ada Brightwell left the talks.",
            {("post", ADA, "Foreign Minister"), ("affiliation", ADA, "Russian")},
        ),
        ("Ada Brightwell is the mayor of Westerlund.", {("copula", ADA, "the mayor"), ("post", ADA, "mayor")}),
        (
            "The governor of Tarsk Province, Ada Brightwell, opened the bridge.",
            {("apposition", ADA, "The governor"), ("post", ADA, "governor"), ("affiliation", ADA, "Tarsk Province")},
        ),
        ("“No,” said Ada Brightwell of the Harbour Institute.", {("affiliation", ADA, "Harbour Institute")}),
        ("Ada Brightwell, who commands the Fourth Brigade, left.", {("affiliation", ADA, "Fourth Brigade")}),
        ("The mayor, Ada Brightwell, opened the bridge.", {("apposition", ADA, "The mayor"), ("post", ADA, "mayor")}),
        ("She visited the city of Mosul on Monday.", {("apposition", "Mosul", "the city")}),
        (
            "The Syrian Democratic Forces (SDF) left the dam.",
            {("acronym", "Syrian Democratic Forces", "SDF")},
        ),
    ],
)
def test_relations(relations, text, expected):
    assert expected <= relations(text)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Ada Brightwell is not the mayor of Westerlund.", "copula"),
        ("She left a suburb of Mosul on Monday.", "apposition"),
        ("Ada Brightwell opened the bridge (see below).", "acronym"),
    ],
)
def test_no_relation(relations, text, predicate):
    assert predicate not in {name for name, _, _ in relations(text)}
