"""Which words are names of places: the model's own finds, less what they are not, and what it took for something else.

The small model calls towns persons and organizations, and persons towns. Its finds are kept where the gazetteer knows
the name or the words around say that it is a place; a capitalised name that the gazetteer knows is added where it
stands behind a preposition of place, before its region ("Greer, S.C."), at the head of an article (a dateline), or has
been shown to be a place elsewhere in the article. A name that only the words show to be a place ("Hassi") counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Span, Token

    from kg.gazetteer import Candidate, Gazetteer
    from kg.records import Schema

PLACE_LABELS = frozenset({"GPE", "LOC"})
#: What the model calls names that may be places all the same.
DOUBTFUL_LABELS = frozenset({"ORG", "PERSON", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE"})
#: A name has so many tokens at most.
LONGEST = 6
#: A place with so many inhabitants is meant by its name without further signs.
LARGE = 100_000
WIDE = frozenset({"country", "region", "continent", "area", "natural", "capital"})


@dataclass(frozen=True, slots=True)
class Signs:
    """The words that tell names of places from other names; each set in lower case."""

    strong: frozenset[str]
    weak: frozenset[str]
    eponyms: frozenset[str]
    kinds: frozenset[str]
    streets: frozenset[str]


def signs(schema: Schema) -> Signs:
    """Read the words of `places.ttl`."""

    def words(*concepts: str) -> frozenset[str]:
        return frozenset(entry.form for entry in schema.places.entries if entry.concept in concepts)

    narrower = {concept.name for concept in schema.places.concepts if "Kind" in concept.broader}
    return Signs(words("Location"), words("Direction"), words("Eponym"), words(*narrower), words("Street"))


def make_toponyms(schema: Schema) -> Callable[[Doc], tuple[Span, ...]]:
    """Prepare for the vocabularies; the result gives the names of places of a parse, in text order."""
    gazetteer = load_gazetteer(schema.regions)
    reader = Reader(gazetteer, signs(schema))

    def toponyms(doc: Doc) -> tuple[Span, ...]:
        return reader.read(doc)

    return toponyms


class Reader:
    """Finds names of places in a parse; holds the gazetteer and the words of the ontology."""

    def __init__(self, gazetteer: Gazetteer, words: Signs) -> None:
        self.gazetteer = gazetteer
        self.words = words

    def read(self, doc: Doc) -> tuple[Span, ...]:
        """All names of places, none overlapping another, in text order."""
        found: dict[int, Span] = {}
        for rule in (self.stated, self.located, self.datelines, self.recognized):
            for span in rule(doc):
                if not any(token.i in found for token in span):
                    found.update({token.i: span for token in span})
        for span in self.repeated(doc, found):
            found.update({token.i: span for token in span})
        return tuple(dict.fromkeys(found[at] for at in sorted(found)))

    # ---------------------------------------------------------------------------- rules

    def recognized(self, doc: Doc) -> Iterator[Span]:
        """What the model calls a place, if it may be one."""
        for ent in doc.ents:
            if ent.label_ in PLACE_LABELS:
                yield from (piece for piece in pieces(ent) if self.plausible(piece))

    def located(self, doc: Doc) -> Iterator[Span]:
        """Known names behind a preposition of place: "in Gainesville, Ocala and Palatka"."""
        for token in doc[:-1]:
            strong = token.lower_ in self.words.strong
            if strong or (token.lower_ in self.words.weak and token.pos_ == "ADP"):
                span = self.name_at(doc, after_article(token), strong=strong)
                while span is not None:
                    yield span
                    span = self.name_at(doc, next_in_list(span), strong=strong)

    def stated(self, doc: Doc) -> Iterator[Span]:
        """A town with its region: "Greer, S.C.", "Paris, France"."""
        for comma in doc[1:-1]:
            if comma.text == "," and is_name(doc[comma.i - 1]) and is_name(doc[comma.i + 1]):
                inner, outer = run_before(comma), run_after(comma)
                pair = self.contained(doc, inner, outer)
                if pair:
                    yield from pair

    def datelines(self, doc: Doc) -> Iterator[Span]:
        """A known name before the dash that opens a report: "BEIRUT —", "COLUMBUS, Ohio (AP) —"."""
        for token in doc[1:14]:
            if token.text in {"—", "–", "--", "-"} and token.whitespace_:
                opening = run_after(doc[0], start=0)
                if opening and self.known(opening):
                    yield opening

    def repeated(self, doc: Doc, found: dict[int, Span]) -> Iterator[Span]:
        """Names that have been shown to be places, where they stand alone again."""
        shown = {span.text: len(span) for span in dict.fromkeys(found.values()) if self.known(span)}
        for at, token in enumerate(doc):
            if at in found or not is_name(token) or (at and is_name(doc[at - 1])):
                continue
            run = run_after(token, start=at)
            if run is not None and run.text in shown and not self.named_after(run) and not speaks(run):
                yield run

    # ---------------------------------------------------------------------------- questions

    def known(self, span: Span) -> tuple[Candidate, ...]:
        """The places of the gazetteer that bear the name, codes left out."""
        return tuple(each for each in self.gazetteer.candidates(span.text) if each.sense != "code")

    def plausible(self, span: Span) -> bool:
        """Whether a name that the model calls a place may be one."""
        if not span or self.named_after(span):
            return False
        candidates = self.known(span)
        if any(each.feature in WIDE or each.population >= LARGE for each in candidates):
            return True
        return self.in_place(span) or span[-1].lower_ in self.words.kinds | self.words.streets

    def in_place(self, span: Span) -> bool:
        """Whether the words beside the name show a place."""
        before = [token.lower_ for token in span.doc[max(0, span.start - 3) : span.start]]
        after = span.doc[span.end].lower_ if span.end < len(span.doc) else ""
        near = self.words.strong | self.words.weak
        return any(word in near for word in before[-2:]) or after in self.words.kinds or before[-1:] == [","]

    def named_after(self, span: Span) -> bool:
        """Whether the name is part of another's: "West Nile virus"."""
        following = span.doc[span.end] if span.end < len(span.doc) else None
        return following is not None and following.lemma_.lower() in self.words.eponyms

    def name_at(self, doc: Doc, at: int | None, *, strong: bool) -> Span | None:
        """The known name that fills the whole run of capitalised words from a token on."""
        run = run_after(doc[at], start=at) if at is not None and at < len(doc) else None
        if run is None or self.named_after(run) or not self.known(run):
            return None
        label = run[0].ent_type_
        return run if strong or label not in {"PERSON", ""} else None

    def contained(self, doc: Doc, inner: Span | None, outer: Span | None) -> tuple[Span, Span] | None:
        """Two names of which the first lies in the second."""
        if inner is None or outer is None:
            return None
        around = {each.key for each in self.gazetteer.candidates(outer.text) if each.feature in {"country", "region"}}
        if around and any(around.intersection(each.containers) for each in self.known(inner)):
            return inner, outer
        return None


# -------------------------------------------------------------------------------- runs of capitalised words


def is_name(token: Token) -> bool:
    """Whether a token may be part of a name: capitalised, and no part of a date."""
    return token.text[:1].isupper() and token.ent_type_ not in {"DATE", "TIME"} and not token.is_space


def pieces(ent: Span) -> Iterator[Span]:
    """The names in what the model takes for one: split at commas, without article, possessive and line ends."""
    start = ent.start
    for token in [*ent, None]:
        if token is None or token.text in {",", "\n"} or token.is_space:
            piece = trimmed(ent.doc, start, token.i if token is not None else ent.end)
            if piece is not None:
                yield piece
            start = token.i + 1 if token is not None else ent.end


def trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """The span without an article at its start and a possessive at its end."""
    while start < end and (doc[start].lower_ in {"the", "a"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].lower_ in {"'s", "’s", "'"} or doc[end - 1].is_space):
        end -= 1
    return doc[start:end] if end > start else None


def after_article(token: Token) -> int | None:
    """The index behind a preposition and an article or an adjective of place."""
    at = token.i + 1
    while at < len(token.doc) and token.doc[at].pos_ in {"DET", "ADJ", "ADV"} and token.doc[at].text.islower():
        at += 1
    return at if at < len(token.doc) and is_name(token.doc[at]) else None


def next_in_list(span: Span) -> int | None:
    """The index of what is coordinated behind a name: ", Y", "and Y", ", and Y"."""
    at = span.end
    while at < min(len(span.doc), span.end + 2) and span.doc[at].lower_ in {",", "and", "or"}:
        at += 1
    return at if span.end < at < len(span.doc) and is_name(span.doc[at]) else None


def run_after(token: Token, start: int | None = None) -> Span | None:
    """The whole run of capitalised words that begins behind a token, or at `start`."""
    doc = token.doc
    first = token.i + 1 if start is None else start
    end = first
    while end < min(len(doc), first + LONGEST + 1) and (is_name(doc[end]) or inside_name(doc, first, end)):
        end += 1
    return doc[first:end] if 0 < end - first <= LONGEST else None


def run_before(token: Token) -> Span | None:
    """The whole run of capitalised words that ends before a token."""
    doc, start = token.doc, token.i
    while start > max(0, token.i - LONGEST - 1) and (is_name(doc[start - 1]) or inside_name(doc, start - 2, start - 1)):
        start -= 1
    return doc[start : token.i] if 0 < token.i - start <= LONGEST else None


def inside_name(doc: Doc, first: int, at: int) -> bool:
    """Whether a hyphen, or a short particle, joins two capitalised words: Deir al-Zour, Port-au-Prince."""
    joined = doc[at].text in {"-", "al", "ez", "el", "de", "la", "du", "of", "upon", "am"}
    return joined and first < at and at + 1 < len(doc) and (is_name(doc[at + 1]) or doc[at + 1].text == "-")


def speaks(span: Span) -> bool:
    """Whether the name is the subject of a verb of its own: a person, or a metonym."""
    return span.root.dep_ == "nsubj" and span[0].ent_type_ == "PERSON"
