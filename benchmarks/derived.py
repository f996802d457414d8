"""What derived graphs cost as an archive grows: all at once, and after a hundred more articles; CPU time and memory.

    python benchmarks/derived.py [--sizes 400 4000 40000]

Articles are readings that are made up (`benchmarks/synthetic.py`): four events each over 700 days and ten towns, so
that ever more of them share a day and a place. Each step runs in a process of its own.
Writes `benchmarks/results/derived.md`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from kg import derived
from kg.derived.state import beside
from kg.graph import make_quads, reference_quads
from kg.records import Run
from kg.store import open_store
from kg.vocab import DATA, load_schema
from synthetic import resolutions

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULT = Path(__file__).parent / "results" / "derived.md"
#: Events of an article; articles that come later.
EVENTS = 4
MORE = 100
COLUMNS = (
    ("articles", "articles"),
    ("CPU s, all at once", "seconds"),
    ("ms an article", "per_article"),
    ("peak MB", "memory"),
    (f"CPU s, {MORE} more", "more"),
    ("CPU s, nothing new", "nothing"),
    ("incidents", "incidents"),
    ("file MB", "file"),
)


def fill(path: Path, number: int, first: int) -> None:
    """Store readings; nothing is derived."""
    schema = load_schema()
    quads = make_quads(schema, DATA, Run("1", "1", "none"))
    with open_store(path) as store:
        store.set_graphs(reference_quads(schema))
        made = ((each.document.id, "f", list(quads(each))) for each in resolutions(number, 7, first, EVENTS))
        for _ in store.replace_all(made):
            pass
        if number >= 1000:
            store.optimize()


def derive(path: Path) -> None:
    """Derive, and print what it cost."""
    with open_store(path) as store:
        before = _megabytes()
        start = time.process_time()
        derived.rebuild(store)
        seconds = time.process_time() - start
        rows = store.select("SELECT (COUNT(?i) AS ?n) { ?i a kg:Incident }")
        incidents = int(next(iter(rows))["n"].value)
    print(json.dumps({"seconds": seconds, "memory": _megabytes(), "before": before, "incidents": incidents}))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def step(*arguments: str) -> dict[str, float]:
    """Run a step in a process of its own."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout) if done.stdout else {}
    return found


def row(number: int) -> dict[str, float]:
    """What so many articles cost."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        step("--fill", str(path), str(number), "0")
        first = step("--derive", str(path))
        size = beside(path).stat().st_size / 1e6
        step("--fill", str(path), str(MORE), str(number))
        more = step("--derive", str(path))
        nothing = step("--derive", str(path))
    per_article = 1000 * first["seconds"] / number
    costs = {"more": more["seconds"], "nothing": nothing["seconds"], "per_article": per_article, "file": size}
    return {**first, **costs, "articles": number}


def lines(rows: list[dict[str, float]]) -> Iterator[str]:
    """The table."""
    yield "# Derived graphs as an archive grows"
    yield ""
    yield f"Made-up readings with {EVENTS} events each (700 days, ten towns); CPU seconds of one process."
    yield ""
    yield f"| {' | '.join(name for name, _ in COLUMNS)} |"
    yield f"|{'---|' * len(COLUMNS)}"
    for each in rows:
        yield f"| {' | '.join(_cell(each[key]) for _, key in COLUMNS)} |"


def _cell(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main() -> int:
    """Measure each size, write the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[400, 4000, 40000])
    parser.add_argument("--fill", nargs=3)
    parser.add_argument("--derive", type=Path)
    options = parser.parse_args()
    if options.fill:
        fill(Path(options.fill[0]), int(options.fill[1]), int(options.fill[2]))
    elif options.derive:
        derive(options.derive)
    else:
        rows: list[dict[str, float]] = []
        for number in options.sizes:
            rows.append(row(number))
            RESULT.write_text("\n".join(lines(rows)) + "\n", encoding="utf-8")
        print(RESULT.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
