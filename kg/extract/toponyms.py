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

from kg.extract.names import names_of, pieces
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
    abbreviations: frozenset[str]
    others: frozenset[str]


def is_dash(token: Token) -> bool:
    """Whether a token sets a dateline off: a dash, or the free-standing full stop that the model is given for it."""
    return token.text in DASHES or (token.text == "." and token.i > 0 and bool(token.nbor(-1).whitespace_))


def signs(schema: Schema) -> Signs:
    """The words of `places.ttl`, demonyms, and the names of actors that are no states."""
    words = schema.places.words
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
        abbreviations=frozenset(
            name[:-1]
            for place in schema.regions
            for name in place.aliases
            if name.endswith(".") and name.count(".") == 1
        ),
        others=frozenset(
            name
            for actor in schema.actors
            for name in (*actor.demonyms, *(actor.aliases if actor.type != "State" else ()))
        )
        - frozenset(name for actor in schema.actors if actor.type == "State" for name in actor.aliases),
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
        self.text = names_of(doc)
        self.surnames = frozenset(
            ent[-1].text for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1 and ent[-1].text[:1].isupper()
        )

    def names(self) -> tuple[Span, ...]:
        """All names of places, none overlapping another, in text order."""
        found: dict[int, Span] = {}
        rules = (self.stated, self.datelines, self.located, self.headed, self.followed, self.streets, self.recognized)
        for rule in rules:
            self._add(found, rule())
        self._add(found, self.repeated(dict.fromkeys(found.values())))
        return tuple(dict.fromkeys(found[at] for at in sorted(found)))

    def _add(self, found: dict[int, Span], spans: Iterator[Span]) -> None:
        for span in spans:
            if not any(at in found for at in range(span.start, span.end)):
                found.update(dict.fromkeys(range(span.start, span.end), span))

    # ---------------------------------------------------------------------------- rules

    def stated(self) -> Iterator[Span]:
        """A town with its region: "Greer, S.C.", "Paris, France"."""
        text = self.text
        for at in text.starts:
            if at > 1 and text.texts[at - 1] == "," and text.named[at - 2]:
                inner, outer = text.run_before(at - 1), text.run_from(at)
                if inner is not None and outer is not None and self.contains(outer, inner):
                    yield inner
                    yield outer

    def datelines(self) -> Iterator[Span]:
        """A name before the dash or colon that opens a report: "BEIRUT —", "COLUMBUS, Ohio (AP) —".

        Before an agency in brackets any name in capitals is a place, else one that is known.
        """
        for at in self.text.starts:
            if self.text.tokens[at].is_sent_start:
                run = self.text.run_from(at)
                if run is not None and (self.agency_follows(run) or (self.opens_report(run) and self.known(run))):
                    yield run

    def located(self) -> Iterator[Span]:
        """Known names behind a preposition of place: "in Gainesville, Ocala and Palatka"."""
        for at in self.text.starts:
            governor = self.text.governor(at)
            if governor is None:
                continue
            word = self.text.lower[governor]
            strong = word in self.words.strong or (word == "between" and self.pair(at))
            if strong or (word in self.words.weak and self.text.tokens[governor].pos_ == "ADP"):
                yield from self.listed(at, strong=strong)

    def listed(self, at: int, *, strong: bool) -> Iterator[Span]:
        """A known name and those that are coordinated behind it."""
        span = self.name_at(at, strong=strong)
        while span is not None:
            yield span
            following = self.text.next_in_list(span)
            person = following is None or self.text.tokens[following].ent_type_ == "PERSON"
            span = self.name_at(following, strong=strong or not person)

    def headed(self) -> Iterator[Span]:
        """Any name, known or not, behind "north of", "a suburb of", "20 km from", "drove out of", "the border with"."""
        for at in self.text.starts:
            governor = self.text.governor(at)
            if governor and self.text.lower[governor] in {"of", "from", "off", "with"} and self.heads_place(governor):
                run = self.text.run_from(at)
                if run is not None and self.acceptable(run):
                    yield run

    def heads_place(self, preposition: int) -> bool:
        """Whether the word before a preposition makes a name behind it that of a place."""
        word, before = self.text.lower[preposition], self.text.lower[preposition - 1]
        forms = {before, self.text.tokens[preposition - 1].lemma_.lower()}
        if word == "with":
            return bool(forms & {"border", "frontier"})
        if word == "of" and before == "out" and preposition > 1:
            return self.text.tokens[preposition - 2].lemma_.lower() in self.words.motions
        return bool(forms & (self.words.heads if word == "of" else self.words.units))

    def followed(self) -> Iterator[Span]:
        """Known names before who lives there or what they are: "a Gainesville resident", "Bibb and Monroe counties"."""
        text = self.text
        for at in range(1, len(text.tokens)):
            if not text.named[at - 1] or (text.named[at] and not text.texts[at].istitle()):
                continue
            lemma = text.tokens[at].lemma_.lower()
            if lemma in self.words.residents:
                yield from (
                    run for run in filter(None, [text.run_before(at)]) if self.known(run) and self.acceptable(run)
                )
            if lemma in self.words.plurals and text.tokens[at].tag_ == "NNS":
                yield from self.shared(at)

    def shared(self, end: int) -> Iterator[Span]:
        """Names that share their kind, which stands behind the last of them."""
        run = self.text.run_before(end)
        while run is not None and self.known(run):
            yield run
            run = self.text.run_before(self.text.previous_in_list(run))

    def streets(self) -> Iterator[Span]:
        """Roads by name or number: "Harrow Street", "Highway 19"."""
        text = self.text
        for at, word in enumerate(text.lower):
            if text.named[at] and word in self.words.streets:
                if at + 1 < len(text.tokens) and text.tokens[at + 1].like_num:
                    yield self.doc[at : at + 2]
                elif at and text.named[at - 1]:
                    yield from filter(None, [text.run_before(at + 1)])

    def recognized(self) -> Iterator[Span]:
        """What the model calls a place, if it may be one."""
        for ent in self.doc.ents:
            if ent.label_ in PLACE_LABELS:
                yield from filter(self.plausible, map(self.whole, pieces(ent)))

    def repeated(self, shown: dict[Span, None]) -> Iterator[Span]:
        """Names that have been shown to be places, where they stand alone again."""
        texts = {span.text for span in shown if self.known(span)}
        firsts = {name.split()[0].split("-")[0] for name in texts}
        for at in self.text.starts:
            if self.text.texts[at] in firsts:
                run = self.text.run_from(at)
                if run is not None and run.text in texts and self.acceptable(run):
                    yield run

    # ---------------------------------------------------------------------------- questions

    def whole(self, piece: Span) -> Span:
        """The run of capitalised words that the model cut a piece from, where it is a known name: New York City."""
        start = self.text.whole_from(piece.start)
        run = self.text.run_from(start)
        longer = (self.doc[start:end] for end in range(run.end, piece.end, -1)) if run is not None else ()
        whole = self.doc[start : piece.end]
        return next((span for span in longer if self.text.named[span.end - 1] and self.known(span)), whole)

    def known(self, span: Span) -> tuple[Candidate, ...]:
        """The places of the gazetteer that bear the name, as such or as another one of theirs."""
        return tuple(each for each in self.gazetteer.candidates(span.text) if each.sense in {"name", "alternate"})

    def pair(self, at: int) -> bool:
        """Whether two known names follow: "between Lille and Calais"."""
        first = self.name_at(at, strong=True)
        return first is not None and self.name_at(self.text.next_in_list(first), strong=True) is not None

    def contains(self, outer: Span, inner: Span) -> bool:
        """Whether a place of the second name lies in a region or country of the first."""
        around = {each.key for each in self.gazetteer.candidates(outer.text) if each.feature in {"country", "region"}}
        return bool(around) and any(around.intersection(each.containers) for each in self.known(inner))

    def opens_report(self, run: Span) -> bool:
        """Whether a run at the start of a sentence is a dateline."""
        ahead = [token for token in self.text.tokens[run.end : run.end + 8] if not token.is_space]
        dash = next((at for at, token in enumerate(ahead) if is_dash(token)), None)
        if dash is not None:
            return all(token.is_punct or self.text.named[token.i] for token in ahead[:dash])
        return run.text.isupper() and len(run.text) > 4 and bool(ahead) and ahead[0].text == ":"

    def agency_follows(self, run: Span) -> bool:
        """Whether a run in capitals has brackets closed right before the dash: "TARSK, Aug 3 (Westwire) -"."""
        ahead = self.text.tokens[run.end : run.end + 12]
        dash = next((at for at, token in enumerate(ahead) if is_dash(token)), 0)
        return run.text.isupper() and dash > 0 and ahead[dash - 1].text == ")"

    def plausible(self, span: Span) -> bool:
        """Whether a name that the model calls a place may be one."""
        if not self.text.named[span.start] or not self.acceptable(span) or any(token.is_digit for token in span):
            return False
        if self.text.lower[span.end - 1] in self.words.kinds:
            return True
        candidates = self.known(span)
        if any(each.feature in WIDE or each.population >= LARGE for each in candidates):
            return True
        return self.in_place(span) if candidates else self.at_place(span)

    def in_place(self, span: Span) -> bool:
        """Whether the words beside a known name fit a place."""
        near = self.words.strong | self.words.weak
        return not near.isdisjoint({self.text.before(span), self.text.before(span, 2)}) or (
            self.text.after(span) in self.words.kinds
        )

    def at_place(self, span: Span) -> bool:
        """Whether the words before an unknown name can stand before nothing but a place, or out of one."""
        if span.root.dep_ in {"compound", "amod", "nmod"} or span[-1].tag_.startswith("JJ"):
            return False
        first = self.text.before(span)
        return first in self.words.strong or (first == "of" and self.text.before(span, 2) == "out")

    def acceptable(self, span: Span) -> bool:
        """Whether nothing shows that the name is something else's: a surname's, a firm's, a disease's."""
        text = span.text
        if text in self.surnames or text in self.words.others or text.lower() in self.words.bearings:
            return False
        if text in self.words.abbreviations:  # "Miss", "Wash", "Man": only with their point
            return False
        first, following = self.text.before(span), self.text.after(span)
        if first in TITLES or "&" in {first, following} or (first == "of" and self.belongs(span)):
            return False
        return not (self.eponym(span) or self.agent(span) or self.acronym(span))

    def eponym(self, span: Span) -> bool:
        """Whether the name is part of that of a disease or a treaty: "West Nile virus"."""
        return span.end < len(self.text.tokens) and self.text.tokens[span.end].lemma_.lower() in self.words.eponyms

    def agent(self, span: Span) -> bool:
        """Whether the name is an agent's in a compound: "Kenya-led"."""
        tail = self.text.lower[span.end : span.end + 2]
        return (tail[:1] == ["-"] and tail[-1] in self.words.agents) or (
            span.text.lower().rpartition("-")[2] in self.words.agents
        )

    def belongs(self, span: Span) -> bool:
        """Whether "of" joins a name to a larger one: "University of Georgia", but not "City of Canton"."""
        head = span.start - 2
        return head >= 0 and self.text.named[head] and self.text.lower[head] not in self.words.kinds

    def acronym(self, span: Span) -> bool:
        """Whether the name is a row of capitals that no country and no region is known by."""
        if len(span) > 1 or not span.text.isupper() or len(span.text) > 4 or "." in span.text:
            return False
        return not any(each.feature in WIDE and each.sense == "name" for each in self.known(span))

    def name_at(self, at: int | None, *, strong: bool) -> Span | None:
        """The known name that fills the whole run of capitalised words from a token on."""
        run = self.text.run_from(at)
        if run is None or not (places := self.known(run)) or not self.acceptable(run):
            return None
        wide = any(each.feature in {"natural", "area", "continent"} for each in places)
        return run if strong or wide or run[0].ent_type_ not in {"PERSON", ""} else None
