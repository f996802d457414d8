"""Who reads the batches: this process, or several that load the model once each.

Results come in the order of the batches, and no more batches are read ahead than keep the workers busy. A worker that
dies, for want of memory or by a signal, takes no article with it: what it had is read again, and an article that kills
its reader twice is a failure.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.pipeline.reader import Batch, Reader, Settings
from kg.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from typing import Self

    from kg.records import Run

    Documents = Sequence[Document]

#: Batches that are given out for each worker: one to read, one to go on with.
AHEAD = 2

#: What is told of an article that ends the process that reads it.
DIED = "the process that read it died twice, for want of memory perhaps; leave it out, or split it"


@contextmanager
def readers(settings: Settings, workers: int) -> Iterator[Alone | Crew]:
    """This process for one worker, else as many others."""
    if workers == 1:
        yield Alone(settings)
        return
    with Crew(settings, workers) as crew:
        yield crew


class Alone:
    """Reads batches in this process."""

    def __init__(self, settings: Settings) -> None:
        self.reader = Reader(settings)
        self.run = self.reader.run

    def read(self, batches: Iterable[Documents]) -> Iterator[Batch]:
        """Read batch after batch."""
        return map(self.reader.read_batch, batches)


class Crew:
    """Reads batches in processes of their own; a context manager, which ends them."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self.settings, self.workers = settings, workers
        self.pool = self._new_pool()
        self.run: Run = self.pool.submit(_run, settings).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def read(self, batches: Iterable[Documents]) -> Iterator[Batch]:
        """Read batches side by side; results in the batches' order."""
        waiting: deque[_Task] = deque()
        for documents in batches:
            waiting.append(_Task(self, documents))
            if len(waiting) > AHEAD * self.workers:
                yield from waiting.popleft().results()
        while waiting:
            yield from waiting.popleft().results()

    def submit(self, documents: Documents) -> tuple[ProcessPoolExecutor, Future[_Packed]]:
        """Give out a batch; with the pool that it was given to."""
        try:
            return self.pool, self.pool.submit(_read, self.settings, documents)
        except BrokenProcessPool:
            self.renew(self.pool)
            return self.submit(documents)

    def renew(self, broken: ProcessPoolExecutor) -> None:
        """Put new processes in the place of a broken pool, once."""
        if broken is self.pool:
            broken.shutdown(wait=False, cancel_futures=True)
            self.pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a fork would copy the store's threads half
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin)


class _Task:
    """A batch that was given out."""

    def __init__(self, crew: Crew, documents: Documents) -> None:
        self.crew, self.documents = crew, documents
        self.pool, self.future = crew.submit(documents)

    def results(self) -> Iterator[Batch]:
        """What became of the batch, in one piece or, after a death, in several."""
        for attempt in ("first", "second"):
            try:
                yield _unpacked(self.future.result())
            except BrokenProcessPool:
                self.crew.renew(self.pool)
                if attempt == "first":
                    self.pool, self.future = self.crew.submit(self.documents)
            else:
                return
        yield from self._one_by_one()

    def _one_by_one(self) -> Iterator[Batch]:
        if len(self.documents) == 1:
            yield Batch(failures=[Failure(self.documents[0].id, "worker", DIED)])
            return
        for document in self.documents:
            yield from _Task(self.crew, [document]).results()


# -------------------------------------------------------------------------------- in the worker

#: A batch on its way between processes, its entries as N-Quads: ten times faster than pickled quads.
_Packed = tuple[Batch, list[tuple[str, str, bytes]]]


def _begin() -> None:
    """Leave the interrupt key to the process that can tidy up; one thread, for there are other workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"


@lru_cache(maxsize=1)
def _reader(settings: Settings) -> Reader:
    return Reader(settings)


def _run(settings: Settings) -> Run:
    return _reader(settings).run


def _read(settings: Settings, documents: Documents) -> _Packed:
    batch = _reader(settings).read_batch(documents)
    packed = [(name, mark, _lines(quads)) for name, mark, quads in batch.entries]
    batch.entries = []
    return batch, packed


def _lines(quads: list[ox.Quad]) -> bytes:
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _unpacked(packed: _Packed) -> Batch:
    batch, entries = packed
    for name, mark, lines in entries:
        batch.entries.append((name, mark, list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))))
    return batch
