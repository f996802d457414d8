"""Real Chromium for the tests: one browser, and pages that may ask for nothing and complain of nothing."""

import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]

PATIENCE = 120_000  # milliseconds: a machine may be busy
SIZE = {"width": 1400, "height": 900}
AXE = Path(__file__).parents[1] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .filter(each => ['serious', 'critical'].includes(each.impact))
  .map(each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).join(', ')}`)"""


@pytest.fixture(scope="session")
def out():
    """Where screenshots go, for people to look at."""
    folder = Path(__file__).parents[1] / "out" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def watched(chromium, target, allowed=(), **options):
    """A page, with what it has asked for that is not its own, and what it complained of; both may still grow."""
    context = chromium.new_context(viewport=SIZE, **options)
    context.set_default_timeout(PATIENCE)
    page, foreign, complaints = context.new_page(), [], []
    address = target.as_uri() if isinstance(target, Path) else target
    own = (address.partition("#")[0], "data:", "blob:", *allowed)
    page.on("request", lambda request: None if request.url.startswith(own) else foreign.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page, foreign, complaints
    context.close()


@pytest.fixture
def browse(chromium):
    """Open a file or an address; when the page closes it must have asked for nothing else and complained of nothing."""

    @contextmanager
    def visit(target, *, allowed=(), complaints_allowed=False, **options):
        with watched(chromium, target, allowed, **options) as (page, foreign, complaints):
            yield page
        assert (foreign, [] if complaints_allowed else complaints) == ([], [])

    return visit


@pytest.fixture(scope="session")
def shared(chromium):
    """A page that is opened once for all tests that ask for its address, as `watched` gives it."""
    with ExitStack() as held:
        pages = {}

        def at(address):
            if address not in pages:
                pages[address] = held.enter_context(watched(chromium, address))
            return pages[address]

        yield at


@pytest.fixture
def playwright_chromium(chromium):
    """Launches a Chromium with flags of its own; they close with the test."""
    launched = []

    def launch(flags):
        launched.append(chromium.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", *flags]))
        return launched[-1]

    yield launch
    for browser in launched:
        browser.close()


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
