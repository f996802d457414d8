"""The explorer's data over HTTP: parts of a scene, as `kg.view.wire` packs them.

Every answer is JSON. `scene` is what `kg.view.wire.packed` makes: its records have the columns of `shapes`, in which
texts are places in `strings`; `web/src/wire.ts` reads it. Ids are IRIs without the namespace of the data.
`explorer.schema.json` says what each answer holds. 400: a parameter is missing or is no number; 404: no such node; 503
with Retry-After: the overview of a store that was just opened is still being made, or all workers are busy.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.serve.lookup import Filters, Lookup, NotReadyError
from kg.serve.portion import Portion
from kg.view.basemap import basemap
from kg.view.palette import LOOKS
from kg.view.scene import CLASSES, Edge, Node, Scene
from kg.view.wire import packed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from kg.serve.atlas import Atlas

NEIGHBOURS = 12
STATEMENTS = 16
SUGGESTIONS = 50
FILTERED = 40
PASSAGES = 20
SHARED, PER_ARTICLE = 40, 160
DRAWN = 300  # bars of a timeline, dots of a map
ARTICLES = 1000
LONGEST = 2_000  # characters of a parameter
#: What the lists and pictures beside the graph show.
LISTED = ("Incident", "Place", "Quotation")

Answer = dict[str, Any]
Handler = Callable[["Request"], Awaitable[Answer | Response]]
T = TypeVar("T")


class WrongError(Exception):
    """A parameter that says nothing, with a status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


# -------------------------------------------------------------------------------- the routes


async def opening(request: Request) -> Answer:
    """What the page opens with, what its filters can offer, how classes look, what lies under the map."""

    def look(lookup: Lookup) -> tuple[Scene, Answer, Scene]:
        spots = lookup.opening()
        placed = tuple(replace(node, opening=True, spot=spots[node.id]) for node in lookup.nodes(spots))
        scene = Scene(request.app.state.title, nodes=placed, edges=lookup.edges(spots))
        return scene, lookup.facets(ARTICLES), Scene("", nodes=lookup.nodes(lookup.heaviest("located", DRAWN)))

    scene, facets, located = await _ask(request, look)
    under = await asyncio.to_thread(basemap, located)
    return {"scene": packed(scene), "facets": facets, "looks": [asdict(look) for look in LOOKS], "basemap": under}


async def search(request: Request) -> Answer:
    """Nodes in whose names every word of `q` begins one, at most `most`: `scene`, and `found`, the name of each."""
    words, most = _text(request, "q"), _number(request, "most", 12, SUGGESTIONS)

    def look(lookup: Lookup) -> tuple[list[str], tuple[Node, ...]]:
        hits = lookup.search(words, most)
        return [name for _, name in hits], lookup.nodes(each for each, _ in hits)

    found, nodes = await _ask(request, look)
    return {"scene": packed(Scene("", nodes=nodes)), "found": found}


async def node(request: Request) -> Answer:
    """A node, its statements from the `first` on, its neighbours from the `skip`th heaviest on.

    `statements` and `neighbours` count all; statements are those that the filters let through, `next` is the `first` of
    the next ones. `id` is the node that is shown: another one than was asked for where a merge, or a state and its
    land, are drawn as one.
    """
    asked, filters = _text(request, "id"), _filters(request)
    start, skip = _number(request, "first", 0, 1 << 30), _number(request, "skip", 0, 1 << 30)

    def look(lookup: Lookup) -> tuple[Found, Answer]:
        each = lookup.kept(asked)
        ids, statements = lookup.statements(each, STATEMENTS, start, filters)
        found, neighbours = _near(lookup, each, skip)
        facts = {"id": each, "statements": statements, "next": start + len(ids), "neighbours": neighbours}
        return replace(found, statements=tuple(ids)), facts

    found, facts = await _ask(request, look)
    if all(each.id != facts["id"] for each in found.nodes):
        raise WrongError(f"there is no node {facts['id']!r}", 404)
    return {**facts, "scene": packed(await _scene(request, found))}


async def neighbours(request: Request) -> Answer:
    """The neighbours of a node alone, with the edges among them."""
    each, skip = _text(request, "id"), _number(request, "skip", 0, 1 << 30)
    found, number = await _ask(request, lambda lookup: _near(lookup, each, skip))
    return {"scene": packed(Scene("", nodes=found.nodes, edges=found.edges)), "neighbours": number}


async def edge(request: Request) -> Answer:
    """The statements that two nodes share."""
    ends = _ends(request)

    def look(lookup: Lookup) -> Found:
        one, other = map(lookup.kept, ends)
        return _found(lookup, (one, other), lookup.between(one, other, SHARED))

    return {"scene": packed(await _scene(request, await _ask(request, look)))}


async def path(request: Request) -> Answer:
    """The nodes of a shortest path in their order, with the edges between them; none where there is no path."""
    ends = _ends(request)

    def look(lookup: Lookup) -> Found:
        return _found(lookup, lookup.path(*map(lookup.kept, ends)))

    found = await _ask(request, look, long=True)
    return {"scene": packed(Scene("", nodes=found.nodes, edges=found.edges))}


async def matching(request: Request) -> Answer:
    """The heaviest incidents, places and quotations that the filters let through, with some of their statements."""
    filters = _filters(request)
    found = await _ask(
        request, lambda lookup: _found(lookup, *lookup.matching(filters, FILTERED, LISTED, PASSAGES)), long=True
    )
    return {"scene": packed(await _scene(request, found))}


async def passing(request: Request) -> Answer:
    """Which of the nodes of the panorama, by their numbers, the filters let through."""
    filters = _filters(request)
    return {"numbers": await _ask(request, lambda lookup: lookup.passing(filters), long=True)}


async def timeline(request: Request) -> Answer:
    """The heaviest incidents with a date."""
    return await _heaviest(request, "dated")


async def places(request: Request) -> Answer:
    """The heaviest places with coordinates."""
    return await _heaviest(request, "located")


async def article(request: Request) -> Answer:
    """The statements of an article with their sentences."""
    each = _text(request, "id")

    def look(lookup: Lookup) -> tuple[bool, Found]:
        return bool(lookup.article(each)), Found(statements=tuple(lookup.of_article(each, PER_ARTICLE)))

    known, found = await _ask(request, look)
    if not known:
        raise WrongError(f"there is no article {each!r}", 404)
    return {"scene": packed(await _scene(request, found))}


async def panorama(request: Request) -> Response:
    """All nodes of a large graph with their spots, and the lines between them.

    204: the graph is small; 202 with Retry-After: it is in preparation.
    """
    try:
        picture = await _ask(request, lambda lookup: lookup.panorama(), long=True)
    except NotReadyError:
        return JSONResponse({"preparing": True}, 202, {"Retry-After": "2"})
    if picture is None:
        return Response(status_code=204)
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    said = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", **({"Content-Encoding": "gzip"} if zipped else {})}
    return Response(picture if zipped else gzip.decompress(picture), 200, said, "application/json")


def _route(handler: Handler) -> Route:
    async def answered(request: Request) -> Response:
        try:
            found = await handler(request)
            return found if isinstance(found, Response) else JSONResponse(found, headers={"Cache-Control": "no-cache"})
        except WrongError as error:
            later = {"Retry-After": "2"} if error.status == 503 else None
            return JSONResponse({"error": f"{error}"}, error.status, later)
        except NotReadyError:
            return JSONResponse({"error": "the graph is still being read"}, 503, {"Retry-After": "2"})

    return Route(f"/api/{handler.__name__}", answered, methods=["GET"])


HANDLERS: tuple[Handler, ...] = (opening, search, node, neighbours, edge, path, matching, passing, timeline, places)
ROUTES = tuple(map(_route, (*HANDLERS, article, panorama)))


# -------------------------------------------------------------------------------- scenes


@dataclass(frozen=True, slots=True)
class Found:
    """What an overview knows: nodes, edges between them, ids of the statements to be read from the store."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    statements: tuple[str, ...] = ()


def _found(lookup: Lookup, nodes: Iterable[str], statements: Iterable[str] = ()) -> Found:
    wanted = tuple(nodes)
    return Found(lookup.nodes(wanted), lookup.edges(wanted), tuple(statements))


def _near(lookup: Lookup, each: str, skip: int) -> tuple[Found, int]:
    """A node with its neighbours from the `skip`th on, and how many it has."""
    near, number = lookup.neighbours(each, skip, NEIGHBOURS)
    return _found(lookup, (each, *near)), number


async def _ask(request: Request, look: Callable[[Lookup], T], *, long: bool = False) -> T:
    atlas: Atlas = request.app.state.atlas
    return await atlas.ask(look, long=long)


def _ends(request: Request) -> tuple[str, str]:
    return _text(request, "from"), _text(request, "to")


async def _heaviest(request: Request, kind: str) -> Answer:
    most = _number(request, "most", DRAWN, 10 * DRAWN)
    nodes = await _ask(request, lambda lookup: lookup.nodes(lookup.heaviest(kind, most)))
    return {"scene": packed(Scene("", nodes=nodes))}


async def _scene(request: Request, found: Found) -> Scene:
    """The statements with all that they name, the nodes, and the edges among the nodes of the graph that show."""
    scene = await _portion(request, found.statements)
    here = {each.id for each in found.nodes}
    more = [each.id for each in scene.nodes if each.id not in here]
    known = (*found.nodes, *(await _ask(request, lambda lookup: lookup.nodes(more)) if more else ()))
    weighed = {each.id for each in known}
    rest = tuple(each for each in scene.nodes if each.id not in weighed)
    return replace(scene, nodes=(*known, *rest), edges=_joined(scene.edges, found.edges))


async def _portion(request: Request, ids: tuple[str, ...]) -> Scene:
    if not ids:
        return Scene("")
    found = await request.app.state.pool.ask(Portion(request.app.state.atlas.base, ids), house=True)
    if not isinstance(found, Scene):
        raise WrongError(found.body.decode().strip(), found.status)
    return found


def _joined(here: Iterable[Edge], whole: Iterable[Edge]) -> tuple[Edge, ...]:
    """The edges of the portion, which know what they rest on, and those of the whole graph besides."""
    found = {(e.source, e.target, e.predicate, e.label, e.mode): e for e in (*whole, *here)}
    return tuple(found[key] for key in sorted(found))


# -------------------------------------------------------------------------------- parameters


def _text(request: Request, name: str) -> str:
    value = request.query_params.get(name, "")
    if not value or len(value) > LONGEST:
        raise WrongError(f"say {name}=, in at most {LONGEST} characters")
    return value


def _number(request: Request, name: str, default: int, most: int) -> int:
    value = request.query_params.get(name, "")
    if not value.isdecimal() and value:
        raise WrongError(f"{name}={value[:20]!r} is no whole number")
    return min(int(value or default), most)


def _filters(request: Request) -> Filters:
    """The filters by the names that they have in the page's address (`web/src/state.ts`)."""
    given = {name: value[:LONGEST] for name, value in request.query_params.items()}
    return Filters(
        hidden=tuple(name for name in given.get("hide", "").split(",") if name in CLASSES),
        **{name: given.get(name, "") for name in ("type", "stance", "article", "since", "until", "words")},
        disputed=bool(given.get("disputed")),
        least=_number(request, "least", 0, 100) / 100,
    )
