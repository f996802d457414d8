"""The incident sheet over two articles that give different tolls, a denial and a claim of responsibility."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import pytest

from kg import derived
from kg.derived.sheet import _coarseness, bygone, telling
from kg.derived.tolls import tolls
from kg.export.incidents import FORMATS
from kg.graph import make_quads
from kg.records import Assertion, Description, Entity, Figure, Filler, Location, Run, TextSpan
from kg.resolve.slots import Episode
from kg.store import open_store

NINE = Figure(TextSpan("a", 0, 1), "killed", "person", None, 9, 9, 9, "exactly")


@pytest.fixture
def rows(store):
    derived.rebuild(store)
    return derived.sheet(store)


def test_row(rows):
    (row,) = rows
    assert (row.earliest, row.place, row.lat, row.type) == ("2031-05-05", "Velm", 58.1, "AirStrike")
    assert row.attackers == ("Marsh Watch",)  # what "jets" did, somebody by name did
    assert row.asserted_by == ("Delta Courier", "Harbour Wire", "Marsh Watch", "the mayor")
    assert row.denied_by == ("The airline",)
    assert row.claimed_by == ("Marsh Watch",)
    assert (row.precision, row.dated_by) == ("day", "words")
    assert (row.disputed, row.status, row.articles) == (True, "new", ("velm/1", "velm/2"))


def test_copies_of_one_text_are_one_outlet(rows):
    """The two articles differ in a figure that only the records have: their words are the same."""
    assert rows[0].outlets == 1


def test_tolls_stand_side_by_side(rows):
    (toll,) = rows[0].tolls
    assert (toll.measure, toll.unit, toll.lowest, toll.highest) == ("killed", "sailor", 9, 14)


def test_csv_and_json_say_the_same(rows):
    (cells,) = csv.DictReader(io.StringIO(FORMATS["csv"](rows)))
    (found,) = json.loads(FORMATS["json"](rows))
    assert (cells["killed_lowest"], cells["killed_highest"], cells["disputed"]) == ("9", "14", "yes")
    assert (found["incident"], found["tolls"][0]["highest"]) == (cells["incident"], 14)


def test_a_cell_is_no_formula(rows):
    (cells,) = csv.DictReader(io.StringIO(FORMATS["csv"]([replace(rows[0], attackers=("=HYPERLINK(1)",))])))
    assert cells["attackers"] == "'=HYPERLINK(1)"


def test_what_came_with_the_last_build_is_new(schema, resolutions, tmp_path):
    quads = make_quads(schema, "https://example.org/n/", Run("1", "1", "none"))
    with open_store(tmp_path / "store") as store:
        store.replace("velm/1", "f", quads(resolutions[0]))
        derived.rebuild(store)
        assert [row.status for row in derived.sheet(store, everything=True)] == ["new"]
        store.replace("velm/2", "f", quads(resolutions[1]))
        derived.rebuild(store)
        derived.rebuild(store)  # a build that changes nothing makes nothing old
        assert [row.status for row in derived.sheet(store, everything=True)] == ["updated"]


def count(bound, low, best, high):
    return Figure(TextSpan("a", 0, 1), "killed", "person", None, low, best, high, bound)


def stated(*figures):
    claims = [Assertion(f"article/{n}/claim/1", f"actor/{n}", "x", figures=(each,)) for n, each in enumerate(figures)]
    return Episode(
        tuple(
            Description(f"article/{n}/event/1", str(n), "Attack", assertions=(each,)) for n, each in enumerate(claims)
        )
    )


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param([("exactly", 9, 9, 9)], (9, 9, 9, 1), id="one"),
        pytest.param(
            [("exactly", 9, 9, 9), ("exactly", 14, 14, 14), ("exactly", 9, 9, 9)], (9, 9, 14, 2), id="majority"
        ),
        pytest.param([("exactly", 9, 9, 9), ("exactly", 14, 14, 14)], (9, 14, 14, 1), id="a draw: the larger"),
        pytest.param([("atLeast", 20, 20, None), ("atMost", None, 30, 30)], (20, 30, 30, 1), id="open bounds"),
        pytest.param([("vague", 12, None, 99)], (12, None, 99, 0), id="dozens"),
    ],
)
def test_lowest_best_highest(figures, expected):
    (toll,) = tolls(stated(*(count(*each) for each in figures)), superseded=())
    assert (toll.lowest, toll.best, toll.highest, toll.sources) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param([("exactly", 3, 3, 3), ("atLeast", 20, 20, None), ("exactly", 2, 2, 2)], (20, 20, 20), id="parts"),
        pytest.param([("vague", 24, None, 99), ("exactly", 31, 31, 31)], (31, 31, 31), id="dozens: thirty-one"),
        pytest.param([("vague", 24, None, 99), ("exactly", 3, 3, 3)], (24, None, 99), id="dozens, three of them"),
    ],
)
def test_what_one_claimant_counts_in_one_article_has_parts(figures, expected):
    claims = tuple(
        Assertion(f"article/1/claim/{n}", "actor/x", "x", figures=(count(*each),)) for n, each in enumerate(figures)
    )
    (toll,) = tolls(Episode((Description("article/1/event/1", "1", "Attack", assertions=claims),)), superseded=())
    assert (toll.lowest, toll.best, toll.highest) == expected


def test_who_dies_later_is_a_part_of_the_dead():
    attack, later = stated(count("exactly", 9, 9, 9), count("exactly", 2, 2, 2)).events
    (toll,) = tolls(Episode((attack, replace(later, aftermath=True))), superseded=())
    assert (toll.lowest, toll.highest) == (9, 9)


def test_a_count_that_was_replaced_stands_no_more():
    (toll,) = tolls(stated(count("exactly", 7, 7, 7), count("exactly", 11, 11, 11)), superseded={"article/0/claim/1"})
    assert (toll.lowest, toll.best, len(toll.claims)) == (11, 11, 2)


VELM, MILL = Entity("place/1", "Place", "Velm"), Filler("target", "article/1/thing/2", "the mill")
WATCH = Filler("attacker", "actor/x", "Marsh Watch")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({}, False, id="strikes somewhere, some time"),
        pytest.param({"dated_by": "publication"}, False, id="dated by its article only"),
        pytest.param({"places": (VELM,), "fillers": (MILL,)}, True, id="what was struck where"),
        pytest.param({"places": (VELM,), "fillers": (WATCH,)}, False, id="whose strikes: those that go on there"),
        pytest.param({"places": (Entity("place/1", "Place", "a village"),)}, False, id="in a village"),
        pytest.param({"fillers": (WATCH,), "sentence": 1}, True, id="who, in the lead"),
        pytest.param({"fillers": (WATCH,)}, False, id="who, further on"),
        pytest.param({"dated_by": "words", "precision": "day"}, True, id="when"),
        pytest.param({"dated_by": "words", "precision": "month"}, True, id="in some month"),
        pytest.param({"dated_by": "words", "precision": "year"}, False, id="in some year"),
        pytest.param({"assertions": (Assertion("c", None, "v", figures=(NINE,)),)}, True, id="how many"),
        pytest.param({"scene": (VELM,), "fillers": (MILL,)}, False, id="only where the story plays"),
    ],
)
def test_a_row_tells_more_than_its_type(said, expected):
    made = {"dated_by": "story", "sentence": 9, **said}
    assert telling([Description("article/1/event/1", "1", "AirStrike", **made)]) == expected


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        pytest.param("Siege", {"places": (VELM,)}, False, id="a siege that goes on"),
        pytest.param("ArmedClash", {"fillers": (WATCH,), "sentence": 1}, False, id="amid clashes, in the lead"),
        pytest.param("ArmedClash", {"fillers": (WATCH,), "sentence": 0}, True, id="the news"),
        pytest.param("Offensive", {"dated_by": "words", "precision": "month"}, False, id="begun some month"),
        pytest.param("ArmedClash", {"dated_by": "words", "precision": "partOfDay"}, True, id="at dawn"),
        pytest.param("TerritoryCapture", {"places": (VELM,), "fillers": (WATCH,)}, True, id="who took the town"),
        pytest.param("TerritoryCapture", {"places": (VELM,)}, False, id="the fall of the town"),
        pytest.param(
            "TerritoryCapture",
            {"places": (VELM,), "fillers": (WATCH,), "dated_by": "words", "precision": "month"},
            False,
            id="which they took some month",
        ),
    ],
)
def test_of_what_goes_on_for_long_the_news_has_to_tell(kind, said, expected):
    made = {"dated_by": "story", "sentence": 9, **said}
    assert telling([Description("article/1/event/1", "1", kind, **made)]) == expected


@pytest.mark.parametrize(
    ("year", "published", "expected"),
    [
        (2029, dt.date(2031, 5, 7), True),
        (2030, dt.date(2031, 5, 7), False),
        (2029, None, False),
        (None, dt.date(2031, 5, 7), False),
    ],
)
def test_what_was_years_before_its_article_is_background(year, published, expected):
    day = dt.datetime(year, 6, 1, tzinfo=dt.UTC) if year else None
    told = Description("article/1/event/1", "1", "Siege", earliest=day, latest=day, published=published)
    assert bygone([told]) == expected


def test_a_name_comes_before_a_description():
    village, somewhere, velm = (
        Entity(f"place/{label}", "Place", label, location=Location(None, None, "unknown"))
        for label in ("Syrian village", "another district", "Velm")
    )
    assert min((village, somewhere, velm), key=_coarseness) == velm
