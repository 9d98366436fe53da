"""Why does it wait?  Beyond Airflow's API, so under a prefix of its own."""

from __future__ import annotations

from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context
from tradewind.server.models.explain import ExplanationResponse, explanation_answer
from tradewind.server.params import DagId, MapIndex, RunId, TaskId
from tradewind.spec.ids import NOT_MAPPED, TaskKey

router = api_router("Explain", VIEWER, prefix=BEYOND)


@router.get("/explain/dags/{dag_id}", responses=errors(404))
def explain_dag(context: Context, dag_id: DagId) -> ExplanationResponse:
    """Why a DAG makes no new run, or when the next one comes."""
    return explanation_answer(context.store.reads.explain.dag(dag_id, context.now(), context.lease_ttl))


@router.get("/explain/dags/{dag_id}/dagRuns/{dag_run_id}", responses=errors(404))
def explain_dag_run(context: Context, dag_id: DagId, dag_run_id: RunId) -> ExplanationResponse:
    """Why a run does not start or go on, or how it ended."""
    return explanation_answer(context.store.reads.explain.run(dag_id, dag_run_id, context.now(), context.lease_ttl))


@router.get("/explain/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}", responses=errors(404))
def explain_task_instance(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndex = NOT_MAPPED
) -> ExplanationResponse:
    """Why a task instance waits, or how it ended; of a mapped task without an index, why its instances wait."""
    key = TaskKey(task_id, map_index)
    return explanation_answer(
        context.store.reads.explain.task(dag_id, dag_run_id, key, context.now(), context.lease_ttl)
    )
