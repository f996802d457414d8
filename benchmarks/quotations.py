"""Quotations against the gold sets of `../shared/gold`: kg with its tagger, kg by rules alone, and textacy's finder.

    python benchmarks/quotations.py [--curve]

Parses each set once, runs every system on the same parses, scores with `../shared/gold/score.py` and writes
`benchmarks/results/quotations.md`: scores, and CPU seconds of the quotation stage beside the parser's. textacy (pip
install textacy) finds direct quotations only, by paragraph, since one unbalanced mark in a text makes it give up.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extract.quotations import SHIPPED, make_quotations, make_rules
from kg.nlp import Parsed, load_pipeline, parse
from kg.records import Document, Finding, Quotation
from kg.vocab import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold"
SETS = {"quotes_polnear_dev": "quotes", "quotes_sfu_a": "quotes", "graph_meantime_a": "graph"}
TARGETS = {
    ("quotes_polnear_dev", "content_iou50"): 73,
    ("quotes_polnear_dev", "content+source"): 67,
    ("quotes_polnear_dev --speech-only", "content_iou50"): 85,
    ("quotes_polnear_dev --speech-only", "content+source"): 81,
    ("quotes_sfu_a", "content_iou50"): 85,
    ("quotes_sfu_a", "content+source"): 81,
    ("graph_meantime_a", "speech_events"): 65,
}
KEYS = {"quotes": ("content_iou50", "content+source"), "graph": ("speech_events",)}

#: For `--curve`: how sure of what is no statement in words; PolNeAR marks beliefs, plans and topics, SFU does not.
CURVE = (0.36, 0.48, 0.58, 0.7, 0.85)

Quotes = list[dict[str, Any]]


def main() -> None:
    """Parse, run, score, write."""
    schema = load_schema()
    nlp = load_pipeline(schema)
    systems: dict[str, Callable[[Doc], Quotes]] = {
        "kg": partial(_kg, make_quotations(schema)),
        "kg, rules only": partial(_kg, make_rules(schema)),
    }
    if importlib.util.find_spec("textacy"):
        systems["textacy"] = _textacy
    if sys.argv[1:] == ["--curve"]:
        systems = {f"at {least}": partial(_kg, _at(least)) for least in CURVE}
    scores: dict[tuple[str, str], dict[str, float]] = {}
    seconds = dict.fromkeys(["parser", *systems], 0.0)
    for name, task in SETS.items():
        documents = list(_documents(name))
        start = time.process_time()
        docs = [(each.document.id, each.text) for each in parse(documents, nlp) if isinstance(each, Parsed)]
        seconds["parser"] += time.process_time() - start
        for system, run in systems.items():
            start = time.process_time()
            found = [{"id": key, "quotations": run(doc)} for key, doc in docs]
            seconds[system] += time.process_time() - start
            for label, measured in _scored(name, task, found):
                scores.setdefault((label, ""), {})
                for key, value in measured.items():
                    scores.setdefault((label, key), {})[system] = value
    if sys.argv[1:] == ["--curve"]:
        _write_curve(scores, list(systems))
    else:
        _write(scores, seconds, list(systems))


def _documents(name: str) -> Iterator[Document]:
    for line in (GOLD / "dev" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Document(str(row.get("doc_id", row.get("id"))), row["text"])


def _kg(extract: Callable[[Doc], Iterator[Any]], doc: Doc) -> Quotes:
    found = (each.record for each in extract(doc) if isinstance(each, Finding))
    return [_as_json(each) for each in found if isinstance(each, Quotation)]


def _at(least: float) -> Callable[[Doc], Iterator[Any]]:
    """The extractor with another threshold for what is no statement."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(SHIPPED, Path(place) / "weights"))
        card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        card["thresholds"]["other"] = least
        (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
        return make_quotations(load_schema(), folder)


def _write_curve(scores: dict[tuple[str, str], dict[str, float]], systems: list[str]) -> None:
    lines = [
        "# Quotations: what is asked of beliefs, plans and topics",
        "",
        "F1 in per cent by the certainty that is asked of what is no statement in words",
        "(`python benchmarks/quotations.py --curve`); `model.json` holds the value that ships.",
        "",
        f"| set | key | {' | '.join(systems)} |",
        f"|---|---|{'---|' * len(systems)}",
    ]
    for (label, key), by_system in scores.items():
        if key:
            lines.append(f"| {label} | {key} | {' | '.join(str(by_system[each]) for each in systems)} |")
    (HERE / "results" / "quotations_curve.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _as_json(quotation: Quotation) -> dict[str, Any]:
    parts = {"content": quotation.content, "cue": quotation.cue, "source": quotation.source}
    return {name: [[span.start, span.end] for span in spans] for name, spans in parts.items()} | {
        "kind": quotation.kind,
        "speaker": None,
    }


def _textacy(doc: Doc) -> Quotes:
    direct_quotations = importlib.import_module("textacy.extract").direct_quotations
    found: Quotes = []
    ends = [token.i + 1 for token in doc if "\n" in token.text] + [len(doc)]
    for start, end in zip([0, *ends], ends, strict=False):
        try:
            found += [_of_textacy(doc, start, each) for each in direct_quotations(doc[start:end].as_doc())]
        except (ValueError, IndexError):  # an unbalanced mark
            continue
    return found


def _of_textacy(doc: Doc, start: int, found: Any) -> dict[str, Any]:
    def chars(tokens: Any) -> list[list[int]]:
        if not len(tokens):
            return []
        first, last = doc[start + tokens[0].i], doc[start + tokens[-1].i]
        at = doc.user_data
        return [[at["starts"][first.idx], at["ends"][last.idx + len(last) - 1]]]

    return {"content": chars(found.content), "cue": chars(found.cue), "source": chars(found.speaker), "kind": "direct"}


def _scored(name: str, task: str, found: Quotes) -> Iterator[tuple[str, dict[str, float]]]:
    """The label of a row group and its scores, with and without `--speech-only`."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in found)
        file.flush()
        for flags in ([], ["--speech-only"]) if task == "quotes" else ([],):
            command = [sys.executable, str(GOLD / "score.py"), task, str(GOLD / "dev" / f"{name}.jsonl"), file.name]
            out = subprocess.run([*command, "--json", *flags], capture_output=True, text=True, check=True).stdout
            result = json.loads(out)["scores"]
            yield " ".join([name, *flags]), {key: result[key]["F"] for key in KEYS[task]}


def _write(scores: dict[tuple[str, str], dict[str, float]], seconds: dict[str, float], systems: list[str]) -> None:
    lines = [
        "# Quotations",
        "",
        "F1 in per cent, by `../shared/gold/score.py` (`python benchmarks/quotations.py`). The tagger was trained on",
        "PolNeAR's training articles only; thresholds were chosen on the sets of this table.",
        "",
        f"| set | key | {' | '.join(systems)} | target |",
        f"|---|---|{'---|' * len(systems)}---|",
    ]
    for (label, key), by_system in scores.items():
        if key:
            cells = " | ".join(str(by_system.get(system, "-")) for system in systems)
            lines.append(f"| {label} | {key} | {cells} | {TARGETS.get((label, key), '-')} |")
    lines += ["", "| stage | CPU seconds | of the parser's time |", "|---|---|---|"]
    lines += [f"| {name} | {spent:.1f} | {100 * spent / seconds['parser']:.0f} % |" for name, spent in seconds.items()]
    target = HERE / "results" / "quotations.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
