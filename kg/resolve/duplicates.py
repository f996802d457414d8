"""Near-duplicate articles: wire copy that several outlets print is one voice.

MinHash over word shingles with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman, Ullman, ch. 3), by
datasketch: near-linear in the number of articles. A short copy of a long article shares few of all shingles but most of
its own, so candidates are checked by containment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from datasketch import MinHash, MinHashLSH

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Words in a shingle; permutations of the hash; estimated Jaccard similarity of a candidate; share of the shorter
#: text's shingles that makes it a copy.
SHINGLE = 5
PERMUTATIONS = 64
CANDIDATE = 0.35
COPY = 0.6

_WORD = re.compile(r"\w+")


def groups(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Article id -> id of its group, which is the first id, in sorted order, of the articles that share a text.

    Args:
        texts: Article ids with their texts, in any order.
    """
    shingled = {name: shingles(text) for name, text in sorted(texts)}
    index = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS)
    group: dict[str, str] = {}
    for name, words in shingled.items():
        sketch = _sketch(words)
        copies = [each for each in index.query(sketch) if containment(words, shingled[each]) >= COPY]
        group[name] = min((group[each] for each in copies), default=name)
        index.insert(name, sketch)
    return group


def shingles(text: str) -> frozenset[bytes]:
    """The runs of words of a text, case and punctuation aside; the whole of one that is shorter."""
    words = _WORD.findall(text.casefold())
    runs = range(max(1, len(words) - SHINGLE + 1))
    return frozenset(" ".join(words[at : at + SHINGLE]).encode() for at in runs)


def containment(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    """The share of the smaller set that the larger one holds, from 0 to 1."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _sketch(words: frozenset[bytes]) -> MinHash:
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update_batch(sorted(words))
    return sketch
