"""The audit log for people: who changed what, how, and what was there before and after.  Called by the server.

Pages go by the id, which grows with time: the ten-thousandth page costs as much as the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.query import Row

_event = tables.event_log.c
KINDS_LOOKED_AT = 5000
"""Newest entries that the words of the filter come from."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries; what is None does not bind."""

    owner: str | None = None
    event: str | None = None
    via: str | None = None
    dag_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditReads:
    """Reads `event_log`, the newest first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, which: AuditFilter, limit: int, before: int | None = None) -> tuple[list[Row], bool]:
        """Up to `limit` entries that are older than the one with the id `before`, and whether there are more."""
        query = select(tables.event_log).order_by(_event.id.desc()).limit(limit + 1)
        for column, value in (
            (_event.owner, which.owner),
            (_event.event, which.event),
            (_event.via, which.via),
            (_event.dag_id, which.dag_id),
        ):
            if value is not None:
                query = query.where(column == value)
        if which.since is not None:
            query = query.where(_event.at >= which.since)
        if which.until is not None:
            query = query.where(_event.at < which.until)
        if before is not None:
            query = query.where(_event.id < before)
        with read(self._engine) as conn:
            rows = [dict(row) for row in conn.execute(query).mappings()]
        return rows[:limit], len(rows) > limit

    def kinds(self) -> list[str]:
        """The words for what was done, of the last entries."""
        last = select(_event.event).order_by(_event.id.desc()).limit(KINDS_LOOKED_AT).subquery()
        with read(self._engine) as conn:
            return sorted(conn.scalars(select(last.c.event).distinct()))
