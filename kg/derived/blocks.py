"""Blocks and matches on disk: which pairs to compare after some things came and some went, and which of them match.

For each kind of thing (articles that may be copies, episodes that may be one incident) there are tables: `block` (the
members of each block, in order), `fresh` and `stale` (members to come and to go), `match` (the pairs that agree, each
with the number of blocks that it shares). Things are numbers; what they are only the caller knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.resolve.neighbourhoods import changed_pairs

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

TABLES = """
CREATE TABLE IF NOT EXISTS {kind}_block (key INTEGER, place TEXT, thing INTEGER, PRIMARY KEY (key, place))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {kind}_fresh (key INTEGER, place TEXT, thing INTEGER, PRIMARY KEY (key, place))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {kind}_stale (key INTEGER, place TEXT, thing INTEGER, PRIMARY KEY (key, place, thing))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {kind}_match (one INTEGER, other INTEGER, blocks INTEGER, PRIMARY KEY (one, other))
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS {kind}_match_other ON {kind}_match (other);
CREATE TABLE IF NOT EXISTS {kind}_compared (one INTEGER, other INTEGER, blocks INTEGER, PRIMARY KEY (one, other))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {kind}_found (one INTEGER, other INTEGER, blocks INTEGER, PRIMARY KEY (one, other))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS {kind}_touched (thing INTEGER PRIMARY KEY);
"""
#: Blocks with something new in them and more than one member, or with something that goes.
CHANGED = """
SELECT key FROM {kind}_fresh GROUP BY key HAVING count(*) > 1
UNION SELECT key FROM {kind}_fresh AS new WHERE EXISTS (SELECT 1 FROM {kind}_block AS old WHERE old.key = new.key)
UNION SELECT key FROM {kind}_stale
"""
COMPARED = """
INSERT INTO {kind}_compared VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET blocks = blocks + excluded.blocks
"""
PENDING = """
SELECT new.one, new.other, new.blocks, old.blocks FROM {kind}_compared AS new
LEFT JOIN {kind}_match AS old ON old.one = new.one AND old.other = new.other WHERE new.blocks != 0
"""
TOUCHED = """
INSERT OR IGNORE INTO {kind}_touched SELECT THING FROM {kind}_found AS new WHERE blocks = 0 OR NOT EXISTS
(SELECT 1 FROM {kind}_match AS old WHERE old.one = new.one AND old.other = new.other)
"""
MEMBERS = tuple(f"SELECT * FROM {{kind}}_{name} WHERE key = ?" for name in ("block", "stale", "fresh"))  # noqa: S608
#: What was found becomes the matches; things that match others than before are touched.
FOUND = (
    "DELETE FROM {kind}_compared",
    TOUCHED.replace("THING", "one"),
    TOUCHED.replace("THING", "other"),
    "INSERT OR REPLACE INTO {kind}_match SELECT * FROM {kind}_found WHERE blocks > 0",
    "DELETE FROM {kind}_match WHERE (one, other) IN (SELECT one, other FROM {kind}_found WHERE blocks = 0)",
    "DELETE FROM {kind}_found",
)


@dataclass(frozen=True)
class Blocks:
    """The blocks of one kind of thing."""

    connection: sqlite3.Connection
    kind: str

    def prepare(self) -> None:
        """Make the tables, where there are none."""
        self.connection.executescript(TABLES.format(kind=self.kind))

    def _do(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self.connection.execute(sql.format(kind=self.kind), values)

    def _all(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        self.connection.executemany(sql.format(kind=self.kind), rows)

    def enter(self, thing: int, place: str, keys: Iterable[int]) -> None:
        """Note that a thing is to stand in blocks; no two things may have one place."""
        self._all("INSERT OR REPLACE INTO {kind}_fresh VALUES (?, ?, ?)", ((key, place, thing) for key in keys))
        self._do("INSERT OR IGNORE INTO {kind}_touched VALUES (?)", thing)

    def leave(self, thing: int, place: str, keys: Iterable[int]) -> None:
        """Note that a thing is to stand in its blocks no more; those that it matched are touched by that."""
        for key in keys:
            gone = self._do("DELETE FROM {kind}_fresh WHERE key = ? AND place = ? AND thing = ?", key, place, thing)
            if not gone.rowcount:
                self._do("INSERT OR IGNORE INTO {kind}_stale VALUES (?, ?, ?)", key, place, thing)
        self._all("INSERT OR IGNORE INTO {kind}_touched VALUES (?)", ((each,) for each in self.matching(thing)))
        self._do("DELETE FROM {kind}_touched WHERE thing = ?", thing)
        self._do("DELETE FROM {kind}_match WHERE one = ?", thing)
        self._do("DELETE FROM {kind}_match WHERE other = ?", thing)

    def matching(self, thing: int) -> list[int]:
        """The things that a thing matches."""
        sql = "SELECT other FROM {kind}_match WHERE one = ? UNION SELECT one FROM {kind}_match WHERE other = ?"
        return [row[0] for row in self._do(sql, thing, thing)]

    def touch(self, thing: int) -> None:
        """Note that what a thing hangs together with is to be looked at."""
        self._do("INSERT OR IGNORE INTO {kind}_touched VALUES (?)", thing)

    def touched(self) -> Iterator[int]:
        """The things that hang together with others than before, or are new; `done` with one, it comes no more."""
        while row := self._do("SELECT thing FROM {kind}_touched ORDER BY thing LIMIT 1").fetchone():
            yield row[0]

    def done(self, things: Iterable[int]) -> None:
        """Note that things have been looked at."""
        self._all("DELETE FROM {kind}_touched WHERE thing = ?", ((each,) for each in things))

    # ------------------------------------------------------------------------ work changes in

    def settle(self, matched: Callable[[int, int], bool]) -> None:
        """Work in what came and went: compare what stands side by side now, forget what does no more.

        Args:
            matched: Whether two things match; asked once for each new pair, in the order of the first.
        """
        for (key,) in self._do(CHANGED):
            gone, come = changed_pairs(*self._change(key))
            change = [*((pair, -1) for pair in gone), *((pair, 1) for pair in come)]
            self._all(COMPARED, ((min(pair), max(pair), by) for pair, by in change))
        self._do("DELETE FROM {kind}_block WHERE (key, place) IN (SELECT key, place FROM {kind}_stale)")
        self._do("INSERT INTO {kind}_block SELECT * FROM {kind}_fresh")
        self._do("DELETE FROM {kind}_stale")
        self._do("DELETE FROM {kind}_fresh")
        self._match(matched)

    def _change(self, key: int) -> tuple[list[int], list[int]]:
        """The members of a block as it was, and as it will be."""
        before, stale, fresh = (self._do(sql, key).fetchall() for sql in MEMBERS)
        after = sorted({*before} - {*stale} | {*fresh}, key=lambda row: row[1])
        return [row[2] for row in before], [row[2] for row in after]

    def _match(self, matched: Callable[[int, int], bool]) -> None:
        for one, other, change, known in self._do(PENDING):
            if known is not None or (change > 0 and matched(one, other)):
                self._do("INSERT INTO {kind}_found VALUES (?, ?, ?)", one, other, (known or 0) + change)
        for sql in FOUND:
            self._do(sql)
