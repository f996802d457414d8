"""Whether the name of a state or a capital means the state that acts, or the land or town where something is.

"Moscow said", "Russian jets", "Iraq's government", "talks with Iran" act; "in Iraq", "east of Moscow" are places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.mentions.lexicon import Lexicon

#: Prepositions behind which a country or a town is a place.
LOCATIVE = frozenset(
    [
        "in",
        "into",
        "inside",
        "at",
        "to",
        "from",
        "near",
        "across",
        "throughout",
        "within",
        "toward",
        "towards",
        "through",
        "around",
        "outside",
        "over",
        "via",
        "off",
        "above",
        "beneath",
        "behind",
        "beyond",
        "along",
        "onto",
        "past",
        "under",
    ]
)
#: Classes of nouns that a state has, sends or is the head of.
OWNED = frozenset({"Person", "Organization", "State", "Group", "Vehicle", "Weapon", "Coalition", "ArmedGroup"})


def acts(head: Token, lexicon: Lexicon, *, capital: bool) -> bool:
    """Whether the name with this head acts; a capital acts only where nobody but a government can be meant."""
    label, governor = head.dep_, head.head
    if label in {"conj", "appos"} and governor is not head:
        return label == "conj" and acts(governor, lexicon, capital=capital)
    if label in SUBJECTS:
        return _speaks(governor, lexicon) if capital else governor.lemma_ != "be" or not _locates(governor)
    if label in PASSIVE_SUBJECTS or label in OBJECTS:
        return _speaks(governor, lexicon) if capital else governor.lemma_ not in lexicon.sets["Reach"]
    if label == "pobj":
        return _governed(governor, lexicon, capital=capital)
    if label in {"poss", "compound", "nmod", "amod"}:
        return _owns(governor, lexicon, capital=capital)
    return not capital and label in {"ROOT", "attr", "dep", "nsubj", "agent", "npadvmod"}


def _speaks(verb: Token, lexicon: Lexicon) -> bool:
    return verb.lemma_ in lexicon.speaking


def _locates(verb: Token) -> bool:
    """Whether a form of "be" says where: "Iraq is in …", "Iraq is a country"."""
    return any(child.dep_ == "attr" and child.lower_ in {"country", "home", "place"} for child in verb.children)


def _governed(preposition: Token, lexicon: Lexicon, *, capital: bool) -> bool:
    """A name behind a preposition."""
    word, above = preposition.lower_, preposition.head
    if word in LOCATIVE:
        return False
    if word == "by":
        return preposition.dep_ == "agent" or not capital
    if word == "of":
        return not capital and lexicon.label(above) in OWNED and above.lemma_ not in {"people", "part", "resident"}
    if capital:
        return word in {"with", "between", "against"} and above.pos_ in {"NOUN", "VERB"} and above.lemma_ != "road"
    return word in {"with", "between", "against", "for", "on", "upon", "than", "like", "including", "about"} and not (
        above.lower_ in {"border", "road", "distance", "highway", "area", "region"}
        or (word == "on" and above.lemma_ in {"strike", "airstrike", "attack", "assault", "raid", "bombing"})
    )


def _owns(thing: Token, lexicon: Lexicon, *, capital: bool) -> bool:
    """A name before a noun: the noun says what is meant."""
    if capital:
        return thing.lemma_ in {"decision", "claim", "policy", "statement", "ally", "announcement", "demand", "stance"}
    return lexicon.label(thing) != "Place" or thing.lemma_ == "territory"
