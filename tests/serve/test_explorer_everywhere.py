"""What the explorer can do, in a real Chromium, over the service and in a file alike."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import parse_qs

import networkx as nx
import pytest
from browsing import PATIENCE, SIZE

pytestmark = pytest.mark.browser

RAID, ALLIANCE, MINISTRY = "incident/herald-1-1", "actor/alliance", "actor/ministry"
CY = "document.getElementById('graph')._cyreg.cy"
#: What a browser does when somebody has written into a field or moved a slider.
WRITTEN = "(box, value) => { box.value = value; box.dispatchEvent(new Event('change', { bubbles: true })); }"
EACH = pytest.mark.parametrize("where", ["service", "file"])


#: The ids of the nodes that are drawn.
DRAWN = f"() => {CY}.nodes().map(node => node.id()).sort().join()"
#: The page is back at what it opened with, and nothing moves.
BACK = f"known => !document.querySelector('#panel .card') && !{CY}.animated() && ({DRAWN})() === known"


@pytest.fixture(scope="module")
def openings():
    """The ids that the shared pages opened with, by their addresses."""
    return {}


@pytest.fixture
def page_at(both, browse, shared, openings):
    """The page at a fragment of its address: one that other tests have led back to its beginning, or a `fresh` one."""

    @contextmanager
    def visit(where, fragment="", *, fresh=False, **options):
        address = both(where)
        if fresh or options:
            with browse(f"{address}#{fragment}", allowed=(address,), **options) as page:
                yield page
            return
        page, foreign, complaints = shared(address)
        page.set_viewport_size(SIZE)
        page.evaluate("location.hash = ''")
        if address not in openings:
            openings[address] = ready(page).evaluate(DRAWN)
        page.wait_for_function(BACK, arg=openings[address])
        page.evaluate("hash => { location.hash = hash; }", fragment)
        yield page
        assert (foreign, complaints) == ([], [])

    return visit


def ready(page):
    page.locator("#status", has_text="nodes drawn").wait_for(timeout=PATIENCE)
    page.locator("#map .place").first.wait_for(timeout=PATIENCE)
    return page


def statements(page):
    return int(page.locator("#status").inner_text().split()[-2])


def address(page):
    return {key: values[0] for key, values in parse_qs(page.evaluate("location.hash").removeprefix("#")).items()}


def heading(page, words):
    page.locator("#panel h2", has_text=words).wait_for(timeout=PATIENCE)


def node_at(page, each):
    """Where a node is on the screen."""
    spot = page.evaluate(f"id => {CY}.getElementById(id).renderedPosition()", each)
    box = page.locator("#graph").bounding_box()
    return box["x"] + spot["x"], box["y"] + spot["y"]


# -------------------------------------------------------------------------------- graph


@EACH
def test_classes_differ_in_colour_and_shape(page_at, where):
    with page_at(where) as page:
        looks = f"""() => {CY}.nodes().map(node =>
          [node.data('cls'), node.style('background-color') + ' ' + node.style('shape')])"""
        found = dict(ready(page).evaluate(looks))
    assert {"Incident", "Person", "Place", "Coalition"} <= set(found)
    assert len(set(found.values())) == len(found)


@EACH
def test_a_click_shows_neighbours_and_statements(page_at, where):
    with page_at(where) as page:
        page.mouse.click(*node_at(ready(page), RAID))
        heading(page, "Air strike, Varna Ford, May 2019")
        ids = set(page.evaluate(f"() => {CY}.nodes().map(node => node.id())"))
        assert {RAID, ALLIANCE, MINISTRY, "place/1"} <= ids
        page.keyboard.press("Escape")
        assert "sel" not in address(page)


@EACH
def test_a_dragged_node_stays_and_the_link_knows(page_at, where):
    with page_at(where, fresh=True) as page:
        start = node_at(ready(page), ALLIANCE)
        page.mouse.move(*start)
        page.mouse.down()
        page.mouse.move(start[0] + 60, start[1] + 40, steps=5)
        page.mouse.up()
        x, y, each = address(page)["pin"].split(",")
        assert each == ALLIANCE
        link = page.url
        page.goto("about:blank")
        page.goto(link)
        ready(page)
        spot = page.evaluate(f"id => {CY}.getElementById(id).position()", ALLIANCE)
        assert (round(spot["x"]), round(spot["y"])) == (int(x), int(y))


@EACH
def test_an_event_is_a_node_or_a_line(page_at, where):
    with page_at(where) as page:
        page.mouse.click(*node_at(ready(page), ALLIANCE))
        heading(page, "River Alliance")
        page.get_by_role("button", name="Events as lines").click()
        label = f"""() => {CY}.edges().some(edge => edge.data('label').startsWith('Air strike'))
          && !{CY}.nodes().some(node => node.data('cls') === 'Incident')"""
        page.wait_for_function(label, timeout=PATIENCE)


@EACH
def test_a_path_between_two_nodes(page_at, where):
    with page_at(where, f"sel={MINISTRY.replace('/', '%2F')}") as page:
        page.get_by_role("button", name="Path from here").click(timeout=PATIENCE)
        page.keyboard.press("/")
        page.keyboard.type("river")
        page.locator("#suggestions li").first.wait_for(timeout=PATIENCE)
        page.keyboard.press("Enter")
        heading(page, "Ministry of Stone to River Alliance")
        assert page.locator("#panel .card").count() >= 2


@EACH
@pytest.mark.parametrize("size", [(1400, 900), (900, 700), (390, 844)], ids=["desk", "small", "phone"])
def test_every_node_of_the_opening_is_named(page_at, where, size, out):
    with page_at(where) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        ready(page)
        page.wait_for_function(f"() => {CY}.nodes().length > 0 && {CY}.nodes('.quiet').length === 0", timeout=20_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.screenshot(path=out / f"{where}-{size[0]}.png")


# -------------------------------------------------------------------------------- statements


@EACH
def test_a_statement_says_who_how_sure_where_and_when(page_at, where):
    with page_at(where, f"sel={RAID.replace('/', '%2F')}") as page:
        heading(page, "Air strike")
        card = page.locator("#panel .card", has_text="Ada Brook").first
        card.wait_for(timeout=PATIENCE)
        words = card.inner_text()
        assert all(each in words for each in ("asserts", "2019-05-07", "Jets bomb a depot", "at least 40"))
        assert "Ada Brook, Colonel, spokeswoman" in words
        assert card.get_by_role("link", name="read the article").get_attribute("href") == "https://herald.example/raid"
        titles = {mark.get_attribute("title") for mark in page.locator("#panel blockquote mark").all()}
        assert {"source", "cue", "content", "attacker", "target"} <= titles


@EACH
def test_a_citation_is_copied(page_at, where):
    with page_at(where, "sel=actor%2Fministry", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_role("button", name="copy citation").first.click(timeout=PATIENCE)
        page.get_by_role("button", name="copied").wait_for(timeout=PATIENCE)
        assert "https://courier.example/denial" in page.evaluate("navigator.clipboard.readText()")


# -------------------------------------------------------------------------------- map, timeline, lists


@EACH
def test_what_is_known_to_an_area_is_drawn_as_one_and_towns_lie_around(page_at, where):
    with page_at(where) as page:
        ready(page)
        assert page.locator("#map path.area[data-id='place/2']").count() == 1
        assert page.locator("#map circle.place[data-id='place/1']").count() == 1
        assert page.locator("#map text.town").count() > 0
        assert page.locator("#map path.land").count() > 0


@EACH
def test_an_interval_is_as_wide_as_it_lasts(page_at, where):
    with page_at(where) as page:
        box = ready(page).locator(f"#timeline .bar[data-id='{RAID}']").bounding_box()
        assert box["width"] > 8
        assert "2019-05-06" in page.locator(f"#timeline .bar[data-id='{RAID}'] title").text_content()


@EACH
@pytest.mark.parametrize(
    ("spot", "words"),
    [
        ("#map circle.place[data-id='place/1']", "Varna Ford"),
        ("#timeline .bar", "Air strike"),
        ("#quotations button.link:has-text('We killed')", "We killed"),
    ],
    ids=["map", "timeline", "quotations"],
)
def test_what_is_selected_in_one_pane_is_so_in_all(page_at, where, spot, words):
    with page_at(where) as page:
        ready(page).locator(spot).first.click()
        page.locator("#panel h2", has_text=words).wait_for(timeout=PATIENCE)
        page.wait_for_function("() => document.querySelectorAll('#timeline .related, #map .related').length > 0")
        assert page.evaluate(f"() => {CY}.nodes('.selected').length") == 1


# -------------------------------------------------------------------------------- filters


@EACH
@pytest.mark.parametrize(
    ("label", "value", "key"),
    [
        ("Event", "AirStrike", "type"),
        ("Stance", "denies", "stance"),
        ("Article", "article/courier-1", "article"),
        ("From", "2019-06-01", "since"),
        ("To", "2019-04-01", "until"),
        ("Words", "denied", "words"),
        ("Confidence", "70", "least"),
    ],
)
def test_a_filter_leaves_less_and_reset_brings_it_back(page_at, where, label, value, key):
    with page_at(where) as page:
        before = ready(page).locator("#status").inner_text()
        field = page.locator("#filters label", has_text=label).locator(f"[name={key}]")
        if label in {"Event", "Stance", "Article"}:
            field.select_option(value)
        else:
            field.evaluate(WRITTEN, value)
        differs = "before => document.getElementById('status').textContent !== before"
        page.wait_for_function(differs, arg=before, timeout=PATIENCE)
        assert statements(page) < int(before.split()[-2]) + (label == "Event")  # all may be on the one strike
        assert address(page) == {key: value}
        page.get_by_role("button", name="Reset").click()
        assert not page.evaluate("location.hash")
        page.locator("#map circle.place[data-id='place/1']").wait_for(timeout=PATIENCE)


@EACH
def test_disputed_only_and_classes(page_at, where):
    with page_at(where) as page:
        ready(page).get_by_label("disputed only").check()
        assert address(page) == {"disputed": "1"}
        page.locator('[data-class="Place"]').uncheck()
        page.wait_for_function("() => document.querySelectorAll('#map .place').length === 0", timeout=PATIENCE)
        page.wait_for_function(f"() => {CY}.nodes('[cls = \"Place\"]').length === 0", timeout=PATIENCE)


# -------------------------------------------------------------------------------- to take away


@EACH
def test_png_svg_and_gexf(page_at, where):
    with page_at(where) as page:
        ready(page)
        drawn = sorted(page.evaluate(f"() => {CY}.nodes().map(node => node.id())"))
        saved = {}
        for name in ("PNG", "SVG", "GEXF"):
            with page.expect_download() as download:
                page.get_by_role("button", name=name, exact=True).click()
            saved[name] = download.value.path().read_bytes()
    assert saved["PNG"].startswith(b"\x89PNG")
    assert len(saved["PNG"]) > 10_000
    assert "River Alliance" in " ".join(ET.fromstring(saved["SVG"]).itertext())  # our own drawing
    assert sorted(nx.read_gexf(BytesIO(saved["GEXF"]), version="1.2draft").nodes) == drawn


# -------------------------------------------------------------------------------- keyboard and dark mode


@EACH
def test_by_keyboard_alone(page_at, where):
    with page_at(where, fresh=True) as page:
        ready(page).keyboard.press("/")
        assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"
        page.keyboard.type("ada")
        page.locator("#suggestions li").first.wait_for(timeout=PATIENCE)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        heading(page, "Ada Brook")
        page.keyboard.type("/")  # into the box it is a letter
        assert page.get_by_role("combobox", name="Search").input_value().endswith("/")
        page.keyboard.press("Escape")
        page.locator("summary", has_text="Everything shown").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "link"
        page.keyboard.press("Enter")
        page.locator("#everything [aria-current=true]").wait_for(timeout=PATIENCE)


@EACH
def test_dark_by_choice_and_by_the_system(page_at, where):
    for scheme, press in (("light", True), ("dark", False)):
        with page_at(where, color_scheme=scheme) as page:
            ready(page)
            if press:
                page.get_by_role("button", name="Dark").click()
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"
            assert page.evaluate(f"() => {CY}.nodes()[0].style('color')") == "rgb(236,236,240)"
