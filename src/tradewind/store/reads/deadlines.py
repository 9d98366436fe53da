"""Deadlines for people.  Called by the server."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, func, select

from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Rows, Sort

_table, _run = tables.deadline, tables.dag_run.c
LISTING = Listing({"due_at": Sort(_table.c.due_at), "id": Sort(_table.c.id)}, ("due_at",), "id")


class DeadlineReads:
    """Deadlines for people."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, page: Page, dag_id: str | None, run_id: str | None, *, missed: bool | None) -> Rows:
        """The columns of `deadline` and `run_id`, earliest first."""
        of_run = func.coalesce(_run.run_id, _table.c.run_id)
        columns = [column for column in _table.c if column.key != "run_id"]
        query = select(*columns, of_run.label("run_id")).outerjoin(tables.dag_run, _run.id == _table.c.dag_run_id)
        if dag_id is not None:
            query = query.where(_table.c.dag_id == dag_id)
        if run_id is not None:
            query = query.where(of_run == run_id)
        if missed is not None:
            query = query.where((_table.c.state == "missed") if missed else (_table.c.state != "missed"))
        with read(self._engine) as connection:
            return fetch(connection, query, LISTING, page)

    def of_dag(self, dag_id: str, limit: int) -> list[dict[str, Any]]:
        """As in `page`: those missed last, newest first, then those that are due next, at most `limit` of each."""
        of_run = func.coalesce(_run.run_id, _table.c.run_id)
        columns = [column for column in _table.c if column.key != "run_id"]
        query = (
            select(*columns, of_run.label("run_id"))
            .outerjoin(tables.dag_run, _run.id == _table.c.dag_run_id)
            .where(_table.c.dag_id == dag_id)
            .limit(limit)
        )
        missed = query.where(_table.c.state == "missed").order_by(_table.c.due_at.desc(), _table.c.id)
        pending = query.where(_table.c.state == "pending").order_by(_table.c.due_at, _table.c.id)
        with read(self._engine) as connection:
            return [dict(row) for part in (missed, pending) for row in connection.execute(part).mappings()]
