"""Logins of browsers.  Called by `server`.

A login ends when it was not used for a while, at a fixed time after it began, when its user logs out (here or
everywhere), when his password is changed and when he is removed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, or_, select, update

from tradewind.store import tables
from tradewind.store.api_tokens import digest
from tradewind.store.engine import read, write

NOTED_EVERY = timedelta(minutes=1)
_session = tables.login_session


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a login is valid."""

    idle: timedelta
    """Without being used."""
    whole: timedelta
    """However much it is used."""


class LoginSessions:
    """All logins of browsers.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, username: str, now: datetime, lifetimes: Lifetimes) -> str:
        """The cookie of a new login.  Those that ended are cleared away."""
        secret = secrets.token_urlsafe(32)
        over = or_(_session.c.expires_at <= now, _session.c.seen_at <= now - lifetimes.idle)
        with write(self._engine) as connection:
            connection.execute(delete(_session).where(over))
            connection.execute(
                insert(_session).values(
                    digest=digest(secret),
                    username=username,
                    created_at=now,
                    seen_at=now,
                    expires_at=now + lifetimes.whole,
                )
            )
        return secret

    def find(self, secret: str, now: datetime, lifetimes: Lifetimes) -> str | None:
        """Whose login it is; None when there is none or it ended.  Notes that it is used."""
        key = _session.c.digest == digest(secret)
        with read(self._engine) as connection:
            row = connection.execute(select(_session).where(key)).one_or_none()
        if row is None or row.expires_at <= now or row.seen_at <= now - lifetimes.idle:
            return None
        if now - row.seen_at >= NOTED_EVERY:
            with write(self._engine) as connection:
                connection.execute(update(_session).where(key, _session.c.seen_at < now).values(seen_at=now))
        return str(row.username)

    def end(self, secret: str) -> None:
        """End a login; one that is not there is over already."""
        with write(self._engine) as connection:
            connection.execute(delete(_session).where(_session.c.digest == digest(secret)))
