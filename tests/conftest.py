"""What every test may ask for: the ontology, the real language model, and the reading of a sentence."""

from __future__ import annotations

import datetime as dt
import os
from datetime import date

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest

from kg.nlp import load_pipeline, parse
from kg.records import (
    Argument,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Figure,
    Finding,
    Link,
    Location,
    Membership,
    Mention,
    Proximity,
    Quotation,
    Resolution,
    TextSpan,
    Timing,
)
from kg.vocab import load_schema

pytest_plugins = ["browsing", "newsroom"]


@pytest.fixture(scope="session")
def schema():
    return load_schema()


@pytest.fixture(scope="session")
def nlp(schema):
    return load_pipeline(schema)


@pytest.fixture(scope="session")
def read(nlp):
    """Parse one text as the pipeline does; the Doc knows the document `d`."""

    def read_text(text, title=None):
        return next(parse([Document("d", text, title)], nlp)).text

    return read_text


@pytest.fixture(scope="session")
def make_resolution():
    """A hand-made reading of one invented article; its id, publisher and the spokeswoman's spelling may be chosen."""
    return _resolution


def _resolution(name="wire-1", publisher="The Tarsk Courier", person="Mara Venn", toll="at least 120"):
    text = (
        f"TARSK - Colonel {person}, a spokeswoman for the Northern Coalition, said its jets struck militants "
        f"east of Tarsk on Monday, destroying {toll} trucks. A rebel officer denied it."
    )
    document = Document(name, text, "Jets strike convoy", publisher, f"https://news.example/{name}", date(2031, 5, 6))

    def span(words, part="text"):
        start = (text if part == "text" else document.title).index(words)
        return TextSpan(name, start, start + len(words), part)

    first, second = (TextSpan(name, 0, text.index(" A rebel")), TextSpan(name, text.index("A rebel"), len(text)))
    title = TextSpan(name, 0, len(document.title), "title")
    figure = Figure(span(toll), "destroyed", "truck", None, 120, 120, None, "atLeast")
    strike = Event(
        "AirStrike",
        span("struck"),
        (
            Argument("attacker", span("Northern Coalition")),
            Argument("target", span("militants")),
            Argument("place", span("Tarsk on")),
        ),
        time=span("Monday"),
    )
    destruction = Event("Destruction", span("destroying"), (), figures=(figure,), caused_by=strike.trigger)
    statement = Quotation((span("its jets struck"),), (span("said"),), (span(person),), "indirect")
    denial = Quotation((span("it."),), (span("denied"),), (span("A rebel officer"),), "indirect", stance="denies")
    mentions = (
        Mention(span(person), "Person", span(person.split()[-1]), "name", first),
        Mention(span("Jets", "title"), "Vehicle", span("Jets", "title"), "nominal", title),
    )
    findings = (
        *(Finding(each, "mentions") for each in mentions),
        Finding(statement, "quotations.clause", 0.91),
        Finding(denial, "quotations.clause"),
        Finding(strike, "events.verb"),
        Finding(destruction, "events.verb"),
        Finding(figure, "figures"),
    )
    actor = f"actor/person/{person.casefold().replace(' ', '-')}"
    officer, area = f"article/{name}/actor/1", f"article/{name}/place/1"
    coalition, militants, place = "actor/northern-coalition", f"article/{name}/thing/1", "place/900001"
    entities = (
        Entity(actor, "Person", person, (person, person.split()[-1])),
        Entity(coalition, "Coalition", "Northern Coalition", ("Northern Coalition",)),
        Entity(officer, "UnnamedSource", "a rebel officer"),
        Entity(militants, "Group", "militants"),
        Entity(place, "Place", "Tarsk", location=Location(31.20113, -0.5, "settlement", "900001", "ZZ", ("Oster",))),
        Entity(area, "Place", "east of Tarsk", location=Location(None, None, "area")),
    )
    denotes = (
        (span(person), actor),
        (span("Northern Coalition"), coalition),
        (span("A rebel officer"), officer),
        (span("militants"), militants),
        (span("Tarsk on"), place),
    )
    monday = dt.datetime(2031, 5, 5, tzinfo=dt.UTC)
    said = f"article/{name}/quotation/1"
    return Resolution(
        document,
        Extraction(name, findings, sentences=(title, first, second)),
        entities,
        denotes,
        (Membership(actor, coalition, "spokeswoman", "Colonel", span(f"Colonel {person}")),),
        (Timing(span("Monday"), monday, monday + dt.timedelta(hours=24, seconds=-1), "day"),),
        (Proximity(area, place, span("east of Tarsk"), None, "E"),),
        (
            Claim(actor, "asserts", "certain", "positive", "nonFuture", first, strike, (figure,), statement),
            Claim(officer, "denies", "certain", "negative", "nonFuture", second, strike, (), denial),
            Claim(None, "asserts", "certain", "positive", "nonFuture", title),
        ),
        links=(
            Link("spokespersonSaid", actor, said, span("said")),
            Link("said", officer, f"article/{name}/quotation/2", span("denied")),
            Link("strikeOn", coalition, militants, span("struck")),
            Link("locatedNear", area, place, span("east of Tarsk")),
        ),
    )


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    """The folder of a store that was built from the bundled sample: open it read-only."""
    from kg.corpus import sample_path
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("sample") / "store"
    summary = build((sample_path(),), folder)
    assert not summary.failures
    return folder
