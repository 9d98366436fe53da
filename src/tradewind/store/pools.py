"""Pools: limits on how many slots tasks may occupy together, and how full they are.

Called by `server` and `cli`; the leader reads only names and slots, and every change here signals it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.spec.ids import DEFAULT_POOL
from tradewind.spec.states import HOLDS_SLOT, TaskInstanceState
from tradewind.store import tables
from tradewind.store.actions_checks import EVERYTHING, Found, check_name, check_text, find, put
from tradewind.store.audit import Audited, shown_change
from tradewind.store.engine import read, write
from tradewind.store.reads.query import Listing, Page, Sort
from tradewind.store.signals import emit

_pool = tables.pool
_ti = tables.task_instance
_LISTING = Listing(
    {
        "name": Sort(_pool.c.name),
        "pool": Sort(_pool.c.name),
        "id": Sort(_pool.c.name),
        "slots": Sort(_pool.c.slots),
        "description": Sort(_pool.c.description, nullable=True),
    },
    default=("name",),
    unique="name",
)
_FIELDS = frozenset({"slots", "description", "include_deferred"})
_COUNTED = sorted({*HOLDS_SLOT, TaskInstanceState.SCHEDULED, TaskInstanceState.DEFERRED})
_MAX_SLOTS = 2**31 - 1
UNLIMITED = -1


@dataclass(frozen=True, slots=True)
class PoolRecord:
    """A pool and its use, all in slots; -1 in `slots` and `open` is "no limit"."""

    name: str
    slots: int
    description: str | None
    include_deferred: bool
    """Whether deferred tasks keep their slots."""
    running: int
    queued: int
    scheduled: int
    deferred: int

    @property
    def occupied(self) -> int:
        """Slots that are taken."""
        return self.running + self.queued + (self.deferred if self.include_deferred else 0)

    @property
    def open(self) -> int:
        """Slots that are left; negative when the pool was made smaller than what it holds."""
        return UNLIMITED if self.slots == UNLIMITED else self.slots - self.occupied


class Pools(Audited):
    """All pools of the metadata database.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> PoolRecord:
        """The pool and its use now.  Raises NotFoundError."""
        with read(self._engine) as connection:
            return self._get(connection, name)

    def add(self, name: str, slots: int, description: str | None = None, include_deferred: bool = False) -> PoolRecord:
        """Create.  Raises ConflictError when the name is taken, InvalidError."""
        fields = {"slots": slots, "description": description, "include_deferred": include_deferred}
        values = _checked(name, fields)
        try:
            with write(self._engine) as connection:
                connection.execute(insert(_pool).values(name=name, **values))
                self._tell(connection, "post_pool", name=name, after=values)
                emit(connection, "pools")
                return self._get(connection, name)
        except IntegrityError:
            raise ConflictError(
                f"pool {name!r} exists already", fix="choose another name, or change the existing pool"
            ) from None

    def set(self, name: str, slots: int, description: str | None = None, include_deferred: bool = False) -> PoolRecord:
        """Create, or replace all fields.  Raises InvalidError."""
        fields = {"slots": slots, "description": description, "include_deferred": include_deferred}
        values = _checked(name, fields)
        with write(self._engine) as connection:
            old = self._old(connection, name)
            put(connection, _pool, {"name": name}, values)
            self._changed(connection, name, old, values)
            emit(connection, "pools")
            return self._get(connection, name)

    def update(self, name: str, changes: Mapping[str, Any]) -> PoolRecord:
        """Change only what is named: `slots`, `description`, `include_deferred`.

        Raises NotFoundError, InvalidError.
        """
        if unknown := sorted(set(changes) - _FIELDS):
            raise InvalidError(
                f"a pool has no field {unknown[0]!r} that can be changed",
                fix="the fields are " + ", ".join(sorted(_FIELDS)),
            )
        values = _checked(name, changes)
        with write(self._engine) as connection:
            old = self._old(connection, name)
            if values:
                connection.execute(update(_pool).where(_pool.c.name == name).values(**values))
                emit(connection, "pools")
            found = self._get(connection, name)
            if values:
                self._changed(connection, name, old, values)
            return found

    def delete(self, name: str) -> None:
        """Raises NotFoundError, and ConflictError for the default pool.

        Tasks that name a deleted pool wait until it is there again, as in Airflow.
        """
        if name == DEFAULT_POOL:
            raise ConflictError(
                f"{DEFAULT_POOL} cannot be deleted", fix="tasks without a pool use it; set its slots instead"
            )
        with write(self._engine) as connection:
            old = self._old(connection, name)
            if not connection.execute(delete(_pool).where(_pool.c.name == name)).rowcount:
                raise _missing(name)
            self._tell(connection, "delete_pool", name=name, before=old)
            emit(connection, "pools")

    def import_(self, data: Mapping[str, Any]) -> Sequence[str]:
        """Create or replace pools, all or nothing; their names.  Raises InvalidError.

        `data` is what `export` gives: name -> {"slots", "description", "include_deferred"}.
        """
        rows = {}
        for name, entry in data.items():
            if not isinstance(entry, Mapping) or "slots" not in entry or set(entry) - _FIELDS:
                raise InvalidError(
                    f"the entry of pool {name!r} cannot be read",
                    fix='write it as {"slots": 4, "description": "...", "include_deferred": false}',
                )
            full = {"description": None, "include_deferred": False, **entry}
            rows[name] = _checked(name, full)
        with write(self._engine) as connection:
            for name, values in rows.items():
                old = self._old(connection, name)
                put(connection, _pool, {"name": name}, values)
                self._changed(connection, name, old, values)
            if rows:
                emit(connection, "pools")
        return list(rows)

    def export(self) -> dict[str, dict[str, Any]]:
        """All pools as `import_` takes them."""
        with read(self._engine) as connection:
            rows = connection.execute(select(_pool).order_by(_pool.c.name)).all()
        return {
            row.name: {
                "slots": row.slots,
                "description": row.description,
                "include_deferred": row.include_deferred,
            }
            for row in rows
        }

    def page(self, page: Page, *, pattern: str | None = None, prefix: str | None = None) -> Found[PoolRecord]:
        """A page of the pools, and one query for the use of all.  Raises InvalidError as `fetch`."""
        with read(self._engine) as connection:
            rows = find(connection, select(_pool), _LISTING, _pool.c.name, page, pattern=pattern, prefix=prefix)
            used = _use(connection, [row["name"] for row in rows.items])
        return Found([_record(row, used.get(row["name"], {})) for row in rows.items], rows.total)

    def list(self, *, pattern: str | None = None, prefix: str | None = None) -> Sequence[PoolRecord]:
        """All pools that fit with their use, sorted by name."""
        return self.page(EVERYTHING, pattern=pattern, prefix=prefix).items

    def _old(self, connection: Connection, name: str) -> dict[str, Any] | None:
        """For the audit log: what is there."""
        columns = (_pool.c.slots, _pool.c.description, _pool.c.include_deferred)
        row = connection.execute(select(*columns).where(_pool.c.name == name)).mappings().one_or_none()
        return None if row is None else dict(row)

    def _changed(
        self, connection: Connection, name: str, old: dict[str, Any] | None, values: Mapping[str, Any]
    ) -> None:
        if old is None:
            self._tell(connection, "post_pool", name=name, after=values)
            return
        before, after = shown_change(old, {**old, **values}, ())
        self._tell(connection, "patch_pool", name=name, before=before, after=after)

    def _get(self, connection: Connection, name: str) -> PoolRecord:
        row = connection.execute(select(_pool).where(_pool.c.name == name)).mappings().one_or_none()
        if row is None:
            raise _missing(name)
        return _record(row, _use(connection, [name]).get(name, {}))


def _use(connection: Connection, names: Collection[str]) -> dict[str, dict[str, int]]:
    """pool -> state -> slots.  Walks the index on the state, so history costs nothing."""
    statement = (
        select(_ti.c.pool, _ti.c.state, func.sum(_ti.c.pool_slots))
        .where(_ti.c.state.in_(_COUNTED))
        .group_by(_ti.c.pool, _ti.c.state)
    )
    if len(names) == 1:
        statement = statement.where(_ti.c.pool == next(iter(names)))
    result: dict[str, dict[str, int]] = {}
    for pool, state, slots in connection.execute(statement):
        result.setdefault(pool, {})[state] = int(slots)
    return result


def _record(row: Any, used: Mapping[str, int]) -> PoolRecord:
    return PoolRecord(
        name=row["name"],
        slots=row["slots"],
        description=row["description"],
        include_deferred=row["include_deferred"],
        # a task that was cleared while it ran still occupies its slot until its process has ended
        running=used.get(TaskInstanceState.RUNNING, 0) + used.get(TaskInstanceState.RESTARTING, 0),
        queued=used.get(TaskInstanceState.QUEUED, 0),
        scheduled=used.get(TaskInstanceState.SCHEDULED, 0),
        deferred=used.get(TaskInstanceState.DEFERRED, 0),
    )


def _missing(name: str) -> NotFoundError:
    return NotFoundError(f"pool {name!r} does not exist", fix=f"create it: tradewind pools set {name} <slots> <text>")


def _checked(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    check_name("pool name", name)
    slots = values.get("slots", 0)
    if isinstance(slots, bool) or not isinstance(slots, int) or not UNLIMITED <= slots <= _MAX_SLOTS:
        raise InvalidError(
            f"pool {name!r} cannot have {slots!r} slots", fix="use a whole number from 0, or -1 for no limit"
        )
    description = values.get("description")
    if description is not None and not isinstance(description, str):
        raise InvalidError(f"the description of pool {name!r} is {description!r}", fix="give a text or null")
    check_text("the description", description)
    if not isinstance(values.get("include_deferred", False), bool):
        raise InvalidError(
            f"include_deferred of pool {name!r} is {values['include_deferred']!r}", fix="use true or false"
        )
    return dict(values)
