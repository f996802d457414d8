"""What a store says of the verdicts on entities: who is one with whom, and under which names; queries follow it.

All members of a cluster point straight at the one that is kept (`owl:sameAs`), which bears the names of all, so that a
query needs one optional step and no path. An id that only one article knows (`article/ID/actor/3`) may mean another
after its article was read anew: it is known again by its name, or the verdict has no effect until it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.derived.holdings import article_of
from kg.graph.terms import KG, RDF, SKOS, Terms, node, text
from kg.resolve.merge import clusters
from kg.vocab import Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.derived.holdings import Holdings
    from kg.records import MergeDecision

OWL = Terms("owl")


def known_by_name(decision: MergeDecision, holdings: Holdings) -> MergeDecision:
    """The decision with the names by which its entities are known again."""
    kept, other = decision.kept_name, decision.other_name
    return replace(
        decision,
        kept_name=kept or preferred(holdings, decision.kept),
        other_name=other or preferred(holdings, decision.other),
    )


def preferred(holdings: Holdings, entity: str) -> str:
    """What its article calls an entity that only one article knows; empty for all others."""
    iri = Iris(holdings.base).of(entity)
    return (holdings.value(iri, KG.preferredName) or "") if entity.startswith("article/") else ""


def known_again(entity: str, name: str, holdings: Holdings) -> str | None:
    """The id that an entity has now: its own unless its article was read anew; None where it is there no more."""
    iri = Iris(holdings.base).of(entity)
    if not entity.startswith("article/") or not name or name in holdings.values(iri, KG.preferredName):
        return entity
    article = node(Iris(holdings.base).article(article_of(entity)))
    bearers = {quad.subject for quad in holdings.quads(None, KG.preferredName, text(name))}
    own = {quad.subject for quad in holdings.quads(None, KG.article, article)}
    found = sorted(holdings.path(each) for each in bearers & own)
    return found[0] if len(found) == 1 else None


def merge_quads(decisions: Sequence[MergeDecision], holdings: Holdings) -> Iterator[ox.Quad]:
    """The graph of merges: every decision with who made it and why, and what follows from those that say "same"."""
    iris = Iris(holdings.base)
    graph = node(f"{iris.base}graph/merges")
    for number, each in enumerate(decisions, 1):
        me = node(f"{iris.base}merge/{number}")
        yield ox.Quad(me, RDF.type, KG.MergeDecision, graph)
        yield ox.Quad(me, KG.kept, node(iris.of(each.kept)), graph)
        yield ox.Quad(me, KG.other, node(iris.of(each.other)), graph)
        yield ox.Quad(me, KG.verdict, text(each.verdict), graph)
        yield ox.Quad(me, KG.author, text(each.author), graph)
        yield from (ox.Quad(me, KG.reason, text(reason), graph) for reason in (*each.evidence, each.note) if reason)
    for other, kept in sorted(clusters(_in_effect(decisions, holdings)).items()):
        me, one = node(iris.of(other)), node(iris.of(kept))
        yield ox.Quad(me, OWL.sameAs, one, graph)
        names = set(holdings.values(me.value, KG.name)) - set(holdings.values(one.value, KG.name))
        yield from (ox.Quad(one, SKOS.altLabel, text(name), graph) for name in sorted(names))


def _in_effect(decisions: Iterable[MergeDecision], holdings: Holdings) -> Iterator[MergeDecision]:
    for each in decisions:
        kept = known_again(each.kept, each.kept_name, holdings)
        other = known_again(each.other, each.other_name, holdings)
        if kept and other and kept != other:
            yield replace(each, kept=kept, other=other)
