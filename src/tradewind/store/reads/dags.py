"""DAGs, their tags, warnings and run counts.  Called by the server for lists and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, exists, false, func, or_, select

from tradewind.spec.dag import DagSpec
from tradewind.spec.states import FINISHED_RUN
from tradewind.store import tables
from tradewind.store.asset_tables import asset, asset_consumer, asset_use
from tradewind.store.engine import read
from tradewind.store.reads.dag_conflicts import conflicts
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Range, Row, Rows, Sort, Where, like
from tradewind.store.reads.versions import VersionReads, version_columns
from tradewind.store.tables_lists import task_shape

_dag, _tag, _run, _version = tables.dag.c, tables.dag_tag.c, tables.dag_run.c, tables.dag_version.c


def _latest(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of the newest run of each DAG; walks one entry of the index on (dag_id, run_after)."""
    return (
        select(column)
        .where(_run.dag_id == _dag.dag_id)
        .order_by(_run.run_after.desc(), _run.id.desc())
        .limit(1)
        .correlate(tables.dag)
        .scalar_subquery()
    )


LISTING = Listing(
    {
        "dag_id": Sort(_dag.dag_id),
        "dag_display_name": Sort(func.coalesce(func.nullif(_dag.display_name, ""), _dag.dag_id)),
        "next_dagrun": Sort(_dag.next_run_after, nullable=True),
        "state": Sort(_latest(_run.state), nullable=True),
        "last_run_state": Sort(_latest(_run.state), nullable=True),
        "start_date": Sort(_latest(_run.start_date), nullable=True),
        "last_run_start_date": Sort(_latest(_run.start_date), nullable=True),
    },
    ("dag_id",),
    "dag_id",
)
TAGS = Listing({"name": Sort(_tag.name)}, ("name",), "name")


@dataclass(frozen=True, slots=True)
class DagFilter:
    """Which DAGs; what is None does not bind."""

    dag_ids: Sequence[str] | None = None
    tags: Sequence[str] | None = None
    all_tags: bool = False
    """All the tags rather than any."""
    owners: Sequence[str] | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix: str | None = None
    display_name_pattern: str | None = None
    display_name_prefix: str | None = None
    exclude_stale: bool = True
    paused: bool | None = None
    has_import_errors: bool | None = None
    last_run_state: str | None = None
    bundle_name: str | None = None
    run_states: Sequence[str] | None = None
    run_start: Range | None = None
    run_end: Range | None = None
    has_asset_schedule: bool | None = None
    asset_dependency: str | None = None
    """Part of the name or URI of an asset that the DAG waits for, uses or makes."""
    favorite_of: str | None = None
    """Favourites of this user."""
    no_favorite_of: str | None = None
    """What is no favourite of this user."""
    timetable_types: Sequence[str] | None = None
    """Full names of classes, as Airflow writes them."""
    never: bool = False
    """A filter on something that no DAG has: the list is empty."""


class DagReads:
    """Reads `dag` and what hangs on it."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    def page(self, which: DagFilter, page: Page) -> Rows:
        """All columns of `dag`, and `tags` (sorted names) and `spec` (DagSpec of the newest version)."""
        with read(self._engine) as conn:
            rows = fetch(conn, select(tables.dag).where(*self._where(which).conditions), LISTING, page)
            self._complete(conn, rows.items)
        return rows

    def get(self, dag_id: str) -> Row | None:
        """One DAG, as in `list`."""
        with read(self._engine) as conn:
            rows = [dict(row) for row in conn.execute(select(tables.dag).where(_dag.dag_id == dag_id)).mappings()]
            self._complete(conn, rows)
        return rows[0] if rows else None

    def exists(self, dag_id: str) -> bool:
        """Whether the DAG is known, stale or not."""
        with read(self._engine) as conn:
            return conn.execute(select(_dag.dag_id).where(_dag.dag_id == dag_id)).first() is not None

    def details(self, dag_id: str) -> Row | None:
        """As `get`, and the newest version's columns (`version_*`) and `active_runs`."""
        row = self.get(dag_id)
        if row is None:
            return None
        active = [state for state in ("queued", "running") if state not in FINISHED_RUN]
        with read(self._engine) as conn:
            version = conn.execute(select(*version_columns()).where(_version.id == row["version_id"]))
            row.update(version.mappings().first() or {})
            count = select(func.count()).where(_run.dag_id == dag_id, _run.state.in_(active))
            row["active_runs"] = conn.execute(count).scalar_one()
        return row

    def tags(self, page: Page, pattern: str | None = None, prefix: str | None = None) -> Rows:
        """The names of all tags in use."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.like(_tag.name, pattern)
        where.starts(_tag.name, prefix)
        with read(self._engine) as conn:
            return fetch(conn, select(_tag.name).where(*where.conditions).distinct(), TAGS, page)

    def stats(self, dag_ids: Sequence[str] | None) -> list[Row]:
        """dag_id, display_name and `counts` (run state -> number of runs), ordered by dag_id."""
        query = select(_dag.dag_id, _dag.display_name).where(_dag.stale.is_(False)).order_by(_dag.dag_id)
        counted = select(_run.dag_id, _run.state, func.count().label("count")).group_by(_run.dag_id, _run.state)
        if dag_ids:
            query = query.where(_dag.dag_id.in_(dag_ids))
            counted = counted.where(_run.dag_id.in_(dag_ids))
        with read(self._engine) as conn:
            dags = {row.dag_id: {**row._mapping, "counts": {}} for row in conn.execute(query)}
            for row in conn.execute(counted).mappings():
                if row["dag_id"] in dags:
                    dags[row["dag_id"]]["counts"][row["state"]] = row["count"]
        return list(dags.values())

    def warnings(self, dag_id: str | None) -> list[Row]:
        """dag_id, dag_display_name, kind, message, line, timestamp of the newest versions' warnings."""
        query = (
            select(_dag.dag_id, _dag.display_name, _dag.version_id, _dag.last_parsed_at, _version.created_at)
            .join(tables.dag_version, _version.id == _dag.version_id)
            .where(_dag.stale.is_(False))
            .order_by(_dag.dag_id)
        )
        if dag_id is not None:
            query = query.where(_dag.dag_id == dag_id)
        with read(self._engine) as conn:
            dags = conn.execute(query).all()
            specs = self._versions.specs([dag.version_id for dag in dags], conn)
            beside = conflicts(conn, {dag.dag_id: specs[dag.version_id] for dag in dags})
        return [
            {
                "dag_id": dag.dag_id,
                "dag_display_name": dag.display_name,
                "kind": warning.kind,
                "message": warning.message,
                "line": warning.line,
                "timestamp": dag.last_parsed_at or dag.created_at,
            }
            for dag in dags
            for warning in (*specs[dag.version_id].warnings, *beside.get(dag.dag_id, ()))
        ]

    def newest_spec(self, dag_id: str) -> DagSpec | None:
        """The spec of the newest version of a DAG; None when the DAG is not known."""
        newest = self.newest_version(dag_id)
        return None if newest is None else newest[1]

    def largest(self, count: int) -> list[str]:
        """The DAGs with the most tasks."""
        tasks = func.count()
        query = select(task_shape.c.dag_id).group_by(task_shape.c.dag_id).order_by(tasks.desc()).limit(count)
        with read(self._engine) as conn:
            return list(conn.scalars(query))

    def newest_version(self, dag_id: str) -> tuple[str, DagSpec] | None:
        """UUID and spec of the newest version of a DAG; None when the DAG is not known."""
        query = select(_version.id, _version.uuid).join(tables.dag, _dag.version_id == _version.id)
        with read(self._engine) as conn:
            row = conn.execute(query.where(_dag.dag_id == dag_id)).first()
            return None if row is None else (row.uuid, self._versions.specs([row.id], conn)[row.id])

    def _complete(self, conn: Connection, rows: list[Row]) -> None:
        ids = [row["dag_id"] for row in rows]
        tags: dict[str, list[str]] = {dag_id: [] for dag_id in ids}
        if ids:
            tagged = select(_tag.dag_id, _tag.name).where(_tag.dag_id.in_(ids)).order_by(_tag.dag_id, _tag.name)
            for dag_id, name in conn.execute(tagged):
                tags[dag_id].append(name)
        specs = self._versions.specs([row["version_id"] for row in rows], conn)
        for row in rows:
            row["tags"] = tags[row["dag_id"]]
            row["spec"] = specs[row["version_id"]]

    def _where(self, which: DagFilter) -> Where:
        where = Where(self._engine.dialect.name == "sqlite")
        if which.exclude_stale:
            where.add(_dag.stale.is_(False))
        if which.never:
            where.add(false())
        if which.has_asset_schedule is not None:
            waits = exists().where(asset_consumer.c.dag_id == _dag.dag_id)
            where.add(waits if which.has_asset_schedule else ~waits)
        if which.asset_dependency:
            named = or_(like(asset.c.name, which.asset_dependency), like(asset.c.uri, which.asset_dependency))
            uses = select(asset_use.c.dag_id).join(asset, asset.c.id == asset_use.c.asset_id)
            uses = uses.where(named, asset_use.c.role == "schedule")
            where.add(_dag.dag_id.in_(uses))
        for user, wanted in ((which.favorite_of, True), (which.no_favorite_of, False)):
            if user is not None:
                marked = select(tables.dag_favorite.c.dag_id).where(tables.dag_favorite.c.username == user)
                where.add(_dag.dag_id.in_(marked) if wanted else _dag.dag_id.not_in(marked))
        where.one_of(_dag.dag_id, which.dag_ids)
        where.equals(_dag.paused, which.paused)
        where.equals(_dag.has_import_errors, which.has_import_errors)
        where.equals(_dag.bundle_name, which.bundle_name)
        where.like(_dag.dag_id, which.dag_id_pattern)
        where.one_of(_dag.timetable_type, which.timetable_types)
        where.starts(_dag.dag_id, which.dag_id_prefix)
        name = LISTING.sorts["dag_display_name"].expression
        where.like(name, which.display_name_pattern)
        where.starts(name, which.display_name_prefix)
        if which.owners:
            # a comma-separated list: its borders are part of the comparison, so `ann` is not `joanna`
            listed = func.replace("," + _dag.owners + ",", ", ", ",")
            where.add(or_(*(listed.contains(f",{owner},", autoescape=True) for owner in which.owners)))
        if which.tags:
            tagged = select(_tag.dag_id).where(_tag.name.in_(which.tags))
            if which.all_tags:
                tagged = tagged.group_by(_tag.dag_id).having(func.count() == len(set(which.tags)))
            where.add(_dag.dag_id.in_(tagged))
        if which.last_run_state is not None:
            where.add(LISTING.sorts["last_run_state"].expression == which.last_run_state)
        runs = Where(where.sqlite)
        runs.one_of(_run.state, which.run_states)
        runs.within(_run.start_date, which.run_start)
        runs.within(_run.end_date, which.run_end)
        if runs.conditions:
            matching: Select[Any] = select(_run.id).where(_run.dag_id == _dag.dag_id, *runs.conditions)
            where.add(matching.correlate(tables.dag).exists())
        return where
