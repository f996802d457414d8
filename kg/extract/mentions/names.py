"""Proper names in a Doc: what the recognizer found, mended, and what it missed though the article names it elsewhere.

The recognizer cuts ranks into names, calls one string a person here and a town there, and misses a surname behind
the sentence that introduced it. A name that was found once is a name wherever the article has it again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from kg.extract.mentions.lexicon import Lexicon

#: The recognizer's labels, and what they are to kg; what is not here is no mention.
LABELS = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "NORP": "Group",
    "FAC": "Facility",
    "PRODUCT": "Thing",
}
#: Last words that tell what a name is, whatever the recognizer says.
ENDINGS = {
    **dict.fromkeys(
        [
            "brigade",
            "brigades",
            "army",
            "front",
            "movement",
            "council",
            "committee",
            "ministry",
            "forces",
            "group",
            "union",
            "university",
            "party",
            "agency",
            "corps",
            "battalion",
            "regiment",
            "division",
            "command",
            "organization",
            "organisation",
            "association",
            "institute",
            "department",
            "police",
            "network",
            "foundation",
            "commission",
            "inc",
            "corp",
            "ltd",
            "llc",
            "co",
            "company",
            "airlines",
            "airways",
            "bank",
        ],
        "Organization",
    ),
    **dict.fromkeys(
        ["airport", "hospital", "bridge", "base", "airbase", "prison", "mosque", "church", "cathedral", "stadium"],
        "Facility",
    ),
    **dict.fromkeys(
        [
            "province",
            "governorate",
            "county",
            "river",
            "valley",
            "island",
            "mountains",
            "desert",
            "sea",
            "district",
            "lake",
        ],
        "Place",
    ),
}
#: What stands before the name of a ship.
SHIPS = frozenset(["HMS", "USS", "USNS", "HMCS", "HMAS", "INS", "FS", "RFA", "MV", "SS", "FGS", "ROKS", "JS"])
#: Prepositions behind which a name is a place, and what makes "of" one of them.
WHERE = frozenset(["in", "near", "into", "outside", "inside", "at", "towards", "toward", "through", "across"])
BEFORE_OF = frozenset(["out", "east", "west", "north", "south", "outskirts", "city", "town", "village", "suburb"])


class Name(NamedTuple):
    """Tokens `[start, end)` of a Doc that are a proper name."""

    start: int
    end: int
    label: str
    known: str | None = None


def names(doc: Doc, lexicon: Lexicon, places: Sequence[Span] = ()) -> list[Name]:
    """The names of a Doc in text order; none overlaps another.

    Args:
        doc: The parse.
        lexicon: What is listed.
        places: The names of places, which another extractor has told from other names.
    """
    found = [each for span in doc.ents for each in _name(span, lexicon)]
    listed = [each for each in found if each.known]
    others = [each for each in found if each.label != "Place"]
    first = _disjoint([*listed, *(_place(span, lexicon) for span in places), *others])
    settled = _gone_to(doc, _settle(doc, first, lexicon))
    return sorted(_disjoint([*settled, *_again(doc, settled), *_states(doc, lexicon)]))


def _place(span: Span, lexicon: Lexicon) -> Name:
    state = lexicon.spotted.get(span.text)
    return Name(span.start, span.end, "State", state.id) if state else Name(span.start, span.end, "Place")


# -------------------------------------------------------------------------------- one entity of the recognizer


def _name(span: Span, lexicon: Lexicon) -> Iterator[Name]:
    """An entity as a name, its edges mended."""
    start, end = _trimmed(span, lexicon)
    if start >= end or not _is_name(span.doc[start:end], lexicon):
        return
    words = span.doc[start:end].text
    if span.ent_id_ and not _shouted(span):
        yield Name(start, end, lexicon.types.get(span.ent_id_, "Organization"), span.ent_id_)
    elif actor := lexicon.listed(words) or lexicon.listed(_unbroken(words)):
        yield Name(start, end, actor.type, actor.id)
    elif label := _label(span.doc[start:end], span.label_, lexicon):
        yield Name(start, end, label)


def _trimmed(span: Span, lexicon: Lexicon) -> tuple[int, int]:
    """The edges without articles, ranks, titles, possessive marks and punctuation."""
    doc, start, end = span.doc, span.start, span.end
    while start < end and (doc[start].pos_ in {"DET", "PUNCT", "SPACE", "PART"} or doc[start].lower_ in {"the", "a"}):
        start += 1
    if span.label_ == "PERSON":
        start = _behind_honorifics(doc, start, end, lexicon)
        end = start + _first_line(doc, start, end)
    while end > start and (doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].pos_ in {"PUNCT", "SPACE"}):
        end -= 1
    return start, end


def _behind_honorifics(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the name proper begins: "President Barack Obama", "Lt. Gen. Ada Brightwell"."""
    while start < end:
        length = next((n for n in (3, 2, 1) if start + n <= end and lexicon.honorific(doc[start : start + n].text)), 0)
        if not length:
            break
        start += length
    return start


def _first_line(doc: Doc, start: int, end: int) -> int:
    """How many tokens stand before a line end, a comma or a possessive mark."""
    return next(
        (at - start for at in range(start, end) if doc[at].is_space or doc[at].text in {",", "'s", "’s"}), end - start
    )


def _is_name(span: Span, lexicon: Lexicon) -> bool:
    """Whether there is a capital, and more than a common noun, a post, or a weekday in title case."""
    if not any(token.shape_[:1] in {"X", "d"} and token.text[0].isupper() for token in span) and not span.ent_id_:
        return span.text[:3] in {"al-", "el-"}
    form = span.text.lower()
    return not (
        form in lexicon.nouns or form in lexicon.posts or (len(span) == 1 and span[0].lemma_.lower() in lexicon.nouns)
    )


def _label(span: Span, label: str, lexicon: Lexicon) -> str | None:
    last = span[-1].lower_.rstrip(".")
    if label in {"PERSON", "ORG", "GPE", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"} and span[0].text in SHIPS:
        return "Vehicle"
    if label not in LABELS:
        return None
    if label == "NORP":
        return _people(span, lexicon)
    return ENDINGS.get(last, LABELS[label]) if len(span) > 1 else LABELS[label]


def _people(span: Span, lexicon: Lexicon) -> str | None:
    """A people or a faith is a group where it is a noun ("the Yazidis"); an adjective is a mention only as demonym."""
    if span.text in lexicon.demonyms:
        return "Demonym"
    return "Group" if span[-1].tag_ in {"NNPS", "NNS"} else None


def _shouted(span: Span) -> bool:
    """Whether a short alias in capitals stands in a line that is all capitals: "WHAT IS NEXT"."""
    if not (span.text.isupper() and len(span.text) <= 3):
        return False
    around = [token for token in span.sent if token.is_alpha and len(token) > 3]
    return len(around) > 1 and sum(token.is_upper for token in around) > len(around) / 2


def _unbroken(words: str) -> str:
    return " ".join(words.split()).replace(" - ", "-").replace("- ", "-")


# -------------------------------------------------------------------------------- one article


def _settle(doc: Doc, found: list[Name], lexicon: Lexicon) -> list[Name]:
    """One label for one string: that of the person whose surname it is, else that which most of its mentions have."""
    surnames = {doc[each.end - 1].text for each in found if each.label == "Person" and each.end - each.start > 1}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        votes[doc[each.start : each.end].text][each.label] += 1
    return [_voted(doc, each, surnames, votes, lexicon) for each in found]


def _voted(doc: Doc, name: Name, surnames: set[str], votes: dict[str, Counter[str]], lexicon: Lexicon) -> Name:
    words = doc[name.start : name.end].text
    if name.known or name.label == "Demonym" or words in lexicon.metonyms:
        return name
    if name.end - name.start == 1 and words in surnames:
        return name._replace(label="Person")
    return name._replace(label=votes[words].most_common(1)[0][0])


def _gone_to(doc: Doc, found: list[Name]) -> list[Name]:
    """A single name that the article only goes to or comes from is no person: "moved out of Hassi"."""
    single = [each for each in found if each.label == "Person" and each.end - each.start == 1 and not each.known]
    elsewhere = {doc[each.start].text for each in single if not _is_where(doc[each.start])}
    elsewhere |= {doc[each.end - 1].text for each in found if each.label == "Person" and each.end - each.start > 1}
    moved = {each for each in single if doc[each.start].text not in elsewhere}
    return [each._replace(label="Place") if each in moved else each for each in found]


def _is_where(token: Token) -> bool:
    """Whether a preposition of place governs the token: "in", "near", "out of", "east of"."""
    preposition = token.head
    if token.dep_ != "pobj":
        return False
    before = preposition.doc[preposition.i - 1].lower_ if preposition.i else ""
    return preposition.lower_ in WHERE or (preposition.lower_ == "of" and before in BEFORE_OF)


def _again(doc: Doc, found: Iterable[Name]) -> Iterator[Name]:
    """Names of this article where the recognizer passed over them."""
    memory: dict[str, dict[tuple[str, ...], Name]] = defaultdict(dict)
    for each in found:
        for words in _recalled(doc, each):
            memory[words[0]].setdefault(words, each)
    for token in doc:
        if token.text in memory and not token.ent_type_:
            yield from _longest(doc, token, memory[token.text])


def _recalled(doc: Doc, name: Name) -> Iterator[tuple[str, ...]]:
    """The words by which a name may come again: all of them; of a person, the surname."""
    words = tuple(token.text for token in doc[name.start : name.end])
    if name.label in {"Group", "Demonym", "Thing"} or not words[-1][0].isupper():
        return
    yield words
    if name.label == "Person" and len(words[-1]) > 2:
        yield words[-1:]


def _longest(doc: Doc, token: Token, memory: dict[tuple[str, ...], Name]) -> Iterator[Name]:
    for words in sorted(memory, key=len, reverse=True):
        span = doc[token.i : token.i + len(words)]
        fits = tuple(each.text for each in span) == words and (len(words) > 1 or token.pos_ == "PROPN")
        if fits and not (
            token.i and doc[token.i - 1].pos_ == "PROPN" and len(words) == 1 and doc[token.i - 1].ent_type_
        ):
            yield Name(span.start, span.end, memory[words].label, memory[words].known)
            return


def _states(doc: Doc, lexicon: Lexicon) -> Iterator[Name]:
    """States and demonyms that the recognizer passed over."""
    for token in doc:
        if token.ent_type_ or not token.text[0].isupper():
            continue
        if actor := lexicon.spotted.get(token.text):
            yield Name(token.i, token.i + 1, "State", actor.id)
        elif token.text in lexicon.demonyms and token.pos_ in {"ADJ", "PROPN", "NOUN"}:
            yield Name(token.i, token.i + 1, "Demonym", None)


def _disjoint(found: Iterable[Name]) -> list[Name]:
    """The names without those that overlap an earlier one of the list."""
    taken: set[int] = set()
    kept = []
    for each in found:
        where = set(range(each.start, each.end))
        if not where & taken:
            taken |= where
            kept.append(each)
    return kept
