"""Copies of one text, and texts that only share a subject."""

from kg.resolve.duplicates import COPY, containment, groups, sketch

WIRE = (
    "The harbour of Velm was hit by two rockets before dawn on Sunday, the mayor said. A crane fell on a ferry and "
    "eleven passengers were hurt, none of them badly. Divers spent the morning searching the basin for a missing "
    "sailor, who was later found asleep in a net shed. The rebels who hold the hills above the town said nothing."
)
OTHER = (
    "Rockets fell on Velm again on Sunday. It was the third time this month that the harbour town came under fire, and "
    "the mayor asked the capital for help. Ferries stay in port until the minister has looked at the damage herself."
)


def test_a_copy_with_a_new_first_sentence_is_one_group():
    copy = WIRE.replace("The harbour of Velm was hit", "Velm's harbour was struck") + " Agencies."
    assert groups([("b", WIRE), ("a", copy), ("c", OTHER)]) == {"a": "a", "b": "a", "c": "c"}


def test_a_short_copy_of_a_long_article_is_one_group():
    assert groups([("a", WIRE), ("b", WIRE[: len(WIRE) * 2 // 3])]) == {"a": "a", "b": "a"}


def test_order_counts_for_nothing():
    texts = [("a", WIRE), ("b", WIRE + " Reuters"), ("c", OTHER), ("d", "")]
    assert groups(texts) == groups(reversed(texts))


def test_a_series_whose_every_number_repeats_the_last_is_not_one_voice():
    """Daily bulletins that carry yesterday's paragraphs over: each is a copy of its neighbours, not of the first."""
    days = [" ".join(f"day{day}word{n}" for n in range(60)) for day in range(9)]
    series = [(f"{n}", " ".join(days[n : n + 4])) for n in range(6)]
    found = groups(series)
    assert found["1"] == "0"
    assert found["5"] not in {"0", "1"}
    assert all(
        containment(sketch(dict(series)[first]), sketch(dict(series)[name])) >= COPY for name, first in found.items()
    )


def test_empty_and_short_texts_are_strangers():
    assert len(set(groups([("a", "x y"), ("b", "x z")]).values())) == 2


def test_containment_is_of_the_smaller():
    assert containment(sketch(WIRE), sketch(WIRE[:150])) > 0.9
    assert containment(sketch(WIRE), sketch(OTHER)) < 0.1


def test_a_thousand_articles_that_share_a_footer_are_strangers():
    """What many articles hold makes no candidates, so that the time is linear."""
    footer = "All rights reserved by the Harbour Wire and its partners; no part of this may be printed again."
    texts = [(f"{n:04}", " ".join(f"word{n}x{k}" for k in range(60)) + " " + footer) for n in range(1000)]
    assert len(set(groups(texts).values())) == 1000


def test_characters_that_no_encoding_has_do_no_harm():
    assert groups([("a", "\ud800 " * 30)]) == {"a": "a"}
