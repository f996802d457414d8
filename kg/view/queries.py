"""The shipped queries as the page offers them: name, what each answers, its SPARQL, its parameters with defaults."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kg.query import named_queries


def shipped() -> list[dict[str, Any]]:
    """One object for each query, in the order of their names."""
    return [asdict(query) for query in named_queries().values()]
