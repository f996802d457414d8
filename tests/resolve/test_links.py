"""The named edges: who said, who struck whom, what lies near; each once, each with its words."""

from dataclasses import replace

import pytest

from kg.records import (
    Argument,
    Claim,
    Concept,
    Document,
    Event,
    Extraction,
    Finding,
    Membership,
    Proximity,
    Quotation,
    Resolution,
    Schema,
    TextSpan,
    Vocabulary,
)
from kg.resolve.links import make_links, strike_types


def concept(name, *broader):
    return Concept(name, name.lower(), "", broader=broader)


SCHEMA = Schema("1", events=Vocabulary((concept("Attack"), concept("AirStrike", "Attack"), concept("Talks"))))
ATTACKER, TARGET, PLACE, CUE, SOURCE, CONTENT = (TextSpan("d", n, n + 1) for n in range(6))
NAMES = {ATTACKER: "actor/a", TARGET: "actor/t", PLACE: "place/1", SOURCE: "actor/s"}


def event(kind, **roles):
    spans = {"attacker": ATTACKER, "target": TARGET, "place": PLACE}
    return Event(kind, TextSpan("d", 9, 10), tuple(Argument(role, spans[role]) for role in roles))


def resolution(*records, claims=(), memberships=(), proximities=()):
    found = Extraction("d", tuple(Finding(record, "test") for record in records))
    return Resolution(
        Document("d", "0123456789"), found, (), tuple(NAMES.items()), memberships, (), proximities, tuple(claims)
    )


def claim(about, polarity="positive", temporality="nonFuture"):
    return Claim(None, "asserts", "certain", polarity, temporality, CONTENT, about)


def edges(found):
    return [(link.predicate, link.subject, link.object) for link in make_links(SCHEMA)(found)]


def test_strike_types_are_the_tree_below_attack():
    assert strike_types(SCHEMA) == {"Attack", "AirStrike"}


STRIKE = event("AirStrike", attacker=1, target=1, place=1)


@pytest.mark.parametrize(
    ("struck", "claims", "expected"),
    [
        pytest.param(STRIKE, [claim(STRIKE)], [("strikeOn", "actor/a", "actor/t")], id="asserted"),
        pytest.param(STRIKE, [claim(STRIKE, "negative")], [], id="only denied"),
        pytest.param(
            STRIKE, [claim(STRIKE), claim(STRIKE, "negative")], [("strikeOn", "actor/a", "actor/t")], id="disputed"
        ),
        pytest.param(STRIKE, [claim(STRIKE, temporality="future")], [], id="planned"),
        pytest.param(
            event("Talks", attacker=1, target=1), [claim(event("Talks", attacker=1, target=1))], [], id="talks"
        ),
        pytest.param(
            event("Attack", attacker=1, place=1),
            [claim(event("Attack", attacker=1, place=1))],
            [("strikeOn", "actor/a", "place/1")],
            id="no target but a place",
        ),
    ],
)
def test_strike_on(struck, claims, expected):
    assert edges(resolution(struck, claims=claims)) == expected


SAID = Quotation((CONTENT,), (CUE,), (SOURCE,), "indirect")


def test_somebody_said():
    assert edges(resolution(SAID)) == [("said", "actor/s", "article/d/quotation/1")]


@pytest.mark.parametrize(
    ("organization", "role", "rank", "predicate"),
    [
        ("actor/o", "spokesman", None, "spokespersonSaid"),
        (None, "spokeswoman", None, "spokespersonSaid"),
        (None, "prime minister", None, "spokespersonSaid"),
        (None, "deputy foreign minister", None, "spokespersonSaid"),
        ("actor/o", "official", None, "spokespersonSaid"),
        ("actor/o", "director", None, "spokespersonSaid"),
        ("actor/o", None, "colonel", "spokespersonSaid"),
        (None, "official", None, "said"),
        (None, "leader", None, "said"),
        (None, None, "colonel", "said"),
        ("actor/o", None, None, "said"),
        ("actor/o", "analyst", None, "said"),
        ("actor/o", "professor", None, "said"),
        ("actor/o", "correspondent", None, "said"),
        (None, "resident", None, "said"),
        ("actor/o", "senator", None, "said"),
    ],
)
def test_who_speaks_for_a_body_is_a_spokesperson(schema, organization, role, rank, predicate):
    held = Membership("actor/s", organization, role, rank, SOURCE)
    links = make_links(schema)(resolution(SAID, memberships=(held,)))
    assert [(link.predicate, link.object) for link in links] == [(predicate, "article/d/quotation/1")]


def test_what_was_not_said_is_no_edge():
    assert edges(resolution(replace(SAID, negated=True))) == []


def test_quotations_are_numbered_as_in_the_extraction():
    other = replace(SAID, source=())
    assert edges(resolution(other, SAID))[0][2] == "article/d/quotation/2"


def test_nearness_once_however_often_it_is_told():
    near = Proximity("place/1", "place/2", CUE)
    again = Proximity("place/1", "place/2", CONTENT)
    (link,) = make_links(SCHEMA)(resolution(proximities=(near, again)))
    assert (link.object, link.evidence) == ("place/2", CUE)
