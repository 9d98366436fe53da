"""Why a task instance waits, or how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tradewind.core import admission, flow, mapping, trigger_rules
from tradewind.core.admission import Candidate, LimitKey, LimitKind, Limits, Usage
from tradewind.core.explain.facts import MOST_HOLDERS, Condition, DagFacts, EngineFacts, Explanation, Holder, and_more
from tradewind.core.explain.starting import queued_run
from tradewind.core.trigger_rules import Verdict
from tradewind.core.view import RunView, TaskView
from tradewind.core.words import listed, moment, since, span
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.states import FAILED_STATES, FINISHED, SUCCESS_STATES, DagRunState, TaskInstanceState

S = TaskInstanceState


def task(
    view: RunView, key: TaskKey, facts: DagFacts, engine: EngineFacts, *, reason: str = "", error: str = ""
) -> Explanation:
    """Why the task instance waits, or how it ended.

    `reason` and `error` are what the store has of its present state and of its last attempt.  Raises KeyError when the
    run has no such instance.
    """
    instance = view.tasks[key]
    unmet = [] if instance.state in FINISHED else conditions(view, instance, facts, engine)
    if engine.left_out is not None and instance.state not in FINISHED:
        unmet.insert(0, engine.left_out)
    at, sentence = _TELLERS.get(instance.state, _told)(view, instance, engine.now, unmet, reason, error)
    return Explanation(
        "task",
        view.dag_id,
        instance.state.value if instance.state is not None else None,
        sentence,
        run_id=view.run_id,
        task_id=key.task_id,
        map_index=key.map_index,
        since=at,
        unmet=tuple(unmet),
    )


Told = tuple[datetime | None, str]


def _waits(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    if not unmet:
        return None, f"`{name(task.key)}` may run: the scheduler takes it up next"
    if unmet[0].name == "run_queued":
        # what it is queued for is said already
        return None, f"`{name(task.key)}` waits: {unmet[0].text}{and_more(unmet[1:])}"
    root = _root(view, task)
    behind = ""
    if unmet[0].name == "trigger_rule" and root is not task and root.key.task_id not in task.spec.upstream:
        behind = f"; behind it all, `{name(root.key)}` {_stands(root, now)}"
    return None, f"`{name(task.key)}` waits: {unmet[0].text}{and_more(unmet)}{behind}"


def _scheduled(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    if unmet:
        return None, f"`{name(task.key)}` is ready but waits: {unmet[0].text}{and_more(unmet)}"
    return None, f"`{name(task.key)}` is ready: it waits for a free place at the executor"


def _queued(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    more = f": {unmet[0].text}{and_more(unmet)}" if unmet else ""
    return None, f"`{name(task.key)}` is with the executor and waits for a worker to take it{more}"


def _running(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    tries = f"try {task.try_number} of {max(task.max_tries + 1, task.try_number)}"
    more = f"; {unmet[0].text}" if unmet else ""
    return task.start_date, f"`{name(task.key)}` has been running {since(task.start_date, now)}, {tries}{more}"


def _timed(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    why = f": {error}" if error and task.state is S.UP_FOR_RETRY else ""
    wait = unmet[0].text + and_more(unmet) if unmet else "it is due and the scheduler takes it up next"
    word = f"failed in try {task.try_number}{why}" if task.state is S.UP_FOR_RETRY else "checked and was not done yet"
    return task.end_date, f"`{name(task.key)}` {word}; {wait}"


def _outside(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    assert task.state is not None
    word = task.state.value.replace("_", " ")
    return task.start_date, f"`{name(task.key)}` is {word}: {unmet[0].text}{and_more(unmet)}"


def _told(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    """A state that speaks for itself, with the reason that was recorded when it was entered."""
    assert task.state is not None
    word = task.state.value.replace("_", " ")
    about = "" if reason == "succeeded" else reason
    if error and task.state is S.FAILED and error not in about:
        about = f"{about}: {error}" if about else error
    took = ""
    if task.state in FINISHED and task.start_date is not None and task.end_date is not None:
        seconds = (task.end_date - task.start_date).total_seconds()
        took = f" after {span(seconds)}" if seconds > 0 else ""
    more = f"; {unmet[0].text}{and_more(unmet)}" if unmet else ""
    verb = {S.SUCCESS: "succeeded", S.FAILED: "failed", S.SKIPPED: "was skipped", S.REMOVED: "was removed"}
    says = verb.get(task.state, f"is {word}")
    return task.end_date, f"`{name(task.key)}` {says}{took}{f': {about}' if about else ''}{more}"


_TELLERS = {
    None: _waits,
    S.SCHEDULED: _scheduled,
    S.QUEUED: _queued,
    S.RUNNING: _running,
    S.UP_FOR_RETRY: _timed,
    S.UP_FOR_RESCHEDULE: _timed,
    S.DEFERRED: _outside,
    S.AWAITING_INPUT: _outside,
}


def conditions(view: RunView, task: TaskView, facts: DagFacts, engine: EngineFacts) -> list[Condition]:
    if view.state is not DagRunState.RUNNING:
        if view.state is not DagRunState.QUEUED:
            return [Condition("run_ended", f"its run is {view.state.value} already", fix="clear the task to run it")]
        unmet = queued_run(view, facts, engine)
        more = f": {unmet[0].text}" if unmet else ""
        return [Condition("run_queued", f"its run is still queued{more}"), *unmet]
    found: list[Condition] = []
    if task.state is None:
        found += _rule_conditions(view, task, engine.now)
    elif task.state is S.UP_FOR_RESCHEDULE and task.id in engine.awaited:
        found += _awaited(task, engine)
    elif task.state in (S.UP_FOR_RETRY, S.UP_FOR_RESCHEDULE) and task.next_at is not None and task.next_at > engine.now:
        left = span((task.next_at - engine.now).total_seconds())
        what = "the next try" if task.state is S.UP_FOR_RETRY else "the next check"
        found.append(Condition("not_due", f"{what} is due in {left}, at {moment(task.next_at)}", until=task.next_at))
    elif task.state in (S.DEFERRED, S.AWAITING_INPUT):
        found += _awaited(task, engine)
    if task.state is S.SCHEDULED:
        if facts.paused:
            fix = f"tradewind dags unpause {view.dag_id}"
            found.append(Condition("dag_paused", "the DAG is paused", fix=fix))
        found += _limit_conditions(view, task, engine)
    if task.state is not S.RUNNING:
        return found + engine.missing("scheduler", "scheduler", "no task is started")
    return found + engine.missing("scheduler", "scheduler", "its end will be taken up by the next one")


def _awaited(task: TaskView, engine: EngineFacts) -> list[Condition]:
    """What a task waits for outside: a trigger or a person."""
    limit = f", until {moment(task.next_at)} at most" if task.next_at is not None else ""
    if task.state is S.UP_FOR_RESCHEDULE and task.next_at is not None:
        limit = f", and looks again at {moment(task.next_at)} in any case"
    awaited = engine.awaited.get(task.id)
    if awaited is None:
        return [Condition("outside", f"it waits for something outside{limit}", until=task.next_at)]
    waiting = f"{since(awaited.since, engine.now)}{limit}"
    if awaited.kind == "input":
        who = listed(awaited.people) if awaited.people else "anybody"
        text = f"it has waited {since(awaited.since, engine.now)} for {who} to answer {awaited.what!r}{limit}"
        return [Condition("input", text, until=task.next_at, fix="PATCH its hitlDetails over REST")]
    if awaited.kind == "event":
        began = task.start_date if task.spec.is_sensor else None  # its pokes in between make the wait no shorter
        waiting = f"{since(began or awaited.since, engine.now)}{limit}"
        return [Condition("event", f"it waits for {awaited.what} {waiting}", until=task.next_at)]
    text = f"it waits for its trigger {awaited.what} {waiting}"
    if not awaited.taken:
        text += "; no triggerer has taken it yet"
    watched = [] if awaited.taken else engine.missing("triggerer", "triggerer", "nobody watches for its trigger")
    return [Condition("trigger", text, until=task.next_at), *watched]


def _rule_conditions(view: RunView, task: TaskView, now: datetime) -> list[Condition]:
    """Why a task without a state is not ready: setups, trigger rule, past."""
    spec, found = task.spec, []
    setups = view.setups_of(task.key)
    if setups is not None and trigger_rules.setup_constraint(setups) is Verdict.WAIT:
        holders = _task_holders(view, _above(view, task, view.graph.indirect_setups.get(spec.task_id, ())))
        found.append(Condition("setup", f"it needs {_who(holders, now)}, a setup task", holders, len(holders)))
    counters = view.upstream_of(task.key)
    if trigger_rules.evaluate(spec.trigger_rule, counters) is Verdict.WAIT:
        holders = _task_holders(view, _above(view, task, spec.upstream))
        text = f"{_who(holders, now)} ({trigger_rules.describe(spec.trigger_rule, counters)})"
        found.append(Condition("trigger_rule", text, holders[:MOST_HOLDERS], len(holders)))
    elif not flow.past_allows(view, task):
        found.append(_past(view, task))
    elif task.key.map_index == NOT_MAPPED:
        holders = _task_holders(view, _of_tasks(view, mapping.sources(view, spec.task_id)))
        if holders:
            text = f"it is mapped over the results of {_who(holders, now)}"
            found.append(Condition("map", text, holders[:MOST_HOLDERS], len(holders)))
    return found


def _past(view: RunView, task: TaskView) -> Condition:
    assert view.past is not None
    held = [n for n in task.spec.depends_on_previous if view.past.get(n, S.SUCCESS) not in SUCCESS_STATES]
    new = [n for n in task.spec.depends_on_previous if n not in view.past]
    if held or (new and not task.spec.ignore_first_depends_on_past):
        return _named_past(view.past, held, new)
    before = view.past.get(task.key.task_id)
    word = "depends_on_past" if task.spec.depends_on_past else "wait_for_downstream"
    if task.key.task_id not in view.past:
        text = f"{word}: the run before has no such task and ignore_first_depends_on_past is off"
    elif before in SUCCESS_STATES:
        late = [below for below in task.spec.downstream if view.past.get(below, S.SUCCESS) not in SUCCESS_STATES]
        text = f"wait_for_downstream: in the run before, {listed(late)} did not succeed"
    else:
        text = f"{word}: in the run before, it is {before.value if before is not None else 'waiting'}"
    failed = before in FAILED_STATES
    fix = f"clear or mark {task.key.task_id} in the run before" if failed else ""
    return Condition("past", text, fix=fix)


def _named_past(past: Mapping[str, S | None], held: list[str], new: list[str]) -> Condition:
    """What `depends_on_previous_task_ids` waits for."""
    word = "depends_on_previous_task_ids"
    if not held:
        text = f"{word}: the run before has no task {listed(new)} and ignore_first_depends_on_past is off"
        return Condition("past", text)
    failed = [task_id for task_id in held if past[task_id] in FAILED_STATES]
    fix = f"clear or mark {', '.join(failed)} in the run before" if failed else ""
    return Condition("past", f"{word}: in the run before, {listed(held)} did not succeed", fix=fix)


def _limit_conditions(view: RunView, task: TaskView, engine: EngineFacts) -> list[Condition]:
    """All limits in the way of a scheduled task, each with those who hold it."""
    usage = Usage()
    for other in engine.active:
        admission.take(other.candidate, usage)
    wanted = admission.candidate(view, task, "")
    # places at the executor are counted by the work that is out, which only the leader knows
    limits = Limits(engine.pools, {wanted.executor: 1 << 60})
    found = []
    for blocked in admission.blocks(wanted, usage, limits):
        holding = [
            Holder(c.dag_id, other.run_id, other.state, c.key.task_id, c.key.map_index, other.since)
            for other in engine.active
            if _holds(c := other.candidate, blocked.on)
        ]
        holding.sort(key=lambda holder: (holder.since is None, holder.since or engine.now))
        fix = ""
        if blocked.on.kind is LimitKind.POOL and (blocked.forever or engine.pools.get(wanted.pool) == 0):
            slots = max(wanted.pool_slots, 1)
            fix = f'tradewind pools set {wanted.pool} {slots} ""'
        text = blocked.reason
        if holding and not blocked.forever:
            first = holding[0]
            who = f"`{first.task_id}` of {first.dag_id}"
            text += f", longest by {who}{f' {since(first.since, engine.now)}' if first.since else ''}"
        found.append(Condition(blocked.on.kind.value, text, tuple(holding[:MOST_HOLDERS]), len(holding), fix=fix))
    return found


def _holds(held: Candidate, limit: LimitKey) -> bool:
    match limit.kind:
        case LimitKind.POOL:
            return held.pool == limit.name
        case _ if held.pool_only:
            return False
        case LimitKind.DAG:
            return held.run_pk == limit.run_pk
        case LimitKind.TASK:
            return (held.dag_id, held.key.task_id) == (limit.name, limit.task_id)
        case LimitKind.RUN_TASK:
            return (held.run_pk, held.key.task_id) == (limit.run_pk, limit.task_id)
        case _:
            return False


# --- Who holds it ---------------------------------------------------------------------------------------------------


def _of_tasks(view: RunView, task_ids: Iterable[str]) -> list[TaskView]:
    """Their instances that have not ended."""
    return [
        view.tasks[key]
        for task_id in task_ids
        for key in view.instances.get(task_id, ())
        if view.tasks[key].state not in FINISHED
    ]


def unended(view: RunView, task: TaskView) -> list[TaskView]:
    above = (*task.spec.upstream, *view.graph.indirect_setups.get(task.key.task_id, ()))
    return _of_tasks(view, above)


def _above(view: RunView, task: TaskView, task_ids: Iterable[str]) -> list[TaskView]:
    """As `_of_tasks`, those that one instance waits for: in its mapped group only those with its own map index."""
    own, index = task.key
    return [
        other
        for other in _of_tasks(view, task_ids)
        if other.key.map_index == index or not view.graph.same_mapped_group(own, other.key.task_id)
    ]


def _task_holders(view: RunView, tasks: Iterable[TaskView]) -> tuple[Holder, ...]:
    holders = [
        Holder(
            view.dag_id,
            view.run_id,
            task.state.value if task.state is not None else "waiting",
            task.key.task_id,
            task.key.map_index,
            task.start_date,
        )
        for task in tasks
    ]
    # what runs says more than what waits itself
    return tuple(sorted(holders, key=lambda holder: (holder.since is None, str(holder.since))))


def _root(view: RunView, task: TaskView) -> TaskView:
    """The first of what holds the task up: an instance above it that does not wait for others itself."""
    seen = {task.key}
    while task.state is None:
        above = [other for other in unended(view, task) if other.key not in seen]
        if not above:
            break
        task = min(above, key=lambda other: (other.state is None, view.graph.order.get(other.key.task_id, 0)))
        seen.add(task.key)
    return task


def _who(holders: Sequence[Holder], now: datetime) -> str:
    """`a` to end, which has been running for 3 s, and `b` and 3 more."""
    if not holders:
        return "its upstream tasks must end"
    first = holders[0]
    state = f"{first.state} {since(first.since, now)}".strip().replace("_", " ")
    others = f" and {len(holders) - 1} more" if len(holders) > 1 else ""
    return f"`{name(TaskKey(first.task_id or '', first.map_index))}` ({state}){others} must end"


def _stands(task: TaskView, now: datetime) -> str:
    if task.state is None:
        return "has not started"
    word = task.state.value.replace("_", " ")
    started = task.start_date is not None and task.state is S.RUNNING
    return f"is {word} {since(task.start_date, now)}" if started else f"is {word}"


def name(key: TaskKey) -> str:
    return key.task_id if key.map_index == NOT_MAPPED else f"{key.task_id}[{key.map_index}]"
