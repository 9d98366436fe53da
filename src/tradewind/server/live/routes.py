"""The stream of events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header, HTTPException, Query, Request
from fastapi.responses import StreamingResponse

from tradewind.server.api.responses import errors
from tradewind.server.auth import Principal, User, identify
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import router as make_router
from tradewind.server.live.hub import Hub, TooManyWatchersError, Watcher, stream
from tradewind.server.live.models import LiveEvent
from tradewind.server.live.topics import MOST, parse
from tradewind.server.tokens import TokenError

router = make_router()


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


_UNKNOWN = 2**62
"""A position that no stream reaches: answered with `reset`."""
_ANSWERS: dict[int | str, dict[str, Any]] = {200: {"model": LiveEvent, "description": "Events; `data` is JSON."}}


@router.get("/events", response_class=EventStream, response_model=None, responses={**_ANSWERS, **errors(503)})
async def stream_events(
    request: Request,
    context: Context,
    user: User,
    topic: Annotated[
        list[str],
        Query(
            max_length=MOST,
            description="`dags`, `home`, `hitl`, `imports`, `assets`, `backfills`, `pools`, `health`, `dag:<dag>`, "
            "`run:<dag>/<run>`, `ti:<dag>/<run>/<task>/<map index>`; `/` and `%` in an id percent-encoded.",
        ),
    ],
    position: Annotated[
        int | None, Query(ge=0, le=2**62, description="Of an answer: the stream goes on from there.")
    ] = None,
    last_event_id: Annotated[str | None, Header(max_length=30)] = None,
) -> EventStream:
    """What changes, as it changes: one stream for many topics; a `beat` every 15 seconds when nothing does.

    Every event has a `kind`, which is also its name.  A browser that reconnects sends the id of the last event, and
    gets what it missed; when that is too long ago, a `reset`.
    """
    topics = parse(topic)
    hub: Hub = request.app.state.live
    sight = _Sight(user)
    watcher = Watcher(topics, sight.sees, asyncio.get_running_loop())
    after = position
    if last_event_id:
        # an id that is none of ours says that the client knows something, but not what: that is too long ago
        after = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() else _UNKNOWN
    try:
        await asyncio.to_thread(hub.join, watcher, after)
    except TooManyWatchersError as error:
        raise HTTPException(503, str(error)) from None

    async def body() -> Any:
        try:
            async for text in stream(watcher, _still_may(context, request, sight)):
                yield text
        finally:
            # not awaited: the request may be cancelled; in a thread: the lock may be held for a read of the database
            asyncio.get_running_loop().run_in_executor(None, hub.leave, watcher)

    return EventStream(body(), headers={"cache-control": "no-cache", "x-accel-buffering": "no"})


class _Sight:
    """What the one who watches sees, as it was when that was looked up last."""

    def __init__(self, user: Principal) -> None:
        self.user = user

    def sees(self, dag_id: str) -> bool:
        return self.user.sees(dag_id)


def _still_may(context: ServerContext, request: Request, sight: _Sight) -> Callable[[], bool]:
    def ask() -> bool:
        try:
            principal = identify(context, request)
        except TokenError:
            return False
        if principal is None or not principal.may("viewer"):
            return False
        sight.user = principal
        return True

    return ask
