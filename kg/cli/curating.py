"""Commands that curate: merge, correct, train."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import json_option, store_option
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from kg.records import Document, MergeDecision


@click.command()
@click.argument("claim", required=False)
@store_option
@click.option("--reject", is_flag=True, help="The article does not say this.")
@click.option("--undo", is_flag=True, help="Take back every decision on the claim.")
@click.option("--field", metavar="NAME", help="The value to amend: stance, polarity, claimant, low, best, high, …")
@click.option("--value", metavar="VALUE", help="What it is.")
@click.option("--author", metavar="NAME", help="Who decides.")
@click.option("--note", default="", metavar="TEXT", help="Why.")
@json_option
def correct(claim: str | None, store: Path, as_json: bool, **options: str | bool | None) -> None:  # noqa: FBT001
    """Reject a claim or amend one of its values; the decision is kept beside the store and outlives every build.

    CLAIM is the id or the IRI of a claim. Without one, lists the decisions that were made. What --undo takes back is
    restored exactly; that it was done, by whom and why, is kept with the rest.
    """
    if claim is None:
        _list_corrections(store, as_json=as_json)
        return
    if sum(bool(options[name]) for name in ("reject", "field", "undo")) != 1:
        raise InputError("kg correct: say one of --reject, --undo, or --field and --value")
    if not options["author"]:
        raise InputError("kg correct: needs the --author who decides")
    from kg import derived
    from kg.derived.corrections import correct as put_right
    from kg.derived.corrections import decision
    from kg.derived.corrections import undo as take_back
    from kg.store import open_store

    with open_store(store) as opened:
        if options["undo"]:
            number = take_back(opened, claim, str(options["author"]), str(options["note"] or ""))
            click.echo(f"took back {number} decisions", err=True)
        else:
            put_right(opened, decision(opened, claim, **options))
        derived.rebuild(opened)


def _list_corrections(store: Path, *, as_json: bool) -> None:
    import json
    from dataclasses import asdict

    from kg.derived.decisions import LISTS, corrections_file, read
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        made = read(corrections_file(opened))
    for each in made:
        fields = {name: value for name, value in asdict(each).items() if name not in LISTS}
        words = (str(value) for value in fields.values() if value)
        click.echo(json.dumps(fields, ensure_ascii=False) if as_json else "\t".join(words))


@click.group()
def train() -> None:
    """Train what learns: the tagger of quotations."""


@train.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--out", default=Path("out") / "quotations", show_default=True, type=click.Path(path_type=Path))
@click.option("--model", metavar="NAME", help="A spaCy English pipeline to read with.")
def quotations(files: tuple[Path, ...], out: Path, model: str | None) -> None:
    """Train the tagger of quotations from marked articles, in minutes; the same files give the same weights.

    FILE holds JSON lines: {"text": …, "quotes": [{"source": [[start, end]], "cue": …, "content": …}]}.
    """
    from kg.extract.quotations import train as train_quotations
    from kg.nlp import DEFAULT_MODEL, Parsed, load_pipeline, parse
    from kg.vocab import load_schema

    schema = load_schema()
    nlp = load_pipeline(schema, model or DEFAULT_MODEL)

    def parses(documents: Iterable[Document]) -> Iterator[Doc]:
        for parsed in parse(documents, nlp):
            if not isinstance(parsed, Parsed):
                raise InputError(f"{parsed.document}: cannot be learned from ({parsed.error}); leave it out")
            yield parsed.text

    count = train_quotations(files, out, schema, parses)
    click.echo(f"learned from {count} quotations; use them with kg build --quotation-model {out}")


FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@store_option
@click.option("--propose", type=FILE, metavar="FILE.yaml", help="Write pairs that may be one to a file.")
@click.option("--apply", "reviewed", type=FILE, metavar="FILE.yaml", help="Keep the verdicts of a file.")
@click.option("--undo", is_flag=True, help="Take back every decision on the entities ID….")
@click.option("--author", metavar="NAME", help="Who decides.")
@json_option
def merge(ids: tuple[str, ...], store: Path, author: str | None, as_json: bool, **options: Path | bool | None) -> None:  # noqa: FBT001
    """Judge which entities of different articles are one; nothing is merged without a person's verdict.

    Without an option, lists the decisions that were made. Articles are never edited: a decision is an owl:sameAs
    beside them, and can be taken back.
    """
    if sum(bool(value) for value in options.values()) > 1:
        raise InputError("kg merge: say one of --propose, --apply and --undo")
    if options["reviewed"] and not author:
        raise InputError("kg merge --apply: needs the --author who decides")
    if options["undo"] and not ids:
        raise InputError("kg merge --undo: needs the ids whose decisions are taken back; kg merge lists them")
    from kg.derived import merges
    from kg.store import open_store

    with open_store(store, read_only=not (options["reviewed"] or options["undo"])) as opened:
        if isinstance(path := options["propose"], Path):
            found = merges.proposals(opened)
            merges.write_proposals(found, path)
            click.echo(f"{len(found)} pairs may be one; write your verdicts to {path}")
        elif isinstance(path := options["reviewed"], Path):
            click.echo(f"kept {merges.apply(opened, merges.read_verdicts(path, author or ''))} new decisions")
        elif options["undo"]:
            click.echo(f"took back {merges.undo(opened, ids)} decisions")
        else:
            _list_merges(merges.read(merges.merges_file(opened)), as_json=as_json)


def _list_merges(made: Iterable[MergeDecision], *, as_json: bool) -> None:
    import json
    from dataclasses import asdict

    for each in made:
        row = f"{each.verdict}\t{each.kept}\t{each.other}\t{each.author}\t{each.note}"
        click.echo(json.dumps(asdict(each), ensure_ascii=False) if as_json else row)


COMMANDS = (train, correct, merge)
