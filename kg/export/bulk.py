"""Files for a store's own bulk loader, and the command that loads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.export import export
from kg.export.targets import TARGETS

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import Store


def export_for(store: Store, name: str, folder: Path) -> tuple[Path, str]:
    """Write the graph as the product's bulk loader reads it.

    Returns:
        The file, and the product's command for it.

    Raises:
        ExportError: The product is unknown, has no bulk loader, or the file cannot be written.
    """
    target = TARGETS.get(name)
    if target is None or not target.bulk:
        able = ", ".join(each.name for each in TARGETS.values() if each.bulk)
        raise ExportError(f"{name!r}: no bulk loader is known; there are: {able}; or use kg push")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be made ({error.strerror}); name another folder with --out") from error
    path = folder / "newskg.nq.gz"
    export(store, path, target.bulk_format)
    return path, target.bulk.format(file=path, folder=folder.resolve(), name=path.name)
