"""Memory that was freed, back to the system."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def trim() -> None:
    """Give back what the C library holds on to between what is in use; where it is not glibc, nothing happens.

    Millions of small strings, freed one by one, leave holes that large tables do not fit in.
    """
    _malloc_trim()(0)


@cache
def _malloc_trim() -> Callable[[int], Any]:
    found = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    return found or (lambda _: None)
