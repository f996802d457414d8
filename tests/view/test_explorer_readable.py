"""What can be read in a real Chromium: labels on no other labels, in a size that eyes can read."""

from __future__ import annotations

import itertools

import pytest

from kg.view.explorer_page import explorer_page
from kg.view.opening import lay_out
from kg.view.overview import with_overview
from kg.view.scene import Edge, Node, Scene
from kg.view.selection import choose_opening

pytestmark = pytest.mark.browser

#: The boxes of the labels that are drawn, in pixels of the screen, as cytoscape.js itself measures them.
BOXES = """() => { const cy = document.getElementById('graph')._cyreg.cy;
return cy.nodes().filter(n => !n.hasClass('quiet')).map(n => {
  const b = n.renderedBoundingBox({ includeNodes: false, includeLabels: true, includeEdges: false });
  const font = n.numericStyle('font-size') * cy.zoom();
  return { id: n.id(), x1: b.x1 + 2, y1: b.y1 + 2, x2: b.x2 - 2, y2: b.y2 - 2, font }; }); }"""
#: What the tests imitate is taken for a graphics card.
CARD = """const get = HTMLCanvasElement.prototype.getContext, ask = WebGL2RenderingContext.prototype.getParameter;
HTMLCanvasElement.prototype.getContext = function(kind, options) {
  return get.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false }); };
WebGL2RenderingContext.prototype.getParameter = function(name) {
  return [7937, 37446].includes(name) ? 'a card' : ask.call(this, name); };"""
PLACES = """() => Object.fromEntries(
  document.getElementById('graph')._cyreg.cy.nodes().map(n => [n.id(), n.position('x')]))"""


def town(count, beside="of district"):
    """So many incidents with attacker, target, place and speaker, names as long as names are."""
    nodes, edges = [], []
    for at in range(count):
        cast = {"attacker": "ArmedGroup", "target": "Facility", "place": "Place", "saidAbout": "Organization"}
        nodes.append(Node(f"i{at}", "Incident", f"Remote explosive, Upper Marrow {at}, 12 Nov 2031", weight=99 - at))
        for part, cls in cast.items():
            nodes.append(Node(f"{part}{at}", cls, f"{cls} {beside} {at}", weight=9))
            ends = (f"{part}{at}", f"i{at}") if part == "saidAbout" else (f"i{at}", f"{part}{at}")
            edges.append(Edge(*ends, part, part, mode="summary" if part == "saidAbout" else "events"))
        if at:
            edges.append(Edge(f"attacker{at}", f"attacker{at - 1}", "membership", "member"))
    return Scene("Town", nodes=tuple(nodes), edges=tuple(edges))


@pytest.fixture
def page_of(tmp_path):
    def write(scene):
        path = tmp_path / "explorer.html"
        path.write_text(explorer_page(with_overview(lay_out(choose_opening(scene)))), encoding="utf-8")
        return path

    return write


def overlapping(boxes):
    return [
        (a["id"], b["id"])
        for a, b in itertools.combinations(boxes, 2)
        if a["x1"] < b["x2"] and b["x1"] < a["x2"] and a["y1"] < b["y2"] and b["y1"] < a["y2"]
    ]


def at(path, fragment):
    return f"{path.as_uri()}#{fragment}"


def test_thirty_nodes_open_with_every_label_and_no_overlap(page_of, browse, out):
    with browse(page_of(town(6))) as page:
        boxes = page.evaluate(BOXES)
        page.screenshot(path=out / "explorer-30.png")
    assert len(boxes) == 30
    assert overlapping(boxes) == []
    assert min(box["font"] for box in boxes) >= 12


def test_names_that_are_too_long_are_left_out_rather_than_overlap(page_of, browse):
    with browse(page_of(town(6, "of the far northern river districts number"))) as page:
        boxes = page.evaluate(BOXES)
    assert len(boxes) >= 15
    assert overlapping(boxes) == []


def test_three_hundred_nodes_are_legible(page_of, browse, out):
    with browse(at(page_of(town(60)), "most=300")) as page:
        boxes = page.evaluate(BOXES)
        assert "300 of 300" in page.locator("#status").inner_text()
        page.screenshot(path=out / "explorer-300.png")
    assert len(boxes) >= 25  # in three lines each
    assert overlapping(boxes) == []
    assert min(box["font"] for box in boxes) >= 12


def test_closer_more_labels_have_room(page_of, browse):
    with browse(at(page_of(town(60)), "most=300")) as page:
        before = len(page.evaluate(BOXES))
        page.mouse.move(700, 300)
        for _ in range(6):
            page.mouse.wheel(0, -240)
        page.wait_for_timeout(400)
        boxes = page.evaluate(BOXES)
    assert len(boxes) > before
    assert overlapping(boxes) == []


def test_a_selection_shows_itself_and_its_neighbours_only(page_of, browse):
    with browse(at(page_of(town(60)), "sel=i3")) as page:
        boxes = page.evaluate(BOXES)
    assert {box["id"] for box in boxes} == {"i3", "attacker3", "target3", "place3", "saidAbout3"}
    assert overlapping(boxes) == []


def test_a_strike_is_read_from_left_to_right(page_of, browse):
    with browse(at(page_of(town(2)), "sel=i0")) as page:
        x = page.evaluate(PLACES)
    assert x["attacker0"] < x["i0"] < x["target0"]


@pytest.mark.parametrize(
    ("flags", "engine"),
    [
        (["--use-angle=swiftshader", "--enable-unsafe-swiftshader"], "sigma"),
        (["--disable-3d-apis"], "canvas"),
    ],
)
def test_the_overview_draws_with_and_without_webgl(page_of, playwright_chromium, out, flags, engine):
    browser = playwright_chromium(flags)
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(120_000)
    page.add_init_script(CARD)
    page.goto(at(page_of(town(120)), "whole=1&sel=i3"))
    page.wait_for_timeout(500)
    assert page.locator("#overview").get_attribute("data-engine") == engine
    assert page.locator("#overview canvas").first.is_visible()
    assert page.locator("#panel h2").inner_text().startswith("Remote explosive")
    page.screenshot(path=out / f"explorer-overview-{engine}.png")
    assert errors == []
