"""Commands that read articles: build, extract, explain."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import day, json_option, quiet_option, reading_options, store_option
from kg.errors import IncompleteError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.corpus import Tally
    from kg.pipeline import Failures, Settings, Summary

#: Failures that are told one by one.
TOLD = 50

paths_argument = click.argument("paths", nargs=-1, metavar="[PATH]...")


@click.command()
@paths_argument
@store_option
@reading_options
@click.option("--base-iri", metavar="IRI", help="The namespace of the data, instead of kg's own.")
@click.option("--strict", is_flag=True, help="Exit with an error if any article failed.")
@click.option("--refresh", is_flag=True, help="Add nothing: read again what other code, ontology or model has read.")
@click.option("--workers", type=click.IntRange(1), help="Processes that read: 1 if left out; with ray, all cores.")
@click.option(
    "--engine",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="Where they are: on this machine, or on the Ray cluster that RAY_ADDRESS names.",
)
@click.option(
    "--parts-only",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Store nothing: write parts, N-Quads files for the bulk loader of another store.",
)
@click.option(
    "--from-parts",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="Read no articles: store what --parts-only wrote.",
)
@quiet_option
@json_option
def build(paths: tuple[str, ...], store: Path, published: str | None, **options: Any) -> None:
    """Read articles into the graph.

    PATH is a file (txt, html, jsonl, csv, warc, pdf, rss, NewsML-G2; zip or gz of them), a folder, or - for JSON
    lines on standard input; the bundled sample if left out. A repeated or interrupted build goes on where it was.
    """
    from kg import pipeline
    from kg.corpus import Tally, sample_path

    folder, loaded = options["parts_only"], options["from_parts"]
    if loaded and (paths or folder):
        raise InputError("--from-parts reads no articles; leave out PATH and --parts-only")
    chosen = paths or (sample_path(),)
    tally = Tally.of((loaded,) if loaded else chosen)
    reading = {"published": day(published), "workers": options["workers"], "engine": options["engine"], "tally": tally}
    with _progress(tally, quiet=options["quiet"] or options["as_json"]) as progress:
        if loaded:
            summary = pipeline.load_parts(loaded, store, _settings(options), progress=progress)
        elif folder:
            summary = pipeline.write_parts(chosen, folder, _settings(options), progress=progress, **reading)
        else:
            refresh = options["refresh"]
            summary = pipeline.build(chosen, store, _settings(options), progress=progress, refresh=refresh, **reading)
    if options["as_json"]:
        click.echo(json.dumps(_as_json(summary)))
    elif not options["quiet"]:
        _print_summary(summary, store, folder)
    _report(summary.failures)
    _judge(summary.failures, summary.read + summary.unchanged, strict=options["strict"])


@click.command()
@paths_argument
@reading_options
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a line, and read nothing.")
@click.option("--strict", is_flag=True, help="Exit with an error if any article failed.")
def extract(paths: tuple[str, ...], published: str | None, schema: bool, **options: Any) -> None:  # noqa: FBT001
    """Read articles and print what was found, one JSON object a line; nothing is stored."""
    if schema:
        from kg.line_schema import json_schema
        from kg.vocab import load_schema

        click.echo(json.dumps(json_schema(load_schema()), indent=1))
        return
    from kg.corpus import sample_path
    from kg.lines import dumps
    from kg.pipeline import Failures, resolutions
    from kg.records import Failure

    failures, read = Failures(), 0
    for found in resolutions(paths or (sample_path(),), _settings(options), day(published)):
        if isinstance(found, Failure):
            failures.append(found)
        else:
            read += 1
            click.echo(dumps(found))
    _report(failures)
    _judge(failures, read, strict=options["strict"])


@click.command()
@click.argument("text")
@reading_options
def explain(text: str, published: str | None, **options: Any) -> None:
    """Show for a sentence, or for a file, which rule found what, and why a cue or trigger gave nothing."""
    from kg.explain import explanation

    for line in explanation(text, _settings(options), day(published)):
        click.echo(line)


def _settings(options: dict[str, Any]) -> Settings:
    from kg.pipeline import Settings

    names = ("model", "base_iri", "quotation_model")
    given = {name: options.get(name) for name in names}
    return Settings(rules_only=options["rules_only"], **{name: value for name, value in given.items() if value})


@contextmanager
def _progress(tally: Tally, *, quiet: bool) -> Iterator[Callable[[Summary], None]]:
    """A bar on a terminal, nothing in a pipe: articles, words a second, failures, time left by bytes of the input."""
    from tqdm import tqdm

    with tqdm(unit=" articles", disable=quiet or not sys.stderr.isatty(), dynamic_ncols=True) as bar:

        def show(summary: Summary) -> None:
            bar.update()
            if not bar.disable:
                bar.set_postfix_str(_state(summary, tally, bar.format_dict["elapsed"]), refresh=False)

        yield show


def _state(summary: Summary, tally: Tally, elapsed: float) -> str:
    """Words a second, failures and time left, which is known once something has been read."""
    parts = [f"{summary.words / max(elapsed, 0.1):,.0f} words/s", f"{summary.failures.total:,} failed"]
    if 0 < tally.done <= tally.total:
        left = int(elapsed * (tally.total - tally.done) / tally.done)
        parts.append(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")
    return ", ".join(parts)


def _as_json(summary: Summary) -> dict[str, Any]:
    return {
        "read": summary.read,
        "unchanged": summary.unchanged,
        "left_out": summary.left_out,
        "words": summary.words,
        "repeated": summary.repeated,
        "counts": dict(sorted(summary.counts.items())),
        "seconds": {stage: round(seconds, 3) for stage, seconds in summary.seconds.items()},
        "failed": summary.failures.total,
        "reasons": [{"stage": stage, "reason": why, "count": n} for (stage, why), n in _reasons(summary.failures)],
        "failures": [{"document": x.document, "stage": x.stage, "error": x.error} for x in summary.failures],
    }


def _print_summary(summary: Summary, store: Path, parts: Path | None) -> None:
    counts = ", ".join(f"{number:,} {kind.lower()}s" for kind, number in sorted(summary.counts.items()))
    click.echo(f"{summary.read:,} articles read, {summary.unchanged:,} unchanged, {summary.failures.total:,} failed.")
    if counts:
        click.echo(f"Found {counts}.")
    if summary.repeated:
        click.echo(
            f"{len(summary.repeated)} ids came twice, the later article stays: {', '.join(summary.repeated[:5])}"
        )
    seconds = ", ".join(f"{stage} {time:.1f}" for stage, time in summary.seconds.items())
    click.echo(f"CPU seconds: {seconds}.")
    if parts:
        click.echo(f"The parts are in {parts}. Next: a bulk loader (articles-*.nq.gz, shared.nq.gz), or --from-parts.")
        return
    click.echo(f"The graph is in {store}. Next: kg query (lists the queries), kg view (a page), kg export --help.")


def _report(failures: Failures) -> None:
    """Tell of each failure; of many, the first, and of all how many there are for each reason."""
    for failure in failures[:TOLD]:
        click.echo(f"kg: {failure.document}: {failure.error} ({failure.stage})", err=True)
    if failures.total <= TOLD:
        return
    click.echo(f"kg: and {failures.total - TOLD:,} more; --json lists them. All, by reason:", err=True)
    for (stage, reason), number in _reasons(failures)[:TOLD]:
        click.echo(f"kg: {number:,} {reason} ({stage})", err=True)


def _reasons(failures: Failures) -> list[tuple[tuple[str, str], int]]:
    """Most first; equal ones by name."""
    return sorted(failures.reasons.items(), key=lambda each: (-each[1], each[0]))


def _judge(failures: Failures, read: int, *, strict: bool) -> None:
    if failures and not read:
        raise InputError("no article could be read; see the reasons above")
    if failures and strict:
        raise IncompleteError(f"{failures.total} articles failed, {read} did not")


COMMANDS = (build, extract, explain)
