"""Who may use the API, and the secret that signs its tokens.

Called by `server` (log in, tokens) and `cli` (`users ...`).  Passwords are kept as Argon2id hashes only.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.store import tables
from tradewind.store.actions_checks import check_name
from tradewind.store.engine import read, write

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_user, _key = tables.user, tables.secret_key
ROLES = ("viewer", "user", "op", "admin")
"""From the least to the most rights, as Airflow's simple auth manager names them."""
_JWT, _JWT_BYTES = "jwt", 64
_MAX_PASSWORD = 1024
_PASSES, _KIB, _THREADS = 2, 19 * 1024, 1
"""What a hash costs.  OWASP's choice for servers: some 40 ms of one CPU, where the library's own default takes five
times that from the scheduler beside it."""


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A user; the password's hash never leaves this module."""

    username: str
    role: str
    created_at: datetime


class Users:
    """All users of the metadata database.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._hasher: PasswordHasher | None = None
        self._decoy_hash: str | None = None

    def create(self, username: str, password: str, role: str = "admin", *, now: datetime) -> UserRecord:
        """Raises ConflictError when the name is taken, InvalidError for a name, password or role that
        cannot be."""
        check_name("user name", username)
        _check_role(role)
        record = UserRecord(username, role, now)
        hashed = self._hash(password)
        try:
            with write(self._engine) as connection:
                connection.execute(
                    insert(_user).values(username=username, password_hash=hashed, role=role, created_at=now)
                )
        except IntegrityError:
            raise ConflictError(
                f"user {username!r} exists already",
                fix="choose another name, or set the password of this one",
            ) from None
        return record

    def verify(self, username: str, password: str) -> UserRecord | None:
        """The user when name and password fit, else None; an unknown name takes as long as a wrong
        password."""
        from argon2.exceptions import VerificationError  # start-up time: only log-ins pay for it

        hasher = self._hashing()
        decoy = self._decoy()  # made before the look-up, so that not even the first unknown name takes another time
        with read(self._engine) as connection:
            row = connection.execute(select(_user).where(_user.c.username == username)).one_or_none()
        try:
            hasher.verify(decoy if row is None else row.password_hash, password[: _MAX_PASSWORD + 1])
        except VerificationError:
            return None
        if row is None:
            return None
        if hasher.check_needs_rehash(row.password_hash):
            self._replace(username, row.password_hash, hasher.hash(password))
        return UserRecord(row.username, row.role, row.created_at)

    def get(self, username: str) -> UserRecord:
        """Raises NotFoundError."""
        with read(self._engine) as connection:
            row = connection.execute(
                select(_user.c.username, _user.c.role, _user.c.created_at).where(_user.c.username == username)
            ).one_or_none()
        if row is None:
            raise _missing(username)
        return UserRecord(*row)

    def set_password(self, username: str, password: str) -> None:
        """Raises NotFoundError, InvalidError."""
        self._change(username, password_hash=self._hash(password))

    def set_role(self, username: str, role: str) -> None:
        """Raises NotFoundError, InvalidError."""
        _check_role(role)
        self._change(username, role=role)

    def delete(self, username: str) -> None:
        """Raises NotFoundError."""
        with write(self._engine) as connection:
            if not connection.execute(delete(_user).where(_user.c.username == username)).rowcount:
                raise _missing(username)

    def jwt_secret(self) -> bytes:
        """The secret that signs tokens, 64 bytes; made once, whichever process asks first."""
        query = select(_key.c.value).where(_key.c.name == _JWT)
        with read(self._engine) as connection:
            found = connection.scalar(query)
        if found is None:
            try:
                with write(self._engine) as connection:
                    connection.execute(insert(_key).values(name=_JWT, value=secrets.token_bytes(_JWT_BYTES)))
            except IntegrityError:
                pass  # another process was first, and its secret is the one
            with read(self._engine) as connection:
                found = connection.scalars(query).one()
        return bytes(found)

    def list(self) -> Sequence[UserRecord]:
        """All users, by name."""
        query = select(_user.c.username, _user.c.role, _user.c.created_at).order_by(_user.c.username)
        with read(self._engine) as connection:
            return [UserRecord(*row) for row in connection.execute(query)]

    def _change(self, username: str, **values: str) -> None:
        with write(self._engine) as connection:
            if not connection.execute(update(_user).where(_user.c.username == username).values(**values)).rowcount:
                raise _missing(username)

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


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise InvalidError(f"there is no role {role!r}", fix="use one of: " + ", ".join(ROLES))
