"""Commands that ask: query, incidents, articles, validate."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.cli.options import json_option, store_option
from kg.errors import ConformanceError, InputError


@click.command()
@click.argument("query", required=False, metavar="[NAME|SPARQL]")
@click.argument("values", nargs=-1, metavar="[PARAMETER=VALUE]...")
@store_option
@click.option("-f", "--file", type=click.Path(path_type=Path), help="Read the SPARQL from a file.")
@click.option("--format", "form", default="table", show_default=True, help="table, csv, tsv, json, xml or turtle.")
def query(query: str | None, values: tuple[str, ...], store: Path, file: Path | None, form: str) -> None:
    """Ask the graph: a shipped query by its name, with values for its parameters, or SPARQL.

    Without a query, lists the shipped ones. The prefixes of the ontology are declared, the default graph is the union
    of all.
    """
    from kg.query import ask, load_query, write_result
    from kg.store import open_store

    if query is None and file is None:
        click.echo("\n".join(_catalogue()))
        return
    sparql = load_query(query, file, _values(values))
    with open_store(store, read_only=True) as opened:
        write_result(ask(opened, sparql), sys.stdout.buffer, form)


def _catalogue() -> list[str]:
    """Name, help and parameters of each shipped query."""
    from kg.query import named_queries

    lines = []
    width = max(map(len, named_queries()))
    for each in named_queries().values():
        lines.append(f"{each.name:{width}}  {each.help}")
        lines += [f"{'':{width}}    {one.name}=…  {one.help} (default {one.default})" for one in each.parameters]
    return lines


def _values(pairs: tuple[str, ...]) -> dict[str, str]:
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise InputError(f"{wrong[0]!r}: is no PARAMETER=VALUE; put SPARQL into quotation marks")
    return dict(pair.split("=", 1) for pair in pairs)


@click.command()
@store_option
@click.option(
    "--remove", "removed", multiple=True, metavar="ID", help="Withdraw an article, with all that only it said."
)
@json_option
def articles(store: Path, removed: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001  # as click passes it
    """List the articles of the graph, or withdraw some."""
    from kg.store import open_store

    if removed:
        _withdraw(store, removed)
        return
    with open_store(store, read_only=True) as opened:
        for each in opened.articles():
            fields = (each.id, each.published or "", each.publisher or "", each.title or "")
            click.echo(json.dumps(each._asdict(), ensure_ascii=False) if as_json else "\t".join(map(_line, fields)))


def _line(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _withdraw(path: Path, ids: tuple[str, ...]) -> None:
    from kg import derived
    from kg.store import open_store

    with open_store(path) as store:
        missing = [each for each in ids if not store.retract(each)]
        derived.rebuild(store)
    click.echo(f"{len(ids) - len(missing)} withdrawn", err=True)
    if missing:
        raise InputError(f"{missing[0]!r}: no such article in {path}; kg articles lists them")


@click.command()
@store_option
@click.option("--limit", default=20, show_default=True, help="How many violations to print.")
@click.option("--engine", default="auto", show_default=True, help="pyshacl, the reference; sparql, for large graphs.")
def validate(store: Path, limit: int, engine: str) -> None:
    """Check the graph against the shapes of the ontology (SHACL)."""
    from kg.store import open_store
    from kg.validate import ENGINES
    from kg.validate import validate as check

    if engine not in ENGINES:
        raise InputError(f"--engine {engine!r}: no engine; one of {', '.join(ENGINES)}")
    with open_store(store, read_only=True) as opened:
        found = check(opened, engine=engine)
    for each in found[:limit]:
        click.echo(each)
    if found:
        raise ConformanceError(f"{len(found)} violations of ontology/shapes.ttl; see above")
    click.echo("the graph conforms to the shapes", err=True)


@click.command()
@store_option
@click.option("--format", "form", default="csv", show_default=True, help="csv or json.")
@click.option("--new", is_flag=True, help="Only what the last build brought.")
@click.option("--disputed", is_flag=True, help="Only incidents that claims contradict each other on.")
@click.option("--all", "everything", is_flag=True, help="Other events than violence too.")
def incidents(store: Path, form: str, **options: bool) -> None:
    """Write the incident sheet: who struck whom, where, when, how many according to whom, who denies it."""
    from kg.derived import sheet
    from kg.export.incidents import FORMATS
    from kg.store import open_store

    if form not in FORMATS:
        raise InputError(f"--format {form!r}: no format of the sheet; one of {', '.join(FORMATS)}")
    with open_store(store, read_only=True) as opened:
        rows = sheet(opened, everything=options["everything"])
    kept = [row for row in rows if row.status or not options["new"]]
    kept = [row for row in kept if row.disputed or not options["disputed"]]
    click.echo(FORMATS[form](kept), nl=form == "json")


COMMANDS = (query, incidents, articles, validate)
