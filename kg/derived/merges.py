"""What a reviewer decided of entities: the same, or different. Kept in a file beside the store, never in the articles.

`kg merge --propose FILE.yaml` writes proposals with their evidence; the reviewer writes `verdict: same` or
`verdict: different` to them; `--apply FILE.yaml` keeps those decisions and says `owl:sameAs` in the graph
`graph/merges`, which the shipped queries follow; `--undo` takes decisions back. The graph is a function of the file and
of what the articles call the entities: undoing restores the store exactly.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

import pyoxigraph as ox
import yaml

from kg.derived.holdings import Holdings
from kg.derived.sameness import known_by_name, merge_quads
from kg.errors import InputError, StoreError
from kg.records import Known, MergeDecision
from kg.resolve.merge import contradiction, propose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.records import MergeProposal
    from kg.store import Store

NAMES = """SELECT DISTINCT ?entity ?type ?name WHERE {
  VALUES ?type { kg:Person kg:Organization kg:ArmedGroup kg:Coalition }
  ?entity a ?type ; rdfs:label|skos:altLabel ?name
}"""
ARTICLES = "SELECT DISTINCT ?entity ?article WHERE { ?article kg:mentions ?entity }"
COMPANY = "SELECT DISTINCT ?entity ?with WHERE { ?m kg:member ?entity ; kg:organization|kg:role ?with }"
HEADER = (
    "# Write a verdict to each pair: same, different, or leave it open. Then: kg merge --apply FILE --author NAME\n"
)
VERDICTS = frozenset(["same", "different"])


def merges_file(store: Store) -> Path:
    """Where the decisions on a store's entities are: beside it, so that they outlive it.

    Raises:
        StoreError: The store is one in memory.
    """
    if store.path is None:
        raise StoreError("a store in memory keeps no decisions; name a folder with --store")
    return store.path.with_name(f"{store.path.name}.merges.jsonl")


def read(path: Path) -> tuple[MergeDecision, ...]:
    """The decisions of a file, in the order in which they were made.

    Raises:
        InputError: A line is no decision.
    """
    if not path.is_file():
        return ()
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return tuple(
        _decision(f"{path}, line {number}", _json(path, number, line)) for number, line in lines if line.strip()
    )


def _json(path: Path, number: int, line: str) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}, line {number}: is no decision ({error}); mend or delete the line") from error


def _decision(where: str, fields: object) -> MergeDecision:
    """A decision from the mapping that holds it."""
    known = ("kept", "other", "verdict", "author", "note", "kept_name", "other_name")
    if not isinstance(fields, dict) or not all(isinstance(fields.get(name, ""), str) for name in known):
        raise InputError(f"{where}: is no decision; it needs kept, other and verdict")
    if not fields.get("kept") or not fields.get("other") or fields.get("verdict") not in VERDICTS:
        raise InputError(f"{where}: needs kept, other, and a verdict that is same or different")
    evidence = tuple(map(str, fields.get("evidence") or ()))
    return MergeDecision(**{name: fields.get(name, "") for name in known}, evidence=evidence)


# -------------------------------------------------------------------------------- propose, apply, undo


def proposals(store: Store) -> tuple[MergeProposal, ...]:
    """Pairs of the store's entities that may be one and that nobody has judged."""
    return propose(entities(store), {frozenset((each.kept, each.other)) for each in read(merges_file(store))})


def entities(store: Store) -> tuple[Known, ...]:
    """Everybody who has a name, as all articles together know them."""
    holdings = Holdings(store)
    names, articles = _table(holdings, NAMES, "name"), _table(holdings, ARTICLES, "article")
    company = _table(holdings, COMPANY, "with")
    rows = store.select(NAMES)
    types = {holdings.path(row["entity"].value): row["type"].value.rsplit("#", 1)[1] for row in rows}
    return tuple(
        Known(each, kind, tuple(names[each]), tuple(articles[each]), tuple(company[each]))
        for each, kind in sorted(types.items())
    )


def _table(holdings: Holdings, query: str, column: str) -> dict[str, list[str]]:
    """Entity -> the values of a column, sorted; ids for IRIs."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in holdings.store.select(query):
        value = row[column]
        is_iri = isinstance(value, ox.NamedNode)
        found[holdings.path(row["entity"].value)].add(holdings.path(value.value) if is_iri else value.value)
    return defaultdict(list, {each: sorted(values) for each, values in found.items()})


def write_proposals(found: Iterable[MergeProposal], path: Path) -> None:
    """Proposals as YAML, each with an empty verdict for the reviewer."""
    rows = [{**asdict(each), "evidence": list(each.evidence), "verdict": None, "note": ""} for each in found]
    body = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False) if rows else "[]\n"
    path.write_text(HEADER + body, encoding="utf-8")


def read_verdicts(path: Path, author: str) -> tuple[MergeDecision, ...]:
    """The pairs of a reviewed file that have a verdict.

    Raises:
        InputError: The file is missing, is no YAML, or an entry is no decision.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as YAML ({str(error).splitlines()[0]}); propose it again") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{path}: is no list of pairs; write it with kg merge --propose")
    judged = ((number, row) for number, row in enumerate(rows, 1) if row.get("verdict") is not None)
    return tuple(_decision(f"{path}, pair {number}", {**row, "author": author}) for number, row in judged)


def apply(store: Store, decisions: Iterable[MergeDecision]) -> int:
    """Keep decisions and put them into effect; a later word on the same pair replaces the earlier.

    Returns:
        How many decisions the store did not have.

    Raises:
        InputError: A verdict "different" is on two that other verdicts make one; nothing is kept then.
    """
    path, holdings = merges_file(store), Holdings(store)
    before = read(path)
    named = (known_by_name(each, holdings) for each in decisions)
    made = {frozenset((each.kept, each.other)): each for each in (*before, *named)}
    if wrong := contradiction(tuple(made.values())):
        raise InputError(
            f"{wrong.kept} and {wrong.other} are told to be different, but other verdicts make them one; undo one"
        )
    _write(store, tuple(made.values()))
    return len(set(made.values()) - set(before))


def undo(store: Store, ids: Iterable[str]) -> int:
    """Take back every decision on an entity.

    Returns:
        How many decisions were taken back.
    """
    path, gone = merges_file(store), set(ids)
    before = read(path)
    kept = tuple(each for each in before if not gone & {each.kept, each.other})
    _write(store, kept)
    return len(before) - len(kept)


def _write(store: Store, decisions: tuple[MergeDecision, ...]) -> None:
    lines = (json.dumps(asdict(each), ensure_ascii=False) for each in decisions)
    merges_file(store).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    record(store)


def record(store: Store) -> None:
    """Make the graph of merges say what the file of decisions says; a store in memory has none.

    It is made anew after every build: names come and go with articles.
    """
    if store.path is not None:
        holdings = Holdings(store)
        store.set_graphs(list(merge_quads(read(merges_file(store)), holdings)), f"{holdings.base}graph/merges")
