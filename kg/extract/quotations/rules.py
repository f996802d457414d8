"""Attributions by rule: every cue of the lexicon, read in the first of its constructions that finds a content."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.quotations import sources
from kg.extract.quotations.attribution import Attribution, tidy
from kg.extract.quotations.constructions import CONSTRUCTIONS, addressee, below, is_open_relative
from kg.extract.quotations.lexicon import REACH
from kg.extract.syntax import children, is_negated, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.extract.quotations.constructions import Reading
    from kg.extract.quotations.lexicon import Cue, Lexicon
    from kg.extract.quotations.marks import Layout

#: A sentence of more words is a table or a list; nothing in it is read, and the result says so.
LONGEST_SENTENCE = 400
#: Contents that say nothing.
EMPTY = frozenset(
    {"so", "it", "that", "this", "which", "what", "who", "as", "how", "why", "when", "where", "much", "more"}
)
#: Pronouns that stand for what was said before, and who has something to say to it.
TAKEN_UP = frozenset({"it", "this", "that"})
ANSWERING = frozenset({"denies", "confirms"})


def attributions(page: Layout, lexicon: Lexicon) -> Iterator[Attribution]:
    """Everything that a cue introduces, in the order of the cues."""
    for start, end in page.sentences:
        if end - start > LONGEST_SENTENCE:
            continue
        for at in range(start, end):
            if not _is_listed(page, lexicon, at):
                continue
            found = _read(page, lexicon, page.doc[at])
            tidied = tidy(page, found) if found else None
            if tidied and not is_empty(page, tidied):
                yield tidied


def _is_listed(page: Layout, lexicon: Lexicon, at: int) -> bool:
    """Whether the lexicon knows the word, as its part of speech or as the first word of a phrase."""
    table = lexicon.nouns if page.about.classes[at] == "NOUN" else lexicon.verbs
    return page.about.lower[at] in lexicon.phrases or page.about.lemmas[at] in table


def _read(page: Layout, lexicon: Lexicon, token: Token) -> Attribution | None:
    pos = token.pos_
    if pos in {"VERB", "AUX"}:
        lemma = token.lemma_.lower()
        return _by_verb(page, lexicon, token, lemma) or _by_phrase(page, lexicon, token)
    if pos == "NOUN":
        return _by_noun(page, lexicon, token)
    return _by_phrase(page, lexicon, token)


def is_empty(page: Layout, found: Attribution) -> bool:
    """Whether nothing is said: “she said so”; but “the army denied it” takes up what was said before."""
    word = page.words[found.content[0]].lower()
    return len(found.content) == 1 and word in EMPTY and not (found.stance in ANSWERING and word in TAKEN_UP)


# -------------------------------------------------------------------------------- verbs


def _by_verb(page: Layout, lexicon: Lexicon, verb: Token, lemma: str) -> Attribution | None:
    if lemma not in lexicon.verbs or mute_because(lexicon, verb):
        return None
    first = readings(page, lexicon, verb)
    if first is None:
        return None
    frame, cue, last, reading = first
    made = _attribution(verb, last, cue, _addressed(verb, frame, reading, lexicon), page)
    return made if _has_voice(made, verb, frame) else None


def matches(lexicon: Lexicon, verb: Token) -> list[tuple[Cue, Token]]:
    """The cues that a verb can be with the words behind it, and the last of these words."""
    return [(cue, last) for cue in lexicon.verbs.get(verb.lemma_.lower(), ()) if (last := _last_word(verb, cue))]


def readings(page: Layout, lexicon: Lexicon, verb: Token) -> tuple[str, Cue, Token, Reading] | None:
    """The first construction that finds a content, with its frame and the cue that takes it."""
    matched = matches(lexicon, verb)
    for frame, construction in CONSTRUCTIONS.items():
        for cue, last in matched:
            if frame in cue.frames and (reading := construction(verb, last, page)):
                return frame, cue, last, reading
    return None


def _addressed(verb: Token, frame: str, reading: Reading, lexicon: Lexicon) -> Reading:
    """Add whom the words are said to, where the construction itself names nobody."""
    if reading.addressee or frame not in {"clause", "quote"}:
        return reading
    to = addressee(verb, told=verb.lemma_.lower() in lexicon.told)
    return replace(reading, addressee=tuple(at for at in to if at not in set(reading.content)))


def _last_word(verb: Token, cue: Cue) -> Token | None:
    """The last word of the cue behind the verb; the verb itself where the cue is one word; None if one is missing."""
    last = verb
    for lemma in cue.rest:
        behind = verb.doc[last.i + 1 : min(last.i + 1 + REACH, verb.sent.end)]
        found = next((token for token in behind if token.lemma_.lower() == lemma and _governs(last, token)), None)
        if found is None:
            return None
        last = found
    return last


def _governs(before: Token, after: Token) -> bool:
    return after.head.i <= before.i + 1 or before.head in (after, after.head)


def mute_because(lexicon: Lexicon, word: Token) -> str:
    """Why nobody says anything by the word, whatever it looks like; empty where somebody may."""
    if _is_silence(lexicon, word):
        return "nothing is said: the source keeps silent"
    if _is_picture(lexicon, word):
        return f"{word.head.text!r} is nothing that speaks"
    if word.dep_ == "amod":
        return "it describes the noun behind it"
    if _introduces_saying(word):
        return "the saying itself is the cue"
    if word.pos_ == "NOUN" and any(_tells_of(lexicon, child) for child in word.rights):
        return "the clause behind it says what became of it, not what it is"
    return ""


def _is_picture(lexicon: Lexicon, verb: Token) -> bool:
    """Reads “Footage showing trucks”: what a noun shows is said only by something written."""
    evidence = any("evidence" in cue.frames for cue in lexicon.verbs.get(verb.lemma_.lower(), ()))
    return evidence and verb.dep_ == "acl" and verb.head.lemma_.lower() not in lexicon.documents


def _introduces_saying(verb: Token) -> bool:
    """Reads “Was quoted as saying”: the cue is "saying"."""
    if verb.lemma_ not in {"quote", "cite"}:
        return False
    return any(
        is_verb(said) for prep in children(verb, {"prep"}) if prep.lower_ == "as" for said in children(prep, {"pcomp"})
    )


def is_quoted_saying(verb: Token) -> bool:
    """Reads “was quoted as saying”: nothing but an attribution looks like this."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as" and _introduces_saying(verb.head.head)


def _is_silence(lexicon: Lexicon, verb: Token) -> bool:
    """Reads “Declined to comment”."""
    for cue in lexicon.phrases.get(verb.lemma_.lower(), ()):
        if "silence" in cue.frames:
            lemmas = [token.lemma_.lower() for token in verb.doc[verb.i + 1 : verb.i + 1 + len(cue.rest)]]
            if tuple(lemmas) == cue.rest:
                return True
    return False


def _attribution(verb: Token, last: Token, cue: Cue, reading: Reading, page: Layout) -> Attribution:
    head = sources.speaker(verb)
    source = sources.phrase(head, verb) if head is not None and head.lower_ not in sources.EXPLETIVES else ()
    source = tuple(at for at in source if page.quoted[at] == page.quoted[verb.i]) or source
    if reading.accused:  # the parser hangs the charge on whoever makes it
        source = tuple(at for at in source if at not in set(reading.content))
    source = reading.source or sources.with_pronoun(source, verb)
    return Attribution(
        head=verb.i,
        cue=_cue_tokens(verb, last, {*source, *reading.content, *reading.addressee}),
        source=source,
        content=reading.content,
        stance=cue.stance,
        addressee=reading.addressee,
        accused=reading.accused,
        negated=is_negated(verb),
        found_by="quotations.rules",
    )


def _cue_tokens(verb: Token, last: Token, taken: set[int]) -> tuple[int, ...]:
    """Auxiliaries, negation, verb, particle: what is free of the words between first auxiliary and last word."""
    first = min([verb.i, *(child.i for child in children(verb, {"aux", "auxpass", "neg"}))])
    words = [at for at in range(first, last.i + 1) if at not in taken or at in {verb.i, last.i}]
    return tuple(words) if all(at not in taken for at in words[:1]) else (verb.i, *((last.i,) if last != verb else ()))


def _has_voice(found: Attribution, verb: Token, frame: str) -> bool:
    """Whether somebody can have said it: who takes an object, a name or an infinitive has to be somebody."""
    head = sources.speaker(verb)
    if sources.is_asked(verb):
        return True
    if head is None:
        return bool(children(verb, {"nsubjpass"})) or bool(verb.dep_ in {"ROOT", "conj"} and found.content)
    if frame in {"object", "name", "as", "infinitive"}:
        return head.lower_ not in sources.EXPLETIVES
    return True


def takes_up(page: Layout, lexicon: Lexicon, found: Attribution) -> bool:
    """Reads “…, a claim (which) the army denies”: the content is but the noun for what was said before."""
    verb = page.doc[found.head]
    return (
        (is_open_relative(verb) or any(child.lower_ in {"which", "that"} for child in children(verb, {"dobj"})))
        and verb.dep_ in {"relcl", "acl"}
        and verb.head.lemma_.lower() in lexicon.nouns
        and page.words[verb.head.left_edge.i - 1] == ","
        and verb.head.i in found.content
    )


# -------------------------------------------------------------------------------- nouns and phrases


def _by_noun(page: Layout, lexicon: Lexicon, noun: Token) -> Attribution | None:
    """Reads “The mayor's claim that …”, "a warning of floods by the agency"."""
    cues = [cue for cue in lexicon.nouns.get(noun.lemma_.lower(), ()) if "noun" in cue.frames]
    if not cues:
        return None
    owner = sources.of_noun(noun, lexicon.light)
    said = _said_by_noun(lexicon, noun, owned=owner is not None)
    if not said:
        return None
    source = tuple(at for at in sources.phrase(owner, noun) if at not in said) if owner is not None else ()
    source = tuple(at for at in source if page.words[at] not in {"'s", "’s", "'", "’"})
    return Attribution(noun.i, (noun.i,), source, said, cues[0].stance, found_by="quotations.rules")


def _tells_of(lexicon: Lexicon, clause: Token) -> bool:
    """Reads “a claim (that) the army denies”, not “a warning that the dam would burst”: what became of the words."""
    opened = any(mark.lower_ == "that" for mark in children(clause, {"mark"}))
    return is_open_relative(clause) and (not opened or clause.lemma_.lower() in lexicon.verbs)


def _said_by_noun(lexicon: Lexicon, noun: Token, *, owned: bool) -> tuple[int, ...]:
    for child in noun.rights:
        if _tells_of(lexicon, child):
            return ()
        if (
            child.dep_ in {"acl", "ccomp", "relcl"}
            and is_verb(child)
            and any(mark.lower_ == "that" for mark in children(child, {"mark"}))
        ):
            return tuple(below(child))
        if owned and child.dep_ in {"acl", "relcl"} and any(to.tag_ == "TO" for to in child.lefts):
            return tuple(below(child))
        if owned and child.dep_ == "prep" and child.lower_ in {"of", "for", "about", "on", "against"}:
            return tuple(below(child))
    return ()


def _by_phrase(page: Layout, lexicon: Lexicon, token: Token) -> Attribution | None:
    """Reads “According to the mayor, …”."""
    for cue in lexicon.phrases.get(token.lower_, ()):
        words = [each.lower_ for each in token.doc[token.i + 1 : token.i + 1 + len(cue.rest)]]
        if "preposition" in cue.frames and tuple(words) == cue.rest:
            return _according(page, token, token.doc[token.i + len(cue.rest)], cue)
    return None


def _according(page: Layout, first: Token, last: Token, cue: Cue) -> Attribution | None:
    of = next((noun for word in (last, first) for noun in children(word, {"pobj"})), None)
    if of is None:
        return None
    top = first
    while top.dep_ in {"prep", "pcomp"} and not is_verb(top.head) and top.head != top and top.head.dep_ == "prep":
        top = top.head
    host = top.head if top.dep_ in {"prep", "advmod", "advcl"} else first.head
    host = _clause_of(host)
    if host.dep_ == "ccomp" and is_verb(host.head) and page.words[top.left_edge.i - 1] == ",":
        host = host.head
    own = {*range(first.left_edge.i, first.right_edge.i + 1)}
    start, end = page.around(first.i)
    content = [at for at in below(host) if at not in own and start <= at < end]
    source = tuple(at for at in sources.phrase(of, last) if at > last.i)
    return Attribution(
        first.i, tuple(range(first.i, last.i + 1)), source, tuple(content), cue.stance, found_by="quotations.rules"
    )


def _clause_of(token: Token) -> Token:
    """The verb of the clause that a phrase belongs to."""
    for _ in range(20):
        if is_verb(token) or token.head == token:
            break
        token = token.head
    return token
