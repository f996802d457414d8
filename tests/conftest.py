"""What every test may ask for: the ontology, the real language model, and the reading of a sentence."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest

from kg.nlp import load_pipeline, parse
from kg.records import Document
from kg.vocab import load_schema


@pytest.fixture(scope="session")
def schema():
    return load_schema()


@pytest.fixture(scope="session")
def nlp(schema):
    return load_pipeline(schema)


@pytest.fixture(scope="session")
def read(nlp):
    """Parse one text as the pipeline does; the Doc knows the document `d`."""

    def read_text(text, title=None):
        return next(parse([Document("d", text, title)], nlp)).text

    return read_text
