"""One value of one claim, changed by hand: what may be changed, and what it may become."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, get_args

import pyoxigraph as ox

from kg.derived.holdings import Holdings
from kg.errors import InputError
from kg.graph.terms import KG, decimal, node
from kg.records import Bound, Certainty, Polarity, Temporality
from kg.vocab import PREFIXES, Iris

if TYPE_CHECKING:
    from kg.records import Correction
    from kg.store import Store

Quads = set[ox.Quad]

#: Properties whose value is a concept of a scheme: of the claim itself, or of what it is about.
CONCEPTS = {
    "stance": "stance",
    "certainty": "certainty",
    "polarity": "polarity",
    "temporality": "temporality",
    "measure": "measure",
    "bound": "bound",
    "eventType": "ev",
}
#: The axes of a claim and the bounds of a figure are closed lists of the records.
CLOSED: dict[str, tuple[str, ...]] = {
    "certainty": get_args(Certainty),
    "polarity": get_args(Polarity),
    "temporality": get_args(Temporality),
    "bound": get_args(Bound),
}
NUMBERS = frozenset({"low", "best", "high"})
OF_FIGURE = NUMBERS | {"measure", "bound"}
FIELDS = (*CONCEPTS, *sorted(NUMBERS), "claimant")


def amended(store: Store, quads: Quads, claim: ox.NamedNode, correction: Correction) -> Quads:
    """The quads of an article with one value changed.

    Raises:
        InputError: The claim has no such value, or the new one is none that it can have.
    """
    field, value = correction.field or "", correction.value or ""
    if field not in FIELDS:
        raise InputError(f"--field {field!r}: no value of a claim; one of {', '.join(FIELDS)}")
    subject = _subject(quads, claim, field)
    new = _term(store, field, value)
    graph = next(quad.graph_name for quad in quads if quad.subject == claim)
    kept = {quad for quad in quads if quad.subject != subject or quad.predicate != KG[field]}
    return kept | {ox.Quad(subject, KG[field], new, graph)}


def _subject(quads: Quads, claim: ox.NamedNode, field: str) -> ox.NamedNode:
    """The node that has the value: the claim, the event that it is about, or the figure that it states."""
    if field in OF_FIGURE:
        return _only(quads, claim, KG.states, "figure")
    return _only(quads, claim, KG.about, "event") if field == "eventType" else claim


def _only(quads: Quads, claim: ox.NamedNode, predicate: ox.NamedNode, what: str) -> ox.NamedNode:
    found = [quad.object for quad in quads if quad.subject == claim and quad.predicate == predicate]
    if len(found) != 1:
        raise InputError(
            f"{claim.value}: has {len(found)} {what}s, so which one to amend is not known; reject it instead"
        )
    return found[0]  # type: ignore[return-value]  # the object of kg:states and kg:about is a node


def _term(store: Store, field: str, value: str) -> ox.NamedNode | ox.Literal:
    if field in NUMBERS:
        return _number(field, value)
    term = _named(store, field, value)
    if field in CLOSED:
        known = value in CLOSED[field]
    else:
        known = next(store.database.quads_for_pattern(term, None, None, None), None) is not None
    if not known:
        raise InputError(f"--value {value!r}: no {field} that the store knows")
    return term


def _number(field: str, value: str) -> ox.Literal:
    try:
        return next(decimal(float(Decimal(value))))
    except (InvalidOperation, StopIteration) as error:
        raise InputError(f"--value {value!r}: {field} is a number; write it in digits") from error


def _named(store: Store, field: str, value: str) -> ox.NamedNode:
    try:
        return node(Iris(Holdings(store).base).of(value) if field == "claimant" else PREFIXES[CONCEPTS[field]] + value)
    except ValueError as error:
        raise InputError(f"--value {value!r}: cannot be the name of a {field}") from error
