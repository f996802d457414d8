"""Whether the words tell of a happening, or of such happenings in general: a habit, a kind of crime, a policy.

What is told has an anchor: a name, a number, a date, a place; or a verb that says that it came about. "The group
condemned bombings", "the fight against gun violence", "they attack whoever speaks" have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events import nouns
from kg.extract.events.triggers import is_headline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from kg.extract.events.lexicon import Lexicon
    from kg.extract.events.readings import Reading

NAMES = frozenset({"PERSON", "NORP", "GPE", "LOC", "FAC", "ORG", "EVENT", "PRODUCT"})
DATES = frozenset({"DATE", "TIME"})
QUANTIFIED = frozenset({"CARDINAL", "QUANTITY"})
GIVEN = frozenset({"the", "this", "these", "that", "those"})
POINTING = frozenset({"det", "poss", "nummod", "predet"})
#: Prepositions that tie an event to what came about beside it: "fled during clashes".
BESIDE = frozenset({"in", "during", "after", "amid", "following", "by", "before", "when", "from"})
#: What lasts.
DURATIVE = frozenset({"ArmedClash", "Siege"})
BULLETS = frozenset({"*", "•", "·", "–"})
UNREAL = frozenset({"hypothetical", "possible"})


def is_general(words: Lexicon, reading: Reading, modality: str) -> bool:
    """Whether a reading speaks of no particular event."""
    if reading.causes:
        return False
    if _is_no_telling(words, reading):
        return True
    if is_headline(reading.trigger.head.sent) or _is_title(reading.trigger.head.sent) or _is_anchored(words, reading):
        return False
    if modality in UNREAL:
        return not _is_between_given(words, reading)
    if reading.trigger.is_verb:
        return _is_timeless(reading) and not _is_between_given(words, reading)
    return _is_crime(words, reading) or (_is_bare(words, reading) and not _comes_about(words, reading))


def goes_on(reading: Reading) -> bool:
    """As in "rebels are battling the army", "the besieged town": a state of war that lasts, with no day or number."""
    head = reading.trigger.head
    if reading.type not in DURATIVE:
        return _is_carried_on(reading) and not _is_dated(reading)
    if _is_dated(reading):
        return False
    if reading.type == "Siege" and head.dep_ == "amod":
        return True
    forms = {child.lower_ for child in syntax.children(head, {"aux", "auxpass"})}
    if head.tag_ == "VBG" and head.dep_ == "acl" and not forms and syntax.children(head, {"dobj"}):
        return reading.trigger.is_verb  # "forces battling rebels across the country"
    return reading.trigger.is_verb and _is_present(head) and (head.tag_ == "VBG" or reading.type == "Siege")


def _is_present(verb: Token) -> bool:
    """Whether the auxiliaries of a participle say that it goes on: "is", "has been"."""
    forms = {child.lower_ for child in syntax.children(verb, {"aux", "auxpass"})}
    return bool(forms & {"is", "are", "'re", "'s"}) or bool(forms & {"has", "have", "'ve"} and "been" in forms)


def _is_carried_on(reading: Reading) -> bool:
    """As in "the coalition is conducting airstrikes", "has been waging an air campaign": many, and none told."""
    verb, head = reading.support, reading.trigger.head
    if reading.trigger.is_verb or verb is None or verb.tag_ != "VBG" or not _is_present(verb):
        return False
    return head.tag_ == "NNS" or head.lower_ == "campaign"


def _is_no_telling(words: Lexicon, reading: Reading) -> bool:
    """Whether the words only name: a second name, a title, what will end, people, one of several offences."""
    if _is_name_given(words, reading) or _is_listed(reading) or _is_ended(words, reading) or _is_people(words, reading):
        return True
    if _is_of_dying(reading):
        return True
    return reading.trigger.head.dep_ == "conj" and not reading.trigger.is_verb and _is_crime(words, reading)


def _is_of_dying(reading: Reading) -> bool:
    """As in "a guard died of his wounds": the death is what is told."""
    head = reading.trigger.head
    if reading.trigger.is_verb or head.dep_ != "pobj" or head.head.lower_ not in {"of", "from"}:
        return False
    return reading.is_harm and head.head.head.lemma_ == "die"


def _is_title(sentence: Span) -> bool:
    """Whether a text opens with it and it does not end as a sentence does: a headline, whose present tells the past."""
    last = next((token for token in reversed(list(sentence)) if not token.is_space), None)
    return sentence.start == 0 and last is not None and not last.is_punct


def _is_name_given(words: Lexicon, reading: Reading) -> bool:
    """As in "called the explosion an attack": another name of what is told already."""
    head = reading.trigger.head
    if reading.trigger.is_verb or reading.fillers:
        return False
    if head.dep_ == "pobj" and head.head.lower_ == "as":
        return nouns.lemma(head.head.head) in words.sets["Naming"]
    return head.dep_ == "oprd" and nouns.lemma(head.head) in words.sets["Naming"]


def _is_people(words: Lexicon, reading: Reading) -> bool:
    """As in "treat the injured", "think of the dead": people and not how many; what befell them is told elsewhere."""
    head = reading.trigger.head
    if head.lower_ not in words.sets["Harmed"] or syntax.children(head, {"nummod"}):
        return False
    if head.dep_ == "pobj":
        spoken_of = head.head.lower_ == "of" and syntax.is_verb(head.head.head)
        return spoken_of or head.head.lower_ not in {"of", "among", "amongst"}
    return head.dep_ == "dobj" and any(child.dep_ == "det" for child in head.children)


def _is_listed(reading: Reading) -> bool:
    """As in "* 2007 Orrel airport bombing" in a list: the title of another text."""
    first = reading.trigger.first
    while first.i and first.pos_ in {"PROPN", "NOUN"} and first.nbor(-1).pos_ in {"PROPN", "NOUN", "NUM"}:
        first = first.nbor(-1)
    year = first.like_num and len(first) == nouns.YEAR_DIGITS
    return year and first.i > 0 and first.nbor(-1).text in BULLETS


def _is_ended(words: Lexicon, reading: Reading) -> bool:
    """As in "suspend all raids": none will happen."""
    head = nouns.governor(words, reading.trigger.head)
    ended = head.dep_ == "dobj" and nouns.lemma(head.head) in words.sets["Ending"]
    return ended and not reading.trigger.is_verb and _is_bare(words, reading)


def points_back(words: Lexicon, reading: Reading) -> bool:
    """Whether a noun only takes up what was told before ("those killings", "the violence"), if anything was."""
    if reading.trigger.is_verb or reading.causes or _is_anchored(words, reading) or _comes_about(words, reading):
        return False
    head = nouns.governor(words, reading.trigger.head)
    lemma = nouns.lemma(reading.trigger.head)
    pointing = {child.lower_ for child in head.children if child.dep_ == "det"}
    if head.dep_ == "dobj" and nouns.lemma(head.head) in words.sets["Watching"] and lemma in words.sets["Mass"]:
        return True
    return bool(pointing & {"these", "those", "such"}) or ("the" in pointing and lemma in words.sets["Mass"])


def _is_crime(words: Lexicon, reading: Reading) -> bool:
    """As in "Murder charges", "on trial for homicide": the name of an offence."""
    head = reading.trigger.head
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    above = head.head if head.dep_ != "pobj" else head.head.head
    bare = not any(child.dep_ in POINTING for child in head.children)
    if head != reading.trigger.head:  # "charged with treason, conspiracy and murder"
        listed = not any(child.dep_ in POINTING for child in reading.trigger.head.children)
        return listed and any(nouns.lemma(each) in words.sets["Charge"] for each in head.ancestors)
    return bare and head.dep_ in {"compound", "pobj"} and nouns.lemma(above) in words.sets["Charge"]


def _is_between_given(words: Lexicon, reading: Reading) -> bool:
    """Whether who takes part is given ("the rebels may have attacked"), and not just anyone ("kill us")."""
    fillers = [
        nouns.meaning(words, each) for role, given in reading.fillers.items() for each in given if role != "place"
    ]
    given = any(child.lower_ in GIVEN or child.dep_ == "poss" for each in fillers for child in each.children)
    return given and not any(each.lower_ in words.sets["Anyone"] for each in fillers)


def _is_anchored(words: Lexicon, reading: Reading) -> bool:
    fillers = [each for given in reading.fillers.values() for each in given]
    return any(
        _is_particular(each) for filler in fillers for each in (filler, nouns.meaning(words, filler))
    ) or _is_dated(reading)


def _is_particular(noun: Token) -> bool:
    """A name, what a name modifies, or a counted thing."""
    inside = (noun, *nouns.modifiers(noun))
    if any(each.pos_ == "PROPN" or each.ent_type_ in NAMES for each in inside):
        return True
    return noun.pos_ == "NUM" or any(child.dep_ == "nummod" for child in noun.children)


def _is_dated(reading: Reading) -> bool:
    head = reading.trigger.head
    governors = {head, *_verbs_above(head)} | ({reading.support} if reading.support is not None else set())
    return any(
        each.ent_type_ in DATES and each.lower_ not in {"now", "daily"}
        for governor in governors
        for child in governor.children
        if child.dep_ in {"npadvmod", "prep", "advmod", "tmod", "compound", "poss", "amod"}
        for each in child.subtree
    )


def _verbs_above(head: Token) -> Iterator[Token]:
    """The verb that the noun belongs to."""
    at = head
    for _ in range(3):
        if at.head == at:
            return
        at = at.head
        if syntax.is_verb(at):
            yield at
            return


def _is_timeless(reading: Reading) -> bool:
    """A simple present: "those who promote violence kill"; not "are attacking", "have attacked"."""
    head = reading.trigger.head
    auxiliaries = syntax.children(head, {"aux", "auxpass"})
    if head.tag_ in {"VBZ", "VBP"}:
        return not auxiliaries
    passive = head.tag_ == "VBN" and any(each.dep_ == "auxpass" and each.tag_ in {"VBZ", "VBP"} for each in auxiliaries)
    return passive and not any(each.dep_ == "aux" for each in auxiliaries)


def _is_bare(words: Lexicon, reading: Reading) -> bool:
    """A plural or a mass without determiner, or with one that picks nothing out: "attacks", "any attack"."""
    head = nouns.governor(words, reading.trigger.head)
    phrase = [reading.trigger.head, head]
    while phrase[-1].dep_ in {"conj", "compound"} and phrase[-1].head.pos_ in {"NOUN", "PROPN"}:
        phrase.append(phrase[-1].head)
    pointing = [child for each in phrase for child in each.children if child.dep_ in POINTING]
    if any(child.lower_ not in words.sets["Indefinite"] for child in pointing):
        return False
    return bool(pointing) or head.tag_ in {"NNS", "NN", "VBG"}


def _comes_about(words: Lexicon, reading: Reading) -> bool:
    """Whether a verb says that it came about: it erupted, somebody carried it out, it killed, it went on beside."""
    head = nouns.governor(words, reading.trigger.head)
    if reading.support is not None and reading.support.lemma_ != "be":
        return _is_past(reading.support)
    while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN":
        head = head.head.head
    if head.dep_ in {"nsubj", "nsubjpass"}:
        return head.head.lemma_ != "be" and _is_past(head.head)
    if head.dep_ == "pobj" and head.head.lower_ in BESIDE:
        return any(_is_past(verb) for verb in _verbs_above(head))
    return head.dep_ in {"ROOT", "appos"}


def _is_past(verb: Token) -> bool:
    if any(child.tag_ == "MD" or (child.lower_ == "to" and child.dep_ == "aux") for child in verb.children):
        return False
    perfect = any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBD", "VBZ", "VBP", "VBN"} for child in verb.children
    )
    return verb.tag_ == "VBD" or (verb.tag_ in {"VBN", "VBG"} and (perfect or verb.dep_ in {"acl", "advcl"}))
