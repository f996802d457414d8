"""The notebooks run from the first cell to the last, show what they promise, and fetch nothing."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

#: Words that the printed answers of a notebook must hold.
SHOWN = {
    "01-from-articles-to-answers.ipynb": (
        "9 articles",
        "Who said what, in which words",
        "There was no soldier and no gun in that market",
        "The coalition denied that it had attacked the town.",
        "20 km east of Tal Afar",
        "#char=",
    ),
    "02-graph-map-timeline.ipynb": (
        "MultiDiGraph",
        "actors.html",
        " settlement ",
        "map.html",
        " km ",
        "['actors.html', 'map.html', 'timeline.html']",
    ),
}


def printed(notebook):
    outputs = (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    return "".join(output.get("text", "") for output in outputs)


def test_both_are_there():
    assert {path.name for path in NOTEBOOKS} == set(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_answers(path, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute(env=dict(os.environ))
    found = printed(notebook)
    assert [words for words in SHOWN[path.name] if words not in found] == []
    for page in tmp_path.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert 'src="http' not in html
        assert 'href="http' not in html


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs_and_says_what_it_does(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert notebook.cells[0].cell_type == "markdown"
    assert sum(cell.cell_type == "markdown" for cell in notebook.cells) >= 5
