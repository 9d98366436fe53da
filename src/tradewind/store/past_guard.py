"""What the guard of past runs reads and writes.  Implements `ports.backfills.PastRunStore`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, select, update

from tradewind.core.backfill import PICKS, Reprocess, Span
from tradewind.ports.backfills import Held, PastState
from tradewind.spec.states import DagRunType
from tradewind.store import steps, tables
from tradewind.store.actions_common import transact
from tradewind.store.backfills import Wanted, insert_backfill
from tradewind.store.calendar import last_columns, next_columns
from tradewind.store.engine import read
from tradewind.store.reads.versions import VersionReads

_dag, _run = tables.dag, tables.dag_run


class SqlPastRunStore:
    """Implements `ports.backfills.PastRunStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._versions = VersionReads(engine)

    def past(self, dag_id: str) -> PastState:
        """What is known of a DAG."""
        newest = (
            select(_run.c.version_id)
            .where(_run.c.dag_id == dag_id, _run.c.run_type == DagRunType.SCHEDULED.value)
            .order_by(_run.c.run_after.desc())
            .limit(1)
        )
        with read(self._engine) as connection:
            row = connection.execute(
                select(_dag.c.past_since, _dag.c.past_made, _dag.c.past_confirmed).where(_dag.c.dag_id == dag_id)
            ).one_or_none()
            version = connection.scalar(newest)
            spec = None if version is None else self._versions.specs([version], connection).get(version)
        if row is None:
            return PastState(None, 0, None, spec)
        return PastState(row.past_since, row.past_made or 0, row.past_confirmed, spec)

    def note_past(self, fence: str, dag_id: str, since: datetime, made: int) -> None:
        """So many runs were made late in the hour that began at `since`."""
        statement = update(_dag).where(_dag.c.dag_id == dag_id).values(past_since=since, past_made=made)

        def work(connection: Connection) -> None:
            steps.check_fence(connection, fence)
            connection.execute(statement)

        transact(self._engine, work)

    def hold(self, fence: str, held: Held, now: datetime) -> int:
        """Write a paused backfill for these runs and let the schedule go on after them; its number."""
        wanted = Wanted(
            dag_id=held.dag_id,
            max_active_runs=held.max_active_runs,
            paused=True,
            origin="guard",
            reason=held.reason,
        )

        def work(connection: Connection) -> int:
            steps.check_fence(connection, fence)
            connection.execute(
                update(_dag)
                .where(_dag.c.dag_id == held.dag_id)
                .values(next_columns(held.following) | last_columns(held.passed))
            )
            return insert_backfill(
                connection,
                wanted,
                Span(held.from_date, held.to_date),
                PICKS[Reprocess.NONE],
                conf=None,
                tasks=None,
                expected=held.count,
                user=None,
                now=now,
            )

        return transact(self._engine, work)
