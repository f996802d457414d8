"""From the store to a scene: incidents, actors, places, things and quotations as nodes, claims as statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import permutations

from kg.view.folding import folded, kept_ids
from kg.view.passages import Texts
from kg.view.reading import ROLES, Ask, Resource, Resources, read_links, read_resources
from kg.view.scene import CLASSES, DEFAULT_CLASS, Edge, Node, Scene, Statement
from kg.view.statements import StatementReader, first, number
from kg.view.titles import title as incident_title

SHORT = 60
Tables = Mapping[str, Resources]
Links = Mapping[str, tuple[tuple[str, str], ...]]


def project(ask: Ask, title: str) -> Scene:
    """All of the graph that can be drawn, without positions; the same store gives the same scene."""
    return project_tables(read_resources(ask), read_links(ask), title)


def project_tables(tables: Tables, links: Links, title: str) -> Scene:
    """The scene of what `kg.view.reading` or `kg.view.triples` has read."""
    stands_for = kept_ids(tables, links)
    tables, links = folded(tables, links, stands_for)
    reader = StatementReader(tables, links, Texts(tables["sentences"]))
    statements = reader.statements()
    edges = tuple(_merged(_edges(tables, links, statements)))
    nodes = _weighted(tuple(_nodes(tables, statements)), edges, statements)
    known = {node.id for node in nodes}
    kept = tuple(edge for edge in edges if edge.source in known and edge.target in known)
    renamed = tuple(sorted((other, into) for other, into in stands_for.items() if into in known))
    return Scene(title, reader.articles, nodes, kept, statements, renamed)


# -------------------------------------------------------------------------------- nodes


def _nodes(tables: Tables, statements: tuple[Statement, ...]) -> Iterator[Node]:
    posts = _posts(statements)
    for each, entity in {**tables["entities"], **tables["places"]}.items():
        yield entity_node(each, entity, posts.get(each, ()))
    for each, incident in _happenings(tables).items():
        yield incident_node(each, incident, tables)
    for each, quotation in tables["quotations"].items():
        yield Node(each, "Quotation", cut(first(quotation, "content") or each))


def _posts(statements: Iterable[Statement]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for statement in statements:
        if statement.kind == "membership" and statement.claimant and statement.post:
            found[statement.claimant][statement.post] = None
    return {person: tuple(posts) for person, posts in found.items()}


def entity_node(each: str, entity: Resource, posts: tuple[str, ...]) -> Node:
    """An actor, a place or a thing."""
    types = entity.get("type", ())
    cls = next((name for name in CLASSES if name in types), DEFAULT_CLASS)
    label = first(entity, "label") or each.rpartition("/")[2]
    names = tuple(dict.fromkeys((*entity.get("label", ()), *entity.get("name", ()))))
    return Node(
        each,
        cls,
        label,
        names=tuple(name for name in names if name != label),
        precision=first(entity, "precision"),
        within=entity.get("withinName", ()),
        posts=posts,
        lat=number(first(entity, "lat")),
        lon=number(first(entity, "long")),
    )


def _happenings(tables: Tables) -> Resources:
    """Incidents, and the events that belong to none."""
    alone = {each: event for each, event in tables["events"].items() if not event.get("incident")}
    return {**tables["incidents"], **alone}


def incident_node(each: str, incident: Resource, tables: Tables) -> Node:
    """An incident, or an event that belongs to none; `tables` name its place."""
    kind = first(incident, "eventType") or "Event"
    places = [found for place in incident.get("place", ()) if (found := _place(place, tables))]
    earliest, latest, precision = (first(incident, name) for name in ("earliest", "latest", "timePrecision"))
    label = incident_title(kind, places, earliest, latest)
    return Node(each, "Incident", label, type=kind, earliest=earliest, latest=latest, precision=precision)


def _place(place: str, tables: Tables) -> Resource:
    return tables["places"].get(place) or tables["entities"].get(place, {})


def cut(text: str) -> str:
    """The label of a quotation: its beginning."""
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def _weighted(nodes: tuple[Node, ...], edges: Iterable[Edge], statements: tuple[Statement, ...]) -> tuple[Node, ...]:
    """The nodes with how much is said of each, and whether it is disputed; what nothing speaks of is left out."""
    count: Counter[str] = Counter()
    for statement in statements:
        count.update({*statement.about, *((statement.claimant,) if statement.claimant else ())})
    for edge in edges:
        count.update((edge.source, edge.target))
    disputed = _disputed(statements)
    return tuple(replace(n, weight=count[n.id], disputed=n.id in disputed) for n in nodes if count[n.id])


def _disputed(statements: tuple[Statement, ...]) -> frozenset[str]:
    """Incidents with claims that contradict each other, or with a denial beside another claim."""
    about: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.event:
            about[statement.event].append(statement)
    return frozenset(each for each, claims in about.items() if _is_disputed(claims))


def _is_disputed(claims: list[Statement]) -> bool:
    denied = [claim.polarity == "negative" or claim.stance == "denies" for claim in claims]
    return any(claim.contradicts for claim in claims) or (any(denied) and not all(denied))


# -------------------------------------------------------------------------------- edges


def _edges(tables: Tables, links: Links, statements: tuple[Statement, ...]) -> Iterator[Edge]:
    of = _positions(statements)
    yield from _role_edges(tables, of)
    yield from _speech_edges(links, statements, of)
    for at, statement in enumerate(statements):
        if statement.kind == "membership" and statement.claimant and statement.about:
            yield Edge(statement.claimant, statement.about[0], "membership", statement.post or "member", (at,))
        if statement.kind == "proximity" and len(statement.about) > 1:
            yield Edge(statement.about[0], statement.about[1], "locatedNear", statement.post or "located-near", (at,))
    for attacker, target in links["strikes"]:
        yield Edge(attacker, target, "strikeOn", "strike-on", of.get((attacker, target), ()), "direct")


def _positions(statements: tuple[Statement, ...]) -> Mapping[object, tuple[int, ...]]:
    """Where the statements stand with an id, in a quotation, on one description, or on two nodes together."""
    found: dict[object, list[int]] = defaultdict(list)
    for at, statement in enumerate(statements):
        found[statement.id].append(at)
        found[statement.quotation].append(at)
        found[statement.description].append(at)
        for pair in permutations(statement.about, 2):
            found[pair].append(at)
    return {key: tuple(places) for key, places in found.items()}


def _role_edges(tables: Tables, of: Mapping[object, tuple[int, ...]]) -> Iterator[Edge]:
    for each, event in tables["events"].items():
        incident = first(event, "incident") or each
        for role in ROLES:
            for filler in event.get(role, ()):
                yield Edge(incident, filler, role, role, of.get(each, ()), "events")


def _speech_edges(
    links: Links, statements: tuple[Statement, ...], of: Mapping[object, tuple[int, ...]]
) -> Iterator[Edge]:
    official = frozenset(links["spoke"])
    for speaker, quotation in sorted({*links["said"], *official}):
        label = "spokesperson-said" if (speaker, quotation) in official else "said"
        yield Edge(speaker, quotation, "said", label, of.get(quotation, ()))
    for at, claim in enumerate(statements):
        if claim.quotation and claim.kind == "claim" and claim.event and claim.claimant:
            yield Edge(claim.claimant, claim.event, "saidAbout", claim.stance or "asserts", (at,), "summary")
        if claim.event and claim.quotation:
            yield Edge(claim.quotation, claim.event, "about", "about", (at,))


def _merged(edges: Iterable[Edge]) -> Iterator[Edge]:
    """One line for each pair, predicate and label, resting on all that the single ones rest on."""
    found: dict[tuple[str, str, str, str, str], dict[int, None]] = {}
    for edge in edges:
        key = (edge.source, edge.target, edge.predicate, edge.label, edge.mode)
        found.setdefault(key, {}).update(dict.fromkeys(edge.statements))
    for (source, target, predicate, label, mode), places in sorted(found.items()):
        yield Edge(source, target, predicate, label, tuple(sorted(places)), mode)
