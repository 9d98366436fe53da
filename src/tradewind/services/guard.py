"""Holds back past runs that a schedule would make in a flood.  Asked by `services.calendar` before it makes runs.

A DAG that was paused for long, a new DAG with an old start date or an edited schedule may ask for thousands of runs at
once.  The guard lets so many past runs of a DAG through in an hour; what is more becomes a paused backfill, in one
transaction that also moves the schedule behind it.  Nothing is lost: `backfill resume` makes the runs, `backfill
cancel` drops them, and the newest fire time is made as if nothing had happened.  A changed schedule that asks for more
than a few past runs is held from the first one.

Runs of a custom timetable are counted in its forecast.  Where that does not say (`Unforeseen`), nothing is made before
the code was asked; where there are more than the code had time to count, they are held part by part, in one backfill.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from tradewind.core.backfill import date_of
from tradewind.core.forecast import flood, forecast, schedule_digest
from tradewind.core.phrases import say
from tradewind.core.timetables import ForeseenTimetable, Timetable
from tradewind.ports.backfills import Held, PastRunStore
from tradewind.ports.store import DagRecord
from tradewind.spec.schedule import Interval, NextRun
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

HOUR = timedelta(hours=1)
SAMPLE = 500
"""So many past runs are counted before the rest is extrapolated: the leader has other things to do."""


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
        self._holding: dict[str, str] = {}
        """DAG -> why runs of its custom timetable are held, of which there are more than it counted."""

    def reset(self) -> None:
        """Forget what was known."""
        self._looked.clear()
        self._holding.clear()

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

        `more`: there may be due runs after them; otherwise the newest of them is no past run.  Raises `Unforeseen` when
        the code of the timetable must be asked first.
        """
        past = len(create) if more else len(create) - 1
        if past <= 0 or not (self._limits.per_hour or self._limits.on_change):
            return len(create), ""
        state = self._store.past(record.dag_id)
        if state.confirmed is not None and create[past - 1].run_after <= state.confirmed:
            return len(create), ""
        if record.dag_id in self._holding:
            return 0, self._holding[record.dag_id]
        changed = self._limits.on_change and self._looked.get(record.dag_id) != record.version_id
        if changed and state.made_with is not None:
            before = schedule_digest(state.made_with)
            count = forecast(record.spec, timetable, last, now, counted=SAMPLE).count - 1
            if before != schedule_digest(record.spec) and count > self._limits.on_change:
                return 0, str(say("recorded.schedule_changed", number=f"{count:,}"))
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
        return room, str(say("recorded.past_runs", number=f"{self._limits.per_hour:,}"))

    def hold(
        self, record: DagRecord, timetable: Timetable, last: Interval | None, reason: str, now: datetime
    ) -> NextRun | None:
        """Keep the due runs but the newest as a paused backfill; the newest of those, after which the schedule goes on.

        None when there is nothing to hold.  Raises `Unforeseen` as `allowed`.
        """
        found = flood(record.spec, timetable, last, now, counted=SAMPLE)
        if found is None:
            return None
        count, passed = found.count, found.passed
        # only the code can list runs of its own: it is asked when they are made
        custom = isinstance(timetable, ForeseenTimetable)
        if custom and found.following is None:
            self._holding[record.dag_id] = reason
        else:
            self._holding.pop(record.dag_id, None)
        held = Held(
            dag_id=record.dag_id,
            from_date=date_of(found.first),
            to_date=date_of(passed),
            count=count,
            max_active_runs=record.spec.max_active_runs,
            passed=passed,
            following=found.following,
            reason=str(say("recorded.held", why=reason)),
            start=found.first.covered.end if custom else None,
        )
        number = self._store.hold(self._holder, held, now)
        log.warning(
            "%s: about %s past runs from %s to %s are held, because %s.  Make them with: tradewind backfill resume %s; "
            "drop them with: tradewind backfill cancel %s",
            record.dag_id, f"{count:,}", held.from_date.isoformat(), held.to_date.isoformat(), reason, number, number,
        )  # fmt: skip
        emit("past_runs.held", dag_id=record.dag_id, backfill_id=number, count=count, reason=reason)
        return passed
