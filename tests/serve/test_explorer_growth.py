"""The service gives the page its graph piece by piece: everything can be reached, and counts are those of the whole."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlparse

import newsroom
import pytest
from browsing import PATIENCE, running

from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.store import open_store
from kg.view.views import write_view

pytestmark = pytest.mark.browser

EVENTS = 40
CARDS = "#panel > article > div:last-child .card"
LABELS = "() => document.getElementById('graph')._cyreg.cy.nodes().map(node => node.data('label')).join(' | ')"


def long_war():
    """A state that shells forty towns, which a land of the same name and a merged spelling stand for too."""
    room = newsroom.Newsroom()
    room.add("actor/moravia", "State", rdfs_label="Moravia", territory="<place/9>")
    room.add("actor/moravya", "State", rdfs_label="Moravya", owl_sameAs="<actor/moravia>")
    room.add("place/9", "Place", rdfs_label="Moravia", wgs84_lat=49.2, wgs84_long=17.1, precision="country")
    for n in range(EVENTS):
        stance = "denies" if n == EVENTS - 1 else "asserts"
        article = room.article(f"wire-{n}", [f"Guns fired at town {n}."], dcterms_title=f"Day {n}")
        room.add(f"incident/{n}", "Incident", eventType="ev:Shelling", place="<place/9>")
        about = {
            "incident": f"<incident/{n}>",
            "attacker": "<actor/moravya>",
            "trigger": room.mention(article, "fired"),
        }
        event = room.note(f"{article}/event/1", "Event", article, eventType="ev:Shelling", **about)
        evidence = room.mention(article, "Guns fired")
        room.note(f"{article}/claim/1", "Claim", article, about=event, stance=f"stance:{stance}", evidence=evidence)
    return room


@pytest.fixture(scope="module")
def war(tmp_path_factory):
    """The address of the page, by the way in which it is given."""
    folder, room = tmp_path_factory.mktemp("war"), long_war()
    with open_store(folder / "store") as store:
        store.database.extend([*room.store, *newsroom.sentences(room)])
    write_view(room.ask, folder / "graph.html")
    with running(make_app(folder / "store", limits=Limits(seconds=60, patience=60))) as root:
        yield {"service": f"{root}/", "file": (folder / "graph.html").as_uri()}


def visit(browse, war, where, fragment):
    return browse(f"{war[where]}#{fragment}", allowed=(war["service"],))


def cards(page, number):
    page.locator(CARDS).nth(number - 1).wait_for(state="attached", timeout=PATIENCE)
    assert page.locator(CARDS).count() == number


@pytest.mark.parametrize("where", ["service", "file"])
def test_every_statement_of_a_node_can_be_reached(browse, war, where):
    with visit(browse, war, where, "sel=actor%2Fmoravia") as page:
        cards(page, 8)
        assert "40 statements" in page.locator("#panel").inner_text()
        for number in range(16, EVENTS + 1, 8):
            page.locator("#panel button.more").last.click()
            cards(page, number)
        assert not page.locator("#panel button.more").last.is_visible()


@pytest.mark.parametrize("where", ["service", "file"])
def test_neighbours_that_are_not_drawn_are_counted_and_asked_for(browse, war, where):
    with visit(browse, war, where, "sel=actor%2Fmoravia") as page:
        cards(page, 8)
        assert f"{EVENTS - 12} more" in page.evaluate(LABELS)
        page.evaluate("() => { document.getElementById('graph')._cyreg.cy.getElementById(' more').emit('tap'); }")
        page.locator("#status", has_text="25 of").wait_for(timeout=PATIENCE)
        assert f"{EVENTS - 24} more" in page.evaluate(LABELS)


@pytest.mark.parametrize("where", ["service", "file"])
def test_a_filter_finds_what_is_not_among_the_first_statements(browse, war, where):
    with visit(browse, war, where, "sel=actor%2Fmoravia&stance=denies") as page:
        cards(page, 1)
        assert "town 39" in page.locator("#panel .card").inner_text()


@pytest.mark.parametrize("where", ["service", "file"])
@pytest.mark.parametrize("other", ["place%2F9", "actor%2Fmoravya"])
def test_a_link_to_what_is_drawn_as_another_node_leads_there(browse, war, where, other):
    with visit(browse, war, where, f"sel={other}&quotes=1") as page:
        cards(page, 8)
        assert page.locator("#panel h2").inner_text() == "Moravia"
        address = dict(parse_qsl(urlparse(page.url).fragment))
        assert address == {"sel": "actor/moravia", "quotes": "1"}


@pytest.mark.parametrize("where", ["service", "file"])
def test_a_path_to_what_is_drawn_as_another_node(browse, war, where):
    with visit(browse, war, where, "sel=incident%2F3&to=place%2F9") as page:
        page.locator("#panel", has_text="path to Moravia: 1 steps").wait_for(timeout=PATIENCE)


@pytest.mark.parametrize("where", ["service", "file"])
def test_a_pin_is_in_the_link(browse, war, where):
    with visit(browse, war, where, "sel=actor%2Fmoravia&pin=-300,140,incident%2F7") as page:
        cards(page, 8)
        spot = "() => document.getElementById('graph')._cyreg.cy.getElementById('incident/7').position()"
        assert page.evaluate(spot) == {"x": -300, "y": 140}
        page.get_by_role("button", name="Pin", exact=True).click()
        page.get_by_role("button", name="Unpin").wait_for(timeout=PATIENCE)
        assert page.evaluate("new URLSearchParams(location.hash.slice(1)).getAll('pin')") == [
            "-300,140,incident/7", "0,0,actor/moravia"
        ]  # fmt: skip
        page.reload()
        page.get_by_role("button", name="Unpin").wait_for(timeout=PATIENCE)
        assert page.evaluate(spot) == {"x": -300, "y": 140}


def test_a_pin_that_is_no_place_is_none(browse, war):
    with visit(browse, war, "file", "pin=x,1,incident%2F7&pin=1,2,nobody&pin=&pin=9999999,1,incident%2F8") as page:
        page.locator("#status", has_text="nodes drawn").wait_for(timeout=PATIENCE)
        assert page.evaluate("document.getElementById('graph')._cyreg.cy.getElementById('nobody').length") == 0
