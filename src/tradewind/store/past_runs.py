"""What recent runs of a DAG took, for estimates.  Called by `store.backfills` and `store.previews`; the arithmetic is
in `core.estimate`.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from tradewind.core.estimate import History
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.actions_checks import chunks
from tradewind.store.residual import residual

_run, _ti = tables.dag_run.c, tables.task_instance.c
RECENT, LOOKED_AT, MOST_INSTANCES = 50, 200, 20_000


def history(connection: Connection, dag_id: str, tasks: int) -> History:
    """Durations of the newest successful runs and their tasks; the cost does not grow with history."""
    newest = connection.execute(
        select(_run.id, _run.state, _run.start_date, _run.end_date, _run.only_tasks)
        .where(_run.dag_id == dag_id)
        .order_by(_run.run_after.desc(), _run.id.desc())
        .limit(LOOKED_AT)
    ).all()
    good = [run for run in newest if run.state == DagRunState.SUCCESS.value and run.start_date and run.end_date]
    good = good[: max(1, min(RECENT, MOST_INSTANCES // max(1, tasks)))]
    durations: defaultdict[str, list[float]] = defaultdict(list)
    for part in chunks([run.id for run in good]):
        query = select(_ti.task_id, _ti.start_date, _ti.end_date).where(
            _ti.dag_run_id.in_(part), residual(_ti.state) == TaskInstanceState.SUCCESS.value
        )
        for row in connection.execute(query):
            if row.start_date is not None and row.end_date is not None:
                durations[row.task_id].append((row.end_date - row.start_date).total_seconds())
    whole = [(run.end_date - run.start_date).total_seconds() for run in good if run.only_tasks is None]
    return History(runs=whole, tasks=durations)
