"""The newsroom of the view's tests, stored and served."""

import newsroom
import pytest
from browsing import running

from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.store import open_store
from kg.view.views import write_view


@pytest.fixture(scope="session")
def stored(tmp_path_factory):
    """Writes the two-paper graph, with a payload in its texts, into a store."""

    def store(payload=""):
        folder = tmp_path_factory.mktemp("stored") / "store"
        room = newsroom.bridge_raid(newsroom.Newsroom(), payload)
        with open_store(folder) as opened:
            opened.database.extend([*room.store, *newsroom.sentences(room)])
        return folder, room

    return store


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


@pytest.fixture(scope="session")
def file(stored, tmp_path_factory):
    """The page as a file that answers SPARQL."""

    def write(payload=""):
        path = tmp_path_factory.mktemp("file") / "graph.html"
        room = stored(payload)[1]
        write_view(room.ask, path, title=f"Raid{payload}", quads=iter(room.store))
        return path

    return write


@pytest.fixture(scope="session")
def both(served, file):
    """The page over the service, or as a file."""
    pages = {}

    def at(where):
        if where not in pages:
            pages[where] = f"{served()[0]}/" if where == "service" else file().as_uri()
        return pages[where]

    return at
