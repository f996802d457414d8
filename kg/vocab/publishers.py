"""Who speaks where an article speaks in its own voice: its publisher, under the id that the graph has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import Document, Schema


def listed_publishers(schema: Schema) -> dict[str, str]:
    """Names of the listed actors, in small letters, with their ids; of two with one name the first counts."""
    return {name.casefold(): actor.id for actor in reversed(schema.actors) for name in actor.aliases}


def publisher_id(document: Document, listed: Mapping[str, str]) -> str:
    """The id of the publisher: of a listed actor, of its name, or of nobody that another article could mean.

    Args:
        document: The article.
        listed: As `listed_publishers` gives them.
    """
    name = " ".join((document.publisher or "").split())
    if not name:
        return f"article/{document.id}/publisher/1"
    key = name.casefold()
    return listed.get(key) or f"actor/publisher/{key.replace(' ', '-')}"
