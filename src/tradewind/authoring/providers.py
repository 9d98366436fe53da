"""What installed provider packages declare: hooks of connection types, task decorators, SQL dialects.

A package names a function under the entry point `apache_airflow_provider`; it returns a dict of lists.  Read by
`hook_types` and `decorators`, and by providers themselves as `airflow.providers_manager.ProvidersManager`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any, NamedTuple

from tradewind.authoring.module_loading import import_string

GROUP = "apache_airflow_provider"


def declared(kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Package name and entry of everything of this kind, such as `connection-types`, by package."""
    for package, info in _infos():
        for entry in info.get(kind) or ():
            yield package, entry


@functools.cache
def _infos() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    found = ((entry.load()(), entry) for entry in entry_points(group=GROUP))
    return tuple(sorted(((str(info.get("package-name", entry.value)), info) for info, entry in found), key=_package))


def _package(pair: tuple[str, Mapping[str, Any]]) -> str:
    return pair[0]


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


class ProvidersManager:
    """What providers ask about each other.  Airflow: `airflow.providers_manager.ProvidersManager`."""

    @property
    def providers(self) -> dict[str, Mapping[str, Any]]:
        """Package name -> all that it declares."""
        return dict(_infos())

    @property
    def dialects(self) -> dict[str, DialectInfo]:
        """Name of the dialect -> its class."""
        return {
            str(entry["dialect-type"]): DialectInfo(
                str(entry["dialect-type"]), str(entry["dialect-class-name"]), package
            )
            for package, entry in declared("dialects")
        }
