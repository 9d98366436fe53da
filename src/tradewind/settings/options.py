"""The table of settings: names, readers, defaults.  `load_settings` goes through it; the reference page and
`config list` are drawn from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tradewind.settings import readers


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
        readers.line,
        lambda home: str(home / "dags"),
        "`<home>/dags`",
        "Folder of the DAG files.",
        airflow=(("core", "dags_folder"),),
    ),
    Option(
        "database_url",
        readers.url,
        lambda home: f"sqlite:///{home / 'tradewind.db'}",
        "`sqlite:///<home>/tradewind.db`",
        "SQLAlchemy URL of the metadata database: SQLite or PostgreSQL.",
        airflow=(("database", "sql_alchemy_conn"), ("core", "sql_alchemy_conn")),
        secret=True,
    ),
    Option(
        "log_folder",
        readers.line,
        lambda home: str(home / "logs"),
        "`<home>/logs`",
        "Folder of the task logs.",
        airflow=(("logging", "base_log_folder"), ("core", "base_log_folder")),
    ),
    Option(
        "slots",
        readers.slots,
        lambda home: default_slots(),
        "4 per CPU, at least 4, at most 32",
        "How many tasks the local executor runs at once, each in a process of its own.",
        airflow=(("core", "parallelism"),),
    ),
    Option(
        "host",
        readers.line,
        lambda home: "127.0.0.1",
        "`127.0.0.1`",
        "Address the API server listens on.  Not read from `airflow.cfg`, where a generated file opens it to "
        "the network.",
        airflow=(("api", "host"), ("webserver", "web_server_host")),
        from_file=False,
    ),
    Option(
        "port",
        readers.port,
        lambda home: 8080,
        "`8080`",
        "Port the API server listens on; `0` takes a free one.",
        airflow=(("api", "port"), ("webserver", "web_server_port")),
    ),
    Option(
        "dags_are_paused_at_creation",
        readers.boolean,
        lambda home: True,
        "`true`",
        "Whether a DAG that is seen for the first time starts paused.",
        airflow=(("core", "dags_are_paused_at_creation"),),
    ),
    Option(
        "secret_key",
        readers.fernet_key,
        lambda home: None,
        "made on first use and kept in `<home>/secret.key`",
        "Fernet key that encrypts Variables and Connections; several, newest first, separated by commas.",
        airflow=(("core", "fernet_key"),),
        secret=True,
    ),
    Option(
        "grace",
        readers.grace,
        lambda home: 10.0,
        "`10`",
        "Seconds that running tasks get to end themselves when they are stopped; then they are killed.",
        airflow=(("core", "killed_task_cleanup_time"),),
        from_file=False,
    ),
    Option(
        "lease_ttl",
        readers.seconds,
        lambda home: 15.0,
        "`15`",
        "Seconds after which a scheduler or worker that says nothing counts as dead.",
    ),
    Option(
        "callback_timeout",
        readers.seconds,
        lambda home: 300.0,
        "`300`",
        "Seconds that the callbacks of one event, or a mail about it, may take; then they are interrupted.",
    ),
    Option(
        "max_runs_per_dag_per_hour",
        readers.limit,
        lambda home: 1000,
        "`1000`",
        "So many runs of a DAG for fire times that passed are made in an hour; more are held as a paused backfill. "
        "0: no limit.",
        airflow=(("scheduler", "max_runs_per_dag_per_hour"),),
    ),
    Option(
        "max_runs_on_schedule_change",
        readers.limit,
        lambda home: 100,
        "`100`",
        "A changed schedule that asks for more past runs than this is held as a paused backfill. 0: no limit.",
        airflow=(("scheduler", "max_runs_on_schedule_change"),),
    ),
    Option(
        "max_map_length",
        readers.whole(1, 1_000_000),
        lambda home: 1024,
        "`1024`",
        "Longest list or dict that a task may return for others to be mapped over; with a longer one it fails.",
        airflow=(("core", "max_map_length"),),
    ),
    Option(
        "max_task_retry_delay",
        readers.seconds,
        lambda home: 86400.0,
        "`86400`",
        "Seconds that no exponential retry delay exceeds.",
        airflow=(("core", "max_task_retry_delay"),),
    ),
    Option(
        "partition_mapper_max_downstream_keys",
        readers.whole(1, 1_000_000),
        lambda home: 1000,
        "`1000`",
        "Most runs that the partition of one asset event makes for a DAG whose mapper says nothing else.",
        airflow=(("scheduler", "partition_mapper_max_downstream_keys"),),
    ),
    Option(
        "triggerer_capacity",
        readers.whole(1, 1_000_000),
        lambda home: 1000,
        "`1000`",
        "How many triggers one triggerer runs at once.",
        airflow=(("triggerer", "capacity"), ("triggerer", "default_capacity")),
    ),
    Option(
        "parse_timeout",
        readers.seconds,
        lambda home: 30.0,
        "`30`",
        "Seconds that the import of one DAG file may take.",
        airflow=(("core", "dagbag_import_timeout"),),
    ),
    Option(
        "parsers",
        readers.slots,
        lambda home: 2,
        "`2`",
        "How many DAG files are read at once.",
        airflow=(("dag_processor", "parsing_processes"), ("scheduler", "parsing_processes")),
    ),
    Option(
        "safe_mode",
        readers.boolean,
        lambda home: True,
        "`true`",
        "Leave Python files alone that name neither a DAG nor Airflow or Tradewind.",
        airflow=(("core", "dag_discovery_safe_mode"),),
    ),
    Option(
        "ignore_syntax",
        readers.word("glob", "regexp"),
        lambda home: "glob",
        "`glob`",
        "Language of `.airflowignore` files: `glob` or `regexp`.",
        airflow=(("core", "dag_ignore_file_syntax"),),
    ),
    Option(
        "process_per_task",
        readers.boolean,
        lambda home: False,
        "`false`",
        "Give every task a process of its own instead of a warm worker.",
        airflow=(("core", "execute_tasks_new_python_interpreter"),),
    ),
    Option(
        "log_level",
        readers.word("debug", "info", "warning", "error", "critical"),
        lambda home: "info",
        "`info`",
        "Least level that task logs hold: `debug`, `info`, `warning`, `error` or `critical`.",
        airflow=(("logging", "logging_level"), ("core", "logging_level")),
    ),
    Option(
        "no_auth",
        readers.boolean,
        lambda home: False,
        "`false`",
        "Everyone who reaches the API is the administrator; only with a loopback `host`.",
        airflow=(("core", "simple_auth_manager_all_admins"),),
    ),
    Option(
        "jwt_secret",
        readers.line,
        lambda home: None,
        "made on first use and kept in the database",
        "Secret that signs API tokens.  Set it when something else signs tokens for this server.",
        airflow=(("api_auth", "jwt_secret"),),
        secret=True,
    ),
    Option(
        "instance_name",
        readers.line,
        lambda home: "Tradewind",
        "`Tradewind`",
        "What this installation is called in the web UI.",
        airflow=(("api", "instance_name"), ("webserver", "instance_name")),
    ),
    Option(
        "ui_timezone",
        readers.ui_zone,
        lambda home: "local",
        "`local`",
        "Time zone of the web UI for those who chose none: an IANA name such as `Asia/Seoul`, or `local` for that of "
        "their browser.",
        airflow=(("webserver", "default_ui_timezone"),),
    ),
    Option(
        "token_lifetime",
        readers.seconds,
        lambda home: 86400.0,
        "`86400`",
        "Seconds that an API token is valid.",
        airflow=(("api_auth", "jwt_expiration_time"),),
    ),
    Option(
        "base_url",
        readers.line,
        lambda home: None,
        "as the request has it",
        "Where browsers find the web UI, such as `https://flows.example.com`; needed where a proxy ends HTTPS.",
        airflow=(("api", "base_url"), ("webserver", "base_url")),
    ),
    Option(
        "session_idle",
        readers.seconds,
        lambda home: 86400.0,
        "`86400`",
        "Seconds after which the login of a browser that is not used ends.",
    ),
    Option(
        "session_lifetime",
        readers.seconds,
        lambda home: 604800.0,
        "`604800`",
        "Seconds after which the login of a browser ends, however much it is used.",
    ),
    Option(
        "oidc_issuer",
        readers.line,
        lambda home: None,
        "none: log in by password only",
        "Issuer of the OpenID provider that people may log in with, exactly as it calls itself.",
    ),
    Option("oidc_client_id", readers.line, lambda home: None, "none", "The client id that the provider gave."),
    Option(
        "oidc_client_secret",
        readers.line,
        lambda home: None,
        "none",
        "The client secret that the provider gave.",
        secret=True,
    ),
    Option("oidc_name", readers.line, lambda home: "OpenID", "`OpenID`", "What the login page calls the provider."),
    Option(
        "oidc_scopes",
        readers.line,
        lambda home: "openid profile email",
        "`openid profile email`",
        "What the provider is asked for, with spaces between.",
    ),
    Option(
        "oidc_username_claim",
        readers.line,
        lambda home: "preferred_username",
        "`preferred_username`",
        "The claim that is the user name.",
    ),
    Option(
        "oidc_role_claim",
        readers.line,
        lambda home: "groups",
        "`groups`",
        "The claim that says the roles: a text or a list.",
    ),
    Option(
        "oidc_roles",
        readers.line,
        lambda home: "",
        "none",
        "Values of that claim and the roles they give: `admins=admin, data team=analysts`.  The highest counts.",
    ),
    Option(
        "oidc_default_role",
        readers.line,
        lambda home: None,
        "none: not let in",
        "Role of those who have none of these.",
    ),
    Option(
        "xcom_spill_path",
        readers.line,
        lambda home: str(home / "xcom"),
        "`<home>/xcom`",
        "Where XComs go that are too large for a row: a folder that all workers see, or `s3://bucket/prefix`.",
    ),
    Option(
        "xcom_spill_threshold",
        readers.whole(1024, 1024**3),
        lambda home: 64 * 1024,
        "`65536`",
        "Bytes above which an XCom goes there.",
    ),
    Option(
        "xcom_max_bytes",
        readers.whole(1024, 1024**4),
        lambda home: 1024**3,
        "`1073741824`",
        "Bytes of the largest XCom; a task that returns a larger one fails.",
    ),
    Option(
        "state_retention_days",
        readers.whole(0, 36_500),
        lambda home: 30,
        "`30`",
        "Days for which entries of a task's state store are kept that name no retention; `0` keeps them as long as "
        "their run.",
        airflow=(("state_store", "default_retention_days"),),
    ),
    Option(
        "keep_task_secrets",
        readers.boolean,
        lambda home: True,
        "`true`",
        "Whether what tasks learn from a secrets backend, their environment or `mask_secret` is kept in the database, "
        "encrypted, so that the API and the pages hide it where tasks wrote it.",
    ),
    Option(
        "expose_config",
        readers.exposed,
        lambda home: "false",
        "`false`",
        "Whether the API shows the configuration, to the role `op`: `true`, `false` or `non-sensitive-only`.  Secrets "
        "are hidden in any case.",
        airflow=(("api", "expose_config"), ("webserver", "expose_config")),
    ),
    Option(
        "test_connection",
        readers.word("disabled", "enabled", "hidden"),
        lambda home: "disabled",
        "`disabled`",
        "Whether connections can be tested through the API: `enabled`, `disabled` or `hidden`.",
        airflow=(("core", "test_connection"),),
    ),
    Option("debug", readers.boolean, lambda home: False, "`false`", "Show the tracebacks of errors."),
)
