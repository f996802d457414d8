"""The explorer over `kg serve` for a graph too large for a file: how long people wait, in headless Chromium.

    python benchmarks/serve.py [--store STORE | --articles 850]

Without a store, one is made of synthetic articles: 850 give 24,000 entities, 65,000 nodes of the explorer. Writes
`benchmarks/results/serve.md`. Times in the page are those of its own clock, until what was asked for is drawn; times of
the API are of single requests, one after the other.
"""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from argparse import ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import httpx
import uvicorn
from playwright.sync_api import sync_playwright

from kg.graph import Run, make_quads
from kg.records import Schema
from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.store import open_store
from kg.vocab import DATA
from synthetic import resolutions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page

RESULTS = Path(__file__).parent / "results" / "serve.md"
CHROMIUM = "/usr/bin/chromium"
WORDS = ("m", "ma", "mara v", "army of", "its guns", "air strike")
#: From a change until `#panel h2` or `#suggestions` says what was asked for, in the page's own time.
UNTIL = """([selector, words]) => new Promise(done => {
  const start = performance.now(), look = () => {
    const found = document.querySelector(selector);
    if (found && found.textContent.toLowerCase().includes(words)) done(performance.now() - start);
    else requestAnimationFrame(look); };
  look(); })"""


def make_store(folder: Path, articles: int) -> None:
    """Store synthetic articles."""
    quads = make_quads(Schema("0"), DATA, Run("0", "0", "0"))
    with open_store(folder) as store:
        for first in range(0, articles, 10):
            readings = resolutions(10, first=first)
            list(store.replace_all((each.document.id, "0", quads(each)) for each in readings))


@contextmanager
def served(store: Path) -> Iterator[str]:
    """`kg serve` over a store."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    app = make_app(store, limits=Limits(seconds=60, patience=60))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def asked(root: str, path: str, values: Sequence[dict[str, str]]) -> str:
    """Median and longest of the requests in milliseconds; the first one, which may start a worker, is not counted."""
    took = []
    for each in (values[0], *values):
        start = time.perf_counter()
        httpx.get(f"{root}/api/{path}", params=each, timeout=120).raise_for_status()
        took.append((time.perf_counter() - start) * 1000)
    return f"{median(took[1:]):,.0f}, {max(took[1:]):,.0f} ms"


def api(root: str) -> dict[str, str]:
    """The API alone."""
    start = time.perf_counter()
    while (answer := httpx.get(f"{root}/api/opening", timeout=120)).status_code == 503:
        time.sleep(1)
    ready = time.perf_counter() - start
    heavy = _ids(httpx.get(f"{root}/api/places", timeout=60).json()["scene"]) + _ids(answer.json()["scene"])
    nodes = [{"id": each} for each in heavy[:12]]
    facets = answer.json()["facets"]
    return {
        "nodes, statements": f"{facets['nodes']:,}, {facets['statements']:,}",
        "overview ready after the first start": f"{ready:,.0f} s",
        "suggestions over the API (median, longest)": asked(root, "search", [{"q": word} for word in WORDS]),
        "a node with its statements": asked(root, "node", nodes),
        "12 more neighbours": asked(root, "neighbours", [{**each, "skip": "12"} for each in nodes]),
        "a path": asked(root, "path", [{"from": heavy[0], "to": each} for each in heavy[1:6]]),
        "filters": asked(root, "matching", [{"words": "tarsk"}, {"type": "AirStrike"}, {"since": "2031-01-01"}]),
    }


def _ids(scene: dict[str, list[list[int]]]) -> list[str]:
    strings: list[str] = scene["strings"]  # type: ignore[assignment]
    return [strings[row[0]] for row in scene["nodes"]]


def page_times(root: str) -> dict[str, str]:
    """What people wait for."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(root)
        page.locator("#status", has_text="nodes drawn").wait_for(timeout=120_000)
        drawn = page.evaluate("performance.now()")
        page.screenshot(path=RESULTS.parents[2] / "out" / "screens" / "serve-opening.png")
        suggesting = [_suggested(page, words) for words in WORDS]
        selecting = [_selected(page) for _ in range(3)]
        page.screenshot(path=RESULTS.parents[2] / "out" / "screens" / "serve-selected.png")
        browser.close()
    return {
        "opening drawn in Chromium": f"{drawn:,.0f} ms",
        "suggestions shown (median, longest)": f"{median(suggesting):,.0f}, {max(suggesting):,.0f} ms",
        "selection shown with its statements": f"{median(selecting):,.0f}, {max(selecting):,.0f} ms",
    }


def _suggested(page: Page, words: str) -> float:
    page.get_by_role("combobox", name="Search").fill(words)
    took: float = page.evaluate(UNTIL, ["#suggestions", words])
    return took


def _selected(page: Page) -> float:
    """Select the next suggestion, and wait for its statements."""
    page.get_by_role("combobox", name="Search").fill("mara")
    page.locator("#suggestions li").first.wait_for(timeout=60_000)
    start = time.perf_counter()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#panel .card").first.wait_for(timeout=60_000)
    took = (time.perf_counter() - start) * 1000
    page.keyboard.press("Escape")
    page.locator("#panel .card").first.wait_for(state="detached", timeout=60_000)
    return took


def main() -> None:
    """Measure, and write the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--articles", type=int, default=850)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "store"
        if chosen.store is None:
            make_store(store, chosen.articles)
        with served(store) as root:
            facts = {**api(root), **page_times(root)}
    lines = ["# The explorer over kg serve", "", "`python benchmarks/serve.py`", "", "| | |", "|---|---|"]
    RESULTS.write_text("\n".join([*lines, *(f"| {name} | {value} |" for name, value in facts.items()), ""]))
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()
