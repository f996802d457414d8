"""The calendar: words and day of publication -> first and last moment, precision."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Document, Event, Extraction, Finding, Mention, TextSpan
from kg.resolve import calendar

FRIDAY = dt.date(2016, 7, 1)

READINGS = [
    ("Wednesday", "2016-06-29 00:00", "2016-06-30 00:00", "day"),
    ("Friday", "2016-07-01 00:00", "2016-07-02 00:00", "day"),
    ("Saturday", "2016-06-25 00:00", "2016-06-26 00:00", "day"),
    ("last Friday", "2016-06-24 00:00", "2016-06-25 00:00", "day"),
    ("next Tuesday", "2016-07-05 00:00", "2016-07-06 00:00", "day"),
    ("early on Wednesday", "2016-06-29 00:00", "2016-06-29 08:00", "partOfDay"),
    ("late Wednesday", "2016-06-29 15:00", "2016-06-30 00:00", "partOfDay"),
    ("Wednesday morning", "2016-06-29 05:00", "2016-06-29 12:00", "partOfDay"),
    ("Wednesday afternoon", "2016-06-29 12:00", "2016-06-29 18:00", "partOfDay"),
    ("Wednesday night", "2016-06-29 20:00", "2016-06-30 06:00", "partOfDay"),
    ("the early hours of Saturday", "2016-06-25 00:00", "2016-06-25 06:00", "partOfDay"),
    ("1:20 a.m. Wednesday", "2016-06-29 01:20", "2016-06-29 01:21", "minute"),
    ("12:05 a.m. Wednesday", "2016-06-29 00:05", "2016-06-29 00:06", "minute"),
    ("12:30 p.m. on Wednesday", "2016-06-29 12:30", "2016-06-29 12:31", "minute"),
    ("Sunday at around 5:30pm", "2016-06-26 17:30", "2016-06-26 17:31", "minute"),
    ("from Wednesday to Thursday", "2016-06-29 00:00", "2016-07-01 00:00", "day"),
    ("between Monday and Tuesday", "2016-06-27 00:00", "2016-06-29 00:00", "day"),
    ("from Saturday to Monday", "2016-06-25 00:00", "2016-06-28 00:00", "day"),
    ("from Friday to Monday", "2016-06-24 00:00", "2016-06-28 00:00", "day"),
    ("from 2011 to 2014", "2011-01-01 00:00", "2015-01-01 00:00", "year"),
    ("today", "2016-07-01 00:00", "2016-07-02 00:00", "day"),
    ("yesterday", "2016-06-30 00:00", "2016-07-01 00:00", "day"),
    ("yesterday morning", "2016-06-30 05:00", "2016-06-30 12:00", "partOfDay"),
    ("tomorrow", "2016-07-02 00:00", "2016-07-03 00:00", "day"),
    ("tonight", "2016-07-01 18:00", "2016-07-02 06:00", "partOfDay"),
    ("overnight", "2016-06-30 20:00", "2016-07-01 08:00", "partOfDay"),
    ("last night", "2016-06-30 20:00", "2016-07-01 06:00", "partOfDay"),
    ("this morning", "2016-07-01 05:00", "2016-07-01 12:00", "partOfDay"),
    ("last week", "2016-06-20 00:00", "2016-06-27 00:00", "week"),
    ("this week", "2016-06-27 00:00", "2016-07-04 00:00", "week"),
    ("next week", "2016-07-04 00:00", "2016-07-11 00:00", "week"),
    ("the weekend", "2016-06-25 00:00", "2016-06-27 00:00", "day"),
    ("last month", "2016-06-01 00:00", "2016-07-01 00:00", "month"),
    ("next month", "2016-08-01 00:00", "2016-09-01 00:00", "month"),
    ("earlier this month", "2016-07-01 00:00", "2016-07-02 00:00", "month"),
    ("earlier this year", "2016-01-01 00:00", "2016-07-02 00:00", "year"),
    ("last year", "2015-01-01 00:00", "2016-01-01 00:00", "year"),
    ("two days ago", "2016-06-29 00:00", "2016-06-30 00:00", "day"),
    ("two weeks ago", "2016-06-13 00:00", "2016-06-20 00:00", "week"),
    ("three months ago", "2016-04-01 00:00", "2016-05-01 00:00", "month"),
    ("a year ago", "2015-01-01 00:00", "2016-01-01 00:00", "year"),
    ("three hours ago", "2016-07-01 00:00", "2016-07-02 00:00", "day"),
    ("the past two weeks", "2016-06-17 00:00", "2016-07-02 00:00", "week"),
    ("the last 24 hours", "2016-06-30 00:00", "2016-07-02 00:00", "day"),
    ("14 February 2012", "2012-02-14 00:00", "2012-02-15 00:00", "day"),
    ("February 14, 2012", "2012-02-14 00:00", "2012-02-15 00:00", "day"),
    ("3rd of May 1999", "1999-05-03 00:00", "1999-05-04 00:00", "day"),
    ("23 Aug 88", "1988-08-23 00:00", "1988-08-24 00:00", "day"),
    ("2012-02-14", "2012-02-14 00:00", "2012-02-15 00:00", "day"),
    ("02/14/2012", "2012-02-14 00:00", "2012-02-15 00:00", "day"),
    ("14/02/2012", "2012-02-14 00:00", "2012-02-15 00:00", "day"),
    ("June 20", "2016-06-20 00:00", "2016-06-21 00:00", "day"),
    ("December 24", "2015-12-24 00:00", "2015-12-25 00:00", "day"),
    ("5:30 p.m. on 14 March 2015", "2015-03-14 17:30", "2015-03-14 17:31", "minute"),
    ("February 2012", "2012-02-01 00:00", "2012-03-01 00:00", "month"),
    ("February", "2016-02-01 00:00", "2016-03-01 00:00", "month"),
    ("December", "2015-12-01 00:00", "2016-01-01 00:00", "month"),
    ("late June", "2016-06-20 00:00", "2016-07-01 00:00", "month"),
    ("early in March 2015", "2015-03-01 00:00", "2015-03-11 00:00", "month"),
    ("as early as August", "2016-08-01 00:00", "2016-09-01 00:00", "month"),
    ("the summer of 2014", "2014-06-01 00:00", "2014-09-01 00:00", "season"),
    ("the winter of 2014", "2014-12-01 00:00", "2015-03-01 00:00", "season"),
    ("the summer of last year", "2015-06-01 00:00", "2015-09-01 00:00", "season"),
    ("last summer", "2015-06-01 00:00", "2015-09-01 00:00", "season"),
    ("2014", "2014-01-01 00:00", "2015-01-01 00:00", "year"),
    ("the 1990s", "1990-01-01 00:00", "2000-01-01 00:00", "year"),
]

WITHOUT_ANCHOR = [
    ("Wednesday", None),
    ("last month", None),
    ("overnight", None),
    ("14 February 2012", "2012-02-14 00:00"),
    ("the summer of 2014", "2014-06-01 00:00"),
    ("2014", "2014-01-01 00:00"),
    ("at dawn", None),
]

DATELINES = [
    ("   Lima, 23 Aug 88 (ABC) -- [Text] Police said", dt.date(1988, 8, 23)),
    ("Sun 16 Apr 2017 Death toll rises after a storm", dt.date(2017, 4, 16)),
    ("12 February 2015 Rain goes on in the north", dt.date(2015, 2, 12)),
    ("ORREL, March 14, 2017 (Harbour Wire) - Troops left", dt.date(2017, 3, 14)),
    ("Troops left the valley of Orrel on 14 March 2017.", None),
    ("On the morning of 4 May 2011 the army entered the city.", None),
    ("The bridge fell.", None),
]


@pytest.fixture(scope="module")
def known(schema):
    return calendar.words(schema.times)


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) if text else None


@pytest.mark.parametrize(("words", "start", "end", "precision"), READINGS)
def test_words_mean_a_period(known, words, start, end, precision):
    period = calendar.period_of(words, known, FRIDAY)
    assert period == calendar.Period(moment(start), moment(end), precision)


@pytest.mark.parametrize(("words", "start"), WITHOUT_ANCHOR)
def test_only_full_dates_mean_something_without_an_anchor(known, words, start):
    period = calendar.period_of(words, known, None)
    assert (period.start if period else None) == moment(start)


@pytest.mark.parametrize(("text", "day"), DATELINES)
def test_datelines(known, text, day):
    assert calendar.dateline(text, known) == day


def timings(schema, text, words, *, published=None, tense=None):
    start = text.index(words)
    span, sentence = TextSpan("d", start, start + len(words)), TextSpan("d", 0, len(text))
    findings = [Finding(Mention(span, "Time", span, "nominal", sentence), "test")]
    if tense:
        findings.append(Finding(Event("Talks", TextSpan("d", 0, 1), tense=tense, time=span), "test"))
    document = Document("d", text, published=published)
    return calendar.timings(document, Extraction("d", tuple(findings)), schema.times)


def test_a_weekday_of_what_is_to_come_lies_ahead(schema):
    (timing,) = timings(schema, "The talks resume on Tuesday.", "Tuesday", published=FRIDAY, tense="future")
    assert timing.earliest == moment("2016-07-05 00:00")
    (timing,) = timings(schema, "The talks will resume on Tuesday.", "Tuesday", published=FRIDAY)
    assert timing.earliest == moment("2016-07-05 00:00")
    (timing,) = timings(schema, "The talks began on Tuesday.", "Tuesday", published=FRIDAY)
    assert timing.earliest == moment("2016-06-28 00:00")


@pytest.mark.parametrize(
    ("text", "tense", "day"),
    [
        ("The dam was hit by aircraft of the northern army on Tuesday.", None, "2016-06-28"),
        ("The dam must be empty by Tuesday.", None, "2016-07-05"),
        ("They have until the end of Tuesday.", None, "2016-07-05"),
        ("The miners, who plan to march again, met on Tuesday.", "past", "2016-06-28"),
    ],
)
def test_what_was_done_by_somebody_lies_behind(schema, text, tense, day):
    (timing,) = timings(schema, text, "Tuesday", published=FRIDAY, tense=tense)
    assert timing.earliest == moment(f"{day} 00:00")


def test_the_dateline_dates_an_article_that_has_no_date(schema):
    (timing,) = timings(schema, "ORREL, 14 March 2017 (Wire) - The dam broke on Monday.", "Monday")
    assert timing.earliest == moment("2017-03-13 00:00")


def test_without_any_date_words_stay_symbolic(schema):
    (timing,) = timings(schema, "The dam broke on Monday.", "Monday")
    assert (timing.earliest, timing.latest, timing.precision) == (None, None, "day")


def test_a_day_that_does_not_exist_has_no_bounds(schema):
    (timing,) = timings(schema, "The dam broke on 31 June 2015.", "31 June 2015", published=FRIDAY)
    assert (timing.earliest, timing.latest) == (None, None)


def test_the_last_moment_belongs_to_the_period(schema):
    (timing,) = timings(schema, "The dam broke on Monday.", "Monday", published=FRIDAY)
    assert timing.latest == moment("2016-06-27 23:59:59")


DAYS = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2100, 1, 1))
EXPRESSIONS = [words for words, *_ in READINGS if words != "between Monday and Tuesday"]


@settings(deadline=None)
@given(DAYS, st.sampled_from(EXPRESSIONS), st.booleans())
def test_a_period_starts_before_it_ends(known, anchor, words, ahead):
    period = calendar.period_of(words, known, anchor, ahead=ahead)
    assert period is not None
    assert period.start < period.end


@settings(deadline=None)
@given(DAYS, st.sampled_from("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()))
def test_a_weekday_is_the_last_one_up_to_the_anchor(known, anchor, words):
    day = calendar.period_of(words, known, anchor).start.date()
    assert day.strftime("%A") == words
    assert dt.timedelta(0) <= anchor - day < dt.timedelta(7)


@settings(deadline=None)
@given(DAYS)
def test_a_written_date_means_its_day(known, anchor):
    for words in (
        f"{anchor.day} {anchor:%B} {anchor.year}",
        f"{anchor:%B} {anchor.day}, {anchor.year}",
        anchor.isoformat(),
    ):
        assert calendar.period_of(words, known, None).start.date() == anchor


@settings(deadline=None)
@given(DAYS, DAYS)
def test_a_date_without_a_year_is_not_after_the_anchor(known, anchor, day):
    if (day.month, day.day) == (2, 29):
        return
    found = calendar.period_of(f"{day:%B} {day.day}", known, anchor).start.date()
    assert (found.month, found.day) == (day.month, day.day)
    assert dt.timedelta(0) <= anchor - found <= dt.timedelta(366)
