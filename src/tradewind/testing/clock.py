"""A clock that stands still until a test moves it.  Used by the tests of services and of their adapters."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class VirtualClock:
    """Implements `ports.clock.Clock`.  Safe to read from any thread."""

    def __init__(self, start: datetime = datetime(2024, 1, 1, tzinfo=UTC)) -> None:
        """`start` is aware; raises ValueError otherwise."""
        if start.tzinfo is None:
            raise ValueError(f"the start {start!r} is naive: give it a time zone")
        self._start = start.astimezone(UTC)
        self._elapsed = timedelta()
        self._jumped = timedelta()
        self._changed = threading.Condition()

    def now(self) -> datetime:
        """The current instant, UTC."""
        with self._changed:
            return self._start + self._elapsed + self._jumped

    def monotonic(self) -> float:
        """Seconds since the start, as moved by `advance`; a `jump` of the wall clock does not show here."""
        with self._changed:
            return self._elapsed.total_seconds()

    def advance(self, by: timedelta | float) -> datetime:
        """Let time pass, in seconds or as a timedelta; returns the new instant.  Raises ValueError for less
        than 0.
        """
        step = by if isinstance(by, timedelta) else timedelta(seconds=by)
        if step < timedelta():
            raise ValueError(f"time cannot go back by {step}: use jump() for a wall clock that is set back")
        with self._changed:
            self._elapsed += step
            self._changed.notify_all()
            return self._start + self._elapsed + self._jumped

    def advance_to(self, instant: datetime) -> datetime:
        """Let time pass until `instant`.  Raises ValueError when that is in the past."""
        return self.advance(instant - self.now())

    def jump(self, by: timedelta) -> datetime:
        """Set the wall clock forward or back, as an administrator or NTP does; `monotonic` goes on
        unmoved.
        """
        with self._changed:
            self._jumped += by
            self._changed.notify_all()
            return self._start + self._elapsed + self._jumped

    def wait_until(self, instant: datetime, real_timeout: float) -> bool:
        """Block until the clock shows `instant` or `real_timeout` real seconds passed; True when it was
        reached.
        """
        with self._changed:
            return self._changed.wait_for(
                lambda: self._start + self._elapsed + self._jumped >= instant, timeout=real_timeout
            )
