"""What a reviewer decided of claims: put into effect at once and after every build, and taken back without a trace.

A rejected claim is no `kg:Claim` any more and states nothing; its node, its words and the decision stay. An amended one
has the new value. Each decision keeps the statements that it took out and put in, so that undoing it restores the
article's graphs exactly. Applying a correction twice is applying it once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.derived.amending import amended
from kg.derived.decisions import article_of_claim, corrections_file, file_of, read, standing, write
from kg.derived.holdings import Holdings
from kg.errors import InputError
from kg.graph.terms import KG, POLARITY, RDF, TEMPORALITY, node, text
from kg.records import Correction
from kg.vocab import Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Store

Quads = set[Any]

KEPT = frozenset({KG.article, KG.evidence, KG.foundBy})
STRUCK = frozenset({KG.target, KG.victim, KG.place})


def correct(store: Store, correction: Correction) -> None:
    """Put a correction into effect and keep it.

    Args:
        store: An open store with a path.
        correction: The decision.

    Raises:
        InputError: There is no such claim, or it has no such value.
        StoreError: The store is one in memory.
    """
    path = file_of(store)
    made = (*read(path), _edit(store, correction))
    write(path, made)
    _put(store, made[-1])
    _record(store, made)


def undo(store: Store, claim: str, author: str, note: str) -> int:
    """Take back every decision on a claim; decisions on other claims of its article stay in effect.

    Returns:
        How many decisions were taken back.

    Raises:
        InputError: Nobody has decided on the claim, or so long ago that only a new reading can restore it.
        StoreError: The store is one in memory.
    """
    path, name = file_of(store), unquote(claim.removeprefix(_iris(store).base))
    made = read(path)
    mine = [each for each in standing(made) if each.claim == name]
    if not mine:
        raise InputError(f"{claim}: nobody has decided on this claim; kg correct lists the decisions")
    if not all(each.removed or each.added for each in mine):
        raise InputError(
            f"{claim}: an older kg has decided on it; delete its lines in {path} and build the article again"
        )
    article = article_of_claim(mine[0])
    for each in reversed([one for one in standing(made) if article_of_claim(one) == article]):
        _take_back(store, each)
    write(path, (*made, Correction(name, "undo", author, note, mine[0].words)))
    apply(store)
    return len(mine)


def apply(store: Store) -> tuple[Correction, ...]:
    """Put all corrections of a store into effect again; what is returned found no claim to correct."""
    path = corrections_file(store)
    made = read(path)
    effective, lost, now = set(standing(made)), [], []
    for each in made:
        done = _again(store, each) if each in effective else each
        if done is None:
            lost.append(each)
        now.append(done or each)
    if path is not None and tuple(now) != made:
        write(path, now)
    _record(store, now)
    return tuple(lost)


def _again(store: Store, correction: Correction) -> Correction | None:
    """The correction in effect, with what it changed; None where its claim is not to be found."""
    if _rejected(store, correction):
        return correction
    known = _known_again(store, correction)
    if known is None:
        return None
    try:
        edited = _edit(store, known)
    except InputError:
        return None
    _put(store, edited)
    changed = edited.removed or edited.added
    return replace(correction, removed=edited.removed, added=edited.added) if changed else correction


# -------------------------------------------------------------------------------- which claim


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
    article = article_of_claim(correction)
    query = """SELECT ?claim ?article ?words WHERE { ?claim a kg:Claim ; kg:article ?article ; kg:evidence ?evidence .
                                     ?evidence kg:exact ?words } ORDER BY ?claim"""
    rows = store.select(query, article=node(_iris(store).article(article)), words=text(correction.words))
    found = [row["claim"].value for row in rows]
    if _iris(store).of(correction.claim) in found:
        return correction
    if len(found) != 1:
        return None
    return replace(correction, claim=f"article/{article}/claim/{found[0].rsplit('/', 1)[1]}")


# -------------------------------------------------------------------------------- what it changes


def _edit(store: Store, correction: Correction) -> Correction:
    """The correction with the statements of its article that it takes out and puts in; nothing is changed yet.

    Raises:
        InputError: There is no such claim, or it has no such value.
    """
    name, iris = article_of_claim(correction), _iris(store)
    graph, claim = node(iris.graph(name)), node(iris.of(correction.claim))
    own, derived = set(store.quads(graph.value)), set(store.quads(iris.article_derived(name)))
    if ox.Quad(claim, RDF.type, KG.Claim, graph) not in own:
        raise InputError(f"{correction.claim}: no claim of this store; kg query claims lists them")
    new = _without(own, claim, graph) if correction.action == "reject" else amended(store, own, claim, correction)
    old, new = own | derived, new | _supported(new, derived)
    return replace(correction, removed=_lines(old - new), added=_lines(new - old))


def _without(quads: Quads, claim: ox.NamedNode, graph: ox.NamedNode) -> Quads:
    kept = {quad for quad in quads if quad.subject != claim or quad.predicate in KEPT}
    return kept | {ox.Quad(claim, RDF.type, KG.RejectedClaim, graph)}


def _supported(own: Quads, edges: Quads) -> Quads:
    """The edges of an article but for strikes that no positive claim on what happened supports any more."""
    told: dict[Any, dict[Any, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for quad in own:
        told[quad.predicate][quad.subject].add(quad.object)
    claims = {claim for claim, kinds in told[RDF.type].items() if KG.Claim in kinds}
    sure = {each for each in claims if POLARITY.positive in told[KG.polarity][each]}
    past = {each for each in sure if TEMPORALITY.nonFuture in told[KG.temporality][each]}
    events = {event for claim in past for event in told[KG.about][claim]}
    pairs = {
        (attacker, struck)
        for event in events
        for attacker in told[KG.attacker][event]
        for role in STRUCK
        for struck in told[role][event]
    }
    return {each for each in edges if each.predicate != KG.strikeOn or (each.subject, each.object) in pairs}


def _put(store: Store, correction: Correction) -> None:
    store.patch(_quads_of(correction.added), _quads_of(correction.removed))


def _take_back(store: Store, correction: Correction) -> None:
    store.patch(_quads_of(correction.removed), _quads_of(correction.added))


def _lines(quads: Quads) -> tuple[str, ...]:
    """Statements as N-Quads, in the order of their texts."""
    return tuple(sorted((ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode().splitlines()))


def _quads_of(lines: Iterable[str]) -> Quads:
    return set(ox.parse(BytesIO("\n".join(lines).encode()), format=ox.RdfFormat.N_QUADS))


def _iris(store: Store) -> Iris:
    return Iris(Holdings(store).base)


# -------------------------------------------------------------------------------- the decisions as data


def _record(store: Store, made: Iterable[Correction]) -> None:
    """The decisions that stand, in a graph of their own."""
    graph = f"{_iris(store).base}graph/corrections"
    quads = [quad for number, each in enumerate(standing(made), 1) for quad in _said(store, number, each, node(graph))]
    store.set_graphs(quads, graph)


def _said(store: Store, number: int, correction: Correction, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    me = node(f"{_iris(store).base}correction/{number}")
    yield ox.Quad(me, RDF.type, KG.Correction, graph)
    yield ox.Quad(me, KG.corrects, node(_iris(store).of(correction.claim)), graph)
    for name in ("action", "author", "note", "field", "value"):
        if value := getattr(correction, name):
            yield ox.Quad(me, KG[name], text(value), graph)
