"""Who asks, and which DAGs he deals with, as the database has it now.  Called by `server.auth` for every request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from tradewind.errors import NotFoundError
from tradewind.store.access import DagRights
from tradewind.store.api_tokens import SCOPES, ApiTokens, TokenRecord
from tradewind.store.engine import read
from tradewind.store.rights import ROLES, dag_rights
from tradewind.store.users import UserRecord, Users


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, or a machine that works for him."""

    user: UserRecord
    role: str
    """One of the four: what he may do at most."""
    rights: DagRights | None
    """None: all DAGs."""
    token: TokenRecord | None = None


class Identities:
    """Finds out who asks."""

    def __init__(self, engine: Engine, users: Users, tokens: ApiTokens) -> None:
        self._engine = engine
        self._users = users
        self._tokens = tokens

    def user(self, username: str, since: datetime | None = None) -> Identity | None:
        """A user by name; None when there is none, or when what was given him at `since` is void by now."""
        try:
            user = self._users.get(username)
        except NotFoundError:
            return None
        void = max(user.created_at, user.tokens_since or user.created_at)
        if since is not None and since < void:
            return None
        return Identity(user, user.base, self._rights(user, None))

    def token(self, secret: str, now: datetime) -> Identity | None:
        """The user whom a token of a machine stands for; None when it is not valid."""
        token = self._tokens.find(secret, now)
        if token is None:
            return None
        try:
            user = self._users.get(token.username)
        except NotFoundError:
            return None
        role = min(user.base, SCOPES[token.scope], key=ROLES.index)
        return Identity(user, role, self._rights(user, token), token)

    def _rights(self, user: UserRecord, token: TokenRecord | None) -> DagRights | None:
        """Those of a token are within those of its user."""
        of_token = token is not None and token.dag_limited
        if not user.limited and not of_token:
            return None
        with read(self._engine) as connection:
            mine = None
            if user.limited:
                mine = dag_rights(connection, [("user", user.username), ("role", user.role)], user.role)
            if token is None or not of_token:
                return mine
            given = dag_rights(connection, [("token", token.id)], None)
        if mine is None:
            return given
        return DagRights(given.reads & mine.reads, given.runs & mine.runs)
