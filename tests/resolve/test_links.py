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


def test_who_holds_a_post_speaks_for_it():
    spokesman = Membership("actor/s", "actor/o", "spokesman", None, SOURCE)
    assert edges(resolution(SAID, memberships=(spokesman,))) == [
        ("spokespersonSaid", "actor/s", "article/d/quotation/1")
    ]


def test_a_rank_alone_is_no_post():
    colonel = Membership("actor/s", None, None, "colonel", SOURCE)
    assert edges(resolution(SAID, memberships=(colonel,)))[0][0] == "said"


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
