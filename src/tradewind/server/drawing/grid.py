"""The grid of a DAG: runs by tasks, one byte a cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Query

from tradewind.core.pictures import ABSENT
from tradewind.errors import InvalidError
from tradewind.server.api.responses import errors
from tradewind.server.context import Context
from tradewind.server.drawing.common import STATE_CODES, bytes_text, seal, times, unseal
from tradewind.server.drawing.common import Mark as MarkParameter
from tradewind.server.drawing.common import router as make_router
from tradewind.server.hidden import CONTENT
from tradewind.server.kept import Kept
from tradewind.server.models.common import Answer
from tradewind.server.params import DagId, RunId, TaskId
from tradewind.spec.dag import DagSpec, TaskSpec
from tradewind.store.reads.grid import Mark

router = make_router()
Names = Annotated[list[str] | None, Query(max_length=20)]


class GridRuns(Answer):
    """The columns of the grid, newest run first; every list has an entry for each run.  Times are milliseconds since
    1970 (UTC)."""

    id: list[int]
    run_id: list[str]
    run_type: list[str]
    state: list[str]
    version_number: list[int]
    has_note: list[bool]
    run_after: list[int | None]
    logical_date: list[int | None]
    queued: list[int | None]
    start: list[int | None]
    end: list[int | None]


class GridTasks(Answer):
    """The rows of the grid, groups in one piece; every list has an entry for each task."""

    id: list[str]
    label: list[str]
    group: list[int]
    """Place of the innermost group in `groups`; -1: none."""
    depth: list[int]
    """How many groups it is in."""
    mapped: list[bool]
    """It may have several instances: its cell is the state that stands for all of them."""
    operator: list[str]
    removed: list[bool]
    """The newest version does not have it any more."""


class GridGroups(Answer):
    """Task groups, outer before inner ones."""

    id: list[str]
    label: list[str]
    parent: list[int]
    mapped: list[bool]


class GridResponse(Answer):
    """A part of the grid."""

    position: int
    dag_id: str
    version_number: int
    """The newest version, whose tasks are the rows."""
    runs: GridRuns
    tasks: GridTasks
    groups: GridGroups
    cells: str
    """Base64 of one byte a cell, run by run: that of task t in run r is at r * number of tasks + t."""
    state_codes: list[str]
    """What the bytes mean."""
    next: str | None
    """Pass as `before` for older runs; null: there are none."""


class InstanceCountsResponse(Answer):
    """The instances of a mapped task by state."""

    task_id: str
    counts: dict[str, int]
    """State (`no_status` for none) -> how many."""


@router.get("/dags/{dag_id}/grid", responses=errors(404))
def get_dag_grid(
    context: Context,
    dag_id: DagId,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    before: MarkParameter = None,
    newest: Annotated[
        str | None, Query(max_length=1000, description="Run id to begin with; without it the newest.")
    ] = None,
    run_type: Names = None,
    state: Names = None,
) -> GridResponse:
    """Runs of a DAG by its tasks, the newest first."""
    mark = None
    if before:
        mark = Mark(*unseal(before, datetime, int))
    elif newest is not None:
        run = context.store.reads.run_tasks.run(dag_id, newest)
        mark = Mark(run["run_after"], run["id"] + 1)
    page = context.store.reads.grid.page(dag_id, limit, mark, run_types=run_type, states=state)
    order = rows_of(page.spec)
    known = {task.task_id for task in order}
    gone = sorted({task_id for cells in page.cells for task_id in cells} - known)
    ids = [task.task_id for task in order] + gone
    last = page.runs[-1] if page.runs else None
    return GridResponse(
        position=page.position,
        dag_id=dag_id,
        version_number=page.version_number,
        runs=GridRuns(
            id=[run["id"] for run in page.runs],
            run_id=[run["run_id"] for run in page.runs],
            run_type=[run["run_type"] for run in page.runs],
            state=[run["state"] for run in page.runs],
            version_number=[run["version_number"] for run in page.runs],
            has_note=[bool(run["has_note"]) for run in page.runs],
            run_after=times(page.runs, "run_after"),
            logical_date=times(page.runs, "logical_date"),
            queued=times(page.runs, "queued_at"),
            start=times(page.runs, "start_date"),
            end=times(page.runs, "end_date"),
        ),
        tasks=_tasks(page.spec, order, gone),
        groups=groups_of(page.spec),
        cells=bytes_text(cells.get(task_id, ABSENT) for cells in page.cells for task_id in ids),
        state_codes=STATE_CODES,
        next=seal(last["run_after"], last["id"]) if page.more and last is not None else None,
    )


@router.get("/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/counts", responses=errors(404))
def get_instance_counts(context: Context, dag_id: DagId, run_id: RunId, task_id: TaskId) -> InstanceCountsResponse:
    """How many instances of a mapped task are in which state."""
    counts = context.store.reads.run_tasks.instance_counts(dag_id, run_id, task_id)
    return InstanceCountsResponse(
        task_id=task_id, counts={state or "no_status": count for state, count in counts.items()}
    )


class InstancesResponse(Answer):
    """Instances of a mapped task; every list has an entry for each.  Times are milliseconds since 1970 (UTC)."""

    map_index: list[int]
    name: Annotated[list[str | None], CONTENT]
    """What its `map_index_template` made."""
    state: list[str | None]
    try_number: list[int]
    has_note: list[bool]
    queued: list[int | None]
    start: list[int | None]
    end: list[int | None]
    next: str | None


InstanceOrder = Literal[
    "urgency", "map_index", "-map_index", "start_date", "-start_date", "end_date", "-end_date", "duration", "-duration"
]


@dataclass(frozen=True, slots=True)
class InstanceFilter:
    """Which instances of a mapped task."""

    states: list[str | None] | None
    name: str | None


def which_instances(
    state: Annotated[list[str] | None, Query(max_length=20, description="`no_status` for none.")] = None,
    name: Annotated[
        str | None,
        Query(max_length=250, description="Part of what `map_index_template` made, or the map index: `7` or `[7]`."),
    ] = None,
) -> InstanceFilter:
    """The filters of a list of instances."""
    return InstanceFilter(None if state is None else [None if each == "no_status" else each for each in state], name)


WhichInstances = Annotated[InstanceFilter, Depends(which_instances)]


@router.get("/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/instances", responses=errors(404))
def list_instances(
    context: Context,
    dag_id: DagId,
    run_id: RunId,
    task_id: TaskId,
    which: WhichInstances,
    order_by: Annotated[InstanceOrder, Query(description="`urgency`: those that need attention first.")] = "urgency",
    after: MarkParameter = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> InstancesResponse:
    """The instances of a mapped task, those that need attention first; in other orders those without a value last."""
    mark = tuple(unseal(after, str, str, int)) if after else None
    if mark is not None and mark[0] != order_by:
        raise InvalidError("the mark is one of another order", fix="start without it")
    rows, more = context.store.reads.run_tasks.instances(
        dag_id,
        run_id,
        task_id,
        limit,
        None if mark is None else (mark[1], mark[2]),
        order=order_by,
        states=which.states,
        named=which.name,
    )
    return InstancesResponse(
        map_index=[row["map_index"] for row in rows],
        name=[row["rendered_map_index"] for row in rows],
        state=[row["state"] for row in rows],
        try_number=[row["try_number"] for row in rows],
        has_note=[bool(row["has_note"]) for row in rows],
        queued=times(rows, "queued_at"),
        start=times(rows, "start_date"),
        end=times(rows, "end_date"),
        next=seal(order_by, rows[-1]["place"], rows[-1]["map_index"]) if more and rows else None,
    )


_orders: Kept[tuple[DagSpec, list[TaskSpec]]] = Kept(64)


def rows_of(spec: DagSpec) -> list[TaskSpec]:
    """The tasks in topological order, but those of a group in one piece, at the place of its first task.

    Not to be changed: it is kept for the specs that were asked for lately, which stay the same objects.
    """
    known = _orders.get(id(spec))
    if known is not None and known[0] is spec:
        return known[1]
    found = _ordered(spec)
    _orders.put(id(spec), (spec, found))
    return found


def _ordered(spec: DagSpec) -> list[TaskSpec]:
    parents = {group.group_id: group.parent for group in spec.groups}

    def path(task: TaskSpec) -> list[str]:
        found: list[str] = []
        at = task.group
        while at is not None and at in parents:
            found.append(at)
            at = parents[at]
        return found[::-1]

    first: dict[str, int] = {}
    for place, task in enumerate(spec.tasks):
        for group in path(task):
            first.setdefault(group, place)
    places = {task.task_id: place for place, task in enumerate(spec.tasks)}
    return sorted(spec.tasks, key=lambda task: (*(first[group] for group in path(task)), places[task.task_id]))


def _tasks(spec: DagSpec, order: list[TaskSpec], gone: list[str]) -> GridTasks:
    places = {group.group_id: place for place, group in enumerate(_outer_first(spec))}
    parents = {group.group_id: group.parent for group in spec.groups}
    expanding = {group.group_id for group in spec.groups if group.expand is not None}

    def above(task: TaskSpec) -> list[str]:
        found, at = [], task.group
        while at is not None and at in parents:
            found.append(at)
            at = parents[at]
        return found

    groups = [above(task) for task in order]
    missing = len(gone)
    return GridTasks(
        id=[task.task_id for task in order] + gone,
        label=[task.task_display_name or _short(task) for task in order] + gone,
        group=[places[found[0]] if found else -1 for found in groups] + [-1] * missing,
        depth=[len(found) for found in groups] + [0] * missing,
        mapped=[
            task.expand is not None or not expanding.isdisjoint(found)
            for task, found in zip(order, groups, strict=True)
        ]
        + [False] * missing,
        operator=[task.operator_name or task.operator for task in order] + [""] * missing,
        removed=[False] * len(order) + [True] * missing,
    )


def groups_of(spec: DagSpec) -> GridGroups:
    """The groups of a DAG, outer before inner ones."""
    groups = _outer_first(spec)
    places = {group.group_id: place for place, group in enumerate(groups)}
    return GridGroups(
        id=[group.group_id for group in groups],
        label=[group.display_name or group.group_id.rpartition(".")[2] for group in groups],
        parent=[places.get(group.parent, -1) if group.parent is not None else -1 for group in groups],
        mapped=[group.expand is not None for group in groups],
    )


def _outer_first(spec: DagSpec):  # type: ignore[no-untyped-def]
    parents = {group.group_id: group.parent for group in spec.groups}

    def depth(group_id: str) -> int:
        found, at = 0, parents.get(group_id)
        while at is not None and at in parents:
            found += 1
            at = parents[at]
        return found

    return sorted(spec.groups, key=lambda group: depth(group.group_id))


def _short(task: TaskSpec) -> str:
    """The id without that of the group it starts with."""
    prefix = f"{task.group}." if task.group else ""
    return task.task_id.removeprefix(prefix)
