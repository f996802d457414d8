"""Parts as files: written where one store is too small or is somebody else's, and loaded where it is kg's own.

    DIR/articles-00000.nq.gz    what each article of a batch says, for a bulk loader
    DIR/shared.nq.gz            what is said of entities and the vocabulary, settled over all parts: the same
    DIR/shared/00000.nq.gz      what the articles of a batch say of entities that others speak of too
    DIR/manifests/00000.json    which articles, and check sums; written last: a part that has one is whole

The same input gives the same files. A run that was stopped goes on with the parts that are missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter, deque
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.corpus import read_documents
from kg.errors import InputError
from kg.export.rdf import sorted_quads
from kg.graph import reference_quads
from kg.nlp import batches
from kg.pipeline.building import Summary, documents_of, finish, timed, unfinished
from kg.pipeline.engines import readers
from kg.pipeline.parts import PACKED, Part, PartArticle, pack, packed, unpack, unpacked
from kg.pipeline.reader import Batch, Settings, fingerprint
from kg.records import Document, Failure
from kg.store import open_store
from kg.vocab import Iris, load_schema

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import pyoxigraph as ox

    from kg.corpus import Tally
    from kg.records import Run
    from kg.store import Store

    Progress = Callable[[Summary], object]


class Files(NamedTuple):
    """The files of one part."""

    own: Path
    shared: Path
    manifest: Path


def files(folder: Path, number: int) -> Files:
    """Where a part is."""
    own, shared, manifest = f"articles-{number:05}.nq.gz", f"{number:05}.nq.gz", f"{number:05}.json"
    return Files(folder / own, folder / "shared" / shared, folder / "manifests" / manifest)


# -------------------------------------------------------------------------------- write


def write_parts(  # noqa: PLR0913 - what a run depends on, and what it tells
    paths: Iterable[str | Path],
    folder: Path,
    settings: Settings | None = None,
    published: dt.date | None = None,
    *,
    progress: Progress = lambda _: None,
    workers: int | None = None,
    engine: str = "processes",
    tally: Tally | None = None,
) -> Summary:
    """Read articles into parts, as `build` reads them into a store.

    Raises:
        InputError: A path does not exist, the folder holds something else, or the engine cannot be reached.
        ModelError: The model cannot be loaded.
    """
    inputs = read_documents(paths, published=published, tally=tally)
    summary, settings = Summary(), settings or Settings()
    _prepare(folder)
    with readers(settings, workers, engine) as crew:
        shards = _Shards(folder, crew.run, summary)
        documents = documents_of(timed(inputs, "corpus", summary), summary.failures.append)
        for part in crew.parts(shards.missing(batches(documents))):
            _write(folder, *shards.waiting.popleft(), part)
            summary.add(part.batch)
            _tell(len(part.articles), summary, progress)
    start = time.process_time()
    _drop_surplus(folder, shards.count)
    summary.repeated += _drop_repeated(folder)
    _settle(folder, settings.base_iri)
    summary.seconds["parts"] = time.process_time() - start
    return summary


def _prepare(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "manifests").is_dir():
        raise InputError(f"{folder}: is not empty and holds no parts; name another folder with --parts-only")
    for each in ("shared", "manifests"):
        (folder / each).mkdir(parents=True, exist_ok=True)


class _Shards:
    """Batches with their numbers; those whose part is there, of the same articles and code, are left out."""

    def __init__(self, folder: Path, run: Run, summary: Summary) -> None:
        self.folder, self.run, self.summary = folder, run, summary
        self.count = 0
        self.waiting: deque[tuple[int, str]] = deque()

    def missing(self, shards: Iterable[Sequence[Document]]) -> Iterator[Sequence[Document]]:
        """Those to read; `waiting` has number and key of each."""
        for number, documents in enumerate(shards):
            self.count = number + 1
            marks = "\n".join(fingerprint(document, self.run) for document in documents)
            key = hashlib.sha256(marks.encode()).hexdigest()
            if (_manifest(self.folder, number) or {}).get("key") == key:
                self.summary.unchanged += len(documents)
            else:
                self.waiting.append((number, key))
                yield documents


def _write(folder: Path, number: int, key: str, part: Part) -> None:
    """Write a part whole, or nothing that counts as one."""
    at = files(folder, number)
    at.manifest.unlink(missing_ok=True)
    _replace(at.own, part.own)
    _replace(at.shared, part.shared)
    manifest = {
        "key": key,
        "own": hashlib.sha256(part.own).hexdigest(),
        "shared": hashlib.sha256(part.shared).hexdigest(),
        "articles": [asdict(each) for each in part.articles],
        "words": part.batch.words,
        "counts": dict(sorted(part.batch.counts.items())),
        "failures": [asdict(each) for each in part.batch.failures],
    }
    _replace(at.manifest, (json.dumps(manifest, indent=0) + "\n").encode())


def _replace(path: Path, data: bytes) -> None:
    """Put a file in the place of another, in one step and for good."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _tell(number: int, summary: Summary, progress: Progress) -> None:
    for _ in range(number):
        summary.read += 1
        progress(summary)


# -------------------------------------------------------------------------------- all parts together


def _drop_surplus(folder: Path, count: int) -> None:
    """Remove what a longer input left behind."""
    for number in _numbers(folder):
        if number >= count:
            for file in files(folder, number):
                file.unlink(missing_ok=True)


def _drop_repeated(folder: Path) -> list[str]:
    """Of the articles with one id the last stays: parts that hold another are written anew; the ids."""
    last = {each["id"]: (number, at) for number, at, each in _listed(folder)}
    surplus = {(number, at): each["id"] for number, at, each in _listed(folder) if last[each["id"]] != (number, at)}
    for number in sorted({number for number, _ in surplus}):
        part = _read(folder, number)
        batch = unpack(part)
        batch.entries = [entry for at, entry in enumerate(batch.entries) if (number, at) not in surplus]
        _write(folder, number, (_manifest(folder, number) or {})["key"], _repacked(batch))
    return list(surplus.values())


def _repacked(batch: Batch) -> Part:
    """Packed again; `pack` adds the fingerprints, which are there already."""
    batch.entries = [(name, mark, list(dict.fromkeys(quads))) for name, mark, quads in batch.entries]
    return pack(batch, PACKED)


def _listed(folder: Path) -> Iterator[tuple[int, int, dict[str, Any]]]:
    for number in _numbers(folder):
        for at, each in enumerate((_manifest(folder, number) or {})["articles"]):
            yield number, at, each


def _settle(folder: Path, base: str) -> None:
    """Decide what the shared graphs say, as a store does, in one that holds nothing else."""
    with open_store(None) as store:
        store.set_graphs(reference_quads(load_schema(), base))
        for number in _numbers(folder):
            part = _read(folder, number)
            shared = unpacked(part.shared)
            entries = [
                (each.id, each.fingerprint, [next(shared) for _ in range(each.shared)]) for each in part.articles
            ]
            deque(store.replace_all(entries), maxlen=0)
        own = Iris(base)
        articles = {own.graph(name) for name, _ in store.article_graphs()}
        quads = (quad for quad in sorted_quads(store) if getattr(quad.graph_name, "value", "") not in articles)
        _replace(folder / "shared.nq.gz", packed(quads))


# -------------------------------------------------------------------------------- read


def load_parts(
    folder: Path, store_path: Path, settings: Settings | None = None, *, progress: Progress = lambda _: None
) -> Summary:
    """Store the articles of parts; those that the store holds already stay. Parts that are damaged are failures.

    Raises:
        InputError: The folder holds no parts.
        StoreError: The store is in use by another process.
    """
    if not _numbers(folder):
        raise InputError(f"{folder}: holds no parts; write them with kg build --parts-only")
    summary, settings = Summary(), settings or Settings()
    start = time.process_time()
    with open_store(store_path) as store:
        store.set_graphs(reference_quads(load_schema(), settings.base_iri))
        for _ in store.replace_all(_entries(folder, store, summary, unfinished(store_path))):
            summary.read += 1
            progress(summary)
        summary.seconds["store"] = time.process_time() - start
        finish(store_path, store, summary)
    return summary


def _entries(folder: Path, store: Store, summary: Summary, mark: Path) -> Iterator[tuple[str, str, Sequence[ox.Quad]]]:
    for number in _numbers(folder):
        try:
            part = _read(folder, number)
        except InputError as error:
            summary.failures.append(Failure(str(files(folder, number).own), "parts", str(error)))
            continue
        summary.add(part.batch)
        for entry in unpack(part).entries:
            if store.fingerprint(entry[0]) == entry[1]:
                summary.unchanged += 1
            else:
                mark.touch()
                yield entry


def _numbers(folder: Path) -> list[int]:
    return sorted(int(file.stem) for file in (folder / "manifests").glob("*.json") if file.stem.isdigit())


def _manifest(folder: Path, number: int) -> dict[str, Any] | None:
    """What is in a part; None if it is not there or not whole."""
    try:
        found: dict[str, Any] = json.loads(files(folder, number).manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _read(folder: Path, number: int) -> Part:
    """A part as it was written.

    Raises:
        InputError: Something of it is missing or damaged.
    """
    at, manifest = files(folder, number), _manifest(folder, number)
    if manifest is None:
        raise InputError("its manifest is damaged; write the parts again")
    own, shared = (file.read_bytes() if file.is_file() else b"" for file in (at.own, at.shared))
    if [hashlib.sha256(data).hexdigest() for data in (own, shared)] != [manifest["own"], manifest["shared"]]:
        raise InputError("is damaged; delete its manifest and write the parts again")
    failures = [Failure(**each) for each in manifest["failures"]]
    batch = Batch(failures=failures, words=manifest["words"], counts=Counter(manifest["counts"]))
    return Part(tuple(PartArticle(**each) for each in manifest["articles"]), own, shared, batch)
