"""What is shipped: a wheel and an sdist that hold all that the code reads, and that run from any folder."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tracked(*folders):
    """The project's files, those included that are not committed yet."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def distributions(tmp_path_factory):
    """Build both from a copy of the tree, so that nothing is left behind in it."""
    source = tmp_path_factory.mktemp("source")
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(source / "dist"), str(source)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return source / "dist"


def package_files():
    names = [name for name in tracked("kg", "ontology") if not name.endswith(".md")]
    return {name if name.startswith("kg/") else f"kg/{name}" for name in names}


def test_the_wheel_holds_all_that_the_code_reads(distributions):
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert package_files() - names == set()
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_the_sdist_holds_the_sources(distributions):
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    wanted = {*tracked("kg", "ontology", "tests"), "README.md", "CHANGELOG.md", "LICENSE", "constraints.txt"}
    assert {name for name in wanted if not name.endswith("DECISIONS.md")} - names == set()


def test_the_installed_wheel_builds_a_graph_from_any_folder(distributions, tmp_path):
    (wheel,) = distributions.glob("*.whl")
    site, home = tmp_path / "site", tmp_path / "somewhere"
    home.mkdir()
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    environment = os.environ | {"PYTHONPATH": str(site)}
    where = [sys.executable, "-c", "import kg; print(kg.__file__)"]
    shown = subprocess.run(where, cwd=home, env=environment, check=True, capture_output=True, text=True).stdout
    assert shown.startswith(str(site))
    run = [sys.executable, "-c", "from kg.cli import main; main()", "build"]
    done = subprocess.run(run, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (home / "out" / "store").is_dir()
    assert "out/store" in done.stdout, "says where to look"


def test_every_package_is_listed():
    packages = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in (ROOT / "kg").rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages | {"kg.ontology"}


def test_constraints_pin_every_dependency_by_name_and_version():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.+!]+", line)] == []
    pinned = {normal(line.split("==")[0]) for line in lines}
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    assert {normal(re.match(r"[\w.-]+", each)[0]) for each in wanted} - pinned == set()


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()
