"""Keeps the overview of the store up to date: built in a process of its own, swapped in when it is ready.

The one that is remembered from before, or that was there before the store changed, is asked meanwhile.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from kg.serve.lookup import Lookup, NotReadyError
from kg.serve.overview_file import Order, beside, build, keep, remembered
from kg.store import freeze

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.serve.pool import Pool

T = TypeVar("T")
_SPAWN = multiprocessing.get_context("spawn")
#: An overview that took a second to build is kept for three at least, so that a long build of the store is no burden.
REST = 3.0
#: How often, in seconds, to look whether an overview is there.
GLANCE = 0.1


class Atlas:
    """Look-ups in the newest overview. `base` is the namespace of the data that it was read with."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._built: asyncio.Task[None] | None = None
        self._process: Any = None
        self._signature, self._number, self._rest = "", 0, 0.0
        self._lookups: tuple[Lookup, Lookup] | None = None
        self._there = asyncio.Event()
        self._threads = (ThreadPoolExecutor(1), ThreadPoolExecutor(1))
        self.base = ""

    async def ask(self, look: Callable[[Lookup], T], *, long: bool = False) -> T:
        """What comes of a few look-ups in one overview; waits for the first one as long as a question waits its turn.

        Args:
            look: The look-ups.
            long: They may take longer than a suggestion should wait.

        Raises:
            NotReadyError: It is still being built.
        """
        await self.follow()
        if not self._lookups:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._there.wait(), self._pool.limits.patience)
        if not self._lookups:
            raise NotReadyError
        return await asyncio.get_running_loop().run_in_executor(self._threads[long], look, self._lookups[long])

    async def follow(self) -> None:
        """Begin a new overview where the store has changed and none is being built."""
        signature = await self._pool.version()
        if self._built and not self._built.done():
            return
        if not self._number and not self._lookups:
            await asyncio.to_thread(self._remember)
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

    def _remember(self) -> None:
        """Take what was remembered, though the store may have changed since."""
        if found := remembered(self._pool.store):
            fresh = Lookup(beside(self._pool.store)), Lookup(beside(self._pool.store))
            self._signature, self.base, self._lookups = found, fresh[0].base, fresh

    async def _build(self) -> None:
        start = time.monotonic()
        self._number += 1
        name = self._pool.folder / f"overview-{self._number}"
        order = Order(
            name, name.with_suffix(".sqlite"), self._signature, None if self._lookups else name.with_suffix(".first")
        )
        await asyncio.to_thread(freeze, self._pool.store, order.folder)
        self._process = _SPAWN.Process(target=build, args=(order,), daemon=True)
        self._process.start()
        while self._process.is_alive():
            await asyncio.sleep(GLANCE)
            self._take(order.first)
        if order.target.exists():
            await asyncio.to_thread(keep, order.target, self._pool.store)
            self._take(order.target)
        self._rest = time.monotonic() + REST * (time.monotonic() - start)

    def _take(self, path: Path | None) -> None:
        """Show an overview once it is there; its file goes when nobody reads it any more."""
        if path and path.exists():
            fresh = Lookup(path), Lookup(path)
            self.base, self._lookups = fresh[0].base, fresh
            self._there.set()
            path.unlink()
