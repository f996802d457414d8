"""The README is true, everything that a user can name has help, and what should start fast loads little."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli import main
from kg.extract import EXTRACTORS
from kg.query import named_queries

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HEAVY = ("spacy", "numpy", "rdflib", "pyshacl", "networkx", "trafilatura", "scipy", "starlette")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def shown_commands():
    """Every `kg …` of the README's shell examples, as words."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    parts = [part.strip() for line in lines for part in re.split(r"&&|\|", line.split("   #")[0])]
    return [shlex.split(part)[1:] for part in parts if part.startswith("kg ")]


def test_the_readme_shows_every_command_and_no_other():
    assert {words[0] for words in shown_commands()} == set(main.commands)


@pytest.mark.parametrize("words", shown_commands(), ids=" ".join)
def test_options_of_the_readme_exist(words):
    known = {option for param in main.commands[words[0]].params for option in param.opts}
    assert [word for word in words if word.startswith("-") and word != "-" and word not in known] == []


def test_the_readme_documents_every_input_field():
    from kg.corpus.article import KEYS

    rows = [set(re.findall(r"`([a-z_]+)`", row)) for row in README.splitlines() if row.startswith("| `")]
    documented = set().union(*rows)
    assert {name for names in KEYS.values() for name in names} - {"language", "lang"} <= documented


def test_python_of_the_readme_runs(tmp_path):
    (code,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(done.stdout.splitlines()) > 10


def test_links_of_the_readme_lead_somewhere():
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_ci_runs_the_second_command():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    second = blocks("sh")[1].strip().split(" && ")
    assert "'.[test," in second[0]
    for part in second:
        assert part.removeprefix("pip install ") in script


# -------------------------------------------------------------------------------- help


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_has_help(name):
    command = main.commands[name]
    assert command.help
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert [param.name for param in options if not param.help] == []


@pytest.mark.parametrize("name", sorted(EXTRACTORS))
def test_every_extractor_says_what_it_finds(name):
    assert EXTRACTORS[name].__doc__


def test_every_query_has_help():
    queries = named_queries()
    assert len(queries) >= 8
    assert [name for name, query in queries.items() if not query.help] == []
    assert [name for name, query in queries.items() if any(not one.help for one in query.parameters)] == []


# -------------------------------------------------------------------------------- start-up


@pytest.mark.parametrize(
    ("statement", "banned"),
    [
        ("import kg", (*HEAVY, "click", "pyoxigraph")),
        ("from kg.cli import main; main(['--help'], standalone_mode=False)", (*HEAVY, "pyoxigraph", "tqdm")),
        ("from kg.cli import main; main(['build', '--help'], standalone_mode=False)", (*HEAVY, "pyoxigraph")),
        ("from kg.cli import main; main(['query'], standalone_mode=False)", HEAVY),
    ],
)
def test_what_should_start_fast_loads_little(statement, banned, tmp_path):
    code = f"import sys\n{statement}\nprint('loaded', [name for name in {banned!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["loaded []"], done.stderr[-2000:]
