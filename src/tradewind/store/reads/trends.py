"""The runs of a DAG over time: for the calendar, the trend of durations, what its tasks did.  Called by the server.

All read a bounded number of runs, newest first, along the index on (dag_id, run_after).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select

from tradewind.store import tables
from tradewind.store.dated import DATE
from tradewind.store.engine import read
from tradewind.store.reads.query import Row
from tradewind.store.reads.runs import TOLERATED
from tradewind.store.snapshots import chunks
from tradewind.store.types import AnyRow

_run, _ti, _attempt = tables.dag_run.c, tables.task_instance.c, tables.attempt.c
_OF_TASK = (_ti.run_id, _ti.task_id, _ti.map_index)
_OF_ATTEMPT = (
    *(_attempt.try_number, _attempt.state, _attempt.start_date, _attempt.end_date),
    *(_attempt.error_type, _attempt.error),
)
_AT = func.coalesce(_attempt.end_date, _attempt.start_date, _attempt.queued_at).label("at")


class TrendReads:
    """Reads the past of a DAG.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def runs_between(self, dag_id: str, start: datetime, end: datetime, limit: int) -> Sequence[AnyRow]:
        """(date, state, tolerated) of the runs with `start <= date < end`, newest first, at most `limit`."""
        query = (
            select(DATE.label("date"), _run.state, TOLERATED)
            .where(_run.dag_id == dag_id, start <= DATE, end > DATE)
            .order_by(DATE.desc())
            .limit(limit)
        )
        with read(self._engine) as connection:
            return connection.execute(query).all()

    def durations(self, dag_id: str, limit: int, task_id: str | None = None) -> list[Row]:
        """The newest runs, oldest first: id, run_id, run_type, state, tolerated, logical_date, run_after, queued_at,
        start_date, end_date; with `task_id` state and times are those of the task (of a mapped one: of its first
        instance).
        """
        newest = (
            select(
                _run.id,
                _run.run_id,
                _run.run_type,
                _run.state,
                _run.logical_date,
                _run.run_after,
                _run.queued_at,
                _run.start_date,
                _run.end_date,
                TOLERATED,
            )
            .where(_run.dag_id == dag_id)
            .order_by(_run.run_after.desc(), _run.id.desc())
            .limit(limit)
        )
        with read(self._engine) as connection:
            rows = [dict(row) for row in connection.execute(newest).mappings()]
            if task_id is not None:
                of_task = select(_ti.dag_run_id, _ti.state, _ti.queued_at, _ti.start_date, _ti.end_date).where(
                    _ti.dag_run_id.in_([row["id"] for row in rows]), _ti.task_id == task_id, _ti.map_index <= 0
                )
                found = {row["dag_run_id"]: dict(row) for row in connection.execute(of_task).mappings()}
                rows = [{**row, **found[row["id"]], "tolerated": False} for row in rows if row["id"] in found]
        rows.reverse()
        return rows

    def task_changes(self, dag_id: str, runs: int, limit: int) -> list[Row]:
        """What the tasks did in the newest `runs` runs, newest first, at most `limit`: attempts, and task instances
        that came to their state without one.

        Each row: at, run_id, task_id, map_index, try_number (0: without an attempt), state, start_date, end_date,
        error_type, error, reason.
        """
        newest = select(_run.id).where(_run.dag_id == dag_id).order_by(_run.run_after.desc(), _run.id.desc())
        blank = {"reason": None, "try_number": 0, "start_date": None, "end_date": None}
        blank |= {"error_type": None, "error": None}
        with read(self._engine) as connection:
            ids = connection.scalars(newest.limit(runs)).all()
            others = (
                select(*_OF_TASK, _ti.state, _ti.reason, func.coalesce(_ti.end_date, _ti.updated_at).label("at"))
                .where(_ti.dag_run_id.in_(ids), _ti.attempt_id.is_(None), _ti.state.is_not(None))
                .order_by(func.coalesce(_ti.end_date, _ti.updated_at).desc(), _ti.id.desc())
                .limit(limit)
            )
            rows = [{**blank, **row} for row in connection.execute(others).mappings()]
            rows += [{**blank, **row} for row in _newest_attempts(connection, ids, limit)]
        rows.sort(key=lambda row: row["at"], reverse=True)
        return rows[:limit]


def _newest_attempts(connection: Connection, run_pks: Sequence[int], limit: int) -> list[Row]:
    """The newest attempts in these runs.  No attempt is newer than the last change of its task instance: those of the
    instances that changed last are looked at first, until no other can be newer."""
    changed = select(_ti.id, _ti.updated_at).where(_ti.dag_run_id.in_(run_pks))
    changed = changed.order_by(_ti.updated_at.desc(), _ti.id.desc())
    rows: list[Row] = []
    start, size = 0, limit
    while True:
        some = connection.execute(changed.offset(start).limit(size)).all()
        for part in chunks([row.id for row in some]):
            attempts = (
                select(*_OF_TASK, *_OF_ATTEMPT, _AT)
                .select_from(tables.task_instance.join(tables.attempt, _attempt.ti_id == _ti.id))
                .where(_attempt.ti_id.in_(part))
                .order_by(_attempt.id.desc())
            )
            rows += [dict(row) for row in connection.execute(attempts).mappings()]
        rows.sort(key=lambda row: row["at"], reverse=True)
        if len(some) < size or (len(rows) >= limit and rows[limit - 1]["at"] >= some[-1].updated_at):
            return rows[:limit]
        start, size = start + size, size * 4
