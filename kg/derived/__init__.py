"""What is inferred over all articles: incidents and how claims stand to each other. Can always be rebuilt."""

from kg.derived.rebuilding import rebuild
from kg.derived.sheet import Row, sheet

__all__ = ["Row", "rebuild", "sheet"]
