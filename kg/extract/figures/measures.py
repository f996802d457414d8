"""What a number counts and what that measures, read off the words around it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kg.extract.figures.numbers import Number
    from kg.records import Vocabulary

PEOPLE = frozenset({"killed", "injured", "casualties", "missing", "arrested", "displaced", "released", "captured"})
WITHIN_NOUN = frozenset(
    {"nummod", "quantmod", "amod", "det", "compound", "nmod", "poss", "advmod", "predet", "npadvmod"}
)
PRONOUNS = frozenset({"they", "them", "whom", "which", "who", "we", "us"})
HARDWARE = frozenset({"vehicles", "buildings", "aircraft"})
#: Measures that a noun names for good; hostages and refugees may be counted as released or killed.
OWN = frozenset({"killed", "injured", "casualties", "attacks"})
TOTALLING = frozenset({"include", "be", "reach", "exceed", "total", "pass", "top", "number", "hit"})
GIVEN = frozenset({"number", "figure", "total", "count", "tally", "estimate"})
PAST = frozenset({"VBN", "VBD"})
PARTS = frozenset({"including", "among", "amongst", "include", "included"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `measures.ttl`: word -> measure, by how they stand to the counted thing."""

    objects: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    modals: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    populations: dict[str, str] = field(default_factory=dict)


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The words of the vocabulary of measures, as tables."""
    population = {each.name for each in vocabulary.concepts if "Population" in each.broader}
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in vocabulary.entries:
        if entry.concept in population:
            tables["populations"][entry.form] = entry.concept
        elif entry.pos in {"VERB", "X"}:
            tables[{"subject": "subjects", "modal": "modals"}.get(entry.frame, "objects")][entry.form] = entry.concept
        else:
            tables["nouns" if entry.pos == "NOUN" else "adjectives"][entry.form] = entry.concept
    return Lexicon(**tables)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts (None: it stands alone), and the token whose place in the sentence is the number's."""

    noun: Token | None
    slot: Token


def counted(doc: Doc, number: Number) -> Counted:
    """What a number counts: the noun that it modifies, or that follows its "of"."""
    inside = doc[number.start : number.end]
    top = next(
        (token for token in inside if not number.start <= token.head.i < number.end or token.head == token), inside[-1]
    )
    last = doc[number.core[1] - 1]
    if (noun := _modified(last, number)) or (noun := _modified(top, number)):
        return Counted(noun, _slot(noun, number))
    for token in (last, top):
        for of in token.children:
            if of.lower_ == "of" and (pobj := next(iter(syntax.children(of, {"pobj"})), None)):
                return Counted(None if pobj.lower_ in PRONOUNS else pobj, top)
    if last.lower_ == "of" and (pobj := next(iter(syntax.children(last, {"pobj"})), None)):
        return Counted(pobj, top)
    return Counted(None, top)


def _modified(token: Token, number: Number) -> Token | None:
    """The noun to the right that a token of the number modifies, through other tokens of the number."""
    head = token
    while head.dep_ in WITHIN_NOUN and head.head != head and head.i < number.end:
        head = head.head
    if head.i >= number.end and (head.pos_ in {"NOUN", "PROPN", "ADJ", "PRON", "SYM"} or head.tag_ in {"VBN", "JJ"}):
        return head
    return None


def _slot(noun: Token, number: Number) -> Token:
    """The noun, or the hedge that governs it ("upward of 120 vehicles": upward)."""
    slot = noun
    while slot.head != slot and number.start <= slot.head.i < number.end and slot.head.dep_ != "ROOT":
        slot = slot.head
    return slot


# -------------------------------------------------------------------------------- measures


def measure(words: Lexicon, found: Counted) -> tuple[str, Token] | None:
    """The measure of a count and the word that says so."""
    noun, slot = found.noun, found.slot
    own = _own(words, noun) if noun is not None else None
    if slot.dep_ in syntax.SUBJECTS and (said := _said(words.subjects, slot.head)) and said[0] == "killed":
        return said  # "four of the wounded died"
    if own and own[0] in OWN:
        return own
    apart = noun is not None and slot not in {noun, noun.head} and syntax.is_verb(slot.head)
    if apart and (said := _governed(words, slot, 0)):
        return said  # "shot down 31 of the 38 drones launched": not what is said of the 38
    for token in dict.fromkeys(each for each in (noun, slot) if each is not None):
        if said := _described(words, token):
            return said
    return _governed(words, slot, 0) or (own if own and own[0] != "size" else None)


def beside(words: Lexicon, doc: Doc, number: Number, found: Counted) -> tuple[str, Token] | None:
    """The word of harm right behind the number or what it counts, whatever the parse: "2 persons killed 13 injured"."""
    at = max(number.end, found.noun.i + 1 if found.noun is not None and found.noun.i < number.end + 2 else 0)
    if at >= len(doc) or (found.noun is not None and found.noun.pos_ not in {"NOUN", "PROPN"}):
        return None
    token = doc[at]
    said = words.adjectives.get(token.lower_) or (words.objects.get(token.lemma_) if token.tag_ in PAST else None)
    people = found.noun is None or found.noun.lemma_.lower() in {"people", "person", "other", *words.populations}
    return (said, token) if said in {"killed", "injured"} and people and not _has_victims(words, token) else None


def _has_victims(words: Lexicon, verb: Token) -> bool:
    """Whether a verb of harm has an object of its own, not the subject of the participle that follows."""
    objects = syntax.children(verb, {"dobj"})
    after = objects[0].right_edge.i + 1 if objects else 0
    behind = [*objects[0].children, *verb.doc[after : after + 1]] if objects else []
    return bool(objects) and not any(each.tag_ in PAST and each.lemma_ in words.objects for each in behind)


def _own(words: Lexicon, noun: Token) -> tuple[str, Token] | None:
    """The counted noun is a measure by itself: "12 deaths", "30 wounded"."""
    for table in (words.nouns, words.adjectives):
        for form in (_compound(noun), noun.lemma_.lower(), noun.lower_):
            if form in table:
                return table[form], noun
    if noun.tag_ == "VBN" and noun.lemma_ in words.objects:
        return words.objects[noun.lemma_], noun
    return None


def _compound(noun: Token) -> str:
    left = [child.lemma_.lower() for child in noun.lefts if child.dep_ == "compound"]
    return " ".join([*left[-1:], noun.lemma_.lower()])


def _described(words: Lexicon, token: Token) -> tuple[str, Token] | None:
    """A participle, adjective or clause beside the counted noun says it: "12 people killed", "12 feared dead"."""
    for child in token.children:
        if child.lemma_.lower() in words.adjectives and child.dep_ in {
            "amod",
            "acl",
            "relcl",
            "acomp",
            "conj",
            "advmod",
            "appos",
        }:
            return words.adjectives[child.lemma_.lower()], child
        whole = not _has_own_subject(child)
        if (
            child.dep_ in {"acl", "relcl"}
            and syntax.is_passive(child)
            and whole
            and (said := _verb(words.objects, child))
        ):
            return said, child
        if child.dep_ == "relcl" and (said := _verb(words.subjects, child)):
            return said, child
        if child.dep_ == "amod" and child.tag_ == "VBN" and child.lemma_ in words.objects:
            return words.objects[child.lemma_], child
    return None


def _has_own_subject(clause: Token) -> bool:
    """As in "60 drones, of which 54 were intercepted": what the clause says is said of a part."""
    subject = syntax.subject(clause)
    return subject is not None and subject.pos_ == "NUM"


def _verb(table: dict[str, str], verb: Token) -> str | None:
    particles = [
        child.lower_ for child in verb.children if child.dep_ in {"prt", "acomp", "oprd"} or child.lower_ == "down"
    ]
    for particle in particles:
        if (form := f"{verb.lemma_} {particle}") in table:
            return table[form]
    return table.get(verb.lemma_)


def _governed(words: Lexicon, slot: Token, depth: int) -> tuple[str, Token] | None:
    """The word above the number says it: its verb, its "toll of", the whole of which it is a part."""
    head, dep = slot.head, slot.dep_
    if head == slot or depth > 4:
        return None
    if _is_headline_verb(words, head) and head.i < slot.i:
        return words.objects[head.lemma_.lower()], head
    if dep in {"conj", "appos", "nummod", "amod", "compound", "nmod"} and not syntax.is_verb(head):
        return _described(words, head) or _governed(words, head, depth + 1)
    if dep in {"pobj", "pcomp"} or head.dep_ == "prep":
        return _under_preposition(words, head, depth)
    return _under_verb(words, slot, head)


def _is_headline_verb(words: Lexicon, token: Token) -> bool:
    """As in "Bomb kills 12, wounds 30", where the tagger takes the second verb for a noun."""
    return token.tag_ == "NNS" and token.dep_ == "conj" and syntax.is_verb(token.head) and token.lemma_ in words.objects


def _under_verb(words: Lexicon, slot: Token, head: Token) -> tuple[str, Token] | None:
    if slot.dep_ in syntax.PASSIVE_SUBJECTS:
        return _said(words.objects, head)
    if slot.dep_ in syntax.SUBJECTS:
        return _as_subject(words, head)
    if syntax.is_verb(head):
        return _as_object(words, slot, head)
    adjective = words.adjectives.get(head.lemma_.lower())
    return (adjective, head) if adjective else None


def _as_object(words: Lexicon, slot: Token, verb: Token) -> tuple[str, Token] | None:
    if verb.lemma_ in words.modals:
        modal = any(child.tag_ == "MD" for child in verb.children)
        return (words.modals[verb.lemma_], verb) if modal or verb.tag_ in {"VBG", "VB"} else None
    for child in verb.children:
        if child.lemma_.lower() in words.adjectives and child.dep_ in {"acomp", "oprd", "advcl", "ccomp", "advmod"}:
            return words.adjectives[child.lemma_.lower()], child
    if verb.lemma_ in TOTALLING and slot.dep_ in {"dobj", "attr"} and (total := _of_subject(words, verb)):
        return total
    return _said(words.objects, verb)


def _as_subject(words: Lexicon, verb: Token) -> tuple[str, Token] | None:
    """The subject of "die" is counted; so is that of "killed" in a headline, where the auxiliary is left out."""
    if said := _said(words.subjects, verb):
        return said
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd"} and child.lemma_.lower() in {**words.adjectives, **words.nouns}:
            return {**words.nouns, **words.adjectives}[child.lemma_.lower()], child
    for form in (verb.lemma_.lower(), verb.lower_):
        if form in words.adjectives:
            return words.adjectives[form], verb
    bare = verb.tag_ in {"VBN", "VBD"} and not syntax.children(verb, {"dobj", "aux", "ccomp"})
    return _said(words.objects, verb) if bare else None


def _said(table: dict[str, str], verb: Token) -> tuple[str, Token] | None:
    found = _verb(table, verb)
    return (found, verb) if found else None


def _of_subject(words: Lexicon, verb: Token) -> tuple[str, Token] | None:
    """As in "The dead include three nurses", "the death toll was 12"."""
    subject = syntax.subject(verb)
    return _total(words, subject) if subject is not None else None


def _total(words: Lexicon, noun: Token) -> tuple[str, Token] | None:
    """As in "toll", "number of dead", "the wounded", as what a number is given for."""
    if (own := _own(words, noun)) and own[0] != "size":
        return own
    for inner in syntax.prepositional_objects(noun, "of"):
        if noun.lemma_ in {"number", "total", "count", "figure", "toll"} and (
            said := _own(words, inner) or _described(words, inner)
        ):
            return said
    return None


def _under_preposition(words: Lexicon, preposition: Token, depth: int) -> tuple[str, Token] | None:
    governor = preposition.head
    if preposition.lower_ in PARTS:
        return _described(words, governor) or _own(words, governor) or _governed(words, governor, depth + 1)
    if preposition.lower_ == "of" and governor.pos_ in {"NOUN", "PROPN", "ADV", "ADJ"}:
        return _own(words, governor) or _governed(words, governor, depth + 1)
    if preposition.lower_ in {"to", "at", "from"} and syntax.is_verb(governor):
        totals = [*syntax.children(governor, {"nsubj", "nsubjpass", "dobj"})]
        return next((said for each in totals if (said := _total(words, each))), None)
    if preposition.lower_ == "among" and syntax.is_verb(governor):
        return _said(words.objects, governor)
    return None


def put_at(found: Counted) -> Token | None:
    """The "number" or "figure" that is put, raised or estimated at a count; None if there is none."""
    preposition = found.slot.head
    if found.noun is not None or preposition.lower_ not in {"at", "to"} or not syntax.is_verb(preposition.head):
        return None
    given = syntax.children(preposition.head, {"dobj", "nsubjpass", "nsubj"})
    return next((each for each in given if each.lemma_.lower() in GIVEN), None)


def population(words: Lexicon, noun: Token | None) -> str | None:
    """Who is counted: by the noun, or by what modifies it ("civilian deaths")."""
    if noun is None:
        return None
    for token in (noun, *noun.lefts):
        if (token == noun or token.dep_ in {"compound", "amod", "nmod"}) and token.lemma_.lower() in words.populations:
            return words.populations[token.lemma_.lower()]
    return next((found for each in _members(noun) if (found := words.populations.get(each.lemma_.lower()))), None)


def _members(noun: Token) -> Iterator[Token]:
    """As in "members of the police", "six of the fighters"."""
    if noun.lemma_.lower() in {"member", "people", "person"}:
        yield from syntax.prepositional_objects(noun, "of")
