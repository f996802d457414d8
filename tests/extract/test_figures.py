"""Figures: sentence -> words, measure, unit, low, best, high, bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.figures import make_figures
from kg.extract.figures.numbers import make_numbers

NONE = None

READINGS = [
    # a number that is put at something
    (
        "The shelling killed 17 residents. The mayor put the number at about 60.",
        "about 60",
        "killed",
        "person",
        54,
        60,
        66,
        "about",
    ),
    ("The ministry put the number at about 60.", "about 60", "count", NONE, 54, 60, 66, "about"),
    ("Officials put the number of dead at about 60.", "about 60", "killed", "person", 54, 60, 66, "about"),
    ("Tuesday 6 Aug 2013 Rebels killed nine soldiers near Orrel.", "nine", "killed", "soldier", 9, 9, 9, "exactly"),
    # a part, of which something else is said than of the whole
    ("The gunners shot down 31 of 38 drones launched overnight.", "31", "intercepted", "drone", 31, 31, 31, "exactly"),
    ("A 62-year-old man was killed in Larnow.", "A 62-year-old man", "killed", "man", 1, 1, 1, "exactly"),
    # behind the dash of a dateline
    (
        "ORREL (Harbour Wire) - At least 34 people were killed on Monday.",
        "At least 34",
        "killed",
        "person",
        34,
        34,
        NONE,
        "atLeast",
    ),
    ("ORREL, May 7, 2031 - Nine guards died.", "Nine", "killed", "guard", 9, 9, 9, "exactly"),
    # who was hurt, and died
    ("Four of the wounded died in hospital.", "Four", "killed", "person", 4, 4, 4, "exactly"),
    ("Three of the wounded were children.", "Three", "injured", "person", 3, 3, 3, "exactly"),
    # a word of harm right behind the number, whatever the parse
    ("Ten people killed six wounded in Larnow market.", "Ten", "killed", "person", 10, 10, 10, "exactly"),
    ("Ten people killed six wounded in Larnow market.", "six", "injured", "person", 6, 6, 6, "exactly"),
    ("The toll climbed to 8 killed and 47 more hurt.", "8", "killed", "person", 8, 8, 8, "exactly"),
    ("The governor put the toll higher: 12 dead, he said.", "12", "killed", "person", 12, 12, 12, "exactly"),
    ("Soldiers shot seven residents as they fled.", "seven", "casualties", "resident", 7, 7, 7, "exactly"),
    ("Air defences shot down 14 of them.", "14", "intercepted", NONE, 14, 14, 14, "exactly"),
    ("Two women killed a guard in Orrel.", "Two", "count", "woman", 2, 2, 2, "exactly"),
    ("Six soldiers killed three rebels in Orrel.", "Six", "count", "soldier", 6, 6, 6, "exactly"),
    # one, where no number says so
    ("A child was killed when a shell hit a house.", "A child", "killed", "child", 1, 1, 1, "exactly"),
    ("The blast wounded a soldier and killed nine goats.", "a soldier", "injured", "soldier", 1, 1, 1, "exactly"),
    (
        "A bomb went off as guards queued, killing 34 people and wounding 58.",
        "58",
        "injured",
        "person",
        58,
        58,
        58,
        "exactly",
    ),
    # parts of what was counted
    ("The raid hurt 28 people, eight of them children.", "eight", "injured", "person", 8, 8, 8, "exactly"),
    ("Orrel launched 60 drones, of which 54 were intercepted.", "60", "launched", "drone", 60, 60, 60, "exactly"),
    ("Orrel launched 60 drones, of which 54 were intercepted.", "54", "intercepted", NONE, 54, 54, 54, "exactly"),
    # who says so is none of them
    (
        "Ten people were killed, most of them women, a nurse and two residents said.",
        "two",
        "count",
        "resident",
        2,
        2,
        2,
        "exactly",
    ),
    # exact numbers: digits, separators, words
    ("The shelling killed 17 residents.", "17", "killed", "resident", 17, 17, 17, "exactly"),
    ("The flood displaced 12,400 villagers.", "12,400", "displaced", "villager", 12400, 12400, 12400, "exactly"),
    ("The fire destroyed seven houses.", "seven", "destroyed", "house", 7, 7, 7, "exactly"),
    ("The blast injured twenty-three shoppers.", "twenty-three", "injured", "shopper", 23, 23, 23, "exactly"),
    ("Two hundred and six people were killed.", "Two hundred and six", "killed", "person", 206, 206, 206, "exactly"),
    ("The raid killed exactly 14 people.", "exactly 14", "killed", "person", 14, 14, 14, "exactly"),
    ("The war displaced 2.5 million people.", "2.5 million", "displaced", "person", 2.5e6, 2.5e6, 2.5e6, "exactly"),
    ("Half a million people were displaced.", "Half a million", "displaced", "person", 5e5, 5e5, 5e5, "exactly"),
    ("Two dozen trucks were destroyed.", "Two dozen", "destroyed", "truck", 24, 24, 24, "exactly"),
    ("Half a dozen guards were wounded.", "Half a dozen", "injured", "guard", 6, 6, 6, "exactly"),
    ("A dozen rebels were killed.", "A dozen", "killed", "rebel", 12, 12, 12, "exactly"),
    ("A total of 41 miners died.", "A total of 41", "killed", "miner", 41, 41, 41, "exactly"),
    ("Only three soldiers were wounded.", "Only three", "injured", "soldier", 3, 3, 3, "exactly"),
    # about
    ("The strikes destroyed approximately 40 trucks.", "approximately 40", "destroyed", "truck", 36, 40, 44, "about"),
    ("The storm injured roughly 300 people.", "roughly 300", "injured", "person", 270, 300, 330, "about"),
    ("Some 60 rockets were fired at the port.", "Some 60", "launched", "rocket", 54, 60, 66, "about"),
    (
        "An estimated 5,000 people fled the town.",
        "An estimated 5,000",
        "displaced",
        "person",
        4500,
        5000,
        5500,
        "about",
    ),
    ("Nearly 200 homes were damaged.", "Nearly 200", "damaged", "home", 180, 200, 220, "about"),
    ("About 7 sailors drowned.", "About 7", "killed", "sailor", 6, 7, 8, "about"),
    # at least, more than
    (
        "Upward of 90 houses burned down after shells destroyed them, and upward of 50 cars were destroyed.",
        "upward of 50",
        "destroyed",
        "car",
        50,
        50,
        NONE,
        "atLeast",
    ),
    ("At least nine civilians were killed.", "At least nine", "killed", "civilian", 9, 9, NONE, "atLeast"),
    ("No fewer than 30 fighters were captured.", "No fewer than 30", "captured", "fighter", 30, 30, NONE, "atLeast"),
    ("The militia killed 20 or more prisoners.", "20 or more", "killed", "prisoner", 20, 20, NONE, "atLeast"),
    ("More than 40 boats were destroyed.", "More than 40", "destroyed", "boat", 40, 40, NONE, "moreThan"),
    ("Over 100 protesters were arrested.", "Over 100", "arrested", "protester", 100, 100, NONE, "moreThan"),
    ("The bombing injured in excess of 70 people.", "in excess of 70", "injured", "person", 70, 70, NONE, "moreThan"),
    ("More than two dozen guards were killed.", "More than two dozen", "killed", "guard", 24, 24, NONE, "moreThan"),
    # at most, less than
    ("As many as 60 migrants were killed.", "As many as 60", "killed", "migrant", NONE, 60, 60, "atMost"),
    ("Up to 15 vehicles were destroyed.", "Up to 15", "destroyed", "vehicle", NONE, 15, 15, "atMost"),
    ("No more than ten officers were injured.", "No more than ten", "injured", "officer", NONE, 10, 10, "atMost"),
    ("Fewer than 20 soldiers were killed.", "Fewer than 20", "killed", "soldier", NONE, 20, 20, "lessThan"),
    ("Less than 50 houses were damaged.", "Less than 50", "damaged", "house", NONE, 50, 50, "lessThan"),
    # between
    ("Between 30 and 40 people were wounded.", "Between 30 and 40", "injured", "person", 30, NONE, 40, "between"),
    ("Ten to twelve rebels were killed.", "Ten to twelve", "killed", "rebel", 10, NONE, 12, "between"),
    ("The mine killed 3-5 herders.", "3-5", "killed", "herder", 3, NONE, 5, "between"),
    ("From 100 to 150 prisoners were released.", "From 100 to 150", "released", "prisoner", 100, NONE, 150, "between"),
    (
        "Two to three million people were displaced.",
        "Two to three million",
        "displaced",
        "person",
        2e6,
        NONE,
        3e6,
        "between",
    ),
    # vague
    ("Dozens of people were wounded.", "Dozens", "injured", "person", 12, NONE, 99, "vague"),
    ("The raid killed “tens” of militants.", "tens", "killed", "militant", 10, NONE, 99, "vague"),
    ("Scores of villagers were killed.", "Scores", "killed", "villager", 20, NONE, 99, "vague"),
    ("Hundreds of homes were destroyed.", "Hundreds", "destroyed", "home", 100, NONE, 999, "vague"),
    ("Thousands of families were displaced.", "Thousands", "displaced", "family", 1000, NONE, 9999, "vague"),
    (
        "Tens of thousands of people were displaced.",
        "Tens of thousands",
        "displaced",
        "person",
        10000,
        NONE,
        99999,
        "vague",
    ),
    (
        "Hundreds of thousands of people fled the valley.",
        "Hundreds of thousands",
        "displaced",
        "person",
        100000,
        NONE,
        999999,
        "vague",
    ),
    ("Several guards were injured.", "Several", "injured", "guard", 3, NONE, 9, "vague"),
    ("Several hundred rebels were captured.", "Several hundred", "captured", "rebel", 300, NONE, 900, "vague"),
    ("A handful of rebels were captured.", "A handful of", "captured", "rebel", 3, NONE, 6, "vague"),
    ("A few soldiers were wounded.", "A few", "injured", "soldier", 3, NONE, 6, "vague"),
    ("A couple of tanks were destroyed.", "A couple of", "destroyed", "tank", 2, NONE, 3, "vague"),
    ("No soldiers were killed.", "No", "killed", "soldier", 0, 0, 0, "exactly"),
    # who did it to them: voice, participles, nouns, headlines
    ("Twelve people died in the raid.", "Twelve", "killed", "person", 12, 12, 12, "exactly"),
    ("The attack left at least 12 people dead.", "at least 12", "killed", "person", 12, 12, NONE, "atLeast"),
    ("Gunmen stormed a hotel, killing 16 guests.", "16", "killed", "guest", 16, 16, 16, "exactly"),
    ("22 dead in raids on the town", "22", "killed", "person", 22, 22, 22, "exactly"),
    ("Nine killed, 40 wounded in market blast", "40", "injured", "person", 40, 40, 40, "exactly"),
    ("The death toll rose to 112 on Sunday.", "112", "killed", "person", 112, 112, 112, "exactly"),
    ("The army suffered 40 casualties.", "40", "casualties", "casualty", 40, 40, 40, "exactly"),
    ("The ministry confirmed 31 deaths.", "31", "killed", "death", 31, 31, 31, "exactly"),
    ("The bodies of 14 men were found.", "14", "killed", "man", 14, 14, 14, "exactly"),
    ("Nine sailors are missing.", "Nine", "missing", "sailor", 9, 9, 9, "exactly"),
    ("The number of wounded reached 65.", "65", "injured", "person", 65, 65, 65, "exactly"),
    # the other measures
    ("The jets carried out 23 airstrikes.", "23", "attacks", "airstrike", 23, 23, 23, "exactly"),
    ("The army launched 90 drones.", "90", "launched", "drone", 90, 90, 90, "exactly"),
    ("Air defences intercepted 70 missiles.", "70", "intercepted", "missile", 70, 70, 70, "exactly"),
    ("The gunners shot down two helicopters.", "two", "intercepted", "helicopter", 2, 2, 2, "exactly"),
    ("Police arrested 60 protesters.", "60", "arrested", "protester", 60, 60, 60, "exactly"),
    ("The group released 14 hostages.", "14", "released", "hostage", 14, 14, 14, "exactly"),
    ("Rebels kidnapped eleven engineers.", "eleven", "captured", "engineer", 11, 11, 11, "exactly"),
    ("A convoy of more than 40 trucks left the town.", "more than 40", "size", "truck", 40, 40, NONE, "moreThan"),
    ("A force of 300 fighters crossed the river.", "300", "size", "fighter", 300, 300, 300, "exactly"),
    ("The boats could carry as many as 80 fighters.", "as many as 80", "capacity", "fighter", NONE, 80, 80, "atMost"),
    (
        "The trucks destroyed by the jets could have carried up to 200 men.",
        "up to 200",
        "capacity",
        "man",
        NONE,
        200,
        200,
        "atMost",
    ),
    ("The ministry spent $3.5 million on tents.", "$3.5 million", "money", "dollar", 3.5e6, 3.5e6, 3.5e6, "exactly"),
    ("They asked for a loan of 200 million euros.", "200 million", "money", "euro", 2e8, 2e8, 2e8, "exactly"),
    # parts of a total
    ("The raid killed 20 people, including 11 children.", "11", "killed", "child", 11, 11, 11, "exactly"),
    ("The raid killed 20 people, among them six women.", "six", "killed", "woman", 6, 6, 6, "exactly"),
    ("The raid killed six drivers, two of them women.", "two", "killed", "woman", 2, 2, 2, "exactly"),
    ("The bomb killed nine people and wounded 30.", "30", "injured", "person", 30, 30, 30, "exactly"),
    ("The bomb killed four soldiers and three children.", "three", "killed", "child", 3, 3, 3, "exactly"),
    ("The army fired 60 rockets, and 20 of them were intercepted.", "20", "intercepted", NONE, 20, 20, 20, "exactly"),
    ("Six civilians were among the 22 people killed in the raid.", "22", "killed", "person", 22, 22, 22, "exactly"),
    ("The report mentions 12 killed, 15 injured.", "15", "injured", "person", 15, 15, 15, "exactly"),
    ("Car bomb kills 12, wounds 30 in Orrel", "30", "injured", "person", 30, 30, 30, "exactly"),
    ("There are 300 policemen in the district.", "300", "count", "policeman", 300, 300, 300, "exactly"),
    ("“Strikes destroyed 18 of the trucks,” he said.", "18", "destroyed", "truck", 18, 18, 18, "exactly"),
]

NOTHING = [
    "A child and a nurse were killed when a shell hit a house.",
    "The 2015 attack on the theatre shocked Orrel.",
    "The 12-year-old boy ran home.",
    "The town lies 20 km east of the dam.",
    "The law was passed in 1998.",
    "Prices rose by 12 percent.",
    "They met on 14 March at 5:30 p.m.",
    "The battalion waited for three hours.",
    "An F-16 flew over the port.",
    "No one was in the house.",
    "The office opened on 12 June 2016.",
    "Friday 24 Jul 2015 The office opened.",
    "The office opened on July 19, 2014.",
    "The office opened on Oct. 3 of that year.",
]

POPULATIONS = [
    ("The bombing killed 17 civilians.", "civilians"),
    ("The bombing killed 17 Norvik residents.", "civilians"),
    ("The bombing killed 17 children.", "children"),
    ("The bombing killed 17 women.", "women"),
    ("The bombing killed 17 militants.", "fighters"),
    ("The bombing killed 17 soldiers.", "soldiers"),
    ("The bombing killed 17 policemen.", "police"),
    ("The bombing killed 17 journalists.", "journalists"),
    ("The bombing destroyed 17 trucks.", "vehicles"),
    ("The bombing destroyed 17 houses.", "buildings"),
    ("The ministry counted 17 civilian deaths.", "civilians"),
    ("The bombing killed 17 people.", None),
]


@pytest.fixture(scope="module")
def figures(schema, read):
    extract = make_figures(schema)
    return lambda text: [finding.record for finding in extract(read(text))]


@pytest.mark.parametrize(("text", "words", "measure", "unit", "low", "best", "high", "bound"), READINGS)
def test_a_number_is_read_with_its_measure_and_hedge(figures, text, words, measure, unit, low, best, high, bound):
    found = {text[each.span.start : each.span.end]: each for each in figures(text)}
    assert words in found
    figure = found[words]
    assert (figure.measure, figure.unit) == (measure, unit)
    assert (figure.low, figure.best, figure.high, figure.bound) == (low, best, high, bound)


@pytest.mark.parametrize("text", NOTHING)
def test_dates_ages_distances_and_names_are_no_figures(figures, text):
    assert figures(text) == []


@pytest.mark.parametrize(("text", "population"), POPULATIONS)
def test_who_is_counted(figures, text, population):
    assert [each.population for each in figures(text)] == [population]


def test_a_count_since_something_is_cumulative(figures):
    (figure,) = figures("The war has killed 4,000 people since it began.")
    assert figure.cumulative
    (figure,) = figures("More than 170,000 people have been killed in the country's conflict.")
    assert figure.cumulative
    (figure,) = figures("More than 300,000 people have been killed.")
    assert figure.cumulative
    (figure,) = figures("The raid killed 4,000 people.")
    assert not figure.cumulative


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("Shelling killed 60 people in the last two weeks.", True),
        ("At least 60 people have been killed this month.", True),
        ("Mines killed 12 farmers in three years.", True),
        ("At least 60 people were killed over the past months.", True),
        ("At least 60 people were killed in the last 24 hours.", False),
        ("The raid killed 60 people this morning.", False),
        ("The conflict has left hundreds of people dead.", True),
    ],
)
def test_a_count_over_a_stretch_of_time_is_cumulative(figures, text, cumulative):
    assert [each.cumulative for each in figures(text)] == [cumulative]


def test_the_date_of_a_count_is_kept(figures):
    text = "The strikes had killed 40 people as of Friday."
    (figure,) = figures(text)
    assert figure.as_of is not None
    assert text[figure.as_of.start : figure.as_of.end] == "Friday"


def concepts(vocabulary):
    return [(each.name, each.broader, example) for each in vocabulary.concepts for example in each.examples]


def test_every_measure_has_an_example_that_gives_it(schema, figures):
    wrong = []
    for name, broader, example in concepts(schema.measures):
        found = [(each.measure, each.population) for each in figures(example)]
        if "Population" in broader:
            good = name in {population for _, population in found}
        else:
            good = name in {measure for measure, _ in found}
        wrong += [] if good else [(name, example, found)]
    assert wrong == []


def test_every_bound_has_an_example_that_gives_it(schema, figures):
    limits = {entry.concept: entry.frame for entry in schema.hedges.entries if entry.pos == "QUANTITY"}
    wrong = []
    for name, _, example in concepts(schema.hedges):
        found = figures(example)
        if name in limits:
            low, high = map(float, limits[name].split())
            good = any((each.low, each.high) == (low, high) for each in found)
        else:
            good = any(each.bound == name for each in found)
        wrong += [] if good else [(name, example, found)]
    assert wrong == []


HEDGES = ["", "about", "at least", "more than", "up to", "fewer than", "some", "upward of", "as many as"]


@given(st.integers(min_value=1, max_value=10**7), st.sampled_from(HEDGES))
def test_a_best_count_lies_within_its_bounds(numbers, value, hedge):
    (found,) = numbers([*hedge.split(), f"{value:,}", "people"])
    low, high = found.low if found.low is not None else 0, found.high if found.high is not None else float("inf")
    assert low <= value <= high
    assert found.best == value


@given(st.integers(min_value=1, max_value=10**6), st.integers(min_value=1, max_value=10**6))
def test_a_range_runs_from_its_least_to_its_greatest(numbers, first, gap):
    (found,) = numbers(["between", str(first), "and", str(first + gap)])
    assert (found.low, found.best, found.high) == (first, None, first + gap)


@pytest.fixture(scope="module")
def numbers(schema, nlp):
    find = make_numbers(schema.hedges)
    return lambda words: list(find(Doc(nlp.vocab, words)))
