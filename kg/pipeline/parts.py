"""What a batch becomes on its way between processes and machines: N-Quads, packed, with a list of what is in them.

The same articles give the same bytes, wherever and how often they are read: a part that was lost with its worker is
made again without a trace. What only one article says is kept apart from what many articles say of an entity, which
has to be settled when they come together (`kg.store`).
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.pipeline.reader import Batch
from kg.store.changes import FINGERPRINT, base_of
from kg.vocab import DATA, Iris

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How hard parts are packed that travel or stay: harder takes three times as long for a tenth less.
PACKED = 4
#: As above, between processes of one machine.
AS_IT_IS = 0


@dataclass(frozen=True, slots=True)
class PartArticle:
    """An article in a part: its fingerprint, and how many quads it has of its own and in the shared graphs."""

    id: str
    fingerprint: str
    own: int
    shared: int


@dataclass(frozen=True, slots=True)
class Part:
    """A batch that was read: packed N-Quads in the order of the articles; `batch` has all the rest, without entries."""

    articles: tuple[PartArticle, ...]
    own: bytes
    shared: bytes
    batch: Batch


def pack(batch: Batch, level: int = PACKED) -> Part:
    """Pack a batch; each article's fingerprint is among its quads, as it is in a store."""
    articles, own, shared = [], [], []
    for name, mark, quads in batch.entries:
        iris = _iris(quads)
        graph, others = ox.NamedNode(iris.graph(name)), {ox.NamedNode(each) for each in (iris.entities, iris.reference)}
        mine = [quad for quad in quads if quad.graph_name not in others]
        mine.append(ox.Quad(graph, FINGERPRINT, ox.Literal(mark), graph))
        theirs = [quad for quad in quads if quad.graph_name in others]
        articles.append(PartArticle(name, mark, len(mine), len(theirs)))
        own += mine
        shared += theirs
    return Part(tuple(articles), packed(own, level), packed(shared, level), replace(batch, entries=[]))


def _iris(quads: Iterable[ox.Quad]) -> Iris:
    """The names under the base that an article's quads have."""
    return Iris(base_of(quads) or DATA)


def unpack(part: Part) -> Batch:
    """The batch again."""
    own, shared = unpacked(part.own), unpacked(part.shared)
    entries = [
        (each.id, each.fingerprint, [*islice(own, each.own), *islice(shared, each.shared)]) for each in part.articles
    ]
    return replace(part.batch, entries=entries)


def joined(batches: Iterable[Batch]) -> Batch:
    """Several batches as one."""
    whole = Batch()
    for batch in batches:
        whole.entries += batch.entries
        whole.failures += batch.failures
        whole.told |= batch.told
        whole.words += batch.words
        whole.counts.update(batch.counts)
        for stage, seconds in batch.seconds.items():
            whole.seconds[stage] = whole.seconds.get(stage, 0.0) + seconds
    return whole


def packed(quads: Iterable[ox.Quad], level: int = PACKED) -> bytes:
    """Quads as a gzip file without name and time: the same quads, the same bytes."""
    return gzip.compress(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"", level, mtime=0)


def unpacked(data: bytes) -> Iterator[ox.Quad]:
    """The quads of a gzip file of N-Quads."""
    return ox.parse(gzip.decompress(data), format=ox.RdfFormat.N_QUADS)
