"""Who may use the API, and the secret that signs its tokens.

Called by `server` (log in, tokens) and `cli` (`users ...`).  Passwords are kept as Argon2id hashes only.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.store import signing, tables
from tradewind.store.actions_checks import check_name
from tradewind.store.audit import Audited, shown_change
from tradewind.store.engine import read, write
from tradewind.store.rights import ROLES as ROLES
from tradewind.store.rights import Grant, check_limit, grants_of, set_grants
from tradewind.store.vault import Vault

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_user, _key, _role, _session = tables.user, tables.secret_key, tables.role, tables.login_session
_JWT = "jwt"
_MAX_PASSWORD = 1024
_PASSES, _KIB, _THREADS = 2, 19 * 1024, 1
"""What a hash costs.  OWASP's choice for servers: some 40 ms of one CPU, where the library's own default takes five
times that from the scheduler beside it."""


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A user; the password's hash never leaves this module."""

    username: str
    role: str
    """One of the four, or one that was made."""
    created_at: datetime
    base: str = "viewer"
    """The one of the four that the role is or stands on."""
    dag_limited: bool = False
    """Limited to DAGs himself."""
    role_limited: bool = False
    """Limited to DAGs by his role."""
    tokens_since: datetime | None = None
    """Logins and tokens by password from before that are void."""
    issuer: str | None = None
    """The OpenID provider that vouches for him; None: he has a password."""
    subject: str | None = None
    """Who he is to it; None: he did not log in since that is kept."""

    @property
    def limited(self) -> bool:
        """Whether rights say which DAGs he deals with; an administrator deals with all."""
        return self.base != "admin" and (self.dag_limited or self.role_limited)


_COLUMNS = (
    _user.c.username,
    _user.c.role,
    _user.c.created_at,
    _user.c.dag_limited,
    _user.c.tokens_since,
    _user.c.issuer,
    _user.c.subject,
    _role.c.base,
    _role.c.dag_limited.label("role_limited"),
)
_JOINED = _user.outerjoin(_role, _role.c.name == _user.c.role)


def _record(row: Any) -> UserRecord:
    return UserRecord(
        row.username,
        row.role,
        row.created_at,
        # a role that somebody deleted from the database allows the least
        row.role if row.role in ROLES else (row.base or "viewer"),
        row.dag_limited,
        bool(row.role_limited),
        row.tokens_since,
        row.issuer,
        row.subject,
    )


class Users(Audited):
    """All users of the metadata database.  Thread-safe."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """`vault` seals the secret that signs tokens."""
        self._engine, self._vault = engine, vault
        self._lock = threading.Lock()
        self._hasher: PasswordHasher | None = None
        self._decoy_hash: str | None = None

    def create(
        self,
        username: str,
        password: str | None,
        role: str = "admin",
        *,
        now: datetime,
        dag_limited: bool = False,
        grants: Iterable[Grant] = (),
        issuer: str | None = None,
        subject: str | None = None,
    ) -> UserRecord:
        """A user; one without a password logs in through the `issuer`, to which he is the `subject`.

        Raises ConflictError when the name is taken, InvalidError for a name, password or role that cannot be.
        """
        check_name("user name", username)
        if password is None and issuer is None:
            raise InvalidError("a user needs a password", fix="give one")
        hashed = "" if password is None else self._hash(password)
        values = {"role": role, "dag_limited": dag_limited, "issuer": issuer}
        try:
            with write(self._engine) as connection:
                check_limit(_base(connection, role), dag_limited)
                connection.execute(
                    insert(_user).values(
                        username=username, password_hash=hashed, created_at=now, subject=subject, **values
                    )
                )
                _, told = set_grants(connection, ("user", username), grants)
                self._tell(connection, "create_user", username=username, after={**values, **told})
                return _get(connection, username)
        except IntegrityError:
            raise ConflictError(
                f"user {username!r} exists already",
                fix="choose another name, or set the password of this one",
            ) from None

    def verify(self, username: str, password: str) -> UserRecord | None:
        """The user when name and password fit, else None; an unknown name takes as long as a wrong
        password."""
        from argon2.exceptions import VerificationError  # start-up time: only log-ins pay for it

        hasher = self._hashing()
        decoy = self._decoy()  # made before the look-up, so that not even the first unknown name takes another time
        with read(self._engine) as connection:
            query = select(*_COLUMNS, _user.c.password_hash).select_from(_JOINED).where(_user.c.username == username)
            row = connection.execute(query).one_or_none()
        has_password = row is not None and row.password_hash != ""
        try:
            hashed = row.password_hash if row is not None and has_password else decoy
            hasher.verify(hashed, password[: _MAX_PASSWORD + 1])
        except VerificationError:
            return None
        if row is None or not has_password:
            return None
        if hasher.check_needs_rehash(row.password_hash):
            self._replace(username, row.password_hash, hasher.hash(password))
        return _record(row)

    def get(self, username: str) -> UserRecord:
        """Raises NotFoundError."""
        with read(self._engine) as connection:
            return _get(connection, username)

    def grants(self, username: str) -> Sequence[Grant]:
        """The rights of a user himself, without those of his role."""
        return self.grants_of([username])[username]

    def grants_of(self, usernames: Collection[str]) -> dict[str, Sequence[Grant]]:
        """The rights of each of these users himself, without those of their roles."""
        with read(self._engine) as connection:
            found = grants_of(connection, [("user", name) for name in usernames])
        return {name: rights for (_, name), rights in found.items()}

    def set_password(self, username: str, password: str, now: datetime | None = None) -> None:
        """His logins and the tokens that he got by password end.  Raises NotFoundError, InvalidError."""
        hashed = self._hash(password)
        with write(self._engine) as connection:
            _get(connection, username)
            connection.execute(
                update(_user)
                .where(_user.c.username == username)
                .values(password_hash=hashed, issuer=None, subject=None)
            )
            self._end_logins(connection, username, now)
            self._tell(connection, "set_password", username=username)

    def log_out_everywhere(self, username: str, now: datetime) -> None:
        """End all logins of a user and void the tokens that he got by password.  Raises NotFoundError."""
        with write(self._engine) as connection:
            _get(connection, username)
            self._end_logins(connection, username, now)
            self._tell(connection, "log_out_everywhere", username=username)

    @staticmethod
    def _end_logins(connection: Connection, username: str, now: datetime | None) -> None:
        connection.execute(delete(_session).where(_session.c.username == username))
        if now is not None:
            connection.execute(update(_user).where(_user.c.username == username).values(tokens_since=now))

    def bind(self, username: str, subject: str) -> None:
        """Keep who a user is to his provider, which was not known yet.  Raises ConflictError when it is by now, and
        he is another."""
        with write(self._engine) as connection:
            unknown = update(_user).where(_user.c.username == username, _user.c.subject.is_(None))
            connection.execute(unknown.values(subject=subject))
            if _get(connection, username).subject != subject:
                raise ConflictError(f"user {username!r} is another person to the OpenID provider", fix="try again")

    def set_role(self, username: str, role: str) -> None:
        """Raises NotFoundError, InvalidError."""
        self.update(username, role=role)

    def update(
        self,
        username: str,
        *,
        role: str | None = None,
        dag_limited: bool | None = None,
        grants: Iterable[Grant] | None = None,
        keep_an_admin: bool = False,
    ) -> UserRecord:
        """Change what is given.  Raises NotFoundError, InvalidError; with `keep_an_admin` ConflictError for the last
        administrator, who could not be followed by another without the command line.
        """
        with write(self._engine) as connection:
            old = _get(connection, username)
            values = {
                "role": role or old.role,
                "dag_limited": old.dag_limited if dag_limited is None else dag_limited,
            }
            base = _base(connection, str(values["role"]))
            check_limit(base, bool(values["dag_limited"]))
            if keep_an_admin and old.base == "admin" and base != "admin":
                _keep_one_admin(connection, username)
            connection.execute(update(_user).where(_user.c.username == username).values(values))
            before: dict[str, Any] = {field: getattr(old, field) for field in values}
            after: dict[str, Any] = dict(values)
            if grants is not None:
                was, is_now = set_grants(connection, ("user", username), grants)
                before, after = {**before, **was}, {**after, **is_now}
            before, after = shown_change(before, after, ())
            if after:
                self._tell(connection, "update_user", username=username, before=before, after=after)
            return _get(connection, username)

    def delete(self, username: str, *, keep_an_admin: bool = False) -> None:
        """With his rights, tokens and logins.  Raises NotFoundError, and ConflictError as `update`."""
        with write(self._engine) as connection:
            old = _get(connection, username)
            if keep_an_admin and old.base == "admin":
                _keep_one_admin(connection, username)
            was, _ = set_grants(connection, ("user", username), ())
            token = tables.api_token
            ids = connection.scalars(select(token.c.id).where(token.c.username == username)).all()
            for token_id in ids:
                set_grants(connection, ("token", token_id), ())
            for table in (token, _session, tables.dag_favorite):
                connection.execute(delete(table).where(table.c.username == username))
            connection.execute(delete(_user).where(_user.c.username == username))
            self._tell(connection, "delete_user", username=username, before={"role": old.role, **was})

    def jwt_secret(self) -> bytes:
        """The secret that signs tokens, 64 bytes; made once, whichever process asks first.

        Raises StoreError when none of the keys opens it, SettingsError without a key.
        """
        query = select(_key.c.value).where(_key.c.name == _JWT)
        with read(self._engine) as connection:
            found = connection.scalar(query)
        if found is None:
            made = signing.make(self._vault)
            try:
                with write(self._engine) as connection:
                    connection.execute(insert(_key).values(name=_JWT, value=made))
            except IntegrityError:
                pass  # another process was first, and its secret is the one
            with read(self._engine) as connection:
                found = connection.scalars(query).one()
        if not signing.is_sealed(bytes(found)):  # by an older version
            sealed = signing.seal(self._vault, bytes(found))
            with write(self._engine) as connection:
                plain = update(_key).where(_key.c.name == _JWT, _key.c.value == found)
                connection.execute(plain.values(value=sealed))
        return signing.unseal(self._vault, bytes(found))

    def list(self, after: str | None = None, limit: int | None = None) -> Sequence[UserRecord]:
        """All users by name, or those after one."""
        query = select(*_COLUMNS).select_from(_JOINED).order_by(_user.c.username).limit(limit)
        if after is not None:
            query = query.where(_user.c.username > after)
        with read(self._engine) as connection:
            return [_record(row) for row in connection.execute(query)]

    def _replace(self, username: str, old: str, new: str) -> None:
        # guarded by the old hash: a password that was changed meanwhile must not come back
        with write(self._engine) as connection:
            connection.execute(
                update(_user)
                .where(_user.c.username == username, _user.c.password_hash == old)
                .values(password_hash=new)
            )

    def _hash(self, password: str) -> str:
        if not password or len(password) > _MAX_PASSWORD:
            raise InvalidError("the password is empty or too long", fix=f"use 1 to {_MAX_PASSWORD} characters")
        return self._hashing().hash(password)

    def _hashing(self) -> PasswordHasher:
        if self._hasher is None:
            from argon2 import PasswordHasher  # start-up time: only log-ins pay for it

            self._hasher = PasswordHasher(time_cost=_PASSES, memory_cost=_KIB, parallelism=_THREADS)
        return self._hasher

    def _decoy(self) -> str:
        """What the password of an unknown name is compared with."""
        with self._lock:
            if self._decoy_hash is None:
                self._decoy_hash = self._hashing().hash(secrets.token_urlsafe())
            return self._decoy_hash


def _missing(username: str) -> NotFoundError:
    return NotFoundError(f"user {username!r} does not exist", fix="see the users with: tradewind users list")


def _get(connection: Connection, username: str) -> UserRecord:
    row = connection.execute(select(*_COLUMNS).select_from(_JOINED).where(_user.c.username == username)).one_or_none()
    if row is None:
        raise _missing(username)
    return _record(row)


def _base(connection: Connection, role: str) -> str:
    """The one of the four that a role is or stands on.  Raises InvalidError."""
    if role in ROLES:
        return role
    base = connection.scalar(select(_role.c.base).where(_role.c.name == role))
    if base is None:
        others = connection.scalars(select(_role.c.name).order_by(_role.c.name).limit(20)).all()
        raise InvalidError(f"there is no role {role!r}", fix="use one of: " + ", ".join([*ROLES, *others]))
    return str(base)


def _keep_one_admin(connection: Connection, username: str) -> None:
    query = (
        select(func.count())
        .select_from(_JOINED)
        .where(_user.c.username != username, or_(_user.c.role == "admin", _role.c.base == "admin"))
    )
    if not connection.scalar(query):
        raise ConflictError(f"{username!r} is the last administrator", fix="make somebody else an administrator first")
