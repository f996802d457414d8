"""Names that the recognizer passed over, though the article or its grammar shows them.

A name that was found once is a name wherever the article has it again, and so is the surname of a person. A run of
proper nouns that says something is a person. States and demonyms are listed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extract.mentions.acronyms import is_acronym
from kg.extract.mentions.given import given_names
from kg.extract.mentions.lexicon import plain, texts
from kg.extract.mentions.names import Name, disjoint, recognized
from kg.extract.syntax import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Doc, Span, Token

    from kg.extract.mentions.lexicon import Lexicon

#: Prepositions behind which a name is a place.
WHERE = frozenset(["in", "near", "into", "outside", "inside", "at", "towards", "toward", "through", "across"])


def names(doc: Doc, lexicon: Lexicon, places: Sequence[Span] = ()) -> list[Name]:
    """All names of a Doc in text order; none overlaps another."""
    first = _titled(doc, recognized(doc, lexicon, places), lexicon)
    first = disjoint([*_explained(doc, first), *_bands(doc, lexicon), *_neighbours(doc, lexicon), *first])
    first = disjoint([*first, *_speakers(doc, _tokens(first), lexicon)])
    grown = _all_grown(doc, first, lexicon)
    settled = _gone_to(doc, disjoint([*_bracketed(doc, grown), *grown]), lexicon)
    again = disjoint([*settled, *_again(doc, settled), *_states(doc, _tokens(settled), lexicon)])
    return _all_grown(doc, again, lexicon)


def _tokens(found: Iterable[Name]) -> frozenset[int]:
    return frozenset(at for each in found for at in range(each.start, each.end))


def _is_free(token: Token, taken: AbstractSet[int], lexicon: Lexicon) -> bool:
    """Whether a capitalised proper noun is in no name and is no common noun, post or title."""
    if token.i in taken or token.pos_ != "PROPN" or not token.text[0].isupper() or token.ent_type_ in {"DATE", "TIME"}:
        return False
    return token.lower_ not in lexicon.nouns and not lexicon.honorific(token.text)


def _all_grown(doc: Doc, found: list[Name], lexicon: Lexicon) -> list[Name]:
    taken = _tokens(found)
    return disjoint([_grown(doc, each, taken, lexicon) for each in found])


def _grown(doc: Doc, name: Name, taken: AbstractSet[int], lexicon: Lexicon) -> Name:
    """A person's name with the proper nouns around it: the "Nino" of "Nino Brightwell", cut off by the recognizer."""
    if name.label != "Person" or name.known:
        return name
    end = name.end
    while end < len(doc) and doc[end - 1].dep_ == "compound" and _is_free(doc[end], taken, lexicon):
        end += 1
    start = _over_article(doc, name.start)
    while start and _is_free(doc[start - 1], taken, lexicon):
        joined = doc[start - 1].dep_ in {"compound", "nmod"} or start < name.start
        if not joined or (end - start > 1 and start == name.start and doc[start - 1].lower_ not in given_names()):
            break
        start -= 1
    return name._replace(start=start, end=end)


def _over_article(doc: Doc, start: int) -> int:
    """The start of a name with the Arabic article that stands apart: "Ibrahim al- Jafari"."""
    words, at = texts(doc), start
    while at and words[at - 1] in {"al", "el", "al-", "el-", "Al", "El", "-"}:
        at -= 1
    return at if at and words[at - 1][0].isupper() and doc[at - 1].pos_ == "PROPN" else start


# -------------------------------------------------------------------------------- what the grammar shows


def _speakers(doc: Doc, taken: AbstractSet[int], lexicon: Lexicon) -> Iterator[Name]:
    """Proper nouns that say something: "Brightwell said"; with a given name wherever they stand."""
    start = None
    for at, word in enumerate(texts(doc)):
        if not word[0].isupper() or not _is_free(doc[at], taken, lexicon):
            start = None
            continue
        start = at if start is None else start
        last = at + 1 == len(doc) or not _is_free(doc[at + 1], taken, lexicon)
        if last and _is_named(doc, start, at, lexicon):
            yield Name(start, at + 1, "Person")


def _is_named(doc: Doc, start: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a run of free proper nouns is a person: it begins with a given name, says something, or is described."""
    token = doc[last]
    called = start < last and doc[start].lower_ in given_names()
    return (
        (called or _says(token, lexicon) or _is_described(token, lexicon))
        and token.lower_ not in lexicon.endings
        and not token.is_upper
    )


def _is_described(token: Token, lexicon: Lexicon) -> bool:
    """Whether a subject has a person's description behind it: "Yuni, a resident of Lampung, watched"."""
    described = (child for child in token.children if child.dep_ == "appos" and child.tag_ == "NN")
    return token.dep_ in SUBJECTS and any(lexicon.label(child) in {"Person", "Group"} for child in described)


def _says(token: Token, lexicon: Lexicon) -> bool:
    """Whether the token is what says something; the first word of a sentence has its capital from there."""
    if token.dep_ not in SUBJECTS:
        return False
    return token.head.lemma_ in (lexicon.sets["Utterance"] if token.is_sent_start else lexicon.speaking)


def _titled(doc: Doc, found: list[Name], lexicon: Lexicon) -> list[Name]:
    """Whoever has a title or a rank is a person: "Mr. Brightwell"."""
    return [each._replace(label="Person") if _has_title(doc, each, lexicon) else each for each in found]


def _has_title(doc: Doc, name: Name, lexicon: Lexicon) -> bool:
    if name.known or name.label in {"Demonym", "State"} or not name.start:
        return False
    words = texts(doc)[max(0, name.start - 2) : name.start]
    before = plain("".join(words[-2:]) if words[-1] == "." else words[-1])
    return before in lexicon.titles or (before in lexicon.ranks and name.label != "Place")


def _explained(doc: Doc, found: Sequence[Name]) -> Iterator[Name]:
    """Long names that an acronym in brackets gives the ends of: "the Bureau of Roads and Bridges (BRB)"."""
    words, ends = texts(doc), {each.end: each for each in found}
    for at, word in enumerate(words[1:-2], 1):
        acronym = words[at + 1]
        if word != "(" or words[at + 2] != ")" or not acronym.isupper() or not 3 <= len(acronym) <= 8:
            continue
        known = ends.get(at)
        if known and is_acronym(acronym, " ".join(words[known.start : at])):
            continue
        starts = (start for start in range(at - 2, max(-1, at - 2 * len(acronym) - 1), -1) if words[start][0].isupper())
        start = next((start for start in starts if is_acronym(acronym, " ".join(words[start:at]))), None)
        if start is not None and words[start][0].lower() == acronym[0].lower():
            yield Name(start, at, "Organization")


def _bands(doc: Doc, lexicon: Lexicon) -> Iterator[Name]:
    """Bodies that call themselves a plural: "the Sons of the Tide"; the recognizer sees two names."""
    words = texts(doc)
    for at, word in enumerate(words[1:-2], 1):
        if word != "of" or not words[at - 1][0].isupper() or doc[at - 1].tag_ not in {"NNPS", "NNS"}:
            continue
        start = at - 1
        first = at + 2 if words[at + 1] == "the" else at + 1
        end = next((i for i in range(first, len(words)) if not words[i][0].isupper()), len(words))
        named = start and words[start - 1].lower() == "the" and not lexicon.post(doc[start])
        if named and first < end and all(token.pos_ == "PROPN" for token in doc[first:end]):
            yield Name(start, end, "Organization")


def _neighbours(doc: Doc, lexicon: Lexicon) -> Iterator[Name]:
    """What lies next to something is a place, though nobody has heard of it: "neighbouring Dravia"."""
    words = texts(doc)
    for at, word in enumerate(words[:-1]):
        if word.lower() in lexicon.sets["Adjacent"] and words[at + 1][0].isupper():
            end = next((i for i in range(at + 1, len(words)) if not words[i][0].isupper()), len(words))
            if lexicon.listed(" ".join(words[at + 1 : end])) is None and words[at + 1] not in lexicon.demonyms:
                yield Name(at + 1, end, "Place")


def _bracketed(doc: Doc, found: Iterable[Name]) -> Iterator[Name]:
    """A short name in brackets behind a long one: an acronym, the number of a ship."""
    for name in found:
        opening = name.end
        if opening + 2 < len(doc) and doc[opening].text == "(" and (end := _closing(doc, opening)):
            inner = doc[opening + 1 : end].text
            named = is_acronym(inner, doc[name.start : name.end].text)
            if named or (name.label == "Vehicle" and inner[0].isupper()):
                yield Name(opening + 1, end, name.label, name.known if named else None)


def _closing(doc: Doc, opening: int) -> int:
    """The index of the bracket that closes a short insertion; 0 where there is none."""
    return next((at for at in range(opening + 2, min(opening + 5, len(doc))) if doc[at].text == ")"), 0)


def _gone_to(doc: Doc, found: list[Name], lexicon: Lexicon) -> list[Name]:
    """A single name that the article only goes to or comes from is no person: "moved out of Hassi"."""
    single = [each for each in found if each.label == "Person" and each.end - each.start == 1 and not each.known]
    elsewhere = {doc[each.start].text for each in single if not _is_where(doc[each.start], lexicon.sets["Side"])}
    elsewhere |= {doc[each.end - 1].text for each in found if each.label == "Person" and each.end - each.start > 1}
    moved = {each for each in single if doc[each.start].text not in elsewhere}
    return [each._replace(label="Place") if each in moved else each for each in found]


def _is_where(token: Token, sides: AbstractSet[str]) -> bool:
    """Whether a preposition of place governs the token: "in", "near", "out of", "east of"."""
    preposition = token.head
    if token.dep_ != "pobj":
        return False
    before = preposition.doc[preposition.i - 1].lower_ if preposition.i else ""
    return preposition.lower_ in WHERE or (preposition.lower_ == "of" and before in sides)


# -------------------------------------------------------------------------------- what the article has again


def _again(doc: Doc, found: Sequence[Name]) -> Iterator[Name]:
    """Names of this article where nothing has been found."""
    memory: dict[str, dict[tuple[str, ...], Name]] = defaultdict(dict)
    for each in found:
        for words in _recalled(doc, each):
            memory[words[0]].setdefault(words, each)
    taken = _tokens(found)
    for at, word in enumerate(texts(doc)):
        if word in memory and at not in taken:
            yield from _longest(doc, at, memory[word], taken)


def _recalled(doc: Doc, name: Name) -> Iterator[tuple[str, ...]]:
    """The words by which a name may come again: all of them; of a person, the surname."""
    words = tuple(token.text for token in doc[name.start : name.end])
    if name.label in {"Group", "Demonym"} or not words[-1][0].isupper():
        return
    yield words
    if name.label == "Person" and len(words[-1]) > 2:
        yield words[-1:]
    if name.label == "Organization" and len(words) > 1 and len(words[0]) > 3:
        yield words[:1]


def _longest(doc: Doc, at: int, memory: dict[tuple[str, ...], Name], taken: AbstractSet[int]) -> Iterator[Name]:
    for words in sorted(memory, key=len, reverse=True):
        fits = texts(doc)[at : at + len(words)] == words
        if fits and (len(words) > 1 or _stands_alone(doc[at], memory[words], taken)):
            yield Name(at, at + len(words), memory[words].label, memory[words].known)
            return


def _stands_alone(token: Token, name: Name, taken: AbstractSet[int]) -> bool:
    """Whether a single word is a name of its own, not a part of another."""
    doc = token.doc
    surname = name.label == "Person" and (not token.is_sent_start or token.dep_ in SUBJECTS)
    if token.pos_ != "PROPN" and not (surname and token.text[0].isupper()):
        return False
    if token.i and (token.i - 1 in taken and doc[token.i - 1].pos_ == "PROPN"):
        return False
    after = doc[token.i + 1] if token.i + 1 < len(doc) else token
    return name.label == "Person" or after is token or after.pos_ != "PROPN"


def _states(doc: Doc, taken: AbstractSet[int], lexicon: Lexicon) -> Iterator[Name]:
    """States and demonyms that the recognizer passed over."""
    for at, word in enumerate(texts(doc)):
        state, demonym = lexicon.spotted.get(word), word in lexicon.demonyms
        if at in taken or not (state or demonym) or doc[at].pos_ not in {"ADJ", "PROPN", "NOUN"}:
            continue
        yield Name(at, at + 1, "State", state.id) if state else Name(at, at + 1, "Demonym")
