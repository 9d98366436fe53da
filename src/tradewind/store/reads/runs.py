"""DAG runs.  Called by the server for lists, single runs and the newest runs of each DAG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
)

from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store import tables
from tradewind.store.asset_tables import asset, asset_event, asset_run_event
from tradewind.store.dated import DATE
from tradewind.store.durations import seconds_between
from tradewind.store.engine import read
from tradewind.store.reads.paging import MOST_COUNTED, count, fetch
from tradewind.store.reads.query import Listing, Page, Range, Row, Rows, Sort, Where, duration, like
from tradewind.store.reads.versions import version_columns
from tradewind.store.residual import along, gathered, residual

_run, _dag, _version, _ti = tables.dag_run.c, tables.dag.c, tables.dag_version.c, tables.task_instance.c
FAILED_STATES = (DagRunState.FAILED.value,)
FAILED_TASK = _ti.state == literal_column(f"'{TaskInstanceState.FAILED.value}'")
"""Written out, not a parameter: only so do databases see that the index of failed tasks answers it."""
TOLERATED = and_(
    _run.state == DagRunState.SUCCESS.value,
    select(_ti.dag_run_id)
    .where(_ti.dag_run_id == _run.id, FAILED_TASK)
    .correlate(tables.dag_run)
    .limit(1)
    .scalar_subquery()
    .is_not(None),
).label("tolerated")
"""Whether a run succeeded although a task failed: one look into an index for each run that succeeded.  Not EXISTS, for
which PostgreSQL reads all failed tasks there ever were."""
FEW = 5000
"""Runs that may be read and sorted for a page, where a filter leaves no more: some 20 ms."""
NAMED = 200
"""Runs that a search in their ids may find for the other filters to be asked of these alone."""
_ALONG = frozenset({"dag_ids", "states", "run_types"})
"""Filters whose rows an index has in the order of the list, or that most rows meet."""
DURATION = seconds_between(_run.start_date, _run.end_date)

LISTING = Listing(
    {
        "id": Sort(_run.id),
        "state": Sort(_run.state),
        "dag_id": Sort(_run.dag_id),
        "run_id": Sort(_run.run_id),
        "dag_run_id": Sort(_run.run_id),
        "run_type": Sort(_run.run_type),
        "logical_date": Sort(_run.logical_date, nullable=True),
        "partition_date": Sort(_run.partition_date, nullable=True),
        "run_after": Sort(_run.run_after),
        "date": Sort(DATE),
        "start_date": Sort(_run.start_date, nullable=True),
        "end_date": Sort(_run.end_date, nullable=True),
        "updated_at": Sort(_run.updated_at),
        "duration": Sort(DURATION, nullable=True, present=DURATION.is_not(None)),
        "conf": Sort(cast(_run.conf, Text)),
    },
    ("id",),
    "id",
)


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs; what is None does not bind."""

    dag_ids: Sequence[str] | None = None
    run_ids: Sequence[str] | None = None
    states: Sequence[str] | None = None
    run_types: Sequence[str] | None = None
    version_numbers: Sequence[int] | None = None
    date: Range | None = None
    """By what the pages call a run: see `store.dated`."""
    run_after: Range | None = None
    logical_date: Range | None = None
    start_date: Range | None = None
    end_date: Range | None = None
    updated_at: Range | None = None
    duration: Range | None = None
    conf_contains: str | None = None
    run_id_pattern: str | None = None
    run_id_prefix: str | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix: str | None = None
    user_pattern: str | None = None
    user_prefix: str | None = None
    partition_key_pattern: str | None = None
    partition_key_prefix: str | None = None
    partition_date: Range | None = None
    bundle_version: str | None = None
    after_id: int | None = None
    """Made after the run with this number: see `RunReads.newest`."""
    consuming_asset_pattern: str | None = None
    """Part of the name or URI of an asset of which the run consumed events."""


def select_runs() -> Select[Any]:
    """All columns of a run, the DAG's `dag_display_name` and its version's columns."""
    return (
        select(
            tables.dag_run,
            _dag.display_name.label("dag_display_name"),
            *version_columns(),
        )
        .join(tables.dag_version, _version.id == _run.version_id)
        .join(tables.dag, _dag.dag_id == _run.dag_id, isouter=True)
    )


class RunReads:
    """Reads `dag_run`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, which: RunFilter, page: Page) -> Rows:
        """Runs, as `select_runs` gives them, and `duration` (seconds)."""
        with read(self._engine) as conn:
            named = self._named(conn, which)
            asked = which if named is None else replace(which, run_id_pattern=None)
            conditions = [*self._where(asked, by_assets=_few_events(conn, which)).conditions, *(named or ())]
            along_order = [*self._where(asked, walked=True).conditions, *(named or ())]
            keys = select(_run.id)
            if which.version_numbers:
                keys = keys.join(tables.dag_version, _version.id == _run.version_id)
            total = None
            if conditions and not {field.name for field in fields(which) if getattr(which, field.name)} <= _ALONG:
                found = count(conn, keys.where(*conditions), FEW)
                total = found if found < FEW else None
            if total is not None:
                along_order = conditions
            rows = fetch(
                conn,
                select_runs().where(*along_order),
                LISTING,
                page,
                keys.where(*conditions),
                select_runs(),
                keys.where(*along_order),
                most=None if which.consuming_asset_pattern is None else MOST_COUNTED,
                gathered=total is not None,
                total=total,
            )
        for row in rows.items:
            row["duration"] = duration(row)
        return rows

    def newest(self, most: int) -> int | None:
        """After which number the newest `most` runs are, by what there were ever made; None: all of them are."""
        with read(self._engine) as conn:
            last: int = conn.scalar(select(func.max(_run.id))) or 0
        return last - most if last > most else None

    def names(self, which: RunFilter, limit: int) -> tuple[list[tuple[str, str]], bool]:
        """(DAG, run) of all runs that match, those for the latest times first, and whether there are more."""
        time: ColumnElement[Any] = _run.run_after if which.date is None else DATE  # the order that an index has
        if which.after_id is not None:
            time = gathered(time)  # the newest are read by their numbers: along that index they could be anywhere
        query = select(_run.dag_id, _run.run_id)
        if which.version_numbers:
            query = query.join(tables.dag_version, _version.id == _run.version_id)
        with read(self._engine) as conn:
            named = self._named(conn, which)
            asked = which if named is None else replace(which, run_id_pattern=None)
            query = query.where(*self._where(asked, walked=which.after_id is None).conditions, *(named or ()))
            rows = conn.execute(query.order_by(time.desc(), _run.id.desc()).limit(limit + 1)).all()
        return [(row.dag_id, row.run_id) for row in rows[:limit]], len(rows) > limit

    def get(self, dag_id: str, run_id: str) -> Row | None:
        """One run, as in `page`."""
        with read(self._engine) as conn:
            query = select_runs().where(_run.dag_id == dag_id, _run.run_id == run_id)
            row = conn.execute(query).mappings().first()
        return {**row, "duration": duration(dict(row))} if row else None

    def state(self, dag_id: str, run_id: str) -> str | None:
        """Only the state of a run; None when there is no such run."""
        with read(self._engine) as conn:
            query = select(_run.state).where(_run.dag_id == dag_id, _run.run_id == run_id)
            state: str | None = conn.execute(query).scalar()
        return state

    def tolerated(self, run_pks: Sequence[int]) -> set[int]:
        """Those of the runs in which a task failed."""
        failed = select(_ti.dag_run_id).where(_ti.dag_run_id.in_(run_pks), FAILED_TASK)
        with read(self._engine) as conn:
            return set(conn.scalars(failed.distinct()))

    def latest(self, dag_id: str, count: int) -> list[Row]:
        """The `count` newest runs of a DAG by `run_after`, newest first."""
        columns = (_run.id, _run.dag_id, _run.run_id, _run.run_type, _run.state, _run.run_after)
        query = select(*columns, _run.logical_date, _run.start_date, _run.end_date, TOLERATED)
        query = query.where(_run.dag_id == dag_id).order_by(_run.run_after.desc(), _run.id.desc()).limit(count)
        with read(self._engine) as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

    def _named(self, conn: Connection, which: RunFilter) -> list[ColumnElement[bool]] | None:
        """The runs that a search in the ids of all DAGs finds, when they are few: one look through the index of ids,
        instead of one at every run that another filter leaves.
        """
        if which.run_id_pattern is None or which.dag_ids:
            return None
        where = Where(self._engine.dialect.name == "sqlite")
        where.like(_run.run_id, which.run_id_pattern)
        if which.after_id is not None:
            where.add(_run.id > which.after_id)
        found = conn.scalars(select(_run.id).where(*where.conditions).limit(NAMED + 1)).all()
        return [_run.id.in_(found)] if len(found) <= NAMED else None

    def _where(self, which: RunFilter, *, walked: bool = False, by_assets: bool = False) -> Where:
        """With `walked` for a walk along the order of the list: see `along`; with `by_assets` the runs that consumed an
        asset are found from its events.
        """
        where = Where(self._engine.dialect.name == "sqlite")
        where.one_of(_run.dag_id, which.dag_ids)
        where.one_of(_run.run_id, which.run_ids)
        along_order = walked and not (which.run_ids or which.end_date)
        state = along(_run.state, which.states, FAILED_STATES, tables.FAILED) if along_order else None
        if state is not None:
            where.add(state)
        else:
            where.one_of(_run.state, which.states)
        # the types of a DAG's runs are few and alike: no way to find them
        where.one_of(residual(_run.run_type) if which.dag_ids else _run.run_type, which.run_types)
        where.one_of(_version.number, which.version_numbers)
        where.within(DATE, which.date)
        where.within(_run.run_after, which.run_after)
        where.within(_run.logical_date, which.logical_date)
        where.within(_run.start_date, which.start_date)
        where.within(_run.end_date, which.end_date)
        where.within(_run.updated_at, which.updated_at)
        where.within(DURATION, which.duration)
        where.contains(_run.conf, which.conf_contains)
        where.like(_run.run_id, which.run_id_pattern)
        where.starts(_run.run_id, which.run_id_prefix)
        where.dags_like(_run.dag_id, which.dag_id_pattern, which.dag_id_prefix)
        where.like(_run.triggering_user_name, which.user_pattern)
        where.starts(_run.triggering_user_name, which.user_prefix)
        where.like(_run.partition_key, which.partition_key_pattern)
        where.starts(_run.partition_key, which.partition_key_prefix)
        where.within(_run.partition_date, which.partition_date)
        if which.after_id is not None:
            where.add((residual(_run.id) if along_order else _run.id) > which.after_id)
        if which.bundle_version is not None:  # the DAG folder has no versions
            where.add(false())
        if which.consuming_asset_pattern is not None:
            where.add(_consuming(which.consuming_asset_pattern, by_assets=by_assets))
        return where


def _named_assets(pattern: str) -> Select[Any]:
    return select(asset.c.id).where(or_(like(asset.c.name, pattern), like(asset.c.uri, pattern)))


def _few_events(conn: Connection, which: RunFilter) -> bool:
    """Whether assets with the name that is asked for have few events."""
    if which.consuming_asset_pattern is None:
        return False
    events = select(asset_event.c.id).where(asset_event.c.asset_id.in_(_named_assets(which.consuming_asset_pattern)))
    return count(conn, events, FEW) < FEW


def _consuming(pattern: str, *, by_assets: bool) -> ColumnElement[bool]:
    """Runs that events of assets with such a name led to: found from those events, or asked of each run."""
    assets = _named_assets(pattern)
    if by_assets:
        events = select(asset_event.c.id).where(asset_event.c.asset_id.in_(assets))
        return _run.id.in_(select(asset_run_event.c.dag_run_id).where(asset_run_event.c.event_id.in_(events)))
    event = asset_event.c.id == residual(asset_run_event.c.event_id)
    used = select(asset_run_event.c.event_id).join(asset_event, event)
    of_run = used.where(asset_run_event.c.dag_run_id == _run.id, residual(asset_event.c.asset_id).in_(assets))
    return of_run.correlate(tables.dag_run).exists()
