"""What the words around a trigger say of its place in the story."""

import pytest

from kg.records import Filler
from kg.resolve.layout import SETS_APART, Layout, is_aftermath, is_another, points_back, tells, turns_away


@pytest.mark.parametrize(
    ("before", "trigger", "back"),
    [
        ("Two guards died in the ", "attack", True),
        ("Nobody claimed the Sunday ", "bombing", True),
        ("Witnesses of these ", "strikes", True),
        ("Nobody was held after Friday's ", "raid", True),
        ("Fridays ", "raid", True),
        ("He lost a brother in the 2013 ", "bombing", False),
        ("On Monday the army ", "attacked", False),
        ("By noon the rebels ", "struck", False),
        ("Three of the ", "dead", True),
        ("A monitor gave a lower toll of 31 people ", "killed", True),
        ("Two of those ", "killed", True),
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
        ("The rebels had previously ", True),
        ("The last ", True),
        ("In retaliation for the raid the rebels ", True),
        ("In a similar ", True),
        ("The howitzers responded with artillery ", True),
        ("In the ", False),
        ("Other officials denied the ", False),
    ],
)
def test_sets_apart(before, apart):
    assert bool(SETS_APART.search(before)) is apart


@pytest.mark.parametrize(
    ("trigger", "after", "back"), [("death", " toll rose to nine", True), ("death", " of a boy", False)]
)
def test_who_counts_again_points_back(trigger, after, back):
    assert points_back("Medics put a ", trigger, after) is back


@pytest.mark.parametrize(
    ("before", "attacker", "result", "another"),
    [
        ("In a separate ", "", False, True),
        ("Another five people were ", "", True, False),
        ("Another army unit ", "Another army unit", True, True),
        ("The army ", "The army", False, False),
    ],
)
def test_another_happening_or_others_hurt_in_it(before, attacker, result, another):
    fillers = [Filler("attacker", "actor/x", attacker)]
    assert is_another(before, fillers, (), result=result) is another


@pytest.mark.parametrize(
    ("before", "away"),
    [
        ("Meanwhile, two shells ", True),
        ("In the north, meanwhile, a drone ", True),
        ("But elsewhere the army ", True),
        ("In a separate incident a guard was ", True),
        ("The rebels also ", True),
        ("The army, which also lost a tank, ", False),
        ("In a village near the dam a drone ", False),
    ],
)
def test_turns_away(before, away):
    assert turns_away(before) is away


@pytest.mark.parametrize(
    ("line", "telling"),
    [
        ("A drone hit the mill at dawn.", True),
        ("The army denied it.", True),
        ("Mon 4 Jun 2029", False),
        ("(Harbour Post and agencies)", False),
        ("NNA", False),
        ("Rebels shell a village near the old dam", True),
    ],
)
def test_what_tells_nothing(line, telling):
    assert tells(line) is telling


def numbered(*lines, title=""):
    starts = range(0, 1000 * len(lines), 1000)
    return Layout({"title": [(0, title)] if title else [], "text": list(zip(starts, lines, strict=True))})


@pytest.mark.parametrize(
    ("title", "lines", "numbers"),
    [
        ("", ("A drone hit the mill at dawn.", "Two guards were hurt badly."), (0, 1)),
        ("Drone hits mill", ("Drone hits mill.", "NNA", "4 June", "A drone hit the mill at dawn."), (-1, 0, 0, 0)),
        ("Drone hits mill", ("4 June", "Drone hits mill", "A drone hit the mill at dawn."), (0, -1, 0)),
        ("", ("Drone hits mill near the dam", "A drone hit the mill at dawn."), (-1, 0)),
        ("", ("Drone hits mill near the dam",), (0,)),
    ],
)
def test_sentences_are_counted_from_the_first_that_tells(title, lines, numbers):
    layout = numbered(*lines, title=title)
    assert layout.numbers == numbers
    assert [layout.is_headline("text", 1000 * at) for at in range(len(lines))] == [each < 0 for each in numbers]
    assert layout.number("title", 0) == -1


def test_the_words_around_a_trigger():
    layout = numbered("A drone hit the mill.", title="Raid")
    assert layout.around("text", 8, 11) == ("A drone ", "hit", " the mill.")
    assert layout.around("title", 0, 4) == ("", "Raid", "")
    assert Layout({}).around("text", 8, 11) == ("", "", "")


@pytest.mark.parametrize(
    ("before", "trigger", "after", "later"),
    [
        ("Four of the ", "wounded", " had died overnight", True),
        ("Four of the wounded had ", "died", " overnight", True),
        ("A guard ", "died", " of his wounds", True),
        ("A guard ", "died", " in the raid", False),
        ("The ", "wounded", " were taken to a clinic", False),
        ("A shell ", "killed", " two of the wounded", False),
    ],
)
def test_who_dies_of_it_later(before, trigger, after, later):
    assert is_aftermath(before, trigger, after) is later
    assert points_back(before, trigger, after) or not later
