"""What ran and what will run, of all DAGs.  Called by the server for the schedule and the first page.

What will run is computed as the scheduler computes it, from the next run that it wrote down; only as many fire times
are computed as are asked for, the earliest of all DAGs first.
"""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, or_, select

from tradewind.core.runs import next_run
from tradewind.core.timetables import ForeseenTimetable, Timetable, build
from tradewind.core.timetables.foreseen import Unforeseen
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.dag import CatchupPolicy, DagSpec, TaskSpec, TimetableSpec
from tradewind.spec.forecast import decode_forecast
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunType
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.query import Row

_dag, _run, _version, _forecast = tables.dag.c, tables.dag_run.c, tables.dag_version.c, tables.forecast.c
KEPT = 4096
DAGS_LOOKED_AT = 400
"""DAGs whose coming runs are computed for one answer."""


class _TaskDates(msgspec.Struct, frozen=True):
    start_date: datetime | None = None
    end_date: datetime | None = None


class _Slim(msgspec.Struct, frozen=True):
    """The part of a DagSpec that decides about times: that of a thousand tasks is read in a fraction of the time."""

    dag_id: str
    timetable: TimetableSpec = TimetableSpec()
    start_date: datetime | None = None
    end_date: datetime | None = None
    catchup: bool = False
    catchup_policy: CatchupPolicy | None = None
    schedule_jitter: float = 0.0
    allowed_run_types: tuple[DagRunType, ...] | None = None
    tasks: tuple[_TaskDates, ...] = ()


_decode = msgspec.json.Decoder(_Slim).decode


@dataclass(frozen=True, slots=True)
class Planned:
    """A run that a schedule will make."""

    dag_id: str
    run_after: datetime
    logical_date: datetime | None


class ScheduleReads:
    """Reads what ran and computes what will run.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._specs: OrderedDict[int, DagSpec] = OrderedDict()
        self._lock = threading.Lock()

    def planned(
        self, start: datetime, end: datetime, now: datetime, limit: int, dag_ids: Sequence[str] | None = None
    ) -> tuple[list[Planned], bool]:
        """Runs to come with `start <= run_after < end`, the earliest first; and whether there are more than `limit`.

        Of paused DAGs nothing comes.  Of a custom timetable what its newest forecast says.
        """
        query = (
            select(tables.dag)
            .where(
                _dag.stale.is_(False),
                _dag.paused.is_(False),
                _dag.next_run_after.is_not(None),
                _dag.next_run_after < end,
            )
            .order_by(_dag.next_run_after, _dag.dag_id)
            .limit(DAGS_LOOKED_AT + 1)
        )
        if dag_ids is not None:
            query = query.where(_dag.dag_id.in_(dag_ids))
        with read(self._engine) as connection:
            dags = [dict(row) for row in connection.execute(query).mappings()]
            more = len(dags) > DAGS_LOOKED_AT
            dags = dags[:DAGS_LOOKED_AT]
            specs = self._load(connection, [dag["version_id"] for dag in dags])
            forecasts = _forecasts(connection, [dag["dag_id"] for dag in dags])
        series = [
            _coming(dag, specs[dag["version_id"]], forecasts.get(dag["dag_id"]), start, end, now)
            for dag in dags
            if dag["version_id"] in specs
        ]
        found: list[Planned] = []
        for planned in heapq.merge(*series, key=lambda item: (item.run_after, item.dag_id)):
            if len(found) == limit:
                return found, True
            found.append(planned)
        return found, more

    def ran(
        self, start: datetime, end: datetime, limit: int, dag_ids: Sequence[str] | None = None
    ) -> tuple[list[Row], bool]:
        """Runs that are active, or started before `end` and ended after `start`; and whether there are more than
        `limit`.  The newest end first, what is active before all.
        """
        columns = (
            _run.id,
            _run.dag_id,
            _run.run_id,
            _run.run_type,
            _run.state,
            _run.run_after,
            _run.queued_at,
            _run.start_date,
            _run.end_date,
        )
        active = (
            select(*columns)
            .where(_run.state.in_(("queued", "running")), or_(_run.start_date.is_(None), _run.start_date < end))
            .order_by(_run.id)
            .limit(limit + 1)
        )
        # ordered by the end: the index on it is walked from the newest
        ended = (
            select(*columns)
            .where(_run.end_date >= start, or_(_run.start_date.is_(None), _run.start_date < end))
            .order_by(_run.end_date.desc())
            .limit(limit + 1)
        )
        if dag_ids is not None:
            active, ended = (query.where(_run.dag_id.in_(dag_ids)) for query in (active, ended))
        with read(self._engine) as connection:
            rows = [dict(row) for row in connection.execute(active).mappings()]
            seen = {row["id"] for row in rows}
            rows += [dict(row) for row in connection.execute(ended).mappings() if row["id"] not in seen]
        return rows[:limit], len(rows) > limit

    def _load(self, connection: Connection, version_ids: Sequence[int]) -> dict[int, DagSpec]:
        with self._lock:
            found = {version_id: self._specs[version_id] for version_id in version_ids if version_id in self._specs}
            for version_id in found:
                self._specs.move_to_end(version_id)
        missing = sorted(set(version_ids) - found.keys())
        loaded = {}
        if missing:
            query = select(_version.id, _version.spec).where(_version.id.in_(missing))
            loaded = {row.id: _schedule_of(row.spec) for row in connection.execute(query)}
        with self._lock:
            self._specs.update(loaded)
            while len(self._specs) > KEPT:
                self._specs.popitem(last=False)
        return found | loaded


def _schedule_of(text: str) -> DagSpec:
    slim = _decode(text)
    dated = [task for task in slim.tasks if task.start_date is not None or task.end_date is not None]
    if len(dated) < len(slim.tasks):
        dated.append(_TaskDates())  # the end dates of tasks count only when every task has one
    tasks = tuple(
        TaskSpec(task_id=str(number), start_date=task.start_date, end_date=task.end_date)
        for number, task in enumerate(dated)
    )
    given: dict[str, Any] = {name: getattr(slim, name) for name in slim.__struct_fields__ if name != "tasks"}
    return DagSpec(**given, tasks=tasks)


def _forecasts(connection: Connection, dag_ids: Sequence[str]) -> dict[str, Any]:
    query = select(_forecast.dag_id, _forecast.version_id, _forecast.body).where(_forecast.dag_id.in_(dag_ids))
    return {row.dag_id: (row.version_id, decode_forecast(row.body)) for row in connection.execute(query)}


def _coming(dag: Row, spec: DagSpec, forecast: Any, start: datetime, end: datetime, now: datetime) -> Iterator[Planned]:
    timetable: Timetable
    try:
        timetable = build(spec.timetable)
    except AirflowTimetableInvalid:
        return
    if isinstance(timetable, ForeseenTimetable) and forecast is not None and forecast[0] == dag["version_id"]:
        timetable.forecast = forecast[1]
    interval = None
    if dag["next_interval_start"] is not None and dag["next_interval_end"] is not None:
        interval = Interval(dag["next_interval_start"], dag["next_interval_end"])
    run: NextRun | None = NextRun(dag["next_logical_date"], interval, dag["next_run_after"])
    if timetable.active_runs_limit is not None and not isinstance(timetable, ForeseenTimetable):
        # a continuous schedule makes a run when the one before it has ended: only the next one is known
        if run is not None and start <= run.run_after < end:
            yield Planned(spec.dag_id, run.run_after, run.logical_date)
        return
    while run is not None and run.run_after < end:
        if run.run_after >= start:
            yield Planned(spec.dag_id, run.run_after, run.logical_date)
        last = run
        try:
            run = next_run(spec, timetable, run.covered, min(now, run.run_after))
        except (Unforeseen, AirflowTimetableInvalid):
            return
        if run is not None and run.run_after <= last.run_after:
            return
