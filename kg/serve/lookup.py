"""Look-ups in the overview: by name, by node, by what a page filters for. Every value is bound, none becomes SQL."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.serve.overview_nodes import read_edge, read_node
from kg.serve.panorama import needed
from kg.view.scene import Article, Edge, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

#: Nodes that a search for a path may reach before it gives up.
WIDEST = 20_000
#: Between so many nodes at most, edges are found pair by pair, which no hub makes slow; between more, source by source.
FEW = 40
WORD = re.compile(r"\w+")


class NotReadyError(Exception):
    """What was asked for is still being made."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page lets through, as its address has it; empty values let all through. Days are ISO 8601."""

    hidden: tuple[str, ...] = ()
    type: str = ""
    stance: str = ""
    article: str = ""
    since: str = ""
    until: str = ""
    disputed: bool = False
    least: float = 0.0
    words: str = ""


class Lookup:
    """One overview, opened for reading; each call may come from another thread, one at a time."""

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        self.base: str = self._one("SELECT base FROM meta")
        #: Whether words and panorama are there.
        self.complete = bool(self._one("SELECT 1 FROM sqlite_master WHERE name = 'panorama'"))

    def close(self) -> None:
        """Give the file back."""
        self._table.close()

    # ------------------------------------------------------------------------ nodes

    def nodes(self, ids: Iterable[str]) -> tuple[Node, ...]:
        """The nodes with these ids, in this order, those that there are."""
        found = (self._one("SELECT record FROM node WHERE id = ?", each) for each in dict.fromkeys(ids))
        return tuple(read_node(record) for record in found if record)

    def opening(self) -> Mapping[str, tuple[int, int]]:
        """What the page opens with, and where it stands."""
        rows = self._table.execute("SELECT id, opening FROM node WHERE opening IS NOT NULL")
        return {each: tuple(json.loads(spot)) for each, spot in rows}

    def search(self, words: str, most: int) -> list[tuple[str, str]]:
        """Nodes in whose names every word begins one, with the name; what begins so itself first, then the heavier."""
        asked = WORD.findall(words)
        if not asked:
            return []
        wanted = " ".join(f'"{word}"*' for word in asked)
        rows = self._table.execute(
            "SELECT node, text FROM found WHERE found MATCH ? ORDER BY rowid LIMIT ?", (wanted, most * 20)
        ).fetchall()
        first = words.strip().casefold()
        rows.sort(key=lambda row: not row[1].casefold().startswith(first))
        return list({node: (node, text) for node, text in reversed(rows)}.values())[::-1][:most]

    def neighbours(self, node: str, start: int, most: int) -> tuple[list[str], int]:
        """The heaviest of those joined to a node, from the `start`th on; and how many there are.

        Quotations stand between their speaker and what they are about: only they themselves have such neighbours.
        """
        spoken = "EXISTS (SELECT 1 FROM node WHERE id = :node AND cls = 'Quotation')"
        drawn = f"mode <> 'direct' AND (predicate NOT IN ('said', 'about') OR {spoken})"
        joined = (
            f"SELECT target AS id FROM edge WHERE source = :node AND {drawn} UNION "  # noqa: S608
            f"SELECT source FROM edge WHERE target = :node AND {drawn}"
        )
        query = f"SELECT id FROM node WHERE id IN ({joined}) AND id <> :node ORDER BY weight DESC, id"  # noqa: S608
        found = self._ids(query, {"node": node})
        return found[start : start + most], len(found)

    def edges(self, ids: Iterable[str]) -> tuple[Edge, ...]:
        """The edges between these nodes."""
        wanted = sorted(set(ids))
        plus = "+" if len(wanted) > FEW else ""  # a sign keeps SQLite from looking the column up
        rows = self._table.execute(
            "SELECT * FROM edge WHERE source IN (SELECT value FROM json_each(:ids)) "  # noqa: S608
            f"AND {plus}target IN (SELECT value FROM json_each(:ids))",
            {"ids": json.dumps(wanted)},
        )
        return tuple(map(read_edge, rows))

    def path(self, start: str, end: str) -> list[str]:
        """A shortest path between two nodes, ends included; empty where there is none within reach.

        Both ends are widened in turns, the smaller first, so that a hub between them is met and not gone through.
        """
        sides: tuple[dict[str, str], dict[str, str]] = ({start: start}, {end: end})
        rims = [[start], [end]]
        while not (met := sides[0].keys() & sides[1].keys()) and all(rims) and sum(map(len, sides)) < WIDEST:
            side = int(len(rims[1]) < len(rims[0]))
            rims[side] = self._wider(rims[side], sides[side])
        if not met:
            return []
        middle = min(met, key=lambda each: (len(_walked(sides[0], each)) + len(_walked(sides[1], each)), each))
        return _walked(sides[0], middle) + _walked(sides[1], middle)[::-1][1:]

    def _wider(self, rim: list[str], came: dict[str, str]) -> list[str]:
        found: list[str] = []
        for at in rim:
            for each in self.neighbours(at, 0, WIDEST)[0][::-1]:  # over the rarer node: it tells more
                if each not in came:
                    came[each] = at
                    found.append(each)
        return found

    # ------------------------------------------------------------------------ statements

    def kept(self, each: str) -> str:
        """The node that stands for an id: another one's where it was folded into that."""
        return self._one("SELECT kept FROM folded WHERE id = ?", each) or each

    def statements(self, node: str, most: int, start: int = 0, filters: Filters | None = None) -> tuple[list[str], int]:
        """The statements let through in which a node has a part, disputed ones first; and how many there are."""
        if filters and (filters.words or filters.least):
            self._needs_all()
        where, values = _conditions(filters or Filters())
        passed = (
            "FROM (SELECT DISTINCT statement AS place FROM link WHERE node = :node) JOIN statement ON at = place "  # noqa: S608
            f"LEFT JOIN node AS happening ON happening.id = event WHERE {where}"
        )
        query = f"SELECT statement.id {passed} ORDER BY statement.disputed DESC, at LIMIT :most OFFSET :start"
        bound = {**values, "node": node, "most": most, "start": start}
        return self._ids(query, bound), self._ids(f"SELECT COUNT(*) {passed}", bound)[0]

    def between(self, one: str, other: str, most: int) -> list[str]:
        """The statements that two nodes share."""
        query = (
            "SELECT DISTINCT statement.id, at FROM link AS a JOIN link AS b USING (statement) "
            "JOIN statement ON at = statement WHERE a.node = ? AND b.node = ? ORDER BY at LIMIT ?"
        )
        return self._ids(query, one, other, most)

    def of_article(self, article: str, most: int) -> list[str]:
        """The statements of an article, in their order."""
        return self._ids("SELECT id FROM statement WHERE article = ? ORDER BY at LIMIT ?", article, most)

    def article(self, each: str) -> Article | None:
        """An article."""
        record = self._one("SELECT record FROM article WHERE id = ?", each)
        return Article(**json.loads(record)) if record else None

    def matching(
        self, filters: Filters, most: int, classes: Sequence[str], statements: int
    ) -> tuple[list[str], list[str]]:
        """Per class, the nodes that most of the statements let through speak of; and some of those statements."""
        shown = [cls for cls in classes if cls not in filters.hidden]
        if filters == Filters(hidden=filters.hidden):
            heavy = "SELECT id FROM node WHERE cls = ? ORDER BY disputed DESC, weight DESC, id LIMIT ?"
            return [each for cls in shown for each in self._ids(heavy, cls, most)], self._first(statements)
        self._choose(filters)
        counted = (  # one pass over the links, not one for each class
            "SELECT node.id, cls FROM (SELECT node AS id, COUNT(*) AS n FROM chosen CROSS JOIN link "
            "ON statement = chosen.at GROUP BY node) AS heavy CROSS JOIN node USING (id) "
            "ORDER BY node.disputed DESC, n DESC, node.id"
        )
        ranked = self._table.execute(counted).fetchall()
        found = [each for cls in shown for each in [one for one, of in ranked if of == cls][:most]]
        return found, self._ids("SELECT id FROM chosen ORDER BY disputed DESC, at LIMIT ?", statements)

    def passing(self, filters: Filters) -> list[int]:
        """The numbers in the panorama of the nodes that a statement let through speaks of."""
        self._needs_all()
        self._choose(filters)
        return self._ids(
            "SELECT number FROM far WHERE id IN (SELECT node FROM link JOIN chosen ON statement = chosen.at)"
        )

    def panorama(self) -> bytes | None:
        """All nodes with their spots, JSON in gzip; none where the graph is too small to need it."""
        self._needs_all()
        picture: bytes | None = self._one("SELECT picture FROM panorama")
        return picture

    def _needs_all(self) -> None:
        if not self.complete:
            raise NotReadyError

    def _choose(self, filters: Filters) -> None:
        """Fill `chosen` with the statements that the filters let through."""
        if filters.words or filters.least:
            self._needs_all()
        where, values = _conditions(filters)
        self._table.execute("DROP TABLE IF EXISTS temp.chosen")
        self._table.execute(
            "CREATE TEMP TABLE chosen AS SELECT statement.at, statement.id, statement.disputed FROM statement "  # noqa: S608
            f"LEFT JOIN node AS happening ON happening.id = event WHERE {where}",
            values,
        )

    def _first(self, most: int) -> list[str]:
        """Statements on the heaviest incidents."""
        query = (
            "SELECT id FROM statement WHERE event IN (SELECT id FROM node WHERE cls = 'Incident' "
            "ORDER BY disputed DESC, weight DESC, id LIMIT :most) ORDER BY disputed DESC, at LIMIT :most"
        )
        return self._ids(query, {"most": most})

    def heaviest(self, where: str, most: int) -> list[str]:
        """Ids of the heaviest nodes that are `dated` or `located`."""
        tests = {"dated": "earliest IS NOT NULL AND cls = 'Incident'", "located": "located"}
        return self._ids(f"SELECT id FROM node WHERE {tests[where]} ORDER BY weight DESC, id LIMIT ?", most)  # noqa: S608

    def facets(self, most: int) -> dict[str, Any]:
        """What the filters can offer."""
        articles = self._table.execute("SELECT record FROM article ORDER BY id LIMIT ?", (most,))
        return {
            "nodes": self._one("SELECT COUNT(*) FROM node"),
            "far": int(needed(self._table)),
            "statements": self._one("SELECT COUNT(*) FROM statement"),
            "classes": dict(self._table.execute("SELECT cls, COUNT(*) FROM node GROUP BY cls ORDER BY cls")),
            "types": self._ids("SELECT DISTINCT type FROM node WHERE type IS NOT NULL ORDER BY type"),
            "stances": self._ids("SELECT DISTINCT stance FROM statement WHERE stance IS NOT NULL ORDER BY stance"),
            "articles": [json.loads(record) for (record,) in articles],
        }

    def _ids(self, query: str, *values: Any) -> list[Any]:
        bound = values[0] if values and isinstance(values[0], dict) else values
        return [row[0] for row in self._table.execute(query, bound)]

    def _one(self, query: str, *values: Any) -> Any:
        found = self._table.execute(query, values).fetchone()
        return found[0] if found else None


def _walked(came: Mapping[str, str], end: str) -> list[str]:
    steps = [end]
    while came[steps[-1]] != steps[-1]:
        steps.append(came[steps[-1]])
    return steps[::-1]


def _conditions(filters: Filters) -> tuple[str, dict[str, Any]]:
    """The filters as conditions on a statement and its incident; `web/src/filter.ts` has the same."""
    tests = {
        "type": (filters.type, "happening.type = :type"),
        "stance": (filters.stance, "stance = :stance"),
        "article": (filters.article, "article = :article"),
        "since": (filters.since, "substr(COALESCE(happening.latest, happening.earliest), 1, 10) >= :since"),
        "until": (filters.until, "substr(happening.earliest, 1, 10) <= :until"),
        "disputed": (filters.disputed, "statement.disputed"),
        "least": (filters.least, "COALESCE(confidence, 1) >= :least"),
        "words": (_match(filters.words), "at IN (SELECT rowid FROM words WHERE words MATCH :words)"),
    }
    used = {name: test for name, test in tests.items() if test[0]}
    return " AND ".join(test for _, test in used.values()) or "1", {name: value for name, (value, _) in used.items()}


def _match(words: str) -> str:
    return " ".join(f'"{word}"*' for word in WORD.findall(words))
