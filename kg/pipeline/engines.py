"""Where batches are read. A new engine is a class of `Readers` and one line in `ENGINES`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pipeline.cluster import Cluster
from kg.pipeline.workers import Alone, Crew

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.pipeline.reader import Settings
    from kg.pipeline.workers import Readers


def _processes(settings: Settings, workers: int | None) -> Readers:
    """This process for one worker, else as many others."""
    return Crew(settings, workers) if workers and workers > 1 else Alone(settings)


#: Name -> what makes it of the settings and the number of workers.
ENGINES: dict[str, Callable[[Settings, int | None], Readers]] = {"processes": _processes, "ray": Cluster}


def readers(settings: Settings, workers: int | None = None, engine: str = "processes") -> Readers:
    """Who reads; a context manager.

    Raises:
        InputError: The engine is not installed or cannot be reached.
        ModelError: The model cannot be loaded.
    """
    return ENGINES[engine](settings, workers)
