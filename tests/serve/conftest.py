"""The newsroom of the view's tests, stored and served."""

import socket
import threading
import time
from contextlib import contextmanager

import newsroom
import pyoxigraph as ox
import pytest
import uvicorn

from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.store import open_store
from kg.vocab import KG


@pytest.fixture(scope="session")
def stored(tmp_path_factory):
    """Writes the two-paper graph, with a payload in its texts, into a store."""

    def store(payload=""):
        folder = tmp_path_factory.mktemp("stored") / "store"
        room = newsroom.bridge_raid(newsroom.Newsroom(), payload)
        with open_store(folder) as opened:
            opened.database.extend([*room.store, *sentences(room)])
        return folder, room

    return store


def sentences(room):
    """Joins each mention to its sentence, as `kg build` does."""
    rows = room.ask(
        f"PREFIX kg: <{KG}> SELECT ?m ?s ?g {{ GRAPH ?g {{ ?m a kg:Mention ; kg:article ?a ; kg:start ?from . "
        "?s a kg:Sentence ; kg:article ?a ; kg:start ?begin ; kg:end ?end FILTER(?begin <= ?from && ?from < ?end) } }"
    )
    return [ox.Quad(row["m"], ox.NamedNode(f"{KG}sentence"), row["s"], row["g"]) for row in rows]


@contextmanager
def running(app):
    """An application behind a real server, as long as it is needed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def served(stored):
    """Serves a store with a payload in its texts, one server for each payload."""
    stack, roots = [], {}

    def serve(payload="", title="News graph"):
        if payload not in roots:
            folder, room = stored(payload)
            stack.append(running(make_app(folder, title=title, limits=Limits(seconds=60, patience=60))))
            roots[payload] = stack[-1].__enter__(), room
        return roots[payload]

    yield serve
    for each in stack:
        each.__exit__(None, None, None)
