import pytest

from kg.extract.nearness import make_nearness
from kg.records import Relation


@pytest.fixture(scope="module")
def nearness(schema, read):
    find = make_nearness(schema)

    def relations(text):
        def words(span):
            return text[span.start : span.end] if span else None

        found = (each.record for each in find(read(text)))
        return [(each.predicate, words(each.subject), words(each.trigger), words(each.object)) for each in found]

    return relations


@pytest.mark.parametrize(
    ("text", "description", "trigger", "anchor"),
    [
        ("A patrol was ambushed east of Velmara.", "east of Velmara", "east of", "Velmara"),
        ("The camp lies 20 km north of Tarsova.", "20 km north of Tarsova", "20 km north of", "Tarsova"),
        (
            "Rockets landed about 12 miles southwest of Kelmoor.",
            "12 miles southwest of Kelmoor",
            "12 miles southwest of",
            "Kelmoor",
        ),
        (
            "A village 30 kilometers (19 miles) south-east of Dravnik was shelled.",
            "village 30 kilometers (19 miles) south-east of Dravnik",
            "30 kilometers (19 miles) south-east of",
            "Dravnik",
        ),
        (
            "He was held three kilometres to the west of Orlitsa.",
            "three kilometres to the west of Orlitsa",
            "three kilometres to the west of",
            "Orlitsa",
        ),
        (
            "A truck left a southern suburb of Bashtara.",
            "southern suburb of Bashtara",
            "southern suburb of",
            "Bashtara",
        ),
        ("Tanks reached the outskirts of Velmara.", "outskirts of Velmara", "outskirts of", "Velmara"),
        (
            "Shells hit the eastern countryside of Tarsova.",
            "eastern countryside of Tarsova",
            "eastern countryside of",
            "Tarsova",
        ),
        ("A drone crashed near Kampala.", "near Kampala", "near", "Kampala"),
        ("The bus was stopped just outside Nairobi.", "just outside Nairobi", "just outside", "Nairobi"),
        ("Troops gathered close to the city of Kisumu.", "close to the city of Kisumu", "close to", "Kisumu"),
        ("The mast stands 500 metres from Velmara.", "500 metres from Velmara", "500 metres from", "Velmara"),
        (
            "The ship sank 40 nautical miles off Mombasa.",
            "40 nautical miles off Mombasa",
            "40 nautical miles off",
            "Mombasa",
        ),
        ("Soldiers massed near the border with Moldova.", "border with Moldova", "border with", "Moldova"),
        (
            "Gunfire was heard on Nairobi's northern outskirts.",
            "Nairobi's northern outskirts",
            "'s northern outskirts",
            "Nairobi",
        ),
        (
            "Two towns north of the besieged city of Kisumu fell.",
            "towns north of the besieged city of Kisumu",
            "north of",
            "Kisumu",
        ),
    ],
)
def test_words_of_nearness_are_read(nearness, text, description, trigger, anchor):
    assert ("locatedNear", description, trigger, anchor) in nearness(text)


def test_between_two_places_gives_two_relations_with_one_subject(nearness):
    assert nearness("A bomb hit the road between Lille and Calais.") == [
        ("locatedNear", "road between Lille and Calais", "between", "Lille"),
        ("locatedNear", "road between Lille and Calais", "between", "Calais"),
    ] or nearness("A bomb hit the road between Lille and Calais.") == [
        ("locatedNear", "between Lille and Calais", "between", "Lille"),
        ("locatedNear", "between Lille and Calais", "between", "Calais"),
    ]


def test_a_place_named_before_the_words_is_what_they_locate(nearness):
    found = nearness("Residents fled the town of Velmara, 20 km east of Kisumu.")
    assert ("locatedNear", "Velmara", "20 km east of", "Kisumu") in found


def test_a_place_in_another_lies_within_it(nearness):
    assert ("within", "Velmara", "in", "Kenya") in nearness(
        "Clashes broke out in the village of Velmara in western Kenya."
    )


@pytest.mark.parametrize(
    "text",
    [
        "He lives in Nairobi.",
        "The north of the country is poor.",
        "She walked for 20 km without a rest.",
        "Near the end of the day it rained.",
    ],
)
def test_other_words_give_no_nearness(nearness, text):
    assert [each for each in nearness(text) if each[0] == "locatedNear"] == []


GROUPS = {"Bearing", "Unit", "Number", "Nearness", "Part"}


def test_every_example_of_a_word_of_nearness_is_read(schema, nearness):
    concepts = [each for each in schema.places.concepts if GROUPS & set(each.broader)]
    assert len(concepts) > 40
    unread = [
        (each.name, text) for each in concepts for text in each.examples if not _uses(schema, each, nearness(text))
    ]
    assert unread == []


def _uses(schema, concept, relations):
    """Whether a relation of the example rests on a word of the concept."""
    forms = {entry.form for entry in schema.places.entries if entry.concept == concept.name}
    return any(form in f" {trigger} ".lower() for _, _, trigger, _ in relations for form in forms)


def test_relations_are_records_with_their_rule(schema, read):
    (finding,) = make_nearness(schema)(read("Shots were heard west of Orlitsa."))
    assert isinstance(finding.record, Relation)
    assert finding.found_by == "nearness.bearing"
