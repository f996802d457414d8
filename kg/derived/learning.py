"""Take in what articles tell of while they are stored, so that they need not be read from the store again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.derived.state import open_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.derived.telling import Told
    from kg.store import Store

    Learn = Callable[[str, str, Told], None]

#: Articles that are taken in between two commits.
CHUNK = 200


@contextmanager
def learning(store: Store) -> Iterator[Learn]:
    """Open the state of a store to take articles in: by id, with the fingerprint that they were stored with.

    An article must be safe in the store before it is taken in. What is not taken in, since it was read elsewhere or the
    run was stopped, the next `rebuild` reads from the store.

    Raises:
        StoreError: The file of what was derived before is damaged.
    """
    taken = 0
    with open_state(store.path) as state:

        def learn(name: str, mark: str, told: Told) -> None:
            nonlocal taken
            state.learn(name, mark, told)
            state.set_meta("learned", "yes")
            taken += 1
            if taken % CHUNK == 0:
                state.commit()

        yield learn
        state.commit()
