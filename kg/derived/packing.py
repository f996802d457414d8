"""Events as bytes and back, for the file beside the store: pickled, and read with a closed list of classes.

The file may have been made by somebody else: what it holds is data, and nothing in it is ever called.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import zlib
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.records import Assertion, Description, Entity, Figure, Filler, Location, TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDS: tuple[Any, ...] = (Assertion, Description, Entity, Figure, Filler, Location, TextSpan)
VALUES = {each: attrgetter(*each.__match_args__) for each in RECORDS}
TIMES: tuple[type, ...] = (dt.date, dt.datetime, dt.timezone, dt.timedelta)
CLASSES = {(each.__module__, each.__qualname__): each for each in (*RECORDS, *TIMES)}


class _Writer(pickle.Pickler):
    """Records as calls of their classes with the values of their fields: five times as fast as dataclasses' own way."""

    def reducer_override(self, record: object) -> Any:
        """What makes a record again."""
        values = VALUES.get(type(record))
        return (type(record), values(record)) if values else NotImplemented


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        """One of the classes that descriptions are made of.

        Raises:
            UnpicklingError: It is another.
        """
        if (module, name) not in CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is none of ours")
        found: type = CLASSES[module, name]
        return found


def pack(events: Iterable[Description]) -> bytes:
    """Events as bytes."""
    packed = io.BytesIO()
    _Writer(packed, protocol=5).dump(tuple(events))
    return zlib.compress(packed.getvalue(), 1)


def unpack(packed: bytes) -> tuple[Description, ...]:
    """Events from bytes.

    Raises:
        StoreError: They are damaged.
    """
    try:
        found: tuple[Description, ...] = _Reader(io.BytesIO(zlib.decompress(packed))).load()
    except (pickle.UnpicklingError, zlib.error, EOFError, TypeError) as error:
        raise StoreError(f"what is derived is damaged ({error}); delete the file .derived.sqlite and build") from error
    return found
