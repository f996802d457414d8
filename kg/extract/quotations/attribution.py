"""An attribution as the rules and the tagger hand it on, in tokens; and how it becomes a `Quotation` of the article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.syntax import token_span
from kg.records import Quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.extract.quotations.marks import Layout
    from kg.records import QuotationKind, TextSpan

RELATIVE = frozenset({"which", "that", "who"})
TIMES = frozenset({"DATE", "TIME"})
#: What a piece of a quotation neither begins nor ends with.
EDGES = frozenset({",", ";", ":", "–", "—", "-", "--", "…", "..."})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One quotation in tokens: sorted indices of its parts, `head` being the cue's governing token (-1: no cue)."""

    head: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    stance: str = "asserts"
    addressee: tuple[int, ...] = ()
    accused: tuple[int, ...] = ()
    negated: bool = False
    found_by: str = ""
    confidence: float | None = None


def tidy(page: Layout, found: Attribution) -> Attribution | None:
    """Make the parts disjoint and trim them; None where no content is left."""
    taken = {*found.cue, *found.source, *page.datelines}
    content = [at for at in _this_side(page, found) if at not in taken]
    content = [at for piece in _pieces(content) for at in _core(page, trimmed(page, piece))]
    pieces = _pieces(set(found.source) - page.datelines)
    source = [at for piece in pieces for at in _undated(page, trimmed(page, piece))]
    while len(source) > 1 and page.about.labels[source[-1]] == "prep":
        source.pop()
    if not any(page.words[at][0].isalnum() for at in content):
        return None
    return replace(found, content=tuple(content), source=tuple(source))


def _this_side(page: Layout, found: Attribution) -> Sequence[int]:
    """The content without what a semicolon outside of marks parts from the cue, unless "that" goes on behind it."""
    start, end = page.around(found.head) if found.head >= 0 else (0, 0)
    walls = [at for at in range(start, end) if page.words[at] == ";" and _parts(page, at, found.head)]
    first = max((at for at in walls if at < found.head), default=-1)
    last = min((at for at in walls if at > found.head), default=len(page.words))
    return [at for at in found.content if first < at < last or not start <= at < end]


def _parts(page: Layout, at: int, cue: int) -> bool:
    behind = page.words[at + 1].lower() if at + 1 < len(page.words) else ""
    return page.quoted[at] in {-1, page.quoted[cue]} and behind not in {"that", "and", "but"}


def trimmed(page: Layout, piece: Sequence[int]) -> Sequence[int]:
    """A run of tokens without blanks, commas and dashes at its ends, nor a stop outside of marks."""
    start, end = 0, len(piece)
    while start < end and (_is_edge(page, piece[start]) or page.words[piece[start]] == "."):
        start += 1
    while end > start and (_is_edge(page, piece[end - 1]) or _is_last_stop(page, piece, end)):
        end -= 1
    run = piece[start:end]
    return run if any(page.words[at][0].isalnum() for at in run) else ()


def _undated(page: Layout, source: Sequence[int]) -> Sequence[int]:
    """A source without the time behind it that belongs to the cue: "the governor this week said"."""
    end = len(source)
    while end and page.about.entities[source[end - 1]] in TIMES:
        end -= 1
    outside = {page.about.heads[at] for at in source[end:]}.isdisjoint(source[:end])
    return source[:end] if end and outside else source


def _core(page: Layout, piece: Sequence[int]) -> Sequence[int]:
    """A run without the relative pronoun or the "a claim" that only ties it to the next clause."""
    while len(piece) > 1 and page.words[piece[-1]].lower() in RELATIVE:
        piece = trimmed(page, piece[:-1])
    return piece


def _is_edge(page: Layout, at: int) -> bool:
    word = page.words[at]
    return word in EDGES or word.isspace()


def _is_last_stop(page: Layout, piece: Sequence[int], end: int) -> bool:
    return page.words[piece[end - 1]] == "." and page.quoted[piece[end - 1]] < 0


def _pieces(tokens: Iterable[int]) -> Iterator[list[int]]:
    """Unbroken runs, in text order."""
    run: list[int] = []
    for at in sorted(tokens):
        if run and at != run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def spans(page: Layout, tokens: Iterable[int]) -> tuple[TextSpan, ...]:
    """The characters of every unbroken run."""
    return tuple(token_span(page.doc[run[0]], page.doc[run[-1]]) for run in _pieces(tokens))


def kind_of(page: Layout, content: Sequence[int]) -> QuotationKind:
    """Direct: all words stand in marks; mixed: some; indirect: none."""
    said = [at for at in content if page.words[at][0].isalnum()]
    marked = sum(page.quoted[at] >= 0 for at in said)
    if marked == len(said):
        return "direct"
    return "mixed" if marked else "indirect"


def quotations(page: Layout, found: Sequence[Attribution]) -> list[Quotation]:
    """Records in the order given; an attribution that stands inside another's content was reported by that one."""
    holders: dict[int, list[int]] = defaultdict(list)
    for at, each in enumerate(found):
        for token in each.content:
            holders[token].append(at)
    reporter = {at: _reporter(each, found, holders) for at, each in enumerate(found)}
    made: dict[int, Quotation] = {}

    def make(at: int) -> Quotation:
        if at not in made:
            outer = reporter[at]
            made[at] = _quotation(page, found[at], None if outer is None else make(outer))
        return made[at]

    return [make(at) for at in range(len(found))]


def _reporter(inner: Attribution, found: Sequence[Attribution], holders: Mapping[int, Sequence[int]]) -> int | None:
    """The smallest quotation whose content holds the whole of this one, cue and source too."""
    whole = {*inner.cue, *inner.source, *inner.content}
    outer = [
        (len(found[at].content), at)
        for at in holders.get(min(whole), ())
        if len(found[at].content) > len(inner.content) and whole.issubset(found[at].content)
    ]
    return min(outer)[1] if outer else None


def _quotation(page: Layout, found: Attribution, reported_by: Quotation | None) -> Quotation:
    one = {
        name: next(iter(spans(page, tokens)), None) for name, tokens in (("to", found.addressee), ("of", found.accused))
    }
    return Quotation(
        content=spans(page, found.content),
        cue=spans(page, found.cue),
        source=spans(page, found.source),
        kind=kind_of(page, found.content),
        stance=found.stance,
        addressee=one["to"],
        accused=one["of"],
        reported_by=reported_by,
        negated=found.negated,
    )
