"""Noun phrases of an article to referents: "the ministry", "the jihadists", "Canada's prime minister".

A description means what was last so described, else what was last named and of that kind; an indefinite one is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolve.cast import ACTORS
from kg.resolve.discourse import genders_agree
from kg.resolve.pronouns import pronoun
from kg.resolve.vocabulary import singular

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from kg.records import ActorEntry, Mention
    from kg.resolve.cast import Referent
    from kg.resolve.discourse import Discourse

DEFINITE = ("the ", "this ", "that ", "these ", "those ", "both ")
#: Nouns for the bodies of a state, so that "Iraqi police" is one body wherever it is named.
STATE_BODIES = frozenset(["Military"])
#: Concepts of nouns for those who bear arms, and labels of those who have such.
ARMED = frozenset(["Military", "Fighters"])
BEARERS = frozenset(["State", "ArmedGroup", "Coalition", "Organization"])
#: Concepts of nouns that a writer may call by turns whomever he has just named.
EPITHETS = frozenset(["Person", "Civilians", "Expert", "Activist", "Executive", "Journalist", "Judge", "Legislator"])


def description(discourse: Discourse, mention: Mention, inside: list[Mention]) -> Referent | None:
    """The referent that a noun phrase means; None where it is new."""
    text = discourse.cast.document.words(mention.span)
    head = singular(discourse.cast.document.words(mention.head).lower())
    for rule in (_of_a_state, _of_the_government, _of_a_group, _of_its_owner, _of_a_place, _of_an_author):
        if found := rule(discourse, mention, inside, head):
            return found
    if _of_a_ruler(mention, inside):
        return _ruled(discourse, inside)
    if mention.function == "bare" and mention.label in {"Group", "ArmedGroup", "Organization"}:
        return _again(discourse, mention, lambda other: head in other.heads and other.label == mention.label)
    definite = text.lower().startswith(DEFINITE) or mention.label == "Coalition" or head == "authority"
    definite = definite or mention.function == "bare" or (mention.label == "State" and text.lower() == head)
    if definite or _possessed(mention, inside):
        return _definite(discourse, mention, head)
    return None


def _of_a_ruler(mention: Mention, inside: list[Mention]) -> bool:
    """Whether a government goes by a person's name, as "the Okafor administration": it is not the state last named."""
    return mention.label == "State" and any(each.label == "Person" and each.kind == "name" for each in inside)


def _ruled(discourse: Discourse, inside: list[Mention]) -> Referent | None:
    """The state of a ruler that is listed with his country, where the article names it."""
    people = (discourse.cast.of(each.span) for each in inside if each.label == "Person")
    return next((state for each in people if each and (state := _state_of(discourse, each))), None)


def _possessed(mention: Mention, inside: list[Mention]) -> bool:
    """Whether a person is described by whom he serves: "Canada's prime minister"."""
    if mention.label != "Person" or mention.number != "singular":
        return False
    return any(each.function == "possessive" and each.kind == "name" for each in inside)


def _of_a_state(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """The "Iraqi government" is the state; "Iraqi police" a body that keeps its name in every article."""
    states = [found for each in inside if each.label == "State" and (found := discourse.cast.of(each.span))]
    if len(states) != 1 or mention.label == "Person":
        return None
    if mention.label == "State" and (discourse.words.of(head, "Rule") or mention.number == "plural"):
        return states[0]
    if mention.label == "Organization" and discourse.words.concept(head) in STATE_BODIES:
        return _body(discourse, mention, states[0], head)
    return None


def _of_the_government(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """The "government forces" are those of the state that the article is about."""
    words = _undetermined(discourse.cast.document.words(mention.span)).split()
    if len(words) < 2 or not discourse.words.of(words[0], "Rule") or any(each.kind == "name" for each in inside):
        return None
    home = _home(discourse) if discourse.home and discourse.words.concept(head) in STATE_BODIES else None
    return _body(discourse, mention, home, head) if home and mention.label == "Organization" else None


def _body(discourse: Discourse, mention: Mention, state: Referent, head: str) -> Referent:
    """The army, the police … of a state."""
    key = (state, head)
    if key not in discourse.bodies:
        referent = discourse.bodies[key] = discourse.cast.new(mention)
        listed = discourse.words.actors.get(state.listed or "")
        if listed and listed.demonyms:
            referent.names.append(f"{listed.demonyms[0]} {discourse.cast.document.words(mention.head).lower()}")
    return discourse.bodies[key]


def _of_a_group(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """The group that "IS militants", "the Taliban fighters" fight for is meant."""
    if mention.label not in {"Group", "ArmedGroup"}:
        return None
    if discourse.words.concept(head) not in {"Fighters", "ArmedGroup"} and head not in {"group", "member"}:
        return None
    groups = [found for each in inside if each.label == "ArmedGroup" and (found := discourse.cast.of(each.span))]
    return groups[0] if len(groups) == 1 else None


def _of_its_owner(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """Whose forces, fighters or men they are: "its fighters" are the group's, "our forces" the speaker's side's."""
    owners = [each for each in inside if each.kind == "pronoun" and each.span.start == mention.span.start]
    armed = discourse.words.concept(head) in ARMED or discourse.words.of(head, "Fighters")
    if not owners or not armed or mention.number != "plural" or mention.label == "Person":
        return None
    owner = pronoun(discourse, owners[0], [])
    if owner is None or owner.label not in BEARERS:
        return None
    return owner if owner.label != "Organization" else discourse.side(owner) or _state_of(discourse, owner) or owner


def _state_of(discourse: Discourse, body: Referent) -> Referent | None:
    """The state of a listed ruler, ministry or army, where the article names it."""
    listed = discourse.words.actors.get(body.listed or "")
    state = discourse.words.states.get(listed.country) if listed and listed.country else None
    return next((each for each in discourse.cast.living() if each.listed and each.listed == state), None)


def _of_an_author(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """Whoever is quoted through a document: "her statement", "the RCMP statement"."""
    if mention.span not in discourse.voices.source_of or not discourse.words.of(head, "Writing"):
        return None
    found = (discourse.cast.of(each.span) for each in inside if each.function in {"possessive", "modifier"})
    return next((each for each in found if each is not None and each.label in ACTORS), None)


def _of_a_place(discourse: Discourse, mention: Mention, inside: list[Mention], head: str) -> Referent | None:
    """The "western Anbar province" is Anbar."""
    if mention.label != "Place" or discourse.words.concept(head) != "Place" or not discourse.words.of(head, "Region"):
        return None
    named = [each for each in inside if each.label == "Place" and each.kind == "name" and each.function == "modifier"]
    return discourse.cast.of(named[0].span) if len(named) == 1 else None


def _definite(discourse: Discourse, mention: Mention, head: str) -> Referent | None:
    """The last referent that was so described, else the last of the kind that the noun names."""
    if mention.label == "State" and discourse.home and (home := _home(discourse)):
        return home
    fits = _FITS.get(mention.label, _no_kind)
    sorts = discourse.words.classes.get(head, frozenset()) | {head}
    phrase = _undetermined(discourse.cast.document.words(mention.span))
    actors = discourse.words.actors
    return (
        _again(discourse, mention, lambda other: phrase in other.heads and _same_sort(other, mention))
        or _again(
            discourse, mention, lambda other: _described_so(other, phrase, head, sorts) and _same_sort(other, mention)
        )
        or _again(discourse, mention, lambda other: _named_so(other, phrase, actors) and _same_sort(other, mention))
        or _again(discourse, mention, lambda other: fits(other, mention, sorts))
        or _only(discourse, mention, lambda other: fits(other, mention, sorts))
        or _epithet(discourse, mention, head)
    )


def _described_so(referent: Referent, phrase: str, head: str, sorts: AbstractSet[str]) -> bool:
    """Whether a referent was described by the noun; one of many needs more than the noun."""
    return head in referent.heads and (phrase == head or "Common-post" not in sorts)


def _epithet(discourse: Discourse, mention: Mention, head: str) -> Referent | None:
    """Who is quoted as "the 26-year-old", "the professor": the person just named, the subject of the sentence first."""
    concept = discourse.words.concept(head)
    if mention.label != "Person" or mention.number != "singular" or mention.span not in discourse.voices.source_of:
        return None
    if concept is not None and concept not in EPITHETS:
        return None
    fits = [
        (earlier, referent)
        for earlier, referent in discourse.back(mention, 2)
        if earlier.kind == "name" and referent.label == "Person" and genders_agree(referent, mention)
    ]
    last = fits[0][0].sentence if fits else None
    here = [each for each in fits if each[0].sentence == last]
    return max(here, key=lambda each: each[0].function == "subject", default=(None, None))[1]


def _only(discourse: Discourse, mention: Mention, fits: Callable[[Referent], bool]) -> Referent | None:
    """The one that fits in the whole article, for a name that was left far behind or is still to come."""
    if mention.label not in {"Coalition", "ArmedGroup"}:
        return None
    found = [each for each in discourse.cast.living() if fits(each)]
    return found[0] if len(found) == 1 else None


def _home(discourse: Discourse) -> Referent | None:
    """The state that the article is about, where it is named."""
    return next((each for each in discourse.cast.living() if each.listed == discourse.home), None)


def _again(discourse: Discourse, mention: Mention, fits: Callable[[Referent], bool]) -> Referent | None:
    return next((referent for _, referent in discourse.back(mention) if fits(referent)), None)


def _same_sort(referent: Referent, mention: Mention) -> bool:
    """A person is no organization, and one man is not the men."""
    if (referent.label in {"Person", "UnnamedSource"}) != (mention.label == "Person"):
        return False
    numbers = {referent.number, mention.number}
    return "unknown" in numbers or len(numbers) == 1 or bool(referent.names)


def _undetermined(words: str) -> str:
    """A phrase in lower case, without its first word where that is a determiner."""
    first, _, rest = " ".join(words.lower().split()).partition(" ")
    return rest if rest and first + " " in DEFINITE else f"{first} {rest}".strip()


def _named_so(referent: Referent, phrase: str, actors: Mapping[str, ActorEntry]) -> bool:
    """Whether a name of the referent ends or begins so: "the commission", "the observatory", "the air force"."""
    if referent.label in {"Person", "State"}:
        return False
    listed = actors.get(referent.listed or "")
    names = [name.lower() for name in (*referent.names, *(listed.aliases if listed else ()))]
    return any(name.endswith(" " + phrase) or name.startswith(phrase + " ") for name in names)


def _fits_body(referent: Referent, mention: Mention, sorts: AbstractSet[str]) -> bool:
    named = bool(referent.names) and mention.number == "singular"
    if "group" in sorts:
        return named and referent.label in {"ArmedGroup", "Organization"}
    return named and "Any-body" in sorts and referent.label == "Organization"


def _fits_fighters(referent: Referent, mention: Mention, sorts: AbstractSet[str]) -> bool:
    named = referent.label == "ArmedGroup" and bool(referent.names)
    return named and mention.number == "plural" and "Partisan" in sorts


def _fits_state(referent: Referent, _mention: Mention, sorts: AbstractSet[str]) -> bool:
    return referent.label == "State" and bool(referent.names) and not sorts.isdisjoint({"Rule", "country", "nation"})


def _fits_label(referent: Referent, mention: Mention, sorts: AbstractSet[str]) -> bool:
    return referent.label == mention.label and bool(referent.names) and "ally" not in sorts


def _fits_place(referent: Referent, mention: Mention, sorts: AbstractSet[str]) -> bool:
    one = mention.number == "singular" and not sorts.isdisjoint({"city", "town", "village"})
    return one and referent.label == "Place" and bool(referent.names)


def _no_kind(_referent: Referent, _mention: Mention, _sorts: AbstractSet[str]) -> bool:
    return False


_FITS: dict[str, Callable[[Referent, Mention, AbstractSet[str]], bool]] = {
    "Organization": _fits_body,
    "Group": _fits_fighters,
    "ArmedGroup": _fits_label,
    "Coalition": _fits_label,
    "State": _fits_state,
    "Place": _fits_place,
}
