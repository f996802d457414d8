"""The weights of the trained models in a folder: read, written, opened, named."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pycrfsuite

from kg.errors import ModelError
from kg.extract.quotations.candidates import Heads

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The weights that come with kg.
SHIPPED = Path(__file__).parent.parent.parent / "data" / "quotations"
MODELS = ("cues", "parts", "verdict", "certainty")


@dataclass(frozen=True, slots=True)
class Weights:
    """The bytes of `MODELS`, the lists of cue heads, and how sure one has to be, by sort of attribution."""

    models: tuple[bytes, ...]
    heads: Heads
    thresholds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Models:
    """The models, ready to tag; the bytes they were opened from have to stay alive as long."""

    cues: pycrfsuite.Tagger
    parts: pycrfsuite.Tagger
    verdict: pycrfsuite.Tagger
    certainty: pycrfsuite.Tagger


def load_weights(folder: Path = SHIPPED) -> Weights:
    """Read the weights.

    Raises:
        ModelError: The folder or a file in it is missing or damaged.
    """
    try:
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        models = tuple(gzip.decompress(each) for each in _packed(folder))
        heads = Heads(frozenset(about["heads"]), frozenset(about["never"]))
        return Weights(models, heads, dict(about["thresholds"]))
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise ModelError(
            f"{folder}: holds no quotation model ({error}); run kg train quotations, or --rules-only"
        ) from error


def weights_name(folder: Path = SHIPPED) -> str:
    """What the provenance calls the weights: by their content, since there is no other name for trained ones."""
    return f"quotations {hashlib.sha256(b''.join(_packed(folder))).hexdigest()[:8]}"


def write_weights(folder: Path, models: Mapping[str, bytes], about: Mapping[str, Any]) -> None:
    """Put the models into a folder, compressed, with what they need to be read."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, weights in models.items():
        (folder / f"{name}.crfsuite.gz").write_bytes(gzip.compress(weights, mtime=0))
    (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def open_model(weights: bytes) -> pycrfsuite.Tagger:
    """A trained model, ready to tag."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    return tagger


def _packed(folder: Path) -> list[bytes]:
    return [(folder / f"{name}.crfsuite.gz").read_bytes() for name in MODELS]
