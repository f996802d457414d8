"""The page of a resource, for people: what it is called, what it is, what is said of it and with which words.

It holds no script, and every value of the data is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.view.page import policy, printable
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = dict[str, dict[str, str]]
Rows = list[Row]

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1d1d1f;"
    "background:#fff}h1{margin-bottom:.2rem;overflow-wrap:anywhere}h2{margin-top:2rem}a{color:#0b5cad}"
    "table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #ccc;padding:.3rem .6rem;vertical-align:top;"
    "overflow-wrap:anywhere;text-align:left;font-weight:400}th{width:14rem}small,.dim{color:#5c5c66}"
    "code{overflow-wrap:anywhere}blockquote{margin:.2rem 0;padding-left:.8rem;border-left:3px solid #ccc}"
    "@media(prefers-color-scheme:dark){body{background:#17181b;color:#ececf0}a{color:#8cc4ff}"
    "small,.dim{color:#a9a9b3}td,th,blockquote{border-color:#3a3b40}}"
)
POLICY = f"{policy((STYLE,), ())}; frame-ancestors 'none'"
FORMS = {"Turtle": "text/turtle", "JSON-LD": "application/ld+json", "N-Triples": "application/n-triples"}
MOST = 500
#: Said by the title, not again in the table.
TITLES = frozenset({PREFIXES["rdfs"] + "label", PREFIXES["rdf"] + "type"})


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a resource: rows of `p`, `o` and a label; of `s`, `p` and a label; and its claims."""

    base: str
    iri: str
    out: Rows
    back: Rows
    claims: Rows


def page(told: Told) -> str:
    """The whole page."""
    title = escape(printable(_name(told)))
    classes = ", ".join(_link(told.base, row["o"], row) for row in told.out if _is(row, "type"))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"{_alternates(told)}<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>"
        f"<p>{classes}</p><p><code>{escape(told.iri)}</code></p><p>{_ways(told)}</p>"
        f"{_claims(told)}{_out(told)}{_back(told)}</main></body></html>"
    )


def place(base: str, iri: str) -> str:
    """Where an IRI is shown by this service; other people's are shown by what this graph says of them."""
    if iri.startswith(base):
        return f"/data/{iri.removeprefix(base)}"
    return f"/resource?iri={quote(iri, safe='')}"


def short(iri: str) -> str:
    """An IRI with a prefix, where one is known."""
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{name}:{iri.removeprefix(namespace)}"
    return iri


# -------------------------------------------------------------------------------- parts of the page


def _name(told: Told) -> str:
    labels = [row["o"]["value"] for row in told.out if _is(row, "label")]
    return min(labels, default=short(told.iri))


def _is(row: Row, name: str) -> bool:
    return row["p"]["value"] in TITLES and row["p"]["value"].endswith(name)


def _alternates(told: Told) -> str:
    where = escape(_file(told), quote=True)
    return "".join(f'<link rel="alternate" type="{kind}" href="{where}">' for kind in FORMS.values())


def _file(told: Told) -> str:
    return place(told.base, told.iri)


def _ways(told: Told) -> str:
    """The same as RDF, and where the explorer shows it."""
    joint = "&" if "?" in _file(told) else "?"
    wanted = ((name, f"{_file(told)}{joint}format={quote(kind, safe='')}") for name, kind in FORMS.items())
    forms = [f'<a href="{escape(where, quote=True)}">{name}</a>' for name, where in wanted]
    if told.iri.startswith(told.base):
        node = quote(told.iri.removeprefix(told.base), safe="")
        forms.append(f'<a href="/#sel={node}">in the explorer</a>')
    return " · ".join(forms)


def _claims(told: Told) -> str:
    if not told.claims:
        return ""
    return f"<h2>Claims</h2>{''.join(_claim(told.base, row) for row in told.claims)}"


def _claim(base: str, row: Row) -> str:
    who = _link(base, row["who"], {"label": row["name"]} if "name" in row else None) if "who" in row else ""
    number = f", {escape(row['figure']['value'])}" if "figure" in row else ""
    words = f"<blockquote>{escape(row['sentence']['value'])}</blockquote>" if "sentence" in row else ""
    article = _link(base, row["article"], {"label": row["title"]} if "title" in row else None)
    stance = escape(short(row["stance"]["value"]).rpartition(":")[2]) if "stance" in row else ""
    claim = escape(place(base, row["claim"]["value"]), quote=True)
    return f'<p>{who} <em>{stance}</em>{number} <small>{article} · <a href="{claim}">claim</a></small>{words}'


def _out(told: Told) -> str:
    rows = [row for row in told.out if row["p"]["value"] not in TITLES]
    found = "".join(_line(told.base, list(group)) for _, group in groupby(rows, lambda row: row["p"]["value"]))
    return f"<h2>Statements</h2><table>{found}</table>{_cut(told.out)}" if rows else ""


def _line(base: str, rows: Rows) -> str:
    values = "<br>".join(_link(base, row["o"], row) for row in rows)
    return f"<tr><th>{_link(base, rows[0]['p'])}<td>{values}"


def _back(told: Told) -> str:
    found = "".join(
        f"<tr><th>{_link(told.base, row['p'])} of<td>{_link(told.base, row['s'], row)}" for row in told.back
    )
    return f"<h2>What speaks of it</h2><table>{found}</table>{_cut(told.back)}" if told.back else ""


def _cut(rows: Iterable[Row]) -> str:
    return f"<p><small>the first {MOST}; a query tells all</small>" if len(list(rows)) >= MOST else ""


def _link(base: str, term: Mapping[str, str], row: Row | None = None) -> str:
    value = term["value"]
    if term["type"] != "uri":
        kind = term.get("datatype") or term.get("xml:lang")
        return escape(value) + (f" <small>{escape(short(kind))}</small>" if kind else "")
    label = escape(printable((row or {}).get("label", {}).get("value", "") or short(value)))
    return f'<a href="{escape(place(base, value), quote=True)}">{label}</a>'
