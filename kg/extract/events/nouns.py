"""Questions about noun phrases: what they stand for, what class of thing that is, which words make up the filler."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kg.extract.events.lexicon import Lexicon
    from kg.records import TextSpan

MONTH = re.compile("(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*")
YEAR_DIGITS = 4
LEFT = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nmod",
        "nummod",
        "poss",
        "quantmod",
        "predet",
        "case",
        "punct",
        "advmod",
        "npadvmod",
        "neg",
    }
)
ENTITY_CLASSES = {
    "PERSON": {"Person"},
    "NORP": {"Group", "Norp"},
    "GPE": {"Place", "State"},
    "LOC": {"Place"},
    "FAC": {"Place", "Facility"},
    "ORG": {"Organization"},
    "PRODUCT": set(),
}
ACTOR_CLASSES = {
    "State": {"State", "Place"},
    "ArmedGroup": {"ArmedGroup", "Organization"},
    "Coalition": {"Coalition", "Organization"},
    "Person": {"Person"},
    "Organization": {"Organization"},
    "Unarmed": {"Organization", "Unarmed"},
}
ARMED = frozenset(
    {
        "Fighters",
        "Military",
        "ArmedGroup",
        "Coalition",
        "Weapon",
        "Aircraft",
        "ArmoredVehicle",
        "Ship",
        "MilitarySite",
        "State",
        "Norp",
    }
)
PLATFORMS = frozenset({"Weapon", "Aircraft", "ArmoredVehicle", "Ship"})
ACTORS = frozenset(
    {"Fighters", "Military", "ArmedGroup", "Coalition", "State", "Norp", "Person", "Group", "Organization"}
)
PEOPLE = frozenset({"Person", "Group", "Civilians", "Fighters"})
BEARINGS = frozenset("north south east west northeast northwest southeast southwest outside".split())
PERSONAL = frozenset(
    {
        "he",
        "she",
        "him",
        "her",
        "who",
        "whom",
        "i",
        "me",
        "you",
        "us",
        "we",
        "himself",
        "herself",
        "someone",
        "anyone",
        "everyone",
        "nobody",
    }
)
THEY = frozenset({"they", "them", "their", "his", "themselves", "one", "those", "others"})


def lemma(token: Token) -> str:
    """The lemma in lower case; of a capitalised plural, which the tagger takes for a name, the singular."""
    return lemmas(token.doc)[token.i]


@lru_cache(maxsize=2)
def lemmas(doc: Doc) -> tuple[str, ...]:
    """What `lemma` says of every token."""
    about = syntax.columns(doc)
    rows = zip(about.lemmas, about.classes, about.texts, strict=True)
    return tuple(
        form[:-1] if pos == "PROPN" and form[-1:] == "s" and len(form) > 4 and not text.isupper() else form
        for form, pos, text in rows
    )


def meaning(words: Lexicon, token: Token) -> Token:
    """The noun that a phrase is about: the fighters of "dozens of fighters", the raids of "a wave of raids"."""
    for _ in range(3):
        if lemma(token) not in words.sets["Collective"] and token.pos_ != "NUM":
            return token
        inner = next(
            (pobj for of in token.children if of.lower_ == "of" for pobj in syntax.children(of, {"pobj"})), None
        )
        if inner is None:
            return token
        token = inner
    return token


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for."""
    if token.tag_ in {"WDT", "WP"} or (token.lower_ == "that" and token.pos_ in {"PRON", "SCONJ", "DET"}):
        clause = next((each for each in token.ancestors if each.dep_ == "relcl"), None)
        if clause is not None and clause.i > clause.head.i:
            return clause.head
    return token


def together(token: Token) -> list[Token]:
    """A filler and what is coordinated with it."""
    found, queue = [], [token]
    while queue:
        each = queue.pop(0)
        found.append(each)
        queue.extend(
            child
            for child in each.children
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ", "SYM"}
        )
    return found


def classes(words: Lexicon, token: Token) -> frozenset[str]:
    """The classes of what a noun phrase names, by its entity, noun or compound; empty where nothing is known."""
    token = meaning(words, token)
    if token.ent_id_ in words.actors:
        return frozenset(ACTOR_CLASSES.get(words.actors[token.ent_id_], {"Organization"}))
    if token.pos_ == "PRON" and token.lower_ in PERSONAL:
        return frozenset({"Person"})
    if token.lower_ in THEY:
        return frozenset({"Person", "Group"})
    found = set(common(words, token))
    if not found or token.pos_ == "PROPN":
        found |= ENTITY_CLASSES.get(token.ent_type_, set())
    if token.pos_ == "NUM" or (
        token.dep_ != "amod" and lemma(token) in {"dead", "wounded", "injured", "dozen", "score"}
    ):
        found.add("Group")
    return frozenset(found)


def common(words: Lexicon, token: Token) -> frozenset[str]:
    """The classes of a common noun, the two-word form first."""
    form = lemma(token)
    if token.i and token.nbor(-1).head == token and (pair := words.things.get(f"{lemma(token.nbor(-1))} {form}")):
        return pair
    return words.things.get(form) or words.things.get(token.lower_) or frozenset()


def armament(words: Lexicon, token: Token) -> str | None:
    """The event type of the arms that a noun names, by its longest form: "suicide car bomb", "car bomb", "bomb"."""
    form = lemma(token)
    left = [lemma(child) for child in token.lefts if child.dep_ in {"compound", "amod", "nmod"} and not child.is_punct]
    for size in (2, 1):
        if left[-size:] and (found := words.instruments.get(" ".join([*left[-size:], form]))):
            return found
    return words.instruments.get(form) or words.instruments.get(token.lower_)


def is_place(words: Lexicon, token: Token) -> bool:
    """Whether the phrase names somewhere: a place, a building, a road; not a people."""
    found = classes(words, token)
    return (bool(found & {"Place", "Facility"}) and token.pos_ != "ADJ") or is_name_of_place(token)


def is_name_of_place(noun: Token) -> bool:
    """Whether the model holds a name for a place, or for a people where no people can stand ("in Aleppo")."""
    if noun.ent_type_ in {"GPE", "LOC", "FAC"}:
        return True
    single = noun.tag_ == "NNP" and not any(child.dep_ == "det" for child in noun.children)
    return noun.ent_type_ == "NORP" and single and not noun.ent_id_ and noun.dep_ == "pobj"


def is_part_of_thing(words: Lexicon, token: Token) -> bool:
    """As the gas of "gas field": a word for arms that only says what kind a thing is that is none."""
    if armament(words, token) is None and "Weapon" not in classes(words, token):
        return False
    above = token.head
    return (
        token.dep_ in {"compound", "nmod"} and armament(words, above) is None and "Weapon" not in classes(words, above)
    )


def is_unknown_name(noun: Token) -> bool:
    """A name behind "in" or "near" that the model does not know is more likely a place than anything else."""
    unknown = noun.ent_type_ in {"", "PERSON", "ORG", "LANGUAGE", "PRODUCT", "WORK_OF_ART"} and not noun.ent_id_
    return noun.pos_ == "PROPN" and unknown and not noun.text.isupper()


def is_unknown_place(noun: Token) -> bool:
    """Whether a name that the model holds for nothing, or for an organization, may be a place's.

    One that it holds for a person's must stand behind "in" or "near" somewhere, or be held for a place there.
    """
    if noun.pos_ != "PROPN" or noun.ent_id_ or noun.text.isupper() or noun.ent_type_ not in {"", "ORG", "PERSON"}:
        return False
    if noun.ent_type_ != "PERSON":
        return not any(child.dep_ == "det" for child in noun.children)
    return any(
        each.text == noun.text and (each.ent_type_ in {"GPE", "LOC"} or each.head.lower_ in {"in", "near"})
        for each in noun.doc
    )


def is_place_elsewhere(noun: Token) -> bool:
    """Whether a name that the model holds for somebody's is a place's elsewhere in the text ("in Orrel")."""
    held = noun.ent_type_ in {"PERSON", "ORG", ""} and not noun.ent_id_ and not noun.text.isupper()
    return noun.pos_ == "PROPN" and held and noun.text in _places(noun.doc)


@lru_cache(maxsize=2)
def _places(doc: Doc) -> frozenset[str]:
    """Names that stand behind a preposition of place and are held for places there."""
    about = syntax.columns(doc)
    rows = zip(about.entities, about.heads, about.texts, strict=True)
    return frozenset(
        text
        for label, head, text in rows
        if label in {"GPE", "LOC"} and about.lower[head] in {"in", "near", "of", "on"}
    )


def is_fighting(words: Lexicon, token: Token) -> bool:
    """Whether the phrase names an armed side, its people, posts or vehicles."""
    inner = meaning(words, token)
    found = classes(words, inner)
    if found & {"Fighters", "Military", "ArmedGroup", "MilitarySite", "ArmoredVehicle"}:
        return True
    if lemma(inner) in words.sets["Police"]:
        return True
    before = {lemma(each) for each in modifiers(inner)}
    return lemma(inner) in words.sets["Unit"] and bool(
        before & {"army", "military", "police", "security", "enemy", "government", "rebel"}
    )


# -------------------------------------------------------------------------------- spans


def span(words: Lexicon, token: Token) -> TextSpan:
    """The words of a filler: its noun with what stands before it; what follows only where the noun is empty without."""
    first, last = bounds(words, token)
    return syntax.token_span(first, last)


def bounds(words: Lexicon, token: Token) -> tuple[Token, Token]:
    """First and last token of a filler."""
    first = token
    for left in reversed(list(token.lefts)):
        if left.dep_ not in LEFT or left.is_space or (left.is_punct and left.text not in "-’'“\""):
            break
        first = left.left_edge if left.dep_ in {"poss", "nmod", "compound", "amod", "nummod", "quantmod"} else left
    if (bearing := _bearing(token)) is not None:
        first = bearing.left_edge
    first = _behind_dateline(_behind_date(first, token), token)
    while first.is_punct and first.i < token.i:
        first = first.nbor()
    return first, _last(words, token)


#: So many words may stand before the agency of a dateline.
DATELINE = 4


def _behind_dateline(first: Token, token: Token) -> Token:
    """The first word behind a dateline that the parser takes for part of the phrase ("ORREL - Air defences")."""
    between = token.doc[first.i : token.i]
    dash = next((each for each in between if each.text in "-–—" and each.i == first.i + 1), None)
    if dash is not None and first.is_upper and first.is_sent_start:
        return dash.nbor()
    glued = next((each for each in between if each.text[-1] in "-–—" and each.whitespace_ and each.is_upper), None)
    return glued.nbor() if glued is not None and between[0].sent.start >= glued.i - DATELINE else first


def _behind_date(first: Token, token: Token) -> Token:
    """The first word behind a date that the parser takes for part of the phrase ("6 Aug 2013 Rebels")."""
    dated = [each for each in token.doc[first.i : token.i] if each.ent_type_ == "DATE" or MONTH.fullmatch(each.text)]
    if not dated or dated[-1].lower_ == "old":  # "a 62-year-old man"
        return first
    behind = dated[-1].nbor()
    while behind.i < token.i and behind.like_num and len(behind) == YEAR_DIGITS:
        behind = behind.nbor()
    return behind


def _bearing(token: Token) -> Token | None:
    """The bearing that makes another place of a place: the east of "20 km east of Orrel"."""
    if token.dep_ != "pobj" or token.head.lower_ != "of" or token.head.head.dep_ not in {"advmod", "npadvmod", "prep"}:
        return None
    return token.head.head if token.head.head.lower_ in BEARINGS else None


def _last(words: Lexicon, token: Token) -> Token:
    """The end of the "of" phrase of a collective, or of a place of some name ("the village of Orrel")."""
    if inner := named_by(words, token):
        return bounds(words, together(inner)[-1])[1]
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    counted = token.pos_ == "NUM" or lemma(token) in words.sets["Collective"]
    if counted and after is not None and after.lower_ in {"more", "others"} and after.head in {token, token.head}:
        return after
    return token


def named_by(words: Lexicon, token: Token) -> Token | None:
    """What a collective, or a place by its kind, is of: the Orrel of "the village of Orrel"."""
    if not (
        lemma(token) in words.sets["Collective"]
        or token.pos_ == "NUM"
        or "Place" in classes(words, token)
        or lemma(token) in {"part", "side"}
    ):
        return None
    return next(
        (
            pobj
            for of in token.rights
            if of.lower_ == "of" and of.i <= token.i + 3
            for pobj in syntax.children(of, {"pobj"})
        ),
        None,
    )


def governor(words: Lexicon, noun: Token) -> Token:
    """The noun that stands for another: the wave of "a wave of raids", the attempt of "murder attempt"."""
    if noun.dep_ == "compound" and lemma(noun.head) in words.sets["Attempt"]:
        noun = noun.head
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma(noun.head.head) in words.sets["Collective"]:
        noun = noun.head.head
    return noun


def modifiers(token: Token) -> Iterator[Token]:
    """Nouns, names and adjectives before a noun, coordinated ones each: the US and Iraqi of "US and Iraqi aircraft"."""
    for child in token.lefts:
        if child.dep_ in {"compound", "amod", "nmod", "poss"} and not child.is_punct:
            yield from _coordinated(child)
            if child.dep_ in {"compound", "nmod"}:
                yield from (each for each in modifiers(child) if not _is_of_name(each, child))


def _is_of_name(part: Token, head: Token) -> bool:
    """Whether a word is part of the name that ends in another: the Islamic of "Islamic State"."""
    words = part.doc[part.i : head.i + 1]
    return bool(head.ent_type_) and all(each.ent_type_ == head.ent_type_ for each in words)


def _coordinated(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ == "conj":
            yield from _coordinated(child)
