"""What the main threads of the scheduler and of the triggerer wait on: facts from threads of theirs, and the word that
somebody wrote to the database.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tradewind.ports.store import WakeUp

log = logging.getLogger(__name__)
_LOOK = 1.0
"""Seconds between two looks at whether it is to end."""
Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class DatabaseChanged:
    """Another process wrote something that may concern this one."""


def watch_database(wakeup: WakeUp, closing: threading.Event, put: Callable[[DatabaseChanged], None]) -> None:
    """Put a `DatabaseChanged` for each change until `closing` is set, and close `wakeup`.  For a thread of its own."""
    while not closing.is_set():
        try:
            changed = wakeup.wait(_LOOK)
        except Exception as error:
            # the sweeps see changes too, only later
            log.warning("changes of the database cannot be watched; trying again: %s", error)
            changed = closing.wait(_LOOK)
        if changed:
            put(DatabaseChanged())
    wakeup.close()


def take(inbox: queue.SimpleQueue[Fact], timeout: float, most: int | None = None) -> list[Fact]:
    """What has come, at most `most` (None: all of it); waits up to `timeout` seconds for the first."""
    found: list[Fact] = []
    try:
        found.append(inbox.get(timeout=timeout) if timeout > 0 else inbox.get_nowait())
        while most is None or len(found) < most:
            found.append(inbox.get_nowait())
    except queue.Empty:
        pass
    return found
