"""What every request must pass before a route sees it, and the headers of every answer.

Used by `server.app`.  Plain ASGI: it must see the path before it is decoded and the body before it is read.
- a host name that is not ours is refused when there is no login (a web page could otherwise reach the server through
  a name of its own that resolves to loopback);
- a state-changing request that a browser says comes from another site is refused;
- a body over the limit is refused, whether or not its length was announced;
- `%2F` and `%25` in a path stay encoded until the route has been found, so that an id may hold a slash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.exceptions import HTTPException

from tradewind.server import hidden
from tradewind.store.access import enter
from tradewind.store.known_secrets import KnownSecrets

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 16 * 1024 * 1024
"""Bytes of a request's body."""
MAX_TARGET = 32 * 1024
"""Bytes of a request's path and query."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

_ENCODED = re.compile(rb"%(?:2[Ff]|25)")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
]
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
"""Of a server that browsers reach over HTTPS: they are not to try anything else for a year."""
_OURS = {name for name, _ in _HEADERS} - {b"content-security-policy"}


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The request is answered with `status` and `detail` and goes no further."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class Guard:
    """Wraps the application.  `hosts` None accepts every host name; ports are never compared.  `secrets` are in no
    answer."""

    def __init__(
        self,
        app: App,
        hosts: Iterable[str] | None,
        max_body: int = MAX_BODY,
        *,
        https: bool = False,
        secrets: KnownSecrets | None = None,
    ) -> None:
        self._app = app
        self._secrets = secrets
        self._hosts = None if hosts is None else {host.lower().strip("[]") for host in hosts}
        self._max_body = max_body
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            else:  # no route speaks WebSocket
                await send({"type": "websocket.close", "code": 1000})
            return
        enter("api")  # for whom the database works: `auth` fills it in
        if self._secrets is not None:
            hidden.enter(self._secrets)
        started = False

        async def guarded_send(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = _with_headers(message.get("headers", []))
                if self._https or scope.get("scheme") == "https":
                    message["headers"].append(_HSTS)
            await send(message)

        try:
            self._check(scope)
            await self._app(
                {**scope, "path": _path(scope)},
                _limited(receive, _headers(scope), self._max_body),
                guarded_send,
            )
        except Refused as refused:
            if started:
                raise
            await _answer(guarded_send, refused)

    def _check(self, scope: Scope) -> None:
        headers = _headers(scope)
        target = len(scope.get("raw_path") or b"") + len(scope.get("query_string", b""))
        if target > MAX_TARGET:
            raise Refused(414, f"the path and query have {target} bytes; at most {MAX_TARGET} are taken")
        if b"%00" in scope.get("query_string", b"") or "\x00" in scope["path"]:
            raise Refused(400, "the path or query has a NUL character in it")
        host = headers.get(b"host", b"").decode("latin-1")
        if self._hosts is not None and _name(host) not in self._hosts:
            raise Refused(
                403,
                f"this server has no login and is not reached by the name {host!r}; "
                "use http://localhost or http://127.0.0.1",
            )
        if scope["method"] not in SAFE_METHODS:
            _check_origin(headers, host)


def _check_origin(headers: dict[bytes, bytes], host: str) -> None:
    """Browsers say where a request comes from; other clients send neither header and cannot be tricked so."""
    site = headers.get(b"sec-fetch-site")
    origin = headers.get(b"origin")
    foreign = site is not None and site not in (b"same-origin", b"none")
    if origin is not None and site is None:
        foreign = urlsplit(origin.decode("latin-1")).netloc.lower() != host.lower()
    if foreign:
        raise Refused(403, "requests from other web sites may not change anything here")


def _name(host: str) -> str:
    """Host name without the port, lower case, an IPv6 address without brackets."""
    match = re.fullmatch(r"\[([0-9A-Fa-f:.]+)\](?::\d*)?|([^:\[\]]*)(?::\d*)?", host)
    return (match[1] or match[2] or "").lower() if match else ""


def _path(scope: Scope) -> str:
    """The path decoded, except for encoded slashes and percent signs; `params.unescape` ends the work."""
    raw: bytes | None = scope.get("raw_path")
    if not raw or b"%" not in raw:
        path: str = scope["path"]
        # a server that hides the raw path has decoded everything: a percent sign in it is a real one
        return path if raw else path.replace("%", "%25")
    raw = raw.split(b"?", 1)[0]
    pieces, last = [], 0
    for found in _ENCODED.finditer(raw):
        pieces += [unquote_to_bytes(raw[last : found.start()]), found.group().upper()]
        last = found.end()
    pieces.append(unquote_to_bytes(raw[last:]))
    try:
        return b"".join(pieces).decode()
    except UnicodeDecodeError:
        raise Refused(400, "the path is not valid UTF-8") from None


def _limited(receive: Receive, headers: dict[bytes, bytes], limit: int) -> Receive:
    detail = f"the body of a request may have at most {limit} bytes"
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > limit:
        raise Refused(413, detail)
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > limit:
                # raised inside the application, which turns this kind into an answer
                raise HTTPException(413, detail)
        return message

    return limited


def _headers(scope: Scope) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in scope["headers"]}


def _with_headers(given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Ours are always set; caching and content policy may be those of the answer."""
    kept = [(name, value) for name, value in given if name.lower() not in _OURS]
    names = {name.lower() for name, _ in kept}
    if b"cache-control" not in names:
        kept.append((b"cache-control", b"no-store"))
    return kept + [(name, value) for name, value in _HEADERS if name not in names]


async def _answer(send: Send, refused: Refused) -> None:
    body = json.dumps({"detail": refused.detail}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
