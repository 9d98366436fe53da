"""Builds the objects that do the work from the settings: the only module that names concrete adapters.

Called by `cli`.  What a function needs is imported inside it: a command pays only for the parts it
builds (`tradewind variables get` loads no web server, `tradewind version` no database).
"""

from __future__ import annotations

import base64
import contextlib
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tradewind.errors import SettingsError
from tradewind.settings import Settings, is_loopback

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI

    from tradewind.loading.bundle import FolderBundle
    from tradewind.loading.parse import FileParser
    from tradewind.ports.executor import Executor, Serve
    from tradewind.ports.store import WakeUp
    from tradewind.server.oidc import OidcSettings
    from tradewind.services.dag_processor import DagProcessor
    from tradewind.services.errands import ErrandRunner
    from tradewind.services.forecaster import Forecaster
    from tradewind.services.janitor import Janitor
    from tradewind.services.key_mapper import KeyMapper
    from tradewind.services.scheduler import Scheduler
    from tradewind.services.triggerer import Triggerer
    from tradewind.settings.report import Origin, Shown
    from tradewind.store import Store

BUNDLE = "dags-folder"
"""Name of the bundle that the DAG folder is, as in Airflow."""
_ALIVE = 30.0
"""Seconds without a heartbeat after which the health page calls a process unhealthy, at least."""


def alive_seconds(settings: Settings) -> float:
    """Seconds without a heartbeat after which people are told that a process is dead."""
    return max(_ALIVE, settings.lease_ttl)


class SystemClock:
    """The real clock; implements `ports.clock.Clock`."""

    def now(self) -> datetime:
        """The current instant, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


# --- What lies in the home folder. --------------------------------------------------------------------


def ensure_home(settings: Settings) -> None:
    """Create the home and log folders if need be, and try to write there.  Raises SettingsError."""
    for name, folder in (("home", settings.home), ("log_folder", settings.log_folder)):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # logs may show what tasks handle
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise SettingsError(
                f"The {name.replace('_', ' ')} {folder} (from {settings.sources.get(name, 'default')}) cannot be "
                f"written: {error.strerror or error}.",
                fix=f"give this user write permission there, or choose another folder with TRADEWIND_{name.upper()}"
                f"{' or --home' if name == 'home' else ''}.",
            ) from None


def secret_key(settings: Settings) -> str:
    """The Fernet key(s): configured, or kept in the key file, which is made now if it is missing.

    Raises SettingsError when the file can be neither read nor made.
    """
    if settings.secret_key is not None:
        return settings.secret_key
    path = settings.key_file
    try:
        if not path.exists():
            _make_key_file(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise SettingsError(
            f"The secret key file {path} cannot be used: {reason}.",
            fix=f"make {path.parent} writable for this user, or set TRADEWIND_SECRET_KEY.",
        ) from None
    if not key:
        raise SettingsError(
            f"The secret key file {path} is empty.",
            fix="restore it, or remove it when nothing was stored yet.",
        )
    return key


def _make_key_file(path: Path) -> None:
    """All or nothing, and once: of two processes that make it at the same time both use the first
    one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = base64.urlsafe_b64encode(os.urandom(32))  # what Fernet.generate_key does, without its import
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


# --- The adapters. ------------------------------------------------------------------------------------


def open_store(settings: Settings) -> Store:
    """The store on the configured database; connects at its first use."""
    from tradewind.store import Store

    return Store(settings.database_url, secret_key(settings), paused_at_creation=settings.dags_are_paused_at_creation)


def environ_of_users(settings: Settings) -> dict[str, str]:
    """The environment of processes that run users' code.

    It says where the home and the DAG folder are however they were given: DAG files read `AIRFLOW_HOME` and
    `conf.get("core", "dags_folder")` to find their files.
    """
    environ = {
        **os.environ,
        "TRADEWIND_HOME": str(settings.home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(settings.dags_folder),
        "AIRFLOW__CORE__MAX_MAP_LENGTH": str(settings.max_map_length),
        "AIRFLOW__CORE__MAX_TASK_RETRY_DELAY": f"{settings.max_task_retry_delay:g}",
        "AIRFLOW__SCHEDULER__PARTITION_MAPPER_MAX_DOWNSTREAM_KEYS": str(settings.partition_mapper_max_downstream_keys),
        "TRADEWIND_XCOM_SPILL_THRESHOLD": str(settings.xcom_spill_threshold),
        "TRADEWIND_XCOM_MAX_BYTES": str(settings.xcom_max_bytes),
    }
    environ.setdefault("AIRFLOW_HOME", str(settings.home))
    return environ


def make_executor(settings: Settings) -> Executor:
    """Where tasks run: warm processes of this machine."""
    from tradewind.executors.local import LocalExecutor

    return LocalExecutor(
        settings.slots,
        settings.grace,
        process_per_task=settings.process_per_task,
        log_level=settings.log_level.upper(),
        environ=environ_of_users(settings),
    )


def make_task_api(settings: Settings, store: Store, *, hides: bool = False) -> Serve:
    """Answers the requests of tasks and DAG files from the store; `hides`: and says which secrets are in an answer."""
    from tradewind.services.task_api import TaskApi
    from tradewind.store.known_secrets import KnownSecrets

    return TaskApi(
        store,
        spill_path=settings.xcom_spill_path,
        state_retention=state_retention(settings),
        keep_secrets=settings.keep_task_secrets,
        secrets=KnownSecrets(store) if hides else None,
    )


def state_retention(settings: Settings) -> timedelta | None:
    """How long entries of state stores are kept that name no time; None: as long as their run."""
    days = settings.state_retention_days
    return timedelta(days=days) if days else None


def make_scheduler(settings: Settings, store: Store, wakeup: WakeUp) -> Scheduler:
    """A scheduler with its executor; used once.  The caller closes `wakeup`."""
    from tradewind.services.guard import Guard, Limits
    from tradewind.services.scheduler import Scheduler
    from tradewind.store.uuid7 import uuid7

    holder = uuid7()
    limits = Limits(settings.max_runs_per_dag_per_hour, settings.max_runs_on_schedule_change)
    return Scheduler(
        store.scheduler,
        store.history,
        store.assets,
        store.triggers,
        store.subscriptions,
        store.leases,
        store.backfills.leader,
        store.undecided,
        make_executor(settings),
        SystemClock(),
        holder=holder,
        log_folder=settings.log_folder,
        serve=make_task_api(settings, store, hides=True),
        wakeup=wakeup,
        new_id=uuid7,
        lease_ttl=timedelta(seconds=settings.lease_ttl),
        grace=settings.grace,
        callback_limit=settings.callback_timeout,
        variable=store.variables.get,
        guard=Guard(store.past_runs, limits, holder=holder),
    )


def make_triggerer(
    settings: Settings,
    store: Store,
    wakeup: WakeUp,
    *,
    capacity: int | None = None,
    queues: Sequence[str] | None = None,
) -> Triggerer:
    """A triggerer, whose child is started with its first trigger; used once.  It closes `wakeup`."""
    from tradewind.runtime.trigger_wire import HostConfig
    from tradewind.services.trigger_process import TriggerProcess
    from tradewind.services.triggerer import Triggerer
    from tradewind.store.uuid7 import uuid7

    if capacity is None:
        capacity = settings.triggerer_capacity
    config = HostConfig(bundle_path=str(settings.dags_folder), log_level=settings.log_level.upper())
    environ = environ_of_users(settings)
    return Triggerer(
        store.triggers,
        store.leases,
        SystemClock(),
        lambda tell: TriggerProcess(make_task_api(settings, store, hides=True), tell, config=config, environ=environ),
        holder=uuid7(),
        log_folder=settings.log_folder,
        wakeup=wakeup,
        capacity=capacity,
        queues=queues,
        ttl=timedelta(seconds=settings.lease_ttl),
    )


def make_janitor(store: Store) -> Janitor:
    """What throws away what nobody will look at again; history is kept."""
    from tradewind.services.janitor import Janitor

    return Janitor(store, SystemClock())


def make_bundle(settings: Settings, folder: Path | None = None) -> FolderBundle:
    """The DAG folder, or another one read by the same rules."""
    from tradewind.loading.bundle import FolderBundle

    return FolderBundle(
        BUNDLE,
        folder or settings.dags_folder,
        ignore_syntax="regexp" if settings.ignore_syntax == "regexp" else "glob",
        safe_mode=settings.safe_mode,
    )


def make_parser(settings: Settings, serve: Serve | None) -> FileParser:
    """Loads DAG files in child processes; `serve` answers the Variables and Connections they read."""
    from tradewind.loading.parse import FileParser

    return FileParser(serve=serve, time_limit=settings.parse_timeout, environ=environ_of_users(settings))


def make_dag_processor(settings: Settings, store: Store, parser: FileParser) -> DagProcessor:
    """The service that keeps the database in step with the DAG files; used once."""
    from tradewind.services.dag_processor import DagProcessor
    from tradewind.store.uuid7 import uuid7

    return DagProcessor(
        store=store.dags,
        leases=store.leases,
        bundles=[make_bundle(settings)],
        parser=parser,
        clock=SystemClock(),
        worker_id=uuid7(),
        parallel=settings.parsers,
        owners=store.dags.owners,
    )


def make_forecaster(store: Store, parser: FileParser) -> Forecaster:
    """The service that asks custom timetables and deadlines, with the parser of the DAG processor beside it."""
    from tradewind.services.forecaster import Forecaster

    return Forecaster(store.dags.forecasts, parser, SystemClock(), store.dags.deadlines)


def make_key_mapper(store: Store, parser: FileParser) -> KeyMapper:
    """The service that asks partition mappers, with the parser of the DAG processor beside it."""
    from tradewind.services.key_mapper import KeyMapper

    return KeyMapper(store.dags.mappings, parser, SystemClock())


def make_errand_runner(settings: Settings, store: Store, parser: FileParser, processor: DagProcessor) -> ErrandRunner:
    """The service that does what the server may not do itself, beside the DAG processor."""
    from tradewind.authoring.conf import conf
    from tradewind.services.errands import ErrandRunner

    environ = environ_of_users(settings)

    def plugins_folder() -> Path:
        return Path(environ.get("AIRFLOW__CORE__PLUGINS_FOLDER") or conf.get("core", "plugins_folder"))

    return ErrandRunner(store.errands, parser, processor.parse_now, SystemClock(), plugins_folder)


def configuration(settings: Settings) -> dict[str, dict[str, str]]:
    """What the API shows of the configuration: what users' code would read, and the settings that are in force."""
    from tradewind.authoring.conf import conf
    from tradewind.settings.report import report

    told = {section: dict(options) for section, options in conf.as_dict().items()}
    for section, options in report(settings).items():
        told.setdefault(section, {}).update(options)
    return told


def settings_shown(settings: Settings) -> list[Shown]:
    """The same, each setting once, with its default and where it came from: Tradewind's own, then those that only
    users' code reads."""
    from tradewind.authoring.conf import conf, default_of, get_airflow_home, is_sensitive
    from tradewind.settings.report import Shown, shown

    found = shown(settings)
    known = {alias for each in found for alias in each.aliases}
    origins: dict[str, Origin] = {"env var": "environment", "airflow.cfg": "file", "default": "default"}
    for section, options in conf.as_dict(display_source=True).items():
        for key, (value, source) in options.items():
            if f"{section}.{key}" in known:
                continue
            secret = is_sensitive(section, key)
            default = "" if secret else default_of(section, key) or ""
            where = {
                "environment": f"AIRFLOW__{section}__{key}".upper(),
                "file": f"{get_airflow_home()}/airflow.cfg [{section}] {key}",
            }.get(origins[source], "")
            changed = source != "default" and (secret or value != default)
            found.append(Shown(section, key, value, default, origins[source], where, changed))
    return found


def make_app(settings: Settings, store: Store) -> FastAPI:
    """The API server's application."""
    from tradewind.server.app import create_app
    from tradewind.store.login_sessions import Lifetimes

    check_exposure(settings)
    return create_app(
        store,
        log_folder=settings.log_folder,
        no_auth=settings.no_auth,
        hosts=[settings.host],
        jwt_secret=settings.jwt_secret,
        token_lifetime=settings.token_lifetime,
        base_url=settings.base_url,
        lifetimes=Lifetimes(timedelta(seconds=settings.session_idle), timedelta(seconds=settings.session_lifetime)),
        oidc=oidc_settings(settings),
        lease_ttl=alive_seconds(settings),
        state_retention=state_retention(settings),
        instance_name=settings.instance_name,
        default_timezone=settings.ui_timezone,
        dags_folder=settings.dags_folder,
        configuration=None if settings.expose_config == "false" else partial(configuration, settings),
        settings_shown=None if settings.expose_config == "false" else partial(settings_shown, settings),
        test_connections=settings.test_connection == "enabled",
    )


def oidc_settings(settings: Settings) -> OidcSettings | None:
    """How to deal with the OpenID provider.  Raises SettingsError for one that is not set up in full."""
    if settings.oidc_issuer is None:
        return None
    from tradewind.server.oidc import OidcSettings

    if not settings.oidc_client_id or not settings.oidc_client_secret:
        raise SettingsError(
            "oidc_issuer is set, but not the client that the provider knows",
            fix="set TRADEWIND_OIDC_CLIENT_ID and TRADEWIND_OIDC_CLIENT_SECRET",
        )
    roles = {}
    for part in filter(None, (part.strip() for part in settings.oidc_roles.split(","))):
        value, sign, role = part.rpartition("=")
        if not sign or not value.strip() or not role.strip():
            raise SettingsError(
                f"oidc_roles has {part!r}, which is no value and role", fix="write it as admins=admin, others=viewer"
            )
        roles[value.strip()] = role.strip()
    return OidcSettings(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        name=settings.oidc_name,
        scopes=settings.oidc_scopes,
        username_claim=settings.oidc_username_claim,
        role_claim=settings.oidc_role_claim,
        role_map=roles,
        default_role=settings.oidc_default_role,
    )


def check_exposure(settings: Settings) -> None:
    """Raise SettingsError when the API would be open to the network without a login."""
    if settings.no_auth and not is_loopback(settings.host):
        raise SettingsError(
            f"A server without login may not listen on {settings.host}: everyone on the network could run code here.",
            fix="leave out --no-auth, or use --host 127.0.0.1.",
        )
