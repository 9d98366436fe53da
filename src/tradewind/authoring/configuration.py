"""`conf`: Airflow's configuration as DAG files and templates read it, from `AIRFLOW__SECTION__KEY` variables.

Airflow: `airflow.configuration.conf`, `airflow.sdk.conf`.  Tradewind itself is configured by `tradewind.settings`.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from tradewind.authoring.notset import NOTSET
from tradewind.errors import AirflowConfigException

_TRUE, _FALSE = frozenset({"t", "true", "1", "yes", "on"}), frozenset({"f", "false", "0", "no", "off"})
_DEFAULTS = {
    ("core", "default_timezone"): "utc",
    ("core", "max_active_tasks_per_dag"): "16",
    ("core", "max_active_runs_per_dag"): "16",
    ("core", "parallelism"): "32",
    ("core", "load_examples"): "False",
    ("core", "default_task_retries"): "0",
    ("core", "default_task_retry_delay"): "300",
    ("operators", "default_owner"): "airflow",
    ("operators", "default_queue"): "default",
    ("operators", "default_deferrable"): "False",
    ("scheduler", "catchup_by_default"): "False",
    ("sensors", "default_timeout"): "604800",
}


class Configuration:
    """Reads options; a missing one without `fallback` raises `AirflowConfigException`."""

    def get(self, section: str, key: str, fallback: Any = NOTSET, **_kwargs: Any) -> Any:
        """The option as text."""
        name = f"AIRFLOW__{section.replace('.', '_').upper()}__{key.upper()}"
        if name in os.environ:
            return os.environ[name]
        if f"{name}_CMD" in os.environ:
            return subprocess.check_output(  # noqa: S602 - Airflow's option: the administrator gives the command
                os.environ[f"{name}_CMD"], shell=True, text=True
            ).strip()
        known = _DEFAULTS.get((section.lower(), key.lower()))
        if known is not None and fallback is NOTSET:
            return known
        if fallback is NOTSET:
            raise AirflowConfigException(f"the option [{section}] {key} is not set; export {name}")
        return fallback

    def get_mandatory_value(self, section: str, key: str, **kwargs: Any) -> str:
        """The option as text; never None."""
        value = self.get(section, key, **kwargs)
        if value is None:
            raise AirflowConfigException(f"the option [{section}] {key} is empty")
        return str(value)

    def getboolean(self, section: str, key: str, **kwargs: Any) -> bool:
        """The option as boolean."""
        value = self.get(section, key, **kwargs)
        text = str(value).split("#")[0].strip().lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        raise AirflowConfigException(f"the option [{section}] {key} is {value!r}; write True or False")

    def getint(self, section: str, key: str, **kwargs: Any) -> int | None:
        """The option as whole number."""
        number = self._number(section, key, kwargs)
        return None if number is None else int(number)

    def getfloat(self, section: str, key: str, **kwargs: Any) -> float | None:
        """The option as number."""
        return self._number(section, key, kwargs)

    def _number(self, section: str, key: str, kwargs: dict[str, Any]) -> float | None:
        value = self.get(section, key, **kwargs)
        try:
            return None if value is None else float(value)
        except (TypeError, ValueError):
            raise AirflowConfigException(f"the option [{section}] {key} is {value!r}, which is no number") from None

    def getlist(self, section: str, key: str, *, delimiter: str = ",", **kwargs: Any) -> list[str] | None:
        """The option as list of texts."""
        value = self.get(section, key, **kwargs)
        if value is None or isinstance(value, list):
            return value
        return [item.strip() for item in str(value).split(delimiter) if item.strip()]

    def getjson(self, section: str, key: str, **kwargs: Any) -> Any:
        """The option as JSON."""
        value = self.get(section, key, **kwargs)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise AirflowConfigException(f"the option [{section}] {key} is not JSON: {error}") from None

    def has_option(self, section: str, option: str) -> bool:
        """Whether the option has a value."""
        return self.get(section, option, fallback=None) is not None

    def getsection(self, section: str) -> dict[str, str] | None:
        """All options of a section that are set; None when there are none."""
        prefix = f"AIRFLOW__{section.upper()}__"
        found = {name: value for (part, name), value in _DEFAULTS.items() if part == section.lower()}
        found |= {name[len(prefix) :].lower(): value for name, value in os.environ.items() if name.startswith(prefix)}
        return found or None


conf = Configuration()
