"""Worker processes: a bounded number, one query each, killed at its limit, replaced when the store changes."""

from __future__ import annotations

import asyncio
import multiprocessing
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.serve.worker import Answer, work
from kg.store import freeze

if TYPE_CHECKING:
    from kg.serve.limits import Limits
    from kg.serve.worker import Question

_SPAWN = multiprocessing.get_context("spawn")

#: How often, in seconds, to look whether somebody wrote to the store.
LOOK = 1.0


class Worker:
    """One process with its pipe."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(
            target=work, args=(theirs, str(folder), limits.memory, limits.answer), daemon=True
        )
        self.process.start()
        theirs.close()

    def ask(self, question: Question, seconds: float) -> Answer | None:
        """The answer; None where the worker had to be killed, or died of its own hunger for memory."""
        try:
            self.pipe.send(question)
            if self.pipe.poll(seconds):
                answer: Answer = self.pipe.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.kill()
        return None

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
        self._snapshots = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self._signature = ""
        self._looked = 0.0
        self._free: list[Worker] = []
        self._turns = asyncio.Semaphore(limits.workers)
        self._waiting = 0
        self._turnover = asyncio.Lock()
        self._folder = self._snapshots / "none"

    async def ask(self, question: Question) -> Answer:
        """Evaluate.

        Raises:
            BusyError: No worker became free in time.
        """
        await self._get_turn()
        try:
            return await self._evaluate(question)
        finally:
            self._turns.release()

    async def version(self) -> str:
        """What changes when the store does."""
        await self._follow()
        return self._signature

    def close(self) -> None:
        """End all workers and remove their snapshots."""
        for worker in self._free:
            worker.kill()
        self._free.clear()
        shutil.rmtree(self._snapshots, ignore_errors=True)

    async def _get_turn(self) -> None:
        if self._turns.locked() and self._waiting >= self.limits.waiting:
            self.counts["refused"] += 1
            raise BusyError
        self._waiting += 1
        try:
            await asyncio.wait_for(self._turns.acquire(), self.limits.patience)
        except TimeoutError as error:
            self.counts["refused"] += 1
            raise BusyError from error
        finally:
            self._waiting -= 1

    async def _evaluate(self, question: Question) -> Answer:
        await self._follow()
        worker = self._free.pop() if self._free else await asyncio.to_thread(Worker, self._folder, self.limits)
        start = time.monotonic()
        answer = await asyncio.to_thread(worker.ask, question, self.limits.seconds)
        self.counts["queries"] += 1
        if answer is None:
            return self._given_up(time.monotonic() - start)
        if worker.folder == self._folder:
            self._free.append(worker)
        else:  # the store has changed meanwhile
            worker.kill()
        return answer

    def _given_up(self, took: float) -> Answer:
        late = took >= self.limits.seconds
        self.counts["late" if late else "large"] += 1
        seconds, size = f"{self.limits.seconds:g}", f"{self.limits.memory >> 20:,}"
        reason = f"took more than {seconds} seconds" if late else f"needed more than {size} MB of memory"
        return Answer(503, "text/plain; charset=utf-8", f"the query {reason} and was stopped; narrow it\n".encode())

    async def _follow(self) -> None:
        """Take a new snapshot where the store has changed, and let the idle workers over the old one go."""
        async with self._turnover:
            if time.monotonic() - self._looked < LOOK:
                return
            signature = await asyncio.to_thread(_signature, self.store)
            if signature != self._signature:
                await asyncio.to_thread(self._renew)
                self._signature = await asyncio.to_thread(_signature, self.store)
            self._looked = time.monotonic()

    def _renew(self) -> None:
        old, self._folder = self._folder, self._snapshots / f"{self.counts['snapshots']}"
        freeze(self.store, self._folder)
        self.counts["snapshots"] += 1
        for worker in self._free:
            worker.kill()
        self._free.clear()
        shutil.rmtree(old, ignore_errors=True)  # who still reads it holds its files open


def _signature(folder: Path) -> str:
    """Names, sizes and times of the database's files."""
    found = sorted((each.name, each.stat()) for each in folder.iterdir() if each.suffix in {".log", ".sst"})
    return repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in found])
