"""Commands that hand the graph on: export, backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import store_option


@click.command()
@store_option
@click.option("--format", "form", help="turtle, ntriples, nquads, trig, jsonld, rdfxml, rdf12, graphml, gexf, …")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file, .gz to compress; else stdout.")
def export(store: Path, form: str | None, out: Path | None) -> None:
    """Write the whole graph; without --format the file's suffix decides."""
    from kg.export import export as write
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        write(opened, out or sys.stdout.buffer, form or (None if out else "turtle"))


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@store_option
def backup(target: Path, store: Path) -> None:
    """Copy the graph to a folder, while it may be in use."""
    from kg.store import backup as copy
    from kg.store import open_store

    with open_store(store) as opened:
        copy(opened, target)
    click.echo(f"{target}: backup of {store}", err=True)


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@store_option
def restore(source: Path, store: Path) -> None:
    """Put a backup in the place of the graph; the graph that was there is kept beside it."""
    from kg.store import restore as put

    click.echo(f"{store}: {put(source, store):,} statements restored from {source}", err=True)


COMMANDS = (export, backup, restore)
