"""What more articles cost: time, memory and disk at growing numbers of articles, beside the bare parser; stops.

    python benchmarks/scale.py [--sizes 400 4000] [--workers 1 2] [--kills 20]

Articles are real ones (`../shared/gold/dev`) recombined when this runs, and never stored: the opening of one and
sentences of two others of the same corpus, names and dates exchanged, thirty articles a day, so that entities, texts
and happenings repeat no more than in an archive. Each size and number of workers is measured in a process of its own,
and its figures are kept in `benchmarks/results/scale.json`; so one that takes hours need not be repeated when another
is. Writes `benchmarks/results/scale.md`, and with `benchmarks/archive.py` what they mean for ten million.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import archive
from kg import pipeline
from kg.store import open_store
from speed import Bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pipeline import Summary

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev"
CORPORA = ("strikes_fakes_a", "quotes_polnear_train", "quotes_sfu_a", "events_muc4_tst4_a")
RESULTS = ROOT / "benchmarks" / "results"
FIGURES = RESULTS / "scale.json"
#: The points of the run that is going on or was cut short.
POINTS_FILE = Path(tempfile.gettempdir()) / "kg-scale-points.json"

PIECES = 3
LONG = 2000  # characters of an article that pieces are taken from
WORDS = 12  # of each of the pieces of an article, up to the end of a sentence
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(rf"\b(?:(?:{MONTHS}) \d{{1,2}}|\d{{1,2}} (?:{MONTHS}))\b")
PER_DAY = 30
START = dt.date(2012, 1, 1)
#: Points of a run at which memory is noted.
POINTS = 10
#: Of the articles, how many are parsed by the bare model as well.
SHARE = 16
#: Syllables of invented names: there are 8,000 of them.
SYLLABLES = "ba dor el gan hos im jar kel lo mir nas or pet qua ras sal tor um vel zan".split()
QUERY = "SELECT ?a (COUNT(*) AS ?n) { ?a kg:said ?q } GROUP BY ?a ORDER BY DESC(?n) LIMIT 10"


# -------------------------------------------------------------------------------- articles


def recombined(number: int) -> Iterator[dict[str, str]]:
    """That many articles; the first of them are the same for any number."""
    chance = random.Random(8)
    corpora = [long_texts(GOLD / f"{name}.jsonl") for name in CORPORA]
    names = ["".join(each).capitalize() for each in itertools.product(SYLLABLES, repeat=3)]
    for n in range(number):
        corpus = chance.choices(corpora, [len(each) for each in corpora])[0]
        opening, *others = (chance.choice(corpus) for _ in range(PIECES))
        text = " ".join([piece(opening, 0), *(piece(each, chance.uniform(0.05, 0.75)) for each in others)])
        day = START + dt.timedelta(days=n // PER_DAY)
        text = dated(exchanged(text, chance, names), day, chance)
        yield {"id": f"r{n}", "date": day.isoformat(), "text": text}


def long_texts(path: Path) -> list[str]:
    """The texts of a corpus that have room for many different pieces."""
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    return [text for text in texts if len(text) >= LONG]


def piece(text: str, where: float) -> str:
    """Sentences of a text, from the one that begins after a share of it, till there are words enough."""
    start = text.find(". ", int(len(text) * where)) + 2 if where else 0
    if start == 1 or len(text) - start < 300:
        start = 0
    words = text[start : start + 2000].split(" ")
    end = next((n for n, word in enumerate(words, 1) if n >= WORDS and word.endswith((".", ".”", '."'))), 2 * WORDS)
    return " ".join(words[:end])


def exchanged(text: str, chance: random.Random, names: list[str]) -> str:
    """The text with some of its capitalised words, most of them names, replaced by invented ones, each everywhere."""
    own = sorted({word for word in text.split() if word.istitle() and len(word) > 5 and word.isalpha()})
    for word in own[:: chance.randrange(2, 5)]:
        text = text.replace(word, chance.choice(names))
    return text


def dated(text: str, day: dt.date, chance: random.Random) -> str:
    """The text with its days and years moved to shortly before its own day, so that no two tell of one old day."""

    def moved(_: re.Match[str]) -> str:
        then = day - dt.timedelta(days=chance.randrange(20))
        return f"{then:%B} {then.day}"

    return re.sub(r"\b(?:19|20)\d\d\b", str(day.year), DAY.sub(moved, text))


def write_articles(number: int, path: Path) -> None:
    """One a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in recombined(number))


# -------------------------------------------------------------------------------- one measurement


class Watch:
    """Follows a build: notes its cost at points of it, and has the bare model parse a share of the articles."""

    def __init__(self, number: int, texts: Iterator[str], store: Path) -> None:
        self.step, self.store = max(1, number // POINTS), store
        self.stored = 0
        self.bare = Bare(texts)
        self.points: list[dict[str, float]] = []
        self.start = 0.0

    def __call__(self, summary: Summary) -> None:
        """An article was stored."""
        if not self.stored:  # the model has been loaded, and the first batches read
            self.start = time.process_time() - (
                0 if multiprocessing.active_children() else sum(summary.seconds.values())
            )
        self.stored += 1
        if self.stored % self.step == 0:
            self.note(summary)
        if self.stored % SHARE == 0:
            self.bare.follow()

    def note(self, summary: Summary) -> None:
        """Write down what the articles so far have cost, where it outlives a run that is cut short."""
        children = [child.pid for child in multiprocessing.active_children() if child.pid]
        cpu = time.process_time() - self.start - self.bare.work + (sum(summary.seconds.values()) if children else 0)
        child = max(map(resident, children), default=0.0)
        now = {"articles": self.stored, "cpu": cpu, "own": resident(os.getpid()), "child": child}
        self.points.append(now | {"disk": size_of(self.store), "sorting": sorting()})
        POINTS_FILE.write_text(json.dumps(self.points) + "\n", encoding="utf-8")


def sorting() -> float:
    """CPU seconds of the threads with which RocksDB merges its sorted files; they are part of the process's."""
    ticks = 0
    for task in Path("/proc/self/task").iterdir():
        if (task / "comm").read_text(encoding="ascii").startswith("rocksdb"):
            fields = (task / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def size_of(store: Path) -> float:
    """Megabytes on the disk, with what lies beside the store."""
    files = [*store.rglob("*"), *store.parent.glob(f"{store.name}.*")]
    return sum(file.stat().st_size for file in files if file.is_file()) / 2**20


def resident(pid: int) -> float:
    """Megabytes that a process holds in memory now."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def peak(pid: str = "self") -> float:
    """Megabytes that a process has held at most."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def measure(path: Path, store: Path, workers: int) -> dict[str, Any]:
    """Build once; CPU seconds by stage, memory over time, what lies on the disk."""
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    number, shared = len(texts), texts[::SHARE]
    del texts
    watch = Watch(number, iter(shared), store)
    load = peak()
    start = time.perf_counter()
    summary = pipeline.build([path], store, workers=workers, progress=watch)
    wall = time.perf_counter() - start - watch.bare.wall
    summary.seconds["store"] -= watch.bare.work
    watch.bare.parse()
    found = {"wall": wall, "words": summary.words, "load": load, "peak": peak(), "points": watch.points}
    found |= {"seconds": summary.seconds, "counts": summary.counts, "failed": len(summary.failures)}
    words = sum(len(text.split()) for text in shared[: number // SHARE])
    return found | {"bare": watch.bare.work / words} | stored(store)


def stored(store: Path) -> dict[str, float]:
    """What lies in the store and on the disk, and how long a query over all of it takes."""
    with open_store(store, read_only=True) as opened:
        start = time.process_time()
        list(opened.select(QUERY))
        return {"query": time.process_time() - start, "quads": len(opened), "disk": size_of(store)}


def in_own_process(path: Path, store: Path, workers: int) -> dict[str, Any]:
    """One measurement with nothing before it."""
    command = [sys.executable, __file__, "--measure", str(path), str(store), str(workers)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# -------------------------------------------------------------------------------- stops


def killed(number: int, kills: int, folder: Path) -> dict[str, Any]:
    """Whether builds that are killed at random that often, and continued, end with the bytes of an undisturbed one."""
    chance = random.Random(kills)
    path, whole, disturbed = folder / "killed.jsonl", folder / "whole", folder / "disturbed"
    write_articles(number, path)
    start = time.perf_counter()
    in_own_process(path, whole, 1)
    seconds = time.perf_counter() - start
    died = 0
    for n in itertools.count():
        if died == kills:
            break
        command = [sys.executable, __file__, "--measure", str(path), str(disturbed), str(1 + n % 2)]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as run:
            try:
                run.wait(chance.uniform(0.2, 1) * seconds)
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, 9)
                died += 1
        if run.returncode == 0:  # it came to its end: begin again
            remove(disturbed)
    pipeline.build([path], disturbed)
    same = dump(disturbed) == dump(whole)
    return {"articles": number, "kills": died, "same": same}


def remove(store: Path) -> None:
    """A store with what lies beside it."""
    for file in sorted([*store.rglob("*"), *store.parent.glob(f"{store.name}*")], reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()


def dump(store: Path) -> list[str]:
    """All quads, sorted."""
    with open_store(store, read_only=True) as opened:
        return sorted(map(str, opened.quads()))


# -------------------------------------------------------------------------------- the page

COLUMNS = (
    "articles",
    "workers",
    "words",
    "CPU ms/article",
    "of it derived",
    "of bare `nlp.pipe`",
    "words/s",
    "peak MB",
    "worker MB",
    "quads/article",
    "KB/article on disk",
    "s to count statements by speaker",
)


def report(figures: dict[str, Any]) -> str:
    """The page, in Markdown."""
    runs = sorted(figures["runs"].values(), key=lambda run: (run["articles"], run["workers"]))
    lines = ["# Scale", "", (__doc__ or "").split("\n\n", 2)[2].strip(), "", f"| {' | '.join(COLUMNS)} |"]
    lines += ["|---" * len(COLUMNS) + "|", *map(row, runs), "", *growth(runs), ""]
    lines += ["CPU milliseconds an article, by stage:", "", *stages(runs), ""]
    lines += [
        "While a run goes on, before what is derived from all articles: CPU milliseconds an article since the line"
    ]
    lines += ["above, and of it what the database's own threads take to merge its files; megabytes of the process that"]
    lines += ["stores and of the largest that reads, megabytes on the disk:", ""]
    lines += ["| run | articles so far | CPU ms/article | of it merging | MB | worker MB | disk MB |", "|---" * 7 + "|"]
    lines += [line for run in [*runs, *figures.get("cut", [])] for line in points(run)]
    if kills := figures.get("kills"):
        word = "the same" if kills["same"] else "OTHER"
        lines += [
            "",
            f"Killed {kills['kills']} times at random and continued ({kills['articles']} articles, one and two",
        ]
        lines += [f"workers in turns, all processes with SIGKILL): {word} bytes as undisturbed."]
    return "\n".join(lines) + "\n"


def row(run: dict[str, Any]) -> str:
    """A line of the table."""
    size, seconds = run["articles"], run["seconds"]
    cpu = sum(seconds.values())
    values = (
        f"{size:,}",
        str(run["workers"]),
        f"{run['words']:,}",
        f"{1000 * cpu / size:.0f}",
        f"{1000 * seconds['derived'] / size:.1f}",
        f"{run['bare'] * run['words'] / cpu:.0%}",
        f"{run['words'] / run['wall']:,.0f}",
        f"{run['peak']:.0f}",
        f"{max(each['child'] for each in run['points']):.0f}" if run["workers"] > 1 else "-",
        f"{run['quads'] / size:,.0f}",
        f"{1024 * run['disk'] / size:.0f}",
        f"{run['query']:.2f}",
    )
    return f"| {' | '.join(values)} |"


def growth(runs: list[dict[str, Any]]) -> Iterator[str]:
    """The cost of an article in the largest run against that in the smallest."""
    alone = [run for run in runs if run["workers"] == 1]
    if len(alone) < 2:
        return
    first, last = (sum(run["seconds"].values()) / run["words"] for run in (alone[0], alone[-1]))
    bare = alone[-1]["bare"] / alone[0]["bare"]
    sizes = [f"{run['articles']:,}" for run in (alone[0], alone[-1])]
    yield f"A word of {sizes[1]} articles costs **{last / first - 1:+.0%}** of what one of {sizes[0]} costs"
    yield f"(the bare parser, on the same machine in the same minutes: {bare - 1:+.0%})."


def stages(runs: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each run, a column for each stage."""
    names = list(dict.fromkeys(name for run in runs for name in run["seconds"]))
    yield f"| articles | workers | {' | '.join(names)} | bare parsing |"
    yield "|---" * (len(names) + 3) + "|"
    for run in runs:
        values = [1000 * run["seconds"].get(name, 0) / run["articles"] for name in names]
        values.append(1000 * run["bare"] * run["words"] / run["articles"])
        yield f"| {run['articles']:,} | {run['workers']} | {' | '.join(f'{value:.1f}' for value in values)} |"


def points(run: dict[str, Any]) -> Iterator[str]:
    """The course of a run."""
    before = {"articles": 0, "cpu": 0.0, "sorting": 0.0}
    for now in run["points"]:
        more = now["articles"] - before["articles"]
        cost = f"{1000 * (now['cpu'] - before['cpu']) / more:.1f}"
        merging = f"{1000 * (now['sorting'] - before['sorting']) / more:.1f}" if "sorting" in now else "-"
        memory = f"{now['own']:.0f} | {now['child']:.0f}" if now["child"] else f"{now['own']:.0f} | -"
        name = f"{run['articles']:,}/{run['workers']}"
        yield f"| {name} | {now['articles']:,} | {cost} | {merging} | {memory} | {now['disk']:.0f} |"
        before = now


def main() -> None:
    """Measure what is asked for, write the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[400, 4000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--take", type=Path, help="Another scale.json, whose figures are taken over.")
    parser.add_argument(
        "--cut", nargs=3, metavar=("FILE", "SIZE", "WORKERS"), help="Points of a run that was cut short."
    )
    parser.add_argument("--folder", type=Path, help="Where the stores go while they are measured.")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        path, store, workers = given.measure
        print(json.dumps(measure(Path(path), Path(store), int(workers))))
        return
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {"runs": {}}
    if given.take:
        other = json.loads(given.take.read_text(encoding="utf-8"))
        figures = figures | other | {"runs": figures["runs"] | other["runs"]}
        keep(figures)
    if given.cut:
        course = json.loads(Path(given.cut[0]).read_text(encoding="utf-8"))
        figures["cut"] = [{"articles": int(given.cut[1]), "workers": int(given.cut[2]), "points": course}]
        keep(figures)
    for size, workers in itertools.product(given.sizes, given.workers):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            path = Path(folder) / "articles.jsonl"
            write_articles(size, path)
            run = in_own_process(path, Path(folder) / "store", workers)
        figures["runs"][f"{size}/{workers}"] = {"articles": size, "workers": workers} | run
        figures.pop("cut", None)
        keep(figures)
    if given.kills:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            figures["kills"] = killed(120, given.kills, Path(folder))
        keep(figures)
    print((RESULTS / "scale.md").read_text(encoding="utf-8"))


def keep(figures: dict[str, Any]) -> None:
    """Write the figures, and the pages that are made of them."""
    FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (RESULTS / "scale.md").write_text(report(figures), encoding="utf-8")
    (RESULTS / "archive.md").write_text(archive.page(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
