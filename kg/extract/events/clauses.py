"""Who does and who bears what a verb says, whatever the grammar: voice, control, shared subjects, participles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.events.nouns import antecedent, armament, classes, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.events.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Clause:
    """The logical subject and object of a verb; `inherited`: the subject is another verb's."""

    verb: Token
    subject: Token | None
    object: Token | None
    passive: bool
    inherited: bool = False


def read(words: Lexicon, verb: Token, depth: int = 0) -> Clause:
    """The logical subject and object of a verb: own ones, relative pronouns resolved, else those of the verb above."""
    if (fronted := _behind_means(verb)) is not None:
        return Clause(verb, verb.head, fronted, passive=False)
    if (doer := _behind_noun(words, verb)) is not None:
        return Clause(verb, doer, _resolved(syntax.children(verb, {"dobj"})[0]), passive=False)
    passive = is_passive(words, verb)
    own = _last_of_name(verb, syntax.subject(verb))
    objects = syntax.children(verb, {"dobj"}) or _swallowed(words, verb)
    obj = objects[0] if objects else _measured(verb) or next(iter(syntax.children(verb, {"dative", "oprd"})), None)
    if passive:
        return _passive(words, verb, syntax.children(verb, {"nsubj"})[-1] if _is_counted(words, verb) else own, depth)
    if own is not None and (before := _told_of(words, verb, own)) is not None and depth < 4:
        subject, inherited = _grammatical_subject(words, before, depth), True
    elif own is None and depth < 4:
        subject, inherited = _above(words, verb, depth), True
    else:
        subject, inherited = _blamed(words, own) or own, False
    if (
        verb.dep_ == "relcl"
        and obj is None
        and subject is not None
        and antecedent(subject) == subject
        and verb.i > verb.head.i
    ):
        obj = verb.head if not _relative_inside(verb) else None
    return Clause(verb, _resolved(subject), _resolved(obj), passive=False, inherited=inherited)


def _last_of_name(verb: Token, subject: Token | None) -> Token | None:
    """As in "Orrel's paramilitary Marsh Guard fled", where the parser finds two subjects: the name."""
    names = [each for each in syntax.children(verb, {"nsubj"}) if each.pos_ == "PROPN" and each.i < verb.i]
    beside = subject is not None and bool(names) and names[-1].left_edge.i == subject.i + 1
    return names[-1] if beside else subject


def _blamed(words: Lexicon, subject: Token | None) -> Token | None:
    """As in "The raid, which rebels blamed on the army, hit a mill", where the parser has the rebels hit it."""
    charges = [] if subject is None else syntax.children(subject, {"acl"})
    if not any(child.tag_ == "WDT" for child in (subject.head.children if subject is not None else ())):
        return None
    blamed = (syntax.prepositional_objects(verb, "on") for verb in charges if lemma(verb) in words.sets["Blame"])
    return next((each[0] for each in blamed if each), None)


def _behind_means(verb: Token) -> Token | None:
    """As in "rebels targeted with rockets the town": the object behind the means, an apposition to the parser."""
    if verb.dep_ != "acl" or verb.tag_ not in {"VBN", "VBD"} or not syntax.prepositional_objects(verb, "with"):
        return None
    behind = (each for each in verb.head.children if each.left_edge.i == verb.right_edge.i + 1)
    return next((each for each in behind if each.dep_ in {"appos", "conj", "dobj"}), None)


def _behind_noun(words: Lexicon, verb: Token) -> Token | None:
    """As in "A raid by the army killed nine farmers", which the parser reads as the army that was killed.

    A participle of harm behind a noun has no object of its own: who is killed has none to kill. The noun that the
    phrase begins with did it.
    """
    participle = verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and verb.lemma_ in words.sets["Harming"]
    if not participle or not syntax.children(verb, {"dobj"}) or syntax.agent(verb) is not None:
        return None
    noun = verb.head
    while noun.dep_ == "pobj" and noun.head.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head.head
    return noun


def _told_of(words: Lexicon, verb: Token, subject: Token) -> Token | None:
    """The verb of harm before what the parser takes for a subject: "killed ten civilians injured six" in a headline."""
    if verb.lemma_ not in words.sets["Harming"] or not subject.left_edge.i:
        return None
    before = subject.left_edge.nbor(-1)
    return before if before.lemma_ in words.sets["Harming"] and syntax.is_verb(before) else None


def _swallowed(words: Lexicon, verb: Token) -> list[Token]:
    """The object that the parser gives to the next verb of harm as its subject."""
    below = syntax.children(verb, {"ccomp", "conj", "dep"}) if verb.lemma_ in words.sets["Harming"] else []
    subjects = [each for inner in below for each in syntax.children(inner, {"nsubj"})]
    return [each for each in subjects if each.left_edge.i == verb.i + 1 and _told_of(words, each.head, each) == verb]


def is_passive(words: Lexicon, verb: Token) -> bool:
    """As in syntax; also a participle that shares the auxiliary of the one before it ("was kidnapped and killed")."""
    if syntax.is_passive(verb):
        return True
    if (
        verb.tag_ in {"VBN", "VBD"}
        and verb.dep_ == "conj"
        and syntax.is_verb(verb.head)
        and not syntax.children(verb, {"nsubj", "aux", "dobj"})
    ):
        return is_passive(words, verb.head)
    if _is_counted(words, verb):
        return True
    if verb.tag_ == "VBN" and not syntax.children(verb, {"dobj", "aux"}):
        return bool(syntax.children(verb, {"agent"})) or verb.dep_ == "amod" or _is_headline(words, verb)
    return _befalls(words, verb)


def _befalls(words: Lexicon, verb: Token) -> bool:
    """As in "10 people killed in blast", "Child killed 9 civilians injured": it befell the subject, who bears no arms.

    What the parser takes for its object is another's patient: a participle follows it, or it closes no sentence.
    """
    subject = next(iter(syntax.children(verb, {"nsubj"})), None)
    if subject is None or verb.lemma_ not in words.sets["Harming"] or verb.tag_ not in {"VBD", "VBN"}:
        return False
    if _told_of(words, verb, subject) is not None:
        return False
    people = bool(syntax.children(subject, {"nummod"})) and lemma(subject) in words.sets["Counted-people"]
    if not (people or lemma(subject) in words.sets["Defenceless"]) or syntax.children(verb, {"aux"}):
        return False
    objects = syntax.children(verb, {"dobj"})
    if not objects:
        return not any(syntax.children(each, {"dobj"}) for each in syntax.children(verb, {"conj"}))
    after = objects[0].right_edge.i + 1
    listed = after < len(verb.doc) and verb.doc[after].lemma_ in words.sets["Harming"]
    return (
        listed
        or is_teller(words, objects[0])
        or any(each.lemma_ in words.sets["Harming"] for each in objects[0].children)
        or _is_open(verb)
    )


def is_teller(words: Lexicon, noun: Token) -> bool:
    """Whether a verb of saying stands right behind a name: "left nine others injured NATA news agency reported"."""
    if noun.right_edge.i + 1 >= len(noun.doc) or not (noun.pos_ == "PROPN" or noun.ent_type_ == "ORG"):
        return False
    verb = noun.right_edge.nbor(1)
    verb = verb.nbor(1) if verb.lower_ in {"has", "have"} and verb.i + 1 < len(noun.doc) else verb
    return verb.lemma_ in words.sets["Reporting"] and verb.tag_ in {"VBD", "VBZ", "VBN"}


def _is_open(verb: Token) -> bool:
    """Whether its sentence ends without a mark, as headlines do."""
    return not verb.sent.text.strip().endswith((".", "”", '"', "!", "?"))


def _is_headline(words: Lexicon, verb: Token) -> bool:
    """As in "Twelve killed in blast": a participle with a subject, no auxiliary and no object."""
    if (
        verb.dep_ not in {"ROOT", "conj", "ccomp"}
        or not syntax.children(verb, {"nsubj"})
        or _measured(verb) is not None
    ):
        return False
    return verb.lemma_ in words.sets["Harming"] or _is_open(verb)


def _is_counted(words: Lexicon, verb: Token) -> bool:
    """As in "there were 20 dead, 30 injured and nine houses burned": what the participles of a list count."""
    subjects = syntax.children(verb, {"nsubj"})
    participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.lemma_ in words.sets["Harming"])
    bare = participle and not syntax.children(verb, {"dobj", "aux", "auxpass", "nsubjpass"})
    return bare and bool(subjects) and (subjects[-1].pos_ == "NUM" or bool(syntax.children(subjects[-1], {"nummod"})))


def _measured(verb: Token) -> Token | None:
    """The object that the parser loses: "upward of 120 vehicles", "shot down 31 of 38 drones"."""
    for part in syntax.children(verb, {"npadvmod"}):
        if part.pos_ == "NUM" and part.i > verb.i and (whole := syntax.prepositional_objects(part, "of")):
            return part if whole[0].pos_ == "NOUN" else None
    for hedge in verb.children:
        if hedge.lower_ in {"upward", "upwards"}:
            return next(iter(syntax.prepositional_objects(hedge, "of")), None)
    return None


def _passive(words: Lexicon, verb: Token, own: Token | None, depth: int) -> Clause:
    doer = syntax.agent(verb)
    if own is None:
        own = verb.head if verb.dep_ in {"acl", "amod", "relcl"} else _shared_patient(words, verb, depth)
    if doer is None:
        doer = next(
            (
                found
                for each in verb.conjuncts
                if each.i > verb.i and syntax.subject(each) is None and (found := syntax.agent(each)) is not None
            ),
            None,
        )
    return Clause(verb, doer, _resolved(own), passive=True)


def _shared_patient(words: Lexicon, verb: Token, depth: int) -> Token | None:
    if depth > 3:
        return None
    if verb.dep_ == "conj" and syntax.is_verb(verb.head):
        above = read(words, verb.head, depth + 1)
        return above.object if above.passive else above.subject
    if verb.dep_ in {"advcl", "xcomp"} and syntax.is_verb(verb.head):
        return _grammatical_subject(words, verb.head, depth)
    return None


def _grammatical_subject(words: Lexicon, verb: Token, depth: int) -> Token | None:
    above = read(words, verb, depth + 1)
    return above.object if above.passive else above.subject


def _above(words: Lexicon, verb: Token, depth: int) -> Token | None:
    """The subject that a verb without one of its own takes from the words above it."""
    head, dep = verb.head, verb.dep_
    if dep == "conj" and syntax.is_verb(head):
        return _grammatical_subject(words, head, depth)
    if (
        dep == "acl" and verb.lemma_ in words.sets["Harming"] and head.dep_ == "dobj"
    ):  # "hit a camp killing nine": what hit it
        head, dep = head.head, "advcl"
    if dep == "acl":
        return _of_noun(words, verb, depth)
    if dep == "xcomp" and head.dep_ == "acomp":  # "they are ready to attack"
        head = head.head
    if dep in {"xcomp", "ccomp"} and syntax.is_verb(head):
        return _controller(words, head, depth)
    if dep == "advcl" and syntax.is_verb(head):
        plan = _plan(words, verb, head)
        return _of_participle(words, verb, head, depth) if plan is None else _possessor(words, plan, depth)
    if dep == "pcomp":
        return _behind_preposition(words, verb, depth)
    return None


def _plan(words: Lexicon, verb: Token, above: Token) -> Token | None:
    """The noun of planning right before an infinitive, where the parser puts it below the verb: "foiled a plot to"."""
    plans = (each for each in syntax.children(above, {"dobj"}) if each.right_edge.i + 1 == verb.left_edge.i)
    planned = (each for each in plans if lemma(each) in words.modal_nouns and syntax.is_infinitive(verb))
    return next(planned, None)


def _of_noun(words: Lexicon, verb: Token, depth: int) -> Token | None:
    """The subject of what stands below a noun: the noun, who has it, or that of the clause it belongs to."""
    if (main := _beside_patient(words, verb)) is not None:
        return _of_participle(words, verb, main, depth)
    return verb.head if verb.tag_ == "VBG" else _possessor(words, verb.head, depth)


def _beside_patient(words: Lexicon, verb: Token) -> Token | None:
    """The verb whose participle this is, where the parser puts it below a place or a victim.

    As in "shelled the outskirts of Larnow killing six", "claimed the lives of three nurses injuring eight".
    """
    head = verb.head
    while head.dep_ == "conj":
        head = head.head
    if verb.tag_ != "VBG" or (verb.lemma_ not in words.sets["Harming"] and verb.lemma_ != "claim"):
        return None
    if head.dep_ not in {"pobj", "dobj"} or head.head.dep_ == "agent" or armament(words, head) is not None:
        return None
    found = classes(words, verb.head)
    if not found & {"Place", "Facility", "Group", "Person", "Vehicle"} or found & {"Fighters", "Military", "Weapon"}:
        return None
    return next(filter(syntax.is_verb, head.ancestors), None)


def _controller(words: Lexicon, head: Token, depth: int) -> Token | None:
    if head.lemma_ in words.sets["Reporting"]:  # "a raid that locals say left 17 dead": not the locals
        return head.head if head.dep_ == "relcl" and not _relative_inside(head) else None
    if head.lemma_ in words.sets["Object-control"] and (objects := syntax.children(head, {"dobj", "dative"})):
        return objects[0]
    return _grammatical_subject(words, head, depth)


def _of_participle(words: Lexicon, verb: Token, head: Token, depth: int) -> Token | None:
    """As in "Was attacked by gunships, destroying 30 trucks": the gunships did; with "while", the subject."""
    if head.dep_ == "acl" and head.tag_ == "VBN" and (main := next(filter(syntax.is_verb, head.ancestors), None)):
        head = main  # "bombed a convoy escorted by medics, killing two": who bombed
    if (main := _around_scene(words, verb, head)) is not None:
        head = main
    above = read(words, head, depth + 1)
    if above.passive and verb.tag_ == "VBG" and not syntax.children(verb, {"mark"}):
        return above.subject
    return above.object if above.passive else above.subject


def _around_scene(words: Lexicon, verb: Token, head: Token) -> Token | None:
    """As in "A bomb went off as workers queued, killing two": the clause above one that only tells of the scene."""
    while head.dep_ == "xcomp" and syntax.is_verb(head.head):
        head = head.head
    scene = head.dep_ == "advcl" and any(child.lower_ in {"as", "while", "when"} for child in head.children)
    closing = verb.tag_ == "VBG" and verb.lemma_ in words.sets["Harming"] and verb.i > head.i
    peaceful = head.lemma_ not in words.verbs and head.lemma_ not in words.phrases
    return head.head if scene and closing and peaceful and syntax.is_verb(head.head) else None


def _is_happening(words: Lexicon, verb: Token) -> bool:
    """As in "a boy looks at a house after shelling", "a pause in the fighting": the gerund is a noun of its own."""
    told = verb.lower_ in words.nouns and verb.head.lower_ in {
        "after",
        "before",
        "during",
        "in",
        "amid",
        "from",
        "over",
    }
    return told and not syntax.children(verb, {"dobj"})


def _behind_preposition(words: Lexicon, verb: Token, depth: int) -> Token | None:
    """As in "Accused Moscow of bombing", "was blamed for killing", "escaped by shooting"."""
    if _is_happening(words, verb):
        return next(iter(syntax.prepositional_objects(verb, "by")), None)
    preposition = verb.head
    head = preposition.head
    if not syntax.is_verb(head):
        controlled = head.dep_ == "dobj" and head.head.lemma_ in words.sets["Object-control"]
        return head if controlled else _possessor(words, head, depth)  # "accused the rebels of shelling it"
    above = read(words, head, depth + 1)
    if above.passive and head.lemma_ in words.sets["Harming"]:
        return above.subject  # "killed in shelling": not whom it killed
    if head.lemma_ in words.sets["Object-control"] and preposition.lower_ in {"of", "for", "with", "from"}:
        return above.object
    return above.object if above.passive else above.subject


def _possessor(words: Lexicon, noun: Token, depth: int) -> Token | None:
    """Who has the plan in "the group's plan to attack" or "they made a plan to attack"."""
    if owner := next(iter([*syntax.children(noun, {"poss"}), *syntax.prepositional_objects(noun, "by")]), None):
        return owner
    if noun.dep_ in syntax.OBJECTS and syntax.is_verb(noun.head) and depth < 3:
        if _is_undone(words, noun.head):
            return None
        return read(words, noun.head, depth + 1).subject
    return noun if noun.pos_ in {"NOUN", "PROPN", "PRON"} and noun.dep_ != "pobj" and noun.ent_type_ else None


def _is_undone(words: Lexicon, verb: Token) -> bool:
    """Whether a verb says that a plan came to nothing: who foiled it did not make it."""
    return words.modal_verbs.get(verb.lemma_) == "negative"


def _relative_inside(verb: Token) -> bool:
    """Whether the relative pronoun stands behind a preposition or as an adverb: "in which", "where"."""
    return any(
        child.tag_ == "WRB" or (child.dep_ == "prep" and any(each.tag_ in {"WDT", "WP"} for each in child.children))
        for child in verb.children
    )


def _resolved(token: Token | None) -> Token | None:
    return None if token is None else antecedent(token)
