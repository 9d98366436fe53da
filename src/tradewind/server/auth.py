"""Who asks, and what he may do.  Used by every router of `server.api` and by the pages.

Roles are Airflow's: a viewer reads, a user also runs DAGs, an op also keeps connections, variables and
pools, an admin may do everything.  Rights on DAGs limit all of them but the admin: they are kept by `store.access`, for
which it is entered here who asks.
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
from tradewind.server.guard import SAFE_METHODS
from tradewind.server.params import ALL, unescape
from tradewind.server.tokens import TokenError
from tradewind.store.access import DagRights, actor, enter
from tradewind.store.api_tokens import PREFIX
from tradewind.store.rights import ROLES

COOKIE = "_token"
ANONYMOUS = "anonymous"

_oauth2 = OAuth2PasswordBearer(tokenUrl="/auth/token", auto_error=False)
_bearer = HTTPBearer(auto_error=False)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks."""

    username: str
    role: str
    """One of the four: what this one may do at most."""
    rights: DagRights | None = None
    """The DAGs that this one deals with; None: all."""
    via: str = "api"
    """How the request came: `ui` with the login of a browser, `api` with a token."""
    role_name: str | None = None
    """The role by its own name, where it is one that was made."""
    token_id: str | None = None
    """Of the machine's token that was sent."""
    by_cookie: bool = False

    def may(self, role: str) -> bool:
        """Whether this one has at least the role."""
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)

    def sees(self, dag_id: str) -> bool:
        """Whether this one may see a DAG and what belongs to it."""
        return self.may("viewer") and (self.rights is None or dag_id in self.rights.reads)

    def runs(self, dag_id: str) -> bool:
        """Whether this one may trigger, clear, mark, pause and delete a DAG."""
        return self.may("user") and (self.rights is None or dag_id in self.rights.runs)


def cookie_name(context: ServerContext, request: Request) -> str:
    """The name of the login cookie; over HTTPS one that browsers take from this host itself only."""
    return f"__Host-{COOKIE}" if is_secure(context, request) else COOKIE


def is_secure(context: ServerContext, request: Request) -> bool:
    """Whether browsers reach the server over HTTPS."""
    return context.secure_cookie or request.url.scheme == "https"


def identify(context: ServerContext, request: Request) -> Principal | None:
    """Who asks, by the bearer token or the login cookie; None when there is neither.

    Role and rights are read from the database each time, so that a user who was removed is out at once.  Raises
    TokenError.
    """
    if context.no_auth:
        browser = "sec-fetch-site" in request.headers
        return Principal(ANONYMOUS, "admin", via="ui" if browser else "api")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else ""
    if not token:
        return _by_cookie(context, request.cookies.get(cookie_name(context, request), ""))
    if token.startswith(PREFIX):
        found = context.store.identities.token(token, context.now())
        if found is None:
            raise TokenError("the token is not valid: it has expired, or was revoked")
    else:
        username, since = context.tokens.read(token)
        found = context.store.identities.user(username, since)
        if found is None:
            raise TokenError("the token is void: its user is gone, or logged out everywhere")
    token_id = None if found.token is None else found.token.id
    return Principal(found.user.username, found.role, found.rights, "api", found.user.role, token_id)


def _by_cookie(context: ServerContext, cookie: str) -> Principal | None:
    if not cookie:
        return None
    username = context.store.login_sessions.find(cookie, context.now(), context.lifetimes)
    found = None if username is None else context.store.identities.user(username)
    if found is None:
        raise TokenError("the login has ended")
    return Principal(found.user.username, found.role, found.rights, "ui", found.user.role, by_cookie=True)


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
    if principal.by_cookie and request.method not in SAFE_METHODS:
        _came_from_a_page(request)
    act_as(principal)
    dag_id = _dag_of(request)
    if dag_id is not None and not principal.sees(dag_id):
        raise NotFoundError(f"DAG {dag_id!r} does not exist")
    return principal


def act_as(principal: Principal) -> None:
    """From here on the database shows and takes what is this one's only."""
    who = actor() or enter(principal.via)
    who.via, who.name, who.rights = principal.via, principal.username, principal.rights


def _came_from_a_page(request: Request) -> None:
    """A cookie comes along whoever made the browser send the request: so the browser must say that it was us.

    Every browser sends one of the two headers with a request that changes something, no script can set them, and
    `guard` has refused those that name another site.
    """
    if "origin" not in request.headers and "sec-fetch-site" not in request.headers:
        raise HTTPException(
            403, "a request with a login cookie must come from a page of this server; other clients send a bearer token"
        )


def _dag_of(request: Request) -> str | None:
    """The DAG that the path names."""
    dag_id = request.path_params.get("dag_id")
    return None if dag_id is None or dag_id == ALL else unescape(dag_id)


User = Annotated[Principal, Depends(_principal)]
"""Annotation of a route's parameter that receives who asks."""


def _at_least(role: str) -> Callable[[Principal, Request], None]:
    def check(principal: User, request: Request) -> None:
        if not principal.may(role):
            raise HTTPException(403, f"this needs the role {role}; {principal.username} has the role {principal.role}")
        dag_id = _dag_of(request)
        if role != "viewer" and dag_id is not None and not principal.runs(dag_id):
            raise HTTPException(403, f"{principal.username} may look at DAG {dag_id!r}, not run or change it")

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
