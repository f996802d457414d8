"""The overview as a file: made in a process of its own, remembered beside the store for the next start.

`STORE.explorer.sqlite` is of a state of the store and of a version of the code. One of another state is shown until a
new one is there; one of another version is no use. It may be deleted.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.serve.overview import fill, fill_rest
from kg.store import open_store

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: from the frozen store in `folder`, which is removed, the file `target`.

    `first`: where nobody has an overview yet, the file that holds all but the words and the panorama, sooner.
    `signature`: the state of the store.
    """

    folder: Path
    target: Path
    signature: str
    first: Path | None = None


def build(order: Order) -> None:
    """Make the overview; the main function of its process."""
    if not order.first:
        os.nice(10)  # whoever asks now comes first
    draft = order.target.with_suffix(".draft")
    with closing(sqlite3.connect(draft)) as table, open_store(order.folder, read_only=True) as store:
        fill(table, store, order.signature, version())
        if order.first:
            _copy(draft, order.first)
        fill_rest(table, store)
    draft.replace(order.target)
    shutil.rmtree(order.folder, ignore_errors=True)


def beside(store: Path) -> Path:
    """The file in which the overview of a store is remembered; it may be deleted."""
    return store.with_name(f"{store.name}.explorer.sqlite")


def keep(target: Path, store: Path) -> None:
    """Remember an overview for the next start, where the folder of the store can be written to."""
    with suppress(OSError):
        _copy(target, beside(store))


@cache
def version() -> str:
    """A hash of the code that makes the overview: what other code has made is made again."""
    digest = hashlib.sha256()
    for package in ("kg.serve", "kg.view", "kg.vocab"):
        for source in sorted(files(package).iterdir(), key=lambda each: each.name):
            if source.name.endswith((".py", ".sql")):
                digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _copy(source: Path, target: Path) -> None:
    """Whole or not at all."""
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        shutil.copyfile(source, draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def remembered(store: Path) -> str | None:
    """The state of the store that the remembered overview is of, if there is one of this code."""
    try:
        with closing(sqlite3.connect(f"file:{beside(store)}?mode=ro", uri=True)) as table:
            signature, code = table.execute("SELECT signature, code FROM meta").fetchone()
    except (sqlite3.Error, TypeError):
        return None
    return str(signature) if code == version() else None
