"""The routes of the service, and what holds for all of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from kg.serve import describe, explorer, page, resources
from kg.serve.atlas import Atlas
from kg.serve.limits import Limits
from kg.serve.pool import BusyError, Pool
from kg.serve.protocol import ALLOWED, plain, sparql
from kg.vocab import DATA

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response


async def endpoint(request: Request) -> Response:
    """SPARQL; without any parameter, the description of the service."""
    if request.method not in ALLOWED:
        return plain("a query comes by GET or POST", 405, {"Allow": ", ".join(sorted(ALLOWED))})
    if request.method in {"GET", "HEAD"} and not request.query_params:
        return await describe.service(request)
    return await sparql(request)


async def update(_: Request) -> Response:
    """Refused."""
    return plain("updates are refused: this graph is built from articles", 403)


async def busy(_: Request, __: Exception) -> Response:
    """What a route without its own answer says when no worker is free."""
    return plain("too many queries at once; try again", 503, {"Retry-After": "2"})


METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
ROUTES = (
    Route("/sparql", endpoint, methods=METHODS),
    Route("/update", update, methods=METHODS),
    Route("/graph", resources.graph_store, methods=["GET"]),
    Route("/data/{path:path}", resources.resource),
    Route("/resource", resources.other),
    Route("/ontology", resources.ontology),
    Route("/term/{prefix}/{name}", resources.term),
    Route("/.well-known/void", describe.dataset),
    Route("/health", describe.health),
    Route("/metrics", describe.metrics),
    *page.ROUTES,
    *explorer.ROUTES,
)


def make_app(  # noqa: PLR0913  # one parameter an option
    store: Path,
    *,
    limits: Limits | None = None,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
    base: str = DATA,
    title: str = "News graph",
    warm: bool = False,
) -> Starlette:
    """The service over a store, which may be written to meanwhile.

    Args:
        store: The folder of the store.
        limits: What a query may cost.
        hosts: Names that the service may be called by; others are refused, which keeps other people's web pages from
            reading a graph on this machine. None: any.
        origins: Web pages that may ask from a browser (CORS). None: only the service's own.
        base: The namespace of the data.
        title: What the explorer's page is called.
        warm: Whether to make the explorer's overview at once, not when the first page asks for it.
    """
    pool = Pool(store, limits or Limits())
    atlas = Atlas(pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if warm:
            await atlas.follow()
        yield
        atlas.close()
        pool.close()

    guards = [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts) or ["*"])]
    if origins:
        guards.append(Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"]))
    app = Starlette(routes=ROUTES, middleware=guards, lifespan=lifespan, exception_handlers={BusyError: busy})
    app.state.pool, app.state.atlas, app.state.base, app.state.title = pool, atlas, base, title
    return app
