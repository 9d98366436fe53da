"""Notes what a transaction changes, for those who watch.  Called by the writers of the store; read by
`store.reads.changes`.

Notes are kept at the connection and written by `store.engine.write` as one row, right before the commit: a transaction
that is rolled back leaves none, and the lock that keeps ids in the order of commits is held for that one statement.
A note names rows and not what they hold: who watches reads them, once for many changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection

from tradewind.ports.store import Step
from tradewind.spec.states import TaskInstanceState

Topic = Literal["assets", "backfills", "failures", "hitl", "imports", "kept_secrets", "pools", "secrets", "triggers"]

MOST_TASKS = 500
"""Task instances of one run that an entry names; with more it says that the run is to be looked at as a whole."""
CHANNEL = "tradewind_live"
"""The channel of NOTIFY on PostgreSQL."""
_LOCK = 0x7477_6C69_7665  # "twlive": held from the insert to the commit, so that ids grow in the order of commits
_KEY = "tradewind_changed"
_FAILED, _ASKS = TaskInstanceState.FAILED, TaskInstanceState.AWAITING_INPUT
_INSERT = "INSERT INTO live_change (body) VALUES (?)"
# one round trip; the functions of FROM are called before the id is drawn
_INSERT_POSTGRES = (
    "INSERT INTO live_change (body) SELECT %s::text FROM pg_advisory_xact_lock(%s) AS l, pg_notify(%s, '') AS n"
)
_INSERT_OTHER = "INSERT INTO live_change (body) VALUES (%s)"


class Changed(msgspec.Struct, omit_defaults=True, rename={"tasks": "t", "runs": "r", "new": "n", "whole": "w"}):
    """What one transaction changed."""

    tasks: dict[int, list[str]] = {}
    """Run key -> ids of task instances."""
    runs: list[int] = []
    """Keys of runs."""
    new: list[int] = []
    """Keys of runs that were made."""
    whole: list[int] = []
    """Keys of runs with more changed task instances than are named."""
    dags: list[str] = []
    gone: list[tuple[str, str | None]] = []
    """(dag id, run id) of what was deleted; without a run id the DAG."""
    topics: list[str] = []


_encode = msgspec.json.Encoder().encode


def note_tasks(connection: Connection, run_pk: int, ti_ids: Iterable[str]) -> None:
    """These task instances of a run change."""
    _of(connection).tasks.setdefault(run_pk, []).extend(ti_ids)


def note_run(connection: Connection, run_pk: int, *, new: bool = False) -> None:
    """A run changes, or is made."""
    changed = _of(connection)
    (changed.new if new else changed.runs).append(run_pk)


def note_whole(connection: Connection, run_pk: int) -> None:
    """The set of task instances of a run changes: whoever shows them must read them anew."""
    _of(connection).whole.append(run_pk)


def note_dag(connection: Connection, dag_id: str) -> None:
    """A DAG changes: its state, its version, its next run."""
    _of(connection).dags.append(dag_id)


def note_gone(connection: Connection, dag_id: str, run_id: str | None = None) -> None:
    """A DAG, or a run of it, is deleted."""
    _of(connection).gone.append((dag_id, run_id))


def note_topic(connection: Connection, topic: Topic) -> None:
    """Something of this kind changes."""
    _of(connection).topics.append(topic)


def note_step(connection: Connection, step: Step) -> None:
    """What a step of the leader, or an action, writes."""
    if not (step.tasks or step.new_tasks or step.runs):
        return
    changed = _of(connection)
    tasks = changed.tasks
    for change in step.tasks:
        ids = tasks.get(change.run_pk)
        if ids is None:
            ids = tasks[change.run_pk] = []
        ids.append(change.ti_id)
        if change.state is _FAILED:
            changed.topics.append("failures")
        elif change.state is _ASKS or change.expect_state is _ASKS:
            changed.topics.append("hitl")
    for new in step.new_tasks:
        tasks.setdefault(new.run_pk, []).append(new.task.id)
    changed.runs += [run.run_pk for run in step.runs]
    if step.emissions:
        changed.topics.append("assets")


def forget(connection: Connection) -> None:
    """Drop what an earlier transaction on this connection noted and did not commit."""
    connection.info.pop(_KEY, None)


def write_noted(connection: Connection) -> None:
    """Add the entry of this transaction to the log; nothing when nothing was noted."""
    changed: Changed | None = connection.info.pop(_KEY, None)
    if changed is None:
        return
    if any(len(ids) > MOST_TASKS for ids in changed.tasks.values()):
        large = [run_pk for run_pk, ids in changed.tasks.items() if len(ids) > MOST_TASKS]
        changed.whole += large
        for run_pk in large:
            del changed.tasks[run_pk]
    # a run that many changes touch is named once
    changed.runs = list(dict.fromkeys(changed.runs))
    changed.dags = list(dict.fromkeys(changed.dags))
    changed.topics = list(dict.fromkeys(changed.topics))
    body = _encode(changed).decode()
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.dbapi_connection
        try:
            # every commit of the leader passes here: without SQLAlchemy it takes a seventh of the time
            driver.execute(_INSERT, (body,))
        except sqlite3.Error:
            connection.exec_driver_sql(_INSERT, (body,))  # fails again, with the error that callers know
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_INSERT_POSTGRES, (body, _LOCK, CHANNEL))
    else:
        connection.exec_driver_sql(_INSERT_OTHER, (body,))


def _of(connection: Connection) -> Changed:
    found: Changed | None = connection.info.get(_KEY)
    if found is None:
        found = connection.info[_KEY] = Changed()
    return found
