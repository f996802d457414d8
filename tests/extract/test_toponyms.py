import re
from itertools import pairwise

import pytest

from kg.extract.toponyms import make_toponyms


@pytest.fixture(scope="module")
def toponyms(schema, read):
    find = make_toponyms(schema)
    return lambda text: [span.text for span in find(read(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Three people were hurt in Leicester on Friday.", ["Leicester"]),
        ("A bus left Nairobi for Kampala.", ["Nairobi", "Kampala"]),
        ("Floods closed roads in Mombasa, Malindi and Lamu.", ["Mombasa", "Malindi", "Lamu"]),
        ("She moved to Dayton, Ohio, last year.", ["Dayton", "Ohio"]),
        ("He grew up in Macon, Ga., and studied law.", ["Macon", "Ga."]),
        ("A Macon resident called the fire brigade.", ["Macon"]),
        ("Deputies searched Bibb and Monroe counties.", ["Bibb", "Monroe"]),
        ("LUSAKA, Zambia (AP) — Miners returned to work.", ["LUSAKA", "Zambia"]),
        ("AMMAN: The talks went on into the night.", ["AMMAN"]),
        ("Drones flew over the Gulf of Aden.", ["Gulf of Aden"]),
        ("Traders met in Port-au-Prince.", ["Port-au-Prince"]),
        ("The column rolled out of Velmara before dawn.", ["Velmara"]),
        ("Shells fell in the outskirts of Tarsova.", ["Tarsova"]),
        ("Smoke rose 20 km north of Kelmoor.", ["Kelmoor"]),
        ("A kiosk on Harrow Street burned down.", ["Harrow Street"]),
        ("A crash closed Highway 61 for hours.", ["Highway 61"]),
        ("Police closed the corner of East Harrow Street.", ["East Harrow Street"]),
        ("He was elected mayor of New York City.", ["New York City"]),
        ("Shells fell in al-Hasakah and Deir al-Zour.", ["al-Hasakah", "Deir al-Zour"]),
    ],
)
def test_names_of_places_are_found(toponyms, text, names):
    assert toponyms(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Jack London wrote about dogs. London was thirty then.",
        "Mr. Lincoln thanked the crew.",
        "The crown in Miss was hers.",
        "The clinic treated a case of West Nile virus.",
        "Two died of Marburg fever.",
        "The report came from Smith & Paris, a law firm.",
        "The West has lost patience.",
        "The Kenya-led force arrived.",
    ],
)
def test_what_bears_the_name_of_a_place_is_none(toponyms, text):
    assert toponyms(text) == []


def test_a_name_that_is_shown_to_be_a_place_once_is_one_again(toponyms):
    assert toponyms("The fire began in Ashford. Ashford has no brigade of its own.") == ["Ashford", "Ashford"]


def test_names_do_not_overlap_and_stand_in_text_order(schema, read):
    spans = make_toponyms(schema)(read("From Lagos, Nigeria, to Accra, Ghana, and home again to Nigeria by bus."))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert len(spans) == 5


# -------------------------------------------------------------------------------- the vocabulary's own examples

#: Words that keep a name from being a place.
AGAINST = frozenset({"Eponym", "Agent"})


def _named_beside(concept, entries, text, names):
    """Whether a name was found that stands beside a word of the concept, or has one in it."""
    forms = "|".join(re.escape(entry.form.rstrip("y")) for entry in entries if entry.concept == concept.name)
    word = rf"(?:{forms})\w*"
    beside = (rf"{word}\W+(?:\w+\W+){{0,4}}{re.escape(name)}|{re.escape(name)}(?:\W+and)?\W+{word}" for name in names)
    within = (rf"\b{word}\b.*" for name in names if re.search(rf"\b{word}\b", name, re.IGNORECASE))
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in (*beside, *within))


def test_every_example_of_a_word_about_places_is_read(schema, toponyms):
    """Kinds ("the town of X") and contexts ("X resident"): the example names a place by them, or is kept from it."""
    concepts = [each for each in schema.places.concepts if {"Kind", "Context"} & set(each.broader)]
    assert len(concepts) >= 13
    wrong = []
    for concept in concepts:
        for text in concept.examples:
            names = toponyms(text)
            read = _named_beside(concept, schema.places.entries, text, names)
            if names if concept.name in AGAINST else not read:
                wrong.append((concept.name, text, names))
    assert wrong == []
    assert {concept.name for concept in concepts} >= AGAINST
