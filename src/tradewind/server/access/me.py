"""What everybody does with his own login, and what the login page asks before there is one."""

from __future__ import annotations

from fastapi import HTTPException, Request, Response

from tradewind.server.access.models import PasswordBody
from tradewind.server.api.auth import begin_session, check_password
from tradewind.server.api.responses import errors
from tradewind.server.auth import User
from tradewind.server.context import Context
from tradewind.server.drawing.common import router as make_router

router = make_router()


@router.post("/me/password", status_code=204, responses=errors(429))
def change_password(context: Context, user: User, request: Request, body: PasswordBody) -> Response:
    """Change your password.  All your logins end, but for that of this browser."""
    if context.no_auth or user.token_id is not None:
        raise HTTPException(403, "only a person who logged in changes his password")
    check_password(context, request, user.username, body.old_password)
    with context.password_gate:
        context.store.users.by(user.username, context.now()).set_password(
            user.username, body.new_password, context.now()
        )
    answer = Response(status_code=204)
    if user.by_cookie:
        begin_session(context, request, answer, user.username)
    return answer
