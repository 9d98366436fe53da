"""What the schedule of a DAG left in the database: its last and its next run, fire times without a run, questions to
custom timetables.  Called by `store.scheduler` and `store.actions_trigger`, in their transactions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from tradewind.ports.schedule import LoggedEvent
from tradewind.ports.store import NewRun
from tradewind.spec.schedule import Interval, NextRun
from tradewind.store.changes import note_dag
from tradewind.store.signals import CHANNEL
from tradewind.store.tables import dag, event_log, timetable_question
from tradewind.store.upsert import insert_or_skip

_NOTIFY = select(func.pg_notify(CHANNEL, ""))


def advance_schedule(connection: Connection, run: NewRun, next_run: NextRun | None) -> None:
    """The newest scheduled run of a DAG is this one."""
    made = NextRun(run.logical_date, run.interval, run.run_after)
    note_dag(connection, run.dag_id)
    connection.execute(
        update(dag).where(dag.c.dag_id == run.dag_id).values(last_columns(made) | next_columns(next_run))
    )


def last_columns(run: NextRun) -> dict[str, Any]:
    """The columns of `dag` that say how far its schedule came."""
    at = run.logical_date or run.run_after
    covered = run.interval or Interval(at, at)
    return {
        "last_automated_start": covered.start,
        "last_automated_end": covered.end,
        "last_automated_logical": run.logical_date,
        "last_automated_run_after": run.run_after,
    }


def next_columns(run: NextRun | None) -> dict[str, Any]:
    """The columns of `dag` that say what comes next."""
    return {
        "next_logical_date": run.logical_date if run else None,
        "next_interval_start": run.interval.start if run and run.interval else None,
        "next_interval_end": run.interval.end if run and run.interval else None,
        "next_run_after": run.run_after if run else None,
        "next_partition_key": run.partition_key if run else None,
        "next_partition_date": run.partition_date if run else None,
    }


def log_events(connection: Connection, dag_id: str, run_id: str | None, events: Iterable[LoggedEvent]) -> None:
    """Enter events of a DAG into the event log; the scheduler is their owner."""
    rows = [
        {
            "at": event.at,
            "event": event.event,
            "dag_id": dag_id,
            "run_id": run_id,
            "owner": "scheduler",
            "extra": json.dumps(event.extra, default=str) if event.extra else None,
        }
        for event in events
    ]
    if rows:
        connection.execute(insert(event_log), rows)


def ask(connection: Connection, dag_id: str, run_pk: int, now: datetime) -> None:
    """Put a question to a custom timetable: what comes next (`run_pk` 0), or the data interval of a manual run.

    A question that stands already is not put twice.
    """
    row = {"dag_id": dag_id, "dag_run_id": run_pk, "asked_at": now}
    connection.execute(insert_or_skip(connection.dialect.name, timetable_question.c.dag_id), row)
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY)
