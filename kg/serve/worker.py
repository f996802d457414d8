"""The process that evaluates queries: it holds a frozen copy of the store, and can be killed without harm.

An engine's own time-out stops neither a cross product nor a huge sort nor a recursive path, so a worker has none: the
parent kills it. What it imports is little, so that a new one is there in a fraction of a second.
"""

from __future__ import annotations

import resource
import signal
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.guard import names_graphs, refuse_network
from kg.query.results import WRITTEN_PREFIXES
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Task(Protocol):
    """What a worker can be given; its class is imported where it arrives, so it must be at the top of a module."""

    def answer(self, store: ox.Store, size: int, /) -> Any:
        """What comes of it, in at most `size` bytes."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its dataset and the media types to answer in: one for rows, one for statements."""

    sparql: str
    rows: str = "application/sparql-results+json"
    statements: str = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def answer(self, store: ox.Store, size: int, /) -> Answer:
        """The whole answer; a status that says why where there is none."""
        return _answer(store, self, size)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question: an HTTP status, the media type, the whole body."""

    status: int
    media_type: str
    body: bytes


class Capped(BytesIO):
    """A buffer that refuses to grow beyond its size."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def write(self, data: bytes) -> int:  # type: ignore[override]  # what Oxigraph writes is bytes
        """Append.

        Raises:
            OverflowError: It would hold more than its size.
        """
        if self.tell() + len(data) > self.size:
            raise OverflowError
        return super().write(data)


def work(pipe: Connection, folder: str, memory: int, size: int) -> None:
    """Do tasks until the pipe closes; the main function of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    store = ox.Store.read_only(folder)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe.send(None)
    while True:
        try:
            task: Task = pipe.recv()
        except EOFError:
            return
        pipe.send(_done(task, store, size))


def _done(task: Task, store: ox.Store, size: int) -> Any:
    try:
        return task.answer(store, size)
    except MemoryError:
        return _plain(503, "there is too little memory for this")
    except (OSError, ValueError, LookupError) as error:  # one task that fails must not end the worker
        return _plain(500, f"{type(error).__name__}: {error}"[:500])


def _answer(store: ox.Store, question: Question, size: int) -> Answer:
    out = Capped(size)
    try:
        media_type = _write(_evaluate(store, question), question, out)
    except (QueryError, SyntaxError, ValueError) as error:
        return _plain(400, " ".join(f"{error}".split())[:500])
    except (OverflowError, MemoryError):
        return _plain(413, f"the answer is larger than {size:,} bytes; add a LIMIT")
    except OSError as error:
        return _plain(500, f"{error}")
    return Answer(200, media_type, out.getvalue())


def _plain(status: int, message: str) -> Answer:
    return Answer(status, "text/plain; charset=utf-8", f"{message}\n".encode("utf-8", "replace"))


def _evaluate(store: ox.Store, question: Question) -> Result:
    refuse_network(question.sparql)
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*map(ox.NamedNode, question.default_graphs)]
    named: list[ox.NamedNode | ox.BlankNode] = [*map(ox.NamedNode, question.named_graphs)]
    given = bool(default or named)
    return store.query(
        question.sparql,
        prefixes=PREFIXES,
        use_default_graph_as_union=not given and not names_graphs(question.sparql),
        default_graph=default if given else None,
        named_graphs=named if given else None,
    )


def _write(result: Result, question: Question, out: BytesIO) -> str:
    if isinstance(result, ox.QueryTriples):
        kind = ox.RdfFormat.from_media_type(question.statements)
        result_format, prefixes = kind or ox.RdfFormat.TURTLE, WRITTEN_PREFIXES
        ox.serialize(result, out, format=result_format, prefixes=prefixes)
    else:
        result.serialize(out, format=ox.QueryResultsFormat.from_media_type(question.rows))
    return question.statements if isinstance(result, ox.QueryTriples) else question.rows
