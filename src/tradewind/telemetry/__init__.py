"""Named events that services emit and that exporters, attached from outside, listen to.

`emit` costs a tuple read when nobody listens.  Nothing here knows an exporter; a listener that fails is
logged once and never hurts the service that emitted.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["Listener", "attach", "emit"]

Listener = Callable[[str, Mapping[str, Any]], None]
"""Called with the event's name and its fields, on the thread that emitted."""

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_listeners: tuple[Listener, ...] = ()
_reported: set[int] = set()


def attach(listener: Listener) -> Callable[[], None]:
    """Let `listener` hear all events from now on; returns the function that detaches it again."""
    global _listeners
    with _lock:
        _listeners = (*_listeners, listener)

    def detach() -> None:
        global _listeners
        with _lock:
            # One listener attached twice is two listeners: take away one of them.
            left = list(_listeners)
            if listener in left:
                left.remove(listener)
            _listeners = tuple(left)
            _reported.discard(id(listener))

    return detach


def emit(event: str, /, **fields: Any) -> None:
    """Tell all listeners that `event` (dotted words, e.g. `scheduler.step`) happened.  Never raises."""
    for listener in _listeners:
        try:
            listener(event, fields)
        except Exception:
            if id(listener) not in _reported:
                _reported.add(id(listener))
                _log.exception(
                    "telemetry listener %r failed on %r; its further failures are not logged", listener, event
                )
