"""The clock, so that tests can own time.  Implemented by `bootstrap.SystemClock` and `testing.VirtualClock`."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Where services read the time."""

    def now(self) -> datetime:
        """The current instant, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back; for deadlines inside one process."""
        ...
