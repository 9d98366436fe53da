"""What people ask of the process that runs user code: to test a connection, to read a DAG file again, to name plugins.

Called by the server, which asks, and by `services.errands`, which answers.  An errand is a row: it waits until somebody
takes it, and one taker gets it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Engine, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import ConflictError, InvalidError
from tradewind.spec.wire import ConnectionData
from tradewind.store.actions_checks import check_name, chunks
from tradewind.store.actions_common import record
from tradewind.store.connections import Connections
from tradewind.store.engine import read, write
from tradewind.store.reads.query import Row
from tradewind.store.signals import notify
from tradewind.store.tables import connection_test, dag, import_error, parse_request, plugin
from tradewind.store.uuid7 import uuid7
from tradewind.store.vault import Vault

_test, _request = connection_test.c, parse_request.c
KEPT = timedelta(hours=1)
"""How long the answer to a test can be asked for."""
NEVER_TAKEN = timedelta(days=1)
"""A test for which no DAG processor came in so long is forgotten."""
LOST_AFTER = timedelta(minutes=5)
"""A test that runs for so long has lost the process that ran it."""


@dataclass(frozen=True, slots=True)
class ConnectionTest:
    """A test to be run."""

    token: str
    connection: ConnectionData
    commit_on_success: bool
    username: str | None


class Errands:
    """All errands.  Thread-safe."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    # --- tests of connections -----------------------------------------------------------------------------

    def ask_test(
        self, data: ConnectionData, *, user: str, now: datetime, commit_on_success: bool = False, exclusive: bool = True
    ) -> str:
        """Put a connection to the test; the token under which the answer is found.

        Raises ConflictError with `exclusive` when one of its id is not over, InvalidError for a bad id.
        """
        check_name("connection id", data.conn_id)
        token = uuid7()
        row = {
            "token": token,
            "connection_id": data.conn_id,
            "active": data.conn_id if exclusive else None,
            "state": "pending",
            "request": self._vault.seal(msgspec.json.encode(data).decode()),
            "commit_on_success": commit_on_success,
            "username": user,
            "created_at": now,
        }
        try:
            with write(self._engine) as connection:
                gone = or_(_test.ended_at < now - KEPT, _test.created_at < now - NEVER_TAKEN)
                connection.execute(delete(connection_test).where(gone))
                connection.execute(insert(connection_test).values(**row))
                record(connection, "enqueue_connection_test", now, user, extra={"connection_id": data.conn_id})
                notify(connection)
        except IntegrityError:
            raise ConflictError(
                f"a test of connection {data.conn_id!r} is not over yet", fix="wait for its answer"
            ) from None
        return token

    def test(self, token: str) -> Row | None:
        """token, connection_id, state, message, created_at, ended_at of a test; None when there is no such."""
        columns = (_test.token, _test.connection_id, _test.state, _test.message, _test.created_at, _test.ended_at)
        with read(self._engine) as connection:
            row = connection.execute(select(*columns).where(_test.token == token)).mappings().first()
        return None if row is None else dict(row)

    def take_test(self, now: datetime) -> ConnectionTest | None:
        """The test that waits longest, for one taker; None when none waits.  Ends those that were lost."""
        columns = (_test.token, _test.request, _test.commit_on_success, _test.username)
        while True:
            with read(self._engine) as connection:
                oldest = select(*columns).where(_test.state == "pending").order_by(_test.created_at).limit(1)
                row = connection.execute(oldest).first()
                lost = select(_test.token).where(_test.state == "running", _test.started_at < now - LOST_AFTER)
                stray = connection.scalars(lost).all()
            for token in stray:
                self.end_test(token, False, "the process that tested it is gone; try again", now)
            if row is None:
                return None
            mine = update(connection_test).where(_test.token == row.token, _test.state == "pending")
            with write(self._engine) as connection:
                got = connection.execute(mine.values(state="running", started_at=now)).rowcount
            if got:
                data = msgspec.json.decode(self._vault.open(row.request, "a connection test"), type=ConnectionData)
                return ConnectionTest(row.token, data, row.commit_on_success, row.username)

    def end_test(
        self, token: str, works: bool, message: str, now: datetime, save: ConnectionTest | None = None
    ) -> None:
        """Write the answer to a running test; nothing of the connection stays in it.

        `save`: its connection is stored when it works, before anybody can see that it does.
        """
        if save is not None and works:
            try:
                Connections(self._engine, self._vault).by(save.username or "", now).set(save.connection)
            except InvalidError as error:
                works, message = False, f"it works, but cannot be stored: {error}"
        values = {"state": "success" if works else "failed", "message": message, "request": None, "active": None}
        with write(self._engine) as connection:
            running = update(connection_test).where(_test.token == token, _test.state == "running")
            if connection.execute(running.values(ended_at=now, **values)).rowcount:
                notify(connection)

    # --- DAG files to be read again ---------------------------------------------------------------------------

    def ask_parse(self, bundle: str, relative: str, *, user: str, now: datetime) -> bool:
        """Let a DAG file be read again; False when no DAG and no import error is of such a file."""
        of_dag = select(dag.c.dag_id).where(dag.c.bundle_name == bundle, dag.c.relative_fileloc == relative)
        of_error = select(import_error.c.id).where(
            import_error.c.bundle_name == bundle, import_error.c.relative_fileloc == relative
        )
        with write(self._engine) as connection:
            if connection.execute(of_dag).first() is None and connection.execute(of_error).first() is None:
                return False
            row = {"bundle_name": bundle, "relative_fileloc": relative, "asked_at": now}
            connection.execute(insert(parse_request).values(**row))
            record(connection, "reparse_dag_file", now, user, extra={"bundle": bundle, "file": relative})
            notify(connection)
        return True

    def take_parses(self) -> list[tuple[str, str]]:
        """(bundle, relative path) of the files to be read again, each once; they are not told again."""
        with read(self._engine) as connection:
            rows = connection.execute(select(parse_request).order_by(_request.id).limit(1000)).all()
        if rows:
            with write(self._engine) as connection:
                for part in chunks([row.id for row in rows]):
                    connection.execute(delete(parse_request).where(_request.id.in_(part)))
        return list(dict.fromkeys((row.bundle_name, row.relative_fileloc) for row in rows))

    # --- plugins --------------------------------------------------------------------------------------------

    def save_plugins(self, found: Sequence[tuple[str, str]], errors: Sequence[tuple[str, str]]) -> None:
        """Replace what is known of plugins: (name, JSON) of those there are, (source, text) of errors."""
        rows = [{"kind": "plugin", "name": name[:1000], "body": body} for name, body in found]
        rows += [{"kind": "error", "name": name[:1000], "body": body} for name, body in errors]
        with write(self._engine) as connection:
            connection.execute(delete(plugin))
            if rows:
                connection.execute(insert(plugin), rows)

    def plugins(self) -> list[dict[str, Any]]:
        """What the plugins have, by name."""
        with read(self._engine) as connection:
            query = select(plugin.c.body).where(plugin.c.kind == "plugin").order_by(plugin.c.name, plugin.c.id)
            return [json.loads(body) for body in connection.scalars(query)]

    def plugin_errors(self) -> list[tuple[str, str]]:
        """(file or package, error) of the plugins that could not be loaded."""
        with read(self._engine) as connection:
            query = select(plugin.c.name, plugin.c.body).where(plugin.c.kind == "error")
            return [(row.name, row.body) for row in connection.execute(query.order_by(plugin.c.name, plugin.c.id))]
