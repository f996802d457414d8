"""The command line: arguments in, exit code out. What a command does is in the module that it calls.

Commands import what they need when they run: `kg --help` loads neither spaCy nor the store.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from kg import __version__
from kg.cli import asking, curating, giving, reading, showing
from kg.errors import KgError


class Commands(click.Group):
    """Turns what kg raises on purpose into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with the error's own code."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # whoever read our output has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of use, not of the alphabet."""
        del ctx
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build a knowledge graph from news: who said what, who struck whom, where, how many, and who disagrees."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # more threads make the parser slower


for module in (reading, asking, showing, giving, curating):
    for command in module.COMMANDS:
        main.add_command(command)
