"""Plugins: classes of the plugins folder, and of installed packages, that add macros and links.

Airflow: `AirflowPlugin` of `airflow.plugins_manager`.  Loaded once per process, by the code that needs them: `macros`
of the context, the links of a task, weight strategies, listeners.  Timetables need no registration.  What a plugin
brings for Airflow's own web server or scheduler is named in a warning.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import importlib.util
import inspect
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from tradewind.authoring.conf import conf
from tradewind.authoring.listeners import untold

_log = logging.getLogger("tradewind.plugins")
_UNSUPPORTED = (
    "admin_views", "appbuilder_menu_items", "appbuilder_views", "external_views", "fastapi_apps",
    "fastapi_root_middlewares", "flask_blueprints", "hook_lineage_readers", "menu_links",
    "react_apps",
)  # fmt: skip


class AirflowPlugin:
    """Base of plugins: subclasses set a `name` and what they add."""

    name: str | None = None
    source: Any = None
    macros: list[Any] = []
    operators: list[Any] = []
    hooks: list[Any] = []
    executors: list[Any] = []
    admin_views: list[Any] = []
    flask_blueprints: list[Any] = []
    fastapi_apps: list[Any] = []
    fastapi_root_middlewares: list[Any] = []
    external_views: list[Any] = []
    react_apps: list[Any] = []
    menu_links: list[Any] = []
    appbuilder_views: list[Any] = []
    appbuilder_menu_items: list[Any] = []
    global_operator_extra_links: list[Any] = []
    operator_extra_links: list[Any] = []
    timetables: list[Any] = []
    deadline_references: list[Any] = []
    listeners: list[Any] = []
    priority_weight_strategies: list[Any] = []
    hook_lineage_readers: list[Any] = []

    @classmethod
    def validate(cls) -> None:
        """Raises ValueError when the plugin has no name."""
        if not cls.name:
            raise ValueError(f"the plugin {cls.__module__}.{cls.__qualname__} has no name; set the attribute `name`")

    @classmethod
    def on_load(cls, *args: Any, **kwargs: Any) -> None:
        """Called once when the plugin was loaded."""


_problems: dict[str, str] = {}
"""File or package -> why a plugin of it could not be loaded."""


def _note(where: str, what: str, error: Exception) -> None:
    _log.error("%s: %s", where, what, exc_info=error)
    _problems[where] = "".join(traceback.format_exception(error)).strip()


@functools.cache
def plugins() -> tuple[type[AirflowPlugin], ...]:
    """All plugins, by name; one that cannot be loaded is named in the log and left out."""
    found: dict[str, type[AirflowPlugin]] = {}
    for where, module in (*_of_folder(str(conf.get("core", "plugins_folder"))), *_of_packages()):
        candidates = [module] if inspect.isclass(module) else list(vars(module).values())
        for plugin in candidates:
            if not (inspect.isclass(plugin) and issubclass(plugin, AirflowPlugin) and plugin is not AirflowPlugin):
                continue
            try:
                plugin.validate()
                if plugin.name in found:
                    continue
                plugin.on_load()
            except Exception as error:
                _note(where, f"the plugin {plugin.__name__} cannot be loaded", error)
                continue
            if not isinstance(plugin.source, str):
                plugin.source = where
            found[str(plugin.name)] = plugin
            unsupported = [name for name in _UNSUPPORTED if getattr(plugin, name, None)]
            unsupported += untold(list(plugin.listeners))
            if unsupported:
                _log.warning(
                    "the plugin %s of %s has %s, which Tradewind does not use",
                    plugin.name,
                    where,
                    ", ".join(unsupported),
                )
    return tuple(found.values())


def macros_of_plugins() -> dict[str, SimpleNamespace]:
    """Plugin name -> its macros by their names: `{{ macros.my_plugin.my_macro() }}`."""
    return {
        str(plugin.name): SimpleNamespace(**{_name(macro): macro for macro in plugin.macros})
        for plugin in plugins()
        if plugin.macros
    }


def listeners_of_plugins() -> list[Any]:
    """All listeners, by the names of their plugins."""
    return [listener for plugin in plugins() for listener in plugin.listeners]


def links_of(task: Any) -> list[Any]:
    """The links of a task: its operator's, those that plugins give its class, and those that they give to all."""
    own = {type(link): link for plugin in plugins() for link in plugin.global_operator_extra_links}
    own.update(
        {
            type(link): link
            for plugin in plugins()
            for link in plugin.operator_extra_links
            if any(isinstance(task, cls) for cls in getattr(link, "operators", ()) if inspect.isclass(cls))
        }
    )
    own.update({type(link): link for link in getattr(task, "operator_extra_links", None) or ()})
    return list(own.values())


def describe_plugins() -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What each plugin has, by name and in words that go into JSON; file or package -> why it could not be loaded."""
    told = [_describe(plugin) for plugin in sorted(plugins(), key=lambda plugin: str(plugin.name))]
    return told, dict(_problems)


def _describe(plugin: type[AirflowPlugin]) -> dict[str, Any]:
    """The fields of Airflow's API; objects by their full names."""

    def entries(name: str, *objects: str) -> list[dict[str, Any]]:
        """Dicts that a plugin lists, without what may hold secrets or objects."""
        return [
            {key: _qualified(value) if key in objects else _plain(value) for key, value in entry.items()}
            for entry in getattr(plugin, name)
            if isinstance(entry, dict)
        ]

    return {
        "name": str(plugin.name),
        "macros": [_qualified(macro) for macro in plugin.macros],
        "flask_blueprints": [f"<{_qualified(type(each))}>" for each in plugin.flask_blueprints],
        "fastapi_apps": entries("fastapi_apps", "app"),
        "fastapi_root_middlewares": [
            {key: value for key, value in each.items() if key not in ("args", "kwargs")}
            for each in entries("fastapi_root_middlewares", "middleware")
        ],
        "external_views": entries("external_views"),
        "react_apps": entries("react_apps"),
        "appbuilder_views": entries("appbuilder_views", "view"),
        "appbuilder_menu_items": entries("appbuilder_menu_items"),
        "global_operator_extra_links": [f"<{_qualified(type(each))} object>" for each in _links(plugin, "global_")],
        "operator_extra_links": [f"<{_qualified(type(each))} object>" for each in _links(plugin, "")],
        "source": str(plugin.source),
        "listeners": [_qualified(each) for each in plugin.listeners],
        "timetables": [_qualified(each) for each in plugin.timetables],
    }


def _links(plugin: type[AirflowPlugin], which: str) -> list[Any]:
    found: list[Any] = getattr(plugin, f"{which}operator_extra_links")
    return found


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _qualified(thing: Any) -> str:
    """The full name of a function, a class or a module, or of the class of an object."""
    if inspect.ismodule(thing):
        return thing.__name__
    named = thing if hasattr(thing, "__qualname__") else type(thing)
    return f"{named.__module__}.{named.__qualname__}"


def _name(macro: Any) -> str:
    return str(getattr(macro, "__name__", type(macro).__name__))


def _of_folder(folder: str) -> Iterator[tuple[str, ModuleType]]:
    """The modules of the plugins folder that speak of plugins; the others are libraries of DAG files."""
    root = Path(folder)
    for path in sorted(root.rglob("*.py")) if root.is_dir() else ():
        if any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(root).parts):
            continue
        try:
            if b"AirflowPlugin" in path.read_bytes():
                yield str(path), _import(path, root)
        except Exception as error:  # whatever a file of the user's raises, the other ones are loaded
            _note(str(path), "the plugin file cannot be loaded", error)


def _import(path: Path, root: Path) -> ModuleType:
    if str(root) not in sys.path:
        sys.path.append(str(root))
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    name = ".".join(parts)
    known = sys.modules.get(name)
    if known is not None and os.path.realpath(getattr(known, "__file__", None) or "") == os.path.realpath(path):
        return known
    if name and name.replace(".", "").isidentifier() and importlib.util.find_spec(parts[0]) is not None:
        found = importlib.import_module(name)
        if os.path.realpath(getattr(found, "__file__", None) or "") == os.path.realpath(path):
            return found
    private = f"tradewind_plugin_{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"
    spec = importlib.util.spec_from_file_location(private, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[private] = module
    spec.loader.exec_module(module)
    return module


def _of_packages() -> Iterator[tuple[str, Any]]:
    for entry in importlib.metadata.entry_points(group="airflow.plugins"):
        where = f"package {entry.dist.name if entry.dist else entry.value}"
        try:
            yield where, entry.load()
        except Exception as error:
            _note(where, f"the plugin {entry.value} cannot be loaded", error)
