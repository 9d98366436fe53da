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
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tradewind.errors import SettingsError
from tradewind.settings.options import OPTIONS, Option, default_slots

__all__ = ["HIDDEN", "OPTIONS", "Option", "Settings", "absolute", "default_slots", "is_loopback", "load_settings"]

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
    max_runs_per_dag_per_hour: int
    """Runs for fire times that passed, made for a DAG in an hour; 0: no limit."""
    max_runs_on_schedule_change: int
    """Past runs that a changed schedule makes unasked; 0: no limit."""
    max_map_length: int
    """Longest list that tasks can be mapped over."""
    max_task_retry_delay: float
    """No exponential retry delay is longer."""
    partition_mapper_max_downstream_keys: int
    """Most runs that one event makes for a DAG whose mapper says nothing else."""
    triggerer_capacity: int
    """Triggers that one triggerer runs at once."""
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
    instance_name: str
    """What this installation is called."""
    ui_timezone: str
    """IANA name of the time zone in which the web UI shows times to those who chose none."""
    token_lifetime: float
    """How long an API token is valid."""
    base_url: str | None
    """Where browsers find the web UI, when something stands in front of the API server."""
    session_idle: float
    """How long the login of a browser lasts without being used."""
    session_lifetime: float
    """How long the login of a browser lasts at most."""
    oidc_issuer: str | None
    """The OpenID provider that people log in with; None: by password only."""
    oidc_client_id: str | None
    """Who we are to the provider."""
    oidc_client_secret: str | None
    """How the provider knows us."""
    oidc_name: str
    """What the login page calls the provider."""
    oidc_scopes: str
    """What the provider is asked for, with spaces between."""
    oidc_username_claim: str
    """The claim that is the user name."""
    oidc_role_claim: str
    """The claim that says the roles, such as a list of groups."""
    oidc_roles: str
    """Values of that claim and roles: `admins=admin, data team=analysts`."""
    oidc_default_role: str | None
    """Role of those who have none of these values; None: they are not let in."""
    xcom_spill_path: str
    """Folder, or `s3://bucket/prefix`, of XComs that are too large for a row."""
    xcom_spill_threshold: int
    """Bytes above which an XCom goes there."""
    xcom_max_bytes: int
    """Bytes of the largest XCom."""
    state_retention_days: int
    """How long entries of state stores are kept; 0 keeps them as long as their run."""
    keep_task_secrets: bool
    """Whether secrets that tasks learn from a vault are kept, encrypted, to be hidden on pages."""
    expose_config: str
    """Whether the API shows the configuration: true, false, or non-sensitive-only."""
    test_connection: str
    """Whether connections can be tested through the API: enabled, disabled or hidden."""
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
    if "://" not in values["xcom_spill_path"]:
        values["xcom_spill_path"] = str(absolute(values["xcom_spill_path"], env))
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
