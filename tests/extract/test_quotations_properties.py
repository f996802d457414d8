"""What holds of every text, and what happens to text that was made to break things."""

import gzip
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.errors import InputError, ModelError
from kg.extract.quotations import SHIPPED, make_quotations, make_rules, train
from kg.extract.quotations.weights import MODELS, load_weights
from kg.nlp import parse
from kg.records import Document, Note, Quotation

SENTENCES = [
    "The mayor said the bridge was closed.",
    "“We will go tonight,” Adisa said. “Nobody can stop us.”",
    "Two ferries, according to the port, were turned back.",
    "The army denied it.",
    '"I saw it," she said, "and ran.',
    "“Stop",
    "He called the truce 'a trick', and left.",
    "\n\n",
    "Rain fell.",
    "The rebels accused the army of theft, a claim that it rejects.",
    "Who said that?",
    "\N{RIGHT DOUBLE QUOTATION MARK} said Lind.",
]


@pytest.fixture(scope="module", params=["rules", "tagger"])
def extract(request, schema):
    return make_rules(schema) if request.param == "rules" else make_quotations(schema)


def _of(extract, nlp, *texts):
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    return [
        [each.record for each in extract(parsed.text) if not isinstance(each, Note)] for parsed in parse(documents, nlp)
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
def test_spans_lie_in_the_text_and_parts_do_not_overlap(extract, nlp, sentences):
    text = " ".join(sentences)
    for quotation in _of(extract, nlp, text)[0]:
        assert isinstance(quotation, Quotation)
        parts = [*quotation.content, *quotation.cue, *quotation.source]
        assert quotation.content
        assert all(0 <= span.start < span.end <= len(text) for span in parts)
        assert not any(one.overlaps(other) for at, one in enumerate(parts) for other in parts[at + 1 :])


def test_a_text_is_read_the_same_whatever_stands_beside_it(extract, nlp):
    texts = [" ".join(SENTENCES[at:] + SENTENCES[:at]) for at in range(len(SENTENCES))]
    together = _of(extract, nlp, *texts)
    alone = [_of(extract, nlp, text)[0] for text in texts]
    assert [_spans(each) for each in together] == [_spans(each) for each in alone]


def _spans(found):
    return [[(span.start, span.end) for span in (*each.content, *each.cue, *each.source)] for each in found]


HOSTILE = {
    "marks": '"' * 300,
    "curly marks": "“" * 150 + "”" * 150,
    "one mark": "“",
    "blanks": " \n\t " * 50,
    "another language": "Der Bürgermeister sagte, die Brücke sei gesperrt. „Wir haben kein Wasser“, sagte er.",
    "another script": "市长说桥梁已关闭。「我们没有水了」,他说。",
    "only cues": "said " * 120,
    "deep": "he said that " * 40,
    "markup": "<script>alert('said')</script> she said {{x}} </p>",
    "controls": "\x00\x01 said \u202e she \ufeff said ok.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_breaks_nothing(extract, nlp, text):
    start = time.process_time()
    for quotation in _of(extract, nlp, text)[0]:
        assert all(span.end <= len(text) for span in quotation.content)
    assert time.process_time() - start < 60


def _unparsed(nlp, text):
    """A Doc of one sentence that no model has seen: what is timed is the extractor."""
    made = nlp.make_doc(text)
    words, spaces = [token.text for token in made], [bool(token.whitespace_) for token in made]
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=[at == 0 for at in range(len(words))])
    length = len(doc.text)
    doc.user_data.update(document="d", part="text", starts=range(length), ends=range(1, length + 1))
    return doc


def test_ten_thousand_marks_in_a_row_are_no_quotation(extract, nlp):
    start = time.process_time()
    found = list(extract(_unparsed(nlp, '" ' * 10_000)))
    assert [type(each) for each in found] == [Note]
    assert time.process_time() - start < 30


def test_a_sentence_of_fifty_thousand_words_is_left_out_with_a_note(extract, nlp):
    start = time.process_time()
    found = list(extract(_unparsed(nlp, "word " * 49_998 + "he said it.")))
    assert [type(each) for each in found] == [Note]
    assert "over the limit" in found[0].text
    assert time.process_time() - start < 30


# -------------------------------------------------------------------------------- training

LINES = [
    ("Lind said it rained.", [[0, 4]], [[5, 9]], [[10, 19]]),
    ("It rained, Lind said.", [[11, 15]], [[16, 20]], [[0, 9]]),
    ("The port said two ferries sank.", [[0, 8]], [[9, 13]], [[14, 30]]),
    ("According to Lind, it rained.", [[13, 17]], [[0, 12]], [[19, 28]]),
] * 4


def _write(path, lines=LINES):
    rows = [
        {"text": text, "quotes": [{"source": source, "cue": cue, "content": content}]}
        for text, source, cue, content in lines
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_training_is_deterministic_and_learns(tmp_path, schema, nlp):
    def parses(documents):
        return (parsed.text for parsed in parse(documents, nlp))

    file = _write(tmp_path / "gold.jsonl")
    for name in ("one", "two"):
        assert train([file], tmp_path / name, schema, parses) == len(LINES)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == [
        "certainty.crfsuite.gz",
        "cues.crfsuite.gz",
        "model.json",
        "parts.crfsuite.gz",
        "verdict.crfsuite.gz",
    ]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    (found,) = _of(make_quotations(schema, tmp_path / "one"), nlp, "Brandt said the mill burned.")[0]
    assert _spans([found]) == [[(12, 27), (7, 11), (0, 6)]]


@pytest.mark.parametrize("line", ["no json", "[]", '{"text": "a"}', '{"text": 1, "quotes": []}'])
def test_a_line_that_is_not_in_the_form_is_named(tmp_path, schema, line):
    file = tmp_path / "gold.jsonl"
    file.write_text(line + "\n")
    with pytest.raises(InputError, match=r"gold\.jsonl, line 1: "):
        train([file], tmp_path / "out", schema, lambda documents: documents)


def test_files_without_quotations_are_refused(tmp_path, schema, nlp):
    file = tmp_path / "gold.jsonl"
    file.write_text('{"text": "It rained.", "quotes": []}\n')
    with pytest.raises(InputError, match="no quotation"):
        train([file], tmp_path / "out", schema, lambda documents: (each.text for each in parse(documents, nlp)))


def test_one_article_is_too_few_to_learn_from(tmp_path, schema, nlp):
    file = _write(tmp_path / "gold.jsonl", LINES[:1])
    with pytest.raises(InputError, match="two articles"):
        train([file], tmp_path / "out", schema, lambda documents: (each.text for each in parse(documents, nlp)))


def test_missing_or_damaged_weights_are_an_error_of_the_model(tmp_path):
    with pytest.raises(ModelError, match="holds no quotation model"):
        load_weights(tmp_path)
    for name in MODELS:
        (tmp_path / f"{name}.crfsuite.gz").write_bytes(b"no gzip")
    (tmp_path / "model.json").write_text('{"heads": [], "never": [], "thresholds": {}}')
    with pytest.raises(ModelError, match="holds no quotation model"):
        load_weights(tmp_path)


def test_shipped_weights_hold_no_text():
    """Features are lemmas, labels and numbers: a run of words would show as a long attribute."""
    for name in MODELS:
        weights = gzip.decompress((SHIPPED / f"{name}.crfsuite.gz").read_bytes())
        assert all(len(word) < 100 for word in weights.split(b"\x00"))
        assert weights.count(b" ") < len(weights) / 100
