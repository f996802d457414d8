"""Transcripts, what a page says of itself, and how sure one has to be of what: sentences and pages of our own."""

import pytest

from kg.extract.quotations import make_quotations, make_rules
from kg.extract.quotations.lexicon import make_lexicon
from kg.extract.quotations.marks import layout
from kg.extract.quotations.reading import by_rule
from kg.extract.quotations.statements import ANSWER, OTHER, STATEMENT, sort_of
from kg.records import Document, Note

BOTH = pytest.mark.parametrize("way", ["rules", "tagger"])


@pytest.fixture(scope="module")
def extractors(schema):
    return {"rules": make_rules(schema), "tagger": make_quotations(schema)}


@pytest.fixture
def quotes(read, extractors):
    def quotes_of(text, way="tagger"):
        document = Document("d", text)
        found = [each.record for each in extractors[way](read(text)) if not isinstance(each, Note)]
        return [
            tuple(" ".join(document.words(span) for span in spans) for spans in (each.source, each.cue, each.content))
            for each in found
        ]

    return quotes_of


# -------------------------------------------------------------------------------- turns

DEBATE = "HALL: Will the dam hold?\n\nLIND: It has to.\n\nHALL: And the mill?\n\nLIND: The mill is lost."


@BOTH
def test_speakers_who_take_turns_say_what_stands_behind_their_colon(quotes, way):
    found = [each for each in quotes(DEBATE, way) if each[1] == ":"]
    assert found == [
        ("HALL", ":", "Will the dam hold?"),
        ("LIND", ":", "It has to"),
        ("HALL", ":", "And the mill?"),
        ("LIND", ":", "The mill is lost"),
    ]


@BOTH
def test_questions_and_answers(quotes, way):
    text = "Q. Why did the pumps fail?\n\nA. They were old.\n\nQ. Who knew of it?\n\nA. Everybody in town."
    assert [each[0] for each in quotes(text, way)] == ["Q.", "A.", "Q.", "A."]


@pytest.mark.parametrize(
    "text",
    [
        "MARKETS: Shares rose by a tenth.\n\nWEATHER: Rain in the north.\n\nSPORT: The final is on Monday.",
        "The menu had three courses: soup, fish, cake.",
        "WARNING: The road is icy.",
    ],
)
def test_topics_and_labels_take_no_turns(quotes, text):
    assert [each for each in quotes(text) if each[1] == ":"] == []


# -------------------------------------------------------------------------------- what a page says of itself


@BOTH
def test_the_label_of_a_link_is_nobodys_words(quotes, way):
    found = quotes("The mill burned.\n\nREAD MORE: Mayor Lind says the bridge will open in May\n\nIt rained.", way)
    assert [each[2] for each in found] == ["the bridge will open in May"]


@BOTH
@pytest.mark.parametrize(
    "line", ["Story continues below advertisement", "Read more about: dams", "Click here to say no"]
)
def test_a_line_about_the_page_says_nothing(quotes, way, line):
    assert quotes(f"The mill burned.\n\n{line}\n\nIt rained.", way) == []


# -------------------------------------------------------------------------------- sorts

SORTS = [
    ("The mayor said the bridge was closed.", STATEMENT),
    ("“We have run out of water,” said Colonel Adisa.", STATEMENT),
    ("The rebels accused the army of burning the harvest.", ANSWER),
    ("The army denied the report.", ANSWER),
    ("Residents hope that the well will be repaired.", OTHER),
    ("Investigators believe the fire was set on purpose.", OTHER),
    ("The envoy cited the weather.", OTHER),
    ("The premier promised to rebuild the school.", OTHER),
]


@pytest.mark.parametrize(("text", "sort"), SORTS)
def test_sorts(schema, read, text, sort):
    lexicon = make_lexicon(schema)
    page = layout(read(text))
    assert {sort_of(page, each) for each in by_rule(page, lexicon)} == {sort}


# -------------------------------------------------------------------------------- what a later cue takes up


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The West has accused Moscow of bombing the camps, a claim which Russia denies.",
            "Moscow of bombing the camps",
        ),
        ("The company says the dam is safe, an assertion the engineers dispute.", "the dam is safe"),
    ],
)
def test_a_claim_that_is_taken_up_is_no_part_of_what_was_claimed(quotes, text, content):
    found = quotes(text)
    assert found[0][2] == content
    assert len(found) == 2


def test_marks_that_enclose_the_last_words_belong_to_the_content(quotes):
    assert quotes("The envoy said the talks were “close to collapse”.")[0][2] == "the talks were “close to collapse”"


# -------------------------------------------------------------------------------- who speaks through a text

VOICES = [
    ("A statement from the port said the ferry had sunk.", "the port"),
    ("Lind’s letter said the dam was old.", "Lind"),
    ("The statement said the ship had been seized.", "The statement"),
    ("A survey by the university found that most farmers had lost their wells.", "A survey by the university"),
    ("Last week’s statement said the ship had been seized.", "Last week’s statement"),
]


@pytest.mark.parametrize(("text", "source"), VOICES)
def test_the_author_speaks_through_a_statement(quotes, text, source):
    assert quotes(text)[0][0] == source
