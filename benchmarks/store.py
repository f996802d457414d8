"""Stores side by side: loading a synthetic graph in the shape of kg's output, and the shipped queries on it.

    python benchmarks/store.py [--triples 1000000] [--limit 20] [--engines rdflib memory …] [--like STORE]

Engines: rdflib in memory, pyoxigraph in memory (as kg's snapshot) and on disk (as kg's store), the Oxigraph server,
Virtuoso 7.2. Each runs in a process of its own; a query that takes longer than the limit is stopped. Times are CPU
seconds of the engine's process (with its own threads) in the better of two runs, so that what else the machine does
counts little; wall seconds stand beside them. Analytic queries are those that aggregate. `--like` names a store that
`kg build` made, whose mix of classes is put beside the synthetic one's. Writes `benchmarks/results/store.md`; the exit
code is 1 where a query has no rows, or the snapshot loads less than 5 times, or aggregates less than 15 times, as fast
as rdflib.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pyoxigraph as ox

from engines import ENGINES, Running
from kg import derived
from kg.graph import Run, make_quads, reference_quads
from kg.query import load_query
from kg.store import open_store
from kg.vocab import DATA, KG, load_schema
from synthetic import resolutions

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS = Path(__file__).parent / "results" / "store.md"
TICK = os.sysconf("SC_CLK_TCK")
QUERIES: dict[str, dict[str, str]] = {
    "actor": {"name": "mara venn"},
    "ambiguous": {},
    "around": {"name": "tarsk", "within": "60"},
    "article": {"id": "synthetic-0000007"},
    "attackers": {},
    "claims": {"word": "norsk"},
    "comentions": {"name": "army of tarsk"},
    "denials": {},
    "disputed": {},
    "figures": {"by": "courier 1"},
    "months": {},
    "near": {"name": "tarsk"},
    "posts": {"name": "army of norsk"},
    "quotes": {"name": "mara venn"},
    "record": {"by": "olga"},
    "strikes": {},
    "timeline": {"from": "2031-03-01"},
    "tolls": {"measured": "killed"},
    "unlocated": {},
    "unnamed": {},
    "weapons": {},
}
#: What the snapshot must be faster than rdflib by: in loading, and in each query that aggregates.
LOADS, ANSWERS = 5, 15
#: A query that took longer than this many seconds is not asked again.
LONG = 5


def generate(folder: Path, triples: int) -> int:
    """Build a store of at least so many statements, and write it as N-Quads and, the union, as N-Triples."""
    schema = load_schema()
    quads = make_quads(schema, DATA, Run("0", "0", "0"))
    with open_store(folder / "store") as store:
        store.set_graphs(reference_quads(schema))
        number = 0
        while len(store) < triples:
            readings = resolutions(30, first=number)
            list(store.replace_all((each.document.id, "0", quads(each)) for each in readings))
            number += 30
        derived.rebuild(store)
        with (folder / "graph.nq").open("wb") as out:
            ox.serialize(store.quads(), out, format=ox.RdfFormat.N_QUADS)
        union = ox.Store()
        union.bulk_extend(ox.Quad(*quad.triple) for quad in store.quads())
        with (folder / "graph.nt").open("wb") as out:
            ox.serialize((quad.triple for quad in union), out, format=ox.RdfFormat.N_TRIPLES)
        return len(store)


# -------------------------------------------------------------------------------- measuring


def measure(engine: str, folder: Path, limit: int) -> dict[str, Any]:
    """Load, ask, and say what it took."""
    wall, cpu = time.monotonic(), time.process_time()
    with ENGINES[engine](folder) as running:
        own = running.process == os.getpid()
        cpu = time.process_time() - cpu if own else _spent(running.process) + _children()
        found: dict[str, Any] = {"load": {"wall": time.monotonic() - wall, "cpu": cpu}, "queries": {}}
        for name, values in QUERIES.items() if engine != "rdflib quads" else ():
            found["queries"][name] = _timed(running, load_query(name, None, values), limit)
            print(engine, name, found["queries"][name], file=sys.stderr)
        found["memory"] = _peak(running.process)
    size = sum(each.stat().st_size for each in running.files.rglob("*") if each.is_file()) if running.files else 0
    return {**found, "disk": size / 2**20}


def _spent(process: int) -> float:
    """CPU seconds of a process and its threads so far; of another one, in ticks of a hundredth."""
    if process == os.getpid():
        return time.process_time()
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _children() -> float:
    """CPU seconds of processes that have ended: a bulk loader."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak(process: int) -> float:
    """The most memory that a process has had, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _timed(running: Running, sparql: str, limit: int) -> dict[str, Any]:
    """Wall and CPU seconds of the better of two runs, and the rows; or why there is no answer."""

    def late(*_: object) -> None:
        raise TimeoutError

    # An engine in this process is stopped by its CPU time, one over HTTP by the clock.
    own = running.process == os.getpid()
    timer, alarm = (signal.ITIMER_PROF, signal.SIGPROF) if own else (signal.ITIMER_REAL, signal.SIGALRM)
    signal.signal(alarm, late)
    runs: list[dict[str, Any]] = []
    cpu = _spent(running.process)
    try:
        for _ in range(2):
            signal.setitimer(timer, limit)
            wall, cpu = time.monotonic(), _spent(running.process)
            rows = running.ask(sparql)
            runs.append({"wall": time.monotonic() - wall, "cpu": _spent(running.process) - cpu, "rows": rows})
            if runs[0]["cpu"] > LONG:
                break
    except (TimeoutError, httpx.TimeoutException):  # httpx takes our alarm for the network's
        runs = runs or [{"failed": f"> {limit}", "cpu": _spent(running.process) - cpu}]
    except Exception as error:  # noqa: BLE001  # an engine that cannot do a query is a finding
        print(f"{type(error).__name__}: {str(error)[:300]}", file=sys.stderr)
        return {"failed": "error"}
    finally:
        signal.setitimer(timer, 0)
    return min(runs, key=lambda each: float(each["cpu"]))


# -------------------------------------------------------------------------------- telling


def table(found: dict[str, dict[str, Any]], number: int) -> str:
    """The results as Markdown; a query's rows are those of the first engine that tells them."""
    engines = list(found)
    rows = {name: _rows_of(found, name) for name in QUERIES}
    lines = ["| | rows | " + " | ".join(engines) + " |", "|---|---|" + "---|" * len(engines)]
    for label, tell in COLUMNS.items():
        lines.append(f"| {label} | | " + " | ".join(tell(found[each], number) for each in engines) + " |")
    for name in QUERIES:
        cells = (_cell(found[each]["queries"].get(name), rows[name]) for each in engines)
        lines.append(f"| {name} | {rows[name]:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


COLUMNS: dict[str, Callable[[dict[str, Any], int], str]] = {
    "load, CPU s (wall)": lambda each, _: f"{each['load']['cpu']:.1f} ({each['load']['wall']:.1f})",
    "quads per CPU s": lambda each, number: f"{number / max(each['load']['cpu'], 0.01):,.0f}",
    "memory, MB": lambda each, _: f"{each['memory']:,.0f}",
    "disk, MB": lambda each, _: f"{each['disk']:,.0f}" if each["disk"] else "",
}


def _rows_of(found: dict[str, dict[str, Any]], name: str) -> int:
    """The rows of the engines that kg uses, which must agree; 0 where none of them ran."""
    return next((found[each]["queries"][name].get("rows", 0) for each in ("memory", "disk") if each in found), 0)


def _cell(result: dict[str, Any] | None, rows: int) -> str:
    if result is None:
        return ""
    if "failed" in result:
        return str(result["failed"])
    other = "" if result["rows"] == rows else f", {result['rows']:,} rows"
    return f"{result['cpu']:.2f} ({result['wall']:.2f}){other}"


def verdict(found: dict[str, dict[str, Any]]) -> tuple[list[str], bool]:
    """Sentences on what must be shown, and whether it is."""
    empty = [name for name in QUERIES if not _rows_of(found, name)]
    lines = [f"Queries without rows: {', '.join(empty) or 'none'}."]
    if not {"rdflib", "memory"} <= set(found):
        return lines, not empty
    slow = found["rdflib quads" if "rdflib quads" in found else "rdflib"]["load"]["cpu"]
    loads = slow / found["memory"]["load"]["cpu"]
    ratios = {name: ratio for name in QUERIES if (ratio := _ratio(found, name)) is not None}
    least = min(ratios[name] for name in ratios if "GROUP BY" in load_query(name))
    lines.append(f"The snapshot loads the same quads {loads:.1f} times as fast as rdflib (CPU).")
    stopped = {name for name in ratios if "failed" in found["rdflib"]["queries"][name]}
    each = ", ".join(f"{name} {'> ' if name in stopped else ''}{ratio:,.0f}" for name, ratio in ratios.items())
    lines.append(f"Times as fast as rdflib: {each}; at least {least:,.0f} where a query aggregates.")
    return lines, not empty and loads >= LOADS and least >= ANSWERS


def _ratio(found: dict[str, dict[str, Any]], name: str) -> float | None:
    """How much longer rdflib takes, at least; None where it cannot answer (it has no GeoSPARQL)."""
    slow, fast = found["rdflib"]["queries"][name], found["memory"]["queries"][name]
    if slow.get("failed") == "error" or slow.get("rows", fast["rows"]) != fast["rows"]:
        return None
    return float(slow["cpu"]) / max(float(fast["cpu"]), 0.001)


def mix(store: ox.Store) -> Counter[str]:
    """Nodes of each class of the ontology among a thousand quads."""
    rows = store.query(
        f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ ?s a ?c FILTER(STRSTARTS(STR(?c), '{KG}')) }} GROUP BY ?c",
        use_default_graph_as_union=True,
    )
    found = {str(row["c"].value): int(row["n"].value) for row in rows}  # type: ignore[union-attr]
    return Counter({name.removeprefix(KG): round(1000 * count / len(store), 2) for name, count in found.items()})


def compared(real: Path, made: Path) -> str:
    """The mix of a real build's classes beside the synthetic one's."""
    with open_store(real, read_only=True) as ours, open_store(made, read_only=True) as theirs:
        one, other = mix(ours.database), mix(theirs.database)
    rows = [f"| {name} | {count} | {other[name]} |" for name, count in one.most_common(20)]
    return "\n".join(["| nodes in 1,000 quads | real | synthetic |", "|---|---|---|", *rows]) + "\n"


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--triples", type=int, default=1_000_000)
    options.add_argument("--limit", type=int, default=20)
    options.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    options.add_argument("--like", type=Path)
    options.add_argument("--out", type=Path, default=RESULTS)
    options.add_argument("--measure", nargs=2, metavar=("ENGINE", "FOLDER"))
    given = options.parse_args()
    if given.measure:
        json.dump(measure(given.measure[0], Path(given.measure[1]), given.limit), sys.stdout)
        return 0
    with tempfile.TemporaryDirectory() as name:
        return run(Path(name), given)


def run(folder: Path, given: argparse.Namespace) -> int:
    """Make the graph, measure each engine in a process of its own, tell."""
    number = generate(folder, given.triples)
    found, failed = {}, []
    for engine in given.engines:
        if engine == "virtuoso" and not shutil.which("virtuoso-t"):
            continue
        command = [sys.executable, __file__, "--measure", engine, str(folder), "--limit", str(given.limit)]
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, env=os.environ)
        if done.returncode:  # what the others gave is not lost for it
            failed.append(engine)
        else:
            found[engine] = json.loads(done.stdout)
    sentences, good = verdict(found)
    sentences += [f"{engine} failed." for engine in failed]
    text = f"""# Stores side by side

`python benchmarks/store.py --triples {given.triples}`: {number:,} quads, synthetic, in the shape of kg's output, with
derived graphs and ontology. CPU seconds of the engine's process, wall seconds in brackets, the better of two runs;
"> {given.limit}" was stopped there, by CPU seconds where the engine is a library, by the clock over HTTP; then
the ratio is a lower bound. Rows are told where they are others than pyoxigraph's (rdflib has no GeoSPARQL, for around
and near); an error is the engine's own.

{table(found, number)}
{" ".join(sentences)}
"""
    if given.like:
        text += f"\n{compared(given.like, folder / 'store')}"
    print(text)
    given.out.write_text(text)
    return bool(failed) or not good


if __name__ == "__main__":
    sys.exit(main())
