"""What is compared: a window in each block, and what a change of a block changes in that."""

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.neighbourhoods import changed_pairs, component, pairs

BLOCKS = st.lists(st.integers(0, 30), unique=True).map(sorted)


def test_each_is_compared_with_the_next_few():
    assert pairs("abcd", 2) == {("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("c", "d")}


@given(BLOCKS, BLOCKS, st.integers(1, 4))
def test_working_in_a_change_gives_what_comparing_anew_gives(before, after, window):
    gone, come = changed_pairs(before, after, window)
    assert pairs(before, window) - gone | come == pairs(after, window)
    assert gone.isdisjoint(come)


@given(BLOCKS, st.integers(1, 4))
def test_a_block_costs_its_length(block, window):
    assert len(pairs(block, window)) <= window * len(block)


def test_what_hangs_together():
    near = {1: [2], 2: [1, 3], 3: [2], 4: []}
    assert [component(each, near.__getitem__) for each in (1, 3, 4)] == [{1, 2, 3}, {1, 2, 3}, {4}]
