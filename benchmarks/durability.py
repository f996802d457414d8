"""Kill a writer with `kill -9` at random moments: nothing acknowledged may be lost, no article may be half there.

    python benchmarks/durability.py [--rounds 1000] [--articles 400] [--seed 1]

A writer stores readings in batches and one by one, then other readings of every fifth article, and prints each id
once it is safe. It is killed; the store is opened, what was acknowledged must be there, and articles (the last ones,
those that nobody acknowledged, some others) are compared with their readings. When nothing is left to do, the export
must be that of an undisturbed writer, byte for byte, and a new store is begun. A run of 1,000 rounds or more writes
`benchmarks/results/durability.md`; the exit code is 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export import export
from kg.graph import Run, make_quads
from kg.records import Schema
from kg.store import open_store
from kg.vocab import DATA
from synthetic import resolutions

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kg.store import Store

QUADS = make_quads(Schema("0"), DATA, Run("0", "0", "0"))
BATCH = 16
RESULTS = Path(__file__).parent / "results" / "durability.md"


def reading(number: int, version: int) -> tuple[str, str, list[ox.Quad]]:
    """Article `number` as its version says: another seed gives another text under the same id."""
    (resolution,) = resolutions(1, seed=version, first=number, sentences=3)
    return resolution.document.id, str(version), list(QUADS(resolution))


def write(path: Path, articles: int, seed: int) -> None:
    """Store what is not there yet; then give every fifth article a second version, and print what is safe."""
    chance = random.Random(seed)
    with open_store(path) as store:
        for version in (1, 2):
            numbers = [each for each in range(articles) if version == 1 or each % 5 == 0]
            waiting = [each for each in numbers if _version(store, each) < version]
            while waiting:
                size = chance.choice((1, 2, BATCH, 4 * BATCH))
                some, waiting = waiting[:size], waiting[size:]
                for name in store.replace_all(reading(each, version) for each in some):
                    print(name, version, flush=True)


def _version(store: Store, number: int) -> int:
    return int(store.fingerprint(f"synthetic-{number:07}") or 0)


def killed(path: Path, articles: int, seed: int, after: float) -> dict[str, int]:
    """Run a writer and kill it; what it had acknowledged, by id. An empty answer: it had nothing left to do."""
    command = [sys.executable, __file__, "--write", str(path), "--articles", str(articles), "--seed", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after)
        writer.kill()
        lines = [first, *writer.stdout.read().splitlines()]
    complete = [line.split() for line in lines if len(line.split()) == 2]
    return {name: int(version) for name, version in complete}


def check(path: Path, acknowledged: dict[str, int], sampled: random.Random) -> Iterator[str]:
    """What is wrong with a store after a kill; articles are compared whole, a sample of them where there are many."""
    with open_store(path, read_only=True) as store:
        held = {name: int(store.fingerprint(name) or 1) for name, _ in store.article_graphs()}
        for name, version in acknowledged.items():
            if held.get(name, 0) < version:
                yield f"{name}: version {version} was acknowledged, {held.get(name)} is there"
        recent = list(acknowledged)[-2 * BATCH :] + sampled.sample(sorted(held), min(4, len(held)))
        unsure = [name for name in held if name not in acknowledged][: 2 * BATCH]
        for name in {*recent, *unsure}:
            yield from _compared(store, name, held.get(name, 0))


def _compared(store: Store, name: str, version: int) -> Iterator[str]:
    quads = {quad for quad in reading(int(name.rsplit("-", 1)[1]), version)[2] if "/graph/" not in str(quad.graph_name)}
    graph = f"{DATA}article/{name}/graph"
    there = {quad for quad in store.quads(graph) if "fingerprint" not in str(quad.predicate)}
    if quads != there:
        yield f"{name}: version {version} is not whole ({len(there)} of {len(quads)} statements)"


def undisturbed_write(path: Path, articles: int) -> None:
    """Let a writer finish."""
    command = [sys.executable, __file__, "--write", str(path), "--articles", str(articles), "--seed", "0"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def digest(path: Path) -> str:
    """The export of a store, as a hash."""
    out = io.BytesIO()
    with open_store(path, read_only=True) as store:
        export(store, out, "nquads")
    return hashlib.sha256(out.getvalue()).hexdigest()


def run(rounds: int, articles: int, seed: int) -> list[str]:
    """All rounds over one store after another; problems in words."""
    chance, done = random.Random(seed), 0
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        undisturbed = Path(folder) / "undisturbed"
        undisturbed_write(undisturbed, articles)
        expected, path = digest(undisturbed), Path(folder) / "killed"
        acknowledged: dict[str, int] = {}
        while done < rounds:
            more = killed(path, articles, chance.randrange(10**9), chance.expovariate(6))
            acknowledged |= more
            problems += check(path, acknowledged, chance)
            done += 1
            if not more:
                problems += [] if digest(path) == expected else [f"round {done}: the export differs"]
                shutil.rmtree(path)
                acknowledged = {}
        undisturbed_write(path, articles)
        problems += [] if digest(path) == expected else ["the last export differs"]
    return problems


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rounds", type=int, default=1000)
    options.add_argument("--articles", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--write", type=Path)
    given = options.parse_args()
    if given.write:
        write(given.write, given.articles, given.seed)
        return 0
    start = time.monotonic()
    problems = run(given.rounds, given.articles, given.seed)
    line = f"{given.rounds} rounds over stores of {given.articles} articles, {time.monotonic() - start:.0f} s: "
    line += f"{len(problems)} problems"
    print(line, *problems[:20], sep="\n")
    if given.rounds >= 1000:
        RESULTS.write_text(f"# kill -9 at random moments\n\n`python benchmarks/durability.py`\n\n{line}.\n")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
