"""Commands that show: view, serve."""

from __future__ import annotations

COMMANDS = ()
