"""The error tree: one base with an exit code, children by what the user can do about it.

A message says what is wrong, where, and what to do. A dependency's exception is translated once, at the boundary of
the stage that called it, with `raise … from`.
"""


class KgError(Exception):
    """Everything that kg raises on purpose; the command line prints it as one line and exits with `exit_code`."""

    exit_code = 1


class InputError(KgError):
    """An input cannot be read or understood: a missing file, a wrong date, a line that is no JSON."""

    exit_code = 3


class ModelError(KgError):
    """The language model is missing, or is not one that kg can use."""

    exit_code = 4


class OntologyError(KgError):
    """A file of the ontology is malformed, or a term lacks what its kind needs."""

    exit_code = 5


class StoreError(KgError):
    """The store cannot be opened, is locked by another process, or holds something else."""

    exit_code = 6


class QueryError(KgError):
    """A query is unknown, malformed, refused, or went over its limits."""

    exit_code = 7


class ConformanceError(KgError):
    """The graph violates the shapes."""

    exit_code = 8


class ExportError(KgError):
    """A format is unknown, a file cannot be written, or another store refused what was sent."""

    exit_code = 9


class IncompleteError(KgError):
    """The run ended, but some articles failed and `--strict` was asked for."""

    exit_code = 10
