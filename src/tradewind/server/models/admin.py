"""Plugins, the configuration, and tests of connections."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tradewind.server.models.common import Answer, Text
from tradewind.server.models.settings import ConnectionBody


class _Entry(BaseModel):
    """What a plugin lists; it may say more than the fields here."""

    model_config = ConfigDict(extra="allow", json_schema_serialization_defaults_required=True)


class FastAPIAppResponse(_Entry):
    """An application for the API server."""

    app: str
    url_prefix: str
    name: str


class FastAPIRootMiddlewareResponse(_Entry):
    """A middleware for the API server."""

    middleware: str
    name: str


class ExternalViewResponse(_Entry):
    """A page elsewhere."""

    name: str
    icon: str | None = None
    icon_dark_mode: str | None = None
    url_route: str | None = None
    category: str | None = None
    nav_top_level: bool | None = False
    href: str
    destination: Literal["nav", "dag", "dag_run", "task", "task_instance", "base"] = "nav"


class ReactAppResponse(_Entry):
    """A page of its own code."""

    name: str
    icon: str | None = None
    icon_dark_mode: str | None = None
    url_route: str | None = None
    category: str | None = None
    nav_top_level: bool | None = False
    bundle_url: str
    destination: Literal["nav", "dag", "dag_run", "task", "task_instance", "base", "dashboard"] = "nav"


class AppBuilderViewResponse(_Entry):
    """A page for Airflow 2."""

    name: str | None = None
    category: str | None = None
    view: str | None = None
    label: str | None = None


class AppBuilderMenuItemResponse(_Entry):
    """A link in the menu of Airflow 2."""

    name: str
    href: str
    category: str | None = None


class PluginResponse(Answer):
    """A plugin and what it has.  Tradewind uses macros, links, listeners, timetables and weight strategies."""

    name: str
    macros: list[str]
    flask_blueprints: list[str]
    fastapi_apps: list[FastAPIAppResponse]
    fastapi_root_middlewares: list[FastAPIRootMiddlewareResponse]
    external_views: list[ExternalViewResponse]
    react_apps: list[ReactAppResponse]
    appbuilder_views: list[AppBuilderViewResponse]
    appbuilder_menu_items: list[AppBuilderMenuItemResponse]
    global_operator_extra_links: list[str]
    operator_extra_links: list[str]
    source: str
    listeners: list[str]
    timetables: list[str]


class PluginCollectionResponse(Answer):
    """A page of plugins."""

    plugins: list[PluginResponse]
    total_entries: int


class PluginImportErrorResponse(Answer):
    """Why a plugin could not be loaded."""

    source: str
    error: str


class PluginImportErrorCollectionResponse(Answer):
    """All plugins that could not be loaded."""

    import_errors: list[PluginImportErrorResponse]
    total_entries: int


class ConfigOption(Answer):
    """An option and its value."""

    key: str
    value: str


class ConfigSection(Answer):
    """A section of the configuration."""

    name: str
    options: list[ConfigOption]


class Config(Answer):
    """The configuration, secrets hidden."""

    sections: list[ConfigSection]


class ConnectionTestResponse(Answer):
    """Whether a connection works."""

    status: bool
    message: str


class ConnectionTestRequestBody(ConnectionBody):
    """A connection to test."""

    commit_on_success: bool = False
    executor: Text | None = Field(default=None, max_length=250)
    queue: Text | None = Field(default=None, max_length=250)


class ConnectionTestQueuedResponse(Answer):
    """A test that waits."""

    token: str
    connection_id: str
    state: Literal["pending", "running", "success", "failed"]


class AsyncConnectionTestResponse(Answer):
    """A test, and its answer when it is over."""

    token: str
    connection_id: str
    state: Literal["pending", "running", "success", "failed"]
    result_message: str | None
    created_at: datetime
