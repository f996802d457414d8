"""Commands that show: view, serve."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import store_option

LOCAL = ("127.0.0.1", "localhost", "[::1]")


@click.command()
@store_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("out") / "graph.html",
    show_default=True,
    help="The page.",
)
@click.option("--engine", default="explorer", show_default=True, help="explorer, or pyvis.")
@click.option("--title", default="News graph", show_default=True, help="The title of the page.")
@click.option("--sparql", is_flag=True, help="The page answers SPARQL too; adds 2.5 MB and the graph.")
def view(store: Path, out: Path, engine: str, title: str, *, sparql: bool) -> None:
    """Write a page that shows the graph: one file, which needs no network and no server."""
    from kg.store import open_store
    from kg.view.views import write_view

    with open_store(store, read_only=True) as opened:
        quads = opened.quads() if sparql else None
        scene = write_view(opened.select, out, engine=engine, title=title, quads=quads)
    click.echo(f"{out}: {len(scene.nodes):,} nodes, {len(scene.statements):,} statements; open it in a browser")


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8080, show_default=True, help="The port to listen at.")
@click.option("--name", "names", multiple=True, help="A further host name that the service is called by; * for any.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="A web page that may ask from a browser.")
@click.option("--base-iri", metavar="IRI", help="The namespace of the data, instead of kg's own.")
@click.option("--seconds", default=10.0, show_default=True, help="Time limit of a query.")
@click.option("--memory", default=2048, show_default=True, help="Memory limit of a query, in megabytes.")
@click.option("--workers", default=2, show_default=True, help="Queries that run at the same time.")
def serve(  # noqa: PLR0913, PLR0917  # one parameter an option
    store: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    base_iri: str | None,
    seconds: float,
    memory: int,
    workers: int,
) -> None:
    """Offer the graph over HTTP: the explorer at /, SPARQL at /sparql, graphs at /graph, every IRI under /data."""
    import uvicorn

    from kg.serve.app import make_app
    from kg.serve.limits import Limits
    from kg.store import open_store
    from kg.vocab import DATA

    open_store(store, read_only=True).close()  # says at once where there is none
    limits = Limits(seconds=seconds, memory=memory << 20, workers=workers)
    hosts = (*LOCAL, host, *names)
    app = make_app(store, limits=limits, hosts=hosts, origins=origins, base=base_iri or DATA, warm=True)
    click.echo(f"http://{host}:{port}/ shows {store}, /sparql answers queries; stop with Ctrl-C", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")


COMMANDS = (view, serve)
