"""The dense list of DAGs: each with its newest runs and what comes next.  Called by the server.

A page asks a fixed number of queries, whatever it shows: the DAGs, their tags, their newest runs (a short walk along
the index on (dag_id, run_after) for each), and favourites.  Specs are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, ScalarSelect, Select, and_, exists, func, literal, or_, select, true

from tradewind.store import tables
from tradewind.store.asset_tables import asset_consumer
from tradewind.store.engine import read
from tradewind.store.reads.changes import position
from tradewind.store.reads.dags import LISTING
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Row, Rows, Sort, Where
from tradewind.store.reads.runs import TOLERATED
from tradewind.store.types import UtcDateTime

_dag, _tag, _run, _favorite = tables.dag.c, tables.dag_tag.c, tables.dag_run.c, tables.dag_favorite.c
RUNS = 30
"""Newest runs that are read of each DAG: bars and percentiles are made of them."""
_BEGIN = literal(datetime(1, 1, 1, tzinfo=UTC), UtcDateTime())
SORTS = Listing(
    {
        **LISTING.sorts,
        "next_run": LISTING.sorts["next_dagrun"],
        "last_run": LISTING.sorts["last_run_start_date"],
        "owner": Sort(_dag.owners),
        "paused": Sort(_dag.paused),
    },
    ("dag_id",),
    "dag_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DagListFilter:
    """Which DAGs; what is None does not bind."""

    search: str | None = None
    """Part of the id, of the name or of a tag, whatever the case."""
    tags: Sequence[str] | None = None
    """All of them."""
    owners: Sequence[str] | None = None
    states: Sequence[str] | None = None
    """States of the newest run; `never` of a DAG without runs."""
    paused: bool | None = None
    favorite_of: str | None = None
    """Favourites of this user."""
    broken: bool | None = None
    """Whether its file has import errors."""


class DagListReads:
    """Reads the list of DAGs.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, which: DagListFilter, page: Page, user: str) -> tuple[int, Rows]:
        """Where the log of changes was, and the DAGs: columns of `dag`, `tags`, `runs` (newest first), `favorite`."""
        with read(self._engine) as connection:
            at = position(connection)
            rows = fetch(connection, self._select(which), SORTS, page)
            _complete(connection, rows.items, user)
        return at, rows

    def get(self, dag_id: str, user: str) -> Row | None:
        """One DAG, as in `page`."""
        query = self._select(DagListFilter(), stale=True).where(_dag.dag_id == dag_id)
        with read(self._engine) as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            _complete(connection, rows, user)
        return rows[0] if rows else None

    def names_of(self, which: DagListFilter, limit: int) -> tuple[list[tuple[str, str, bool]], bool]:
        """(id, name, paused) of all DAGs that match, by id, and whether there are more."""
        query = self._select(which).with_only_columns(
            _dag.dag_id, _dag.display_name, _dag.paused, maintain_column_froms=True
        )
        with read(self._engine) as connection:
            rows = connection.execute(query.order_by(_dag.dag_id).limit(limit + 1)).all()
        return [(row.dag_id, row.display_name or row.dag_id, row.paused) for row in rows[:limit]], len(rows) > limit

    def names(self) -> tuple[list[str], list[str]]:
        """All tags and all owners in use: what the filters offer."""
        with read(self._engine) as connection:
            tags = list(connection.scalars(select(_tag.name).distinct().order_by(_tag.name).limit(1000)))
            owners = connection.scalars(select(_dag.owners).where(_dag.stale.is_(False)).distinct().limit(1000))
            single = {owner.strip() for owner_list in owners for owner in owner_list.split(",") if owner.strip()}
        return tags, sorted(single)

    def _select(self, which: DagListFilter, *, stale: bool = False) -> Select[Any]:
        where = Where(self._engine.dialect.name == "sqlite")
        if not stale:
            where.add(_dag.stale.is_(False))
        where.equals(_dag.paused, which.paused)
        where.equals(_dag.has_import_errors, which.broken)
        if which.search:
            tagged = select(_tag.dag_id).where(_tag.name.icontains(which.search, autoescape=True))
            where.add(
                or_(
                    _dag.dag_id.icontains(which.search, autoescape=True),
                    _dag.display_name.icontains(which.search, autoescape=True),
                    _dag.dag_id.in_(tagged),
                )
            )
        for tag in which.tags or ():
            where.add(_dag.dag_id.in_(select(_tag.dag_id).where(_tag.name == tag)))
        if which.owners:
            listed = func.replace("," + _dag.owners + ",", ", ", ",")
            where.add(or_(*(listed.contains(f",{owner},", autoescape=True) for owner in which.owners)))
        if which.states:
            newest = SORTS.sorts["last_run_state"].expression
            either = [newest.in_([state for state in which.states if state != "never"])]
            where.add(or_(*either, *([newest.is_(None)] if "never" in which.states else [])))
        if which.favorite_of is not None:
            where.add(exists().where(_favorite.username == which.favorite_of, _favorite.dag_id == _dag.dag_id))
        by_assets = exists().where(asset_consumer.c.dag_id == _dag.dag_id).label("by_assets")
        return select(tables.dag, by_assets).where(*where.conditions)


def newest_runs(connection: Connection, dag_ids: Sequence[str], count: int) -> dict[str, list[Row]]:
    """DAG -> its `count` newest runs, newest first.  One statement of one shape, however many DAGs."""
    found: dict[str, list[Row]] = {dag_id: [] for dag_id in dag_ids}
    if not found:
        return found
    columns = (
        _run.id,
        _run.dag_id,
        _run.run_id,
        _run.run_type,
        _run.state,
        _run.run_after,
        _run.logical_date,
        _run.queued_at,
        _run.start_date,
        _run.end_date,
        TOLERATED,
    )
    newest = (_run.run_after.desc(), _run.id.desc())
    if connection.dialect.name == "postgresql":
        each = select(*columns).where(_run.dag_id == _dag.dag_id).order_by(*newest).limit(count).lateral("each")
        query = (
            select(each).select_from(tables.dag.join(each, true())).order_by(each.c.run_after.desc(), each.c.id.desc())
        )
    else:
        since = func.coalesce(_nth_newest(count), _BEGIN)
        both = and_(_run.dag_id == _dag.dag_id, _run.run_after >= since)
        query = select(*columns).select_from(tables.dag.join(tables.dag_run, both)).order_by(*newest)
    query = query.where(_dag.dag_id.in_(dag_ids))
    for row in connection.execute(query).mappings():
        runs = found[row["dag_id"]]
        if len(runs) < count:
            runs.append(dict(row))
    return found


def _nth_newest(count: int) -> ScalarSelect[datetime]:
    """When the run of a DAG is that has `count` - 1 newer ones: other databases than PostgreSQL have no LATERAL."""
    other = tables.dag_run.alias("other")
    return (
        select(other.c.run_after)
        .where(other.c.dag_id == _dag.dag_id)
        .order_by(other.c.run_after.desc())
        .limit(1)
        .offset(count - 1)
        .correlate(tables.dag)
        .scalar_subquery()
    )


def _complete(connection: Connection, rows: list[Row], user: str) -> None:
    ids = [row["dag_id"] for row in rows]
    if not ids:
        return
    tags: dict[str, list[str]] = {dag_id: [] for dag_id in ids}
    for dag_id, name in connection.execute(
        select(_tag.dag_id, _tag.name).where(_tag.dag_id.in_(ids)).order_by(_tag.name)
    ):
        tags[dag_id].append(name)
    favorites = set(
        connection.scalars(select(_favorite.dag_id).where(_favorite.username == user, _favorite.dag_id.in_(ids)))
    )
    runs = newest_runs(connection, ids, RUNS)
    for row in rows:
        row["tags"] = tags[row["dag_id"]]
        row["runs"] = runs[row["dag_id"]]
        row["favorite"] = row["dag_id"] in favorites
