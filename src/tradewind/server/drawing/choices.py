"""All that a filter of a list matches, by name, so that people act on it as on what they chose one by one.

The names go into the requests that act (`clearDagRuns`, bulk changes, clears and marks): what is done is exactly what
was looked at, whatever begins to match meanwhile.
"""

from __future__ import annotations

from fastapi import HTTPException

from tradewind.errors import TradewindError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import VIEWER, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import router as make_router
from tradewind.server.drawing.dag_list import WhichDags
from tradewind.server.drawing.grid import WhichInstances
from tradewind.server.drawing.run_list import WhichRuns
from tradewind.server.errors import describe
from tradewind.server.models.common import Answer
from tradewind.server.models.previews import (
    RefusedRun,
    RunsActionPreviewBody,
    RunsActionPreviewResponse,
    TouchedRuns,
)
from tradewind.server.params import DagId, RunId, TaskId
from tradewind.store.previews import clear_preview, mark_run_preview

router = make_router()
previews = api_router("Preview", VIEWER, prefix=BEYOND)
MOST = 5000
"""Runs, or task instances, that are named at once."""
MOST_DAGS = 1000


class RunName(Answer):
    """A run."""

    dag_id: str
    run_id: str


class MatchingRunsResponse(Answer):
    """The runs that a filter matches, in the order of the list."""

    runs: list[RunName]
    more: bool
    """There are more than are named here."""


class DagChoice(Answer):
    """A DAG that can be acted upon."""

    dag_id: str
    name: str
    paused: bool


class MatchingDagsResponse(Answer):
    """The DAGs that a filter matches, by their ids."""

    dags: list[DagChoice]
    more: bool


class MatchingInstancesResponse(Answer):
    """The map indexes of the instances that a filter matches."""

    map_index: list[int]
    more: bool


@router.get("/runs-matching", responses=errors(404))
def list_matching_runs(context: Context, which: WhichRuns) -> MatchingRunsResponse:
    """All runs that the filters of the list of runs match, up to 5,000."""
    names, more = context.store.reads.runs.names(which, MOST)
    return MatchingRunsResponse(runs=[RunName(dag_id=dag_id, run_id=run_id) for dag_id, run_id in names], more=more)


@router.get("/dags-matching", responses=errors())
def list_matching_dags(context: Context, which: WhichDags) -> MatchingDagsResponse:
    """All DAGs that the filters of the list of DAGs match, up to 1,000."""
    rows, more = context.store.reads.dag_list.names_of(which, MOST_DAGS)
    return MatchingDagsResponse(
        dags=[DagChoice(dag_id=dag_id, name=name, paused=paused) for dag_id, name, paused in rows], more=more
    )


@router.get("/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/instances-matching", responses=errors(404))
def list_matching_instances(
    context: Context, dag_id: DagId, run_id: RunId, task_id: TaskId, which: WhichInstances
) -> MatchingInstancesResponse:
    """All instances of a mapped task that the filters of their list match, up to 5,000."""
    indexes, more = context.store.reads.run_tasks.map_indexes(
        dag_id, run_id, task_id, MOST, states=which.states, named=which.name
    )
    return MatchingInstancesResponse(map_index=indexes, more=more)


@previews.post("/preview/runs", responses=errors(404))
def preview_runs(context: Context, user: User, body: RunsActionPreviewBody) -> RunsActionPreviewResponse:
    """What an action on several runs touches, all together, and which of them refuse it."""
    if body.action == "mark" and body.new_state is None:
        raise HTTPException(400, "new_state is missing: say success or failed")
    parts: dict[str, TouchedRuns] = {}
    refused: list[RefusedRun] = []
    unfinished = 0
    for run in body.dag_runs:
        try:
            touched, open_runs = _touched(context, body, run.dag_id, run.dag_run_id)
        except TradewindError as error:
            refused.append(RefusedRun(dag_id=run.dag_id, dag_run_id=run.dag_run_id, why=describe(error)))
            continue
        unfinished += open_runs
        for part in touched:
            known = parts.setdefault(part.dag_id, TouchedRuns(dag_id=part.dag_id, runs=[], tasks={}, task_instances=0))
            known.runs = list(dict.fromkeys([*known.runs, *part.runs]))
            for task_id, count in part.tasks.items():
                known.tasks[task_id] = known.tasks.get(task_id, 0) + count
            known.task_instances += part.task_instances
    return RunsActionPreviewResponse(
        parts=list(parts.values()),
        task_instances=sum(part.task_instances for part in parts.values()),
        unfinished=unfinished,
        refused=refused,
    )


def _touched(
    context: ServerContext, body: RunsActionPreviewBody, dag_id: str, run_id: str
) -> tuple[list[TouchedRuns], int]:
    """What the action touches of one run, by DAG, and whether it is not over."""
    now = context.now()
    if body.action == "delete":
        found = context.store.previews.delete_run(dag_id, run_id)
        part = TouchedRuns(dag_id=dag_id, runs=[run_id], tasks={}, task_instances=found.task_instances)
        return [part], found.unfinished
    if body.action == "mark":
        assert body.new_state is not None
        marked = context.store.actions.set_run_state(dag_id, run_id, body.new_state, dry_run=True, now=now)
        run = context.store.reads.runs.get(dag_id, run_id)
        told = mark_run_preview(dag_id, run_id, None if run is None else run["state"], body.new_state, marked)
        return [TouchedRuns(dag_id=dag_id, runs=told.runs, tasks=told.tasks, task_instances=told.task_instances)], 0
    affected = context.store.actions.clear_run(
        dag_id, run_id, only_failed=body.only_failed, dependents=body.include_dependent_dags, dry_run=True, now=now
    )
    cleared = clear_preview(dag_id, affected)
    return [
        TouchedRuns(dag_id=each.dag_id, runs=each.runs, tasks=each.tasks, task_instances=each.task_instances)
        for each in (cleared.own, *cleared.dependents)
    ], 0
