"""Cells of the sheet: each thing once, without its number, the named before the unnamed."""

import pytest

from kg.derived.cells import attackers, cell, fillers, speakers_of, without_number
from kg.records import Description, Filler
from kg.resolve.slots import Episode


@pytest.mark.parametrize(
    ("label", "left"),
    [
        ("At least nine villagers", "villagers"),
        ("more than 1,200 houses", "houses"),
        ("tens of thousands of seedlings", "seedlings"),
        ("dozens of people", "people"),
        ("the mill", "mill"),
        ("a dozen of their lorries", "lorries"),
        ("31", ""),
        ("both", "both"),
        ("any civilian", "civilian"),
        ("Marsh Watch", "Marsh Watch"),
    ],
)
def test_how_many_stands_in_the_tolls(label, left):
    assert without_number(label) == left


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([("nine villagers", False), ("At least nine villagers", False)], ("villagers",)),
        ([("civilians", False), ("nine Orrelian civilians", False)], ("Orrelian civilians",)),
        ([("mill", False), ("villagers", False), ("the villagers", False)], ("villagers", "mill")),
        ([("Four Corners", True), ("four soldiers", False)], ("Four Corners", "soldiers")),
        ([("31", False)], ()),
    ],
)
def test_each_once_the_most_frequent_first(labels, expected):
    assert cell(labels) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([("rebels", False), ("Marsh Watch", True), ("rebels", False)], ("Marsh Watch",)),
        ([("rebels", False), ("Rebels", False)], ("rebels",)),
        ([("the attackers", False), ("gunmen", False)], ("gunmen",)),
        ([("the attackers", False)], ("attackers",)),
        ([("Orrel", True), ("Marsh Watch", True), ("Orrel", True)], ("Orrel", "Marsh Watch")),
    ],
)
def test_who_has_a_name_attacked(labels, expected):
    assert attackers(labels) == expected


def test_speakers_once_without_what_is_said_of_them():
    labels = [("Marsh Watch", True), ("an official who asked not to be named", False), ("the official which", False)]
    assert speakers_of(labels) == ("Marsh Watch", "official")


def told(number, *labels, headline=False):
    found = tuple(Filler("target", f"actor/{label}", label) for label in labels)
    return Description(f"article/1/event/{number}", "1", "Attack", fillers=found, headline=headline)


@pytest.mark.parametrize(
    ("events", "but", "expected"),
    [
        ((told(1, "Mill Attack", headline=True), told(2, "mill")), (), ["mill"]),
        ((told(1, "mill", headline=True), told(2)), (), ["mill"]),
        ((told(1, "mill"), told(2, "guards")), ("actor/guards",), ["mill"]),
        ((told(1),), (), []),
    ],
    ids=["the text", "the headline where the text says nothing", "but those who were struck", "nothing"],
)
def test_a_headline_says_again_what_the_text_tells(events, but, expected):
    assert [filler.label for filler in fillers(Episode(events), "target", but=frozenset(but))] == expected
