"""How much of the parser's speed `kg build` keeps: words per CPU second of both, in turns, on the same texts.

    python benchmarks/speed.py [--articles 400]

Reads `../shared/gold/dev`, writes `benchmarks/results/speed.md`. Bare is `nlp.pipe` with the default model and spaCy's
own components, one thread; whole is `kg.pipeline.build` into a new store, derived graphs included. Loading is apart in
both. They take turns in one process, every 32 articles, so that whatever else the machine does slows both alike. A
profile, sampled every ten milliseconds of CPU time in the same run, says which module of kg the rest is spent in.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from kg import pipeline
from kg.nlp import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev"
CORPORA = ("strikes_fakes_a", "quotes_polnear_dev", "events_wikievents_dev")
RESULT = ROOT / "benchmarks" / "results" / "speed.md"
BATCH = 32
SAMPLED = 0.01
PACKAGE = str(Path(pipeline.__file__).parent.parent)
#: What is no part of reading and storing: bare parsing, loading, the graphs that are there before the first article.
APART = {"Bare.parse", "_find_and_load", "Reader.__init__", "Store.set_graphs", "reference_quads"}
#: Modules that are told of one by one.
TOLD = 25
STARTS = {"kg --help": 0.2, "kg query": 0.5}


def articles(number: int) -> list[dict[str, str]]:
    """Articles of three corpora in turns, without their annotation."""
    corpora = [[json.loads(line) for line in (GOLD / f"{name}.jsonl").open(encoding="utf-8")] for name in CORPORA]
    shares = [corpus[: max(1, number * len(corpus) // sum(map(len, corpora)))] for corpus in corpora]
    return [{"id": each["doc_id"], "text": each["text"]} for share in shares for each in share][:number]


class Bare:
    """Parses, with the model as it comes, the articles that a build has just stored."""

    def __init__(self, texts: Iterable[str]) -> None:
        start = time.process_time()
        self.nlp = spacy.load(DEFAULT_MODEL)
        self.load, self.work, self.wall = time.process_time() - start, 0.0, 0.0
        self.texts, self.waiting = iter(texts), 0

    def follow(self, _: object = None) -> None:
        """Take note of an article that was stored; parse as many as are in a batch."""
        self.waiting += 1
        if self.waiting == BATCH:
            self.parse()

    def parse(self) -> None:
        """Parse what waits."""
        texts = list(itertools.islice(self.texts, self.waiting))
        start, wall = time.process_time(), time.perf_counter()
        for _ in self.nlp.pipe(texts, batch_size=BATCH):
            pass
        self.work += time.process_time() - start
        self.wall += time.perf_counter() - wall
        self.waiting = 0


class Profile:
    """CPU seconds by module of kg: a sample counts for the innermost frame that is kg's, with all that it calls."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.last = 0.0

    @contextmanager
    def sampling(self) -> Iterator[None]:
        """Sample what runs in here."""
        signal.signal(signal.SIGPROF, self._sample)
        signal.siginterrupt(signal.SIGPROF, False)  # noqa: FBT003 - else the database's writes would be interrupted
        self.last = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SAMPLED, SAMPLED)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _sample(self, _: int, frame: FrameType | None) -> None:
        """A long call into C has one sample, which counts for all of its time."""
        now = time.process_time()
        self.seconds[_module(frame)] += now - self.last
        self.last = now

    def rows(self, bare: float) -> list[str]:
        """The table; loading and bare parsing, which are none of kg's modules at work, are left out."""
        known = sorted(((name, spent) for name, spent in self.seconds.items() if name), key=lambda each: -each[1])
        listed = known[:TOLD]
        rest = sum(spent for _, spent in known[TOLD:])
        lines = [f"| `{name}` | {spent:.1f} | {spent / bare:.1%} |" for name, spent in listed]
        return [*lines, f"| {len(known) - len(listed)} others | {rest:.1f} | {rest / bare:.1%} |"]


def _module(frame: FrameType | None) -> str:
    """The innermost module of kg; nothing for what is `APART`."""
    found = ""
    while frame is not None:
        if frame.f_code.co_qualname in APART:
            return ""
        if not found and frame.f_code.co_filename.startswith(PACKAGE):
            found = frame.f_code.co_filename.removeprefix(PACKAGE).strip("/").removesuffix(".py").replace("/", ".")
        frame = frame.f_back
    return f"kg.{found.removesuffix('.__init__')}" if found else ""


def measure(path: Path, profile: Profile | None = None) -> dict[str, dict[str, float]]:
    """Build a store, with bare parsing in between; CPU seconds of both, of the build by stage."""
    bare = Bare([json.loads(line)["text"] for line in path.open(encoding="utf-8")])
    start = time.process_time()
    profile = profile or Profile()
    with tempfile.TemporaryDirectory() as folder, profile.sampling():
        summary = pipeline.build([path], Path(folder) / "store", progress=bare.follow)
    total = time.process_time() - start - bare.work
    summary.seconds["store"] -= bare.work  # what is no other stage's
    bare.parse()
    work = sum(summary.seconds.values())
    whole = {"load": total - work, "work": work, **summary.seconds, "articles": summary.read}
    return {"bare": {"load": bare.load, "work": bare.work}, "whole": whole}


def start_up(command: str) -> float:
    """CPU seconds of a command, the best of five."""
    words = [str(Path(sys.executable).parent / "kg"), *command.split()[1:]]
    best = float("inf")
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(words, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def report(bare: dict[str, float], whole: dict[str, float], words: int, profile: Profile) -> str:
    """The tables, in Markdown."""
    share = bare["work"] / whole["work"]
    rows = [
        "# Speed",
        "",
        f"`python benchmarks/speed.py`: {whole['articles']:.0f} articles, {words:,} words, one thread.",
        "",
        "| | words per CPU second | CPU seconds | to load |",
        "|---|---|---|---|",
        f"| bare `nlp.pipe` | {words / bare['work']:,.0f} | {bare['work']:.1f} | {bare['load']:.1f} |",
        f"| whole `kg build` | {words / whole['work']:,.0f} | {whole['work']:.1f} | {whole['load']:.1f} |",
        "",
        f"`kg build` keeps **{share:.0%}** of the parser's speed.",
        "",
        "| stage | CPU seconds | of bare parsing |",
        "|---|---|---|",
    ]
    stages = {name: value for name, value in whole.items() if name not in {"load", "work", "articles"}}
    rows += [f"| {name} | {value:.1f} | {value / bare['work']:.0%} |" for name, value in stages.items()]
    rows += ["", "| module, with the libraries that it calls | CPU seconds | of bare parsing |", "|---|---|---|"]
    rows += [
        *profile.rows(bare["work"]),
        "",
        "`kg.nlp` is spaCy's parser, `kg.store.database` the database itself.",
    ]
    rows += ["", "| start-up | CPU seconds | limit |", "|---|---|---|"]
    rows += [f"| `{command}` | {start_up(command):.2f} | {limit} |" for command, limit in STARTS.items()]
    return "\n".join(rows) + "\n"


def main() -> None:
    """Measure in turns, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        records = articles(given.articles)
        path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
        profile = Profile()
        found = measure(path, profile)
    words = sum(len(each["text"].split()) for each in records)
    RESULT.write_text(report(found["bare"], found["whole"], words, profile), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
