"""How two claims on one incident stand to each other."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Assertion, Description, Figure, Filler, Incident, TextSpan
from kg.resolve.disputes import links
from kg.resolve.slots import can_both_hold

SPAN = TextSpan("a", 0, 1)
MONDAY, TUESDAY = dt.date(2031, 5, 5), dt.date(2031, 5, 6)


def count(bound="exactly", low=None, best=None, high=None, *, measure="killed", unit="person", **more):
    return Figure(SPAN, measure, unit, more.pop("population", None), low, best, high, bound, **more)


def exactly(number, **more):
    return count("exactly", number, number, number, **more)


def said(number, claimant, *figures, attacker=None, kind="AirStrike", stated=MONDAY, **more):
    """A claim with the event that it is about; each event stands in an article of its own."""
    article = f"d{number}"
    fillers = (Filler("attacker", attacker, attacker),) if attacker else ()
    claim = Assertion(f"article/{article}/claim/1", claimant, article, figures=figures, stated=stated, **more)
    return Description(
        f"article/{article}/event/1", article, kind, ("Attack",), fillers=fillers, assertions=(claim,), published=stated
    )


def between(*events):
    incident = Incident("incident/d1-1", "AirStrike", tuple(each.id for each in events))
    found = links(events, [incident])
    return [(link.subject.split("/")[1], link.predicate, link.object.split("/")[1]) for link in found]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param((exactly(21),), (exactly(34),), "contradicts", id="21 and 34"),
        pytest.param((exactly(21),), (exactly(21),), "corroborates", id="equal"),
        pytest.param((exactly(21),), (count("atLeast", 19, 19),), "corroborates", id="21 and at least 19"),
        pytest.param((exactly(21),), (count("atLeast", 22, 22),), "contradicts", id="21 and at least 22"),
        pytest.param((exactly(21),), (count("moreThan", 21, 21),), "contradicts", id="21 and more than 21"),
        pytest.param((exactly(21),), (count("lessThan", None, 21, 21),), "contradicts", id="21 and fewer than 21"),
        pytest.param((exactly(21),), (count("vague", 12, None, 99),), "corroborates", id="21 and dozens"),
        pytest.param((exactly(5),), (count("vague", 12, None, 99),), "contradicts", id="5 and dozens"),
        pytest.param((exactly(5),), (exactly(9, measure="injured"),), None, id="killed and injured"),
        pytest.param((exactly(5),), (exactly(9, population="children"),), None, id="all and the children"),
        pytest.param((exactly(5),), (exactly(900, cumulative=True),), None, id="one strike and the year's total"),
        pytest.param((exactly(5),), (exactly(7, unit="vehicle"),), None, id="people and vehicles"),
        pytest.param((), (), "corroborates", id="both say that it happened"),
    ],
)
def test_counts(one, other, expected):
    found = between(said(1, "a/x", *one), said(2, "a/y", *other))
    assert found == ([("d2", expected, "d1")] if expected else [])


def test_a_denial_contradicts_and_responds():
    found = between(said(1, "a/x", stance="accuses"), said(2, "a/y", stance="denies", polarity="negative"))
    assert found == [("d2", "contradicts", "d1"), ("d2", "respondsTo", "d1")]


def test_two_denials_do_not_contradict_each_other():
    denials = [said(n, f"a/{n}", stance="denies", polarity="negative") for n in (1, 2)]
    assert between(*denials) == []


def test_a_denial_that_anybody_died_contradicts_a_toll():
    found = between(said(1, "a/x", exactly(14)), said(2, "a/y", exactly(0), polarity="negative"))
    assert ("d2", "contradicts", "d1") in found


def test_what_a_denial_counts_is_no_count_of_the_denier():
    found = between(said(1, "a/x", exactly(14)), said(2, "a/y", exactly(14), stance="denies", polarity="negative"))
    assert ("d2", "corroborates", "d1") not in found


def test_a_confirmation_responds_and_corroborates():
    found = between(said(1, "a/x"), said(2, "a/y", stance="confirms"))
    assert found == [("d2", "corroborates", "d1"), ("d2", "respondsTo", "d1")]


def test_different_attackers_contradict():
    assert between(said(1, "a/x", attacker="actor/p"), said(2, "a/y", attacker="actor/q")) == [
        ("d2", "contradicts", "d1")
    ]


def test_attackers_without_a_name_contradict_nobody():
    found = between(said(1, "a/x", attacker="actor/p"), said(2, "a/y", attacker="article/d2/actor/1"))
    assert found == [("d2", "corroborates", "d1")]


def test_a_later_count_of_the_same_claimant_supersedes():
    found = between(said(1, "a/x", exactly(7)), said(2, "a/x", exactly(11), stated=TUESDAY))
    assert found == [("d2", "supersedes", "d1")]


def test_a_count_up_to_a_later_day_supersedes_in_one_article_too():
    found = between(said(1, "a/x", exactly(7), as_of=MONDAY), said(2, "a/x", exactly(11), as_of=TUESDAY))
    assert found == [("d2", "supersedes", "d1")]
    assert between(said(1, "a/x", exactly(7), as_of=TUESDAY), said(2, "a/x", exactly(11), stated=TUESDAY)) == []


def test_the_same_count_again_supersedes_nothing():
    assert between(said(1, "a/x", exactly(7)), said(2, "a/x", exactly(7), stated=TUESDAY)) == []


def test_claims_on_other_incidents_are_strangers():
    one, other = said(1, "a/x", exactly(7)), said(2, "a/y", exactly(70))
    apart = [Incident(f"incident/{n}", "AirStrike", (each.id,)) for n, each in enumerate((one, other))]
    assert links([one, other], apart) == ()


BOUNDS = st.one_of(
    st.integers(0, 20).map(exactly),
    st.integers(0, 20).map(lambda n: count("atLeast", n, n)),
    st.integers(0, 20).map(lambda n: count("moreThan", n, n)),
    st.integers(0, 20).map(lambda n: count("atMost", None, n, n)),
    st.integers(1, 20).map(lambda n: count("lessThan", None, n, n)),
    st.tuples(st.integers(0, 20), st.integers(0, 9)).map(lambda n: count("between", n[0], None, n[0] + n[1])),
)


def holds(figure, number):
    above = figure.low is None or (number > figure.low if figure.bound == "moreThan" else number >= figure.low)
    below = figure.high is None or (number < figure.high if figure.bound == "lessThan" else number <= figure.high)
    return above and below


@given(BOUNDS, BOUNDS)
def test_intervals_that_share_a_number_can_both_hold(one, other):
    """Against counting by halves from 0 to 60: the intervals are real, so halves find every shared stretch."""
    assert can_both_hold(one, other) == any(holds(one, n / 2) and holds(other, n / 2) for n in range(120))
    assert can_both_hold(one, other) == can_both_hold(other, one)


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        pytest.param("AirStrike", 2, {"contradicts", "respondsTo"}, id="the strike, told two sentences before"),
        pytest.param("Bombing", 2, {"contradicts", "respondsTo"}, id="by another name"),
        pytest.param("AirStrike", 9, {"contradicts"}, id="what is told later is not what it answers"),
        pytest.param("Abduction", 2, set(), id="something else"),
    ],
)
def test_a_denial_answers_a_claim_on_another_mention_in_its_article(kind, before, expected):
    accused = replace(said(1, "a/x", kind=kind, stance="accuses"), sentence=before)
    denied = said(2, "a/y", stance="denies", polarity="negative")
    answer = replace(denied, id="article/d1/event/2", article="d1", sentence=4)
    assert {predicate for _, predicate, _ in between(accused, answer)} == expected
