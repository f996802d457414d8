import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import geodesy
from kg.resolve.geodesy import COMPASS, bearing_degrees, compass_point, displaced, distance_km, midpoint, within_km

points = st.tuples(st.floats(-85, 85), st.floats(-179, 179))
ways = st.floats(0, 359.9)
lengths = st.floats(0.1, 2000)


@given(points, ways, lengths)
def test_a_displaced_point_lies_as_far_as_it_was_displaced(start, way, length):
    assert distance_km(start, displaced(start, way, length)) == pytest.approx(length, rel=1e-6, abs=1e-6)


@given(points, ways, st.floats(1, 300))
def test_a_displaced_point_lies_in_the_direction_it_was_displaced(start, way, length):
    back = bearing_degrees(start, displaced(start, way, length))
    assert abs((back - way + 180) % 360 - 180) < 0.01


@given(points, points)
def test_distance_is_symmetric_and_never_negative(one, other):
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))
    assert distance_km(one, other) >= 0


@given(points)
def test_a_point_has_no_distance_from_itself(point):
    assert distance_km(point, point) == 0


@given(points, points, points)
def test_no_way_is_shorter_than_the_straight_one(one, other, third):
    assert distance_km(one, third) <= distance_km(one, other) + distance_km(other, third) + 1e-6


@given(points, ways, st.floats(1, 500))
def test_the_midpoint_is_as_far_from_both(start, way, length):
    end = displaced(start, way, length)
    middle = midpoint(start, end)
    assert distance_km(start, middle) == pytest.approx(distance_km(middle, end), abs=1e-3)


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((51.5085, -0.1257), (48.8534, 2.3488), 344),  # London, Paris
        ((40.7143, -74.006), (34.0522, -118.2437), 3936),  # New York, Los Angeles
        ((0, 179.5), (0, -179.5), 111),  # over the date line
    ],
)
def test_known_distances(one, other, kilometres):
    assert distance_km(one, other) == pytest.approx(kilometres, abs=1)


def test_every_point_of_the_compass_is_nearest_to_its_own_direction():
    assert [compass_point(45 * at) for at in range(8)] == list(COMPASS)
    assert compass_point(359) == "N"
    assert compass_point(23) == "NE"


def test_the_examples_hold():
    assert doctest.testmod(geodesy) == (0, doctest.testmod(geodesy).attempted)
    assert doctest.testmod(geodesy).attempted >= 4


@given(points, st.dictionaries(st.text(max_size=3), points, max_size=9), st.floats(1, 3000))
def test_what_lies_within_is_what_is_no_farther(centre, others, kilometres):
    found = {name for _, name in within_km(centre, others, kilometres)}
    assert found == {name for name, point in others.items() if distance_km(centre, point) <= kilometres}
