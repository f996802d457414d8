"""The contents that a cue may have: as the tagger and the rules read it, or with an edge moved or a piece left out.

Tagger and rules agree where a quotation is and differ in where it ends: before or behind a relative clause, a second
main clause, a time. Each boundary of the parse near the edge that was read makes one more choice; `verdict` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pycrfsuite

    from kg.extract.quotations.attribution import Attribution
    from kg.extract.quotations.marks import Layout
    from kg.extract.quotations.window import Told, Unit

Units = frozenset[int]

#: Boundaries that are tried on each side of an edge that was read.
NEAREST = 3
#: Words that a content may end before, or begin behind.
BREAKS = frozenset({",", ";", ":", "—", "–", "-", "--", "…", "...", "(", ")", ".", "?", "!"})
#: Words that a content does not end with.
DANGLING = frozenset({"and", "but", "or", "which", "who", "while", "when", "as", "because", "with"})
#: Phrases that a content may end before.
ADDED = ("relcl", "advcl", "conj", "acl", "parataxis", "npadvmod", "ccomp", "prep", "dep")
#: A choice that is less likely than this, beside the likeliest path, is none.
UNLIKELY = 1e-4


@dataclass(frozen=True, slots=True)
class Choice:
    """A content in units of the window; `chance` is the tagger's for the path that reads it so."""

    units: Units
    origin: str
    chance: float


@dataclass(frozen=True, slots=True)
class Read:
    """One cue as the tagger reads it: how likely it is one, units and their labels, and the contents it may have."""

    cue: int
    chance: float
    around: tuple[Unit, ...]
    labels: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A window as the choices see it: its words, which units may be content, and where phrases begin."""

    words: tuple[str, ...]
    cue: int
    source: Units
    begins: tuple[bool, ...]


def choices(page: Layout, model: pycrfsuite.Tagger, known: Told, read: Read) -> tuple[Choice, ...]:
    """All contents that come into question, each once; the model has just tagged the window."""
    frame = _frame(page, known, read)
    tagged = frozenset(at for at, label in enumerate(read.labels) if label.endswith("C"))
    ruled = _of_rule(read.around, known.ruled.get(read.cue)) - {frame.cue}
    found: dict[Units, tuple[str, Units]] = {}
    for origin, units in _variants(frame, tagged, ruled):
        found.setdefault(_trimmed(frame, units), (origin, units))
    found.pop(frozenset(), None)
    made = [Choice(key, origin, _chance(model, read.labels, units)) for key, (origin, units) in found.items()]
    best = max((each.chance for each in made), default=0.0)
    return tuple(each for each in made if each.chance >= best * UNLIKELY or each.origin != "edge")


def _frame(page: Layout, known: Told, read: Read) -> Frame:
    return Frame(
        tuple(page.words[unit.start] if unit.end - unit.start == 1 else "QUOTE" for unit in read.around),
        next(at for at, unit in enumerate(read.around) if unit.start <= read.cue < unit.end),
        frozenset(at for at, label in enumerate(read.labels) if label.endswith("S")),
        tuple(known.begins.get(unit.start, "").startswith(ADDED) for unit in read.around),
    )


def _of_rule(around: Sequence[Unit], rule: Attribution | None) -> Units:
    if rule is None:
        return frozenset()
    said = set(rule.content)
    return frozenset(at for at, unit in enumerate(around) if unit.start in said)


def _variants(frame: Frame, tagged: Units, ruled: Units) -> Iterator[tuple[str, Units]]:
    """What was read, then with a piece left out, then with an edge moved."""
    yield ("both" if tagged == ruled else "tagger"), tagged
    yield "rules", ruled
    if tagged and ruled:
        yield "union", tagged | ruled
    for base in (tagged, ruled):
        pieces = list(_pieces(base))
        for piece in pieces:
            rest = base - frozenset(range(*piece))
            if rest:
                yield "piece", rest
            for start, end in _moved(frame, *piece):
                yield "edge", rest | frozenset(range(start, end))


def _pieces(units: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs, half-open."""
    run: list[int] = []
    for at in sorted(units):
        if run and at != run[-1] + 1:
            yield run[0], run[-1] + 1
            run = []
        run.append(at)
    if run:
        yield run[0], run[-1] + 1


def _moved(frame: Frame, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The piece with its right or its left edge at a boundary nearby; never over the cue or the source."""
    shorter = [at for at in range(end - 1, start, -1) if _is_boundary(frame, at)][:NEAREST]
    longer = [at for at in range(end + 1, _limit(frame, end, 1) + 1) if _is_boundary(frame, at)]
    for at in (*shorter, *longer[:NEAREST], *longer[NEAREST:][-1:]):
        yield start, at
    later = [at for at in range(start + 1, end) if _is_boundary(frame, at)][:NEAREST]
    earlier = [at for at in range(start - 1, _limit(frame, start, -1) - 1, -1) if _is_boundary(frame, at)]
    for at in (*later, *earlier[:NEAREST], *earlier[NEAREST:][-1:]):
        yield at, end


def _limit(frame: Frame, edge: int, step: int) -> int:
    """How far an edge may move: up to the cue, the source or the window's end."""
    at = edge if step > 0 else edge - 1
    while 0 <= at < len(frame.words) and at != frame.cue and at not in frame.source:
        at += step
    return at if step > 0 else at + 1


def _is_boundary(frame: Frame, at: int) -> bool:
    """Whether a phrase ends before a unit and another begins with it."""
    if at in {0, len(frame.words)}:
        return True
    before, word = frame.words[at - 1], frame.words[at]
    return (
        before in BREAKS or word in BREAKS or frame.begins[at] or before == "QUOTE" or word == "QUOTE"
        or at in {frame.cue, frame.cue + 1} or (at in frame.source) != (at - 1 in frame.source)
    )  # fmt: skip


def _trimmed(frame: Frame, units: Units) -> Units:
    """Without punctuation at the edges of its pieces, so that a comma makes no choice of its own."""
    kept: set[int] = set()
    for start, end in _pieces(units):
        first, last = start, end
        while first < last and not frame.words[first][0].isalnum():
            first += 1
        while last > first and (not frame.words[last - 1][0].isalnum() or frame.words[last - 1].lower() in DANGLING):
            last -= 1
        kept.update(range(first, last))
    return frozenset(kept)


def _chance(model: pycrfsuite.Tagger, labels: Sequence[str], units: Units) -> float:
    """The tagger's probability of the path that has just this content, sources as it tagged them."""
    path: list[str] = []
    for at, label in enumerate(labels):
        part = "C" if at in units else "O" if label.endswith("C") else label[-1]
        before = path[-1][-1] if path else "O"
        path.append(part if part == "O" else f"{'I' if before == part else 'B'}-{part}")
    try:
        return float(model.probability(path))
    except RuntimeError:  # a label that a small training set has none of
        return 0.0
