"""The tasks of one run: their states and times by task, the instances of a mapped task, what went wrong.

Called by the server for the graph, the timeline, the summary and the comparison of runs.  What is read grows with the
tasks of the run, and of mapped tasks the database adds the instances up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, bindparam, case, func, or_, select

from tradewind.core.pictures import WORST_FIRST
from tradewind.errors import DagRunNotFound, InvalidError
from tradewind.spec.dag import DagSpec
from tradewind.spec.states import AttemptState, DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.durations import seconds_between
from tradewind.store.engine import read
from tradewind.store.reads.changes import position
from tradewind.store.reads.grid import RANK
from tradewind.store.reads.query import Row, Where
from tradewind.store.reads.runs import FAILED_TASK, TOLERATED, select_runs
from tradewind.store.reads.versions import VersionReads

_run, _ti, _attempt = tables.dag_run.c, tables.task_instance.c, tables.attempt.c
_BY_TASK = (
    select(
        _ti.task_id,
        func.min(RANK).label("worst"),
        func.count().label("count"),
        func.min(_ti.map_index).label("lowest"),
        func.min(_ti.queued_at).label("queued_at"),
        func.min(_ti.start_date).label("start_date"),
        func.max(_ti.end_date).label("end_date"),
        func.max(_ti.try_number).label("try_number"),
        func.count(_ti.first_start).label("begun"),
    )
    .where(_ti.dag_run_id == bindparam("run_pk"))
    .group_by(_ti.task_id)
)
_OF_MAPPED = (
    select(_ti.task_id, _ti.state, func.count().label("count"))
    .where(_ti.dag_run_id == bindparam("run_pk"), _ti.map_index >= 0)
    .group_by(_ti.task_id, _ti.state)
)
_LOOKED_AT = 1000
"""So many runs are looked at for the last success."""
_PASSED_OVER = frozenset(state.value for state in (TaskInstanceState.SKIPPED, TaskInstanceState.UPSTREAM_FAILED))
"""States of what the scheduler decides for a task without running it."""
_INDEX = re.compile(r"\[?(\d{1,9})\]?")


@dataclass(frozen=True, slots=True)
class TaskSum:
    """A task of a run, all its instances together."""

    task_id: str
    state: str | None
    """The one that stands for all instances."""
    count: int
    mapped: bool
    queued_at: datetime | None
    start_date: datetime | None
    """The first start."""
    end_date: datetime | None
    """The last end."""
    try_number: int
    begun: int
    """How many instances a worker or a trigger has begun since the last clear; the others have at most the time when
    they were decided."""

    @property
    def ran(self) -> bool:
        """It did something in the run, or ended by itself or by a person's word: it was not passed over."""
        return self.start_date is not None and (self.begun > 0 or self.state not in _PASSED_OVER)


@dataclass(frozen=True, slots=True)
class RunTasks:
    """A run and its tasks."""

    position: int
    run: Row
    """As `reads.runs` gives it."""
    spec: DagSpec
    """Of the version that the run has."""
    tasks: dict[str, TaskSum]
    counts: dict[str, dict[str | None, int]] = field(default_factory=dict)
    """Mapped task -> state -> how many of its instances."""

    @property
    def tolerated(self) -> bool:
        """It succeeded although a task failed."""
        failed = TaskInstanceState.FAILED.value  # before all others it stands for the instances of a mapped task
        return bool(self.run["state"] == DagRunState.SUCCESS.value) and any(
            task.state == failed for task in self.tasks.values()
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """A task instance that failed by itself, and what its last attempt said."""

    task_id: str
    map_index: int
    end_date: datetime | None
    try_number: int
    error_type: str | None
    error: str | None
    reason: str | None


class RunTaskReads:
    """Reads the tasks of single runs.  Thread-safe."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    def tasks(self, dag_id: str, run_id: str, *, counts: bool = True) -> RunTasks:
        """A run with its tasks; `counts`: also those of mapped tasks by state.  Raises DagRunNotFound."""
        with read(self._engine) as connection:
            at = position(connection)
            run = _found(connection, dag_id, run_id)
            spec = self._versions.specs([run["version_id"]], connection)[run["version_id"]]
            tasks = _sums(connection.execute(_BY_TASK, {"run_pk": run["id"]}).all())
            of_mapped: dict[str, dict[str | None, int]] = {}
            if counts and any(task.mapped for task in tasks.values()):
                for task_id, state, count in connection.execute(_OF_MAPPED, {"run_pk": run["id"]}):
                    of_mapped.setdefault(task_id, {})[state] = count
        return RunTasks(at, run, spec, tasks, of_mapped)

    def some(self, run_pk: int, task_ids: Sequence[str]) -> dict[str, TaskSum]:
        """These tasks of a run; those that have no instance in it are left out."""
        query = _BY_TASK.where(_ti.task_id.in_(task_ids))
        with read(self._engine) as connection:
            return _sums(connection.execute(query, {"run_pk": run_pk}).all())

    def run(self, dag_id: str, run_id: str) -> Row:
        """A run, as `reads.runs` gives it.  Raises DagRunNotFound."""
        with read(self._engine) as connection:
            return _found(connection, dag_id, run_id)

    def counts(self, run_pks: Sequence[int]) -> dict[int, dict[str | None, int]]:
        """Run key -> state -> how many task instances."""
        found: defaultdict[int, dict[str | None, int]] = defaultdict(dict)
        query = (
            select(_ti.dag_run_id, _ti.state, func.count())
            .where(_ti.dag_run_id.in_(run_pks))
            .group_by(_ti.dag_run_id, _ti.state)
        )
        with read(self._engine) as connection:
            for run_pk, state, count in connection.execute(query):
                found[run_pk][state] = count
        return found

    def failures(self, run_pk: int, limit: int) -> list[Failure]:
        """The instances that failed by themselves, in the order in which they did."""
        query = (
            select(
                _ti.task_id,
                _ti.map_index,
                _ti.end_date,
                _ti.try_number,
                _attempt.error_type,
                _attempt.error,
                _ti.reason,
            )
            .select_from(
                tables.task_instance.outerjoin(
                    tables.attempt,
                    and_(_attempt.id == _ti.attempt_id, _attempt.state != AttemptState.CANCELLED.value),
                )
            )
            .where(_ti.dag_run_id == run_pk, FAILED_TASK)
            .order_by(_ti.end_date, _ti.id)
            .limit(limit)
        )
        with read(self._engine) as connection:
            return [Failure(*row) for row in connection.execute(query)]

    def instance_counts(self, dag_id: str, run_id: str, task_id: str) -> dict[str | None, int]:
        """State -> how many instances of a task.  Raises DagRunNotFound."""
        with read(self._engine) as connection:
            run = _found(connection, dag_id, run_id)
            query = (
                select(_ti.state, func.count())
                .where(_ti.dag_run_id == run["id"], _ti.task_id == task_id)
                .group_by(_ti.state)
            )
            return dict(connection.execute(query).all())

    def instances(
        self,
        dag_id: str,
        run_id: str,
        task_id: str,
        limit: int,
        after: tuple[str, int] | None = None,
        *,
        order: str = "urgency",
        states: Sequence[str | None] | None = None,
        named: str | None = None,
    ) -> tuple[list[Row], bool]:
        """Instances of a mapped task, by default those that need attention first; `order`: else a key of `_ORDERS`,
        `-` in front for descending, those without a value last.  `after`: `place` and map index of the last one seen.
        `named`: only those whose rendered name contains this text, whatever the case, or whose map index it is.  The
        second value says whether there are more.  Raises DagRunNotFound, InvalidError for a place of another order.
        """
        by, falling = _ORDERS[order.removeprefix("-")], order.startswith("-")
        with read(self._engine) as connection:
            run = _found(connection, dag_id, run_id)
            query = (
                select(
                    by.label("by"),
                    _ti.map_index,
                    _ti.rendered_map_index,
                    _ti.state,
                    _ti.try_number,
                    _ti.queued_at,
                    _ti.start_date,
                    _ti.end_date,
                    _ti.note.is_not(None).label("has_note"),
                )
                .where(_ti.dag_run_id == run["id"], _ti.task_id == task_id)
                .order_by(
                    case((by.is_(None), 1), else_=0),
                    by.desc() if falling else by,
                    _ti.map_index.desc() if falling else _ti.map_index,
                )
                .limit(limit + 1)
            )
            if after is not None:
                query = query.where(_past(by, falling, after))
            query = query.where(*self._matching(states, named))
            rows = [dict(row) for row in connection.execute(query).mappings()]
        for row in rows:
            row["place"] = _place(row.pop("by"))
        return rows[:limit], len(rows) > limit

    def map_indexes(
        self,
        dag_id: str,
        run_id: str,
        task_id: str,
        limit: int,
        *,
        states: Sequence[str | None] | None = None,
        named: str | None = None,
    ) -> tuple[list[int], bool]:
        """The map indexes of the instances that `instances` finds, ascending.  Raises DagRunNotFound."""
        with read(self._engine) as connection:
            run = _found(connection, dag_id, run_id)
            query = (
                select(_ti.map_index)
                .where(_ti.dag_run_id == run["id"], _ti.task_id == task_id, *self._matching(states, named))
                .order_by(_ti.map_index)
                .limit(limit + 1)
            )
            found = list(connection.scalars(query))
        return found[:limit], len(found) > limit

    def _matching(self, states: Sequence[str | None] | None, named: str | None) -> list[ColumnElement[bool]]:
        where = Where(self._engine.dialect.name == "sqlite")
        where.one_of(_ti.state, states)
        if named:
            index = _INDEX.fullmatch(named.strip())
            is_index = [_ti.map_index == int(index[1])] if index else []
            where.add(or_(_ti.rendered_map_index.icontains(named, autoescape=True), *is_index))
        return where.conditions

    def neighbours(self, run: Row) -> tuple[Row | None, Row | None]:
        """The run before this one, and the newest successful one among the thousand before it."""
        dates = (_run.logical_date, _run.run_after, _run.start_date, _run.end_date)
        columns = (_run.id, _run.run_id, _run.state, *dates, TOLERATED)
        before = (
            select(*columns)
            .where(
                _run.dag_id == run["dag_id"],
                _run.run_after <= run["run_after"],
                or_(_run.run_after < run["run_after"], and_(_run.run_after == run["run_after"], _run.id < run["id"])),
            )
            .order_by(_run.run_after.desc(), _run.id.desc())
            .limit(1)
        )
        with read(self._engine) as connection:
            previous = connection.execute(before).mappings().first()
            succeeded = previous
            if previous is not None and previous["state"] != "success":
                looked_at = before.limit(_LOOKED_AT).subquery()
                query = select(looked_at).where(looked_at.c.state == "success").limit(1)
                succeeded = connection.execute(query).mappings().first()
        return (dict(previous) if previous else None), (dict(succeeded) if succeeded else None)


_ORDERS: dict[str, ColumnElement[Any]] = {
    "urgency": RANK,
    "map_index": _ti.map_index,
    "start_date": _ti.start_date,
    "end_date": _ti.end_date,
    "duration": seconds_between(_ti.start_date, _ti.end_date),
}


def _place(value: Any) -> str:
    """The value of an order, as text for a mark; nothing for none."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else repr(value)


def _past(by: ColumnElement[Any], falling: bool, after: tuple[str, int]) -> ColumnElement[bool]:
    """The instances after the one at this place."""
    later = _ti.map_index < after[1] if falling else _ti.map_index > after[1]
    if not after[0]:
        return and_(by.is_(None), later)
    try:
        value = datetime.fromisoformat(after[0]) if "T" in after[0] else float(after[0])
    except ValueError:
        raise InvalidError("the mark is not one that this list gave out", fix="start without it") from None
    return or_(by < value if falling else by > value, and_(by == value, later), by.is_(None))


def _found(connection: Connection, dag_id: str, run_id: str) -> Row:
    query = select_runs().where(_run.dag_id == dag_id, _run.run_id == run_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise DagRunNotFound(f"DAG {dag_id!r} has no run {run_id!r}")
    return dict(row)


def _sums(rows: Sequence[Any]) -> dict[str, TaskSum]:
    # by place and not by name: it is done ten thousand times for a large run
    return {
        task_id: TaskSum(task_id, WORST_FIRST[worst], count, lowest >= 0, queued, start, end, try_number, begun)
        for task_id, worst, count, lowest, queued, start, end, try_number, begun in rows
    }
