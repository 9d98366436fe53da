"""Users: for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from tradewind.server.access.models import (
    NewUserBody,
    UserBody,
    UserCollectionResponse,
    UserResponse,
    grants,
    limited,
    user_answer,
)
from tradewind.server.api.responses import errors
from tradewind.server.auth import ADMIN, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import Mark, seal, unseal
from tradewind.server.drawing.common import router as make_router
from tradewind.server.params import Key
from tradewind.store.users import Users

router = make_router(ADMIN)


def _of(context: ServerContext, user: Principal) -> Users:
    return context.store.users.by(user.username, context.now())


def _answer(context: ServerContext, username: str) -> UserResponse:
    users = context.store.users
    return user_answer(users.get(username), users.grants(username))


@router.get("/users", responses=errors())
def get_users(
    context: Context, mark: Mark = None, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> UserCollectionResponse:
    """Users by name."""
    after = None if mark is None else unseal(mark, str)[0]
    found = context.store.users.list(after, limit + 1)
    more = len(found) > limit
    found = found[:limit]
    grants_by_name = context.store.users.grants_of([each.username for each in found])
    return UserCollectionResponse(
        users=[user_answer(each, grants_by_name[each.username]) for each in found],
        next=seal(found[-1].username) if more else None,
    )


@router.post("/users", status_code=201, responses=errors(409))
def create_user(context: Context, user: User, body: NewUserBody) -> UserResponse:
    """Add a user."""
    with context.password_gate:
        _of(context, user).create(
            body.username,
            body.password,
            body.role,
            now=context.now(),
            dag_limited=bool(limited(body.dag_limited, body.dags)),
            grants=grants(body.dags) or (),
        )
    return _answer(context, body.username)


@router.get("/users/{username}", responses=errors(404))
def get_user(context: Context, username: Key) -> UserResponse:
    """A user."""
    return _answer(context, username)


@router.patch("/users/{username}", responses=errors(404, 409))
def update_user(context: Context, user: User, username: Key, body: UserBody) -> UserResponse:
    """Change role, rights or password of a user.  A new password ends his logins."""
    users = _of(context, user)
    users.update(
        username,
        role=body.role,
        dag_limited=limited(body.dag_limited, body.dags),
        grants=grants(body.dags),
        keep_an_admin=True,
    )
    if body.password is not None:
        with context.password_gate:
            users.set_password(username, body.password, context.now())
    return _answer(context, username)


@router.delete("/users/{username}", status_code=204, responses=errors(404, 409))
def delete_user(context: Context, user: User, username: Key) -> None:
    """Remove a user with his tokens and logins."""
    _of(context, user).delete(username, keep_an_admin=True)
