"""Names of one article to referents: a full name, its surname, its acronym and its spellings are one.

Rules, each an index look-up: a listed actor by its id; persons by full name, then surnames and given names to the
full name that they end or open; other names by their words, legal forms aside, by acronyms that the article
introduces or that only one name of it can stand for, and by the first words of a longer name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.records import Mention, Relation
from kg.resolve.names import (
    fold,
    is_given_name_of,
    is_surname_of,
    name_words,
    organization_key,
    same_person,
    skeleton,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.resolve.cast import Cast, Referent
    from kg.resolve.vocabulary import Words

#: Classes of names that are no person's and no place's.
BODIES = frozenset(
    ["Organization", "ArmedGroup", "Coalition", "State", "Group", "Facility", "Vehicle", "Thing", "Weapon"]
)


def cast_names(cast: Cast, mentions: Sequence[Mention], relations: Sequence[Relation], words: Words) -> None:
    """Give every name that is no place's a referent."""
    introduced = _introduced(cast, relations)
    named = [each for each in mentions if each.kind == "name" and each.label != "Place"]
    surnames = {_words(cast, each)[-1:] for each in named if each.label == "Person" and len(_words(cast, each)) > 1}
    persons = [each for each in named if each.label == "Person" or (not each.known and _words(cast, each) in surnames)]
    bodies = [each for each in named if each not in persons] if len(persons) < len(named) else []
    _bodies(cast, bodies, introduced, words)
    _persons(cast, persons, words)
    for relation in relations:
        if relation.predicate in {"acronym", "apposition", "copula"}:
            _unite(cast, relation)


def _introduced(cast: Cast, relations: Iterable[Relation]) -> dict[str, str]:
    """Acronyms that the article explains: short -> long, both as written."""
    found: dict[str, str] = {}
    for relation in relations:
        if relation.predicate == "acronym":
            pair = (cast.document.words(relation.subject), cast.document.words(relation.object))
            short, long = sorted(pair, key=len)
            found.setdefault(short, " ".join(long.split()))
    return found


# -------------------------------------------------------------------------------- persons


def _persons(cast: Cast, mentions: Sequence[Mention], words: Words) -> None:
    """Full names first, wherever they stand; then what is shorter, to the nearest full name before it."""
    by_surname: dict[str, list[Referent]] = defaultdict(list)
    long = sorted((each for each in mentions if len(_words(cast, each)) > 1), key=lambda each: -len(_words(cast, each)))
    for mention in long:
        if _is_end_of_another(cast, mention, by_surname):
            _short_name(cast, mention, by_surname, {}, words)
        else:
            _full_name(cast, mention, by_surname, words)
    by_given: dict[str, list[Referent]] = defaultdict(list)
    for referent in {id(each.itself): each.itself for known in by_surname.values() for each in known}.values():
        by_given[name_words(referent.best_name())[0]].append(referent)
    for mention in mentions:
        if len(_words(cast, mention)) == 1:
            _short_name(cast, mention, by_surname, by_given, words)


def _is_end_of_another(cast: Cast, mention: Mention, by_surname: dict[str, list[Referent]]) -> bool:
    """Whether a name of more words ends with these: "bin Laden", "Wilson-Raybould"."""
    name = cast.document.words(mention.span)
    known = by_surname[skeleton(name_words(name)[-1])]
    return any(is_surname_of(name, full) for each in known for full in each.names)


def _words(cast: Cast, mention: Mention) -> tuple[str, ...]:
    return name_words(cast.document.words(mention.span))


def _full_name(cast: Cast, mention: Mention, by_surname: dict[str, list[Referent]], words: Words) -> None:
    name = cast.document.words(mention.span)
    key = skeleton(name_words(name)[-1])
    listed = words.actors.get(mention.known or "")
    for known in by_surname[key]:
        if any(same_person(name, other) for other in known.names) and not (listed and known.listed != listed.id):
            cast.add(known, mention)
            return
    referent = cast.new(mention)
    if listed:
        referent.listed = listed.id
    by_surname[key].append(referent)


def _short_name(
    cast: Cast,
    mention: Mention,
    by_surname: dict[str, list[Referent]],
    by_given: dict[str, list[Referent]],
    words: Words,
) -> None:
    """A surname means the last bearer before it, else the first behind it; then given names; then the listed."""
    name = cast.document.words(mention.span)
    key = _words(cast, mention)[-1]
    bearers = [each for each in by_surname[skeleton(key)] if any(is_surname_of(name, full) for full in each.names)]
    bearers = [each for each in bearers if not _contradicts(each, mention)] or [
        each for each in by_given.get(key, ()) if any(is_given_name_of(name, full) for full in each.names)
    ]
    if bearers:
        cast.add(_nearest(bearers, mention), mention)
        return
    alike = [each for each in by_surname[skeleton(key)] if any(fold(full) == key for full in each.names)]
    if alike:
        cast.add(alike[0], mention)
        return
    referent = cast.new(mention)
    if mention.known in words.actors:
        referent.listed = mention.known
    by_surname[skeleton(key)].append(referent)


def _contradicts(referent: Referent, mention: Mention) -> bool:
    """Whether "Mrs" stands before the surname of a man, or the other way round."""
    return {referent.gender, mention.gender} == {"male", "female"}


def _nearest(bearers: list[Referent], mention: Mention) -> Referent:
    """The bearer of whom most has been said so far, then who was named last before the mention, else the first.

    Others of the family are called by their full names.
    """

    def before(referent: Referent) -> tuple[int, int, int]:
        spans = [each for each in referent.spans if each.part == mention.span.part and each < mention.span]
        return (len(spans), max((each.start for each in spans), default=-1), -referent.order)

    return max(bearers, key=before) if len(bearers) > 1 else bearers[0]


# -------------------------------------------------------------------------------- other names


def _bodies(cast: Cast, mentions: Sequence[Mention], introduced: dict[str, str], words: Words) -> None:
    by_id: dict[str, Referent] = {}
    by_key: dict[str, Referent] = {}
    for mention in mentions:
        name = " ".join(cast.document.words(mention.span).split())
        listed = None if _is_explained(name, introduced, mention, words) else mention.known
        key = _key(name)
        referent = by_id.get(listed or "") or by_key.get(key)
        if referent is None or (listed and referent.listed not in {None, listed}):
            referent = cast.new(mention)
        else:
            cast.add(referent, mention)
        if listed:
            referent.listed, referent.label = listed, words.actors[listed].type
            by_id[listed] = referent
        by_key.setdefault(key, referent)
    _explained(cast, by_key, introduced)
    _shortened(cast, by_key)


def _key(name: str) -> str:
    """What two spellings of one organization share; acronyms and single words are their own."""
    key = organization_key(name)
    return " ".join(map(skeleton, key.split())) if " " in key else key


def _is_explained(name: str, introduced: dict[str, str], mention: Mention, words: Words) -> bool:
    """Whether the article says that an acronym of a listed actor stands for something else here."""
    actor = words.actors.get(mention.known or "")
    if name not in introduced or actor is None:
        return False
    known = {_key(alias) for alias in actor.aliases}
    return _key(introduced[name]) not in known


def _explained(cast: Cast, by_key: dict[str, Referent], introduced: dict[str, str]) -> None:
    for short, long in introduced.items():
        one, other = by_key.get(_key(short)), by_key.get(_key(long))
        if one is not None and other is not None:
            cast.merge(other, one)


def _shortened(cast: Cast, by_key: dict[str, Referent]) -> None:
    """An acronym or the first words of a name, where only one longer name of the article can be meant."""
    initials: dict[str, list[Referent]] = defaultdict(list)
    openings: dict[str, list[Referent]] = defaultdict(list)
    for key, referent in by_key.items():
        parts = key.split()
        if len(parts) > 1:
            initials["".join(part[0] for part in parts)].append(referent)
            initials["".join(part[0] for part in parts if part not in {"of", "and", "for", "the", "on", "in"})].append(
                referent
            )
            openings[parts[0]].append(referent)
    for key, referent in by_key.items():
        if " " not in key:
            longer = initials[key] if _is_acronym(referent) else openings[key]
            single = {id(each.itself): each.itself for each in longer if _compatible(each, referent)}
            if len(single) == 1:
                cast.merge(next(iter(single.values())), referent)


def _is_acronym(referent: Referent) -> bool:
    return any(name.isupper() and 2 <= len(name) <= 8 for name in referent.names)


def _compatible(one: Referent, other: Referent) -> bool:
    return "State" not in {one.label, other.label} and not (one.listed and other.listed)


def _unite(cast: Cast, relation: Relation) -> None:
    """Two names that the article says are one; a comma between two names may as well be a list."""
    one, other = cast.of(relation.subject), cast.of(relation.object)
    sure = relation.predicate != "apposition" or relation.trigger is not None
    if one and other and one is not other and sure and _alike(one, other):
        cast.merge(one, other)


def _alike(one: Referent, other: Referent) -> bool:
    """Whether a person is equated with a person, a body with a body of another name."""
    if "State" in {one.label, other.label} and one.label != other.label:
        return False
    return (one.label == "Person") == (other.label == "Person")
