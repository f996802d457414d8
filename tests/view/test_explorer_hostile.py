"""Hostile data in a real Chromium: nothing of it runs, nothing of it breaks the page; with the policy and without."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from poison import poisoned

from kg.view.explorer_page import explorer_page
from kg.view.scene import Node, Scene
from kg.view.views import make_scene

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(scenes):
    return make_scene(scenes().ask, "Raid")


@pytest.fixture
def page_of(tmp_path):
    def write(scene, name="explorer.html"):
        path = tmp_path / name
        path.write_text(explorer_page(scene), encoding="utf-8")
        return path

    return write


def used(page):
    """Do in the page whatever shows texts."""
    page.locator("summary", has_text="Everything shown").click()
    page.get_by_role("combobox", name="Search").fill("img")
    page.wait_for_timeout(100)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    for name in ("Events as lines", "Quotations as nodes", "Events as lines"):
        page.get_by_role("button", name=name).click()
    for bar in page.locator("#timeline .bar").all()[:1]:
        bar.click()
    with page.expect_download():
        page.get_by_role("button", name="SVG", exact=True).click()
    page.wait_for_timeout(200)


def unharmed(page):
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.locator('a[href^="javascript" i], a[href^="data:text" i]').count() == 0
    assert page.locator("[onerror], [onload], [onclick]").count() == 0


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with policy", "policy off"])
def test_nothing_runs_that_stands_in_names_texts_predicates_or_ids(scene, page_of, browse, bypass_csp, out):
    hostile = poisoned(scene)
    with browse(page_of(hostile), bypass_csp=bypass_csp) as page:
        used(page)
        assert page.locator("#panel blockquote").count() > 0
        unharmed(page)
        page.screenshot(path=out / "explorer-hostile.png")


def test_a_file_name_is_nothing_but_a_name(scene, page_of, browse):
    with browse(page_of(scene, "a<img src=x onerror=window.hacked=1>&'.html")) as page:
        used(page)
        unharmed(page)


def test_an_address_is_nothing_but_a_view(scene, page_of, browse):
    path = page_of(scene)
    words = (
        "sel=%3Cimg%20src%3Dx%20onerror%3Dhacked%3D1%3E&hide=__proto__&type=constructor&least=1e9&most=-5&to=toString"
    )
    with browse(f"{path.as_uri()}#{words}") as page:
        page.wait_for_timeout(100)
        unharmed(page)
        assert "nothing of that name" in page.locator("#panel").inner_text()


@pytest.mark.parametrize(
    "label",
    [
        "x" * 10_000,
        "word " * 2_000,
        "\u0645\u0631\u062d\u0628\u0627 " * 1_600,
        "\u202e" + "abc " * 2_500,
        "\n" * 10_000,
        "\U0001f6e9" * 5_000,
    ],
    ids=["one word", "words", "right to left", "turned", "lines", "emoji"],
)
def test_a_label_of_ten_thousand_characters_leaves_the_layout_whole(scene, page_of, browse, label):
    nodes = tuple(replace(node, label=label, names=(label,)) for node in scene.nodes)
    articles = tuple(replace(each, title=label, publisher=label) for each in scene.articles)
    statements = tuple(replace(each, voice=label, post=label) for each in scene.statements)
    wide = replace(scene, title=label, nodes=nodes, articles=articles, statements=statements)
    with browse(page_of(wide)) as page:
        page.get_by_role("combobox", name="Search").fill(label[:3])
        page.keyboard.press("Escape")
        page.locator("#timeline .bar").first.click()
        size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert size == [1400, 900]
        for pane in ("#graph", "#panel", "#side", "#map", "#timeline"):
            box = page.locator(pane).bounding_box()
            assert box["x"] >= 0
            assert box["width"] > 150
            assert box["x"] + box["width"] <= 1400


def test_no_text_leaves_its_block():
    page = explorer_page(Scene("x", nodes=(Node("n", "Person", "</script><!--<script>", weight=1),)))
    blocks = page.split('<script type="application/json" id="scene">')
    assert len(blocks) == 2
    assert "</script><!--<script>" in json.loads(blocks[1].partition("</script>")[0])["strings"]
