"""The failed runs of a backfill that run again: which they are, and what of each.  Called by `store.backfills` (people
ask for it, or what it would touch) and `store.backfills_leader` (it is done).

One rule for both, so that what was shown is what happens.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from tradewind.core.clearing import select_instances
from tradewind.core.flow import failed_by_tasks
from tradewind.core.view import RunView, TaskView
from tradewind.spec.states import FAILED_STATES, DagRunState
from tradewind.store import tables
from tradewind.store.actions_views import load_views
from tradewind.store.reads.versions import VersionReads

_item, _run = tables.backfill_run.c, tables.dag_run.c
LOOKED_AT = 500
"""Most runs of which a preview names the tasks; the number of runs counts all."""


@dataclass(frozen=True, slots=True)
class RetryPreview:
    """What a retry lets run again."""

    dag_id: str
    sentence: str
    run_count: int
    runs: list[str]
    """Ids in the order of the backfill: the first `LOOKED_AT`; `tasks` and `task_instances` are of these."""
    tasks: dict[str, int]
    """Task -> how many of its instances."""
    task_instances: int
    at_once: int
    """Most runs that run at a time."""
    dag_is_paused: bool
    """The runs wait until it is unpaused."""


def failed_runs(backfill_id: int) -> Select[tuple[int]]:
    """The keys of its runs that failed; of those only that another backfill did not take over."""
    return select(_run.id).where(_run.backfill_id == backfill_id, _run.state == DagRunState.FAILED.value)


def failed_part(reason: str | None, view: RunView) -> list[TaskView]:
    """What of a failed run runs again: what failed and what is below it, or all when no task is what it failed by."""
    failed = [key.task_id for key, task in view.tasks.items() if task.state in FAILED_STATES]
    known = [task_id for task_id in dict.fromkeys(failed) if task_id in view.graph.order]
    if known and failed_by_tasks(reason) and not view.spec.fail_fast:
        return select_instances(view, known, downstream=True)
    return select_instances(view)


def preview(connection: Connection, versions: VersionReads, backfill: Row[Any], *, paused: bool) -> RetryPreview:
    """What a retry of this backfill would touch; `paused`: its DAG is."""
    mine = (_item.backfill_id == backfill.id, _item.dag_run_id.in_(failed_runs(backfill.id)))
    count = connection.scalar(select(func.count()).where(*mine)) or 0
    query = select(_item.dag_run_id).where(*mine).order_by(_item.ordinal).limit(LOOKED_AT)
    pks = list(connection.scalars(query))
    loaded = {row.id: (row, view) for row, view in load_views(connection, versions, pks, lock=False)}
    runs: list[str] = []
    tasks: Counter[str] = Counter()
    for row, view in (loaded[pk] for pk in pks if pk in loaded):
        runs.append(row.run_id)
        tasks.update(task.key.task_id for task in failed_part(row.reason, view))
    return RetryPreview(
        dag_id=backfill.dag_id,
        sentence=_sentence(backfill, count, tasks.total(), whole=count == len(runs)),
        run_count=count,
        runs=runs,
        tasks=dict(tasks),
        task_instances=tasks.total(),
        at_once=backfill.max_active_runs,
        dag_is_paused=paused,
    )


def _sentence(backfill: Row[Any], runs: int, instances: int, *, whole: bool) -> str:
    if not runs:
        return f"No run of backfill {backfill.id} of {backfill.dag_id} failed: nothing runs again."
    what = f"{instances:,} task instance{'' if instances == 1 else 's'}"
    more = "" if whole else f" of the first {LOOKED_AT}"
    return (
        f"Retrying backfill {backfill.id} of {backfill.dag_id} lets {runs:,} failed run{'' if runs == 1 else 's'} run "
        f"again, {what}{more}, up to {backfill.max_active_runs:,} at a time."
    )
