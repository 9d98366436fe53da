"""Questions to deadline references with code of the user's own: rows of `deadline` in the state `asked`.

Put by the leader (`services.deadlines`), answered by `services.forecaster`.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, update

from tradewind.ports.callbacks import AskedDeadline, DeadlineRow
from tradewind.spec.wire import DagSource, RunInfo
from tradewind.store.deadline_rows import runtimes
from tradewind.store.engine import read, write
from tradewind.store.signals import emit
from tradewind.store.tables import dag, dag_run, deadline, event_log
from tradewind.store.types import AnyRow

MOST_RUNTIMES = 50
"""So many runs are told of."""
_ASKED = (
    select(
        deadline,
        *(dag_run.c[name].label(f"run_{name}") for name in ("run_id", "run_type", "run_after", "state", "conf")),
        dag_run.c.logical_date,
        dag_run.c.data_interval_start,
        dag_run.c.data_interval_end,
        dag_run.c.queued_at,
        dag_run.c.partition_key,
        dag.c.bundle_path,
        dag.c.relative_fileloc,
        dag.c.digest,
    )
    .select_from(
        deadline.join(dag_run, dag_run.c.id == deadline.c.dag_run_id).outerjoin(dag, dag.c.dag_id == deadline.c.dag_id)
    )
    .where(deadline.c.state == "asked")
    .order_by(deadline.c.created_at, deadline.c.id)
)


class SqlDeadlineQuestions:
    """Implements `ports.callbacks.DeadlineQuestions`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def asked(self, limit: int) -> list[AskedDeadline]:
        """The oldest open questions."""
        with read(self._engine) as connection:
            rows = connection.execute(_ASKED.limit(limit)).all()
            return [_asked(connection, row) for row in rows]

    def answer(self, asked: AskedDeadline, due_at: datetime | None, error: str, now: datetime) -> None:
        """Write when the deadline is due, and tell the leader; None: it does not apply, or with an error it failed,
        which goes into the event log.  Nothing when it is not asked any more."""
        row = asked.row
        if due_at is not None:
            values = {"state": "pending", "due_at": due_at}
        else:
            values = {"state": "failed" if error else "none", "ended_at": now}
        with write(self._engine) as connection:
            statement = update(deadline).where(deadline.c.id == row.id, deadline.c.state == "asked").values(values)
            if not connection.execute(statement).rowcount:
                return
            if error:
                extra = {"deadline": row.name or row.number, "error": error}
                connection.execute(
                    insert(event_log).values(
                        at=now,
                        event="deadline_failed",
                        dag_id=row.dag_id,
                        run_id=asked.run.run_id,
                        task_id=row.task_id or None,
                        extra=json.dumps(extra),
                    )
                )
            if due_at is not None:
                emit(connection, "run", row.dag_id, row.run_pk)


def _asked(connection: Connection, row: AnyRow) -> AskedDeadline:
    source = None
    if row.bundle_path is not None:
        source = DagSource(bundle_path=row.bundle_path, relative_fileloc=row.relative_fileloc, digest=row.digest)
    return AskedDeadline(
        row=DeadlineRow(
            row.id, row.dag_run_id, row.dag_id, row.task_id, row.number, row.name, row.reference, row.due_at,
            row.created_at, row.state, row.clear_number,
        ),
        run=RunInfo(
            dag_id=row.dag_id,
            run_id=row.run_run_id,
            run_type=row.run_run_type,
            run_after=row.run_run_after,
            state=row.run_state,
            logical_date=row.logical_date,
            data_interval_start=row.data_interval_start,
            data_interval_end=row.data_interval_end,
            queued_at=row.queued_at,
            conf=row.run_conf or {},
            partition_key=row.partition_key,
        ),
        source=source,
        runtimes=tuple(runtimes(connection, row.dag_id, MOST_RUNTIMES)),
    )  # fmt: skip
