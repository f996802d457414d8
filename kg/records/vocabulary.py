"""What the ontology says, as values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of words with the concept it stands for.

    `form` is lower-case lemmas joined by one blank, unless the vocabulary says that it is exact; `pos` is a universal
    part of speech (VERB, NOUN, ADJ, ADV, ADP, DET, X for any).
    """

    form: str
    pos: str
    concept: str
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of the ontology: local name, label, definition, example sentences, broader terms' local names."""

    name: str
    label: str
    definition: str
    examples: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor that the ontology lists: exact spellings as `aliases`, demonyms and metonyms apart.

    `ambiguous` are names that count only where the recognizer finds just these words to be a name.
    """

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    country: str | None = None
    parent: str | None = None
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place that the ontology lists: one that the gazetteer lacks, or further names for one that it has.

    `id` is the path of its IRI under the data namespace (`region/middle-east`). With a `code` ("GB", "US.AL") the
    names are for that place of the gazetteer, and the rest is there. `feature` is one of the gazetteer's.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    feature: str = "area"
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    geonames: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The concepts of one scheme and the words that evoke them."""

    concepts: tuple[Concept, ...] = ()
    entries: tuple[Entry, ...] = ()

    def words(self, *concepts: str) -> frozenset[str]:
        """The forms that evoke one of the concepts, given by their local names."""
        return frozenset(entry.form for entry in self.entries if entry.concept in concepts)


@dataclass(frozen=True, slots=True)
class Schema:
    """The ontology as a value: one vocabulary for each file of `ontology/`, the actors, the version."""

    version: str
    classes: Vocabulary = field(default_factory=Vocabulary)
    stances: Vocabulary = field(default_factory=Vocabulary)
    events: Vocabulary = field(default_factory=Vocabulary)
    roles: Vocabulary = field(default_factory=Vocabulary)
    modalities: Vocabulary = field(default_factory=Vocabulary)
    measures: Vocabulary = field(default_factory=Vocabulary)
    hedges: Vocabulary = field(default_factory=Vocabulary)
    times: Vocabulary = field(default_factory=Vocabulary)
    posts: Vocabulary = field(default_factory=Vocabulary)
    things: Vocabulary = field(default_factory=Vocabulary)
    places: Vocabulary = field(default_factory=Vocabulary)
    words: Vocabulary = field(default_factory=Vocabulary)
    actors: tuple[ActorEntry, ...] = ()
    regions: tuple[PlaceEntry, ...] = ()
