"""State stores: what a task instance, or an asset, remembers from one try, or one run, to the next.

Called by `services.task_api` for running tasks, by `server` for people and by the janitor.  Entries of a task instance
belong to it in one run: they outlive its retries, and go when it is cleared, when they expire and with the run.
Entries of an asset belong to its name and stay until they are deleted.  Values are JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, bindparam, delete, func, or_, select

from tradewind.errors import AirflowNotFoundException, InvalidError, NotFoundError
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.states import TaskInstanceState
from tradewind.store import tables
from tradewind.store.actions_common import given, may_change_asset, record
from tradewind.store.audit import Audited, shown_value
from tradewind.store.engine import read, write
from tradewind.store.upsert import insert_or_update

_state, _asset = tables.task_state.c, tables.asset_state.c
_ti, _attempt = tables.task_instance.c, tables.attempt.c
MAX_KEY, MAX_ASSET_KEY, MAX_VALUE = 512, 250, 16 * 1024 * 1024
"""Characters."""
STATE_RETENTION = timedelta(days=30)
"""How long entries of a task are kept that name no retention, as in Airflow."""
MOST_NAMED = 50
"""Keys that the audit log names of entries that went together."""
Asset = tuple[str, str]
"""(name, uri)."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The task instance that an entry belongs to."""

    run_pk: int
    dag_id: str
    run_id: str
    task_id: str
    map_index: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `updated_by` only for assets, `map_index` and `expires_at` only for tasks."""

    key: str
    value: str
    updated_at: datetime
    map_index: int = -1
    expires_at: datetime | None = None
    updated_by: str | None = None


class TaskStates(Audited):
    """Entries of task instances.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get_by_attempt(self, attempt_id: str, key: str, now: datetime) -> str | None:
        """The value that a running attempt sees, or None.  Raises AirflowNotFoundException for a dead attempt."""
        with read(self._engine) as connection:
            return _value(connection, *_of(_owner(connection, attempt_id)), _state.key == key, _alive(now))

    def set_by_attempt(self, attempt_id: str, key: str, value: str, now: datetime, expires: timedelta | None) -> None:
        """Store JSON text for a running attempt; `expires` None: never.

        Raises AirflowNotFoundException for a dead attempt, InvalidError.
        """
        _check(key, value, MAX_KEY)
        with write(self._engine) as connection:
            _put(connection, _owner(connection, attempt_id, lock=True), key, value, now, expires)

    def delete_by_attempt(self, attempt_id: str, key: str | None, *, all_map_indexes: bool) -> int:
        """Delete one entry, or with `key` None all; returns how many.  Raises AirflowNotFoundException."""
        with write(self._engine) as connection:
            conditions = _of(_owner(connection, attempt_id, lock=True), all_map_indexes=all_map_indexes)
            if key is not None:
                conditions.append(_state.key == key)
            return connection.execute(delete(tables.task_state).where(*conditions)).rowcount

    def owner(self, dag_id: str, run_id: str, task_id: str, map_index: int) -> Owner:
        """The task instance.  Raises NotFoundError."""
        query = select(_ti.dag_run_id).where(
            _ti.dag_id == dag_id, _ti.run_id == run_id, _ti.task_id == task_id, _ti.map_index == map_index
        )
        with read(self._engine) as connection:
            run_pk = connection.scalar(query)
        if run_pk is None:
            raise NotFoundError(f"run {run_id!r} of DAG {dag_id!r} has no task {task_id!r} with map index {map_index}")
        return Owner(run_pk, dag_id, run_id, task_id, map_index)

    def list(self, owner: Owner, now: datetime, limit: int, offset: int) -> tuple[Sequence[Entry], int]:
        """A page of the entries of a task instance by key, and how many there are."""
        where = [*_of(owner), _alive(now)]
        columns = (_state.key, _state.value, _state.updated_at, _state.map_index, _state.expires_at)
        with read(self._engine) as connection:
            total = connection.scalar(select(func.count()).select_from(tables.task_state).where(*where)) or 0
            rows = connection.execute(select(*columns).where(*where).order_by(_state.key).limit(limit).offset(offset))
            return [Entry(*row) for row in rows], total

    def get(self, owner: Owner, key: str, now: datetime) -> Entry:
        """One entry.  Raises NotFoundError."""
        columns = (_state.key, _state.value, _state.updated_at, _state.map_index, _state.expires_at)
        with read(self._engine) as connection:
            query = select(*columns).where(*_of(owner), _state.key == key, _alive(now))
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(f"task {owner.task_id!r} has no entry {key!r} in its state store")
        return Entry(*row)

    def set(self, owner: Owner, key: str, value: str, now: datetime, expires: timedelta | None) -> None:
        """Store JSON text from outside.  Raises InvalidError."""
        _check(key, value, MAX_KEY)
        with write(self._engine) as connection:
            old = _value(connection, *_of(owner), _state.key == key, _alive(now))
            _put(connection, owner, key, value, now, expires)
            self._told(connection, "set_task_state", owner, key, shown_value(key, old), shown_value(key, value))

    def delete(self, owner: Owner, key: str | None = None, *, all_map_indexes: bool = False) -> int:
        """Delete one entry, or with `key` None all; returns how many."""
        conditions = _of(owner, all_map_indexes=all_map_indexes)
        if key is not None:
            conditions.append(_state.key == key)
        with write(self._engine) as connection:
            keys = list(
                connection.scalars(select(_state.key).where(*conditions).order_by(_state.map_index, _state.key))
            )
            old = None if key is None else _value(connection, *conditions)
            connection.execute(delete(tables.task_state).where(*conditions))
            if keys:
                told = {"keys": keys[:MOST_NAMED], "entries": len(keys)} if key is None else shown_value(key, old)
                self._told(connection, "delete_task_state", owner, key, told, None, all_map_indexes=all_map_indexes)
        return len(keys)

    def _told(
        self,
        connection: Connection,
        event: str,
        owner: Owner,
        key: str | None,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
        *,
        all_map_indexes: bool = False,
    ) -> None:
        if self._by is not None:
            user, now = self._by
            index = None if all_map_indexes or owner.map_index == NOT_MAPPED else owner.map_index
            place: dict[str, Any] = {"dag_id": owner.dag_id, "run_id": owner.run_id, "task_id": owner.task_id}
            extra = given(key=key)
            record(connection, event, now, user, **place, map_index=index, extra=extra, before=before, after=after)

    def expire(self, now: datetime) -> int:
        """Delete what has expired; returns how many entries."""
        with write(self._engine) as connection:
            return connection.execute(delete(tables.task_state).where(_state.expires_at <= now)).rowcount


class AssetStates(Audited):
    """Entries of assets.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str, key: str) -> Entry | None:
        """One entry, or None."""
        columns = (_asset.key, _asset.value, _asset.updated_at, _asset.updated_by)
        with read(self._engine) as connection:
            row = connection.execute(select(*columns).where(_asset.asset == name, _asset.key == key)).one_or_none()
        return None if row is None else Entry(row.key, row.value, row.updated_at, updated_by=row.updated_by)

    def set(self, asset: Asset, key: str, value: str, now: datetime, updated_by: str | None) -> None:
        """Store JSON text.  Raises InvalidError, ForbiddenError."""
        _check(key, value, MAX_ASSET_KEY)
        with write(self._engine) as connection:
            may_change_asset(connection, asset[0])
            old = connection.scalar(select(_asset.value).where(_asset.asset == asset[0], _asset.key == key))
            _put_asset(connection, asset, key, value, now, updated_by)
            told = {"before": shown_value(key, old), "after": shown_value(key, value)}
            self._tell(connection, "set_asset_state", **told, asset=asset[0], key=key)

    def set_by_attempt(self, attempt_id: str, asset: Asset, key: str, value: str, now: datetime) -> None:
        """Store JSON text for a running attempt.  Raises AirflowNotFoundException, InvalidError."""
        _check(key, value, MAX_ASSET_KEY)
        with write(self._engine) as connection:
            _put_asset(connection, asset, key, value, now, _writer(connection, attempt_id))

    def delete_by_attempt(self, attempt_id: str, name: str, key: str | None) -> int:
        """Delete for a running attempt: one entry, or with `key` None all.  Raises AirflowNotFoundException."""
        with write(self._engine) as connection:
            _writer(connection, attempt_id)
            return _drop_asset(connection, name, key)

    def delete(self, name: str, key: str | None = None) -> int:
        """Delete one entry, or with `key` None all; returns how many.  Raises ForbiddenError."""
        conditions = [_asset.asset == name] + ([] if key is None else [_asset.key == key])
        with write(self._engine) as connection:
            may_change_asset(connection, name)
            keys = list(connection.scalars(select(_asset.key).where(*conditions).order_by(_asset.key)))
            old = None if key is None else connection.scalar(select(_asset.value).where(*conditions))
            _drop_asset(connection, name, key)
            if keys:
                told = {"keys": keys[:MOST_NAMED], "entries": len(keys)} if key is None else shown_value(key, old)
                self._tell(connection, "delete_asset_state", before=told, asset=name, **given(key=key))
        return len(keys)

    def list(self, name: str, limit: int, offset: int) -> tuple[Sequence[Entry], int]:
        """A page of the entries of an asset by key, and how many there are."""
        columns = (_asset.key, _asset.value, _asset.updated_at, _asset.updated_by)
        query = select(*columns).where(_asset.asset == name).order_by(_asset.key)
        with read(self._engine) as connection:
            total = connection.scalar(select(func.count()).where(_asset.asset == name)) or 0
            rows = connection.execute(query.limit(limit).offset(offset)).all()
        return [Entry(row.key, row.value, row.updated_at, updated_by=row.updated_by) for row in rows], total


def forget_states(connection: Connection, run_pk: int, keys: Iterable[TaskKey]) -> None:
    """Delete what cleared task instances remember: they start anew.  Part of the transaction that clears them."""
    rows = [{"of_task": key.task_id, "of_index": key.map_index} for key in keys]
    if not rows:
        return
    mine = (_state.task_id == bindparam("of_task"), _state.map_index == bindparam("of_index"))
    connection.execute(delete(tables.task_state).where(_state.dag_run_id == run_pk, *mine), rows)


def _of(owner: Owner, *, all_map_indexes: bool = False) -> list[ColumnElement[bool]]:
    found = [_state.dag_run_id == owner.run_pk, _state.task_id == owner.task_id]
    return found if all_map_indexes else [*found, _state.map_index == owner.map_index]


def _alive(now: datetime) -> ColumnElement[bool]:
    return or_(_state.expires_at.is_(None), _state.expires_at > now)


def _running(attempt_id: str) -> ColumnElement[bool]:
    return and_(
        _ti.id == select(_attempt.ti_id).where(_attempt.id == attempt_id).scalar_subquery(),
        _ti.attempt_id == attempt_id,
        _ti.state == TaskInstanceState.RUNNING.value,
    )


def _owner(connection: Connection, attempt_id: str, *, lock: bool = False) -> Owner:
    """The task instance of a running attempt; with `lock` it stays so until the transaction ends."""
    query = select(_ti.dag_run_id, _ti.dag_id, _ti.run_id, _ti.task_id, _ti.map_index).where(_running(attempt_id))
    row = connection.execute(query.with_for_update(read=True) if lock else query).one_or_none()
    if row is None:
        raise _dead(attempt_id)
    return Owner(*row)


def _writer(connection: Connection, attempt_id: str) -> str:
    query = select(_ti.dag_id, _ti.run_id, _ti.task_id, _ti.map_index).where(_running(attempt_id))
    query = query.with_for_update(read=True)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise _dead(attempt_id)
    return json.dumps(dict(row._mapping))


def _dead(attempt_id: str) -> AirflowNotFoundException:
    return AirflowNotFoundException(
        f"attempt {attempt_id} is no longer the running attempt of its task: its state store is closed to it"
    )


def _value(connection: Connection, *where: ColumnElement[bool]) -> str | None:
    found = connection.scalar(select(_state.value).where(*where))
    return None if found is None else str(found)


def _put(connection: Connection, owner: Owner, key: str, value: str, now: datetime, expires: timedelta | None) -> None:
    row: dict[str, Any] = {
        "dag_run_id": owner.run_pk,
        "task_id": owner.task_id,
        "map_index": owner.map_index,
        "key": key,
        "value": value,
        "updated_at": now,
        "expires_at": None if expires is None else now + expires,
    }
    changed = ("value", "updated_at", "expires_at")
    connection.execute(insert_or_update(connection.dialect.name, tables.task_state, changed), [row])


def _put_asset(
    connection: Connection, asset: Asset, key: str, value: str, now: datetime, updated_by: str | None
) -> None:
    changed = {"uri": asset[1], "value": value, "updated_at": now, "updated_by": updated_by}
    statement = insert_or_update(connection.dialect.name, tables.asset_state, tuple(changed))
    connection.execute(statement, [{"asset": asset[0], "key": key, **changed}])


def _drop_asset(connection: Connection, name: str, key: str | None) -> int:
    conditions = [_asset.asset == name] + ([] if key is None else [_asset.key == key])
    return connection.execute(delete(tables.asset_state).where(*conditions)).rowcount


def _check(key: str, value: str, longest: int) -> None:
    if not key or len(key) > longest or "\x00" in key:
        raise InvalidError(f"the key {key[:60]!r} of a state store is not valid", fix=f"use 1 to {longest} characters")
    if len(value) > MAX_VALUE:
        raise InvalidError(
            f"the value of {key!r} has {len(value):,} characters, a state store takes {MAX_VALUE:,}",
            fix="keep ids and positions there, and the data in a file, a bucket or a table",
        )
    try:
        json.loads(value)
    except ValueError as error:
        raise InvalidError(f"the value of {key!r} is not JSON: {error}", fix="give JSON text") from None
