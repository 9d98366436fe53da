"""Assets, aliases, their events and who waits for them.  Called by the server, the CLI and `services.task_api`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, false, func, literal_column, select, true

from tradewind.errors import NotFoundError
from tradewind.spec.wire import AssetEventInfo, GetAssetEvents
from tradewind.store import tables
from tradewind.store.asset_tables import (
    asset,
    asset_alias,
    asset_alias_member,
    asset_event,
    asset_event_alias,
    asset_queue,
    asset_run_event,
    asset_use,
    asset_watcher,
)
from tradewind.store.engine import read
from tradewind.store.reads.paging import Piece, Pieces, Span, fetch
from tradewind.store.reads.query import Listing, Page, Range, Row, Rows, Sort, Where
from tradewind.store.reads.runs import TOLERATED
from tradewind.store.reads.ways import Said, values_of
from tradewind.store.residual import residual
from tradewind.store.snapshots import chunks

_run = tables.dag_run.c
IS_MAPPED = asset_event.c.source_map_index >= literal_column("0")
"""In the words of the partial index, without parameters."""
_SOURCES = values_of(asset_event.c.source_dag_id)
_ASSETS = Listing(
    {
        "id": Sort(asset.c.id),
        "name": Sort(asset.c.name),
        "uri": Sort(asset.c.uri),
        "created_at": Sort(asset.c.created_at),
        "updated_at": Sort(asset.c.updated_at),
    },
    ("id",),
    "id",
)
_ALIASES = Listing({"id": Sort(asset_alias.c.id), "name": Sort(asset_alias.c.name)}, ("id",), "id")
_EVENTS = Listing(
    {
        "id": Sort(asset_event.c.id),
        "timestamp": Sort(asset_event.c.at),
        "source_dag_id": Sort(asset_event.c.source_dag_id, nullable=True),
        "source_task_id": Sort(asset_event.c.source_task_id, nullable=True),
        "source_run_id": Sort(asset_event.c.source_run_id, nullable=True),
        "source_map_index": Sort(asset_event.c.source_map_index, nullable=True),
    },
    ("timestamp",),
    "id",
)


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets; what is None does not bind."""

    name_pattern: str | None = None
    name_prefix: str | None = None
    uri_pattern: str | None = None
    uri_prefix: str | None = None
    dag_ids: Sequence[str] | None = None
    """Those that any of these DAGs names."""
    only_active: bool = True


@dataclass(frozen=True, slots=True)
class AssetEventFilter:
    """Which events; what is None does not bind."""

    asset_id: int | None = None
    source_dag_id: str | None = None
    source_task_id: str | None = None
    source_run_id: str | None = None
    source_map_index: int | None = None
    name_pattern: str | None = None
    name_prefix: str | None = None
    name_contains: str | None = None
    """Literally, whatever the case."""
    timestamp: Range | None = None
    partition_key: str | None = None
    run: tuple[str, str] | None = None
    """(dag id, run id): those that this run consumed."""


class AssetReads:
    """Reads the tables of assets."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"

    def page(self, which: AssetFilter, page: Page) -> Rows:
        """Assets with `scheduled_dags`, `producing_tasks`, `consuming_tasks`, `aliases`, `watchers` and
        `last_asset_event`.
        """
        where = Where(self._sqlite)
        where.like(asset.c.name, which.name_pattern)
        where.starts(asset.c.name, which.name_prefix)
        where.like(asset.c.uri, which.uri_pattern)
        where.starts(asset.c.uri, which.uri_prefix)
        if which.only_active:
            where.add(asset.c.active)
        if which.dag_ids:
            uses = select(asset_use.c.asset_id).where(asset_use.c.dag_id.in_(which.dag_ids))
            where.add(asset.c.id.in_(uses))
        with read(self._engine) as connection:
            found = fetch(connection, select(asset).where(*where.conditions), _ASSETS, page)
            decorate(connection, found.items)
            return found

    def get(self, asset_id: int) -> Row:
        """One asset, as in `page`.  Raises NotFoundError."""
        return self._one(asset.c.id == asset_id, f"no asset has the id {asset_id}")

    def find(self, name: str | None = None, uri: str | None = None) -> Row:
        """One asset by its name, its URI or both, an active one first.  Raises NotFoundError."""
        where = [column == value for column, value in ((asset.c.name, name), (asset.c.uri, uri)) if value]
        what = " and ".join(f"{kind} {value!r}" for kind, value in (("name", name), ("URI", uri)) if value)
        return self._one(*where, f"no asset has the {what}")

    def _one(self, *where: Any) -> Row:
        *conditions, problem = where
        query = select(asset).where(*conditions).order_by(asset.c.active.desc(), asset.c.id).limit(1)
        with read(self._engine) as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                raise NotFoundError(problem, fix="see those there are with: tradewind assets list")
            found = dict(row)
            decorate(connection, [found])
            return found

    def aliases(self, page: Page, name_pattern: str | None = None, name_prefix: str | None = None) -> Rows:
        """Aliases."""
        where = Where(self._sqlite)
        where.like(asset_alias.c.name, name_pattern)
        where.starts(asset_alias.c.name, name_prefix)
        with read(self._engine) as connection:
            return fetch(connection, select(asset_alias).where(*where.conditions), _ALIASES, page)

    def alias(self, alias_id: int | None = None, name: str | None = None) -> Row:
        """One alias.  Raises NotFoundError."""
        condition = asset_alias.c.id == alias_id if alias_id is not None else asset_alias.c.name == name
        with read(self._engine) as connection:
            row = connection.execute(select(asset_alias).where(condition)).mappings().first()
        if row is None:
            raise NotFoundError(f"there is no asset alias {alias_id if alias_id is not None else name!r}")
        return dict(row)

    def events(self, which: AssetEventFilter, page: Page) -> Rows:
        """Events with `name`, `uri`, `group` of the asset and the `created_dagruns` that consumed them."""
        with read(self._engine) as connection:
            said = self._said(connection, which)
            lead = _EVENTS.sorts.get(page.order_by[0].removeprefix("-") if page.order_by else _EVENTS.default[0])
            way = said.found(asset_event.c.id, () if lead is None else (lead.expression,))
            if way.nothing:
                return fetch(connection, _select_events().where(false()), _EVENTS, page)
            walked = select(asset_event.c.id).where(*way.conditions)
            found = fetch(
                connection,
                _select_events().where(*way.conditions),
                _EVENTS,
                page,
                select(asset_event.c.id).where(*said.plain()) if way.most is None else walked,
                _select_events(),
                walked,
                _by_map_index(way.conditions) if lead is _EVENTS.sorts["source_map_index"] else None,
                most=way.most,
                gathered=way.gathered,
                total=way.total,
            )
            _add_runs(connection, found.items)
            return found

    def _said(self, connection: Connection, which: AssetEventFilter) -> Said:
        """Events of assets by their names: the assets are looked through, not the log."""
        said, event = Said(connection, self._sqlite), asset_event.c
        for column, value, indexed in (
            (event.asset_id, which.asset_id, True),
            (event.source_dag_id, which.source_dag_id, True),
            (event.source_task_id, which.source_task_id, True),
            (event.partition_key, which.partition_key, True),
        ):
            said.equals(column, value, indexed=indexed)
        index, run_id = which.source_map_index, which.source_run_id
        if index is not None:
            mapped = IS_MAPPED if index >= 0 else true()
            said.add(event.source_map_index, lambda key: and_(mapped, key == index), indexed=index >= 0)
        if run_id is not None:  # the index has the runs of each DAG
            dag_ids = [which.source_dag_id] if which.source_dag_id else list(connection.scalars(_SOURCES))
            said.add(event.source_dag_id, lambda key: and_(key.in_(dag_ids), event.source_run_id == run_id))
        said.within(event.at, which.timestamp)
        if which.run is not None:
            run = which.run
            said.add(event.id, lambda key: key.in_(_consumed(*run)))
        if any(text is not None for text in (which.name_pattern, which.name_prefix, which.name_contains)):
            named = Where(self._sqlite)
            named.like(asset.c.name, which.name_pattern)
            named.starts(asset.c.name, which.name_prefix)
            named.contains(asset.c.name, which.name_contains)
            found = select(asset.c.id).where(*named.conditions)
            said.add(event.asset_id, lambda key: key.in_(found))
        return said

    def event(self, event_id: int) -> Row:
        """One event, as in `events`.  Raises NotFoundError."""
        with read(self._engine) as connection:
            row = connection.execute(_select_events().where(asset_event.c.id == event_id)).mappings().first()
            if row is None:
                raise NotFoundError(f"there is no asset event {event_id}")
            found = dict(row)
            _add_runs(connection, [found])
            return found

    def queued(self, *, dag_id: str | None = None, asset_id: int | None = None, before: Any = None) -> list[Row]:
        """What consumers have seen since their last run: `dag_id`, `asset_id`, `created_at`, `dag_display_name`."""
        where = Where(self._sqlite)
        where.equals(asset_queue.c.dag_id, dag_id)
        where.equals(asset_queue.c.asset_id, asset_id)
        created = func.min(asset_queue.c.created_at).label("created_at")
        query = (
            select(
                asset_queue.c.dag_id,
                asset_queue.c.asset_id,
                created,
                func.min(tables.dag.c.display_name).label("dag_display_name"),
            )
            .join(tables.dag, tables.dag.c.dag_id == asset_queue.c.dag_id)
            .where(*where.conditions)
            .group_by(asset_queue.c.dag_id, asset_queue.c.asset_id)
            .order_by(asset_queue.c.dag_id, asset_queue.c.asset_id)
        )
        if before is not None:
            query = query.having(func.min(asset_queue.c.created_at) < before)
        with read(self._engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    # --- for tasks ------------------------------------------------------------------------------------------

    def events_of_run(self, dag_id: str, run_id: str) -> list[AssetEventInfo]:
        """The events that a run consumed, oldest first."""
        query = _select_events().where(asset_event.c.id.in_(_consumed(dag_id, run_id))).order_by(asset_event.c.id)
        with read(self._engine) as connection:
            return _infos(connection, query)

    def events_for_task(self, wanted: GetAssetEvents) -> list[AssetEventInfo]:
        """Events of an asset or alias, by time."""
        where: list[ColumnElement[bool]] = []
        if wanted.alias:
            through = select(asset_event_alias.c.event_id).join(
                asset_alias, asset_alias.c.id == asset_event_alias.c.alias_id
            )
            where.append(asset_event.c.id.in_(through.where(asset_alias.c.name == wanted.alias)))
        if wanted.name:
            where.append(asset.c.name == wanted.name)
        if wanted.uri:
            where.append(asset.c.uri == wanted.uri)
        if wanted.after is not None:
            where.append(asset_event.c.at >= wanted.after)
        if wanted.before is not None:
            where.append(asset_event.c.at <= wanted.before)
        columns = (asset_event.c.at, asset_event.c.id)
        order = columns if wanted.ascending else tuple(column.desc() for column in columns)
        query = _select_events().where(*where).order_by(*order).limit(wanted.limit)
        with read(self._engine) as connection:
            return _infos(connection, query)


def _consumed(dag_id: str, run_id: str) -> Select[Any]:
    return (
        select(asset_run_event.c.event_id)
        .join(tables.dag_run, _run.id == asset_run_event.c.dag_run_id)
        .where(_run.dag_id == dag_id, _run.run_id == run_id)
    )


def _by_map_index(conditions: Sequence[ColumnElement[bool]]) -> Pieces:
    """Events of mapped tasks have an index."""
    number = asset_event.c.source_map_index

    def rows(value: Any) -> Piece:
        own = IS_MAPPED if isinstance(value, Span) else residual(number).is_not_distinct_from(value)
        where = (own, *conditions)
        return Piece(select(asset_event.c.id).where(*where), _select_events().where(*where))

    return Pieces([-1, Span(above=-1), None], rows)


def _select_events() -> Select[Any]:
    return select(asset_event, asset.c.name, asset.c.uri, asset.c.group).join(
        asset, asset.c.id == asset_event.c.asset_id
    )


def _infos(connection: Connection, query: Select[Any]) -> list[AssetEventInfo]:
    rows = connection.execute(query).mappings().all()
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for ids in chunks([row["id"] for row in rows]):
        of_part = (
            select(asset_event_alias.c.event_id, asset_alias.c.name)
            .join(asset_alias, asset_alias.c.id == asset_event_alias.c.alias_id)
            .where(asset_event_alias.c.event_id.in_(ids))
            .order_by(asset_alias.c.name)
        )
        for event_id, name in connection.execute(of_part):
            aliases[event_id].append(name)
    return [
        AssetEventInfo(
            id=row["id"],
            at=row["at"],
            name=row["name"],
            uri=row["uri"],
            group=row["group"],
            extra=row["extra"] or {},
            aliases=tuple(aliases[row["id"]]),
            source_dag_id=row["source_dag_id"],
            source_run_id=row["source_run_id"],
            source_task_id=row["source_task_id"],
            source_map_index=row["source_map_index"],
            partition_key=row["partition_key"],
        )
        for row in rows
    ]


def _add_runs(connection: Connection, items: Iterable[Row]) -> None:
    by_event = {item["id"]: item for item in items}
    for item in by_event.values():
        item["created_dagruns"] = []
    other = asset_run_event.alias()
    last = select(func.max(other.c.event_id)).where(other.c.dag_run_id == _run.id).scalar_subquery()
    for ids in chunks(sorted(by_event)):
        query = (
            select(
                asset_run_event.c.event_id,
                tables.dag_run,
                TOLERATED,
                (asset_run_event.c.event_id == last).label("triggering"),
            )
            .join(tables.dag_run, _run.id == asset_run_event.c.dag_run_id)
            .where(asset_run_event.c.event_id.in_(ids))
            .order_by(_run.id)
        )
        for row in connection.execute(query).mappings():
            by_event[row["event_id"]]["created_dagruns"].append(dict(row))


def decorate(connection: Connection, items: Sequence[Row]) -> None:
    """Add to assets who uses them and what happened last."""
    by_id = {item["id"]: item for item in items}
    for item in items:
        item |= {name: [] for name in ("scheduled_dags", "producing_tasks", "consuming_tasks", "aliases", "watchers")}
        item["last_asset_event"] = None
    if not by_id:
        return
    ids = sorted(by_id)
    lists = {"schedule": "scheduled_dags", "inlet": "consuming_tasks", "outlet": "producing_tasks"}
    order = (asset_use.c.dag_id, asset_use.c.task_id)
    for row in connection.execute(select(asset_use).where(asset_use.c.asset_id.in_(ids)).order_by(*order)).mappings():
        by_id[row["asset_id"]][lists[row["role"]]].append(dict(row))
    # those who refer to it by its name or URI use it as well
    for row in connection.execute(_referring(ids).order_by(*order)).mappings():
        by_id[row["of_asset"]][lists[row["role"]]].append(dict(row))
    members = (
        select(asset_alias_member.c.asset_id.label("of_asset"), asset_alias)
        .join(asset_alias, asset_alias.c.id == asset_alias_member.c.alias_id)
        .where(asset_alias_member.c.asset_id.in_(ids))
        .order_by(asset_alias.c.id)
    )
    for row in connection.execute(members).mappings():
        by_id[row["of_asset"]]["aliases"].append(dict(row))
    watchers = select(asset_watcher).where(asset_watcher.c.asset_id.in_(ids)).order_by(asset_watcher.c.id)
    for row in connection.execute(watchers).mappings():
        by_id[row["asset_id"]]["watchers"].append(dict(row))
    # one step along the index for each asset, however many events it has
    of_asset = select(func.max(asset_event.c.id)).where(asset_event.c.asset_id == asset.c.id).scalar_subquery()
    newest = select(of_asset).where(asset.c.id.in_(ids))
    last = select(asset_event.c.id, asset_event.c.asset_id, asset_event.c.at).where(asset_event.c.id.in_(newest))
    for row in connection.execute(last).mappings():
        by_id[row["asset_id"]]["last_asset_event"] = {"id": row["id"], "timestamp": row["at"]}


def _referring(ids: Sequence[int]) -> Select[Any]:
    matches = (asset.c.name == asset_use.c.ref_name) | (asset.c.uri == asset_use.c.ref_uri)
    return (
        select(asset.c.id.label("of_asset"), asset_use.c.role, asset_use.c.dag_id, asset_use.c.task_id)
        .add_columns(asset_use.c.created_at, asset_use.c.updated_at)
        .join(asset_use, matches)
        .where(asset.c.id.in_(ids))
    )
