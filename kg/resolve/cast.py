"""Who and what an article speaks of, while it is being read: referents, and where their mentions are.

A referent is one entity of one article in the making. Merging two makes one of them the other's; nothing is looked
up by identity of objects, so that the same article gives the same entities.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.resolve.names import slug
from kg.resolve.vocabulary import singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import Document, Mention, TextSpan

#: Classes of those that act; the others are things.
ACTORS = frozenset(["Person", "Organization", "ArmedGroup", "State", "Coalition", "UnnamedSource", "Actor"])
#: How sure a class is: what a text says of a name in so many words beats what the recognizer guessed.
SPECIFIC = ("Thing", "Group", "Organization", "Facility", "Vehicle", "Weapon", "ArmedGroup", "Coalition", "State")


@dataclass(slots=True, eq=False)
class Referent:
    """One entity of one article in the making.

    Attributes:
        label: Its class, as far as it is known.
        names: Proper names in the order of their appearance.
        heads: Nouns that describe it, as lemmas.
        listed: Id of the actor in the ontology.
        source: Whether it is quoted.
        country: ISO code of the state that it is said to belong to.
        into: What it was merged into.
    """

    label: str
    order: int
    names: list[str] = field(default_factory=list)
    spans: list[TextSpan] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    listed: str | None = None
    number: str = "unknown"
    gender: str = "unknown"
    source: bool = False
    country: str | None = None
    into: Referent | None = None

    @property
    def itself(self) -> Referent:
        """The referent that this one was merged into, or this one."""
        found = self
        while found.into is not None:
            found = found.into
        return found

    def best_name(self) -> str:
        """The fullest name: the one with most words, then the longest, then the first."""
        if not self.names:
            return self.described[0] if self.described else ""
        return max(self.names, key=lambda name: (len(name.split()), len(name), -self.names.index(name)))

    def is_shared(self) -> bool:
        """Whether the name is enough to know it by in other articles."""
        name = self.best_name() if self.names else ""
        if not name or self.label == "Person":
            return len(name.split()) > 1
        if self.label == "State" and name.islower():
            return False  # "regime" in a compound is no name of one
        return not (name.isupper() and len(name) <= 4 and name.isalpha())


class Cast:
    """The referents of an article, and which of them a span means."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.referents: list[Referent] = []
        self.at: dict[TextSpan, Referent] = {}

    def new(self, mention: Mention) -> Referent:
        """A referent that has this mention only."""
        made = Referent(mention.label, len(self.referents), number=mention.number)
        self.referents.append(made)
        self.add(made, mention)
        return made

    def add(self, referent: Referent, mention: Mention) -> None:
        """Another mention of a referent."""
        referent = referent.itself
        self.at[mention.span] = referent
        referent.spans.append(mention.span)
        words = " ".join(self.document.words(mention.span).split())
        if mention.kind == "name":
            referent.names += [words] if words not in referent.names else []
        elif mention.kind == "nominal":
            referent.described.append(words)
            if referent.label == "State" and mention.label == "State":
                referent.names.append(without_article(words))
            referent.heads.add(singular(self.document.words(mention.head).lower()))
        if referent.gender == "unknown" and mention.kind != "pronoun":
            referent.gender = mention.gender

    def of(self, span: TextSpan) -> Referent | None:
        """The referent of a span."""
        found = self.at.get(span)
        return found.itself if found else None

    def merge(self, one: Referent, other: Referent) -> Referent:
        """Make two referents one: the listed, or the earlier, takes the other in."""
        one, other = one.itself, other.itself
        if one is other or (one.listed and other.listed):
            return one
        kept, gone = sorted((one, other), key=lambda each: (each.listed is None, not each.names, each.order))
        gone.into = kept
        kept.names += [name for name in gone.names if name not in kept.names]
        kept.spans += gone.spans
        kept.described += gone.described
        kept.heads |= gone.heads
        kept.gender = kept.gender if kept.gender != "unknown" else gone.gender
        kept.source = kept.source or gone.source
        if not kept.listed:
            kept.label = more_specific(kept.label, gone.label)
        return kept

    def living(self) -> Iterator[Referent]:
        """Those that were merged into no other, in the order of their first mention."""
        return (each for each in self.referents if each.into is None)


def more_specific(one: str, other: str) -> str:
    """The class that says more."""
    if "Person" in {one, other}:
        return "Person"
    ranked = {label: at for at, label in enumerate(SPECIFIC)}
    return max((one, other), key=lambda label: ranked.get(label, -1))


def entity_id(referent: Referent, document: str, number: int) -> str:
    """The path of the entity's IRI: listed, else by class and full name, else by article and number.

    Organizations, armed groups and coalitions share one path: which of them a name is, articles see differently.
    """
    if referent.listed:
        return referent.listed
    sort = sort_of(referent)
    if not referent.is_shared() or not slug(referent.best_name()):
        return f"article/{document}/{sort}/{number}"
    kind = referent.label if referent.label not in {"ArmedGroup", "Coalition", "Actor"} else "Organization"
    return f"{sort}/{kind.lower()}/{slug(referent.best_name())}"


def sort_of(referent: Referent) -> str:
    """The first part of an id: who acts or speaks, where, what."""
    if referent.label in ACTORS or referent.source:
        return "actor"
    return "place" if referent.label == "Place" else "thing"


def without_article(words: str) -> str:
    """A description without its article or demonstrative."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in {"a", "an", "the", "this", "that", "these", "those"} else words
