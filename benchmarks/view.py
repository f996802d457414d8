"""The explorer over a large store: size of the file, time to write it, and how long people wait in headless Chromium.

    python benchmarks/view.py --store STORE

Writes `benchmarks/results/view.md`, and screenshots to `out/screens/` for people to look at. Times in the page are
those of its own clock, from the event to the frame after it; the median of several. Where others work on the same
machine these grow with their load, which is given too; the CPU time of the page's main thread does not.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from kg.store import open_store
from kg.view.views import write_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SELECTIONS = 40
WORDS = ("a", "is", "air", "air strike", "united")
#: The milliseconds from the start of the load to the frame after the scripts have drawn.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
AFTER = "await new Promise(done => requestAnimationFrame(() => setTimeout(done)));"
SUGGEST = f"""async words => {{
  const box = document.querySelector('[role=combobox]'), start = performance.now();
  box.value = words; box.dispatchEvent(new Event('input')); {AFTER}
  return performance.now() - start; }}"""
SELECT = f"""async id => {{
  const start = performance.now(); location.hash = 'sel=' + encodeURIComponent(id);
  await new Promise(done => addEventListener('hashchange', done, {{ once: true }})); {AFTER}
  return performance.now() - start; }}"""


def written(store: Path, page: Path) -> tuple[dict[str, str], list[str]]:
    """Facts of the export, and the ids of nodes to select: all that the page opens with, then the heaviest."""
    wall, cpu = time.perf_counter(), time.process_time()
    with open_store(store, read_only=True) as opened:
        scene = write_view(opened.select, page)
    facts = {
        "articles": f"{len(scene.articles):,}",
        "nodes": f"{len(scene.nodes):,}",
        "statements": f"{len(scene.statements):,}",
        "seconds to write it (CPU)": f"{time.perf_counter() - wall:.1f} ({time.process_time() - cpu:.1f})",
        "size of the file": f"{page.stat().st_size / 1e6:.1f} MB",
    }
    ranked = sorted(scene.nodes, key=lambda node: (not node.opening, -node.weight, node.id))
    return facts, [node.id for node in ranked[:SELECTIONS]]


def waited(page: Page, path: Path, chosen: list[str]) -> dict[str, str]:
    """How long it takes to open the page, to suggest, to select."""
    spent = computing(page)
    page.goto(path.as_uri())
    drawn, drew = page.evaluate(DRAWN), spent()
    _shoot(page, "benchmark-opening")
    suggesting = [page.evaluate(SUGGEST, words) for words in WORDS]
    selecting, selected = [], []
    for each in chosen:
        before = spent()
        selecting.append(page.evaluate(SELECT, each))
        selected.append(spent() - before)
    _shoot(page, "benchmark-selected")
    return {
        "first full drawing": f"{drawn:,.0f} ms",
        "suggestions (median, longest)": f"{median(suggesting):.0f}, {max(suggesting):.0f} ms",
        f"selecting a node (median, longest of {len(selecting)})": f"{median(selecting):.0f}, {max(selecting):.0f} ms",
        "CPU of the page: first full drawing": f"{drew:,.0f} ms",
        "CPU of the page: selecting a node (median, longest)": f"{median(selected):.0f}, {max(selected):.0f} ms",
        "load of the machine's two cores (1 minute)": f"{os.getloadavg()[0]:.1f}",
    }


def computing(page: Page) -> Callable[[], float]:
    """Tells the milliseconds that the page's main thread has computed: other people's work is not in it."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        found = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        return float(found["TaskDuration"]) * 1000

    return spent


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    page.screenshot(path=HERE.parent / "out" / "screens" / f"{name}.png")


def main() -> None:
    """Measure, and write the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    path = HERE.parent / "out" / "screens" / "benchmark.html"
    facts, chosen = written(parser.parse_args().store, path)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        facts |= waited(browser.new_page(viewport={"width": 1400, "height": 900}), path, chosen)
        browser.close()
    rows = "".join(f"| {name} | {value} |\n" for name, value in facts.items())
    text = f"# The explorer\n\n`python benchmarks/view.py --store STORE`\n\n| | |\n|---|---|\n{rows}"
    (HERE / "results" / "view.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
