"""Tokens of machines: with a name, an end and less rights than who made them, if wanted.  Called by `server` and `cli`.

A token is shown once; the database keeps its digest (it has 256 random bits: nothing is gained by a slow hash).  It
has the rights of its user at most, as they are when it is used, and none when he is gone.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from tradewind.errors import InvalidError, NotFoundError
from tradewind.store import tables
from tradewind.store.actions_checks import check_name
from tradewind.store.audit import Audited
from tradewind.store.engine import read, write
from tradewind.store.rights import Grant, grants_of, set_grants
from tradewind.store.uuid7 import uuid7

PREFIX = "tw_"
SCOPES = {"read": "viewer", "run": "user", "operate": "op", "admin": "admin"}
"""Scope of a token -> the role that it is worth at most."""
NOTED_EVERY = timedelta(minutes=1)
"""The last use is written that often: a token that is used all the time must not write all the time."""
_token, _user = tables.api_token, tables.user


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """A token, without itself."""

    id: str
    name: str
    username: str
    hint: str
    scope: str
    dag_limited: bool
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    grants: tuple[Grant, ...] = ()


class ApiTokens(Audited):
    """All tokens of machines.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        name: str,
        username: str,
        scope: str,
        *,
        now: datetime,
        by: str,
        expires_at: datetime | None = None,
        grants: Iterable[Grant] | None = None,
    ) -> tuple[str, TokenRecord]:
        """The token, which cannot be read again, and what is kept of it.

        `grants` None: for all DAGs of the user.  Raises InvalidError, and NotFoundError for the user.
        """
        check_name("name of a token", name)
        if scope not in SCOPES:
            raise InvalidError(f"there is no scope {scope!r}", fix="use one of: " + ", ".join(SCOPES))
        if scope == "admin" and grants is not None:
            raise InvalidError(
                "a token for administration cannot be limited to DAGs", fix="use the scope operate, or a lower one"
            )
        if expires_at is not None and expires_at <= now:
            raise InvalidError("the token would have expired already", fix="name a later time")
        secret = PREFIX + secrets.token_urlsafe(32)
        token_id = uuid7()
        values = {
            "name": name,
            "username": username,
            "scope": scope,
            "dag_limited": grants is not None,
            "expires_at": expires_at,
        }
        with write(self._engine) as connection:
            if connection.scalar(select(_user.c.username).where(_user.c.username == username)) is None:
                raise NotFoundError(f"user {username!r} does not exist", fix="see the users with: tradewind users list")
            connection.execute(
                insert(_token).values(
                    id=token_id,
                    digest=digest(secret),
                    hint=secret[: len(PREFIX) + 4],
                    created_at=now,
                    created_by=by,
                    **values,
                )
            )
            _, told = set_grants(connection, ("token", token_id), grants or ())
            self._tell(connection, "create_token", token=token_id, name=name, after={**values, **told})
            return secret, _get(connection, token_id)

    def find(self, secret: str, now: datetime) -> TokenRecord | None:
        """The token that is valid now, without its rights on DAGs; notes its use.  None when it is not valid."""
        with read(self._engine) as connection:
            row = connection.execute(select(_token).where(_token.c.digest == digest(secret))).one_or_none()
        if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
            return None
        if row.last_used_at is None or now - row.last_used_at >= NOTED_EVERY:
            with write(self._engine) as connection:
                connection.execute(update(_token).where(_token.c.id == row.id).values(last_used_at=now))
        return _record(row)

    def get(self, token_id: str) -> TokenRecord:
        """Raises NotFoundError."""
        with read(self._engine) as connection:
            return _get(connection, token_id)

    def list(
        self, username: str | None = None, after: str | None = None, limit: int | None = None
    ) -> Sequence[TokenRecord]:
        """All tokens, or those of a user, the newest first; `after`: the id of the last one seen."""
        query = select(_token).order_by(_token.c.id.desc()).limit(limit)
        if username is not None:
            query = query.where(_token.c.username == username)
        if after is not None:
            query = query.where(_token.c.id < after)
        with read(self._engine) as connection:
            rows = connection.execute(query).all()
            grants = grants_of(connection, [("token", row.id) for row in rows])
        return [_record(row, grants[("token", row.id)]) for row in rows]

    def revoke(self, token_id: str, now: datetime) -> TokenRecord:
        """End a token for good; once more does nothing.  Raises NotFoundError."""
        with write(self._engine) as connection:
            old = _get(connection, token_id)
            if old.revoked_at is None:
                connection.execute(update(_token).where(_token.c.id == token_id).values(revoked_at=now))
                told = {"name": old.name, "scope": old.scope, "expires_at": old.expires_at}
                self._tell(
                    connection, "revoke_token", token=token_id, username=old.username, name=old.name, before=told
                )
            return _get(connection, token_id)


def digest(secret: str) -> str:
    """What the database keeps of a token or of the cookie of a login."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _get(connection: Connection, token_id: str) -> TokenRecord:
    row = connection.execute(select(_token).where(_token.c.id == token_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"there is no token {token_id!r}", fix="see the tokens with: tradewind tokens list")
    return _record(row, grants_of(connection, [("token", token_id)])[("token", token_id)])


def _record(row: Any, grants: Sequence[Grant] = ()) -> TokenRecord:
    names = [name for name in TokenRecord.__dataclass_fields__ if name != "grants"]
    return TokenRecord(**{name: getattr(row, name) for name in names}, grants=tuple(grants))
