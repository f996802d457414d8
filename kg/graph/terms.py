"""RDF terms, made once: predicates and classes by attribute, literals by what they stand for."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.vocab.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

Term = ox.NamedNode | ox.Literal
Triple = tuple[ox.NamedNode, ox.NamedNode, Term]

_SURROGATE = re.compile("[\ud800-\udfff]")
node = lru_cache(maxsize=65536)(ox.NamedNode)


class Terms:
    """The terms of one namespace: `KG.start` is `<…ontology#start>`; each is made once."""

    def __init__(self, prefix: str) -> None:
        self._namespace = PREFIXES[prefix]

    def __getattr__(self, name: str) -> ox.NamedNode:
        """Make a term the first time that it is asked for."""
        term = ox.NamedNode(self._namespace + name)
        setattr(self, name, term)
        return term

    def __getitem__(self, name: str) -> ox.NamedNode:
        """The term of a name that comes from a record."""
        return getattr(self, name)  # type: ignore[no-any-return]


KG, EV, STANCE, MEASURE, BOUND = (Terms(prefix) for prefix in ("kg", "ev", "stance", "measure", "bound"))
CERTAINTY, POLARITY, TEMPORALITY = (Terms(prefix) for prefix in ("certainty", "polarity", "temporality"))
MODALITY, TENSE = Terms("modality"), Terms("tense")
RDF, RDFS, SKOS, DCTERMS, PROV = (Terms(prefix) for prefix in ("rdf", "rdfs", "skos", "dcterms", "prov"))
GEO, WGS84, SCHEMA, XSD = (Terms(prefix) for prefix in ("geo", "wgs84", "schema", "xsd"))
TRUE = ox.Literal(True)  # noqa: FBT003  # a value, not an option


def text(words: str) -> ox.Literal:
    """A string; a lone surrogate, which no RDF syntax can write, becomes U+FFFD."""
    return ox.Literal(words.encode("utf-8", "replace").decode() if _SURROGATE.search(words) else words)


@lru_cache(maxsize=4096)
def word(words: str) -> ox.Literal:
    """A string that recurs: the name of a rule, a kind."""
    return text(words)


def decimal(number: float) -> Iterator[ox.Literal]:
    """A number as xsd:decimal, without an exponent; nothing for what is no number."""
    if isfinite(number):
        written = str(int(number)) if number == int(number) else f"{Decimal(repr(number)):f}"
        yield ox.Literal(written, datatype=XSD.decimal)


def moment(time: dt.datetime) -> ox.Literal:
    """A UTC time to the second; a time without a zone is taken as UTC."""
    utc = time.astimezone(dt.UTC) if time.tzinfo else time
    return ox.Literal(f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z", datatype=XSD.dateTime)


def date(day: dt.date) -> ox.Literal:
    """A calendar date."""
    return ox.Literal(f"{day.year:04}-{day.month:02}-{day.day:02}", datatype=XSD.date)


def concept(terms: Terms, name: str | None) -> Iterator[ox.NamedNode]:
    """A concept of a scheme, if there is one."""
    if name:
        yield terms[name]
