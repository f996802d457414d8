"""Stores side by side: loading a synthetic graph in the shape of kg's output, and the shipped queries on it.

    python benchmarks/store.py [--triples 1000000] [--limit 120] [--engines rdflib memory …]

Engines: rdflib in memory, pyoxigraph in memory (kg's snapshot) and on disk (kg's store), the Oxigraph server,
Virtuoso 7.2. Each runs in a process of its own; a query that takes longer than the limit is stopped. Times are wall
seconds of the better of two runs and, where the engine is in the process, CPU seconds. Writes
`benchmarks/results/store.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pyoxigraph as ox
import rdflib

from kg.export.push import push
from kg.export.remote import Credentials
from kg.graph import Run, make_quads
from kg.query import load_query
from kg.records import Schema
from kg.store import open_store
from kg.vocab import DATA, PREFIXES
from synthetic import resolutions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[[str], int]

RESULTS = Path(__file__).parent / "results" / "store.md"
VIRTUOSO_INI = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")
QUERIES: dict[str, dict[str, str]] = {
    "quotes": {"name": "mara venn"},
    "strikes": {},
    "near": {"name": "tarsk", "within": "100"},
    "claims": {"word": "norvik"},
    "figures": {"by": "olga"},
    "timeline": {"from": "2031-06-01"},
    "comentions": {"name": "army of tarsk"},
    "article": {"id": "synthetic-0000007"},
    "posts": {"name": "army of norvik"},
}


def generate(folder: Path, triples: int) -> int:
    """Build a store of at least so many statements, and write it as N-Quads and, the union, as N-Triples."""
    quads = make_quads(Schema("0"), DATA, Run("0", "0", "0"))
    with open_store(folder / "store") as store:
        number = 0
        while len(store) < triples:
            readings = resolutions(10, first=number)
            list(store.replace_all((each.document.id, "0", quads(each)) for each in readings))
            number += 10
        with (folder / "graph.nq").open("wb") as out:
            ox.serialize(store.quads(), out, format=ox.RdfFormat.N_QUADS)
        with (folder / "graph.nt").open("wb") as out:
            ox.serialize((quad.triple for quad in store.quads()), out, format=ox.RdfFormat.N_TRIPLES)
        return len(store)


# -------------------------------------------------------------------------------- engines


@contextmanager
def rdflib_memory(folder: Path) -> Iterator[Ask]:
    """One rdflib graph: the union, which is kindest to it."""
    graph = rdflib.Graph().parse(folder / "graph.nt", format="nt")
    yield lambda sparql: len(list(graph.query(sparql, initNs=PREFIXES)))


@contextmanager
def memory(folder: Path) -> Iterator[Ask]:
    """Pyoxigraph in memory."""
    store = ox.Store()
    store.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    yield lambda sparql: _rows(store, sparql)


@contextmanager
def disk(folder: Path) -> Iterator[Ask]:
    """Pyoxigraph on disk, as kg keeps it."""
    store = ox.Store(str(folder / "disk"))
    store.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    yield lambda sparql: _rows(store, sparql)


def _rows(store: ox.Store, sparql: str) -> int:
    return len(list(store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)))  # type: ignore[arg-type]


@contextmanager
def server(folder: Path) -> Iterator[Ask]:
    """The Oxigraph server, loaded by its own bulk loader."""
    binary, port = Path(sys.executable).with_name("oxigraph"), _free_port()
    data = ["-l", str(folder / "server")]
    subprocess.run([binary, "load", *data, "--file", str(folder / "graph.nq")], check=True, stderr=subprocess.DEVNULL)
    command = [str(binary), "serve-read-only", *data, "-b", f"127.0.0.1:{port}", "--union-default-graph"]
    with _running(command, f"http://127.0.0.1:{port}", folder):
        yield lambda sparql: _over_http(f"http://127.0.0.1:{port}/query", sparql)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Ask]:
    """Virtuoso, loaded by `kg push`."""
    home, port = folder / "virtuoso", _free_port()
    home.mkdir()
    (home / "virtuoso.ini").write_text(_settings(home, port, _free_port()))
    url = f"http://127.0.0.1:{port}"
    with _running(["virtuoso-t", "+configfile", str(home / "virtuoso.ini"), "+foreground"], f"{url}/sparql", home):
        with open_store(folder / "store", read_only=True) as store:
            push(store, url, "virtuoso", Credentials("dba", "dba"))
        yield lambda sparql: _over_http(f"{url}/sparql", sparql)


ENGINES = {"rdflib": rdflib_memory, "memory": memory, "disk": disk, "server": server, "virtuoso": virtuoso}
FILES = {"disk": "disk", "server": "server", "virtuoso": "virtuoso"}


def _settings(home: Path, port: int, sql: int) -> str:
    text = re.sub(r"/var/lib/virtuoso-opensource-7[\w./-]*/", f"{home}/", VIRTUOSO_INI.read_text("latin-1"))
    text = re.sub(r"(?m)^(NumberOfBuffers\s*=).*", r"\1 60000", text)
    text = re.sub(r"(?m)^(MaxDirtyBuffers\s*=).*", r"\1 40000", text)
    head, _, http = text.partition("[HTTPServer]")
    head = re.sub(r"(?m)^(ServerPort\s*=).*", rf"\1 127.0.0.1:{sql}", head)
    http = re.sub(r"(?m)^(ServerPort\s*=).*", rf"\1 127.0.0.1:{port}", http, count=1)
    return f"{head}[HTTPServer]{http}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _running(command: list[str], url: str, folder: Path) -> Iterator[None]:
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    httpx.get(url, timeout=10)
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()


def _over_http(url: str, sparql: str) -> int:
    answer = httpx.post(url, data={"query": sparql}, headers={"Accept": "application/sparql-results+json"}, timeout=600)
    answer.raise_for_status()
    return len(answer.json()["results"]["bindings"])


# -------------------------------------------------------------------------------- measuring


def measure(engine: str, folder: Path, limit: int) -> dict[str, Any]:
    """Load, ask, and say what it took."""
    wall, cpu = time.monotonic(), time.process_time()
    with ENGINES[engine](folder) as ask:
        found: dict[str, Any] = {"load": (time.monotonic() - wall, time.process_time() - cpu), "queries": {}}
        for name, values in QUERIES.items():
            found["queries"][name] = _timed(ask, load_query(name, None, values), limit)
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = FILES.get(engine)
    found["disk"] = (
        sum(each.stat().st_size for each in (folder / size).rglob("*") if each.is_file()) / 2**20 if size else 0
    )
    return found


def _timed(ask: Ask, sparql: str, limit: int) -> dict[str, Any]:
    """Wall and CPU seconds of the better of two runs, and the rows; or why there is no answer."""

    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    best: tuple[float, float, int] | None = None
    try:
        for _ in range(2):
            signal.alarm(limit)
            wall, cpu = time.monotonic(), time.process_time()
            rows = ask(sparql)
            now = (time.monotonic() - wall, time.process_time() - cpu, rows)
            best = min(best, now) if best else now
    except TimeoutError:
        return {"failed": f"> {limit} s"} if best is None else dict(zip(("wall", "cpu", "rows"), best, strict=True))
    except Exception as error:  # noqa: BLE001  # an engine that cannot do a query is a finding
        return {"failed": type(error).__name__}
    finally:
        signal.alarm(0)
    return dict(zip(("wall", "cpu", "rows"), best or (), strict=True))


def table(found: dict[str, dict[str, Any]], number: int) -> str:
    """The results as Markdown."""
    engines = list(found)
    lines = [
        "# Stores side by side",
        "",
        f"`python benchmarks/store.py`: {number:,} quads, synthetic, in the shape of kg's output.",
        "Wall seconds; CPU seconds in brackets where the engine is in the process. Other work ran on the two cores.",
        "",
        "| | " + " | ".join(engines) + " |",
        "|---|" + "---|" * len(engines),
        "| load, s | "
        + " | ".join(_seconds(*found[each]["load"], own=each not in FILES or each == "disk") for each in engines)
        + " |",
        "| quads/s | " + " | ".join(f"{number / found[each]['load'][0]:,.0f}" for each in engines) + " |",
        "| memory, MB | "
        + " | ".join(f"{found[each]['memory']:,.0f}" if each not in ("server", "virtuoso") else "" for each in engines)
        + " |",
        "| disk, MB | "
        + " | ".join(f"{found[each]['disk']:,.0f}" if found[each]["disk"] else "" for each in engines)
        + " |",
    ]
    for name in QUERIES:
        cells = [_cell(found[each]["queries"][name], each) for each in engines]
        lines += [f"| {name} | " + " | ".join(cells) + " |"]
    return "\n".join(lines) + "\n"


def _cell(result: dict[str, Any], engine: str) -> str:
    if "failed" in result:
        return str(result["failed"])
    return f"{_seconds(result['wall'], result['cpu'], own=engine not in ('server', 'virtuoso'))}, {result['rows']} rows"


def _seconds(wall: float, cpu: float, *, own: bool) -> str:
    return f"{wall:.3f} ({cpu:.3f})" if own else f"{wall:.3f}"


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--triples", type=int, default=1_000_000)
    options.add_argument("--limit", type=int, default=120)
    options.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    options.add_argument("--measure", nargs=2, metavar=("ENGINE", "FOLDER"))
    given = options.parse_args()
    if given.measure:
        json.dump(measure(given.measure[0], Path(given.measure[1]), given.limit), sys.stdout)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        number = generate(folder, given.triples)
        found = {}
        for engine in given.engines:
            if engine == "virtuoso" and not shutil.which("virtuoso-t"):
                continue
            command = [sys.executable, __file__, "--measure", engine, name, "--limit", str(given.limit)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ)
            found[engine] = json.loads(done.stdout)
    text = table(found, number)
    print(text)
    RESULTS.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
