"""Calls in processes: answers, errors, and processes that end at the worst moment."""

import multiprocessing
import os
import signal
import struct
import time

import pytest

from kg.pipeline import processes
from kg.pipeline.processes import Processes, WorkerDied


def _begin():
    os.environ["KG_TEST_BEGUN"] = "yes"


@pytest.fixture
def two():
    crew = Processes(2, _begin)
    yield crew
    crew.end()


def _twice(number):
    return 2 * number


def _begun():
    return os.environ.get("KG_TEST_BEGUN")


def _fail():
    raise KeyError("what is missing")


def _die():
    os.kill(os.getpid(), signal.SIGKILL)


def _large(size):
    return bytes(size)


def test_calls_are_answered(two):
    assert [future.result() for future in [two.submit(_twice, n) for n in range(9)]] == list(range(0, 18, 2))


def test_each_process_begins_with_what_it_is_told(two):
    assert two.submit(_begun).result() == "yes"


def test_what_a_call_raises_comes_back_with_where_it_was_raised(two):
    with pytest.raises(KeyError, match="what is missing") as raised:
        two.submit(_fail).result()
    assert "in _fail" in "".join(raised.value.__notes__)
    assert two.submit(_twice, 1).result() == 2


def test_a_process_that_dies_takes_its_own_call_only(two):
    futures = [two.submit(_twice, 1), two.submit(_die), two.submit(_twice, 2), two.submit(_twice, 3)]
    with pytest.raises(WorkerDied):
        futures[1].result()
    assert [futures[n].result() for n in (0, 2, 3)] == [2, 4, 6]


def _answer_half(pipe, begin):
    """Promise a million bytes, send ten, and die."""
    begin()
    pipe.recv()
    os.write(pipe.fileno(), struct.pack("!i", 1_000_000) + bytes(10))
    _die()


def test_a_process_that_dies_within_an_answer_is_no_reason_to_wait(two, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(processes, "_answer_calls", _answer_half)
        with pytest.raises(WorkerDied):
            two.submit(_twice, 1).result(timeout=60)
    assert two.submit(_twice, 2).result(timeout=60) == 4


def test_processes_that_are_killed_at_any_moment(two):
    """Large answers, so that many a process dies within one."""
    for turn in range(5):
        futures = [two.submit(_large, 3_000_000) for _ in range(40)]
        time.sleep(0.04 * turn)
        for process in multiprocessing.active_children()[:1]:
            process.kill()
        died = [future for future in futures if isinstance(future.exception(timeout=60), WorkerDied)]
        assert len(died) <= 1
        assert all(len(future.result()) == 3_000_000 for future in futures if future not in died)


def test_the_end_waits_for_nobody():
    before = set(multiprocessing.active_children())
    crew = Processes(2, _begin)
    futures = [crew.submit(time.sleep, 600) for _ in range(5)]
    while not set(multiprocessing.active_children()) - before:
        time.sleep(0.01)
    crew.end()  # while one is being started perhaps
    assert all(future.done() for future in futures)
    assert not set(multiprocessing.active_children()) - before
