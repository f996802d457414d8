"""The actors and things of one article: what every span means, and who belongs to what.

Names first, over the whole article; then, in the order of reading, what describes and what stands for them. The title
is read last: it leans on the names of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.records import Entity, Event, Mention, Quotation, Relation, TextSpan
from kg.resolve.actors import cast_names
from kg.resolve.cast import Cast, entity_id, more_specific, sort_of, without_article
from kg.resolve.coreference import read_on
from kg.resolve.discourse import Discourse, Voices
from kg.resolve.memberships import Bonds
from kg.resolve.names import without_nickname
from kg.resolve.nesting import Nesting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.records import Document, Extraction, Membership
    from kg.resolve.cast import Referent
    from kg.resolve.vocabulary import Words

#: Words by which an unnamed source is known; a longer phrase is a clause, not a description. In characters.
LONGEST_SOURCE = 100
#: Concept of a noun that names who acts -> the class of who is so named.
BODIES = {
    "State": "State",
    "Coalition": "Coalition",
    "Military": "Organization",
    "ArmedGroup": "ArmedGroup",
    "Fighters": "Group",
}


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who in one article; places that have names are not among them."""

    entities: tuple[Entity, ...]
    denotes: Mapping[TextSpan, str]
    memberships: tuple[Membership, ...]


def identify(
    document: Document,
    extraction: Extraction,
    words: Words,
    located: Mapping[TextSpan, str],
    home: str | None = None,
) -> Identities:
    """Find out who is who.

    Args:
        document: The article.
        extraction: What was found in it.
        words: The vocabularies.
        located: Names of places and what they denote.
        home: ISO code of the country that most of these places are in: whose government is "the government".
    """
    found = [each for each in extraction.of(Mention) if each.label != "Time"]
    mentions = sorted((*found, *_bare(document, extraction, words, Nesting(found))), key=_reading_order)
    relations = extraction.of(Relation)
    nesting = Nesting(mentions)
    cast = Cast(document)
    _settle_places(cast, mentions, located)
    cast_names(cast, mentions, relations, words)
    _describe(cast, relations, nesting)
    bonds = Bonds(cast, mentions, relations, words, nesting)
    sources = tuple(span for each in extraction.of(Quotation) for span in each.source)
    discourse = Discourse(
        cast, words, Voices.of(extraction.of(Quotation), nesting), bonds.side, words.states.get(home or "")
    )
    for mention in mentions:
        inside = nesting.within(mention.span) if mention.kind == "nominal" else []
        read_on(discourse, mention, [each for each in inside if each is not mention])
    for span in sources:
        _mark_source(cast, nesting, span)
    ids = _ids(cast, document.id)
    denotes = {span: ids[referent.itself] for span, referent in cast.at.items()}
    denotes.update(list(_by_their_heads(extraction, nesting, denotes)))
    memberships = tuple(bonds.memberships(ids))
    return Identities(tuple(_entities(ids, words)), denotes, memberships)


def _by_their_heads(
    extraction: Extraction, nesting: Nesting, denotes: Mapping[TextSpan, str]
) -> Iterator[tuple[TextSpan, str]]:
    """Spans that are no mention denote what the mention that heads them does."""
    for span in _asked(extraction):
        head = nesting.head_of(span)
        if span not in denotes and head and head.span in denotes:
            yield span, denotes[head.span]


def _bare(document: Document, extraction: Extraction, words: Words, nesting: Nesting) -> Iterator[Mention]:
    """Nouns before others that name who acts: the regime of "regime warplanes"; by itself it is no noun phrase."""
    asked = {(each.span, event.trigger) for event in extraction.of(Event) for each in event.arguments}
    starts = [each for each in extraction.sentences if each.part == "text"]
    seen: set[TextSpan] = set()
    for span, trigger in sorted(asked):
        label = BODIES.get(words.concept(document.words(span)) or "")
        if label and span not in seen and " " not in document.words(span) and nesting.head_of(span) is None:
            seen.add(span)
            sentence = next((each for each in starts if each.contains(span)), trigger)
            yield Mention(span, label, span, "nominal", sentence, number="singular", function="bare")


def _reading_order(mention: Mention) -> tuple[bool, int, int]:
    """The text before the title; what contains another before it."""
    return (mention.span.part == "title", mention.span.start, -mention.span.end)


def _settle_places(cast: Cast, mentions: Iterable[Mention], located: Mapping[TextSpan, str]) -> None:
    """Places that have names take part as what descriptions and pronouns may mean."""
    known: dict[str, Referent] = {}
    for mention in mentions:
        if place := located.get(mention.span):
            if place in known:
                cast.add(known[place], mention)
            else:
                known[place] = cast.new(mention)
                known[place].listed = place


def _describe(cast: Cast, relations: Iterable[Relation], nesting: Nesting) -> None:
    """What stands in apposition to a name, or is said to be what it names, means the same."""
    for relation in relations:
        if relation.predicate == "post":
            _holds_post(cast, relation)
        if relation.predicate not in {"apposition", "copula"}:
            continue
        referent, mention = cast.of(relation.subject), nesting.at.get(relation.object)
        if (
            referent
            and mention
            and mention.kind == "nominal"
            and mention.span not in cast.at
            and _one_sort(referent, mention)
            and not _names_another(cast, referent, nesting.within(mention.span))
        ):
            cast.add(referent, mention)
            if not referent.listed:
                referent.label = more_specific(referent.label, mention.label)


def _holds_post(cast: Cast, relation: Relation) -> None:
    """A person may be called by the post: "the prime minister", "the minister"."""
    if referent := cast.of(relation.subject):
        post = cast.document.words(relation.object).lower()
        referent.heads |= {post, post.split()[-1]}


def _one_sort(referent: Referent, mention: Mention) -> bool:
    """Persons are described as persons, places as places, and one body is not many people."""
    if mention.number == "plural" and referent.names:
        return False
    return all((referent.label == sort) == (mention.label == sort) for sort in ("Person", "Place", "Group"))


def _names_another(cast: Cast, referent: Referent, inside: Iterable[Mention]) -> bool:
    """Whether a description ends with the name of something else: "the Islamic State group" is no observatory."""
    bodies = {"ArmedGroup", "Coalition", "Organization"}
    named = (cast.of(each.span) for each in inside if each.kind == "name" and each.label in bodies)
    return referent.label in bodies and any(each is not None and each is not referent for each in named)


def _mark_source(cast: Cast, nesting: Nesting, span: TextSpan) -> None:
    """Whoever is quoted without a name is an unnamed source; one that no mention covers is made."""
    mention = nesting.head_of(span)
    referent = cast.of(mention.span) if mention else None
    if referent is None and mention is None:
        referent = cast.new(Mention(span, "Person", span, "nominal", span))
    if referent is not None:
        referent.source = True
        if not referent.names and referent.described and mention and mention.kind == "nominal":
            words = " ".join(cast.document.words(span).split()).removesuffix(" who").removesuffix(" that")
            referent.described.insert(0, words) if len(words) < LONGEST_SOURCE else None


def _asked(extraction: Extraction) -> Iterator[TextSpan]:
    """The spans beside mentions that other stages ask about."""
    for quotation in extraction.of(Quotation):
        yield from quotation.source
        yield from (span for span in (quotation.addressee, quotation.accused) if span)
    for event in extraction.of(Event):
        yield from (argument.span for argument in event.arguments)
    for relation in extraction.of(Relation):
        yield from (relation.subject, relation.object)


# -------------------------------------------------------------------------------- entities


def _ids(cast: Cast, document: str) -> dict[Referent, str]:
    """Every referent's id; those that only this article knows are numbered in the order of reading."""
    ids: dict[Referent, str] = {}
    numbers = {"actor": 0, "place": 0, "thing": 0}
    for referent in sorted(cast.living(), key=_first):
        sort = sort_of(referent)
        name = entity_id(referent, document, numbers[sort] + 1)
        numbers[sort] += name.startswith("article/") and name != referent.listed
        ids[referent] = name
    return ids


def _first(referent: Referent) -> tuple[bool, TextSpan]:
    span = min(referent.spans, key=lambda each: (each.part == "title", each))
    return (span.part == "title", span)


def _entities(ids: Mapping[Referent, str], words: Words) -> Iterator[Entity]:
    """Entities by their ids, in the order of first mention; two of one id are one."""
    found: dict[str, list[Referent]] = {}
    for referent, name in ids.items():
        found.setdefault(name, []).append(referent)
    for name, referents in found.items():
        if referents[0].label != "Place" or referents[0].listed is None:
            yield _entity(referents, name, words)


def _entity(referents: Sequence[Referent], name: str, words: Words) -> Entity:
    first = referents[0]
    listed = words.actors.get(first.listed or "")
    names = tuple(dict.fromkeys(each for referent in referents for each in _names(referent)))
    label = listed.label if listed else names[0] if names else without_article(first.best_name())
    return Entity(
        id=name,
        type=listed.type if listed else _type(first),
        label=label,
        names=tuple(dict.fromkeys((label, *names))) if listed else names,
        mentions=tuple(sorted({span for referent in referents for span in referent.spans})),
        same_as=listed.same_as if listed else (),
        country=listed.country if listed else first.country,
    )


def _names(referent: Referent) -> Iterator[str]:
    """The best name first; a person's without the nickname in it, too."""
    if referent.names:
        best = referent.best_name()
        yield best
        if referent.label == "Person":
            yield without_nickname(best)
        yield from referent.names


def _type(referent: Referent) -> str:
    if referent.source and not referent.names and referent.label in {"Person", "Group", "Actor"}:
        return "UnnamedSource"
    if referent.label == "Person" and not referent.names and referent.number == "plural":
        return "Group"
    return referent.label
