"""Reads the logs of attempts for people.  Used by `server.api.logs` and the pages.

A path is never made from what a client sent: it comes from the attempt's row, and must lie in the log folder.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tradewind.errors import InvalidError
from tradewind.runtime.logs import read_log
from tradewind.store.reads import Row

logger = logging.getLogger(__name__)

PAGE_LINES = 1000
MAX_LINES = 10_000
"""Lines of one answer, unless the whole log was asked for."""
_ACTIVE = frozenset({"queued", "running"})
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Position:
    """Where to go on reading: a byte offset in the log of an attempt."""

    attempt_id: str
    offset: int

    def token(self) -> str:
        """As text for a client."""
        plain = json.dumps([self.attempt_id, self.offset], separators=(",", ":"))
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @staticmethod
    def of(token: str) -> Position:
        """From a client's text.  Raises InvalidError."""
        try:
            attempt_id, offset = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            if isinstance(attempt_id, str) and type(offset) is int and 0 <= offset < 2**62:
                return Position(attempt_id, offset)
        except (binascii.Error, ValueError, TypeError):
            pass
        raise InvalidError("the token is not one that this log gave out", fix="read the log without a token")


class LogReader:
    """The log of one try: the logs of its attempts, one after the other."""

    def __init__(self, folder: Path, attempts: list[Row]) -> None:
        """`folder` is absolute and resolved; `attempts` are the rows of one try, oldest first."""
        self._folder = folder
        self._attempts = attempts

    def events(self, start: Position | None) -> Iterator[tuple[list[Event], Position | None]]:
        """Pages of events, each with where to go on; None where the log has ended for good.

        Raises InvalidError when `start` is of another log.
        """
        attempts, offset = self._attempts, 0
        if start is not None:
            ids = [attempt["id"] for attempt in attempts]
            if start.attempt_id not in ids:
                raise InvalidError("the token is of another log", fix="read the log without a token")
            attempts, offset = attempts[ids.index(start.attempt_id) :], start.offset
        for attempt in attempts:
            last = attempt is attempts[-1]
            yield from self._attempt(attempt, offset, last=last)
            offset = 0

    def _attempt(self, attempt: Row, offset: int, *, last: bool) -> Iterator[tuple[list[Event], Position | None]]:
        # the state was read before the file: what an ended attempt wrote is there
        active = attempt["state"] in _ACTIVE
        path = inside(self._folder, attempt["log_path"])
        if path is None or (not active and not path.is_file()):
            where = "the log folder of this server" if path is not None else "the log folder"
            yield [_told(f"the log of this attempt ({attempt['id']}) is not in {where}")], None
            return
        while True:
            try:
                page = read_log(path, offset, PAGE_LINES)
            except OSError as error:
                logger.warning("cannot read the log %s: %s", path, error)
                yield [_told(f"the log of this attempt cannot be read: {error.strerror}")], None
                return
            offset = page.offset
            over = page.end and not active
            position = None if over and last else Position(attempt["id"], offset)
            yield [_clean(entry) for entry in page.entries], position
            if page.end:
                return


def inside(folder: Path, relative: str) -> Path | None:
    """The path of a log in the log folder (absolute, resolved); None when it leads out of it."""
    path = (folder / relative).resolve()
    if not path.is_relative_to(folder):
        logger.error("the log path %r leads out of the log folder", relative)
        return None
    return path


def read_part(reader: LogReader, start: Position | None) -> tuple[list[Event], Position | None]:
    """At most about MAX_LINES events, and where to go on; None when the log has ended for good."""
    events: list[Event] = []
    position = start
    for page, position in reader.events(start):  # noqa: B007 - the last one is the answer
        events += page
        if len(events) >= MAX_LINES:
            break
    return events, position


def as_text(event: Event) -> str:
    """An event as lines for people, with a newline at the end."""
    when = f"[{event['timestamp']}] " if event.get("timestamp") else ""
    level = f"{str(event['level']).upper()} " if event.get("level") else ""
    source = f"{event['logger']} - " if event.get("logger") else ""
    lines = [f"{when}{level}{source}{event['event']}"]
    for error in event.get("error_detail") or ():
        if isinstance(error, dict) and error.get("traceback"):
            lines.append(str(error["traceback"]).rstrip())
    return "\n".join(lines) + "\n"


def _told(text: str) -> Event:
    return {"timestamp": None, "level": "warning", "event": text, "logger": "tradewind"}


def _clean(entry: Event) -> Event:
    """A line that user code wrote by itself may have any JSON in it: keep what clients rely on."""
    if not isinstance(entry["event"], str):
        entry["event"] = json.dumps(entry["event"])
    at = entry.get("timestamp")
    if at is not None:
        try:
            datetime.fromisoformat(at)
        except (TypeError, ValueError):
            entry["timestamp"] = None
    return entry
