"""Task instances, their tries and where their logs lie.  Called by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, false, func, select

from tradewind.spec.states import TaskInstanceState
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads import paging, task_filter
from tradewind.store.reads.paging import Piece, Pieces, Span, fetch
from tradewind.store.reads.query import Listing, Page, Row, Rows, Sort, Where, duration
from tradewind.store.reads.task_filter import (
    DURATION,
    IS_MAPPED,
    IS_RETRIED,
    IS_WEIGHED,
    NAME,
    TaskInstanceFilter,
    Way,
    of_shape,
    way,
)
from tradewind.store.reads.versions import VersionReads, version_columns
from tradewind.store.residual import along, residual
from tradewind.store.tables_lists import task_shape

_ti, _run, _dag = tables.task_instance.c, tables.dag_run.c, tables.dag.c
_attempt, _version = tables.attempt.c, tables.dag_version.c
UNUSUAL_STATES = ("failed", "skipped", "upstream_failed", "removed")

LISTING = Listing(
    {
        "id": Sort(_ti.id),
        "state": Sort(_ti.state, nullable=True),
        "dag_id": Sort(_ti.dag_id),
        "run_id": Sort(_ti.run_id),
        "task_id": Sort(_ti.task_id),
        "map_index": Sort(_ti.map_index),
        "rendered_map_index": Sort(_ti.rendered_map_index, nullable=True),
        "try_number": Sort(_ti.try_number),
        "operator": Sort(_ti.operator, nullable=True),
        "start_date": Sort(_ti.start_date, nullable=True),
        "end_date": Sort(_ti.end_date, nullable=True),
        "duration": Sort(DURATION, nullable=True, present=DURATION.is_not(None)),
        "queued_when": Sort(_ti.queued_at, nullable=True),
        "updated_at": Sort(_ti.updated_at),
        "pool": Sort(_ti.pool),
        "queue": Sort(_ti.queue),
        "priority_weight": Sort(_ti.priority_weight),
        "logical_date": Sort(_run.logical_date, nullable=True),
        "run_after": Sort(_run.run_after),
        "data_interval_start": Sort(_run.data_interval_start, nullable=True),
        "data_interval_end": Sort(_run.data_interval_end, nullable=True),
    },
    ("map_index",),
    "id",
)

OF_ALL = replace(LISTING, sorts={**LISTING.sorts, "run_id": Sort(_run.run_id)})
"""The list of all DAGs: the ids of runs come from the runs, which have an index of them."""
_OF_RUN = [sort for sort in OF_ALL.sorts.values() if getattr(sort.expression, "table", None) is tables.dag_run]


def select_task_instances(*, along_runs: bool = False) -> Select[Any]:
    """All columns of a task instance, and of its run: logical_date, run_after, version.

    With `along_runs` the runs are gone through in their order, and the tasks of each are taken: SQLite, which reckons
    with no LIMIT, would sort all task instances.
    """
    run_id = residual(_run.id) if along_runs else _run.id
    return (
        select(
            tables.task_instance,
            _run.logical_date,
            _run.run_after,
            _run.version_id,
            _dag.display_name.label("dag_display_name"),
            *version_columns(),
        )
        .join(tables.dag_run, run_id == _ti.dag_run_id)
        .join(tables.dag_version, _version.id == _run.version_id)
        .join(tables.dag, _dag.dag_id == _ti.dag_id, isouter=True)
    )


class TaskInstanceReads:
    """Reads `task_instance` and `attempt`."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    def page(self, which: TaskInstanceFilter, page: Page) -> Rows:
        """Task instances, as `select_task_instances` gives them, `spec` (DagSpec) and `duration` (seconds).

        Without an order those of named runs come by map index, as in Airflow; that would sort all that there ever was
        where no run is named: those of a DAG come by run and task, those of a time by it, those of all DAGs or in a
        state the oldest first.
        """
        if not page.order_by and not which.run_ids:
            page = replace(page, order_by=_natural_order(which))
        listing = LISTING if which.dag_ids or which.run_ids else OF_ALL
        if which.dag_ids and len(which.dag_ids) == 1:
            page = replace(page, order_by=_without_dag(page.order_by))
        with read(self._engine) as conn:
            found = way(conn, which, page.order_by in (("id",), ("-id",)))
            countable, walked, query = self._selects(found, page.order_by, listing)
            pieces = None
            if found.few is None and not found.nothing and page.offset <= task_filter.FEW:
                pieces = self._pieces(conn, found.which, page.order_by, listing)
            most = None if found.far else paging.MOST_COUNTED
            rows = fetch(
                conn,
                query,
                listing,
                page,
                countable,
                bare=select_task_instances(),
                walked=walked,
                pieces=pieces,
                most=most,
                gathered=found.few is not None,
                total=found.total,
                at_least=found.at_least,
            )
            self._complete(conn, rows.items)
        return rows

    def _selects(
        self, found: Way, order_by: Sequence[str], listing: Listing
    ) -> tuple[Select[Any], Select[Any], Select[Any]]:
        """What is counted, what is walked, and all columns of what is walked."""
        which = found.which
        keys = select(_ti.id)
        if which.version_numbers or which.run_after or which.logical_date:
            keys = keys.join(tables.dag_run, _run.id == _ti.dag_run_id)
        if which.version_numbers:
            keys = keys.join(tables.dag_version, _version.id == _run.version_id)
        if found.nothing:
            return keys.where(false()), keys.where(false()), select_task_instances().where(false())
        lead = listing.sorts.get(order_by[0].removeprefix("-")) if order_by else None
        if found.few is not None:
            few = [*found.few, *([] if found.alone else self._where(which, walked=True, found=True).conditions)]
            keys = keys.where(*few)
            return keys, keys, select_task_instances().where(*few)
        if which.run_ids and which.dag_ids:
            conditions = self._where(which, walked=True).conditions
            keys = keys.where(*conditions)
            return keys, keys, select_task_instances().where(*conditions)
        walked = self._where(which, lead=lead, walked=True).conditions
        along_runs = any(lead is sort for sort in _OF_RUN) and not which.run_ids
        query = select_task_instances(along_runs=along_runs).where(*walked)
        if along_runs and which.dag_ids:
            query = query.where(_run.dag_id.in_(which.dag_ids))
        return keys.where(*self._where(which).conditions), keys.where(*walked), query

    def _pieces(
        self, conn: Connection, which: TaskInstanceFilter, order_by: Sequence[str], listing: Listing
    ) -> Pieces | None:
        """The list by the values of the first key, for keys that have few."""
        name = order_by[0].removeprefix("-") if order_by else ""
        if which.run_ids or name not in PIECES or (name == "dag_id" and which.dag_ids and len(which.dag_ids) == 1):
            return None
        values: Sequence[Any]
        if name == "state":
            values = [*sorted(TaskInstanceState), None]
        elif name == "map_index":
            values = [-1, Span(above=-1)]
        elif name == "priority_weight":
            values = [Span(below=1), 1, Span(above=1)]
        elif name == "rendered_map_index":
            values = [Span(), None]
        elif name == "try_number":
            most = conn.execute(select(func.max(_ti.try_number)).where(IS_RETRIED)).scalar()
            values = range(max(most or 0, 1) + 1)
        else:
            shape = task_shape.c[name]
            conditions = of_shape(which, self._engine.dialect.name == "sqlite", dags=True).conditions
            values = list(conn.scalars(select(shape).where(*conditions).distinct().order_by(shape)))
            values = [value for value in values if value is not None] + [None] * (None in values)
        field, given = PIECES[name], getattr(which, PIECES[name])

        def rows(value: Any) -> Piece | None:
            if isinstance(value, Span) and value.values:
                several: dict[str, Any] = {field: value.values}
                found = way(conn, replace(which, **several), False, piece=True)
                _, walked, query = self._selects(found, order_by, listing)
                return Piece(walked, query, True) if found.nothing or found.few is not None else None
            if isinstance(value, Span):
                _, walked, query = self._selects(Way(which, _within(name, value)), order_by, listing)
                return Piece(walked, query)
            left = order_by[1:] or ("-id" if order_by[0].startswith("-") else "id",)
            only: dict[str, Any] = {field: [value]}
            usual = name == "task_id" or value in _USUAL.get(name, ())
            found = way(conn, replace(which, **only), left in (("id",), ("-id",)), piece=usual)
            _, walked, query = self._selects(found, left, listing)
            staged = None if found.staged is None else select(_ti.id).where(*found.staged)
            return Piece(walked, query, found.few is not None, staged)

        values = [value for value in values if not given or isinstance(value, Span) or value in given]
        return Pieces(_together(values) if len(values) > TOGETHER else values, rows)

    def get(self, dag_id: str, run_id: str, task_id: str, map_index: int) -> Row | None:
        """One task instance, as in `list`."""
        query = select_task_instances().where(
            _ti.dag_id == dag_id, _ti.run_id == run_id, _ti.task_id == task_id, _ti.map_index == map_index
        )
        with read(self._engine) as conn:
            rows = [dict(row) for row in conn.execute(query).mappings()]
            self._complete(conn, rows)
        return rows[0] if rows else None

    def of_ids(self, ids: Sequence[str]) -> list[Row]:
        """The task instances with these ids, ordered by run, task and map index."""
        found: list[Row] = []
        with read(self._engine) as conn:
            for start in range(0, len(ids), 500):
                rows = conn.execute(select_task_instances().where(_ti.id.in_(ids[start : start + 500]))).mappings()
                found += [dict(row) for row in rows]
            self._complete(conn, found)
        return sorted(found, key=lambda row: (row["dag_run_id"], row["task_id"], row["map_index"]))

    def tries(self, ti_id: str) -> list[Row]:
        """All columns of its attempts, oldest first."""
        query = select(tables.attempt).where(_attempt.ti_id == ti_id).order_by(_attempt.try_number, _attempt.id)
        with read(self._engine) as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

    def attempts_of_try(self, ti_id: str, try_number: int) -> list[Row]:
        """The attempts of one try, oldest first: several when it was rescheduled or lost."""
        query = (
            select(tables.attempt)
            .where(_attempt.ti_id == ti_id, _attempt.try_number == try_number)
            .order_by(_attempt.id)
        )
        with read(self._engine) as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

    def counts(self, run_pks: Sequence[int]) -> dict[int, dict[str | None, int]]:
        """Run key -> state -> number of task instances."""
        counted = (
            select(_ti.dag_run_id, _ti.state, func.count())
            .where(_ti.dag_run_id.in_(run_pks))
            .group_by(_ti.dag_run_id, _ti.state)
        )
        counts: dict[int, dict[str | None, int]] = {run_pk: {} for run_pk in run_pks}
        with read(self._engine) as conn:
            for run_pk, state, count in conn.execute(counted):
                counts[run_pk][state] = count
        return counts

    def states_by_task(
        self, run_pks: Sequence[int], *, mapped_only: bool = False
    ) -> dict[int, dict[str, dict[str | None, int]]]:
        """Run key -> task id -> state -> number of task instances; with `mapped_only` of those with a map index."""
        counted = (
            select(_ti.dag_run_id, _ti.task_id, _ti.state, func.count())
            .where(_ti.dag_run_id.in_(run_pks), _ti.map_index >= (0 if mapped_only else -1))
            .group_by(_ti.dag_run_id, _ti.task_id, _ti.state)
        )
        states: dict[int, dict[str, dict[str | None, int]]] = {run_pk: {} for run_pk in run_pks}
        with read(self._engine) as conn:
            for run_pk, task_id, state, count in conn.execute(counted):
                states[run_pk].setdefault(task_id, {})[state] = count
        return states

    def _complete(self, conn: Any, rows: list[Row]) -> None:
        specs = self._versions.specs({row["version_id"] for row in rows}, conn)
        for row in rows:
            row["spec"] = specs[row["version_id"]]
            row["duration"] = duration(row)
        self._add_triggers(conn, [row for row in rows if row["trigger_id"] and row["state"] == "deferred"])

    def _add_triggers(self, conn: Any, rows: list[Row]) -> None:
        """`trigger` and `triggerer`: the rows of what deferred task instances wait for, and of who runs it."""
        by_id = {row["trigger_id"]: row for row in rows}
        columns = [column for column in tables.trigger.c if column.name not in ("kwargs", "next_kwargs", "event")]
        ids = sorted(by_id)
        for start in range(0, len(ids), 500):
            query = select(*columns).where(tables.trigger.c.id.in_(ids[start : start + 500]))
            for found in conn.execute(query).mappings():
                by_id[found["id"]]["trigger"] = dict(found)
        holders = sorted({row["trigger"]["triggerer_id"] for row in rows if row.get("trigger")} - {None})
        workers = {}
        if holders:
            query = select(tables.worker).where(tables.worker.c.id.in_(holders))
            workers = {found["id"]: dict(found) for found in conn.execute(query).mappings()}
        for row in rows:
            if row.get("trigger"):
                row["triggerer"] = workers.get(row["trigger"]["triggerer_id"])

    def _where(
        self, which: TaskInstanceFilter, *, walked: bool = False, lead: Sort | None = None, found: bool = False
    ) -> Where:
        """With `walked` for a walk along the order of the list, which begins with `lead`: see `along`; with `found` of
        rows that another condition finds.
        """
        kept: list[Any] = []
        if which.dag_ids and which.run_ids:
            kept = [_ti.dag_id, _ti.run_id, _ti.task_id, _ti.map_index]  # the index of the tasks of a run
        elif lead is not None:
            kept = [lead.expression]
            if lead.expression is _ti.run_id or lead.expression is _ti.task_id:
                kept = [_ti.dag_id, lead.expression]  # an index has them in the order of DAGs
        where = Where(self._engine.dialect.name == "sqlite", walked=walked, kept=kept, found=found)
        where.one_of(_ti.dag_id, which.dag_ids)
        where.one_of(_ti.run_id, which.run_ids)
        if which.run_ids and not which.dag_ids and not walked:  # the index of them by run id begins with the DAG
            where.add(_ti.dag_run_id.in_(select(_run.id).where(_run.run_id.in_(which.run_ids))))
        where.dags_like(_ti.dag_id, which.dag_id_pattern, which.dag_id_prefix)
        where.one_of(_ti.task_id, which.task_ids)
        where.one_of(_ti.map_index, which.map_indexes)
        if which.mapped_only:
            where.add(_ti.map_index >= 0)
        by_id = walked and lead is not None and lead.expression is _ti.id
        state = along(_ti.state, which.states, UNUSUAL_STATES, tables.UNUSUAL) if by_id else None
        if state is not None:
            where.add(state)
        else:
            where.one_of(_ti.state, which.states)
        where.one_of(_ti.pool, which.pools)
        where.one_of(_ti.queue, which.queues)
        where.one_of(_ti.executor, which.executors)
        where.one_of(_ti.operator, which.operators)
        where.one_of(_ti.try_number, which.try_numbers)
        where.one_of(_ti.priority_weight, which.priority_weights)
        where.one_of(_ti.rendered_map_index, which.rendered_map_indexes)
        where.one_of(_version.number, which.version_numbers)
        where.within(_run.run_after, which.run_after)
        where.within(_run.logical_date, which.logical_date)
        where.within(_ti.start_date, which.start_date)
        where.within(_ti.end_date, which.end_date)
        where.within(_ti.updated_at, which.updated_at)
        where.within(DURATION, which.duration)
        for column, pattern, prefix in (
            (_ti.task_id, which.task_name_pattern, which.task_name_prefix),
            (_ti.run_id, which.run_id_pattern, which.run_id_prefix),
            (_ti.pool, which.pool_pattern, which.pool_prefix),
            (_ti.queue, which.queue_pattern, which.queue_prefix),
            (_ti.operator, which.operator_pattern, which.operator_prefix),
            (NAME, which.rendered_map_index_pattern, which.rendered_map_index_prefix),
        ):
            where.like(column, pattern)
            where.starts(column, prefix)
        return where


PIECES = {
    "state": "states",
    "dag_id": "dag_ids",
    "task_id": "task_ids",
    "operator": "operators",
    "pool": "pools",
    "queue": "queues",
    "map_index": "map_indexes",
    "try_number": "try_numbers",
    "priority_weight": "priority_weights",
    "rendered_map_index": "rendered_map_indexes",
}
"""Sort keys without an index of their own -> the fields that name their values."""
TOGETHER = 50
_USUAL: dict[str, tuple[Any, ...]] = {
    "map_index": (-1,),
    "rendered_map_index": (None,),
    "try_number": (1,),
    "priority_weight": (1,),
    "state": (TaskInstanceState.SUCCESS,),
}
"""Values that nearly all task instances have."""


def _together(values: Sequence[Any]) -> list[Any]:
    """Many values of which most have few rows, some at a time."""
    named = [value for value in values if value is not None]
    some = [Span(values=tuple(named[start : start + TOGETHER])) for start in range(0, len(named), TOGETHER)]
    return [*some, *([None] if len(named) < len(values) else [])]


def _within(name: str, span: Span) -> list[ColumnElement[bool]]:
    """The rows whose key is in the span, in the words of its index."""
    column = _ti[name]
    if name == "rendered_map_index":
        return [column.is_not(None)]
    within = column < span.below if span.above is None else column > span.above
    return [IS_MAPPED if name == "map_index" else IS_WEIGHED, within]


def _without_dag(order_by: tuple[str, ...]) -> tuple[str, ...]:
    """The order within one DAG."""
    left = tuple(key for key in order_by if key.removeprefix("-") != "dag_id")
    if order_by and not left:
        return ("-id",) if order_by[-1].startswith("-") else ("id",)
    return left


def _natural_order(which: TaskInstanceFilter) -> tuple[str, ...]:
    if which.states:
        return ("id",)
    for name in ("start_date", "end_date", "updated_at"):
        if getattr(which, name):
            return (name,)
    return ("run_id", "task_id", "map_index") if which.dag_ids else ("id",)
