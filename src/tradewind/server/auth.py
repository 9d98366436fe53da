"""Who asks, and what he may do.  Used by every router of `server.api` and by the pages.

Roles are Airflow's: a viewer reads, a user also runs DAGs, an op also keeps connections, variables and
pools, an admin may do everything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from fastapi.params import Depends as DependsParameter
from fastapi.security import HTTPBearer, OAuth2PasswordBearer

from tradewind.errors import NotFoundError
from tradewind.server.context import Context, ServerContext
from tradewind.server.tokens import TokenError

COOKIE = "_token"
ROLES = ("viewer", "user", "op", "admin")
ANONYMOUS = "anonymous"

_oauth2 = OAuth2PasswordBearer(tokenUrl="/auth/token", auto_error=False)
_bearer = HTTPBearer(auto_error=False)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks."""

    username: str
    role: str

    def may(self, role: str) -> bool:
        """Whether this one has at least the role."""
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)

    def sees(self, dag_id: str) -> bool:
        """Whether this one may see a DAG and what belongs to it."""
        return self.may("viewer")


def identify(context: ServerContext, request: Request) -> Principal | None:
    """Who asks, by the bearer token or the login cookie; None when there is neither.

    The role is read from the database each time, so that a user who was removed is out at once.  Raises TokenError.
    """
    if context.no_auth:
        return Principal(ANONYMOUS, "admin")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    username = context.tokens.username(token.strip())
    try:
        user = context.store.users.get(username)
    except NotFoundError:
        raise TokenError("the user of this token does not exist any more") from None
    return Principal(user.username, user.role)


def _principal(
    request: Request,
    context: Context,
    _form: Annotated[Any, Depends(_oauth2)],
    _token: Annotated[Any, Depends(_bearer)],
) -> Principal:
    challenge = {"WWW-Authenticate": "Bearer"}
    try:
        principal = identify(context, request)
    except TokenError as error:
        raise HTTPException(401, f"{error}; get a new one from /auth/token", challenge) from None
    if principal is None:
        raise HTTPException(
            401, "no token: send 'Authorization: Bearer <token>' with one from POST /auth/token", challenge
        )
    return principal


User = Annotated[Principal, Depends(_principal)]
"""Annotation of a route's parameter that receives who asks."""


def _at_least(role: str) -> Callable[[Principal], None]:
    def check(principal: User) -> None:
        if not principal.may(role):
            raise HTTPException(403, f"this needs the role {role}; {principal.username} has the role {principal.role}")

    # the annotation is a string for FastAPI to resolve: it finds `User` in this module
    return check


def requires(role: str) -> DependsParameter:
    """A dependency that passes this role and higher ones: 401 without a valid token, 403 below the role."""
    dependency: DependsParameter = Depends(_CHECKS[role])
    return dependency


_CHECKS = {role: _at_least(role) for role in ROLES}

VIEWER = requires("viewer")
USER = requires("user")
OP = requires("op")
ADMIN = requires("admin")
