"""Commands that hand the graph on: export, push, backup, restore; and the ontology as a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.options import store_option


@click.command()
@store_option
@click.option("--format", "form", help="turtle, ntriples, nquads, trig, jsonld, rdfxml, rdf12, graphml, gexf, …")
@click.option("--out", type=click.Path(path_type=Path), help="A file, .gz to compress; stdout if left out.")
@click.option("--for", "product", metavar="STORE", help="Files for this store's bulk loader, and its command.")
def export(store: Path, form: str | None, out: Path | None, product: str | None) -> None:
    """Write the whole graph; without --format the file's suffix decides."""
    from kg.export import export as write
    from kg.export.bulk import export_for
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        if product:
            path, command = export_for(opened, product, out or Path("out"))
            click.echo(f"{path} is written. Load it with:\n{command}")
        else:
            write(opened, out or sys.stdout.buffer, form or (None if out else "turtle"))


@click.command()
@click.argument("url")
@store_option
@click.option("--to", "product", default="oxigraph", show_default=True, help="What is there: virtuoso, fuseki, …")
@click.option("--user", default="", help="Who we are there.")
@click.option("--password", default="", envvar="KG_PUSH_PASSWORD", help="Better in KG_PUSH_PASSWORD.")
@click.option("--token", default="", envvar="KG_PUSH_TOKEN", help="A bearer token; better in KG_PUSH_TOKEN.")
@click.option(
    "--auth",
    type=click.Choice(["none", "basic", "digest", "bearer", "sigv4"]),
    help="Instead of what STORE wants; sigv4 signs for AWS.",
)
@click.option("--prune", is_flag=True, help="Drop our graphs that are there and no longer here.")
def push(url: str, store: Path, product: str, prune: bool, **identity: Any) -> None:  # noqa: FBT001  # as click passes it
    """Make a triple store hold this graph, and compare the numbers of statements.

    A push that was cut off goes on where it was. URL is the server's, dataset or repository included.
    """
    from kg.errors import ExportError
    from kg.export.push import push as send
    from kg.export.remote import Credentials
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        report = send(opened, url, product, Credentials(**identity), prune=prune)
    click.echo(str(report))
    if report.differences:
        raise ExportError(f"{url}: {len(report.differences)} graphs differ; repeat the push")


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


@click.command()
@click.option("--html", "target", type=click.Path(path_type=Path), required=True, help="The file to write.")
def ontology(target: Path) -> None:
    """Write the ontology as a page: classes, properties, concepts, with diagrams. Needs newskg[docs]."""
    from kg.errors import ExportError
    from kg.export.ontology_page import ontology_page

    page = ontology_page()
    try:
        target.write_text(page, "utf-8")
    except OSError as error:
        raise ExportError(f"{target}: cannot be written ({error.strerror}); name another file") from error
    click.echo(f"{target}: the ontology as a page", err=True)


COMMANDS = (export, push, backup, restore, ontology)
