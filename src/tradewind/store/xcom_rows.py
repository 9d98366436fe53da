"""Writes XComs, with what they replace.  Called by `store.steps` and `store.xcoms`, inside their transactions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete

from tradewind.ports.store import XComWrite
from tradewind.store.prepared import Prepared
from tradewind.store.tables import task_map, xcom
from tradewind.store.upsert import insert_or_update

_CLEAR_XCOM = delete(xcom).where(
    xcom.c.dag_run_id == bindparam("run_pk"),
    xcom.c.task_id == bindparam("of_task"),
    xcom.c.map_index == bindparam("of_index"),
)
_CLEAR_LENGTH = delete(task_map).where(
    task_map.c.dag_run_id == bindparam("run_pk"),
    task_map.c.task_id == bindparam("of_task"),
    task_map.c.map_index == bindparam("of_index"),
)


def write_xcoms(connection: Connection, writes: Iterable[XComWrite], now: datetime) -> None:
    """Store XComs: the newest value of a key counts; `replace_all` drops what the task instance had
    before.
    """
    cleared: dict[tuple[int, str, int], dict[str, Any]] = {}
    values: defaultdict[tuple[int, str, int], dict[str, dict[str, Any]]] = defaultdict(dict)
    for written in writes:
        key = (written.run_pk, written.task_id, written.map_index)
        if written.replace_all:
            cleared[key] = {
                "run_pk": written.run_pk,
                "of_task": written.task_id,
                "of_index": written.map_index,
            }
            values[key].clear()
        for value in written.values:
            values[key][value.key] = {
                "dag_run_id": written.run_pk,
                "task_id": written.task_id,
                "map_index": written.map_index,
                "key": value.key,
                "dag_id": written.dag_id,
                "run_id": written.run_id,
                "value": value.value,
                "created_at": now,
            }
    if cleared:
        connection.execute(_CLEAR_XCOM, list(cleared.values()))
        connection.execute(_CLEAR_LENGTH, list(cleared.values()))
    rows = [row for of_task in values.values() for row in of_task.values()]
    if rows:
        _store_xcoms(connection.dialect.name).run(connection, rows)


@lru_cache(maxsize=4)
def _store_xcoms(dialect: str) -> Prepared:
    return Prepared(insert_or_update(dialect, xcom, ("value", "created_at")), xcom.c.keys())
