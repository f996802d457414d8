"""Score places on the gold sets, and measure what the gazetteer costs.

    python benchmarks/places.py

Reads `../shared/gold`, runs `kg`'s own stages with quotations by rule (places do not rest on the tagger), has
`score.py` judge the lines, and writes `benchmarks/results/places.md`. `--errors N` prints errors instead.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.corpus import read_documents
from kg.extract.toponyms import make_toponyms
from kg.gazetteer import load_gazetteer
from kg.lines import dumps
from kg.nlp import load_pipeline, parse
from kg.pipeline import Reader, Settings
from kg.records import Document, Failure
from kg.resolve.places import make_places
from kg.vocab import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold"
#: Set -> what it must reach: spans_overlap F, within_161km, end_to_end_161km F.
TARGETS = {"geo_geovirus": (90, 90, 81), "geo_lgl": (75, 70, 53)}
MEASURES = (("spans_overlap", "F"), ("within_161km", "acc"), ("end_to_end_161km", "F"))
#: Limits of the gazetteer: seconds of CPU and MB that loading it takes.
LIMITS = (0.5, 150)
LOADING = """
import os, time
from pathlib import Path
from kg.vocab import load_schema
from kg.gazetteer import load_gazetteer
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
regions = load_schema().regions
before, start = held(), time.process_time()
gazetteer = load_gazetteer(regions)
print(time.process_time() - start, held() - before)
"""


def documents(name: str) -> list[Document]:
    """The articles of a gold file."""
    return [each for each in read_documents([GOLD / "dev" / f"{name}.jsonl"]) if not isinstance(each, Failure)]


def score(name: str, reader: Reader, errors: int) -> dict[str, Any]:
    """What `score.py` says of the places that are found in a set."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.jsonl"
        found = (each for each in reader.read(documents(name)) if not isinstance(each, Failure))
        lines.write_text("".join(dumps(each) + "\n" for each in found), encoding="utf-8")
        command = [sys.executable, str(GOLD / "score.py"), "places", str(GOLD / "dev" / f"{name}.jsonl"), str(lines)]
        wanted = ["--errors", str(errors)] if errors else ["--json"]
        output = subprocess.run([*command, *wanted], check=True, capture_output=True, text=True).stdout
    if errors:
        print(output)
        return {}
    scores: dict[str, dict[str, Any]] = json.loads(output)
    return scores.get("scores", scores)


def loading() -> tuple[float, float]:
    """Seconds of CPU and MB that loading the gazetteer takes in a fresh process: the best of three."""
    runs = [
        subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True, text=True) for _ in range(3)
    ]
    seconds, megabytes = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return min(seconds), max(megabytes)


def share(articles: int = 150) -> float:
    """CPU seconds for names of places and the places they mean, as a share of the parser's, on one set."""
    schema = load_schema()
    nlp = load_pipeline(schema)
    reader = Reader(Settings(rules_only=True))
    texts = documents("geo_lgl")[:articles]
    start = time.process_time()
    parsed = [each for each in parse(texts, nlp) if not isinstance(each, Failure)]
    parsing = time.process_time() - start
    extractions = [reader.extract(each.document.id, [each.text]) for each in parsed]
    toponyms, places = make_toponyms(schema), make_places(schema, load_gazetteer(schema.regions))
    start = time.process_time()
    for each, extraction in zip(parsed, extractions, strict=True):
        toponyms(each.text)
        places(each.document, extraction)
    return (time.process_time() - start) / parsing


def table(scores: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The scores as rows of Markdown."""
    yield "| set | measure | score | at least |"
    yield "|---|---|---|---|"
    for name, targets in TARGETS.items():
        for (measure, key), target in zip(MEASURES, targets, strict=True):
            yield f"| {name} | {measure}.{key} | {scores[name][measure][key]:.1f} | {target} |"


def main() -> None:
    """Score, measure, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args()
    reader = Reader(Settings(rules_only=True))
    scores = {name: score(name, reader, given.errors) for name in TARGETS}
    if given.errors:
        return
    seconds, megabytes = loading()
    lines = [
        "# Places",
        "",
        "`python benchmarks/places.py`: development sets of `shared/gold`, judged by its `score.py`.",
        "",
        *table(scores),
        "",
        "| gazetteer | measured | limit |",
        "|---|---|---|",
        f"| CPU seconds to load | {seconds:.2f} | {LIMITS[0]} |",
        f"| MB in memory | {megabytes:.0f} | {LIMITS[1]} |",
        "",
        f"Names of places and their places take {share():.1%} of the parser's time.",
    ]
    (HERE / "results" / "places.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
