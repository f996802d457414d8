"""Reading on a Ray cluster: the same unit of work as a process of this machine does, wherever Ray has a core for it.

With RAY_ADDRESS set, the cluster that it names reads, on whose nodes this version of kg has to be installed; without
it Ray is started on this machine. Documents are read from their files here and sent out; parts come back, so that no
disk need be shared. Ray's core is enough for that: its Data library would bring pyarrow and pandas, to cut into blocks
what are shards already.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.pipeline.parts import PACKED, Part, unpack
from kg.pipeline.processes import WorkerDied
from kg.pipeline.workers import Others, read_part, run_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from kg.pipeline.reader import Batch, Settings
    from kg.pipeline.workers import Documents
    from kg.records import Run

#: What is sent nowhere, and not started: reports of use, the web page, what the nodes print.
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}

#: Room for documents and parts on their way, in bytes, where Ray is started here.
ON_THE_WAY = 512 * 2**20


class Cluster(Others):
    """Reads batches as tasks of Ray; a context manager, which ends a Ray that was started here."""

    def __init__(self, settings: Settings, workers: int | None) -> None:
        self.settings, self.ray = settings, _started(workers)
        self.workers = workers or int(self.ray.cluster_resources().get("CPU", 1))
        # Retries are ours: what is lost twice is read one by one, to find the article that kills its reader.
        self._read = self.ray.remote(num_cpus=1, max_retries=0)(read_part)
        self.run: Run = self.ray.get(self.ray.remote(num_cpus=1)(run_of).remote(settings))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.ray.shutdown()

    def read(self, batches: Iterable[Documents]) -> Iterator[Batch]:
        """Read batches side by side; packed on their way through the network."""
        return map(unpack, self._parts(batches, PACKED))

    def submit(self, documents: Documents, level: int) -> Any:
        """Give out a batch; Ray's reference to what it will become."""
        return self._read.remote(self.settings, documents, level)

    def collect(self, ticket: Any) -> Part:
        """What was given out, from wherever it is."""
        lost = (self.ray.exceptions.WorkerCrashedError, self.ray.exceptions.ObjectLostError)
        try:
            part: Part = self.ray.get(ticket)
        except (*lost, self.ray.exceptions.NodeDiedError, self.ray.exceptions.OutOfMemoryError) as error:
            raise WorkerDied from error
        return part


def _started(workers: int | None) -> Any:
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError("--engine ray needs Ray; pip install 'newskg[ray]'") from error
    here: dict[str, Any] = {"num_cpus": workers, "include_dashboard": False, "object_store_memory": ON_THE_WAY}
    options = {} if os.environ.get("RAY_ADDRESS") else here | {"_node_ip_address": "127.0.0.1"}
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **options)
    except (ConnectionError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"Ray cannot be reached ({reason}); check RAY_ADDRESS, or unset it") from error
    return ray
