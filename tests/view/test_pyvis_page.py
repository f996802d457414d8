"""The pyvis page in a real Chromium: it draws, asks for nothing, and runs nothing that stands in the data."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from poison import poisoned

from kg.errors import ExportError
from kg.view.pyvis_page import pyvis_page
from kg.view.views import make_scene, write_view

HOSTILE = ' <img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script> <a href="javascript:0">h</a>'


@pytest.fixture
def page_of(scenes, tmp_path):
    def write(payload=""):
        path = tmp_path / "graph.html"
        write_view(scenes(payload).ask, path, engine="pyvis", title=f"Raid{payload}")
        return path

    return write


def test_the_page_is_whole(page_of):
    html = page_of().read_text()
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Raid</title>" in html
    assert re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", html) == []
    assert "unsafe-inline" not in html.partition("</head>")[0].partition("<style>")[0]


def test_an_unknown_engine_is_refused(raid, tmp_path):
    with pytest.raises(ExportError, match="choose one of"):
        write_view(raid.ask, tmp_path / "x.html", engine="crayon")


def test_a_file_that_cannot_be_written_says_what_to_do(raid, tmp_path):
    with pytest.raises(ExportError, match="--out"):
        write_view(raid.ask, tmp_path, engine="pyvis")


@pytest.mark.browser
def test_it_draws_without_network_or_error(page_of, browse, out):
    with browse(page_of()) as page:
        page.wait_for_selector("#mynetwork canvas")
        assert page.evaluate("network.body.nodeIndices.length") == 11
        page.mouse.move(
            *page.evaluate(
                "(() => {const p = network.canvasToDOM(network.getPosition('n0'));"
                "const b = document.getElementById('mynetwork').getBoundingClientRect();"
                "return [b.x + p.x, b.y + p.y]})()"
            )
        )
        page.wait_for_selector(".vis-tooltip", state="visible")
        assert "Jets bombed a depot" in page.inner_text(".vis-tooltip")
        page.screenshot(path=out / "pyvis.png")


@pytest.mark.browser
@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with policy", "policy off"])
def test_nothing_in_the_data_runs(page_of, browse, bypass_csp):
    with browse(page_of(HOSTILE), bypass_csp=bypass_csp) as page:
        page.wait_for_selector("#mynetwork canvas")
        page.evaluate(
            "for (const id of network.body.nodeIndices) {network.interactionHandler.popup = undefined;"
            "network.interactionHandler._checkShowPopup(network.canvasToDOM(network.getPosition(id)))}"
        )
        page.wait_for_timeout(300)
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0


POPUPS = """async () => {
  const texts = [], shown = document.querySelector('div.vis-tooltip') ;
  for (const id of network.body.nodeIndices) {
    network.interactionHandler.popup = undefined;
    network.interactionHandler._checkShowPopup(network.canvasToDOM(network.getPosition(id)));
    await new Promise(requestAnimationFrame);
    texts.push(document.querySelector('div.vis-tooltip')?.innerText ?? '');
  }
  return texts; }"""


@pytest.fixture
def shown(scenes, tmp_path):
    """Writes a scene, changed by a function, as a page."""

    def write(change, name="graph.html"):
        path = tmp_path / name
        path.write_text(pyvis_page(change(make_scene(scenes().ask, "Raid"))), encoding="utf-8")
        return path

    return write


@pytest.mark.browser
@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with policy", "policy off"])
def test_nothing_runs_that_stands_in_names_texts_predicates_or_ids(shown, browse, bypass_csp):
    with browse(shown(poisoned, "a<img src=x onerror=window.hacked=1>&'.html"), bypass_csp=bypass_csp) as page:
        page.wait_for_selector("#mynetwork canvas")
        texts = page.evaluate(POPUPS)
        assert any("<img src=x" in text for text in texts)  # shown as it stands
        assert page.evaluate("window.hacked") is None
        assert page.locator("img, iframe, object, embed, a").count() == 0
        assert page.locator("[onerror], [onload], [onclick]").count() == 0


def test_no_character_turns_or_hides_what_stands_beside_it(shown):
    html = shown(poisoned).read_text()
    data = html.partition("network = new vis.Network")[0].rpartition("<script>")[2] + html.partition("</header>")[0]
    assert not set(data) & set("\u202e\u202c\u2066\u2069\u200f\u0007\u001b\u0008\u0000\ufeff")
    assert not re.search(r"\\u(202e|202c|2066|2069|200f|0007|001b|0000|feff)", data)


@pytest.mark.browser
@pytest.mark.parametrize(
    "label",
    [
        "x" * 10_000,
        "word " * 2_000,
        "\u0645\u0631\u062d\u0628\u0627 " * 1_600,
        "\u202e" + "abc " * 2_500,
        "\n" * 10_000,
    ],
    ids=["one word", "words", "right to left", "turned", "lines"],
)
def test_a_label_of_ten_thousand_characters_leaves_the_layout_whole(shown, browse, label):
    def wide(scene):
        nodes = tuple(replace(node, label=label, names=(label,)) for node in scene.nodes)
        edges = tuple(replace(edge, label=label) for edge in scene.edges)
        articles = tuple(replace(each, title=label) for each in scene.articles)
        return replace(scene, title=label, nodes=nodes, edges=edges, articles=articles)

    with browse(shown(wide)) as page:
        page.wait_for_selector("#mynetwork canvas")
        page.evaluate(POPUPS)
        assert page.evaluate("document.documentElement.scrollWidth") == 1400
        assert page.locator("header").bounding_box()["height"] < 300
        assert page.locator("#mynetwork").bounding_box()["height"] > 400
        size = page.evaluate(
            "Math.max(...network.body.edgeIndices.map(id => network.body.edges[id].labelModule.size.width))"
        )
        assert size < 1000
