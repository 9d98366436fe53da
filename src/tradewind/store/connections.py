"""Connections: where external systems are and how to log in; password and extra are encrypted at rest.

Called by `services.task_api` for tasks, and by `server` and `cli` for people.  Environment variables
(`AIRFLOW_CONN_*`) are looked up in the task's own process, never here.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import ConflictError, InvalidError, NotFoundError, StoreError
from tradewind.runtime.secret_values import of_connection
from tradewind.spec.wire import ConnectionData
from tradewind.store import tables
from tradewind.store.actions_checks import EVERYTHING, Found, check_text, chunks, find, put
from tradewind.store.audit import Audited, shown, shown_change
from tradewind.store.changes import note_topic
from tradewind.store.engine import read, write
from tradewind.store.kept_secrets import KeptSecrets
from tradewind.store.reads.query import Listing, Page, Sort
from tradewind.store.variables import Imported, OnExisting
from tradewind.store.vault import Vault

logger = logging.getLogger(__name__)

_connection = tables.connection
_LISTING = Listing(
    {
        "conn_id": Sort(_connection.c.conn_id),
        "connection_id": Sort(_connection.c.conn_id),
        "id": Sort(_connection.c.conn_id),
        "team_name": Sort(_connection.c.conn_id),
        "conn_type": Sort(_connection.c.conn_type),
        **{
            name: Sort(_connection.c[name], nullable=True)
            for name in ("description", "host", "port", "login", "schema")
        },
    },
    default=("conn_id",),
    unique="conn_id",
)
_FIELDS = frozenset(ConnectionData.__struct_fields__) - {"conn_id"}
_SECRET = ("password", "extra")
_CONN_ID = re.compile(r"[\w#!()\-.:/\\]{1,200}")


class Connections(Audited):
    """All Connections of the metadata database.  Thread-safe."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self._kept = KeptSecrets(engine, vault)

    def get(self, conn_id: str) -> ConnectionData:
        """The Connection, decrypted.  Raises NotFoundError."""
        with read(self._engine) as connection:
            row = self._row_of(connection, conn_id)
        if row is None:
            raise _missing(conn_id)
        return self._open(row)

    def add(self, data: ConnectionData) -> None:
        """Create.  Raises ConflictError when the id is taken, InvalidError for a field that does not
        fit."""
        values = self._row(data)
        try:
            with write(self._engine) as connection:
                connection.execute(insert(_connection).values(conn_id=data.conn_id, **values))
                self._tell(connection, "post_connection", connection_id=data.conn_id, after=shown(values, _SECRET))
                note_topic(connection, "secrets")
        except IntegrityError:
            raise ConflictError(
                f"connection {data.conn_id!r} exists already", fix="delete it first, or change this one"
            ) from None

    def set(self, data: ConnectionData) -> bool:
        """Create, or replace all fields; True when it was created.  Raises InvalidError."""
        values = self._row(data)
        with write(self._engine) as connection:
            old = self._row_of(connection, data.conn_id, lock=True)
            created = put(connection, _connection, {"conn_id": data.conn_id}, values)
            self._changed(connection, data.conn_id, old, values)
            return created

    def update(self, data: ConnectionData, mask: Collection[str]) -> ConnectionData:
        """Write only the fields named in `mask`, e.g. {"host", "port"}; the Connection as it is then.

        Raises NotFoundError, and InvalidError for an unknown field.
        """
        if unknown := sorted(set(mask) - _FIELDS):
            raise InvalidError(
                f"a connection has no field {unknown[0]!r} that can be changed",
                fix="the fields are " + ", ".join(sorted(_FIELDS)),
            )
        values = {name: value for name, value in self._row(data).items() if name in mask}
        with write(self._engine) as connection:
            old = self._row_of(connection, data.conn_id, lock=True)
            if values:
                connection.execute(update(_connection).where(_connection.c.conn_id == data.conn_id).values(**values))
            row = self._row_of(connection, data.conn_id)
            if row is None:
                raise _missing(data.conn_id)
            if values:
                self._changed(connection, data.conn_id, old, values, fields=sorted(values))
        return self._open(row)

    def delete(self, conn_id: str) -> None:
        """Raises NotFoundError."""
        with write(self._engine) as connection:
            old = self._row_of(connection, conn_id, lock=True)
            gone = connection.execute(delete(_connection).where(_connection.c.conn_id == conn_id)).rowcount
            if old is None or not gone:
                raise _missing(conn_id)
            self._retire(connection, conn_id, old, {})
            self._tell(connection, "delete_connection", connection_id=conn_id, before=shown(old, _SECRET))

    def import_(self, items: Iterable[ConnectionData], on_existing: OnExisting = "skip") -> Imported:
        """Store many, all or nothing.  Raises ConflictError (with `fail`) and InvalidError."""
        rows = {data.conn_id: self._row(data) for data in items}
        with write(self._engine) as connection:
            existing: set[str] = set()
            for part in chunks(list(rows)):
                existing.update(
                    connection.scalars(select(_connection.c.conn_id).where(_connection.c.conn_id.in_(part)))
                )
            if existing and on_existing == "fail":
                names = ", ".join(repr(name) for name in rows if name in existing)
                raise ConflictError(
                    f"these connections exist already: {names}",
                    fix="import with the action overwrite or skip",
                )
            for conn_id, values in rows.items():
                if conn_id not in existing or on_existing == "overwrite":
                    old = self._row_of(connection, conn_id, lock=True)
                    put(connection, _connection, {"conn_id": conn_id}, values)
                    self._changed(connection, conn_id, old, values)
        again = tuple(name for name in rows if name in existing)
        return Imported(
            created=tuple(name for name in rows if name not in existing),
            updated=again if on_existing == "overwrite" else (),
            skipped=again if on_existing == "skip" else (),
        )

    def _changed(
        self,
        connection: Connection,
        conn_id: str,
        old: Mapping[str, Any] | None,
        values: Mapping[str, Any],
        **extra: Any,
    ) -> None:
        note_topic(connection, "secrets")
        if old is None:
            self._tell(connection, "post_connection", connection_id=conn_id, after=shown(values, _SECRET), **extra)
            return
        self._retire(connection, conn_id, old, {**old, **values})
        kept = {name: old[name] for name in _FIELDS}
        before, after = shown_change(self._comparable(kept), self._comparable({**kept, **values}), _SECRET)
        self._tell(connection, "patch_connection", connection_id=conn_id, before=before, after=after, **extra)

    def _retire(self, connection: Connection, conn_id: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Have what was secret in the Connection hidden still, where it was used."""
        changed = [name for name in _SECRET if old[name] != new.get(name)]
        what = f"what connection {conn_id!r} had"

        def secrets(row: Mapping[str, Any], name: str) -> set[str]:
            if row.get(name) is None:
                return set()
            text = self._vault.open(row[name], what)
            return of_connection(text, None) if name == "password" else of_connection(None, text)

        after = {secret for name in changed for secret in secrets(new, name)}
        before = [partial(secrets, old, name) for name in changed]
        self._kept.retire(connection, "connection", conn_id, before, after)

    def _comparable(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """With its secrets opened: sealed, they differ each time.  One that cannot be opened stays what it is."""
        found = dict(row)
        for name in _SECRET:
            if found[name] is not None:
                try:
                    found[name] = self._vault.open(found[name])
                except StoreError:
                    logger.warning("the %s that a connection had cannot be opened: it counts as changed", name)
        return found

    def rotate(self) -> int:
        """Seal every secret again with the newest key; how many Connections there are.  Raises
        StoreError."""
        with write(self._engine) as connection:
            rows = connection.execute(select(_connection)).all()
            for row in rows:
                values = {
                    name: self._vault.rotate(getattr(row, name), f"the {name} of connection {row.conn_id!r}")
                    for name in _SECRET
                    if getattr(row, name) is not None
                }
                if values:
                    connection.execute(update(_connection).where(_connection.c.conn_id == row.conn_id).values(**values))
        return len(rows)

    def page(self, page: Page, *, pattern: str | None = None, prefix: str | None = None) -> Found[ConnectionData]:
        """A page of the Connections, decrypted: who shows them hides `password` and secrets in `extra`.

        Raises InvalidError for an unknown order.
        """
        with read(self._engine) as connection:
            rows = find(
                connection,
                select(_connection),
                _LISTING,
                _connection.c.conn_id,
                page,
                pattern=pattern,
                prefix=prefix,
            )
        return Found([self._open(row) for row in rows.items], rows.total)

    def list(self, *, pattern: str | None = None, prefix: str | None = None) -> Sequence[ConnectionData]:
        """All Connections that fit, decrypted, sorted by id."""
        return self.page(EVERYTHING, pattern=pattern, prefix=prefix).items

    def sealed(self) -> Sequence[tuple[str, str | None, str | None]]:
        """All ids, encrypted passwords and encrypted extras: for who opens only those that he does not know."""
        names = (_connection.c.conn_id, _connection.c.password, _connection.c.extra)
        with read(self._engine) as connection:
            return [(row.conn_id, row.password, row.extra) for row in connection.execute(select(*names))]

    def _row_of(self, connection: Connection, conn_id: str, *, lock: bool = False) -> Any:
        """`lock`: nobody else replaces it before the end of the transaction."""
        statement = select(_connection).where(_connection.c.conn_id == conn_id)
        if lock:
            statement = statement.with_for_update()
        return connection.execute(statement).mappings().one_or_none()

    def _row(self, data: ConnectionData) -> dict[str, Any]:
        """The columns of a Connection, checked and sealed."""
        _check(data)
        values = {name: getattr(data, name) for name in _FIELDS}
        for name in _SECRET:
            # an empty text is a value like any other: a password may be empty on purpose
            if values[name] is not None:
                values[name] = self._vault.seal(values[name])
        return values

    def _open(self, row: Any) -> ConnectionData:
        fields = {name: row[name] for name in ConnectionData.__struct_fields__}
        for name in _SECRET:
            if fields[name] is not None:
                fields[name] = self._vault.open(fields[name], f"the {name} of connection {row['conn_id']!r}")
        return ConnectionData(**fields)


def _missing(conn_id: str) -> NotFoundError:
    return NotFoundError(
        f"connection {conn_id!r} does not exist",
        fix=f"create it: tradewind connections add {conn_id} --conn-uri ...",
    )


def _check(data: ConnectionData) -> None:
    if not _CONN_ID.fullmatch(data.conn_id):
        raise InvalidError(
            f"connection id {data.conn_id[:60]!r} is not valid",
            fix="use 1 to 200 letters, digits and the characters # ! ( ) - . : / \\ _",
        )
    check_text("the connection type", data.conn_type, 500)
    check_text("the description", data.description)
    check_text("the host", data.host, 500)
    check_text("the login", data.login)
    check_text("the schema", data.schema, 500)
    if data.port is not None and not 0 <= data.port <= 65535:
        raise InvalidError(f"port {data.port} is not valid", fix="use a number from 0 to 65535")
    if data.extra:
        try:
            extra = json.loads(data.extra)
        except ValueError as error:
            # only the place is shown: an extra holds secrets
            raise InvalidError(
                f"the extra of connection {data.conn_id!r} is not JSON ({error})",
                fix='write it as a JSON object, e.g. {"region_name": "eu-central-1"}',
            ) from None
        if not isinstance(extra, dict):
            raise InvalidError(
                f"the extra of connection {data.conn_id!r} is JSON, but not an object",
                fix='write it as a JSON object, e.g. {"region_name": "eu-central-1"}',
            )
