"""Two invented articles on one strike, as resolutions and in a store."""

import datetime as dt

import pytest

from kg.graph import make_quads, reference_quads
from kg.records import (
    Argument,
    Document,
    Entity,
    Event,
    Extraction,
    Figure,
    Finding,
    Location,
    Quotation,
    Resolution,
    Run,
    TextSpan,
    Timing,
)
from kg.resolve.claims import claims
from kg.store import open_store
from kg.vocab import PREFIXES

TEXT = (
    "Jets hit the port of Velm on Monday. Nine sailors were killed, the mayor said. "
    "The airline denied the strike. Marsh Watch claimed responsibility."
)
DAY = dt.datetime(2031, 5, 5, tzinfo=dt.UTC)
VELM = Entity("place/7", "Place", "Velm", location=Location(58.1, 26.2, "settlement", within=("Northmark",)))
BASE = "https://example.org/n/"
RUN = Run("1", "1", "none")


def span(words, document="velm/1"):
    return TextSpan(document, TEXT.index(words), TEXT.index(words) + len(words))


def resolution(name="velm/1", killed=9, publisher="Harbour Wire"):
    def at(words):
        return span(words, name)

    document = Document(name, TEXT, "Velm", publisher, published=dt.date(2031, 5, 6))
    toll = Figure(at("Nine"), "killed", "sailor", None, killed, killed, killed, "exactly")
    hit = Event(
        "AirStrike", at("hit"), (Argument("attacker", at("Jets")), Argument("place", at("Velm"))), time=at("Monday")
    )
    killing = Event("Killing", at("killed"), figures=(toll,), caused_by=at("hit"))
    strike = Event("AirStrike", at("strike"))
    said = [
        Quotation((at("Nine sailors were killed"),), (at("said"),), (at("the mayor"),), "indirect"),
        Quotation((at("the strike"),), (at("denied"),), (at("The airline"),), "indirect", stance="denies"),
        Quotation(
            (at("responsibility"),), (at("claimed"),), (at("Marsh Watch"),), "indirect", stance="claimsResponsibility"
        ),
    ]
    findings = tuple(Finding(record, "test") for record in (hit, killing, strike, toll, *said))
    sentences = tuple(at(each) for each in (TEXT[:36], TEXT[37:78], TEXT[79:109], TEXT[110:]))
    extraction = Extraction(name, findings, sentences=sentences)
    names = {
        "Jets": "article/velm/1/actor/1".replace("velm/1", name),
        "Velm": VELM.id,
        "the mayor": "actor/mayor",
        "The airline": "actor/airline",
        "Marsh Watch": "actor/marsh-watch",
    }
    denotes = {at(words): entity for words, entity in names.items()}
    entities = [VELM, *(Entity(each, "Actor", words, (words,)) for words, each in names.items() if each != VELM.id)]
    return Resolution(
        document,
        extraction,
        tuple(entities),
        tuple(denotes.items()),
        timings=(Timing(at("Monday"), DAY, DAY + dt.timedelta(hours=23), "day"),),
        claims=claims(document, extraction, denotes),
    )


@pytest.fixture
def resolutions():
    return resolution(), resolution("velm/2", killed=14, publisher="Delta Courier")


@pytest.fixture(scope="session")
def concepts(schema):
    """The event types and stances of the ontology, as a store holds them."""
    schemes = (PREFIXES["ev"], PREFIXES["stance"], PREFIXES["measure"])
    return [quad for quad in reference_quads(schema, BASE) if quad.subject.value.startswith(schemes)]


@pytest.fixture
def store(schema, concepts, resolutions):
    quads = make_quads(schema, BASE, RUN)
    with open_store(None) as opened:
        opened.set_graphs(concepts)
        for each in resolutions:
            opened.replace(each.document.id, "f", quads(each))
        yield opened
