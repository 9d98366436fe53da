"""Gathers the facts for `core.explain`: why a DAG, a run or a task waits.  Called by the server and the CLI.

The cost of an answer grows with what is active (runs of the DAG, task instances that hold slots), never with history.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, and_, bindparam, func, or_, select

from tradewind.core import mapping
from tradewind.core.admission import Candidate
from tradewind.core.explain import mapped as explain_mapped
from tradewind.core.explain import runs as explain_runs
from tradewind.core.explain import tasks as explain_tasks
from tradewind.core.explain.facts import (
    ActiveRun,
    ActiveTask,
    Awaited,
    Condition,
    DagFacts,
    EngineFacts,
    Explanation,
    Pause,
    undecided,
)
from tradewind.core.external import describe
from tradewind.core.phrases import say
from tradewind.core.view import RunView, build_view, enter
from tradewind.errors import DagNotFound, DagRunNotFound, TaskNotFound
from tradewind.spec.ids import NOT_MAPPED, TaskKey
from tradewind.spec.states import (
    FINISHED,
    FINISHED_RUN,
    HOLDS_SLOT,
    AttemptState,
    DagRunState,
    DagRunType,
    TaskInstanceState,
)
from tradewind.store import tables as t
from tradewind.store.engine import read
from tradewind.store.history import SqlHistoryStore
from tradewind.store.reads.asset_waits import asset_waits
from tradewind.store.snapshots import UNFINISHED, chunks, count_tasks, load_dags, load_run, load_some
from tradewind.store.trigger_rows import decode_wait
from tradewind.store.types import AnyRow
from tradewind.store.undecided import why_left_out

if TYPE_CHECKING:
    from tradewind.store.reads.monitoring import WorkerReads
    from tradewind.store.reads.versions import VersionReads

_DAG = select(t.dag).where(t.dag.c.dag_id == bindparam("dag_id"))
_RUN_PK = select(t.dag_run.c.id, t.dag_run.c.reason).where(
    t.dag_run.c.dag_id == bindparam("dag_id"), t.dag_run.c.run_id == bindparam("run_id")
)
_ACTIVE_RUNS = (
    select(
        t.dag_run.c.run_id,
        t.dag_run.c.run_type,
        t.dag_run.c.state,
        t.dag_run.c.run_after,
        t.dag_run.c.start_date,
        t.dag_run.c.queued_at,
    )
    .where(t.dag_run.c.dag_id == bindparam("dag_id"), t.dag_run.c.state.in_(UNFINISHED))
    .order_by(t.dag_run.c.id)
)
_ti = t.task_instance.c
_ACTIVE_TASKS = select(
    _ti.dag_run_id,
    _ti.dag_id,
    _ti.run_id,
    _ti.task_id,
    _ti.map_index,
    _ti.state,
    _ti.pool,
    _ti.pool_slots,
    _ti.executor,
    _ti.start_date,
    _ti.queued_at,
).where(
    _ti.state.in_([*(state.value for state in HOLDS_SLOT), TaskInstanceState.DEFERRED.value]),
    or_(
        _ti.state != TaskInstanceState.DEFERRED.value,
        _ti.pool.in_(select(t.pool.c.name).where(t.pool.c.include_deferred.is_(True))),
    ),
)
"""What holds slots, deferred tasks in pools that count them among it."""
_IMPORT_ERROR = select(t.import_error.c.message).where(
    t.import_error.c.bundle_name == bindparam("bundle"), t.import_error.c.relative_fileloc == bindparam("file")
)
_POOLS = select(t.pool.c.name, t.pool.c.slots)
_TRIGGERS = select(
    t.trigger.c.ti_id,
    t.trigger.c.kind,
    t.trigger.c.classpath,
    t.trigger.c.awaits,
    t.trigger.c.created_at,
    t.trigger.c.triggerer_id,
).where(
    t.trigger.c.dag_run_id == bindparam("run_pk"),
    t.trigger.c.state.in_(("waiting", "running")),
    t.trigger.c.ti_id.in_(bindparam("named", expanding=True)),
)
_hitl = t.hitl_detail.c
_QUESTIONS = (
    select(_hitl.ti_id, _hitl.subject, _hitl.created_at, _hitl.assigned_users)
    .join(t.task_instance, _ti.id == _hitl.ti_id)
    .where(
        _ti.dag_run_id == bindparam("run_pk"),
        _ti.state == TaskInstanceState.AWAITING_INPUT.value,
        _hitl.responded_at.is_(None),
        _hitl.ti_id.in_(bindparam("named", expanding=True)),
    )
    .order_by(_hitl.try_number)
)
_ALIKE = (
    select(
        func.min(_ti.id).label("id"),
        func.count().label("number"),
        func.min(_ti.next_at).label("next_at"),
        func.min(_ti.start_date).label("started"),
    )
    .select_from(
        t.task_instance.outerjoin(
            t.trigger, and_(t.trigger.c.id == _ti.trigger_id, _ti.state == TaskInstanceState.DEFERRED.value)
        )
    )
    .where(_ti.dag_run_id == bindparam("run_pk"), _ti.task_id == bindparam("task_id"), _ti.map_index != NOT_MAPPED)
    .group_by(_ti.state, t.trigger.c.classpath, t.trigger.c.kind)
)
"""The instances of a mapped task by what they may wait for, one of each with the number of those like it."""
_OPEN = (
    select(_ti.id, _ti.task_id, _ti.map_index, _ti.state)
    .where(
        _ti.dag_run_id == bindparam("run_pk"),
        or_(_ti.state.is_(None), _ti.state.not_in([state.value for state in FINISHED])),
    )
    .order_by(_ti.id)
)
_INDEXES = select(func.min(_ti.map_index).label("first"), func.max(_ti.map_index).label("last")).where(
    _ti.dag_run_id == bindparam("run_pk"), _ti.task_id == bindparam("task_id")
)
_ABOVE = (
    select(_ti.task_id, _ti.state, func.count())
    .where(_ti.dag_run_id == bindparam("run_pk"), _ti.task_id.in_(bindparam("task_ids", expanding=True)))
    .group_by(_ti.task_id, _ti.state)
)
_HELD = (
    select(t.backfill.c.id, t.backfill.c.expected, t.backfill.c.reason, t.backfill.c.created_at)
    .where(
        t.backfill.c.dag_id == bindparam("dag_id"),
        t.backfill.c.origin == "guard",
        t.backfill.c.completed_at.is_(None),
        t.backfill.c.paused.is_(True),
    )
    .order_by(t.backfill.c.id)
)
_PAUSE = (
    select(t.event_log.c.at, t.event_log.c.owner, t.event_log.c.extra)
    .where(t.event_log.c.dag_id == bindparam("dag_id"), t.event_log.c.event.in_(["paused", "patch_dag"]))
    .order_by(t.event_log.c.id.desc())
    .limit(1)
)
_TASK = (
    select(_ti.id, _ti.state, _ti.reason, t.attempt.c.error)
    # how a cancelled attempt ended says nothing: the reason tells why it was cancelled
    .select_from(
        t.task_instance.outerjoin(
            t.attempt, and_(t.attempt.c.id == _ti.attempt_id, t.attempt.c.state != AttemptState.CANCELLED.value)
        )
    )
    .where(
        _ti.dag_run_id == bindparam("run_pk"),
        _ti.task_id == bindparam("task_id"),
        _ti.map_index == bindparam("map_index"),
    )
)


class ExplainReads:
    """Answers "why does it wait?"."""

    def __init__(self, engine: Engine, workers: WorkerReads, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions
        self._workers = workers
        self._history = SqlHistoryStore(engine)

    def dag(self, dag_id: str, now: datetime, lease_ttl: float) -> Explanation:
        """Why the DAG makes no run.  `lease_ttl` in seconds.  Raises DagNotFound."""
        engine = self._engine_facts(now, lease_ttl)
        with read(self._engine) as connection:
            engine = _with_left_out(connection, engine, dag_id)
            return explain_runs.dag(self._dag_facts(connection, dag_id), engine)

    def run(self, dag_id: str, run_id: str, now: datetime, lease_ttl: float) -> Explanation:
        """Why the run does not go on.  Raises DagRunNotFound, DagNotFound."""
        engine = self._engine_facts(now, lease_ttl)
        with read(self._engine) as connection:
            view, reason = _view(connection, self._versions, dag_id, run_id)
            engine = _with_left_out(connection, engine, dag_id, view.pk)
            facts = self._dag_facts(connection, dag_id)
            if view.state in FINISHED_RUN:
                return explain_runs.run(view, facts, engine, reason)
            progress = None
            if view.state is DagRunState.RUNNING:
                counts = count_tasks(connection, view.pk)
                progress = sum(counts.get(state, 0) for state in FINISHED), sum(counts.values())
                _enter_first(connection, view, running=bool(counts.get(TaskInstanceState.RUNNING)))
        self._add_past(view)
        return explain_runs.run(view, facts, self._with_active(engine, view), reason, progress)

    def task(self, dag_id: str, run_id: str, key: TaskKey, now: datetime, lease_ttl: float) -> Explanation:
        """Why the task instance waits; of a mapped task without a map index, why its instances do, all together.

        Reads those instances only that have to do with it.  Raises DagRunNotFound, TaskNotFound, DagNotFound.
        """
        engine = self._engine_facts(now, lease_ttl)
        task_id, index = key
        with read(self._engine) as connection:
            view, _ = _view(connection, self._versions, dag_id, run_id)
            engine = _with_left_out(connection, engine, dag_id, view.pk)
            facts = self._dag_facts(connection, dag_id)
            which = {"run_pk": view.pk, "task_id": task_id}
            row = connection.execute(_TASK, {**which, "map_index": index}).first()
            if row is not None:
                waits = row.state is None and view.state is DagRunState.RUNNING
                further, before = _above(connection, view, task_id) if waits else ([], [])
                enter(view, load_some(connection, view.pk, [row.id, *further], before))
            else:
                alike = connection.execute(_ALIKE, which).all() if index == NOT_MAPPED else ()
                if not alike:
                    raise TaskNotFound(_no_instance(connection, view, key))
                enter(view, load_some(connection, view.pk, [one.id for one in alike]))
                above = _counted(connection, view, task_id)
        if row is not None and row.state in FINISHED:
            return explain_tasks.task(view, key, facts, engine, reason=row.reason or "", error=row.error or "")
        self._add_past(view)
        engine = self._with_active(engine, view)
        if row is not None:
            return explain_tasks.task(view, key, facts, engine, reason=row.reason or "", error=row.error or "")
        tasks = {task.id: task for task in view.tasks.values()}
        groups = [explain_mapped.Alike(tasks[one.id], one.number, one.next_at, one.started) for one in alike]
        return explain_mapped.mapped(view, task_id, groups, above, facts, engine)

    def _engine_facts(self, now: datetime, lease_ttl: float) -> EngineFacts:
        with read(self._engine) as connection:
            pools = {row.name: row.slots for row in connection.execute(_POOLS)}
        return EngineFacts(now, self._workers.heartbeats(), lease_ttl, pools)

    def _with_active(self, facts: EngineFacts, view: RunView) -> EngineFacts:
        """With what holds the slots that tasks of the view want, and what they wait for outside."""
        active: list[ActiveTask] = []
        awaited: dict[str, Awaited] = {}
        with read(self._engine) as connection:
            if any(task.state is TaskInstanceState.SCHEDULED for task in view.tasks.values()):
                active = [_active_task(row) for row in connection.execute(_ACTIVE_TASKS)]
            for part in chunks([view.tasks[key].id for key in view.timed]):
                named = {"run_pk": view.pk, "named": part}
                awaited |= {row.ti_id: _trigger(row) for row in connection.execute(_TRIGGERS, named)}
                for row in connection.execute(_QUESTIONS, named):
                    people = tuple(str(person.get("name") or person.get("id")) for person in row.assigned_users)
                    awaited[row.ti_id] = Awaited("input", row.subject, row.created_at, people=people)
        return replace(facts, active=active, awaited=awaited)

    def _dag_facts(self, connection: Connection, dag_id: str) -> DagFacts:
        row = connection.execute(_DAG, {"dag_id": dag_id}).first()
        if row is None:
            raise DagNotFound(f"there is no DAG {dag_id!r}")
        record = load_dags(connection, self._versions, _DAG, {"dag_id": dag_id})[0]
        error = connection.execute(_IMPORT_ERROR, {"bundle": row.bundle_name, "file": row.relative_fileloc}).scalar()
        return DagFacts(
            spec=record.spec,
            paused=record.paused,
            pause=_pause(connection, dag_id) if record.paused else None,
            stale=record.stale,
            import_error=error or "",
            next_run=record.next_run,
            due_since=record.due_since,
            active=[_active_run(run) for run in connection.execute(_ACTIVE_RUNS, {"dag_id": dag_id})],
            waits=[*asset_waits(connection, record.spec), *_held(connection, dag_id)],
        )

    def _add_past(self, view: RunView) -> None:
        if view.waits_for_past and view.logical_date is not None:
            view.past = self._history.previous_states(view.dag_id, view.logical_date)


def _with_left_out(connection: Connection, facts: EngineFacts, dag_id: str, run_pk: int = 0) -> EngineFacts:
    """With why a run, or the schedule of a DAG, is left out; where there is no run, 0."""
    found = why_left_out(connection, dag_id, run_pk)
    if found is None:
        return facts
    return replace(facts, left_out=undecided("run" if run_pk else "schedule", *found, facts.now))


def _pause(connection: Connection, dag_id: str) -> Pause | None:
    """What the event log knows; one that was paused from the start has no entry."""
    row = connection.execute(_PAUSE, {"dag_id": dag_id}).first()
    told = json.loads(row.extra or "{}") if row is not None else {}
    if row is None or not told.get("is_paused"):
        return None
    reason = told.get("reason", "")
    return Pause(row.at, None if reason else row.owner, reason)


def _view(connection: Connection, versions: VersionReads, dag_id: str, run_id: str) -> tuple[RunView, str]:
    """The run without its task instances, and the reason of its state."""
    row = connection.execute(_RUN_PK, {"dag_id": dag_id, "run_id": run_id}).first()
    snapshot = load_run(connection, versions, row.id, tasks=False) if row is not None else None
    if row is None or snapshot is None:
        raise DagRunNotFound(f"DAG {dag_id!r} has no run {run_id!r}")
    return build_view(snapshot.run, snapshot.spec, (), lengths=snapshot.lengths), row.reason or ""


def _enter_first(connection: Connection, view: RunView, *, running: bool) -> None:
    """What a run waits for: its instances that run, or the first that have not ended with what they wait for."""
    rows = connection.execute(_OPEN, {"run_pk": view.pk}).all()
    if running:
        first, before = [row for row in rows if row.state == TaskInstanceState.RUNNING.value], []
    else:
        order = view.graph.order
        first = sorted(rows, key=lambda row: (order.get(row.task_id, -1), row.map_index))[: explain_runs.MOST_TASKS]
        waiting = {row.task_id: None for row in first if row.state is None}
        before = [other for task_id in waiting for other in _before(view, task_id)]
    enter(view, load_some(connection, view.pk, [row.id for row in first], list(dict.fromkeys(before))))


def _above(connection: Connection, view: RunView, task_id: str) -> tuple[list[str], list[str]]:
    """What decides when a task may run: the tasks before it, and, by their ids, the instances further up that they wait
    for themselves."""
    open_ids: dict[str, list[str]] = {}
    for row in connection.execute(_OPEN, {"run_pk": view.pk}):
        open_ids.setdefault(row.task_id, []).append(row.id)
    found = {task_id}
    todo = [task_id]
    while todo:
        above = [name for name in explain_tasks.before(view, todo.pop()) if name in open_ids and name not in found]
        found.update(above)
        todo += above
    before = _before(view, task_id)
    return [ti_id for name in found.difference(before, [task_id]) for ti_id in open_ids[name]], before


def _before(view: RunView, task_id: str) -> list[str]:
    return list(dict.fromkeys([*explain_tasks.before(view, task_id), *mapping.sources(view, task_id)]))


def _counted(connection: Connection, view: RunView, task_id: str) -> dict[str, dict[TaskInstanceState | None, int]]:
    """How many instances of each task before this one are in which state."""
    before = explain_tasks.before(view, task_id)
    found: dict[str, dict[TaskInstanceState | None, int]] = {name: {} for name in before}
    for name, state, count in connection.execute(_ABOVE, {"run_pk": view.pk, "task_ids": before}):
        found[name][TaskInstanceState(state) if state is not None else None] = count
    return found


def _held(connection: Connection, dag_id: str) -> list[Condition]:
    return [
        Condition(
            "held_runs",
            say("dag.held", count=row.expected or 0, backfill=row.id, why=row.reason),
            fix=say(
                "fix.held", resume=f"tradewind backfill resume {row.id}", cancel=f"tradewind backfill cancel {row.id}"
            ),
        )
        for row in connection.execute(_HELD, {"dag_id": dag_id})
    ]


def _trigger(row: AnyRow) -> Awaited:
    if row.awaits is not None:
        return Awaited("event", describe(decode_wait(row.awaits)), row.created_at, taken=False)
    return Awaited("trigger", row.classpath.rpartition(".")[2], row.created_at, taken=row.triggerer_id is not None)


def _no_instance(connection: Connection, view: RunView, key: TaskKey) -> str:
    known = connection.execute(_INDEXES, {"run_pk": view.pk, "task_id": key.task_id}).one()
    if known.first is not None:
        some = f"{known.first} to {known.last}" if known.first < known.last else str(known.first)
        return f"task {key.task_id!r} has no map index {key.map_index} in run {view.run_id!r}; it has {some}"
    return f"run {view.run_id!r} has no task {key.task_id!r}"


def _active_run(row: AnyRow) -> ActiveRun:
    state = DagRunState(row.state)
    since = row.start_date if state is DagRunState.RUNNING else row.queued_at
    return ActiveRun(row.run_id, DagRunType(row.run_type), state, row.run_after, since)


def _active_task(row: AnyRow) -> ActiveTask:
    held = Candidate(
        run_pk=row.dag_run_id,
        key=TaskKey(row.task_id, row.map_index),
        dag_id=row.dag_id,
        pool=row.pool,
        pool_slots=row.pool_slots,
        executor=row.executor or "",
        max_active_tasks=0,  # what its own DAG allows does not matter for what it holds
        pool_only=row.state == TaskInstanceState.DEFERRED.value,
    )
    return ActiveTask(held, row.run_id, row.state, row.start_date or row.queued_at)
