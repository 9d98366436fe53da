"""What may be accessed, as data.  Airflow: `airflow.api_fastapi.auth.managers.models.resource_details`.

Provider packages name these types; who may see what on the server is decided by roles (see docs/reference/rest-api.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class AccessView(Enum):
    """Pages that show no single DAG."""

    CLUSTER_ACTIVITY = "CLUSTER_ACTIVITY"
    DOCS = "DOCS"
    IMPORT_ERRORS = "IMPORT_ERRORS"
    JOBS = "JOBS"
    PLUGINS = "PLUGINS"
    PROVIDERS = "PROVIDERS"
    TRIGGERS = "TRIGGERS"
    WEBSITE = "WEBSITE"


class DagAccessEntity(Enum):
    """Parts of a DAG."""

    AUDIT_LOG = "AUDIT_LOG"
    CODE = "CODE"
    DEPENDENCIES = "DEPENDENCIES"
    HITL_DETAIL = "HITL_DETAIL"
    RUN = "RUN"
    TASK = "TASK"
    TASK_INSTANCE = "TASK_INSTANCE"
    TASK_LOGS = "TASK_LOGS"
    VERSION = "VERSION"
    WARNING = "WARNING"
    XCOM = "XCOM"


@dataclass
class AssetDetails:
    """An asset, or all."""

    id: str | None = None


@dataclass
class AssetAliasDetails:
    """An alias of assets, or all."""

    id: str | None = None


@dataclass
class BackfillDetails:
    """A backfill, or all."""

    id: int | None = None


@dataclass
class ConfigurationDetails:
    """A section of the configuration, or all."""

    section: str | None = None


@dataclass
class ConnectionDetails:
    """A connection, or all."""

    conn_id: str | None = None
    team_name: str | None = None


@dataclass
class DagDetails:
    """A DAG, or all."""

    id: str | None = None
    team_name: str | None = None


@dataclass
class PoolDetails:
    """A pool, or all."""

    name: str | None = None
    team_name: str | None = None


@dataclass
class TeamDetails:
    """A team, or all."""

    name: str | None = None


@dataclass
class VariableDetails:
    """A Variable, or all."""

    key: str | None = None
    team_name: str | None = None
