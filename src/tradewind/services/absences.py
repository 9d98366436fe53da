"""Fire times that made no run although they were due: told of once, by the `not_started` deadlines of the DAG.

Used by `services.calendar`, which says what it expects next, and by `services.deadlines`.  A deadline of a fire time
has an id made from it, which the deadline of its run has, too: whether the run is not made, made late or started late,
one is written and told of.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tradewind.core import deadlines as core
from tradewind.core import runs as core_runs
from tradewind.ports.callbacks import NO_RUN, DeadlineRow
from tradewind.ports.store import DagRecord, HistoryStore
from tradewind.services.batch import Batch
from tradewind.services.callbacks import Callbacks, as_data
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.moments import later
from tradewind.spec.schedule import NextRun

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Expected:
    record: DagRecord
    run: NextRun
    run_id: str
    told: set[int] = field(default_factory=set)
    """Places of the deadlines that are told of."""


class Absences:
    """The next fire time of each DAG that wants to know when it makes no run."""

    def __init__(
        self, history: HistoryStore, callbacks: Callbacks, seconds: Callable[[str, DeadlineSpec], float | None]
    ) -> None:
        """`seconds`: the interval of a deadline of a DAG; None when it cannot be told."""
        self._history = history
        self._callbacks = callbacks
        self._seconds = seconds
        self.reset()

    def reset(self) -> None:
        """Forget what is about to be expected again."""
        self._expected: dict[str, _Expected] = {}
        self._due: list[tuple[datetime, str, str, int]] = []
        """(when, DAG, run id, place of the deadline); what is not expected any more is passed over."""
        self._noted: set[tuple[datetime, str, str, int]] = set()
        """What is in the heap: each entry once, however often a DAG is looked at."""

    def expect(self, record: DagRecord, run: NextRun) -> None:
        """This fire time is the next one of the DAG that has no run."""
        if not any(spec.reference == "not_started" for spec in record.spec.deadlines):
            self._expected.pop(record.dag_id, None)
            return
        known, run_id = self._expected.get(record.dag_id), core_runs.scheduled_run_id(run)
        same = known is not None and known.run_id == run_id
        told = known.told if known is not None and same else set()
        self._expected[record.dag_id] = _Expected(record, run, run_id, told)
        if known is not None and same and known.record.version_id == record.version_id:
            return
        if record.due_since is None or run.run_after < record.due_since:
            return
        for number, spec in enumerate(record.spec.deadlines):
            seconds = self._seconds(record.dag_id, spec) if spec.reference == "not_started" else None
            if seconds is None:
                continue
            entry = (later(run.run_after, seconds), record.dag_id, run_id, number)
            if entry not in self._noted:
                self._noted.add(entry)
                heapq.heappush(self._due, entry)

    def forget(self, dag_id: str) -> None:
        """Nothing is expected of this DAG: it is paused or gone, or its runs are being made."""
        self._expected.pop(dag_id, None)

    def next_due(self) -> datetime | None:
        """When the next fire time has been without a run for too long."""
        while self._due and self._still_expected(self._due[0]) is None:
            self._pop()
        return self._due[0][0] if self._due else None

    def _pop(self) -> tuple[datetime, str, str, int]:
        entry = heapq.heappop(self._due)
        self._noted.discard(entry)
        return entry

    def _still_expected(self, entry: tuple[datetime, str, str, int]) -> _Expected | None:
        known = self._expected.get(entry[1])
        return known if known is not None and known.run_id == entry[2] else None

    def look(self, batch: Batch, now: datetime) -> None:
        """Tell of those that are due."""
        while (due := self.next_due()) is not None and due <= now:
            entry = self._pop()
            known = self._still_expected(entry)
            assert known is not None
            self._tell(known, entry[3], due, batch, now)

    def _tell(self, it: _Expected, number: int, due: datetime, batch: Batch, now: datetime) -> None:
        specs = it.record.spec.deadlines
        deadline_id = core.id_of_fire_time(it.record.dag_id, it.run_id, number)
        if number in it.told or number >= len(specs) or specs[number].reference != "not_started":
            return
        it.told.add(number)
        if self._history.known_deadlines([deadline_id]):
            return
        run = core.absent_run(
            it.record.dag_id, it.run_id, NO_RUN, it.run.run_after, it.run.logical_date, it.run.interval
        )
        reason = f"no run was made for the fire time {it.run.run_after.isoformat()} by {due.isoformat()}"
        name = specs[number].name
        batch.deadline(
            run,
            DeadlineRow(
                deadline_id, NO_RUN, it.record.dag_id, "", number, name, "not_started", due, now, "missed",
                run_id=it.run_id,
            ),
        )  # fmt: skip
        data = {
            "task_id": None,
            "number": number,
            "deadline": {"id": deadline_id, "deadline_time": due.isoformat(), "name": name},
            "fire_time": as_data(run),
        }
        self._callbacks.write(run, "deadline", reason, data, batch, now)
        log.warning("deadline of DAG %s: %s", it.record.dag_id, reason)
