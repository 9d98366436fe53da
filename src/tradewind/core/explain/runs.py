"""Why a DAG makes no run, and why a run does not go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tradewind.core.explain.facts import Condition, DagFacts, EngineFacts, Explanation, Pause, and_more
from tradewind.core.explain.starting import queued_run, run_holders
from tradewind.core.explain.tasks import conditions, name, unended
from tradewind.core.phrases import Seconds, say, since
from tradewind.core.view import RunView
from tradewind.spec.moments import later
from tradewind.spec.states import FINISHED, FINISHED_RUN, DagRunState, TaskInstanceState

S = TaskInstanceState
MOST_TASKS = 20
"""So many waiting tasks of a run are explained one by one."""


def dag(facts: DagFacts, engine: EngineFacts) -> Explanation:
    """Why the DAG has no new run, or when the next one comes."""
    spec = facts.spec
    unmet = _dag_conditions(facts, engine)
    running = [run for run in facts.active if run.state is DagRunState.RUNNING]
    told = {
        "dag": spec.dag_id,
        "running": say("dag.running", count=len(running)) if running else "",
        "late": _late(facts, engine.now),
        "broken": say("dag.broken", error=facts.import_error) if facts.import_error else "",
    }
    if unmet:
        sentence = say("dag.stopped", why=unmet[0].text, more=and_more(unmet), **told)
    elif facts.next_run is None:
        sentence = say("dag.over", **told)
    elif (left := (facts.next_run.run_after - engine.now).total_seconds()) > 0:
        sentence = say("dag.waits", at=facts.next_run.run_after, left=Seconds(left), **told)
    else:
        sentence = say("dag.due", at=facts.next_run.run_after, **told)
    state = "paused" if facts.paused else "stale" if facts.stale else "active"
    return Explanation("dag", spec.dag_id, state, sentence, unmet=tuple(unmet))


def _paused(pause: Pause | None, now: datetime) -> str:
    """By whom, since when and why."""
    if pause is None:
        return say("dag.is_paused", by="", since="", why="")
    by = say("dag.by", who=pause.by) if pause.by else ""
    why = say("because", why=pause.reason) if pause.reason else ""
    return say("dag.is_paused", by=by, since=since(pause.at, now), why=why)


def _dag_conditions(facts: DagFacts, engine: EngineFacts) -> list[Condition]:
    spec, now = facts.spec, engine.now
    found: list[Condition] = [engine.left_out] if engine.left_out is not None else []
    if facts.stale:
        text = say("dag.file_missing", file=spec.relative_fileloc)
        found.append(Condition("file_missing", text, fix=say("fix.file_missing")))
    if facts.paused:
        fix = f"tradewind dags unpause {spec.dag_id}"
        found.append(Condition("dag_paused", _paused(facts.pause, now), fix=fix))
    if spec.timetable.kind == "none" and not facts.waits:
        fix = say("fix.no_schedule", command=f"tradewind dags trigger {spec.dag_id}")
        found.append(Condition("no_schedule", say("dag.no_schedule"), fix=fix))
    if spec.end_date is not None and spec.end_date < now and facts.next_run is None:
        found.append(Condition("end_date", say("dag.end_date", at=spec.end_date)))
    if spec.start_date is not None and spec.start_date > now:
        text = say("dag.start_date", at=spec.start_date)
        found.append(Condition("start_date", text, until=spec.start_date))
    found += facts.waits
    due = facts.next_run is not None and facts.next_run.run_after <= now
    if due and len(facts.active) >= spec.max_active_runs:
        text = say("dag.max_active_runs", most=spec.max_active_runs, active=len(facts.active))
        found.append(Condition("max_active_runs", text, *run_holders(spec.dag_id, facts.active)))
    return found + engine.missing("scheduler", "runs")


def _late(facts: DagFacts, now: datetime) -> str:
    """The fire time that made no run, and whether a deadline told of it."""
    run = facts.next_run
    if facts.paused or facts.stale or run is None or run.run_after >= now:
        return ""
    told = ""
    ends = [later(run.run_after, it.interval) for it in facts.spec.deadlines if it.reference == "not_started"]
    if ends and facts.due_since is not None and facts.due_since <= run.run_after:
        told = say("dag.deadline_missed" if min(ends) <= now else "dag.deadline_due", at=min(ends))
    return say("dag.late", at=run.run_after, since=since(run.run_after, now), told=told)


def run(
    view: RunView,
    facts: DagFacts,
    engine: EngineFacts,
    reason: str = "",
    progress: tuple[int, int] | None = None,
) -> Explanation:
    """Why the run waits, or what it waits for; `reason` is what the store has of its present state.

    The view needs task instances only when the run is running: those that run, or the first `MOST_TASKS` that have not
    ended and those of the tasks before them.  Where it has not all, `progress` says how many ended, and of how many.
    """
    run_id = view.run_id
    if view.state is DagRunState.QUEUED:
        at = view.queued_at
        unmet = queued_run(view, facts, engine)
        if unmet:
            queued = since(at, engine.now)
            sentence: str = say("run.queued", run=run_id, since=queued, why=unmet[0].text, more=and_more(unmet))
        else:
            sentence = say("run.next", run=run_id, since=since(at, engine.now))
    elif view.state is DagRunState.RUNNING:
        at, unmet, sentence = view.start_date, *_running_run(view, facts, engine, progress)
    else:
        at, unmet = view.end_date, []
        took = ""
        if view.start_date is not None and view.end_date is not None:
            took = say("after", span=Seconds((view.end_date - view.start_date).total_seconds()))
        key = "run.succeeded" if view.state is DagRunState.SUCCESS else "run.failed"
        sentence = say(key, run=run_id, took=took, why=reason or say("run.no_reason"))
    if engine.left_out is not None and view.state not in FINISHED_RUN:
        unmet = [engine.left_out, *unmet]
        sentence = say("run.left_out", run=run_id, why=engine.left_out.text)
    return Explanation("run", view.dag_id, view.state.value, sentence, run_id=view.run_id, since=at, unmet=tuple(unmet))


def _running_run(
    view: RunView, facts: DagFacts, engine: EngineFacts, counted: tuple[int, int] | None
) -> tuple[list[Condition], str]:
    now = engine.now
    ended, count = counted or (sum(task.state in FINISHED for task in view.tasks.values()), len(view.tasks))
    been = since(view.start_date, now)
    progress = say("run.running", run=view.run_id, since=been, ended=ended, count=count)
    active = [task for task in view.tasks.values() if task.state is S.RUNNING]
    if active:
        active.sort(key=lambda task: task.start_date or now)
        first = active[0]
        others = say("others", count=len(active) - 1) if len(active) > 1 else ""
        been = since(first.start_date, now)
        longest = say("run.active_task", task=name(first.key), since=been, others=others)
        sentence = say("run.active", progress=progress, active=longest)
        return engine.missing("scheduler", "follows"), sentence
    waiting = sorted(
        (task for task in view.tasks.values() if task.state not in FINISHED),
        key=lambda task: (view.graph.order.get(task.key.task_id, -1), task.key.map_index),
    )
    found: dict[str, Condition] = {}
    for waiting_task in waiting[:MOST_TASKS]:
        if waiting_task.state is None and unended(view, waiting_task):
            continue  # what it waits for is told where it waits
        for condition in conditions(view, waiting_task, facts, engine):
            text = condition.text
            if condition.name not in ("dag_paused", "no_scheduler"):
                text = say("run.task_waits", task=name(waiting_task.key), why=text)
            found.setdefault(text, replace(condition, text=text))
    unmet = list(found.values())
    if unmet:
        return unmet, say("run.none_active", progress=progress, why=unmet[0].text, more=and_more(unmet))
    return [], say("run.takes_up", progress=progress)
