"""What everybody does with his own login, and what the login page asks before there is one."""

from __future__ import annotations

from fastapi import HTTPException, Request, Response

from tradewind.server.access.models import PasswordBody, UserResponse, user_answer
from tradewind.server.api.auth import begin_session, check_password
from tradewind.server.api.responses import errors
from tradewind.server.auth import User
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router

router = make_router()


@router.get("/me", responses=errors(404))
def get_me(context: Context, user: User) -> UserResponse:
    """Who you are here: your role, and the DAGs that you deal with."""
    if context.no_auth:
        raise HTTPException(404, "this server runs without a login")
    users = context.store.users
    return user_answer(users.get(user.username), users.grants(user.username))


@router.post("/me/password", status_code=204, responses=errors(429))
def change_password(context: Context, user: User, request: Request, body: PasswordBody) -> Response:
    """Change your password.  All your logins end, but for that of this browser."""
    if context.no_auth or user.token_id is not None:
        raise HTTPException(403, "only a person who is logged in can change a password")
    if context.store.users.get(user.username).issuer is not None:
        raise HTTPException(403, "you log in through an OpenID provider: change your password there")
    try:
        check_password(context, request, user.username, body.old_password)
    except HTTPException as refused:
        # 401 would say that the login has ended
        raise HTTPException(400, "the old password is wrong") if refused.status_code == 401 else refused from None
    with context.password_gate:
        context.store.users.by(user.username, context.now()).set_password(
            user.username, body.new_password, context.now()
        )
    answer = Response(status_code=204)
    if user.by_cookie:
        begin_session(context, request, answer, user.username)
    return answer
