"""Who reads the batches: this process, several that load the model once each, or a cluster.

Results come in the order of the batches, and no more batches are read ahead than keep the workers busy. A worker that
dies, for want of memory or by a signal, takes no article with it: what it had is read again, and an article that kills
its reader twice is a failure.
"""

from __future__ import annotations

import gc
import os
import signal
from abc import abstractmethod
from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import ModelError
from kg.pipeline.parts import AS_IT_IS, PACKED, Part, joined, pack, unpack
from kg.pipeline.processes import Processes, WorkerDied
from kg.pipeline.reader import Batch, Reader, Settings
from kg.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from types import TracebackType
    from typing import Self

    from kg.records import Run

    Documents = Sequence[Document]

#: Batches that are given out for each worker: one to read, one to go on with.
AHEAD = 2

#: What is told of an article that ends the process that reads it.
DIED = "the process that read it died twice, for want of memory perhaps; leave it out, or split it"

#: What is told where not even the model could be loaded.
DIED_AT_ONCE = "a process that loaded the model was killed, for want of memory perhaps; take fewer --workers"

#: So many new objects, and ten times ten of that, between two looks for circles among them: texts and what is found in
#: them make few, and looking through the model and the vocabularies took a twentieth of a build.
SELDOM = (20_000, 10, 10)


class Readers(Protocol):
    """Reads batches somewhere; a context manager, which ends what it has started."""

    run: Run

    def read(self, batches: Iterable[Documents]) -> Iterator[Batch]:
        """Read batches, in their order."""

    def parts(self, batches: Iterable[Documents]) -> Iterator[Part]:
        """As above, packed: one for each batch."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Alone:
    """Reads batches in this process."""

    def __init__(self, settings: Settings) -> None:
        self.reader = Reader(settings)
        self.run = self.reader.run

    def __enter__(self) -> Self:
        self.collecting = gc.get_threshold()
        _collect_seldom()
        return self

    def __exit__(self, *_: object) -> None:
        gc.set_threshold(*self.collecting)
        gc.unfreeze()
        del self.reader
        gc.collect()

    def read(self, batches: Iterable[Documents]) -> Iterator[Batch]:
        """Read batch after batch."""
        return map(self.reader.read_batch, batches)

    def parts(self, batches: Iterable[Documents]) -> Iterator[Part]:
        """As above, packed."""
        return map(pack, self.read(batches))


class Others:
    """Reads batches in processes of their own, which may die."""

    workers: int

    def read(self, batches: Iterable[Documents]) -> Iterator[Batch]:
        """Read batches side by side; results in the batches' order."""
        return map(unpack, self._parts(batches, AS_IT_IS))

    def parts(self, batches: Iterable[Documents]) -> Iterator[Part]:
        """As above, packed."""
        return self._parts(batches, PACKED)

    def _parts(self, batches: Iterable[Documents], level: int) -> Iterator[Part]:
        waiting: deque[_Task] = deque()
        for documents in batches:
            waiting.append(_Task(self, documents, level))
            if len(waiting) > AHEAD * self.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    @abstractmethod
    def submit(self, documents: Documents, level: int) -> Any:
        """Give out a batch; a ticket for what becomes of it."""

    @abstractmethod
    def collect(self, ticket: Any) -> Part:
        """Wait for what was given out.

        Raises:
            WorkerDied: It is lost.
        """


class Crew(Others):
    """Reads batches in processes of this machine."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self.settings, self.workers = settings, workers
        self.processes = Processes(workers, _begin)
        self.run: Run = self._run()

    def _run(self) -> Run:
        try:
            run: Run = self.processes.submit(run_of, self.settings).result()
        except BaseException as error:
            self.processes.end()
            if isinstance(error, WorkerDied):
                raise ModelError(DIED_AT_ONCE) from error
            raise
        return run

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.processes.end()

    def submit(self, documents: Documents, level: int) -> Future[Part]:
        """Give out a batch."""
        return self.processes.submit(read_part, self.settings, documents, level)

    def collect(self, ticket: Future[Part]) -> Part:
        """What was given out, as its process sends it."""
        return ticket.result()


class _Task:
    """A batch that was given out."""

    def __init__(self, others: Others, documents: Documents, level: int) -> None:
        self.others, self.documents, self.level = others, documents, level
        self.ticket = others.submit(documents, level)

    def result(self) -> Part:
        """What became of the batch, read again if its reader died, and one by one after the second time."""
        for attempt in ("first", "second"):
            try:
                return self.others.collect(self.ticket)
            except WorkerDied:
                if attempt == "first":
                    self.ticket = self.others.submit(self.documents, self.level)
        return pack(joined(map(unpack, self._one_by_one())), self.level)

    def _one_by_one(self) -> Iterator[Part]:
        if len(self.documents) == 1:
            failure = Failure(self.documents[0].id, "worker", DIED)
            yield pack(Batch(failures=[failure]), self.level)
            return
        for document in self.documents:
            yield _Task(self.others, [document], self.level).result()


# -------------------------------------------------------------------------------- in the worker


def _begin() -> None:
    """Leave the interrupt key to the process that can tidy up; one thread, for there are other workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"


@lru_cache(maxsize=1)
def _reader(settings: Settings) -> Reader:
    reader = Reader(settings)
    _collect_seldom()
    return reader


def _collect_seldom() -> None:
    """Leave what is loaded out of garbage collection, and collect the rest in larger steps."""
    gc.freeze()
    gc.set_threshold(*SELDOM)


def run_of(settings: Settings) -> Run:
    """The versions that a worker reads with."""
    return _reader(settings).run


def read_part(settings: Settings, documents: Documents, level: int) -> Part:
    """The unit of work: documents in, a part out. The model is loaded once for each process."""
    return pack(_reader(settings).read_batch(documents), level)
