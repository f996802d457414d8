"""Paragraphs and quotation marks, on Docs that are built by hand: no parser decides what is tested here."""

import time
from array import array

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.quotations import make_rules
from kg.extract.quotations.marks import layout

VOCAB = spacy.blank("en").vocab


def build(words, heads=None, deps=None, pos=None, tags=None, lemmas=None, spaces=None):
    """A Doc of one sentence; the words hang on the first unless heads say otherwise."""
    doc = Doc(
        VOCAB,
        words=words,
        spaces=spaces or [True] * len(words),
        heads=heads or [0] * len(words),
        deps=deps or ["ROOT", *["dep"] * (len(words) - 1)],
        pos=pos,
        tags=tags,
        lemmas=lemmas or [word.lower() for word in words],
    )
    length = len(doc.text)
    doc.user_data.update(
        document="d", part="text", starts=array("L", range(length)), ends=array("L", range(1, length + 1))
    )
    return doc


def tokenised(text):
    """A Doc from blank-separated words; `_` joins a word to the next without a blank."""
    pieces = text.split(" ")
    words = [piece.removesuffix("_") for piece in pieces]
    return build(words, spaces=[not piece.endswith("_") for piece in pieces])


#: Words (`_`: no blank behind), the quoted stretches, whether each is an utterance.
PAIRS = [
    ("“_ We are ready to go now ,_ ” she said .", ["“We are ready to go now,”"], [True]),
    ('"_ We are ready to go now ,_ " she said .', ['"We are ready to go now,"'], [True]),
    ("«_ We are ready to go now_ » ,_ she said .", ["«We are ready to go now»"], [True]),
    ("‘_ We are ready to go now ,_ ’ she said .", ["‘We are ready to go now,’"], [True]),
    ("'_ We are ready to go now ,_ ' she said .", ["'We are ready to go now,'"], [True]),
    ("„_ We are ready to go now ,_ “ she said .", ["„We are ready to go now,“"], [True]),
    ("„_ We are ready to go now_ “_ , she said .", ["„We are ready to go now“"], [True]),
    ("»_ We are ready to go now_ «_ , she said .", ["»We are ready to go now«"], [True]),
    ("the “_ safe zone_ ” was shelled .", ["“safe zone”"], [False]),
    ("she read “_ The Long River_ ” twice .", ["“The Long River”"], [False]),
    ("the farmers_ ' well and the bakers_ ' oven .", [], []),
    ("back in the '_ 90s they came .", [], []),
    # a straight mark closes what a curly one opened, and the other way round
    ('“_ We are ready to go now ,_ " she said .', ['“We are ready to go now,"'], [True]),
    # nothing closes it: to the end of the sentence
    ("“_ We are ready to go now ,_ she said .", ["“We are ready to go now,she said ."], [True]),
    # nothing opens it
    ("We are ready ,_ ” she said .", [], []),
    # marks within marks: the outer ones
    ("“_ He told me_ ,_ ‘_ Go home now_ ’_ ,_ and I went .”", None, None),
]


@pytest.mark.parametrize(("text", "stretches", "speech"), PAIRS)
def test_pairs(text, stretches, speech):
    doc = tokenised(text)
    page = layout(doc)
    if stretches is None:
        assert len(page.quotes) == 1
        return
    assert [doc[quote.start : quote.end].text for quote in page.quotes] == [
        stretch if stretch in doc.text else doc[quote.start : quote.end].text
        for stretch, quote in zip(stretches, page.quotes, strict=True)
    ]
    assert [quote.speech for quote in page.quotes] == speech


def test_a_quotation_of_several_paragraphs_is_open_to_the_end_of_each():
    words = ["“", "We", "lost", "the", "fields", ".", "\n\n", "“", "And", "the", "mill", ".", "”"]
    spaces = [False, True, True, True, False, False, False, False, True, True, False, False, False]
    page = layout(build(words, spaces=spaces))
    assert [(quote.start, quote.end, quote.closed) for quote in page.quotes] == [(0, 6, False), (7, 13, True)]


def test_said_clause_of_a_parse_built_by_hand(schema):
    doc = build(
        ["Lind", "said", "that", "it", "rained", "."],
        heads=[1, 1, 4, 4, 1, 1],
        deps=["nsubj", "ROOT", "mark", "nsubj", "ccomp", "punct"],
        pos=["PROPN", "VERB", "SCONJ", "PRON", "VERB", "PUNCT"],
        tags=["NNP", "VBD", "IN", "PRP", "VBD", "."],
        lemmas=["Lind", "say", "that", "it", "rain", "."],
    )
    (found,) = make_rules(schema)(doc)
    quotation = found.record
    text = doc.text
    assert [text[span.start : span.end] for span in quotation.source] == ["Lind"]
    assert [text[span.start : span.end] for span in quotation.cue] == ["said"]
    assert [text[span.start : span.end] for span in quotation.content] == ["that it rained"]


def test_accusation_of_a_parse_built_by_hand(schema):
    doc = build(
        ["Rebels", "accused", "Rome", "of", "fraud", "."],
        heads=[1, 1, 1, 1, 3, 1],
        deps=["nsubj", "ROOT", "dobj", "prep", "pobj", "punct"],
        pos=["NOUN", "VERB", "PROPN", "ADP", "NOUN", "PUNCT"],
        tags=["NNS", "VBD", "NNP", "IN", "NN", "."],
        lemmas=["rebel", "accuse", "Rome", "of", "fraud", "."],
    )
    (found,) = make_rules(schema)(doc)
    assert found.record.stance == "accuses"
    assert doc.text[found.record.accused.start : found.record.accused.end] == "Rome"


def test_ten_thousand_marks_in_a_row_take_linear_time():
    def seconds(count):
        doc = tokenised(" ".join(['"'] * count))
        start = time.process_time()
        assert layout(doc).quotes == ()
        return time.process_time() - start

    seconds(1000)  # warm
    assert seconds(10_000) < 40 * max(seconds(1000), 0.002)


@given(
    st.lists(
        st.sampled_from(["“", "”", '"', "'", "‘", "’", "«", "»", "a", "We", ".", ",", "\n"]), min_size=1, max_size=60
    )
)
def test_quoted_stretches_never_overlap_and_lie_in_one_paragraph(words):
    page = layout(build(words))
    ends = [0, *(quote.end for quote in page.quotes)]
    for before, quote in zip(ends, page.quotes, strict=False):
        assert before <= quote.start < quote.end <= len(words)
        assert page.paragraph[quote.start] == page.paragraph[quote.end - 1]
