"""Sentences of our own and what a careful reader takes from them: by rule, and with the tagger over the rules."""

import pytest

from kg.extract.quotations import make_quotations, make_rejections, make_rules
from kg.records import Document, Note, Quotation

BOTH = pytest.mark.parametrize("way", ["rules", "tagger"])


@pytest.fixture(scope="module")
def extractors(schema):
    return {"rules": make_rules(schema), "tagger": make_quotations(schema)}


@pytest.fixture
def quotes(read, extractors):
    def quotes_of(text, way="tagger"):
        document = Document("d", text)
        found = [each.record for each in extractors[way](read(text)) if not isinstance(each, Note)]
        return [_words(document, quotation) for quotation in found]

    return quotes_of


def _words(document, quotation):
    def words(spans):
        return [document.words(span) for span in spans]

    return {
        "source": words(quotation.source),
        "cue": words(quotation.cue),
        "content": words(quotation.content),
        "kind": quotation.kind,
        "stance": quotation.stance,
        "negated": quotation.negated,
        "addressee": document.words(quotation.addressee) if quotation.addressee else None,
        "accused": document.words(quotation.accused) if quotation.accused else None,
        "by": words(quotation.reported_by.source) if quotation.reported_by else None,
    }


#: Text, source, cue, content, kind: the first quotation that has the cue.
PLAIN = [
    # the said clause behind its verb
    ("The mayor said the bridge was closed.", "The mayor", "said", ["the bridge was closed"], "indirect"),
    ("The mayor said that the bridge was closed.", "The mayor", "said", ["that the bridge was closed"], "indirect"),
    (
        "Police in Borland say two men were seen at the dam.",
        "Police in Borland", "say", ["two men were seen at the dam"], "indirect",
    ),
    # inverted
    ("The bridge was closed, the mayor said.", "the mayor", "said", ["The bridge was closed"], "indirect"),
    (
        "“We have run out of water,” said Colonel Adisa.",
        "Colonel Adisa", "said", ["“We have run out of water,”"], "direct",
    ),
    ('"We have run out of water," she said.', "she", "said", ['"We have run out of water,"'], "direct"),
    # marks of every style
    ("«We have run out of water», she said.", "she", "said", ["«We have run out of water»"], "direct"),
    ("‘We have run out of water,’ she said.", "she", "said", ["‘We have run out of water,’"], "direct"),
    ("``We have run out of water,'' she said.", "she", "said", ["``We have run out of water,''"], "direct"),
    ('“We have run out of water," she said.', "she", "said", ['“We have run out of water,"'], "direct"),
    # a quotation of several sentences, and one that goes on after its attribution
    (
        "“I was asleep. Then the roof fell in,” said Omar Haddad, a baker.",
        "Omar Haddad, a baker", "said", ["“I was asleep. Then the roof fell in,”"], "direct",
    ),
    (
        "“We will go tonight,” Adisa said. “Nobody can stop us.”",
        "Adisa", "said", ["“We will go tonight,”", "“Nobody can stop us.”"], "direct",
    ),
    # split by its attribution: one quotation
    (
        "“We chose the river,” Adisa said, “because the road was mined.”",
        "Adisa", "said", ["“We chose the river,”", "“because the road was mined.”"], "direct",
    ),
    ("The road, she said, is closed to trucks.", "she", "said", ["The road", "is closed to trucks"], "indirect"),
    # words in marks within a said clause
    (
        "The envoy said the talks were “close to collapse”.",
        "The envoy", "said", ["the talks were “close to collapse”"], "mixed",
    ),
    # colon
    ("The commander told reporters: “We hold the town.”", "The commander", "told", ["“We hold the town.”"], "direct"),
    # according to
    (
        "According to the port authority, two ferries were turned back.",
        "the port authority", "According to", ["two ferries were turned back"], "indirect",
    ),
    (
        "Two ferries were turned back, according to the port authority.",
        "the port authority", "according to", ["Two ferries were turned back"], "indirect",
    ),
    # the speaker is inherited
    (
        "“We are ready,” Brandt said, adding that the troops would stay.",
        "Brandt", "adding", ["that the troops would stay"], "indirect",
    ),
    # speech without marks that goes on
    (
        "The mayor said the bridge was closed. He also noted that the road was open.",
        "He", "noted", ["that the road was open"], "indirect",
    ),
    # documents
    (
        "A survey by the university found that most farmers had lost their wells.",
        "A survey by the university", "found", ["that most farmers had lost their wells"], "indirect",
    ),
    ("The statement said the ship had been seized.", "The statement", "said", ["the ship had been seized"], "indirect"),
    # plural and unnamed
    (
        "Two officials, who asked not to be named, said the convoy had left.",
        "Two officials", "said", ["the convoy had left"], "indirect",
    ),
    # an object instead of a clause
    (
        "Medical officials confirmed the number of wounded.",
        "Medical officials", "confirmed", ["the number of wounded"], "indirect",
    ),
    (
        "The general was quoted as saying that his men had left.",
        "The general", "saying", ["that his men had left"], "indirect",
    ),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(("text", "source", "cue", "content", "kind"), PLAIN)
def test_source_cue_and_content(quotes, way, text, source, cue, content, kind):
    found = next((each for each in quotes(text, way) if cue in " ".join(each["cue"]).split()
                  or cue == " ".join(each["cue"])), None)  # fmt: skip
    assert found, f"{cue!r} gave nothing"
    assert " ".join(found["source"]) == source
    assert found["content"] == content
    assert found["kind"] == kind


#: Text, stance, source, content in part, whom it accuses, who is told.
STANCES = [
    (
        "The rebels accused the army of burning the harvest.",
        "accuses", "The rebels", "burning the harvest", "the army", None,
    ),
    (
        "The rebels accused the army on Friday of burning the harvest.",
        "accuses", "The rebels", "burning", "the army", None,
    ),
    ("The army denied that it had shelled the village.", "denies", "The army", "it had shelled", None, None),
    ("The envoy urged both sides to stop firing.", "demands", "The envoy", "stop firing", None, "both sides"),
    ("The premier promised to rebuild the school.", "promises", "The premier", "rebuild the school", None, None),
    ("Doctors warned that the hospital would close.", "warns", "Doctors", "hospital would close", None, None),
    ("The agency estimated that forty tankers had sunk.", "estimates", "The agency", "forty tankers", None, None),
    ("The captain told the court that he had slept.", "asserts", "The captain", "he had slept", None, "the court"),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(("text", "stance", "source", "content", "accused", "addressee"), STANCES)
def test_stance_accused_and_addressee(quotes, way, text, stance, source, content, accused, addressee):
    found = [each for each in quotes(text, way) if each["stance"] == stance]
    assert len(found) == 1
    assert found[0]["source"] == [source]
    assert content in " ".join(found[0]["content"])
    assert found[0]["accused"] == accused
    assert found[0]["addressee"] == addressee


SILENT = [
    "The ministry declined to comment.",
    "The general refused to comment on the report.",
    "The so-called “safe zone” was shelled at dawn.",
    "She read “The Long River” on the train.",
    "The dog slept beside the stove until noon.",
    "The drivers began a strike at midnight.",
    "He bought the 'Evening Star' at the kiosk.",
]


@BOTH
@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said(quotes, way, text):
    assert quotes(text, way) == []


@BOTH
def test_a_negated_cue_is_kept_as_not_said(quotes, way):
    found = quotes("The mayor did not say that the bridge was closed.", way)
    assert [(each["negated"], each["source"]) for each in found] == [(True, ["The mayor"])]


@BOTH
def test_an_accusation_and_the_denial_of_it(quotes, way):
    text = "The rebels have accused the army of burning the harvest, a claim that the army denies."
    stances = {each["stance"]: each["source"] for each in quotes(text, way)}
    assert stances == {"accuses": ["The rebels"], "denies": ["the army"]}


@BOTH
def test_nested_attributions_are_both_kept_and_linked(quotes, way):
    text = "The alliance said on Monday that it struck two depots, according to its spokesman, Major Leo Brandt."
    found = {each["cue"][0]: each for each in quotes(text, way)}
    assert found["said"]["by"] == found["according to"]["source"] == ["its spokesman, Major Leo Brandt"]
    assert found["said"]["content"] == ["that it struck two depots"]
    assert found["according to"]["content"][0].startswith("The alliance said")


@BOTH
def test_a_relative_clause_gives_its_noun_to_the_content(quotes, way):
    found = quotes("The raids, which the government said took place on Monday, failed.", way)
    said = next(each for each in found if each["cue"] == ["said"])
    assert said["source"] == ["the government"]
    assert "took place on Monday" in said["content"][-1]


@BOTH
def test_who_stands_for_its_noun(quotes, way):
    found = quotes("Sara Lind, who said she saw the blast, was taken to hospital.", way)
    assert found[0]["source"][0].startswith("Sara Lind")
    assert found[0]["content"] == ["she saw the blast"]


@BOTH
@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Nine Miners Freed After Three Days, Officials Say", "Officials", "Nine Miners Freed After Three Days"),
        ("Bridge closed for repairs, mayor says", "mayor", "Bridge closed for repairs"),
    ],
)
def test_a_headline_names_its_source_last(quotes, way, headline, source, content):
    found = quotes(headline + "\nThe bridge has stood since 1904.", way)
    assert [(each["source"], each["content"]) for each in found] == [([source], [content])]


@BOTH
def test_a_sentence_cut_off_before_the_name_keeps_the_role(quotes, way):
    found = quotes(
        "The blast killed nine people, the district's police commander, Col.\nRescue teams came at noon.", way
    )
    assert len(found) == 1
    assert found[0]["source"][0].startswith("the district's police commander")
    assert found[0]["content"] == ["The blast killed nine people"]


@BOTH
def test_a_quotation_over_several_paragraphs_is_one(quotes, way):
    text = "“The river rose in an hour,” Lind said.\n\n“We lost the lower fields.\n\n“By night the mill was gone.”"
    found = quotes(text, way)
    assert [each["source"] for each in found] == [["Lind"]]
    assert len(found[0]["content"]) == 3


@BOTH
def test_a_free_quotation_takes_the_speaker_of_the_sentence_before(quotes, way):
    text = "Sara Lind lost her house in the flood.\n\n“I have nothing left but this coat.”"
    found = quotes(text, way)
    assert [(each["source"], each["cue"], each["kind"]) for each in found] == [(["Sara Lind"], [], "direct")]


@BOTH
def test_a_dateline_is_no_part_of_what_is_said(quotes, way):
    found = quotes("CAIRO, March 3, 2019 (Delta Press) - Two ships collided in the canal, the port said.", way)
    assert [each["content"] for each in found] == [["Two ships collided in the canal"]]


@BOTH
def test_a_picture_does_not_speak(quotes, way):
    found = quotes("The ministry released drone footage showing dozens of trucks being hit.", way)
    assert ["drone footage"] not in [each["source"] for each in found]


@BOTH
def test_every_stance_has_an_example_that_is_read_so(schema, quotes, way):
    for concept in schema.stances.concepts:
        for example in concept.examples:
            assert concept.name in {each["stance"] for each in quotes(example, way)}, f"{concept.name}: {example}"


def test_every_stance_is_described(schema):
    withheld = {"scheme", "withholds"}
    for concept in schema.stances.concepts:
        assert concept.definition
        assert concept.examples or concept.name in withheld


def test_a_cue_that_gave_nothing_says_why(schema, read):
    explain = make_rejections(schema)
    doc = read("The ministry declined to comment.")
    reasons = {doc.text[each.span.start : each.span.end]: each.reason for each in explain(doc)}
    assert "silent" in reasons["declined"]


def test_offsets_are_those_of_the_given_text(read, extractors):
    text = "The U.S. -led alliance   said:  ``It’s over.''"
    found = next(iter(extractors["tagger"](read(text)))).record
    assert isinstance(found, Quotation)
    document = Document("d", text)
    assert document.words(found.content[0]) == "``It’s over.''"
    assert document.words(found.source[0]) == "The U.S. -led alliance"


#: Nouns as cues: text, source, cue, content, stance.
NOUNS = [
    (
        "Brandt's warning that the dam would burst came too late.",
        "Brandt", "warning", "that the dam would burst", "warns",
    ),
    (
        "The ministry's report that two ferries had sunk was withdrawn.",
        "The ministry", "report", "that two ferries had sunk", "reports",
    ),
    (
        "Residents ignored the mayor's promise to rebuild the school.",
        "the mayor", "promise", "to rebuild the school", "promises",
    ),
    (
        "The ministry issued a denial that its jets had bombed the market.",
        "The ministry", "denial", "that its jets had bombed the market", "denies",
    ),
    (
        "There was no confirmation from the navy that the ship had been seized.",
        "the navy", "confirmation", "that the ship had been seized", "confirms",
    ),
    (
        "Holm withdrew her accusation that the guards had sold the fuel.",
        "her", "accusation", "that the guards had sold the fuel", "accuses",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content", "stance"), NOUNS)
def test_what_a_noun_says_is_the_clause_behind_it(quotes, text, source, cue, content, stance):
    found = [each for each in quotes(text, "rules") if each["cue"] == [cue]]
    assert [(each["source"], each["content"], each["stance"]) for each in found] == [([source], [content], stance)]
