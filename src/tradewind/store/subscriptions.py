"""What the leader asks of the database for tasks that wait for other DAGs.  Implements
`ports.triggers.SubscriptionStore`; their rows are written by `trigger_rows`, and spent in the leader's steps.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select

from tradewind.ports.triggers import Subscription
from tradewind.spec.external import ExternalWait
from tradewind.spec.ids import TaskKey
from tradewind.store import tables as t
from tradewind.store.actions_lookups import external
from tradewind.store.engine import read
from tradewind.store.reads.versions import VersionReads
from tradewind.store.trigger_rows import decode_wait

_tr, _ti = t.trigger.c, t.task_instance.c
_WAITING = (
    select(_tr.id, _tr.dag_run_id, _ti.task_id, _ti.map_index, _tr.classpath, _tr.awaits)
    .join_from(t.trigger, t.task_instance, _ti.id == _tr.ti_id)
    .where(_tr.state == "waiting", _tr.kind == "engine", _tr.awaits.is_not(None))
    .order_by(_tr.created_at, _tr.id)
)


class SqlSubscriptionStore:
    """Reads triggers of kind `engine`, and what they wait for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._versions = VersionReads(engine)

    def waiting(self) -> list[Subscription]:
        """All that wait, the first ones first."""
        with read(self._engine) as connection:
            return [
                Subscription(
                    row.id, row.dag_run_id, TaskKey(row.task_id, row.map_index), row.classpath, decode_wait(row.awaits)
                )
                for row in connection.execute(_WAITING)
            ]

    def external(self, wait: ExternalWait) -> dict[str, Any]:
        """How what is waited for stands; see `wire.GetExternal`."""
        dates = () if wait.form == "runs" else wait.dates
        with read(self._engine) as connection:
            return external(connection, self._versions, wait.dag_id, dates, wait.task_ids, wait.group_id, wait.run_ids)
