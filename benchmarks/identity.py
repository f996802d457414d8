"""Score who is who on the gold sets, count the listed actors, and measure what identity costs.

    python benchmarks/identity.py

Reads `../shared/gold`, runs `kg`'s own stages, has `score.py` judge the lines, and writes
`benchmarks/results/identity.md`. `--errors N` prints errors instead.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.corpus import read_documents
from kg.extract.mentions import make_mentions
from kg.extract.relations import make_relations
from kg.lines import dumps
from kg.nlp import Parsed, parse
from kg.pipeline import Reader
from kg.records import Document, Extraction, Failure, Finding, Schema
from kg.resolve.identities import identify
from kg.resolve.vocabulary import make_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold"
#: Set, task, and what is to be reached: measure, field, at least.
SETS = (
    ("entrel_re3d_a", "entities", (("mentions_main_types", "F", 70), ("alias_recall", "acc", 65))),
    (
        "graph_meantime_a",
        "graph",
        (("mentions_overlap", "F", 66), ("coreference_of_names", "P", 92), ("coreference_of_names", "R", 66)),
    ),
    ("quotes_sfu_a", "quotes", (("speaker_name", "acc", 85), ("speaker_name_source_in_other_words", "acc", None))),
)
#: What an hour's baseline reached, from `../shared/gold/README.md`.
BASELINE = {
    ("mentions_main_types", "F"): 59.3,
    ("alias_recall", "acc"): 0.0,
    ("mentions_overlap", "F"): 57.4,
    ("coreference_of_names", "P"): 96.6,
    ("coreference_of_names", "R"): 42.3,
}
#: Share of the parser's time that identity and places may take together.
BUDGET = 5


def documents(name: str) -> list[Document]:
    """The articles of a gold file."""
    return [each for each in read_documents([GOLD / "dev" / f"{name}.jsonl"]) if not isinstance(each, Failure)]


def score(name: str, task: str, reader: Reader, errors: int) -> dict[str, Any]:
    """What `score.py` says of a set."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.jsonl"
        found = (each for each in reader.read(documents(name)) if not isinstance(each, Failure))
        lines.write_text("".join(dumps(each) + "\n" for each in found), encoding="utf-8")
        command = [sys.executable, str(GOLD / "score.py"), task, str(GOLD / "dev" / f"{name}.jsonl"), str(lines)]
        wanted = ["--errors", str(errors)] if errors else ["--json"]
        output = subprocess.run([*command, *wanted], check=True, capture_output=True, text=True).stdout
    if errors:
        print(output)
        return {}
    scores: dict[str, dict[str, Any]] = json.loads(output)
    return scores.get("scores", scores)


def rows(reader: Reader, errors: int) -> Iterator[str]:
    """One row of the table for each measure."""
    for name, task, measures in SETS:
        scores = score(name, task, reader, errors)
        for measure, field, least in measures if scores else ():
            value = scores[measure][field]
            baseline = BASELINE.get((measure, field), "-")
            yield f"| {name} | {measure} {field} | {baseline} | {least or '-'} | {value} |"


def cost(reader: Reader, sample: int = 40) -> tuple[float, float]:
    """CPU seconds of identity (mentions, relations, who is who) and of the parse, on the same articles."""
    texts = documents("quotes_sfu_a")[:sample]
    start = time.process_time()
    parses = [each for each in parse(texts, reader.nlp) if isinstance(each, Parsed)]
    parsing = time.process_time() - start
    extractors = [make(reader.schema) for make in (make_mentions, make_relations)]
    words = make_words(reader.schema)
    for run in extractors:  # what is loaded at the first use is no cost of an article
        list(run(parses[0].text))
    start = time.process_time()
    for each in parses:
        found = tuple(one for run in extractors for one in run(each.text))
        identify(each.document, _extraction(each.document, found), words, {})
    return time.process_time() - start, parsing


def _extraction(document: Document, found: Iterable[Finding]) -> Extraction:
    return Extraction(document.id, tuple(found))


def listed(schema: Schema) -> Iterator[str]:
    """How many actors of each class the ontology lists."""
    counts = Counter(actor.type for actor in schema.actors)
    yield from (f"| {kind} | {count} |" for kind, count in counts.most_common())
    yield f"| all | {len(schema.actors)} |"
    yield f"| names, demonyms and metonyms | {sum(map(_names, schema.actors))} |"


def _names(actor: Any) -> int:
    return len(actor.aliases) + len(actor.ambiguous) + len(actor.demonyms) + len(actor.metonyms)


def main() -> None:
    """Write the table, or print errors."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--errors", type=int, default=0, metavar="N")
    errors = arguments.parse_args().errors
    reader = Reader()
    table = list(rows(reader, errors))
    if errors:
        return
    identity, parsing = cost(reader)
    text = "\n".join(
        [
            "# Identity",
            "",
            "Made by `python benchmarks/identity.py` (gold sets are private; scores only).",
            "",
            "| set | measure | an hour's baseline | at least | kg |",
            "|---|---|---|---|---|",
            *table,
            "",
            (
                f"Mentions, relations and coreference take {100 * identity / parsing:.1f} % of the parser's CPU time"
                f" (budget for identity and places together: {BUDGET} %)."
            ),
            "",
            "| listed actors | |",
            "|---|---|",
            *listed(reader.schema),
            "",
        ]
    )
    (HERE / "results" / "identity.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
