"""What is read: documents and their characters; the closed lists of values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

Part = Literal["text", "title"]
MentionKind = Literal["name", "nominal", "pronoun"]
QuotationKind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "estimated", "possible", "planned", "threatened", "alleged", "hypothetical", "habitual"]
Tense = Literal["past", "present", "future"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Temporality = Literal["nonFuture", "future"]
Precision = Literal["minute", "hour", "partOfDay", "day", "week", "month", "season", "year", "unknown"]
Bound = Literal["exactly", "about", "atLeast", "moreThan", "atMost", "lessThan", "between", "vague"]


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Characters `[start, end)` of one part of one document; the key that everything else refers to."""

    document: str
    start: int
    end: int
    part: Part = "text"

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def overlaps(self, other: TextSpan) -> bool:
        """Whether the two spans share a character."""
        return self.where == other.where and self.start < other.end and other.start < self.end

    def contains(self, other: TextSpan) -> bool:
        """Whether every character of `other` is one of this span's."""
        return self.where == other.where and self.start <= other.start and other.end <= self.end

    @property
    def where(self) -> tuple[str, Part]:
        """The document and the part that the offsets count in."""
        return self.document, self.part


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `id` is stable: given, or a hash of the content. `text` is never edited after it was read."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: dt.date | None = None
    language: str = "en"

    def words(self, span: TextSpan) -> str:
        """The characters that a span of this document stands for."""
        source = self.text if span.part == "text" else self.title or ""
        return source[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Run:
    """The versions that a reading depends on: kg's own, the ontology's, the language model's."""

    code: str
    ontology: str
    model: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A document, or a part of an input, that a stage could not read: data, not a line in a log."""

    document: str
    stage: str
    error: str
