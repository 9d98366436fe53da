"""Links of task instances to other systems."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import Query

from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import PREFIX, api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.common import Answer
from tradewind.server.params import DagId, MapIndex, RunId, TaskId
from tradewind.spec.dag import TaskSpec
from tradewind.store.reads import Row

router = api_router("Extra Links", VIEWER, prefix=f"{PREFIX}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}/taskInstances")


class ExtraLinkCollectionResponse(Answer):
    """Name of a link -> its address; null while it is not known."""

    extra_links: dict[str, str | None]
    total_entries: int


@router.get("/{task_id}/links", tags=["Task Instance"], responses=errors(404))
def get_extra_links(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    map_index: MapIndex = -1,
    try_number: Annotated[int | None, Query(ge=0)] = None,
) -> ExtraLinkCollectionResponse:
    """The links of a task instance; those of its last try, whatever `try_number` says."""
    row = context.store.reads.task_instances.get(dag_id, dag_run_id, task_id, map_index)
    if row is None:
        raise NotFoundError(f"run {dag_run_id!r} of DAG {dag_id!r} has no task {task_id!r}")
    found = links_of(context, row, row["spec"].task(task_id) if row["spec"] else None)
    return ExtraLinkCollectionResponse(extra_links=found, total_entries=len(found))


def links_of(context: ServerContext, row: Row, task: TaskSpec | None) -> dict[str, str | None]:
    """The links of a row of `task_instance`."""
    found: dict[str, str | None] = {}
    for name, key in task.extra_links if task is not None else ():
        stored = context.store.reads.xcoms.get(row["dag_id"], row["run_id"], row["task_id"], key, row["map_index"])
        value = None if stored is None else json.loads(stored["value"])
        # only what a browser may open: an address of `javascript:` must not become a link
        found[name] = value if isinstance(value, str) and value.startswith(("http://", "https://")) else None
    return found
