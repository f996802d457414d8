"""Time expressions: the words that say when (`times.ttl`). What they mean is for `resolve/calendar.py`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract import syntax
from kg.records import Finding, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Span

    from kg.records import Schema, Vocabulary

FOUND_BY = "times"

#: The grammar, the most specific expression first; names in capitals are word classes of the vocabulary.
GRAMMAR = (
    r"{RANGE}",
    r"{DATED},? (?:at|around|at around|shortly before|shortly after) {CLOCK}",
    (
        r"(?:(?:{STAGES}) )?(?:on )?{CLOCK}(?: (?:local time|GMT|UTC|EST|EDT))?(?: \([^()\n]{3,20}\))?"
        r"(?:,? (?:on |{DEIXIS} )?{DATED})?"
    ),
    (
        r"(?:(?:as early as|as late as) )?(?:(?:{STAGES})(?: on| in|-)? ?)?{DATED}"
        r"(?:,? (?:at|around|shortly (?:before|after)) {CLOCK})?"
    ),
    r"{DAYS}(?: (?:{PARTS}))?(?:,? (?:at|around) {CLOCK})?",
    r"(?:the )?(?:early hours|(?:early |late )?(?:{PARTS})|night) of (?:{DATED})",
    r"(?:[Ee]arlier |[Ll]ater )(?:today|(?:this|last|next) (?:{UNITS}|{PARTS}|{SEASONS}|{MONTHS}))",
    (
        r"(?:the )?(?:(?:{STAGES})(?: of)? )?(?:the )?(?:{DEIXIS}) (?:{COUNT} )?(?:few |several |couple of )?"
        r"(?:{UNITS}|{SEASONS}|{MONTHS}|{WEEKDAYS}|{PARTS})(?: (?:{PARTS}))?"
    ),
    r"(?:over |during )?the weekend",
    r"(?:{COUNT}|several|a few|a couple of|an?|many) (?:{UNITS}) (?:ago|earlier|later|before)",
    r"(?:the )?(?:(?:{STAGES})(?: of)? )?(?:the )?(?:{SEASONS}) of (?:last year|this year|{YEAR})",
    r"(?:the )?(?:(?:{STAGES})[ -]?)?(?:{SEASONS}) {YEAR}",
    r"(?:the )?(?:(?:{STAGES})[ -]?(?:in |of )?)?(?:the )?(?:(?:1[6-9]|20)\d0s\b|(?:{BEHIND}){YEAR})",
    r"(?<=\b[Tt]he ){YEAR}(?= [a-z])",
    r"(?:the )?(?:previous|following|next|same|past) (?:day|night|morning|evening|week|month|year)",
    r"the day (?:before|after)",
    r"(?:at |before |around |by |after )(?:{PARTS})\b(?: on {DATED})?",
    r"in the (?:early )?(?:{PARTS})",
    r"(?:the )?early hours",
)
#: What every expression begins with, beside a word of the vocabulary: most places of a text are passed over by it.
OPENINGS = (
    r"\d|[Ff]rom |[Bb]etween |on |as |the |a |an |many |over |during |several |at |before |around |by |after |in "
    r"|previous|following|same|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen"
)
YEAR_WORDS = tuple("in since until early late by during before after from between".split())
AFTER = frozenset({"ago", "earlier", "later", "hence"})  # what stands behind its unit
PIECES = {
    "RANGE": r"(?:[Ff]rom |[Bb]etween ){END} (?:to|until|through|and|-) {END}",
    "END": r"(?:{DATED}|{CLOCK}|{YEAR})",
    "DATED": r"(?:{WEEKDAYS}(?: (?:{PARTS})| night)?(?:,? (?:{CALENDAR}))?|{CALENDAR})",
    "CALENDAR": (
        r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? {MONTHS}(?:,? (?:{YEAR}|\d\d(?= \()))?"
        r"|{MONTHS} \d{1,2}(?:st|nd|rd|th)?\b(?:,? {YEAR})?|{MONTHS}(?: of)?,? {YEAR}"
        r"|{MONTHS}(?: of)? (?:last|this|next) year\b|(?:{LEADING}){MONTHS}|{NAMEDMONTH}"
        r"|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}-\d{1,2}-\d{4})"
    ),
    "CLOCK": (
        r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:a\.m\.|p\.m\.|am\b|pm\b)|\d{1,2}:\d{2}(?: hours)?"
        r"|\d{4} (?:GMT|UTC|hours)|noon\b|midnight\b)"
    ),
    #: What a bare year, or a month that is also a common word, must stand behind.
    "BEHIND": "|".join(f"(?<={word} )" for word in YEAR_WORDS),
    "LEADING": r"(?<=\bin )|(?<=\b[Ss]ince )|(?<=\b[Ll]ast )|(?<=\blate )|(?<=\bearly )|(?<=\bmid-)",
    "COUNT": r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)",
    "YEAR": r"(?:1[6-9]\d\d|20\d\d)\b(?!,\d|-\w| (?:people|soldiers|troops|men|civilians))",
}


def make_times(schema: Schema) -> Callable[[Doc], Iterator[Finding]]:
    """The extractor of time expressions: mentions with the label "Time"."""
    spans = make_spans(schema.times)
    return lambda doc: (Finding(_mention(span), FOUND_BY) for span in spans(doc))


@lru_cache(maxsize=1)
def make_spans(vocabulary: Vocabulary) -> Callable[[Doc], tuple[Span, ...]]:
    """A finder of time expressions, as spans of tokens in text order that do not overlap."""
    pattern = grammar(vocabulary)

    @lru_cache(maxsize=2)  # events ask for those of the same parse
    def find(doc: Doc) -> tuple[Span, ...]:
        found = (doc.char_span(*match.span(), alignment_mode="expand") for match in pattern.finditer(doc.text))
        return tuple(span for span in found if span is not None and not _is_name(span))

    return find


def grammar(vocabulary: Vocabulary) -> re.Pattern[str]:
    """The grammar with the words of the vocabulary put in."""
    words: dict[str, list[str]] = {}
    for entry in vocabulary.entries:
        plural = ("s",) if entry.concept == "unit" else ()
        words.setdefault(entry.concept, []).extend(entry.form + end for end in ("", *plural))
    deictic = (*words["past"], *words["now"], *words["future"])
    sets = {
        "WEEKDAYS": rf"(?:{_any(words['weekday'])})\b",
        "MONTHS": rf"(?:{_any(words['month'])})(?!\w)",
        "NAMEDMONTH": rf"(?:{_any([each for each in words['month'] if len(each) > 4 and each != 'March'])})(?!\w)",
        "SEASONS": _any(words["season"]),
        "PARTS": _any(words["part"]),
        "DAYS": rf"\b(?:{_any(words['day'])})\b",
        "UNITS": rf"(?:{_any(words['unit'])})\b",
        "STAGES": rf"(?:{_any(words['stage'])})\b",
        "DEIXIS": rf"\b(?:{_any([each for each in deictic if each not in AFTER])})",
    }
    pieces = {**sets, **PIECES}
    text = "|".join(f"(?:{rule})" for rule in GRAMMAR)
    while re.search(r"\{[A-Z]+\}", text):
        text = re.sub(r"\{([A-Z]+)\}", lambda name: pieces[name[1]], text)
    opening = f"{OPENINGS}|{_any([entry.form for entry in vocabulary.entries])}"
    return re.compile(rf"(?<![\w-])(?={opening})(?:{text})")


def _any(forms: list[str]) -> str:
    """The forms, longest first, with a capital or without where they are lower-case."""
    ordered = sorted(dict.fromkeys(forms), key=lambda form: (-len(form), form))
    return "|".join(
        f"[{form[0].upper()}{form[0]}]{re.escape(form[1:])}" if form[0].islower() else re.escape(form)
        for form in ordered
    )


def _is_name(span: Span) -> bool:
    """Whether the words are part of a name: "Black Friday Movement", "Sun", a person called May."""
    return len(span) == 1 and span[0].ent_type_ in {"PERSON", "ORG", "GPE"}


def _mention(span: Span) -> Mention:
    return Mention(
        span=syntax.span_of(span),
        label="Time",
        head=syntax.token_span(span.root),
        kind="nominal",
        sentence=syntax.span_of(span.sent),
        function="oblique",
    )
