"""Makes the web application: REST API, OpenAPI and the built web UI.  Called by `bootstrap`; served by uvicorn."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from tradewind.server import access, drawing, errors, ui
from tradewind.server.api import routes
from tradewind.server.api.monitoring import version
from tradewind.server.api.responses import tell_everywhere
from tradewind.server.api.router import PREFIX
from tradewind.server.compressed import Compressed
from tradewind.server.context import ServerContext
from tradewind.server.guard import LOOPBACK_NAMES, MAX_BODY, Guard
from tradewind.server.limits import GuessLimit
from tradewind.server.live import log_routes
from tradewind.server.live import routes as live_routes
from tradewind.server.live.hub import Hub
from tradewind.server.models.common import HTTPExceptionResponse
from tradewind.server.oidc import Oidc, OidcSettings
from tradewind.server.tokens import Tokens
from tradewind.store.access import enforce
from tradewind.store.known_secrets import KnownSecrets
from tradewind.store.login_sessions import Lifetimes
from tradewind.store.states import STATE_RETENTION

if TYPE_CHECKING:
    from tradewind.settings.report import Shown
    from tradewind.store import Store

TOKEN_LIFETIME = 86400.0
LIFETIMES = Lifetimes(idle=timedelta(days=1), whole=timedelta(days=7))
FAILURES_PER_ADDRESS, FAILURES_PER_USER, FAILURES_OVERALL, FAILURE_WINDOW = 20, 10, 100, 300.0
PASSWORD_CHECKS = 2


def create_app(
    store: Store,
    *,
    log_folder: Path,
    no_auth: bool = False,
    hosts: Iterable[str] = (),
    jwt_secret: str | None = None,
    token_lifetime: float = TOKEN_LIFETIME,
    lease_ttl: float = 30.0,
    state_retention: timedelta | None = STATE_RETENTION,
    max_body: int = MAX_BODY,
    secure_cookie: bool = False,
    base_url: str | None = None,
    oidc: OidcSettings | None = None,
    lifetimes: Lifetimes = LIFETIMES,
    instance_name: str = "Tradewind",
    default_timezone: str = "local",
    dags_folder: Path | None = None,
    configuration: Callable[[], Mapping[str, Mapping[str, str]]] | None = None,
    settings_shown: Callable[[], Sequence[Shown]] | None = None,
    test_connections: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    monotonic: Callable[[], float] = time.monotonic,
) -> FastAPI:
    """The application for a migrated store.

    `no_auth` makes everyone the administrator: the caller guarantees that only loopback reaches the server.  Then only
    requests to localhost, 127.0.0.1, [::1] and the names in `hosts` are taken.  `jwt_secret` None: the one in the
    database.  `instance_name`, `default_timezone` and `dags_folder` are for people.  `configuration` gives section ->
    key -> value without secrets, `settings_shown` each setting with its default and origin; None: it is not
    shown.  `test_connections`: whether the API may.  Times in seconds, `max_body` in bytes, `now` aware UTC.
    """

    def secret() -> bytes:
        return jwt_secret.encode() if jwt_secret is not None else store.users.jwt_secret()

    enforce(store.engine)
    https = secure_cookie or (base_url or "").startswith("https://")
    secrets = KnownSecrets(store)
    app = _Application(
        secrets,
        [*LOOPBACK_NAMES, *hosts] if no_auth else None,
        max_body,
        https,
        title="Tradewind",
        version=version(),
        description="The REST API of Tradewind, as clients of Airflow 3 know it.",
        docs_url=None,  # the pages of FastAPI load their scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
    )
    app.state.context = ServerContext(
        store=store,
        log_folder=log_folder.resolve(),
        now=now,
        tokens=Tokens(secret, now, token_lifetime),
        no_auth=no_auth,
        secure_cookie=https,
        base_url=base_url,
        oidc=None if oidc is None else Oidc(oidc, store.vault, now),
        lifetimes=lifetimes,
        instance_name=instance_name,
        default_timezone=default_timezone,
        dags_folder=dags_folder,
        lease_ttl=lease_ttl,
        state_retention=state_retention,
        guesses=GuessLimit(FAILURES_PER_ADDRESS, FAILURES_PER_USER, FAILURES_OVERALL, FAILURE_WINDOW, monotonic),
        password_gate=threading.BoundedSemaphore(PASSWORD_CHECKS),
        configuration=configuration,
        settings_shown=settings_shown,
        test_connections=test_connections,
    )
    app.state.secrets = secrets
    errors.install(app)
    app.state.live = Hub(store, lease_ttl=lease_ttl, now=now, secrets=secrets)
    app.router.routes += routes() + drawing.routes() + access.routes()
    app.router.routes += live_routes.router.routes + log_routes.router.routes
    app.add_api_route(PREFIX + "/openapi.json", lambda: JSONResponse(app.openapi()), include_in_schema=False)
    app.router.routes += ui.router.routes
    return app


def calm_collector() -> None:
    """For a process that only serves: collect garbage rarely.

    The specs of thousands of DAGs live long, and a large answer makes many short-lived objects: with Python's own
    thresholds the collector goes through all specs in the middle of it, which doubles the time of such an answer.
    """
    gc.set_threshold(100_000, 50, 100)


class _Application(FastAPI):
    """Puts the guard around everything, also around the answer to an error that nobody expected."""

    def __init__(
        self, secrets: KnownSecrets, guard_hosts: Iterable[str] | None, max_body: int, https: bool, **options: Any
    ) -> None:
        super().__init__(**options)
        self._secrets = secrets
        self._guard_hosts = guard_hosts
        self._max_body = max_body
        self._https = https

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            schema = super().openapi()
            schema["components"]["schemas"]["HTTPExceptionResponse"] = HTTPExceptionResponse.model_json_schema()
            tell_everywhere(schema)
        return super().openapi()

    def build_middleware_stack(self) -> Any:
        inner = super().build_middleware_stack()
        return Guard(Compressed(inner), self._guard_hosts, self._max_body, https=self._https, secrets=self._secrets)
