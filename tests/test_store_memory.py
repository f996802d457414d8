"""What a bulk load holds in memory, measured in a process of its own."""

import subprocess
import sys

import pytest

from kg.store import memory

#: Megabytes that a bulk load adds at its peak to what its quads, which nobody else holds, took already.
MEASURED = """
import pyoxigraph as ox
from pathlib import Path
from kg.store import open_store
from kg.store.changes import Change

def held(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name)) / 1024

def quads():
    graph, predicate = ox.NamedNode("https://x.example/graph"), ox.NamedNode("https://x.example/" + "says" * 20)
    for n in range(200_000):
        yield ox.Quad(ox.NamedNode(f"https://x.example/{'a' * 60}/{n}"), predicate, ox.Literal(str(n)), graph)

with open_store(Path(TARGET)) as store:
    change = Change(fresh=list(quads()))
    Path("/proc/self/clear_refs").write_text("5")
    before = held("VmRSS")
    store._apply(change)
    assert not change.fresh and len(store.database) == 200_000
    print(held("VmHWM") - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measured by /proc")
def test_a_bulk_load_holds_nothing_twice(tmp_path):
    code = MEASURED.replace("TARGET", repr(str(tmp_path / "store")))
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert float(done.stdout) < 100


def test_where_the_c_library_cannot_trim_nothing_happens(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    memory._malloc_trim.cache_clear()
    memory.trim()
    memory._malloc_trim.cache_clear()
