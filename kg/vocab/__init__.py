"""The ontology as values: reads `ontology/*.ttl` into a `Schema`; nothing else in kg parses Turtle vocabulary."""

from kg.vocab.iris import Iris
from kg.vocab.namespaces import DATA, KG, ONTOLOGY, PREFIXES, SCHEMES
from kg.vocab.schema import load_schema, ontology_files, ontology_folder

__all__ = ["DATA", "KG", "ONTOLOGY", "PREFIXES", "SCHEMES", "Iris", "load_schema", "ontology_files", "ontology_folder"]
