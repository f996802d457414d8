"""Processes that call functions for this one, each over a pipe of its own.

The pool of the standard library lets all its processes answer through one pipe: one that is killed within an answer
leaves half of it there, and the pool waits for the rest for ever. Here the end of a process is the end of its pipe.
"""

from __future__ import annotations

import multiprocessing
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from multiprocessing.connection import Connection

#: A fork would copy the store's threads half.
CONTEXT = multiprocessing.get_context("spawn")


class WorkerDied(Exception):  # noqa: N818 - it is nobody's error
    """Who was asked is gone."""


class Processes:
    """Calls functions in so many processes, in the order in which they come.

    Args:
        number: How many calls run side by side.
        begin: Called first in each process.
    """

    def __init__(self, number: int, begin: Callable[[], None]) -> None:
        self._all = [_Process(begin) for _ in range(number)]
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for process in self._all:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(number)  # one waits for each process

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """Call a function of a module somewhere.

        Returns:
            Its answer to come, or what it raised, or `WorkerDied` where its process ended before it answered.
        """
        return self._threads.submit(self._call, function, args)

    def _call(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        process = self._idle.get()
        try:
            return process.call(function, args)
        finally:
            self._idle.put(process)

    def end(self) -> None:
        """End all processes, whatever they are at; what was not begun never will be."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.kill()
        self._threads.shutdown(wait=True)
        for process in self._all:
            process.end()


class _Process:
    """One process, started when it is first called, and again after it has died; `lock` guards its start and end."""

    def __init__(self, begin: Callable[[], None]) -> None:
        self.begin = begin
        self.lock = Lock()
        self.over = False
        self.running: tuple[Any, Connection] | None = None

    def call(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        pipe = self._pipe()
        try:
            pipe.send((function, args))
            answered, answer = pipe.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise WorkerDied from error
        if answered:
            return answer
        raise answer

    def _pipe(self) -> Connection:
        with self.lock:
            if self.over:
                raise WorkerDied
            self.running = self.running or self._started()
            return self.running[1]

    def _started(self) -> tuple[Any, Connection]:
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=_answer_calls, args=(theirs, self.begin), daemon=True)
        process.start()
        theirs.close()  # the process now has the only one, which ends with it
        return process, ours

    def kill(self) -> None:
        """End it for good; whoever waits for its answer hears so by its pipe."""
        with self.lock:
            self.over = True
            if self.running:
                self.running[0].kill()

    def end(self) -> None:
        """Tidy up after it; it may be started again, unless it was killed for good."""
        with self.lock:
            if self.running:
                process, pipe = self.running
                process.kill()
                process.join()
                pipe.close()
                self.running = None


def _answer_calls(pipe: Connection, begin: Callable[[], None]) -> None:
    """What a process does until who asks is gone."""
    begin()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_tried(*pipe.recv()))


def _tried(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*args)
    except Exception as error:  # noqa: BLE001 - whoever asked decides
        error.add_note(traceback.format_exc())
        return False, error
