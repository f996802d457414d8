"""Borders and towns under the map: those around the data, and nothing of the rest of the world."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise

import pytest

from kg.gazetteer import DEGREE, FEATURES, TABLE, unpack
from kg.view.basemap import MOST_TOWNS, basemap
from kg.view.extents import extents
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


def test_a_region_is_drawn_around_its_towns():
    """Where a region of Croatia ends, to the tenth of a degree; the gazetteer's own point is taken for its place."""
    columns, _, labels, _ = unpack(gzip.decompress(TABLE.read_bytes()))
    row = labels.index("Istria")
    assert FEATURES[columns["feature"][row]] == "region"
    istria = Node("istria", "Place", "Istria", lat=columns["latitude"][row] / DEGREE,
                  lon=columns["longitude"][row] / DEGREE, precision="region")  # fmt: skip
    outline = extents([istria], columns)["istria"]
    assert outline[0] == outline[-1]
    west, east, south, north = (side(each[axis] for each in outline) for axis in (0, 1) for side in (min, max))
    assert (west, east) == (pytest.approx(13.5, abs=0.1), pytest.approx(14.2, abs=0.2))
    assert (south, north) == (pytest.approx(44.85, abs=0.15), pytest.approx(45.45, abs=0.15))
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(outline)) / 2
    assert area < 0  # clockwise: the other way round it would be the rest of the world


@pytest.mark.parametrize("node", [Node("p", "Place", "P", precision="region"), Node("p", "Person", "P")])
def test_what_is_no_region_of_the_gazetteer_has_no_outline(node):
    columns = unpack(gzip.decompress(TABLE.read_bytes()))[0]
    assert extents([node], columns) == {}


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
