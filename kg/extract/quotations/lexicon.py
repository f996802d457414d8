"""The cues of `ontology/stances.ttl`, ready to be looked up by lemma."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import Schema

#: How far behind a verb its particle or preposition may stand: "called again and again for".
REACH = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a word: what follows the first lemma, the stance, the constructions that it takes."""

    rest: tuple[str, ...]
    stance: str
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by the lemma of their first word."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    phrases: Mapping[str, tuple[Cue, ...]]
    documents: frozenset[str]
    ranks: frozenset[str] = field(default_factory=frozenset)


def make_lexicon(schema: Schema) -> Lexicon:
    """Sort the entries of the stances by part of speech; longer forms first, since they say more."""
    tables: dict[str, dict[str, list[Cue]]] = {
        "VERB": defaultdict(list),
        "NOUN": defaultdict(list),
        "X": defaultdict(list),
    }
    for entry in schema.stances.entries:
        first, *rest = entry.form.split()
        tables[entry.pos][first].append(Cue(tuple(rest), entry.concept, frozenset(entry.frame.split())))
    nouns = tables["NOUN"]
    documents = frozenset(noun for noun, cues in nouns.items() if any("document" in cue.frames for cue in cues))
    verbs, nouns_of, phrases = ({form: _sorted(cues) for form, cues in table.items()} for table in tables.values())
    ranks = frozenset(form for entry in schema.posts.entries if (form := entry.form.lower()).endswith("."))
    return Lexicon(verbs, nouns_of, phrases, documents, ranks)


def _sorted(cues: list[Cue]) -> tuple[Cue, ...]:
    return tuple(sorted(cues, key=lambda cue: -len(cue.rest)))
