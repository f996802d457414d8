"""The explorer's data over HTTP: parts of a scene, as `kg.view.wire` packs them.

Every answer is JSON. `scene` is what `kg.view.wire.packed` makes: its records have the columns of `shapes`, in which
texts are places in `strings`; `web/src/wire.ts` reads it. Ids are IRIs without the namespace of the data.
`explorer.schema.json` says what each answer holds. 400: a parameter is missing or is no number; 404: no such node; 503
with Retry-After: the overview of a store that was just opened is still being made, or all workers are busy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.serve.atlas import Atlas, NotReadyError
from kg.serve.lookup import Filters
from kg.serve.portion import Portion
from kg.view.basemap import basemap
from kg.view.palette import LOOKS
from kg.view.scene import CLASSES, Edge, Scene
from kg.view.wire import packed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

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
Handler = Callable[["Request"], Awaitable[Answer]]


class WrongError(Exception):
    """A parameter that says nothing, with a status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


# -------------------------------------------------------------------------------- the routes


async def opening(request: Request) -> Answer:
    """What the page opens with, what its filters can offer, how classes look, what lies under the map."""
    atlas: Atlas = request.app.state.atlas
    spots = await atlas.ask("opening")
    facets = await atlas.ask("facets", ARTICLES)
    nodes = await atlas.ask("nodes", spots)
    placed = tuple(replace(node, opening=True, spot=spots[node.id]) for node in nodes)
    scene = Scene(request.app.state.title, nodes=placed, edges=await atlas.ask("edges", spots))
    located = Scene("", nodes=await atlas.ask("nodes", await atlas.ask("heaviest", "located", DRAWN)))
    under = await asyncio.to_thread(basemap, located)
    return {"scene": packed(scene), "facets": facets, "looks": [asdict(look) for look in LOOKS], "basemap": under}


async def search(request: Request) -> Answer:
    """Nodes in whose names every word of `q` begins one, at most `most`: `scene`, and `found`, the name of each."""
    hits = await request.app.state.atlas.ask("search", _text(request, "q"), _number(request, "most", 12, SUGGESTIONS))
    nodes = await request.app.state.atlas.ask("nodes", [each for each, _ in hits])
    return {"scene": packed(Scene("", nodes=nodes)), "found": [name for _, name in hits]}


async def node(request: Request) -> Answer:
    """A node, its statements from the `first` on, its neighbours from the `skip`th heaviest on.

    `statements` and `neighbours` count all; statements are those that the filters let through, `next` is the `first` of
    the next ones. `id` is the node that
    is shown: another one than was asked for where a merge, or a state and its land, are drawn as one.
    """
    atlas: Atlas = request.app.state.atlas
    each = await atlas.ask("kept", _text(request, "id"))
    if not await atlas.ask("nodes", [each]):
        raise WrongError(f"there is no node {each!r}", 404)
    start = _number(request, "first", 0, 1 << 30)
    ids, statements = await atlas.ask("statements", each, STATEMENTS, start, _filters(request))
    near, neighbours = await _near(request, each)
    scene = await _scene(request, ids, (each, *near))
    after = start + len(ids)
    return {"id": each, "scene": packed(scene), "statements": statements, "next": after, "neighbours": neighbours}


async def neighbours(request: Request) -> Answer:
    """The neighbours of a node alone, with the edges among them."""
    each = _text(request, "id")
    near, number = await _near(request, each)
    return {"scene": packed(await _scene(request, (), (each, *near))), "neighbours": number}


async def edge(request: Request) -> Answer:
    """The statements that two nodes share."""
    ends = await _ends(request)
    ids = await request.app.state.atlas.ask("between", *ends, SHARED)
    return {"scene": packed(await _scene(request, ids, ends))}


async def path(request: Request) -> Answer:
    """The nodes of a shortest path in their order, with the edges between them; none where there is no path."""
    steps = await request.app.state.atlas.ask("path", *await _ends(request))
    nodes = await request.app.state.atlas.ask("nodes", steps)
    return {"scene": packed(Scene("", nodes=nodes, edges=await request.app.state.atlas.ask("edges", steps)))}


async def matching(request: Request) -> Answer:
    """The heaviest incidents, places and quotations that the filters let through, with some of their statements."""
    filters = _filters(request)
    nodes, ids = await request.app.state.atlas.ask("matching", filters, FILTERED, LISTED, PASSAGES)
    return {"scene": packed(await _scene(request, ids, nodes))}


async def timeline(request: Request) -> Answer:
    """The heaviest incidents with a date."""
    return await _heaviest(request, "dated")


async def places(request: Request) -> Answer:
    """The heaviest places with coordinates."""
    return await _heaviest(request, "located")


async def article(request: Request) -> Answer:
    """The statements of an article with their sentences."""
    each = _text(request, "id")
    if not await request.app.state.atlas.ask("article", each):
        raise WrongError(f"there is no article {each!r}", 404)
    ids = await request.app.state.atlas.ask("of_article", each, PER_ARTICLE)
    return {"scene": packed(await _scene(request, ids, ()))}


def _route(handler: Handler) -> Route:
    async def answered(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request), headers={"Cache-Control": "no-cache"})
        except WrongError as error:
            later = {"Retry-After": "2"} if error.status == 503 else None
            return JSONResponse({"error": f"{error}"}, error.status, later)
        except NotReadyError:
            return JSONResponse({"error": "the graph is still being read"}, 503, {"Retry-After": "2"})

    return Route(f"/api/{handler.__name__}", answered, methods=["GET"])


ROUTES = tuple(map(_route, (opening, search, node, neighbours, edge, path, matching, timeline, places, article)))


# -------------------------------------------------------------------------------- scenes


async def _ends(request: Request) -> tuple[str, str]:
    """The nodes that stand for `from` and `to`."""
    atlas: Atlas = request.app.state.atlas
    return await atlas.ask("kept", _text(request, "from")), await atlas.ask("kept", _text(request, "to"))


async def _near(request: Request, each: str) -> tuple[list[str], int]:
    near, number = await request.app.state.atlas.ask(
        "neighbours", each, _number(request, "skip", 0, 1 << 30), NEIGHBOURS
    )
    return near, number


async def _heaviest(request: Request, kind: str) -> Answer:
    ids = await request.app.state.atlas.ask("heaviest", kind, _number(request, "most", DRAWN, 10 * DRAWN))
    return {"scene": packed(Scene("", nodes=await request.app.state.atlas.ask("nodes", ids)))}


async def _scene(request: Request, statements: Iterable[str], nodes: Iterable[str]) -> Scene:
    """These statements with all that they name, these nodes, and the edges among the nodes of the graph that show."""
    atlas: Atlas = request.app.state.atlas
    wanted = tuple(nodes)
    scene = await _portion(request, tuple(statements))
    edges = await atlas.ask("edges", wanted)
    known = await atlas.ask("nodes", (*wanted, *(each.id for each in scene.nodes)))
    weights = {each.id: each for each in known}
    rest = tuple(each for each in scene.nodes if each.id not in weights)
    return replace(scene, nodes=(*known, *rest), edges=_joined(scene.edges, edges))


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
