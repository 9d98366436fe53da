"""Signals that raise in user code must not tear the runtime's own work: half a frame sent is a line destroyed.

`worker` and `task_runner` wrap their handlers with `deferrable`; `channel` sends under `uninterrupted`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any]

_depth = 0
_deferred: list[tuple[Handler, int]] = []


def deferrable(handler: Handler) -> Handler:
    """A signal handler that waits until the main thread leaves `uninterrupted`."""

    def handle(number: int, frame: FrameType | None) -> None:
        if _depth:
            if (handler, number) not in _deferred:  # a timer that repeats is one signal
                _deferred.append((handler, number))
        else:
            handler(number, frame)

    return handle


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
