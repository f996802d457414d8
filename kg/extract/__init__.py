"""From a parse to findings. `EXTRACTORS` is the table: a new extractor is one file and one line in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Extraction, Finding, Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    Extractor = Callable[[Doc], Iterator[Finding]]

#: Name of the extractor -> what makes it from the vocabularies. An extractor reads one Doc and never writes to it.
EXTRACTORS: dict[str, Callable[[Schema], Extractor]] = {}


def make_extractor(schema: Schema) -> Callable[[str, list[Doc]], Extraction]:
    """Prepare every extractor of the table for the vocabularies; the result reads one document's parses.

    The function that is returned takes the document's id and its parsed parts, the title (where there is one) first.
    """
    extractors = [make(schema) for make in EXTRACTORS.values()]

    def extract(document: str, parts: list[Doc]) -> Extraction:
        found = [finding for part in parts for run in extractors for finding in run(part)]
        return Extraction(document, tuple(found))

    return extract
