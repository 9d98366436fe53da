"""Long JSON answers go out compressed to whoever takes gzip.

Wrapped around the application by `server.app`.  What a page draws is hundreds of kilobytes of text that repeats itself;
at the lightest level a tenth or less of that is left, for a millisecond per 100 kB.  Only answers in one piece:
streams (logs, events, large XComs) go out as they come, and files of the UI lie there compressed already.

A page of another site learns nothing from how well an answer could be compressed: browsers do not send our cookie
with its requests.
"""

from __future__ import annotations

import gzip

from tradewind.server.guard import App, Message, Receive, Scope, Send

LEAST = 4096
"""Bytes of a body that is worth it."""
_LEVEL = 1


class Compressed:
    """Wraps the application."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = _Compressing(send, wanted=_takes_gzip(scope)).send
        await self._app(scope, receive, send)


class _Compressing:
    """The sending side of one answer: its start is held back until its body shows whether it is in one piece."""

    def __init__(self, send: Send, *, wanted: bool) -> None:
        self._send = send
        self._wanted = wanted
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_json(message):
            message["headers"] = [*message["headers"], (b"vary", b"accept-encoding")]
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            body = message.get("body", b"")
            if self._wanted and len(body) >= LEAST and not message.get("more_body", False):
                message["body"] = gzip.compress(body, _LEVEL, mtime=0)
                start["headers"] = [
                    *((name, value) for name, value in start["headers"] if name.lower() != b"content-length"),
                    (b"content-length", str(len(message["body"])).encode()),
                    (b"content-encoding", b"gzip"),
                ]
            await self._send(start)
        await self._send(message)


def _is_json(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start.get("headers", [])}
    return headers.get(b"content-type", b"").startswith(b"application/json") and b"content-encoding" not in headers


def _takes_gzip(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name.lower() == b"accept-encoding":
            for part in value.decode("latin-1").split(","):
                coding, _, weight = part.partition(";")
                if coding.strip().lower() in ("gzip", "*"):
                    return weight.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
