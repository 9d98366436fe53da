"""The log of what changed: where it is, what was added.  Called by `server.live` and the reads of pages."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, Engine, func, select

from tradewind.store.changes import Changed
from tradewind.store.engine import read
from tradewind.store.tables_live import live_change

_NEWEST = select(func.max(live_change.c.id))
_OLDEST = select(func.min(live_change.c.id))
_decode = msgspec.json.Decoder(Changed).decode


def position(connection: Connection) -> int:
    """Id of the newest entry that this transaction sees; 0 for an empty log.

    Asked as the first thing of a transaction that reads a page: whoever watches from there on misses nothing.
    """
    return connection.execute(_NEWEST).scalar() or 0


@dataclass(frozen=True, slots=True)
class Part:
    """What was added to the log."""

    position: int
    """Of the newest entry read: ask for what comes after it next."""
    changes: list[Changed]
    lost: bool = False
    """Entries in between are gone, or the log is another one: whoever watches must look at everything anew."""


class ChangeReads:
    """Reads `live_change`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def position(self) -> int:
        """Id of the newest entry; 0 for an empty log."""
        with read(self._engine) as connection:
            return position(connection)

    def after(self, seen: int, limit: int = 1000) -> Part:
        """What was added after the entry `seen`; with more than `limit` entries nothing but that they were too many."""
        query = (
            select(live_change.c.id, live_change.c.body)
            .where(live_change.c.id > seen)
            .order_by(live_change.c.id)
            .limit(limit + 1)
        )
        with read(self._engine) as connection:
            newest = position(connection)
            if newest == seen:
                return Part(seen, [])
            oldest = connection.execute(_OLDEST).scalar() or 0
            if newest < seen or oldest > seen + 1:
                return Part(newest, [], lost=True)
            rows = connection.execute(query).all()
            if len(rows) > limit:
                return Part(newest, [], lost=True)
        return Part(rows[-1].id if rows else seen, [_decode(row.body) for row in rows])
