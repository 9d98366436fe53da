"""When deadlines are due, and whether what they ask for has happened.  Called by `services.deadlines` and
`services.absences`.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from tradewind.core.graph import Graph
from tradewind.core.view import RunView
from tradewind.spec.dag import DagSpec
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.moments import later
from tradewind.spec.schedule import Interval
from tradewind.spec.states import FINISHED, FINISHED_RUN, DagRunState, DagRunType

_ANEW = frozenset({"queued_at", "not_started", "average_runtime"})
"""References that a clear moves: they count from when the run was queued, or planned."""


def planned(run: RunView) -> list[tuple[str, int, DeadlineSpec]]:
    """The deadlines of the run's DAG (task id empty) and of its tasks, with their places."""
    found = [("", number, spec) for number, spec in enumerate(run.spec.deadlines)]
    for task in run.spec.tasks:
        found += [(task.task_id, number, spec) for number, spec in enumerate(task.deadlines)]
    return found


def due_at(
    spec: DeadlineSpec,
    run: RunView,
    now: datetime,
    *,
    seconds: float,
    average: float | None,
    due_since: datetime | None = None,
    anew: bool = False,
) -> datetime | None:
    """When a deadline of the run is due; None when it does not apply.

    `seconds`: its interval; `average`: seconds that runs of the DAG take, when enough of them succeeded; `due_since`:
    fire times of the DAG before it were not due; `anew`: the run was cleared.  Then a deadline that would be due
    already does not apply, unless the clear moved it.
    """
    if anew:
        due_since = None
    due = _due_at(spec, run, now, seconds, average, due_since)
    if anew and due is not None and due <= now and spec.reference not in _ANEW:
        return None
    return due


def _due_at(
    spec: DeadlineSpec,
    run: RunView,
    now: datetime,
    seconds: float,
    average: float | None,
    due_since: datetime | None,
) -> datetime | None:
    reference: datetime | None
    match spec.reference:
        case "logical_date":
            reference = run.logical_date
        case "queued_at":
            reference = run.queued_at
        case "not_started":
            # a run that was made late was due at its fire time
            scheduled = run.run_type is DagRunType.SCHEDULED
            fired = scheduled and due_since is not None and due_since <= run.run_after
            reference = min(run.run_after, run.queued_at or run.run_after) if fired else run.queued_at
        case "fixed":
            reference = spec.at
        case "interval_end":
            reference = run.interval.end if run.interval is not None else run.logical_date
        case "average_runtime":
            reference = None if average is None else later(now, average)
        case "custom":
            reference = None  # only the code of the user knows
    return None if reference is None else later(reference, seconds)


def is_met(spec: DeadlineSpec, run: RunView, task_id: str, due: datetime) -> bool:
    """Whether what the deadline asks for had happened when it was due."""
    if spec.reference == "not_started":
        return run.state is not DagRunState.QUEUED and (run.start_date is None or run.start_date <= due)
    if not task_id:
        return run.state in FINISHED_RUN and (run.end_date is None or run.end_date <= due)
    tasks = [run.tasks[key] for key in run.instances.get(task_id, ())]
    if run.state in FINISHED_RUN and not tasks:
        return True
    return all(task.state in FINISHED and (task.end_date is None or task.end_date <= due) for task in tasks)


def id_of_fire_time(dag_id: str, run_id: str, number: int) -> str:
    """The id of a `not_started` deadline of a fire time, whether it makes a run or not: it is told of once."""
    digest = hashlib.sha256(f"not_started\n{dag_id}\n{run_id}\n{number}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def absent_run(
    dag_id: str, run_id: str, pk: int, run_after: datetime, logical_date: datetime | None, interval: Interval | None
) -> RunView:
    """The run that a fire time should have made, for those who are told that it did not."""
    spec = DagSpec(dag_id=dag_id)
    return RunView(
        pk=pk,
        dag_id=dag_id,
        run_id=run_id,
        run_type=DagRunType.SCHEDULED,
        state=DagRunState.QUEUED,
        revision=0,
        version_id=0,
        run_after=run_after,
        spec=spec,
        graph=Graph(spec),
        logical_date=logical_date,
        interval=interval,
    )
