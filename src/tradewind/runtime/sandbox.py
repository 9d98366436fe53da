"""The state of a process that a task may change, saved and restored between tasks of a warm worker.

Called by `worker`: one state is taken right after each DAG file was loaded (what the file sets at import time, such
as an environment variable, belongs to it) and restored after every task of that file.  Restoring costs little when
nothing changed.
"""

from __future__ import annotations

import contextlib
import gc
import locale
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

_SIGNALS = tuple(number for number in signal.valid_signals() if number not in (signal.SIGKILL, signal.SIGSTOP))
_TIMERS = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
_Handler = Callable[[int, FrameType | None], Any] | int | signal.Handlers | None
_LoggerState = tuple[int, list[logging.Handler], list[Any], bool, bool]


class ProcessState:
    """Environment, directory, umask, signals, logging, streams, arguments, warnings, locale and the like."""

    def __init__(self) -> None:
        """Take the state of this process, as it is now.  Main thread only."""
        self._environ = dict(_raw_environ())
        self._cwd = _cwd()
        self._umask = _umask()
        self._handlers: dict[int, _Handler] = {number: signal.getsignal(number) for number in _SIGNALS}
        self._argv, self._path = list(sys.argv), list(sys.path)
        self._streams = (sys.stdin, sys.stdout, sys.stderr)
        self._hooks = (sys.excepthook, sys.displayhook, threading.excepthook, sys.unraisablehook)
        self._recursion = sys.getrecursionlimit()
        self._filters = list(warnings.filters)
        self._show = warnings.showwarning
        self._locale = locale.setlocale(locale.LC_ALL)
        self._timeout = socket.getdefaulttimeout()
        self._tempdir = tempfile.tempdir
        self._gc = gc.isenabled()
        self._loggers = {name: _logger_state(logger) for name, logger in _loggers()}
        self._disabled = logging.root.manager.disable

    def restore(self) -> None:
        """Make the process as it was when the state was taken.  Main thread only."""
        for timer in _TIMERS:
            signal.setitimer(timer, 0)
        self._restore_signals()
        self._restore_environment()
        self._restore_interpreter()
        self._restore_logging()

    def _restore_signals(self) -> None:
        for number, handler in self._handlers.items():
            if handler is not None and signal.getsignal(number) != handler:
                signal.signal(number, handler)
        if signal.pthread_sigmask(signal.SIG_BLOCK, ()):
            signal.pthread_sigmask(signal.SIG_SETMASK, ())

    def _restore_environment(self) -> None:
        now, zone = _raw_environ(), os.environ.get("TZ")
        if now != self._environ:
            for name in now.keys() - self._environ.keys():
                del os.environ[os.fsdecode(name)]
            for name, value in self._environ.items():
                if now.get(name) != value:
                    os.environ[os.fsdecode(name)] = os.fsdecode(value)
            if os.environ.get("TZ") != zone:
                time.tzset()
        if _cwd() != self._cwd and self._cwd is not None:
            # The directory may have been deleted by the task; then there is nothing to go back to.
            with contextlib.suppress(OSError):
                os.chdir(self._cwd)
        os.umask(self._umask)

    def _restore_interpreter(self) -> None:
        sys.argv[:] = self._argv
        if sys.path != self._path:
            sys.path[:] = self._path
        sys.stdin, sys.stdout, sys.stderr = self._streams
        sys.excepthook, sys.displayhook, threading.excepthook, sys.unraisablehook = self._hooks
        sys.setrecursionlimit(self._recursion)
        warnings.showwarning = self._show
        if warnings.filters != self._filters:
            warnings.filters[:] = self._filters  # type: ignore[index]
            warnings._filters_mutated()  # type: ignore[attr-defined]  # the registries must notice
        if locale.setlocale(locale.LC_ALL) != self._locale:
            locale.setlocale(locale.LC_ALL, self._locale)
        socket.setdefaulttimeout(self._timeout)
        tempfile.tempdir = self._tempdir
        if gc.isenabled() != self._gc:
            (gc.enable if self._gc else gc.disable)()
        if "asyncio" in sys.modules:
            # asyncio.run() leaves the thread without a loop; a new process would make one on demand.
            sys.modules["asyncio"].set_event_loop_policy(None)
        _reseed()

    def _restore_logging(self) -> None:
        if logging.root.manager.disable != self._disabled:
            logging.disable(self._disabled)
        changed = False
        for name, logger in _loggers():
            before = self._loggers.get(name)
            if before is None:
                # Made since: a library that was imported late keeps its set-up, but is never mute.
                logger.disabled = False
            elif _logger_state(logger) != before:
                level, handlers, filters, propagate, disabled = before
                logger.handlers[:], logger.filters[:] = handlers, filters
                logger.propagate, logger.disabled, logger.level = propagate, disabled, level
                changed = True
        if changed:
            logging.root.manager._clear_cache()  # type: ignore[attr-defined]  # levels are cached per logger


def _raw_environ() -> dict[bytes, bytes]:
    """What `os.environ` holds, undecoded: comparing it after every task is then cheap."""
    raw: dict[bytes, bytes] = os.environ._data  # type: ignore[attr-defined]
    return raw


_seeded: tuple[Any, ...] | None = None


def _reseed() -> None:
    """A seed that one task set must not make the next one predictable."""
    global _seeded
    generator = sys.modules.get("random")
    if generator is not None and generator.getstate() != _seeded:
        generator.seed()
        _seeded = generator.getstate()


def _cwd() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 - a plain string, and the call may fail
    except OSError:
        return None


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _loggers() -> list[tuple[str, logging.Logger]]:
    found = [(name, item) for name, item in logging.root.manager.loggerDict.items() if isinstance(item, logging.Logger)]
    return [("", logging.root), *found]


def _logger_state(logger: logging.Logger) -> _LoggerState:
    return (logger.level, list(logger.handlers), list(logger.filters), logger.propagate, logger.disabled)


def resident_bytes() -> int:
    """Resident memory of this process; 0 where it cannot be read."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - the cheapest way, once per task
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def foreign_threads() -> list[str]:
    """Names of the threads, daemons aside, that user code left running."""
    main = threading.main_thread()
    return [thread.name for thread in threading.enumerate() if thread is not main and not thread.daemon]


def reap_children() -> bool:
    """Collect the exit status of children that have ended; True when some still run."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True
