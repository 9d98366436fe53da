"""Signals that raise in user code must not tear the runtime's own work: half a frame sent is a line destroyed.

`worker`, `task_runner` and `callbacks` wrap their handlers with `deferrable`; `channel` sends under `uninterrupted`.

The handlers belong to the process that set them.  A process that user code forks (a `multiprocessing.Pool`, say) gets
the default action instead, from its first moment on: a handler of Python runs only when the interpreter does, so a
SIGTERM an instant before the fork blocks in a read would be heard after it, if ever, and who joins it would wait.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any]

_HANDLED = (signal.SIGTERM, signal.SIGALRM)
"""The signals that deferrable handlers are set for."""

REPEAT = 0.25
"""Seconds after which a signal is sent again: one that comes right before a blocking call is only seen after it."""

_depth = 0
_deferred: list[tuple[Handler, int]] = []
_forking = threading.local()
_watches_forks = False


class _Deferrable:
    """Calls the handler, or notes that it is due."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if _depth:
            if (self._handler, number) not in _deferred:  # a timer that repeats is one signal
                _deferred.append((self._handler, number))
        else:
            self._handler(number, frame)


def deferrable(handler: Handler) -> Handler:
    """A handler of SIGTERM or SIGALRM that waits until the main thread leaves `uninterrupted`, and that processes
    forked from this one do not have.
    """
    global _watches_forks
    if not _watches_forks:
        _watches_forks = True
        os.register_at_fork(
            before=_before_fork, after_in_parent=_after_fork_in_parent, after_in_child=_after_fork_in_child
        )
    return _Deferrable(handler)


def _before_fork() -> None:
    # Held back, a signal to the fork waits for the default action; Python's own handlers would swallow it.
    _forking.mask = signal.pthread_sigmask(signal.SIG_BLOCK, _HANDLED)


def _after_fork_in_parent() -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, _forking.mask)


def _after_fork_in_child() -> None:
    global _depth
    _depth = 0
    _deferred.clear()
    for number in _HANDLED:
        if isinstance(signal.getsignal(number), _Deferrable):
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, _forking.mask)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back deferrable handlers in the main thread; other threads are never interrupted.

    Keep the body short and free of user code.
    """
    global _depth
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if not _depth:
            while _deferred:
                handler, number = _deferred.pop(0)
                handler(number, None)
