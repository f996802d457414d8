"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

C = TypeVar("C", bound="Callable[..., Any]")

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out") / "store",
    show_default=True,
    help="The folder of the graph.",
)
quiet_option = click.option("--quiet", is_flag=True, help="Print nothing but errors.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def reading_options(command: C) -> C:
    """What every command that reads articles can be told."""
    for option in (
        click.option("--rules-only", is_flag=True, help="Find quotations by rules, without the trained tagger."),
        click.option("--model", metavar="NAME", help="A spaCy English pipeline to read with."),
        click.option("--published", metavar="DATE", help="The date (YYYY-MM-DD) of articles that give none."),
    ):
        command = option(command)
    return command


def day(text: str | None) -> dt.date | None:
    """The date that an option gives.

    Raises:
        InputError: It is no date.
    """
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--published {text!r}: is no date; write it as 2016-07-01") from error
