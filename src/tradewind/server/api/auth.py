"""Tokens: `/auth/token`."""

from __future__ import annotations

import math

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import ANONYMOUS, COOKIE
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.common import Answer, Body, Text
from tradewind.server.tokens import CLI_LIFETIME

router = api_router("SimpleAuthManagerLogin", prefix="/auth")


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
    address = request.client.host if request.client else ""
    wait = max(context.address_limit.wait(address), context.user_limit.wait(username))
    if wait:
        seconds = math.ceil(wait)
        raise HTTPException(429, f"too many failed logins; try again in {seconds} s", {"Retry-After": str(seconds)})
    with context.password_gate:  # a check takes much memory on purpose: a flood of them must not take all
        user = context.store.users.verify(username, password)
    if user is None:
        context.address_limit.failed(address)
        context.user_limit.failed(username)
        raise HTTPException(401, "wrong user name or password")
    context.address_limit.succeeded(address)
    context.user_limit.succeeded(username)
    return user.username


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


@router.get("/token/login", status_code=307, responses=errors())
def login_all_admins(context: Context) -> RedirectResponse:
    """To the home page, when the server runs without a login."""
    _only_without_login(context)
    return RedirectResponse("/", 307)


pages = api_router("Tradewind", prefix=BEYOND)


@pages.post("/login", status_code=204, responses=errors(429))
def login(body: LoginBody, request: Request, context: Context) -> Response:
    """Log in at a browser: the answer sets a cookie that no script can read and no other site can use."""
    username = log_in(context, request, body.username, body.password)
    answer = Response(status_code=204)
    answer.set_cookie(
        COOKIE,
        context.tokens.issue(username),
        max_age=int(context.tokens.lifetime),
        httponly=True,
        samesite="strict",
        secure=context.secure_cookie or request.url.scheme == "https",
    )
    return answer


@pages.post("/logout", status_code=204)
def logout() -> Response:
    """Forget the login of this browser."""
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _only_without_login(context: ServerContext) -> None:
    if not context.no_auth:
        raise HTTPException(403, "this server wants a login: send user name and password to POST /auth/token")
