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
_FROM = re.compile("from", re.IGNORECASE)


def refuse_network(sparql: str) -> None:
    """Refuse a query that would ask another server. The query itself is not touched: an ASK would be answered at once.

    Raises:
        QueryError: The query has a SERVICE clause, or has the word and is malformed.
    """
    if not _WORD.search(sparql):
        return
    try:
        ox.Store().query(_WORD.sub("xervice", sparql), prefixes=PREFIXES)
    except SyntaxError as error:
        raise QueryError("SERVICE is refused, a query may not reach out; or this one is malformed") from error


def names_graphs(sparql: str) -> bool:
    """Whether a query has a dataset clause of its own (FROM, FROM NAMED); its parser is asked, as for SERVICE."""
    if not _FROM.search(sparql):
        return False
    try:
        ox.Store().query(_FROM.sub("xrom", sparql), prefixes=PREFIXES)
    except SyntaxError:
        return True
    return False
