"""What is near what, in words: "20 km north of", "a southern suburb of", "between A and B", "Dravnik, in Karvia".

Each rule looks at the words around the name of a place, the anchor. The words from the first that locates ("20", "a
village", "southern") to the anchor are the description; a `Relation` joins the description, or the place that it is
about ("Hassi, 20 km east of Ramadi"), with the anchor. What the words mean in kilometres is for the resolver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.names import names_of
from kg.extract.syntax import span_of
from kg.extract.toponyms import make_toponyms
from kg.records import Finding, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Span

    from kg.records import Schema

#: What may stand between the words that locate and the anchor: "north of the besieged city of Aleppo".
FILLERS = frozenset({"DET", "ADJ", "VERB"})
FINITE = frozenset({"VB", "VBD", "VBP", "VBZ", "VBG"})
#: What may stand before a distance: "about 20 km", "some 20 km", "just north".
APPROXIMATELY = frozenset(
    {
        "about",
        "some",
        "around",
        "roughly",
        "nearly",
        "almost",
        "approximately",
        "just",
        "only",
        "immediately",
        "further",
        "farther",
        "to",
        "the",
    }
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `places.ttl` by what they do; all in lower case, phrases with single blanks."""

    bearings: frozenset[str]
    units: frozenset[str]
    numbers: frozenset[str]
    near: tuple[tuple[str, ...], ...]
    parts: frozenset[str]
    kinds: frozenset[str]


def words_of(schema: Schema) -> Words:
    """Read the vocabulary."""
    broader = {concept.name: concept.broader for concept in schema.places.concepts}

    def words(*groups: str) -> frozenset[str]:
        found = (each for each in schema.places.entries if set(broader[each.concept]) & set(groups))
        return frozenset(each.form for each in found)

    near = sorted((tuple(form.split()) for form in words("Nearness")), key=lambda form: (-len(form), form))
    return Words(words("Bearing"), words("Unit"), words("Number"), tuple(near), words("Part"), words("Kind"))


def make_nearness(schema: Schema) -> Callable[[Doc], Iterator[Finding]]:
    """Prepare for the vocabularies; the result yields relations `locatedNear` and `within` of one parse."""
    toponyms, words = make_toponyms(schema), words_of(schema)

    def nearness(doc: Doc) -> Iterator[Finding]:
        places = toponyms(doc)
        ends = {span.end: span for span in places}
        for place in places:
            yield from around(place, ends, words)

    return nearness


def around(place: Span, ends: dict[int, Span], words: Words) -> Iterator[Finding]:
    """What the words before and behind a place say about others."""
    at = before_anchor(place, words)
    for rule, read in RULES.items():
        if found := read(place.doc, at, words):
            first, last = found
            anchors = (place, *coordinated(place)) if rule == "between" else (place,)
            subject = described(place.doc, first, anchors[-1], ends, words)
            for anchor in anchors:
                yield finding("locatedNear", subject, anchor, place.doc[first:last], f"nearness.{rule}")
            return
    if (end := part_behind(place, words)) is not None:
        yield finding("locatedNear", place.doc[place.start : end], place, place.doc[place.end : end], "nearness.part")
    yield from inside(place, ends)


def finding(predicate: str, subject: Span, anchor: Span, trigger: Span, rule: str) -> Finding:
    """A relation with the rule that read it."""
    return Finding(Relation(predicate, span_of(subject), span_of(anchor), span_of(trigger)), rule)


# -------------------------------------------------------------------------------- rules: first and last token before


def bearing(doc: Doc, at: int, words: Words) -> tuple[int, int] | None:
    """[20 km] north of · [20 km] to the north of."""
    if at < 2 or doc[at - 1].lower_ != "of":
        return None
    start = compass(doc, at - 1, words)
    return None if start is None else (distance_before(doc, start, words), at)


def distance(doc: Doc, at: int, words: Words) -> tuple[int, int] | None:
    """20 km from · 20 km outside."""
    if at < 3 or doc[at - 1].lower_ not in {"from", "outside", "off", "away"}:
        return None
    end = at - 1 if doc[at - 2].lower_ != "away" else at - 2
    start = distance_before(doc, end, words)
    return None if start == end else (start, at)


def between(doc: Doc, at: int, words: Words) -> tuple[int, int] | None:  # noqa: ARG001 - the rules share a signature
    """Between A and B."""
    return (at - 1, at) if at and doc[at - 1].lower_ == "between" else None


def part(doc: Doc, at: int, words: Words) -> tuple[int, int] | None:
    """[southern] suburb of · [the] outskirts of."""
    if at < 2 or doc[at - 1].lower_ != "of" or not {doc[at - 2].lower_, doc[at - 2].lemma_.lower()} & words.parts:
        return None
    start = compass(doc, at - 2, words)
    return (at - 2 if start is None else start), at


def near(doc: Doc, at: int, words: Words) -> tuple[int, int] | None:
    """Near, close to, just outside, on the border with."""
    for form in words.near:
        start = at - len(form)
        if start >= 0 and [token.lower_ for token in doc[start:at]] == list(form) and form != ("between",):
            return start, at
    return None


RULES: dict[str, Callable[[Doc, int, Words], tuple[int, int] | None]] = {
    "bearing": bearing,
    "distance": distance,
    "between": between,
    "part": part,
    "near": near,
}


def inside(place: Span, ends: dict[int, Span]) -> Iterator[Finding]:
    """A place that is said to lie in another: "Dravnik, Karvia", "Dravnik in western Karvia"."""
    doc, at = place.doc, place.start
    while at > 1 and doc[at - 1].pos_ in {"DET", "ADJ"} and doc[at - 1].lower_ != "no":
        at -= 1
    if at and doc[at - 1].lower_ in {"in", ","}:
        end = at - 1 if at < 2 or doc[at - 2].text != "," else at - 2
        if (inner := ends.get(end)) is not None and (doc[at - 1].text != "," or at == place.start):
            yield finding("within", inner, place, doc[at - 1 : at], "nearness.within")


# -------------------------------------------------------------------------------- words before and behind


def before_anchor(place: Span, words: Words) -> int:
    """The index at which the words before an anchor end: before "the", "the northern city of", "the besieged"."""
    doc, at = place.doc, place.start
    if (
        at > 1
        and doc[at - 1].lower_ == "of"
        and doc[at - 2].lower_ in words.kinds
        and doc[at - 2].lower_ not in words.parts
    ):
        at -= 2
    while at and doc[at - 1].pos_ in FILLERS and doc[at - 1].tag_ not in FINITE and doc[at - 1].text.islower():
        at -= 1
    return at


def compass(doc: Doc, end: int, words: Words) -> int | None:
    """Where a bearing begins that ends before a token: one token, or "north - east", "north east"."""
    for length in (3, 2, 1):
        start = end - length
        if start >= 0:
            text = "".join(token.text + (" " if token.whitespace_ and length == 2 else "") for token in doc[start:end])
            if text.strip().lower() in words.bearings:
                return start
    return None


def distance_before(doc: Doc, end: int, words: Words) -> int:
    """Where a distance begins that ends before a token; `end` itself if there is none. Skips "(19 miles)"."""
    at = end
    while at and doc[at - 1].lower_ in {"the", "to", "away", "due", "just", "further", "farther"}:
        at -= 1
    if at and doc[at - 1].text == ")":
        opening = next((back for back in range(at - 2, max(0, at - 7), -1) if doc[back].text == "("), None)
        at = at if opening is None else opening
    if at < 2 or not {doc[at - 1].lower_, doc[at - 1].lemma_.lower()} & words.units:
        return end
    start = at - 1 if doc[at - 2].lower_ != "nautical" else at - 2
    unit = start
    while start and (
        doc[start - 1].like_num or doc[start - 1].lower_ in words.numbers or doc[start - 1].text in {"-", "a", "–"}
    ):
        start -= 1
    return start if start < unit else end


def part_behind(place: Span, words: Words) -> int | None:
    """The index behind "'s northern outskirts", "countryside" after a name."""
    doc, at = place.doc, place.end
    if at < len(doc) and doc[at].tag_ == "POS":
        at += 1
        while at < len(doc) and doc[at].lower_ in words.bearings | {"-", "and"}:
            at += 1
    inner = at < len(doc) and {doc[at].lower_, doc[at].lemma_.lower()} & (words.parts - words.kinds)
    return at + 1 if inner and not doc[at].text[:1].isupper() else None


def coordinated(place: Span) -> tuple[Span, ...]:
    """The second place of "between A and B"."""
    names = names_of(place.doc)
    return tuple(filter(None, [names.run_from(names.next_in_list(place))]))


def described(doc: Doc, first: int, anchor: Span, ends: dict[int, Span], words: Words) -> Span:
    """The place that a description is about, named just before it, or else the description, with its noun."""
    at = first
    while at and doc[at - 1].lower_ in APPROXIMATELY | {
        ",",
        "(",
        "located",
        "situated",
        "lies",
        "lying",
        "which",
        "is",
    }:
        at -= 1
    if named := ends.get(at):
        return named
    start = first
    if at and doc[at - 1].lemma_.lower() in words.kinds | words.parts:
        start = at - 1
    return doc[start : anchor.end]
