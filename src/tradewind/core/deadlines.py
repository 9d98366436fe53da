"""When deadlines are due, and whether what they ask for has happened.  Called by `services.deadlines`."""

from __future__ import annotations

from datetime import datetime

from tradewind.core.view import RunView
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.moments import later
from tradewind.spec.states import FINISHED, FINISHED_RUN, DagRunState


def planned(run: RunView) -> list[tuple[str, int, DeadlineSpec]]:
    """The deadlines of the run's DAG (task id empty) and of its tasks, with their places."""
    found = [("", number, spec) for number, spec in enumerate(run.spec.deadlines)]
    for task in run.spec.tasks:
        found += [(task.task_id, number, spec) for number, spec in enumerate(task.deadlines)]
    return found


def due_at(
    spec: DeadlineSpec, run: RunView, now: datetime, *, seconds: float, average: float | None
) -> datetime | None:
    """When a deadline of the run is due; None when it does not apply.

    `seconds`: its interval; `average`: seconds that runs of the DAG take, when enough of them succeeded.
    """
    reference: datetime | None
    match spec.reference:
        case "logical_date":
            reference = run.logical_date
        case "queued_at" | "not_started":
            reference = run.queued_at
        case "fixed":
            reference = spec.at
        case "interval_end":
            reference = run.interval.end if run.interval is not None else run.logical_date
        case "average_runtime":
            reference = None if average is None else later(now, average)
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
