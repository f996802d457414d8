"""What breaks a shape, and what a store must offer to be checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Graphs(Protocol):
    """What a store offers: names of graphs, their quads, and queries over their union."""

    def graphs(self) -> list[str]:
        """The names of all graphs, sorted."""

    def quads(self, graph: str | None = None) -> Iterable[Any]:
        """The quads of one graph, or of all."""

    def select(self, sparql: str) -> Iterable[Any]:
        """The rows of a SELECT query."""

    def __len__(self) -> int:
        """The number of quads."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One way in which one node breaks a shape; `component` is SHACL's name of what it breaks."""

    node: str
    path: str
    value: str
    message: str
    component: str

    def __str__(self) -> str:
        """One line: the node, the property, the value, what is wrong."""
        parts = (self.node, self.path and f"property {self.path}", self.value and f"value {self.value!r}", self.message)
        return ": ".join(" ".join(part.split()) for part in parts if part)
