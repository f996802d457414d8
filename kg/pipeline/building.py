"""From files to a store, in batches; a run that was stopped goes on where it was."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from kg import derived
from kg.corpus import read_documents
from kg.graph import reference_quads
from kg.nlp import batches
from kg.pipeline.engines import readers
from kg.pipeline.failures import Failures
from kg.pipeline.reader import Batch, Reader, Settings, fingerprint
from kg.pipeline.workers import Alone
from kg.records import Document, Failure, Resolution, Run
from kg.store import open_store
from kg.vocab import load_schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.corpus import Tally
    from kg.derived import Told
    from kg.pipeline.workers import Readers
    from kg.store import Store

T = TypeVar("T")

#: New articles after which the store's files are compacted: reading gets twice as fast, writing costs as much again.
WORTH_COMPACTING = 1000


@dataclass(slots=True)
class Summary:
    """What a build did; `seconds` are CPU seconds by stage, `counts` records by kind.

    `left_out` are articles that the store does not hold, where it was only to be brought up to date.
    """

    read: int = 0
    unchanged: int = 0
    left_out: int = 0
    words: int = 0
    repeated: list[str] = field(default_factory=list)
    failures: Failures = field(default_factory=Failures)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, batch: Batch) -> None:
        """Account for a batch that was read."""
        self.words += batch.words
        self.failures.extend(batch.failures)
        self.counts.update(batch.counts)
        for stage, seconds in batch.seconds.items():
            self.seconds[stage] += seconds


def resolutions(
    paths: Iterable[str | Path], settings: Settings | None = None, published: dt.date | None = None
) -> Iterator[Resolution | Failure]:
    """Read articles from files; nothing is stored."""
    inputs = read_documents(paths, published=published)  # first: a wrong path need not wait for the model
    failures: list[Failure] = []
    yield from Reader(settings).read(documents_of(inputs, failures.append))
    yield from failures


def build(  # noqa: PLR0913 - what a run depends on, and what it tells
    paths: Iterable[str | Path],
    store_path: Path,
    settings: Settings | None = None,
    published: dt.date | None = None,
    *,
    progress: Callable[[Summary], object] = lambda _: None,
    workers: int | None = None,
    engine: str = "processes",
    tally: Tally | None = None,
    refresh: bool = False,
) -> Summary:
    """Read articles into a store; those that it holds already, read from the same text by the same code, stay.

    Args:
        paths: Files, folders or "-".
        store_path: The folder of the store; made where there is none.
        settings: What the reading depends on.
        published: The date of articles that say none themselves.
        progress: Called with the account so far after every article that has become durable.
        workers: Processes that read, one if left out, with a cluster all it has; the result is the same.
        engine: A name of `ENGINES`: where the processes are.
        tally: Where to note how many bytes of the input have been read.
        refresh: Add no articles: read again those of the store that other code, ontology or model has read.

    Raises:
        InputError: A path does not exist, or the engine cannot be reached.
        ModelError, StoreError: The model cannot be loaded; the store is in use by another process.
    """
    inputs = read_documents(paths, published=published, tally=tally)  # first, for a wrong path can be told at once
    summary, settings = Summary(), settings or Settings()
    with ExitStack() as held, ExitStack() as reading:
        crew = reading.enter_context(readers(settings, workers, engine))
        store = held.enter_context(open_store(store_path))
        store.set_graphs(reference_quads(load_schema(), settings.base_iri))
        wanted = _held(inputs, store, summary) if refresh else inputs
        _follow(_stored(wanted, store, crew, summary, unfinished(store_path)), summary, progress)
        reading.close()  # the model's memory is the derivation's
        finish(store_path, store, summary)
    return summary


def _follow(stored: Iterable[str], summary: Summary, progress: Callable[[Summary], object]) -> None:
    for _ in stored:
        summary.read += 1
        progress(summary)


def _held(inputs: Iterable[Document | Failure], store: Store, summary: Summary) -> Iterator[Document | Failure]:
    """Articles that the store has in some version; the others are counted."""
    for each in inputs:
        if isinstance(each, Document) and store.fingerprint(each.id) is None:
            summary.left_out += 1
        else:
            yield each


def unfinished(store_path: Path) -> Path:
    """A file that is there from before the first article is stored until what is derived from all is stored too."""
    return store_path.with_name(f"{store_path.name}.unfinished")


def _stored(
    inputs: Iterator[Document | Failure], store: Store, crew: Readers, summary: Summary, mark: Path
) -> Iterator[str]:
    """Read what is new and store it; ids, each as its article becomes durable. Time no other stage took is its own."""
    start = time.process_time()
    documents = documents_of(timed(inputs, "corpus", summary), summary.failures.append)
    new = batches(_new(documents, store, crew.run, summary))
    told: dict[str, tuple[str, Told]] = {}
    learning = 0.0
    with derived.learning(store) as learn:
        for name in store.replace_all(_entries(crew.read(new), summary, mark, told)):
            before = time.process_time()
            learn(name, *told.pop(name))
            learning += time.process_time() - before
            yield name
    summary.seconds["derived"] += learning
    elsewhere = sum(summary.seconds.values()) if isinstance(crew, Alone) else summary.seconds["corpus"] + learning
    summary.seconds["store"] = time.process_time() - start - elsewhere


def finish(store_path: Path, store: Store, summary: Summary) -> None:
    """Rebuild what is derived, where this run or one that was stopped has stored anything."""
    if not unfinished(store_path).exists():
        return
    start = time.process_time()
    derived.rebuild(store)
    if summary.read >= WORTH_COMPACTING:
        store.optimize()
    summary.seconds["derived"] += time.process_time() - start
    unfinished(store_path).unlink()


def timed(items: Iterator[T], stage: str, summary: Summary) -> Iterator[T]:
    """The items; the CPU seconds that they take go to a stage."""
    start = time.process_time()
    for item in items:
        summary.seconds[stage] += time.process_time() - start
        yield item
        start = time.process_time()


def documents_of(inputs: Iterable[Document | Failure], fail: Callable[[Failure], None]) -> Iterator[Document]:
    """The articles; failures go elsewhere."""
    for each in inputs:
        if isinstance(each, Document):
            yield each
        else:
            fail(each)


def _new(documents: Iterable[Document], store: Store, run: Run, summary: Summary) -> Iterator[Document]:
    """Leave out what the store holds; note an id that comes twice, since the later one replaces the earlier."""
    seen: set[str] = set()
    wanted: set[str] = set()  # what the store holds of these is about to be replaced
    for document in documents:
        if document.id in seen:
            summary.repeated.append(document.id)
        seen.add(document.id)
        if document.id not in wanted and store.fingerprint(document.id) == fingerprint(document, run):
            summary.unchanged += 1
        else:
            wanted.add(document.id)
            yield document


def _entries(
    read: Iterable[Batch], summary: Summary, mark: Path, told: dict[str, tuple[str, Told]]
) -> Iterator[tuple[str, str, list[Quad]]]:
    """What the store takes: id, fingerprint and quads of each article that could be read; what it tells of goes apart.

    An id that comes twice stays once, as the last article that has it, in the store as here.
    """
    for batch in read:
        summary.add(batch)
        if batch.entries:
            mark.touch()
        entries = batch.entries[::-1]
        batch.entries.clear()
        while entries:  # each is let go of as it is given away: there lies the peak of memory
            entry = entries.pop()
            told[entry[0]] = entry[1], batch.told[entry[0]]
            yield entry
