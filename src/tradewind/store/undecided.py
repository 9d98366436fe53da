"""What the scheduler cannot decide and leaves out.  Implements `ports.undecided.UndecidedStore`; read by
`store.reads.explain`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from tradewind.ports.schedule import LoggedEvent
from tradewind.ports.undecided import Undecided
from tradewind.store import steps
from tradewind.store.calendar import log_events
from tradewind.store.engine import write
from tradewind.store.tables import undecided as _table


class SqlUndecidedStore:
    """Implements `ports.undecided.UndecidedStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def left_out(self, fence: str, what: Undecided, *, tell: bool) -> None:
        """Write that something is left out; with `tell` also into the event log."""
        with write(self._engine) as connection:
            steps.check_fence(connection, fence)
            _drop(connection, what)
            connection.execute(
                insert(_table).values(
                    dag_id=what.dag_id,
                    dag_run_id=what.run_pk,
                    since=what.since,
                    tries=what.tries,
                    error=what.error,
                )
            )
            if tell:
                event = LoggedEvent("undecided", what.since, {"error": what.error})
                log_events(connection, what.dag_id, what.run_id or None, [event])

    def taken_up(self, fence: str, what: Undecided, now: datetime) -> None:
        """It is decided again."""
        with write(self._engine) as connection:
            steps.check_fence(connection, fence)
            _drop(connection, what)
            event = LoggedEvent("decided_again", now, {"tries": what.tries})
            log_events(connection, what.dag_id, what.run_id or None, [event])

    def forget(self, fence: str) -> None:
        """A leader takes over and finds out anew."""
        with write(self._engine) as connection:
            steps.check_fence(connection, fence)
            connection.execute(delete(_table))


def _drop(connection: Connection, what: Undecided) -> None:
    connection.execute(delete(_table).where(_table.c.dag_id == what.dag_id, _table.c.dag_run_id == what.run_pk))


def why_left_out(connection: Connection, dag_id: str, run_pk: int = 0) -> tuple[datetime, str] | None:
    """Since when and why a run, or with 0 the schedule of the DAG, is left out."""
    query = select(_table.c.since, _table.c.error).where(_table.c.dag_id == dag_id, _table.c.dag_run_id == run_pk)
    row = connection.execute(query).first()
    return (row.since, row.error) if row is not None else None
