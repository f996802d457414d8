"""Content negotiation: which of the formats that can be written a client would rather have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mimeparse

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
STATEMENTS = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/trig",
    "application/n-quads",
)
#: What people's clients say instead of the registered names.
ALIASES = {"application/json": ROWS[0], "application/xml": ROWS[1], "text/plain": STATEMENTS[1]}


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that the Accept header ranks highest; None if none will do.

    Equal ranks, and a header that says nothing, go to what is offered first.
    """
    if not accept or not accept.strip():
        return offered[0]
    known = [*offered, *(alias for alias, real in ALIASES.items() if real in offered)]
    try:  # mimeparse takes the last of equals
        best: str = mimeparse.best_match(known[::-1], accept)
    except mimeparse.MimeTypeParseException:
        return offered[0]
    return ALIASES.get(best, best) if best else None
