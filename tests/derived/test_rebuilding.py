"""From resolutions through the store and back: the store says of events what the resolutions said."""

import datetime as dt
from dataclasses import replace

import pytest

from kg import derived
from kg.derived.reading import Holdings
from kg.graph import make_quads
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
from kg.resolve.descriptions import describe, lineage
from kg.store import open_store

TEXT = (
    "Jets hit the port of Velm on Monday. Nine sailors were killed, the mayor said. "
    "The airline denied the strike. Marsh Watch claimed responsibility."
)
DAY = dt.datetime(2031, 5, 5, tzinfo=dt.UTC)
VELM = Entity("place/7", "Place", "Velm", location=Location(58.1, 26.2, "settlement", within=("Northmark",)))
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
def store(schema):
    quads = make_quads(schema, "https://example.org/n/", RUN)
    with open_store(None) as opened:
        for each in (resolution(), resolution("velm/2", killed=14, publisher="Delta Courier")):
            opened.replace(each.document.id, "f", quads(each))
        yield opened


def test_the_store_gives_the_descriptions_back(store, schema):
    """Voices apart, which are a publisher's name in a resolution and its id in the store."""
    read = Holdings(store.select).descriptions({})
    told = [each for n, k in (("velm/1", 9), ("velm/2", 14)) for each in describe(resolution(n, k), lineage(schema))]

    def comparable(event):
        claims = tuple(replace(claim, voice="") for claim in event.assertions)
        return replace(
            event,
            assertions=tuple(sorted(claims, key=repr)),
            fillers=tuple(sorted(event.fillers, key=repr)),
            families=(),
        )

    assert list(map(comparable, read)) == list(map(comparable, told))


def test_one_incident_with_its_claims_linked(store):
    derived.rebuild(store)
    rows = store.select("SELECT DISTINCT ?incident WHERE { ?event kg:incident ?incident }")
    assert [row["incident"].value for row in rows] == ["https://example.org/n/incident/velm/1-1"]
    rows = store.select("SELECT ?predicate WHERE { ?one ?predicate ?other . ?one a kg:Claim . ?other a kg:Claim }")
    found = {row["predicate"].value.rsplit("#", 1)[1] for row in rows}
    assert found == {"contradicts", "corroborates", "respondsTo"}


def test_rebuilding_again_changes_nothing(store):
    derived.rebuild(store)
    before = set(store.quads())
    derived.rebuild(store)
    assert set(store.quads()) == before


def test_an_empty_store_has_nothing_derived():
    with open_store(None) as opened:
        derived.rebuild(opened)
        assert opened.graphs() == []
