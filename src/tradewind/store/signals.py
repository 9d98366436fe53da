"""Tells the scheduler that something changed.  Called in the transaction of the change by `store.actions`,
`store.dags` and the other writers outside the leader; read by `SqlSchedulerStore.take_signals` and
`store.wakeup`.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, func, insert, select

from tradewind.store import tables
from tradewind.store.changes import Topic, note_dag, note_run, note_topic

CHANNEL = "tradewind"
"""The channel of NOTIFY on PostgreSQL."""

_INSERT = insert(tables.signal)
NOTIFY = select(func.pg_notify(CHANNEL, ""))
"""The server merges equal notifications of one transaction."""


def notify(connection: Connection) -> None:
    """Wake whoever waits for what this transaction wrote, when it commits, without telling the leader anything."""
    if connection.dialect.name == "postgresql":
        connection.execute(NOTIFY)


def emit(
    connection: Connection,
    kind: Literal["run", "dag", "pools", "assets", "backfill", "callbacks", "trigger", "watcher"],
    dag_id: str | None = None,
    run_pk: int | None = None,
) -> None:
    """Write a signal that becomes visible, and wakes the leader, when the transaction commits.

    What concerns the leader is mostly what people look at as well: it is noted for those who watch.
    """
    _note(connection, kind, dag_id, run_pk)
    connection.execute(_INSERT, {"kind": kind, "dag_id": dag_id, "dag_run_id": run_pk})
    notify(connection)


_TOPICS: dict[str, Topic] = {"pools": "pools", "assets": "assets", "backfill": "backfills", "watcher": "triggers"}


def _note(connection: Connection, kind: str, dag_id: str | None, run_pk: int | None) -> None:
    if kind == "run" and run_pk is not None:
        note_run(connection, run_pk)
    elif kind == "dag" and dag_id is not None:
        note_dag(connection, dag_id)
    elif kind in _TOPICS:
        note_topic(connection, _TOPICS[kind])
