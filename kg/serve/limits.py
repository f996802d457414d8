"""What one query may cost; everything beyond is refused or killed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the service.

    `seconds` of wall time for a query, `memory` bytes of address space for a worker, `answer` bytes of a result,
    `request` bytes of a request's body or query string, `workers` processes, `waiting` requests that queue for one, and
    for how many seconds at most (`patience`). A query that has run for `quick` seconds makes room for those who wait;
    `slow` more processes let so many of them go on meanwhile.
    """

    seconds: float = 10.0
    memory: int = 2 << 30
    answer: int = 64 << 20
    request: int = 1 << 20
    workers: int = 2
    waiting: int = 16
    patience: float = 5.0
    quick: float = 0.5
    slow: int = 2
