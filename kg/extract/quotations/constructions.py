"""The grammar of cues: for each frame of `stances.ttl`, where the content is.

Source: the frames of reporting verbs in PARC 3.0 and PolNeAR (Pareti 2016; Newell et al. 2018), read off spaCy's
dependency labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.quotations.final import ahead
from kg.extract.quotations.sources import EXPLETIVES, RELATIVE, goes_on
from kg.extract.syntax import children, is_verb, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Token

    from kg.extract.quotations.marks import Layout

Tokens = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a construction found beside its cue."""

    content: Tokens
    addressee: Tokens = ()
    accused: Tokens = ()
    source: Tokens = ()


#: Clauses that an attribution can stand in the middle or at the end of.
INTERRUPTED = frozenset({"parataxis", "ccomp", "dep", "advcl", "conj", "acl", "relcl"})
SAID_CLAUSES = frozenset({"ccomp", "csubj", "parataxis"})
BEFORE_ATTRIBUTION = frozenset({",", "”", '"', "»", "’", "'", "—", "–", "-", "--", "?", "!", "…"})


def below(token: Token) -> range:
    """All tokens from the left edge of a token's subtree to its right edge."""
    return range(token.left_edge.i, token.right_edge.i + 1)


def clause(verb: Token, last: Token, page: Layout) -> Reading | None:
    """A said clause behind or before the verb, a clause around the attribution, or words in marks."""
    del last
    hub = verb if children(verb, SAID_CLAUSES) else _quoting(verb)
    said = [child for child in children(hub, SAID_CLAUSES) if not _is_aside(child, hub)]
    beyond = {at for child in said for each in beside_words(page, verb, child) for at in each}
    content = [at for child in said for at in below(child) if at not in beyond]
    content += _relative(verb, said)
    content = content or _around(verb)
    content += quoted_beside(hub, page, content)
    if not content and (lost := ahead(verb, page)):
        return Reading(tuple(lost[0]), source=tuple(lost[1]))
    return Reading(tuple(sorted(set(content)))) if content else None


def beside_words(page: Layout, verb: Token, said: Token) -> list[range]:
    """What the parser hung on the said clause and is the speaker's own: what is added, and what was done next.

    Reads “said the road was open, adding that …” and “said “we are ready” and hung up”.
    """
    after = [each for each in said.rights if goes_on(each) or _is_done(page, verb, said, each)]
    return [range(each.left_edge.i - 1, each.right_edge.i + 1) for each in after]


def _is_done(page: Layout, verb: Token, said: Token, next_verb: Token) -> bool:
    """A deed in the form of the saying, behind marks or a clause in another form: "said he had left and went"."""
    inside, outside = page.quoted[said.i], page.quoted[next_verb.i]
    alike = next_verb.dep_ == "conj" and next_verb.tag_ == verb.tag_ and not children(next_verb, {"nsubj", "nsubjpass"})
    apart = inside >= 0 and outside != inside and page.quoted[verb.i] != inside
    return alike and next_verb.tag_ in FINITE and (apart or (said.tag_ in BARE and outside == inside))


#: Forms of a verb that tell a tense, and those that an auxiliary tells it for.
FINITE = frozenset({"VBD", "VBZ", "VBP"})
BARE = frozenset({"VB", "VBN"})


def _quoting(verb: Token) -> Token:
    """The verb that the words hang on in “"We fled," one woman is quoted as saying”."""
    hub = verb.head.head
    return hub if verb.dep_ == "pcomp" and hub.lemma_ in {"quote", "cite"} else verb


def _is_aside(child: Token, verb: Token) -> bool:
    """A clause such as "officials say" that stands beside the verb and is not what is said."""
    return child.dep_ == "parataxis" and child.i < verb.i


def _relative(verb: Token, said: list[Token]) -> list[int]:
    """The noun that a relative pronoun inside the said clause stands for: "the raid, which she said failed"."""
    if verb.dep_ != "relcl" or not said:
        return []
    inner = [token for child in said for token in child.subtree if token.lower_ in RELATIVE]
    if not inner or inner[0].i > said[0].i:
        return []
    return list(range(verb.head.left_edge.i, min(verb.head.i + 1, verb.left_edge.i)))


def _around(verb: Token) -> list[int]:
    """The clause that the attribution was put into or behind: "The road, she said, is closed"."""
    head = verb.head.head if verb.head.dep_ in {"aux", "auxpass"} else verb.head
    if verb.dep_ not in INTERRUPTED or not (is_verb(head) or head.dep_ == "ROOT") or not children(verb, {"nsubj"}):
        return []
    own = below(verb)
    edge = verb.doc[own.start].text if verb.doc[own.start].is_punct or not own.start else verb.doc[own.start - 1].text
    if edge not in BEFORE_ATTRIBUTION or (verb.dep_ in BEHIND and head.i < verb.i and not _at_end(verb)):
        return []
    if children(verb, {"mark"}) or _is_aside_only(verb):
        return []
    return [at for at in below(head) if at not in own]


#: Clauses that follow what they belong to; only at the sentence's end can they be attributions.
BEHIND = frozenset({"conj", "relcl", "advcl", "acl"})


def _at_end(verb: Token) -> bool:
    """Whether nothing but a time, a place or an addressee follows up to the end of the sentence."""
    spliced = verb.dep_ == "conj" and not children(verb.head, {"cc"})  # "…, the governor wrote on his channel"
    more = {"dobj", "ccomp", "xcomp"} | (set() if spliced else {"prep"})
    return verb.right_edge.i >= verb.sent.end - 2 and not children(verb, more)


def _is_aside_only(verb: Token) -> bool:
    """A clause with an object of its own says something itself."""
    return any(child.i > verb.i for child in children(verb, {"xcomp", "attr", "acomp"}))


def quoted_beside(verb: Token, page: Layout, content: Iterable[int]) -> list[int]:
    """Quotations of the verb's sentence that the parse left out, and those that touch the sentence's edge."""
    if page.quoted[verb.i] >= 0:
        return []
    start, end = page.around(verb.i)
    covered = set(content)
    numbers = {page.quoted[at] for at in range(max(0, start - 1), min(len(page.words), end + 1))} - {-1}
    found: list[int] = []
    for number in sorted(numbers):
        tokens = range(page.quotes[number].start, page.quotes[number].end)
        if covered.intersection(tokens) or (_touches(page, number, start, end) and _is_said(page, number, verb)):
            found += tokens
    return found


def _touches(page: Layout, number: int, start: int, end: int) -> bool:
    """Whether a quotation is the sentence's own: within it, ahead of it after a comma, or behind its colon."""
    quote = page.quotes[number]
    if quote.start >= end:
        return page.words[quote.start - 1] in {":", ","}
    if quote.end <= start:
        return (
            page.words[quote.end - 1 - quote.closed] in {",", "?", "!", "—", "–", "-"}
            or not page.words[start][0].isupper()
        )
    return True


def _is_said(page: Layout, number: int, verb: Token) -> bool:
    """An utterance beside the verb's clause, or quoted words right behind the verb's own colon or comma."""
    quote = page.quotes[number]
    if quote.speech:
        clause_range = below(verb)
        return quote.start <= clause_range.stop + 1 and quote.end >= clause_range.start - 1
    right = [each.right_edge.i for each in children(verb, {"nsubj"}) if each.i > verb.i]
    return 0 <= quote.start - max([verb.i, *right]) <= 2 and page.words[quote.start - 1] in {":", ","}


def quote(verb: Token, last: Token, page: Layout) -> Reading | None:
    """Words in marks beside the verb, and nothing else."""
    del last
    found = quoted_beside(verb, page, ())
    speech = [at for at in found if page.quotes[page.quoted[at]].speech]
    return Reading(tuple(sorted(set(speech)))) if speech else None


def noun_object(verb: Token, last: Token, page: Layout) -> Reading | None:
    """A noun phrase: the object of the verb or of its preposition, or the noun that a relative pronoun stands for."""
    del page
    if is_open_relative(verb) and last == verb:
        return Reading(tuple(range(verb.head.left_edge.i, verb.left_edge.i)))
    objects = children(last, {"dobj", "pobj", "pcomp"}) or children(verb, {"nsubjpass"})
    if not objects:
        return None
    first = objects[0]
    if first.lower_ in RELATIVE and verb.dep_ == "relcl":
        return Reading(tuple(range(verb.head.left_edge.i, verb.left_edge.i)))
    whole = [*below(first)]
    if last != verb or not children(verb, {"prep"}):
        return Reading(tuple(whole))
    return Reading(tuple(range(whole[0], _object_end(verb, whole))))


def is_open_relative(verb: Token) -> bool:
    """Whether a clause behind a noun leaves its object to that noun: "a claim (that) the army denies"."""
    if verb.dep_ not in {"relcl", "acl"} or verb.tag_ in {"VBN", "VBG"} or verb.head.pos_ not in {"NOUN", "PROPN"}:
        return False
    return bool(children(verb, {"nsubj"})) and not children(verb, {"dobj", "ccomp", "xcomp", "prep", "nsubjpass"})


def _object_end(verb: Token, whole: list[int]) -> int:
    """The object with the complements that the parser hung on the verb: "condemned the raid on the market"."""
    behind = [
        prep
        for prep in children(verb, {"prep"})
        if prep.left_edge.i == whole[-1] + 1 and prep.lower_ in COMPLEMENTS and not _is_dated(prep)
    ]
    return behind[0].right_edge.i + 1 if behind else whole[-1] + 1


#: "on" a market, "of" a town, rejected "as" false, put "at" forty.
COMPLEMENTS = frozenset({"on", "of", "for", "as", "at"})


def _is_dated(prep: Token) -> bool:
    """A time; "put it at 20" is none, whatever the model takes the number for."""
    bare = prep.lower_ == "at" and all(noun.pos_ == "NUM" for noun in children(prep, {"pobj"}))
    return not bare and any(noun.ent_type_ in {"DATE", "TIME"} for noun in children(prep, {"pobj"}))


def infinitive(verb: Token, last: Token, page: Layout) -> Reading | None:
    """What the source will do itself, or wants done: "promised to leave"."""
    del page
    for child in [*children(verb, {"xcomp"}), *children(last, {"pcomp"})]:
        if _is_infinitive(child) or child.tag_ == "VBG":
            return Reading(tuple(below(child)))
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


def to_somebody(verb: Token, last: Token, page: Layout) -> Reading | None:
    """Somebody shall do something: "urged the rebels to leave", "called on Rome to pay"."""
    del page
    for done in children(verb, {"ccomp", "xcomp"}):
        if not _is_infinitive(done):
            continue
        who = subject(done) or next(iter(children(verb, {"dobj", "dative"})), None)
        who = who or next(iter(children(last, {"pobj"})), None)
        start = min(done.left_edge.i, who.left_edge.i if who is not None and who.i > verb.i else done.left_edge.i)
        to = tuple(below(who)) if who is not None else ()
        return Reading(tuple(range(start, done.right_edge.i + 1)), tuple(at for at in to if at < done.i))
    return None


def accuse(verb: Token, last: Token, page: Layout) -> Reading | None:
    """Somebody, and of what: "accused the army of shelling", "blamed the delay on rain", "was accused of fraud"."""
    del last, page
    whom = children(verb, {"dobj"}) or children(verb, {"nsubjpass"})
    behind = (prep for prep in children(verb, {"prep"}) if prep.i > verb.i)
    near = [*behind, *(prep for by in _agents(verb) for prep in children(by, {"prep"}))]
    of = sorted((prep for prep in near if _is_charge(prep)), key=lambda prep: CHARGES.index(prep.lower_))
    if whom and not of and verb.lemma_ in BLAMING and whom[0].i > verb.i:
        return Reading(tuple(below(whom[0])), accused=tuple(below(whom[0])))
    if not whom or not of:
        return None
    accused = next(iter(children(of[0], {"pobj"})), whom[0]) if of[0].lower_ == "on" else whom[0]
    start = whom[0].left_edge.i if whom[0].i > verb.i else of[0].i
    content = [*range(start, of[0].right_edge.i + 1)]
    return Reading(tuple(content), accused=tuple(below(accused)))


def _agents(verb: Token) -> list[Token]:
    """Who accuses in a passive: the parser hangs the charge on them, "blamed by villagers for the fire"."""
    return [noun for by in children(verb, {"agent"}) for noun in children(by, {"pobj"})]


#: Verbs that accuse by themselves.
BLAMING = frozenset({"blame"})
#: Prepositions that say of what somebody is accused, the surest first.
CHARGES = ("of", "for", "with", "over", "on")


def _is_charge(prep: Token) -> bool:
    """Not a time: "accused the army on Monday of …"."""
    return prep.lower_ in CHARGES and not _is_dated(prep)


def as_what(verb: Token, last: Token, page: Layout) -> Reading | None:
    """Somebody or something, and as what: "described the truce as a trick"."""
    del page
    what = children(last, {"dobj", "pobj"}) or children(verb, {"dobj", "nsubjpass"})
    roles = [
        child for child in verb.subtree if child.lower_ == "as" and child.dep_ in {"prep", "mark"} and child.i > verb.i
    ]
    if not what or not roles:
        return None
    role = roles[0]
    end = role.right_edge.i if role.dep_ == "prep" else role.head.right_edge.i
    return Reading((*(at for at in below(what[0]) if at < role.i), *range(role.i, end + 1)))


def name(verb: Token, last: Token, page: Layout) -> Reading | None:
    """Somebody or something, and what: "called the truce a trick", "called the tunnel “a folly”"."""
    del last
    if quoted := _named_in_marks(verb, page):
        return Reading(tuple(quoted))
    named = [child for child in children(verb, {"oprd", "ccomp", "attr", "acomp"}) if child.i > verb.i]
    whom = children(verb, {"dobj", "nsubjpass"})
    if not named or (named[0].dep_ == "ccomp" and is_verb(named[0]) and children(named[0], {"mark"})):
        return None
    if not whom and (subject(named[0]) is None or _is_finite(named[0])):
        return None
    start = whom[0].left_edge.i if whom and whom[0].i > verb.i else named[0].left_edge.i
    content = [*range(start, named[0].right_edge.i + 1)]
    return Reading(tuple(sorted({*content, *quoted_beside(verb, page, content)})))


def _named_in_marks(verb: Token, page: Layout) -> range:
    """What stands in marks right behind the verb's object, with the object."""
    for whom in children(verb, {"dobj"}):
        number = page.quoted[whom.i + 1] if whom.i + 1 < len(page.words) else -1
        if number >= 0 and page.quoted[whom.i] != number and whom.i > verb.i:
            return range(whom.left_edge.i, page.quotes[number].end)
    return range(0)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ", "VBP", "MD"}


def addressee(verb: Token, *, told: bool) -> Tokens:
    """Who is told: the object of a verb that takes a clause or a quotation, or "to reporters"."""
    for child in children(verb, {"dobj", "dative"}):
        person = child if child.dep_ == "dobj" or not children(child, {"pobj"}) else children(child, {"pobj"})[0]
        if told and person.lower_ not in EXPLETIVES:
            return tuple(below(person))
    for child in children(verb, {"prep", "dative"}):
        if child.lower_ == "to" and child.i > verb.i:
            return tuple(at for to in children(child, {"pobj"})[:1] for at in below(to))
    if told:
        return tuple(at for child in children(verb, {"nsubjpass"})[:1] for at in below(child))
    return ()


#: In the order in which they are tried. A construction takes the verb, the last word of the cue (a particle, a
#: preposition, or the verb itself) and the layout.
CONSTRUCTIONS: dict[str, Callable[[Token, Token, Layout], Reading | None]] = {
    "accuse": accuse,
    "as": as_what,
    "name": name,
    "addressee": to_somebody,
    "clause": clause,
    "infinitive": infinitive,
    "quote": quote,
    "object": noun_object,
}
