"""What the scheduler does while a step cannot be done: wait, try again, and in the end give up.  Used by
`services.scheduler`.

A database that restarts, or that somebody holds locked, is no reason to end running tasks: the scheduler tries again,
waiting longer each time, as long as its lease lives.  What fails for longer than that will not heal by itself.
"""

from __future__ import annotations

import logging

from tradewind.ports.clock import Clock
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0


class Trouble:
    """Whether steps fail at present, since when, and when to try again."""

    def __init__(self, clock: Clock, patience: float) -> None:
        """`patience`: seconds after which an error that never went away is raised."""
        self._clock = clock
        self._patience = patience
        self._since: float | None = None
        self._pause = FIRST_PAUSE
        self._retry_at = 0.0
        self.last: Exception | None = None
        """Why the last step failed; None when it did not."""

    def wait(self) -> float:
        """Seconds until the next try; 0 when there is nothing to wait for."""
        return 0.0 if self._since is None else max(0.0, self._retry_at - self._clock.monotonic())

    def met(self, error: Exception) -> None:
        """A step failed.  Raises `error` when no step succeeded for the whole patience."""
        now = self._clock.monotonic()
        if self._since is None:
            self._since, self._pause = now, FIRST_PAUSE
            log.error("a scheduling step failed; everything is read again and decided anew: %s", error, exc_info=error)
        else:
            log.warning("a scheduling step failed again: %s", error)
        if now - self._since >= self._patience:
            raise error
        self._retry_at = now + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self.last = error
        emit("scheduler.trouble", error=str(error), pause=self._retry_at - now)

    def found(self) -> None:
        """What made the steps fail was found and is left out: the next one can begin at once."""
        self._since = self.last = None

    def over(self) -> None:
        """A step succeeded."""
        if self._since is not None:
            log.warning("the scheduler works again after %.1f s", self._clock.monotonic() - self._since)
        self._since = self.last = None
