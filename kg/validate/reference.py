"""SHACL by pySHACL, the reference: complete, in Python, for graphs of its size."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from pyshacl import validate as shacl
from rdflib.namespace import SH

from kg.errors import OntologyError
from kg.validate.violations import Violation
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.validate.violations import Graphs

#: Quads that are checked together. Articles do not refer to each other's records, so that parts can be checked alone.
PART = 60_000
DERIVED = "/graph/derived/"
SHARED = ("/graph/entities", "/graph/reference", "/graph/actors")
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")

#: pyoxigraph's types allow for blank nodes, of which our quads have none.
Quad = Any


def check(store: Graphs, shapes: Path) -> set[Violation]:
    """Check all articles of a store, part by part, with the shared and derived graphs beside each part.

    Raises:
        OntologyError: The shapes cannot be read.
    """
    shapes_graph = read_shapes(shapes)
    names = store.graphs()
    found = _derived(store, [name for name in names if DERIVED in name], shapes_graph)
    for part in _parts(store, [name for name in names if name.endswith("/graph") and DERIVED not in name]):
        found.update(violations(part, shapes_graph))
    return found


def read_shapes(path: Path) -> rdflib.Graph:
    """A file of shapes.

    Raises:
        OntologyError: It is not there, or no Turtle.
    """
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (OSError, ValueError, SyntaxError) as error:
        raise OntologyError(f"{path}: cannot be read as shapes ({error})") from error


def _parts(store: Graphs, articles: list[str]) -> Iterator[rdflib.Graph]:
    """Articles by the handful, each handful with what is said of its entities elsewhere."""
    shared = _by_subject(store)
    handful: list[Quad] = []
    for name in articles:
        handful += store.quads(name)
        if len(handful) > PART or name == articles[-1]:
            yield _graph(_with_shared(handful, shared))
            handful = []


def _by_subject(store: Graphs) -> dict[str, list[Quad]]:
    """Quads of the shared graphs by the node that they describe."""
    found: dict[str, list[Quad]] = {}
    for name in store.graphs():
        if name.endswith(SHARED):
            for quad in store.quads(name):
                found.setdefault(str(quad.subject), []).append(quad)
    return found


def _with_shared(quads: list[Quad], shared: dict[str, list[Quad]]) -> Iterator[Quad]:
    yield from quads
    nodes = {str(quad.object) for quad in quads if isinstance(quad.object, ox.NamedNode)}
    nodes |= {str(quad.subject) for quad in quads}
    for node in sorted(nodes):
        yield from shared.get(node, ())
        yield from shared.get(f"{node[:-1]}/geometry>", ())


def _derived(store: Graphs, names: list[str], shapes: rdflib.Graph) -> set[Violation]:
    """What is wrong with derived nodes. Events and claims were checked with their articles: only their class counts."""
    quads = [quad for name in names for quad in store.quads(name)]
    spoken = {str(term) for quad in quads for term in (quad.subject, quad.object)}
    classes = [quad for quad in store.quads() if quad.predicate == TYPE and str(quad.subject) in spoken]
    own = {quad.subject.value for quad in quads if quad.predicate == TYPE}
    found = violations(_graph([*quads, *classes]), shapes)
    return {each for each in found if each.node in own}


def _graph(quads: Iterable[Quad]) -> rdflib.Graph:
    lines = BytesIO()
    ox.serialize((quad.triple for quad in quads), lines, format=ox.RdfFormat.N_TRIPLES)
    lines.seek(0)
    return rdflib.Graph().parse(lines, format="nt")


def violations(graph: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Violation]:
    """What pySHACL reports of one graph."""
    _, report, _ = shacl(graph, shacl_graph=shapes, inference="none", advanced=False, meta_shacl=False)
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        fields = (report.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage))
        node, path, value, message = ("" if each is None else str(each) for each in fields)
        simple = not isinstance(report.value(result, SH.resultPath), rdflib.BNode)
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        yield Violation(node, path if simple else "", value, message, component)
