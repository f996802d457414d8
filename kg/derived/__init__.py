"""What is inferred over all articles: incidents and how claims stand to each other. Can always be rebuilt."""

from kg.derived.learning import learning
from kg.derived.rebuilding import rebuild
from kg.derived.sheet import Row, sheet
from kg.derived.telling import Told, make_teller

__all__ = ["Row", "Told", "learning", "make_teller", "rebuild", "sheet"]
