"""The ontology as values: reads `ontology/*.ttl` into a `Schema`; nothing else in kg parses Turtle vocabulary."""

from kg.vocab.namespaces import KG, ONTOLOGY, PREFIXES, SCHEMES
from kg.vocab.schema import load_schema, ontology_files, ontology_folder

__all__ = ["KG", "ONTOLOGY", "PREFIXES", "SCHEMES", "load_schema", "ontology_files", "ontology_folder"]
