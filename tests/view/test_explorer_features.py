"""What people do with the explorer in a real Chromium: paths, pins, events as lines, time, links, files."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from urllib.parse import parse_qs

import networkx as nx
import pytest

from kg.view.views import write_view

pytestmark = pytest.mark.browser

RAID = "incident/herald-1-1"
IDS = "() => document.getElementById('graph')._cyreg.cy.nodes().map(n => n.id()).sort()"
EDGES = """() => document.getElementById('graph')._cyreg.cy.edges().map(
  e => [e.source().id(), e.target().id(), e.data('label')])"""


@pytest.fixture
def page_of(scenes, tmp_path):
    def write():
        path = tmp_path / "explorer.html"
        write_view(scenes().ask, path, title="Raid")
        return path

    return write


def at(path, fragment):
    return f"{path.as_uri()}#{fragment}"


def address(page):
    return {key: values[0] for key, values in parse_qs(page.evaluate("location.hash").removeprefix("#")).items()}


def statements(page):
    return int(page.locator("#status").inner_text().split()[-2])


def choose(page, words):
    page.get_by_role("combobox", name="Search").fill(words)
    page.locator("#suggestions li").first.wait_for()
    page.keyboard.press("Enter")


def test_a_path_is_chosen_by_its_ends_drawn_and_read(page_of, browse, out):
    with browse(page_of()) as page:
        choose(page, "ministry")
        page.get_by_role("button", name="Path from here").click()
        choose(page, "river alliance")
        assert address(page) == {"sel": "actor/ministry", "to": "actor/alliance"}
        assert page.evaluate(IDS) == ["actor/alliance", "actor/ministry", RAID]
        assert page.locator("#panel h2").inner_text() == "Ministry of Stone to River Alliance"
        steps = page.locator("#panel h3").all_inner_texts()
        assert [step.split()[-1] for step in steps] == ["2019", "Alliance"]
        assert page.locator("#panel .card").count() >= 2
        page.screenshot(path=out / "explorer-path.png")
        page.get_by_role("button", name="Leave the path").click()
        assert address(page) == {"sel": "actor/ministry"}


def test_events_as_lines_go_from_who_strikes_to_what_is_hit(page_of, browse, out):
    with browse(at(page_of(), "sel=actor%2Falliance&asEdges=1")) as page:
        strike = ["actor/alliance", "article/herald-1/thing/1", "Air strike, Varna Ford, May 2019"]
        assert strike in page.evaluate(EDGES)
        assert RAID not in page.evaluate(IDS)
        page.screenshot(path=out / "explorer-lines.png")


def test_a_line_has_its_statements(page_of, browse):
    with browse(at(page_of(), "sel=actor%2Falliance+incident%2Fherald-1-1")) as page:
        assert page.locator("#panel h2").inner_text() == "River Alliance → Air strike, Varna Ford, May 2019"
        assert page.locator("#panel .card").count() > 0


def test_who_has_many_neighbours_shows_them_by_and_by(room, browse, tmp_path):
    article = room.article("herald-1", ["Shells fell."])
    room.add("actor/guard", "ArmedGroup", rdfs_label="Stone Guard")
    for number in range(30):
        incident = room.add(f"incident/{number}", "Incident", eventType="ev:Shelling")
        event = f"{article}/event/{number}"
        room.note(event, "Event", article, incident=incident, eventType="ev:Shelling", attacker="<actor/guard>")
    write_view(room.ask, tmp_path / "page.html")
    with browse(at(tmp_path / "page.html", "sel=actor%2Fguard")) as page:
        counted = "() => document.getElementById('graph')._cyreg.cy.nodes('[cls = \"more\"]').map(n => n.data('label'))"
        assert page.evaluate(counted) == ["18 more"]
        page.evaluate("() => { document.getElementById('graph')._cyreg.cy.getElementById(' more').emit('tap'); }")
        assert page.evaluate(counted) == ["6 more"]
        assert address(page)["more"] == "12"
        assert "25 of" in page.locator("#status").inner_text()


def test_a_pinned_node_stays_when_another_is_selected(page_of, browse):
    with browse(at(page_of(), "sel=place%2F2")) as page:
        page.get_by_role("button", name="Pin", exact=True).click()
        choose(page, "ministry")
        assert "place/2" in page.evaluate(IDS)
        page.keyboard.press("Escape")
        choose(page, "north of")
        page.get_by_role("button", name="Unpin").click()
        choose(page, "ministry")
        assert "place/2" not in page.evaluate(IDS)


def test_dragging_over_the_timeline_filters_every_pane(page_of, browse):
    with browse(page_of()) as page:
        before = statements(page)
        box = page.locator("#timeline").bounding_box()
        page.mouse.move(box["x"] + box["width"] - 60, box["y"] + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 36, box["y"] + 110, steps=4)
        page.mouse.up()
        assert set(address(page)) == {"since", "until"}
        assert statements(page) < before
        assert page.get_by_label("From").input_value() == address(page)["since"]


@pytest.mark.parametrize(
    "fragment",
    [
        "sel=actor%2Fministry&stance=denies&disputed=1&hide=Weapon",
        "sel=actor%2Fperson%2Fada-brook&to=actor%2Fministry",
        "asEdges=1&article=article%2Fherald-1&least=35&since=2019-05-01&until=2019-05-31&words=raid&type=AirStrike",
    ],
)
def test_a_link_makes_the_same_page_again(page_of, browse, fragment):
    seen = []
    path = page_of()
    for _ in range(2):
        with browse(at(path, fragment)) as page:
            seen.append(
                (address(page), page.evaluate(IDS), page.locator("#panel, #status, #filters").all_inner_texts())
            )
            fragment = page.evaluate("location.hash").removeprefix("#")
    assert seen[0] == seen[1]


def test_the_drawing_is_an_svg_with_every_label(page_of, browse):
    with browse(page_of()) as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="SVG", exact=True).click()
        drawn = page.evaluate(IDS)
        tree = ET.parse(download.value.path())
    words = " ".join(tree.getroot().itertext())
    assert tree.getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert "River Alliance" in words
    assert len(list(tree.iter("{http://www.w3.org/2000/svg}tspan"))) >= len(drawn)


def test_the_graph_is_a_gexf_that_others_read(page_of, browse):
    with browse(page_of()) as page:
        with page.expect_download() as download:
            page.get_by_role("button", name="GEXF", exact=True).click()
        drawn, edges = page.evaluate(IDS), page.evaluate(EDGES)
        graph = nx.read_gexf(download.value.path(), version="1.2draft")
    assert sorted(graph.nodes) == drawn
    assert graph.number_of_edges() == len(edges)
    assert graph.nodes[RAID]["label"] == "Air strike, Varna Ford, May 2019"
    assert graph.nodes[RAID]["class"] == "Incident"


def test_a_citation_is_copied(page_of, browse):
    with browse(at(page_of(), "sel=actor%2Fministry"), permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("button", name="copy citation").first.click()
        page.get_by_role("button", name="copied").wait_for()
        cited = page.evaluate("navigator.clipboard.readText()")
    assert "The Ministry of Stone denied the raid." in cited
    assert "https://courier.example/denial" in cited


def test_the_page_without_data_is_small(page_of):
    assert page_of().stat().st_size < 1_000_000
