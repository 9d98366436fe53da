"""What the actions share: finding DAGs and runs, locking runs, the audit log, transactions that survive
a deadlock.

Called by `store.actions_trigger`, `store.actions_clear`, `store.actions_mark` and `store.actions_admin`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, insert, select, update
from sqlalchemy.exc import DBAPIError

from tradewind.errors import ForbiddenError, InvalidError, NotFoundError
from tradewind.store import tables
from tradewind.store.access import actor, may_change, may_run, sees
from tradewind.store.actions_checks import chunks, unknown
from tradewind.store.asset_tables import asset, asset_use
from tradewind.store.engine import write
from tradewind.store.signals import emit

T = TypeVar("T")
_dag, _run, _log = tables.dag, tables.dag_run, tables.event_log
_DEADLOCK = frozenset({"40P01", "40001"})
_TRIES = 5
ANYBODYS = frozenset({"favorite_dag", "unfavorite_dag"})
"""What may be done with a DAG by who only sees it."""


def transact(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run `work` in a transaction that may write; once more when the server ended it because of a
    deadlock."""
    for tries_left in reversed(range(_TRIES)):
        try:
            with write(engine) as connection:
                return work(connection)
        except DBAPIError as error:
            if tries_left == 0 or getattr(error.orig, "sqlstate", None) not in _DEADLOCK:
                raise
    raise AssertionError("unreachable")


def aware(kind: str, at: datetime | None) -> datetime | None:
    """The time itself.  Raises InvalidError for one without a time zone: guessing a zone would shift a
    schedule."""
    if at is not None and at.tzinfo is None:
        raise InvalidError(
            f"{kind} {at.isoformat()} has no time zone",
            fix=f"write it with an offset: {at.isoformat()}+00:00",
        )
    return at


def find_dag(connection: Connection, dag_id: str) -> Row[Any]:
    """The row of `dag`.  Raises NotFoundError with the ids most like it."""
    row = connection.execute(select(_dag).where(_dag.c.dag_id == dag_id)).one_or_none()
    if row is None:
        raise unknown_dag(connection, dag_id)
    return row


def unknown_dag(connection: Connection, dag_id: str) -> NotFoundError:
    """The error for a DAG that does not exist."""
    known = filter(sees, connection.scalars(select(_dag.c.dag_id).where(_dag.c.stale.is_(False))))
    return unknown("DAG", dag_id, known, fallback="see the DAGs with: tradewind dags list")


def find_run(connection: Connection, dag_id: str, run_id: str) -> Row[Any]:
    """The row of `dag_run`, locked until the transaction ends.  Raises NotFoundError."""
    return lock_runs(connection, [run_pk(connection, dag_id, run_id)])[0]


def run_pk(connection: Connection, dag_id: str, run_id: str) -> int:
    """The key of a run.  Raises NotFoundError, which names the newest runs of the DAG when the run is
    unknown."""
    found = connection.scalar(select(_run.c.id).where(_run.c.dag_id == dag_id, _run.c.run_id == run_id))
    if found is None:
        known = connection.scalars(
            select(_run.c.run_id).where(_run.c.dag_id == dag_id).order_by(_run.c.run_after.desc()).limit(100)
        ).all()
        if not known:
            find_dag(connection, dag_id)
        fallback = f"see its runs with: tradewind dags list-runs {dag_id}"
        raise unknown(f"run of DAG {dag_id!r} with the id", run_id, known, fallback=fallback)
    return int(found)


def lock_runs(connection: Connection, pks: Iterable[int]) -> list[Row[Any]]:
    """The rows of `dag_run` by ascending key, locked until the transaction ends.

    The leader locks the runs of a step in the same order and checks their revision under the lock: what
    it decided from an older view is either written before this, and seen here, or misses.
    """
    rows: list[Row[Any]] = []
    for part in chunks(sorted(set(pks))):
        query = select(_run).where(_run.c.id.in_(part)).order_by(_run.c.id)
        rows += connection.execute(query.with_for_update(key_share=True)).all()
    return rows


def change_run(connection: Connection, run: Row[Any], now: datetime, **values: Any) -> None:
    """Write a locked run, raise its revision, and signal it."""
    connection.execute(
        update(_run).where(_run.c.id == run.id).values(revision=_run.c.revision + 1, updated_at=now, **values)
    )
    emit(connection, "run", run.dag_id, run.id)


def may_change_asset(connection: Connection, name: str) -> None:
    """For who is limited to DAGs: raise ForbiddenError when he may run none of those that name this asset,
    NotFoundError when he sees none of them."""
    mine = may_run()
    if mine is None:
        return
    uses = select(asset_use.c.dag_id).join(asset, asset.c.id == asset_use.c.asset_id).where(asset.c.name == name)
    named = set(connection.scalars(uses.distinct()))
    if not any(map(sees, named)):
        raise NotFoundError("it does not exist, or you may not see it")
    if mine.isdisjoint(named):
        raise ForbiddenError(
            f"you may run no DAG that makes or uses the asset {name!r}", fix="ask an administrator for such a right"
        )


def record(
    connection: Connection,
    event: str,
    now: datetime,
    user: str | None,
    *,
    dag_id: str | None = None,
    run_id: str | None = None,
    task_id: str | None = None,
    map_index: int | None = None,
    extra: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Enter a change into the audit log, in the transaction that makes it; the mappings become JSON, without secrets.

    Every change that people make comes by here, whether through the API, the pages or the command line.  So it is here
    that one of a DAG that this person may not run ends: raises ForbiddenError, and the transaction is rolled back.
    """
    if event not in ANYBODYS:
        may_change(dag_id)
    who = actor()
    connection.execute(
        insert(_log).values(
            at=now,
            event=event,
            dag_id=dag_id,
            run_id=run_id,
            task_id=task_id,
            map_index=map_index,
            owner=user,
            extra=_json(extra),
            via=None if who is None else who.via,
            before=_json(before),
            after=_json(after),
        )
    )


def _json(fields: Mapping[str, Any] | None) -> str | None:
    return json.dumps(fields, default=str) if fields else None


def given(**fields: Any) -> dict[str, Any]:
    """The arguments that say something: for the audit log."""
    return {name: _plain(value) for name, value in fields.items() if value not in (None, False)}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
