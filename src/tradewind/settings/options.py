"""The table of settings: names, readers, defaults.  `load_settings` goes through it; the reference page and
`config list` are drawn from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

# --- Readers: text -> value, or ValueError with what would be right. ----------------------------------

_TRUE, _FALSE = (
    frozenset({"true", "t", "yes", "y", "on", "1"}),
    frozenset({"false", "f", "no", "n", "off", "0"}),
)


def _boolean(text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError("use true or false")


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 10**9:
        raise ValueError("use a number of seconds greater than 0, such as 30 or 0.5")
    return value


def _grace(text: str) -> float:
    return 0.0 if text.strip() in ("0", "0.0") else _seconds(text)


def _limit(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > 10**9:
        raise ValueError("use a whole number from 0 on")
    return int(text)


def _port(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > 65535:
        raise ValueError("use a whole number from 1 to 65535, or 0 for any free port")
    return int(text)


def _slots(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= 10_000:
        raise ValueError("use a whole number from 1 to 10000")
    return int(text)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.strip().isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"use a whole number from {least} to {most}")
        return int(text)

    return read


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("give a value, or remove the setting")
    return text.strip()


def _ui_zone(text: str) -> str:
    return text if text == "local" else _zone(text)


def _zone(text: str) -> str:
    name = _text(text)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("use an IANA name such as UTC or Europe/Berlin") from None
    return name


def _word(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip().lower() not in words:
            raise ValueError(f"use one of: {', '.join(words)}")
        return text.strip().lower()

    return read


def _exposed(text: str) -> str:
    if text.strip().lower() == "non-sensitive-only":
        return "non-sensitive-only"
    try:
        return "true" if _boolean(text) else "false"
    except ValueError:
        raise ValueError("use true, false or non-sensitive-only") from None


def _url(text: str) -> str:
    url = _text(text)
    if "://" not in url:
        raise ValueError("use a database URL such as postgresql://user:password@host/name or sqlite:////path/file.db")
    return url


def _fernet_key(text: str) -> str:
    for key in _text(text).split(","):
        stripped = key.strip()
        if len(stripped) != 44 or not stripped.endswith("="):
            raise ValueError(
                "use a Fernet key (44 characters); one is made by: python -c "
                "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
            )
    return text.strip()


def default_slots(cpus: int | None = None) -> int:
    """Task processes for a machine: most tasks wait for something else, so several share a core."""
    return min(32, max(4, 4 * (cpus or os.cpu_count() or 1)))


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the table of settings; the reference page and `config list` are drawn from it."""

    name: str
    read: Callable[[str], Any]
    default: Callable[[Path], Any]
    """Takes the home folder."""
    default_text: str
    about: str
    airflow: tuple[tuple[str, str], ...] = ()
    """(section, key) in Airflow's configuration, newest name first."""
    from_file: bool = True
    """Whether `airflow.cfg` counts, not only the variable."""
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable of Tradewind."""
        return f"TRADEWIND_{self.name.upper()}"

    @property
    def airflow_variables(self) -> tuple[str, ...]:
        """The environment variables of Airflow that are read too."""
        return tuple(f"AIRFLOW__{section}__{key}".upper() for section, key in self.airflow)


OPTIONS: tuple[Option, ...] = (
    Option(
        "dags_folder",
        _text,
        lambda home: str(home / "dags"),
        "`<home>/dags`",
        "Folder of the DAG files.",
        airflow=(("core", "dags_folder"),),
    ),
    Option(
        "database_url",
        _url,
        lambda home: f"sqlite:///{home / 'tradewind.db'}",
        "`sqlite:///<home>/tradewind.db`",
        "SQLAlchemy URL of the metadata database: SQLite or PostgreSQL.",
        airflow=(("database", "sql_alchemy_conn"), ("core", "sql_alchemy_conn")),
        secret=True,
    ),
    Option(
        "log_folder",
        _text,
        lambda home: str(home / "logs"),
        "`<home>/logs`",
        "Folder of the task logs.",
        airflow=(("logging", "base_log_folder"), ("core", "base_log_folder")),
    ),
    Option(
        "slots",
        _slots,
        lambda home: default_slots(),
        "4 per CPU, at least 4, at most 32",
        "How many tasks the local executor runs at once, each in a process of its own.",
        airflow=(("core", "parallelism"),),
    ),
    Option(
        "host",
        _text,
        lambda home: "127.0.0.1",
        "`127.0.0.1`",
        "Address the API server listens on.  Not read from `airflow.cfg`, where a generated file opens it to "
        "the network.",
        airflow=(("api", "host"), ("webserver", "web_server_host")),
        from_file=False,
    ),
    Option(
        "port",
        _port,
        lambda home: 8080,
        "`8080`",
        "Port the API server listens on; `0` takes a free one.",
        airflow=(("api", "port"), ("webserver", "web_server_port")),
    ),
    Option(
        "dags_are_paused_at_creation",
        _boolean,
        lambda home: True,
        "`true`",
        "Whether a DAG that is seen for the first time starts paused.",
        airflow=(("core", "dags_are_paused_at_creation"),),
    ),
    Option(
        "secret_key",
        _fernet_key,
        lambda home: None,
        "made on first use and kept in `<home>/secret.key`",
        "Fernet key that encrypts Variables and Connections; several, newest first, separated by commas.",
        airflow=(("core", "fernet_key"),),
        secret=True,
    ),
    Option(
        "grace",
        _grace,
        lambda home: 10.0,
        "`10`",
        "Seconds that running tasks get to end themselves when they are stopped; then they are killed.",
        airflow=(("core", "killed_task_cleanup_time"),),
        from_file=False,
    ),
    Option(
        "lease_ttl",
        _seconds,
        lambda home: 15.0,
        "`15`",
        "Seconds after which a scheduler or worker that says nothing counts as dead.",
    ),
    Option(
        "callback_timeout",
        _seconds,
        lambda home: 300.0,
        "`300`",
        "Seconds that the callbacks of one event, or a mail about it, may take; then they are interrupted.",
    ),
    Option(
        "max_runs_per_dag_per_hour",
        _limit,
        lambda home: 1000,
        "`1000`",
        "So many runs of a DAG for fire times that passed are made in an hour; more are held as a paused backfill. "
        "0: no limit.",
        airflow=(("scheduler", "max_runs_per_dag_per_hour"),),
    ),
    Option(
        "max_runs_on_schedule_change",
        _limit,
        lambda home: 100,
        "`100`",
        "A changed schedule that asks for more past runs than this is held as a paused backfill. 0: no limit.",
        airflow=(("scheduler", "max_runs_on_schedule_change"),),
    ),
    Option(
        "max_map_length",
        _whole(1, 1_000_000),
        lambda home: 1024,
        "`1024`",
        "Longest list or dict that a task may return for others to be mapped over; with a longer one it fails.",
        airflow=(("core", "max_map_length"),),
    ),
    Option(
        "max_task_retry_delay",
        _seconds,
        lambda home: 86400.0,
        "`86400`",
        "Seconds that no exponential retry delay exceeds.",
        airflow=(("core", "max_task_retry_delay"),),
    ),
    Option(
        "partition_mapper_max_downstream_keys",
        _whole(1, 1_000_000),
        lambda home: 1000,
        "`1000`",
        "Most runs that the partition of one asset event makes for a DAG whose mapper says nothing else.",
        airflow=(("scheduler", "partition_mapper_max_downstream_keys"),),
    ),
    Option(
        "triggerer_capacity",
        _whole(1, 1_000_000),
        lambda home: 1000,
        "`1000`",
        "How many triggers one triggerer runs at once.",
        airflow=(("triggerer", "capacity"), ("triggerer", "default_capacity")),
    ),
    Option(
        "parse_timeout",
        _seconds,
        lambda home: 30.0,
        "`30`",
        "Seconds that the import of one DAG file may take.",
        airflow=(("core", "dagbag_import_timeout"),),
    ),
    Option(
        "parsers",
        _slots,
        lambda home: 2,
        "`2`",
        "How many DAG files are read at once.",
        airflow=(("dag_processor", "parsing_processes"), ("scheduler", "parsing_processes")),
    ),
    Option(
        "safe_mode",
        _boolean,
        lambda home: True,
        "`true`",
        "Leave Python files alone that name neither a DAG nor Airflow or Tradewind.",
        airflow=(("core", "dag_discovery_safe_mode"),),
    ),
    Option(
        "ignore_syntax",
        _word("glob", "regexp"),
        lambda home: "glob",
        "`glob`",
        "Language of `.airflowignore` files: `glob` or `regexp`.",
        airflow=(("core", "dag_ignore_file_syntax"),),
    ),
    Option(
        "process_per_task",
        _boolean,
        lambda home: False,
        "`false`",
        "Give every task a process of its own instead of a warm worker.",
        airflow=(("core", "execute_tasks_new_python_interpreter"),),
    ),
    Option(
        "log_level",
        _word("debug", "info", "warning", "error", "critical"),
        lambda home: "info",
        "`info`",
        "Least level that task logs hold: `debug`, `info`, `warning`, `error` or `critical`.",
        airflow=(("logging", "logging_level"), ("core", "logging_level")),
    ),
    Option(
        "no_auth",
        _boolean,
        lambda home: False,
        "`false`",
        "Everyone who reaches the API is the administrator; only with a loopback `host`.",
        airflow=(("core", "simple_auth_manager_all_admins"),),
    ),
    Option(
        "jwt_secret",
        _text,
        lambda home: None,
        "made on first use and kept in the database",
        "Secret that signs API tokens.  Set it when something else signs tokens for this server.",
        airflow=(("api_auth", "jwt_secret"),),
        secret=True,
    ),
    Option(
        "instance_name",
        _text,
        lambda home: "Tradewind",
        "`Tradewind`",
        "What this installation is called in the web UI.",
        airflow=(("api", "instance_name"), ("webserver", "instance_name")),
    ),
    Option(
        "ui_timezone",
        _ui_zone,
        lambda home: "local",
        "`local`",
        "Time zone of the web UI for those who chose none: an IANA name such as `Asia/Seoul`, or `local` for that of "
        "their browser.",
        airflow=(("webserver", "default_ui_timezone"),),
    ),
    Option(
        "token_lifetime",
        _seconds,
        lambda home: 86400.0,
        "`86400`",
        "Seconds that an API token is valid.",
        airflow=(("api_auth", "jwt_expiration_time"),),
    ),
    Option(
        "base_url",
        _text,
        lambda home: None,
        "as the request has it",
        "Where browsers find the web UI, such as `https://flows.example.com`; needed where a proxy ends HTTPS.",
        airflow=(("api", "base_url"), ("webserver", "base_url")),
    ),
    Option(
        "session_idle",
        _seconds,
        lambda home: 86400.0,
        "`86400`",
        "Seconds after which the login of a browser that is not used ends.",
    ),
    Option(
        "session_lifetime",
        _seconds,
        lambda home: 604800.0,
        "`604800`",
        "Seconds after which the login of a browser ends, however much it is used.",
    ),
    Option(
        "oidc_issuer",
        _text,
        lambda home: None,
        "none: log in by password only",
        "Issuer of the OpenID provider that people may log in with, exactly as it calls itself.",
    ),
    Option("oidc_client_id", _text, lambda home: None, "none", "The client id that the provider gave."),
    Option(
        "oidc_client_secret", _text, lambda home: None, "none", "The client secret that the provider gave.", secret=True
    ),
    Option("oidc_name", _text, lambda home: "OpenID", "`OpenID`", "What the login page calls the provider."),
    Option(
        "oidc_scopes",
        _text,
        lambda home: "openid profile email",
        "`openid profile email`",
        "What the provider is asked for, with spaces between.",
    ),
    Option(
        "oidc_username_claim",
        _text,
        lambda home: "preferred_username",
        "`preferred_username`",
        "The claim that is the user name.",
    ),
    Option(
        "oidc_role_claim", _text, lambda home: "groups", "`groups`", "The claim that says the roles: a text or a list."
    ),
    Option(
        "oidc_roles",
        _text,
        lambda home: "",
        "none",
        "Values of that claim and the roles they give: `admins=admin, data team=analysts`.  The highest counts.",
    ),
    Option("oidc_default_role", _text, lambda home: None, "none: not let in", "Role of those who have none of these."),
    Option(
        "xcom_spill_path",
        _text,
        lambda home: str(home / "xcom"),
        "`<home>/xcom`",
        "Where XComs go that are too large for a row: a folder that all workers see, or `s3://bucket/prefix`.",
    ),
    Option(
        "xcom_spill_threshold",
        _whole(1024, 1024**3),
        lambda home: 64 * 1024,
        "`65536`",
        "Bytes above which an XCom goes there.",
    ),
    Option(
        "xcom_max_bytes",
        _whole(1024, 1024**4),
        lambda home: 1024**3,
        "`1073741824`",
        "Bytes of the largest XCom; a task that returns a larger one fails.",
    ),
    Option(
        "state_retention_days",
        _whole(0, 36_500),
        lambda home: 30,
        "`30`",
        "Days for which entries of a task's state store are kept that name no retention; `0` keeps them as long as "
        "their run.",
        airflow=(("state_store", "default_retention_days"),),
    ),
    Option(
        "expose_config",
        _exposed,
        lambda home: "false",
        "`false`",
        "Whether the API shows the configuration, to the role `op`: `true`, `false` or `non-sensitive-only`.  Secrets "
        "are hidden in any case.",
        airflow=(("api", "expose_config"), ("webserver", "expose_config")),
    ),
    Option(
        "test_connection",
        _word("disabled", "enabled", "hidden"),
        lambda home: "disabled",
        "`disabled`",
        "Whether connections can be tested through the API: `enabled`, `disabled` or `hidden`.",
        airflow=(("core", "test_connection"),),
    ),
    Option("debug", _boolean, lambda home: False, "`false`", "Show the tracebacks of errors."),
)
