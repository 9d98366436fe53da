"""Why the instances of a mapped task wait, all of them together: so many for this, so many for that.

Of ten thousand instances those in one state wait for the same almost always: one of them is looked at for all, and how
they stand comes as counts, so that the answer costs what it costs for one.  Called by `store.reads.explain`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tradewind.core import trigger_rules
from tradewind.core.explain.facts import Condition, DagFacts, EngineFacts, Explanation
from tradewind.core.explain.tasks import conditions
from tradewind.core.phrases import Parts, Phrase, Seconds, Value, names, say
from tradewind.core.trigger_rules import Verdict
from tradewind.core.view import RunView, TaskView, Upstream
from tradewind.spec.states import FINISHED, DagRunState, TaskInstanceState

S = TaskInstanceState
Counts = Mapping[TaskInstanceState | None, int]


@dataclass(frozen=True, slots=True)
class Alike:
    """Instances of the task in one state, deferred ones by what they wait for."""

    task: TaskView
    """One of them; the view has it, and none but such ones of the task."""
    count: int
    next_at: datetime | None = None
    """When the first of them is due by itself."""
    started: datetime | None = None
    """When the first of them started."""


def mapped(
    view: RunView,
    task_id: str,
    groups: Sequence[Alike],
    above: Mapping[str, Counts],
    facts: DagFacts,
    engine: EngineFacts,
) -> Explanation:
    """Why the instances of the task wait.  `above`: how many instances of each task before it are in which state."""
    total = sum(group.count for group in groups)
    _count(view, task_id, above)
    unmet: dict[tuple[str, str], Condition] = {}
    if engine.left_out is not None and any(group.task.state not in FINISHED for group in groups):
        unmet["undecided", ""] = engine.left_out
    parts: list[str] = []
    for group in sorted(groups, key=lambda group: _ORDER.get(group.task.state, len(_ORDER))):
        if group.task.state in FINISHED:
            continue
        found = _found(view, group, above, facts, engine)
        parts.append(_told(view, group, total, found, engine))
        for condition in found:
            known = unmet.get((condition.name, condition.text))
            count = group.count + (known.count if known is not None else 0)
            unmet[condition.name, condition.text] = replace(condition, count=count)
    if engine.left_out is not None and parts:
        parts.insert(0, engine.left_out.text)
    sentence = say("mapped.task", task=task_id, parts=Parts(tuple(parts), ". ")) if parts else ""
    if not parts:
        sentence = say("mapped.ended", task=task_id, count=total, total=total)
    told = [_counted(condition, total) for condition in unmet.values()]
    return Explanation(
        "task",
        view.dag_id,
        None,
        sentence,
        run_id=view.run_id,
        task_id=task_id,
        unmet=tuple(told),
        clauses=tuple(parts),
    )


_ORDER = {
    S.RUNNING: 0,
    S.RESTARTING: 1,
    S.QUEUED: 2,
    S.SCHEDULED: 3,
    S.UP_FOR_RETRY: 4,
    S.UP_FOR_RESCHEDULE: 5,
    S.DEFERRED: 6,
    S.AWAITING_INPUT: 7,
    None: 8,
}


_SHARED = frozenset({"undecided", "run_ended", "run_queued", "dag_paused", "no_scheduler", "no_triggerer"})


def _counted(condition: Condition, total: int) -> Condition:
    """The condition with how many wait for it, where it is one of the instances and not of the run or the engine."""
    if condition.name in _SHARED or condition.count == total:
        return condition
    text = _say("mapped.waits", condition.count, total, why=condition.text)
    return replace(condition, text=text)


def _say(key: str, count: int, total: int, **values: Value) -> Phrase:
    return say(key, count=count, number=count, total=total, **values)


def _told(view: RunView, group: Alike, total: int, found: Sequence[Condition], engine: EngineFacts) -> str:
    """One clause about the instances of a group."""
    state, count = group.task.state, group.count
    every = say("joined", parts=Parts(tuple(condition.text for condition in found), "; "))
    why = say("because", why=every) if found else ""
    if view.state is not DagRunState.RUNNING:
        return _say("mapped.waits", count, total, why=every)
    match state:
        case S.RUNNING | S.RESTARTING:
            span = Seconds(max(0.0, (engine.now - (group.started or engine.now)).total_seconds()))
            also = say("also", why=every) if found else ""
            return _say("mapped.running", count, total, span=span, more=also)
        case S.QUEUED:
            return _say("mapped.queued", count, total, why=why)
        case S.SCHEDULED if not found:
            return _say("mapped.free", count, total)
        case _ if found:
            return _say("mapped.waits", count, total, why=every)
        case _:
            return _say("mapped.next", count, total)


def _found(
    view: RunView, group: Alike, above: Mapping[str, Counts], facts: DagFacts, engine: EngineFacts
) -> list[Condition]:
    """What these instances wait for, in words that are true of all of them."""
    task = group.task
    if view.state is not DagRunState.RUNNING:
        return conditions(view, task, facts, engine)
    if task.state is None and (waits := _rule(view, task, above)):
        return [*waits, *engine.missing("scheduler", "task")]
    shared = [own for own in conditions(view, task, facts, engine) if own.name not in _OWN]
    if task.state in (S.UP_FOR_RETRY, S.UP_FOR_RESCHEDULE, S.DEFERRED, S.AWAITING_INPUT):
        own = _outside(group, engine)
        return [*([own] if own is not None else []), *shared]
    return shared


_OWN = frozenset({"not_due", "trigger", "event", "input", "outside"})
"""Of one instance: the others have other times and other questions."""


def _outside(group: Alike, engine: EngineFacts) -> Condition | None:
    task, at = group.task, group.next_at
    if task.state in (S.UP_FOR_RETRY, S.UP_FOR_RESCHEDULE) and task.id not in engine.awaited:
        if at is None or at <= engine.now:
            return None
        key = "mapped.next_try" if task.state is S.UP_FOR_RETRY else "mapped.next_check"
        left = Seconds((at - engine.now).total_seconds())
        return Condition("not_due", say(key, count=group.count, left=left, at=at), until=at)
    awaited = engine.awaited.get(task.id)
    if awaited is None:
        return Condition("outside", say("mapped.something"))
    if awaited.kind == "input":
        return Condition("input", say("mapped.answer"), fix=say("fix.input"))
    if awaited.kind == "event":
        return Condition("event", say("mapped.event"))
    taken = "" if awaited.taken else say("outside.untaken")
    return Condition("trigger", say("mapped.trigger", trigger=awaited.what, taken=taken))


def _rule(view: RunView, task: TaskView, above: Mapping[str, Counts]) -> list[Condition]:
    """Why instances without a state are not ready."""
    spec = task.spec
    open_tasks = [name for name in above if any(state not in FINISHED for state in above[name])]
    found = []
    setups = view.setups_of(task.key)
    needed = [name for name in open_tasks if name in view.graph.indirect_setups.get(spec.task_id, ())]
    if setups is not None and trigger_rules.setup_constraint(setups) is Verdict.WAIT:
        found.append(Condition("setup", say("mapped.setup", tasks=names(needed))))
    counters = view.upstream_of(task.key)
    direct = [name for name in open_tasks if name in spec.upstream]
    own = [name for name in direct if view.graph.same_mapped_group(spec.task_id, name)]
    others = [name for name in direct if name not in own]
    if others and trigger_rules.evaluate(spec.trigger_rule, counters) is Verdict.WAIT:
        rule = trigger_rules.describe(spec.trigger_rule, counters)
        found.append(Condition("trigger_rule", say("mapped.rule", tasks=names(others), rule=rule)))
    elif own:
        found.append(Condition("trigger_rule", say("mapped.own", tasks=names(own))))
    return found


def _count(view: RunView, task_id: str, above: Mapping[str, Counts]) -> None:
    """Enter how the instances before the task stand into the counters of the view, as if it had them."""
    spec = view.graph.tasks.get(task_id)
    if spec is None:
        return
    counters = {
        False: view.upstream.setdefault(task_id, Upstream()),
        True: view.setups.setdefault(task_id, Upstream()),
    }
    for name, counts in above.items():
        if view.graph.same_mapped_group(task_id, name):
            continue
        is_setup = view.graph.tasks[name].is_setup
        into = counters[name not in spec.upstream]
        for state, count in counts.items():
            into.total += count
            into.setups += count * is_setup
            into.shift(state, count, is_setup)
