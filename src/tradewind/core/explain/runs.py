"""Why a DAG makes no run, and why a run does not go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tradewind.core.explain.facts import Condition, DagFacts, EngineFacts, Explanation, Pause, and_more
from tradewind.core.explain.starting import queued_run, run_holders
from tradewind.core.explain.tasks import conditions, name, unended
from tradewind.core.view import RunView
from tradewind.core.words import counted, moment, since, span
from tradewind.spec.moments import later
from tradewind.spec.schedule import NextRun
from tradewind.spec.states import FINISHED, FINISHED_RUN, DagRunState, TaskInstanceState

S = TaskInstanceState
MOST_TASKS = 20
"""So many waiting tasks of a run are explained one by one."""


def dag(facts: DagFacts, engine: EngineFacts) -> Explanation:
    """Why the DAG has no new run, or when the next one comes."""
    spec = facts.spec
    unmet = _dag_conditions(facts, engine)
    title = f"DAG `{spec.dag_id}`"
    running = [run for run in facts.active if run.state is DagRunState.RUNNING]
    now_running = f"; {counted(len(running), 'run is running', 'runs are running')}" if running else ""
    if unmet:
        sentence = f"{title} makes no new run now: {unmet[0].text}{and_more(unmet)}{now_running}"
    elif facts.next_run is not None:
        sentence = f"{title} waits for its next fire time, {_fires(facts.next_run, engine.now)}{now_running}"
    else:
        sentence = f"{title} has no further run on its schedule{now_running}"
    sentence += _late(facts, engine.now)
    if facts.import_error:
        sentence += f"; its file cannot be loaded at present, the last good version is used: {facts.import_error}"
    state = "paused" if facts.paused else "stale" if facts.stale else "active"
    return Explanation("dag", spec.dag_id, state, sentence, unmet=tuple(unmet))


def _pause(pause: Pause | None, now: datetime) -> str:
    """Since when, by whom and why."""
    if pause is None:
        return ""
    by = f" by {pause.by}" if pause.by else ""
    return f"{by} {since(pause.at, now)}{f': {pause.reason}' if pause.reason else ''}"


def _dag_conditions(facts: DagFacts, engine: EngineFacts) -> list[Condition]:
    spec, now = facts.spec, engine.now
    found: list[Condition] = [engine.left_out] if engine.left_out is not None else []
    if facts.stale:
        fix = "bring the file back, or delete the DAG"
        found.append(Condition("file_missing", f"its file {spec.relative_fileloc} no longer defines it", fix=fix))
    if facts.paused:
        fix = f"tradewind dags unpause {spec.dag_id}"
        found.append(Condition("dag_paused", f"it is paused{_pause(facts.pause, now)}", fix=fix))
    if spec.timetable.kind == "none" and not facts.waits:
        fix = f"tradewind dags trigger {spec.dag_id}, or give it a schedule"
        found.append(Condition("no_schedule", "it has no schedule and runs when it is triggered", fix=fix))
    if spec.end_date is not None and spec.end_date < now and facts.next_run is None:
        found.append(Condition("end_date", f"its end_date was {moment(spec.end_date)}"))
    if spec.start_date is not None and spec.start_date > now:
        text = f"its start_date is {moment(spec.start_date)}"
        found.append(Condition("start_date", text, until=spec.start_date))
    found += facts.waits
    due = facts.next_run is not None and facts.next_run.run_after <= now
    if due and len(facts.active) >= spec.max_active_runs:
        text = f"it allows {spec.max_active_runs} active runs (max_active_runs), {len(facts.active)} are active"
        found.append(Condition("max_active_runs", text, *run_holders(spec.dag_id, facts.active)))
    return found + engine.missing("scheduler", "scheduler", "no run is made or started")


def _late(facts: DagFacts, now: datetime) -> str:
    """The fire time that made no run, and whether a deadline told of it."""
    run = facts.next_run
    if facts.paused or facts.stale or run is None or run.run_after >= now:
        return ""
    text = f"; the fire time {moment(run.run_after)} has made no run {since(run.run_after, now)}"
    told = [later(run.run_after, it.interval) for it in facts.spec.deadlines if it.reference == "not_started"]
    if told and facts.due_since is not None and facts.due_since <= run.run_after:
        word = "missed" if min(told) <= now else "due"
        text += f" (its NOT_STARTED deadline {'was' if word == 'missed' else 'is'} {word} {moment(min(told))})"
    return text


def _fires(run: NextRun, now: datetime) -> str:
    left = (run.run_after - now).total_seconds()
    when = f"in {span(left)}" if left > 0 else "due now"
    return f"{moment(run.run_after)} ({when})"


def run(view: RunView, facts: DagFacts, engine: EngineFacts, reason: str = "") -> Explanation:
    """Why the run waits, or what it waits for; `reason` is what the store has of its present state."""
    title = f"Run `{view.run_id}`"
    if view.state is DagRunState.QUEUED:
        at = view.queued_at
        unmet = queued_run(view, facts, engine)
        if unmet:
            sentence = f"{title} has been queued {since(at, engine.now)}: {unmet[0].text}{and_more(unmet)}"
        else:
            sentence = f"{title} has been queued {since(at, engine.now)} and may start: the scheduler takes it up next"
    elif view.state is DagRunState.RUNNING:
        at, unmet, sentence = view.start_date, *_running_run(view, facts, engine)
    else:
        at, unmet = view.end_date, []
        took = ""
        if view.start_date is not None and view.end_date is not None:
            took = f" after {span((view.end_date - view.start_date).total_seconds())}"
        word = "succeeded" if view.state is DagRunState.SUCCESS else "failed"
        sentence = f"{title} {word}{took}: {reason or 'no reason was recorded'}"
    if engine.left_out is not None and view.state not in FINISHED_RUN:
        unmet = [engine.left_out, *unmet]
        sentence = f"{title} does not go on: {engine.left_out.text}"
    return Explanation("run", view.dag_id, view.state.value, sentence, run_id=view.run_id, since=at, unmet=tuple(unmet))


def _running_run(view: RunView, facts: DagFacts, engine: EngineFacts) -> tuple[list[Condition], str]:
    now = engine.now
    ended = sum(task.state in FINISHED for task in view.tasks.values())
    progress = f"Run `{view.run_id}` has been running {since(view.start_date, now)}, {ended} of "
    progress += f"{counted(len(view.tasks), 'task')} ended"
    active = [task for task in view.tasks.values() if task.state is S.RUNNING]
    if active:
        active.sort(key=lambda task: task.start_date or now)
        first = active[0]
        others = f" and {len(active) - 1} more" if len(active) > 1 else ""
        return (
            engine.missing("scheduler", "scheduler", "nothing follows when a task ends"),
            f"{progress}; `{name(first.key)}` has been running {since(first.start_date, now)}{others}",
        )
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
                text = f"`{name(waiting_task.key)}` waits: {text}"
            found.setdefault(text, replace(condition, text=text))
    unmet = list(found.values())
    if unmet:
        return unmet, f"{progress}, none is running: {unmet[0].text}{and_more(unmet)}"
    return [], f"{progress}; the scheduler takes up the next ones"
