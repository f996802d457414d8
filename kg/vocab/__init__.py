"""The ontology as values: reads `ontology/*.ttl` into a `Schema`; nothing else in kg parses Turtle vocabulary."""

from kg.vocab.iris import Iris
from kg.vocab.namespaces import DATA, KG, ONTOLOGY, PREFIXES, SCHEMES
from kg.vocab.publishers import listed_publishers, publisher_id
from kg.vocab.schema import load_schema, ontology_files, ontology_folder

__all__ = [
    "DATA",
    "KG",
    "ONTOLOGY",
    "PREFIXES",
    "SCHEMES",
    "Iris",
    "listed_publishers",
    "load_schema",
    "ontology_files",
    "ontology_folder",
    "publisher_id",
]
