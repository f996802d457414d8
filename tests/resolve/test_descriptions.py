"""Who fills a role of an event, and which places say where it was."""

import pytest

from kg.records import Entity, Filler, Location
from kg.resolve.descriptions import acts, is_fine, without_self


@pytest.mark.parametrize(
    ("role", "kind", "holds"),
    [
        ("attacker", "State", True),
        ("attacker", "Place", False),
        ("victim", "Place", False),
        ("target", "Place", True),
        ("instrument", "Weapon", True),
        ("instrument", "Group", False),
        ("instrument", "State", False),
    ],
)
def test_towns_attack_nobody_and_who_acts_is_no_weapon(role, kind, holds):
    assert acts(role, kind) is holds


@pytest.mark.parametrize(
    ("precision", "fine"), [("country", False), ("region", False), ("settlement", True), ("unknown", True)]
)
def test_a_province_says_little_of_where(precision, fine):
    assert is_fine(Entity("place/1", "Place", "Velm", location=Location(None, None, precision))) is fine


def test_who_attacks_is_not_struck_by_it():
    unit, camp = Filler("attacker", "actor/1", "the unit"), Filler("target", "place/1", "the camp")
    assert list(without_self([unit, camp, Filler("victim", "actor/1", "them")])) == [unit, camp]
