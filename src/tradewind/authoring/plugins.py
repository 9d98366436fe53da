"""`AirflowPlugin`, which files of the plugins folder subclass.  Airflow: `airflow.plugins_manager`.

DAG files import from the plugins folder as from any other, so timetables (and operators, hooks, ...) need no
registration here; a plugin class that lists them loads without effect.
"""

from __future__ import annotations

from typing import Any


class AirflowPlugin:
    """Base of plugins."""

    name: str | None = None
    source: Any = None
    macros: list[Any] = []
    timetables: list[Any] = []
    listeners: list[Any] = []
    priority_weight_strategies: list[Any] = []
    operator_extra_links: list[Any] = []
    global_operator_extra_links: list[Any] = []
    hook_lineage_readers: list[Any] = []
    admin_views: list[Any] = []
    flask_blueprints: list[Any] = []
    menu_links: list[Any] = []
    appbuilder_views: list[Any] = []
    appbuilder_menu_items: list[Any] = []
    fastapi_apps: list[Any] = []
    fastapi_root_middlewares: list[Any] = []
    external_views: list[Any] = []
    react_apps: list[Any] = []
    window_classes: list[Any] = []
    partition_mappers: list[Any] = []

    @classmethod
    def on_load(cls, *args: Any, **kwargs: Any) -> None:
        """Called by Airflow when the plugin is loaded; never here."""
