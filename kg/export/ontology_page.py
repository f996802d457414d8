"""The ontology as one HTML page, which loads nothing from elsewhere.

pyLODE writes the reference of classes and properties; beside it stand diagrams, and the concepts of every scheme.
"""

from __future__ import annotations

import logging
import re
from html import escape
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import ExportError
from kg.export.diagram import MISSING, STYLE, classes, kinds, properties, relations
from kg.vocab import KG, PREFIXES, ontology_files, ontology_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SKOS = PREFIXES["skos"]
CONCEPTS = f"""SELECT ?concept ?label ?text ?example ?scheme ?broader {{
  ?concept a <{SKOS}Concept> ; <{SKOS}inScheme> ?scheme ; <{SKOS}prefLabel> ?label .
  OPTIONAL {{ ?concept <{SKOS}definition> ?text }} OPTIONAL {{ ?concept <{SKOS}example> ?example }}
  OPTIONAL {{ ?concept <{SKOS}broader> ?broader }}
}} ORDER BY ?scheme ?concept ?broader ?example"""
_SECTION = re.compile(r'<div class="property entity" id="([^"]+)">.*?<code>([^<]+)</code>', re.DOTALL)


def ontology_page(folder: Path | None = None) -> str:
    """The page; each class and property has its local name as anchor, as its IRI has.

    Args:
        folder: The ontology's files; those of kg if left out.

    Raises:
        ExportError: pyLODE or graphlay is not installed.
    """
    page = _with_anchors(_reference((folder or ontology_folder()) / "kg.ttl"), folder)
    head, body, rest = page.partition('<div class="section" id="classes">')
    if not body:
        raise ExportError("the page of the ontology: pyLODE wrote another form than expected; install pylode<3.4")
    pictures = (
        f'<div class="section" id="diagrams"><h2>Diagrams</h2><h3>Classes</h3>{kinds(folder)}'
        f'<h3>Properties from class to class</h3><div class="wide">{relations(folder)}</div></div>\n'
    )
    before, legend, after = rest.partition('<div id="namespaces">')
    return "".join(
        [head.replace("</head>", f"{STYLE}</head>", 1), pictures, body, before, *_concepts(folder), legend, after]
    )


def _reference(path: Path) -> str:
    """What pyLODE makes of the classes and properties; it sets up logging for all of Python when it is imported."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    try:
        from pylode.profiles.ontpub import OntPub  # noqa: PLC0415  # of the extra “docs”
    except ImportError as error:
        raise ExportError(MISSING) from error
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
    return str(OntPub(ontology=str(path), sort_subjects=True).make_html())


def _with_anchors(page: str, folder: Path | None) -> str:
    """Anchors as IRIs end: pyLODE makes them of labels."""
    known = {*classes(folder), *properties(folder)}
    names = {found[1]: found[2].removeprefix(KG) for found in _SECTION.finditer(page)}
    names = {anchor: name for anchor, name in names.items() if name in known}
    return re.sub(r'(id="|href="#)([^"]+)"', lambda found: f'{found[1]}{names.get(found[2], found[2])}"', page)


def _concepts(folder: Path | None) -> Iterator[str]:
    """The concepts of every scheme, with what they mean and a sentence that shows them."""
    store = ox.Store()
    for path in ontology_files(folder):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    scheme = None
    yield '<div class="section" id="concepts"><h2>Concepts</h2>'
    rows: Any = store.query(CONCEPTS)
    for row in rows:
        if row["scheme"] != scheme:
            yield "</table>\n" if scheme else ""
            scheme = row["scheme"]
            yield f"<h3>{escape(scheme.value)}</h3>\n<table><tr><th>Concept</th><th>Broader</th><th>Meaning</th></tr>\n"
        yield _concept(row)
    yield "</table></div>\n"


def _concept(row: ox.QuerySolution) -> str:
    concept, broader = row["concept"].value, row["broader"]
    meaning = " ".join(f"<p>{escape(row[name].value)}</p>" for name in ("text", "example") if row[name])
    wider = escape(broader.value.rpartition("/")[2]) if broader else ""
    name = f'<code id="{escape(concept)}">{escape(concept.rpartition("/")[2])}</code><br>{escape(row["label"].value)}'
    return f"<tr><td>{name}</td><td>{wider}</td><td>{meaning}</td></tr>\n"
