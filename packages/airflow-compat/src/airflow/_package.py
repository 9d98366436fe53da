"""How the package `airflow` finds its names and its neighbours.  Used by the generated files only.

Provider packages install themselves as `airflow/providers/<name>` in site-packages.  `search_path` lets them be
found wherever they lie, and never lets a real Airflow in.  `airflow.providers` stays a namespace package.

The provider `standard` is Airflow's engine under another name: its operators reach into the scheduler's database.  So
Tradewind's own modules (`_own`) come before those of an installed `standard`, which gives what they do not have
(`beside`).  What Tradewind brings of other providers (`_builtin`) is for where they are not installed.
"""

# Every DAG file imports this: paths stay strings; and the names of PEP 562 are what they are.
# ruff: noqa: PTH110, PTH118, PTH120, PTH208, N807

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_OTHER_OWNERS = ("apache_airflow_core-", "apache_airflow_task_sdk-", "apache_airflow-1.", "apache_airflow-2.")
"""Distributions that own the import name `airflow` too, by the names of their metadata folders."""


def search_path(path: Iterable[str], name: str) -> list[str]:
    """The provider that is Tradewind's own, this package's folder, those of providers, and last the substitutes.

    Raises ImportError when a real Airflow is installed in the same environment.
    """
    own = list(path)
    _refuse_airflow([os.path.dirname(folder) for folder in own])
    found = [
        folder
        for folder in pkgutil.extend_path(own, name)
        if folder in own or not os.path.exists(os.path.join(folder, "__init__.py"))
    ]
    return [
        *(os.path.join(folder, "_own") for folder in own),
        *found,
        *(os.path.join(folder, "_builtin") for folder in own),
    ]


def beside(path: Iterable[str], name: str) -> list[str]:
    """The folder of a package of Tradewind's own, then those of the same package of an installed provider."""
    return list(pkgutil.extend_path(list(path), name))


def _refuse_airflow(homes: list[str]) -> None:
    for folder in dict.fromkeys([*homes, *sys.path]):
        try:
            entries = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for entry in entries:
            if entry.startswith(_OTHER_OWNERS) and entry.endswith((".dist-info", ".egg-info")):
                package = "-".join(entry.split("-")[:1]).replace("_", "-")
                raise ImportError(
                    f"{package} is installed in {folder}, beside Tradewind, and both own the import name `airflow`; "
                    "fix: pip uninstall apache-airflow apache-airflow-core apache-airflow-task-sdk, then "
                    "pip install --force-reinstall --no-deps tradewind-airflow-compat"
                )


def lazy(
    module: str, table: Mapping[str, str], missing: Mapping[str, str] | None = None
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` of a module that loads `name -> "home:attribute"` at the first use (PEP 562)."""
    say = later(module, missing or {})

    def __getattr__(name: str) -> Any:
        if name not in table:
            return say(name)
        home, _, attribute = table[name].partition(":")
        value: Any = importlib.import_module(home)
        if attribute:
            value = getattr(value, attribute)
        setattr(sys.modules[module], name, value)
        return value

    def __dir__() -> list[str]:
        return sorted({*vars(sys.modules[module]), *table})

    return __getattr__, __dir__


def later(module: str, missing: Mapping[str, str]) -> Callable[[str], Any]:
    """`__getattr__` of a module some of whose names Tradewind does not have; `missing` says why, name by name."""

    def __getattr__(name: str) -> Any:
        if name in missing:
            # an AttributeError would lose its text in `from airflow... import name`
            raise ImportError(f"{module}.{name} is not available in Tradewind: {missing[name]}", name=module)
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return __getattr__
