"""Where values of XComs lie that are too large for a row.

Called by `services.task_api` for running tasks and by the janitor.  A place is reserved before anything is written
there; it is garbage once no XCom refers to it and its attempt has ended, whatever deleted the XCom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from sqlalchemy import Engine, and_, delete, func, insert, select

from tradewind.errors import AirflowNotFoundException, NotFoundError
from tradewind.spec import serde
from tradewind.spec.states import AttemptState, TaskInstanceState
from tradewind.spec.wire import ReserveBlob
from tradewind.store import tables
from tradewind.store.engine import read, write

_blob, _xcom, _ti, _attempt = tables.xcom_blob.c, tables.xcom.c, tables.task_instance.c, tables.attempt.c
_LIVE = (AttemptState.QUEUED.value, AttemptState.RUNNING.value)
_HEAD = 100
"""Characters of an XCom that tell whether it refers to a blob, and to which."""


@dataclass(frozen=True, slots=True)
class Garbage:
    """A blob that nobody refers to."""

    id: str
    location: str


class Blobs:
    """The register of large values.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reserve(self, wanted: ReserveBlob, root: str, blob_id: str, now: datetime) -> str:
        """Register a place under `root` (a folder or an address) for a running attempt; returns the location.

        Raises AirflowNotFoundException when the attempt is not the running one of its task instance.
        """
        with write(self._engine) as connection:
            row = connection.execute(
                select(_ti.dag_run_id, _ti.dag_id, _ti.task_id, _ti.map_index)
                .join(tables.attempt, _attempt.ti_id == _ti.id)
                .where(
                    _attempt.id == wanted.attempt_id,
                    _ti.attempt_id == wanted.attempt_id,
                    _ti.state == TaskInstanceState.RUNNING.value,
                )
            ).one_or_none()
            if row is None:
                raise AirflowNotFoundException(
                    f"attempt {wanted.attempt_id} is no longer the running attempt of its task: "
                    f"the XCom {wanted.key!r} was not stored"
                )
            parts = (row.dag_id, str(row.dag_run_id), row.task_id, f"{blob_id}{wanted.suffix}")
            location = "/".join((root.rstrip("/"), *(quote(part, safe="").replace("..", "%2E%2E") for part in parts)))
            connection.execute(
                insert(tables.xcom_blob).values(
                    id=blob_id,
                    attempt_id=wanted.attempt_id,
                    dag_run_id=row.dag_run_id,
                    task_id=row.task_id,
                    map_index=row.map_index,
                    key=wanted.key,
                    location=location,
                    size=wanted.bytes,
                    created_at=now,
                )
            )
        return location

    def find(self, blob_id: str) -> str:
        """The location.  Raises NotFoundError."""
        with read(self._engine) as connection:
            location = connection.scalar(select(_blob.location).where(_blob.id == blob_id))
        if location is None:
            raise NotFoundError(f"the large XCom {blob_id} does not exist any more")
        return str(location)

    def garbage(self, after: str, limit: int = 500) -> tuple[Sequence[Garbage], str]:
        """Of the next `limit` blobs after an id ('' is the first): those nobody refers to; and the id to go on after.

        That id is empty when there are no more.
        """
        head = func.substr(_xcom.value, 1, _HEAD)
        same = and_(
            _xcom.dag_run_id == _blob.dag_run_id,
            _xcom.task_id == _blob.task_id,
            _xcom.map_index == _blob.map_index,
            _xcom.key == _blob.key,
        )
        query = (
            select(_blob.id, _blob.location, _attempt.state, head)
            .join(tables.xcom, same, isouter=True)
            .join(tables.attempt, _attempt.id == _blob.attempt_id, isouter=True)
            .where(_blob.id > after)
            .order_by(_blob.id)
            .limit(limit)
        )
        with read(self._engine) as connection:
            rows = connection.execute(query).all()
        found = [Garbage(row[0], row[1]) for row in rows if row[2] not in _LIVE and not _refers(row[3], row[0])]
        return found, rows[-1][0] if len(rows) == limit else ""

    def forget(self, blob_id: str) -> None:
        """Take a blob out of the register: its file is gone."""
        with write(self._engine) as connection:
            connection.execute(delete(tables.xcom_blob).where(_blob.id == blob_id))


def _refers(head: str | None, blob_id: str) -> bool:
    return head is not None and serde.tag_of(head) == serde.BLOB and f'"{blob_id}"' in head
