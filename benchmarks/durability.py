"""Kill a writer with `kill -9` at random moments: nothing acknowledged may be lost, no article may be half there.

    python benchmarks/durability.py [--rounds 1000] [--articles 400] [--builds 20] [--seed 1]

A writer stores readings in batches and one by one, then other readings of every fifth article, and prints each id
once it is safe. It is killed; the store is opened, what was acknowledged must be there, and articles (the last ones,
those that nobody acknowledged, some others) are compared with their readings. When nothing is left to do, the export
must be that of an undisturbed writer, byte for byte, and a new store is begun. Then all of `kg build` (model, readers,
derived graphs) is killed in the same way over texts of invented articles: as many articles as it had told of must be
there, each as an undisturbed build has it, and a last build must give that build's export. A run of 1,000 rounds or
more writes `benchmarks/results/durability.md`; the exit code is 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import io
import json
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg import pipeline
from kg.errors import StoreError
from kg.export import export
from kg.graph import Run, make_quads
from kg.records import Schema
from kg.store import open_store
from kg.vocab import DATA
from synthetic import resolutions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

    from kg.store import Store

QUADS = make_quads(Schema("0"), DATA, Run("0", "0", "0"))
BATCH = 16
#: Articles of a build that is killed, and their date.
BUILT, PUBLISHED = 40, dt.date(2031, 5, 6)
RESULTS = Path(__file__).parent / "results" / "durability.md"


def reading(number: int, version: int) -> tuple[str, str, list[ox.Quad]]:
    """Article `number` as its version says: another seed gives another text under the same id."""
    (resolution,) = resolutions(1, seed=version, first=number, sentences=3)
    return resolution.document.id, str(version), list(QUADS(resolution))


def write(path: Path, articles: int, seed: int, tell: Callable[[tuple[str, int]], None] = lambda _: None) -> None:
    """Store what is not there yet; then give every fifth article a second version. Tell what is safe."""
    chance = random.Random(seed)
    with open_store(path) as store:
        for version in (1, 2):
            numbers = [each for each in range(articles) if version == 1 or each % 5 == 0]
            waiting = [each for each in numbers if _version(store, each) < version]
            while waiting:
                size = chance.choice((1, 2, BATCH, 4 * BATCH))
                some, waiting = waiting[:size], waiting[size:]
                for name in store.replace_all(reading(each, version) for each in some):
                    tell((name, version))


def _finished(path: Path, articles: int) -> bool:
    """Whether a writer has nothing left to do."""
    with open_store(path) as store:
        return all(_version(store, each) == 1 + (each % 5 == 0) for each in range(articles))


def _version(store: Store, number: int) -> int:
    return int(store.fingerprint(f"synthetic-{number:07}") or 0)


def killed(path: Path, articles: int, seed: int, after: float) -> dict[str, int]:
    """Run a writer and kill it; what it had told, by id. An empty answer: it had nothing left to do.

    The writer is a fork, which has the modules loaded: a round takes a fraction of a second.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    writer = context.Process(target=write, args=(path, articles, seed, theirs.send))
    writer.start()
    theirs.close()
    told: dict[str, int] = {}
    until = time.monotonic() + after
    with contextlib.suppress(EOFError):
        while ours.poll(max(0.0, until - time.monotonic())):
            name, version = ours.recv()
            told[name] = version
    writer.kill()
    writer.join()
    with contextlib.suppress(EOFError, OSError):
        while ours.poll():
            name, version = ours.recv()
            told[name] = version
    return told


def check(path: Path, acknowledged: dict[str, int], sampled: random.Random) -> Iterator[str]:
    """What is wrong with a store after a kill; articles are compared whole, a sample of them where there are many."""
    try:
        opened = open_store(path, read_only=True)
    except StoreError as error:  # killed before there was a store
        yield from (f"{name}: was acknowledged, and {error}" for name in acknowledged)
        return
    with opened as store:
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
        write(undisturbed, articles, 0)
        expected, path = digest(undisturbed), Path(folder) / "killed"
        acknowledged: dict[str, int] = {}
        while done < rounds:
            more = killed(path, articles, chance.randrange(10**9), chance.expovariate(1.5))
            acknowledged |= more
            problems += check(path, acknowledged, chance)
            done += 1
            if _finished(path, articles):
                problems += [] if digest(path) == expected else [f"round {done}: the export differs"]
                shutil.rmtree(path)
                acknowledged = {}
        write(path, articles, 0)
        problems += [] if digest(path) == expected else ["the last export differs"]
    return problems


# -------------------------------------------------------------------------------- all of kg build


def _texts(folder: Path, articles: int) -> Path:
    """Articles to read, as JSON lines: the words of synthetic ones."""
    path = folder / "articles.jsonl"
    documents = (each.document for each in resolutions(articles, sentences=8))
    path.write_text("".join(f"{json.dumps({'id': each.id, 'text': each.text})}\n" for each in documents))
    return path


def _build(texts: Path, store: Path, tell: Callable[[int], None] = lambda _: None) -> None:
    pipeline.build([texts], store, published=PUBLISHED, progress=lambda summary: tell(summary.read))


def killed_build(texts: Path, store: Path, after: float) -> int:
    """Run a build and kill it; how many articles it had told of as durable."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    builder = context.Process(target=_build, args=(texts, store, theirs.send))
    builder.start()
    theirs.close()
    builder.join(after)
    builder.kill()
    builder.join()
    told = 0
    with contextlib.suppress(EOFError, OSError):
        while ours.poll():
            told = ours.recv()
    return told


def _graphs(path: Path) -> dict[str, frozenset[ox.Quad]]:
    """Each article's graph; nothing where there is no store yet."""
    try:
        opened = open_store(path, read_only=True)
    except StoreError:
        return {}
    with opened as store:
        return {name: frozenset(store.quads(graph)) for name, graph in store.article_graphs()}


def _remove(store: Path) -> None:
    """A store, and what kg keeps beside it."""
    shutil.rmtree(store)
    for each in store.parent.glob(f"{store.name}.*"):
        each.unlink()


def builds(rounds: int, articles: int, seed: int) -> list[str]:
    """Builds that are killed over one store after another; problems in words."""
    chance, problems = random.Random(seed), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts, undisturbed, path = _texts(folder, articles), folder / "undisturbed", folder / "killed"
        start = time.monotonic()
        _build(texts, undisturbed)
        longest, expected, whole = time.monotonic() - start, digest(undisturbed), _graphs(undisturbed)
        for number in range(1, rounds + 1):
            before = len(_graphs(path))
            told = killed_build(texts, path, chance.uniform(0.1, 0.6) * longest)
            there = _graphs(path)
            problems += [f"build {number}: {name} is not whole" for name in there if there[name] != whole[name]]
            if len(there) < before + told:
                problems.append(f"build {number}: {before} + {told} articles were told of, {len(there)} are there")
            if len(there) == articles and number < rounds:
                _build(texts, path)
                problems += [] if digest(path) == expected else [f"build {number}: the export differs"]
                _remove(path)
        _build(texts, path)
        problems += [] if digest(path) == expected else ["the last build's export differs"]
    return problems


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--rounds", type=int, default=1000)
    options.add_argument("--articles", type=int, default=400)
    options.add_argument("--builds", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    start = time.monotonic()
    problems = run(given.rounds, given.articles, given.seed)
    rows = [f"| the store's writer, {given.articles} articles | {given.rounds} | {len(problems)} | {_since(start)} |"]
    if given.builds:
        start = time.monotonic()
        more = builds(given.builds, BUILT, given.seed)
        rows.append(f"| all of `kg build`, {BUILT} articles | {given.builds} | {len(more)} | {_since(start)} |")
        problems += more
    text = "\n".join(["| killed with `kill -9` | rounds | problems | seconds |", "|---|---|---|---|", *rows])
    print(text, *problems[:20], sep="\n")
    if given.rounds >= 1000:
        RESULTS.write_text(f"# kill -9 at random moments\n\n`python benchmarks/durability.py`\n\n{text}\n")
    return bool(problems)


def _since(start: float) -> str:
    return f"{time.monotonic() - start:.0f}"


if __name__ == "__main__":
    sys.exit(main())
