"""Borders and towns under the map: those around the data, and nothing of the rest of the world."""

from __future__ import annotations

import json

import pytest

from kg.view.basemap import MOST_TOWNS, basemap
from kg.view.scene import Node, Scene


def places(*spots, precision="settlement"):
    return Scene("s", nodes=tuple(Node(f"p{at}", "Place", "P", lat=lat, lon=lon, precision=precision, weight=5)
                                  for at, (lat, lon) in enumerate(spots)))  # fmt: skip


@pytest.fixture(scope="module")
def adriatic():
    return basemap(places((43.5, 16.4), (45.8, 15.9), (44.2, 17.9)))


def test_countries_around_the_data_and_no_others(adriatic):
    names = {each["properties"]["name"] for each in adriatic["borders"]["objects"]["countries"]["geometries"]}
    assert {"Croatia", "Bosnia and Herz."} <= names
    assert not names & {"Japan", "Brazil", "France"}


def test_every_arc_is_used_and_there(adriatic):
    def numbers(nested):
        for each in nested:
            yield from numbers(each) if isinstance(each, list) else [each if each >= 0 else ~each]

    shapes = adriatic["borders"]["objects"]["countries"]["geometries"]
    used = {number for each in shapes for number in numbers(each["arcs"])}
    assert used == set(range(len(adriatic["borders"]["arcs"])))


def test_towns_by_name_and_kind(adriatic):
    kinds = {name: kind for name, _, _, kind in adriatic["towns"]}
    assert kinds["Zagreb"] == 0
    assert 1 in kinds.values()
    assert len(adriatic["towns"]) <= MOST_TOWNS


def test_it_is_small(adriatic):
    assert len(json.dumps(adriatic)) < 120_000


def test_far_away_places_of_which_little_is_said_do_not_widen_it():
    scene = places(*[(43.5 + at / 100, 16.4) for at in range(40)], (-33.9, 151.2))
    names = {each["properties"]["name"] for each in basemap(scene)["borders"]["objects"]["countries"]["geometries"]}
    assert "Australia" not in names


@pytest.mark.parametrize("scene", [places(), places((10.0, 10.0), precision="country")])
def test_without_places_there_is_nothing_to_lie_under(scene):
    assert basemap(scene) == {"towns": []}


def test_data_from_the_whole_world_leaves_the_borders_to_the_page():
    assert "borders" not in basemap(places((60.0, -120.0), (-30.0, 140.0), (0.0, 20.0), (55.0, 100.0)))
