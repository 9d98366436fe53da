"""Tells the scheduler that something changed.  Called in the transaction of the change by `store.actions`,
`store.dags` and the other writers outside the leader; read by `SqlSchedulerStore.take_signals` and
`store.wakeup`.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, func, insert, select

from tradewind.store import tables

CHANNEL = "tradewind"
"""The channel of NOTIFY on PostgreSQL."""

_INSERT = insert(tables.signal)
_NOTIFY = select(func.pg_notify(CHANNEL, ""))


def emit(
    connection: Connection,
    kind: Literal["run", "dag", "pools", "assets", "backfill", "callbacks", "trigger", "watcher"],
    dag_id: str | None = None,
    run_pk: int | None = None,
) -> None:
    """Write a signal that becomes visible, and wakes the leader, when the transaction commits."""
    connection.execute(_INSERT, {"kind": kind, "dag_id": dag_id, "dag_run_id": run_pk})
    if connection.dialect.name == "postgresql":
        # the server merges equal notifications of one transaction
        connection.execute(_NOTIFY)
