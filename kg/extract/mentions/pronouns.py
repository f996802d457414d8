"""Pronouns that refer: persons, possessives, relative "who" and "which"; not the "it" of "it is clear that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, token_span
from kg.records import Mention

if TYPE_CHECKING:
    from typing import Literal

    from spacy.tokens import Token

    from kg.records import TextSpan

    Reading = tuple[str, Literal["singular", "plural", "unknown"], Literal["male", "female", "neuter", "unknown"]]

#: Form -> what it may stand for: label, number, gender. "they" may be one person or an organization.
FORMS: dict[str, Reading] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("Person", "singular", "male")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("Person", "singular", "female")),
    **dict.fromkeys(("it", "its", "itself"), ("Thing", "singular", "neuter")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("Group", "plural", "unknown")),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ("Person", "singular", "unknown")),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("Organization", "plural", "unknown")),
    "who": ("Person", "unknown", "unknown"),
    "which": ("Thing", "unknown", "neuter"),
}
FUNCTIONS = {
    **dict.fromkeys(SUBJECTS | PASSIVE_SUBJECTS, "subject"),
    **dict.fromkeys(OBJECTS, "object"),
    "poss": "possessive",
    "pobj": "oblique",
}
#: What "it" is the empty subject of.
WEATHER = frozenset(["rain", "snow", "hail", "thunder", "drizzle"])
STATING = frozenset(["be", "seem", "appear", "look", "turn", "happen", "mean", "become", "take", "remain"])


def pronoun(token: Token, sentence: TextSpan) -> Mention | None:
    """The mention that a token is, where it is a pronoun that refers to something."""
    reading = FORMS.get(token.lower_)
    if not reading or token.pos_ not in {"PRON", "DET"} or token.text == "US":
        return None
    if token.lower_ == "it" and _is_empty(token):
        return None
    if token.lower_ in {"who", "which"} and not _is_relative(token):
        return None
    label, number, gender = reading
    where = token_span(token)
    function = FUNCTIONS.get(token.dep_, "other")
    return Mention(where, label, where, "pronoun", sentence, number, gender, function)


def _is_empty(it: Token) -> bool:
    """Whether "it" only fills the place of the subject: "it is clear that", "it took weeks to", "it rained"."""
    verb = it.head
    if it.dep_ not in SUBJECTS | PASSIVE_SUBJECTS | {"expl"}:
        return False
    if verb.lemma_ in WEATHER or it.dep_ == "expl":
        return True
    below = {child.dep_ for child in verb.children}
    stands_for = below & {"ccomp", "csubj", "advcl", "xcomp"}
    return (
        verb.lemma_ in STATING
        and bool(stands_for)
        and bool(below & {"acomp", "attr", "oprd", "dobj", "xcomp", "ccomp"})
    )


def _is_relative(token: Token) -> bool:
    """Whether the pronoun opens a relative clause, so that it stands for the noun before it."""
    verb = token.head
    return verb.dep_ in {"relcl", "conj"} and token.i <= verb.i and token.i > 0
