"""Reading one article after the other: from its text to what it says, to its quads."""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import __version__
from kg.derived import make_teller
from kg.extract import make_extractor
from kg.extract.quotations import SHIPPED, weights_name
from kg.gazetteer import load_gazetteer
from kg.graph import make_quads
from kg.nlp import DEFAULT_MODEL, load_pipeline, model_name, parse
from kg.records import Document, Failure, Resolution, Run
from kg.resolve import make_grouping, make_resolver
from kg.vocab import DATA, load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.derived import Told
    from kg.nlp import Parsed

    Finish = Callable[[Resolution], Resolution]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reading depends on beside the text."""

    model: str = DEFAULT_MODEL
    rules_only: bool = False
    quotation_model: Path | None = None
    base_iri: str = DATA


@dataclass(slots=True)
class Batch:
    """What became of a batch of articles: what the store takes of each (id, fingerprint, quads), and what failed.

    `told` is what each article tells of, for what is derived; `words` were read, `counts` are records by kind,
    `seconds` CPU seconds by stage.
    """

    entries: list[tuple[str, str, list[Quad]]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    words: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)


class Reader:
    """Reads articles: holds the loaded model, vocabularies and gazetteer, which take seconds to load."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.schema = load_schema()
        self.nlp = load_pipeline(self.schema, self.settings.model)
        weights = self.settings.quotation_model or SHIPPED
        reading = model_name(self.nlp) + (", rules only" if self.settings.rules_only else f", {weights_name(weights)}")
        self.run = Run(code=__version__, ontology=self.schema.version, model=reading)
        self.extract = make_extractor(self.schema, rules_only=self.settings.rules_only, quotation_model=weights)
        self.resolve = make_resolver(self.schema, load_gazetteer(self.schema.regions))
        self.group = make_grouping(self.schema)
        self.quads = make_quads(self.schema, self.settings.base_iri, self.run)
        self.tell = make_teller(self.schema)
        self.seconds: dict[str, float] = defaultdict(float)

    def read(self, documents: Iterable[Document]) -> Iterator[Resolution | Failure]:
        """Read articles, in order, each with its incidents; a failure stands where its article would."""
        return self._read(documents, self.group)

    def _read(self, documents: Iterable[Document], finish: Finish) -> Iterator[Resolution | Failure]:
        for parsed in self._timed("nlp", parse(documents, self.nlp)):
            yield parsed if isinstance(parsed, Failure) else self._resolution(parsed, finish)

    def read_batch(self, documents: Sequence[Document]) -> Batch:
        """Read articles up to their quads, of which incidents are none: the unit of work."""
        batch = Batch()
        self.seconds.clear()
        for each in self._read(documents, lambda resolution: resolution):
            if isinstance(each, Failure):
                batch.failures.append(each)
            else:
                self._enter(each, batch)
        batch.seconds = dict(self.seconds)
        return batch

    def _enter(self, resolution: Resolution, batch: Batch) -> None:
        document, stage, start = resolution.document, "graph", time.process_time()
        try:
            quads = list(self.quads(resolution))
            stage, start = "derived", self._lap(stage, start)
            batch.told[document.id] = self.tell(resolution)
        except Exception as error:  # noqa: BLE001  # as below
            batch.failures.append(Failure(document.id, stage, f"{type(error).__name__}: {error}"))
            return
        finally:
            self._lap(stage, start)
        batch.entries.append((document.id, fingerprint(document, self.run), quads))
        batch.words += len(document.text.split())
        batch.counts.update(type(found.record).__name__ for found in resolution.extraction.findings)
        batch.counts["Claim"] += len(resolution.claims)

    def _resolution(self, parsed: Parsed, finish: Finish) -> Resolution | Failure:
        document, stage = parsed.document, "extract"
        start = time.process_time()
        try:
            extraction = self.extract(document.id, [part for part in (parsed.title, parsed.text) if part is not None])
            stage, start = "resolve", self._lap("extract", start)
            return finish(self.resolve(document, extraction))
        except Exception as error:  # noqa: BLE001  # whatever one article provokes must not stop the others
            return Failure(document.id, stage, f"{type(error).__name__}: {error}")
        finally:
            self._lap(stage, start)

    def _timed(self, stage: str, items: Iterator[Parsed | Failure]) -> Iterator[Parsed | Failure]:
        start = time.process_time()
        for item in items:
            self._lap(stage, start)
            yield item
            start = time.process_time()

    def _lap(self, stage: str, start: float) -> float:
        now = time.process_time()
        self.seconds[stage] += now - start
        return now


def fingerprint(document: Document, run: Run) -> str:
    """What an article's graph depends on, as a hash: its text and metadata, the versions that read it."""
    return hashlib.sha256(repr((document, run)).encode()).hexdigest()
