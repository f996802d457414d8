"""From what a user typed to an answer: a query's name, SPARQL, or a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import InputError, QueryError
from kg.query.guard import names_graphs, refuse_network
from kg.query.named import named_queries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from kg.store import Store

    Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

#: What stands in every query, and in no query's name.
_SPARQL = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE)\b", re.IGNORECASE)
_UPDATE = re.compile(
    r"^\s*((PREFIX|BASE)\b[^>]*>\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)


def load_query(name_or_sparql: str | None, file: Path | None = None, values: Mapping[str, str] | None = None) -> str:
    """The SPARQL that was meant.

    Args:
        name_or_sparql: A shipped query's name, or SPARQL.
        file: A file with SPARQL, instead.
        values: Values for the parameters of a shipped query.

    Raises:
        QueryError: No query has this name, or a parameter is wrong.
        InputError: The file cannot be read.
    """
    if file is not None:
        return _read(file)
    wanted = (name_or_sparql or "").strip()
    if wanted in named_queries():
        return named_queries()[wanted].bind(values or {})
    if _SPARQL.search(wanted):
        return wanted
    raise QueryError(f"no query is called {wanted!r}; there are: {', '.join(named_queries())}; or give SPARQL")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: cannot be read as a query ({error})") from error


def ask(store: Store, sparql: str) -> Result:
    """Answer somebody's query over the union of all graphs, or over those that it names with FROM.

    Nothing is written, and no other server is asked.

    Raises:
        QueryError: The query is malformed, is an update, or would reach out.
    """
    if _UPDATE.match(sparql):
        raise QueryError("updates are refused: kg query only reads; use kg build, kg correct or kg articles --remove")
    refuse_network(sparql)
    return store.query(sparql, union=not names_graphs(sparql))
