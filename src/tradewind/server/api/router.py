"""How the routers of the API are made.  Used by every module of `server.api`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.params import Depends
from fastapi.routing import APIRoute

from tradewind.server.api.responses import errors

PREFIX = "/api/v2"
BEYOND = "/api/tradewind"
"""What Airflow's API does not have."""


def operation_id(route: APIRoute) -> str:
    """The name of the function: the same from version to version, and the one Airflow's clients are made from."""
    return route.name


def api_router(tag: str | None, *guards: Depends, prefix: str = PREFIX) -> APIRouter:
    """A router whose routes are taken over by the application as they are: they are built once, which costs enough."""
    options: dict[str, Any] = {"responses": errors()} if guards else {}
    if tag is not None:
        options["tags"] = [tag]
    return APIRouter(prefix=prefix, dependencies=list(guards), generate_unique_id_function=operation_id, **options)
