"""Worker processes: a bounded number, one query each, killed at its limit, replaced when the store changes.

A query that lasts makes room as soon as somebody waits: it goes on in one of a few places for slow ones, at a lower
priority, and when those are taken too, the one that has had the longest time is stopped. What the service itself needs
to know for its pages has a place of its own. So whoever asks something short is answered at once, whatever others ask.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.serve.worker import Answer, work
from kg.store import freeze

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.limits import Limits
    from kg.serve.worker import Task

T = TypeVar("T")
_SPAWN = multiprocessing.get_context("spawn")

#: How often, in seconds, to look whether somebody wrote to the store.
LOOK = 1.0
#: How often, in seconds, to look whether somebody waits for the place of a query that lasts.
GLANCE = 0.1


class Worker:
    """One process with its pipe."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.slow = self.aside = self.stopped = False
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(
            target=work, args=(theirs, str(folder), limits.memory, limits.answer), daemon=True
        )
        self.process.start()
        theirs.close()
        self.pipe.recv()  # it is ready: a question's time does not count before

    def ask(self, task: Task, seconds: float) -> Any:
        """What comes of the task; None where the worker had to be killed, or died of its own hunger for memory."""
        try:
            self.pipe.send(task)
            if self.pipe.poll(seconds):
                return self.pipe.recv()
        except (EOFError, OSError):
            pass
        self.kill()
        return None

    def step_back(self) -> None:
        """Go on at a lower priority: whoever asks now comes first."""
        if self.slow:
            return
        self.slow = True
        with suppress(OSError):  # it has ended meanwhile
            os.setpriority(os.PRIO_PROCESS, self.process.pid or 0, 15)

    def stop(self) -> None:
        """End it in the middle of its task; whoever waits for its answer gets none."""
        self.stopped = True
        self.process.kill()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.process.is_alive()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class BusyError(Exception):
    """Everybody is at work and enough are waiting."""


class Pool:
    """Hands each question to a free worker over the newest snapshot of the store."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.store, self.limits = store, limits
        self.counts: Counter[str] = Counter()
        self.folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self._signature = ""
        self._looked = 0.0
        self._free: list[Worker] = []
        self._slow: list[Worker] = []
        self._turns, self._house = asyncio.Semaphore(limits.workers), asyncio.Semaphore(1)
        self._waiting = 0
        self._turnover = asyncio.Lock()
        self._snapshot = self.folder / "none"
        self._threads = ThreadPoolExecutor(limits.workers + limits.slow + 3)

    async def ask(self, task: Task, *, house: bool = False) -> Any:
        """Evaluate.

        Args:
            task: A question, or something else that a worker can answer.
            house: The service itself wants to know: a small question, which waits for nobody else's.

        Raises:
            BusyError: No worker became free in time.
        """
        turns = self._house if house else self._turns
        await self._get_turn(turns)
        return await self._evaluate(task, turns)

    async def version(self) -> str:
        """What changes when the store does."""
        await self._follow()
        return self._signature

    def close(self) -> None:
        """End all workers and remove their snapshots."""
        for worker in (*self._free, *self._slow):
            worker.kill()
        self._free.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    async def _get_turn(self, turns: asyncio.Semaphore) -> None:
        if turns.locked() and self._waiting >= self.limits.waiting:
            self.counts["refused"] += 1
            raise BusyError
        self._waiting += 1
        try:
            await asyncio.wait_for(turns.acquire(), self.limits.patience)
        except TimeoutError as error:
            self.counts["refused"] += 1
            raise BusyError from error
        finally:
            self._waiting -= 1

    async def _evaluate(self, task: Task, turns: asyncio.Semaphore) -> Any:
        worker = None
        try:
            await self._follow()
            worker = self._free.pop() if self._free else await self._aside(Worker, self._snapshot, self.limits)
            start = time.monotonic()
            answer = await self._answer(worker, task, turns)
            self.counts["queries"] += 1
        finally:
            if worker is None or not worker.aside:
                turns.release()
            elif worker in self._slow:
                self._slow.remove(worker)
        if answer is None:
            return self._given_up(worker, time.monotonic() - start)
        if worker.folder == self._snapshot and not worker.slow:
            self._free.append(worker)
        else:  # the store has changed meanwhile, or the worker has stepped back for good
            await self._aside(worker.kill)
        return answer

    async def _answer(self, worker: Worker, task: Task, turns: asyncio.Semaphore) -> Any:
        """Wait for the answer, and give the turn to others where it takes long and somebody waits.

        The service's own questions never step back: on a busy machine each would need a new worker after it.
        """
        start = time.monotonic()
        answer = asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, task, self.limits.seconds)
        while not (await asyncio.wait([answer], timeout=GLANCE))[0]:
            lasts = turns is not self._house and time.monotonic() - start > self.limits.quick
            if lasts and not worker.aside:
                worker.step_back()
                if self._waiting:
                    self._make_room(worker)
                    turns.release()
        return await answer

    def _make_room(self, worker: Worker) -> None:
        if len(self._slow) >= self.limits.slow:
            self._slow.pop(0).stop()
        worker.aside = True
        self._slow.append(worker)

    async def _aside(self, call: Callable[..., T], *values: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *values)

    def _given_up(self, worker: Worker, took: float) -> Answer:
        late = took >= self.limits.seconds
        self.counts["displaced" if worker.stopped else "late" if late else "large"] += 1
        seconds, size = f"{self.limits.seconds:g}", f"{self.limits.memory >> 20:,}"
        reason = f"took more than {seconds} seconds" if late else f"needed more than {size} MB of memory"
        if worker.stopped:
            reason = f"took {took:.1f} seconds while others were waiting"
        return Answer(503, "text/plain; charset=utf-8", f"the query {reason} and was stopped; narrow it\n".encode())

    async def _follow(self) -> None:
        """Take a new snapshot where the store has changed, and let the idle workers over the old one go."""
        async with self._turnover:
            if time.monotonic() - self._looked < LOOK:
                return
            signature = await self._aside(_signature, self.store)
            if signature != self._signature:
                await self._aside(self._renew)
                self._signature = await self._aside(_signature, self.store)
            self._looked = time.monotonic()

    def _renew(self) -> None:
        old, self._snapshot = self._snapshot, self.folder / f"{self.counts['snapshots']}"
        freeze(self.store, self._snapshot)
        self.counts["snapshots"] += 1
        for worker in self._free:
            worker.kill()
        self._free.clear()
        shutil.rmtree(old, ignore_errors=True)  # who still reads it holds its files open


def _signature(folder: Path) -> str:
    """Names, sizes and times of the database's files."""
    found = sorted((each.name, each.stat()) for each in folder.iterdir() if each.suffix in {".log", ".sst"})
    return repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in found])
