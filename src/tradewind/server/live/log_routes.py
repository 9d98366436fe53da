"""Parts of logs by their bytes, their outline, and logs as they grow."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import HTTPException, Query, Request
from fastapi.responses import Response, StreamingResponse

from tradewind.errors import InvalidError, NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router
from tradewind.server.live.log_choice import Log, LogAgain, LogFile
from tradewind.server.live.log_files import (
    CHUNK,
    DEFAULT_BYTES,
    LEVELS,
    MOST_BYTES,
    Outline,
    Outlines,
    Part,
    Record,
    read_backward,
    read_forward,
)
from tradewind.server.live.log_search import find_text, select_backward, select_forward
from tradewind.server.live.routes import EventStream
from tradewind.server.logs import LogReader, as_text
from tradewind.server.models.common import Answer

router = make_router()
PATH = "/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log"
LOOK_SECONDS = 0.25
"""How often a growing file is looked at."""
ASK_SECONDS = 2.0
"""How often the database is asked whether the attempt is over, while its file does not grow."""
HEARTBEAT_SECONDS = 15.0
MOST_FOLLOWED = 200
"""Logs that are followed at a time: each costs a look at its file four times a second."""
_followed = 0
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_outlines = Outlines()
_OF_RECORD = tuple(field.name for field in fields(Record) if field.name != "place")

Level = Literal["debug", "info", "warning", "error", "critical"]
LevelNames = Annotated[
    list[Level] | None, Query(max_length=10, description="Only lines of these; `info` is what has no other one.")
]


class LogRecord(Answer):
    """One line."""

    offset: int
    """The byte at which it starts."""
    line: int | None
    """Its number, from 1: its name in permalinks.  Null while the outline has not come so far."""
    timestamp: str | None
    level: str | None
    event: str
    logger: str | None
    filename: str | None
    lineno: int | None
    error_detail: list[dict[str, Any]] | None
    """Of an exception: `exc_type`, `exc_value`, `frames` (of the user's code) and `traceback`."""
    truncated: bool
    """The line is longer than what is shown."""


class LogRangeResponse(Answer):
    """Whole lines between two bytes of a log file."""

    try_number: int
    files: list[LogFile]
    file: int
    """Which of them this is of."""
    records: list[LogRecord]
    start: int
    """Pass as `before` for what comes before."""
    end: int
    """Pass as `offset` for what comes after."""
    size: int
    active: bool


class LogSearchResponse(Answer):
    """Lines that contain a text."""

    try_number: int
    file: int
    offsets: list[int]
    """Where they start, at most 1,000."""
    scanned: int
    """Pass as `offset` to go on."""
    size: int
    complete: bool
    """The file was looked through up to its end."""


class LogGroup(Answer):
    """A `::group::` line."""

    offset: int
    name: str


class LogMark(Answer):
    """Where a line is."""

    line: int
    """From 1."""
    offset: int


class LogOutlineResponse(Answer):
    """What is in a log file."""

    try_number: int
    file: int
    size: int
    active: bool
    complete: bool
    """False: only the first `scanned` bytes are outlined so far; ask again for more."""
    scanned: int
    lines: int
    counts: dict[str, int]
    """Level -> lines."""
    errors: list[int]
    """Offsets of the first 200 lines of level error or critical."""
    last_error: int | None
    """Offset of the last one; known before the outline is complete when it is near the end."""
    groups: list[LogGroup]
    marks: list[LogMark]
    """Some lines and their offsets, about one for every MiB: from them any line is found."""


class LogTail(Answer):
    """An event of a growing log: lines that were added."""

    records: list[LogRecord]
    end: int
    size: int


@router.get(PATH, responses=errors(404))
def read_log_range(
    log: Log,
    offset: Annotated[int | None, Query(ge=0, le=2**62, description="From this byte on.")] = None,
    before: Annotated[int | None, Query(ge=0, le=2**62, description="What ends before this byte.")] = None,
    around: Annotated[int | None, Query(ge=0, le=2**62, description="On both sides of this byte.")] = None,
    line: Annotated[int | None, Query(ge=1, le=2**62, description="On both sides of this line, from 1.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_BYTES, description="About so many bytes.")] = DEFAULT_BYTES,
    level: LevelNames = None,
) -> LogRangeResponse:
    """A part of a log: from a byte on, before a byte, around a byte or a line, or (without any of them) the end.

    With `level` only lines of these levels; at most 32 MiB are looked through, and `start` and `end` say which.
    """
    if sum(given is not None for given in (offset, before, around, line)) > 1:
        raise InvalidError("offset, before, around and line exclude each other", fix="give one of them")
    part, first = Part([], 0, 0, 0), None
    if log.path is not None and log.file.there:
        if line is not None:
            around = _outlines.offset_of(log.path, line)
            if around is None:
                raise NotFoundError(
                    f"line {line} is not in what is outlined of this log",
                    fix="ask for the outline until it is complete, or for a smaller line",
                )
        part = _part(log.path, offset, before, around, limit, level)
        first = _outlines.line_at(log.path, part.start)
    return LogRangeResponse(
        try_number=log.try_number,
        files=log.files,
        file=log.place,
        records=[_record(record, first) for record in part.records],
        start=part.start,
        end=part.end,
        size=part.size,
        active=log.active,
    )


def _part(
    path: Path,
    offset: int | None,
    before: int | None,
    around: int | None,
    limit: int,
    level: list[Level] | None,
) -> Part:
    def forward(at: int, bytes_: int) -> Part:
        return read_forward(path, at, bytes_) if level is None else select_forward(path, at, bytes_, level)

    def backward(at: int, bytes_: int) -> Part:
        return read_backward(path, at, bytes_) if level is None else select_backward(path, at, bytes_, level)

    if offset is not None:
        return forward(offset, limit)
    if around is None:
        return backward(2**62 if before is None else before, limit)
    above, below = backward(around, limit // 2), forward(around, limit // 2)
    if above.end != below.start:
        return below  # `around` is in the middle of a line: the part begins with the next one
    lines = _outlines.lines_between(path, above.start, above.end)
    below_it = [replace(record, place=record.place + lines) for record in below.records]
    return Part([*above.records, *below_it], above.start, below.end, below.size)


@router.get(PATH + "/search", responses=errors(404))
def search_log(
    log: Log,
    text: Annotated[str, Query(min_length=1, max_length=1000)],
    offset: Annotated[int, Query(ge=0, le=2**62, description="`scanned` of the answer before.")] = 0,
    case: Annotated[bool, Query(description="Capital and small letters differ.")] = False,
    level: LevelNames = None,
) -> LogSearchResponse:
    """Where a text is in a log.  At most 32 MiB are looked through: go on with `scanned` until it is complete."""
    found = find_text(log.there(), offset, text, case=case, levels=LEVELS if level is None else level)
    return LogSearchResponse(
        try_number=log.try_number,
        file=log.place,
        offsets=found.offsets,
        scanned=found.scanned,
        size=found.size,
        complete=found.complete,
    )


@router.get(PATH + "/outline", responses=errors(404))
def get_log_outline(log: Log) -> LogOutlineResponse:
    """How many lines of which level a log has, and where its errors and groups are.

    Of a large log the outline is made in pieces of 32 MiB: ask again until it is complete.
    """
    # of an attempt that is about to begin nothing is written yet
    begins = log.path is not None and log.active and not log.file.there
    outline = Outline() if begins else _outlines.of(log.there())
    return LogOutlineResponse(
        try_number=log.try_number,
        file=log.place,
        size=outline.size,
        active=log.active,
        complete=outline.complete,
        scanned=outline.scanned,
        lines=outline.lines,
        counts=dict(outline.counts),
        errors=outline.first_errors,
        last_error=outline.last_error,
        groups=[LogGroup(offset=at, name=name) for at, name in outline.groups],
        marks=[LogMark(line=line, offset=at) for line, at in outline.marks],
    )


@router.get(
    PATH + "/raw",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {
                "application/x-ndjson": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
            },
            "description": "The whole file.",
        },
        206: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}, "description": "A part of it."},
        416: {"description": "The range lies outside of the file."},
        **errors(404),
    },
)
def download_log(
    context: Context,
    request: Request,
    log: Log,
    form: Annotated[
        Literal["lines", "text"], Query(description="`text`: as people read it, without ranges.")
    ] = "lines",
) -> Response:
    """The log file as it is stored, a JSON object on each line; takes one `Range` of bytes."""
    path = log.there()
    if form == "text":
        attempts = [{"id": "", "log_path": str(path), "state": "ended"}]
        pages = LogReader(context.log_folder, attempts).events(None)
        return StreamingResponse(
            ("".join(map(as_text, events)) for events, _ in pages),
            headers={"content-disposition": 'attachment; filename="log.txt"'},
            media_type="text/plain; charset=utf-8",
        )
    size = log.file.size
    start, end, status = 0, size, 200
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match and (match[1] or match[2]):
        status = 206
        if match[1]:
            start, end = int(match[1]), min(size, int(match[2]) + 1) if match[2] else size
        else:
            start = max(0, size - int(match[2]))
        if start >= end:
            return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    headers = {
        "accept-ranges": "bytes",
        "content-length": str(end - start),
        "content-disposition": 'attachment; filename="log.ndjson"',
    }
    if status == 206:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    body = _bytes(path, start, end)
    return StreamingResponse(body, status, headers, media_type="application/x-ndjson")


@router.get(
    PATH + "/follow",
    response_class=EventStream,
    response_model=None,
    responses={200: {"model": LogTail, "description": "Events `records`; the last one is `end`."}, **errors(404, 503)},
)
async def follow_log(
    request: Request,
    again: LogAgain,
    offset: Annotated[int, Query(ge=0, le=2**62, description="`end` of what is shown.")] = 0,
) -> EventStream:
    """A log as it grows: server-sent events, each with lines; the id of an event is where to go on.

    503: as many logs as the server takes are followed already.
    """
    if _followed >= MOST_FOLLOWED:
        raise HTTPException(503, "this server follows as many logs as it can; try again later")
    last = request.headers.get("last-event-id", "")
    start = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else offset
    log = await asyncio.to_thread(again)
    body = _counted(_grow(log.path, start, lambda: again().active))
    return EventStream(body, headers={"cache-control": "no-cache", "x-accel-buffering": "no"})


async def _counted(stream: AsyncIterator[str]) -> AsyncIterator[str]:
    """Counts the streams while they are read.  All of them are read in the one event loop: nothing is locked."""
    global _followed
    _followed += 1
    try:
        async for text in stream:
            yield text
    finally:
        _followed -= 1


async def _grow(path: Path | None, offset: int, active: Callable[[], bool]) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    asked = loop.time() - ASK_SECONDS
    said = loop.time()
    goes_on = True
    yield "retry: 2000\n\n"
    while True:
        part, line = await asyncio.to_thread(_added, path, offset)
        if part is not None and part.end > offset:
            offset = part.end
            records = [_record(record, line) for record in part.records]
            tail = LogTail(records=records, end=part.end, size=part.size)
            yield f"event: records\nid: {offset}\ndata: {tail.model_dump_json()}\n\n"
            said = loop.time()
            continue
        if not goes_on:
            # the state was read before the file: all that was written has been sent
            last = LogTail(records=[], end=offset, size=offset)
            yield f"event: end\nid: {offset}\ndata: {last.model_dump_json()}\n\n"
            return
        if loop.time() - asked >= ASK_SECONDS:
            asked = loop.time()
            goes_on = await asyncio.to_thread(active)
            continue
        if loop.time() - said >= HEARTBEAT_SECONDS:
            said = loop.time()
            yield ": still there\n\n"
        await asyncio.sleep(LOOK_SECONDS)


def _added(path: Path | None, offset: int) -> tuple[Part | None, int | None]:
    """What was added, and the number of its first line."""
    try:
        if path is None or path.stat().st_size <= offset:
            return None, None
        part = read_forward(path, offset, DEFAULT_BYTES)
        return part, _outlines.line_at(path, part.start)
    except FileNotFoundError:
        return None, None


def _bytes(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0:
            data = file.read(min(CHUNK, left))
            if not data:
                return
            left -= len(data)
            yield data


def _record(record: Record, first: int | None) -> LogRecord:
    """`first`: number of the first line of the part."""
    line = None if first is None else first + record.place
    return LogRecord.model_construct(line=line, **{name: getattr(record, name) for name in _OF_RECORD})
