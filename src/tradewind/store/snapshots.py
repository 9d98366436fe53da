"""Reads runs and DAGs as the values of `ports.store`.  Called by `store.scheduler`, inside its transactions.

A row of `dag_version` keeps its meaning for ever, so decoded specs are kept in memory by version.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Select, and_, bindparam, func, select

from tradewind.ports.store import DagRecord, RunRecord, RunSnapshot, TaskRecord
from tradewind.spec.dag import DagSpec, decode_dag
from tradewind.spec.forecast import Forecast, decode_forecast
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import AttemptState, DagRunState, DagRunType, TaskInstanceState
from tradewind.spec.wire import DagSource
from tradewind.store.tables import attempt, dag, dag_run, dag_version, forecast, task_instance, task_map
from tradewind.store.types import AnyRow

UNFINISHED = (DagRunState.QUEUED.value, DagRunState.RUNNING.value)
CHUNK = 500
"""Ids per IN list: below every database's limit of parameters, and few enough shapes for the plan cache."""

_TASK_STATES: dict[str | None, TaskInstanceState | None] = {state.value: state for state in TaskInstanceState}
_TASK_STATES[None] = None

_SPECS = select(dag_version.c.id, dag_version.c.spec).where(dag_version.c.id.in_(bindparam("ids", expanding=True)))
_FORECASTS = select(forecast.c.dag_id, forecast.c.version_id, forecast.c.body).where(
    forecast.c.dag_id.in_(bindparam("ids", expanding=True))
)
_SOURCES = select(dag.c.dag_id, dag.c.bundle_path, dag.c.relative_fileloc, dag.c.digest).where(
    dag.c.dag_id.in_(bindparam("ids", expanding=True))
)
_RUN_COLUMNS = (
    dag_run.c.id,
    dag_run.c.dag_id,
    dag_run.c.run_id,
    dag_run.c.run_type,
    dag_run.c.state,
    dag_run.c.revision,
    dag_run.c.version_id,
    dag_run.c.run_after,
    dag_run.c.logical_date,
    dag_run.c.data_interval_start,
    dag_run.c.data_interval_end,
    dag_run.c.queued_at,
    dag_run.c.start_date,
    dag_run.c.end_date,
    dag_run.c.conf,
    dag_run.c.note,
    dag_run.c.clear_number,
    dag_run.c.triggering_user_name,
    dag_run.c.partition_key,
    dag_run.c.partition_date,
    dag_run.c.backfill_id,
    dag_run.c.only_tasks,
    dag_run.c.awaits_interval,
)
_RUN = select(*_RUN_COLUMNS).where(dag_run.c.id == bindparam("run_pk"))
_UNFINISHED = select(*_RUN_COLUMNS).where(dag_run.c.state.in_(UNFINISHED)).order_by(dag_run.c.run_after, dag_run.c.id)
_TASKS = (
    select(
        task_instance.c.dag_run_id,
        task_instance.c.id,
        task_instance.c.task_id,
        task_instance.c.map_index,
        task_instance.c.state,
        task_instance.c.try_number,
        task_instance.c.max_tries,
        task_instance.c.lost,
        task_instance.c.attempt_id,
        task_instance.c.start_date,
        task_instance.c.end_date,
        task_instance.c.next_at,
        attempt.c.worker_id,
        task_instance.c.trigger_id,
        task_instance.c.next_method,
        task_instance.c.first_start,
        task_instance.c.reschedules,
        task_instance.c.skips,
    )
    .select_from(
        task_instance.outerjoin(
            attempt,
            and_(
                attempt.c.id == task_instance.c.attempt_id,
                attempt.c.state.in_([AttemptState.QUEUED.value, AttemptState.RUNNING.value]),
            ),
        )
    )
    .where(task_instance.c.dag_run_id.in_(bindparam("ids", expanding=True)))
    .order_by(task_instance.c.dag_run_id, task_instance.c.id)
)
_NAMED_TASKS = _TASKS.where(task_instance.c.id.in_(bindparam("named", expanding=True)))
_TASKS_OF = _TASKS.where(task_instance.c.task_id.in_(bindparam("named", expanding=True)))
_COUNTS = (
    select(task_instance.c.state, func.count())
    .where(task_instance.c.dag_run_id == bindparam("run_pk"))
    .group_by(task_instance.c.state)
)

_LENGTHS = select(task_map.c.dag_run_id, task_map.c.task_id, task_map.c.map_index, task_map.c.length).where(
    task_map.c.dag_run_id.in_(bindparam("ids", expanding=True))
)


class Specs(Protocol):
    """Where decoded specs come from: `SpecCache`, or `reads.versions`, which many threads share."""

    def load(self, connection: Connection, version_ids: Iterable[int], /) -> dict[int, DagSpec]:
        """The specs of these versions."""
        ...


class SpecCache:
    """Decoded specs by version id, the least recently used dropped first.  Used from one thread."""

    def __init__(self, size: int = 2048) -> None:
        self._size = size
        self._specs: OrderedDict[int, DagSpec] = OrderedDict()

    def load(self, connection: Connection, version_ids: Iterable[int]) -> dict[int, DagSpec]:
        """The specs of these versions, read where they are not in memory."""
        wanted = set(version_ids)
        found = {version: self._specs[version] for version in wanted if version in self._specs}
        for version in found:
            self._specs.move_to_end(version)
        for ids in chunks(sorted(wanted - found.keys())):
            for row in connection.execute(_SPECS, {"ids": ids}):
                found[row.id] = self._specs[row.id] = decode_dag(row.spec)
        while len(self._specs) > self._size:
            self._specs.popitem(last=False)
        return found


def chunks(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """`ids` in pieces that fit into an IN list."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def load_run(connection: Connection, specs: Specs, run_pk: int, *, tasks: bool = True) -> RunSnapshot | None:
    """One run, with or without its task instances; None when there is none."""
    row = connection.execute(_RUN, {"run_pk": run_pk}).first()
    return None if row is None else _snapshots(connection, specs, [row], with_tasks=tasks)[0]


def load_some(
    connection: Connection, run_pk: int, ti_ids: Sequence[str], task_ids: Sequence[str] = ()
) -> list[TaskRecord]:
    """Some task instances of a run, in the order in which they were made: those with these ids, all of these tasks."""
    found: dict[str, TaskRecord] = {}
    for statement, names in ((_NAMED_TASKS, ti_ids), (_TASKS_OF, task_ids)):
        for part in chunks(names):
            for row in connection.execute(statement, {"ids": [run_pk], "named": part}):
                record = _task_record(row)
                found[record.id] = record
    return sorted(found.values(), key=lambda record: record.id)


def count_tasks(connection: Connection, run_pk: int) -> dict[TaskInstanceState | None, int]:
    """How many task instances of a run are in each state."""
    return {_TASK_STATES[state]: count for state, count in connection.execute(_COUNTS, {"run_pk": run_pk})}


def load_unfinished(connection: Connection, specs: Specs) -> list[RunSnapshot]:
    """All queued and running runs, oldest `run_after` first."""
    return _snapshots(connection, specs, connection.execute(_UNFINISHED).all())


def _snapshots(
    connection: Connection,
    specs: Specs,
    rows: Sequence[AnyRow],
    *,
    with_tasks: bool = True,
) -> list[RunSnapshot]:
    # the runs were read before their tasks: a change in between raises the revision, and decisions made from
    # the newer tasks under the older revision miss
    tasks: defaultdict[int, list[TaskRecord]] = defaultdict(list)
    for ids in chunks([row.id for row in rows] if with_tasks else []):
        for values in connection.execute(_TASKS, {"ids": ids}):
            tasks[values[0]].append(_task_record(values))
    by_version = specs.load(connection, {row.version_id for row in rows})
    sources = load_sources(connection, {row.dag_id for row in rows})
    lengths: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for ids in chunks([row.id for row in rows if by_version[row.version_id].maps]):
        for run_pk, *length in connection.execute(_LENGTHS, {"ids": ids}):
            lengths[run_pk].append((length[0], length[1], length[2]))
    return [
        RunSnapshot(
            run=_run_record(row),
            spec=by_version[row.version_id],
            source=sources.get(row.dag_id) or lost_source(by_version[row.version_id]),
            tasks=tuple(tasks[row.id]),
            lengths=tuple(lengths[row.id]) if row.id in lengths else (),
        )
        for row in rows
    ]


def load_sources(connection: Connection, dag_ids: Iterable[str]) -> dict[str, DagSource]:
    """Where the code of these DAGs lies now."""
    found: dict[str, DagSource] = {}
    for ids in chunks(sorted(dag_ids)):
        for row in connection.execute(_SOURCES, {"ids": ids}):
            found[row.dag_id] = DagSource(
                bundle_path=row.bundle_path, relative_fileloc=row.relative_fileloc, digest=row.digest
            )
    return found


def lost_source(spec: DagSpec) -> DagSource:
    """For a run whose DAG was deleted: a worker then reports the missing file, and the run ends."""
    return DagSource(bundle_path="", relative_fileloc=spec.relative_fileloc, digest="")


def _run_record(row: AnyRow) -> RunRecord:
    values = row._asdict()
    values["run_type"] = DagRunType(values["run_type"])
    values["state"] = DagRunState(values["state"])
    return RunRecord(**values)


def _task_record(values: AnyRow) -> TaskRecord:
    _, ti_id, task_id, map_index, state, *rest = values
    rest[-1] = tuple(rest[-1] or ())  # skips
    return TaskRecord(ti_id, task_id, map_index, _TASK_STATES[state], *rest)


def load_dags(
    connection: Connection, specs: Specs, statement: Select[Any], parameters: dict[str, Any]
) -> list[DagRecord]:
    """The DAGs that `statement` (a selection of whole rows of `dag`) gives, as records."""
    rows = connection.execute(statement, parameters).all()
    by_version = specs.load(connection, {row.version_id for row in rows})
    foreseen = [row.dag_id for row in rows if by_version[row.version_id].timetable.kind == "custom"]
    forecasts: dict[tuple[str, int], Forecast] = {}
    for ids in chunks(foreseen):
        for found in connection.execute(_FORECASTS, {"ids": ids}):
            forecasts[found.dag_id, found.version_id] = decode_forecast(found.body)
    return [_dag_record(row, by_version[row.version_id], forecasts.get((row.dag_id, row.version_id))) for row in rows]


def _dag_record(row: AnyRow, spec: DagSpec, forecast: Forecast | None) -> DagRecord:
    last = None
    if row.last_automated_start is not None and row.last_automated_end is not None:
        last = Interval(row.last_automated_start, row.last_automated_end)
    following = None
    if row.next_run_after is not None:
        start, end = row.next_interval_start, row.next_interval_end
        following = NextRun(
            logical_date=row.next_logical_date,
            interval=Interval(start, end) if start is not None and end is not None else None,
            run_after=row.next_run_after,
            partition_key=row.next_partition_key,
            partition_date=row.next_partition_date,
        )
    return DagRecord(
        dag_id=row.dag_id,
        version_id=row.version_id,
        spec=spec,
        paused=row.paused,
        stale=row.stale,
        source=DagSource(bundle_path=row.bundle_path, relative_fileloc=row.relative_fileloc, digest=row.digest),
        last_automated=last,
        next_run=following,
        last_run_after=row.last_automated_run_after,
        forecast=forecast,
        due_since=row.due_since,
    )
