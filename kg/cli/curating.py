"""Commands that curate: merge, correct, train."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option, store_option
from kg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("claim", required=False)
@store_option
@click.option("--reject", is_flag=True, help="The article does not say this.")
@click.option("--field", metavar="NAME", help="The value to amend: stance, polarity, claimant, low, best, high, …")
@click.option("--value", metavar="VALUE", help="What it is.")
@click.option("--author", metavar="NAME", help="Who decides.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
@json_option
def correct(claim: str | None, store: Path, as_json: bool, **options: str | bool | None) -> None:  # noqa: FBT001
    """Reject a claim or amend one of its values; the decision is kept beside the store and outlives every build.

    CLAIM is the id or the IRI of a claim. Without one, lists the decisions that were made.
    """
    if claim is None:
        _list_corrections(store, as_json=as_json)
        return
    if bool(options["reject"]) == bool(options["field"]):
        raise InputError("kg correct: say either --reject, or --field and --value")
    if not options["author"]:
        raise InputError("kg correct: needs the --author who decides")
    from kg import derived
    from kg.derived.corrections import correct as put_right
    from kg.derived.corrections import decision
    from kg.store import open_store

    with open_store(store) as opened:
        put_right(opened, decision(opened, claim, **options))
        derived.rebuild(opened)


def _list_corrections(store: Path, *, as_json: bool) -> None:
    import json
    from dataclasses import asdict

    from kg.derived.corrections import corrections_file, read
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        made = read(corrections_file(opened))
    for each in made:
        fields = asdict(each)
        words = (str(value) for value in fields.values() if value)
        click.echo(json.dumps(fields, ensure_ascii=False) if as_json else "\t".join(words))


COMMANDS = (correct,)
