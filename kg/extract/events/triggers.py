"""Which words evoke an event, before anything is known of their arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.events.lexicon import DISASTER
from kg.extract.events.nouns import MONTH, lemmas
from kg.extract.events.nouns import lemma as lemma_of
from kg.extract.syntax import columns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from kg.extract.events.lexicon import Lexicon, Sense

NO_EVENT = "NoEvent"
#: The frame of set phrases that hold their object inside.
SOMEBODY = "somebody"
NAMES = frozenset({"DATE", "TIME", "ORG", "PERSON", "PRODUCT", "WORK_OF_ART", "FAC", "EVENT", "LAW"})
NOMINAL = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "compound", "appos"})  # a gerund there is a noun
#: Particles that make a phrase; with a noun of their own ("went off script") they make none.
PARTICLES = frozenset({"off", "up", "down"})
WINDOW = 5  # how far the rest of a phrase may stand from its first word


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tokens `first` to `last` evoke an event in one of the senses; `head` is the one that governs the arguments."""

    head: Token
    first: Token
    last: Token
    senses: tuple[Sense, ...]

    @property
    def names_no_event(self) -> bool:
        """Whether it is a set phrase that the vocabulary lists as none."""
        return self.senses[0].type == NO_EVENT

    @property
    def tokens(self) -> list[Token]:
        """All tokens from the first word to the last."""
        return list(self.head.doc[self.first.i : self.last.i + 1])

    @property
    def words(self) -> list[Token]:
        """The tokens that evoke the event, without what stands between them ("took … hostage")."""
        rest = self.senses[0].rest
        return [
            each
            for each in self.tokens
            if each in (self.head, self.last) or not rest or lemma_of(each) in rest or each.lower_ in rest
        ]

    @property
    def is_verb(self) -> bool:
        """Whether arguments stand to it as to a verb."""
        return self.head.pos_ in {"VERB", "AUX"} and self.head.dep_ not in NOMINAL


def find(words: Lexicon, doc: Doc) -> dict[int, Trigger]:
    """All words and set phrases of a text that are in the vocabulary, by the position of their heads."""
    found: dict[int, Trigger] = {}
    taken: set[int] = set()
    for at, (lemma, lower) in enumerate(zip(lemmas(doc), columns(doc).lower, strict=True)):
        if at in taken or (lemma not in words.evoking and lower not in words.evoking):
            continue
        token = doc[at]
        trigger = _phrase(words, token, lemma) or _word(words, token, lemma)
        if trigger is None:
            continue
        if trigger.senses[0].rest or trigger.names_no_event:
            taken.update(each.i for each in trigger.tokens)
        found[trigger.head.i] = trigger
    return found


def _phrase(words: Lexicon, token: Token, lemma: str) -> Trigger | None:
    for sense in words.phrases.get(lemma, ()):
        if _may_begin(token, sense) and (last := _rest(token, sense.rest)) is not None:
            if _takes_apart(token, last, sense):
                continue
            senses = tuple(each for each in words.phrases[lemma] if each.rest == sense.rest)
            return Trigger(token, token, last, senses)
    return None


def _takes_apart(verb: Token, last: Token, sense: Sense) -> bool:
    """As in "seized the town on Monday": what stands between makes "seize on" no phrase, but "charge him with" is."""
    if sense.type == "LabourStrike" and last.dep_ == "oprd":
        return True  # "what it called a precision strike"
    if sense.type != NO_EVENT or len(sense.rest) > 1 or sense.subject == SOMEBODY:
        return False
    return any(verb.i < each.i < last.i for each in verb.children if each.dep_ == "dobj")


def _may_begin(token: Token, sense: Sense) -> bool:
    """Phrases begin with a verb, but for those of strikes, of what is no event, and of nouns ("exchange of fire")."""
    return token.pos_ in {"VERB", "AUX"} or sense.type in {NO_EVENT, "LabourStrike"} or sense.rest[0] == "of"


def _rest(token: Token, rest: tuple[str, ...]) -> Token | None:
    """The last word of a phrase, where the others follow its first in order, few words between."""
    doc, at, last = token.doc, token.i, token
    forms, lower = lemmas(doc), columns(doc).lower
    for number, word in enumerate(rest):
        reach = range(at + 1, min(at + _window(rest, number), len(doc)))
        near = (doc[i] for i in reach if word in {forms[i], lower[i]})
        hit = next((each for each in near if each.sent == token.sent), None)
        if hit is None or any(doc[i].text in ",;:." for i in range(at + 1, hit.i)):
            return None
        if hit.i > at + 1 and not _belongs(token, hit):
            return None
        at, last = hit.i, hit
    governs = last.lower_ in PARTICLES and any(child.dep_ == "pobj" for child in last.children)
    return None if governs else last


def _window(rest: tuple[str, ...], number: int) -> int:
    """How far the next word of a phrase may stand from the one before: "shot the guard at the gate to death"."""
    if rest[number:] == ("to", "death"):
        return 3 * WINDOW
    return 3 + (WINDOW if number == 0 or rest[number] in {"dead", "hostage", "captive", "fire"} else 0)


def _belongs(verb: Token, word: Token) -> bool:
    """Whether a word away from its verb is below it in the parse."""
    return verb in word.ancestors


def _word(words: Lexicon, token: Token, lemma: str) -> Trigger | None:
    if token.pos_ in {"VERB", "AUX"}:
        named = words.nouns.get(token.lower_) if token.tag_ == "VBG" else None
        senses = named if named and _has_article(token) else words.verbs.get(lemma) or named
        return Trigger(token, token, token, senses) if senses else None
    if token.pos_ in {"NOUN", "PROPN"}:
        return _noun(words, token, lemma)
    if token.pos_ == "ADJ" and lemma in words.adjectives:
        return Trigger(token, token, token, words.adjectives[lemma])
    return None


def _has_article(gerund: Token) -> bool:
    """As in "in a drive-by shooting": a noun to the reader, a verb to the tagger."""
    return any(child.dep_ == "det" and child.i < gerund.i for child in gerund.children)


def _noun(words: Lexicon, token: Token, lemma: str) -> Trigger | None:
    doc = token.doc
    pair = words.nouns.get(f"{lemma} {lemma_of(doc[token.i + 1])}") if token.i + 1 < len(doc) else None
    if pair and pair[0].type == NO_EVENT:
        return Trigger(token, token, doc[token.i + 1], pair)
    if _is_name(token) and not _is_illness(words, token):
        return None
    if pair and doc[token.i + 1].pos_ in {"NOUN", "PROPN"}:
        return None  # told by its second word
    before = doc[token.i - 1] if token.i else None
    if before is not None and before.text == "-" and before.i:
        start = doc[before.i - 1]
        if hyphened := words.nouns.get(f"{start.lower_}-{lemma}"):
            return Trigger(token, start, token, hyphened)
    if before is not None and (
        known := words.nouns.get(f"{lemma_of(before)} {lemma}") or words.nouns.get(f"{before.lower_} {lemma}")
    ):
        return Trigger(token, before, token, known)
    senses = words.nouns.get(lemma) or words.nouns.get(token.lower_)
    return Trigger(token, token, token, senses) if senses else _as_adjective(words, token, lemma)


def _is_illness(words: Lexicon, token: Token) -> bool:
    """Names of illnesses and storms are causes of death, whatever the model takes them for; an agency's is none."""
    senses = words.nouns.get(token.lemma_.lower(), ())
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    inside = after is not None and after.pos_ == "PROPN" and after.ent_type_ == token.ent_type_ == "ORG"
    return bool(senses) and not inside and all(each.type == DISASTER for each in senses)


def _as_adjective(words: Lexicon, token: Token, lemma: str) -> Trigger | None:
    """As in "The dead", "22 dead": the tagger's noun."""
    return Trigger(token, token, token, words.adjectives[lemma]) if lemma in words.adjectives else None


def _is_name(token: Token) -> bool:
    """Whether the word is part of a name in running text: the Strike of "Carrier Strike Group"."""
    if token.pos_ != "PROPN" or not token.is_title:
        return False
    if _is_of_date(token):
        return True
    return token.ent_type_ in NAMES and not is_headline(token.sent)


def _is_of_date(token: Token) -> bool:
    """As in "14 March 2031", also in capitalised lines."""
    beside = [token.doc[at] for at in (token.i - 1, token.i + 1) if 0 <= at < len(token.doc)]
    return MONTH.fullmatch(token.text) is not None and any(each.like_num for each in beside)


def is_headline(sentence: Span) -> bool:
    """Whether most words of a sentence are capitalised."""
    letters = [token for token in sentence if token.is_alpha and len(token) > 3]
    return len(letters) > 2 and sum(not token.is_lower for token in letters) > 0.7 * len(letters)
