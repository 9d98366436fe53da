"""The way to an OpenID provider and back, and what the login page offers.

The way back is a page that leads on by itself: it comes from another site, and browsers send the strict cookie of the
login only with requests that begin here.
"""

from __future__ import annotations

import html
import logging
from typing import Annotated, Any

from fastapi import HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from tradewind.errors import InvalidError, NotFoundError, TradewindError
from tradewind.server.api.auth import begin_session, local_path
from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import is_secure
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.common import Answer
from tradewind.server.oidc import Oidc, Vouched
from tradewind.store.rights import ROLES
from tradewind.store.users import UserRecord

logger = logging.getLogger(__name__)
router = api_router("Tradewind", prefix=BEYOND)
NOTE = "tradewind_oidc"
_TO: dict[int | str, dict[str, Any]] = {303: {"description": "To the page."}}
Parameter = Annotated[str | None, Query(max_length=8000)]


class LoginOptions(Answer):
    """How one logs in here."""

    password: bool
    oidc: str | None
    """What the OpenID provider is called; null: there is none."""


@router.get("/login-options")
def get_login_options(context: Context) -> LoginOptions:
    """What the login page offers."""
    name = None if context.oidc is None or context.no_auth else context.oidc.settings.name
    return LoginOptions(password=True, oidc=name)


@router.get("/oidc/login", status_code=303, response_class=RedirectResponse, responses={**_TO, **errors(404)})
def begin_oidc_login(request: Request, context: Context, next: Parameter = None) -> Response:
    """To the OpenID provider, and from there to `next`, a path of this server."""
    oidc = _provider(context)
    path = "/" if next is None else local_path(next)
    address, note = oidc.begin(_callback(context, request), path)
    answer = RedirectResponse(address, 303)
    # it comes along when the provider sends the browser back, which the strict cookie of a login would not
    answer.set_cookie(
        NOTE,
        note,
        max_age=600,
        path=f"{BEYOND}/oidc",
        httponly=True,
        samesite="lax",
        secure=is_secure(context, request),
    )
    return answer


@router.get("/oidc/callback", response_class=HTMLResponse, responses={**_TO, **errors(404)})
def finish_oidc_login(
    request: Request,
    context: Context,
    code: Parameter = None,
    state: Parameter = None,
    error: Parameter = None,
) -> Response:
    """Where the provider sends the browser back to."""
    oidc = _provider(context)
    given = {name: value for name, value in (("code", code), ("state", state), ("error", error)) if value is not None}
    try:
        vouched = oidc.finish(_callback(context, request), request.cookies.get(NOTE, ""), given)
        user = _user(context, oidc, vouched)
    except TradewindError as problem:
        logger.warning("a login through %s failed: %s", oidc.settings.issuer, problem.message)
        answer: Response = RedirectResponse("/login?problem=oidc", 303)
    else:
        to = html.escape(vouched.next)
        answer = HTMLResponse(f'<!doctype html><meta http-equiv="refresh" content="0;url={to}"><title>...</title>')
        begin_session(context, request, answer, user.username)
    answer.delete_cookie(NOTE, path=f"{BEYOND}/oidc", httponly=True, samesite="lax", secure=is_secure(context, request))
    return answer


def _provider(context: ServerContext) -> Oidc:
    if context.oidc is None or context.no_auth:
        raise HTTPException(404, "this server has no OpenID provider: set TRADEWIND_OIDC_ISSUER")
    return context.oidc


def _callback(context: ServerContext, request: Request) -> str:
    """The address that the provider knows; from the setting where something stands in front of the server."""
    base = context.base_url or str(request.base_url)
    return base.rstrip("/") + f"{BEYOND}/oidc/callback"


def _user(context: ServerContext, oidc: Oidc, vouched: Vouched) -> UserRecord:
    """The user, made at his first login; his role is what the provider says now.

    Raises InvalidError when the name is that of a user with a password, of another provider, or of another person
    there: whoever could choose his name there would else be that user here.
    """
    users, now = context.store.users.by(f"oidc:{vouched.username}"[:500], context.now()), context.now()
    role = _highest(context, vouched.roles)
    try:
        user = users.get(vouched.username)
    except NotFoundError:
        return users.create(vouched.username, None, role, now=now, issuer=oidc.settings.issuer, subject=vouched.subject)
    if user.issuer != oidc.settings.issuer:
        raise InvalidError(
            f"user {vouched.username!r} logs in with a password already", fix="remove or rename one of them"
        )
    if user.subject is None:  # he logged in before it was kept
        users.bind(user.username, vouched.subject)
    elif user.subject != vouched.subject:
        raise InvalidError(
            f"user {vouched.username!r} is another person to {oidc.settings.name}",
            fix="remove the user here, if the name was given to somebody else there",
        )
    return user if user.role == role else users.update(vouched.username, role=role)


def _highest(context: ServerContext, roles: tuple[str, ...]) -> str:
    """Of several roles the one that allows most; among equals the one without a limit, then the first."""
    known = [context.store.roles.get(name) for name in roles]
    return max(known, key=lambda role: (ROLES.index(role.base), not role.dag_limited)).name
