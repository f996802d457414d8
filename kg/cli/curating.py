"""Commands that curate: merge, correct, train."""

from __future__ import annotations

COMMANDS = ()
