"""What is inferred over all articles: incidents and how claims stand to each other. Can always be rebuilt."""

from kg.derived.rebuilding import rebuild

__all__ = ["rebuild"]
