"""Roles, rights on DAGs, and what they come to for one person.  Called by `server` and `cli`.

The four roles that there are always (viewer, user, op, admin) include each other; a role made here stands on one of
them and may be limited to DAGs, which rights name: by id, by pattern (`*`, `?`, `[...]`), or by tag.  The files of DAGs
name roles, too (`access_control`).  An administrator is never limited: he could give himself the rights.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.store import tables
from tradewind.store.access import DagRights, unlimited
from tradewind.store.actions_checks import check_name, check_text
from tradewind.store.audit import Audited
from tradewind.store.engine import read, write

ROLES = ("viewer", "user", "op", "admin")
"""From the least to the most rights, as Airflow's simple auth manager names them."""
KINDS, RIGHTS = ("dag", "pattern", "tag"), ("read", "run")
MOST_GRANTS = 1000
_role, _grant, _user, _dag, _tag = tables.role, tables.dag_grant, tables.user, tables.dag, tables.dag_tag
_access = tables.dag_access
_NAME = re.compile(r"[\w.@ -]{1,50}")
Subject = tuple[str, str]
"""`user`, `role` or `token`, and its name or id."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A right on DAGs."""

    kind: str
    value: str
    may: str


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """A role; those that there are always have no time."""

    name: str
    base: str
    dag_limited: bool
    description: str | None
    created_at: datetime | None
    grants: tuple[Grant, ...] = ()

    @property
    def built_in(self) -> bool:
        """Whether it is one of the four."""
        return self.created_at is None


class Roles(Audited):
    """All roles.  Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def list(self) -> Sequence[RoleRecord]:
        """The four, then the others by name."""
        with read(self._engine) as connection:
            rows = connection.execute(select(_role).order_by(_role.c.name)).all()
            grants = grants_of(connection, [("role", row.name) for row in rows])
        return [_built_in(name) for name in ROLES] + [_record(row, grants[("role", row.name)]) for row in rows]

    def get(self, name: str) -> RoleRecord:
        """Raises NotFoundError."""
        if name in ROLES:
            return _built_in(name)
        with read(self._engine) as connection:
            return self._get(connection, name)

    def create(
        self,
        name: str,
        base: str,
        *,
        dag_limited: bool = False,
        grants: Iterable[Grant] = (),
        description: str | None = None,
        now: datetime,
    ) -> RoleRecord:
        """Raises ConflictError when the name is taken, InvalidError."""
        if not _NAME.fullmatch(name) or name != name.strip():
            raise InvalidError(
                f"{name[:60]!r} cannot be the name of a role", fix="use up to 50 letters, digits, spaces and . _ - @"
            )
        _check_base(base, dag_limited)
        check_text("the description", description)
        if name.lower() in ROLES:
            raise ConflictError(f"role {name!r} is built in", fix="choose another name")
        values = {"base": base, "dag_limited": dag_limited, "description": description}
        try:
            with write(self._engine) as connection:
                connection.execute(insert(_role).values(name=name, created_at=now, **values))
                told = set_grants(connection, ("role", name), grants)
                self._tell(connection, "create_role", role=name, after={**values, **told[1]})
                return self._get(connection, name)
        except IntegrityError:
            raise ConflictError(f"role {name!r} exists already", fix="choose another name, or change it") from None

    def update(
        self,
        name: str,
        *,
        base: str | None = None,
        dag_limited: bool | None = None,
        grants: Iterable[Grant] | None = None,
        description: str | None = None,
    ) -> RoleRecord:
        """Change what is given.  Raises NotFoundError, InvalidError."""
        self._not_built_in(name)
        with write(self._engine) as connection:
            old = self._get(connection, name)
            values = {
                "base": base or old.base,
                "dag_limited": old.dag_limited if dag_limited is None else dag_limited,
                "description": old.description if description is None else check_text("the description", description),
            }
            _check_base(str(values["base"]), bool(values["dag_limited"]))
            connection.execute(update(_role).where(_role.c.name == name).values(values))
            before: dict[str, Any] = {field: getattr(old, field) for field in values}
            after: dict[str, Any] = dict(values)
            if grants is not None:
                was, is_now = set_grants(connection, ("role", name), grants)
                before, after = {**before, **was}, {**after, **is_now}
            self._tell(connection, "update_role", role=name, before=before, after=after)
            return self._get(connection, name)

    def delete(self, name: str) -> None:
        """Raises NotFoundError, InvalidError for one of the four, ConflictError while users have it."""
        self._not_built_in(name)
        with write(self._engine) as connection:
            old = self._get(connection, name)
            holder = connection.scalar(select(_user.c.username).where(_user.c.role == name).limit(1))
            if holder is not None:
                raise ConflictError(f"user {holder!r} has the role {name!r}", fix="give its users another role first")
            was, _ = set_grants(connection, ("role", name), ())
            connection.execute(delete(_role).where(_role.c.name == name))
            self._tell(
                connection, "delete_role", role=name, before={"base": old.base, "dag_limited": old.dag_limited, **was}
            )

    def _get(self, connection: Connection, name: str) -> RoleRecord:
        row = connection.execute(select(_role).where(_role.c.name == name)).one_or_none()
        if row is None:
            raise NotFoundError(f"there is no role {name!r}", fix="see the roles with: tradewind roles list")
        return _record(row, grants_of(connection, [("role", name)])[("role", name)])

    @staticmethod
    def _not_built_in(name: str) -> None:
        if name in ROLES:
            raise InvalidError(
                f"role {name!r} is built in and cannot be changed", fix="make a role of your own that is based on it"
            )


def _built_in(name: str) -> RoleRecord:
    return RoleRecord(name, name, False, None, None)


def _record(row: Any, grants: Sequence[Grant]) -> RoleRecord:
    return RoleRecord(row.name, row.base, row.dag_limited, row.description, row.created_at, tuple(grants))


def _check_base(base: str, dag_limited: bool) -> None:
    if base not in ROLES:
        raise InvalidError(f"there is no role {base!r} to base it on", fix="use one of: " + ", ".join(ROLES))
    check_limit(base, dag_limited)


def check_limit(base: str, dag_limited: bool) -> None:
    """Raise InvalidError for an administrator who is limited."""
    if base == "admin" and dag_limited:
        raise InvalidError(
            "an administrator cannot be limited to DAGs: administrators give rights to everybody, themselves included",
            fix="use the role op, or a lower one",
        )


# --- Grants ---------------------------------------------------------------------------------------------------


def grants_of(connection: Connection, subjects: Collection[Subject]) -> dict[Subject, list[Grant]]:
    """The rights of each of these, in a fixed order."""
    found: dict[Subject, list[Grant]] = {subject: [] for subject in subjects}
    if not subjects:
        return found
    names: dict[str, list[str]] = {}
    for kind, name in subjects:
        names.setdefault(kind, []).append(name)
    which = or_(*(and_(_grant.c.subject_kind == kind, _grant.c.subject.in_(some)) for kind, some in names.items()))
    for row in connection.execute(select(_grant).where(which).order_by(_grant.c.kind, _grant.c.value)):
        found[(row.subject_kind, row.subject)].append(Grant(row.kind, row.value, row.may))
    return found


def set_grants(
    connection: Connection, subject: Subject, grants: Iterable[Grant]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Replace the rights of one; what they were and are, for the audit log.  Raises InvalidError."""
    wanted: dict[tuple[str, str], Grant] = {}
    for grant in grants:
        if grant.kind not in KINDS or grant.may not in RIGHTS:
            raise InvalidError(
                f"a right is to read or run DAGs by dag, pattern or tag, not to {grant.may!r} by {grant.kind!r}",
                fix="write it as dag:<id>=read, pattern:<glob>=run or tag:<name>=read",
            )
        check_name(f"{grant.kind} of a right", grant.value)
        wanted[(grant.kind, grant.value)] = grant
    if len(wanted) > MOST_GRANTS:
        raise InvalidError(
            f"a role cannot have {len(wanted)} rights", fix=f"use patterns or tags: at most {MOST_GRANTS}"
        )
    old = grants_of(connection, [subject])[subject]
    kind, name = subject
    connection.execute(delete(_grant).where(_grant.c.subject_kind == kind, _grant.c.subject == name))
    if wanted:
        rows = [
            {"subject_kind": kind, "subject": name, "kind": each.kind, "value": each.value, "may": each.may}
            for each in wanted.values()
        ]
        connection.execute(insert(_grant), rows)
    return {"dags": _words(old)}, {"dags": _words(wanted.values())}


def _words(grants: Iterable[Grant]) -> list[str]:
    return sorted(f"{each.kind}:{each.value}={each.may}" for each in grants)


# --- What they come to ----------------------------------------------------------------------------------------


def dag_rights(connection: Connection, subjects: Sequence[Subject], role: str | None) -> DagRights:
    """The DAGs that the rights of these name together, and the files of DAGs that name the role."""
    grants = [grant for each in grants_of(connection, subjects).values() for grant in each]
    levels: dict[str, set[str]] = {"read": set(), "run": set()}
    patterns = [grant for grant in grants if grant.kind == "pattern"]
    tags: dict[str, list[str]] = {}
    for grant in grants:
        if grant.kind == "dag":
            levels[grant.may].add(grant.value)
        elif grant.kind == "tag":
            tags.setdefault(grant.value, []).append(grant.may)
    with unlimited():
        if patterns:
            for dag_id in connection.scalars(select(_dag.c.dag_id)):
                for grant in patterns:
                    if fnmatchcase(dag_id, grant.value):
                        levels[grant.may].add(dag_id)
        if tags:
            tagged = select(_tag.c.dag_id, _tag.c.name).where(_tag.c.name.in_(sorted(tags)))
            for dag_id, tag in connection.execute(tagged):
                for may in tags[tag]:
                    levels[may].add(dag_id)
        if role is not None:
            named = select(_access.c.dag_id, _access.c.may).where(_access.c.role == role)
            for dag_id, may in connection.execute(named):
                levels[may].add(dag_id)
    return DagRights(frozenset(levels["read"] | levels["run"]), frozenset(levels["run"]))
