"""The listed actors hang together; nouns and ranks are looked up as they stand in texts."""

import re
from collections import Counter

import pytest

from kg.resolve.vocabulary import make_words, singular
from kg.vocab import load_schema

ACTORS = load_schema().actors
CLASSES = {"State", "ArmedGroup", "Organization", "Coalition", "Person"}


def test_the_world_is_listed():
    assert len(ACTORS) >= 400
    assert {actor.type for actor in ACTORS} == CLASSES
    states = [actor for actor in ACTORS if actor.type == "State"]
    assert len({actor.country for actor in states}) >= 190


def test_every_id_and_every_sure_name_is_one_actors():
    assert len({actor.id for actor in ACTORS}) == len(ACTORS)
    names = Counter(name for actor in ACTORS for name in dict.fromkeys(actor.aliases))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_demonym_is_one_states():
    names = Counter(name for actor in ACTORS for name in actor.demonyms)
    assert [name for name, count in names.items() if count > 1] == []


def test_parents_are_listed_and_codes_are_well_formed():
    ids = {actor.id for actor in ACTORS}
    for actor in ACTORS:
        assert actor.parent is None or actor.parent in ids, actor.id
        assert actor.country is None or re.fullmatch("[A-Z]{2}", actor.country), actor.id
        assert all(re.fullmatch(r"http://www\.wikidata\.org/entity/Q\d+", each) for each in actor.same_as), actor.id


def test_no_two_actors_share_a_wikidata_item():
    items = Counter(each for actor in ACTORS for each in actor.same_as)
    assert [item for item, count in items.items() if count > 1] == []


@pytest.mark.parametrize(
    ("noun", "one"),
    [
        ("officials", "official"),
        ("authorities", "authority"),
        ("spokeswomen", "spokeswoman"),
        ("watches", "watch"),
        ("press", "press"),
        ("crisis", "crisis"),
        ("army", "army"),
    ],
)
def test_singulars(noun, one):
    assert singular(noun) == one


def test_nouns_and_ranks_are_found_as_they_stand(schema):
    words = make_words(schema)
    assert words.concept("deputy spokeswoman") == "Spokesperson"
    assert words.concept("Militants") == "Fighters"
    assert words.concept("teapot") is None
    assert words.rank("Lt. Gen.") == "lieutenant general"
    assert words.rank("Mr.") is None
