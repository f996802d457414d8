"""Speaking to another store over HTTP: the SPARQL 1.1 Protocol, Graph Store Protocol and Update."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from kg.errors import ExportError
from kg.export.signing import Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Self

    from kg.export.targets import Auth, Target

N_TRIPLES = "application/n-triples"
#: Answers that may be different the next time.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
TRIES = 4

#: Graphs that one counting query asks for: some stores limit the rows of an answer, and all the length of a query.
ASKED_TOGETHER = 100


class StoreGaveUp(ExportError):  # noqa: N818 - what happened, not what is wrong
    """The store could not do it now, however often it was asked: too much at once, perhaps."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to prove who we are; `auth` None takes what the product usually wants."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    auth: Auth | None = None


class Remote:
    """One store elsewhere; use it in a `with`."""

    def __init__(self, target: Target, url: str, credentials: Credentials | None = None, pause: float = 0.5) -> None:
        self.target, self.url, self.pause = target, url.rstrip("/"), pause
        given = credentials or Credentials()
        bearer = given.token and (given.auth or target.auth) != "sigv4"
        headers = {"Authorization": f"Bearer {given.token}"} if bearer else {}
        self.client = httpx.Client(
            auth=_auth(target, given, url), headers=headers, timeout=httpx.Timeout(300, connect=10)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def counts(self, graphs: Sequence[str]) -> dict[str, int]:
        """The number of statements in each graph; those without any are left out."""
        query = "SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        return {row["g"]: int(row["n"]) for row in self._ask_for(query, graphs)}

    def marks(self, graphs: Sequence[str], predicate: str) -> dict[str, str]:
        """The fingerprint that each graph states of itself."""
        query = "SELECT ?g ?n {{ VALUES ?g {{ {} }} GRAPH ?g {{ ?g <" + predicate + "> ?n }} }}"
        return {row["g"]: row["n"] for row in self._ask_for(query, graphs)}

    def _ask_for(self, query: str, graphs: Sequence[str]) -> Iterator[dict[str, str]]:
        for at in range(0, len(graphs), ASKED_TOGETHER):
            yield from self._ask_together(query, graphs[at : at + ASKED_TOGETHER])

    def _ask_together(self, query: str, graphs: Sequence[str]) -> list[dict[str, str]]:
        """Ask for some graphs; in halves where the store gives up on all at once, as Virtuoso does on long counts."""
        try:
            return self.select(query.format(" ".join(f"<{graph}>" for graph in graphs)))
        except StoreGaveUp:
            if len(graphs) == 1:
                raise
            middle = len(graphs) // 2
            return [*self._ask_together(query, graphs[:middle]), *self._ask_together(query, graphs[middle:])]

    def select(self, sparql: str) -> list[dict[str, str]]:
        """The rows of a query, values as strings.

        Raises:
            ExportError: The store refused it, or answered something else.
        """
        answer = self._send(
            "POST",
            self.target.query,
            data={"query": sparql},
            headers={"Accept": "application/sparql-results+json"},
        )
        try:
            rows = answer.json()["results"]["bindings"]
        except (ValueError, KeyError, TypeError) as error:
            raise ExportError(f"{self.url}: gave no SPARQL results; is it a {self.target.name} endpoint?") from error
        return [{name: cell["value"] for name, cell in row.items()} for row in rows if row]

    def put(self, graph: str, batches: Iterable[bytes]) -> None:
        """Make a graph hold these N-Triples and nothing else, batch by batch."""
        replace = self._put_graph if self.target.graphs is not None else self._update_graph
        for number, batch in enumerate(batches):
            replace(graph, batch, first=number == 0)

    def _put_graph(self, graph: str, batch: bytes, *, first: bool) -> None:
        self._send(
            "PUT" if first else "POST",
            self.target.graphs or "",
            params={self.target.parameter: graph},
            content=batch,
            headers={"Content-Type": N_TRIPLES},
        )

    def _update_graph(self, graph: str, batch: bytes, *, first: bool) -> None:
        drop = f"DROP SILENT GRAPH <{graph}> ;\n" if first else ""
        self.update(f"{drop}INSERT DATA {{ GRAPH <{graph}> {{\n{batch.decode()}}} }}")

    def delete(self, graph: str) -> None:
        """Drop a graph."""
        self.update(f"DROP SILENT GRAPH <{graph}>")

    def update(self, sparql: str) -> None:
        """Send a SPARQL update."""
        content_type = {"Content-Type": "application/sparql-update"}
        self._send("POST", self.target.update, content=sparql.encode(), headers=content_type)

    def _send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Send a request, again if the store is busy; what it may not do twice, no request here does."""
        for tried in range(1, TRIES + 1):
            try:
                answer = self.client.request(method, self.url + path, **request)
            except httpx.HTTPError as error:
                if tried == TRIES:
                    raise ExportError(f"{self.url}: cannot be reached ({error}); is the store running?") from error
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in PASSING or tried == TRIES:
                    kind = StoreGaveUp if answer.status_code in PASSING else ExportError
                    raise kind(_refusal(self.url + path, answer))
            time.sleep(self.pause * 2**tried)
        raise AssertionError("unreachable")


def _auth(target: Target, given: Credentials, url: str) -> httpx.Auth | None:
    kind = given.auth or target.auth
    if kind == "sigv4":
        return Signature(url, given.user, given.password, given.token)
    if not given.user or kind in {"none", "bearer"}:
        return None
    make = httpx.DigestAuth if kind == "digest" else httpx.BasicAuth
    return make(given.user, given.password)


def _refusal(url: str, answer: httpx.Response) -> str:
    """One line: the status, what to do about it, and the first words of what the store said."""
    todo = {401: "give --user and a password", 403: "this user may not write", 404: "check the URL"}
    said = " ".join(answer.text.split())[:160]
    return f"{url}: {answer.status_code} {todo.get(answer.status_code, answer.reason_phrase)} ({said})"
