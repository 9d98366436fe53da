"""What follows in a run when something happened in it: readiness, skips, failures, the end.

Called by `services.scheduler`: `settle` after a load, `after` with the task instances that changed.  Both
change the view through `core.machine.step` and return what they decided, in order.  The cost of `after` is
that of the changed tasks' direct downstream, and on from there as decisions cascade.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tradewind.core import mapping, trigger_rules
from tradewind.core.machine import Fact, Transition, step
from tradewind.core.mapping import End, Growth
from tradewind.core.phrases import say
from tradewind.core.trigger_rules import Verdict
from tradewind.core.view import TIMED, RunView, TaskView, Upstream
from tradewind.errors import IllegalTransitionError
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.moments import later
from tradewind.spec.states import (
    FAILED_STATES,
    FINISHED,
    FINISHED_RUN,
    SUCCESS_STATES,
    DagRunState,
    DagRunType,
    TaskInstanceState,
    TriggerRule,
)


class RunFact(StrEnum):
    """What can happen to a run."""

    STARTED = "started"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    OVERTAKEN = "overtaken"
    """A newer run was due and the DAG's overlap policy ends the older one."""
    CLEARED = "cleared"
    MARKED_SUCCESS = "marked_success"
    MARKED_FAILED = "marked_failed"


_LEAVES_EXPLAINED = 20
"""The reason of a failed run looks above so many of its leaves."""

R = DagRunState
S = TaskInstanceState
RUN_TABLE: dict[tuple[DagRunState, RunFact], DagRunState] = {
    (R.QUEUED, RunFact.STARTED): R.RUNNING,
    (R.RUNNING, RunFact.SUCCEEDED): R.SUCCESS,
    (R.RUNNING, RunFact.FAILED): R.FAILED,
    (R.RUNNING, RunFact.TIMED_OUT): R.FAILED,
    (R.RUNNING, RunFact.OVERTAKEN): R.FAILED,
    (R.QUEUED, RunFact.OVERTAKEN): R.FAILED,
    # A running run goes on with its cleared tasks; one that ended queues up again behind `max_active_runs`.
    (R.RUNNING, RunFact.CLEARED): R.RUNNING,
    (R.QUEUED, RunFact.CLEARED): R.QUEUED,
    (R.SUCCESS, RunFact.CLEARED): R.QUEUED,
    (R.FAILED, RunFact.CLEARED): R.QUEUED,
    **{(state, RunFact.MARKED_SUCCESS): R.SUCCESS for state in DagRunState},
    **{(state, RunFact.MARKED_FAILED): R.FAILED for state in DagRunState},
}
"""(state, fact) -> the next state of a run."""


@dataclass(frozen=True, slots=True)
class TaskDecision:
    """A task instance changed."""

    transition: Transition


@dataclass(frozen=True, slots=True)
class RunDecision:
    """The run changed."""

    from_state: DagRunState
    to_state: DagRunState
    reason: str
    fact: RunFact
    values: dict[str, object] = field(default_factory=dict)
    """Columns of `dag_run` to write besides the state."""


Decision = TaskDecision | RunDecision | Growth


def step_run(run: RunView, fact: RunFact, now: datetime, *, reason: str = "") -> RunDecision:
    """Let `fact` happen to the run: change the view, return what to write.

    Raises `IllegalTransitionError` when the table has no arrow.
    """
    before = run.state
    try:
        after_state = RUN_TABLE[before, fact]
    except KeyError:
        raise IllegalTransitionError(
            f"run {run.run_id!r} of DAG {run.dag_id!r} is {before.value}; nothing follows there from {fact.value!r}"
        ) from None
    values: dict[str, object] = {}
    if fact is RunFact.STARTED:
        run.start_date, run.end_date = now, None
        values.update(start_date=now, end_date=None)
    elif fact is RunFact.CLEARED:
        run.clear_number += 1
        values["clear_number"] = run.clear_number
        if after_state is R.QUEUED:
            run.queued_at, run.start_date, run.end_date = now, None, None
            values.update(queued_at=now, start_date=None, end_date=None)
    elif before not in FINISHED_RUN:
        run.start_date = run.start_date or now
        run.end_date = now
        values.update(start_date=run.start_date, end_date=now)
    run.state = after_state
    text = reason or str(say(f"recorded.{fact.value}"))
    values["reason"] = text
    return RunDecision(before, after_state, text, fact, values)


def settle(run: RunView, now: datetime) -> list[Decision]:
    """Decide all that can be decided in the run, looking at every task instance.

    Empty when the run is not running.  For use after a load; afterwards `after` is enough.
    """
    waiting = []
    for task in run.tasks.values():
        run.recount(task)
        if task.state is None:
            waiting.append(task)
    if run.state is not R.RUNNING:
        return []
    order = run.graph.order
    waiting.sort(key=lambda task: (order.get(task.key.task_id, -1), task.key.map_index))
    decisions: list[Decision] = []
    _cascade(run, waiting, now, decisions)
    _end(run, now, decisions)
    return decisions


def after(run: RunView, changed: Iterable[TaskKey], now: datetime) -> list[Decision]:
    """Decide what follows from the change of these task instances (already made, by `machine.step`).

    Instances that changed into no status are looked at themselves.  Empty when the run is not running; the
    counters are brought up to date all the same.  Calling it again with the same keys decides nothing more.
    Facts that are simultaneous belong into one call: then their order does not matter, what a branch decided against is
    skipped before anything else is looked at.
    """
    todo: list[TaskView] = []
    failed_fast: list[TaskView] = []
    deciders: list[TaskView] = []
    for key in tuple(changed):
        task = run.tasks[key]
        before = task.counted
        newly_failed = task.state is TaskInstanceState.FAILED and before is not TaskInstanceState.FAILED
        if run.recount(task):
            todo.extend(_affected(run, task))
            if task.skips and task.state is TaskInstanceState.SUCCESS:
                deciders.append(task)
        if task.state is None:
            todo.append(task)
        else:
            run.held_by_past.discard(key)
        if newly_failed and run.spec.fail_fast:
            failed_fast.append(task)
    decisions: list[Decision] = []
    if run.state is not R.RUNNING:
        return decisions
    for task in deciders:
        todo.extend(_skip(run, task, now, decisions))
    if failed_fast:
        todo.extend(_fail_fast(run, failed_fast, now, decisions))
    _cascade(run, todo, now, decisions)
    _end(run, now, decisions)
    return decisions


def _skip(run: RunView, by: TaskView, now: datetime, decisions: list[Decision]) -> list[TaskView]:
    """Skip what a branch or short circuit decided against, directly below it or not, as far as it waits or is
    scheduled; returns what changed or waits for that.  Ids that have no instance in this run mean nothing."""
    reason = _skipped_by(by.key)
    concerned: list[TaskView] = []
    for task_id in dict.fromkeys(by.skips):
        for key in _to_skip(run, by.key, task_id):
            task = run.tasks[key]
            if task.state is None or task.state is TaskInstanceState.SCHEDULED:
                decisions.append(TaskDecision(step(task, Fact.UPSTREAM_SKIPPED, now, reason=reason)))
                run.held_by_past.discard(key)
                if run.recount(task):
                    concerned.extend(_affected(run, task))
    return concerned


def _to_skip(run: RunView, by: TaskKey, task_id: str) -> list[TaskKey]:
    """The instances of `task_id` that an instance may skip: in its mapped group the one with its own map index; one of
    many does not skip what comes after all of them."""
    if by.map_index == NOT_MAPPED:
        return list(run.instances.get(task_id, ()))
    if not run.graph.same_mapped_group(by.task_id, task_id):
        return []
    # one that is not expanded yet finds out by itself what was decided against it
    key = TaskKey(task_id, by.map_index)
    return [key] if key in run.tasks else []


def _skipped_by(key: TaskKey) -> str:
    if key.map_index == NOT_MAPPED:
        return str(say("recorded.skipped_by", task=key.task_id))
    return str(say("recorded.skipped_by_index", task=key.task_id, index=key.map_index))


def due(run: RunView, now: datetime) -> list[TaskKey]:
    """The instances whose wait for a retry or a reschedule is over, earliest first."""
    ready = [
        (task.next_at, key)
        for key in run.timed
        if (task := run.tasks[key]).state in TIMED and task.next_at is not None and task.next_at <= now
    ]
    return [key for _, key in sorted(ready)]


def next_due(run: RunView) -> datetime | None:
    """When the next wait for a retry or a reschedule ends."""
    waits = (run.tasks[key] for key in run.timed)
    return min((t.next_at for t in waits if t.next_at is not None and t.state in TIMED), default=None)


def timeout_at(run: RunView) -> datetime | None:
    """When the run will have taken too long; None without a `dagrun_timeout` or before it started."""
    if run.spec.dagrun_timeout is None or run.start_date is None or run.state is not R.RUNNING:
        return None
    return later(run.start_date, run.spec.dagrun_timeout)


def timed_out(run: RunView, now: datetime) -> list[Decision]:
    """End a run that took longer than its `dagrun_timeout`: what runs fails, what waits is skipped, the run
    fails.

    Empty when it is not time.
    """
    deadline = timeout_at(run)
    if deadline is None or now < deadline:
        return []
    reason = str(say("recorded.timeout", limit=f"{run.spec.dagrun_timeout:g} s"))
    return _cut_short(run, RunFact.TIMED_OUT, reason, now)


def overtaken(run: RunView, by: str, now: datetime) -> list[Decision]:
    """End a queued or running run because the newer run `by` (its id) is due: overlap policy `cancel_running`."""
    return _cut_short(run, RunFact.OVERTAKEN, f"run {by} was due and the DAG has overlap='cancel_running'", now)


def _cut_short(run: RunView, fact: RunFact, reason: str, now: datetime) -> list[Decision]:
    decisions: list[Decision] = []
    text = "" if fact is RunFact.TIMED_OUT else reason
    for task in run.tasks.values():
        if task.state not in FINISHED:
            decisions.append(TaskDecision(step(task, Fact.RUN_TIMED_OUT, now, reason=text)))
            run.recount(task)
    decisions.append(step_run(run, fact, now, reason=reason))
    return decisions


def _affected(run: RunView, task: TaskView) -> list[TaskView]:
    """The waiting instances whose counters the end of `task` moved, as far as that can change what is decided."""
    task_id, index = task.key
    graph = run.graph
    watchers = graph.setup_watchers.get(task_id, ())
    inner = graph.inner.get(task_id)
    below: Iterable[str] = task.spec.downstream if inner is None else graph.outer[task_id]
    if watchers:
        below = (*below, *(w for w in watchers if not graph.same_mapped_group(task_id, w)))
        if inner is not None:
            inner = (*inner, *(w for w in watchers if graph.same_mapped_group(task_id, w)))
    found = []
    for other in below:
        waiting = run.waiting.get(other)
        if not waiting or (len(waiting) > 1 and _all_wait(run, other) and not _decides(run, task, other)):
            continue
        found += [run.tasks[key] for key in waiting if run.tasks[key].state is None]
    for other in graph.consumers.get(task_id, ()):
        keys = run.waiting.get(other, ()) if _decides(run, task, other) else (TaskKey(other),)
        found += [run.tasks[key] for key in keys if key in run.tasks and run.tasks[key].state is None]
    for other in inner or ():
        one = run.tasks.get(TaskKey(other, index))
        if one is not None and one.state is None:
            found.append(one)
    return found


def _decides(run: RunView, source: TaskView, task_id: str) -> bool:
    """Whether the end of `source` ends all instances of a task that is mapped over its result."""
    lost = source.key.map_index == NOT_MAPPED and source.state is not S.SUCCESS
    return lost and source.key.task_id in mapping.sources(run, task_id)


def _all_wait(run: RunView, task_id: str) -> bool:
    """Whether nothing can be decided yet about any of the many instances of a task: asked once for all of them, so that
    ten thousand that wait for ten thousand others cost nothing.

    What an instance waits for in its own group only moves when something of that group ends, which looks at it.
    """
    if task_id in run.setups or task_id not in run.graph.tasks:
        return False
    rule = run.graph.tasks[task_id].trigger_rule
    return trigger_rules.evaluate(rule, run.upstream[task_id]) is Verdict.WAIT


def _cascade(run: RunView, todo: list[TaskView], now: datetime, decisions: list[Decision]) -> None:
    """Decide the given instances and everything that follows, first come first served."""
    at = 0
    while at < len(todo):
        task = todo[at]
        at += 1
        if task.state is not None:
            continue
        decided = _decide(run, task, now)
        if isinstance(decided, Growth):
            decisions.append(decided)
            if task.key not in run.expanding:
                todo.append(task)  # once more, as one of many
            todo.extend(decided.added)
            if decided.moved is not None:
                todo.extend(mapping.siblings(run, task.key.task_id))
        elif decided is not None:
            decisions.append(TaskDecision(decided))
            run.held_by_past.discard(task.key)
            if run.recount(task):
                todo.extend(_affected(run, task))


def _decide(run: RunView, task: TaskView, now: datetime) -> Transition | Growth | None:
    """What becomes of one waiting instance; None while it must wait."""
    outside = _outside(run, task)
    if outside:
        return step(task, Fact.REMOVED, now, reason=outside)
    spec = task.spec
    mapped = spec.task_id in run.graph.expansion
    if mapped and (end := mapping.why_not(run, spec.task_id)) is not None:
        return step(task, end.fact, now, reason=end.reason)
    counters = run.upstream_of(task.key)
    verdict, about = _verdict(run, task, counters)
    if verdict is Verdict.WAIT:
        return None
    if verdict is Verdict.SKIP and spec.wait_for_past_depends_before_skipping and not past_allows(run, task):
        run.held_by_past.add(task.key)
        return None
    if verdict is Verdict.RUN:
        if not past_allows(run, task):
            run.held_by_past.add(task.key)
            return None
        if mapped:
            if task.key.map_index == NOT_MAPPED:
                growth = mapping.unfold(run, task)
                return step(task, growth.fact, now, reason=growth.reason) if isinstance(growth, End) else growth
            growth = mapping.revise(run, task)
            if growth is not None:
                return step(task, growth.fact, now, reason=growth.reason) if isinstance(growth, End) else growth
        return step(task, Fact.NOTHING_TO_DO if spec.does_nothing else Fact.READY, now)
    fact = Fact.UPSTREAM_SKIPPED if verdict is Verdict.SKIP else Fact.UPSTREAM_FAILED
    return step(task, fact, now, reason=about or str(trigger_rules.describe(spec.trigger_rule, counters)))


def _verdict(run: RunView, task: TaskView, counters: Upstream) -> tuple[Verdict, str]:
    """What the setups further up and the trigger rule say, and a reason if it is not the rule's."""
    spec = task.spec
    if run.deciders and (decider := _decided_against(run, task)) is not None:
        return Verdict.SKIP, _skipped_by(decider)
    setups = run.setups_of(task.key)
    if setups is not None and spec.trigger_rule is not TriggerRule.ALWAYS:
        verdict = trigger_rules.setup_constraint(setups)
        if verdict is not Verdict.RUN:
            return verdict, str(say("recorded.setup_failed"))
    return trigger_rules.evaluate(spec.trigger_rule, counters), ""


def _decided_against(run: RunView, task: TaskView) -> TaskKey | None:
    """The branch right above that decided against the instance, if any: it holds when the task is cleared alone."""
    key = task.key
    for above in task.spec.upstream:
        deciders = run.deciders.get(above)
        if not deciders:
            continue
        index = key.map_index if run.graph.same_mapped_group(above, key.task_id) else NOT_MAPPED
        decider = TaskKey(above, index)
        if decider in deciders and key.task_id in run.tasks[decider].skips:
            return decider
    return None


def past_allows(run: RunView, task: TaskView) -> bool:
    """Whether `depends_on_past`, `depends_on_previous_task_ids` and `wait_for_downstream` let the instance run."""
    spec = task.spec
    if not (spec.depends_on_past or spec.wait_for_downstream) or run.past is None:
        return True
    for name in spec.depends_on_previous:
        if name not in run.past:
            if not spec.ignore_first_depends_on_past:
                return False
        elif run.past[name] not in SUCCESS_STATES:
            return False
    if spec.depends_on_previous and not spec.wait_for_downstream:
        return True
    if spec.task_id not in run.past:
        return spec.ignore_first_depends_on_past
    if run.past[spec.task_id] not in SUCCESS_STATES:
        return False
    if spec.wait_for_downstream:
        return all(run.past[below] in SUCCESS_STATES for below in spec.downstream if below in run.past)
    return True


def _outside(run: RunView, task: TaskView) -> str:
    """Why the instance is no part of this run, or an empty text: only some tasks were asked for, or the task has dates
    of its own.  Backfills may go where they are told."""
    spec, at = task.spec, run.logical_date
    if run.only_tasks is not None and spec.task_id not in run.only_tasks:
        return str(say("recorded.other_tasks"))
    if at is None or (spec.start_date is None and spec.end_date is None) or run.run_type is DagRunType.BACKFILL:
        return ""
    if spec.start_date is not None and at < spec.start_date:
        return str(say("recorded.task_too_early", at=at.isoformat(), start=spec.start_date.isoformat()))
    if spec.end_date is not None and at > spec.end_date:
        return str(say("recorded.task_too_late", at=at.isoformat(), end=spec.end_date.isoformat()))
    return ""


def _fail_fast(run: RunView, failed: list[TaskView], now: datetime, decisions: list[Decision]) -> list[TaskView]:
    """Stop all but the teardowns; returns the waiting instances that this concerns.

    What is below the failed task is upstream_failed, not skipped: otherwise the leaves of the run would all be skipped
    and a run that failed fast would count as a success.
    """
    reason = str(say("recorded.task_failed_fast", task=failed[0].key.task_id))
    names = {task.key.task_id for task in failed}
    below = {other for name in names if name in run.graph.tasks for other in run.graph.downstream(name)}
    concerned: list[TaskView] = []
    for task in run.tasks.values():
        if task.state in FINISHED or task.spec.is_teardown:
            continue
        fact = Fact.UPSTREAM_FAILED if task.state is None and task.key.task_id in below else Fact.FAIL_FAST
        decisions.append(TaskDecision(step(task, fact, now, reason=reason)))
        run.held_by_past.discard(task.key)
        if run.recount(task):
            concerned.extend(_affected(run, task))
    return concerned


def _end(run: RunView, now: datetime, decisions: list[Decision]) -> None:
    """End the run when all its instances ended: by its leaf tasks, as teardowns do not count."""
    if run.unfinished:
        return
    failed = [
        key.task_id
        for task_id in sorted(run.graph.leaves, key=run.graph.order.__getitem__)
        for key in run.instances.get(task_id, ())
        if run.tasks[key].state in FAILED_STATES
    ]
    if failed:
        decisions.append(step_run(run, RunFact.FAILED, now, reason=_why_failed(run, failed)))
    else:
        reason = str(say("recorded.leaves" if run.tasks else "recorded.no_tasks"))
        decisions.append(step_run(run, RunFact.SUCCEEDED, now, reason=reason))


def failed_by_tasks(reason: str | None) -> bool:
    """Whether this reason of a failed run is that tasks failed: nobody marked it, and it did not time out."""
    return reason is not None and reason.startswith(("task ", "tasks "))


def _why_failed(run: RunView, leaves: list[str]) -> str:
    """The tasks that failed themselves, as what is below them only followed; the leaves where none did."""
    above = set(leaves)
    for leaf in leaves[:_LEAVES_EXPLAINED]:
        above.update(run.graph.upstream(leaf))
    own = {
        task_id
        for task_id in above
        if any(run.tasks[key].state is TaskInstanceState.FAILED for key in run.instances.get(task_id, ()))
    }
    names = sorted(own or set(leaves), key=run.graph.order.__getitem__)
    return say("recorded.tasks_failed", count=len(names), tasks=", ".join(names))[:1000]
