"""Events, roles and figures against the gold sets of `../shared/gold`, by `kg extract` as a user runs it.

    python benchmarks/events.py [SET…]

Runs `kg extract` on each set, scores with `../shared/gold/score.py`, measures what the extractors of times, figures and
events cost beside the parser on the same texts, and writes `benchmarks/results/events.md`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.extract.events import make_events
from kg.extract.figures import make_figures
from kg.extract.times import make_times
from kg.nlp import Parsed, load_pipeline, parse
from kg.records import Document
from kg.vocab import load_schema

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold"
TASKS = {
    "events_wikievents_dev": "events-wikievents",
    "events_muc4_tst4_a": "events-muc4",
    "types_case_a": "types",
    "strikes_fakes_a": "strikes",
}
#: Set, path of the score, what an hour's baseline has, what is aimed at ("<": at most).
TARGETS = (
    ("events_wikievents_dev", "triggers.F", "72.1", "79"),
    ("events_wikievents_dev", "arguments_end_to_end.F", "42.4", "51"),
    ("events_muc4_tst4_a", "role_fillers.F", "36.1", "46"),
    ("events_muc4_tst4_a", "incident_in_document.acc", "62.2", "80"),
    ("types_case_a", "conflict_types.acc", "59.2", "76"),
    ("types_case_a", "peaceful_snippets_with_a_conflict_type.acc", "30.7", "<18"),
    ("strikes_fakes_a", "cause.acc", "82.3", "88"),
    ("strikes_fakes_a", "actor.acc", "70.3", "80"),
    ("strikes_fakes_a", "place.acc", "63.2", "84"),
    ("strikes_fakes_a", "civilians.acc", "74.2", "82"),
)


def main(sets: list[str]) -> None:
    """Extract, score, time, write."""
    scores = {name: score(name) for name in sets or TASKS}
    rows = [(*target, value(scores[target[0]], target[1])) for target in TARGETS if target[0] in scores]
    lines = ["# Events, roles, figures", "", "`python benchmarks/events.py`, on the dev sets of the gold folder.", ""]
    lines += ["| set | score | an hour's baseline | aim | kg |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {key} | {base} | {aim} | {got} |" for name, key, base, aim, got in rows]
    lines += ["", cost(next(iter(scores))), ""]
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "events.md").write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


def score(name: str) -> dict[str, Any]:
    """The scores of one set."""
    gold = GOLD / "dev" / f"{name}.jsonl"
    with tempfile.NamedTemporaryFile("w+", suffix=".jsonl") as predicted:
        subprocess.run(
            [sys.executable, "-c", "from kg.cli import main; main()", "extract", str(gold)],
            stdout=predicted,
            check=True,
        )
        command = [sys.executable, str(GOLD / "score.py"), TASKS[name], str(gold), predicted.name, "--json"]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found["scores"]  # type: ignore[no-any-return]


def value(scores: dict[str, Any], path: str) -> float:
    """A score by its path."""
    first, last = path.rsplit(".", 1)
    return scores[first][last]  # type: ignore[no-any-return]


def cost(name: str) -> str:
    """CPU seconds of the three extractors beside the parser's, on one set."""
    schema = load_schema()
    nlp = load_pipeline(schema)
    rows = [json.loads(line) for line in (GOLD / "dev" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = [Document(str(row["doc_id"]), row["text"]) for row in rows]
    start = time.process_time()
    docs = [each.text for each in parse(documents, nlp) if isinstance(each, Parsed)]
    parsed = time.process_time()
    for make in (make_times, make_figures, make_events):
        extract = make(schema)
        for doc in docs:
            list(extract(doc))
    share = (time.process_time() - parsed) / (parsed - start)
    return (
        f"Times, figures and events together cost {share:.0%} of the parser's time on {name} (budget with claims: 25%)."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
