"""What ran and what will run, of all DAGs.  Called by the server for the schedule and the first page.

What will run is computed as the scheduler computes it, from the next run that it wrote down; only as many fire times
are computed as are asked for, the earliest of all DAGs first.
"""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, or_, select

from tradewind.core.runs import next_run, next_run_since
from tradewind.core.timetables import ForeseenTimetable, Timetable, build
from tradewind.core.timetables.foreseen import Unforeseen
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.dag import CatchupPolicy, DagSpec, TaskSpec, TimetableSpec
from tradewind.spec.forecast import Forecast, decode_forecast
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunType
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.query import Row
from tradewind.store.reads.runs import TOLERATED

_dag, _run, _version, _forecast = tables.dag.c, tables.dag_run.c, tables.dag_version.c, tables.forecast.c
KEPT = 4096
KEPT_TIMES = 20_000


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
        self._timetables: OrderedDict[int, Timetable] = OrderedDict()
        self._follow: OrderedDict[tuple[int, datetime, Interval | None], NextRun | None] = OrderedDict()
        self._behind: OrderedDict[tuple[int, datetime], tuple[datetime, NextRun | None]] = OrderedDict()
        """Of a DAG that is behind: from when on a run was looked for last, and that run."""
        self._lock = threading.Lock()

    def planned(
        self, start: datetime, end: datetime, now: datetime, limit: int, dag_ids: Sequence[str] | None = None
    ) -> tuple[list[Planned], bool]:
        """Runs to come with `start <= run_after < end`, the earliest first; and whether there are more than `limit`.

        Of paused DAGs nothing comes.  Of a custom timetable what its newest forecast says.
        """
        columns = (_dag.dag_id, _dag.version_id, _dag.next_run_after, _dag.next_logical_date)
        query = select(*columns, _dag.next_interval_start, _dag.next_interval_end).where(
            _dag.stale.is_(False), _dag.paused.is_(False), _dag.next_run_after.is_not(None)
        )
        if dag_ids is not None:
            query = query.where(_dag.dag_id.in_(dag_ids))
        order = _dag.next_run_after, _dag.dag_id
        # those whose next run is due already stand for no run of this time: any number of them leaves all places free
        due = query.where(_dag.next_run_after < min(start, end)).order_by(*order)
        coming = query.where(_dag.next_run_after >= start, _dag.next_run_after < end).order_by(*order).limit(limit + 1)
        found: list[Planned] = []
        with read(self._engine) as connection:
            dags = [dict(row) for one in (due, coming) for row in connection.execute(one).mappings()]
            specs = self._load(connection, [dag["version_id"] for dag in dags])  # in one go: each will be asked for
            for dag in dags:
                dag["spec"] = specs.get(dag["version_id"])
            heap: list[tuple[datetime, str, NextRun, Row]] = []
            opened = 0
            while heap or opened < len(dags):
                # a DAG is looked at when its first run is the next one of all: until then nothing of it is computed
                while opened < len(dags) and (not heap or dags[opened]["next_run_after"] <= heap[0][0]):
                    dag = dags[opened]
                    heapq.heappush(heap, (dag["next_run_after"], dag["dag_id"], _stored(dag), dag))
                    opened += 1
                at, dag_id, run, dag = heapq.heappop(heap)
                if at >= start:
                    if len(found) == limit:
                        return found, True
                    found.append(Planned(dag_id, at, run.logical_date))
                following = self._known_following(connection, dag, run, start, now)
                if following is not None and at < following.run_after < end:
                    heapq.heappush(heap, (following.run_after, dag_id, following, dag))
        return found, False

    def _known_following(
        self, connection: Connection, dag: Row, run: NextRun, start: datetime, now: datetime
    ) -> NextRun | None:
        """As `_following`; what follows a run to come does not change, and is computed once."""
        if run.run_after < start and dag["spec"] is not None:
            try:
                timetable = self._timetable(dag["version_id"], dag["spec"])
            except AirflowTimetableInvalid:
                return None
            if timetable.rhythmic:
                return self._first_since(timetable, dag, run, start, now)
        if run.run_after < now or "forecast" in dag:
            return self._following(connection, dag, run, now)
        key = (dag["version_id"], run.run_after, run.interval)
        with self._lock:
            if key in self._follow:
                self._follow.move_to_end(key)
                return self._follow[key]
        found = self._following(connection, dag, run, now)
        if "forecast" not in dag:
            with self._lock:
                self._follow[key] = found
                while len(self._follow) > KEPT_TIMES:
                    self._follow.popitem(last=False)
        return found

    def _first_since(
        self, timetable: Timetable, dag: Row, run: NextRun, start: datetime, now: datetime
    ) -> NextRun | None:
        """The first run after this one that is not before `start`; the one that was found last, while it still is."""
        key = (dag["version_id"], run.run_after)
        with self._lock:
            asked, found = self._behind.get(key, (None, None))
        if asked is not None and asked <= start and (found is None or found.run_after >= start):
            return found
        found = next_run_since(dag["spec"], timetable, run.covered, start, now)
        with self._lock:
            self._behind[key] = (start, found)
            while len(self._behind) > KEPT:
                self._behind.popitem(last=False)
        return found

    def _following(self, connection: Connection, dag: Row, run: NextRun, now: datetime) -> NextRun | None:
        """The run after this one; None when there is none, or only the code of the timetable knows."""
        version_id, spec = dag["version_id"], dag["spec"]
        if spec is None:
            return None
        try:
            timetable = self._timetable(version_id, spec)
            if isinstance(timetable, ForeseenTimetable):
                if "forecast" not in dag:
                    dag["forecast"] = _forecast_of(connection, spec.dag_id, version_id)
                timetable.forecast = dag["forecast"]
            elif timetable.active_runs_limit is not None:
                return None  # a continuous schedule makes a run when the one before it has ended
            return next_run(spec, timetable, run.covered, min(now, run.run_after))
        except (Unforeseen, AirflowTimetableInvalid):
            return None

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
            TOLERATED,
        )
        active = (
            select(*columns)
            .where(_run.state.in_(("queued", "running")), or_(_run.start_date.is_(None), _run.start_date < end))
            .order_by(_run.id)
            .limit(limit + 1)
        )
        ended = [
            # one walk along the index on (state, end_date) for each, from the newest
            select(*columns)
            .where(_run.state == state, _run.end_date >= start, or_(_run.start_date.is_(None), _run.start_date < end))
            .order_by(_run.end_date.desc())
            .limit(limit + 1)
            for state in ("success", "failed")
        ]
        queries = [active, *ended]
        if dag_ids is not None:
            queries = [query.where(_run.dag_id.in_(dag_ids)) for query in queries]
        with read(self._engine) as connection:
            rows = [dict(row) for row in connection.execute(queries[0]).mappings()]
            over = [dict(row) for query in queries[1:] for row in connection.execute(query).mappings()]
        over.sort(key=lambda row: row["end_date"], reverse=True)
        rows += over
        return rows[:limit], len(rows) > limit

    def _timetable(self, version_id: int, spec: DagSpec) -> Timetable:
        """The timetable of a version, made once; one that carries a forecast is made for each answer."""
        with self._lock:
            known = self._timetables.get(version_id)
            if known is not None:
                self._timetables.move_to_end(version_id)
                return known
        made = build(spec.timetable)
        if not isinstance(made, ForeseenTimetable):
            with self._lock:
                self._timetables[version_id] = made
                while len(self._timetables) > KEPT:
                    self._timetables.popitem(last=False)
        return made

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


def _forecast_of(connection: Connection, dag_id: str, version_id: int) -> Forecast | None:
    query = select(_forecast.body).where(_forecast.dag_id == dag_id, _forecast.version_id == version_id)
    body = connection.execute(query).scalar()
    return None if body is None else decode_forecast(body)


def _stored(dag: Row) -> NextRun:
    """The next run, as the scheduler wrote it down."""
    interval = None
    if dag["next_interval_start"] is not None and dag["next_interval_end"] is not None:
        interval = Interval(dag["next_interval_start"], dag["next_interval_end"])
    return NextRun(dag["next_logical_date"], interval, dag["next_run_after"])
