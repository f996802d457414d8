"""What people decide: merges and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as all articles together know it; `company` are the organizations and posts that it is tied to."""

    id: str
    type: str
    names: tuple[str, ...]
    articles: tuple[str, ...] = ()
    company: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Two entities that may be one: `other` would be known as `kept`. `score` in [0, 1] orders proposals, no more."""

    kept: str
    other: str
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeDecision:
    """A reviewer's word on two entities; it lives beside the data and can be taken back.

    The names are those of entities that one article alone knows: by them they are known again when it was read anew.
    """

    kept: str
    other: str
    verdict: Literal["same", "different"]
    author: str
    note: str = ""
    evidence: tuple[str, ...] = ()
    kept_name: str = ""
    other_name: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A reviewer's decision on a claim: `reject` it, `amend` one of its values (`field`: stance, claimant, low, …).

    `undo` takes back all earlier ones on the claim. `claim` is its id when the decision was made; `words` are those
    that it rests on, by which it is known again after its article was read anew. `removed` and `added` are the
    statements that it changed, as N-Quads: what undoes it.
    """

    claim: str
    action: Literal["reject", "amend", "undo"]
    author: str
    note: str
    words: str
    field: str | None = None
    value: str | None = None
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
