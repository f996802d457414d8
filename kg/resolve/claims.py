"""Who states what: every event and every figure hangs on the claim that states it.

A claim belongs to the innermost quotation whose content holds the trigger or the figure, else to the article's own
voice. Certainty, polarity and temporality are the three axes of GRaSP (van Son et al. 2016), read from the modality
and tense of the event and from the stance of the quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from kg.records import Claim, Event, Extraction, Figure, Mention, Quotation, TextSpan
from kg.resolve.stances import ACCUSING, AHEAD, DENYING, JUDGING, RESPONDING, RESPONSIBILITY
from kg.resolve.stances import CERTAINTY as OF_STANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.records import Certainty, Document, Modality, Part, Polarity, Temporality

#: How certain the one who speaks is, by the modality of the event. What is alleged is possible to the one who passes
#: it on, and certain to the one who alleges it.
CERTAINTY: dict[Modality, Certainty] = {
    "asserted": "certain",
    "estimated": "probable",
    "possible": "possible",
    "planned": "probable",
    "threatened": "possible",
    "alleged": "possible",
    "hypothetical": "unknown",
    "habitual": "certain",
}

UNREAL: frozenset[Modality] = frozenset({"planned", "threatened"})
GRADES: tuple[Certainty, ...] = ("certain", "probable", "possible", "unknown")

#: Measures of what an attack does, and the types of the events that tell of it.
OUTCOMES = {
    "killed": frozenset({"Killing", "Massacre", "Execution", "Assassination"}),
    "injured": frozenset({"Injury"}),
    "destroyed": frozenset({"Destruction"}),
    "intercepted": frozenset({"Interception"}),
}

#: The dead are counted of what was told so many sentences before at most.
NEAR = 2

#: A denial responds to what was said shortly before it: so many quotations back.
REACH = 3

#: Who nobody is: "no group claimed responsibility" is no claim of a group.
NOBODY = re.compile(r"(?:no one|nobody|none|neither|no(?= [a-z]))\b", re.IGNORECASE)


def claims(document: Document, extraction: Extraction, denotes: Mapping[TextSpan, str]) -> tuple[Claim, ...]:
    """All claims of an article, in text order, the title's first.

    A claim without `claimant` is the article's own where it has no `quotation`; where it has one, nobody knows who
    said it. What a source did not say (a negated cue) is no claim of that source.

    Args:
        document: The article.
        extraction: What was found in it.
        denotes: Span -> entity id, for the sources of quotations.
    """
    reading = _Reading(document, extraction, denotes)
    found = [*_of_events(reading), *_of_figures(reading), *_of_words(reading)]
    return tuple(sorted(dict.fromkeys(found), key=_place))


# -------------------------------------------------------------------------------- three kinds of claims


def _of_events(reading: _Reading) -> Iterator[Claim]:
    """An event's claims: its own, and one more for figures that somebody else states."""
    for event in reading.events:
        holder = reading.holder.get(event.trigger)
        yield from _claims_on(reading, holder, event, event.trigger)
        for figure in event.figures:
            if (teller := reading.holder.get(figure.span)) is not holder and teller and figure.span in reading.free:
                yield from _made_by(reading, teller, figure.span, event, (figure,))


def _claims_on(reading: _Reading, holder: Quotation | None, event: Event, at: TextSpan) -> Iterator[Claim]:
    figures = tuple(figure for figure in event.figures if reading.holder.get(figure.span) in (holder, None))
    yield from _made_by(reading, holder, at, event, figures)


def _of_figures(reading: _Reading) -> Iterator[Claim]:
    """Figures that stand with no event: one claim for each stretch of them that one voice states in one sentence.

    Where they count the dead or the hurt, it is about what was told right before: "The mayor put the toll at nine."
    """
    loose = [figure for figure in reading.figures if figure not in reading.counted]
    for (_, evidence), group in groupby(
        loose, key=lambda each: (reading.voice(each.span), reading.evidence(each.span))
    ):
        figures = tuple(group)
        yield from _made_by(reading, reading.holder.get(figures[0].span), evidence, _counted(reading, figures), figures)


def _counted(reading: _Reading, figures: tuple[Figure, ...]) -> Event | None:
    """The event before that the dead or the hurt are counted of: that which tells of them, else the last violence."""
    outcomes = {OUTCOMES.get(figure.measure, frozenset()) for figure in figures}
    if outcomes & {frozenset()}:
        return None
    near = [each for each in reading.shortly_before(figures[0].span, NEAR) if _harms(each)]
    told = [each for each in near if any(each.type in types for types in outcomes)]
    return (told or near)[-1] if near else None


def _harms(event: Event) -> bool:
    """Whether it happened and was violence: only of that these roles are told."""
    roles = {argument.role for argument in event.arguments}
    hurt = "victim" in roles and any(event.type in types for types in OUTCOMES.values())
    real = event.polarity == "positive" and event.modality not in {"habitual", "hypothetical", *UNREAL}
    return real and (hurt or not roles.isdisjoint({"attacker", "target", "instrument"}))


def _of_words(reading: _Reading) -> Iterator[Claim]:
    """Quotations that hold no event: a denial or a confirmation is about what it responds to, the rest about none."""
    for number, quotation in enumerate(reading.quotations):
        if quotation in reading.eventful:
            continue
        events = _answered(reading, number)
        if events or quotation not in reading.held:
            for event in events or (None,):
                yield from _made_by(reading, quotation, _anchor(quotation), event, ())


def _answered(reading: _Reading, number: int) -> tuple[Event, ...]:
    """The events of others that a quotation is about: what it judges, answers, or takes upon itself."""
    quotation = reading.quotations[number]
    if quotation.stance in JUDGING:
        return reading.judged(quotation)
    if quotation.stance == RESPONSIBILITY:
        return reading.before(_anchor(quotation))
    return _responded(reading, number) if quotation.stance in RESPONDING else ()


def _responded(reading: _Reading, number: int) -> tuple[Event, ...]:
    """The events of what a response answers: an accusation of the one who answers, else what was said before."""
    quotation = reading.quotations[number]
    speakers = set(reading.claimants(quotation))
    before = [each for each in reading.quotations[max(0, number - REACH) : number] if _same_part(each, quotation)]
    others = [
        each for each in reversed(before) if each in reading.eventful and speakers.isdisjoint(reading.claimants(each))
    ]
    accused = [each for each in others if each.accused and reading.denotes.get(each.accused) in speakers]
    accusing = [each for each in others if each.stance == ACCUSING]
    for answered in [*accused, *accusing, *others][:1]:
        return reading.eventful[answered]
    return ()


def _same_part(one: Quotation, other: Quotation) -> bool:
    return _anchor(one).part == _anchor(other).part


# -------------------------------------------------------------------------------- one claim


def _made_by(
    reading: _Reading, holder: Quotation | None, at: TextSpan, event: Event | None, figures: tuple[Figure, ...]
) -> Iterator[Claim]:
    """One claim for each of the holder's sources; one without a claimant where there is none."""
    for claimant in reading.claimants(holder) or (None,):
        yield Claim(
            claimant=claimant,
            stance=holder.stance if holder else "asserts",
            certainty=_certainty(event, figures, holder),
            polarity=_polarity(event, holder),
            temporality=_temporality(event, holder),
            evidence=at if holder and at in holder.content else reading.evidence(at),
            about=event,
            figures=figures,
            quotation=holder,
        )


def _certainty(event: Event | None, figures: tuple[Figure, ...], holder: Quotation | None) -> Certainty:
    words = CERTAINTY[event.modality] if event else "certain"
    if event and event.modality == "alleged" and holder:
        words = "certain"
    stance = OF_STANCE.get(holder.stance, "certain") if holder else "certain"
    hedged: Certainty = "probable" if not event and any(figure.bound == "about" for figure in figures) else "certain"
    return max(words, stance, hedged, key=GRADES.index)


def _polarity(event: Event | None, holder: Quotation | None) -> Polarity:
    """Denied once is negative, denied twice positive ("denied that it had not fired")."""
    denied = holder is not None and holder.stance == DENYING
    negative = event is not None and event.polarity == "negative"
    return "negative" if denied is not negative else "positive"


def _temporality(event: Event | None, holder: Quotation | None) -> Temporality:
    ahead = event is not None and (event.tense == "future" or event.modality in UNREAL)
    promised = holder is not None and holder.stance in AHEAD and (event is None or event.tense != "past")
    return "future" if ahead or promised else "nonFuture"


def _anchor(quotation: Quotation) -> TextSpan:
    return (quotation.content or quotation.cue or quotation.source)[0]


def _place(claim: Claim) -> tuple[bool, int, int, int, int]:
    event = claim.about.trigger.start if claim.about else -1
    figure = claim.figures[0].span.start if claim.figures else -1
    return claim.evidence.part != "title", claim.evidence.start, claim.evidence.end, event, figure


# -------------------------------------------------------------------------------- look-ups in one article


@dataclass(frozen=True)
class _Reading:
    """One article's findings with the look-ups that claims need; each is made once."""

    document: Document
    extraction: Extraction
    denotes: Mapping[TextSpan, str]

    @cached_property
    def quotations(self) -> list[Quotation]:
        """What was said, in text order."""
        told = [each for each in self.extraction.of(Quotation) if not each.negated]
        said = [each for each in told if not any(NOBODY.match(self.document.words(span)) for span in each.source)]
        return sorted(said, key=lambda each: (_anchor(each).part != "title", _anchor(each).start))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return self.extraction.of(Event)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return self.extraction.of(Figure)

    @cached_property
    def counted(self) -> frozenset[Figure]:
        """Figures that belong to an event."""
        return frozenset(figure for event in self.events for figure in event.figures)

    @cached_property
    def free(self) -> frozenset[TextSpan]:
        """Figures of events that another voice than the event's may state."""
        return frozenset(figure.span for figure in self.counted)

    @cached_property
    def holder(self) -> Mapping[TextSpan, Quotation]:
        """Trigger or figure -> the innermost quotation that holds it: the shortest is written last."""
        held: dict[TextSpan, Quotation] = {}
        telling = [each for each in self.quotations if each.stance not in JUDGING]
        for quotation in sorted(telling, key=_length, reverse=True):
            held.update((span, quotation) for content in quotation.content for span in self._within(content))
        return held

    def judged(self, quotation: Quotation) -> tuple[Event, ...]:
        """The events that a judgement ("condemned the bombing") takes for granted."""
        spans = {span for content in quotation.content for span in self._within(content)}
        return tuple(event for event in self.events if event.trigger in spans)

    @cached_property
    def held(self) -> frozenset[Quotation]:
        return frozenset(self.holder.values())

    @cached_property
    def eventful(self) -> Mapping[Quotation, tuple[Event, ...]]:
        """Quotation -> the events that it is the innermost holder of."""
        found: dict[Quotation, tuple[Event, ...]] = {}
        for event in self.events:
            if quotation := self.holder.get(event.trigger):
                found[quotation] = (*found.get(quotation, ()), event)
        return found

    def before(self, at: TextSpan) -> tuple[Event, ...]:
        """The last event before a span that is no mere result of another: what "responsibility" is for."""
        earlier = [each for each in self.events if each.trigger.part == at.part and each.trigger.end <= at.start]
        return tuple(sorted((e for e in earlier if not e.caused_by), key=lambda e: e.trigger.start)[-1:])

    def shortly_before(self, at: TextSpan, reach: int) -> list[Event]:
        """The events before a span, in its sentence and so many before, in text order."""
        sentences = self._sentences.get(at.part, [])
        number = bisect_right(sentences, at.start, key=lambda each: each.start) - 1
        start = sentences[max(0, number - reach)].start if number >= 0 else at.start
        near = [each for each in self.events if each.trigger.part == at.part and start <= each.trigger.start < at.start]
        return sorted(near, key=lambda each: each.trigger)

    def claimants(self, quotation: Quotation | None) -> tuple[str, ...]:
        """The entities that the sources of a quotation denote."""
        sources = quotation.source if quotation else ()
        return tuple(dict.fromkeys(self.denotes[span] for span in sources if span in self.denotes))

    def voice(self, span: TextSpan) -> int:
        """Equal for spans that one quotation holds."""
        return id(self.holder.get(span))

    def evidence(self, at: TextSpan) -> TextSpan:
        """The stretch of content that holds a span, else its sentence."""
        holder = self.holder.get(at)
        contents = holder.content if holder else ()
        return next((content for content in contents if content.contains(at)), None) or self._sentence(at)

    def _sentence(self, at: TextSpan) -> TextSpan:
        sentences = self._sentences.get(at.part, [])
        number = bisect_right(sentences, at.start, key=lambda each: each.start) - 1
        if number >= 0 and sentences[number].contains(at):
            return sentences[number]
        return self._line(at)

    def _line(self, at: TextSpan) -> TextSpan:
        source = self.document.text if at.part == "text" else self.document.title or ""
        start = source.rfind("\n", 0, at.start) + 1
        end = source.find("\n", at.end)
        return TextSpan(at.document, start, len(source) if end < 0 else end, at.part)

    @cached_property
    def _sentences(self) -> Mapping[Part, list[TextSpan]]:
        spans = self.extraction.sentences or sorted({mention.sentence for mention in self.extraction.of(Mention)})
        parts: tuple[Part, ...] = ("text", "title")
        return {part: [span for span in spans if span.part == part] for part in parts}

    @cached_property
    def _anchors(self) -> Mapping[Part, list[TextSpan]]:
        spans = sorted(
            {*(event.trigger for event in self.events), *(figure.span for figure in self.figures), *self.free}
        )
        parts: tuple[Part, ...] = ("text", "title")
        return {part: [span for span in spans if span.part == part] for part in parts}

    def _within(self, content: TextSpan) -> Iterable[TextSpan]:
        spans = self._anchors.get(content.part, [])
        first = bisect_left(spans, content.start, key=lambda each: each.start)
        last = bisect_right(spans, content.end, key=lambda each: each.start)
        return [span for span in spans[first:last] if content.contains(span)]


def _length(quotation: Quotation) -> int:
    return sum(span.end - span.start for span in quotation.content)
