"""Keeps the log of changes short.  Called by the janitor; written by `store.changes`, read by `store.reads.changes`."""

from __future__ import annotations

from sqlalchemy import Engine, delete, func, select

from tradewind.store.engine import read, write
from tradewind.store.tables_live import live_change

_NEWEST = select(func.max(live_change.c.id))
_OLDEST = select(func.min(live_change.c.id))
BATCH = 5000
"""Rows in one transaction, so that nobody waits for it."""


class ChangeLog:
    """The log as a whole.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self) -> int:
        """Id of the newest entry; 0 for an empty log."""
        with read(self._engine) as connection:
            return connection.execute(_NEWEST).scalar() or 0

    def trim(self, up_to: int) -> int:
        """Delete entries up to this id, but never the newest, which says where the log is; how many."""
        deleted = 0
        while True:
            with write(self._engine) as connection:
                oldest, newest = connection.execute(_OLDEST).scalar() or 0, connection.execute(_NEWEST).scalar() or 0
                last = min(up_to, newest - 1, oldest + BATCH - 1)
                if not oldest or last < oldest:
                    return deleted
                deleted += connection.execute(delete(live_change).where(live_change.c.id <= last)).rowcount
