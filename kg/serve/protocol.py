"""The SPARQL 1.1 Protocol, its query half: from a request to a question, from an answer to a response.

https://www.w3.org/TR/sparql11-protocol/ section 2.1. Updates are refused: the graph is built from articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import PlainTextResponse, Response

from kg.serve.negotiate import ROWS, STATEMENTS, preferred
from kg.serve.pool import BusyError
from kg.serve.worker import Question

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.pool import Pool

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ALLOWED = {"GET", "HEAD", "POST", "OPTIONS"}

Pairs = list[tuple[str, str]]


class RefusedError(Exception):
    """A request that the protocol does not allow, with its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def sparql(request: Request) -> Response:
    """The query endpoint."""
    pool: Pool = request.app.state.pool
    try:
        question = await read_question(request, pool.limits.request)
    except RefusedError as error:
        return plain(f"{error}", error.status)
    return await respond(pool, question)


async def respond(pool: Pool, question: Question) -> Response:
    """Evaluate a question; the status is decided when the whole answer is there."""
    try:
        answer = await pool.ask(question)
    except BusyError:
        return plain("too many queries at once; try again", 503, {"Retry-After": "2"})
    return Response(answer.body, answer.status, {"Vary": "Accept"}, media_type=answer.media_type)


def plain(message: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """A line for people."""
    return PlainTextResponse(f"{message}\n", status, headers)


async def read_question(request: Request, largest: int) -> Question:
    """What a request asks.

    Raises:
        RefusedError: It is no query of the protocol, is too large, or wants a format that nobody writes.
    """
    pairs = await _pairs(request, largest)
    queries = [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise RefusedError(403, "updates are refused: this graph is built from articles")
    if len(queries) != 1:
        raise RefusedError(400, f"exactly one query is needed, there are {len(queries)}")
    return Question(
        queries[0],
        *_formats(request),
        default_graphs=tuple(value for name, value in pairs if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in pairs if name == "named-graph-uri"),
    )


async def _pairs(request: Request, largest: int) -> Pairs:
    """Name and value of every parameter, wherever the method puts them."""
    if len(request.url.query) > largest:
        raise RefusedError(414, f"the query string is longer than {largest:,} bytes; use POST")
    given = _decoded(request.url.query.encode())
    if request.method in {"GET", "HEAD"}:
        return given
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {FORM, DIRECT}:
        raise RefusedError(415, f"the content type must be {FORM} or {DIRECT}, not {kind or 'left out'}")
    body = await read_body(request, largest)
    return _decoded(body) if kind == FORM else [*given, ("query", _text(body))]


async def read_body(request: Request, largest: int) -> bytes:
    """The body, read no further than its limit.

    Raises:
        RefusedError: It is longer.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > largest:
            raise RefusedError(413, f"the request is longer than {largest:,} bytes")
    return body


def _decoded(query: bytes) -> Pairs:
    return parse_qsl(_text(query), keep_blank_values=True, errors="strict") if query else []


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the request is not UTF-8") from error


def _formats(request: Request) -> tuple[str, str]:
    """Which format for rows and which for statements: nobody knows yet which of them the query gives."""
    accept = ", ".join(request.headers.getlist("accept"))
    rows, statements = preferred(accept, ROWS), preferred(accept, STATEMENTS)
    if rows is None and statements is None:
        raise RefusedError(406, f"none of these is written here; there are {', '.join((*ROWS, *STATEMENTS))}")
    return rows or ROWS[0], statements or STATEMENTS[0]
