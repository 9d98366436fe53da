"""Why a task instance waits, or how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tradewind.core import admission, flow, mapping, trigger_rules
from tradewind.core.admission import Candidate, LimitKey, LimitKind, Limits, Usage
from tradewind.core.explain.facts import MOST_HOLDERS, Condition, DagFacts, EngineFacts, Explanation, Holder, and_more
from tradewind.core.explain.starting import queued_run
from tradewind.core.phrases import Parts, Seconds, StateWord, names, say, since
from tradewind.core.trigger_rules import Verdict
from tradewind.core.view import RunView, TaskView
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.states import FAILED_STATES, FINISHED, SUCCESS_STATES, DagRunState, TaskInstanceState

S = TaskInstanceState


def task(
    view: RunView, key: TaskKey, facts: DagFacts, engine: EngineFacts, *, reason: str = "", error: str = ""
) -> Explanation:
    """Why the task instance waits, or how it ended.

    `reason` and `error` are what the store has of its present state and of its last attempt.  The view needs no other
    instances when it has a state; otherwise all of the tasks `before` it and of those that decide how many it has, and
    those further up that have not ended.  Raises KeyError when the run has no such instance.
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
        return None, say("task.may_run", task=name(task.key))
    if unmet[0].name == "run_queued":
        # what it is queued for is said already
        return None, say("task.waits", task=name(task.key), why=unmet[0].text, more=and_more(unmet[1:]), behind="")
    root = _root(view, task)
    behind = ""
    if unmet[0].name == "trigger_rule" and root is not task and root.key.task_id not in task.spec.upstream:
        behind = say("task.behind", task=name(root.key), stands=_stands(root, now))
    return None, say("task.waits", task=name(task.key), why=unmet[0].text, more=and_more(unmet), behind=behind)


def _scheduled(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    if unmet:
        return None, say("task.ready_waits", task=name(task.key), why=unmet[0].text, more=and_more(unmet))
    return None, say("task.ready", task=name(task.key))


def _queued(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    why = say("joined", parts=Parts((unmet[0].text, and_more(unmet)), "")) if unmet else ""
    return None, say("task.queued", task=name(task.key), why=say("because", why=why) if why else "")


def _running(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    tries, number = max(task.max_tries + 1, task.try_number), task.try_number
    why, been = say("also", why=unmet[0].text) if unmet else "", since(task.start_date, now)
    said = say("task.running", task=name(task.key), since=been, try_number=number, tries=tries, why=why)
    return task.start_date, said


def _timed(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    why, more = (unmet[0].text, and_more(unmet)) if unmet else (say("task.due"), "")
    if task.state is not S.UP_FOR_RETRY:
        return task.end_date, say("task.again", task=name(task.key), why=why, more=more)
    about = say("because", why=error) if error else ""
    said = say("task.retry", task=name(task.key), try_number=task.try_number, error=about, why=why, more=more)
    return task.end_date, said


def _outside(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    assert task.state is not None
    state = StateWord(task.state.value)
    return task.start_date, say(
        "task.outside", task=name(task.key), state=state, why=unmet[0].text, more=and_more(unmet)
    )


def _told(view: RunView, task: TaskView, now: datetime, unmet: list[Condition], reason: str, error: str) -> Told:
    """A state that speaks for itself, with the reason that was recorded when it was entered."""
    assert task.state is not None
    about = "" if reason == "succeeded" else reason
    if error and task.state is S.FAILED and error not in about:
        about = f"{about}: {error}" if about else error
    took = ""
    if task.state in FINISHED and task.start_date is not None and task.end_date is not None:
        seconds = (task.end_date - task.start_date).total_seconds()
        took = say("after", span=Seconds(seconds)) if seconds > 0 else ""
    wait = say("joined", parts=Parts((unmet[0].text, and_more(unmet)), "")) if unmet else ""
    told = {
        "task": name(task.key),
        "took": took,
        "why": say("because", why=about) if about else "",
        "more": say("also", why=wait) if wait else "",
    }
    if key := _ENDED.get(task.state):
        return task.end_date, say(key, **told)
    return task.end_date, say("task.is", state=StateWord(task.state.value), **told)


_ENDED = {
    S.SUCCESS: "task.succeeded",
    S.FAILED: "task.failed",
    S.SKIPPED: "task.skipped",
    S.REMOVED: "task.removed",
}
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
            text = say("task.run_ended", state=StateWord(view.state.value))
            return [Condition("run_ended", text, fix=say("fix.clear"))]
        unmet = queued_run(view, facts, engine)
        why = say("because", why=unmet[0].text) if unmet else ""
        return [Condition("run_queued", say("task.run_queued", why=why)), *unmet]
    found: list[Condition] = []
    if task.state is None:
        found += _rule_conditions(view, task, engine.now)
    elif task.state is S.UP_FOR_RESCHEDULE and task.id in engine.awaited:
        found += _awaited(task, engine)
    elif task.state in (S.UP_FOR_RETRY, S.UP_FOR_RESCHEDULE) and task.next_at is not None and task.next_at > engine.now:
        left = Seconds((task.next_at - engine.now).total_seconds())
        key = "task.next_try" if task.state is S.UP_FOR_RETRY else "task.next_check"
        found.append(Condition("not_due", say(key, left=left, at=task.next_at), until=task.next_at))
    elif task.state in (S.DEFERRED, S.AWAITING_INPUT):
        found += _awaited(task, engine)
    if task.state is S.SCHEDULED:
        if facts.paused:
            fix = f"tradewind dags unpause {view.dag_id}"
            found.append(Condition("dag_paused", say("dag.paused"), fix=fix))
        found += _limit_conditions(view, task, engine)
    if task.state is not S.RUNNING:
        return found + engine.missing("scheduler", "task")
    return found + engine.missing("scheduler", "end")


def _awaited(task: TaskView, engine: EngineFacts) -> list[Condition]:
    """What a task waits for outside: a trigger or a person."""
    limit = ""
    if task.next_at is not None:
        key = "outside.looks" if task.state is S.UP_FOR_RESCHEDULE else "outside.most"
        limit = say(key, at=task.next_at)
    awaited = engine.awaited.get(task.id)
    if awaited is None:
        return [Condition("outside", say("outside.something", limit=limit), until=task.next_at)]
    been = since(awaited.since, engine.now)
    if awaited.kind == "input":
        who = names(awaited.people) if awaited.people else say("outside.anybody")
        text = say("outside.answer", since=been, who=who, question=repr(awaited.what), limit=limit)
        return [Condition("input", text, until=task.next_at, fix=say("fix.input"))]
    if awaited.kind == "event":
        began = task.start_date if task.spec.is_sensor else None  # its pokes in between make the wait no shorter
        text = say("outside.event", what=awaited.what, since=since(began or awaited.since, engine.now), limit=limit)
        return [Condition("event", text, until=task.next_at)]
    taken = "" if awaited.taken else say("outside.untaken")
    text = say("outside.trigger", trigger=awaited.what, since=been, limit=limit, taken=taken)
    watched = [] if awaited.taken else engine.missing("triggerer", "trigger")
    return [Condition("trigger", text, until=task.next_at), *watched]


def _rule_conditions(view: RunView, task: TaskView, now: datetime) -> list[Condition]:
    """Why a task without a state is not ready: setups, trigger rule, past."""
    spec, found = task.spec, []
    setups = view.setups_of(task.key)
    if setups is not None and trigger_rules.setup_constraint(setups) is Verdict.WAIT:
        holders = _task_holders(view, _above(view, task, view.graph.indirect_setups.get(spec.task_id, ())))
        found.append(Condition("setup", say("task.setup", who=_who(holders, now)), holders, len(holders)))
    counters = view.upstream_of(task.key)
    if trigger_rules.evaluate(spec.trigger_rule, counters) is Verdict.WAIT:
        holders = _task_holders(view, _above(view, task, spec.upstream))
        text = say("task.rule", who=_who(holders, now), rule=trigger_rules.describe(spec.trigger_rule, counters))
        found.append(Condition("trigger_rule", text, holders[:MOST_HOLDERS], len(holders)))
    elif not flow.past_allows(view, task):
        found.append(_past(view, task))
    elif task.key.map_index == NOT_MAPPED:
        holders = _task_holders(view, _of_tasks(view, mapping.sources(view, spec.task_id)))
        if holders:
            text = say("task.map", who=_who(holders, now))
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
        text = say("past.new", word=word)
    elif before in SUCCESS_STATES:
        late = [below for below in task.spec.downstream if view.past.get(below, S.SUCCESS) not in SUCCESS_STATES]
        text = say("past.downstream", tasks=names(late))
    else:
        text = say("past.is", word=word, state=StateWord(before.value)) if before else say("past.waiting", word=word)
    failed = before in FAILED_STATES
    fix = say("fix.past", tasks=task.key.task_id) if failed else ""
    return Condition("past", text, fix=fix)


def _named_past(past: Mapping[str, S | None], held: list[str], new: list[str]) -> Condition:
    """What `depends_on_previous_task_ids` waits for."""
    word = "depends_on_previous_task_ids"
    if not held:
        return Condition("past", say("past.none", word=word, tasks=names(new)))
    failed = [task_id for task_id in held if past[task_id] in FAILED_STATES]
    fix = say("fix.past", tasks=", ".join(failed)) if failed else ""
    return Condition("past", say("past.not_succeeded", word=word, tasks=names(held)), fix=fix)


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
            been = since(first.since, engine.now)
            text = say("limit.longest", limit=text, task=first.task_id or "", dag=first.dag_id, since=been)
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


def before(view: RunView, task_id: str) -> tuple[str, ...]:
    """The tasks whose ends a task waits for: those right above it, and the setups further up that it needs."""
    spec = view.graph.tasks.get(task_id)
    above = () if spec is None else spec.upstream
    return tuple(dict.fromkeys([*above, *view.graph.indirect_setups.get(task_id, ())]))


def unended(view: RunView, task: TaskView) -> list[TaskView]:
    return _of_tasks(view, before(view, task.key.task_id))


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
        return say("task.upstream_must_end")
    first = holders[0]
    others = say("others", count=len(holders) - 1) if len(holders) > 1 else ""
    who = name(TaskKey(first.task_id or "", first.map_index))
    return say("task.must_end", task=who, state=StateWord(first.state), since=since(first.since, now), others=others)


def _stands(task: TaskView, now: datetime) -> str:
    if task.state is None:
        return say("task.not_started")
    been = since(task.start_date, now) if task.state is S.RUNNING else ""
    return say("task.stands", state=StateWord(task.state.value), since=been)


def name(key: TaskKey) -> str:
    return key.task_id if key.map_index == NOT_MAPPED else f"{key.task_id}[{key.map_index}]"
