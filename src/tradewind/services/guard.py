"""Holds back past runs that a schedule would make in a flood.  Asked by `services.calendar` before it makes runs.

A DAG that was paused for long, a new DAG with an old start date or an edited schedule may ask for thousands of runs at
once.  The guard lets so many past runs of a DAG through in an hour; what is more becomes a paused backfill, in one
transaction that also moves the schedule behind it.  Nothing is lost: `backfill resume` makes the runs, `backfill
cancel` drops them, and the newest fire time is made as if nothing had happened.  A changed schedule that asks for more
than a few past runs is held from the first one.
"""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from tradewind.core.backfill import Span, date_of, slots
from tradewind.core.forecast import forecast, newest_due, schedule_digest
from tradewind.core.runs import next_run
from tradewind.core.timetables import Timetable
from tradewind.ports.backfills import Held, PastRunStore
from tradewind.ports.store import DagRecord
from tradewind.spec.schedule import Interval, NextRun
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
SAMPLE = 500
"""So many past runs are counted before the rest is extrapolated: the leader has other things to do."""
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many past runs are made unasked; 0 is no limit."""

    per_hour: int = 0
    on_change: int = 0
    """After a change of the schedule."""


class Guard:
    """Counts the past runs of each DAG."""

    def __init__(self, store: PastRunStore, limits: Limits, *, holder: str) -> None:
        self._store = store
        self._limits = limits
        self._holder = holder
        self._looked: dict[str, int] = {}
        """DAG -> the version that was looked at for a changed schedule."""

    def reset(self) -> None:
        """Forget what was known."""
        self._looked.clear()

    def allowed(
        self,
        record: DagRecord,
        timetable: Timetable,
        last: Interval | None,
        create: list[NextRun],
        more: bool,
        now: datetime,
    ) -> tuple[int, str]:
        """How many of these due runs may be made, oldest first, and why not all.

        `more`: there are due runs after them; otherwise the newest of them is no past run.
        """
        past = len(create) if more else len(create) - 1
        if past <= 0 or not timetable.rhythmic or not (self._limits.per_hour or self._limits.on_change):
            return len(create), ""
        state = self._store.past(record.dag_id)
        if state.confirmed is not None and create[past - 1].run_after <= state.confirmed:
            return len(create), ""
        changed = self._limits.on_change and self._looked.get(record.dag_id) != record.version_id
        if changed and state.made_with is not None:
            before = schedule_digest(state.made_with)
            count = forecast(record.spec, timetable, last, now, counted=SAMPLE).count - 1
            if before != schedule_digest(record.spec) and count > self._limits.on_change:
                return 0, f"its schedule changed, and the new one asks for about {count:,} past runs"
        self._looked[record.dag_id] = record.version_id
        if not self._limits.per_hour:
            return len(create), ""
        fresh = state.since is None or now - state.since >= HOUR
        since, made = (now, 0) if fresh or state.since is None else (state.since, state.made)
        room = max(0, self._limits.per_hour - made)
        if room:
            self._store.note_past(self._holder, record.dag_id, since, made + min(past, room))
        if past <= room:
            return len(create), ""
        return room, f"{self._limits.per_hour:,} past runs were made within an hour (max_runs_per_dag_per_hour)"

    def hold(
        self, record: DagRecord, timetable: Timetable, last: Interval | None, reason: str, now: datetime
    ) -> NextRun | None:
        """Keep the due runs but the newest as a paused backfill; the newest of those, after which the schedule goes on.

        None when there is nothing to hold.
        """
        first, newest = next_run(record.spec, timetable, last, now), newest_due(record.spec, timetable, last, now)
        if first is None or newest is None or date_of(first) >= date_of(newest):
            return None
        span = Span(date_of(first), date_of(newest) - _TICK, backwards=True)
        passed = next(itertools.islice(slots(record.spec, span, timetable=timetable), 1), None)
        if passed is None:
            return None
        count = forecast(record.spec, timetable, last, now, counted=SAMPLE).count - 1
        held = Held(
            dag_id=record.dag_id,
            from_date=span.from_date,
            to_date=date_of(passed),
            count=count,
            max_active_runs=record.spec.max_active_runs,
            passed=passed,
            following=newest,
            reason=f"held: {reason}; resume makes these runs, cancel drops them",
        )
        number = self._store.hold(self._holder, held, now)
        log.warning(
            "%s: about %s past runs from %s to %s are held, because %s.  Make them with: tradewind backfill resume %s; "
            "drop them with: tradewind backfill cancel %s",
            record.dag_id, f"{count:,}", held.from_date.isoformat(), held.to_date.isoformat(), reason, number, number,
        )  # fmt: skip
        emit("past_runs.held", dag_id=record.dag_id, backfill_id=number, count=count, reason=reason)
        return passed
