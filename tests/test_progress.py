"""What a long run tells: a bar on a terminal, nothing in a pipe, and not every one of many failures."""

import os
import pty
import subprocess
import sys
import termios

from kg.cli.reading import TOLD, _report, _state
from kg.corpus import Tally
from kg.pipeline import Failures, Summary
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
    summary = Summary(words=9000, failures=Failures([Failure("a", "nlp", "too long")]))
    assert _state(summary, Tally(1000, 0), 3.0) == "3,000 words/s, 1 failed"
    assert _state(summary, Tally(1000, 100), 3.0) == "3,000 words/s, 1 failed, 0:00:27 left"


def test_of_many_failures_the_first_are_told_and_all_are_counted_by_reason(capsys):
    failures = [
        Failure(f"a{n}", "corpus", f"a.warc: record {n}: is longer than {n:,} bytes; split it") for n in range(40)
    ]
    failures += [Failure(f"b{n}", "nlp", "the model cannot parse it (too deep: 9); leave it out") for n in range(TOLD)]
    _report(Failures(failures))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == TOLD + 3
    assert lines[TOLD:] == [
        "kg: and 40 more; --json lists them. All, by reason:",
        f"kg: {TOLD} the model cannot parse it … (nlp)",
        "kg: 40 is longer than … bytes (corpus)",
    ]


def test_failures_take_no_more_memory_than_there_is(monkeypatch):
    monkeypatch.setattr("kg.pipeline.failures.KEPT", 10)
    failures = Failures(
        Failure(f"a{n}", "corpus", f"is in 'x{n}', and kg reads English; leave it out") for n in range(99)
    )
    assert (len(failures), failures.total) == (10, 99)
    assert failures.reasons == {("corpus", "is in …, and kg reads English"): 99}
