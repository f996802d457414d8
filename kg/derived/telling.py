"""What one article tells of, ready to be taken into the state: a sketch of its text, its episodes packed and in blocks.

It is made where the article is read, while its records are at hand; or from the store, by `kg.derived.reading`, where
the article was changed since, or the state is made anew. Both give the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.derived.packing import pack
from kg.resolve import duplicates
from kg.resolve.descriptions import describe, lineage
from kg.resolve.episodes import episodes
from kg.resolve.incidents import Key, keys, place_in_block
from kg.resolve.slots import Episode
from kg.vocab import listed_publishers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.records import Description, Resolution, Schema


@dataclass(frozen=True, slots=True)
class PackedEpisode:
    """An episode: its place in its blocks, the blocks by number, its events packed, the reasons one a line."""

    place: str
    blocks: tuple[int, ...]
    events: bytes
    reasons: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells of; the sketch as bytes, see `kg.resolve.duplicates.sketch`."""

    sketch: bytes
    episodes: tuple[PackedEpisode, ...]


def make_teller(schema: Schema) -> Callable[[Resolution], Told]:
    """Prepare what takes from an article, as it was read, what it tells of."""
    families, publishers = lineage(schema), listed_publishers(schema)

    def tell(resolution: Resolution) -> Told:
        document = resolution.document
        sentences = (span for span in resolution.extraction.sentences if span.part == "text")
        text = " ".join(document.words(span) for span in sentences)
        return told(document.id, text, describe(resolution, families, publishers))

    return tell


def told(article: str, text: str, events: Iterable[Description]) -> Told:
    """What an article tells of.

    Args:
        article: Its id.
        text: Its sentences, joined by blanks.
        events: Its events.
    """
    found = (enter(episode.events, "\n".join(reasons), article) for episode, reasons in episodes(events))
    return Told(duplicates.sketch(text).tobytes(), tuple(found))


def enter(events: tuple[Description, ...], reasons: str, outlet: str) -> PackedEpisode:
    """An episode as it stands in its blocks while its article's text is of that group of copies."""
    return PackedEpisode(place_in_block(Episode(events)), blocks(events, outlet), pack(events), reasons)


def blocks(events: tuple[Description, ...], outlet: str) -> tuple[int, ...]:
    """The blocks that an episode stands in."""
    return tuple(sorted({number(key) for key in keys(Episode(of_outlet(events, outlet)))}))


def of_outlet(events: tuple[Description, ...], outlet: str) -> tuple[Description, ...]:
    """The events with the group of copies that they stand in; most articles have no copies."""
    return events if events[0].outlet == outlet else tuple(replace(event, outlet=outlet) for event in events)


def number(key: Key) -> int:
    """A block as a number of 64 bits."""
    words = "\0".join(key).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big", signed=True)
