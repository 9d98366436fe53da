"""What must hold in the world of `support.faults`, whatever goes wrong: at each hand-over of work, after each step, in
the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tradewind.core.mapping import literal_size
from tradewind.core.trigger_rules import Verdict, evaluate
from tradewind.core.view import Upstream, mapping_size
from tradewind.services.scheduler import Scheduler
from tradewind.spec import wire
from tradewind.spec.dag import DagSpec, TaskSpec
from tradewind.spec.states import (
    FAILED_STATES,
    FINISHED,
    FINISHED_RUN,
    HOLDS_SLOT,
    SUCCESS_STATES,
    DagRunState,
    TaskInstanceState,
)
from tradewind.store import tables

if TYPE_CHECKING:
    from support.faults import FaultyExecutor, World

S = TaskInstanceState
Rows = list[dict[str, Any]]
_CUT_SHORT = ("dagrun_timeout", "cancel_running")
"""Words in the reasons of runs that end before their tasks do."""
_MEMORY = (
    "state", "try_number", "max_tries", "lost", "attempt_id", "next_at", "trigger_id", "next_method", "reschedules",
)  # fmt: skip


# --- work is handed over ---------------------------------------------------------------------------------------------


def submission(world: World, work: Any, executor: FaultyExecutor) -> None:
    """An attempt may be handed out."""
    if isinstance(work, wire.CallbackWork):
        return
    row = world.one(tables.task_instance, id=work.ti_id)
    assert row is not None and (row["state"], row["attempt_id"]) == ("queued", work.attempt_id), row
    assert work.map_index == row["map_index"]
    for other in world.attempts.values():
        if isinstance(other.work, wire.TaskWork) and other.work.ti_id == work.ti_id and not other.ended:
            # what a hung process still runs although a user ended it is known to nobody
            assert any(other.executor is old._executor for old in world.hung), f"two attempts of {row} are out"
    spec = world.specs[work.dag_id]
    task = next(t for t in spec.tasks if t.task_id == work.task_id)
    if not world.interfered:
        # a place that one run gives back goes to another one in the same step, although a user may just have
        # changed the first: its part of the step is then decided anew a moment later
        _limits(world, work, spec, task)
    if (work.dag_id, work.run.run_id) not in world.touched:
        _rule(world, work, spec, task, row["dag_run_id"])


def _limits(world: World, work: Any, spec: DagSpec, task: TaskSpec) -> None:
    # one whose worker has ended may be shown a moment longer, when a user changed its run meanwhile
    out = {a.work.attempt_id for a in world.attempts.values() if not a.ended} | {work.attempt_id}
    rows = world.rows(tables.task_instance)
    held = [r for r in rows if r["state"] in HOLDS_SLOT and r["attempt_id"] in out]
    if task.pool in world.allowed:
        used = sum(r["pool_slots"] for r in held if r["pool"] == task.pool)
        if task.pool in world.counts_deferred:
            used += sum(r["pool_slots"] for r in rows if r["state"] == "deferred" and r["pool"] == task.pool)
        assert used <= world.allowed[task.pool], f"{used} slots of {task.pool} are held"
    same_dag = [r for r in held if r["dag_id"] == work.dag_id]
    same_run = [r for r in same_dag if r["run_id"] == work.run.run_id]
    assert len(same_run) <= spec.max_active_tasks, "max_active_tasks"
    same_task = [r for r in same_dag if r["task_id"] == work.task_id]
    assert len(same_task) <= (task.max_active_tis_per_dag or 99), "max_active_tis_per_dag"
    in_run = [r for r in same_task if r["run_id"] == work.run.run_id]
    assert len(in_run) <= (task.max_active_tis_per_dagrun or 99), "max_active_tis_per_dagrun"


def _rule(world: World, work: Any, spec: DagSpec, task: TaskSpec, run_pk: int) -> None:
    rows = world.rows(tables.task_instance, dag_run_id=run_pk)
    specs = {t.task_id: t for t in spec.tasks}
    up = Upstream()
    for row in rows:
        above = specs[row["task_id"]]
        same_group = task.group is not None and above.group == task.group
        if above.task_id in task.upstream and (not same_group or row["map_index"] == work.map_index):
            up.total += 1
            up.setups += above.is_setup
            if row["state"]:
                up.shift(S(row["state"]), 1, above.is_setup)
    shown = {(r["task_id"], r["map_index"]): r["state"] for r in rows}
    assert evaluate(task.trigger_rule, up) is Verdict.RUN, f"{task.task_id} started too early: {shown}"
    if task.depends_on_past and work.dag_id not in world.touched_dags and work.run.logical_date is not None:
        past = world.store.history.previous_states(work.dag_id, work.run.logical_date)
        assert past is None or past[task.task_id] in SUCCESS_STATES, f"{task.task_id} did not wait: {past}"


# --- after a step ----------------------------------------------------------------------------------------------------


def memory(world: World, scheduler: Scheduler) -> None:
    """What the scheduler thinks is what the database says, unless somebody just changed it."""
    rows = {row["id"]: row for row in world.rows(tables.dag_run)}
    running: dict[str, int] = {}
    for row in rows.values():
        counts = row["state"] == "running" and row["run_type"] != "backfill"
        running[row["dag_id"]] = running.get(row["dag_id"], 0) + counts
    for dag_id, count in running.items():
        assert count <= world.specs[dag_id].max_active_runs, "max_active_runs"
    signalled = {row["dag_run_id"] for row in world.rows(tables.signal)}
    deleted = {row["dag_id"] for row in world.rows(tables.signal, kind="dag")}
    tasks: dict[int, dict[str, Any]] = {}
    for row in world.rows(tables.task_instance):
        tasks.setdefault(row["dag_run_id"], {})[row["id"]] = row
    lengths: dict[int, dict[tuple[str, int], int]] = {}
    for row in world.rows(tables.task_map):
        lengths.setdefault(row["dag_run_id"], {})[row["task_id"], row["map_index"]] = row["length"]
    for pk, run in scheduler._book.runs.items():
        if pk in signalled or run.dag_id in deleted:
            continue
        assert pk in rows and rows[pk]["state"] == run.state, (rows.get(pk), run.state)
        assert len(run.tasks) == len(tasks.get(pk, ())), "instances"
        for task in run.tasks.values():
            row = tasks[pk][task.id]
            assert (row["task_id"], row["map_index"]) == task.key
            for name in _MEMORY:
                assert row[name] == getattr(task, name), (name, row, task)
        known = {(name, index): n for name, of in run._lengths.items() for index, n in of.items()}
        assert lengths.get(pk, {}) == known, ("lengths of results", lengths, known)
    for pk, row in rows.items():
        if row["state"] not in FINISHED_RUN and pk not in signalled and row["dag_id"] not in deleted:
            assert pk in scheduler._book.runs, f"{row} is not known"
    for attempt in world.executor.out():
        assert scheduler._ledger.live(attempt.work.attempt_id) is not None, f"{attempt} is out, nobody knows"


def no_orphans(world: World) -> None:
    """Rows that belong together are there together, after any commit of anybody."""
    instances = {row["id"]: row for row in world.rows(tables.task_instance)}
    triggers = {row["id"]: row for row in world.rows(tables.trigger)}
    for row in triggers.values():
        assert row["ti_id"] in instances, f"a trigger without a task: {row}"
        task = instances[row["ti_id"]]
        assert task["trigger_id"] == row["id"], f"nobody waits for {row}: {task}"
        held = ("deferred", "up_for_reschedule") if row["kind"] == "engine" else ("deferred",)
        waits = ("scheduled", "queued", "running") if row["state"] == "spent" else held
        assert task["state"] in waits, (row, task)
    for task in instances.values():
        assert task["trigger_id"] is None or task["trigger_id"] in triggers, f"a task without its trigger: {task}"
        assert (task["state"] != "deferred") or task["trigger_id"], task
        if task["state"] == "awaiting_input":
            asked = world.rows(tables.hitl_detail, ti_id=task["id"], try_number=task["try_number"])
            assert asked and asked[0]["responded_at"] is None, f"waits for an answer that nobody owes: {asked} {task}"
    alive = {row["id"]: row for row in world.rows(tables.attempt) if row["state"] in ("queued", "running")}
    for task in instances.values():
        if task["state"] in HOLDS_SLOT:
            assert task["attempt_id"] in alive, f"a task without its attempt: {task}"
    assert all(row["ti_id"] in instances for row in alive.values()), "an attempt without its task instance"


# --- the end ---------------------------------------------------------------------------------------------------------


def end(world: World) -> None:
    """Every run ended as its tasks say, and nothing is left over."""
    scheduler = world.scheduler
    assert scheduler is not None
    for row in world.rows(tables.dag_run):
        tasks = world.rows(tables.task_instance, dag_run_id=row["id"])
        if (row["dag_id"], row["run_id"]) in world.touched:
            continue
        assert all(task["state"] in FINISHED for task in tasks), (row, tasks)
        if any(word in (row["reason"] or "") for word in _CUT_SHORT):
            continue
        spec = world.specs[row["dag_id"]]
        leaves = scheduler._book.versions.graph(row["version_id"], spec).leaves
        failed = any(task["state"] in FAILED_STATES for task in tasks if task["task_id"] in leaves)
        assert row["state"] == (DagRunState.FAILED if failed else DagRunState.SUCCESS), (row, tasks)
        _mapping(world, row, spec, tasks)
    dangling = [a for a in world.rows(tables.attempt) if a["state"] in ("queued", "running")]
    assert not dangling, [(a, world.one(tables.task_instance, id=a["ti_id"])) for a in dangling]
    assert world.store.history.pending_callbacks() == [], "callbacks are owed"
    assert world.rows(tables.trigger) == [], "triggers are left over"
    book, ledger, slots = scheduler._book, scheduler._ledger, scheduler._book._slots
    assert not len(ledger) and not ledger._of_run and not ledger._of_task and not ledger.orphans
    usage = slots.usage
    assert not any((usage.pools, usage.executors, usage.dags, usage.tasks, usage.run_tasks)), usage
    assert not slots._held and not slots._deferred and not book.runs and not book.by_dag and not book._waiting_for_end
    assert not book._past._watching and not book._past.stale and not scheduler._pending
    assert not book.expanding and not scheduler._deferrals._fired


def _mapping(world: World, run: dict[str, Any], spec: DagSpec, tasks: Rows) -> None:
    """What ran of a mapped task are as many instances as there were values, each once."""
    graph = world.scheduler._book.versions.graph(run["version_id"], spec)  # type: ignore[union-attr]
    lengths = {(r["task_id"], r["map_index"]): r["length"] for r in world.rows(tables.task_map, dag_run_id=run["id"])}
    here = {(t["task_id"], t["map_index"]) for t in tasks if t["state"] != "removed"}

    def of_result(task_id: str) -> int | None:
        if task_id not in graph.expansion:
            return lengths.get((task_id, -1))
        return sum(length for key, length in lengths.items() if key[0] == task_id and key in here)

    for task_id in graph.tasks:
        indexes = sorted(t["map_index"] for t in tasks if t["task_id"] == task_id)
        if task_id not in graph.expansion:
            assert indexes == [-1], (task_id, indexes)
            continue
        expansion = graph.expansion[task_id]
        size = literal_size(expansion)
        if size is None and indexes != [-1]:
            size = mapping_size(expansion, of_result)
        ran = [t for t in tasks if t["task_id"] == task_id and t["try_number"]]
        if indexes == [-1]:
            assert not ran, f"{task_id} ran without being expanded"
        else:
            assert indexes == list(range(size or 0)), (task_id, indexes, size)
