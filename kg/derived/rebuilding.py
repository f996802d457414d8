"""Decide again what happened, where articles came, changed or went: incidents, copies, and how claims stand together.

Articles that told nothing while they were stored are read, one by one, into `kg.derived.state`; blocks with something
new in them are compared anew, and what hangs together with a change is decided anew. The rest stays, in the file and in
the store. What comes out is what deciding on everything at once gives. Decisions are written down before they go to the
store, so that a build that is stopped in between is completed by the next.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.derived import corrections, decisions, merges
from kg.derived.holdings import Holdings
from kg.derived.learning import CHUNK
from kg.derived.reading import ArticleReading
from kg.derived.state import open_state
from kg.derived.telling import told
from kg.derived.writing import Decided, is_current, write
from kg.graph.terms import KG
from kg.resolve import duplicates
from kg.resolve.disputes import links
from kg.resolve.incidents import clusters, incident, matched
from kg.resolve.neighbourhoods import component
from kg.vocab.iris import article_of_graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.derived.state import State
    from kg.store import Store


def rebuild(store: Store) -> None:
    """Make the derived graphs over all articles say what follows from the articles as they are now.

    Corrections are put into effect first: an article that was read anew says again what a reviewer rejected.

    Raises:
        StoreError: The file of what was derived before is damaged.
    """
    corrections.apply(store)
    merges.record(store)
    with open_state(store.path) as state:
        write(store, state)  # what a build that was stopped has decided
        if not is_current(store, state):
            state.forget_all()
        _take_in(store, state)
        if state.meta("unsettled"):
            decided = Decided(state, Holdings(store).base)
            _settle_copies(state, decided)
            _settle_incidents(state, decided)
            state.settled()
            write(store, state)


# -------------------------------------------------------------------------------- take in what changed


def _take_in(store: Store, state: State) -> None:
    """Read what is new or other than it was, forget what is gone."""
    holdings = Holdings(store)
    changed, gone = state.compare(_marks(store))
    if changed or gone or state.meta("learned"):
        state.set_meta("unsettled", "yes")
        state.set_meta("learned", "")
        state.arrived()
        state.departed(gone)
    for name in gone:
        state.forget(name)
    Decided(state, holdings.base).gone(f"article/{name}" for name in gone)
    for number, name in enumerate(changed):
        article = ArticleReading(holdings, name)
        state.learn(name, state.mark(name), told(name, article.text(), article.descriptions()))
        if number % CHUNK == 0:
            state.commit()
    state.commit()


def _marks(store: Store) -> Iterator[tuple[str, str]]:
    """Every article with what it was read with: its fingerprint, and the corrections of its claims."""
    corrected: dict[str, list[str]] = defaultdict(list)
    for each in decisions.standing(decisions.read(decisions.corrections_file(store))):
        corrected[decisions.article_of_claim(each)].append(repr(each))
    for quad in store.database.quads_for_pattern(None, KG.fingerprint, None, None):
        if found := article_of_graph(str(getattr(quad.subject, "value", ""))):
            words = "".join(corrected.get(found[1], ()))
            mark = str(getattr(quad.object, "value", ""))
            yield found[1], mark + (hashlib.sha256(words.encode()).hexdigest()[:16] if words else "")


# -------------------------------------------------------------------------------- decide


def _settle_copies(state: State, decided: Decided) -> None:
    """Which articles are copies of each other: each group is known by the first of its ids."""
    state.copies.settle(lambda one, other: duplicates.copies(state.sketch(one), state.sketch(other)))
    for start in state.copies.touched():
        linked = sorted(component(start, state.copies.matching), key=state.name)
        for article, first in duplicates.leaders(linked, state.copies.matching, state.sketch).items():
            outlet = state.name(first)
            if state.outlet(article) != outlet:
                state.move(article, outlet)
            decided.copy(state.name(article), outlet)
        state.copies.done(linked)


def _settle_incidents(state: State, decided: Decided) -> None:
    """Which episodes are of one incident, and how the claims on it stand to each other."""
    state.incidents.settle(lambda one, other: matched(state.episode(one)[0], state.episode(other)[0]))
    state.touch_doomed()
    for start in state.incidents.touched():
        linked = sorted(component(start, state.incidents.matching), key=state.place)
        state.doom_of(linked)
        _decide_incidents(linked, state, decided)
        state.incidents.done(linked)
    decided.gone(state.doomed())


def _decide_incidents(linked: Sequence[int], state: State, decided: Decided) -> None:
    """The incidents of episodes that hang together; one incident at a time is held in memory."""
    where = {number: at for at, number in enumerate(linked)}
    near = [[where[other] for other in state.incidents.matching(each)] for each in linked]
    for numbers, reasons in clusters(lambda at: state.episode(linked[at]), near):
        events = tuple(event for at in numbers for event in state.episode(linked[at])[0].events)
        made = incident(events, reasons)
        state.belong((linked[each] for each in numbers), made.id)
        decided.incident(made, links(events, (made,)))
