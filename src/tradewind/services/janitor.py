"""Throws away what nobody will look at again.  Run by the process of the leading scheduler, in a thread of its
own (`cli.bodies`).

Cheap housekeeping is always done: signals that nobody took, changes that nobody watches any more, workers that ended
long ago, callbacks that were run, entries of state stores that expired, more secrets than are kept to be hidden, large
XComs that nobody refers to.  History that people may want to see (runs, the audit log) is deleted only when a retention
is set.  Several janitors on one database do no harm: each deletes what is still there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from tradewind.errors import AirflowException
from tradewind.ports.clock import Clock
from tradewind.runtime.blob_files import delete_blob
from tradewind.store.actions import Actions
from tradewind.store.blobs import Blobs
from tradewind.store.change_log import ChangeLog
from tradewind.store.kept_secrets import KeptSecrets
from tradewind.store.states import TaskStates

log = logging.getLogger(__name__)

INTERVAL = timedelta(minutes=5)


class JanitorStore(Protocol):
    """The parts of `store.Store` that the janitor needs."""

    @property
    def actions(self) -> Actions: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def change_log(self) -> ChangeLog: ...
    @property
    def kept_secrets(self) -> KeptSecrets: ...
    @property
    def task_states(self) -> TaskStates: ...

    def clean(self, before: datetime) -> dict[str, int]:
        """Delete history that ended before `before`; rows by table."""
        ...


class Janitor:
    """Cleans once per interval until it is told to stop."""

    def __init__(
        self,
        store: JanitorStore,
        clock: Clock,
        *,
        interval: timedelta = INTERVAL,
        retention: timedelta | None = None,
    ) -> None:
        """`retention`: history that ended longer ago is deleted; None keeps it for ever."""
        self._store = store
        self._clock = clock
        self._interval = interval
        self._retention = retention
        self._seen_signal: int | None = None
        self._seen_changes = [0, 0]
        """Where the log of changes was at the last two times."""
        self._blob_cursor = ""

    def run_once(self, now: datetime) -> Mapping[str, int]:
        """Clean once, as of `now` (aware); how many rows of which table were deleted."""
        actions = self._store.actions
        counts = {"signal": 0}
        # a signal is only deleted an interval after it was first seen: the transactions of older ones have
        # ended by then, and a leader that came up meanwhile has read what they announced
        newest = actions.newest_signal()
        if self._seen_signal:
            counts["signal"] = actions.prune_signals(self._seen_signal, now)
        self._seen_signal = newest
        # whoever watches, and was away for less than two intervals, finds what he missed
        counts["live_change"] = self._store.change_log.trim(self._seen_changes[0])
        self._seen_changes = [self._seen_changes[1], self._store.change_log.newest()]
        counts.update(actions.prune_ended(now))
        counts["task_state"] = self._store.task_states.expire(now)
        counts["kept_secret"] = self._store.kept_secrets.trim()
        counts["xcom_blob"] = self._sweep_blobs()
        if self._retention is not None:
            for table, count in self._store.clean(now - self._retention).items():
                counts[table] = counts.get(table, 0) + count
        return counts

    def _sweep_blobs(self) -> int:
        """Delete large XComs that nobody refers to; one page of the register each time, so that a long one costs no
        more than a short one.
        """
        found, self._blob_cursor = self._store.blobs.garbage(self._blob_cursor)
        deleted = 0
        for blob in found:
            try:
                delete_blob(blob.location)
            except AirflowException as error:
                log.warning("%s", error)
                continue
            self._store.blobs.forget(blob.id)
            deleted += 1
        return deleted

    def serve(self, stop_event: threading.Event) -> None:
        """Clean once per interval until `stop_event` is set.

        Whatever fails is logged, and tried again at the next time: cleaning is never worth an end.
        """
        while not stop_event.is_set():
            try:
                counts = {table: count for table, count in self.run_once(self._clock.now()).items() if count}
                if counts:
                    log.info("cleaned: %s", ", ".join(f"{count} of {table}" for table, count in counts.items()))
            except Exception as error:
                log.warning("cleaning failed, the next try is in %s: %s", self._interval, error)
            stop_event.wait(self._interval.total_seconds())
