"""Who looks at the pages: `/api/tradewind/session`."""

from __future__ import annotations

from tradewind.server.api.monitoring import version
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import VIEWER, User
from tradewind.server.context import Context
from tradewind.server.models.common import Answer

router = api_router("Tradewind", VIEWER, prefix=BEYOND)


class SessionCounts(Answer):
    """Numbers beside the names of the pages."""

    required_actions: int


class Session(Answer):
    """Who asks, and what he may do."""

    username: str
    role: str
    no_auth: bool
    version: str
    counts: SessionCounts


@router.get("/session")
def session(user: User, context: Context) -> Session:
    """What every page needs first."""
    return Session(
        username=user.username,
        role=user.role,
        no_auth=context.no_auth,
        version=version(),
        counts=SessionCounts(required_actions=0),
    )
