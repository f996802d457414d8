"""What an archive of ten million articles takes, from the figures of `scale.py`, with the sums shown.

    python benchmarks/archive.py [--articles 10000000] [--words 420]

Reads `benchmarks/results/scale.json`, writes `benchmarks/results/archive.md`. Nothing is measured here.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"
ARTICLES = 10_000_000
#: Words of an article of a newspaper; those of the measurement are shorter.
WORDS = 420
#: Articles of one store of kg's own: some 50 million quads, two to three times the largest that was measured.
SHARD = 20_000
CORES = (2, 16, 64, 256)

STORES = (
    ("kg's own (Oxigraph, embedded)", f"a shard of {SHARD:,} articles", "`kg build`, `kg query`, `kg serve`"),
    ("Virtuoso", "billions of quads on one machine", "`kg export --for virtuoso`, then `ld_dir`"),
    ("QLever", "hundreds of billions on one machine, by its own account", "`kg build --parts-only`, then its indexer"),
    (
        "Neptune, GraphDB, Stardog",
        "what the cluster holds; replicas, no sharding",
        "`kg build --parts-only`, bulk load",
    ),
)


def page(figures: dict[str, Any], articles: int = ARTICLES, words: int = WORDS) -> str:
    """The page, in Markdown."""
    alone = [run for run in figures["runs"].values() if run["workers"] == 1]
    if not alone:
        return "Measure with one worker first.\n"
    run = max(alone, key=lambda each: int(each["articles"]))
    return "\n".join([*_head(run, articles, words), *_sums(run, articles, words), *_stores()]) + "\n"


def _head(run: dict[str, Any], articles: int, words: int) -> list[str]:
    size, own = run["articles"], run["words"] / run["articles"]
    return [
        f"# {articles:,} articles",
        "",
        "`python benchmarks/archive.py`, an extrapolation: nobody has run this. It takes the largest run of",
        f"[scale.md](scale.md) with one worker, {size:,} articles of {own:.0f} words on average,",
        f"and articles of {words} words, as newspapers print them; cost goes by the word. The bare parser read",
        f"{1 / run['bare']:,.0f} words per CPU second then; where it reads more ([speed.md](speed.md)), hours shrink.",
        "",
    ]


def _sums(run: dict[str, Any], articles: int, words: int) -> list[str]:
    total = articles * words
    cpu, quads, disk = (value / run["words"] for value in (sum(run["seconds"].values()), run["quads"], run["disk"]))
    derived = run["seconds"].get("derived", 0) / run["words"]
    hours = cpu * total / 3600
    lines = [
        "| what | sum | result |",
        "|---|---|---|",
        f"| words | {articles:,} × {words} | {total / 1e9:.1f} billion |",
        f"| core hours | {1e6 * cpu:.0f} µs/word × words / 3600 | {hours:,.0f} |",
        f"| of it derived graphs | {1e6 * derived:.1f} µs/word × words / 3600 | {derived * total / 3600:,.0f} |",
        f"| quads | {quads:.2f}/word × words | {quads * total / 1e9:,.1f} billion |",
        f"| disk, kg's own stores | {1024 * disk:.2f} KB/word × words | {disk * total / 2**20:,.1f} TB |",
        f"| shards of {SHARD:,} articles | articles / {SHARD:,} | {articles / SHARD:,.0f} |",
    ]
    lines += [f"| days on {cores} cores | core hours / {cores} / 24 | {hours / cores / 24:,.1f} |" for cores in CORES]
    return lines


def _stores() -> list[str]:
    lines = ["", "## Which store", "", "| store | holds | how |", "|---|---|---|"]
    lines += [f"| {' | '.join(each)} |" for each in STORES]
    return [
        *lines,
        "",
        "What links articles (incidents, copies, contradictions) is decided within a store. An archive of this size is",
        "cut by time: incidents join within days, so that shards of consecutive months lose what reaches over their",
        "borders and nothing else.",
    ]


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--words", type=int, default=WORDS)
    given = parser.parse_args()
    figures = json.loads((RESULTS / "scale.json").read_text(encoding="utf-8"))
    (RESULTS / "archive.md").write_text(page(figures, given.articles, given.words), encoding="utf-8")
    print((RESULTS / "archive.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
