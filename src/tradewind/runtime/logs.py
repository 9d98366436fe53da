"""The log of an attempt: a file of JSON lines, one per event, masked and flushed line by line.

A line is `{"timestamp", "level", "event", "logger", "filename", "lineno", "error_detail"?}`.  Written by `worker`
(logging, print, and what subprocesses write to the descriptors 1 and 2: see `capture`), read by the server and the
CLI with `read_log`.
"""

from __future__ import annotations

import io
import logging
import os
import re
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from tradewind.runtime.masking import mask_secret, masker

__all__ = ["AttemptLog", "LineStream", "LogPage", "StructuredHandler", "TerminalLog", "mask_secret", "read_log"]

_encode = msgspec.json.Encoder().encode
_MAX_READ = 8 * 1024 * 1024
_MAX_TEXT = 64 * 1024
"""Characters of an exception's text, and of its traceback, that a line of the log holds."""
_MAX_FRAMES = 200
_DAG_MODULE = re.compile(r"\b_tradewind_dag_file_[0-9a-f]{12}_")
"""What the loader puts before the name of a DAG file: people know the file as it is called."""
ONE_LINE = 1000
_RUNTIME = str(Path(__file__).parent) + os.sep
_PACKAGE = str(Path(__file__).parents[1]) + os.sep
_STANDARD_LIBRARY = str(Path(os.__file__).parent) + os.sep
_INSTALLED = tuple(_STANDARD_LIBRARY + name + os.sep for name in ("site-packages", "dist-packages"))


@dataclass(frozen=True, slots=True)
class Line:
    """An event of a log, not masked yet."""

    at: datetime
    level: str
    event: str
    logger: str
    filename: str | None
    lineno: int | None
    error_detail: Sequence[dict[str, Any]]
    """As `error_detail` makes it; empty: no exception."""


class Log:
    """Where the lines of an attempt go; subclasses write them."""

    def line(
        self,
        level: str,
        event: str,
        logger: str,
        *,
        created: float | None = None,
        filename: str | None = None,
        lineno: int | None = None,
        error_detail: list[dict[str, Any]] | None = None,
    ) -> None:
        """Write one event.  `created`: Unix seconds, default now."""
        at = datetime.now(UTC) if created is None else datetime.fromtimestamp(created, UTC)
        self.write(Line(at, level, event, logger, filename, lineno, error_detail or ()))

    def write(self, line: Line) -> None:
        """Write an event."""
        raise NotImplementedError

    def close(self) -> None:
        """Release what it holds."""


class LogFolderError(OSError):
    """The folder of a log cannot be made."""


class AttemptLog(Log):
    """Appends to the log file of one attempt, made with its folder at the first line or by `open`.  Thread safe: every
    line is a single write.
    """

    def __init__(self, path: str, fallback: Log) -> None:
        """`fallback` takes over when the file cannot be written: a full disk must not fail the task."""
        self._path = path
        self._fallback = fallback
        self._broken = self._closed = False
        self._opening = threading.Lock()
        self._descriptor = -1

    def open(self) -> None:
        """Make the file now, so that also the log of a task that said nothing is there.

        Raises LogFolderError: where no folder can be made, nothing is set up as it should be.
        """
        try:
            self._open()
        except LogFolderError:
            raise
        except OSError as error:
            self._fail(error)

    def _open(self) -> int:
        with self._opening:
            if self._descriptor < 0 and not self._closed:
                self._descriptor = open_to_append(self._path)
            return self._descriptor

    def _fail(self, error: OSError) -> None:
        if not self._broken:
            self._broken = True
            self._fallback.line("error", f"the log {self._path} cannot be written: {error}", __name__)

    def write(self, line: Line) -> None:
        entry: dict[str, Any] = {
            "timestamp": line.at,
            "level": line.level,
            "event": masker.mask(line.event),
            "logger": line.logger,
            "filename": line.filename,
            "lineno": line.lineno,
        }
        if line.error_detail:
            entry["error_detail"] = line.error_detail
        if self._closed:
            return  # a thread of a task that has ended
        try:
            descriptor = self._descriptor if self._descriptor >= 0 else self._open()
            data = _line(entry)
            while data and descriptor >= 0:
                data = data[os.write(descriptor, data) :]
        except OSError as error:
            self._fail(error)
            self._fallback.write(line)

    def close(self) -> None:
        with self._opening:
            self._closed = True
            descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def open_to_append(path: str) -> int:
    """The descriptor of a log that is written at its end; its folder is made if need be.

    Raises LogFolderError, OSError.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o640)
    except (FileNotFoundError, NotADirectoryError):
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LogFolderError(f"its log cannot be written: {error}") from error
        return os.open(path, flags, 0o640)


def note(path: str, level: str, event: str) -> None:
    """Add one line to the log of an attempt whose process is gone.  Raises OSError."""
    entry = {"timestamp": datetime.now(UTC), "level": level, "event": event, "logger": "tradewind.executor"}
    descriptor = open_to_append(path)
    try:
        # whoever was killed in the middle of a line left it without an end
        os.write(descriptor, b"" if _ends_with_newline(path) else b"\n")
        os.write(descriptor, _line({**entry, "filename": None, "lineno": None}))
    finally:
        os.close(descriptor)


def _ends_with_newline(path: str) -> bool:
    with Path(path).open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _line(entry: dict[str, Any]) -> bytes:
    try:
        return _encode(entry) + b"\n"
    except UnicodeEncodeError:  # half of a character, as in the names of files that are not UTF-8
        return _encode(_encodable(entry)) + b"\n"


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return [_encodable(item) for item in value] if isinstance(value, list) else value


class TerminalLog(Log):
    """Prints lines for people; used by `inline`."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out

    def write(self, line: Line) -> None:
        if line.logger in ("task.stdout", "task.stderr"):
            text = line.event
        else:
            place = f" {line.filename}:{line.lineno}" if line.filename else ""
            text = f"[{line.at:%Y-%m-%dT%H:%M:%S.%f}Z] {line.level.upper()} {line.logger}{place} - {line.event}"
        self._out.write(masker.mask(text) + "\n")
        for error in line.error_detail:
            self._out.write(error["traceback"].rstrip() + "\n")
        self._out.flush()


def error_detail(error: BaseException) -> list[dict[str, Any]]:
    """An exception for the log: class, text, frames of the user's code, and the traceback as text; all masked."""
    summary = traceback.TracebackException.from_exception(error)
    _leave_out_engine(summary, set())
    frames = [{"filename": item.filename, "lineno": item.lineno, "name": item.name} for item in summary.stack]
    return [
        {
            "exc_type": type(error).__name__,
            "exc_value": _shortened(masker.mask(text_of(error))),
            "frames": frames[:_MAX_FRAMES],
            "traceback": _shortened(masker.mask(_DAG_MODULE.sub("", "".join(summary.format())))),
        }
    ]


def text_of(error: BaseException) -> str:
    """What the exception says; exceptions of users may fail even at that."""
    try:
        return str(error)
    except Exception as second:
        return f"<its text cannot be shown: {type(second).__name__}>"


def one_line(error: BaseException | None) -> str:
    """Class and text of an exception on one line of at most `ONE_LINE` characters, masked."""
    if error is None:
        return ""
    text = " ".join(text_of(error).split())
    return masker.mask(f"{type(error).__name__}: {text}" if text else type(error).__name__)[:ONE_LINE]


def _shortened(text: str) -> str:
    """Both ends of a text that is too long for a line of the log: a traceback says what happened at its end."""
    if len(text) <= _MAX_TEXT:
        return text
    half = _MAX_TEXT // 2
    return f"{text[:half]}\n... ({len(text) - _MAX_TEXT} characters left out) ...\n{text[-half:]}"


def _is_users(filename: str) -> bool:
    """Code of the user or of a package he installed: neither Tradewind's nor the standard library's."""
    if filename.startswith((_PACKAGE, "<frozen ")):
        return False
    return filename.startswith(_INSTALLED) or not filename.startswith(_STANDARD_LIBRARY)


def _leave_out_engine(summary: traceback.TracebackException, seen: set[int]) -> None:
    """Start each traceback of the chain at the user's first frame.

    Without one the error is Tradewind's own, or that of an operator of its: then only the runtime's frames go.
    """
    if id(summary) in seen:
        return
    seen.add(id(summary))
    stack = list(summary.stack)
    first = next((at for at, frame in enumerate(stack) if _is_users(frame.filename)), None)
    if first is None:
        first = next((at for at, frame in enumerate(stack) if not frame.filename.startswith(_RUNTIME)), 0)
    summary.stack = traceback.StackSummary.from_list(stack[first:])
    for other in (summary.__cause__, summary.__context__, *(summary.exceptions or ())):
        if other is not None:
            _leave_out_engine(other, seen)


class StructuredHandler(logging.Handler):
    """Root handler of a worker: sends records to the log of the current attempt."""

    def __init__(self, current: Callable[[], Log]) -> None:
        super().__init__()
        self._current = current

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a record whose arguments do not fit is written with its format and the error."""
        try:
            event = record.getMessage()
        except Exception as error:
            event = f"{record.msg!s} (arguments {record.args!r} do not fit: {error})"
        detail = None
        if record.exc_info and record.exc_info[1] is not None:
            detail = error_detail(record.exc_info[1])
        if record.stack_info:
            event = f"{event}\n{record.stack_info}"
        self._current().line(
            record.levelname.lower(),
            event,
            record.name,
            created=record.created,
            filename=record.filename,
            lineno=record.lineno,
            error_detail=detail,
        )


class LineStream(io.TextIOBase):
    """Stands in for `sys.stdout` or `sys.stderr`: whole lines become log events."""

    def __init__(self, descriptor: int, emit: Callable[[str], None]) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._emit = emit
        self._lock = threading.RLock()
        self._partial: list[str] = []
        self.buffer = open(descriptor, "wb", buffering=0, closefd=False)  # noqa: SIM115 - lives as long
        self.mode = "w"
        self.name = "<stdout>" if descriptor == 1 else "<stderr>"

    def renew_lock(self) -> None:
        """For a process that was just forked: the lock may have been another thread's, which is not there."""
        self._lock = threading.RLock()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Always UTF-8."""
        return "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        """How unencodable characters are written."""
        return "replace"

    def writable(self) -> bool:
        """Yes."""
        return True

    def isatty(self) -> bool:
        """No."""
        return False

    def fileno(self) -> int:
        """The descriptor that subprocesses write to."""
        return self._descriptor

    def write(self, text: str, /) -> int:
        """Take text; complete lines go out, the rest waits for its newline."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            if "\n" not in text:
                self._partial.append(text)
                return len(text)
            lines = ("".join(self._partial) + text).split("\n")
            self._partial = [lines[-1]] if lines[-1] else []
            for line in lines[:-1]:
                self._emit(line.rstrip("\r"))
        return len(text)

    def flush(self) -> None:
        """Nothing to do: lines go out as they are complete, so that a flushed half line is not torn."""

    def finish(self) -> None:
        """Send out the last line, if it had no newline."""
        with self._lock:
            if self._partial:
                line, self._partial = "".join(self._partial), []
                self._emit(line)


@dataclass(frozen=True, slots=True)
class LogPage:
    """A part of a log file."""

    entries: list[dict[str, Any]]
    """One dict per line, in order, with the keys named in the module's docstring."""
    offset: int
    """Byte offset to continue from."""
    end: bool
    """Whether everything written so far has been read."""


def read_log(path: str | os.PathLike[str], offset: int = 0, limit: int = 1000) -> LogPage:
    """Up to `limit` lines of a log from a byte offset, which must be one that an earlier page gave, or 0.

    A line that is still being written is left for the next call; a line that is not JSON becomes an event of its
    own.  A file that does not exist yet reads as empty.  Raises OSError when it exists and cannot be read.
    """
    entries: list[dict[str, Any]] = []
    try:
        with Path(path).open("rb") as file:
            file.seek(offset)
            read = 0
            while len(entries) < limit and read < _MAX_READ:
                line = file.readline()
                if not line.endswith(b"\n"):
                    return LogPage(entries, offset, end=True)
                offset += len(line)
                read += len(line)
                if line.strip():
                    entries.append(_entry(line))
            return LogPage(entries, offset, end=file.read(1) == b"")
    except FileNotFoundError:
        return LogPage([], offset, end=True)


def _entry(line: bytes) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(line)
    except msgspec.DecodeError:
        value = None
    if isinstance(value, dict) and "event" in value:
        return value
    text = line.decode("utf-8", "replace").rstrip()
    return {"timestamp": None, "level": "info", "event": text, "logger": "", "filename": None, "lineno": None}
