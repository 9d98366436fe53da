"""Looks through log files for a text, and reads only the lines of some levels.

Called by `server.live.log_routes`.  Both read a bounded number of bytes for one question and say how far they came, so
that a log of any size is looked through in pieces.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tradewind.server.live.log_files import (
    BUDGET,
    CHUNK,
    LEVELS,
    LONGEST_LINE,
    Part,
    Record,
    line_start,
    record_of,
)

MOST_MATCHES = 1000
"""Of one answer."""
_LEVEL = re.compile(rb'"level":"(debug|warning|error|critical)","event":')


@dataclass(frozen=True, slots=True)
class Found:
    """Lines that contain a text."""

    offsets: list[int]
    scanned: int
    """Where to go on."""
    size: int
    complete: bool
    """The file was looked through to its end."""


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    data: bytes
    """Whole lines."""


def level_of(line: bytes) -> str:
    """One of `LEVELS`; what has no level of its own counts as info."""
    match = _LEVEL.search(line)
    return match[1].decode() if match else "info"


def select_forward(path: Path, offset: int, limit: int, levels: Iterable[str]) -> Part:
    """The lines of these levels that start at or after `offset`, about `limit` bytes of them.  Raises OSError.

    The part ends where the search did: after the last line that was looked at.
    """
    wanted = frozenset(levels)
    found: list[Record] = []
    taken = place = 0
    size = path.stat().st_size
    start = end = None
    for block in _forward(path, offset, BUDGET):
        start = block.start if start is None else start
        at = end = block.start
        for line in block.data.split(b"\n")[:-1]:
            if taken >= limit:
                break
            if line.strip() and level_of(line) in wanted:
                found.append(record_of(line, at, place))
                taken += len(line) + 1
            at += len(line) + 1
            end = at
            place += 1
        if taken >= limit:
            break
    if start is None or end is None:
        with path.open("rb") as file:
            at_line = line_start(file, min(offset, size))
        start = end = size if at_line is None else at_line
    return Part(found, start, end, size)


def select_backward(path: Path, before: int, limit: int, levels: Iterable[str]) -> Part:
    """The last lines of these levels that end at or before `before`, about `limit` bytes.  Raises OSError."""
    wanted = frozenset(levels)
    blocks: list[tuple[int, list[tuple[int, int, bytes]]]] = []  # lines of the block; place, offset, line
    taken = 0
    size = path.stat().st_size
    start = end = None
    for block in _backward(path, before, BUDGET):
        end = block.start + len(block.data) if end is None else end
        start = block.start
        at, kept = block.start, []
        lines = block.data.split(b"\n")[:-1]
        for place, line in enumerate(lines):
            if line.strip() and level_of(line) in wanted:
                kept.append((place, at, line))
                taken += len(line) + 1
            at += len(line) + 1
        blocks.append((len(lines), kept))
        if taken >= limit:
            break
    records, base = [], 0
    for count, kept in reversed(blocks):
        records += [record_of(line, at, base + place) for place, at, line in kept]
        base += count
    if start is None or end is None:
        start = end = min(before, size)
    return Part(records, start, end, size)


def find_text(
    path: Path, offset: int, text: str, *, case: bool, levels: Iterable[str] = LEVELS, most: int = MOST_MATCHES
) -> Found:
    """The lines at or after `offset` whose event or traceback contains a text.  Raises OSError.

    `case`: capital and small letters differ.
    """
    wanted = frozenset(levels)
    look_for = text if case else text.casefold()
    found: list[int] = []
    size = path.stat().st_size
    end = min(offset, size)
    for block in _forward(path, offset, BUDGET):
        for at, line in _candidates(block, text, case=case):
            if len(found) == most:
                return Found(found, at, size, False)
            said = searchable(record_of(line, at))
            if look_for in (said if case else said.casefold()) and level_of(line) in wanted:
                found.append(at)
        end = block.start + len(block.data)
    return Found(found, end, size, end >= size or end < offset + BUDGET)


def searchable(record: Record) -> str:
    """What is searched of a line: what it says, and its traceback."""
    traces = [str(error.get("traceback", "")) for error in record.error_detail or ()]
    return "\n".join([record.event, *traces])


def _candidates(block: _Block, text: str, *, case: bool) -> Iterator[tuple[int, bytes]]:
    """Lines that may contain the text: a text of one case is looked for in the bytes, any other in every line."""
    data = block.data
    plain = json.dumps(text, ensure_ascii=False)[1:-1] == text
    if not case and any(ord(char) > 127 and char.lower() != char.upper() for char in text):
        plain = False
    if not plain:
        at = block.start
        for line in data.split(b"\n")[:-1]:
            if line.strip():
                yield at, line
            at += len(line) + 1
        return
    sought = text.encode("utf-8", "surrogatepass")
    if not case:
        # only ASCII letters change, and each stays one byte: places are the same
        data, sought = data.lower(), sought.lower()
    at = data.find(sought)
    while at >= 0:
        first, last = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        yield block.start + first, block.data[first:last]
        at = data.find(sought, last)


def _forward(path: Path, offset: int, budget: int) -> Iterator[_Block]:
    """Blocks of whole lines from the first one that starts at or after `offset`."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        at = line_start(file, min(max(offset, 0), size))
        stop = size if at is None else min(size, at + budget)
        while at is not None and at < stop:
            file.seek(at)
            data = file.read(min(CHUNK, size - at))
            end = data.rfind(b"\n") + 1
            if not end:
                data += file.read(LONGEST_LINE)
                end = data.find(b"\n") + 1
                if not end:
                    if len(data) < LONGEST_LINE:
                        return  # a line that is still being written
                    data, end = data[:-1] + b"\n", len(data)
            yield _Block(at, data[:end])
            at += end


def _backward(path: Path, before: int, budget: int) -> Iterator[_Block]:
    """Blocks of whole lines that end at or before `before`, the last one first."""
    with path.open("rb") as file:
        end = min(max(before, 0), os.fstat(file.fileno()).st_size)
        stop = max(0, end - budget)
        while end > stop:
            for wanted in (CHUNK, LONGEST_LINE):
                start = max(0, end - wanted)
                file.seek(start)
                data = file.read(end - start)
                last = data.rfind(b"\n") + 1
                first = 0 if start == 0 else data.find(b"\n", 0, max(0, last - 1)) + 1
                if start == 0 or first:
                    break
            else:
                yield _Block(start, data[:-1] + b"\n")
                end = start
                continue
            if last > first:
                yield _Block(start + first, data[first:last])
            if start == 0:
                return
            end = start + first
