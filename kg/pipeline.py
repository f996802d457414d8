"""The order of the stages; the only module that knows it.

    corpus -> nlp -> extract -> resolve -> graph -> store

Documents stream through: memory is that of one batch. What fails is a `Failure` with its stage, never an exception
that stops the others.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import __version__, derived
from kg.corpus import read_documents
from kg.extract import make_extractor
from kg.extract.quotations import SHIPPED, weights_name
from kg.gazetteer import load_gazetteer
from kg.graph import make_quads, reference_quads
from kg.nlp import DEFAULT_MODEL, load_pipeline, model_name, parse
from kg.records import Document, Failure, Resolution, Run
from kg.resolve import make_resolver
from kg.store import open_store
from kg.vocab import DATA, load_schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.nlp import Parsed
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reading depends on beside the text."""

    model: str = DEFAULT_MODEL
    rules_only: bool = False
    quotation_model: Path | None = None
    base_iri: str = DATA


@dataclass(slots=True)
class Summary:
    """What a build did; `seconds` are CPU seconds by stage, `counts` records by kind."""

    read: int = 0
    unchanged: int = 0
    words: int = 0
    repeated: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))


class Reader:
    """Reads articles: holds the loaded model, vocabularies and gazetteer, which take a second to load."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.schema = load_schema()
        self.nlp = load_pipeline(self.schema, self.settings.model)
        weights = self.settings.quotation_model or SHIPPED
        reading = model_name(self.nlp) + (", rules only" if self.settings.rules_only else f", {weights_name(weights)}")
        self.run = Run(code=__version__, ontology=self.schema.version, model=reading)
        self.extract = make_extractor(self.schema, rules_only=self.settings.rules_only, quotation_model=weights)
        self.resolve = make_resolver(self.schema, load_gazetteer(self.schema.regions))
        self.seconds: dict[str, float] = defaultdict(float)

    def read(self, documents: Iterable[Document]) -> Iterator[Resolution | Failure]:
        """Read articles, in order; a failure stands where its article would."""
        for parsed in self._timed("nlp", parse(documents, self.nlp)):
            yield parsed if isinstance(parsed, Failure) else self._resolution(parsed)

    def _resolution(self, parsed: Parsed) -> Resolution | Failure:
        document, stage = parsed.document, "extract"
        start = time.process_time()
        try:
            extraction = self.extract(document.id, [part for part in (parsed.title, parsed.text) if part is not None])
            stage, start = "resolve", self._lap("extract", start)
            return self.resolve(document, extraction)
        except Exception as error:  # noqa: BLE001  # whatever one article provokes must not stop the others
            return Failure(document.id, stage, f"{type(error).__name__}: {error}")
        finally:
            self._lap(stage, start)

    def _timed(self, stage: str, items: Iterator[Parsed | Failure]) -> Iterator[Parsed | Failure]:
        start = time.process_time()
        for item in items:
            self._lap(stage, start)
            yield item
            start = time.process_time()

    def _lap(self, stage: str, start: float) -> float:
        now = time.process_time()
        self.seconds[stage] += now - start
        return now


def resolutions(
    paths: Iterable[str | Path], settings: Settings | None = None, published: dt.date | None = None
) -> Iterator[Resolution | Failure]:
    """Read articles from files; nothing is stored."""
    inputs = read_documents(paths, published=published)  # first: a wrong path need not wait for the model
    failures: list[Failure] = []
    yield from Reader(settings).read(_documents(inputs, failures.append))
    yield from failures


def build(
    paths: Iterable[str | Path],
    store_path: Path,
    settings: Settings | None = None,
    published: dt.date | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> Summary:
    """Read articles into a store; those that it holds already, read from the same text by the same code, stay.

    Args:
        paths: Files, folders or "-".
        store_path: The folder of the store; made where there is none.
        settings: What the reading depends on.
        published: The date of articles that say none themselves.
        progress: Called with the number of articles that have become durable since the last call.

    Raises:
        InputError: A path does not exist.
        StoreError: The store is in use by another process.
    """
    inputs = read_documents(paths, published=published)  # first: a wrong path need not wait for the model
    summary, reader = Summary(), Reader(settings)
    with open_store(store_path) as store:
        store.set_graphs(reference_quads(reader.schema, reader.settings.base_iri))
        documents = _documents(inputs, summary.failures.append)
        found = reader.read(_new(documents, store, reader.run, summary))
        start = time.process_time()
        for _ in store.replace_all(_entries(found, reader, summary)):
            summary.read += 1
            progress(1)
        summary.seconds = reader.seconds | summary.seconds
        summary.seconds["corpus, store"] = time.process_time() - start - sum(summary.seconds.values())
        start = time.process_time()
        derived.rebuild(store)
        summary.seconds["derived"] = time.process_time() - start
    return summary


def fingerprint(document: Document, run: Run) -> str:
    """What an article's graph depends on, as a hash: its text and metadata, the versions that read it."""
    return hashlib.sha256(repr((document, run)).encode()).hexdigest()


def _documents(inputs: Iterable[Document | Failure], fail: Callable[[Failure], None]) -> Iterator[Document]:
    for each in inputs:
        if isinstance(each, Document):
            yield each
        else:
            fail(each)


def _new(documents: Iterable[Document], store: Store, run: Run, summary: Summary) -> Iterator[Document]:
    """Leave out what the store holds; note an id that comes twice, since the later one replaces the earlier."""
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            summary.repeated.append(document.id)
        seen.add(document.id)
        if store.fingerprint(document.id) == fingerprint(document, run):
            summary.unchanged += 1
        else:
            yield document


def _entries(
    resolutions: Iterable[Resolution | Failure], reader: Reader, summary: Summary
) -> Iterator[tuple[str, str, list[Quad]]]:
    """What the store takes: id, fingerprint and quads of each article that could be read."""
    quads = make_quads(reader.schema, reader.settings.base_iri, reader.run)
    for each in resolutions:
        if isinstance(each, Failure):
            summary.failures.append(each)
        else:
            start = time.process_time()
            entry = each.document.id, fingerprint(each.document, reader.run), list(quads(each))
            summary.seconds["graph"] += time.process_time() - start
            _count(each, summary)
            yield entry


def _count(resolution: Resolution, summary: Summary) -> None:
    summary.words += len(resolution.document.text.split())
    summary.counts.update(type(found.record).__name__ for found in resolution.extraction.findings)
    summary.counts["Claim"] += len(resolution.claims)
