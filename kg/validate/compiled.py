"""SHACL as SPARQL, for graphs that are too large for a checker in Python: each constraint of a shape is one query.

What a constraint means is section 4 of the W3C's Shapes Constraint Language; which of them are known here is the table
`CONSTRAINTS`. A shape with another one is refused, never passed over. Classes are those that a node states itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import SH, XSD

from kg.errors import ConformanceError
from kg.validate.reference import read_shapes
from kg.validate.violations import Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.validate.violations import Graphs

    Node = rdflib.term.Node
    #: The shapes, the shape's path in SPARQL, the constraint's value -> the pattern of what breaks it.
    Pattern = Callable[[rdflib.Graph, str, Node], str]

#: What a shape may say beside its constraints: where it applies, what it tells, and what is read with another.
KNOWN = {SH.targetClass, SH.targetObjectsOf, SH.property, SH.path, SH.message, rdflib.RDF.type}
#: Datatypes whose values can be malformed, and are then of no datatype.
CHECKED = {XSD.integer, XSD.decimal, XSD.double, XSD.dateTime, XSD.date, XSD.boolean}


def check(store: Graphs, shapes: Path) -> set[Violation]:
    """Ask a store for all that breaks a shape.

    Raises:
        ConformanceError: A shape has a constraint that is not known here.
        OntologyError: The shapes cannot be read.
    """
    graph = read_shapes(shapes)
    found: set[Violation] = set()
    for shape in sorted(graph.subjects(rdflib.RDF.type, SH.NodeShape), key=str):
        focus = _focus(graph, shape)
        found.update(_broken(store, graph, shape, focus, ""))
        for inner in graph.objects(shape, SH.property):
            found.update(_broken(store, graph, inner, focus, _path(graph, graph.value(inner, SH.path))))
    return found


def _focus(graph: rdflib.Graph, shape: Node) -> str:
    """A pattern of the nodes that a shape looks at."""
    classes = " ".join(sorted(each.n3() for each in graph.objects(shape, SH.targetClass)))
    objects = "|".join(sorted(each.n3() for each in graph.objects(shape, SH.targetObjectsOf)))
    parts = [f"{{ VALUES ?class {{ {classes} }} ?this a ?class }}"] if classes else []
    parts += [f"{{ ?subject {objects} ?this }}"] if objects else []
    return f"{{ SELECT DISTINCT ?this {{ {' UNION '.join(parts)} }} }}"


def _path(graph: rdflib.Graph, node: Node | None) -> str:
    """A SHACL path as a SPARQL path."""
    if isinstance(node, rdflib.URIRef):
        return node.n3()
    if inverse := graph.value(node, SH.inversePath):
        return f"^{_path(graph, inverse)}"
    if choice := graph.value(node, SH.alternativePath):
        return f"({'|'.join(_path(graph, each) for each in Collection(graph, choice))})"
    if node is not None and (node, rdflib.RDF.first, None) in graph:
        return f"({'/'.join(_path(graph, each) for each in Collection(graph, node))})"
    raise ConformanceError(f"a path {node} of a shape cannot be put into SPARQL; use --engine pyshacl")


def _broken(store: Graphs, graph: rdflib.Graph, shape: Node, focus: str, path: str) -> Iterator[Violation]:
    """What breaks one shape at the values of a path, or at the node itself where there is none."""
    said = graph.value(shape, SH.message)
    named = graph.value(shape, SH.path)
    for name, value in sorted(graph.predicate_objects(shape), key=str):
        if name in KNOWN:
            continue
        if name not in CONSTRAINTS:
            raise ConformanceError(f"{name} of a shape cannot be put into SPARQL; use --engine pyshacl")
        component, pattern = CONSTRAINTS[name]
        rows = store.select(f"SELECT DISTINCT ?this ?value {{ {focus} {pattern(graph, path, value)} }}")
        message = str(said) if said else f"{component} {_told(graph, value)}"
        for row in rows:
            shown = row["value"].value if row["value"] else ""
            where = str(named) if isinstance(named, rdflib.URIRef) else ""
            yield Violation(row["this"].value, where, shown, message, f"{component}ConstraintComponent")


def _told(graph: rdflib.Graph, value: Node) -> str:
    many = list(Collection(graph, value)) if (value, rdflib.RDF.first, None) in graph else [value]
    return " ".join(str(each) for each in many)


# -------------------------------------------------------------------------------- constraints


def _each(path: str, condition: str) -> str:
    """Values that meet a condition; without a path the node is its own value."""
    values = f"?this {path} ?value" if path else "BIND(?this AS ?value)"
    return f"{values} FILTER({condition})"


def _least(_: rdflib.Graph, path: str, value: Node) -> str:
    if int(str(value)) == 1:
        return f"FILTER NOT EXISTS {{ ?this {path} ?any }}"
    counted = f"SELECT ?this (COUNT(DISTINCT ?any) AS ?n) {{ ?this {path} ?any }} GROUP BY ?this"
    return f"OPTIONAL {{ {{ {counted} }} }} FILTER(COALESCE(?n, 0) < {value})"


def _most(_: rdflib.Graph, path: str, value: Node) -> str:
    if int(str(value)) == 0:
        return f"FILTER EXISTS {{ ?this {path} ?any }}"
    if int(str(value)) == 1:  # two different ones: cheaper than a count for each of a million nodes
        return f"FILTER EXISTS {{ ?this {path} ?one , ?other FILTER(!sameTerm(?one, ?other)) }}"
    counted = f"SELECT ?this (COUNT(DISTINCT ?any) AS ?n) {{ ?this {path} ?any }} GROUP BY ?this"
    return f"{{ {counted} }} FILTER(?n > {value})"


def _datatype(_: rdflib.Graph, path: str, value: Node) -> str:
    right = f"COALESCE(datatype(?value) = {value.n3()}, false)"
    if value in CHECKED:
        right += f" && COALESCE(isLiteral({value.n3()}(STR(?value))), false)"
    return _each(path, f"!({right})")


def _kind(_: rdflib.Graph, path: str, value: Node) -> str:
    tests: dict[Node, str] = {SH.IRI: "isIRI", SH.Literal: "isLiteral"}
    if value not in tests:
        raise ConformanceError(f"sh:nodeKind {value} of a shape cannot be put into SPARQL; use --engine pyshacl")
    return _each(path, f"!{tests[value]}(?value)")


def _length(_: rdflib.Graph, path: str, value: Node) -> str:
    return _each(path, f"isBlank(?value) || STRLEN(STR(?value)) < {value}")


def _regex(_: rdflib.Graph, path: str, value: Node) -> str:
    return _each(path, f"isBlank(?value) || !REGEX(STR(?value), {ox.Literal(str(value))})")


def _among(graph: rdflib.Graph, path: str, value: Node) -> str:
    allowed = " || ".join(f"sameTerm(?value, {each.n3()})" for each in Collection(graph, value))
    return _each(path, f"!({allowed})")


def _class(_: rdflib.Graph, path: str, value: Node) -> str:
    return _each(path, f"isLiteral(?value) || NOT EXISTS {{ ?value a {value.n3()} }}")


def _compared(sign: str) -> Pattern:
    """The value beside each value of another property."""
    return lambda _, path, value: (
        f"?this {path} ?value ; {value.n3()} ?other FILTER(!COALESCE(?value {sign} ?other, false))"
    )


def _bounded(sign: str) -> Pattern:
    return lambda _, path, value: _each(path, f"!COALESCE(?value {sign} {value.n3()}, false)")


def _any_of(graph: rdflib.Graph, _: str, value: Node) -> str:
    """None of the shapes in a list is met: known where each asks for one value of a path."""
    paths = []
    for each in Collection(graph, value):
        if set(graph.predicates(each)) != {SH.path, SH.minCount} or str(graph.value(each, SH.minCount)) != "1":
            raise ConformanceError("a shape in sh:or cannot be put into SPARQL; use --engine pyshacl")
        paths.append(_path(graph, graph.value(each, SH.path)))
    return "BIND(?this AS ?value) " + " ".join(f"FILTER NOT EXISTS {{ ?this {path} ?any }}" for path in paths)


#: A constraint's property -> SHACL's name of it, and what breaks it.
CONSTRAINTS: dict[Node, tuple[str, Pattern]] = {
    SH.minCount: ("MinCount", _least),
    SH.maxCount: ("MaxCount", _most),
    SH.datatype: ("Datatype", _datatype),
    SH.nodeKind: ("NodeKind", _kind),
    SH.minLength: ("MinLength", _length),
    SH.pattern: ("Pattern", _regex),
    SH["in"]: ("In", _among),
    SH["class"]: ("Class", _class),
    SH.lessThan: ("LessThan", _compared("<")),
    SH.lessThanOrEquals: ("LessThanOrEquals", _compared("<=")),
    SH.minInclusive: ("MinInclusive", _bounded(">=")),
    SH.maxInclusive: ("MaxInclusive", _bounded("<=")),
    SH["or"]: ("Or", _any_of),
}
