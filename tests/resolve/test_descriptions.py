"""What the words around a trigger say of its place in the story."""

import pytest

from kg.resolve.descriptions import SETS_APART, points_back


@pytest.mark.parametrize(
    ("before", "trigger", "back"),
    [
        ("Two guards died in the ", "attack", True),
        ("Nobody claimed the Sunday ", "bombing", True),
        ("Witnesses of these ", "strikes", True),
        ("On Monday the army ", "attacked", False),
        ("By noon the rebels ", "struck", False),
        ("There was an ", "attack", False),
        ("The mayor condemned this second ", "attack", False),
        ("A ", "raid", False),
        ("", "Strikes", False),
    ],
)
def test_points_back(before, trigger, back):
    assert points_back(before, trigger) is back


@pytest.mark.parametrize(
    ("before", "apart"),
    [
        ("In a separate ", True),
        ("Another suicide ", True),
        ("Separately, ", False),
        ("In a second car ", True),
        ("In a previous car bomb ", True),
        ("In retaliation for the raid the rebels ", True),
        ("In a similar ", True),
        ("In the ", False),
        ("Other officials denied the ", False),
    ],
)
def test_sets_apart(before, apart):
    assert bool(SETS_APART.search(before)) is apart
