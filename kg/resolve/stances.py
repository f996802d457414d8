"""What the stances of `ontology/stances.ttl` do to a claim: which deny, answer, look ahead, doubt, or only judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Certainty

DENYING = "denies"
ACCUSING = "accuses"
RESPONSIBILITY = "claimsResponsibility"

#: Stances that answer what somebody else has said.
RESPONDING = frozenset({DENYING, "confirms", RESPONSIBILITY})

#: Stances towards what has not happened yet.
AHEAD = frozenset({"promises", "threatens", "predicts", "demands"})

#: Stances towards an event that the words take for granted: who condemns a bombing is not the one who reports it.
JUDGING = frozenset({"condemns", "praises", "apologises", "supports", "opposes", "withholds"})

#: Stances that lower what the words of the content say, or leave it open.
CERTAINTY: dict[str, Certainty] = {
    "estimates": "probable",
    "believes": "probable",
    "predicts": "probable",
    "suggests": "possible",
    "fears": "possible",
    "hopes": "unknown",
    "asks": "unknown",
    "demands": "unknown",
}
