"""Writes and reads deadlines.  Called by `store.steps` and `store.history`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from tradewind.ports.callbacks import NO_RUN, DeadlineRow
from tradewind.ports.store import Step
from tradewind.spec.states import FINISHED_RUN, DagRunState
from tradewind.store import tables

_table, _run = tables.deadline, tables.dag_run.c
_INSERT = insert(_table)
_END = (
    update(_table)
    # no IN list: it would be expanded per execution, which SQLAlchemy does not do for batches
    .where(_table.c.id == bindparam("deadline_id"), or_(_table.c.state == "pending", _table.c.state == "asked"))
    .values(state=bindparam("new_state"), ended_at=bindparam("at"))
)


def write_deadlines(connection: Connection, step: Step) -> None:
    """What a step says of deadlines; one that ended stays as it is."""
    if step.deadlines:
        connection.execute(
            _INSERT,
            [
                {
                    "id": row.id,
                    "dag_id": row.dag_id,
                    "dag_run_id": None if row.run_pk == NO_RUN else row.run_pk,
                    "task_id": row.task_id,
                    "number": row.number,
                    "name": row.name,
                    "reference": row.reference,
                    "due_at": row.due_at,
                    "state": row.state,
                    "created_at": row.created_at,
                    "ended_at": None if row.state in ("pending", "asked") else row.created_at,
                    "clear_number": row.clear_number,
                    "run_id": row.run_id,
                }
                for row in step.deadlines
            ],
        )
    if step.deadline_ends:
        connection.execute(
            _END, [{"deadline_id": end.id, "new_state": end.state, "at": end.at} for end in step.deadline_ends]
        )


def deadlines_of(connection: Connection, run_pk: int) -> list[DeadlineRow]:
    """The deadlines of a run, by their time."""
    query = select(_table).where(_table.c.dag_run_id == run_pk).order_by(_table.c.due_at, _table.c.id)
    return [
        DeadlineRow(
            row.id,
            row.dag_run_id,
            row.dag_id,
            row.task_id,
            row.number,
            row.name,
            row.reference,
            row.due_at,
            row.created_at,
            row.state,
            row.clear_number,
        )
        for row in connection.execute(query)
    ]


def known_deadlines(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these deadlines that were written already."""
    return set(connection.scalars(select(_table.c.id).where(_table.c.id.in_(ids))))


def ended_with_deadlines(connection: Connection) -> list[int]:
    """Keys of finished runs of which a deadline is still pending, in order; costs what is pending."""
    query = (
        select(_table.c.dag_run_id)
        .join(tables.dag_run, _run.id == _table.c.dag_run_id)
        .where(_table.c.state == "pending", _run.state.in_(sorted(state.value for state in FINISHED_RUN)))
        .distinct()
        .order_by(_table.c.dag_run_id)
    )
    return list(connection.scalars(query))


def average_runtime(connection: Connection, dag_id: str, max_runs: int, min_runs: int) -> float | None:
    """Seconds that the newest successful runs took, at most `max_runs` of them; None with less than `min_runs`."""
    took = runtimes(connection, dag_id, max_runs)
    return sum(took) / len(took) if took and len(took) >= min_runs else None


def runtimes(connection: Connection, dag_id: str, limit: int) -> list[float]:
    """Seconds that the newest successful runs took, newest first."""
    newest = (
        select(_run.start_date, _run.end_date)
        .where(
            _run.dag_id == dag_id,
            _run.state == DagRunState.SUCCESS.value,
            _run.start_date.is_not(None),
            _run.end_date.is_not(None),
        )
        .order_by(_run.run_after.desc())
        .limit(limit)
    )
    return [(row.end_date - row.start_date).total_seconds() for row in connection.execute(newest)]
