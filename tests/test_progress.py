"""What a long run tells: a bar on a terminal, nothing in a pipe, and not every one of many failures."""

import os
import pty
import subprocess
import sys
import termios

from kg.cli.reading import TOLD, _report, _state
from kg.corpus import Tally
from kg.pipeline import Summary
from kg.records import Failure

KG = [sys.executable, "-c", "from kg.cli import main; main()"]


def test_a_terminal_shows_a_bar(tmp_path):
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (25, 120))
    with subprocess.Popen([*KG, "build", "--store", str(tmp_path / "s")], stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b"")).decode()
    assert process.returncode == 0
    assert "articles [" in shown
    assert "words/s, 0 failed" in shown


def _read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other side has been closed
        return b""


def test_a_pipe_shows_none(tmp_path):
    done = subprocess.run([*KG, "build", "--store", str(tmp_path / "s")], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_time_left_is_told_once_something_was_read():
    summary = Summary(words=9000, failures=[Failure("a", "nlp", "too long")])
    assert _state(summary, Tally(1000, 0), 3.0) == "3,000 words/s, 1 failed"
    assert _state(summary, Tally(1000, 100), 3.0) == "3,000 words/s, 1 failed, 0:00:27 left"


def test_of_many_failures_the_first_are_told_and_the_rest_counted(capsys):
    _report([Failure(f"a{n}", "corpus" if n % 2 else "nlp", "no") for n in range(TOLD + 3)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == TOLD + 1
    assert lines[-1] == "kg: and 3 more: 2 (nlp), 1 (corpus); --json lists all"
