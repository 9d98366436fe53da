"""Who asks, what he may do, and what the frame of every page shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from tradewind.server.api.monitoring import version
from tradewind.server.api.responses import errors
from tradewind.server.auth import Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import STATE_CODES
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.common import Answer

router = make_router()
DAY = timedelta(hours=24)


class Role(StrEnum):
    """What somebody is allowed, each including the ones before it."""

    VIEWER = "viewer"
    USER = "user"
    OP = "op"
    ADMIN = "admin"


class Abilities(Answer):
    """What the user may do."""

    read: bool
    run: bool
    """Trigger, clear, mark, pause, answer."""
    operate: bool
    """Keep connections, variables and pools."""
    admin: bool


class NavigationCounts(Answer):
    """Counts beside the entries of the navigation."""

    required_actions: int
    import_errors: int
    failed_runs: int
    """Of the last 24 hours."""
    running_runs: int


class SessionResponse(Answer):
    """What the first page asks first."""

    username: str
    role: Role
    role_name: str
    """By its own name, where it is one that was made."""
    dag_limited: bool
    """The user deals with some DAGs only."""
    look_only: list[str]
    """Of those that he sees, the DAGs that he may not run or change."""
    may: Abilities
    no_auth: bool
    """There is no login: everybody who reaches the server is the administrator."""
    version: str
    instance_name: str
    default_timezone: str
    server_time: datetime
    position: int
    """Of the stream of events: watch from here on."""
    state_codes: list[str]
    """The states by the byte that stands for them in drawings."""
    counts: NavigationCounts


@router.get("/session", responses=errors())
def get_session(context: Context, user: User) -> SessionResponse:
    """Who am I, what may I do, and how many things need me."""
    return session_of(context, user)


def session_of(context: ServerContext, user: Principal) -> SessionResponse:
    """The same for `server.ui`, which writes it into the page."""
    now = context.now()
    position = context.store.reads.changes.position()
    asked, import_errors, failed, running = context.store.reads.home.navigation(now - DAY)
    return SessionResponse(
        username=user.username,
        role=Role(user.role),
        role_name=user.role_name or user.role,
        dag_limited=user.rights is not None,
        look_only=[] if user.rights is None else sorted(user.rights.reads - user.rights.runs),
        may=Abilities(read=user.may("viewer"), run=user.may("user"), operate=user.may("op"), admin=user.may("admin")),
        no_auth=context.no_auth,
        version=version(),
        instance_name=context.instance_name,
        default_timezone=context.default_timezone,
        server_time=now,
        position=position,
        state_codes=STATE_CODES,
        counts=NavigationCounts(
            required_actions=asked, import_errors=import_errors, failed_runs=failed, running_runs=running
        ),
    )
