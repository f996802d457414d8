"""One self-contained HTML file: nothing is fetched, and nothing runs that kg did not put there itself.

Scripts and styles are inline and named in a Content Security Policy by their hashes; data stands in blocks that no
parser runs. Texts of the graph become markup nowhere but through `escape`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from kg.errors import ExportError


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page is made of: `body` is trusted markup, `data` are texts by the id of the block that will hold them."""

    body: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    data: Mapping[str, str] = field(default_factory=dict)
    wasm: bool = False


def document(title: str, parts: Parts) -> str:
    """The whole page."""
    rules = policy(parts.styles, parts.scripts, wasm=parts.wasm)
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{escape(printable(title))}</title>\n"
    )
    blocks = "".join(
        f'<script type="application/json" id="{name}">{text}</script>\n' for name, text in parts.data.items()
    )
    style = "".join(f"<style>{each}</style>\n" for each in parts.styles)
    script = "".join(f"<script>{each}</script>\n" for each in parts.scripts)
    return f"{head}{style}</head>\n<body>\n{parts.body}\n{blocks}{script}</body>\n</html>\n"


def policy(styles: Iterable[str], scripts: Iterable[str], *, wasm: bool = False, connect: str = "'none'") -> str:
    """A Content Security Policy that lets run exactly these scripts and apply exactly these styles."""
    run = [*map(_hash, scripts), *(["'wasm-unsafe-eval'"] if wasm else [])]
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(run),
        "style-src": " ".join(map(_hash, styles)),
        "img-src": "data: blob:",
        "connect-src": connect,
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def embedded_json(value: Any) -> str:
    """JSON that can stand in a script block: no character in it can end the block or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def printable(text: str) -> str:
    """The text without control and direction-changing characters, which could disguise what stands beside it."""
    return "".join(" " if ord(c) < 32 or c in _DISGUISES else c for c in text.encode(errors="replace").decode())


def write_page(path: Path, page: str) -> None:
    """Write the file, with its folders; raises `ExportError` where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}; give another file with --out") from error


_DISGUISES = frozenset("\u007f\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029")


def _hash(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return f"'sha256-{digest}'"
