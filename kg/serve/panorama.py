"""All nodes at once: where each stands, packed once for the page that draws them.

The spots are those of `kg.view.overview`, as in a file. Of a graph with more than `MOST` nodes the heaviest are drawn:
more dots than a screen has room for tell nobody anything.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from kg.serve.overview_nodes import read_edge, read_node
from kg.view.overview import LEAST, far_spots
from kg.view.scene import CLASSES, Scene

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from kg.view.scene import Node

MOST = 40_000
LABEL = 60  # characters
DRAWN = "FROM node WHERE cls <> 'Quotation'"


def needed(table: sqlite3.Connection) -> bool:
    """Whether the graph is large enough to be looked at from afar."""
    return bool(table.execute(f"SELECT COUNT(*) >= ? {DRAWN}", (LEAST,)).fetchone()[0])


def write_panorama(table: sqlite3.Connection) -> None:
    """Fill `far` (the number of each node that is drawn) and `panorama` (the packed picture)."""
    table.execute("CREATE TABLE far (number INTEGER PRIMARY KEY, id TEXT UNIQUE)")
    table.execute("CREATE TABLE panorama (picture BLOB)")
    if not needed(table):
        return
    rows = table.execute(f"SELECT record {DRAWN} ORDER BY weight DESC, id LIMIT ?", (MOST,))
    nodes = [read_node(record) for (record,) in rows]
    table.executemany("INSERT INTO far VALUES (?,?)", enumerate(node.id for node in nodes))
    joined = table.execute(  # CROSS JOIN keeps this order: edges first, their ends by index
        "SELECT edge.* FROM edge CROSS JOIN far AS start ON start.id = source "
        "CROSS JOIN far AS stop ON stop.id = target WHERE mode <> 'direct'"
    )
    scene = Scene("", edges=tuple(map(read_edge, joined)))
    count: int = table.execute(f"SELECT COUNT(*) {DRAWN}").fetchone()[0]
    picture = json.dumps(_picture(nodes, scene, count), ensure_ascii=False, separators=(",", ":"))
    table.execute("INSERT INTO panorama VALUES (?)", (gzip.compress(picture.encode("utf-8", "replace"), mtime=0),))


def _picture(nodes: Sequence[Node], scene: Scene, count: int) -> dict[str, Any]:
    """Columns of nodes, heaviest first, and the lines between them as numbers of their ends, two for each."""
    spots = far_spots(nodes, scene)
    at: Mapping[str, int] = {node.id: number for number, node in enumerate(nodes)}
    lines = sorted({tuple(sorted((at[e.source], at[e.target]))) for e in scene.edges if e.source != e.target})
    return {
        "of": count,
        "ids": [node.id for node in nodes],
        "labels": [node.label[:LABEL] for node in nodes],
        "classes": list(CLASSES),
        "cls": [CLASSES.index(node.cls) for node in nodes],
        "weights": [node.weight for node in nodes],
        "spots": [axis for node in nodes for axis in spots[node.id]],
        "lines": [end for line in lines for end in line],
    }
