"""Real triple stores on this machine, started for the tests and stopped after them."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

VIRTUOSO_INI = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for(url, process, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, f"{process.args[0]} ended by itself"
        try:
            httpx.get(url, timeout=5)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers at {url}")


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory):
    """An Oxigraph server, the product's own binary; its URL."""
    binary = shutil.which("oxigraph") or Path(sys.executable).with_name("oxigraph")
    if not Path(binary).exists():
        pytest.skip("the oxigraph server is not installed: pip install oxigraph")
    port, folder = free_port(), tmp_path_factory.mktemp("oxigraph")
    command = [binary, "serve", "-l", folder, "-b", f"127.0.0.1:{port}", "--union-default-graph"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory):
    """A Virtuoso 7.2 server from Debian; its URL. The user is dba, and so is the password."""
    if not (shutil.which("virtuoso-t") and VIRTUOSO_INI.exists()):
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7")
    folder, port, sql = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_settings(VIRTUOSO_INI.read_text("latin-1"), folder, port, sql))
    command = ["virtuoso-t", "+configfile", folder / "virtuoso.ini", "+foreground"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for(f"http://127.0.0.1:{port}/sparql", process)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(60)


def _settings(text, folder, port, sql):
    """The distribution's settings with paths and ports of our own, and little memory."""
    text = re.sub(r"/var/lib/virtuoso-opensource-7[\w./-]*/", f"{folder}/", text)
    text = re.sub(r"(?m)^(DirsAllowed\s*=).*", rf"\1 {folder}", text)
    text = re.sub(r"(?m)^(NumberOfBuffers\s*=).*", r"\1 20000", text)
    text = re.sub(r"(?m)^(MaxDirtyBuffers\s*=).*", r"\1 12000", text)
    head, _, http = text.partition("[HTTPServer]")
    head = re.sub(r"(?m)^(ServerPort\s*=).*", rf"\1 127.0.0.1:{sql}", head)
    http = re.sub(r"(?m)^(ServerPort\s*=).*", rf"\1 127.0.0.1:{port}", http, count=1)
    return f"{head}[HTTPServer]{http}"
