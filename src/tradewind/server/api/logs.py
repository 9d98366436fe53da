"""Logs of task instances, as JSON, as lines of JSON or as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import HTTPException, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import JSONResponse, Response, StreamingResponse

from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context, ServerContext
from tradewind.server.logs import Event, LogReader, Position, as_text, read_part
from tradewind.server.models.task_instances import TaskInstancesLogResponse
from tradewind.server.params import MAX_INT, DagId, MapIndex, RunId, TaskId
from tradewind.store.reads import Row

router = api_router("Task Instance", VIEWER)
JSON, LINES, TEXT = "application/json", "application/x-ndjson", "text/plain"


@router.get(
    "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/logs/{try_number}",
    response_model=TaskInstancesLogResponse,
    responses={
        200: {"content": {LINES: {"schema": {"type": "string"}}, TEXT: {"schema": {"type": "string"}}}},
        **errors(404, 406),
    },
)
def get_log(
    context: Context,
    request: Request,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    try_number: Annotated[int, PathParameter(ge=0, le=MAX_INT)],
    full_content: Annotated[bool, Query(description="All that is there, however long.")] = False,
    map_index: MapIndex = -1,
    token: Annotated[str | None, Query(max_length=500, description="Where to go on reading.")] = None,
) -> Response:
    """The log of one try.

    As JSON a long log comes in parts, and that of a running task goes on: ask again with `continuation_token`.
    """
    form = _form(request.headers.get("accept", "*/*"))
    row = context.store.reads.task_instances.get(dag_id, dag_run_id, task_id, map_index)
    if row is None:
        raise NotFoundError(
            f"there is no task instance {task_id!r} (map index {map_index}) in run {dag_run_id!r} of DAG {dag_id!r}"
        )
    start = Position.of(token) if token else None
    reader = log_reader(context, row, try_number)
    if form == JSON and not full_content:
        events, position = read_part(reader, start)
        following = position.token() if position else None
        return JSONResponse({"content": events, "continuation_token": following})
    pages = reader.events(start)
    first = next(pages, ([], None))  # an error in the token must come before the answer has begun
    if form == JSON:
        return StreamingResponse(_whole(first, pages), media_type=JSON)
    every = _every(first, pages)
    if form == LINES:
        return StreamingResponse((json.dumps(event) + "\n" for event in every), media_type=LINES)
    return StreamingResponse((as_text(event) for event in every), media_type=f"{TEXT}; charset=utf-8")


_GOES_ON = frozenset({"scheduled", "queued", "running", "up_for_reschedule", "deferred"})
"""States of a task instance whose present try may still write."""


def log_reader(context: ServerContext, row: Row, try_number: int) -> LogReader:
    """Reads the log of a try of this task instance.  Raises NotFoundError when there was no such try."""
    return LogReader(context.log_folder, log_attempts(context, row, try_number))


def log_attempts(context: ServerContext, row: Row, try_number: int) -> list[Row]:
    """The attempts of a try, each with a log file of its own, oldest first; `running` where the file may still grow.

    Raises NotFoundError when there was no such try.
    """
    attempts = context.store.reads.task_instances.attempts_of_try(row["id"], try_number)
    if not attempts and try_number > max(row["try_number"], 0):
        raise NotFoundError(
            f"task {row['task_id']!r} of run {row['run_id']!r} has no try {try_number}; "
            f"its last one is {row['try_number']}"
        )
    if not attempts and row.get("trigger") and row["try_number"] == try_number:
        # it starts with its trigger: no worker has had it yet
        attempts = [{"id": row["trigger_id"], "log_path": row["trigger"]["log_path"], "state": "running"}]
    # the attempts of a try that was rescheduled or waited write to one file, one after the other
    attempts = list({attempt["log_path"]: attempt for attempt in attempts}.values())
    if attempts and row["try_number"] == try_number and row["state"] in _GOES_ON:
        attempts[-1] = {**attempts[-1], "state": "running"}  # its trigger, or its next attempt, writes more
    return attempts


def _form(accept: str) -> str:
    wanted = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    for entry in wanted:
        if entry in (JSON, LINES, TEXT):
            return entry
        if entry in ("*/*", "application/*", ""):
            return JSON
        if entry == "text/*":
            return TEXT
    raise HTTPException(406, f"logs are given as {JSON}, {LINES} or {TEXT}")


Pages = Iterator[tuple[list[Event], Position | None]]


def _every(first: tuple[list[Event], Position | None], rest: Pages) -> Iterator[Event]:
    yield from first[0]
    for events, _ in rest:
        yield from events


def _whole(first: tuple[list[Event], Position | None], rest: Pages) -> Iterator[str]:
    """The JSON answer in pieces, so that a long log does not have to fit into memory."""
    yield '{"content": ['
    events, position = first
    separator = ""
    while True:
        if events:
            yield separator + ", ".join(json.dumps(event) for event in events)
            separator = ", "
        following = next(rest, None)
        if following is None:
            break
        events, position = following
    yield '], "continuation_token": ' + json.dumps(position.token() if position else None) + "}"
