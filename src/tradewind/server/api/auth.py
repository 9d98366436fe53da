"""Tokens: `/auth/token`."""

from __future__ import annotations

import math
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, PREFIX, api_router
from tradewind.server.auth import ANONYMOUS, User, cookie_name, is_secure
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.common import Answer, Body, Text
from tradewind.server.tokens import CLI_LIFETIME

router = api_router("SimpleAuthManagerLogin", prefix="/auth")
redirects = api_router("Login", prefix=f"{PREFIX}/auth")


class LoginBody(Body):
    """Who wants a token."""

    username: Text = Field(min_length=1, max_length=250)
    password: Text = Field(min_length=1, max_length=1024)


class LoginResponse(Answer):
    """A token, to be sent as `Authorization: Bearer <token>`."""

    access_token: str


def log_in(context: ServerContext, request: Request, username: str, password: str) -> str:
    """The name of the user, when the password is right.

    Raises HTTPException 401, and 429 after too many failures from one address or for one user.
    """
    if context.no_auth:
        return ANONYMOUS
    return check_password(context, request, username, password)


def check_password(context: ServerContext, request: Request, username: str, password: str) -> str:
    """As `log_in`, of a server with a login."""
    address, name = _network(request.client.host if request.client else ""), username.casefold()
    _not_too_often(context, address, name)
    with context.password_gate:  # a check takes much memory on purpose: a flood of them must not take all
        # once more: of many that come at once, all would pass before the first one failed
        _not_too_often(context, address, name)
        user = context.store.users.verify(username, password)
        if user is None:
            context.guesses.failed(address, name)
            raise HTTPException(401, "wrong user name or password")
    context.guesses.succeeded(address, name)
    return user.username


def _not_too_often(context: ServerContext, address: str, name: str) -> None:
    wait = context.guesses.wait(address, name)
    if wait:
        seconds = math.ceil(wait)
        raise HTTPException(429, f"too many failed logins; try again in {seconds} s", {"Retry-After": str(seconds)})


def _network(address: str) -> str:
    """What one client has for himself: an IPv4 address, or the 64 bits that he can choose an IPv6 address in."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return address


@router.post("/token", status_code=201, responses=errors(429))
def create_token(body: LoginBody, request: Request, context: Context) -> LoginResponse:
    """A token that is valid for a day."""
    return LoginResponse(access_token=context.tokens.issue(log_in(context, request, body.username, body.password)))


@router.post("/token/cli", status_code=201, responses=errors(429))
def create_token_cli(body: LoginBody, request: Request, context: Context) -> LoginResponse:
    """A token for a command line, valid for an hour."""
    username = log_in(context, request, body.username, body.password)
    return LoginResponse(access_token=context.tokens.issue(username, min(CLI_LIFETIME, context.tokens.lifetime)))


@router.get("/token", status_code=201, responses=errors())
def create_token_all_admins(context: Context) -> LoginResponse:
    """A token without a password, when the server runs without a login."""
    _only_without_login(context)
    return LoginResponse(access_token=context.tokens.issue(ANONYMOUS))


@router.get("/token/login", status_code=307, response_class=RedirectResponse, responses=errors())
def login_all_admins(context: Context) -> RedirectResponse:
    """To the home page, when the server runs without a login."""
    _only_without_login(context)
    return RedirectResponse("/", 307)


pages = api_router("Tradewind", prefix=BEYOND)


@pages.post("/login", status_code=204, responses=errors(429))
def log_in_browser(body: LoginBody, request: Request, context: Context) -> Response:
    """Log in at a browser: the answer sets a cookie that no script can read and no other site can use."""
    username = log_in(context, request, body.username, body.password)
    answer = Response(status_code=204)
    begin_session(context, request, answer, username)
    return answer


def begin_session(context: ServerContext, request: Request, answer: Response, username: str) -> None:
    """Let the answer log a browser in; a login that it had ends."""
    if context.no_auth:
        return
    _end_session(context, request)
    answer.set_cookie(
        cookie_name(context, request),
        context.store.login_sessions.begin(username, context.now(), context.lifetimes),
        max_age=int(context.lifetimes.whole.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=is_secure(context, request),
    )


def _end_session(context: ServerContext, request: Request) -> None:
    cookie = request.cookies.get(cookie_name(context, request))
    if cookie and not context.no_auth:
        context.store.login_sessions.end(cookie)


def _forget(context: ServerContext, request: Request, answer: Response) -> None:
    secure = is_secure(context, request)
    answer.delete_cookie(cookie_name(context, request), httponly=True, samesite="strict", secure=secure)


@pages.post("/logout", status_code=204)
def log_out_browser(request: Request, context: Context) -> Response:
    """End the login of this browser."""
    _end_session(context, request)
    answer = Response(status_code=204)
    _forget(context, request, answer)
    return answer


@pages.post("/logout-everywhere", status_code=204, responses=errors())
def log_out_everywhere(request: Request, context: Context, user: User) -> Response:
    """End all your logins, and the tokens that you got by password; those of machines go on."""
    if user.token_id is not None:
        raise HTTPException(403, "a token ends no logins: log in as a person")
    if not context.no_auth:
        context.store.users.by(user.username, context.now()).log_out_everywhere(user.username, context.now())
    answer = Response(status_code=204)
    _forget(context, request, answer)
    return answer


def _only_without_login(context: ServerContext) -> None:
    if not context.no_auth:
        raise HTTPException(403, "this server wants a login: send user name and password to POST /auth/token")


# --- Where a browser logs in and out --------------------------------------------------------------------------

_TO: dict[int | str, dict[str, Any]] = {
    200: {"description": "Never: the answer leads on.", "content": {"application/json": {"schema": {}}}},
    307: {"description": "To the page."},
}


@redirects.get("/login", status_code=307, response_class=RedirectResponse, responses={**_TO, **errors()})
def login(next: Annotated[str | None, Query(max_length=8000)] = None) -> RedirectResponse:
    """To the login page, and from there to `next`, a path of this server."""
    if next is None:
        return RedirectResponse("/login", 307)
    return RedirectResponse(f"/login?next={quote(local_path(next), safe='')}", 307)


def local_path(path: str) -> str:
    """The path itself.  Raises HTTPException for what leads elsewhere: a browser takes a backslash for a slash, and
    //host for another server, and leaves out control characters.
    """
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        raise HTTPException(400, "next must be a path of this server, such as /dags/my_dag")
    return path


@redirects.get("/logout", status_code=307, response_class=RedirectResponse, responses=_TO)
def logout(request: Request, context: Context) -> RedirectResponse:
    """End the login of this browser.

    Another site can lead here, too; the cookie does not come along then, and is only forgotten by a page of ours.
    """
    answer = RedirectResponse("/login", 307)
    if request.headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        _end_session(context, request)
        _forget(context, request, answer)
    return answer
