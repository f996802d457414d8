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
    told: frozenset[str]
    light: frozenset[str]
    ranks: frozenset[str] = field(default_factory=frozenset)
    furniture: frozenset[tuple[str, ...]] = field(default_factory=frozenset)
    utterances: frozenset[str] = field(default_factory=frozenset)


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
    documents, told, light = (
        _of_frame(tables["NOUN"], "document"),
        _of_frame(tables["VERB"], "told"),
        _of_frame(tables["VERB"], "light"),
    )
    furniture = frozenset(
        tuple(entry.form.split()) for entry in schema.stances.entries if "furniture" in entry.frame.split()
    )
    _of_frame(tables["X"], "furniture")
    utterances = _of_frame(tables["NOUN"], "utterance")
    verbs, nouns_of, phrases = (
        {form: _sorted(cues) for form, cues in table.items() if cues} for table in tables.values()
    )
    ranks = frozenset(form for entry in schema.posts.entries if (form := entry.form.lower()).endswith("."))
    return Lexicon(verbs, nouns_of, phrases, documents, told, light, ranks, furniture, utterances)


def _of_frame(table: Mapping[str, list[Cue]], frame: str) -> frozenset[str]:
    """Take the words of a frame that is no construction out of the table."""
    found = frozenset(word for word, cues in table.items() if any(frame in cue.frames for cue in cues))
    for word in found:
        table[word][:] = [cue for cue in table[word] if frame not in cue.frames]
    return found


def _sorted(cues: list[Cue]) -> tuple[Cue, ...]:
    return tuple(sorted(cues, key=lambda cue: -len(cue.rest)))
