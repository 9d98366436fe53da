"""Rows of `backfill` as values, and the runs that logical dates have already.  Called by `store.backfills` and
`store.backfills_leader`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from tradewind.core.backfill import Existing, Pick, Span, TaskChoice
from tradewind.ports.backfills import BackfillRecord
from tradewind.spec.forecast import Stretch, decode_slots
from tradewind.spec.schedule import NextRun
from tradewind.spec.states import DagRunState
from tradewind.store import tables
from tradewind.store.actions_checks import chunks

_run, _backfill = tables.dag_run.c, tables.backfill


def span_of(row: Row[Any], given: str | None = None) -> Span:
    """The dates of a backfill, or its partition keys; `given`: the body of its row in `backfill_slots`."""
    dates = None if row.dates is None else tuple(datetime.fromisoformat(text) for text in row.dates)
    keys = None if row.partition_keys is None else tuple(row.partition_keys)
    known = None if given is None else decode_slots(given)
    if isinstance(known, Stretch):
        runs = tuple(run.as_next() for run in known.runs)
        return Span(row.from_date, row.to_date, None, False, None, runs, known.place, known.more)
    listed = None if known is None else tuple(run.as_next() for run in known)
    return Span(row.from_date, row.to_date, dates, row.run_backwards, keys, listed)


def choice_of(row: Row[Any]) -> TaskChoice | None:
    """The tasks of a backfill; None is all."""
    if row.tasks is None:
        return None
    return TaskChoice(
        ids=tuple(row.tasks.get("ids", ())),
        regex=row.tasks.get("regex"),
        upstream=bool(row.tasks.get("upstream")),
        downstream=bool(row.tasks.get("downstream")),
    )


def picks_of(row: Row[Any]) -> frozenset[Pick]:
    """Which dates it runs."""
    return frozenset(Pick(word) for word in row.selection.split(","))


def record_of(row: Row[Any], *, retries: bool) -> BackfillRecord:
    """The row as the leader needs it, with `given` of `backfill_slots`."""
    return BackfillRecord(
        id=row.id,
        dag_id=row.dag_id,
        span=span_of(row, row.given),
        picks=picks_of(row),
        tasks=choice_of(row),
        conf=row.conf,
        max_active_runs=row.max_active_runs,
        stop_after=row.stop_after,
        run_on_latest_version=row.run_on_latest_version,
        paused=row.paused,
        planned=row.planned,
        cursor=row.cursor,
        exhausted=row.exhausted,
        forgiven=row.forgiven,
        created_by=row.created_by,
        retries=retries,
    )


def existing_runs(
    connection: Connection, dag_id: str, runs: Sequence[NextRun]
) -> dict[datetime | str | None, Existing]:
    """The runs of the DAG at these logical dates, or for these partitions."""
    found: dict[datetime | str | None, Existing] = {}
    dates = [run.logical_date for run in runs if run.logical_date is not None]
    keys = [run.partition_key for run in runs if run.logical_date is None and run.partition_key is not None]
    columns = (_run.id, _run.run_id, _run.state, _run.logical_date, _run.partition_key)
    for part in chunks(dates):
        query = select(*columns).where(_run.dag_id == dag_id, _run.logical_date.in_(part))
        for row in connection.execute(query):
            found[row.logical_date] = Existing(row.id, row.run_id, DagRunState(row.state))
    for some in chunks(keys):
        query = select(*columns).where(_run.dag_id == dag_id, _run.partition_key.in_(some)).order_by(_run.id)
        for row in connection.execute(query):
            found[row.partition_key] = Existing(row.id, row.run_id, DagRunState(row.state))
    return found


def key_of(run: NextRun) -> datetime | str | None:
    """How `existing_runs` knows the run."""
    return run.logical_date or run.partition_key


def locked(connection: Connection, backfill_id: int) -> Row[Any] | None:
    """The row of a backfill, locked until the transaction ends."""
    return connection.execute(
        select(_backfill).where(_backfill.c.id == backfill_id).with_for_update(key_share=True)
    ).one_or_none()
