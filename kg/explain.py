"""Why a sentence gave what it gave: each finding with its rule, each cue or trigger that gave nothing, with why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.corpus import read_documents
from kg.errors import InputError
from kg.extract import make_explainer
from kg.nlp import parse
from kg.pipeline import Reader, Settings
from kg.records import Document, Event, Failure, Figure, Finding, Mention, Quotation, Relation, TextSpan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from kg.nlp import Parsed
    from kg.records import Extraction, Rejection


def explanation(text: str, settings: Settings | None = None, published: dt.date | None = None) -> Iterator[str]:
    """Lines for people: each sentence, below it what was found and what was turned down.

    Args:
        text: A sentence or a few, or the path of a file of articles.
        settings: What the reading depends on.
        published: The date of the text, where it gives none.

    Raises:
        InputError: The text is empty.
    """
    reader = Reader(settings)
    explain = make_explainer(reader.schema)
    for parsed in parse(_documents(text, published), reader.nlp):
        if isinstance(parsed, Failure):
            yield parsed.error
            continue
        parts = [part for part in (parsed.title, parsed.text) if part is not None]
        extraction = reader.extract(parsed.document.id, parts)
        yield from _article(parsed, extraction, [each for part in parts for each in explain(part)])


def _documents(text: str, published: dt.date | None) -> Iterator[Document]:
    if not text.strip():
        raise InputError("there is no text to explain; give a sentence in quotation marks, or a file")
    if len(text) < 1000 and Path(text).is_file():  # longer names are no paths
        found = read_documents((text,), published=published)
        yield from (each for each in found if isinstance(each, Document))
    else:
        yield Document("text", text, published=published)


def _article(parsed: Parsed, extraction: Extraction, rejections: Iterable[Rejection]) -> Iterator[str]:
    document = parsed.document
    for sentence in extraction.sentences:
        yield f"{sentence.part} {sentence.start}-{sentence.end}: {_quote(document, sentence)}"
        for found in extraction.findings:
            if sentence.contains(_anchor(found)):
                yield f"  + {_finding(document, found)}"
        for each in rejections:
            if sentence.contains(each.span):
                yield f"  - {document.words(each.span)!r}: nothing, since {each.reason} [{each.rule}]"


def _finding(document: Document, finding: Finding) -> str:
    record = finding.record
    sure = "" if finding.confidence is None else f", {finding.confidence:.2f}"
    return f"{type(record).__name__.lower()}: {_described(document, finding)} [{finding.found_by}{sure}]"


def _described(document: Document, finding: Finding) -> str:
    match finding.record:
        case Quotation() as said:
            parts = [f"{name} {_quotes(document, spans)}" for name, spans in _runs(said) if spans]
            return f"{'not ' if said.negated else ''}{said.stance}, {said.kind}, {', '.join(parts)}"
        case Event() as event:
            roles = [f"{each.role} {_quote(document, each.span)}" for each in event.arguments]
            heads = [event.type, f"trigger {_quote(document, event.trigger)}", event.polarity, event.modality]
            return ", ".join([*heads, *roles])
        case Figure() as figure:
            bounds = f"low {figure.low}, best {figure.best}, high {figure.high}"
            return f"{_quote(document, figure.span)}: {figure.measure}, {figure.unit}, {figure.bound}, {bounds}"
        case Mention() as mention:
            return f"{_quote(document, mention.span)}: {mention.label}, {mention.kind}"
        case Relation() as relation:
            return f"{_quote(document, relation.subject)} {relation.predicate} {_quote(document, relation.object)}"


def _runs(said: Quotation) -> tuple[tuple[str, tuple[TextSpan, ...]], ...]:
    return ("source", said.source), ("cue", said.cue), ("content", said.content)


def _anchor(finding: Finding) -> TextSpan:
    """The words that decide which sentence a finding is shown under."""
    match finding.record:
        case Quotation() as said:
            return (said.cue or said.source or said.content)[0]
        case Event() as event:
            return event.trigger
        case Relation() as relation:
            return relation.subject
        case Mention() | Figure() as record:
            return record.span


def _quotes(document: Document, spans: Iterable[TextSpan]) -> str:
    return " … ".join(_quote(document, span) for span in spans)


def _quote(document: Document, span: TextSpan) -> str:
    return repr(" ".join(document.words(span).split()))
