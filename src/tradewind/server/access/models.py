"""Users, roles, rights on DAGs, tokens and audit entries, as the API tells and takes them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from tradewind.server.models.common import Answer, Body, Text
from tradewind.server.models.settings import masked
from tradewind.store.api_tokens import TokenRecord
from tradewind.store.audit import CHANGED, HIDDEN
from tradewind.store.reads import Row
from tradewind.store.rights import MOST_GRANTS, Grant, RoleRecord
from tradewind.store.users import UserRecord

Base = Literal["viewer", "user", "op", "admin"]
Scope = Literal["read", "run", "operate", "admin"]
Name = Annotated[Text, Field(min_length=1, max_length=250)]
RoleName = Annotated[Text, Field(min_length=1, max_length=50)]
Password = Annotated[Text, Field(min_length=1, max_length=1024)]


class DagRight(Answer):
    """A right on DAGs: `kind` says what `value` is, the id of one, a pattern (`sales_*`), or a tag."""

    kind: Literal["dag", "pattern", "tag"]
    value: Name
    may: Literal["read", "run"]

    def grant(self) -> Grant:
        """As the store takes it."""
        return Grant(self.kind, self.value, self.may)


Rights = Annotated[list[DagRight], Field(max_length=MOST_GRANTS)]


def grants(rights: list[DagRight] | None) -> list[Grant] | None:
    """As the store takes them."""
    return None if rights is None else [right.grant() for right in rights]


def limited(said: bool | None, rights: list[DagRight] | None) -> bool | None:
    """Whether somebody is limited to some DAGs: as was said, else when rights on DAGs were; None: nothing was said."""
    return True if said is None and rights else said


def rights(found: Any) -> list[DagRight]:
    """As the store gives them."""
    return [DagRight(kind=each.kind, value=each.value, may=each.may) for each in found]


class UserResponse(Answer):
    """A user."""

    username: str
    role: str
    base: str
    """Which of the four roles that is, or stands on."""
    dag_limited: bool
    """He deals with the DAGs that his rights, his role's and the DAGs' own files name; otherwise with all."""
    role_limited: bool
    """The same, by his role."""
    dags: list[DagRight]
    issuer: str | None
    """The OpenID provider that he logs in with; null: he has a password."""
    created_at: datetime


class UserCollectionResponse(Answer):
    """Users by name."""

    users: list[UserResponse]
    next: str | None


class NewUserBody(Body):
    """A user to add."""

    username: Name
    password: Password
    role: RoleName = "viewer"
    dag_limited: bool | None = None
    """Left out: limited to `dags` where that names some."""
    dags: Rights = []


class UserBody(Body):
    """What to change of a user; what is left out stays."""

    role: RoleName | None = None
    dag_limited: bool | None = None
    """Left out: limited from now on where `dags` names some, else as it was."""
    dags: Rights | None = None
    password: Password | None = None


class PasswordBody(Body):
    """A new password of one's own."""

    old_password: Password
    new_password: Password


class RoleResponse(Answer):
    """A role."""

    name: str
    base: str
    dag_limited: bool
    dags: list[DagRight]
    description: str | None
    built_in: bool


class RoleCollectionResponse(Answer):
    """All roles."""

    roles: list[RoleResponse]


class NewRoleBody(Body):
    """A role to add."""

    name: RoleName
    base: Base
    dag_limited: bool | None = None
    """Left out: limited to `dags` where that names some."""
    dags: Rights = []
    description: Annotated[Text, Field(max_length=1000)] | None = None


class RoleBody(Body):
    """What to change of a role; what is left out stays."""

    base: Base | None = None
    dag_limited: bool | None = None
    """Left out: limited from now on where `dags` names some, else as it was."""
    dags: Rights | None = None
    description: Annotated[Text, Field(max_length=1000)] | None = None


class TokenResponse(Answer):
    """A token of a machine, without itself."""

    id: str
    name: str
    username: str
    hint: str
    """How it begins."""
    scope: Scope
    dag_limited: bool
    dags: list[DagRight]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewTokenResponse(TokenResponse):
    """A new token."""

    token: str
    """It is shown this once; keep it."""


class TokenCollectionResponse(Answer):
    """Tokens, the newest first."""

    tokens: list[TokenResponse]
    next: str | None


class NewTokenBody(Body):
    """A token to make."""

    name: Name
    scope: Scope = "read"
    expires_at: AwareDatetime | None = None
    """Null: it is valid until it is revoked."""
    dags: Rights | None = None
    """Null: for all DAGs that its user deals with."""
    username: Name | None = None
    """Whose rights it has, at most; yourself unless you are an administrator."""


class AuditedRun(Answer):
    """What lists call a run by."""

    logical_date: datetime | None
    run_after: datetime
    partition_key: str | None


class AuditResponse(Answer):
    """A change that somebody made."""

    id: int
    at: datetime
    who: str | None
    via: Literal["api", "ui", "cli"] | None
    event: str
    dag_id: str | None
    run_id: str | None
    run: AuditedRun | None
    """Null: it is of no run, or of one that is gone."""
    task_id: str | None
    map_index: int | None
    extra: dict[str, Any] | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class AuditCollectionResponse(Answer):
    """Changes, the newest first."""

    entries: list[AuditResponse]
    next: str | None
    kinds: list[str]
    """The words for what was done lately, to choose from; only on the first page."""


def user_answer(user: UserRecord, found: Any) -> UserResponse:
    """A user."""
    names = ("username", "role", "base", "dag_limited", "role_limited", "issuer", "created_at")
    return UserResponse(**{name: getattr(user, name) for name in names}, dags=rights(found))


def role_answer(role: RoleRecord) -> RoleResponse:
    """A role."""
    return RoleResponse(
        name=role.name,
        base=role.base,
        dag_limited=role.dag_limited,
        dags=rights(role.grants),
        description=role.description,
        built_in=role.built_in,
    )


def token_fields(token: TokenRecord) -> dict[str, Any]:
    """The fields of a TokenResponse."""
    names = [name for name in TokenResponse.model_fields if name != "dags"]
    return {**{name: getattr(token, name) for name in names}, "dags": rights(token.grants)}


def audit_answer(row: Row) -> AuditResponse:
    """A change.  What lies under a name that tells of a secret is hidden once more."""
    names = ("id", "at", "via", "event", "dag_id", "run_id", "task_id", "map_index")
    known: dict[str, Any] = {name: row[name] for name in names}
    return AuditResponse(
        **known,
        who=row["owner"],
        run=_run(row),
        extra=_fields(row["extra"]),
        before=_fields(row["before"]),
        after=_fields(row["after"]),
    )


def _run(row: Row) -> AuditedRun | None:
    if row["run_run_after"] is None:
        return None
    return AuditedRun(**{name: row[f"run_{name}"] for name in AuditedRun.model_fields})


def _fields(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        found = text
    if not isinstance(found, dict):
        return {"text": str(found)}
    return {name: value if value in (HIDDEN, CHANGED) else masked(value, name) for name, value in found.items()}
