"""Triple stores to be measured, each loaded from the files of `store.py`: `graph.nq`, and its union `graph.nt`."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox
import rdflib

from kg.export.push import push
from kg.export.remote import Credentials
from kg.store import open_store
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VIRTUOSO_INI = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")


@dataclass(frozen=True, slots=True)
class Running:
    """An engine with the graph in it: the number of rows that it answers with, its process, its files."""

    ask: Callable[[str], int]
    process: int
    files: Path | None = None


@contextmanager
def rdflib_memory(folder: Path) -> Iterator[Running]:
    """One rdflib graph: the union, which is kindest to it."""
    graph = rdflib.Graph().parse(folder / "graph.nt", format="nt")
    yield Running(lambda sparql: len(list(graph.query(sparql, initNs=PREFIXES))), os.getpid())


@contextmanager
def rdflib_quads(folder: Path) -> Iterator[Running]:
    """An rdflib dataset with the same statements and graphs as the others hold; loaded only."""
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(folder / "graph.nq", format="nquads")
    yield Running(lambda _: len(dataset), os.getpid())


@contextmanager
def memory(folder: Path) -> Iterator[Running]:
    """Pyoxigraph in memory."""
    store = ox.Store()
    store.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    yield Running(lambda sparql: _rows(store, sparql), os.getpid())


@contextmanager
def disk(folder: Path) -> Iterator[Running]:
    """Pyoxigraph on disk, as kg keeps it."""
    store = ox.Store(str(folder / "disk"))
    store.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    store.optimize()
    yield Running(lambda sparql: _rows(store, sparql), os.getpid(), folder / "disk")


def _rows(store: ox.Store, sparql: str) -> int:
    return len(list(store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)))  # type: ignore[arg-type]


@contextmanager
def server(folder: Path) -> Iterator[Running]:
    """The Oxigraph server, loaded by its own bulk loader."""
    binary, port = Path(sys.executable).with_name("oxigraph"), _free_port()
    data = ["-l", str(folder / "server")]
    subprocess.run([binary, "load", *data, "--file", str(folder / "graph.nq")], check=True, stderr=subprocess.DEVNULL)
    command = [str(binary), "serve-read-only", *data, "-b", f"127.0.0.1:{port}", "--union-default-graph"]
    with _running(command, f"http://127.0.0.1:{port}", folder) as process:
        yield Running(lambda sparql: _over_http(f"http://127.0.0.1:{port}/query", sparql), process, folder / "server")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    """Virtuoso, loaded by `kg push`."""
    home, port = folder / "virtuoso", _free_port()
    home.mkdir()
    (home / "virtuoso.ini").write_text(_settings(home, port, _free_port()))
    url = f"http://127.0.0.1:{port}"
    command = ["virtuoso-t", "+configfile", str(home / "virtuoso.ini"), "+foreground"]
    with _running(command, f"{url}/sparql", home) as process:
        with open_store(folder / "store", read_only=True) as store:
            push(store, url, "virtuoso", Credentials("dba", "dba"))
        yield Running(lambda sparql: _over_http(f"{url}/sparql", sparql), process, home)


ENGINES = {
    "rdflib": rdflib_memory,
    "rdflib quads": rdflib_quads,
    "memory": memory,
    "disk": disk,
    "server": server,
    "virtuoso": virtuoso,
}


def _settings(home: Path, port: int, sql: int) -> str:
    text = re.sub(r"/var/lib/virtuoso-opensource-7[\w./-]*/", f"{home}/", VIRTUOSO_INI.read_text("latin-1"))
    text = re.sub(r"(?m)^(NumberOfBuffers\s*=).*", r"\1 60000", text)
    text = re.sub(r"(?m)^(MaxDirtyBuffers\s*=).*", r"\1 40000", text)
    for name, limit in (("ResultSetMaxRows", 10_000_000), ("MaxQueryCostEstimationTime", 10_000_000)):
        text = re.sub(rf"(?m)^({name}\s*=).*", rf"\1 {limit}", text)
    text = re.sub(r"(?m)^(MaxQueryExecutionTime\s*=).*", r"\1 65", text)  # nobody waits for it after 60
    head, _, http = text.partition("[HTTPServer]")
    head = re.sub(r"(?m)^(ServerPort\s*=).*", rf"\1 127.0.0.1:{sql}", head)
    http = re.sub(r"(?m)^(ServerPort\s*=).*", rf"\1 127.0.0.1:{port}", http, count=1)
    return f"{head}[HTTPServer]{http}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _running(command: list[str], url: str, folder: Path) -> Iterator[int]:
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    httpx.get(url, timeout=10)
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()


def _over_http(url: str, sparql: str) -> int:
    answer = httpx.post(url, data={"query": sparql}, headers={"Accept": "application/sparql-results+json"}, timeout=600)
    answer.raise_for_status()
    return len(answer.json()["results"]["bindings"])
