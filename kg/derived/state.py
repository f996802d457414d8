"""What derivation remembers between builds: a file beside the store, which may be deleted at any time.

`STORE.derived.sqlite` holds of every article the mark that it was read with, a sketch of its text and its episodes, in
blocks; and which incidents have yet to be written to the store. All of it can be made again from the store; only when
an article came (`arrival`) is known nowhere else, and outlives a new version of the code.
"""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

from kg.derived.blocks import Blocks
from kg.derived.packing import unpack
from kg.derived.telling import blocks, enter, of_outlet
from kg.errors import StoreError
from kg.resolve import duplicates
from kg.resolve.episodes import Reasoned
from kg.resolve.slots import Episode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.derived.telling import PackedEpisode, Told
    from kg.records import Description

#: Numbers are never given twice: blocks know things by them.
TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS arrival (name TEXT PRIMARY KEY, build INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS article
  (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, mark TEXT, outlet TEXT, sketch BLOB);
CREATE TABLE IF NOT EXISTS episode
  (id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER, events BLOB, reasons TEXT, place TEXT, incident TEXT);
CREATE INDEX IF NOT EXISTS episode_article ON episode (article);
CREATE INDEX IF NOT EXISTS episode_incident ON episode (incident);
CREATE TABLE IF NOT EXISTS pending (subject TEXT PRIMARY KEY, quads TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS doomed (incident TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (name TEXT PRIMARY KEY, mark TEXT) WITHOUT ROWID;
"""
#: What is forgotten when the code that decides has changed.
MADE_AGAIN = ("article", "episode", "pending", "doomed", "held")
BLOCK_TABLES = ("block", "fresh", "stale", "match", "compared", "found", "touched")
CHANGED = """
SELECT held.name, held.mark FROM held LEFT JOIN article ON article.name = held.name
WHERE article.mark IS NOT held.mark ORDER BY held.name
"""
GONE = "SELECT name FROM article WHERE name NOT IN (SELECT name FROM held) ORDER BY name"
DECIDING = {
    "kg.derived": ("",),
    "kg.resolve": (
        *("descriptions", "story", "episodes", "incidents", "contrasts", "slots", "geodesy"),
        *("disputes", "stances", "duplicates", "neighbourhoods"),
    ),
}


def beside(store: Path) -> Path:
    """Where the file of a store is."""
    return store.with_name(f"{store.name}.derived.sqlite")


@lru_cache(maxsize=1)
def version() -> str:
    """A hash of the code that decides: what other code has decided is decided again."""
    digest = hashlib.sha256()
    for package, stems in DECIDING.items():
        for source in sorted(files(package).iterdir(), key=lambda each: each.name):
            if source.name.endswith(".py") and ("" in stems or source.name.removesuffix(".py") in stems):
                digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(eq=False)
class State:
    """The open file; use it in a `with`. What is done is kept from `commit` to `commit`."""

    connection: sqlite3.Connection
    _episodes: dict[int, Reasoned] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection.executescript(TABLES)
        self.copies.prepare()
        self.incidents.prepare()
        if self.meta("version") != version():
            self.forget_all()
            self.set_meta("version", version())
        self.commit()

    @cached_property
    def copies(self) -> Blocks:
        """Articles by what their texts share."""
        return Blocks(self.connection, "copy")

    @cached_property
    def incidents(self) -> Blocks:
        """Episodes by day and place."""
        return Blocks(self.connection, "incident")

    def commit(self) -> None:
        """Keep what was done."""
        self.connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def meta(self, name: str) -> str | None:
        """A value that is remembered by its name."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def forget_all(self) -> None:
        """Begin again, but remember when articles came."""
        blocks = (f"{kind}_{table}" for kind in ("copy", "incident") for table in BLOCK_TABLES)
        for table in (*MADE_AGAIN, *blocks):
            self.connection.execute(f"DELETE FROM {table}")  # noqa: S608  # a name of ours
        self.connection.execute("DELETE FROM meta WHERE name != 'build'")
        self.set_meta("version", version())
        self.set_meta("afresh", "yes")
        self.set_meta("unsettled", "yes")

    def settled(self) -> None:
        """Keep what was decided; it is to be written to the store."""
        self.set_meta("unsettled", "")
        self.set_meta("writing", "yes")
        self.commit()

    # ------------------------------------------------------------------------ which articles

    def compare(self, marks: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
        """The articles that are new or other than they were, and those that are no more.

        Args:
            marks: Every article of the store with what its reading depended on.
        """
        self.connection.execute("DELETE FROM held")
        self.connection.executemany("INSERT INTO held VALUES (?, ?)", marks)
        changed = [row[0] for row in self.connection.execute(CHANGED)]
        return changed, [row[0] for row in self.connection.execute(GONE)]

    def arrived(self) -> None:
        """Number the builds, and note which articles this one brought: those that `compare` was told of first."""
        build = int(self.meta("build") or 0) + 1
        self.set_meta("build", str(build))
        self.connection.execute("INSERT OR IGNORE INTO arrival SELECT name, ? FROM held", (build,))

    def mark(self, name: str) -> str:
        """What the reading of an article depended on, as `compare` was told."""
        return str(self.connection.execute("SELECT mark FROM held WHERE name = ?", (name,)).fetchone()[0])

    def departed(self, names: Iterable[str]) -> None:
        """Forget when articles came that are no more."""
        self.connection.executemany("DELETE FROM arrival WHERE name = ?", ((name,) for name in names))

    # ------------------------------------------------------------------------ articles and their episodes

    def learn(self, name: str, mark: str, told: Told) -> None:
        """Take an article in, in the place of what is known under its name.

        Args:
            name: Its id.
            mark: What its reading depended on.
            told: What it tells of.
        """
        self.forget(name)
        sql = "INSERT INTO article (name, mark, outlet, sketch) VALUES (?, ?, ?, ?)"
        article = self._new(sql, name, mark, name, told.sketch)
        self.copies.enter(article, name, duplicates.keys(_hashes(told.sketch)))
        for episode in told.episodes:
            self._enter(article, episode)

    def forget(self, name: str) -> None:
        """Let an article go, if it is known."""
        row = self.connection.execute("SELECT id, outlet, sketch FROM article WHERE name = ?", (name,)).fetchone()
        if row:
            article, outlet, sketch = row
            self.copies.leave(article, name, duplicates.keys(_hashes(sketch)))
            for episode, _, _ in self._rows(article):
                self._leave(episode, outlet)
            self.connection.execute("DELETE FROM article WHERE id = ?", (article,))

    def move(self, article: int, outlet: str) -> None:
        """Put an article into another group of copies."""
        before = self.outlet(article)
        for episode, events, reasons in self._rows(article):
            self._leave(episode, before)
            self._enter(article, enter(unpack(events), reasons, outlet))
        self.connection.execute("UPDATE article SET outlet = ? WHERE id = ?", (outlet, article))

    def _new(self, sql: str, *values: object) -> int:
        return int(self.connection.execute(sql, values).lastrowid or 0)

    def _rows(self, article: int) -> list[tuple[int, bytes, str]]:
        sql = "SELECT id, events, reasons FROM episode WHERE article = ?"
        return self.connection.execute(sql, (article,)).fetchall()

    def _enter(self, article: int, packed: PackedEpisode) -> None:
        sql = "INSERT INTO episode (article, events, reasons, place) VALUES (?, ?, ?, ?)"
        episode = self._new(sql, article, packed.events, packed.reasons, packed.place)
        self.incidents.enter(episode, packed.place, packed.blocks)

    def _leave(self, episode: int, outlet: str) -> None:
        sql = "SELECT events, place, incident FROM episode WHERE id = ?"
        events, place, incident = self.connection.execute(sql, (episode,)).fetchone()
        self.incidents.leave(episode, place, blocks(unpack(events), outlet))
        self.connection.execute("DELETE FROM episode WHERE id = ?", (episode,))
        self._episodes.pop(episode, None)
        if incident:
            self.doom(incident)

    def doom(self, incident: str) -> None:
        """Note that an incident is not what it was, and that its other episodes have to find a new one."""
        self.connection.execute("INSERT OR IGNORE INTO doomed VALUES (?)", (incident,))

    def touch_doomed(self) -> None:
        """Have the episodes of incidents that are not what they were looked at."""
        sql = "SELECT id FROM episode WHERE incident IN (SELECT incident FROM doomed)"
        for row in self.connection.execute(sql).fetchall():
            self.incidents.touch(row[0])

    def doom_of(self, episodes: Iterable[int]) -> None:
        """Note that the incidents of these episodes may not be what they were."""
        sql = "INSERT OR IGNORE INTO doomed SELECT incident FROM episode WHERE id = ? AND incident IS NOT NULL"
        self.connection.executemany(sql, ((each,) for each in episodes))

    def doomed(self) -> Iterator[str]:
        """The incidents that may not be what they were; they are forgotten with that."""
        while rows := self.connection.execute("SELECT incident FROM doomed LIMIT 1000").fetchall():
            yield from (row[0] for row in rows)
            self.connection.executemany("DELETE FROM doomed WHERE incident = ?", rows)

    def belong(self, episodes: Iterable[int], incident: str) -> None:
        """Note which incident episodes are of."""
        rows = ((incident, each) for each in episodes)
        self.connection.executemany("UPDATE episode SET incident = ? WHERE id = ?", rows)

    def place(self, episode: int) -> str:
        """Where an episode stands in its blocks: an order that depends on no number."""
        return str(self.connection.execute("SELECT place FROM episode WHERE id = ?", (episode,)).fetchone()[0])

    def outlet(self, article: int) -> str:
        """The group of copies that an article is in."""
        return str(self.connection.execute("SELECT outlet FROM article WHERE id = ?", (article,)).fetchone()[0])

    def name(self, article: int) -> str:
        """The id of an article."""
        return str(self.connection.execute("SELECT name FROM article WHERE id = ?", (article,)).fetchone()[0])

    @lru_cache(maxsize=4096)  # noqa: B019  # the cache lives as long as a build
    def sketch(self, article: int) -> array[int]:
        """What is kept of an article's text."""
        row = self.connection.execute("SELECT sketch FROM article WHERE id = ?", (article,)).fetchone()
        return _hashes(row[0])

    def episode(self, number: int) -> Reasoned:
        """An episode with its reasons, its text's group of copies among its events."""
        if number not in self._episodes:
            if len(self._episodes) >= 4096:
                del self._episodes[next(iter(self._episodes))]
            sql = (
                "SELECT events, reasons, outlet FROM episode JOIN article ON article.id = article WHERE episode.id = ?"
            )
            events, reasons, outlet = self.connection.execute(sql, (number,)).fetchone()
            known = Episode(of_outlet(unpack(events), outlet))
            self._episodes[number] = known, tuple(reasons.split("\n")) if reasons else ()
        return self._episodes[number]

    def token(self) -> str:
        """A hash of all articles with their marks: equal where equal things were derived from."""
        digest = hashlib.sha256(version().encode())
        for row in self.connection.execute("SELECT name, mark FROM article ORDER BY name"):
            digest.update("\0".join(row).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]


def open_state(store: Path | None) -> State:
    """Open the file of a store; one in memory for a store in memory.

    Raises:
        StoreError: The file is damaged.
    """
    try:
        connection = sqlite3.connect(":memory:" if store is None else beside(store), isolation_level="DEFERRED")
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = FILE;")
        return State(connection)
    except sqlite3.DatabaseError as error:
        where = beside(store) if store else "memory"
        raise StoreError(f"{where}: cannot be read ({error}); delete it, and the next build makes it again") from error


@dataclass(frozen=True)
class Memory:
    """What is remembered of the builds of a store, for readers: nothing, where the file is missing."""

    connection: sqlite3.Connection | None

    @classmethod
    def of(cls, store: Path | None) -> Memory:
        """Open the file of a store to read it."""
        if store is None or not beside(store).is_file():
            return cls(None)
        return cls(sqlite3.connect(f"{beside(store).absolute().as_uri()}?mode=ro", uri=True))

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query.

        Raises:
            StoreError: The file is damaged.
        """
        try:
            return self.connection.execute(sql, values).fetchall() if self.connection else []
        except sqlite3.DatabaseError as error:
            raise StoreError(f"what is derived is damaged ({error}); delete .derived.sqlite and build again") from error

    def known_before(self) -> frozenset[str]:
        """The articles that were there before the last build that brought any."""
        sql = "SELECT name FROM arrival WHERE build < (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'build')"
        return frozenset(row[0] for row in self.rows(sql))

    def basis(self) -> str:
        """What the derived graphs rested on when they were written last."""
        return next((row[0] for row in self.rows("SELECT value FROM meta WHERE name = 'basis'")), "")

    def events(self, incident: str) -> tuple[Description, ...]:
        """The events of an incident, in the order of their ids; their texts' groups of copies are not known here."""
        rows = self.rows("SELECT events FROM episode WHERE incident = ?", incident)
        return tuple(sorted((event for row in rows for event in unpack(row[0])), key=lambda event: event.id))


def _hashes(packed: bytes) -> array[int]:
    found = array("L")
    found.frombytes(packed)
    return found
