"""Questions to the graph: shipped queries by name, a user's own SPARQL, and the forms that answers are written in."""

from kg.query.ask import ask, load_query
from kg.query.guard import refuse_network
from kg.query.named import NamedQuery, Parameter, named_queries
from kg.query.results import FORMATS, write_result

__all__ = [
    "FORMATS",
    "NamedQuery",
    "Parameter",
    "ask",
    "load_query",
    "named_queries",
    "refuse_network",
    "write_result",
]
