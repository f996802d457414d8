"""The explorer over `kg serve` for a graph too large for a file: how long people wait, in headless Chromium.

    python benchmarks/serve.py [--store STORE | --articles 560]

Without a store, one is made of synthetic articles: 560 give 20,000 nodes of the explorer. Writes
`benchmarks/results/serve.md`. Times in the page are those of its own clock, from what somebody does until what was
asked for is drawn; nothing was asked for before, so none comes out of what the page knows already. Times of the API are
of single requests, one after the other.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
from playwright.sync_api import sync_playwright

from kg.graph import Run, make_quads
from kg.records import Schema
from kg.serve.overview_file import beside
from kg.store import open_store
from kg.vocab import DATA
from synthetic import resolutions
from view import computing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Page

RESULTS = Path(__file__).parent / "results" / "serve.md"
SCREENS = Path(__file__).parents[1] / "out" / "screens"
CHROMIUM = "/usr/bin/chromium"
WORDS = ("m", "ma", "mara v", "army of", "this country", "air strike")
LONGEST = 20_000  # milliseconds: what takes longer is said never to have come
#: Write words into the search, or go to an address; the milliseconds until an element is there whose text has the words
#: wanted, or another one than before. A wait without an end would be the end of the benchmark: hence -1.
UNTIL = f"""async ({{ hash, words, selector, text }}) => {{
  const box = document.querySelector('[role=combobox]'), frame = () => new Promise(requestAnimationFrame);
  const write = value => {{ box.value = value; box.dispatchEvent(new Event('input')); }};
  const found = () => document.querySelector(selector)?.textContent.toLowerCase() ?? '';
  if (words) {{ write(''); while (found()) await frame(); }}
  const before = found(), start = performance.now(), shown = () => text ? found().includes(text) : found() !== before;
  if (words) write(words); else location.hash = hash;
  while (!shown()) {{ await frame(); if (performance.now() - start > {LONGEST}) return -1; }}
  await frame();
  return performance.now() - start; }}"""


#: Go to an address; the milliseconds until the overview is there, or shows another number of nodes than it did.
AWAITED = f"""async ({{ hash, selector, was }}) => {{
  const frame = () => new Promise(requestAnimationFrame), start = performance.now();
  const found = () => document.querySelector(selector);
  location.hash = hash;
  while (!found() || (was && found().dataset.shown === was)) {{
    await frame(); if (performance.now() - start > {LONGEST}) return -1; }}
  await frame();
  return performance.now() - start; }}"""


def make_store(folder: Path, articles: int) -> None:
    """Store synthetic articles."""
    quads = make_quads(Schema("0"), DATA, Run("0", "0", "0"))
    with open_store(folder) as store:
        for first in range(0, articles, 10):
            readings = resolutions(10, first=first)
            list(store.replace_all((each.document.id, "0", quads(each)) for each in readings))


@contextmanager
def served(store: Path) -> Iterator[tuple[str, int]]:
    """`kg serve` over a store: its address and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [Path(sys.executable).with_name("kg"), "serve", "--store", store, "--port", str(port), "--seconds", "60"]
    with subprocess.Popen([*map(str, command)]) as process:
        root = f"http://127.0.0.1:{port}"
        while not _answers(root):
            time.sleep(0.05)
        yield root, process.pid
        process.terminate()


def _answers(root: str) -> bool:
    try:
        return httpx.get(root, timeout=60).is_success
    except httpx.TransportError:
        return False


def memory(process: int) -> int:
    """Resident megabytes of a process and its children."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    children = Path(f"/proc/{process}/task").glob("*/children")
    inside = sum(memory(int(child)) for each in children for child in each.read_text().split())
    return inside + (pages * os.sysconf("SC_PAGE_SIZE") >> 20)


def served_cpu(process: int) -> float:
    """Milliseconds that a process and its children have computed."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task").glob("*/children")
    inside = sum(served_cpu(int(child)) for each in children for child in each.read_text().split())
    return inside + (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def said(took: Sequence[float]) -> str:
    """Median and longest."""
    never = sum(each < 0 for each in took)
    return f"{median(took):,.0f}, {max(took):,.0f} ms" + (f"; {never} of {len(took)} never" if never else "")


# -------------------------------------------------------------------------------- the API


def asked(client: httpx.Client, path: str, values: Sequence[dict[str, str]]) -> str:
    """Median and longest of the requests; the first one, which may start a worker, is not counted."""
    took = []
    for each in (values[0], *values):
        start = time.perf_counter()
        client.get(f"/api/{path}", params=each).raise_for_status()
        took.append((time.perf_counter() - start) * 1000)
    return said(took[1:])


def until(client: httpx.Client, name: str) -> float:
    """Seconds until the service does not say any more that this is in preparation."""
    start = time.perf_counter()
    while client.get(f"/api/{name}").status_code in {202, 503}:
        time.sleep(0.2)
    return time.perf_counter() - start


def api(client: httpx.Client) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The API alone; and the heaviest nodes, by id and label."""
    ready = until(client, "opening")
    whole = ready + until(client, "panorama")
    answer = client.get("/api/opening")
    heavy = _nodes(client.get("/api/places").json()["scene"]) + _nodes(answer.json()["scene"])
    nodes = [{"id": each} for each, _ in heavy[:12]]
    facets = answer.json()["facets"]
    return {
        "nodes, statements": f"{facets['nodes']:,}, {facets['statements']:,}",
        "first start: search, nodes, filters by fields after": f"{ready:,.0f} s",
        "first start: words, and the overview of all nodes after": f"{whole:,.0f} s",
        "API: suggestions (median, longest)": asked(client, "search", [{"q": word} for word in WORDS]),
        "API: a node with its statements": asked(client, "node", nodes),
        "API: 12 more neighbours": asked(client, "neighbours", [{**each, "skip": "12"} for each in nodes]),
        "API: a path": asked(client, "path", [{"from": heavy[0][0], "to": each} for each, _ in heavy[1:6]]),
        "API: filters": asked(client, "matching", [{"words": "tarsk"}, {"type": "AirStrike"}, {"since": "2031-01-01"}]),
        "API: timeline, map": f"{asked(client, 'timeline', [{}] * 3)}, {asked(client, 'places', [{}] * 3)}",
    }, heavy


def _nodes(scene: dict[str, Any]) -> list[tuple[str, str]]:
    names = [name for name, _ in scene["shapes"]["Node"]]
    columns = names.index("id"), names.index("label")
    return [(scene["strings"][row[columns[0]]], scene["strings"][row[columns[1]]]) for row in scene["nodes"]]


# -------------------------------------------------------------------------------- the page


def page_times(root: str, heavy: Sequence[tuple[str, str]], process: int) -> dict[str, str]:
    """What people wait for."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(root)
        page.locator("#status", has_text="nodes drawn").wait_for(timeout=120_000)
        drawn = page.evaluate(
            "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
        )
        page.screenshot(path=SCREENS / "serve-opening.png")
        found = {"page: opening drawn": f"{drawn:,.0f} ms", **waited(page, heavy, process)}
        page.screenshot(path=SCREENS / "serve-path.png")
        found |= far(page)
        page.screenshot(path=SCREENS / "serve-overview.png")
        heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        browser.close()
    return {**found, "page: memory of its scripts": f"{heap:,.0f} MB"}


def waited(page: Page, heavy: Sequence[tuple[str, str]], process: int) -> dict[str, str]:
    """Typing, selecting, asking for more, walking a path, filtering."""
    suggestions = [_until(page, words=words, selector="#suggestions:not([hidden]) li") for words in WORDS]
    chosen = [(f"sel={quote(each, safe='')}", label.lower()) for each, label in heavy[:12]]
    spent: tuple[Callable[[], float], ...] = (computing(page), lambda: served_cpu(process))
    selections: list[float] = []
    computed: list[list[float]] = []
    for at, label in chosen:
        start = [each() for each in spent]
        selections.append(_until(page, hash=at, selector="#panel:has(.card) h2", text=label))
        computed.append([each() - before for each, before in zip(spent, start, strict=True)])
    in_page, in_service = (median(column) for column in zip(*computed, strict=True))
    more = [_until(page, hash=f"{at}&more=12", selector="#status") for at, _ in chosen[:6]]
    ends = [f"{chosen[0][0]}&to={quote(each, safe='')}" for each, _ in heavy[5:10]]
    paths = [_until(page, hash=each, selector="#panel", text="steps") for each in ends]
    filters = [_until(page, hash=each, selector="#status") for each in ("type=AirStrike", "words=tarsk", "disputed=1")]
    return {
        "page: suggestions shown (median, longest)": said(suggestions),
        "page: selection shown with its statements": said(selections),
        "CPU of that, and of leaving the one before: page, service": f"{in_page:.0f}, {in_service:.0f} ms",
        "page: 12 more neighbours shown": said(more),
        "page: path shown": said(paths),
        "page: graph, map, timeline and lists filtered": said(filters),
    }


def far(page: Page) -> dict[str, str]:
    """The overview of all nodes, and a filter and a selection in it."""
    shown = "#overview[data-shown] canvas"
    drawn = page.evaluate(AWAITED, {"hash": "whole=1", "selector": shown, "was": None})
    count = page.locator("#overview").get_attribute("data-shown")
    what = {"hash": "whole=1&type=AirStrike", "selector": "#overview[data-shown]", "was": count}
    return {
        "page: overview of all nodes drawn": f"{drawn:,.0f} ms, {int(count or 0):,} nodes",
        "page: overview filtered": f"{page.evaluate(AWAITED, what):,.0f} ms",
    }


def _until(page: Page, **what: str) -> float:
    """The milliseconds until what is asked for is shown; the page is as it was when it opened before."""
    if "words" not in what:
        page.evaluate("location.hash = ''")
        page.wait_for_timeout(300)
    took: float = page.evaluate(UNTIL, what)
    return took


def main() -> None:
    """Measure, and write the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--articles", type=int, default=560)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "store"
        if chosen.store is None:
            make_store(store, chosen.articles)
        beside(store).unlink(missing_ok=True)  # a first start
        with served(store) as (root, process), httpx.Client(base_url=root, timeout=120) as client:
            facts, heavy = api(client)
            facts |= page_times(root, heavy, process)
            facts["memory of the service, its workers included"] = f"{memory(process):,} MB"
        start = time.perf_counter()
        with served(store) as (root, _), httpx.Client(base_url=root, timeout=120) as client:
            until(client, "panorama")
            facts["a later start: everything after, its process included"] = f"{time.perf_counter() - start:,.1f} s"
        facts["load of the machine's two cores (1 minute)"] = f"{os.getloadavg()[0]:.1f}"
    lines = ["# The explorer over kg serve", "", "`python benchmarks/serve.py`", "", "| | |", "|---|---|"]
    RESULTS.write_text("\n".join([*lines, *(f"| {name} | {value} |" for name, value in facts.items()), ""]))
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()
