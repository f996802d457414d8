"""From resolutions through the store and back: the store says of events what the resolutions said."""

from dataclasses import replace

from kg import derived
from kg.derived.reading import Holdings
from kg.resolve.descriptions import describe, lineage
from kg.store import open_store


def test_the_store_gives_the_descriptions_back(store, schema, resolutions):
    """Voices apart, which are a publisher's name in a resolution and its id in the store."""
    read = Holdings(store).descriptions({})
    told = [event for each in resolutions for event in describe(each, lineage(schema))]

    def comparable(event):
        claims = tuple(replace(claim, voice="") for claim in event.assertions)
        return replace(
            event,
            assertions=tuple(sorted(claims, key=repr)),
            fillers=tuple(sorted(event.fillers, key=repr)),
            families=(),
        )

    assert list(map(comparable, read)) == list(map(comparable, told))


def test_one_incident_with_its_claims_linked(store):
    derived.rebuild(store)
    rows = store.select("SELECT DISTINCT ?incident WHERE { ?event kg:incident ?incident }")
    assert [row["incident"].value for row in rows] == ["https://example.org/n/incident/velm/1-1"]
    rows = store.select("SELECT ?predicate WHERE { ?one ?predicate ?other . ?one a kg:Claim . ?other a kg:Claim }")
    found = {row["predicate"].value.rsplit("#", 1)[1] for row in rows}
    assert found == {"contradicts", "corroborates", "respondsTo"}


def test_rebuilding_again_changes_nothing(store):
    derived.rebuild(store)
    before = set(store.quads())
    derived.rebuild(store)
    assert set(store.quads()) == before


def test_an_empty_store_has_nothing_derived():
    with open_store(None) as opened:
        derived.rebuild(opened)
        assert opened.graphs() == []
