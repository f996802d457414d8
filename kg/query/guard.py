"""Keeps a query from reaching out: SERVICE would make Oxigraph send HTTP requests, and it has no switch for that.

Updates and LOAD are another grammar, which a query cannot contain, and Oxigraph fetches nothing for FROM. What is left
is SERVICE, and a list of its spellings would be guesswork: Oxigraph's parser takes `trueSERVICE<…>` too. So the parser
itself is asked. If a query still parses when every "service" in it is misspelt, none of them was the keyword, for what
follows the keyword (a name and a group in braces) cannot follow a misspelt word.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocab import PREFIXES

_WORD = re.compile("service", re.IGNORECASE)


def refuse_network(sparql: str) -> None:
    """Refuse a query that would ask another server.

    Raises:
        QueryError: The query has a SERVICE clause, or is malformed.
    """
    if not _WORD.search(sparql) or _parses(_WORD.sub("xervice", sparql)):
        return
    if _parses(sparql):
        raise QueryError("SERVICE is refused: a query may not reach out to other servers; leave the clause out")


def _parses(sparql: str) -> bool:
    """Whether a query is well-formed: an empty store has nothing to look up."""
    try:
        ox.Store().query(sparql, prefixes=PREFIXES)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):  # it parsed, and was about to reach out
        return True
    return True
