"""Claims over hand-built findings: who states what, how surely, and what a denial is about."""

import pytest

from kg.records import Argument, Document, Event, Extraction, Figure, Finding, Mention, Quotation, TextSpan
from kg.resolve import stances
from kg.resolve.claims import claims

TEXT = (
    "The rebels accused Oranje of shelling the mill, a charge that Oranje rejects. "
    "Maj. Ann Bos said jets destroyed about 40 trucks. "
    "Six people were killed. "
    "Officials confirmed the toll. "
    "Bos may strike again. Oranje claimed responsibility."
)
DOCUMENT = Document(id="d", text=TEXT)


def span(words, text=TEXT):
    start = text.index(words)
    return TextSpan("d", start, start + len(words))


def figure(words, measure="killed", *, low=6.0, best=6.0, high=6.0, bound="exactly"):
    return Figure(span(words), measure, "person", None, low, best, high, bound)


def quotation(content, source, stance="asserts", **more):
    source = (span(source),) if source else ()
    return Quotation((span(content),), (), source, "indirect", stance=stance, **more)


def read(*records, denotes=()):
    findings = tuple(Finding(record, "test") for record in records)
    entities = {span(words): name for words, name in denotes}
    return claims(DOCUMENT, Extraction("d", findings), entities)


SHELLING = Event("Shelling", span("shelling"), modality="alleged")
ABOUT_40 = figure("about 40", "destroyed", low=36, best=40, high=44, bound="about")
DESTROYED = Event("Destruction", span("destroyed"), figures=(ABOUT_40,))
KILLED = Event("Killing", span("killed"), figures=(figure("Six"),))
STRIKE = Event("Attack", span("strike"), modality="threatened", tense="future")
ACCUSATION = quotation("shelling the mill", "The rebels", "accuses", accused=span("Oranje"))
DENIAL = quotation("a charge", "Oranje rejects", "denies")
REPORT = quotation("jets destroyed about 40 trucks", "Maj. Ann Bos")
NAMES = (("The rebels", "a/rebels"), ("Oranje", "a/oranje"), ("Oranje rejects", "a/oranje"), ("Maj. Ann Bos", "a/bos"))


def summary(claim):
    about = TEXT[claim.about.trigger.start : claim.about.trigger.end] if claim.about else None
    return claim.claimant, claim.stance, claim.certainty, claim.polarity, claim.temporality, about, len(claim.figures)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param([KILLED], [(None, "asserts", "certain", "positive", "nonFuture", "killed", 1)], id="own voice"),
        pytest.param(
            [REPORT, DESTROYED],
            [("a/bos", "asserts", "certain", "positive", "nonFuture", "destroyed", 1)],
            id="a source's",
        ),
        pytest.param([STRIKE], [(None, "asserts", "possible", "positive", "future", "strike", 0)], id="a threat"),
        pytest.param([SHELLING], [(None, "asserts", "possible", "positive", "nonFuture", "shelling", 0)], id="alleged"),
        pytest.param(
            [ACCUSATION, SHELLING, DENIAL],
            [
                ("a/rebels", "accuses", "certain", "positive", "nonFuture", "shelling", 0),
                ("a/oranje", "denies", "certain", "negative", "nonFuture", "shelling", 0),
            ],
            id="a denial answers the accusation",
        ),
        pytest.param(
            [quotation("the toll", "Officials", "confirms"), REPORT, DESTROYED],
            [
                ("a/bos", "asserts", "certain", "positive", "nonFuture", "destroyed", 1),
                (None, "confirms", "certain", "positive", "nonFuture", "destroyed", 0),
            ],
            id="a confirmation answers what was said",
        ),
        pytest.param(
            [quotation("jets destroyed about 40 trucks", "Maj. Ann Bos", "denies"), DESTROYED],
            [("a/bos", "denies", "certain", "negative", "nonFuture", "destroyed", 1)],
            id="a denial of its own content",
        ),
        pytest.param(
            [quotation("jets destroyed about 40 trucks", "Maj. Ann Bos", "estimates"), DESTROYED],
            [("a/bos", "estimates", "probable", "positive", "nonFuture", "destroyed", 1)],
            id="an estimate",
        ),
        pytest.param(
            [quotation("destroyed about 40 trucks", "Officials", "condemns"), DESTROYED],
            [
                (None, "asserts", "certain", "positive", "nonFuture", "destroyed", 1),
                (None, "condemns", "certain", "positive", "nonFuture", "destroyed", 0),
            ],
            id="who condemns does not report",
        ),
        pytest.param(
            [quotation("responsibility", "Oranje", "claimsResponsibility"), KILLED],
            [
                (None, "asserts", "certain", "positive", "nonFuture", "killed", 1),
                ("a/oranje", "claimsResponsibility", "certain", "positive", "nonFuture", "killed", 0),
            ],
            id="responsibility is for the last event",
        ),
        pytest.param(
            [quotation("Bos may strike", "Officials", "threatens")],
            [(None, "threatens", "certain", "positive", "future", None, 0)],
            id="a threat without an event",
        ),
        pytest.param(
            [quotation("jets destroyed about 40 trucks", "Maj. Ann Bos", negated=True), DESTROYED],
            [(None, "asserts", "certain", "positive", "nonFuture", "destroyed", 1)],
            id="what was not said is nobody's",
        ),
        pytest.param(
            [figure("Six")], [(None, "asserts", "certain", "positive", "nonFuture", None, 1)], id="a loose figure"
        ),
        pytest.param(
            [REPORT], [("a/bos", "asserts", "certain", "positive", "nonFuture", None, 0)], id="words without an event"
        ),
    ],
)
def test_claim(records, expected):
    assert [summary(claim) for claim in read(*records, denotes=NAMES)] == expected


@pytest.mark.parametrize("nobody", ["No group", "No one", "Nobody", "None of the parties"])
def test_what_nobody_claimed_is_no_claim_of_a_group(nobody):
    text = f"{nobody} claimed responsibility for the blast."
    at = {words: span(words, text) for words in (nobody, "the blast", "blast")}
    blast = Event("Bombing", at["blast"])
    said = Quotation((at["the blast"],), (), (at[nobody],), "indirect", stance="claimsResponsibility")
    findings = (Finding(blast, "test"), Finding(said, "test"))
    found = claims(Document("d", text), Extraction("d", findings), {at[nobody]: "a/nobody"})
    assert [(each.claimant, each.stance) for each in found] == [(None, "asserts")]


def test_double_denial_is_positive():
    denied = Event("Destruction", span("destroyed"), polarity="negative")
    found = read(quotation("jets destroyed about 40 trucks", "Maj. Ann Bos", "denies"), denied, denotes=NAMES)
    assert [claim.polarity for claim in found] == ["positive"]


def test_innermost_source_makes_the_claim_and_the_outer_one_is_kept():
    outer = quotation("Maj. Ann Bos said jets destroyed about 40 trucks", "Officials")
    inner = quotation("jets destroyed about 40 trucks", "Maj. Ann Bos", reported_by=outer)
    found = read(outer, inner, DESTROYED, denotes=(*NAMES, ("Officials", "a/officials")))
    by_claimant = {claim.claimant: claim for claim in found}
    assert by_claimant["a/bos"].about == DESTROYED
    assert by_claimant["a/bos"].quotation.reported_by == outer
    assert by_claimant["a/officials"].about is None


def test_two_sources_make_two_claims():
    both = Quotation((span("jets destroyed about 40 trucks"),), (), (span("Maj. Ann Bos"), span("Oranje")), "indirect")
    assert [claim.claimant for claim in read(both, DESTROYED, denotes=NAMES)] == ["a/bos", "a/oranje"]


def test_evidence_is_the_content_or_the_sentence():
    sentence = span("Six people were killed.")
    people = Mention(span("Six people"), "Person", span("people"), "nominal", sentence)
    found = read(people, KILLED, REPORT, DESTROYED, denotes=NAMES)
    assert [TEXT[claim.evidence.start : claim.evidence.end] for claim in found] == [
        "jets destroyed about 40 trucks",
        "Six people were killed.",
    ]


def test_every_event_and_every_figure_is_claimed():
    found = read(SHELLING, DESTROYED, KILLED, STRIKE, REPORT, figure("40", "size"), denotes=NAMES)
    assert {claim.about for claim in found} >= {SHELLING, DESTROYED, KILLED, STRIKE}
    claimed = {each for claim in found for each in claim.figures}
    assert claimed == {*DESTROYED.figures, *KILLED.figures, figure("40", "size")}


TOLL = "The army shelled Velm, killing nine. The mayor put the toll at 12. It was quiet. Nobody spoke. They buried 15."
STRUCK = Event(
    "Shelling", span("shelled", TOLL), (Argument("attacker", span("The army", TOLL)),), figures=(), tense="past"
)
KILLING = Event("Killing", span("killing", TOLL), (Argument("victim", span("nine", TOLL)),))


@pytest.mark.parametrize(
    ("events", "words", "measure", "about"),
    [
        ((STRUCK, KILLING), "12", "killed", KILLING),
        ((STRUCK,), "12", "killed", STRUCK),
        ((STRUCK, KILLING), "12", "injured", KILLING),
        ((STRUCK, KILLING), "12", "money", None),
        ((STRUCK, KILLING), "15", "killed", None),
        ((), "12", "killed", None),
    ],
    ids=["the killing", "the shelling", "the last of it", "money", "far on", "nothing"],
)
def test_the_toll_is_of_what_was_told_right_before(events, words, measure, about):
    ends = [at + 1 for at, letter in enumerate(TOLL) if letter == "."]
    sentences = tuple(TextSpan("d", start, end) for start, end in zip((0, *ends), ends, strict=False))
    toll = Figure(span(words, TOLL), measure, "person", None, 12, 12, 12, "exactly")
    findings = tuple(Finding(each, "test") for each in (*events, toll))
    found = claims(Document("d", TOLL), Extraction("d", findings, sentences=sentences), {})
    assert next(claim.about for claim in found if toll in claim.figures) == about


def test_the_ontology_has_the_stances_that_claims_rest_on(schema):
    known = {concept.name for concept in schema.stances.concepts}
    used = {
        stances.DENYING,
        stances.ACCUSING,
        *stances.RESPONDING,
        *stances.AHEAD,
        *stances.JUDGING,
        *stances.CERTAINTY,
    }
    assert used <= known
