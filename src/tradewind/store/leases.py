"""Leadership and liveness in the `lease` and `worker` tables.  Called by `services` (scheduler, janitor, dag
processor).

A lease is free when it expired, and also at once when its holder was a process of this very host that is
gone: after a crash on one machine nobody waits for a timeout.  The times come from the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from tradewind.core.phrases import say
from tradewind.store.engine import read, write
from tradewind.store.process import is_gone, this_host, this_process
from tradewind.store.tables import lease, worker
from tradewind.store.types import AnyRow
from tradewind.store.upsert import insert_or_skip

_LEASE = select(lease).where(lease.c.name == bindparam("lease_name"))
_TAKE = (
    update(lease)
    .where(lease.c.name == bindparam("lease_name"), lease.c.holder == bindparam("old_holder"))
    .values(
        holder=bindparam("new_holder"),
        expires_at=bindparam("new_expiry"),
        hostname=bindparam("new_hostname"),
        process=bindparam("new_process"),
    )
)
_WORKERS = select(worker).where(worker.c.id.in_(bindparam("ids", expanding=True)))
_CHUNK = 500


class SqlLeaseStore:
    """Implements `ports.leases.LeaseStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def acquire(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Take or renew the lease `name` until `now + ttl`; False when a living holder has it."""
        with read(self._engine) as connection:
            # a standby asks often and must not take the write lock of SQLite for a no
            row = connection.execute(_LEASE, {"lease_name": name}).first()
        if row is not None and not _is_free(row, holder, now):
            return False
        with write(self._engine) as connection:
            return self._take(connection, name, holder, now, ttl)

    def renew(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Keep the lease `name` until `now + ttl`; False when somebody else had it meanwhile.

        One that ran out is kept all the same while nobody took it.
        """
        with write(self._engine) as connection:
            kept = connection.execute(
                update(lease).where(lease.c.name == name, lease.c.holder == holder).values(expires_at=now + ttl)
            )
            return kept.rowcount == 1

    def _take(self, connection: Connection, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        row = connection.execute(_LEASE.with_for_update(), {"lease_name": name}).first()
        values = {
            "holder": holder,
            "expires_at": now + ttl,
            "hostname": this_host(),
            "process": this_process(),
        }
        if row is None:
            statement = insert_or_skip(connection.dialect.name, lease.c.holder)
            return connection.execute(statement, {"name": name, **values}).first() is not None
        if not _is_free(row, holder, now):
            return False
        taken = connection.execute(
            _TAKE,
            {
                "lease_name": name,
                "old_holder": row.holder,
                "new_holder": holder,
                "new_expiry": values["expires_at"],
                "new_hostname": values["hostname"],
                "new_process": values["process"],
            },
        )
        return taken.rowcount == 1

    def release(self, name: str, holder: str) -> None:
        """Give the lease back, if it is ours."""
        with write(self._engine) as connection:
            connection.execute(delete(lease).where(lease.c.name == name, lease.c.holder == holder))

    def register(self, worker_id: str, kind: str, now: datetime) -> None:
        """Enter the calling process as a live `kind`; an earlier entry of the same id is replaced."""
        with write(self._engine) as connection:
            connection.execute(delete(worker).where(worker.c.id == worker_id))
            connection.execute(
                insert(worker),
                {
                    "id": worker_id,
                    "kind": kind,
                    "hostname": this_host(),
                    "process": this_process(),
                    "started_at": now,
                    "heartbeat_at": now,
                    "ended_at": None,
                },
            )

    def heartbeat(self, worker_ids: Sequence[str], now: datetime) -> None:
        """Say that they live; one that was ended stays ended."""
        if not worker_ids:
            return
        with write(self._engine) as connection:
            connection.execute(
                update(worker)
                .where(worker.c.id == bindparam("worker_id"), worker.c.ended_at.is_(None))
                .values(heartbeat_at=bindparam("at")),
                [{"worker_id": worker_id, "at": now} for worker_id in sorted(set(worker_ids))],
            )

    def end(self, worker_id: str, now: datetime) -> None:
        """Say that it stopped cleanly; the first end counts."""
        with write(self._engine) as connection:
            connection.execute(
                update(worker)
                .where(worker.c.id == worker_id, worker.c.ended_at.is_(None))
                .values(ended_at=now, heartbeat_at=now)
            )

    def dead_workers(self, worker_ids: Iterable[str], now: datetime, ttl: timedelta) -> dict[str, str]:
        """Those of `worker_ids` that are gone, each with a sentence why."""
        asked = sorted(set(worker_ids))
        if not asked:
            return {}
        known: dict[str, AnyRow] = {}
        with read(self._engine) as connection:
            for start in range(0, len(asked), _CHUNK):
                rows = connection.execute(_WORKERS, {"ids": asked[start : start + _CHUNK]})
                known.update((row.id, row) for row in rows)
        reasons = {worker_id: _why_dead(worker_id, known.get(worker_id), now, ttl) for worker_id in asked}
        return {worker_id: reason for worker_id, reason in reasons.items() if reason is not None}


def _is_free(row: AnyRow, holder: str, now: datetime) -> bool:
    if row.holder == holder or row.expires_at <= now:
        return True
    return bool(row.hostname == this_host()) and is_gone(row.process)


def _why_dead(worker_id: str, row: AnyRow | None, now: datetime, ttl: timedelta) -> str | None:
    if row is None:
        return str(say("lost.worker_unknown", worker=worker_id))
    who = {"kind": row.kind, "worker": worker_id, "host": row.hostname}
    if row.ended_at is not None:
        return str(say("lost.worker_stopped", at=row.ended_at.isoformat(), **who))
    if row.hostname == this_host() and is_gone(row.process):
        return str(say("lost.worker_gone", pid=row.process.partition(":")[0], **who))
    if row.heartbeat_at + ttl <= now:
        return str(say("lost.worker_silent", at=row.heartbeat_at.isoformat(), **who))
    return None
