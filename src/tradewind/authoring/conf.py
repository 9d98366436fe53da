"""Airflow's `conf` for DAG files that read the configuration; served as `airflow.configuration.conf`.

A value is looked up in `AIRFLOW__SECTION__KEY`, then in `airflow.cfg` of the home folder, then among
Airflow's documented defaults and those that installed provider packages declare.  Tradewind itself is
configured by `tradewind.settings`; nothing of the engine reads this.
"""

from __future__ import annotations

import configparser
import importlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from tradewind.errors import AirflowConfigException

_UNSET: Final = object()
_TRUE = frozenset({"t", "true", "1", "yes", "y", "on"})
_FALSE = frozenset({"f", "false", "0", "no", "n", "off"})

_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "core": {
        "dags_folder": "{home}/dags",
        "plugins_folder": "{home}/plugins",
        "executor": "LocalExecutor",
        "parallelism": "32",
        "default_timezone": "utc",
        "max_active_tasks_per_dag": "16",
        "max_active_runs_per_dag": "16",
        "max_consecutive_failed_dag_runs_per_dag": "0",
        "dagbag_import_timeout": "30.0",
        "dag_discovery_safe_mode": "True",
        "dag_ignore_file_syntax": "glob",
        "dags_are_paused_at_creation": "True",
        "load_examples": "False",
        "unit_test_mode": "False",
        "fernet_key": "",
        "security": "",
        "default_impersonation": "",
        "default_task_retries": "0",
        "default_task_retry_delay": "300",
        "max_task_retry_delay": "86400",
        "default_task_weight_rule": "downstream",
        "default_task_execution_timeout": "",
        "default_pool_task_slot_count": "128",
        "killed_task_cleanup_time": "60",
        "enable_xcom_pickling": "False",
        "max_map_length": "1024",
        "test_connection": "Disabled",
        "hide_sensitive_var_conn_fields": "True",
    },
    "logging": {
        "base_log_folder": "{home}/logs",
        "logging_level": "INFO",
        "remote_logging": "False",
        "remote_base_log_folder": "",
        "remote_log_conn_id": "",
        "encrypt_s3_logs": "False",
        "delete_local_logs": "False",
    },
    "scheduler": {
        "catchup_by_default": "False",
        "scheduler_heartbeat_sec": "5",
        "min_file_process_interval": "30",
        "dag_dir_list_interval": "300",
    },
    "api": {"base_url": "http://localhost:8080", "expose_config": "False", "host": "0.0.0.0", "port": "8080"},  # noqa: S104 - what Airflow documents
    "webserver": {
        "dag_default_view": "grid",
        "dag_orientation": "LR",
        "default_ui_timezone": "UTC",
        "web_server_port": "8080",
    },
    "email": {
        "email_backend": "airflow.utils.email.send_email_smtp",
        "email_conn_id": "smtp_default",
        "default_email_on_retry": "True",
        "default_email_on_failure": "True",
    },
    "smtp": {
        "smtp_host": "localhost",
        "smtp_starttls": "True",
        "smtp_ssl": "False",
        "smtp_port": "25",
        "smtp_mail_from": "airflow@example.com",
        "smtp_timeout": "30",
        "smtp_retry_limit": "5",
    },
    "operators": {
        "default_owner": "airflow",
        "default_deferrable": "false",
        "default_queue": "default",
        "default_cpus": "1",
        "default_ram": "512",
        "default_disk": "512",
        "default_gpus": "0",
        "allow_illegal_arguments": "False",
    },
    "sensors": {"default_timeout": "604800"},
    "metrics": {"statsd_on": "False"},
    "lineage": {"backend": ""},
    "secrets": {"backend": "", "backend_kwargs": ""},
    "workers": {"secrets_backend": "", "secrets_backend_kwargs": ""},
}
_MOVED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("core", "base_log_folder"): ("logging", "base_log_folder"),
    ("core", "logging_level"): ("logging", "logging_level"),
    ("core", "remote_logging"): ("logging", "remote_logging"),
    ("core", "remote_base_log_folder"): ("logging", "remote_base_log_folder"),
    ("core", "remote_log_conn_id"): ("logging", "remote_log_conn_id"),
    ("core", "dag_concurrency"): ("core", "max_active_tasks_per_dag"),
    ("webserver", "base_url"): ("api", "base_url"),
    ("webserver", "expose_config"): ("api", "expose_config"),
}
"""Options that a later Airflow keeps elsewhere: both places are read, the one that was asked for first."""


HIDDEN = "< hidden >"
SENSITIVE = frozenset({
    ("core", "fernet_key"), ("core", "sql_alchemy_conn"), ("core", "internal_api_secret_key"),
    ("database", "sql_alchemy_conn"), ("database", "sql_alchemy_conn_async"), ("database", "sql_alchemy_engine_args"),
    ("api", "secret_key"), ("api_auth", "jwt_secret"), ("webserver", "secret_key"), ("smtp", "smtp_password"),
    ("celery", "broker_url"), ("celery", "flower_basic_auth"), ("celery", "result_backend"), ("atlas", "password"),
    ("celery_broker_transport_options", "sentinel_kwargs"), ("sentry", "sentry_dsn"), ("opensearch", "password"),
    ("secrets", "backend_kwargs"), ("workers", "secrets_backend_kwargs"),
})  # fmt: skip
"""(section, option) whose values Airflow hides."""
_SENSITIVE_WORDS = ("backend_kwarg", "credential", "passphrase", "passwd", "password", "private_key", "secret", "token")


def is_sensitive(section: str, key: str) -> bool:
    """Whether the value of an option must not be shown: those that Airflow names, and those that sound like it."""
    section, key = section.lower(), key.lower()
    if (section, key) in SENSITIVE or key.startswith("secrets_backend_kwarg__"):
        return True
    return any(word in key for word in _SENSITIVE_WORDS) and not key.endswith(("_time", "_class", "_leeway"))


def _sections_of(environ: Mapping[str, str]) -> Iterator[str]:
    for name in environ:
        section, _, key = name.removeprefix("AIRFLOW__").partition("__")
        if name.startswith("AIRFLOW__") and section and key:
            yield section.lower()


def get_airflow_home() -> str:
    """The home folder: `TRADEWIND_HOME`, `AIRFLOW_HOME`, or `~/.tradewind`."""
    for name in ("TRADEWIND_HOME", "AIRFLOW_HOME"):
        if text := os.environ.get(name, "").strip():
            return os.path.abspath(os.path.expanduser(os.path.expandvars(text)))  # noqa: PTH100,PTH111 - keeps links
    return str(Path.home() / ".tradewind")


class AirflowConfigParser:
    """Reads options the way Airflow's configuration object does.  One instance, `conf`, serves a process."""

    def get(self, section: str, key: str, fallback: Any = _UNSET, **_: Any) -> Any:
        """The option as text.

        Raises `AirflowConfigException` when it is set nowhere, has no default and no `fallback` was given.
        """
        value = self._find(section.lower(), key.lower())
        if value is not None:
            return value
        if fallback is not _UNSET:
            return fallback
        raise AirflowConfigException(
            f"section/key [{section.lower()}/{key.lower()}] not found in config\n"
            f"  fix: set AIRFLOW__{section.upper()}__{key.upper()}, or pass fallback="
        )

    def get_mandatory_value(self, section: str, key: str, **kwargs: Any) -> str:
        """As `get`, but never None.  Raises `AirflowConfigException`, also for a fallback of None."""
        value = self.get(section, key, **kwargs)
        if value is None:
            raise AirflowConfigException(f"section/key [{section}/{key}] has no value")
        return str(value)

    def getboolean(self, section: str, key: str, **kwargs: Any) -> bool:
        """The option as a boolean.  Raises `AirflowConfigException` when it is something else."""
        text = str(self.get(section, key, **kwargs)).split("#")[0].strip().lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        raise self._wrong(section, key, text, "a boolean", "True")

    def getint(self, section: str, key: str, **kwargs: Any) -> Any:
        """The option as a whole number; a fallback of None comes back.  Raises `AirflowConfigException`."""
        return self._number(int, "a whole number", section, key, kwargs)

    def getfloat(self, section: str, key: str, **kwargs: Any) -> Any:
        """The option as a number; a fallback of None comes back.  Raises `AirflowConfigException`."""
        return self._number(float, "a number", section, key, kwargs)

    def getlist(self, section: str, key: str, delimiter: str = ",", **kwargs: Any) -> Any:
        """The option as a list of texts; a fallback comes back as it is."""
        value = self.get(section, key, **kwargs)
        if not isinstance(value, str):
            return value
        return [part.strip() for part in value.split(delimiter)] if value.strip() else []

    def getjson(self, section: str, key: str, fallback: Any = _UNSET, **kwargs: Any) -> Any:
        """The option read as JSON; a fallback comes back as it is.  Raises `AirflowConfigException`."""
        default = {} if fallback is _UNSET else {"fallback": fallback}
        value = self.get(section, key, **default, **kwargs)
        if not isinstance(value, str) or value is fallback:
            return value
        if not value.strip():
            return None if fallback is _UNSET else fallback
        try:
            return json.loads(value)
        except ValueError:
            raise self._wrong(section, key, value, "JSON", '{"key": "value"}') from None

    def gettimedelta(self, section: str, key: str, fallback: Any = _UNSET, **kwargs: Any) -> Any:
        """The option, in seconds, as a timedelta; a fallback comes back as it is; None when it is empty."""
        default = {} if fallback is _UNSET else {"fallback": fallback}
        value = self.get(section, key, **default, **kwargs)
        if not isinstance(value, str) or value is fallback:
            return value
        return timedelta(seconds=self.getfloat(section, key)) if value.strip() else None

    def getimport(self, section: str, key: str, **kwargs: Any) -> Any:
        """The object that the option names by its dotted path; None when it is empty."""
        path = str(self.get(section, key, **kwargs) or "")
        if not path:
            return None
        module, _, name = path.rpartition(".")
        try:
            return getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise AirflowConfigException(f"[{section}/{key}] is {path!r}, not importable: {error}") from error

    def has_option(self, section: str, option: str, **_: Any) -> bool:
        """Whether the option is set or has a default."""
        return self._find(section.lower(), option.lower()) is not None

    def is_given(self, section: str, option: str) -> bool:
        """Whether somebody set the option, in the environment or in `airflow.cfg`; a default does not count."""
        return self._source(section, option) != "default"

    def getsection(self, section: str, **_: Any) -> dict[str, Any] | None:
        """All options of a section, as texts; None when there is no such section."""
        name = section.lower()
        file = _config_file()
        keys = dict.fromkeys(_DEFAULTS.get(name, {}))
        if file.has_section(name):
            keys.update(dict.fromkeys(file.options(name)))
        prefix = f"AIRFLOW__{name.upper()}__"
        keys.update(dict.fromkeys(text[len(prefix) :].lower() for text in os.environ if text.startswith(prefix)))
        return {key: self._find(name, key) for key in keys} or None

    def as_dict(
        self, display_source: bool = False, display_sensitive: bool = False, **_: Any
    ) -> dict[str, dict[str, Any]]:
        """Section -> key -> value of all that is set or has a default, secrets as `< hidden >`.

        With `display_source` each value is a pair with `default`, `airflow.cfg` or `env var`.
        """
        file = _config_file()
        names = dict.fromkeys([*_DEFAULTS, *file.sections(), *_sections_of(os.environ)])
        found: dict[str, dict[str, Any]] = {}
        for section in sorted(names):
            for key, value in sorted((self.getsection(section) or {}).items()):
                shown = HIDDEN if value and not display_sensitive and is_sensitive(section, key) else value or ""
                place = (shown, self._source(section, key)) if display_source else shown
                found.setdefault(section, {})[key] = place
        return found

    def is_sensitive_option(self, section: str, option: str) -> bool:
        """Whether the value of the option is a secret."""
        return is_sensitive(section, option)

    def has_section(self, section: str) -> bool:
        """Whether any option of the section is set or has a default."""
        return self.getsection(section) is not None

    @staticmethod
    def _source(section: str, key: str) -> str:
        if f"AIRFLOW__{section}__{key}".upper() in os.environ:
            return "env var"
        return "airflow.cfg" if _config_file().has_option(section, key) else "default"

    def _find(self, section: str, key: str) -> str | None:
        places = [(section, key)]
        places += [_MOVED[section, key]] if (section, key) in _MOVED else []
        places += [old for old, new in _MOVED.items() if new == (section, key)]
        for place in places:
            text = os.environ.get(f"AIRFLOW__{place[0]}__{place[1]}".upper())
            if text is not None:
                return os.path.expandvars(os.path.expanduser(text))  # noqa: PTH111 - may be any text
        file = _config_file()
        for place in places:
            if file.has_option(*place):
                return file.get(*place, raw=True)
        for place in places:
            if place[0] in _DEFAULTS and (text := default_of(*place)) is not None:
                return text
        return None if section in _DEFAULTS else default_of(section, key)

    def _number(self, kind: type[int] | type[float], what: str, section: str, key: str, kwargs: Any) -> Any:
        value = self.get(section, key, **kwargs)
        if value is None:
            return None
        try:
            return kind(value)
        except (TypeError, ValueError):
            raise self._wrong(section, key, value, what, "1") from None

    def _wrong(self, section: str, key: str, value: object, what: str, example: str) -> AirflowConfigException:
        name = f"AIRFLOW__{section}__{key}".upper()
        return AirflowConfigException(
            f"[{section}/{key}] is {value!r}, which is not {what}\n  fix: set it, for example {name}={example}"
        )


def default_of(section: str, key: str) -> str | None:
    """What an option is when nobody sets it: as Airflow documents it, or as a provider package declares."""
    known = _DEFAULTS.get(section)
    if known is None:
        from tradewind.authoring.providers import config_default  # reads all packages: only for sections of theirs

        return config_default(section, key)
    text = known.get(key)
    return None if text is None else text.replace("{home}", get_airflow_home())


def _config_file() -> configparser.ConfigParser:
    """`airflow.cfg`, read again when it changed; empty when there is none."""
    global _cached
    path = Path(get_airflow_home(), "airflow.cfg")
    try:
        identity = (str(path), path.stat().st_mtime_ns)
    except OSError:
        identity = (str(path), 0)
    if _cached is None or _cached[0] != identity:
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        try:
            parser.read(path, encoding="utf-8")
        except (OSError, UnicodeDecodeError, configparser.Error) as error:
            raise AirflowConfigException(
                f"{path} cannot be read: {' '.join(str(error).split())}\n  fix: correct the file, or remove it"
            ) from error
        _cached = (identity, parser)
    return _cached[1]


_cached: tuple[tuple[str, int], configparser.ConfigParser] | None = None

conf = AirflowConfigParser()
"""What `from airflow.configuration import conf` gives."""


def __getattr__(name: str) -> Any:
    # the home is asked for at the time of use: a warm worker follows its environment
    if name == "AIRFLOW_HOME":
        return get_airflow_home()
    if name in ("DAGS_FOLDER", "PLUGINS_FOLDER"):
        return conf.get("core", name.lower())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
