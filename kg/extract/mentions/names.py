"""Proper names in a Doc: what the recognizer found, mended, with one label for one string.

The recognizer cuts ranks into names, and calls one string a person here and a town there. What it missed altogether
is in `recall`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.mentions.given import given_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span

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
#: Small words that open a surname.
PARTICLES = frozenset(["al", "el", "de", "van", "von", "bin", "ben", "abu", "der", "da", "di", "la", "le", "ibn", "ul"])
DIRECTIONS = frozenset(
    ["northern", "southern", "eastern", "western", "northeastern", "northwestern", "southeastern", "southwestern"]
)
NAMED = frozenset(["PERSON", "ORG", "GPE", "FAC", "LOC", "PRODUCT", "WORK_OF_ART"])


class Name(NamedTuple):
    """Tokens `[start, end)` of a Doc that are a proper name."""

    start: int
    end: int
    label: str
    known: str | None = None


def recognized(doc: Doc, lexicon: Lexicon, places: Sequence[Span] = ()) -> list[Name]:
    """The recognizer's names, mended, in text order; none overlaps another.

    Args:
        doc: The parse.
        lexicon: What is listed.
        places: The names of places, which another extractor has told from other names.
    """
    found = [each for span in doc.ents for each in _name(span, lexicon)]
    listed = [each for each in found if each.known]
    others = [each for each in found if each.label != "Place"]
    acronyms = set(_initials(doc, others))
    towns = [_place(span, lexicon) for span in places if span.text not in acronyms]
    return _settle(doc, disjoint([*listed, *towns, *others]), lexicon)


def disjoint(found: Iterable[Name]) -> list[Name]:
    """The names in text order, without those that overlap an earlier one of the list."""
    taken: set[int] = set()
    kept = []
    for each in found:
        where = range(each.start, each.end)
        if taken.isdisjoint(where):
            taken.update(where)
            kept.append(each)
    return sorted(kept)


def _place(span: Span, lexicon: Lexicon) -> Name:
    state = lexicon.spotted.get(span.text)
    return Name(span.start, span.end, "State", state.id) if state else Name(span.start, span.end, "Place")


def _initials(doc: Doc, found: Iterable[Name]) -> Iterator[str]:
    """The acronyms that organizations of the article may go by."""
    for each in found:
        if each.label == "Organization" and each.end - each.start > 2:
            yield "".join(token.text[0] for token in doc[each.start : each.end] if token.text[0].isupper())


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
    while end > start and (
        doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].pos_ in {"PUNCT", "SPACE", "SYM"}
    ):
        end -= 1
    return start, end


def _behind_honorifics(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the name proper begins, behind the last rank or post: "Lt. Gen. Ada Brightwell", "Fire Chief Omar Lund"."""
    at = start
    while at < end - 1:
        length = next((n for n in (3, 2, 1) if at + n <= end and lexicon.honorific(doc[at : at + n].text)), 0)
        at += length or 1
        start = at if length else start
    while start < end - 1 and doc[start].text.islower() and doc[start].text not in PARTICLES:
        start += 1
    return start


def _first_line(doc: Doc, start: int, end: int) -> int:
    """How many tokens stand before a line end, a comma or a possessive mark."""
    stops = (at - start for at in range(start, end) if doc[at].is_space or doc[at].text in {",", "'s", "’s"})
    return next(stops, end - start)


def _is_name(span: Span, lexicon: Lexicon) -> bool:
    """Whether there is a capital, and more than a common noun, a post, or a weekday in title case."""
    if not any(token.text[0].isupper() for token in span) and not span.ent_id_:
        return span.text[:3] in {"al-", "el-"}
    form = span.text.lower()
    if form in DIRECTIONS:
        return False
    common = form in lexicon.nouns or lexicon.honorific(form)
    return not (common or (len(span) == 1 and span[0].lemma_.lower() in lexicon.nouns))


def _label(span: Span, label: str, lexicon: Lexicon) -> str | None:
    if label in NAMED and span[0].text in lexicon.sets["Ship"]:
        return "Vehicle"
    if label not in LABELS:
        return None
    if label == "NORP":
        return _people(span, lexicon)
    if len(span) == 1:
        return "Group" if label == "PERSON" and span[0].tag_ == "NNPS" else LABELS[label]
    if _is_person(span, lexicon) or (label == "ORG" and _holds_post(span, lexicon)):
        return "Person"
    return lexicon.endings.get(span[-1].lower_.rstrip("."), LABELS[label])


def _is_person(span: Span, lexicon: Lexicon) -> bool:
    """Whether two or three capitalised words begin with a given name and end with no kind of body."""
    words = [token.text for token in span]
    if not 2 <= len(words) <= 3 or not all(word[0].isupper() and word[1:] != word[1:].upper() for word in words):
        return False
    before = span.doc[span.start - 1].lower_ if span.start else ""
    return before != "the" and words[0].lower() in given_names() and words[-1].lower() not in lexicon.endings


def _holds_post(span: Span, lexicon: Lexicon) -> bool:
    """Whether a post stands before a name of some words: "spokesman Ada Lund", "its spokesman, Ada Lund, said"."""
    doc, at = span.doc, span.start
    words = [token.text for token in span]
    if at < 2 or not 2 <= len(words) <= 3 or words[-1].lower() in lexicon.endings:
        return False
    if not all(word[0].isupper() and not word.isupper() for word in words):
        return False
    apart = doc[at - 1].text == ","
    post = doc[at - 2] if apart else doc[at - 1]
    closed = not apart or (span.end < len(doc) and doc[span.end].text in {",", "."})
    return closed and post.tag_ == "NN" and post.text.islower() and lexicon.post(post) is not None


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
    """One label for one string: that of the person whose name has it, else that which most of its mentions have."""
    persons = [each for each in found if each.label == "Person" and each.end - each.start > 1]
    parts = {doc[each.start].text for each in persons}
    parts |= {doc[at : each.end].text for each in persons for at in range(each.start + 1, each.end)}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for each in found:
        votes[doc[each.start : each.end].text][each.label] += 1
    return [_voted(doc, each, parts, votes, lexicon) for each in found]


def _voted(doc: Doc, name: Name, parts: set[str], votes: dict[str, Counter[str]], lexicon: Lexicon) -> Name:
    words = doc[name.start : name.end].text
    if words in parts and name.label not in {"Person", "Demonym"}:
        return name._replace(label="Person", known=None)
    if name.known or name.label == "Demonym" or words in lexicon.metonyms:
        return name
    return name._replace(label=votes[words].most_common(1)[0][0])
