"""Deletes history.  Called by `tradewind db clean` and the janitor through `Store.clean`.

What is unfinished is never deleted.  Rows go in small batches with a commit each, so that the scheduler is
not held up, and each batch starts after the key where the last one ended, so that rows that stay are not read
again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, exists, func, select

from tradewind.errors import InvalidError
from tradewind.spec.states import FINISHED_RUN
from tradewind.store.asset_tables import (
    asset,
    asset_alias,
    asset_alias_member,
    asset_cursor,
    asset_event,
    asset_event_alias,
    asset_mapping,
    asset_partition,
    asset_partition_event,
    asset_queue,
    asset_run_event,
    asset_use,
)
from tradewind.store.engine import read, write
from tradewind.store.tables import (
    attempt,
    backfill,
    backfill_run,
    callback,
    dag,
    dag_run,
    dag_version,
    deadline,
    event_log,
    kept_secret,
    task_instance,
    task_state,
    worker,
    xcom,
)

_FINISHED = tuple(sorted(state.value for state in FINISHED_RUN))
_CHILDREN = (xcom, task_state, attempt, callback, task_instance)
"""Rows that go with their run; each has a column `dag_run_id`."""

CLEANED = (
    "dag_run",
    "task_instance",
    "attempt",
    "xcom",
    "task_state",
    "callback",
    "event_log",
    "kept_secret",
    "worker",
    "deadline",
    "backfill",
    "backfill_run",
    "dag_version",
    "asset_partition",
    "asset_event",
    "asset_alias",
    "asset",
)
"""Names that `tables` may hold.  The children of a run may be named alone: `xcom` deletes the XComs of old
runs only.
"""

_MAX_BATCH = 10_000
"""Ids in one statement: below the limit of parameters of every database."""


def clean(
    engine: Engine,
    before: datetime,
    tables: Sequence[str] | None = None,
    dry_run: bool = False,
    batch: int = 1000,
) -> dict[str, int]:
    """Delete what ended before `before` (aware); returns the rows deleted, or with `dry_run` those that would
    be, by table.

    `tables` limits the work to some of `CLEANED`.  `dag_run` takes task instances, attempts, XComs and
    callbacks of the run along.  `deadline` deletes those of fire times that made no run; the others go with their run.
    `kept_secret` deletes secrets that are kept to be hidden, once no run of their time is left.
    `backfill` deletes backfills that are over, once none of their runs is left, with what they decided for each date.
    `dag_version` deletes versions made before `before` that no run and no DAG refers to; `asset_partition` what waits
    for the rest of a partition of which nothing came since; `asset_event` events that no run has any more and nobody
    waits with; `asset` and `asset_alias` those that no DAG names any more and of which no event is left. `batch` is
    the number of rows (for runs: of runs) per commit. Raises InvalidError for an unknown table, a naive `before` or a
    batch below 1.
    """
    if before.tzinfo is None:
        raise InvalidError(f"the time {before} has no time zone", fix="give one, e.g. 2024-05-01T00:00:00+00:00")
    if batch < 1:
        raise InvalidError(f"the batch size {batch} is below 1", fix="use 1 or more")
    wanted = list(CLEANED) if tables is None else list(dict.fromkeys(tables))
    if unknown := sorted(set(wanted) - set(CLEANED)):
        raise InvalidError(f"db clean does not know the table {unknown[0]!r}", fix=f"choose from: {', '.join(CLEANED)}")
    if "dag_run" in wanted:
        wanted += [child.name for child in _CHILDREN if child.name not in wanted]
    if "backfill" in wanted and "backfill_run" not in wanted:
        wanted.append("backfill_run")
    counted = dict.fromkeys((name for name in CLEANED if name in wanted), 0)
    _clean_runs(engine, before, wanted, dry_run, batch, counted)
    for table, condition in (
        (event_log, event_log.c.at < before),
        (kept_secret, _nowhere_to_be_hidden(before)),
        (deadline, deadline.c.dag_run_id.is_(None) & (deadline.c.created_at < before)),
        (worker, func.coalesce(worker.c.ended_at, worker.c.heartbeat_at) < before),
        (backfill_run, backfill_run.c.backfill_id.in_(select(backfill.c.id).where(_over(before)))),
        (backfill, _over(before)),
        (dag_version, _unreferenced(before)),
        (asset_partition, _abandoned(before)),
        (asset_event, _consumed(before)),
        (asset_alias, _unnamed_alias(before)),
        (asset, _unnamed(before)),
    ):
        if table.name in wanted:
            counted[table.name] += _clean_rows(engine, table, condition, dry_run, batch)
    return counted


def _nowhere_to_be_hidden(before: datetime) -> ColumnElement[bool]:
    """Secrets that were not used since, and of whose time no run is left."""
    return (kept_secret.c.kept_at < before) & ~exists().where(dag_run.c.run_after < kept_secret.c.kept_at)


def _abandoned(before: datetime) -> ColumnElement[bool]:
    """Partitions of which the newest event is old."""
    fresh = (
        select(asset_partition_event.c.event_id)
        .join(asset_event, asset_event.c.id == asset_partition_event.c.event_id)
        .where(asset_partition_event.c.partition_id == asset_partition.c.id, asset_event.c.at >= before)
    )
    return (asset_partition.c.created_at < before) & ~fresh.exists()


def _unnamed(before: datetime) -> ColumnElement[bool]:
    """Assets that no DAG has named for long, and that nothing else refers to."""
    return (
        asset.c.active.is_(False)
        & (asset.c.updated_at < before)
        & ~exists().where(asset_use.c.asset_id == asset.c.id)
        & ~exists().where(asset_event.c.asset_id == asset.c.id)
        & ~exists().where(asset_alias_member.c.asset_id == asset.c.id)
    )


def _unnamed_alias(before: datetime) -> ColumnElement[bool]:
    """The same for aliases; what is a member of one goes with it."""
    return (
        (asset_alias.c.created_at < before)
        & ~exists().where(asset_use.c.alias_id == asset_alias.c.id)
        & ~exists().where(asset_event_alias.c.alias_id == asset_alias.c.id)
        & ~exists().where(asset_queue.c.alias_id == asset_alias.c.id)
    )


def _consumed(before: datetime) -> ColumnElement[bool]:
    """Old events that were decided upon, that no run has any more, and that nobody waits with."""
    waiting = (asset_queue.c.asset_id == asset_event.c.asset_id) & (asset_queue.c.event_id <= asset_event.c.id)
    return (
        (asset_event.c.at < before)
        & (asset_event.c.id <= select(func.max(asset_cursor.c.position)).scalar_subquery())
        & ~exists().where(asset_run_event.c.event_id == asset_event.c.id)
        & ~exists().where(asset_partition_event.c.event_id == asset_event.c.id)
        & ~exists().where(asset_mapping.c.event_id == asset_event.c.id)
        & ~exists().where(waiting)
    )


def _over(before: datetime) -> ColumnElement[bool]:
    """Backfills that ended, and of which no run is left."""
    return (backfill.c.completed_at < before) & ~exists().where(dag_run.c.backfill_id == backfill.c.id)


def _unreferenced(before: datetime) -> ColumnElement[bool]:
    return (
        (dag_version.c.created_at < before)
        & ~exists().where(dag_run.c.version_id == dag_version.c.id)
        & ~exists().where(dag.c.version_id == dag_version.c.id)
    )


def _clean_runs(
    engine: Engine,
    before: datetime,
    wanted: Sequence[str],
    dry_run: bool,
    batch: int,
    counted: dict[str, int],
) -> None:
    children = [child for child in _CHILDREN if child.name in wanted]
    if task_instance in children and attempt not in children:
        children.insert(0, attempt)  # attempts hang on their task instance
        counted["attempt"] = 0
    if not children:
        return
    old = dag_run.c.state.in_(_FINISHED) & (dag_run.c.end_date < before)

    def work(connection: Connection, ids: Sequence[Any]) -> None:
        for child in children:
            counted[child.name] += _remove(connection, child, child.c.dag_run_id.in_(ids), dry_run)
        if "dag_run" in wanted:
            counted["dag_run"] += _remove(connection, dag_run, dag_run.c.id.in_(ids), dry_run)

    _in_batches(engine, dag_run, old, dry_run, batch, work)


def _clean_rows(engine: Engine, table: Table, condition: ColumnElement[bool], dry_run: bool, batch: int) -> int:
    counted = 0

    def work(connection: Connection, ids: Sequence[Any]) -> None:
        nonlocal counted
        counted += _remove(connection, table, table.c.id.in_(ids), dry_run)

    _in_batches(engine, table, condition, dry_run, batch, work)
    return counted


def _in_batches(
    engine: Engine,
    table: Table,
    condition: ColumnElement[bool],
    dry_run: bool,
    batch: int,
    work: Callable[[Connection, Sequence[Any]], None],
) -> None:
    """Call `work` with the ids of the rows that meet `condition`, batch by batch, each in a transaction of
    its own.
    """
    by_id = select(table.c.id).where(condition).order_by(table.c.id).limit(min(batch, _MAX_BATCH))
    if not dry_run:
        # a run that somebody clears in this moment is either seen as unfinished, or its clear waits and finds
        # it gone
        by_id = by_id.with_for_update(of=table)
    last: Any = None
    while True:
        with read(engine) if dry_run else write(engine) as connection:
            ids = connection.execute(by_id if last is None else by_id.where(table.c.id > last)).scalars().all()
            if not ids:
                return
            work(connection, ids)
        last = ids[-1]


def _remove(connection: Connection, table: Table, condition: ColumnElement[bool], dry_run: bool) -> int:
    if dry_run:
        return connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
    return connection.execute(delete(table).where(condition)).rowcount
