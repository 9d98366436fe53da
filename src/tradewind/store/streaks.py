"""Pauses a DAG whose newest runs all failed: `max_consecutive_failed_dag_runs`.  Called by `store.steps`, in the
transaction that writes the failure, so that no crash comes between.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from tradewind.core.phrases import say
from tradewind.ports.schedule import LoggedEvent
from tradewind.ports.store import RunChange
from tradewind.spec.states import DagRunState
from tradewind.store.calendar import log_events
from tradewind.store.signals import emit
from tradewind.store.tables import dag, dag_run

_DAG_OF = select(dag_run.c.dag_id).where(dag_run.c.id == bindparam("run_pk"))
_NEWEST = (
    select(dag_run.c.state)
    .where(dag_run.c.dag_id == bindparam("of_dag"))
    .order_by(dag_run.c.run_after.desc(), dag_run.c.id.desc())
    .limit(bindparam("newest"))
)
_PAUSE = update(dag).where(dag.c.dag_id == bindparam("of_dag"), dag.c.paused.is_(False)).values(paused=True)


def pause_failing(connection: Connection, changes: Iterable[RunChange], now: datetime) -> None:
    """Look at the DAGs of the runs that failed just now.  A success in between, or a run that is not over, ends the
    streak.
    """
    for change in changes:
        if not change.pause_after or change.state is not DagRunState.FAILED:
            continue
        dag_id = connection.execute(_DAG_OF, {"run_pk": change.run_pk}).scalar()
        states = connection.execute(_NEWEST, {"of_dag": dag_id, "newest": change.pause_after}).scalars().all()
        if dag_id is None or len(states) < change.pause_after or set(states) != {DagRunState.FAILED.value}:
            continue
        if connection.execute(_PAUSE, {"of_dag": dag_id}).rowcount:
            reason = str(say("recorded.streak", count=change.pause_after))
            log_events(connection, dag_id, None, (LoggedEvent("paused", now, {"is_paused": True, "reason": reason}),))
            emit(connection, "dag", dag_id=dag_id)
