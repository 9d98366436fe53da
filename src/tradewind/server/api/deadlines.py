"""Deadlines of runs and tasks.  Airflow tells only its own pages of them, so they lie under a prefix of ours."""

from __future__ import annotations

from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import VIEWER
from tradewind.server.context import Context
from tradewind.server.models.common import cursors
from tradewind.server.models.deadlines import DeadlineCollectionResponse, deadline_answer
from tradewind.server.params import ALL, CursorPaged, DagId, RunId

router = api_router("Deadlines", VIEWER, prefix=BEYOND)


@router.get("/dags/{dag_id}/dagRuns/{dag_run_id}/deadlines", responses=errors())
def get_dag_run_deadlines(
    context: Context, dag_id: DagId, dag_run_id: RunId, page: CursorPaged, missed: bool | None = None
) -> DeadlineCollectionResponse:
    """Deadlines, earliest first; `~` stands for all DAGs, or all runs."""
    rows = context.store.reads.deadlines.page(
        page, None if dag_id == ALL else dag_id, None if dag_run_id == ALL else dag_run_id, missed=missed
    )
    return DeadlineCollectionResponse(deadlines=[deadline_answer(row) for row in rows.items], **cursors(rows))
