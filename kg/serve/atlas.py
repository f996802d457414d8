"""Keeps the overview of the store up to date: built in a process of its own, swapped in when it is ready."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from kg.serve.lookup import Lookup
from kg.serve.overview import build
from kg.store import freeze, open_store
from kg.view.reading import data_namespace

if TYPE_CHECKING:
    from pathlib import Path

    from kg.serve.pool import Pool

_SPAWN = multiprocessing.get_context("spawn")
#: An overview that took a second to build is kept for three at least, so that a long build of the store is no burden.
REST = 3.0
#: Look-ups that may take longer than a suggestion should wait.
LONG = frozenset({"path", "matching"})


class NotReadyError(Exception):
    """There is no overview yet."""


class Atlas:
    """Look-ups in the newest overview. `base` is the namespace of the data that it was read with."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._built: asyncio.Task[None] | None = None
        self._process: Any = None
        self._signature, self._number, self._rest = "", 0, 0.0
        self._lookups: tuple[Lookup, Lookup] | None = None
        self._threads = (ThreadPoolExecutor(1), ThreadPoolExecutor(1))
        self.base = ""

    async def ask(self, name: str, *values: Any) -> Any:
        """The result of a method of `Lookup`; waits for the first overview for as long as a question waits its turn.

        Raises:
            NotReadyError: It is still being built.
        """
        await self.follow()
        if not self._lookups and self._built:
            await asyncio.wait([self._built], timeout=self._pool.limits.patience)
        if not self._lookups:
            raise NotReadyError
        long = int(name in LONG)
        call = getattr(self._lookups[long], name)
        return await asyncio.get_running_loop().run_in_executor(self._threads[long], call, *values)

    async def follow(self) -> None:
        """Begin a new overview where the store has changed and none is being built."""
        signature = await self._pool.version()
        if self._built and not self._built.done():
            return
        if signature != self._signature and time.monotonic() >= self._rest:
            self._signature = signature
            self._built = asyncio.create_task(self._build())

    async def settled(self) -> None:
        """Wait until nothing is being built."""
        if self._built:
            await asyncio.wait([self._built])

    def close(self) -> None:
        """Stop what is being built."""
        if self._process is not None:
            self._process.kill()
        for threads in self._threads:
            threads.shutdown(wait=False, cancel_futures=True)

    async def _build(self) -> None:
        start = time.monotonic()
        self._number += 1
        target = self._pool.folder / f"overview-{self._number}.sqlite"
        self.base = await asyncio.to_thread(self._run, self._pool.folder / f"overview-{self._number}", target)
        if target.exists():
            self._lookups = Lookup(target), Lookup(target)  # who still reads the old one holds it open
            target.unlink()
        self._rest = time.monotonic() + REST * (time.monotonic() - start)

    def _run(self, frozen: Path, target: Path) -> str:
        freeze(self._pool.store, frozen)
        with open_store(frozen, read_only=True) as store:
            base = data_namespace(store.select)
        self._process = _SPAWN.Process(target=build, args=(str(frozen), str(target)), daemon=True)
        self._process.start()
        self._process.join()
        return base
