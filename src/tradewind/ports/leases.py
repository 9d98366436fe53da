"""Leadership and liveness, as the services ask for them.  Implemented by `tradewind.store.leases`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol


class LeaseStore(Protocol):
    """Leadership and liveness."""

    def acquire(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Take or renew the lease: free, expired, ours, or held by a dead process of this host."""
        ...

    def renew(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Keep the lease; False when it is not ours any more, be it free or not."""
        ...

    def release(self, name: str, holder: str) -> None:
        """Give the lease back, if it is ours."""
        ...

    def register(self, worker_id: str, kind: str, now: datetime) -> None:
        """Enter a live process (scheduler, executor, dag_processor) of this host."""
        ...

    def heartbeat(self, worker_ids: Sequence[str], now: datetime) -> None:
        """Say that they live."""
        ...

    def end(self, worker_id: str, now: datetime) -> None:
        """Say that it stopped cleanly."""
        ...

    def dead_workers(self, worker_ids: Iterable[str], now: datetime, ttl: timedelta) -> dict[str, str]:
        """Those of `worker_ids` that are gone, each with a sentence why (unknown, ended, process gone, lease
        expired).
        """
        ...


class LeadershipLost(Exception):  # noqa: N818 - a fact, not an error of the user
    """Another scheduler holds the lease."""
