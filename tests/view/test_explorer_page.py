"""The explorer in a real Chromium: what people do with it, and what hostile data cannot do to it."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.view.views import write_view

ROOT = Path(__file__).parents[2]
HOSTILE = ' <img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script> <a href="javascript:0">h</a>'
RAID = "incident/herald-1-1"

pytestmark = pytest.mark.browser


@pytest.fixture
def page_of(scenes, tmp_path):
    def write(payload=""):
        path = tmp_path / "explorer.html"
        write_view(scenes(payload).ask, path, title=f"Raid{payload}")
        return path

    return write


def at(path, fragment):
    return f"{path.as_uri()}#{fragment}"


def test_search_finds_an_alias_and_enter_selects(page_of, browse, out):
    with browse(page_of()) as page:
        page.get_by_role("combobox", name="Search").fill("the allia")
        assert page.locator("#suggestions li").all_inner_texts() == ["River Alliance (the Alliance) Coalition"]
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == "River Alliance"
        assert page.evaluate("location.hash") == "#sel=actor%2Falliance"
        page.screenshot(path=out / "explorer-search.png")


def test_a_link_restores_the_view(page_of, browse):
    with browse(at(page_of(), "sel=actor%2Fministry&hide=Place&disputed=1")) as page:
        assert page.locator("#panel h2").inner_text() == "Ministry of Stone"
        assert page.get_by_label("disputed only").is_checked()
        assert not page.locator('[data-class="Place"]').is_checked()


def test_claims_that_contradict_each_other_stand_side_by_side(page_of, browse, out):
    with browse(at(page_of(), f"sel={RAID}")) as page:
        assert page.locator("#panel .badge").inner_text() == "disputed"
        sides = page.locator(".versus").first.locator(".card")
        texts = " / ".join(sides.all_inner_texts())
        assert sides.count() == 2
        assert "Ada Brook" in texts
        assert "Ministry of Stone" in texts
        page.screenshot(path=out / "explorer-disputed.png")


def test_a_sentence_is_marked_by_offsets_whatever_stands_in_it(page_of, browse):
    with browse(at(page_of(), "sel=actor%2Fperson%2Fada-brook")) as page:
        marks = page.locator("#panel blockquote mark")
        found = {(mark.get_attribute("title"), mark.inner_text()) for mark in marks.all()}
        assert ("cue", "said") in found
        assert any(part == "content" and "🛩" in text for part, text in found)


def test_a_filter_holds_in_every_pane(page_of, browse):
    with browse(page_of()) as page:
        before = page.locator("#map .place").count()
        page.locator('[data-class="Place"]').uncheck()
        assert before == 2
        assert page.locator("#map .place").count() == 0
        page.get_by_label("Stance").select_option("denies")
        assert "1 statements" in page.locator("#status").inner_text()
        page.get_by_role("button", name="Reset").click()
        assert page.locator("#map .place").count() == before


def test_what_opens_first_can_be_read(page_of, browse):
    with browse(page_of()) as page:
        assert (
            float(page.locator("#graph").get_attribute("data-zoom")) >= 0.7
        )  # labels of 17 pixels, drawn at 12 or more


def test_the_timeline_selects(page_of, browse):
    with browse(page_of()) as page:
        page.locator("#timeline .bar").first.click()
        assert page.evaluate("location.hash") == "#sel=incident%2Fherald-1-1"


def test_everything_by_keyboard(page_of, browse):
    with browse(page_of()) as page:
        page.locator("summary", has_text="Everything shown").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").count() == 1


def test_dark(page_of, browse, out):
    with browse(page_of()) as page:
        page.get_by_role("button", name="Dark").click()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"
        page.screenshot(path=out / "explorer-dark.png")


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with policy", "policy off"])
def test_nothing_in_the_data_runs(page_of, browse, bypass_csp):
    with browse(at(page_of(HOSTILE), f"sel={RAID}"), bypass_csp=bypass_csp) as page:
        page.locator("summary", has_text="Everything shown").click()
        page.get_by_role("combobox", name="Search").fill("img")
        page.wait_for_timeout(200)
        assert page.evaluate("window.hacked") is None
        assert page.locator("img").count() == 0
        assert page.locator('a[href^="javascript"]').count() == 0


def test_the_policy_allows_no_inline_script_but_its_own(page_of):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_of().read_text())[1]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed: the bundle is not rebuilt here")
@pytest.mark.skipif(not (ROOT / "web" / "node_modules").is_dir(), reason="run npm ci in web/ to rebuild the bundle")
def test_the_bundle_is_what_the_sources_give():
    assets = ROOT / "kg" / "view" / "assets"
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in assets.iterdir()}
    subprocess.run(["npm", "run", "--silent", "build"], cwd=ROOT / "web", check=True, capture_output=True)
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in assets.iterdir()} == before
