"""Given names: a sign that a name is a person's, and often of which gender."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Gender = Literal["male", "female", "unknown"]
_GENDERS: dict[str, Gender] = {"male": "male", "female": "female", "either": "unknown"}


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, Gender]:
    """Given name in lower case -> the gender that it tells; "unknown" where women and men bear it."""
    lines = files("kg").joinpath("data", "given_names.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: _GENDERS[gender] for name, gender in pairs}
