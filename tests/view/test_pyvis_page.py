"""The pyvis page in a real Chromium: it draws, asks for nothing, and runs nothing that stands in the data."""

from __future__ import annotations

import re

import pytest

from kg.errors import ExportError
from kg.view.views import write_view

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
