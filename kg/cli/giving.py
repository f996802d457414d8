"""Commands that hand the graph on: export, push, backup, restore."""

from __future__ import annotations

COMMANDS = ()
