"""Secrets that are kept only to be hidden: what a Connection or Variable held before it was changed or deleted, and
what tasks learned elsewhere than here.

Written by `store.connections` and `store.variables` in the transaction that replaces a value, and by
`services.task_api` for tasks; read by the server, which blanks them in what it shows (`server.hidden`).

Theory.  Each text is there once, known by its digest (`Vault.digests`), and encrypted as Connections are.  How many are
kept is limited, of each Connection or Variable and of all, those that people stored apart from those that tasks told
of, so that a task that makes a new token each time drives out no password.  The oldest go first.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, or_, select, update

from tradewind.errors import SettingsError, StoreError
from tradewind.runtime.secret_values import MIN_LENGTH
from tradewind.store.actions_checks import chunks
from tradewind.store.audit import Audited
from tradewind.store.changes import note_topic
from tradewind.store.engine import read, write
from tradewind.store.scheduler import utc_now
from tradewind.store.tables_secrets import kept_secret
from tradewind.store.upsert import insert_or_skip
from tradewind.store.vault import Vault

logger = logging.getLogger(__name__)

Origin = Literal["connection", "variable", "task"]
MOST = 5000
"""Texts that are kept of what was stored, and as many of what tasks told of."""
MOST_OF_ONE = 100
"""Texts that are kept of one Connection or Variable."""
SLACK = 0.1
"""How far a limit is passed before what is too much is deleted, together: whoever knows them must then begin anew."""
LONGEST = 64 * 1024
"""Characters of the longest text that a task may have kept."""
AGAIN = timedelta(days=1)
"""A text that is told again so soon is not written again."""
_kept = kept_secret.c
_TOLD, _STORED = _kept.origin == "task", _kept.origin != "task"


class KeptSecrets(Audited):
    """All kept secrets of the metadata database.  Thread-safe."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._vault, self._now = engine, vault, now
        self._lock = threading.Lock()
        self._told: dict[str, datetime] = {}
        """Digest -> when it was told, of those that this process wrote: most are told by many tasks."""
        self._since_trim = 0

    # --- what was stored ----------------------------------------------------------------------------------------

    def retire(
        self,
        connection: Connection,
        origin: Literal["connection", "variable"],
        subject: str,
        before: Iterable[Callable[[], set[str]]],
        after: Collection[str] = (),
    ) -> None:
        """Keep what a Connection or Variable held and holds no longer, as part of the transaction that replaces it.

        `before` open what was there; of what cannot be opened nobody knows anything, and nothing is kept.
        """
        old: set[str] = set()
        for opened in before:
            try:
                old |= opened()
            except (StoreError, SettingsError) as error:
                logger.warning("it is replaced, and not kept to be hidden: %s", error.message)
        if self._keep(connection, origin, subject, sorted(old.difference(after))):
            mine = (_kept.origin == origin) & (_kept.subject == subject)
            self._trim(connection, mine, MOST_OF_ONE)
            note_topic(connection, "secrets")

    # --- what tasks tell of -------------------------------------------------------------------------------------

    def tell(self, texts: Iterable[str]) -> None:
        """Keep what a task learned elsewhere.  Those that are too short or too long to be hidden are left out."""
        now = self._now()
        wanted = {text: self._vault.digests(text)[0] for text in texts if MIN_LENGTH <= len(text) <= LONGEST}
        with self._lock:
            new = [text for text, digest in wanted.items() if self._told.get(digest, now - AGAIN) <= now - AGAIN]
        if not new:
            return
        with write(self._engine) as connection:
            made = self._keep(connection, "task", None, sorted(new))
            if made:
                note_topic(connection, "kept_secrets")
        with self._lock:
            if len(self._told) > 2 * MOST:
                self._told.clear()
            self._told.update((wanted[text], now) for text in new)
            self._since_trim += made
            due = self._since_trim > MOST * SLACK
            self._since_trim = 0 if due else self._since_trim
        if due:
            self.trim()

    # --- for who hides them -------------------------------------------------------------------------------------

    def ids(self) -> set[int]:
        """Of all that are kept.  The text of one never changes."""
        with read(self._engine) as connection:
            return set(connection.scalars(select(_kept.id)))

    def sealed(self, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Ids and encrypted texts of those of them that are still there."""
        for part in chunks(ids):
            with read(self._engine) as connection:
                rows = connection.execute(select(_kept.id, _kept.value).where(_kept.id.in_(part))).all()
            yield from ((row.id, row.value) for row in rows)

    # --- what is thrown away ------------------------------------------------------------------------------------

    def trim(self) -> int:
        """Delete the oldest of what is too much; how many.  For the janitor."""
        with write(self._engine) as connection:
            return self._trim(connection, _STORED, MOST) + self._trim(connection, _TOLD, MOST)

    def forget(self, origin: Origin | None = None, subject: str | None = None) -> int:
        """Show again what is kept of this origin and this Connection or Variable, or all; how many there were."""
        conditions = [] if origin is None else [_kept.origin == origin]
        conditions += [] if subject is None else [_kept.subject == subject]
        with write(self._engine) as connection:
            gone = connection.execute(delete(kept_secret).where(*conditions)).rowcount
            self._tell(connection, "forget_secrets", before={"of": origin, "name": subject, "kept": gone})
            note_topic(connection, "secrets")
        with self._lock:
            self._told.clear()
        return gone

    def counts(self) -> list[tuple[str, str | None, int, datetime]]:
        """(origin, Connection or Variable, how many, when the newest was kept), by origin and name."""
        columns = (_kept.origin, _kept.subject, func.count(), func.max(_kept.kept_at))
        query = select(*columns).group_by(_kept.origin, _kept.subject).order_by(_kept.origin, _kept.subject)
        with read(self._engine) as connection:
            return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]

    def _keep(self, connection: Connection, origin: Origin, subject: str | None, texts: Sequence[str]) -> int:
        now, made = self._now(), 0
        for text in texts:
            if len(text) < MIN_LENGTH:
                continue
            digests = self._vault.digests(text)
            values: dict[str, Any] = {"kept_at": now}
            if origin != "task":
                values |= {"origin": origin, "subject": subject}
            there = or_(*(_kept.digest == digest for digest in digests))
            if connection.execute(update(kept_secret).where(there).values(values)).rowcount:
                continue
            row = {"digest": digests[0], "value": self._vault.seal(text), "origin": origin, "subject": subject}
            statement = insert_or_skip(connection.dialect.name, _kept.id)
            made += connection.execute(statement, {**row, "kept_at": now}).first() is not None
        return made

    def _trim(self, connection: Connection, which: ColumnElement[bool], most: int) -> int:
        count = connection.execute(select(func.count()).select_from(kept_secret).where(which)).scalar_one()
        if count <= most * (1 + SLACK):
            return 0
        oldest = select(_kept.id).where(which).order_by(_kept.kept_at, _kept.id).limit(count - most)
        ids = connection.scalars(oldest).all()
        for part in chunks(ids):
            connection.execute(delete(kept_secret).where(_kept.id.in_(part)))
        note_topic(connection, "kept_secrets")
        return len(ids)
