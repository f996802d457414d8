"""What a reviewer decided of claims: kept in a file beside the store, put into effect after every build.

A rejected claim is no `kg:Claim` any more and states nothing; its node, its words and the decision stay. An amended one
has the new value; the decision keeps the old. Applying a correction twice is applying it once.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from kg.derived.amending import amended
from kg.derived.holdings import Holdings
from kg.errors import InputError, StoreError
from kg.graph.terms import KG, RDF, node, text
from kg.records import Correction
from kg.vocab import Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.store import Store

Quads = set[ox.Quad]

#: Who struck what, by events that somebody says happened: what `kg:strikeOn` rests on.
SUPPORTED = """SELECT DISTINCT ?article ?attacker ?struck WHERE {
  ?event kg:article ?article ; kg:attacker ?attacker ; kg:target|kg:victim|kg:place ?struck .
  ?claim a kg:Claim ; kg:about ?event ; kg:polarity polarity:positive ; kg:temporality temporality:nonFuture .
}"""
KEPT = frozenset({KG.article, KG.evidence, KG.foundBy})


def corrections_file(store: Store) -> Path | None:
    """Where the corrections of a store are: beside it, so that they outlive it. A store in memory has none."""
    return store.path.with_name(f"{store.path.name}.corrections.jsonl") if store.path else None


def read(path: Path | None) -> tuple[Correction, ...]:
    """The corrections of a file, in the order in which they were made; none where there is no file.

    Raises:
        InputError: A line is no correction.
    """
    if path is None or not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_parsed(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _parsed(path: Path, number: int, line: str) -> Correction:
    try:
        return Correction(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise InputError(f"{path}, line {number}: is no correction ({error}); mend or delete the line") from error


def correct(store: Store, correction: Correction) -> None:
    """Put a correction into effect and keep it.

    Args:
        store: An open store with a path.
        correction: The decision; `words` are looked up.

    Raises:
        InputError: There is no such claim, or it has no such value.
        StoreError: The store is one in memory.
    """
    path = corrections_file(store)
    if path is None:
        raise StoreError("a store in memory keeps no corrections; name a folder with --store")
    _change(store, correction)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(correction), ensure_ascii=False) + "\n")
    _record(store, read(path))


def words_of(store: Store, claim: str) -> str:
    """The words that a claim rests on.

    Raises:
        InputError: The store has no such claim.
    """
    query = "SELECT ?claim ?words WHERE { ?claim a kg:Claim ; kg:evidence ?evidence . ?evidence kg:exact ?words }"
    for row in store.select(query, claim=node(_iris(store).of(claim))):
        return str(row["words"].value)
    raise InputError(f"{claim}: no claim of this store; kg query claims lists them")


def decision(store: Store, claim: str, **options: str | bool | None) -> Correction:
    """A correction from what a command line gives.

    Args:
        store: Where the claim is.
        claim: Its id or its IRI.
        options: `reject`, or `field` and `value`; `author`, `note`.

    Raises:
        InputError: The store has no such claim.
    """
    path = unquote(claim.removeprefix(_iris(store).base))
    return Correction(
        claim=path,
        action="reject" if options["reject"] else "amend",
        author=str(options["author"]),
        note=str(options["note"] or ""),
        words=words_of(store, path),
        field=str(options["field"]) if options["field"] else None,
        value=str(options["value"]) if options["value"] else None,
    )


def apply(store: Store) -> tuple[Correction, ...]:
    """Put all corrections of a store into effect again; what is returned found no claim to correct."""
    made = read(corrections_file(store))
    lost = tuple(each for each in made if not _reapplied(store, each))
    _record(store, made)
    return lost


def _reapplied(store: Store, correction: Correction) -> bool:
    if _rejected(store, correction):
        return True
    try:
        known = _known_again(store, correction)
        return known is not None and _change(store, known)
    except InputError:
        return False


def _rejected(store: Store, correction: Correction) -> bool:
    """Whether the claim was rejected already: its words are the same, so it is the same claim."""
    claim = node(_iris(store).of(correction.claim))
    query = (
        "SELECT ?claim ?words WHERE { ?claim a kg:RejectedClaim ; kg:evidence ?evidence . ?evidence kg:exact ?words }"
    )
    words = {row["words"].value for row in store.select(query, claim=claim)}
    return correction.action == "reject" and correction.words in words


def _known_again(store: Store, correction: Correction) -> Correction | None:
    """The correction with the id that its claim has now: the same id if its words are the same, else the only match."""
    article = correction.claim.rsplit("/claim/", 1)[0]
    query = """SELECT ?claim ?article ?words WHERE { ?claim a kg:Claim ; kg:article ?article ; kg:evidence ?evidence .
                                     ?evidence kg:exact ?words } ORDER BY ?claim"""
    rows = store.select(
        query, article=node(_iris(store).article(article.removeprefix("article/"))), words=text(correction.words)
    )
    found = [row["claim"].value for row in rows]
    if _iris(store).of(correction.claim) in found:
        return correction
    if len(found) != 1:
        return None
    return Correction(**{**asdict(correction), "claim": f"{article}/claim/{found[0].rsplit('/', 1)[1]}"})


def _change(store: Store, correction: Correction) -> bool:
    """Edit the graph of the claim's article."""
    graph = _graph(store, correction)
    claim = node(_iris(store).of(correction.claim))
    quads = set(store.quads(graph.value))
    if ox.Quad(claim, RDF.type, KG.Claim, graph) not in quads:
        raise InputError(f"{correction.claim}: no claim of this store; kg query claims lists them")
    new = _without(quads, claim, graph) if correction.action == "reject" else amended(store, quads, claim, correction)
    store.set_graphs(new, graph.value)
    _drop_unsupported(store, correction)
    return True


def _drop_unsupported(store: Store, correction: Correction) -> None:
    """Take away edges of the article that no positive claim supports any more."""
    name = _article(correction)
    graph = _iris(store).article_derived(name)
    rows = list(store.select(SUPPORTED, article=node(_iris(store).article(name))))
    supported = {(row["attacker"], row["struck"]) for row in rows}
    edges = set(store.quads(graph))
    kept = {each for each in edges if each.predicate != KG.strikeOn or (each.subject, each.object) in supported}
    if kept != edges:
        store.set_graphs(kept, graph)


def _without(quads: Quads, claim: ox.NamedNode, graph: ox.NamedNode) -> Quads:
    kept = {quad for quad in quads if quad.subject != claim or quad.predicate in KEPT}
    return kept | {ox.Quad(claim, RDF.type, KG.RejectedClaim, graph)}


def _graph(store: Store, correction: Correction) -> ox.NamedNode:
    return node(_iris(store).graph(_article(correction)))


def _article(correction: Correction) -> str:
    return correction.claim.removeprefix("article/").rsplit("/claim/", 1)[0]


def _iris(store: Store) -> Iris:
    return Iris(Holdings(store).base)


# -------------------------------------------------------------------------------- the decisions as data


def _record(store: Store, made: Iterable[Correction]) -> None:
    """All decisions in a graph of their own."""
    graph = f"{_iris(store).base}graph/corrections"
    quads = [quad for number, each in enumerate(made, 1) for quad in _quads(store, number, each, node(graph))]
    store.set_graphs(quads, graph)


def _quads(store: Store, number: int, correction: Correction, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    me = node(f"{_iris(store).base}correction/{number}")
    yield ox.Quad(me, RDF.type, KG.Correction, graph)
    yield ox.Quad(me, KG.corrects, node(_iris(store).of(correction.claim)), graph)
    for name in ("action", "author", "note", "field", "value"):
        if value := getattr(correction, name):
            yield ox.Quad(me, KG[name], text(value), graph)
