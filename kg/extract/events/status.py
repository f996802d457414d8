"""Polarity, modality and tense of an event, read off the words above and beside its trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kg.extract import syntax
from kg.extract.events import nouns
from kg.extract.events.generality import goes_on, is_general

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading
    from kg.records import Modality, Polarity, Tense

CLIMB = frozenset(
    {"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "acl", "nsubjpass", "conj", "attr", "advcl", "agent"}
)
NEGATIVE_WORDS = frozenset({"no", "without", "neither", "nor", "never", "not", "n't"})
#: Prepositions that tell when or beside what; what stands above them says nothing of the event.
ASIDE = frozenset({"during", "after", "before", "since", "amid", "following", "despite", "until"})
#: Before an event noun in the plural: many happenings, and none of them what is told.
EARLIER = frozenset({"previous", "past", "prior", "earlier", "numerous", "countless"})
#: With "since" behind the verb, of a campaign: "have bombed the town since June".
PERFECT = frozenset({"has", "have", "'ve"})
STRENGTH = ("threatened", "planned", "alleged", "hypothetical", "possible", "estimated", "habitual")


def polarity(words: Lexicon, reading: Reading) -> Polarity:
    """Negative where the words deny the event or say that it failed."""
    chain = _chain(words, reading)
    if any(_is_negated(token) for token in chain[:2]):
        return "negative"
    found = {value for token in chain for value in _governing(words, token, chain)} | _beside(words, chain[0])
    return "negative" if "negative" in found else "positive"


def modality(words: Lexicon, reading: Reading) -> Modality:
    """The strongest doubt that the words cast; asserted where there is none."""
    chain = _chain(words, reading)
    found = {value for token in chain for value in _governing(words, token, chain)}
    steps = 3 + sum(token.dep_ == "conj" for token in chain[:3])
    for token in chain[:steps]:
        found |= _beside(words, token) | _auxiliary(words, token) | _prospect(token) | _repetition(token)
    if any(_is_purpose(words, verb) for verb in (chain[0], reading.support) if verb is not None):
        found.add("planned")
    if goes_on(reading):
        found.add("habitual")
    if reading.modality:
        found.add(reading.modality)
    return next((cast("Modality", each) for each in STRENGTH if each in found), "asserted")


def is_event(words: Lexicon, reading: Reading) -> bool:
    """Whether the words tell of an event, and not of an ability or a state ("its leaders are dead")."""
    chain = _chain(words, reading)
    if any("ability" in _governing(words, token, chain) for token in chain):
        return False
    if is_general(words, reading, modality(words, reading)):
        return False
    head = chain[0]
    stative = head.dep_ == "acomp" and head.head.lemma_ == "be" and _tense(head.head) == "present"
    counted = any(each.pos_ == "NUM" or syntax.children(each, {"nummod"}) for each in reading.of("victim"))
    return not stative or counted or bool(reading.causes) or _is_singular(reading)


def _is_singular(reading: Reading) -> bool:
    return all(each.tag_ in {"NN", "NNP", "PRP"} for each in reading.of("victim"))


def tense(words: Lexicon, reading: Reading) -> Tense:
    """Of the nearest finite verb: the trigger, or the verb that governs it."""
    for token in _chain(words, reading):
        if syntax.is_verb(token) and (found := _tense(token)):
            return found
    return "past"


def _tense(verb: Token) -> Tense | None:
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    words = {child.lower_ for child in auxiliaries}
    if words & {"will", "shall", "'ll"} or (verb.dep_ == "xcomp" and verb.head.lower_ == "going" and verb.tag_ == "VB"):
        return "future"
    if verb.tag_ == "VBD" or words & {"was", "were", "had", "has", "have", "did", "'ve", "could", "might", "would"}:
        return "past"
    if verb.tag_ in {"VBZ", "VBP"} or words & {"is", "are", "am", "do", "does", "may", "can", "'s", "'re"}:
        return "present"
    return "past" if verb.tag_ == "VBN" and not auxiliaries else None


def _chain(words: Lexicon, reading: Reading) -> list[Token]:
    """The trigger and the words above it, up to the verb of the main clause; a saying verb ends it."""
    start = reading.trigger.head
    chain, at = [start], start
    while at.dep_ in CLIMB and at.head != at and len(chain) < 9:
        if (at.dep_ == "advcl" and at.tag_ != "VBG") or at.lower_ in ASIDE:
            break
        at = at.head
        if syntax.is_verb(at) and at.lemma_ in words.sets["Reporting"] and chain[-1].dep_ == "ccomp":
            break
        chain.append(at)
    return chain


def _is_purpose(words: Lexicon, verb: Token) -> bool:
    """As in "an offensive to take the town", "fought to take it"; not "the first to fall", "the latest to hit it"."""
    above = verb.head
    if not syntax.is_infinitive(verb):
        return False
    only = any(child.lower_ == "only" for child in verb.children)
    if verb.dep_ == "advcl":
        return syntax.is_verb(above) and not only
    if verb.dep_ != "acl" or nouns.lemma(above) not in words.nouns:
        return False
    return not any(nouns.lemma(child) in words.sets["Sequence"] for child in above.children)


def _prospect(token: Token) -> set[str]:
    """As in "They were to be destroyed", "was going to be attacked": what lay ahead and may not have come."""
    above = token.head
    if token.dep_ != "xcomp" or not syntax.is_infinitive(token):
        return set()
    going = above.lower_ == "going" and any(child.lower_ in {"was", "were"} for child in above.children)
    return {"planned"} if going or above.lemma_ == "be" else set()


def _repetition(token: Token) -> set[str]:
    """As in "Every night", "hit many times before", "in the past", "previous attacks"."""
    if token.tag_ in {"NNS", "NNPS"}:
        return {"habitual"} if any(child.lower_ in EARLIER for child in token.children) else set()
    if not syntax.is_verb(token):
        return set()
    below = [(child, child.dep_) for child in token.children]
    times = [child for child, dep in below if dep == "npadvmod"]
    behind = {child.lower_: child for child, dep in below if dep == "prep"}
    repeated = any(each.lower_ in {"every", "each"} for child in times for each in child.children)
    repeated |= any(child.lower_ == "times" and syntax.children(child, {"amod"}) for child in times)
    repeated |= "since" in behind and any(child.lower_ in PERFECT for child, dep in below if dep in {"aux", "auxpass"})
    repeated |= any(_is_long_ago(noun) for word in ("in", "over") if word in behind for noun in behind[word].children)
    return {"habitual"} if repeated else set()


def _is_long_ago(noun: Token) -> bool:
    """As in "in the past", "in recent months": no one happening is meant."""
    if noun.lower_ == "past":
        return True
    return noun.lower_ in {"weeks", "months", "years"} and any(each.lower_ == "recent" for each in noun.children)


def _is_negated(token: Token) -> bool:
    if syntax.is_verb(token):
        return syntax.is_negated(token)
    return any(
        child.lower_ in NEGATIVE_WORDS and child.dep_ in {"det", "neg", "preconj"} for child in token.children
    ) or (token.dep_ == "pobj" and token.head.lower_ == "without")


def _governing(words: Lexicon, token: Token, chain: list[Token]) -> set[str]:
    """What a word above the trigger makes of it: "planned to", "foiled", "accused of"."""
    if token == chain[0]:
        return set()
    below = chain[chain.index(token) - 1]
    if syntax.is_verb(token):
        return _of_verb(words, token, below)
    if token.pos_ == "ADJ" and below.dep_ == "xcomp":
        return {found} if (found := words.modal_adjectives.get(nouns.lemma(token))) else set()
    if (
        token.pos_ in {"NOUN", "PROPN"}
        and below.dep_ in {"prep", "acl"}
        and (found := words.modal_nouns.get(nouns.lemma(token)))
    ):
        return (
            {found}
            if below.dep_ == "acl" or found == "ability" or below.lower_ in {"of", "to", "for", "on", "against", "at"}
            else set()
        )
    return set()


def _of_verb(words: Lexicon, verb: Token, below: Token) -> set[str]:
    found = words.modal_verbs.get(verb.lemma_)
    if found == "ability" and below.dep_ not in {"xcomp", "pcomp", "prep"}:  # "it was learned that"
        return set()
    if not found or below.dep_ in {"conj", "agent"} or (below.dep_ == "advcl" and below.tag_ == "VBG"):
        return set()
    if (
        below.dep_ == "prep"
        and found in {"planned", "threatened", "estimated"}
        and below.lower_ not in {"of", "for", "on", "to", "with", "against"}
    ):
        return set()
    if (
        below.dep_ in {"nsubjpass", "dobj"}
        and found in {"estimated", "planned"}
        and verb.lemma_ not in {"plan", "plot", "prepare", "attempt", "consider", "order"}
    ):
        return set()
    lost = below.lower_ == "in" and verb.lemma_ == "claim"  # "claimed six lives in a bombing"
    if found == "alleged" and (lost or (below.dep_ == "dobj" and verb.lemma_ in {"claim", "charge"})):
        return set()
    return {found} | (
        {"negative"}
        if found != "negative" and syntax.is_negated(verb) and verb.lemma_ != "deny" and found == "planned"
        else set()
    )


def _beside(words: Lexicon, token: Token) -> set[str]:
    """Adjectives and adverbs that stand with a word: "alleged", "reportedly", "foiled"."""
    return {
        words.modal_adjectives[nouns.lemma(child) if nouns.lemma(child) in words.modal_adjectives else child.lower_]
        for child in token.children
        if child.dep_ in {"amod", "advmod", "compound", "nmod"}
        and {nouns.lemma(child), child.lower_} & words.modal_adjectives.keys()
    }


def _auxiliary(words: Lexicon, token: Token) -> set[str]:
    """Auxiliaries and conjunctions of a clause: "might", "if"."""
    if not syntax.is_verb(token):
        return set()
    found = {
        words.modal_phrases[child.lower_]
        for child in token.children
        if child.dep_ in {"aux", "mark"} and child.lower_ in words.modal_phrases
    }
    return found - (
        {"hypothetical"} if any(child.lower_ == "should" for child in token.children) and len(found) > 1 else set()
    )
