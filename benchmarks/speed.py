"""How much of the parser's speed `kg build` keeps: words per CPU second of both, in turns, on the same texts.

    python benchmarks/speed.py [--articles 400] [--rounds 2]

Reads `../shared/gold/dev`, writes `benchmarks/results/speed.md`. Bare is `nlp.pipe` with the default model and spaCy's
own components, one thread; whole is `kg.pipeline.build` into a new store, derived graphs included. Loading is apart in
both. Each round measures both in processes of their own; the best round of each counts, since a busy machine only ever
slows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import spacy

from kg import pipeline
from kg.nlp import DEFAULT_MODEL

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev"
CORPORA = ("strikes_fakes_a", "quotes_polnear_dev", "events_wikievents_dev")
RESULT = ROOT / "benchmarks" / "results" / "speed.md"
STARTS = {"kg --help": 0.2, "kg query": 0.5}


def articles(number: int) -> list[dict[str, str]]:
    """Articles of three corpora in turns, without their annotation."""
    corpora = [[json.loads(line) for line in (GOLD / f"{name}.jsonl").open(encoding="utf-8")] for name in CORPORA]
    shares = [corpus[: max(1, number * len(corpus) // sum(map(len, corpora)))] for corpus in corpora]
    return [{"id": each["doc_id"], "text": each["text"]} for share in shares for each in share][:number]


def measure_bare(path: Path) -> dict[str, float]:
    """Parse all texts with the model as it comes."""
    nlp = spacy.load(DEFAULT_MODEL)
    loaded = time.process_time()
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    for _ in nlp.pipe(texts, batch_size=64):
        pass
    return {"load": loaded, "work": time.process_time() - loaded}


def measure_whole(path: Path) -> dict[str, float]:
    """Build a store; seconds by stage, those of loading are what the process used before its first article."""
    with tempfile.TemporaryDirectory() as folder:
        summary = pipeline.build([path], Path(folder) / "store")
    total = time.process_time()
    work = sum(summary.seconds.values())
    return {"load": total - work, "work": work, **summary.seconds, "articles": summary.read}


def in_own_process(kind: str, path: Path) -> dict[str, float]:
    """One measurement with nothing before it."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--measure", kind, str(path)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


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


def report(bare: dict[str, float], whole: dict[str, float], words: int) -> str:
    """The table, in Markdown."""
    share = bare["work"] / whole["work"]
    rows = [
        "# Speed",
        "",
        f"`python benchmarks/speed.py`: {whole['articles']:.0f} articles, {words:,} words, one thread, best round.",
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
    rows += ["", "| start-up | CPU seconds | limit |", "|---|---|---|"]
    rows += [f"| `{command}` | {start_up(command):.2f} | {limit} |" for command, limit in STARTS.items()]
    return "\n".join(rows) + "\n"


def main() -> None:
    """Measure in turns, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    measures = {"bare": measure_bare, "whole": measure_whole}
    if given.measure:
        print(json.dumps(measures[given.measure[0]](Path(given.measure[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        records = articles(given.articles)
        path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
        rounds = [{kind: in_own_process(kind, path) for kind in measures} for _ in range(given.rounds)]
    best = {kind: min((each[kind] for each in rounds), key=lambda found: found["work"]) for kind in measures}
    words = sum(len(each["text"].split()) for each in records)
    RESULT.write_text(report(best["bare"], best["whole"], words), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
