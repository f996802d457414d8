"""The order of the stages; the only package that knows it.

    corpus -> nlp -> extract -> resolve -> graph -> store

Documents stream through in batches: memory is that of a few of them, however many there are. A batch is the unit of
work, in this process or in one of several; what is made of an article depends on no other, so that the result is the
same. What fails is a `Failure` with its stage, never an exception that stops the others.
"""

from kg.pipeline.building import Summary, build, resolutions
from kg.pipeline.failures import Failures
from kg.pipeline.handover import load_parts, write_parts
from kg.pipeline.reader import Reader, Settings, fingerprint

__all__ = [
    "Failures",
    "Reader",
    "Settings",
    "Summary",
    "build",
    "fingerprint",
    "load_parts",
    "resolutions",
    "write_parts",
]
