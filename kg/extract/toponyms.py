"""Which words are names of places: the model's own finds, less what they are not, and what it took for something else.

The small model calls towns persons and organizations, and persons towns. Its finds are kept where the gazetteer knows
the name or the words around say that it is a place; a capitalised name that the gazetteer knows is added where it
stands behind a preposition of place, before its region ("Greer, S.C."), at the head of a report (a dateline), before
those who live there, or has been shown to be a place elsewhere in the article. A name that only the words show to be
a place ("Hassi") counts. A surname of the article does not, however many towns bear it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.names import after, before, is_name, next_in_list, pieces, previous_in_list, run_before, run_from
from kg.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Span, Token

    from kg.gazetteer import Candidate, Gazetteer
    from kg.records import Schema

PLACE_LABELS = frozenset({"GPE", "LOC"})
#: A place with so many inhabitants is meant by its name without further signs.
LARGE = 100_000
#: Kinds of places that are meant by their names without further signs.
WIDE = frozenset({"country", "region", "continent", "area", "natural", "capital"})
DASHES = frozenset({"—", "–", "--", "-"})
TITLES = frozenset(
    {"mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "sen.", "rep.", "gen.", "col.", "sgt.", "lt.", "capt.", "sir"}
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The words that tell names of places from other names; each set in lower case."""

    strong: frozenset[str]
    weak: frozenset[str]
    residents: frozenset[str]
    plurals: frozenset[str]
    eponyms: frozenset[str]
    kinds: frozenset[str]
    streets: frozenset[str]
    heads: frozenset[str]
    units: frozenset[str]
    motions: frozenset[str]
    agents: frozenset[str]
    bearings: frozenset[str]
    others: frozenset[str]


def signs(schema: Schema) -> Signs:
    """The words of `places.ttl`, and the names of actors that are no states."""

    def words(*concepts: str) -> frozenset[str]:
        return frozenset(entry.form for entry in schema.places.entries if entry.concept in concepts)

    return Signs(
        strong=words("Location"),
        weak=words("Direction"),
        residents=words("Resident"),
        plurals=words("Plural"),
        eponyms=words("Eponym"),
        kinds=words(*(concept.name for concept in schema.places.concepts if "Kind" in concept.broader)),
        streets=words("Street"),
        units=words(*(concept.name for concept in schema.places.concepts if "Unit" in concept.broader)),
        motions=words("Motion"),
        agents=words("Agent"),
        bearings=words(*(concept.name for concept in schema.places.concepts if "Bearing" in concept.broader)),
        heads=words(*(each.name for each in schema.places.concepts if {"Kind", "Part", "Bearing"} & set(each.broader))),
        others=frozenset(name for actor in schema.actors if actor.type != "State" for name in actor.aliases),
    )


@lru_cache(maxsize=2)
def make_toponyms(schema: Schema) -> Callable[[Doc], tuple[Span, ...]]:
    """Prepare for the vocabularies; the result gives the names of places of a parse, in text order."""
    gazetteer, words = load_gazetteer(schema.regions), signs(schema)
    return lru_cache(maxsize=8)(lambda doc: Reading(doc, gazetteer, words).names())  # several extractors ask


class Reading:
    """One parse, while names of places are looked for in it."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, words: Signs) -> None:
        self.doc, self.gazetteer, self.words = doc, gazetteer, words
        self.surnames = frozenset(
            ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1 and ent[-1].text[:1].isupper()
        )

    def names(self) -> tuple[Span, ...]:
        """All names of places, none overlapping another, in text order."""
        found: dict[int, Span] = {}
        for rule in (
            self.stated,
            self.datelines,
            self.located,
            self.headed,
            self.inhabited,
            self.shared,
            self.streets,
            self.recognized,
        ):
            self._add(found, rule())
        self._add(found, self.repeated(dict.fromkeys(found.values())))
        return tuple(dict.fromkeys(found[at] for at in sorted(found)))

    def _add(self, found: dict[int, Span], spans: Iterator[Span]) -> None:
        for span in spans:
            if not any(token.i in found for token in span):
                found.update({token.i: span for token in span})

    # ---------------------------------------------------------------------------- rules

    def stated(self) -> Iterator[Span]:
        """A town with its region: "Greer, S.C.", "Paris, France"."""
        for comma in self.doc[1:-1]:
            if comma.text == "," and is_name(self.doc[comma.i - 1]) and is_name(self.doc[comma.i + 1]):
                inner, outer = run_before(self.doc, comma.i), run_from(self.doc, comma.i + 1)
                if inner is not None and outer is not None and self.contains(outer, inner):
                    yield inner
                    yield outer

    def datelines(self) -> Iterator[Span]:
        """A known name before the dash or colon that opens a report: "BEIRUT —", "COLUMBUS, Ohio (AP) —"."""
        for sentence in self.doc.sents:
            run = run_from(self.doc, sentence.start)
            if run is not None and self.known(run) and self.opens_report(run):
                yield run

    def located(self) -> Iterator[Span]:
        """Known names behind a preposition of place: "in Gainesville, Ocala and Palatka"."""
        for token in self.doc[:-1]:
            strong = token.lower_ in self.words.strong or (token.lower_ == "between" and self.pair(token))
            if strong or (token.lower_ in self.words.weak and token.pos_ == "ADP"):
                span = self.name_at(behind(token), strong=strong)
                while span is not None:
                    yield span
                    at = next_in_list(span)
                    span = self.name_at(at, strong=strong or (at is not None and self.doc[at].ent_type_ != "PERSON"))

    def headed(self) -> Iterator[Span]:
        """Any name, known or not, behind "north of", "a suburb of", "20 km from", "drove out of", "the border with"."""
        for token in self.doc[2:-1]:
            if token.lower_ in {"of", "from", "off", "with"} and self.heads_place(token):
                at = behind(token)
                run = run_from(self.doc, at) if at is not None else None
                if run is not None and self.acceptable(run):
                    yield run

    def heads_place(self, preposition: Token) -> bool:
        """Whether the word before a preposition makes a name behind it that of a place."""
        head = self.doc[preposition.i - 1]
        forms = {head.lower_, head.lemma_.lower()}
        if preposition.lower_ == "with":
            return bool(forms & {"border", "frontier"})
        if preposition.lower_ == "of" and head.lower_ == "out":
            return self.doc[head.i - 1].lemma_.lower() in self.words.motions
        return bool(forms & (self.words.heads if preposition.lower_ == "of" else self.words.units))

    def inhabited(self) -> Iterator[Span]:
        """A known name before those who live or rule there: "a Gainesville resident"."""
        for token in self.doc[1:]:
            if token.lemma_.lower() in self.words.residents and is_name(self.doc[token.i - 1]):
                run = run_before(self.doc, token.i)
                if run is not None and self.known(run) and self.acceptable(run):
                    yield run

    def shared(self) -> Iterator[Span]:
        """Names that share their kind: "Clarke, Madison and Oconee counties"."""
        for token in self.doc[1:]:
            if token.tag_ == "NNS" and token.lemma_.lower() in self.words.plurals and is_name(self.doc[token.i - 1]):
                run = run_before(self.doc, token.i)
                while run is not None and self.known(run):
                    yield run
                    end = previous_in_list(run)
                    run = run_before(self.doc, end) if end is not None else None

    def streets(self) -> Iterator[Span]:
        """Roads by name or number: "Harrow Street", "Highway 19"."""
        for token in self.doc:
            if is_name(token) and token.lower_ in self.words.streets:
                numbered = after(self.doc[token.i : token.i + 1])
                if numbered is not None and numbered.like_num:
                    yield self.doc[token.i : token.i + 2]
                elif token.i and is_name(self.doc[token.i - 1]):
                    yield from filter(None, [run_before(self.doc, token.i + 1)])

    def recognized(self) -> Iterator[Span]:
        """What the model calls a place, if it may be one."""
        for ent in self.doc.ents:
            if ent.label_ in PLACE_LABELS:
                yield from (self.whole(piece) for piece in pieces(ent) if self.plausible(self.whole(piece)))

    def repeated(self, shown: dict[Span, None]) -> Iterator[Span]:
        """Names that have been shown to be places, where they stand alone again."""
        texts = {span.text for span in shown if self.known(span)}
        for at, token in enumerate(self.doc):
            if is_name(token) and not (at and is_name(self.doc[at - 1])):
                run = run_from(self.doc, at)
                if run is not None and run.text in texts and self.acceptable(run):
                    yield run

    # ---------------------------------------------------------------------------- questions

    def whole(self, piece: Span) -> Span:
        """The run of capitalised words that the model cut a piece from, where it is a known name: New York City."""
        run = run_from(self.doc, piece.start)
        longer = (self.doc[piece.start : end] for end in range(run.end, piece.end, -1)) if run is not None else ()
        return next((span for span in longer if is_name(span[-1]) and self.known(span)), piece)

    def known(self, span: Span) -> tuple[Candidate, ...]:
        """The places of the gazetteer that bear the name, as such or as another one of theirs."""
        return tuple(each for each in self.gazetteer.candidates(span.text) if each.sense in {"name", "alternate"})

    def pair(self, token: Token) -> bool:
        """Whether two known names follow: "between Lille and Calais"."""
        first = self.name_at(behind(token), strong=True)
        return first is not None and self.name_at(next_in_list(first), strong=True) is not None

    def contains(self, outer: Span, inner: Span) -> bool:
        """Whether a place of the second name lies in a region or country of the first."""
        around = {each.key for each in self.gazetteer.candidates(outer.text) if each.feature in {"country", "region"}}
        return bool(around) and any(around.intersection(each.containers) for each in self.known(inner))

    def opens_report(self, run: Span) -> bool:
        """Whether a run at the start of a sentence is a dateline."""
        ahead = [token for token in self.doc[run.end : run.end + 8] if not token.is_space]
        dash = next((at for at, token in enumerate(ahead) if token.text in DASHES), None)
        if dash is not None:
            return all(token.is_punct or is_name(token) for token in ahead[:dash])
        return run.text.isupper() and len(run.text) > 4 and bool(ahead) and ahead[0].text == ":"

    def plausible(self, span: Span) -> bool:
        """Whether a name that the model calls a place may be one."""
        if not is_name(span[0]) or not self.acceptable(span) or any(token.is_digit for token in span):
            return False
        if span[-1].lower_ in self.words.kinds:
            return True
        candidates = self.known(span)
        if any(each.feature in WIDE or each.population >= LARGE for each in candidates):
            return True
        return self.in_place(span) if candidates else self.at_place(span)

    def in_place(self, span: Span) -> bool:
        """Whether the words beside a known name fit a place."""
        earlier = [token.lower_ for token in self.doc[max(0, span.start - 2) : span.start]]
        following = after(span)
        near = self.words.strong | self.words.weak
        return any(word in near for word in earlier) or (following is not None and following.lower_ in self.words.kinds)

    def at_place(self, span: Span) -> bool:
        """Whether the words before an unknown name can stand before nothing but a place, or out of one."""
        first = before(span)
        if first is None or span.root.dep_ in {"compound", "amod", "nmod"} or span[-1].tag_.startswith("JJ"):
            return False
        return first.lower_ in self.words.strong or (
            first.lower_ == "of" and span.start > 1 and self.doc[span.start - 2].lower_ == "out"
        )

    def acceptable(self, span: Span) -> bool:
        """Whether nothing shows that the name is something else's: a surname's, a firm's, a disease's."""
        following, first = after(span), before(span)
        if following is not None and (following.lemma_.lower() in self.words.eponyms or following.text == "&"):
            return False
        if self.agent(span) or span.text.lower() in self.words.bearings:
            return False
        if first is not None and (first.lower_ in TITLES or first.text == "&" or self.belongs(first)):
            return False
        return span.text not in self.surnames and span.text not in self.words.others and not self.acronym(span)

    def agent(self, span: Span) -> bool:
        """Whether the name is an agent's in a compound: "Kenya-led"."""
        tail = [token.lower_ for token in self.doc[span.end : span.end + 2]]
        parts = span.text.lower().rpartition("-")
        return (tail[:1] == ["-"] and tail[-1] in self.words.agents) or parts[2] in self.words.agents

    def belongs(self, of: Token) -> bool:
        """Whether the token joins a name to a larger one: "University of Georgia", but not "City of Canton"."""
        head = self.doc[of.i - 1] if of.i else None
        return of.lower_ == "of" and head is not None and is_name(head) and head.lower_ not in self.words.kinds

    def acronym(self, span: Span) -> bool:
        """Whether the name is a row of capitals that no country and no region is known by."""
        if len(span) > 1 or not span.text.isupper() or len(span.text) > 4 or "." in span.text:
            return False
        return not any(each.feature in WIDE and each.sense == "name" for each in self.known(span))

    def name_at(self, at: int | None, *, strong: bool) -> Span | None:
        """The known name that fills the whole run of capitalised words from a token on."""
        run = run_from(self.doc, at) if at is not None and at < len(self.doc) else None
        if run is None or not self.known(run) or not self.acceptable(run):
            return None
        named = any(each.feature in {"natural", "area", "continent"} for each in self.known(run))
        return run if strong or named or run[0].ent_type_ not in {"PERSON", ""} else None


def behind(preposition: Token) -> int | None:
    """The index of the name behind a preposition with an article or an adjective of place: "in the northern Delta"."""
    doc, at = preposition.doc, preposition.i + 1
    while at < len(doc) and doc[at].pos_ in {"DET", "ADJ", "ADV"} and doc[at].text.islower():
        at += 1
    return at if at < len(doc) and is_name(doc[at]) else None
