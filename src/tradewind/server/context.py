"""What the routes work with.  Made once by `server.app`, kept on the application."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from tradewind.server.limits import GuessLimit
from tradewind.server.oidc import Oidc
from tradewind.server.tokens import Tokens
from tradewind.store.login_sessions import Lifetimes

if TYPE_CHECKING:
    from tradewind.settings.report import Shown
    from tradewind.store import Store


@dataclass(frozen=True, slots=True)
class ServerContext:
    """The objects of one application."""

    store: Store
    log_folder: Path
    """Absolute, resolved; no log outside of it is ever read."""
    now: Callable[[], datetime]
    """The time, aware, UTC."""
    tokens: Tokens
    no_auth: bool
    secure_cookie: bool
    """Browsers reach the server over HTTPS, also where something in front of it ends that."""
    base_url: str | None
    """Where browsers find the server, when something stands in front of it."""
    oidc: Oidc | None
    """The OpenID provider, if there is one."""
    lifetimes: Lifetimes
    """How long the login of a browser is valid."""
    lease_ttl: float
    """Seconds after its last heartbeat that a process counts as alive."""
    state_retention: timedelta | None
    """How long entries of state stores are kept that name no time; None: as long as their run."""
    instance_name: str
    """What people call this installation."""
    default_timezone: str
    """In which times are shown to those who chose none: an IANA name, or `local` for that of the browser."""
    dags_folder: Path | None
    """Where people put their DAG files; None: not known here."""
    guesses: GuessLimit
    password_gate: threading.Semaphore
    """How many passwords are checked at once."""
    configuration: Callable[[], Mapping[str, Mapping[str, str]]] | None
    """Section -> key -> value, secrets hidden; None: it is not shown."""
    settings_shown: Callable[[], Sequence[Shown]] | None
    """The same with defaults and origins."""
    test_connections: bool
    """Whether connections may be tested."""

    def processor_lives(self) -> bool:
        """Whether a DAG processor runs."""
        at, is_open = self.store.reads.workers.heartbeats().get("dag_processor", (None, False))
        return is_open and at is not None and at >= self.now() - timedelta(seconds=self.lease_ttl)


def _context(request: Request) -> ServerContext:
    context: ServerContext = request.app.state.context
    return context


Context = Annotated[ServerContext, Depends(_context)]
"""Annotation of a route's parameter that receives the objects."""
