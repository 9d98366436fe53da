"""What needs people: failures, questions, import errors, what is late.  Called by the server for the first page.

Everything looks back a bounded time along an index on the end, and is bounded in number: the cost grows with what
happened lately, never with history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, select

from tradewind.core.fingerprint import fingerprint, message_of
from tradewind.spec.states import AttemptState, DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.access import actor
from tradewind.store.asset_tables import asset, asset_event, asset_use
from tradewind.store.engine import read
from tradewind.store.reads.asset_times import newest_times
from tradewind.store.reads.query import Row
from tradewind.store.reads.runs import FAILED_TASK
from tradewind.store.residual import residual

_dag, _run, _ti, _attempt = tables.dag.c, tables.dag_run.c, tables.task_instance.c, tables.attempt.c
_hitl, _error, _deadline = tables.hitl_detail.c, tables.import_error.c, tables.deadline.c
LOOKED_AT = 500
"""Failed task instances, and failed runs, that are grouped at most."""
ASSETS_LOOKED_AT = 500
_ACTIVE = (DagRunState.QUEUED.value, DagRunState.RUNNING.value)


@dataclass(slots=True)
class FailureGroup:
    """Failures that are the same one."""

    fingerprint: str
    dag_id: str
    task_id: str | None
    """None: the run failed without a task that did."""
    error_type: str | None
    message: str
    """Of the newest one, on one line."""
    count: int
    first_at: datetime
    last_at: datetime
    last_run_id: str
    last_map_index: int
    healed: bool = False
    """A newer run of the DAG, the newest that is over, succeeded after it."""
    tolerated: bool = False
    """The newest run that is over had the failure and succeeded all the same: a task after it ran anyway."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are now, and were since a moment."""

    dags: int
    paused: int
    running: int
    queued: int
    failed: int
    """Runs that failed since the moment."""
    succeeded: int
    tolerated: int
    """Of those that succeeded: runs in which a task failed since the moment."""
    required_actions: int
    import_errors: int


class HomeReads:
    """Reads what needs people.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rhythms: dict[int, tuple[int, list[datetime]]] = {}
        """Asset -> its newest event, and the times of the newest ones, for those who see all DAGs: events stay."""

    def counts(self, since: datetime) -> Counts:
        """Counts for the navigation."""
        ended = (
            select(_run.state, func.count())
            .where(_run.end_date >= since, _run.state.in_(("success", "failed")))
            .group_by(_run.state)
        )
        tolerated = (
            select(func.count(_ti.dag_run_id.distinct()))
            .join_from(tables.task_instance, tables.dag_run, _ti.dag_run_id == _run.id)
            .where(FAILED_TASK, _ti.end_date >= since, _run.state == DagRunState.SUCCESS.value, _run.end_date >= since)
        )
        active = select(_run.state, func.count()).where(_run.state.in_(_ACTIVE)).group_by(_run.state)
        dags = select(_dag.paused, func.count()).where(_dag.stale.is_(False)).group_by(_dag.paused)
        with read(self._engine) as connection:
            states = {state: count for query in (ended, active) for state, count in connection.execute(query)}
            by_pause = {bool(paused): count for paused, count in connection.execute(dags)}
            return Counts(
                dags=sum(by_pause.values()),
                paused=by_pause.get(True, 0),
                running=states.get("running", 0),
                queued=states.get("queued", 0),
                failed=states.get("failed", 0),
                succeeded=states.get("success", 0),
                tolerated=connection.scalar(tolerated) or 0,
                required_actions=connection.scalar(select(func.count()).select_from(_open_questions().subquery())) or 0,
                import_errors=connection.scalar(select(func.count()).select_from(tables.import_error)) or 0,
            )

    def navigation(self, since: datetime) -> tuple[int, int, int, int]:
        """Questions that wait, import errors, runs that failed since the moment, runs that run now."""
        failed = select(func.count()).where(_run.state == DagRunState.FAILED.value, _run.end_date >= since)
        running = select(func.count()).where(_run.state == DagRunState.RUNNING.value)
        queries = (
            select(func.count()).select_from(_open_questions().subquery()),
            select(func.count()).select_from(tables.import_error),
            failed,
            running,
        )
        with read(self._engine) as connection:
            asked, errors, failures, active = (connection.scalar(query) or 0 for query in queries)
        return asked, errors, failures, active

    def failures(self, since: datetime, limit: int) -> list[FailureGroup]:
        """Failures since a moment in groups, the newest first."""
        with read(self._engine) as connection:
            tasks, runs = _failed_tasks(_ti.end_date >= since), _failed_runs(_run.end_date >= since)
            return _grouped(connection, tasks, runs, limit)

    def failures_of(self, dag_id: str, runs: int) -> list[FailureGroup]:
        """Failures in the newest `runs` runs of a DAG in groups, the newest first."""
        newest = select(_run.id).where(_run.dag_id == dag_id).order_by(_run.run_after.desc(), _run.id.desc())
        with read(self._engine) as connection:
            ids = connection.scalars(newest.limit(runs)).all()
            in_tasks = _failed_tasks(_ti.dag_run_id.in_(ids), residual(_ti.state))
            return _grouped(connection, in_tasks, _failed_runs(_run.id.in_(ids), residual(_run.state)), LOOKED_AT)

    def questions(self, limit: int) -> list[Row]:
        """Questions that wait for an answer, what is due first at the top, then the oldest."""
        never = case((_ti.next_at.is_(None), 1), else_=0)
        query = _open_questions().order_by(never, _ti.next_at, _hitl.created_at).limit(limit)
        with read(self._engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def import_errors(self, limit: int) -> list[Row]:
        """The newest import errors."""
        query = (
            select(_error.id, _error.relative_fileloc, _error.line, _error.message, _error.at, _error.dag_id)
            .order_by(_error.id.desc())
            .limit(limit)
        )
        with read(self._engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def late(self, now: datetime, since: datetime, grace: datetime, limit: int) -> list[Row]:
        """What is late: runs that missed a deadline since a moment, and DAGs whose run was due before `grace` and is
        not there.  Each row: kind, dag_id, run_id, due_at, name.
        """
        missed = (
            select(_deadline.dag_id, _run.run_id, _deadline.due_at, _deadline.name)
            .join(tables.dag_run, _run.id == _deadline.dag_run_id)
            .where(_deadline.state == "missed", _deadline.due_at >= since, _deadline.due_at <= now)
            .order_by(_deadline.due_at.desc())
            .limit(limit)
        )
        due = (
            select(_dag.dag_id, _dag.next_run_after)
            .where(_dag.stale.is_(False), _dag.paused.is_(False), _dag.next_run_after < grace)
            .order_by(_dag.next_run_after)
            .limit(limit)
        )
        with read(self._engine) as connection:
            found = [{"kind": "deadline", **row} for row in connection.execute(missed).mappings()]
            for row in connection.execute(due):
                found.append(
                    {
                        "kind": "schedule",
                        "dag_id": row.dag_id,
                        "run_id": None,
                        "due_at": row.next_run_after,
                        "name": None,
                    }
                )
        return found

    def asset_rhythms(self, events: int = 8) -> list[Row]:
        """Assets that a task makes, with the times of their newest `events` events: id, name, uri, times (newest
        first).  At most `ASSETS_LOOKED_AT` assets, those updated last.
        """
        who = actor()
        everything = who is None or who.rights is None  # who sees some DAGs sees some of the events
        # one seek of the index on (asset_id, id) for each asset: a GROUP BY would read all events
        last = (
            select(func.max(asset_event.c.id))
            .where(asset_event.c.asset_id == asset.c.id)
            .correlate(asset)
            .scalar_subquery()
        )
        newest = (
            select(asset.c.id.label("asset_id"), last.label("last"))
            .where(asset.c.id.in_(select(asset_use.c.asset_id).where(asset_use.c.role == "outlet")))
            .order_by(last.desc())
            .limit(ASSETS_LOOKED_AT)
            .subquery()
        )
        query = select(newest, asset.c.name, asset.c.uri).join(asset, asset.c.id == newest.c.asset_id)
        with read(self._engine) as connection:
            rows = connection.execute(query.where(asset.c.active, newest.c.last.is_not(None))).all()
            known = self._rhythms if everything else {}
            found = {row.asset_id: known[row.asset_id] for row in rows if known.get(row.asset_id, (0,))[0] == row.last}
            new = {row.asset_id: row.last for row in rows if row.asset_id not in found}
            if new:
                times = newest_times(connection, list(new), events)
                found |= {asset_id: (last, times[asset_id]) for asset_id, last in new.items()}
        if everything:
            self._rhythms = found
        return [
            {"id": row.asset_id, "name": row.name, "uri": row.uri, "times": found[row.asset_id][1]}
            for row in rows
            if found[row.asset_id][1]
        ]

    def running(self, limit: int) -> list[Row]:
        """Runs that run now, the longest first."""
        query = (
            select(_run.dag_id, _run.id, _run.run_id, _run.run_type, _run.start_date, _run.run_after)
            .where(_run.state == DagRunState.RUNNING.value)
            .order_by(_run.start_date)
            .limit(limit)
        )
        with read(self._engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _open_questions() -> Select[Any]:
    return (
        select(
            _ti.dag_id,
            _ti.run_id,
            _ti.task_id,
            _ti.map_index,
            _hitl.subject,
            _hitl.created_at,
            _hitl.assigned_users,
            _hitl.defaults,
            _ti.next_at,
            _ti.try_number,
            _ti.max_tries,
        )
        .join(tables.hitl_detail, and_(_hitl.ti_id == _ti.id, _hitl.try_number == _ti.try_number))
        .where(_ti.state == TaskInstanceState.AWAITING_INPUT.value, _hitl.responded_at.is_(None))
    )


def _failed_tasks(which: ColumnElement[bool], state: ColumnElement[Any] = _ti.state) -> Select[Any]:
    return (
        select(
            _ti.dag_id,
            _ti.task_id,
            _ti.run_id,
            _ti.map_index,
            _ti.dag_run_id.label("run_pk"),
            _ti.end_date.label("at"),
            _ti.reason,
            _attempt.error_type,
            _attempt.error,
        )
        .select_from(
            tables.task_instance.outerjoin(
                tables.attempt, and_(_attempt.id == _ti.attempt_id, _attempt.state != AttemptState.CANCELLED.value)
            )
        )
        .where(state == TaskInstanceState.FAILED.value, which)
        .order_by(_ti.end_date.desc(), _ti.id.desc())
        .limit(LOOKED_AT)
    )


def _failed_runs(which: ColumnElement[bool], state: ColumnElement[Any] = _run.state) -> Select[Any]:
    return (
        select(_run.id.label("run_pk"), _run.dag_id, _run.run_id, _run.end_date.label("at"), _run.reason)
        .where(which, state == DagRunState.FAILED.value, _run.end_date.is_not(None))
        .order_by(_run.end_date.desc(), _run.id.desc())
        .limit(LOOKED_AT)
    )


def _grouped(
    connection: Connection, failed_tasks: Select[Any], failed_runs: Select[Any], limit: int
) -> list[FailureGroup]:
    groups: dict[str, FailureGroup] = {}
    where: dict[str, set[int]] = {}
    """Fingerprint -> the runs that had it."""
    tasks = connection.execute(failed_tasks).all()
    for row in tasks:
        key = _add(groups, row.dag_id, row.task_id, row.error_type, row.error or row.reason, row)
        where.setdefault(key, set()).add(row.run_pk)
    seen = {row.run_pk for row in tasks}
    runs = [row for row in connection.execute(failed_runs) if row.run_pk not in seen]
    seen |= _with_failed_tasks(connection, [row.run_pk for row in runs])
    for row in runs:
        if row.run_pk not in seen:
            _add(groups, row.dag_id, None, None, row.reason, row)
    found = sorted(groups.values(), key=lambda group: group.last_at, reverse=True)[:limit]
    newest = _newest_ended(connection, sorted({group.dag_id for group in found}))
    for group in found:
        last = newest.get(group.dag_id)
        if last is not None and last["state"] == DagRunState.SUCCESS.value and last["end_date"] > group.last_at:
            group.tolerated = last["id"] in where.get(group.fingerprint, ())
            group.healed = not group.tolerated
    return found


def _with_failed_tasks(connection: Connection, run_pks: Sequence[int]) -> set[int]:
    query = select(_ti.dag_run_id).where(_ti.dag_run_id.in_(run_pks), FAILED_TASK)
    return set(connection.scalars(query.distinct())) if run_pks else set()


def _add(
    groups: dict[str, FailureGroup],
    dag_id: str,
    task_id: str | None,
    error_type: str | None,
    error: str | None,
    row: object,
) -> str:
    key = fingerprint(dag_id, task_id, error_type, error)
    at: datetime = row.at  # type: ignore[attr-defined]
    group = groups.get(key)
    if group is None:
        groups[key] = FailureGroup(
            key,
            dag_id,
            task_id,
            error_type,
            message_of(error_type, error),
            1,
            at,
            at,
            row.run_id,  # type: ignore[attr-defined]
            getattr(row, "map_index", -1),
        )
        return key
    group.count += 1
    group.first_at = min(group.first_at, at)
    return key


def _newest_ended(connection: Connection, dag_ids: Sequence[str]) -> dict[str, Row]:
    """DAG -> id, state and end of its newest run that is over: one seek of an index for each, all in one statement."""
    other = tables.dag_run.alias("other")
    newest = (
        select(other.c.id)
        .where(other.c.dag_id == _dag.dag_id, other.c.end_date.is_not(None))
        .order_by(other.c.run_after.desc(), other.c.id.desc())
        .limit(1)
        .correlate(tables.dag)
        .scalar_subquery()
    )
    query = (
        select(_run.dag_id, _run.id, _run.state, _run.end_date)
        .select_from(tables.dag.join(tables.dag_run, _run.id == newest))
        .where(_dag.dag_id.in_(dag_ids))
    )
    return {row["dag_id"]: dict(row) for row in connection.execute(query).mappings()}
