"""Hostile data: a scene with markup, links and characters that turn the writing, in every text that it has."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

MARKUP = '"><img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script><svg onload=window.hacked=1>'
LINKS = (
    ' <a href="javascript:window.hacked=1">h</a> javascript:window.hacked=1 data:text/html,<script>hacked=1</script>'
)
TURNED = "\u202eksirt\u202c \u2066\u2069 \u200f\u0645\u0631\u062d\u0628\u0627 \u0007\u001b\u0008\u0000 \ufeff"
PAYLOAD = MARKUP + LINKS + TURNED + " --> ]]> {{7*7}} ${7*7} &lt;b&gt;"
KEPT = {"cls", "mode", "kind", "earliest", "latest", "precision", "polarity", "part"}  # closed lists and times


def poisoned(value, name=""):
    """The value with the payload in every text, ids and all."""
    if is_dataclass(value):
        return replace(value, **{each.name: poisoned(getattr(value, each.name), each.name) for each in fields(value)})
    if isinstance(value, tuple):
        return tuple(poisoned(each, name) for each in value)
    if isinstance(value, str) and name not in KEPT:
        return (value + PAYLOAD).replace(" ", "\u00a0") if name in IDS else value + PAYLOAD
    return value


IDS = {"id", "source", "target", "claimant", "quotation", "event", "about"}
