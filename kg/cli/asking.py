"""Commands that ask: query, incidents, articles, validate."""

from __future__ import annotations

COMMANDS = ()
