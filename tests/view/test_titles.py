"""What an incident is called."""

from __future__ import annotations

import pytest

from kg.view.titles import title, when

TOWN = {"label": ("Varna Ford",), "lat": ("43.2",), "precision": ("settlement",)}
REGION = {"label": ("Coast",), "lat": ("43.0",), "precision": ("region",)}
VAGUE = {"label": ("the area",)}


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        ("2019-05-06T00:00:00Z", "2019-05-06T23:59:59Z", "6 May 2019"),
        ("2019-05-01T00:00:00Z", "2019-05-31T23:59:59Z", "May 2019"),
        ("2019-02-01T00:00:00Z", "2019-05-31T23:59:59Z", "2019"),
        ("2018-12-31T00:00:00Z", "2019-01-01T23:59:59Z", ""),
        ("2019-05-06T00:00:00Z", None, "6 May 2019"),
        (None, None, ""),
    ],
)
def test_a_time_is_as_exact_as_it_is_known(earliest, latest, said):
    assert when(earliest, latest) == said


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([VAGUE, REGION, TOWN], "Air strike, Varna Ford"),
        ([VAGUE, REGION], "Air strike, Coast"),
        ([VAGUE], "Air strike, the area"),
        ([], "Air strike"),
    ],
)
def test_the_place_that_is_known_best_names_it(places, said):
    assert title("AirStrike", places, None, None) == said
