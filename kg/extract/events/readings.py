"""One trigger read in one sense: its fillers, by role, and what caused it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.events.lexicon import NO_ROLE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.events.lexicon import Sense
    from kg.extract.events.triggers import Trigger

HARM = frozenset({"Killing", "Injury", "Destruction", "Displacement", "DisasterDeath"})


@dataclass(slots=True)
class Reading:
    """The fillers of one trigger in one of its senses, and the events (heads of their triggers) that caused it."""

    trigger: Trigger
    sense: Sense
    fillers: dict[str, list[Token]] = field(default_factory=dict)
    causes: list[Token] = field(default_factory=list)
    support: Token | None = None
    modality: str | None = None
    settled: str | None = None

    @property
    def type(self) -> str:
        """The event type: that of the sense, or what the rest of the text makes of it."""
        return self.settled or self.sense.type

    def add(self, role: str, token: Token) -> None:
        """Add a filler, once, and in one role only."""
        if all(token not in given for given in self.fillers.values()):
            self.fillers.setdefault(role, []).append(token)

    def of(self, role: str) -> list[Token]:
        """The fillers of a role."""
        return self.fillers.get(role, [])

    @property
    def is_mere_cause(self) -> bool:
        """Whether the trigger only says what brought another event about ("rain", "cancer")."""
        return self.sense.subject == self.sense.object == NO_ROLE

    @property
    def is_harm(self) -> bool:
        """Whether the event is what an attack does to people or things, not the attack."""
        return "victim" in {self.sense.subject, self.sense.object} or self.sense.type in HARM
