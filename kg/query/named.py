"""The shipped queries: one `.rq` file each. The first comment says what it answers.

A parameter is a line `VALUES $name { default } # what it is`, so that a file is a complete query, which can be pasted
into any SPARQL 1.1 endpoint, and a value can take the place of the default without becoming syntax.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARAMETER = re.compile(r"VALUES \$(\w+) \{ (\"[^\"]*\"|<[^>]*>|-?[0-9.]+) \}(?:[ ]*#[ ]*(.*))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query can be given; `default` is a SPARQL term."""

    name: str
    default: str
    help: str

    def term(self, value: str) -> str:
        """The value as a SPARQL term of the default's kind.

        Raises:
            QueryError: The value is no number, or no IRI, where one is needed.
        """
        if self.default.startswith('"'):
            return str(ox.Literal(value))
        if self.default.startswith("<"):
            return _iri(self.name, value)
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise QueryError(f"{self.name}={value}: a number is needed, like {self.default}")
        return value


def _iri(name: str, value: str) -> str:
    try:
        return str(ox.NamedNode(value))
    except ValueError as error:
        raise QueryError(f"{name}={value}: an IRI is needed ({error})") from error


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A shipped query: its name, one line of help, the SPARQL, and what it can be given."""

    name: str
    help: str
    sparql: str
    parameters: tuple[Parameter, ...]

    def bind(self, values: Mapping[str, str]) -> str:
        """The SPARQL with these values for its parameters.

        Raises:
            QueryError: A parameter is unknown, or a value of the wrong kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := sorted(set(values) - set(known)):
            allowed = ", ".join(known) or "none"
            raise QueryError(f"query {self.name!r} has no parameter {unknown[0]!r}; it has: {allowed}")
        terms = {name: known[name].term(value) for name, value in values.items()}
        return _PARAMETER.sub(lambda found: f"VALUES ${found[1]} {{ {terms.get(found[1], found[2])} }}", self.sparql)


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The shipped queries by name, in alphabetical order."""
    found = sorted(each.name for each in files("kg.queries").iterdir() if each.name.endswith(".rq"))
    return {name.removesuffix(".rq"): _read(name) for name in found}


def _read(name: str) -> NamedQuery:
    sparql = files("kg.queries").joinpath(name).read_text("utf-8")
    first = sparql.partition("\n")[0].removeprefix("#").strip()
    parameters = {found[1]: Parameter(found[1], found[2], found[3] or "") for found in _PARAMETER.finditer(sparql)}
    documented = {each.name: each for each in parameters.values()}
    for found in _PARAMETER.finditer(sparql):
        if found[3]:
            documented[found[1]] = Parameter(found[1], found[2], found[3])
    return NamedQuery(name.removesuffix(".rq"), first, sparql, tuple(documented.values()))
