"""What the explorer finds things by: nodes, edges and statements of the whole graph in one SQLite file.

It holds no sentence: those are read from the store when somebody looks (`kg.serve.portion`). It is made in memory that
does not grow with the graph: columns of the store are streamed in, `overview.sql` derives what `kg.view.projection`
would.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.serve.overview_nodes import write_articles, write_nodes, write_opening
from kg.serve.panorama import write_panorama
from kg.view.folding import kept_ids
from kg.view.passages import article_of
from kg.view.reading import ACTORS, ROLES, THINGS, data_namespace, shortener
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.store import Store
    from kg.view.reading import Resource

CLASSES = (*ACTORS, *THINGS, "Place", "Event", "Incident", "Quotation", "Claim", "Membership", "Proximity")
#: Tables of two columns, by the property that fills them.
COLUMNS = {
    **{name: f"kg:{name}" for name in ("incident", "eventType", "earliest", "latest", "timePrecision", "strikeOn")},
    **{name: f"kg:{name}" for name in ("claimant", "about", "inQuotation", "stance", "polarity", "contradicts")},
    **{name: f"kg:{name}" for name in ("content", "said", "member", "organization", "role", "rank", "near", "anchor")},
    **{name: f"kg:{name}" for name in ("relationText", "name", "precision", "withinName", "place")},
    "spoke": "kg:spokespersonSaid",
    "label": "rdfs:label",
    "lat": "wgs84:lat",
    "long": "wgs84:long",
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "issued": "dcterms:issued",
    "url": "schema:url",
}
#: What `_fold` gives to the entity that is kept.
DESCRIBING = frozenset({"rdfs:label", "kg:name", "wgs84:lat", "wgs84:long", "kg:precision", "kg:withinName"})
SAME, LAND = "owl:sameAs", "kg:territory"
SPEED = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE"


def fill(table: sqlite3.Connection, store: Store, signature: str = "", code: str = "") -> None:
    """Write the overview of a store into an empty database: what a page opens with, and most of what it asks for."""
    table.executescript(SPEED)
    base = data_namespace(store.select)
    _read_columns(table, store.database, _shortener(base))
    table.create_function("article_of", 1, article_of, deterministic=True)
    table.executescript(files("kg.serve").joinpath("overview.sql").read_text("utf-8"))
    write_nodes(table)
    write_articles(table)
    write_opening(table)
    table.execute("INSERT INTO meta VALUES (?,?,?)", (signature, code, base))
    table.commit()


def fill_rest(table: sqlite3.Connection, store: Store) -> None:
    """Add what takes longer: the words of all sentences, and where each node stands when all are drawn."""
    _read_words(table, store.database, data_namespace(store.select))
    write_panorama(table)
    table.commit()


# -------------------------------------------------------------------------------- from the store


def _shortener(base: str) -> Callable[[str], str]:
    """As the scene's ids are shortened, without remembering each IRI of the data."""
    vocabulary = shortener("")
    return lambda iri: iri.removeprefix(base) if base and iri.startswith(base) else vocabulary(iri)


def _read_columns(table: sqlite3.Connection, store: ox.Store, short: Callable[[str], str]) -> None:
    table.execute("CREATE TABLE class (s TEXT, o TEXT, PRIMARY KEY (s, o)) WITHOUT ROWID")
    for name in CLASSES:
        found = store.quads_for_pattern(None, _iri("rdf:type"), _iri(f"kg:{name}"))
        table.executemany("INSERT OR IGNORE INTO class VALUES (?,?)", ((short(_value(q.subject)), name) for q in found))
    kept = _kept(table, store, short)
    for name, curie in COLUMNS.items():
        _create(table, name, _pairs(store, curie, short, kept))
    for name in ("said", "spoke", "near", "incident"):
        table.execute(f"CREATE INDEX {name}_o ON {name} (o)")
    table.execute("CREATE TABLE filler (s TEXT, o TEXT, role TEXT, PRIMARY KEY (s, o, role)) WITHOUT ROWID")
    for role in ROLES:
        pairs = ((*pair, role) for pair in _pairs(store, f"kg:{role}", short, kept))
        table.executemany("INSERT OR IGNORE INTO filler VALUES (?,?,?)", pairs)
    table.execute("DELETE FROM filler WHERE s NOT IN (SELECT s FROM class WHERE o = 'Event')")
    _fold(table, kept)
    _create(table, "folding", kept.items())


def _create(table: sqlite3.Connection, name: str, pairs: Iterable[tuple[str, str]]) -> None:
    table.execute(f"CREATE TABLE {name} (s TEXT, o TEXT, PRIMARY KEY (s, o)) WITHOUT ROWID")
    table.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?,?)", pairs)  # noqa: S608  # names are those of COLUMNS


def _kept(table: sqlite3.Connection, store: ox.Store, short: Callable[[str], str]) -> Mapping[str, str]:
    """Which entity stands for which, as in a file."""
    links = {
        "same": tuple(sorted(set(_pairs(store, SAME, short, {})))),
        "lands": tuple(sorted({(state, land) for state, land in _pairs(store, LAND, short, {})})),
    }
    named = {each for pairs in links.values() for pair in pairs for each in pair}
    known: dict[str, Resource] = {}
    for each in named:
        if table.execute("SELECT 1 FROM class WHERE s = ? AND o <> 'Incident'", (each,)).fetchone():
            known[each] = {}
    return kept_ids({"entities": known, "places": {}}, links)


def _fold(table: sqlite3.Connection, kept: Mapping[str, str]) -> None:
    """What is folded into another brings its class, its names and its coordinates; the other keeps its label."""
    for other, into in kept.items():
        table.execute("INSERT OR IGNORE INTO class SELECT ?, o FROM class WHERE s = ?", (into, other))
        table.execute("INSERT OR IGNORE INTO name SELECT ?, o FROM label WHERE s = ?", (into, other))
        for column in ("name", "lat", "long", "precision", "withinName"):
            given = f"INSERT OR IGNORE INTO {column} SELECT ?, o FROM {column} WHERE s = ?"  # noqa: S608
            if (
                column in {"name", "withinName"}
                or not table.execute(
                    f"SELECT 1 FROM {column} WHERE s = ?",  # noqa: S608
                    (into,),
                ).fetchone()
            ):
                table.execute(given, (into, other))
        for column in ("class", "label", "name"):
            table.execute(f"DELETE FROM {column} WHERE s = ?", (other,))  # noqa: S608


def _pairs(
    store: ox.Store, curie: str, short: Callable[[str], str], kept: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Subject and object of each statement with a property, the subject of a description as it is, others folded."""
    describing = curie in DESCRIBING
    for quad in store.quads_for_pattern(None, _iri(curie), None):
        start, end = short(_value(quad.subject)), quad.object
        value = short(end.value) if isinstance(end, ox.NamedNode) else _value(end)
        yield start if describing else kept.get(start, start), kept.get(value, value)


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def _iri(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + name)


def _read_words(table: sqlite3.Connection, store: ox.Store, base: str) -> None:
    """The sentences that the statements rest on, for search by words, and how sure each statement is."""
    confidence = _iri("kg:confidence")
    for at, each, description, quotation in table.execute(
        "SELECT at, id, description, quotation FROM statement"
    ).fetchall():
        sure = _values(store, base + each, confidence)
        if sure:
            table.execute("UPDATE statement SET confidence = ? WHERE at = ?", (float(sure[0]), at))
        text = " ".join(dict.fromkeys(_sentences(store, base, (each, description, quotation))))
        table.execute("INSERT INTO words (rowid, text) VALUES (?,?)", (at, text))


def _sentences(store: ox.Store, base: str, records: Iterable[str | None]) -> Iterator[str]:
    for record, prop in zip(records, ("kg:evidence", "kg:trigger", "kg:contentMention"), strict=True):
        for mention in _values(store, base + record, _iri(prop)) if record else ():
            for sentence in _values(store, mention, _iri("kg:sentence")):
                yield from _values(store, sentence, _iri("kg:exact"))


def _values(store: ox.Store, subject: str, predicate: ox.NamedNode) -> list[str]:
    return [_value(quad.object) for quad in store.quads_for_pattern(ox.NamedNode(subject), predicate, None)]
