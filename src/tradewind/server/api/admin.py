"""Plugins, the configuration, connections to begin with, and requests to read a DAG file again."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import HTTPException, Path, Request
from fastapi.responses import PlainTextResponse, Response

from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import OP, USER, VIEWER, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.admin import (
    Config,
    ConfigOption,
    ConfigSection,
    PluginCollectionResponse,
    PluginImportErrorCollectionResponse,
    PluginImportErrorResponse,
    PluginResponse,
)
from tradewind.server.params import Limit, Offset, page_size
from tradewind.spec.wire import ConnectionData

plugins = api_router("Plugin", VIEWER)
config = api_router("Config", OP)
connections = api_router("Connection", OP)
parsing = api_router("DAG Parsing", USER)

_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Also as an INI file."}
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "aws": {},
    "azure_data_lake": {},
    "docker": {},
    "elasticsearch": {"host": "localhost", "port": 9200},
    "emr": {"extra": "{}"},
    "fs": {"extra": '{"path": "/"}'},
    "google_cloud_platform": {},
    "http": {"host": "https://www.httpbin.org/"},
    "kafka": {"extra": '{"bootstrap.servers": "localhost:9092"}'},
    "kubernetes": {},
    "mongo": {"host": "localhost", "port": 27017},
    "mysql": {"host": "localhost", "login": "root", "schema": "default"},
    "postgres": {"host": "localhost", "login": "postgres", "schema": "postgres", "port": 5432},
    "redis": {"host": "localhost", "port": 6379, "extra": '{"db": 0}'},
    "sqlite": {"host": "default.db"},
    "ssh": {"host": "localhost"},
    "trino": {"host": "localhost", "port": 8080, "schema": "hive"},
}
DEFAULTS = tuple(
    ConnectionData(conn_id=f"{name}_default", conn_type=name, **fields) for name, fields in _DEFAULTS.items()
)
"""Connections that many example DAGs name; without secrets."""


@plugins.get("/plugins", responses=errors())
def get_plugins(context: Context, limit: Limit = 50, offset: Offset = 0) -> PluginCollectionResponse:
    """Plugins, as the DAG processor found them."""
    every = [PluginResponse.model_validate(each) for each in context.store.errands.plugins()]
    return PluginCollectionResponse(plugins=every[offset : offset + page_size(limit)], total_entries=len(every))


@plugins.get("/plugins/importErrors", responses=errors())
def import_errors(context: Context) -> PluginImportErrorCollectionResponse:
    """Plugins that could not be loaded, and why."""
    found = [PluginImportErrorResponse(source=name, error=text) for name, text in context.store.errands.plugin_errors()]
    return PluginImportErrorCollectionResponse(import_errors=found, total_entries=len(found))


@config.get("/config", response_model=Config, responses={**_TEXT, **errors(404, 406)})
def get_config(context: Context, request: Request, section: str | None = None) -> Response | Config:
    """The configuration, or a section of it.  Secrets are hidden."""
    told = _configuration(context)
    if section is not None:
        told = {section: _section(told, section)}
    return _as_asked(request, told)


@config.get("/config/section/{section}/option/{option}", response_model=Config, responses={**_TEXT, **errors(404, 406)})
def get_config_value(context: Context, request: Request, section: str, option: str) -> Response | Config:
    """One option.  A secret is hidden."""
    known = _section(_configuration(context), section)
    if option.lower() not in known:
        raise NotFoundError(f"the section {section!r} has no option {option!r}")
    return _as_asked(request, {section: {option: known[option.lower()]}})


def _configuration(context: ServerContext) -> Mapping[str, Mapping[str, str]]:
    if context.configuration is None:
        raise HTTPException(
            403, "the configuration is not shown here: set TRADEWIND_EXPOSE_CONFIG=true for the API server"
        )
    return context.configuration()


def _section(told: Mapping[str, Mapping[str, str]], name: str) -> Mapping[str, str]:
    if name.lower() not in told:
        raise NotFoundError(f"the configuration has no section {name!r}")
    return told[name.lower()]


def _as_asked(request: Request, told: Mapping[str, Mapping[str, str]]) -> Response | Config:
    accept = request.headers.get("accept", "*/*")
    if "text/plain" in accept and "json" not in accept:
        parts = (
            f"[{name}]\n" + "".join(f"{key} = {_one_line(value)}\n" for key, value in options.items())
            for name, options in told.items()
        )
        return PlainTextResponse("\n".join(parts))
    if not any(kind in accept for kind in ("application/json", "application/*", "*/*")):
        raise HTTPException(406, "the configuration is given as application/json or text/plain")
    sections = [
        ConfigSection(name=name, options=[ConfigOption(key=key, value=value) for key, value in options.items()])
        for name, options in told.items()
    ]
    return Config(sections=sections)


def _one_line(value: str) -> str:
    """A value of several lines as INI files have it: the further lines are indented."""
    return value.replace("\n", "\n\t")


@connections.post("/connections/defaults", status_code=204, responses=errors())
def create_default_connections(context: Context, user: User) -> None:
    """Create connections that examples use; those that exist stay as they are."""
    context.store.connections.by(user.username, context.now()).import_(DEFAULTS, "skip")


@parsing.put("/parseDagFile/{file_token}", status_code=201, responses=errors(404))
def reparse_dag_file(
    context: Context, user: User, file_token: Annotated[str, Path(max_length=8000, description="As a DAG tells it.")]
) -> None:
    """Let the DAG processor read a DAG file again."""
    try:
        bundle, _, relative = base64.b64decode(file_token, b"-_", validate=True).decode().partition("\0")
    except (binascii.Error, ValueError):
        bundle, relative = "", ""
    known = relative and "\0" not in relative
    if not known or not context.store.errands.ask_parse(bundle, relative, user=user.username, now=context.now()):
        raise NotFoundError("no DAG file has this token", fix="take file_token of a DAG")
