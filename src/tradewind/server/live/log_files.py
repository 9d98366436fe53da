"""Reads parts of log files, and keeps an outline of each: how many lines of which level, where the errors are.

Called by `server.live.log_routes`.  A file of a gigabyte opens as fast as a small one: only the part that is shown is
read, the outline is made in pieces, and what has been outlined is not read again when the file grows.
"""

from __future__ import annotations

import json
import os
import threading
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import msgspec

DEFAULT_BYTES, MOST_BYTES = 256 * 1024, 2 * 1024 * 1024
LONGEST_LINE = 4 * 1024 * 1024
"""Bytes of a line that are read; of a longer one the rest is left out."""
SHOWN_LINE = 64 * 1024
"""Characters of a line that is not a record."""
CHUNK = 1024 * 1024
BUDGET = 32 * 1024 * 1024
"""Bytes that one question about the outline reads at most."""
FROM_END = 8 * 1024 * 1024
"""Bytes before the end that are looked through for the last error while the outline is not complete."""
MOST_ERRORS, MOST_GROUPS, MOST_MARKS = 200, 500, 2048
KEPT_OUTLINES = 256
LEVELS = ("debug", "info", "warning", "error", "critical")
_PATTERNS = {level: f'"level":"{level}","event":'.encode() for level in LEVELS if level != "info"}
_GROUP = b'"event":"::group::'


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a log."""

    offset: int
    """Byte at which it starts."""
    timestamp: str | None
    level: str | None
    event: str
    logger: str | None
    filename: str | None
    lineno: int | None
    error_detail: list[dict[str, Any]] | None
    truncated: bool = False
    place: int = 0
    """Lines between the start of the part and this one."""


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines between two bytes of a file."""

    records: list[Record]
    start: int
    end: int
    size: int
    """Of the file now."""


def read_forward(path: Path, offset: int, limit: int) -> Part:
    """The lines that start at or after `offset`, about `limit` bytes of them, at least one when there is one.

    A line that is still being written is left out.  Raises OSError.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        start = line_start(file, min(max(offset, 0), size))
        if start is None:
            return Part([], size, size, size)
        file.seek(start)
        data = file.read(limit)
        end = data.rfind(b"\n") + 1
        if end:
            return Part(list(_records(data[:end], start)), start, start + end, size)
        data += file.read(LONGEST_LINE - len(data))
        end = data.find(b"\n") + 1
        if end:
            return Part(list(_records(data[:end], start)), start, start + end, size)
        if len(data) < LONGEST_LINE:
            return Part([], start, start, size)
        return Part([_plain(data, start, truncated=True)], start, start + len(data), size)


def read_backward(path: Path, before: int, limit: int) -> Part:
    """The lines that end at or before the byte `before`, about `limit` bytes of them.  Raises OSError."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        end = min(max(before, 0), size)
        for wanted in (limit, LONGEST_LINE):
            start = max(0, end - wanted)
            file.seek(start)
            data = file.read(end - start)
            last = data.rfind(b"\n") + 1
            first = 0 if start == 0 else data.find(b"\n", 0, last - 1) + 1
            if start == 0 or first:
                return Part(list(_records(data[first:last], start + first)), start + first, start + last, size)
        return Part([_plain(data, start, truncated=True)], start, end, size)


def line_start(file: IO[bytes], offset: int) -> int | None:
    """The start of the first line at or after `offset`; None when there is none."""
    if offset == 0:
        return 0
    file.seek(offset - 1)
    at = offset - 1
    while data := file.read(CHUNK):
        found = data.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(data)
    return None


def _records(data: bytes, start: int) -> Iterable[Record]:
    offset = start
    for place, line in enumerate(data.split(b"\n")[:-1]):
        if line.strip():
            yield record_of(line, offset, place)
        offset += len(line) + 1


def record_of(line: bytes, offset: int, place: int = 0) -> Record:
    """A line that starts at `offset`."""
    try:
        value = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return _plain(line, offset, place=place)
    if not isinstance(value, dict) or "event" not in value:
        return _plain(line, offset, place=place)
    event = value["event"]
    detail = value.get("error_detail")
    lineno = value.get("lineno")
    return Record(
        offset,
        _time(value.get("timestamp")),
        _text(value.get("level")),
        event if isinstance(event, str) else json.dumps(event),
        _text(value.get("logger")),
        _text(value.get("filename")),
        lineno if type(lineno) is int and abs(lineno) < 2**31 else None,
        [item for item in detail if isinstance(item, dict)] if isinstance(detail, list) else None,
        place=place,
    )


def _plain(line: bytes, offset: int, *, truncated: bool = False, place: int = 0) -> Record:
    text = line[: SHOWN_LINE * 4].decode("utf-8", "replace").rstrip()
    cut = len(text) > SHOWN_LINE
    return Record(offset, None, "info", text[:SHOWN_LINE], None, None, None, None, truncated or cut, place)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _time(value: object) -> str | None:
    if isinstance(value, str):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return None
        return value
    return None


# --- Outlines -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Outline:
    """What is known of a file up to the byte `scanned`."""

    scanned: int = 0
    size: int = 0
    lines: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    """Level -> lines; what has no level of its own counts as info."""
    first_errors: list[int] = field(default_factory=list)
    """Where the first `MOST_ERRORS` lines of level error or critical start."""
    last_error: int | None = None
    groups: list[tuple[int, str]] = field(default_factory=list)
    """(offset, name) of `::group::` lines, the first `MOST_GROUPS`."""
    marks: list[tuple[int, int]] = field(default_factory=list)
    """(number of a line from 1, its offset) about every `spacing` bytes."""
    spacing: int = CHUNK
    inode: int = 0

    @property
    def complete(self) -> bool:
        """The whole file was looked through."""
        return self.scanned >= self.size


class Outlines:
    """The outlines of the files that were asked for lately.  Thread-safe."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Path, Outline] = OrderedDict()
        self._locks = [threading.Lock() for _ in range(64)]
        """Each file has one of them: an outline is made by one thread at a time."""
        self._lock = threading.Lock()

    def of(self, path: Path, budget: int = BUDGET) -> Outline:
        """The outline of a file, at most `budget` bytes further than at the last question.

        While it is not complete, `last_error` is looked for near the end of the file.  Raises OSError.
        """
        with self._locks[hash(path) % len(self._locks)], path.open("rb") as file:
            status = os.fstat(file.fileno())
            known = self._kept.get(path)
            if known is None or known.inode != status.st_ino or known.scanned > status.st_size:
                known = Outline(inode=status.st_ino)
            known.size = status.st_size
            _scan(file, known, budget)
            if not known.complete:
                # the caller gets a copy: what is found from the end is not what a complete scan would have found
                answer = _copy(known)
                late = _last_error(file, max(known.scanned, status.st_size - FROM_END))
                answer.last_error = late if late is not None else known.last_error
            else:
                answer = _copy(known)
            self._keep(path, known)
        return answer

    def line_at(self, path: Path, offset: int) -> int | None:
        """The number, from 1, of the line that starts at `offset`; None while that is not outlined.  Raises OSError.

        The outline goes on for this, where one question is enough to get there.
        """
        with self._locks[hash(path) % len(self._locks)], path.open("rb") as file:
            status = os.fstat(file.fileno())
            known = self._kept.get(path)
            if known is None or known.inode != status.st_ino or known.scanned > status.st_size:
                known = Outline(inode=status.st_ino)
            known.size = status.st_size
            if known.scanned < offset <= known.scanned + BUDGET:
                _scan(file, known, BUDGET)
                self._keep(path, known)
            if known.scanned < offset:
                return None
            line, at = _mark_before(known, lambda mark: mark[1] <= offset)
        return line + self.lines_between(path, at, offset)

    @staticmethod
    def lines_between(path: Path, start: int, end: int) -> int:
        """How many lines end between two bytes.  Raises OSError."""
        lines = 0
        with path.open("rb") as file:
            file.seek(start)
            while start < end and (data := file.read(min(CHUNK, end - start))):
                lines += data.count(b"\n")
                start += len(data)
        return lines

    def offset_of(self, path: Path, wanted: int) -> int | None:
        """Where a line, counted from 1, starts; None when it is not outlined yet or not there.  Raises OSError."""
        known = self.of(path)
        if not 1 <= wanted <= known.lines:
            return None
        line, at = _mark_before(known, lambda mark: mark[0] <= wanted)
        with path.open("rb") as file:
            file.seek(at)
            while data := file.read(CHUNK):
                lines = data.count(b"\n")
                if line + lines >= wanted:
                    start = 0
                    for _ in range(wanted - line):
                        start = data.find(b"\n", start) + 1
                    return at + start
                line += lines
                at += len(data)
        return None

    def _keep(self, path: Path, outline: Outline) -> None:
        with self._lock:
            self._kept[path] = outline
            self._kept.move_to_end(path)
            while len(self._kept) > KEPT_OUTLINES:
                self._kept.popitem(last=False)


def _mark_before(outline: Outline, fits: Callable[[tuple[int, int]], bool]) -> tuple[int, int]:
    """The last mark that fits."""
    count = bisect_left(outline.marks, True, key=lambda mark: not fits(mark))
    return outline.marks[count - 1] if count else (1, 0)


def _copy(outline: Outline) -> Outline:
    return Outline(
        outline.scanned,
        outline.size,
        outline.lines,
        Counter(outline.counts),
        list(outline.first_errors),
        outline.last_error,
        list(outline.groups),
        list(outline.marks),
        outline.spacing,
        outline.inode,
    )


def _scan(file: IO[bytes], outline: Outline, budget: int) -> None:
    """Go on for up to `budget` bytes, in whole lines.  A last line that has no end yet is left for later."""
    end = min(outline.size, outline.scanned + budget)
    file.seek(outline.scanned)
    while outline.scanned < end:
        data = file.read(min(CHUNK, outline.size - outline.scanned))
        last = data.rfind(b"\n") + 1
        if not last:
            data += file.read(LONGEST_LINE)
            last = data.rfind(b"\n") + 1
            if not last and len(data) < LONGEST_LINE:
                outline.size = outline.scanned  # nothing but the beginning of a line: complete up to here
                return
            last = last or len(data)
        _note(outline, data[:last])
        outline.scanned += last
        file.seek(outline.scanned)


def _note(outline: Outline, data: bytes) -> None:
    base = outline.scanned
    if not outline.marks or base - outline.marks[-1][1] >= outline.spacing:
        outline.marks.append((outline.lines + 1, base))
        if len(outline.marks) > MOST_MARKS:
            del outline.marks[1::2]
            outline.spacing *= 2
    lines = data.count(b"\n")
    outline.lines += lines
    others = 0
    for level, pattern in _PATTERNS.items():
        found = data.count(pattern)
        if found:
            outline.counts[level] += found
            others += found
            if level in ("error", "critical"):
                _note_errors(outline, data, pattern, base)
    outline.counts["info"] += max(0, lines - others)
    at = data.find(_GROUP)
    while at >= 0 and len(outline.groups) < MOST_GROUPS:
        stop = data.find(b'"', at + len(_GROUP))
        name = data[at + len(_GROUP) : stop].decode("utf-8", "replace")[:200]
        outline.groups.append((base + data.rfind(b"\n", 0, at) + 1, name))
        at = data.find(_GROUP, at + 1)


def _note_errors(outline: Outline, data: bytes, pattern: bytes, base: int) -> None:
    at = data.find(pattern)
    room = MOST_ERRORS - len(outline.first_errors)
    while at >= 0 and room > 0:
        outline.first_errors.append(base + data.rfind(b"\n", 0, at) + 1)
        room -= 1
        at = data.find(pattern, at + 1)
    outline.first_errors.sort()
    last = data.rfind(pattern)
    offset = base + data.rfind(b"\n", 0, last) + 1
    if outline.last_error is None or offset > outline.last_error:
        outline.last_error = offset


def _last_error(file: IO[bytes], start: int) -> int | None:
    """Where the last error after `start` is."""
    file.seek(start)
    data = file.read(FROM_END + CHUNK)
    last = max(data.rfind(_PATTERNS["error"]), data.rfind(_PATTERNS["critical"]))
    return None if last < 0 else start + data.rfind(b"\n", 0, last) + 1
