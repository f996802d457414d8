"""Parts as files: the same input gives the same, a stop is made good, damage is told, and stores can load them."""

import gzip
import json
import os
import signal
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.pipeline import Reader, build, load_parts, write_parts
from kg.pipeline.parts import joined, pack, unpack
from kg.pipeline.reader import Batch
from kg.store import open_store

TOWNS = ("Tarvik", "Osmera", "Lindholt")


def stories(number, text="Rebels shelled {town} on Monday, killing at least {n} people, police chief Ana Reyes said."):
    return [
        {"id": f"s{n}", "date": "2026-03-05", "text": text.format(town=TOWNS[n % 3], n=n + 2)} for n in range(number)
    ]


def write(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def lines(*files):
    return sorted(set().union(*(gzip.decompress(file.read_bytes()).decode().splitlines() for file in files)))


def dump(store):
    with open_store(store, read_only=True) as opened:
        return sorted(f"{quad} ." for quad in opened.quads())


def files(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


reader = lru_cache(Reader)


@pytest.fixture
def small(monkeypatch):
    """Batches of four articles, so that few make several parts; the model is loaded once for all tests."""
    monkeypatch.setattr("kg.nlp.BATCH_DOCUMENTS", 4)
    monkeypatch.setattr("kg.pipeline.workers.Reader", reader)


@pytest.mark.usefixtures("small")
def test_parts_hold_what_a_store_holds_but_what_is_derived_from_all(tmp_path):
    path = write(tmp_path / "in.jsonl", stories(10))
    build([path], tmp_path / "store")
    summary = write_parts([path], tmp_path / "parts")
    assert (summary.read, len(list((tmp_path / "parts").glob("articles-*")))) == (10, 3)
    derived = tuple(f"/graph/derived/{name}> ." for name in ("incidents", "claims", "copies", "identities"))
    wanted = [line for line in dump(tmp_path / "store") if not line.endswith(derived)]
    assert lines(*(tmp_path / "parts").glob("*.nq.gz")) == wanted


@pytest.mark.usefixtures("small")
def test_loaded_they_make_the_same_store(tmp_path):
    path = write(tmp_path / "in.jsonl", [*stories(10), {"id": "bad", "text": ""}])
    build([path], tmp_path / "store")
    summary = write_parts([path], tmp_path / "parts")
    loaded = load_parts(tmp_path / "parts", tmp_path / "loaded")
    assert (loaded.read, loaded.words, loaded.counts) == (10, summary.words, summary.counts)
    assert dump(tmp_path / "loaded") == dump(tmp_path / "store")
    assert load_parts(tmp_path / "parts", tmp_path / "loaded").unchanged == 10


@pytest.mark.usefixtures("small")
def test_several_workers_write_the_same_files_and_a_second_run_none(tmp_path):
    path = write(tmp_path / "in.jsonl", stories(10))
    write_parts([path], tmp_path / "one")
    write_parts([path], tmp_path / "two", workers=2)
    before = files(tmp_path / "one")
    assert before == files(tmp_path / "two")
    assert write_parts([path], tmp_path / "one").unchanged == 10
    assert files(tmp_path / "one") == before


@pytest.mark.usefixtures("small")
def test_a_changed_article_and_a_shorter_input(tmp_path):
    longer = write_parts([write(tmp_path / "in.jsonl", stories(10))], tmp_path / "parts")
    changed = stories(7)
    changed[5]["text"] = "The mayor of Tarvik said nothing."
    again = write_parts([write(tmp_path / "in.jsonl", changed)], tmp_path / "parts")
    write_parts([tmp_path / "in.jsonl"], tmp_path / "fresh")
    assert (longer.read, again.unchanged, again.read) == (10, 4, 3)
    assert files(tmp_path / "parts") == files(tmp_path / "fresh")


@pytest.mark.usefixtures("small")
def test_of_equal_ids_the_last_stays(tmp_path):
    records = [*stories(6), {**stories(1)[0], "text": "Rebels left Tarvik, police chief Ana Reyes said."}]
    path = write(tmp_path / "in.jsonl", records)
    assert write_parts([path], tmp_path / "parts").repeated == ["s0"]
    build([path], tmp_path / "store")
    load_parts(tmp_path / "parts", tmp_path / "loaded")
    assert dump(tmp_path / "loaded") == dump(tmp_path / "store")
    before = files(tmp_path / "parts")
    write_parts([path], tmp_path / "parts")
    assert files(tmp_path / "parts") == before


RUN = """
import sys
from pathlib import Path
import kg.nlp
from kg.pipeline import write_parts
kg.nlp.BATCH_DOCUMENTS = 4
write_parts([sys.argv[1]], Path(sys.argv[2]), progress=lambda summary: print(summary.read, flush=True))
"""


@pytest.mark.usefixtures("small")
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path):
    path = write(tmp_path / "in.jsonl", stories(14))
    write_parts([path], tmp_path / "whole")
    command = [sys.executable, "-c", RUN, str(path), str(tmp_path / "parts")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while int(process.stdout.readline()) < 5:
            pass
        process.kill()
    assert write_parts([path], tmp_path / "parts").unchanged >= 4
    assert files(tmp_path / "parts") == files(tmp_path / "whole")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("which", ["articles-00001.nq.gz", "shared/00001.nq.gz", "manifests/00001.json"])
def test_a_damaged_part_is_told_and_the_others_are_loaded(tmp_path, which):
    write_parts([write(tmp_path / "in.jsonl", stories(10))], tmp_path / "parts")
    damaged = tmp_path / "parts" / which
    damaged.write_bytes(damaged.read_bytes()[:-9])
    summary = load_parts(tmp_path / "parts", tmp_path / "store")
    (failure,) = summary.failures
    assert (summary.read, failure.stage, failure.document[-20:]) == (6, "parts", "articles-00001.nq.gz")
    assert "damaged" in failure.error


def test_a_folder_of_something_else(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty and holds no parts"):
        write_parts([tmp_path / "thesis.txt"], tmp_path)
    with pytest.raises(InputError, match="holds no parts; write them"):
        load_parts(tmp_path, tmp_path / "store")


def test_joined_batches_add_up():
    one, two = Batch(words=3, seconds={"nlp": 1.0}), Batch(words=4, seconds={"nlp": 2.0, "graph": 1.0})
    both = unpack(pack(joined([one, two])))
    assert (both.words, both.seconds) == (7, {"nlp": 3.0, "graph": 1.0})


# -------------------------------------------------------------------------------- on a cluster


@pytest.fixture
def cluster(monkeypatch):
    """Ray on this machine, which the run starts and ends."""
    pytest.importorskip("ray", reason="kg[ray] is not installed")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)


def workers_of_ray():
    """Processes of ours that read for Ray now."""
    parents, names = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
            parents[pid], names[pid] = int(rest[1]), (stat.parent / "cmdline").read_text()
        except OSError:
            continue
    return sorted(pid for pid, name in names.items() if name.startswith("ray::read_part") and is_ours(pid, parents))


def is_ours(pid, parents):
    while pid in parents:
        pid = parents[pid]
        if pid == os.getpid():
            return True
    return False


class Killer:
    """Kills one of the two workers, without warning, once something has been read and while much has not."""

    def __init__(self, after):
        self.after, self.killed = after, []

    def __call__(self, summary):
        if summary.read >= self.after and not self.killed:
            self.killed = workers_of_ray()[:1]
            for pid in self.killed:
                os.kill(pid, signal.SIGKILL)


@pytest.mark.usefixtures("small", "cluster")
def test_a_worker_of_ray_that_is_killed_leaves_no_trace_in_the_parts(tmp_path):
    path = write(tmp_path / "in.jsonl", stories(60))
    write_parts([path], tmp_path / "one")
    killer = Killer(after=4)
    summary = write_parts([path], tmp_path / "ray", engine="ray", workers=2, progress=killer)
    assert len(killer.killed) == 1
    assert (summary.read, summary.failures) == (60, [])
    assert files(tmp_path / "ray") == files(tmp_path / "one")


@pytest.mark.usefixtures("small", "cluster")
def test_a_worker_of_ray_that_is_killed_leaves_no_trace_in_the_store(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.database.BATCH", 500)
    path = write(tmp_path / "in.jsonl", stories(60))
    build([path], tmp_path / "one")
    killer = Killer(after=4)
    summary = build([path], tmp_path / "ray", engine="ray", workers=2, progress=killer)
    assert len(killer.killed) == 1
    assert (summary.read, summary.failures) == (60, [])
    assert dump(tmp_path / "ray") == dump(tmp_path / "one")


def test_without_ray_the_error_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"--engine ray needs Ray; pip install 'newskg\[ray\]'"):
        build([write(tmp_path / "in.jsonl", stories(1))], tmp_path / "store", engine="ray")


def test_a_cluster_that_is_not_there(tmp_path, monkeypatch):
    pytest.importorskip("ray", reason="kg[ray] is not installed")
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:1")
    monkeypatch.setattr("ray.init", lambda **_: (_ for _ in ()).throw(ConnectionError("no GCS there")))
    with pytest.raises(InputError, match=r"Ray cannot be reached .no GCS there.; check RAY_ADDRESS"):
        build([write(tmp_path / "in.jsonl", stories(1))], tmp_path / "store", engine="ray")
