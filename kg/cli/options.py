"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    import datetime as dt
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
        click.option(
            "--quotation-model",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            help="A folder of weights that kg train quotations wrote.",
        ),
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
    from kg.corpus import read_date

    return None if text is None else read_date(text)
