"""What more articles cost: time per article, memory, disk, workers and stops, at growing numbers of articles.

    python benchmarks/scale.py [--sizes 400 4000] [--workers 1 2] [--kills 5]

Articles are real ones (`../shared/gold/dev`) recombined: paragraphs of several of a corpus, with names of people and
towns and the dates exchanged, so that neither entities nor texts repeat more than in an archive. Writes
`benchmarks/results/scale.md`, with what the figures mean for ten million articles.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg import pipeline
from kg.store import open_store

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT.parent / "shared" / "gold" / "dev" / "strikes_fakes_a.jsonl"
RESULT = ROOT / "benchmarks" / "results" / "scale.md"
ARCHIVE = 10_000_000
COLUMNS = (
    "articles",
    "workers",
    "seconds",
    "CPU ms/article",
    "of it derived",
    "words/s",
    "peak MB",
    "worker MB",
    "quads/article",
    "KB/article on disk",
    "s to count statements by speaker",
)
#: Syllables of invented surnames: there are 8,000 of them.
SYLLABLES = (
    "ba",
    "dor",
    "el",
    "gan",
    "hos",
    "im",
    "jar",
    "kel",
    "lo",
    "mir",
    "nas",
    "or",
    "pet",
    "qua",
    "ras",
    "sal",
    "tor",
    "um",
    "vel",
    "zan",
)


def recombined(number: int, path: Path) -> int:
    """Write that many articles; the number of words. The same number gives the same articles."""
    chance = random.Random(number)
    texts = [json.loads(line)["text"] for line in SOURCE.open(encoding="utf-8")]
    halves = [(text[: (cut := text.find(". ", len(text) // 2) + 1)], text[cut:]) for text in texts]
    names = ["".join(each).capitalize() for each in itertools.product(SYLLABLES, repeat=3)]
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            text = chance.choice(halves)[0] + chance.choice(halves)[1]
            text = exchanged(text, chance, names)
            words += len(text.split())
            day = f"20{chance.randrange(12, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            file.write(json.dumps({"id": f"r{n}", "date": day, "text": text}) + "\n")
    return words


def exchanged(text: str, chance: random.Random, names: list[str]) -> str:
    """The text with some of its capitalised words, most of them names, replaced by invented ones, each everywhere."""
    own = sorted({word for word in text.split() if word.istitle() and len(word) > 5 and word.isalpha()})
    for word in own[:: chance.randrange(2, 5)]:
        text = text.replace(word, chance.choice(names))
    return text


def measure(path: Path, store: Path, workers: int) -> dict[str, float]:
    """Build once; wall seconds, CPU seconds by stage, peak memory of the process and of its largest child."""
    start = time.perf_counter()
    summary = pipeline.build([path], store, workers=workers)
    wall = time.perf_counter() - start
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    files = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
    with open_store(store, read_only=True) as opened:
        quads = len(opened)
        begun = time.perf_counter()
        list(opened.select("SELECT ?a (COUNT(*) AS ?n) { ?a kg:said ?q } GROUP BY ?a ORDER BY DESC(?n) LIMIT 10"))
        query = time.perf_counter() - begun
    return {
        "wall": wall,
        "cpu": sum(summary.seconds.values()),
        "derived": summary.seconds["derived"],
        "words": summary.words,
        "memory": own / 1024,
        "child": children / 1024,
        "disk": files / 2**20,
        "quads": quads,
        "query": query,
    }


def in_own_process(path: Path, store: Path, workers: int) -> dict[str, float]:
    """One measurement with nothing before it."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--measure", str(path), str(store), str(workers)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def killed(path: Path, store: Path, kills: int, seconds: float) -> bool:
    """Whether a build that was killed at random that often ends with the bytes of an undisturbed one."""
    chance = random.Random(kills)
    disturbed = store.with_name("disturbed")
    for _ in range(kills):
        command = [sys.executable, __file__, "--measure", str(path), str(disturbed), "1"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(5 + chance.random() * seconds)
            process.kill()
    pipeline.build([path], disturbed)
    return dump(disturbed) == dump(store)


def dump(store: Path) -> list[str]:
    """All quads, sorted."""
    with open_store(store, read_only=True) as opened:
        return sorted(map(str, opened.quads()))


def report(rows: list[tuple[int, int, dict[str, float]]], kills: int, *, equal: bool) -> str:
    """The page, in Markdown."""
    lines = [
        "# Scale",
        "",
        "`python benchmarks/scale.py`: recombined articles, a new store each, derived graphs included.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "|---" * len(COLUMNS) + "|",
    ]
    for size, workers, found in rows:
        lines.append(
            f"| {size:,} | {workers} | {found['wall']:.0f} | {1000 * found['cpu'] / size:.0f} "
            f"| {1000 * found['derived'] / size:.1f} | {found['words'] / found['wall']:,.0f} | {found['memory']:.0f} "
            f"| {found['child'] if workers > 1 else 0:.0f} | {found['quads'] / size:,.0f} "
            f"| {1024 * found['disk'] / size:.0f} | {found['query']:.2f} |"
        )
    lines += ["", f"Killed {kills} times at random and continued: {'the same' if equal else 'OTHER'} bytes.", ""]
    return "\n".join(lines + extrapolation(rows[-1])) + "\n"


def extrapolation(last: tuple[int, int, dict[str, float]]) -> list[str]:
    """What the largest measurement means for an archive."""
    size, _, found = last
    hours = found["cpu"] / size * ARCHIVE / 3600
    quads, disk = found["quads"] / size * ARCHIVE / 1e9, found["disk"] / size * ARCHIVE / 2**20
    return [
        f"## {ARCHIVE:,} articles",
        "",
        f"From the last row, if cost stays linear: {hours:,.0f} core hours (64 cores: {hours / 64:,.0f} hours),",
        f"{quads:,.0f} billion quads, {disk:,.1f} TB in the embedded store. That is beyond one store: build shards of",
        "100,000 articles on machines of their own, export each as N-Quads, and load them into a store made for",
        "billions of quads (Virtuoso, QLever).",
    ]


def main() -> None:
    """Measure all sizes and worker counts, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[400, 4000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        path, store, workers = given.measure
        print(json.dumps(measure(Path(path), Path(store), int(workers))))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size, workers in itertools.product(given.sizes, given.workers):
            path, store = Path(folder) / f"{size}.jsonl", Path(folder) / f"store-{size}-{workers}"
            recombined(size, path)
            rows.append((size, workers, in_own_process(path, store, workers)))
        size, first = given.sizes[0], rows[0][2]
        path, store = Path(folder) / f"{size}.jsonl", Path(folder) / f"store-{size}-{given.workers[0]}"
        equal = killed(path, store, given.kills, first["wall"])
    RESULT.write_text(report(rows, given.kills, equal=equal), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
