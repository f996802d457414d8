"""Tables read from triples are those read from the store by queries."""

import newsroom
import pytest

from kg.view.reading import data_namespace, read_links, read_resources
from kg.view.triples import read_triples


@pytest.mark.parametrize("payload", ["", "\u202eplain\U0001f680"])
def test_tables_from_triples_are_those_from_the_store(payload):
    room = newsroom.bridge_raid(newsroom.Newsroom(), payload)
    quads = [*room.store, *newsroom.sentences(room)]
    room.store.extend(quads)
    triples = ((quad.subject.value, quad.predicate.value, quad.object) for quad in quads)
    tables, links = read_triples(triples, data_namespace(room.ask))
    assert tables == read_resources(room.ask)
    assert links == read_links(room.ask)
    assert {kind: list(each) for kind, each in tables.items()} == {k: sorted(each) for k, each in tables.items()}
    assert all(tables[kind] for kind in ("claims", "events", "quotations", "memberships", "nearness", "sentences"))
