"""Incidents over hand-built descriptions: what is joined, what stays apart, and that the result is a partition."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Assertion, Description, Entity, Figure, Filler, Location, TextSpan
from kg.resolve.incidents import group

DAY = dt.datetime(2031, 5, 6, tzinfo=dt.UTC)
SPAN = TextSpan("a", 0, 1)
FAMILIES = {"AirStrike": ("Attack", "Violence"), "Attack": ("Violence",), "Killing": ("Violence",), "Ceasefire": ()}


def place(name, lat, lon, precision="settlement", within=("Northmark", "Estonia")):
    return Entity(f"place/{name}", "Place", name, location=Location(lat, lon, precision, within=within))


TOWN, SUBURB, CITY = (
    place("Otepa", 58.06, 26.49),
    place("Otepa East", 58.06, 26.56, "area"),
    place("Narva", 59.37, 28.19),
)
VILLAGES, HESSE = Entity("article/a/place/1", "Place", "villages"), Entity("article/a/place/2", "Place", "Hesse Hill")
QUAY, MILL, EASTERN_QUAY = (
    Entity(f"article/a/place/{number}", "Place", words, location=Location(None, None, "area", within=("Otepa",)))
    for number, words in enumerate(("Quay district", "Millside", "eastern end of Quay"), 5)
)
OTEPA_GOVERNORATE = Entity("article/a/place/8", "Place", "Otepa governorate")
HESSE_TOO = Entity("article/b/place/9", "Place", "Hesse Hill")
NORTHMARK = place("Northmark", 58.5, 26.5, "region", within=("Estonia",))


def event(name, kind="AirStrike", *, places=(), days=None, attacker=None, target=None, killed=None, **more):
    article = name.split("/")[0]
    fillers = [Filler(role, each, each) for role, each in (("attacker", attacker), ("target", target)) if each]
    figures = (Figure(SPAN, "killed", "person", None, killed, killed, killed, "exactly"),) if killed else ()
    time = {} if days is None else {"earliest": DAY + dt.timedelta(days), "latest": DAY + dt.timedelta(days + 0.9)}
    return Description(
        id=f"article/{article}/event/{name.split('/')[1]}",
        article=article,
        type=kind,
        families=FAMILIES.get(kind, ("Attack", "Violence")),
        places=tuple(places),
        published=DAY.date(),
        outlet=more.pop("outlet", article),
        fillers=tuple(fillers),
        assertions=(
            Assertion(
                f"article/{article}/claim/{name.split('/')[1]}", None, more.pop("voice", article), figures=figures
            ),
        ),
        **time,
        **{"sentence": int(name.split("/")[1]) - 1, **more},
    )


def short(descriptions):
    """The incidents as sets of "article/number"."""
    found = group(descriptions)
    return {frozenset(each.removeprefix("article/").replace("/event", "") for each in one.events) for one in found}


def apart(*names):
    return {frozenset([name]) for name in names}


TOGETHER = {frozenset(["a/1", "b/1"])}
SAME_ARTICLE = {frozenset(["a/1", "a/2"])}


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        pytest.param({"places": [TOWN], "days": 0}, {"places": [TOWN], "days": 0}, True, id="place and day"),
        pytest.param({"places": [TOWN], "days": 0}, {"places": [SUBURB], "days": 0}, True, id="a suburb"),
        pytest.param({"places": [TOWN], "days": 0}, {"places": [CITY], "days": 0}, False, id="another town"),
        pytest.param({"places": [TOWN], "days": 0}, {"places": [TOWN], "days": 9}, False, id="another week"),
        pytest.param({"places": [TOWN], "days": 0}, {"places": [NORTHMARK], "days": 0}, False, id="only the region"),
        pytest.param(
            {"places": [TOWN], "days": 0, "attacker": "actor/x", "killed": 7},
            {"places": [NORTHMARK], "days": 0, "attacker": "actor/x", "killed": 7},
            True,
            id="the region, the attacker and the toll",
        ),
        pytest.param(
            {"places": [TOWN], "days": 0, "attacker": "actor/x"},
            {"places": [TOWN], "days": 0, "attacker": "actor/y"},
            True,
            id="who did it is disputed",
        ),
        pytest.param(
            {"places": [TOWN], "days": 0, "killed": 4, "attacker": "actor/x"},
            {"places": [TOWN], "days": 0, "killed": 60, "attacker": "actor/y"},
            False,
            id="nothing but place and day",
        ),
        pytest.param(
            {"places": [TOWN], "days": 0},
            {"places": [TOWN], "days": 0, "kind": "Ceasefire"},
            False,
            id="another kind of event",
        ),
        pytest.param(
            {"places": [TOWN], "days": 0}, {"places": [TOWN], "days": 0, "kind": "Attack"}, True, id="a broader type"
        ),
        pytest.param({"days": 0}, {"days": 0}, False, id="a day alone"),
        pytest.param({"places": [VILLAGES], "days": 0}, {"places": [VILLAGES], "days": 0}, False, id="villages"),
        pytest.param({"places": [HESSE], "days": 0}, {"places": [HESSE_TOO], "days": 0}, True, id="no table knows it"),
        pytest.param({"places": [TOWN]}, {"places": [TOWN]}, True, id="a place, in news of one day"),
        pytest.param({"places": [TOWN], "sentence": 9}, {"places": [TOWN]}, False, id="a place alone"),
        pytest.param({"days": 0, "killed": 41}, {"days": 0, "killed": 41}, True, id="a high toll, wherever it was"),
        pytest.param({"days": 0, "killed": 4}, {"days": 0, "killed": 4}, False, id="a low toll, wherever it was"),
        pytest.param(
            {"places": [TOWN], "days": 0, "kind": "AirStrike"},
            {"places": [TOWN], "days": 0, "kind": "Shelling"},
            False,
            id="bombed by one side and shelled by the other",
        ),
        pytest.param(
            {"places": [TOWN], "days": 0, "kind": "AirStrike", "killed": 30},
            {"places": [TOWN], "days": 0, "kind": "Shelling", "killed": 31},
            True,
            id="nearly the same count",
        ),
        pytest.param(
            {"places": [NORTHMARK], "days": 0, "kind": "ChemicalAttack"},
            {"places": [TOWN], "days": 0, "kind": "ChemicalAttack"},
            True,
            id="a kind of which there are few",
        ),
        pytest.param(
            {"places": [NORTHMARK], "days": 0, "kind": "AirStrike"},
            {"places": [TOWN], "days": 0, "kind": "AirStrike"},
            False,
            id="a kind of which there are many",
        ),
        pytest.param(
            {"places": [TOWN], "outlet": "wire"}, {"places": [TOWN], "outlet": "wire"}, True, id="copies of one text"
        ),
    ],
)
def test_across_articles(one, other, joined):
    assert short([event("a/1", **one), event("b/1", **other)]) == (TOGETHER if joined else apart("a/1", "b/1"))


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        pytest.param({"places": [TOWN]}, {"places": [TOWN]}, True, id="the same place"),
        pytest.param({"attacker": "actor/x"}, {"attacker": "actor/x"}, True, id="the same attacker"),
        pytest.param({"places": [TOWN]}, {}, True, id="the story goes on"),
        pytest.param({"places": [TOWN]}, {"anaphoric": True}, True, id="the strike"),
        pytest.param({"places": [TOWN]}, {"places": [CITY], "anaphoric": True}, False, id="the strike elsewhere"),
        pytest.param({}, {"kind": "Killing", "cause": "article/a/event/1"}, True, id="a killing with its cause"),
        pytest.param({"kind": "Killing", "cause": "article/a/event/2"}, {}, True, id="a cause that follows"),
        pytest.param({"killed": 7}, {"kind": "Killing"}, True, id="a killing nowhere else"),
        pytest.param({"killed": 7}, {"kind": "Killing", "killed": 9}, False, id="another toll by the same voice"),
        pytest.param({"places": [QUAY]}, {"places": [MILL]}, False, id="another quarter"),
        pytest.param({"places": [QUAY, TOWN]}, {"places": [MILL, TOWN]}, False, id="another quarter of one town"),
        pytest.param({"places": [QUAY]}, {"places": [EASTERN_QUAY]}, True, id="a part of the quarter"),
        pytest.param({}, {"kind": "Killing", "killed": 9, "sentence": 0}, True, id="killed in the same sentence"),
        pytest.param({}, {"kind": "Killing", "killed": 9, "sentence": 4}, False, id="killed far on"),
        pytest.param({"places": [TOWN]}, {"target": "actor/z", "sentence": 2}, False, id="somebody else is struck"),
        pytest.param({}, {"kind": "Killing", "places": [TOWN]}, False, id="a killing somewhere"),
        pytest.param(
            {"attacker": "actor/x"}, {"attacker": "actor/x", "places": [TOWN]}, True, id="where it was is told next"
        ),
        pytest.param(
            {"attacker": "actor/x", "places": [CITY]},
            {"attacker": "actor/x", "places": [TOWN]},
            False,
            id="another place is news",
        ),
        pytest.param({"target": "actor/t"}, {"target": "actor/t", "killed": 9}, True, id="how many is told next"),
        pytest.param(
            {"target": "actor/t", "killed": 2}, {"target": "actor/t", "killed": 9}, False, id="another count is news"
        ),
        pytest.param({"killed": 15}, {"killed": 82, "kind": "Killing"}, False, id="far more were killed"),
        pytest.param(
            {"killed": 30},
            {"killed": 2, "kind": "Killing", "anaphoric": True, "aftermath": True},
            True,
            id="died later",
        ),
        pytest.param({}, {"kind": "Shelling", "anaphoric": True}, True, id="the explosion, of a shell"),
        pytest.param(
            {"killed": 4, "headline": True},
            {"killed": 9, "kind": "Killing", "voice": "b", "sentence": 2},
            True,
            id="somebody else counts the dead of the headline",
        ),
        pytest.param({"killed": 34}, {"killed": 53, "anaphoric": True}, True, id="the death toll is mended"),
        pytest.param({"places": [TOWN]}, {"attacker": "actor/x", "sentence": 1, "aside": True}, False, id="meanwhile"),
        pytest.param({"places": [TOWN]}, {"anaphoric": True, "sentence": 14}, True, id="back to what it opens with"),
        pytest.param({"places": [TOWN]}, {"kind": "Shelling", "sentence": 1}, False, id="no aircraft"),
        pytest.param({"places": [TOWN], "sentence": 3}, {"days": -9, "sentence": 4}, False, id="days before"),
        pytest.param({"places": [TOWN]}, {"places": [TOWN], "another": True}, False, id="a separate strike"),
        pytest.param({"kind": "Killing", "killed": 25}, {"kind": "Killing", "killed": 25}, True, id="a high toll"),
        pytest.param({"places": [TOWN]}, {"places": [NORTHMARK]}, True, id="in the province"),
        pytest.param({"kind": "Ceasefire"}, {"kind": "Killing"}, False, id="what kills nobody"),
        pytest.param({"headline": True}, {"places": [TOWN], "days": 0}, True, id="the headline's"),
        pytest.param(
            {"headline": True, "attacker": "actor/x"}, {"attacker": "actor/y"}, False, id="not the headline's"
        ),
        pytest.param(
            {"attacker": "actor/x"},
            {"attacker": "actor/y", "anaphoric": True},
            True,
            id="somebody else is blamed for it",
        ),
        pytest.param(
            {"killed": 7, "target": "actor/t"}, {"kind": "Killing", "killed": 7, "target": "actor/t"}, True, id="whom"
        ),
        pytest.param({"days": 0, "places": [TOWN]}, {"days": -40, "places": [TOWN]}, False, id="last month"),
        pytest.param(
            {"places": [TOWN]}, {"places": [TOWN], "days": -40, "sentence": 4}, False, id="long before the news"
        ),
        pytest.param({"places": [TOWN]}, {"days": -40, "anaphoric": True}, True, id="the strike, of long before"),
        pytest.param({"places": [TOWN]}, {"places": [TOWN], "sentence": 9}, False, id="the place again, far on"),
        pytest.param(
            {"places": [TOWN], "target": "actor/t"},
            {"places": [TOWN], "target": "actor/t", "sentence": 9},
            True,
            id="the place and the target again, far on",
        ),
        pytest.param(
            {"places": [TOWN]}, {"kind": "Killing", "places": [TOWN], "sentence": 4}, False, id="killed there, far on"
        ),
        pytest.param(
            {"attacker": "actor/x", "target": "actor/y", "places": [TOWN]},
            {"attacker": "actor/y", "target": "actor/x", "places": [TOWN]},
            False,
            id="they strike back",
        ),
        pytest.param({"places": [QUAY]}, {"places": [OTEPA_GOVERNORATE]}, True, id="the province by its name"),
        pytest.param(
            {"places": [TOWN]}, {"places": [TOWN], "polarity": "negative"}, True, id="a denial is of what happened"
        ),
    ],
)
def test_within_an_article(one, other, joined):
    assert short([event("a/1", **one), event("a/2", **other)]) == (SAME_ARTICLE if joined else apart("a/1", "a/2"))


def test_who_is_counted_is_counted_of_what_was_told_last():
    blast = event("a/1", "SuicideBombing", sentence=3, headline=True, killed=9)
    ambush, killed = event("a/2", "Ambush", sentence=4, aside=True), event("a/3", "Killing", sentence=5, killed=2)
    assert short([blast, ambush, killed]) == {frozenset(["a/1"]), frozenset(["a/2", "a/3"])}


def test_an_abduction_is_no_result_of_the_raid_it_was_in():
    """The raid is that in which others were killed; who was taken away is a happening of its own."""
    shot, raid = event("a/1", "Shooting"), event("a/2", "Attack", sentence=0, attacker="actor/x", killed=9)
    taken = event("a/3", "Abduction", sentence=0, cause="article/a/event/2")
    assert short([replace(shot, fillers=raid.fillers, assertions=raid.assertions), raid, taken]) == {
        frozenset(["a/1", "a/2"]),
        frozenset(["a/3"]),
    }


@pytest.mark.parametrize(
    ("one", "other", "anaphoric", "joined"),
    [
        ("State", "ArmedGroup", False, False),
        ("State", "ArmedGroup", True, True),
        ("State", "Coalition", True, True),
    ],
)
def test_a_state_and_an_armed_group_make_two_strikes(one, other, anaphoric, joined):
    first, second = (
        event("a/1", places=[TOWN], target="actor/t", attacker="actor/x"),
        event("a/2", places=[TOWN], target="actor/t", attacker="actor/y", anaphoric=anaphoric),
    )
    told = [
        replace(each, fillers=tuple(replace(filler, type=kind) for filler in each.fillers))
        for each, kind in ((first, one), (second, other))
    ]
    assert short(told) == (SAME_ARTICLE if joined else apart("a/1", "a/2"))


def test_what_a_total_sums_up_is_no_incident():
    counted = event("a/2", "Killing", killed=300)
    (claim,) = counted.assertions
    total = replace(claim, figures=(replace(claim.figures[0], cumulative=True),))
    told = [event("a/1"), replace(counted, assertions=(total,), cause="article/a/event/1")]
    assert short(told) == set()
    told.append(replace(event("a/3", "Killing", killed=7), cause="article/a/event/1"))
    assert short(told) == {frozenset(["a/1", "a/3"])}


@pytest.mark.parametrize(
    ("population", "killed", "joined"), [(None, 9, True), (None, 8, False), ("soldiers", 9, False)]
)
def test_a_number_is_given_of_people_and_of_who_they_were(population, killed, joined):
    fighters, others = (
        replace(event(name, attacker="actor/x", killed=9 if name == "a/1" else killed, sentence=at), places=())
        for name, at in (("a/1", 0), ("a/2", 4))
    )
    told = []
    for each, kind in ((fighters, "fighters"), (others, population)):
        (claim,) = each.assertions
        told.append(replace(each, assertions=(replace(claim, figures=(replace(claim.figures[0], population=kind),)),)))
    assert short(told) == (SAME_ARTICLE if joined else apart("a/1", "a/2"))


def test_such_strikes_in_general_are_of_no_incident():
    assert short([event("a/1", places=[TOWN]), event("a/2", realis=False)]) == apart("a/1")


@pytest.mark.parametrize("unreal", [{"realis": False}, {"polarity": "negative"}])
def test_what_did_not_happen_is_no_incident(unreal):
    assert group([event("a/1", places=[TOWN], days=0, **unreal)]) == ()


def test_the_story_goes_on_for_some_events_only():
    later = event("a/9", "AirStrike")
    assert short([event("a/1", places=[TOWN]), later]) == apart("a/1", "a/9")


def test_the_dead_of_a_war_are_no_incident():
    counted = event("a/2", "Killing", killed=90000)
    (claim,) = counted.assertions
    total = replace(claim, figures=(replace(claim.figures[0], cumulative=True),))
    assert short([event("a/1", places=[TOWN]), replace(counted, assertions=(total,))]) == apart("a/1")


def test_incident_has_reasons_a_type_and_the_sharpest_time():
    killing = replace(event("a/2", "Killing", killed=7), cause="article/a/event/1")
    (found,) = group([event("a/1", places=[TOWN], days=0), killing, event("b/1", "Attack", places=[TOWN], days=0)])
    assert (found.id, found.type, found.places) == ("incident/a-1", "AirStrike", ("place/Otepa",))
    assert found.earliest == DAY
    assert found.reasons == (
        "article/a/event/2: is a result of it",
        "article/b/event/1: type, time, place agree",
    )


KINDS = st.sampled_from(["AirStrike", "Attack", "Killing", "Shelling"])
DESCRIPTIONS = st.lists(
    st.builds(
        lambda kind, where, days, attacker, killed, article: (kind, where, days, attacker, killed, article),
        KINDS,
        st.sampled_from([(), (TOWN,), (SUBURB,), (CITY,), (NORTHMARK,)]),
        st.sampled_from([None, 0, 1, 5]),
        st.sampled_from([None, "actor/x", "actor/y"]),
        st.sampled_from([None, 3, 4, 50]),
        st.sampled_from("abc"),
    ),
    max_size=14,
)


def described(rows):
    numbered = [(row[-1], number, row) for number, row in enumerate(rows, 1)]
    return [
        event(f"{article}/{number}", row[0], places=row[1], days=row[2], attacker=row[3], killed=row[4])
        for article, number, row in numbered
    ]


@settings(max_examples=60, deadline=None)
@given(DESCRIPTIONS, st.randoms(use_true_random=False))
def test_incidents_are_a_partition_whatever_the_order(rows, random):
    events = described(rows)
    shuffled = random.sample(events, len(events))
    incidents = group(events)
    held = [name for incident in incidents for name in incident.events]
    assert sorted(held) == sorted(each.id for each in events)
    assert group(shuffled) == incidents


@settings(max_examples=40, deadline=None)
@given(DESCRIPTIONS)
def test_another_day_and_town_change_nothing(rows):
    """Blocking is local: an article on something far away leaves the other incidents as they are."""
    events = described(rows)
    far = event("z/1", places=[place("Valga", 57.7, 26.0)], days=90)
    assert set(group(events)) == {each for each in group([*events, far]) if "article/z/event/1" not in each.events}


def test_an_article_of_thousands_of_events_takes_seconds():
    """Each event is compared with a bounded number of others, however long the article."""
    events = [event(f"a/{n}", places=[place(f"p{n}", n % 90, n % 180)], days=n % 50) for n in range(1, 1501)]
    start = time.process_time()
    assert len(group(events)) > 500
    assert time.process_time() - start < 20


def test_a_day_that_thousands_of_articles_tell_of_takes_seconds():
    """What one more report costs does not grow with the incident, and the reports stay together."""
    many = 2000
    told = [event(f"a{n:05}/1", places=[TOWN], days=0, attacker="actor/x", killed=9) for n in range(many)]
    start = time.process_time()
    found = group(told)
    assert [len(each.events) for each in found] == [many]
    assert time.process_time() - start < 20
