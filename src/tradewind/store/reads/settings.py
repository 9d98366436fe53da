"""Pages of variables, connections and pools.  Called by the server.

Secrets stay encrypted here: whoever may show one decrypts it with the store's vault.
"""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.query import Listing, Page, Row, Rows, Sort, Where, fetch

_variable, _connection, _pool, _ti = (
    tables.variable.c,
    tables.connection.c,
    tables.pool.c,
    tables.task_instance.c,
)

VARIABLES = Listing(
    {
        "key": Sort(_variable.key),
        "id": Sort(_variable.key),
        "description": Sort(_variable.description, nullable=True),
    },
    ("key",),
    "key",
)
CONNECTIONS = Listing(
    {
        "connection_id": Sort(_connection.conn_id),
        "conn_id": Sort(_connection.conn_id),
        "id": Sort(_connection.conn_id),
        "conn_type": Sort(_connection.conn_type),
        "description": Sort(_connection.description, nullable=True),
        "host": Sort(_connection.host, nullable=True),
        "port": Sort(_connection.port, nullable=True),
    },
    ("connection_id",),
    "connection_id",
)
POOLS = Listing(
    {
        "name": Sort(_pool.name),
        "pool": Sort(_pool.name),
        "id": Sort(_pool.name),
        "slots": Sort(_pool.slots),
    },
    ("name",),
    "name",
)
_USE = {
    "queued": "queued",
    "running": "running",
    "restarting": "running",
    "scheduled": "scheduled",
    "deferred": "deferred",
}


class VariableReads:
    """Reads `variable`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, page: Page, pattern: str | None = None, prefix: str | None = None) -> Rows:
        """key, value (encrypted), description."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.like(_variable.key, pattern)
        where.starts(_variable.key, prefix)
        with read(self._engine) as conn:
            return fetch(conn, select(tables.variable).where(*where.conditions), VARIABLES, page)

    def get(self, key: str) -> Row | None:
        """One variable, as in `list`."""
        with read(self._engine) as conn:
            row = conn.execute(select(tables.variable).where(_variable.key == key)).mappings().first()
        return dict(row) if row else None


class ConnectionReads:
    """Reads `connection`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, page: Page, pattern: str | None = None, prefix: str | None = None) -> Rows:
        """All columns; password and extra are encrypted."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.like(_connection.conn_id, pattern)
        where.starts(_connection.conn_id, prefix)
        with read(self._engine) as conn:
            return fetch(conn, select(tables.connection).where(*where.conditions), CONNECTIONS, page)

    def get(self, conn_id: str) -> Row | None:
        """One connection, as in `list`."""
        with read(self._engine) as conn:
            row = (
                conn.execute(select(tables.connection).where(_connection.conn_id == conn_id))
                .mappings()
                .first()
            )
        return dict(row) if row else None


class PoolReads:
    """Reads `pool` and counts who uses it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, page: Page, pattern: str | None = None, prefix: str | None = None) -> Rows:
        """name, slots, description, include_deferred, and slots running, queued, scheduled, deferred."""
        where = Where(self._engine.dialect.name == "sqlite")
        where.like(_pool.name, pattern)
        where.starts(_pool.name, prefix)
        with read(self._engine) as conn:
            rows = fetch(conn, select(tables.pool).where(*where.conditions), POOLS, page)
        self._add_use(rows.items)
        return rows

    def get(self, name: str) -> Row | None:
        """One pool, as in `list`."""
        with read(self._engine) as conn:
            row = conn.execute(select(tables.pool).where(_pool.name == name)).mappings().first()
        if row is None:
            return None
        pool = dict(row)
        self._add_use([pool])
        return pool

    def _add_use(self, pools: list[Row]) -> None:
        by_name = {pool["name"]: pool for pool in pools}
        for pool in pools:
            pool.update(running=0, queued=0, scheduled=0, deferred=0)
        if not pools:
            return
        used = (
            select(_ti.pool, _ti.state, func.sum(_ti.pool_slots))
            .where(_ti.state.in_(list(_USE)), _ti.pool.in_(list(by_name)))
            .group_by(_ti.pool, _ti.state)
        )
        with read(self._engine) as conn:
            for name, state, slots in conn.execute(used):
                by_name[name][_USE[state]] += int(slots)
