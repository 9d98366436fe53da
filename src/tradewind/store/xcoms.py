"""XComs: what tasks pass to each other, as JSON text.

Called by `services.task_api` for running tasks, and by `server` and `cli` for people.  The values that
a task leaves at its end are written by the scheduler together with the outcome (`store.steps`); lists
for people are in `store.reads`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, select, update

from tradewind.errors import AirflowNotFoundException, ConflictError, InvalidError, NotFoundError
from tradewind.ports.store import XComWrite
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.states import TaskInstanceState
from tradewind.spec.wire import GetXCom, GetXComItems, XComValue
from tradewind.store import tables
from tradewind.store.actions_checks import chunks
from tradewind.store.actions_common import record
from tradewind.store.audit import shown_value
from tradewind.store.engine import read, write
from tradewind.store.xcom_elements import XComElements
from tradewind.store.xcom_rows import write_xcoms

_xcom, _run, _ti = tables.xcom.c, tables.dag_run.c, tables.task_instance.c
_ORDER = (_xcom.task_id, _xcom.map_index, _xcom.key)
MAX_KEY = 512


@dataclass(frozen=True, slots=True)
class XComRecord:
    """One XCom."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    key: str
    value: str
    """JSON text."""
    created_at: datetime


Found = tuple[str, int, str]
"""(task id, map index, JSON text)."""


class XComs:
    """All XComs of the metadata database.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.elements = XComElements(engine)
        """What instances of mapped tasks ask for."""

    def get_many(self, wanted: GetXCom) -> Sequence[Found]:
        """What `xcom_pull` finds: (task id, map index, JSON text), in the order of `task_ids` and map
        indexes.

        With `task_ids` None, of any task, the newest value last.  With `include_prior_dates` each task
        gives the values of its newest run that has the key, among this run and those with an earlier
        logical date.  Empty when there is none, also when the run does not exist.
        """
        with read(self._engine) as connection:
            own = connection.execute(
                select(_run.id, _run.logical_date, _run.run_after).where(
                    _run.dag_id == wanted.dag_id, _run.run_id == wanted.run_id
                )
            ).one_or_none()
            if own is None:
                return []
            if not wanted.include_prior_dates:
                return self._of_run(connection, own.id, wanted, wanted.task_ids)
            if own.logical_date is not None:
                moment, limit = _run.logical_date, own.logical_date
            else:  # a run without a logical date looks back from the time it was to start
                moment, limit = _run.run_after, own.run_after
            newest = _newest_runs(connection, wanted, moment, moment <= limit)
            found: list[Found] = []
            for task_id, run_pk in newest:
                found += self._of_run(connection, run_pk, wanted, [task_id])
            return found

    def items(self, wanted: GetXComItems) -> tuple[int, list[list[Any]]]:
        """See `wire.GetXComItems`."""
        with read(self._engine) as connection:
            conditions = (
                _xcom.dag_run_id == _pk(wanted.dag_id, wanted.run_id),
                _xcom.task_id == wanted.task_id,
                _xcom.key == wanted.key,
                _xcom.map_index > (-1 if wanted.after is None else wanted.after),
            )
            if wanted.limit < 1 or wanted.offset < 0:
                return connection.scalar(select(func.count()).select_from(tables.xcom).where(*conditions)) or 0, []
            query = select(_xcom.map_index, _xcom.value).where(*conditions).order_by(_xcom.map_index)
            return 0, [list(row) for row in connection.execute(query.offset(wanted.offset).limit(wanted.limit))]

    def _of_run(
        self, connection: Connection, run_pk: int, wanted: GetXCom, task_ids: Collection[str] | None
    ) -> list[Found]:
        query = select(_xcom.task_id, _xcom.map_index, _xcom.value).where(
            _xcom.dag_run_id == run_pk, _xcom.key == wanted.key
        )
        if wanted.map_indexes is not None:
            query = query.where(_xcom.map_index.in_(wanted.map_indexes))
        if task_ids is None:
            rows = connection.execute(query.order_by(_xcom.created_at, _xcom.task_id, _xcom.map_index))
            return [tuple(row) for row in rows]
        position = {task_id: index for index, task_id in reversed(list(enumerate(task_ids)))}
        found: list[Found] = []
        for part in chunks(list(position)):
            found += [tuple(row) for row in connection.execute(query.where(_xcom.task_id.in_(part)))]
        return sorted(found, key=lambda row: (position[row[0]], row[1]))

    def set(
        self,
        dag_id: str,
        run_id: str,
        task_id: str,
        key: str,
        value: str,
        *,
        map_index: int = NOT_MAPPED,
        now: datetime,
        create: bool = False,
        user: str | None = None,
    ) -> None:
        """Store JSON text for a task instance, from outside.

        Raises NotFoundError when the task instance does not exist, InvalidError for text that is not
        JSON, and with `create` ConflictError when the key is there already.
        """
        _check(key, value)
        with write(self._engine) as connection:
            run_pk = connection.scalar(
                select(_ti.dag_run_id)
                .where(
                    _ti.dag_id == dag_id,
                    _ti.run_id == run_id,
                    _ti.task_id == task_id,
                    _ti.map_index == map_index,
                )
                .with_for_update(read=True, key_share=True)
            )
            if run_pk is None:
                raise NotFoundError(
                    f"run {run_id!r} of DAG {dag_id!r} has no task {task_id!r} with map index {map_index}"
                )
            if create and connection.scalar(select(func.count()).where(*_is(run_pk, task_id, map_index, key))):
                raise ConflictError(
                    f"an XCom with key {key!r} of task {task_id!r} exists already in run {run_id!r}",
                    fix="choose another key, or change the existing entry",
                )
            place = (dag_id, run_id, task_id, map_index)
            old = connection.scalar(select(_xcom.value).where(*_named(*place, key)))
            values = (XComValue(key=key, value=value),)
            write_xcoms(connection, [XComWrite(run_pk, *place, values)], now)
            event = "create_xcom_entry" if old is None else "update_xcom_entry"
            _tell(connection, event, now, user, place, key, before=old, after=value)

    def change(
        self,
        dag_id: str,
        run_id: str,
        task_id: str,
        key: str,
        value: str,
        *,
        map_index: int = NOT_MAPPED,
        now: datetime,
        user: str | None = None,
    ) -> None:
        """Replace the JSON text of an existing XCom.  Raises NotFoundError, InvalidError."""
        _check(key, value)
        named = _named(dag_id, run_id, task_id, map_index, key)
        with write(self._engine) as connection:
            row = connection.execute(
                select(_xcom.created_at, _xcom.value).where(*named).with_for_update()
            ).one_or_none()
            if row is None:
                raise _missing(dag_id, run_id, task_id, key)
            # the time tells readers that keep a value that it is another one: see `xcom_elements`
            moment = max(now, row.created_at + timedelta(microseconds=1))
            connection.execute(update(tables.xcom).where(*named).values(value=value, created_at=moment))
            place = (dag_id, run_id, task_id, map_index)
            _tell(connection, "update_xcom_entry", now, user, place, key, before=row.value, after=value)

    def set_by_attempt(self, attempt_id: str, key: str, value: str, now: datetime) -> None:
        """Store what a running attempt pushes.

        Raises AirflowNotFoundException when the attempt is not the current one of its task instance, or
        does not run: it was cleared, marked or declared lost meanwhile, and must change nothing any
        more.  Raises InvalidError.
        """
        _check(key, value)
        with write(self._engine) as connection:
            # the lock keeps the task instance as it is until the value is in
            row = connection.execute(
                select(_ti.dag_run_id, _ti.dag_id, _ti.run_id, _ti.task_id, _ti.map_index)
                .where(
                    _ti.id == select(tables.attempt.c.ti_id).where(tables.attempt.c.id == attempt_id).scalar_subquery(),
                    _ti.attempt_id == attempt_id,
                    _ti.state == TaskInstanceState.RUNNING.value,
                )
                .with_for_update(read=True)
            ).one_or_none()
            if row is None:
                raise AirflowNotFoundException(
                    f"attempt {attempt_id} is no longer the running attempt of its task: "
                    f"the XCom {key!r} was not stored"
                )
            write_xcoms(connection, [XComWrite(*row, values=(XComValue(key=key, value=value),))], now)

    def delete(
        self,
        dag_id: str,
        run_id: str,
        task_id: str,
        key: str,
        *,
        map_index: int = NOT_MAPPED,
        user: str | None = None,
        now: datetime | None = None,
    ) -> None:
        """On behalf of a user at a time, for the audit log.  Raises NotFoundError."""
        with write(self._engine) as connection:
            place = (dag_id, run_id, task_id, map_index)
            old = connection.scalar(select(_xcom.value).where(*_named(*place, key)))
            gone = connection.execute(delete(tables.xcom).where(*_named(*place, key)))
            if not gone.rowcount:
                raise _missing(dag_id, run_id, task_id, key)
            if now is not None:
                _tell(connection, "delete_xcom_entry", now, user, place, key, before=old)

    def list(
        self, dag_id: str, run_id: str, task_id: str | None = None, *, map_index: int | None = None
    ) -> Sequence[XComRecord]:
        """All XComs of a run, or of one of its tasks, by task, map index and key."""
        conditions = [_xcom.dag_run_id == _pk(dag_id, run_id)]
        if task_id is not None:
            conditions.append(_xcom.task_id == task_id)
        if map_index is not None:
            conditions.append(_xcom.map_index == map_index)
        query = select(
            _xcom.dag_id,
            _xcom.run_id,
            _xcom.task_id,
            _xcom.map_index,
            _xcom.key,
            _xcom.value,
            _xcom.created_at,
        )
        with read(self._engine) as connection:
            rows = connection.execute(query.where(*conditions).order_by(*_ORDER)).all()
        return [XComRecord(*row) for row in rows]


def _tell(
    connection: Connection,
    event: str,
    now: datetime,
    user: str | None,
    of: tuple[str, str, str, int],
    key: str,
    *,
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Enter a change by a person into the audit log, with the beginnings of the JSON texts."""
    if user is not None:
        dag_id, run_id, task_id, map_index = of
        index = None if map_index == NOT_MAPPED else map_index
        place: dict[str, Any] = {"dag_id": dag_id, "run_id": run_id, "task_id": task_id, "map_index": index}
        old, new = shown_value(key, before), shown_value(key, after)
        record(connection, event, now, user, **place, extra={"key": key}, before=old, after=new)


def _newest_runs(
    connection: Connection,
    wanted: GetXCom,
    moment: ColumnElement[datetime | None],
    not_later: ColumnElement[bool],
) -> Sequence[tuple[str, int]]:
    """(task id, pk of its newest run that has the key), in the order in which the values are given."""
    conditions = [_run.dag_id == wanted.dag_id, not_later, _xcom.key == wanted.key]
    if wanted.map_indexes is not None:
        conditions.append(_xcom.map_index.in_(wanted.map_indexes))
    joined = tables.dag_run.join(tables.xcom, _xcom.dag_run_id == _run.id)
    if wanted.task_ids is not None:
        # walks the index of the runs backwards and stops at the first hit, however long the history is
        query = select(_run.id).select_from(joined).order_by(moment.desc(), _run.id.desc()).limit(1)
        found = [
            (task_id, connection.scalar(query.where(*conditions, _xcom.task_id == task_id)))
            for task_id in dict.fromkeys(wanted.task_ids)
        ]
        return [(task_id, run_pk) for task_id, run_pk in found if run_pk is not None]
    newest = (
        select(_xcom.task_id, func.max(moment).label("at"))
        .select_from(joined)
        .where(*conditions)
        .group_by(_xcom.task_id)
        .subquery()
    )
    rows = connection.execute(
        select(_xcom.task_id, func.max(_run.id), func.max(_xcom.created_at).label("made"))
        .select_from(joined)
        .join(newest, and_(newest.c.task_id == _xcom.task_id, newest.c.at == moment))
        .where(*conditions)
        .group_by(_xcom.task_id)
        .order_by("made", _xcom.task_id)
    )
    return [(row[0], row[1]) for row in rows]


def _check(key: str, value: str) -> None:
    if not key or len(key) > MAX_KEY or "\x00" in key:
        raise InvalidError(f"XCom key {key[:60]!r} is not valid", fix=f"use 1 to {MAX_KEY} characters, no NUL")
    try:
        json.loads(value)
    except ValueError as error:
        raise InvalidError(f"the value of XCom {key!r} is not JSON: {error}", fix="give JSON text") from None


def _pk(dag_id: str, run_id: str) -> ColumnElement[int]:
    return select(_run.id).where(_run.dag_id == dag_id, _run.run_id == run_id).scalar_subquery()


def _is(run_pk: int | ColumnElement[int], task_id: str, map_index: int, key: str) -> list[ColumnElement[bool]]:
    return [
        _xcom.dag_run_id == run_pk,
        _xcom.task_id == task_id,
        _xcom.map_index == map_index,
        _xcom.key == key,
    ]


def _named(dag_id: str, run_id: str, task_id: str, map_index: int, key: str) -> list[ColumnElement[bool]]:
    return _is(_pk(dag_id, run_id), task_id, map_index, key)


def _missing(dag_id: str, run_id: str, task_id: str, key: str) -> NotFoundError:
    return NotFoundError(f"task {task_id!r} of run {run_id!r} of DAG {dag_id!r} has no XCom {key!r}")
