"""What is derived: the same from all articles at once as from any order of additions, changes and withdrawals."""

import datetime as dt
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import derived
from kg.derived import blocks, writing
from kg.derived.holdings import Holdings
from kg.derived.reading import ArticleReading
from kg.derived.state import beside
from kg.graph import make_quads
from kg.records import (
    Argument,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Figure,
    Finding,
    Location,
    Resolution,
    Run,
    TextSpan,
    Timing,
)
from kg.resolve.descriptions import describe, lineage
from kg.resolve.neighbourhoods import changed_pairs
from kg.store import Store, open_store
from kg.vocab import listed_publishers

BASE = "https://example.org/n/"
DAY = dt.datetime(2031, 5, 5, tzinfo=dt.UTC)
TOWNS = ("Velm", "Orsk", "Tarn")
WORDS = "the harbour lay quiet until noon when three boats came in and nobody on the quay knew whose they were".split()


def test_the_store_gives_the_descriptions_back(store, schema, resolutions):
    """What is taken in while an article is stored is what would be read of it afterwards."""
    holdings, publishers = Holdings(store), listed_publishers(schema)
    read = [event for each in resolutions for event in ArticleReading(holdings, each.document.id).descriptions()]
    told = [event for each in resolutions for event in describe(each, lineage(schema), publishers)]
    assert read == told


def test_one_incident_with_its_claims_linked(store):
    derived.rebuild(store)
    rows = store.select("SELECT DISTINCT ?incident WHERE { ?event kg:incident ?incident }")
    assert [row["incident"].value for row in rows] == ["https://example.org/n/incident/velm/1-1"]
    rows = store.select("SELECT ?predicate WHERE { ?one ?predicate ?other . ?one a kg:Claim . ?other a kg:Claim }")
    found = {row["predicate"].value.rsplit("#", 1)[1] for row in rows}
    assert found == {"contradicts", "corroborates", "respondsTo"}


def test_copies_are_told_of(store):
    derived.rebuild(store)
    rows = store.select("SELECT ?one ?other WHERE { ?one kg:copyOf ?other }")
    assert [(row["one"].value[-1], row["other"].value[-1]) for row in rows] == [("2", "1")]


def test_rebuilding_again_changes_nothing(store):
    derived.rebuild(store)
    before = set(store.quads())
    derived.rebuild(store)
    assert set(store.quads()) == before


def test_an_empty_store_has_nothing_derived():
    with open_store(None) as opened:
        derived.rebuild(opened)
        assert opened.graphs() == []


# -------------------------------------------------------------------------------- little by little


def article(name, day, town, toll, words):
    """An article on one strike; with the same words, a copy."""
    text = f"Jets hit {TOWNS[town]} on Monday killing {toll} people. " + " ".join(WORDS[words:] + WORDS[:words])

    def at(part):
        return TextSpan(name, text.index(part), text.index(part) + len(part))

    figure = Figure(at(str(toll)), "killed", "person", None, toll, toll, toll, "exactly")
    roles = (Argument("attacker", at("Jets")), Argument("place", at(TOWNS[town])))
    event = Event("AirStrike", at("hit"), roles, time=at("Monday"), figures=(figure,))
    sentence = TextSpan(name, 0, len(text))
    monday = DAY + dt.timedelta(days=day)
    where = Location(40 + town, 26, "settlement", within=("Northmark",))
    army = Entity("actor/jets", "Organization", "Jets", ("Jets",))
    place = Entity(f"place/{town}", "Place", TOWNS[town], location=where)
    return Resolution(
        Document(name, text, "A strike", f"Courier {name[:1]}", published=(monday + dt.timedelta(days=1)).date()),
        Extraction(name, tuple(Finding(each, "test") for each in (event, figure)), sentences=(sentence,)),
        (army, place),
        ((at("Jets"), army.id), (at(TOWNS[town]), place.id)),
        timings=(Timing(at("Monday"), monday, monday + dt.timedelta(hours=23), "day"),),
        claims=(Claim(None, "asserts", "certain", "positive", "nonFuture", sentence, event, (figure,)),),
    )


ARTICLES = st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([3, 3, 40]), st.sampled_from([0, 0, 5]))
#: Batches of changes: an article is put in the place of the one with its name, or taken out.
BATCHES = st.lists(
    st.dictionaries(st.sampled_from("abcdefgh"), st.none() | ARTICLES, min_size=1), min_size=1, max_size=5
)


def change(store, quads, batch):
    for name, values in batch.items():
        if values:
            store.replace(name, repr(values), quads(article(name, *values)))
        else:
            store.retract(name)


def of_all(store):
    """The quads of what is derived from all articles."""
    return {quad for graph in store.graphs() if "/derived/" in graph for quad in store.quads(graph)}


@pytest.fixture(scope="module")
def quads(schema):
    return make_quads(schema, BASE, Run("1", "1", "none"))


@pytest.mark.parametrize("window", [1, 24])
@settings(max_examples=25, deadline=None)
@given(batches=BATCHES)
def test_any_way_of_coming_and_going_gives_what_one_rebuild_gives(quads, window, batches):
    final = {name: values for batch in batches for name, values in batch.items()}
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "changed_pairs", partial(changed_pairs, window=window))
        step, once = (Store(ox.Store(), path) for path in (Path(folder) / "store", None))
        for batch in batches:
            change(step, quads, batch)
            derived.rebuild(step)
        change(once, quads, dict(sorted(final.items(), reverse=True)))
        derived.rebuild(once)
        assert of_all(step) == of_all(once)


@pytest.fixture
def kept(quads, tmp_path):
    """A store with four articles, two of them on one strike, and what is derived."""
    store = Store(ox.Store(), tmp_path / "store")
    change(store, quads, {"a": (0, 0, 3, 0), "b": (0, 0, 3, 5), "c": (0, 1, 3, 0), "d": (2, 2, 40, 5)})
    derived.rebuild(store)
    return store


def test_what_did_not_change_is_not_read_again(kept, quads, monkeypatch):
    read = []
    descriptions = ArticleReading.descriptions
    monkeypatch.setattr(ArticleReading, "descriptions", lambda self: read.append(self.name) or descriptions(self))
    change(kept, quads, {"e": (0, 0, 40, 5), "c": None})
    derived.rebuild(kept)
    assert read == ["e"]


@pytest.mark.parametrize("calls", range(6))
def test_a_build_that_was_stopped_while_writing_is_completed(kept, quads, monkeypatch, calls):
    change(kept, quads, {"e": (0, 0, 40, 5), "c": None, "d": (2, 2, 3, 5)})
    patch, left = Store.patch, iter(range(calls))

    def stopped(store, added, removed):
        if next(left, None) is None:
            raise KeyboardInterrupt
        patch(store, added, removed)

    monkeypatch.setattr(writing, "PART", 1)
    monkeypatch.setattr(Store, "patch", stopped)
    with pytest.raises(KeyboardInterrupt):
        derived.rebuild(kept)
    monkeypatch.setattr(Store, "patch", patch)
    derived.rebuild(kept)
    found = of_all(kept)
    beside(kept.path).unlink()
    derived.rebuild(kept)
    assert of_all(kept) == found


def test_a_store_that_was_put_back_is_derived_anew(kept, quads):
    """The file beside the store may be of a later state than the store."""
    old = ox.Store()
    old.bulk_extend(kept.quads())
    before = of_all(kept)
    change(kept, quads, {"e": (0, 0, 40, 5)})
    derived.rebuild(kept)
    restored = Store(old, kept.path)
    derived.rebuild(restored)
    assert of_all(restored) == before
    restored.database.clear_graph(ox.NamedNode(f"{BASE}graph/derived/incidents"))
    derived.rebuild(restored)
    assert of_all(restored) == before


def test_a_damaged_file_is_told_of(kept):
    from kg.errors import StoreError

    beside(kept.path).write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="delete it"):
        derived.rebuild(kept)
