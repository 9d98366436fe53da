"""Makes the runs that people (and tasks that trigger DAGs) ask for.  Called by `store.actions`."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from tradewind.authoring.params import check_schema
from tradewind.core.graph import Graph
from tradewind.core.timetables import build, partitions
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.ports.new_run import new_tasks
from tradewind.ports.store import NewRun, RunRecord
from tradewind.spec.dag import DagSpec
from tradewind.spec.ids import run_id_for
from tradewind.spec.schedule import Interval
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.store import tables
from tradewind.store.actions_checks import MAX_NAME, check_text
from tradewind.store.actions_common import aware, find_dag, given, record, unknown_dag
from tradewind.store.audit import shown_conf
from tradewind.store.calendar import ask
from tradewind.store.reads.versions import VersionReads
from tradewind.store.scheduler import insert_run, new_record, task_rows
from tradewind.store.signals import emit
from tradewind.store.uuid7 import uuid7

_run = tables.dag_run
_RUN_ID = re.compile(r"[A-Za-z0-9_.~:+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRun:
    """What whoever triggers a DAG says of the run; see `Actions.trigger_run`."""

    run_id: str | None = None
    logical_date: datetime | None = None
    interval: Interval | None = None
    run_after: datetime | None = None
    conf: Mapping[str, Any] | None = None
    note: str | None = None
    user: str | None = None
    triggered_by: str = "rest_api"
    partition_key: str | None = None
    run_type: DagRunType | None = None
    """None: as `triggered_by` says."""


def trigger(
    connection: Connection,
    versions: VersionReads,
    dag_id: str,
    wanted: WantedRun,
    now: datetime,
) -> RunRecord:
    """See `Actions.trigger_run`."""
    run, spec = prepare(connection, versions, dag_id, wanted, now)
    run = replace(run, tasks=new_tasks(Graph(spec), uuid7))
    run, run_pk = _insert(connection, run, may_rename=wanted.run_id is None)
    if run.tasks:
        connection.execute(tables.task_instance.insert(), task_rows(run, run_pk))
    if run.awaits_interval:
        ask(connection, dag_id, run_pk, now)
    emit(connection, "run", dag_id, run_pk)
    extra = given(logical_date=run.logical_date, conf=shown_conf(wanted.conf), triggered_by=wanted.triggered_by)
    after = {"state": run.state.value, "tasks": len(run.tasks)}
    record(connection, "trigger_dag_run", now, wanted.user, dag_id=dag_id, run_id=run.run_id, extra=extra, after=after)
    return new_record(run, run_pk)


def prepare(
    connection: Connection,
    versions: VersionReads,
    dag_id: str,
    wanted: WantedRun,
    now: datetime,
) -> tuple[NewRun, DagSpec]:
    """The run that this makes, still without tasks and not written, and the spec it is made with.

    Raises NotFoundError and InvalidError as `Actions.trigger_run` does.
    """
    dag = usable_dag(connection, dag_id)
    spec = versions.specs([dag.version_id], connection)[dag.version_id]
    logical_date, run_after = _utc("logical date", wanted.logical_date), _utc("run_after", wanted.run_after) or now
    if logical_date and spec.start_date and logical_date < spec.start_date:
        raise InvalidError(
            f"logical date {logical_date.isoformat()} lies before the start date of DAG {dag_id!r}",
            fix=f"use {spec.start_date.isoformat()} or later, or change start_date in the DAG file",
        )
    run_type = wanted.run_type
    if run_type is None:
        run_type = DagRunType.OPERATOR_TRIGGERED if wanted.triggered_by == "operator" else DagRunType.MANUAL
    if spec.allowed_run_types is not None and run_type not in spec.allowed_run_types:
        words = ", ".join(kind.value for kind in spec.allowed_run_types)
        raise InvalidError(
            f"DAG {dag_id!r} allows no {run_type.value} runs: its allowed_run_types are {words or 'empty'}",
            fix=f"add {run_type.value!r} to allowed_run_types in the DAG file",
        )
    custom = spec.timetable.kind == "custom"
    partition_key = wanted.partition_key
    asked = custom and wanted.interval is None and logical_date is not None and partition_key is None
    run = NewRun(
        dag_id=dag_id,
        run_id=run_id_for(run_type, run_after) if wanted.run_id is None else _checked_id(wanted.run_id, run_type),
        run_type=run_type,
        state=DagRunState.QUEUED,
        version_id=dag.version_id,
        run_after=run_after,
        created_at=now,
        tasks=(),
        logical_date=logical_date,
        interval=None if asked or partition_key is not None else _interval(spec, wanted.interval, logical_date),
        awaits_interval=asked,
        conf=checked_conf(spec, wanted.conf),
        note=check_text("the note", wanted.note),
        triggered_by=wanted.triggered_by,
        triggering_user_name=wanted.user,
        partition_key=_checked_key(partition_key),
        partition_date=_partition_date(spec, partition_key),
    )
    return run, spec


def usable_dag(connection: Connection, dag_id: str) -> Row[Any]:
    """The DAG, when runs of it can be made.  Raises NotFoundError, InvalidError."""
    dag = find_dag(connection, dag_id)
    if dag.stale:
        error = unknown_dag(connection, dag_id)
        raise NotFoundError(
            f"DAG {dag_id!r} is not there any more: {dag.relative_fileloc} is gone or does not define it",
            fix=error.fix if error.fix and error.fix.startswith("did you") else "restore the DAG file",
        )
    if dag.has_import_errors:
        raise InvalidError(
            f"DAG {dag_id!r} cannot be triggered: {dag.relative_fileloc} has an import error",
            fix="see the error with: tradewind dags list-import-errors",
        )
    return dag


def _utc(kind: str, at: datetime | None) -> datetime | None:
    checked = aware(kind, at)
    return checked.astimezone(UTC) if checked else None


def _partition_date(spec: DagSpec, key: str | None) -> datetime | None:
    """The date that a key of a cron of partitions stands for.  Raises InvalidError when it is none of its keys, or the
    DAG has no partitions.
    """
    if key is None:
        return None
    if not spec.timetable.partitioned and (spec.asset_schedule is None or not spec.asset_schedule.partitioned):
        raise InvalidError(
            f"DAG {spec.dag_id!r} has no partitions and takes no partition_key",
            fix="leave it out, or give the DAG a schedule of partitions such as CronPartitionTimetable",
        )
    if spec.timetable.kind != "cron_partition":
        return None
    try:
        return partitions(spec.timetable).partition_date(key)
    except ValueError as error:
        raise InvalidError(
            f"the partition key {key[:80]!r} does not match the key_format {spec.timetable.key_format!r}: {error}",
            fix="write the key as the schedule does",
        ) from None


def _checked_key(key: str | None) -> str | None:
    """A partition key that fits its column.  Raises InvalidError."""
    if key is not None and (not key.strip() or len(key) > MAX_NAME or "\x00" in key):
        raise InvalidError(f"the partition key {key[:80]!r} is not valid", fix=f"use 1 to {MAX_NAME} characters")
    return key


def _interval(spec: DagSpec, interval: Interval | None, at: datetime | None) -> Interval | None:
    """What was given, else that of the schedule at the logical date; a run without that date is of no time."""
    if interval is None:
        return build(spec.timetable).manual_interval(at) if at is not None else None
    start, end = _utc("data interval start", interval.start), _utc("data interval end", interval.end)
    assert start is not None and end is not None
    if end < start:
        raise InvalidError(
            f"the data interval ends ({end.isoformat()}) before it starts ({start.isoformat()})",
            fix="exchange data_interval_start and data_interval_end",
        )
    return Interval(start, end)


def _checked_id(run_id: str, run_type: DagRunType) -> str:
    if not _RUN_ID.fullmatch(run_id) or len(run_id) > MAX_NAME:
        raise InvalidError(
            f"run id {run_id[:80]!r} is not valid",
            fix=f"use 1 to {MAX_NAME} letters, digits and the characters _ . ~ : + -",
        )
    for other in DagRunType:
        if run_id.startswith(f"{other.value}__") and other not in (run_type, DagRunType.MANUAL):
            raise InvalidError(
                f"run id {run_id!r} is reserved for {other.value} runs",
                fix=f"do not begin it with {other.value}__",
            )
    return run_id


def _insert(connection: Connection, run: NewRun, *, may_rename: bool) -> tuple[NewRun, int]:
    """Insert the run; an id of our own making gets a suffix while it is taken.  Raises ConflictError."""
    plain = run.run_id
    while True:
        run_pk = insert_run(connection, run)
        if run_pk is not None:
            return run, run_pk
        if run.logical_date is not None:
            query = select(_run.c.run_id).where(_run.c.dag_id == run.dag_id, _run.c.logical_date == run.logical_date)
            if (existing := connection.scalar(query)) is not None:
                raise ConflictError(
                    f"DAG {run.dag_id!r} has a run with logical date {run.logical_date.isoformat()} already: "
                    f"{existing}",
                    fix="clear that run, or give another logical date",
                )
        if not may_rename:
            raise ConflictError(
                f"DAG {run.dag_id!r} has a run {run.run_id!r} already",
                fix="clear that run, or give another run id",
            )
        run = replace(run, run_id=f"{plain}_{secrets.token_hex(4)}")


# --- conf and params ----------------------------------------------------------------------------------


def checked_conf(spec: DagSpec, conf: Mapping[str, Any] | None) -> dict[str, Any]:
    """The run's conf, after the params it makes together with the DAG's defaults were validated."""
    conf = {} if conf is None else conf
    # what came over the API or a command line is not typed
    given_conf: object = conf
    if not isinstance(given_conf, dict) or not all(isinstance(key, str) for key in given_conf):
        raise InvalidError("conf is not a JSON object", fix='write it as {"name": value, ...}')
    try:
        json.dumps(conf, allow_nan=False)
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(conf))
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise InvalidError(f"conf cannot be written as JSON: {error}", fix="use JSON values only") from None
    for name, param in spec.params.items():
        _check_param(spec.dag_id, name, param, plain)
    return plain


def _check_param(dag_id: str, name: str, param: Mapping[str, Any], conf: Mapping[str, Any]) -> None:
    if name not in conf and "value" not in param:
        raise InvalidError(
            f"DAG {dag_id!r} needs a value for param {name!r}", fix=f'give it in conf: {{"{name}": ...}}'
        )
    problem = check_schema(conf.get(name, param.get("value")), param.get("schema") or {})
    if problem:
        described = f" ({param['description']})" if param.get("description") else ""
        raise InvalidError(
            f"param {name!r} of DAG {dag_id!r} is not valid: {problem}",
            fix=f'give a fitting value in conf: {{"{name}": ...}}{described}',
        )
