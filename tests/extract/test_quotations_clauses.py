"""Where one attribution ends and the next begins, who is asked and who asks: sentences of our own."""

import pytest

from kg.extract.quotations import make_quotations, make_rules
from kg.records import Document, Note

BOTH = pytest.mark.parametrize("way", ["rules", "tagger"])


@pytest.fixture(scope="module")
def extractors(schema):
    return {"rules": make_rules(schema), "tagger": make_quotations(schema)}


@pytest.fixture
def quotes(read, extractors):
    def quotes_of(text, way):
        document = Document("d", text)
        found = [each.record for each in extractors[way](read(text)) if not isinstance(each, Note)]
        words = {id(each): [" … ".join(map(document.words, spans)) for spans in (each.source, each.cue, each.content)]
                 for each in found}  # fmt: skip
        return [(*words[id(each)], each.stance, each.negated, each.accused and document.words(each.accused))
                for each in found]  # fmt: skip

    return quotes_of


#: Text, cue, and what stands with it: source, content.
CLAUSES = [
    (
        "According to two officials who spoke because they were not allowed to brief the press, Norland plans a ban.",
        "According to", "two officials", "Norland plans a ban",
    ),
    (
        "The ministry put the dead at 60; relatives of the missing say it is higher.",
        "say", "relatives of the missing", "it is higher",
    ),
    ("Envoys said that it would hold, adding that aid would come.", "adding", "Envoys", "that aid would come"),
    ("Envoys said that it would hold, adding that aid would come.", "said", "Envoys", "that it would hold"),
    ("The coalition said the bus was empty, according to an aide.", "said", "The coalition", "the bus was empty"),
    (
        "The coalition said the bus was empty, according to an aide.",
        "according to", "an aide", "The coalition said the bus was empty",
    ),
    ("They accused him of hiding figures, a charge that his office denies.", "denies", "his office", "a charge"),
    ("They burned two villages, monitors said. The ministry disputes this.", "disputes", "The ministry", "this"),
    ("The premier confirmed it.", "confirmed", "The premier", "it"),
    (
        "Air defence forces shot down seven enemy drones overnight, the governor, Ivo Rask, wrote on X.",
        "wrote", "the governor, Ivo Rask", "Air defence forces shot down seven enemy drones overnight",
    ),
    ("His mother said “he is no bad person” and hung up.", "said", "His mother", "“he is no bad person”"),
    ("Army officials put it at 20.", "put", "Army officials", "it at 20"),
    (
        "Rowse said: 'The roof was coming in. I've never seen the like.\n\n'We grabbed the kids and went.'",
        "said", "Rowse", "'The roof was coming in. I've never seen the like. … 'We grabbed the kids and went.'",
    ),
    ("Falk said she had not given up and accused Whitley of greed.", "said", "Falk", "she had not given up"),
    (
        "Jets hit a camp Friday, killing at least 31 people, most of them women and children, a medic said by phone.",
        "said", "a medic",
        "Jets hit a camp Friday, killing at least 31 people, most of them women and children",
    ),
    (
        "The government blamed the Alliance; an Alliance spokesman, Lt. Col. Marek Sorin, called it “absurd”.",
        "blamed", "The government", "the Alliance",
    ),
    (
        "The government blamed the Alliance; an Alliance spokesman, Lt. Col. Marek Sorin, called it “absurd”.",
        "called", "an Alliance spokesman, Lt. Col. Marek Sorin", "it “absurd”",
    ),
    ("Amato has called the tunnel “Dana's Folly”.", "has called", "Amato", "the tunnel “Dana's Folly”"),
    ("“They took the goats,” one woman is quoted as saying.", "saying", "one woman", "“They took the goats,”"),
    (
        "The militia, for its part, has been blamed by villagers for kidnapping teachers.",
        "has been blamed", "villagers", "for kidnapping teachers",
    ),
    ("The Red Cross puts the missing at 112.", "puts", "The Red Cross", "the missing at 112"),
    (
        "Both pumps were dry, said Li Wen, “whatever the log says”.",
        "said", "Li Wen", "Both pumps were dry … “whatever the log says”",
    ),
    ("Asked whether she would step down, Bekele said she would not.", "said", "Bekele", "she would not"),
    ("Asked whether she would step down, Bekele said she would not.", "Asked", "", "whether she would step down"),
    ("Asked why the pumps had failed, Lund declined to answer.", "Asked", "", "why the pumps had failed"),
    ("The premier told parliament the deal was close.", "told", "The premier", "the deal was close"),
    (
        "The militia has been blamed by villagers for kidnapping teachers.",
        "has been blamed", "villagers", "for kidnapping teachers",
    ),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(("text", "cue", "source", "content"), CLAUSES)
def test_source_and_content_of_a_cue(quotes, way, text, cue, source, content):
    assert [each[:3] for each in quotes(text, way) if each[1] == cue] == [(source, cue, content)]


@BOTH
def test_who_is_accused_in_a_passive_is_its_subject(quotes, way):
    (found,) = quotes("The militia has been blamed by villagers for kidnapping teachers.", way)
    assert found[3:] == ("accuses", False, "The militia")


@BOTH
def test_neither_nor_negates_both(quotes, way):
    found = quotes("The ministry neither confirmed nor denied that the plant had been sold.", way)
    assert found
    assert all(each[4] for each in found)


@BOTH
@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Chapman admits there were dead.\n\n“I can't say more than that at this time.”", "Chapman"),
        ("The road was empty, he said, though he named nobody.\n\n“The man who does this is known to us.”", "he"),
        ("Her colleague, Tom Adeyemi, was less certain: “We may never find out.”", "Her colleague, Tom Adeyemi"),
    ],
)
def test_free_words_are_those_of_who_spoke_or_acted_before(quotes, way, text, source):
    found = [each for each in quotes(text, way) if each[1] == ""]
    assert [each[0].rstrip(",") for each in found] == [source]


@BOTH
def test_a_name_under_a_quotation_is_its_speaker(quotes, way):
    text = "“We held the bridge through the night.” — Ada Lund\n\n“I am tired of talk about roads.” — Omar Brandt"
    assert [(each[0], each[2]) for each in quotes(text, way)] == [
        ("Ada Lund", "“We held the bridge through the night.”"),
        ("Omar Brandt", "“I am tired of talk about roads.”"),
    ]


@BOTH
@pytest.mark.parametrize("line", ["Published 26 November 2031", "Last updated November 26, 2031 at 4:30 p.m."])
def test_the_date_of_the_page_is_nobodys_words(quotes, way, line):
    found = quotes(f"{line}\nThe mill burned, Brandt said.\n{line}", way)
    assert [each[:3] for each in found] == [("Brandt", "said", "The mill burned")]


@BOTH
def test_the_time_of_the_saying_is_no_part_of_its_source(quotes, way):
    found = quotes("The governor this week said the dam would hold.", way)
    assert [each[:3] for each in found] == [("The governor", "said", "the dam would hold")]


def test_a_passive_of_quoting_gives_its_subject_the_words(quotes):
    text = "One woman, identified only as Adaeze, is quoted as saying that the men came at night."
    assert [each[:3] for each in quotes(text, "rules")] == [("One woman", "saying", "that the men came at night")]


@pytest.mark.parametrize(
    "text",
    [
        "Heavy rain is expected to fall in the north.",
        "The old bridge is considered safe.",
        "The rebels have reportedly fled.",
    ],
)
def test_what_nobody_says_is_no_quotation(quotes, text):
    assert quotes(text, "tagger") == []


def test_who_says_two_things_says_both(quotes):
    found = quotes("He conceded that a handful of members might leave but said they would not be missed.", "tagger")
    assert {each[0] for each in found} == {"He"}


def test_who_is_put_between_two_quotations_speaks(quotes):
    text = "“What worries me,” says pensioner Olga Dunn, 71, “is not my own pension.”"
    said = "“What worries me,” … “is not my own pension.”"
    assert [each[:3] for each in quotes(text, "tagger")] == [("pensioner Olga Dunn, 71", "says", said)]
