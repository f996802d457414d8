"""Near-duplicate articles: wire copy that several outlets print is one voice.

Hashed word shingles, of which a fixed share is kept whatever the text (the mod-p sketch of Broder 1997, "On the
resemblance and containment of documents"): two texts keep the same ones, so that containment can be read off what was
kept, and a short copy of a long article is found. Candidates share one of their smallest hashes; time and memory are
near-linear in the number of articles. (datasketch does the same by MinHash, but resemblance only, and loads scipy.)
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

from kg.resolve.neighbourhoods import pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

Name = TypeVar("Name", bound="Hashable")

#: Words in a shingle; one hash of so many is kept; so many of the smallest make candidates.
SHINGLE = 5
KEPT = 4
KEYS = 12

#: The share of the shorter text's shingles that makes it a copy, and how many it must have for that to mean anything.
COPY = 0.6
ENOUGH = 4

_WORD = re.compile(r"\w+")


def groups(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Article id -> id of its group, which is the first id, in sorted order, of the articles that share a text.

    Each article of a group is a copy of its first one, so that a series whose every number repeats a part of the last
    is not one voice; a shingle that very many articles share (boilerplate) makes candidates of the neighbours in the
    order of the ids only.

    Args:
        texts: Article ids with their texts, in any order.
    """
    sketches = {name: sketch(text) for name, text in sorted(texts)}
    index: dict[int, list[str]] = defaultdict(list)
    for name, kept in sketches.items():
        for key in keys(kept):
            index[key].append(name)
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in {pair for block in index.values() for pair in pairs(block)}:
        if copies(sketches[one], sketches[other]):
            near[one].add(other)
            near[other].add(one)
    return leaders(sketches, near.__getitem__, sketches.__getitem__)


def leaders(
    names: Iterable[Name], near: Callable[[Name], Iterable[Name]], sketch_of: Callable[[Name], array[int]]
) -> dict[Name, Name]:
    """Each article -> the first one of its group, of which it is a copy; in the order given.

    An article joins the group of a copy that comes before it, if it is a copy of that group's first article too.

    Args:
        names: Articles, in an order that depends on them alone; at least all that hang together with each other.
        near: The articles that are known to be copies of one.
        sketch_of: What is kept of an article's text.
    """
    found: dict[Name, Name] = {}
    place = {name: at for at, name in enumerate(names)}
    for name in place:
        firsts = sorted({found[each] for each in near(name) if each in found}, key=place.__getitem__)
        found[name] = next((each for each in firsts if copies(sketch_of(each), sketch_of(name))), name)
    return found


def keys(kept: array[int]) -> array[int]:
    """The hashes by which a text finds its copies."""
    return kept[:KEYS]


def copies(one: array[int], other: array[int]) -> bool:
    """Whether one text holds most of the other."""
    return containment(one, other) >= COPY


def sketch(text: str) -> array[int]:
    """The hashes that are kept of a text's runs of words, case and punctuation aside, the smallest first."""
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    hashes = {crc32(run.encode("utf-8", "replace")) for run in runs}
    return array("L", sorted(each // KEPT for each in hashes if each % KEPT == 0))


def containment(one: array[int], other: array[int]) -> float:
    """The share of the smaller sketch that the larger one holds, from 0 to 1; 0 where it is too small to tell."""
    smaller, larger = sorted((one, other), key=len)
    return len(set(smaller).intersection(larger)) / len(smaller) if len(smaller) >= ENOUGH else 0.0
