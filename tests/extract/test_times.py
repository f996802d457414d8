"""Time expressions: sentence -> the words that say when."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg.extract.times
from kg.extract.times import grammar, make_spans, make_times

READINGS = [
    ("The convoy was attacked on Wednesday.", ["Wednesday"]),
    ("The convoy was attacked early on Wednesday.", ["early on Wednesday"]),
    ("The convoy was attacked late Wednesday.", ["late Wednesday"]),
    ("The shelling began on Friday morning.", ["Friday morning"]),
    ("The shelling began on Friday night.", ["Friday night"]),
    ("It left the town at 1:20 a.m. Wednesday.", ["1:20 a.m. Wednesday"]),
    ("It left the town at 5:30 p.m. on 14 March 2015.", ["5:30 p.m. on 14 March 2015"]),
    ("On Sunday at around 5:30pm the bomb went off.", ["Sunday at around 5:30pm"]),
    ("The raids went on from Wednesday to Thursday.", ["from Wednesday to Thursday"]),
    ("Between Monday and Tuesday, six houses burned.", ["Between Monday and Tuesday"]),
    ("From 2011 to 2014 he led the brigade.", ["From 2011 to 2014"]),
    ("The group took the town in the summer of 2014.", ["the summer of 2014"]),
    ("He lost a brother in the 2013 attack on the mill.", ["2013"]),
    ("The 2000 soldiers had no boots.", []),
    ("In August last year a bomb hit the mill.", ["August last year"]),
    ("The group took the town in the summer of last year.", ["the summer of last year"]),
    ("The group took the town in summer 2014.", ["summer 2014"]),
    ("The group took the town last summer.", ["last summer"]),
    ("They may return as early as August.", ["as early as August"]),
    ("The group captured the dam last month.", ["last month"]),
    ("Three clashes broke out this week.", ["this week"]),
    ("Talks will resume next month.", ["next month"]),
    ("Talks will resume next Tuesday.", ["next Tuesday"]),
    ("The siege began on 14 February 2012.", ["14 February 2012"]),
    ("The siege began on February 14, 2012.", ["February 14, 2012"]),
    ("The siege began on the 3rd of May 1999.", ["3rd of May 1999"]),
    ("The siege began on Feb. 14.", ["Feb. 14"]),
    ("The siege began on Monday, February 13, 2012.", ["Monday, February 13, 2012"]),
    ("The siege began on 2012-02-14.", ["2012-02-14"]),
    ("The siege began on 14/02/2012.", ["14/02/2012"]),
    ("The siege began in February 2012.", ["February 2012"]),
    ("The siege began in February.", ["February"]),
    ("The siege began in March.", ["March"]),
    ("The siege began in 2012.", ["2012"]),
    ("The war has gone on since 2011.", ["2011"]),
    ("The war began in the 1990s.", ["the 1990s"]),
    ("The bridge was destroyed in late June.", ["late June"]),
    ("The bridge was destroyed in early June 2015.", ["early June 2015"]),
    ("The bridge was destroyed in mid-June.", ["mid-June"]),
    ("Two soldiers were killed yesterday.", ["yesterday"]),
    ("Two soldiers were killed yesterday morning.", ["yesterday morning"]),
    ("Two soldiers were killed today.", ["today"]),
    ("The talks begin tomorrow.", ["tomorrow"]),
    ("The town was shelled overnight.", ["overnight"]),
    ("The town was shelled last night.", ["last night"]),
    ("The town was shelled this morning.", ["this morning"]),
    ("The army took the hill two weeks ago.", ["two weeks ago"]),
    ("The army took the hill a year ago.", ["a year ago"]),
    ("The army took the hill several days ago.", ["several days ago"]),
    ("Nine men died in the past two weeks.", ["the past two weeks"]),
    ("Nine men died in the last 24 hours.", ["the last 24 hours"]),
    ("Nine men died in recent weeks.", ["recent weeks"]),
    ("Earlier this month, the dam broke.", ["Earlier this month"]),
    ("The attack came at dawn.", ["at dawn"]),
    ("The attack came in the early hours of Saturday.", ["the early hours of Saturday"]),
    ("The attack came at midnight on Tuesday.", ["at midnight on Tuesday"]),
    ("The market was bombed over the weekend.", ["over the weekend"]),
    ("The following day, the army withdrew.", ["following day"]),
    ("The bomb went off at 1530 GMT.", ["1530 GMT"]),
    ("On Monday they fought, and on Thursday they talked.", ["Monday", "Thursday"]),
    ("The minister said on Friday that the raid took place on Wednesday.", ["Friday", "Wednesday"]),
    ("15-09-2013 Rebels attacked the town.", ["15-09-2013"]),
    ("The Observatory counted 66 deaths in 2014.", ["2014"]),
    ("The raid of 3 Oct 2016 killed nine.", ["3 Oct 2016"]),
    ("It was shelled every day until late August.", ["late August"]),
    ("The army lost 2014 men.", []),
    ("He may march on the city.", []),
    ("The second group of men fell back.", []),
    ("Two thousand people live there.", []),
    ("The Sun reported the raid.", []),
]


@pytest.fixture(scope="module")
def times(schema, read):
    find = make_spans(schema.times)
    return lambda text: [span.text for span in find(read(text))]


@pytest.mark.parametrize(("text", "words"), READINGS)
def test_the_words_that_say_when(times, text, words):
    assert times(text) == words


def test_every_word_class_has_an_example_that_holds_a_time(schema, times):
    examples = [(each.name, example) for each in schema.times.concepts for example in each.examples]
    assert len(examples) == len(schema.times.concepts)
    assert [name for name, example in examples if not times(example)] == []


def test_a_time_is_a_mention_in_its_sentence(schema, read):
    text = "The dam held. The convoy was attacked on Wednesday."
    (finding,) = make_times(schema)(read(text))
    mention = finding.record
    assert mention.label == "Time"
    assert text[mention.span.start : mention.span.end] == "Wednesday"
    assert text[mention.sentence.start : mention.sentence.end] == "The convoy was attacked on Wednesday."


def test_the_openings_pass_over_no_expression(schema, monkeypatch):
    """The look ahead that makes the grammar quick changes nothing, here in all sentences of this module."""
    text = Path(__file__).read_text(encoding="utf-8")
    quick = [each.span() for each in grammar(schema.times).finditer(text)]
    monkeypatch.setattr(kg.extract.times, "OPENINGS", "(?s:.)")
    assert [each.span() for each in grammar(schema.times).finditer(text)] == quick
