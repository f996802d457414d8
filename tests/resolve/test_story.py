"""When and where, by the story: the tables say what an event without words of its own for it inherits."""

import datetime as dt

import pytest

from kg.records import Description, Entity, Location
from kg.resolve.slots import Episode
from kg.resolve.story import dated, placed

MONDAY = dt.datetime(2031, 5, 5, tzinfo=dt.UTC)
DAY = {"earliest": MONDAY, "latest": MONDAY + dt.timedelta(hours=23), "precision": "day"}
YEAR = {"earliest": MONDAY.replace(month=1), "latest": MONDAY.replace(month=12), "precision": "year"}
TOWN, CITY = Entity("place/1", "Place", "Otepa"), Entity("place/2", "Place", "Narva")
HARBOUR = Entity("place/3", "Place", "Paldiski", location=Location(59.3, 24.1, "settlement"))
LAND = Entity("place/4", "Place", "Estonia", location=Location(58.7, 25.5, "country"))


def event(number, sentence, **more):
    made = {"published": dt.date(2031, 5, 7), "type": "AirStrike", "article": "a", **more}
    return Description(id=f"article/a/event/{number}", sentence=sentence, **made)


@pytest.mark.parametrize(
    ("timed", "untimed", "basis", "day"),
    [
        pytest.param({"sentence": 0, **DAY}, {"sentence": 0}, "story", 5, id="of its sentence"),
        pytest.param({"sentence": 4, **DAY}, {"sentence": 5}, "story", 5, id="of the sentence before"),
        pytest.param({"sentence": 4, **DAY}, {"sentence": 8}, "publication", 1, id="too far back"),
        pytest.param(
            {"sentence": 4, **DAY}, {"sentence": 5, **YEAR, "aftermath": True}, "story", 5, id="not when one died of it"
        ),
        pytest.param({"sentence": 4, **YEAR}, {"sentence": 4}, "story", 5, id="a year of its sentence"),
        pytest.param({"sentence": 4, **YEAR}, {"sentence": 5}, "publication", 1, id="a year holds no longer"),
        pytest.param({"sentence": 2, **DAY}, {"sentence": -1}, "story", 5, id="the headline's news, told below it"),
        pytest.param({"sentence": 9, **DAY}, {"sentence": 0}, "publication", 6, id="news"),
        pytest.param({"sentence": 9, **DAY}, {"sentence": 0, "published": None}, "words", None, id="no date at all"),
        pytest.param({"sentence": 9, **DAY}, {"sentence": 5}, "publication", 1, id="further on"),
        pytest.param({"sentence": 9, **DAY}, {"sentence": 0, "realis": False}, "words", None, id="what may come"),
        pytest.param(
            {"sentence": 9, **DAY}, {"sentence": 3, "cause": "article/a/event/1"}, "story", 5, id="of its cause"
        ),
        pytest.param(
            {"sentence": 9, "cause": "article/a/event/2", **DAY}, {"sentence": 3}, "story", 5, id="of its result"
        ),
    ],
)
def test_when(timed, untimed, basis, day):
    first, second = dated([event(1, **timed), event(2, **untimed)])
    assert first == event(1, **timed)
    assert (second.dated_by, second.earliest and second.earliest.day) == (basis, day)


@pytest.mark.parametrize(
    ("others", "sentence", "where"),
    [
        pytest.param([(0, TOWN)], 0, (TOWN,), id="of its sentence"),
        pytest.param([(0, TOWN)], 1, (), id="not of another"),
        pytest.param([(0, TOWN), (0, CITY)], 0, (), id="two places, and nobody knows which"),
        pytest.param([(0, TOWN), (0, TOWN)], 0, (TOWN,), id="one place, told twice"),
    ],
)
def test_where(others, sentence, where):
    told = [event(number, at, places=(place,)) for number, (at, place) in enumerate(others, 1)]
    assert placed([*told, event(9, sentence)])[-1].places == where


@pytest.mark.parametrize(
    ("others", "sentence", "scene"),
    [
        pytest.param([(4, TOWN)], 5, (TOWN,), id="of the sentence before"),
        pytest.param([(4, TOWN)], 6, (TOWN,), id="two sentences on"),
        pytest.param([(2, CITY), (4, TOWN)], 5, (TOWN,), id="the last one"),
        pytest.param([(4, TOWN), (4, CITY)], 5, (), id="two, and nobody knows which"),
        pytest.param([(4, TOWN), (9, CITY)], 8, (), id="too far back, and there are others"),
        pytest.param([(4, HARBOUR)], 9, (HARBOUR,), id="the only place of the article"),
        pytest.param([(4, HARBOUR), (5, LAND)], 9, (HARBOUR,), id="and its country"),
        pytest.param([(4, TOWN)], 9, (), id="the only one, and nobody knows where it lies"),
        pytest.param([(4, HARBOUR), (5, CITY)], 9, (), id="another has no point"),
    ],
)
def test_the_scene(others, sentence, scene):
    told = [event(number, sentence, places=(place,)) for number, (sentence, place) in enumerate(others, 1)]
    last = placed([*told, event(9, sentence)])[-1]
    assert (last.places, last.scene) == ((), scene)
    assert Episode((last,)).scene == scene
    assert not Episode((last,)).places


def test_a_place_without_a_name_stands_in_the_scene_too():
    village = Entity("article/a/place/1", "Place", "a village")
    found = placed([event(1, 4, places=(HARBOUR,)), event(2, 5, places=(village,)), event(3, 5, places=(LAND,))])
    assert [each.scene for each in found] == [(), (HARBOUR,), (HARBOUR,)]
    assert Episode((found[1],)).scene == (village, HARBOUR)
    assert Episode((found[1],)).places == (village,)
