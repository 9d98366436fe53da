"""DAGs, their sources, tags, versions, warnings and run counts."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any, Literal

from tradewind.server.models.common import Answer, Body, DagVersionResponse, display_name, version_of
from tradewind.server.models.tasks import params_from
from tradewind.spec.assets import Condition
from tradewind.spec.dag import DagSpec
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.store.reads import Row

_PERIODIC = frozenset({"cron_interval", "cron_trigger", "cron_partition", "delta_interval", "delta_trigger", "events"})


class DagTagResponse(Answer):
    """A tag of a DAG."""

    name: str
    dag_id: str
    dag_display_name: str


class DAGResponse(Answer):
    """A DAG in a list."""

    dag_id: str
    dag_display_name: str
    is_paused: bool
    is_stale: bool
    last_parsed_time: datetime | None
    last_parse_duration: float | None
    last_expired: datetime | None
    bundle_name: str | None
    bundle_version: str | None = None
    relative_fileloc: str | None
    fileloc: str
    description: str | None
    timetable_summary: str | None
    timetable_description: str | None
    timetable_partitioned: bool = False
    timetable_periodic: bool
    tags: list[DagTagResponse]
    max_active_tasks: int
    max_active_runs: int | None
    max_consecutive_failed_dag_runs: int
    has_task_concurrency_limits: bool
    has_import_errors: bool
    next_dagrun_logical_date: datetime | None
    next_dagrun_data_interval_start: datetime | None
    next_dagrun_data_interval_end: datetime | None
    next_dagrun_run_after: datetime | None
    allowed_run_types: list[DagRunType] | None = None
    owners: list[str]
    is_backfillable: bool
    file_token: str


class DAGDetailsResponse(DAGResponse):
    """A DAG with all that is known of it."""

    catchup: bool
    dag_run_timeout: timedelta | None
    asset_expression: dict[str, Any] | None = None
    doc_md: str | None
    start_date: datetime | None
    end_date: datetime | None
    is_paused_upon_creation: bool | None
    params: dict[str, Any] | None
    render_template_as_native_obj: bool
    rerun_with_latest_version: bool | None = None
    template_search_path: list[str] | None = None
    timezone: str | None
    last_parsed: datetime | None
    default_args: dict[str, Any] | None
    owner_links: dict[str, str] | None
    is_favorite: bool
    active_runs_count: int
    latest_dag_version: DagVersionResponse | None
    concurrency: int


class DAGCollectionResponse(Answer):
    """A page of DAGs."""

    dags: list[DAGResponse]
    total_entries: int


class DAGPatchBody(Body):
    """What can be changed of a DAG."""

    is_paused: bool


class DAGTagCollectionResponse(Answer):
    """A page of tag names."""

    tags: list[str]
    total_entries: int


class DagStatsStateResponse(Answer):
    """How many runs are in a state."""

    state: DagRunState
    count: int


class DagStatsResponse(Answer):
    """The runs of a DAG by state."""

    dag_id: str
    dag_display_name: str
    stats: list[DagStatsStateResponse]


class DagStatsCollectionResponse(Answer):
    """The runs of several DAGs by state."""

    dags: list[DagStatsResponse]
    total_entries: int


class DAGSourceResponse(Answer):
    """The text of a DAG file."""

    content: str | None
    dag_id: str
    version_number: int | None
    dag_display_name: str


class DAGVersionCollectionResponse(Answer):
    """A page of versions."""

    dag_versions: list[DagVersionResponse]
    total_entries: int


DagWarningType = Literal["asset conflict", "non-existent pool", "runtime varying value"]


class DAGWarningResponse(Answer):
    """Something about a DAG that its author should know."""

    dag_id: str
    warning_type: DagWarningType
    message: str
    timestamp: datetime
    dag_display_name: str


class DAGWarningCollectionResponse(Answer):
    """A page of warnings."""

    dag_warnings: list[DAGWarningResponse]
    total_entries: int


def _dag_fields(row: Row) -> dict[str, Any]:
    spec: DagSpec = row["spec"]
    name = row["display_name"] or row["dag_id"]
    custom = spec.timetable.kind == "custom"
    periodic = spec.timetable.periodic if custom else spec.timetable.kind in _PERIODIC
    limited = any(
        task.max_active_tis_per_dag is not None or task.max_active_tis_per_dagrun is not None for task in spec.tasks
    )
    where = f"{row['bundle_name']}\0{row['relative_fileloc']}".encode()
    return {
        "dag_id": row["dag_id"],
        "dag_display_name": name,
        "is_paused": row["paused"],
        "is_stale": row["stale"],
        "last_parsed_time": row["last_parsed_at"],
        "last_parse_duration": row["last_parse_seconds"],
        "last_expired": row["last_expired_at"],
        "bundle_name": row["bundle_name"],
        "relative_fileloc": row["relative_fileloc"],
        "fileloc": row["fileloc"],
        "description": row["description"],
        "timetable_summary": ", ".join(spec.timetable.crons) or row["timetable_summary"],
        "timetable_description": row["timetable_description"],
        "timetable_periodic": periodic,
        "timetable_partitioned": spec.timetable.partitioned,
        "tags": [DagTagResponse(name=tag, dag_id=row["dag_id"], dag_display_name=name) for tag in row["tags"]],
        "max_active_tasks": row["max_active_tasks"],
        "max_active_runs": row["max_active_runs"],
        "max_consecutive_failed_dag_runs": spec.max_consecutive_failed_dag_runs,
        "has_task_concurrency_limits": limited,
        "has_import_errors": row["has_import_errors"],
        "next_dagrun_logical_date": row["next_logical_date"],
        "next_dagrun_data_interval_start": row["next_interval_start"],
        "next_dagrun_data_interval_end": row["next_interval_end"],
        "next_dagrun_run_after": row["next_run_after"],
        "owners": [owner.strip() for owner in row["owners"].split(",") if owner.strip()],
        "is_backfillable": periodic,
        "file_token": base64.urlsafe_b64encode(where).decode(),
    }


def dag_answer(row: Row) -> DAGResponse:
    """From a row of `reads.dags`."""
    return DAGResponse(**_dag_fields(row))


def dag_details_answer(row: Row, *, favorite: bool) -> DAGDetailsResponse:
    """From a row of `reads.dags.details`."""
    spec: DagSpec = row["spec"]
    named = {**row, "dag_display_name": row["display_name"]}
    return DAGDetailsResponse(
        **_dag_fields(row),
        catchup=spec.catchup,
        asset_expression=_expression(spec.asset_schedule.condition) if spec.asset_schedule else None,
        dag_run_timeout=None if spec.dagrun_timeout is None else timedelta(seconds=spec.dagrun_timeout),
        doc_md=spec.doc_md,
        start_date=spec.start_date,
        end_date=spec.end_date,
        is_paused_upon_creation=spec.is_paused_upon_creation,
        params=params_from(spec.params, None),
        render_template_as_native_obj=spec.render_template_as_native_obj,
        timezone=spec.timetable.timezone,
        last_parsed=row["last_parsed_at"],
        default_args=dict(spec.default_args),
        owner_links=dict(spec.owner_links),
        is_favorite=favorite,
        active_runs_count=row["active_runs"],
        latest_dag_version=version_of(named) if "version_uuid" in row else None,
        concurrency=row["max_active_tasks"],
    )


def _expression(condition: Condition) -> dict[str, Any]:
    """A condition on assets, the way Airflow's clients read it."""
    use = condition.use
    if use is None:
        return {condition.op: [_expression(part) for part in condition.parts]}
    match use.kind:
        case "asset":
            return {"asset": {"uri": use.uri, "name": use.name, "group": "asset"}}
        case "alias":
            return {"alias": {"name": use.name, "group": "asset"}}
        case kind:
            return {"asset_ref": {kind: use.name or use.uri}}


def stats_answer(row: Row) -> DagStatsResponse:
    """From a row of `reads.dags.stats`; every state is named, also those without runs."""
    return DagStatsResponse(
        dag_id=row["dag_id"],
        dag_display_name=row["display_name"] or row["dag_id"],
        stats=[DagStatsStateResponse(state=state, count=row["counts"].get(state.value, 0)) for state in DagRunState],
    )


def warning_answer(row: Row) -> DAGWarningResponse:
    """From a row of `reads.dags.warnings`.

    Airflow's clients know three types only; everything that is said about how a DAG file is written is of the one
    that Airflow uses for such advice.
    """
    kinds: dict[str, DagWarningType] = {
        "asset_conflict": "asset conflict",
        "asset conflict": "asset conflict",
        "non_existent_pool": "non-existent pool",
        "non-existent pool": "non-existent pool",
    }
    return DAGWarningResponse(
        dag_id=row["dag_id"],
        warning_type=kinds.get(row["kind"], "runtime varying value"),
        message=row["message"],
        timestamp=row["timestamp"],
        dag_display_name=display_name(row),
    )
