"""The explorer's page as the service gives it: the bundle as files of their own, the data through `/api/`."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kg.serve.protocol import plain
from kg.view.explorer_page import body
from kg.view.page import embedded_json, printable
from kg.view.palette import LOOKS
from kg.view.sparql import settings

if TYPE_CHECKING:
    from starlette.requests import Request

#: Scripts and styles come from here alone; what the data holds can neither run nor be fetched.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ASSETS = {"explorer.js": "text/javascript", "sparql.js": "text/javascript", "style.css": "text/css"}


async def page(request: Request) -> Response:
    """The explorer."""
    title = escape(printable(request.app.state.title))
    config = embedded_json(settings(request.app.state.base, "/sparql"))
    text = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="kg-api" content="/api/">\n<link rel="icon" href="data:,">\n<title>{title}</title>\n'
        '<link rel="stylesheet" href="/assets/style.css">\n<script defer src="/assets/explorer.js"></script>\n'
        f'<script defer src="/assets/sparql.js"></script>\n</head>\n<body>\n{body(request.app.state.title)}\n'
        f'<script type="application/json" id="sparql-config">{config}</script>\n</body>\n</html>\n'
    )
    return HTMLResponse(text, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"})


async def asset(request: Request) -> Response:
    """A file of the bundle."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return plain(f"there is no file {name!r}", 404)
    return Response(_asset(name), media_type=ASSETS[name], headers={"Cache-Control": "no-cache"})


@cache
def _asset(name: str) -> str:
    text = files("kg.view").joinpath("assets", name).read_text("utf-8")
    swatches = "".join(f".look-{look.cls}{{background:{look.colour}}}" for look in LOOKS)
    return text + swatches if name == "style.css" else text


ROUTES = (Route("/", page, methods=["GET"]), Route("/assets/{name}", asset, methods=["GET"]))
