"""Names, noun phrases and pronouns: what is a mention, of which class, and whether a state acts or locates."""

import pytest

from kg.extract.mentions import make_mentions, make_reader
from kg.extract.mentions.acronyms import is_acronym
from kg.extract.relations import make_relations
from kg.vocab import load_schema

SCHEMA = load_schema()
NOUN_CLASSES = {
    "Weapon",
    "Vehicle",
    "Facility",
    "Group",
    "Person",
    "Organization",
    "ArmedGroup",
    "State",
    "Coalition",
    "Place",
}


@pytest.fixture(scope="module")
def mentions(read, schema):
    extract = make_mentions(schema)

    def of(text):
        return [(text[each.record.span.start : each.record.span.end], each.record) for each in extract(read(text))]

    return of


@pytest.fixture(scope="module")
def relations(read, schema):
    extract = make_relations(schema)

    def of(text):
        def at(span):
            return text[span.start : span.end]

        return {
            (each.record.predicate, at(each.record.subject), at(each.record.object)) for each in extract(read(text))
        }

    return of


# -------------------------------------------------------------------------------- the vocabularies' own examples


def top(name, broader):
    while broader[name]:
        name = broader[name][0]
    return name


def examples(vocabulary):
    broader = {concept.name: concept.broader for concept in vocabulary.concepts}
    return [(each.name, top(each.name, broader), example) for each in vocabulary.concepts for example in each.examples]


def forms(vocabulary, concept):
    return {entry.form for entry in vocabulary.entries if entry.concept == concept}


@pytest.mark.parametrize(("concept", "label", "example"), examples(SCHEMA.things))
def test_every_example_of_things_is_read(mentions, concept, label, example):
    assert label in NOUN_CLASSES
    found = [
        words.lower() for words, mention in mentions(example) if mention.label == label and mention.kind == "nominal"
    ]
    stems = [form[:-1] for form in forms(SCHEMA.things, concept)]
    assert any(stem in words for words in found for stem in stems), found


@pytest.mark.parametrize(("concept", "kind", "example"), examples(SCHEMA.posts))
def test_every_example_of_posts_is_read(relations, mentions, concept, kind, example):
    known = {form.lower() for form in forms(SCHEMA.posts, concept)}
    found = relations(example)
    if kind == "Rank":
        assert any(name == "rank" and words.lower() in known for name, _, words in found), found
    elif kind == "Title":
        assert "Ada Brightwell" in [words for words, mention in mentions(example) if mention.label == "Person"]
    elif "Brightwell" in example:
        posts = [words.lower() for name, _, words in found if name == "post"]
        assert any(post == form or post.endswith(form) for post in posts for form in known), found
    else:
        people = [words.lower() for words, mention in mentions(example) if mention.label == "Person"]
        assert any(form in words for words in people for form in known), people


def test_every_concept_has_a_definition_and_words_or_narrower_ones():
    for vocabulary in (SCHEMA.things, SCHEMA.posts):
        broader = {above for concept in vocabulary.concepts for above in concept.broader}
        for concept in vocabulary.concepts:
            assert concept.definition, concept.name
            assert forms(vocabulary, concept.name) or concept.name in broader, concept.name


# -------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "words", "label", "known"),
    [
        ("Daesh fighters left the dam on Monday.", "Daesh", "ArmedGroup", "actor/islamic-state"),
        ("IS are retreating from the river, a guard said.", "IS", "ArmedGroup", "actor/islamic-state"),
        ("The U.S.-led coalition sent two ships.", "U.S.-led coalition", "Coalition", "actor/global-coalition"),
        ("The Taliban closed the bridge.", "Taliban", "ArmedGroup", "actor/taliban"),
        ("The Sons of the Tide, an armed group, burned the depot.", "Sons of the Tide", "Organization", None),
        ("Yunila, a resident of Korav, was watching the river.", "Yunila", "Person", None),
        ("Thousands fled to neighbouring Dravia.", "Dravia", "Place", None),
        ("She met the Lions of Korav on Monday.", "Lions of Korav", "Organization", None),
        ("TARSK BAY, Aug 3 (Westwire) - Four workers were killed.", "TARSK BAY", "Place", None),
        ("NATO sent two ships.", "NATO", "Coalition", "actor/nato"),
        (
            "Amnesty International counted the boats.",
            "Amnesty International",
            "Organization",
            "actor/amnesty-international",
        ),
        ("The frigate HMS Brightwater left port.", "HMS Brightwater", "Vehicle", None),
        ("Gen. Ada Brightwell inspected the bridge.", "Ada Brightwell", "Person", None),
        ("Helen Marsh said the mill would close.", "Helen Marsh", "Person", None),
        ("The Yazidis fled to the hills.", "Yazidis", "Group", None),
    ],
)
def test_names(mentions, text, words, label, known):
    assert (words, label, known) in [
        (found, each.label, each.known) for found, each in mentions(text) if each.kind == "name"
    ]


@pytest.mark.parametrize(
    ("text", "words", "label", "state"),
    [
        ("Moscow said the talks had failed.", "Moscow", "State", None),
        ("The minister accused Moscow of lying.", "Moscow", "State", "russia"),
        ("Three people were hurt in Moscow on Monday.", "Moscow", "Place", None),
        ("Iraq signed the treaty with Iran on Monday.", "Iraq", "State", "iraq"),
        ("Two bridges were closed in Iraq on Monday.", "Iraq", "Place", "iraq"),
        ("Russian jets flew over the harbour.", "Russian", "State", "russia"),
        ("Iraq's government raised the price of bread.", "Iraq", "State", "iraq"),
        ("The government of Kenya raised the price of bread.", "Kenya", "State", "kenya"),
        ("He left Kenya for Uganda last year.", "Kenya", "Place", "kenya"),
        ("The Kremlin denied the report.", "Kremlin", "State", "russia"),
        ("Washington warned Tehran over the tankers.", "Tehran", "State", "iran"),
        ("A bomb exploded in Kabul, Afghanistan.", "Afghanistan", "Place", "afghanistan"),
    ],
)
def test_a_state_acts_or_locates(mentions, text, words, label, state):
    found = [each for name, each in mentions(text) if name == words]
    assert [each.label for each in found] == [label]
    if state:
        assert found[0].known in {f"actor/{state}", None if label == "Place" else f"actor/{state}"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Michael Jordan opened the clinic.", "Michael Jordan"),
        ("Chad Brightwell said the road was closed.", "Chad Brightwell"),
    ],
)
def test_a_person_is_not_cut_in_two_by_a_state(mentions, text, person):
    assert [words for words, each in mentions(text) if each.kind == "name"] == [person]


def test_a_name_that_was_found_once_is_found_again(mentions):
    text = "Col. Omar Lundquist spoke on Monday. “We saw smoke,” Lundquist said. Guards knew Lundquist well."
    people = [words for words, each in mentions(text) if each.label == "Person" and each.kind == "name"]
    assert people == ["Omar Lundquist", "Lundquist", "Lundquist"]


def test_a_word_in_a_line_of_capitals_is_no_acronym(mentions):
    assert "IS" not in [words for words, each in mentions("THIS IS WHAT THE HARBOUR NEEDS NOW.") if each.known]


@pytest.mark.parametrize(
    ("text", "words", "label", "number"),
    [
        ("Two tankers left the port.", "Two tankers", "Vehicle", "plural"),
        ("The ministry of health released a list.", "The ministry of health", "Organization", "singular"),
        ("Medical officials counted the wounded.", "Medical officials", "Person", "plural"),
        ("A US official said the road was open.", "A US official", "Person", "singular"),
        ("Rebels shelled the town.", "Rebels", "Group", "plural"),
    ],
)
def test_noun_phrases(mentions, text, words, label, number):
    assert (words, label, number) in [(found, each.label, each.number) for found, each in mentions(text)]


@pytest.mark.parametrize(
    ("text", "pronouns"),
    [
        ("It is clear that the bridge was closed.", []),
        ("It rained on Monday.", []),
        ("The company said it would close its mill.", ["it", "its"]),
        ("She said they had lost their boats.", ["She", "they", "their"]),
        ("The man who sold the boat left.", ["who"]),
        ("Who sold the boat?", []),
    ],
)
def test_pronouns_that_refer(mentions, text, pronouns):
    assert [words for words, each in mentions(text) if each.kind == "pronoun"] == pronouns


@pytest.mark.parametrize(
    ("short", "long", "stands"),
    [
        ("BRB", "Bureau of Roads and Bridges", True),
        ("BOR", "Board of Rivers", True),
        ("NAVHARB", "Naval Harbour Board", True),
        ("SDF", "Syrian Democratic Forces", True),
        ("BRB", "Ministry of Health", False),
        ("Roads", "Bureau of Roads", False),
        ("X", "Xylophone Yard", False),
        ("ABC", "ABC", False),
    ],
)
def test_acronyms(short, long, stands):
    assert is_acronym(short, long) is stands


def test_spans_lie_in_the_text_and_heads_in_their_spans(read, schema):
    text = "Gen. Ada Brightwell, head of Iraq's navy, said it sank two Daesh boats near Basra, where her crew lives."
    for found in make_mentions(schema)(read(text)):
        each = found.record
        assert each.span.contains(each.head)
        assert each.sentence.contains(each.span)
        assert 0 <= each.span.start < each.span.end <= len(text)


def test_a_parse_is_read_once(read, schema):
    doc = read("Ada Brightwell left.")
    assert make_reader(schema)(doc) is make_reader(schema)(doc)
