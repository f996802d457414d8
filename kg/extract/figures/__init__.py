"""Numbers as figures: an interval, what it measures, what it counts (`hedges.ttl`, `measures.ttl`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.extract.figures import measures
from kg.extract.figures.numbers import Number, make_numbers
from kg.records import Figure, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from kg.records import Schema, TextSpan

FOUND_BY = "figures"
#: Tokens within which a number that is put at something is that of the count before.
REACH = 60
NO_COUNTS = frozenset({"DATE", "TIME", "ORDINAL", "PERCENT"})
#: So many are counted over a whole war, where the sentence names one.
OF_A_WAR = 1000
HUNDREDS = 100
#: So many are counted over a whole war, whatever the sentence says.
OF_ANY_WAR = 100_000
WARS = frozenset({"war", "wars", "conflict", "conflicts", "uprising", "insurgency", "campaign"})
OTHER_SCALES = frozenset(
    (
        "year month week day hour minute second decade century kilometer kilometre km mile metre meter foot inch yard "
        "m percent % degree time tonne ton kilogram kg pound hectare acre litre liter gallon o'clock point goal seat "
        "vote knot megawatt way thing p.m. a.m. pm am night page generation anniversary age month-old year-old"
    ).split()
)
MONTH = re.compile("(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\\.?")
YEARS = range(1900, 2100)
#: A stretch of time over which counts sum up; "in the last 24 hours" is news of one day.
PERIOD = re.compile(
    r"\b(?:in|over|during|within|for) (?:the |these )?(?:last|past|previous|recent)(?: [\w-]+)? "
    r"(?:days|weeks?|months?|years?)\b"
    r"|\bin (?:two|three|four|five|six|\d+) (?:weeks|months|years)\b|\bthis (?:month|year)\b|\bto date\b"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with the tokens that it rests on: what is counted, its place in the sentence, what gives the measure."""

    figure: Figure
    noun: Token | None
    slot: Token
    source: Token | None


def make_figures(schema: Schema) -> Callable[[Doc], Iterator[Finding]]:
    """The extractor of figures."""
    count = make_counts(schema)
    return lambda doc: (Finding(each.figure, FOUND_BY) for each in count(doc))


@lru_cache(maxsize=1)
def make_counts(schema: Schema) -> Callable[[Doc], tuple[Count, ...]]:
    """A reader of all figures of a text, in order, each with the tokens that it rests on."""
    numbers = make_numbers(schema.hedges)
    words = measures.lexicon(schema.measures)

    @lru_cache(maxsize=2)  # events ask for those of the same parse
    def count(doc: Doc) -> tuple[Count, ...]:
        counts: list[Count] = []
        for number in numbers(doc):
            if found := _count(doc, number, words, counts[-1] if counts else None):
                counts.append(found)
        return tuple(sorted((*counts, *_singles(doc, words, counts)), key=lambda each: each.figure.span))

    return count


#: Nouns for one of the people whom no population names.
ANYBODY = ("man", "person")


def _singles(doc: Doc, words: measures.Lexicon, counts: Sequence[Count]) -> Iterator[Count]:
    """As in "a child was killed": one of a population that is killed or hurt, where no number says how many.

    Beside another count of the sentence, or in "a man and a woman", it is but a part.
    """
    known = {(each.slot.sent.start, each.figure.measure) for each in counts}
    for noun in doc:
        if noun.tag_ != "NN" or noun.lemma_.lower() not in {*ANYBODY, *words.populations} or _is_one_of(noun):
            continue
        article = noun.left_edge if noun.left_edge.lower_ in {"a", "an"} else None  # also "a 62-year-old man"
        said = measures.measure(words, measures.Counted(noun, noun)) if article is not None else None
        if article is None or said is None or said[0] not in {"killed", "injured"}:
            continue
        if (noun.sent.start, said[0]) not in known:
            one = Number(article.i, noun.i + 1, (article.i, noun.i + 1), 1.0, 1.0, 1.0, "exactly")
            population = measures.population(words, noun)
            yield Count(_figure(doc, one, said[0], _unit(noun, said[0]), population), noun, noun, said[1])


def _is_one_of(noun: Token) -> bool:
    """Whether a noun is one of several: "a man and a woman"."""
    return noun.dep_ == "conj" or any(child.dep_ == "conj" for child in noun.rights)


def _count(doc: Doc, number: Number, words: measures.Lexicon, before: Count | None) -> Count | None:
    found = measures.counted(doc, number)
    if _is_money(doc, number, found.noun):
        return Count(
            _figure(doc, number, "money", _currency(doc, number, found.noun), None), found.noun, found.slot, None
        )
    if _is_other_scale(doc, number, found.noun) and not _is_harmed(words, found):
        return None
    said = measures.measure(words, found) or measures.beside(words, doc, number, found)
    said = said or _continued(found, words, before) or _estimated(found, before)
    population = measures.population(words, found.noun)
    if found.noun is None or (population is None and found.slot != found.noun):  # "three of the dead were children"
        population = _as_predicate(found, words)
    if said is None:
        if not _is_plain_count(number, found.noun, population):
            return None
        return Count(
            _figure(doc, number, "count", _unit(found.noun, "count"), population), found.noun, found.slot, None
        )
    measure, source = said
    # "hit three gunmen", "shot seven residents"
    if measure in {"damaged", "launched"} and population not in {None, *measures.HARDWARE}:
        measure = "casualties"
    return Count(_figure(doc, number, measure, _unit(found.noun, measure), population), found.noun, found.slot, source)


def _figure(doc: Doc, number: Number, measure: str, unit: str | None, population: str | None) -> Figure:
    sentence = doc[number.start].sent
    signed = number.start and doc[number.start - 1].text in CURRENCIES
    return Figure(
        span=syntax.token_span(doc[number.start - bool(signed)], doc[number.end - 1]),
        measure=measure,
        unit=unit,
        population=population,
        low=number.low,
        best=number.best,
        high=number.high,
        bound=number.bound,
        cumulative=_is_cumulative(doc, number),
        as_of=_as_of(doc, sentence.start, sentence.end),
    )


def _is_other_scale(doc: Doc, number: Number, noun: Token | None) -> bool:
    """Whether the number is a date, an age, a distance, a share, a model number: no count of things."""
    core = doc[number.core[0] : number.core[1]]
    if any(token.ent_type_ in NO_COUNTS for token in core) and not (
        noun is not None and noun.ent_type_ not in NO_COUNTS
    ):
        return True
    if noun is not None and noun.lemma_.lower() in OTHER_SCALES:
        return True
    after = doc[number.end].lower_ if number.end < len(doc) and not _is_dash(doc, number.end) else ""
    if _is_of_date(doc, number) or _is_year_of(number, noun):
        return True
    if after in {"-", "%", "percent", "per", "º", "°"} or after in OTHER_SCALES:
        return True
    before = doc[number.start - 1] if number.start and not _is_dash(doc, number.start - 1) else None
    if core[0].text[0] == "0" and len(core[0]) > 1:  # a clock: 0100
        return True
    return before is not None and (
        before.lower_ in {"-", "no", "no.", "aged", "resolution", "article", "chapter", "/", "#"}
        or (before.text == ":" and before.i > 0 and before.nbor(-1).like_num)
        or before.text.endswith("-")
    )


def _is_dash(doc: Doc, at: int) -> bool:
    """Whether a stroke stands free, as behind a dateline ("ORREL - Nine people"), and is no part of a word."""
    return doc[at].lower_ == "-" and bool(doc[at].whitespace_) and bool(at == 0 or doc[at - 1].whitespace_)


def _is_harmed(words: measures.Lexicon, found: measures.Counted) -> bool:
    """As in "killing two and wounding 58", which the model takes for a date."""
    verb = found.slot.head
    bare = found.noun is None and found.slot.ent_type_ == "DATE" and found.slot.dep_ == "dobj"
    return bare and words.objects.get(verb.lemma_) in {"killed", "injured"} and len(found.slot) < len("1900")


def _is_of_date(doc: Doc, number: Number) -> bool:
    """Whether the number is a day or a year beside the name of a month: "24 Jul 2015", "July 19, 2014"."""
    beside = [doc[at] for at in range(max(0, number.start - 3), min(number.end + 1, len(doc))) if doc[at].is_title]
    months = [token.i for token in beside if MONTH.fullmatch(token.text)]
    if number.best is None or number.bound != "exactly" or not months:
        return False
    if number.best in YEARS:
        return number.end - number.start == 1 and months[0] < number.start
    return number.best <= 31 and bool({number.start - 1, number.end} & set(months))


def _is_year_of(number: Number, noun: Token | None) -> bool:
    """As in "the 2015 attack": no so many attacks."""
    year = number.bound == "exactly" and number.best in YEARS and number.end - number.start == 1
    return year and noun is not None and noun.tag_ in {"NN", "NNP"}


def _is_money(doc: Doc, number: Number, noun: Token | None) -> bool:
    before = doc[number.core[0] - 1].text if number.core[0] else ""
    return before[-1:] in {"$", "€", "£", "¥"} or (noun is not None and noun.lemma_.lower() in CURRENCIES)


CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"} | {
    word: word
    for word in "dollar euro dinar rouble ruble lira yen yuan rupee peso shekel franc riyal hryvnia naira".split()
}


def _currency(doc: Doc, number: Number, noun: Token | None) -> str:
    before = doc[number.core[0] - 1].text if number.core[0] else ""
    return CURRENCIES.get(before[-1:]) or (noun.lemma_.lower() if noun is not None else "dollar")


def _continued(found: measures.Counted, words: measures.Lexicon, before: Count | None) -> tuple[str, Token] | None:
    """As in "12 people were killed, five of them children": a part has the measure of the whole before it."""
    if before is None or before.source is None or before.slot.sent != found.slot.sent:
        return None
    slot, noun = found.slot, found.noun
    if _is_told_by(noun or slot, before.source):
        return None
    if noun is None:
        goes_on = slot.i + 1 < len(slot.doc) and slot.nbor().lower_ == "of"
        goes_on = goes_on or any(child.lower_ in {"of", "were"} for child in slot.children)
        goes_on = goes_on or slot.dep_ in {"conj", "appos", "npadvmod", "dep"}
    else:
        listed = noun.dep_ in {"conj", "appos"} or _among_them(noun)
        goes_on = listed and noun.lemma_.lower() in words.populations
    return (before.figure.measure, before.source) if goes_on else None


def _is_told_by(noun: Token, source: Token) -> bool:
    """As in "20 were killed, most of them women, a doctor and two residents said": who says so is none of them."""
    while noun.dep_ in {"conj", "appos"} and noun.head.i < noun.i:
        noun = noun.head
    return noun.dep_ in syntax.SUBJECTS and syntax.is_verb(noun.head) and noun.head.i > source.i and noun.i > source.i


def _estimated(found: measures.Counted, before: Count | None) -> tuple[str, Token] | None:
    """As in "The mayor put the number at 60": of what was counted shortly before, or else just a number."""
    said = measures.put_at(found)
    if said is None:
        return None
    near = before is not None and before.source is not None and said.i - before.slot.i < REACH
    return (before.figure.measure, said) if near and before is not None else ("count", said)


def _among_them(noun: Token) -> bool:
    """Whether "among them" or "some of whom" stands before the number of a noun."""
    start = noun.left_edge.i
    return (
        start > 1 and noun.doc[start - 1].lower_ in {"them", "whom"} and noun.doc[start - 2].lower_ in {"among", "of"}
    )


def _as_predicate(found: measures.Counted, words: measures.Lexicon) -> str | None:
    """As in "nine of whom were children": who is counted stands in the predicate."""
    verb = found.slot.head
    if found.slot.dep_ in syntax.SUBJECTS and verb.lemma_.lower() in words.populations:
        return words.populations[verb.lemma_.lower()]  # "eight of them children"
    for child in (*found.slot.children, *verb.children):
        if child.dep_ in {"attr", "appos"} and child.lemma_.lower() in words.populations:
            return words.populations[child.lemma_.lower()]
    return None


def _unit(noun: Token | None, measure: str) -> str | None:
    if (
        noun is not None
        and noun.pos_ in {"NOUN", "PROPN"}
        and noun.lemma_.lower() not in {"dead", "wounded", "injured", "toll"}
    ):
        return "person" if noun.lemma_.lower() in {"people", "person"} else noun.lemma_.lower()
    return "person" if measure in measures.PEOPLE else None


def _is_plain_count(number: Number, noun: Token | None, population: str | None) -> bool:
    """Whether a number without a measure is worth keeping: a clear count of people or things that we know."""
    return noun is not None and population is not None and number.bound != "vague" and number.best != 0


def _is_cumulative(doc: Doc, number: Number) -> bool:
    """Whether the words around the number say that it sums up more than one event."""
    sentence = doc[number.start].sent
    words = [token.lower_ for token in sentence]
    if number.best is not None and number.best >= (OF_A_WAR if WARS & set(words) else OF_ANY_WAR):
        return True
    if number.best is None and WARS & set(words) and (number.low or 0) >= HUNDREDS:
        return True  # "hundreds were killed in the conflict"
    text = " ".join(words)
    return "since" in words or "so far" in text or text.startswith(("in total", "in all")) or bool(PERIOD.search(text))


def _as_of(doc: Doc, start: int, end: int) -> TextSpan | None:
    """The date behind "as of"."""
    for at in range(start, end - 2):
        if doc[at].lower_ == "as" and doc[at + 1].lower_ == "of" and doc[at + 2].ent_type_ in {"DATE", "TIME"}:
            last = at + 2
            while last + 1 < end and doc[last + 1].ent_type_ in {"DATE", "TIME"}:
                last += 1
            return syntax.token_span(doc[at + 2], doc[last])
    return None
