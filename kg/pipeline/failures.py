"""What failed, in bounded memory: a web archive can have more pages without an article than with one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Failures that are kept with their place and words; of those after them the reason is counted.
KEPT = 10_000

#: What differs between failures for one reason: values, numbers, what a library said, and what to do.
_PARTICULAR = re.compile(r"\([^()]*\)|'[^']*'|\"[^\"]*\"|\d[\d,.]*")


class Failures(list[Failure]):
    """The first failures; `reasons` counts all, by stage and reason."""

    def __init__(self, failures: Iterable[Failure] = ()) -> None:
        super().__init__()
        self.reasons: Counter[tuple[str, str]] = Counter()
        self.extend(failures)

    @property
    def total(self) -> int:
        """How many there are, those that were not kept included."""
        return self.reasons.total()

    def append(self, failure: Failure) -> None:
        """Count one, and keep it if it is among the first."""
        self.reasons[failure.stage, reason(failure)] += 1
        if len(self) < KEPT:
            super().append(failure)

    def extend(self, failures: Iterable[Failure]) -> None:
        """Count several."""
        for failure in failures:
            self.append(failure)


def reason(failure: Failure) -> str:
    """What failures of one kind have in common: the error without place, values and advice."""
    said = _PARTICULAR.sub("…", failure.error.split("; ", 1)[0])
    return said.rsplit(": ", 1)[-1].strip()[:80]
