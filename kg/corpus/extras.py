"""Libraries that only some formats need; without them kg reads all the others."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import InputError


def library(name: str, form: str) -> Any:
    """Import a module that comes with `kg[archives]`.

    Args:
        name: The module.
        form: What it is needed for, for the message.

    Raises:
        InputError: It is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        package = name.split(".", 1)[0]
        raise InputError(f"is {form}, which needs {package}; pip install 'newskg[archives]'") from error
