"""The overview's nodes, names and articles, made by the functions that make a file's; what the page opens with."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, fields, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.view.opening import lay_out
from kg.view.projection import cut, entity_node, incident_node
from kg.view.reading import ACTORS, THINGS
from kg.view.scene import Article, Edge, Node, Scene
from kg.view.selection import choose_opening

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from kg.view.reading import Resource, Resources

OF_ENTITIES = ("label", "name", "lat", "long", "precision", "withinName")
OF_INCIDENTS = ("eventType", "earliest", "latest", "timePrecision", "place")
OF_ARTICLES = ("title", "publisher", "issued", "url")
COLUMNS = tuple(each.name for each in fields(Node))
#: How many incidents, and how many other nodes, the opening is chosen from.
CANDIDATES = 150


def write_nodes(table: sqlite3.Connection) -> None:
    """Fill `node` and its index of names; edges to what is no node are left out."""
    table.executemany("INSERT OR REPLACE INTO node VALUES (?,?,?,?,?,?,?,?,NULL,?)", map(_row, _weighted(table)))
    table.execute("DELETE FROM edge WHERE source NOT IN (SELECT id FROM node) OR target NOT IN (SELECT id FROM node)")
    table.execute("CREATE TABLE folded (id TEXT PRIMARY KEY, kept TEXT) WITHOUT ROWID")
    table.execute("INSERT INTO folded SELECT s, o FROM folding WHERE o IN (SELECT id FROM node)")
    table.execute("CREATE INDEX edge_target ON edge (target)")
    table.execute("CREATE INDEX node_weight ON node (cls, weight DESC)")
    # heaviest first: a search that reads in this order need not sort
    rows = table.execute("SELECT record FROM node ORDER BY weight DESC, id").fetchall()
    entries = ((text, node.id) for (record,) in rows for node in [read_node(record)] for text in _names(table, node))
    table.executemany("INSERT INTO found (text, node) VALUES (?,?)", entries)


def write_articles(table: sqlite3.Connection) -> None:
    """Fill `article`: what a page says of where a passage stands."""
    wanted = "SELECT DISTINCT article FROM statement"
    parts = [f"SELECT s, '{name}' AS p, o FROM {name} WHERE s IN ({wanted})" for name in OF_ARTICLES]  # noqa: S608
    for each, found in _grouped(table.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1, 3")):
        values = {name: found[name][0] for name in found}
        publisher = values.get("publisher")
        named = _one(table, "SELECT MIN(o) FROM label WHERE s = ?", publisher) if publisher else None
        title = values.get("title") or each.removeprefix("article/")
        article = Article(each, title, named or publisher, values.get("issued"), values.get("url"))
        table.execute("INSERT INTO article VALUES (?,?)", (each, json.dumps(asdict(article))))


def write_opening(table: sqlite3.Connection) -> None:
    """Choose and place the nodes that the page opens with, among those that matter most."""
    heaviest = "SELECT id FROM node WHERE cls {} 'Incident' ORDER BY disputed DESC, weight DESC, id LIMIT ?"
    table.execute("CREATE TEMP TABLE candidate (id TEXT PRIMARY KEY)")
    for test in ("=", "<>"):
        table.execute(f"INSERT OR IGNORE INTO candidate {heaviest.format(test)}", (CANDIDATES,))
    table.execute(
        "INSERT OR IGNORE INTO candidate SELECT target FROM edge JOIN candidate ON source = candidate.id "
        "WHERE mode = 'events'"
    )
    nodes = tuple(read_node(row[0]) for row in table.execute("SELECT record FROM node JOIN candidate USING (id)"))
    edges = table.execute("SELECT * FROM edge WHERE source IN candidate AND target IN candidate")
    scene = Scene("", nodes=nodes, edges=tuple(map(read_edge, edges)))
    for node in lay_out(choose_opening(scene)).nodes:
        if node.opening:
            table.execute("UPDATE node SET opening = ? WHERE id = ?", (json.dumps(node.spot), node.id))


def read_node(record: str) -> Node:
    """A node as it stands in the overview."""
    values = json.loads(record)
    lists = {name: tuple(values[name]) for name in ("names", "within", "posts")}
    return Node(**{**values, **lists})


def read_edge(row: tuple[str, str, str, str, str]) -> Edge:
    """A row of `edge`: what it rests on stands in the store."""
    source, target, predicate, label, mode = row
    return Edge(source, target, predicate, label, (), mode)


# -------------------------------------------------------------------------------- from columns to nodes


def _row(node: Node) -> tuple[Any, ...]:
    located = node.lat is not None and node.lon is not None
    record = json.dumps({name: getattr(node, name) for name in COLUMNS})
    return node.id, node.cls, node.type, node.earliest, node.latest, located, node.weight, node.disputed, record


def _weighted(table: sqlite3.Connection) -> Iterator[Node]:
    """The nodes that something speaks of."""
    disputed = {row[0] for row in table.execute("SELECT id FROM disputed")}
    for node in _nodes(table):
        weight = _one(table, "SELECT n FROM weight WHERE id = ?", node.id)
        if weight:
            yield replace(node, weight=weight, disputed=node.id in disputed)


def _nodes(table: sqlite3.Connection) -> Iterator[Node]:
    held = table.execute("SELECT claimant, 'post', post FROM statement WHERE kind = 'membership' ORDER BY claimant, at")
    posts = {person: found["post"] for person, found in _grouped(held) if person and "post" in found}
    for each, entity in _resources(table, OF_ENTITIES, (*ACTORS, *THINGS, "Place")):
        yield entity_node(each, entity, posts.get(each, ()))
    tables: Mapping[str, Resources] = {"entities": {}, "places": _places(table)}
    for each, happening in _resources(table, OF_INCIDENTS, ("Incident", "Event")):
        if "Incident" in happening["type"] or not _one(table, "SELECT 1 FROM incident WHERE s = ?", each):
            yield incident_node(each, happening, tables)
    for each, content in table.execute("SELECT s, MIN(o) FROM content GROUP BY s"):
        yield Node(each, "Quotation", cut(content))


def _places(table: sqlite3.Connection) -> Resources:
    """What the title of an incident asks of its places."""
    wanted = "SELECT o FROM place"
    columns = ("label", "lat", "precision")
    parts = [f"SELECT s, '{name}' AS p, o FROM {name} WHERE s IN ({wanted})" for name in columns]  # noqa: S608
    return dict(_grouped(table.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1, 3")))


def _resources(
    table: sqlite3.Connection, columns: Iterable[str], classes: Iterable[str]
) -> Iterator[tuple[str, Resource]]:
    """The members of the classes with their values, both in order."""
    names = ", ".join(f"'{name}'" for name in classes)
    wanted = f"SELECT s FROM class WHERE o IN ({names})"  # noqa: S608  # names of tables and classes are kg's own
    parts = [f"SELECT s, 'type' AS p, o FROM class WHERE o IN ({names})"]  # noqa: S608
    parts += [f"SELECT s, '{name}', o FROM {name} WHERE s IN ({wanted})" for name in columns]  # noqa: S608
    return _grouped(table.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1, 3"))


def _grouped(rows: Iterable[tuple[str, str, str | None]]) -> Iterator[tuple[str, Resource]]:
    for each, group in groupby(rows, itemgetter(0)):
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for _, name, value in group:
            if value is not None:
                found[name][value] = None
        yield each, {name: tuple(values) for name, values in found.items()}


def _names(table: sqlite3.Connection, node: Node) -> Iterable[str]:
    """What a node is found by: a quotation by all of its words, whatever of them its label shows."""
    if node.cls != "Quotation":
        return (node.label, *node.names)
    return (_one(table, "SELECT MIN(o) FROM content WHERE s = ?", node.id) or node.label,)


def _one(table: sqlite3.Connection, query: str, *values: str) -> Any:
    found = table.execute(query, values).fetchone()
    return found[0] if found else None
