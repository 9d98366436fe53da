"""What the scheduler asks of the past: callbacks still owed, and the previous run's task states."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, or_, select

from tradewind.ports.callbacks import NO_RUN
from tradewind.ports.store import CallbackRow, DeadlineRow, StrayAttempt
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import FAILED_STATES, HOLDS_SLOT, SUCCESS_STATES, AttemptState, TaskInstanceState
from tradewind.store import tables as t
from tradewind.store.deadline_rows import average_runtime, deadlines_of, ended_with_deadlines, known_deadlines
from tradewind.store.engine import read


class SqlHistoryStore:
    """Implements `ports.store.HistoryStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def answered(self, ti_id: str, try_number: int) -> bool:
        """Whether what a task instance asked people in a try is answered."""
        asked = t.hitl_detail.c
        query = select(asked.ti_id).where(
            asked.ti_id == ti_id, asked.try_number == try_number, asked.responded_at.is_not(None)
        )
        with read(self._engine) as connection:
            return connection.execute(query).scalar() is not None

    def deadlines(self, run_pk: int) -> list[DeadlineRow]:
        """The deadlines of a run, pending or not."""
        with read(self._engine) as connection:
            return deadlines_of(connection, run_pk)

    def ended_with_deadlines(self) -> list[int]:
        """Keys of runs that are over and have pending deadlines."""
        with read(self._engine) as connection:
            return ended_with_deadlines(connection)

    def known_deadlines(self, ids: Sequence[str]) -> set[str]:
        """Those of these deadlines that were written already."""
        with read(self._engine) as connection:
            return known_deadlines(connection, ids)

    def average_runtime(self, dag_id: str, max_runs: int, min_runs: int) -> float | None:
        """Seconds that the newest successful runs took; None when there are too few."""
        with read(self._engine) as connection:
            return average_runtime(connection, dag_id, max_runs, min_runs)

    def pending_callbacks(self) -> list[CallbackRow]:
        """Callbacks that were queued and did not end, oldest first."""
        query = (
            select(t.callback)
            .where(t.callback.c.state.in_(("queued", "running")))
            .order_by(t.callback.c.created_at, t.callback.c.id)
        )
        with read(self._engine) as connection:
            return [
                CallbackRow(
                    row.id,
                    NO_RUN if row.dag_run_id is None else row.dag_run_id,
                    row.kind,
                    row.reason,
                    row.created_at,
                    row.ti_id,
                    row.data,
                    row.state,
                    row.worker_id,
                    row.dag_id,
                    row.run_id,
                )
                for row in connection.execute(query)
            ]

    def stray_attempts(self) -> list[StrayAttempt]:
        """Attempts that did not end but are not the present one of a queued, running or restarting task instance."""
        attempt, ti = t.attempt.c, t.task_instance.c
        query = (
            select(attempt.id, attempt.dag_run_id, ti.task_id, ti.map_index, attempt.worker_id)
            .join_from(t.attempt, t.task_instance, ti.id == attempt.ti_id)
            .where(
                # an executor has few attempts out at once: by worker and state they are found in an index
                attempt.worker_id.in_(select(t.worker.c.id)),
                attempt.state.in_((AttemptState.QUEUED.value, AttemptState.RUNNING.value)),
                or_(
                    ti.attempt_id.is_distinct_from(attempt.id),
                    ti.state.is_(None),
                    ti.state.not_in([state.value for state in HOLDS_SLOT]),
                ),
            )
            .order_by(attempt.id)
        )
        with read(self._engine) as connection:
            return [
                StrayAttempt(row.id, row.dag_run_id, TaskKey(row.task_id, row.map_index), row.worker_id)
                for row in connection.execute(query)
            ]

    def previous_states(self, dag_id: str, before: datetime) -> dict[str, TaskInstanceState | None] | None:
        """Task id -> state in the newest run with a logical date before `before`; None when there is none.

        What is removed is no part of that run (the task has dates of its own, the list is shorter), unless the run was
        made for other tasks only: then it is not done."""
        previous = (
            select(t.dag_run.c.id, t.dag_run.c.only_tasks)
            .where(t.dag_run.c.dag_id == dag_id, t.dag_run.c.logical_date < before)
            .order_by(t.dag_run.c.logical_date.desc())
            .limit(1)
        )
        with read(self._engine) as connection:
            run = connection.execute(previous).one_or_none()
            if run is None:
                return None
            rows = connection.execute(
                select(t.task_instance.c.task_id, t.task_instance.c.state).where(t.task_instance.c.dag_run_id == run.id)
            ).all()
        states: dict[str, TaskInstanceState | None] = {}
        for task_id, text in rows:
            state = TaskInstanceState(text) if text else None
            if state is TaskInstanceState.REMOVED and run.only_tasks is None:
                continue
            if task_id not in states or _badness(state) > _badness(states[task_id]):
                states[task_id] = state
        return states


def _badness(state: TaskInstanceState | None) -> int:
    if state in FAILED_STATES:
        return 3
    if state in SUCCESS_STATES:
        return 1 if state is TaskInstanceState.SKIPPED else 0
    return 2
