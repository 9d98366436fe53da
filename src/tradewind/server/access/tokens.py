"""Tokens of machines: everybody's own, and for administrators all of them.

A machine makes no tokens, and ends only its own: one that is stolen must not outlive its end, nor end the others.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import HTTPException, Query

from tradewind.errors import NotFoundError
from tradewind.server.access.models import (
    NewTokenBody,
    NewTokenResponse,
    TokenCollectionResponse,
    TokenResponse,
    grants,
    token_fields,
)
from tradewind.server.api.responses import errors
from tradewind.server.auth import User
from tradewind.server.context import Context
from tradewind.server.drawing.common import Mark, seal, unseal
from tradewind.server.drawing.common import router as make_router
from tradewind.server.params import Key
from tradewind.store.api_tokens import SCOPES

router = make_router()


@router.get("/tokens", responses=errors())
def get_machine_tokens(
    context: Context,
    user: User,
    mark: Mark = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    mine: Annotated[bool, Query(description="Only your own, also for administrators.")] = False,
) -> TokenCollectionResponse:
    """Your tokens, the newest first; for administrators those of all."""
    after = None if mark is None else unseal(mark, str)[0]
    whose = None if user.may("admin") and not mine else user.username
    found = context.store.api_tokens.list(whose, after, limit + 1)
    more, found = len(found) > limit, found[:limit]
    return TokenCollectionResponse(
        tokens=[TokenResponse(**token_fields(each)) for each in found], next=seal(found[-1].id) if more else None
    )


@router.post("/tokens", status_code=201, responses=errors(404))
def create_machine_token(context: Context, user: User, body: NewTokenBody) -> NewTokenResponse:
    """Make a token.  The answer is the only place where it is shown."""
    if user.token_id is not None:
        raise HTTPException(403, "a token makes no tokens: log in as a person")
    if context.no_auth and body.username is None:
        raise HTTPException(400, "this server runs without a login: name the user in username")
    username = body.username or user.username
    if username != user.username and not user.may("admin"):
        raise HTTPException(403, "only administrators make tokens for others")
    if username == user.username and not user.may(SCOPES[body.scope]):
        raise HTTPException(403, f"the scope {body.scope} needs the role {SCOPES[body.scope]}; you have {user.role}")
    secret, made = context.store.api_tokens.by(user.username, context.now()).create(
        body.name,
        username,
        body.scope,
        now=context.now(),
        by=user.username,
        expires_at=body.expires_at,
        grants=grants(body.dags),
    )
    return NewTokenResponse(token=secret, **token_fields(made))


@router.delete("/tokens/{token_id}", status_code=204, responses=errors(404))
def revoke_machine_token(context: Context, user: User, token_id: Key) -> None:
    """End a token for good."""
    tokens = context.store.api_tokens
    if user.token_id not in (None, token_id):
        # one that is stolen must not shut the others out
        raise HTTPException(403, "a token ends itself and no others: log in as a person")
    if tokens.get(token_id).username != user.username and not user.may("admin"):
        # as for one that is not there
        raise NotFoundError(f"there is no token {token_id!r}")
    tokens.by(user.username, context.now()).revoke(token_id, context.now())
