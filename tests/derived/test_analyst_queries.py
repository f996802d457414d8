"""The queries that an analyst asks of incidents and claims, over two articles that disagree."""

import pytest

from kg import derived
from kg.query import ask, load_query


@pytest.fixture
def answer(store):
    derived.rebuild(store)

    def rows(name, columns, **values):
        found = ask(store, load_query(name, values=values))
        return {tuple(row[each].value if row[each] else None for each in columns.split()) for row in found}

    return rows


def test_disputed_incidents_side_by_side(answer):
    found = answer("disputed", "day place claimant opponent why", at="velm")
    assert ("2031-05-05", "Velm", "The airline", "Harbour Wire", "asserted and denied") not in found
    assert {row[:2] for row in found} == {("2031-05-05", "Velm")}
    assert {frozenset(row[2:4]) for row in found if row[4] == "asserted and denied"} >= {
        frozenset({"The airline", "Harbour Wire"}),
        frozenset({"The airline", "Marsh Watch"}),
    }
    assert answer("disputed", "day", at="elsewhere") == set()


def test_numbers_side_by_side(answer):
    assert answer("tolls", "measure unit claimant low opponent", measured="killed") == {
        ("killed", "sailor", "the mayor", "9", "the mayor")
    }


def test_attackers(answer):
    assert answer("attackers", "attacker type incidents disputed articles", by="marsh") == {
        ("Marsh Watch", "AirStrike", "1", "1", "2")
    }


def test_months(answer):
    assert answer("months", "month type incidents places shared_by_articles") == {
        ("2031-05", "AirStrike", "1", "1", "1")
    }


def test_record_of_a_claimant(answer):
    assert answer("record", "claimant stance claims contradicted superseded", by="airline") == {
        ("The airline", "denies", "2", "2", "0")
    }


def test_weapons_of_articles_that_name_none(answer):
    assert answer("weapons", "weapon") == set()
