"""What can be set from outside, where it is read from, and what it is by default.

`load_settings` is called once per command, by `cli`; `bootstrap` hands the single values to the objects
it builds, so that no component ever sees a `Settings`.  The layers, strongest first: options of the
command, `TRADEWIND_*` variables, `AIRFLOW__SECTION__KEY` variables, `airflow.cfg` in the home folder,
defaults.  A value that cannot be used is a `SettingsError` that names where it stands.  Imports nothing
heavy: `tradewind version` pays for this module.
"""

from __future__ import annotations

import configparser
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tradewind.errors import SettingsError

Environ = Mapping[str, str]
CONFIG_FILE = "airflow.cfg"
HIDDEN = "< hidden >"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, checked.  Paths are absolute; durations are seconds."""

    home: Path
    """Folder that holds all that Tradewind writes."""
    dags_folder: Path
    """Folder of the DAG files."""
    database_url: str
    """SQLAlchemy URL of the metadata database."""
    log_folder: Path
    """Folder of the task logs."""
    slots: int
    """How many task processes the local executor runs at once."""
    host: str
    """Address the API server listens on."""
    port: int
    """Port the API server listens on; 0 takes a free one."""
    dags_are_paused_at_creation: bool
    """Whether a DAG that is seen for the first time starts paused."""
    secret_key: str | None
    """Fernet key(s), separated by commas, for Variables and Connections; None: the key file in `home` is
    used.
    """
    grace: float
    """Time that running tasks get to end themselves when they are stopped."""
    lease_ttl: float
    """How long a process that says nothing counts as alive."""
    callback_timeout: float
    """How long the callbacks of one event may take."""
    parse_timeout: float
    """How long the import of one DAG file may take."""
    parsers: int
    """How many DAG files are read at once."""
    safe_mode: bool
    """Python files that name neither a DAG nor Airflow or Tradewind are left alone."""
    ignore_syntax: str
    """Language of `.airflowignore`: glob or regexp."""
    process_per_task: bool
    """Every task gets a process of its own instead of a warm worker."""
    log_level: str
    """Least level that task logs hold."""
    no_auth: bool
    """Everyone who reaches the API is the administrator; on loopback addresses only."""
    jwt_secret: str | None
    """Secret that signs API tokens; None: one is made and kept in the database."""
    token_lifetime: float
    """How long an API token is valid."""
    debug: bool
    """Show tracebacks of errors."""
    sources: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """Name of a setting -> where its value came from."""

    @property
    def key_file(self) -> Path:
        """File of the generated Fernet key."""
        return self.home / "secret.key"


def is_loopback(host: str) -> bool:
    """Whether only processes of this machine can reach a server that listens on `host`."""
    if host.lower() in ("localhost", "localhost.localdomain"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


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


def _port(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > 65535:
        raise ValueError("use a whole number from 1 to 65535, or 0 for any free port")
    return int(text)


def _slots(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= 10_000:
        raise ValueError("use a whole number from 1 to 10000")
    return int(text)


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("give a value, or remove the setting")
    return text.strip()


def _word(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip().lower() not in words:
            raise ValueError(f"use one of: {', '.join(words)}")
        return text.strip().lower()

    return read


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
        "token_lifetime",
        _seconds,
        lambda home: 86400.0,
        "`86400`",
        "Seconds that an API token is valid.",
        airflow=(("api_auth", "jwt_expiration_time"),),
    ),
    Option("debug", _boolean, lambda home: False, "`false`", "Show the tracebacks of errors."),
)


def load_settings(environ: Environ | None = None, **overrides: Any) -> Settings:
    """Read all layers.

    `overrides` are the options of a command by the names of `Settings`; those that are None count as not
    given. Raises `SettingsError` naming the variable (or option, or line of the file), its value and
    the fix.
    """
    env = os.environ if environ is None else environ
    unknown = set(overrides) - {item.name for item in fields(Settings)}
    if unknown:
        raise TypeError(f"no such settings: {sorted(unknown)}")
    sources: dict[str, str] = {}
    home = _find_home(env, overrides.get("home"), sources)
    file = _ConfigFile(home / CONFIG_FILE)
    values: dict[str, Any] = {"home": home}
    for option in OPTIONS:
        values[option.name], sources[option.name] = _find(option, env, file, home, overrides.get(option.name))
    for name in ("dags_folder", "log_folder"):
        values[name] = absolute(values[name], env)
    return Settings(**values, sources=sources)


def absolute(path: str | Path, environ: Environ | None = None) -> Path:
    """The path with `~` and `$NAME` replaced, made absolute from the current directory."""
    env = os.environ if environ is None else environ
    text = str(path)
    if text == "~" or text.startswith("~/"):
        text = (env.get("HOME") or str(Path.home())) + text[1:]
    return Path(os.path.abspath(os.path.expanduser(os.path.expandvars(text))))  # noqa: PTH100,PTH111 - keeps symlinks


def _find_home(env: Environ, override: str | Path | None, sources: dict[str, str]) -> Path:
    if override is not None:
        sources["home"] = "option --home"
        return absolute(override, env)
    for name in ("TRADEWIND_HOME", "AIRFLOW_HOME"):
        if env.get(name, "").strip():
            sources["home"] = name
            return absolute(env[name].strip(), env)
    sources["home"] = "default"
    return absolute("~/.tradewind", env)


def _find(option: Option, env: Environ, file: _ConfigFile, home: Path, override: Any) -> tuple[Any, str]:
    """The value of one setting and where it was found."""
    if override is not None:
        where = "option --" + option.name.replace("_", "-")
        return _read(option, str(override), where), where
    if env.get(option.variable, "").strip():  # an empty variable is how shells and composers say "not set"
        return _read(option, env[option.variable], option.variable), option.variable
    for name in option.airflow_variables:
        if name in env and not _means_default(name, env[name]):
            return _read(option, env[name], name), name
        if option.secret and env.get(f"{name}_CMD", "").strip():
            return _read(option, _output_of(env[f"{name}_CMD"], f"{name}_CMD"), f"{name}_CMD"), f"{name}_CMD"
    if option.from_file:
        for section, key in option.airflow:
            text = file.get(section, key)
            if text is not None and not _means_default(f"AIRFLOW__{section}__{key}".upper(), text):
                where = f"{file.path} [{section}] {key}"
                return _read(option, text, where), where
    return option.default(home), "default"


def _output_of(command: str, where: str) -> str:
    """What a command prints that Airflow's `_CMD` variables name, for secrets that stand in no environment."""
    # imported here: hardly anybody uses it, and every command reads the settings
    import subprocess

    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602 - its purpose
    if done.returncode != 0:
        raise SettingsError(
            f"The command in {where} failed with status {done.returncode}: {done.stderr.strip()[-500:]}",
            fix=f"correct the command; it must print the value: {command}",
        )
    return done.stdout.strip()


def _means_default(variable: str, text: str) -> bool:
    """Values by which Airflow's configuration says "nothing special"."""
    if not text.strip():
        return True
    if variable == "AIRFLOW__CORE__PARALLELISM":
        return text.strip() == "0"  # "no limit", which processes on one machine cannot have
    # A generated airflow.cfg points at Airflow's own embedded database, which Tradewind must not touch.
    return variable.endswith("SQL_ALCHEMY_CONN") and text.startswith("sqlite") and text.endswith("/airflow.db")


def _read(option: Option, text: str, where: str) -> Any:
    try:
        return option.read(text)
    except ValueError as error:
        shown = HIDDEN if option.secret else repr(text)
        raise SettingsError(f"{where} is {shown}, which is not a valid {option.name}.", fix=f"{error}.") from None


class _ConfigFile:
    """`airflow.cfg`: the lowest layer; absent files and keys are None."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parser = configparser.ConfigParser(strict=False)
        try:
            with path.open(encoding="utf-8") as file:
                self._parser.read_file(file)
        except (FileNotFoundError, NotADirectoryError):
            return
        except (OSError, UnicodeDecodeError, configparser.Error) as error:
            reason = " ".join(str(error).split())
            raise SettingsError(
                f"{path} cannot be read: {reason}",
                fix="correct the file, or remove it and use TRADEWIND_* variables.",
            ) from None

    def get(self, section: str, key: str) -> str | None:
        if not self._parser.has_option(section, key):
            return None
        try:
            return self._parser.get(section, key)
        except configparser.InterpolationError:
            return self._parser.get(section, key, raw=True)  # a lone % in a password: take it as it stands
