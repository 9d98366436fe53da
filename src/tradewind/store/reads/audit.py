"""The audit log for people: who changed what, how, and what was there before and after.  Called by the server.

Pages go by the id, which grows with time, or by the time: the ten-thousandth page costs as much as the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, or_, select

from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.query import Row

_event, _run = tables.event_log.c, tables.dag_run.c
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
        """Up to `limit` entries that are older than the one with the id `before`, and whether there are more.

        Of an entry of a run that is still there also what lists call the run by: `run_logical_date`, `run_run_after`,
        `run_partition_key`.
        """
        # by the time, of which there is an index, where nothing but the time is asked for
        of_time = (which.since or which.until) and not (which.owner or which.event or which.via or which.dag_id)
        order = (_event.at.desc(), _event.id.desc()) if of_time else (_event.id.desc(),)
        query = select(tables.event_log).order_by(*order).limit(limit + 1)
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
        with read(self._engine) as conn:
            if before is not None:
                query = query.where(_before(conn, before) if of_time else _event.id < before)
            rows = [dict(row) for row in conn.execute(_with_runs(query, by_time=bool(of_time))).mappings()]
        return rows[:limit], len(rows) > limit

    def kinds(self) -> list[str]:
        """The words for what was done, of the last entries."""
        last = select(_event.event).order_by(_event.id.desc()).limit(KINDS_LOOKED_AT).subquery()
        with read(self._engine) as conn:
            return sorted(conn.scalars(select(last.c.event).distinct()))


def _before(conn: Connection, entry_id: int) -> ColumnElement[bool]:
    """Of an entry that is gone by now the number is all that is known."""
    at = conn.scalar(select(_event.at).where(_event.id == entry_id))
    if at is None:
        return _event.id < entry_id
    return and_(_event.at <= at, or_(_event.at < at, _event.id < entry_id))


def _with_runs(query: Select[Any], *, by_time: bool) -> Select[Any]:
    """The entries that a query finds, and only then, one by one, their runs."""
    entry = query.subquery()
    named = (_run.logical_date, _run.run_after, _run.partition_key)
    return (
        select(entry, *(column.label(f"run_{column.name}") for column in named))
        .outerjoin(tables.dag_run, and_(_run.dag_id == entry.c.dag_id, _run.run_id == entry.c.run_id))
        .order_by(*([entry.c.at.desc()] if by_time else []), entry.c.id.desc())
    )
