"""Leadership of the scheduler: one leads, standbys wait.  Used by `services.scheduler`.

The lease is a row; it is renewed from the scheduler's own loop, so that a loop that hangs loses it.  A leader that
could not renew for a whole lease time must assume that another one leads: its attempts may be given to others, so
they are stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tradewind.ports.clock import Clock
from tradewind.ports.leases import LeaseStore

LEASE = "scheduler"


class Leadership:
    """The scheduler lease as seen by one holder."""

    def __init__(self, leases: LeaseStore, clock: Clock, holder: str, ttl: timedelta) -> None:
        self._leases = leases
        self._clock = clock
        self._ttl = ttl
        self._renewed: float | None = None
        self._seen: float | None = None
        self.holder = holder

    @property
    def renew_every(self) -> float:
        """Seconds between renewals: a third of the lease, so that two may fail."""
        return self._ttl.total_seconds() / 3

    def due(self) -> float:
        """Seconds until the next renewal; 0 when it is overdue."""
        if self._renewed is None:
            return 0.0
        return max(0.0, self._renewed + self.renew_every - self._clock.monotonic())

    def acquire(self) -> bool:
        """Take the lease and enter this process as alive; False while another holds it."""
        return self._hold(self._leases.acquire)

    def renew(self) -> bool:
        """Keep the lease; False when it was lost.  It is not taken anew: what another leader did in between is not
        known here."""
        return not self.expired() and self._hold(self._leases.renew)

    def _hold(self, ask: Callable[[str, str, datetime, timedelta], bool]) -> bool:
        asked = self._clock.monotonic()
        now = self._clock.now()
        if not ask(LEASE, self.holder, now, self._ttl):
            return False
        self._leases.heartbeat([self.holder], now)
        # counted from before the request: the database may have granted it long before the answer came
        self._renewed = asked
        return True

    def live(self) -> None:
        """Enter this process as alive while it stands by; as seldom as a lease is renewed."""
        now = self._clock.monotonic()
        if self._seen is None or now - self._seen >= self.renew_every:
            self._leases.heartbeat([self.holder], self._clock.now())
            self._seen = now

    def expired(self) -> bool:
        """True when the lease may be somebody else's by now."""
        return self._renewed is None or self._clock.monotonic() - self._renewed >= self._ttl.total_seconds()

    def release(self) -> None:
        """Give it back, so that a standby need not wait for it to expire."""
        self._leases.release(LEASE, self.holder)
        self._leases.end(self.holder, self._clock.now())
        self._renewed = None
