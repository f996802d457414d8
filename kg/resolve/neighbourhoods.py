"""Which of many things to compare, and which of them hang together: blocks with a window, and components of a graph.

Things that share a block stand in it in a fixed order, and each is compared with its next few (sorted neighbourhood,
Hernández & Stolfo 1995), so that a block of any size costs no more than its length. What is compared depends on the
block's members alone, never on the order in which they came: that is what lets a change be worked in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

Thing = TypeVar("Thing", bound="Hashable")

#: A thing is compared with so many that follow it in a block.
WINDOW = 24


def pairs(block: Sequence[Thing], window: int = WINDOW) -> set[tuple[Thing, Thing]]:
    """The pairs of a block that are compared, the earlier first."""
    return {(one, other) for at, one in enumerate(block) for other in block[at + 1 : at + 1 + window]}


def changed_pairs(
    before: Sequence[Thing], after: Sequence[Thing], window: int = WINDOW
) -> tuple[set[tuple[Thing, Thing]], set[tuple[Thing, Thing]]]:
    """The pairs that are compared no more, and those that are compared now, when a block changes.

    Only what stands within a window of the changed stretch is looked at.
    """
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    tail = 0
    while tail < min(len(before), len(after)) - same and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    first, rest = max(0, same - window), max(0, tail - window)
    gone, come = pairs(before[first : len(before) - rest], window), pairs(after[first : len(after) - rest], window)
    return gone - come, come - gone


def component(start: Thing, neighbours: Callable[[Thing], Iterable[Thing]]) -> set[Thing]:
    """Everything that can be reached from a thing."""
    found, waiting = {start}, [start]
    while waiting:
        new = set(neighbours(waiting.pop())) - found
        found |= new
        waiting.extend(new)
    return found
