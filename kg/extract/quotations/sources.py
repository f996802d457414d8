"""Who speaks: the noun phrase that a cue takes as its source, in tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.syntax import agent, children, is_verb, prepositional_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

#: Clauses behind a noun that describe it and are no part of its name.
DESCRIPTIONS = frozenset({"relcl", "advcl", "parataxis", "ccomp"})
#: Verbs that share the subject of the verb they hang on.
DEPENDENT = frozenset({"conj", "advcl", "xcomp", "dep", "pcomp", "ccomp"})
RELATIVE = frozenset({"who", "which", "that"})
ASKED = frozenset({"asked", "questioned", "pressed", "told", "quizzed", "challenged"})
#: Participles that go on with what was said before, wherever they hang.
ONWARD = frozenset({"adding"})
#: Subjects that nobody speaks through.
EXPLETIVES = frozenset(
    {"it", "there", "this", "that", "what", "which", "who", "whom", "these", "those", "one", "whoever"}
)


def speaker(verb: Token, depth: int = 4) -> Token | None:
    """The head of the noun phrase that speaks: own subject, by-agent, antecedent, or the governing verb's subject."""
    if passive := children(verb, {"nsubjpass"}):
        return _passive_speaker(verb, passive[0])
    if own := children(verb, {"nsubj"}):
        return _antecedent(own[0], verb)
    if by := agent(verb):
        return by
    if depth == 0 or verb.head == verb or is_asked(verb):
        return None
    return _inherited(verb, depth)


def is_asked(verb: Token) -> bool:
    """Reads “Asked whether she would go, Lind said …”: a participle ahead of its clause, of whom somebody asked."""
    ahead = verb.dep_ == "advcl" and verb.i < verb.head.i and verb.tag_ in {"VBN", "VBD"}
    return ahead and verb.lower_ in ASKED and not children(verb, {"aux", "auxpass", "nsubj", "mark"})


def goes_on(verb: Token) -> bool:
    """Reads “She said the road was open, adding that …”: the parser hangs it on "was", but it is she who adds."""
    return verb.lower_ in ONWARD and verb.dep_ == "advcl" and verb.head.dep_ == "ccomp" and is_verb(verb.head.head)


def _inherited(verb: Token, depth: int) -> Token | None:
    """The speaker of a verb without a subject: the noun that it describes, or the speaker of what it hangs on."""
    if goes_on(verb):
        return speaker(verb.head.head, depth - 1)
    if verb.dep_ in {"acl", "relcl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return verb.head if verb.tag_ != "VBN" else None
    if verb.dep_ == "prep" or (verb.dep_ == "pcomp" and not is_verb(verb.head)):
        return speaker(verb.head.head, depth - 1) if is_verb(verb.head.head) else None
    if verb.dep_ in DEPENDENT and is_verb(verb.head):
        return speaker(verb.head, depth - 1)
    return None


def _passive_speaker(verb: Token, passive: Token) -> Token | None:
    """Who is quoted as saying speaks; who is told does not, somebody else does."""
    if verb.lemma_ in {"quote", "cite"}:
        return passive
    return agent(verb)


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that "who", "which" or "that" stands for."""
    if subject.lower_ in RELATIVE and verb.dep_ == "relcl" and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return verb.head
    return subject


def phrase(head: Token, cue: Token) -> tuple[int, ...]:
    """The source's noun phrase, without clauses that describe it and without the cue."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.rights:
        edge = child.left_edge.i
        holds_cue = edge <= cue.i <= child.right_edge.i
        described = child.dep_ in DESCRIPTIONS or (
            child.dep_ == "acl" and edge > 0 and head.doc[edge - 1].lower_ == ","
        )
        if (holds_cue or described) and edge > head.i:
            end = min(end, edge)
    if head.i < cue.i < end:
        end = cue.i
    if start <= cue.i < head.i:
        start = cue.i + 1
    stops = [at for at in range(start, head.i) if head.doc[at].text == ";"]  # no name runs over one
    return tuple(range(stops[-1] + 1 if stops else start, end))


def with_pronoun(source: tuple[int, ...], verb: Token) -> tuple[int, ...]:
    """The antecedent together with the "who" that takes it up."""
    pronouns = [child.i for child in children(verb, {"nsubj"}) if child.lower_ in RELATIVE and verb.dep_ == "relcl"]
    return (*source, *(at for at in pronouns if at not in source)) if source else source


def of_noun(noun: Token, light: frozenset[str]) -> Token | None:
    """Whose claim it is: "X's claim", "the claim by X", "X made the claim that"."""
    for owner in children(noun, {"poss"}):
        return owner
    for owner in prepositional_objects(noun, "by", "from"):
        return owner
    verb = noun.head
    if noun.dep_ in {"dobj", "attr"} and is_verb(verb) and verb.lemma_.lower() in light:
        return speaker(verb)
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and is_verb(noun.head.head):
        return speaker(noun.head.head)
    return None


def voice(doc: Doc, source: tuple[int, ...], utterances: frozenset[str]) -> tuple[int, ...]:
    """Who speaks through a text of his own: "a statement from the port" is the port's, "her letter" hers."""
    inside = set(source)
    head = next((doc[at] for at in source if doc[at].head.i not in inside), None)
    if head is None or head.pos_ != "NOUN" or head.lemma_.lower() not in utterances:
        return source
    owner = next((each for each in _authors(head) if each.ent_type_ not in {"DATE", "TIME"} and each.i in inside), None)
    if owner is None:
        return source
    return tuple(at for at in phrase(owner, head) if at in inside and doc[at].tag_ != "POS") or source


def _authors(text: Token) -> Iterator[Token]:
    """Whose the text is, who it is from, and who sent it."""
    yield from children(text, {"poss"})
    yield from prepositional_objects(text, "by", "from")
    yield from (noun for noun in prepositional_objects(text, "of") if noun.ent_type_ in AUTHORS)
    yield from (by for sent in children(text, {"acl"}) if (by := agent(sent)))


#: Entities that write.
AUTHORS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
