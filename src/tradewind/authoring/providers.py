"""What installed provider packages declare: hooks of connection types, task decorators, SQL dialects.

A package names a function under the entry point `apache_airflow_provider`; it returns a dict of lists.  Read by
`hook_types` and `decorators`, and by providers themselves as `airflow.providers_manager.ProvidersManager`.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any, NamedTuple

from tradewind.authoring.module_loading import import_string
from tradewind.errors import AirflowException

_log = logging.getLogger("tradewind.providers")
GROUP = "apache_airflow_provider"


def declared(kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Package name and entry of everything of this kind, such as `connection-types`, by package."""
    for package, info in installed().items():
        for entry in info.data.get(kind) or ():
            yield package, entry


class ProviderInfo(NamedTuple):
    """An installed provider package."""

    version: str
    data: Mapping[str, Any]
    """All that it declares."""


@functools.cache
def installed() -> dict[str, ProviderInfo]:
    """Package name -> the package, by name; one that cannot be loaded is named in the log and left out."""
    found: dict[str, ProviderInfo] = {}
    for entry in entry_points(group=GROUP):
        try:
            data = entry.load()()
        except Exception:
            _log.exception("the provider package of %s cannot be used", entry.value)
            continue
        version = entry.dist.version if entry.dist is not None else str((data.get("versions") or [""])[0])
        found[str(data.get("package-name", entry.value))] = ProviderInfo(version, data)
    return dict(sorted(found.items()))


def config_default(section: str, key: str) -> str | None:
    """What an installed provider package says an option of its own is by default, or None."""
    for info in installed().values():
        options = ((info.data.get("config") or {}).get(section) or {}).get("options") or {}
        value = (options.get(key) or {}).get("default")
        if value is not None:
            return str(value)
    return None


def task_decorator(name: str) -> Callable[..., Any] | None:
    """The function behind `@task.<name>` that an installed provider brings, or None."""
    for _, entry in declared("task-decorators"):
        if entry.get("name") == name:
            found: Callable[..., Any] = import_string(str(entry["class-name"]))
            return found
    return None


class DialectInfo(NamedTuple):
    """A dialect of SQL and the class that speaks it."""

    name: str
    dialect_class_name: str
    provider_name: str


class HookInfo(NamedTuple):
    """The hook of a connection type."""

    hook_class_name: str
    package_name: str
    connection_type: str


class ProvidersManager:
    """What providers ask about each other; all of it is known at the first question.

    Airflow: `airflow.providers_manager.ProvidersManager`.
    """

    def initialize_providers_list(self) -> None:
        """Nothing to prepare, as for the others of this kind."""

    initialize_providers_hooks = initialize_providers_dialects = initialize_providers_queues = initialize_providers_list

    @property
    def providers(self) -> dict[str, ProviderInfo]:
        """Package name -> the package."""
        return dict(installed())

    @property
    def hooks(self) -> dict[str, HookInfo]:
        """Connection type -> its hook."""
        return {
            str(entry["connection-type"]): HookInfo(
                str(entry["hook-class-name"]), package, str(entry["connection-type"])
            )
            for package, entry in declared("connection-types")
        }

    @property
    def queue_class_names(self) -> list[str]:
        """Classes of message queues; those whose libraries are not installed are left out."""
        found = []
        for _, path in declared("queues"):
            try:
                import_string(str(path))
            except (ImportError, AirflowException) as error:
                _log.debug("the queue %s cannot be used: %s", path, error)
            else:
                found.append(str(path))
        return sorted(found)

    @property
    def dialects(self) -> dict[str, DialectInfo]:
        """Name of the dialect -> its class."""
        return {
            str(entry["dialect-type"]): DialectInfo(
                str(entry["dialect-type"]), str(entry["dialect-class-name"]), package
            )
            for package, entry in declared("dialects")
        }
