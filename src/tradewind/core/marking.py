"""What it does to a run when a user marks a task instance or the run itself.

Called by `store.actions` for the API, the CLI and the UI.  Changes the view; the caller writes the decisions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tradewind.core.clearing import clear
from tradewind.core.flow import Decision, RunFact, TaskDecision, step_run
from tradewind.core.machine import Fact, step
from tradewind.core.phrases import say
from tradewind.core.view import RunView, TaskView
from tradewind.errors import InvalidError
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import FINISHED, DagRunState, TaskInstanceState

S = TaskInstanceState
_MARKS = {S.SUCCESS: Fact.MARKED_SUCCESS, S.FAILED: Fact.MARKED_FAILED, S.SKIPPED: Fact.MARKED_SKIPPED}
_AT_WORK = frozenset({S.RUNNING, S.RESTARTING, S.DEFERRED, S.UP_FOR_RESCHEDULE, S.AWAITING_INPUT})


def mark_tasks(run: RunView, tasks: Iterable[TaskView], state: TaskInstanceState, now: datetime) -> list[Decision]:
    """Give these instances `state`; those that have it stay as they are.

    What failed below a marked task (failed or upstream_failed) is cleared, so that the run goes on with the
    new fact. Raises `InvalidError` for a state that cannot be marked.
    """
    try:
        fact = _MARKS[state]
    except KeyError:
        raise InvalidError(
            f"a task cannot be marked {state.value!r}", fix="mark it success, failed or skipped"
        ) from None
    decisions: list[Decision] = []
    marked: dict[TaskKey, None] = {}
    for task in tasks:
        if task.state is not state:
            decisions.append(TaskDecision(step(task, fact, now)))
            run.recount(task)
            marked[task.key] = None
    following = [run.tasks[key] for key in _below(run, marked)]
    decisions.extend(clear(run, following, now, only_failed=True))
    return decisions


def _below(run: RunView, marked: Iterable[TaskKey]) -> list[TaskKey]:
    """The instances of the tasks below, in a mapped group those with the same map index only."""
    names = {key.task_id for key in marked}
    below: dict[TaskKey, None] = {}
    for task_id, index in marked:
        for other in run.graph.downstream(task_id) if task_id in run.graph.order else ():
            if other in names:
                continue
            if run.graph.same_mapped_group(task_id, other):
                keys = [key for key in (TaskKey(other, index),) if key in run.tasks]
            else:
                keys = run.instances.get(other, [])
            below.update(dict.fromkeys(keys))
    return list(below)


def mark_run(run: RunView, state: DagRunState, now: datetime) -> list[Decision]:
    """Give the run `state`, and its tasks what follows from that.

    success, failed: what is at work gets the same state, what waits is skipped, what ended stays as it ended;
    teardowns that have not ended still run, and the run ends after them.  queued: the run is looked at anew, its
    tasks stay.
    """
    if state is DagRunState.QUEUED:
        return [step_run(run, RunFact.CLEARED, now, reason=str(say("recorded.marked_queued")))]
    if state is DagRunState.RUNNING:
        raise InvalidError("a run cannot be marked 'running'", fix="mark it success, failed or queued")
    decisions: list[Decision] = []
    pending_teardown = False
    for task in run.tasks.values():
        if task.spec.is_teardown and task.state not in FINISHED:
            pending_teardown = True
            continue
        if task.state in FINISHED:
            continue
        at_work = Fact.MARKED_SUCCESS if state is DagRunState.SUCCESS else Fact.MARKED_FAILED
        fact = at_work if task.state in _AT_WORK else Fact.MARKED_SKIPPED
        decisions.append(TaskDecision(step(task, fact, now, reason=str(say("recorded.run_marked", state=state.value)))))
        run.recount(task)
    if not pending_teardown and run.state is not state:
        mark = RunFact.MARKED_SUCCESS if state is DagRunState.SUCCESS else RunFact.MARKED_FAILED
        decisions.append(step_run(run, mark, now))
    return decisions
