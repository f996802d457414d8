"""The store as files: backup and restore."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.database import open_store

if TYPE_CHECKING:
    from kg.store.database import Store


def backup(store: Store, target: Path | str) -> Path:
    """Copy a store as it is now, while it is in use. On the same disk this takes no time: files are linked.

    Raises:
        StoreError: The target exists, or cannot be written.
    """
    folder = Path(target)
    if folder.exists():
        raise StoreError(f"{folder}: exists; name a folder that does not")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        store.database.backup(str(folder))
    except OSError as error:
        raise StoreError(f"{folder}: the backup cannot be written ({error}); choose another place") from error
    return folder


def freeze(source: Path, target: Path) -> None:
    """Copy a store for readers, as it is now, though another process may be writing to it.

    A reader's copy lacks what a writer that was killed left in its log alone: then the store is opened for writing,
    which takes the log in. Where the writer is alive its last few articles are missing until it has closed.

    Raises:
        StoreError: There is no store.
    """
    with open_store(source, read_only=True) as seen:
        backup(seen, target)
        if len(seen) == _size(target):
            return
    try:
        writer = open_store(source)
    except StoreError:  # it is being written to
        return
    shutil.rmtree(target)
    with writer:
        writer.database.flush()
        backup(writer, target)


def _size(folder: Path) -> int:
    with open_store(folder, read_only=True) as copied:
        return len(copied)


def restore(source: Path | str, target: Path | str) -> int:
    """Put a backup in the place of a store, whole or not at all; the store that was there is kept beside it.

    Returns:
        The number of quads.

    Raises:
        StoreError: The backup cannot be read, or the store is in use.
    """
    origin, folder = Path(source), Path(target)
    with open_store(origin, read_only=True) as saved:
        number = len(saved)
    fresh = folder.with_name(f"{folder.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(origin, fresh)
    if folder.exists():
        _set_aside(folder)
    fresh.rename(folder)
    return number


def _set_aside(folder: Path) -> None:
    open_store(folder).close()  # fails if another process writes to it
    before = folder.with_name(f"{folder.name}.before-restore")
    shutil.rmtree(before, ignore_errors=True)
    folder.rename(before)
