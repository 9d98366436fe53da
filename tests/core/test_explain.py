"""Explanations are made from the rules that decide, with numbers, holders and times."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from core_support import T0, RunRow, dag, rows, task, view
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core import flow
from tradewind.core.admission import Candidate
from tradewind.core.explain import runs as explain_runs
from tradewind.core.explain import tasks as explain_tasks
from tradewind.core.explain.facts import ActiveRun, ActiveTask, Awaited, DagFacts, EngineFacts, Explanation
from tradewind.core.view import RunView, build_view
from tradewind.spec.dag import DagSpec, LengthSpec, TimetableSpec
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.ids import TaskKey
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import FINISHED, DagRunState, DagRunType, TaskInstanceState, TriggerRule

S = TaskInstanceState
NOW = T0 + timedelta(minutes=10)
ALIVE = {"scheduler": (NOW - timedelta(seconds=1), True)}
DAILY = TimetableSpec(kind="cron_trigger", crons=("0 0 * * *",))


def engine(**fields: Any) -> EngineFacts:
    return EngineFacts(**{"now": NOW, "last_heartbeats": ALIVE, "pools": {"default_pool": 128, "small": 1}, **fields})


def facts(spec: DagSpec, **fields: Any) -> DagFacts:
    return DagFacts(**{"spec": spec, "paused": False, **fields})


def explained(
    run: RunView, task_id: str, *, of: DagFacts | None = None, by: EngineFacts | None = None, **words: str
) -> Explanation:
    return explain_tasks.task(run, TaskKey(task_id, -1), of or facts(run.spec), by or engine(), **words)


def unmet(found: Explanation) -> list[str]:
    return [condition.name for condition in found.unmet]


# --- Tasks ----------------------------------------------------------------------------------------------------------


def test_a_task_that_waits_for_a_running_one_names_it_and_since_when() -> None:
    run = view(dag({"a": ["c"], "b": ["c"]}), a=S.RUNNING, b=S.SUCCESS)
    task(run, "a").start_date = NOW - timedelta(minutes=3, seconds=5)
    found = explained(run, "c")
    assert found.sentence == (
        "`c` waits: `a` (running for 3 min 5 s) must end "
        "(trigger rule all_success: of 2 upstream, 1 succeeded, 1 not finished)"
    )
    (condition,) = found.unmet
    assert (condition.name, condition.held_by) == ("trigger_rule", 1)
    assert condition.holders[0].task_id == "a"
    assert condition.holders[0].since == task(run, "a").start_date


def test_behind_a_chain_of_waiting_tasks_the_one_that_holds_all_up_is_named() -> None:
    run = view(dag({"a": ["b"], "b": ["c"], "c": ["d"]}), a=S.UP_FOR_RETRY)
    assert explained(run, "d").sentence.endswith("; behind it all, `a` is up for retry")


def test_a_full_pool_is_told_with_its_numbers_and_holders() -> None:
    spec = dag({"a": []}, options={"a": {"pool": "small"}})
    run = view(spec, a=S.SCHEDULED)
    holder = Candidate(9, TaskKey("load", 3), "other", "small", 1, "", 16)
    active = [ActiveTask(holder, "r9", "running", NOW - timedelta(hours=2))]
    found = explained(run, "a", by=engine(active=active))
    assert found.sentence == (
        "`a` is ready but waits: pool `small` has 1 slot, 1 is held, longest by `load` of other for 2 h"
    )
    (condition,) = found.unmet
    held_by = condition.holders[0]
    assert (held_by.dag_id, held_by.run_id, held_by.task_id, held_by.map_index) == ("other", "r9", "load", 3)


def test_all_limits_in_the_way_are_listed_not_only_the_first() -> None:
    spec = dag({"a": []}, options={"a": {"pool": "small", "max_active_tis_per_dag": 1}}, max_active_tasks=1)
    run = view(spec, a=S.SCHEDULED)
    active = [ActiveTask(Candidate(run.pk, TaskKey("a", -1), "d", "small", 1, "", 16), "r", "queued")]
    found = explained(run, "a", of=facts(spec, paused=True), by=engine(active=active))
    assert unmet(found) == ["dag_paused", "pool", "dag", "task"]
    assert found.sentence == "`a` is ready but waits: the DAG is paused (and 3 more conditions)"


def test_a_pool_that_can_never_admit_the_task_comes_with_the_fix() -> None:
    run = view(dag({"a": []}, options={"a": {"pool": "small", "pool_slots": 3}}), a=S.SCHEDULED)
    (condition,) = explained(run, "a").unmet
    assert condition.text == "the task takes 3 slots, pool `small` has only 1"
    assert condition.fix == 'tradewind pools set small 3 ""'


def test_without_a_scheduler_everything_says_so() -> None:
    dead = engine(last_heartbeats={"scheduler": (NOW - timedelta(minutes=2), True)})
    run = view(dag({"a": []}), a=S.SCHEDULED)
    (condition,) = explained(run, "a", by=dead).unmet
    assert condition.text == "no scheduler is running, the last one was heard of 2 min ago: no task is started"
    (condition,) = explained(run, "a", by=engine(last_heartbeats={})).unmet
    assert condition.text == "no scheduler is running: no task is started"


def test_a_retry_tells_what_failed_and_when_it_comes() -> None:
    run = view(dag({"a": []}, options={"a": {"retries": 2}}), a=S.UP_FOR_RETRY)
    held = task(run, "a")
    held.try_number, held.next_at = 1, NOW + timedelta(seconds=90)
    found = explained(run, "a", error="ValueError: no rows")
    assert found.sentence == (
        "`a` failed on try 1: ValueError: no rows; the next try is due in 1 min 30 s, at 2030-01-01 00:11:30 UTC"
    )
    assert found.unmet[0].until == held.next_at


def test_a_mapped_task_names_the_result_that_it_waits_for() -> None:
    of_both = LengthSpec(kind="product", parts=(of_task("a"), of_task("b")))
    options = {"m": {"expand": of_both, "mapped": True, "trigger_rule": TriggerRule.ONE_SUCCESS}}
    run = view(dag({"a": ["m"], "b": ["m"]}, options=options), a=S.SUCCESS, b=S.RUNNING)
    task(run, "b").start_date = NOW - timedelta(minutes=2)
    found = explained(run, "m")
    assert found.sentence.startswith("`m` waits: it is mapped over the results of `b` (running for 2 min")
    assert unmet(found) == ["map"]


def of_task(task_id: str) -> LengthSpec:
    return LengthSpec(kind="task", task_id=task_id)


def test_the_past_names_the_state_that_it_waits_for() -> None:
    run = view(dag({"a": []}, options={"a": {"depends_on_past": True}}))
    run.past = {"a": S.FAILED}
    found = explained(run, "a")
    assert found.sentence == "`a` waits: depends_on_past: in the run before, it is failed"
    assert found.unmet[0].fix == "clear or mark a in the run before"


def test_the_past_names_the_other_tasks_that_it_waits_for() -> None:
    options = {"c": {"depends_on_past": True, "depends_on_previous": ("a", "b"), "ignore_first_depends_on_past": False}}
    run = view(dag({"a": [], "b": [], "c": []}, options=options))
    run.past = {"a": S.FAILED, "b": S.RUNNING, "c": S.FAILED}
    found = explained(run, "c")
    assert found.sentence == ("`c` waits: depends_on_previous_task_ids: in the run before, `a` and `b` did not succeed")
    assert found.unmet[0].fix == "clear or mark a in the run before"
    run.past = {"a": S.SUCCESS}
    assert explained(run, "c").sentence.endswith("no task `b` and ignore_first_depends_on_past is off")


def test_a_task_of_a_queued_run_tells_why_the_run_waits() -> None:
    spec = dag({"a": []}, max_active_runs=1)
    run = view(spec, RunRow(state=DagRunState.QUEUED))
    other = ActiveRun("r0", DagRunType.SCHEDULED, DagRunState.RUNNING, T0, since=T0)
    found = explained(run, "a", of=facts(spec, active=[other]))
    text = "the DAG allows 1 running run (max_active_runs), 1 is running"
    assert found.sentence == f"`a` waits: its run is still queued: {text}"
    assert found.unmet[1].holders[0].run_id == "r0"


@pytest.mark.parametrize("state", sorted(FINISHED))
def test_a_task_that_ended_waits_for_nothing_and_says_how_it_ended(state: TaskInstanceState) -> None:
    run = view(dag({"a": []}), a=state)
    found = explained(run, "a", reason="because", by=engine(last_heartbeats={}))
    assert found.unmet == ()
    assert found.sentence.endswith(": because")


def test_a_failed_task_tells_its_error_once() -> None:
    run = view(dag({"a": []}), a=S.FAILED)
    held = task(run, "a")
    held.start_date, held.end_date = T0, T0 + timedelta(minutes=3)
    found = explained(run, "a", reason="try 1 of 1 failed", error="ValueError: row count 99 < 100")
    assert found.sentence == "`a` failed after 3 min: try 1 of 1 failed: ValueError: row count 99 < 100"
    again = explained(run, "a", reason="try 1 of 1 failed: E: x", error="E: x")
    assert again.sentence == "`a` failed after 3 min: try 1 of 1 failed: E: x"


def test_a_task_that_succeeded_says_so_once() -> None:
    run = view(dag({"a": []}), a=S.SUCCESS)
    assert explained(run, "a", reason="succeeded").sentence == "`a` succeeded"


STATES = st.sampled_from([None, *TaskInstanceState])


@given(
    rule=st.sampled_from(TriggerRule),
    above=st.lists(STATES, min_size=1, max_size=4),
)
def test_the_rule_is_unmet_exactly_when_the_core_would_leave_the_task_waiting(
    rule: TriggerRule, above: list[TaskInstanceState | None]
) -> None:
    spec = dag({f"u{i}": ["x"] for i in range(len(above))}, options={"x": {"trigger_rule": rule}})
    states = {f"u{i}": state for i, state in enumerate(above)}
    run = build_view(RunRow(), spec, rows(spec, **states))
    told = "trigger_rule" in unmet(explained(run, "x"))
    decided = build_view(RunRow(), spec, rows(spec, **states))
    flow.after(decided, [TaskKey("x", -1)], NOW)
    assert told == (task(decided, "x").state is None)


# --- Runs -----------------------------------------------------------------------------------------------------------


def test_a_queued_run_lists_all_that_keeps_it() -> None:
    spec = dag({"a": []}, max_active_runs=1)
    run = view(spec, RunRow(state=DagRunState.QUEUED, run_after=NOW + timedelta(hours=1), queued_at=T0))
    other = ActiveRun("r0", DagRunType.SCHEDULED, DagRunState.RUNNING, T0, since=T0)
    found = explain_runs.run(run, facts(spec, paused=True, active=[other]), engine())
    assert unmet(found) == ["dag_paused", "run_after", "max_active_runs"]
    assert found.sentence == "Run `r` has been queued for 10 min: the DAG is paused (and 2 more conditions)"


def test_a_backfill_is_not_held_by_max_active_runs() -> None:
    spec = dag({"a": []}, max_active_runs=1)
    run = view(spec, RunRow(state=DagRunState.QUEUED, run_type=DagRunType.BACKFILL))
    other = ActiveRun("r0", DagRunType.SCHEDULED, DagRunState.RUNNING, T0)
    assert explain_runs.run(run, facts(spec, active=[other]), engine()).unmet == ()


def test_a_running_run_names_the_task_that_runs_longest() -> None:
    run = view(dag({"a": ["c"], "b": ["c"]}), a=S.RUNNING, b=S.RUNNING)
    task(run, "a").start_date = NOW - timedelta(seconds=5)
    task(run, "b").start_date = NOW - timedelta(seconds=8)
    found = explain_runs.run(run, facts(run.spec), engine())
    assert found.sentence == (
        "Run `r` has been running for 10 min, 0 of 3 tasks ended; `b` has been running for 8.0 s and 1 more"
    )


def test_a_run_in_which_nothing_runs_tells_what_its_tasks_wait_for() -> None:
    spec = dag({"a": ["b"], "b": ["c"]}, options={"b": {"pool": "gone"}})
    run = view(spec, a=S.SUCCESS, b=S.SCHEDULED)
    found = explain_runs.run(run, facts(spec), engine())
    assert found.sentence == (
        "Run `r` has been running for 10 min, 1 of 3 tasks ended, none is running: "
        "`b` waits: pool `gone` does not exist"
    )
    assert len(found.unmet) == 1  # not what waits for b


def test_a_run_that_ended_tells_how() -> None:
    row = RunRow(state=DagRunState.FAILED, end_date=T0 + timedelta(minutes=3))
    run = view(dag({"a": []}), row, a=S.FAILED)
    found = explain_runs.run(run, facts(run.spec), engine(), "task a failed")
    assert found.sentence == "Run `r` failed after 3 min: task a failed"


# --- DAGs -----------------------------------------------------------------------------------------------------------


def test_a_dag_says_when_its_next_run_comes() -> None:
    spec = dag({"a": []}, timetable=DAILY)
    at = NOW + timedelta(hours=1, minutes=30)
    found = explain_runs.dag(facts(spec, next_run=NextRun(at, Interval(at, at), at)), engine())
    assert found.sentence == "DAG `d` waits for its next fire time, 2030-01-01 01:40:00 UTC (in 1 h 30 min)"
    assert found.unmet == ()


def test_a_dag_lists_all_that_keeps_it_from_running() -> None:
    spec = dag({"a": []}, timetable=DAILY, max_active_runs=1)
    active = [ActiveRun("r0", DagRunType.SCHEDULED, DagRunState.RUNNING, T0, since=T0)]
    due = NextRun(T0, Interval(T0, T0), T0)
    found = explain_runs.dag(
        facts(spec, paused=True, stale=True, import_error="line 3: no such module", next_run=due, active=active),
        engine(last_heartbeats={}),
    )
    assert unmet(found) == ["file_missing", "dag_paused", "max_active_runs", "no_scheduler"]
    assert "1 run is running" in found.sentence
    assert found.sentence.endswith("the last good version is used: line 3: no such module")


def test_a_dag_without_a_schedule_says_how_it_runs() -> None:
    found = explain_runs.dag(facts(dag({"a": []})), engine())
    assert unmet(found) == ["no_schedule"]
    assert "tradewind dags trigger d" in found.unmet[0].fix


# --- What is waited for outside the engine ----------------------------------------------------------------------------


def outside(state: TaskInstanceState, awaited: Awaited | None, **fields: Any) -> Explanation:
    run = view(dag({"a": []}), a=state)
    known = {} if awaited is None else {task(run, "a").id: awaited}
    return explained(run, "a", by=engine(awaited=known, **fields))


def test_a_deferred_task_names_its_trigger_and_since_when() -> None:
    found = outside(S.DEFERRED, Awaited("trigger", "DateTimeTrigger", NOW - timedelta(minutes=5)))
    assert found.sentence == "`a` is deferred: it waits for its trigger DateTimeTrigger for 5 min"
    assert unmet(found) == ["trigger"]


def test_a_trigger_that_nobody_watches_is_told() -> None:
    awaited = Awaited("trigger", "T", NOW - timedelta(minutes=5), taken=False)
    found = outside(S.DEFERRED, awaited)
    assert unmet(found) == ["trigger", "no_triggerer"]
    assert "no triggerer has taken it yet" in found.unmet[0].text
    alive = {**ALIVE, "triggerer": (NOW, True)}
    assert unmet(outside(S.DEFERRED, awaited, last_heartbeats=alive)) == ["trigger"]


def test_what_the_scheduler_watches_itself_needs_no_triggerer() -> None:
    found = outside(S.DEFERRED, Awaited("event", "run `r1` of other", NOW - timedelta(minutes=5), taken=False))
    assert unmet(found) == ["event"]


def test_a_question_names_who_may_answer() -> None:
    asked = Awaited("input", "Deploy?", NOW - timedelta(hours=3), people=("ann", "bob"))
    found = outside(S.AWAITING_INPUT, asked)
    assert found.sentence == ("`a` is awaiting input: it has waited for 3 h for `ann` and `bob` to answer 'Deploy?'")
    assert "for anybody to answer" in outside(S.AWAITING_INPUT, Awaited("input", "?", NOW)).sentence


def test_a_wait_of_which_nothing_is_known_is_told_as_such() -> None:
    assert outside(S.DEFERRED, None).sentence == "`a` is deferred: it waits for something outside"


def test_a_rescheduled_sensor_that_the_scheduler_calls_names_what_it_waits_for() -> None:
    run = view(dag({"a": []}), a=S.UP_FOR_RESCHEDULE)
    sensor = task(run, "a")
    sensor.next_at = NOW + timedelta(hours=1)
    known = {sensor.id: Awaited("event", "task `x` of up in run `r1` to end", NOW - timedelta(minutes=5), taken=False)}
    found = explained(run, "a", by=engine(awaited=known))
    assert unmet(found) == ["event"]
    assert found.sentence.startswith(
        "`a` checked and was not done yet; it waits for task `x` of up in run `r1` to end for 5 min, and looks again"
    )


@pytest.mark.parametrize(
    ("minutes", "due_since", "told"),
    [
        (5, T0, " (its NOT_STARTED deadline was missed 2030-01-01 00:05:00 UTC)"),
        (20, T0, " (its NOT_STARTED deadline is due 2030-01-01 00:20:00 UTC)"),
        (5, NOW, ""),
    ],
)
def test_a_fire_time_without_a_run_is_named(minutes: int, due_since: datetime, told: str) -> None:
    never = DeadlineSpec(reference="not_started", interval=minutes * 60.0)
    spec = dag({"a": []}, timetable=DAILY, max_active_runs=1, deadlines=(never,))
    due = NextRun(logical_date=T0, interval=None, run_after=T0)
    active = [ActiveRun("r", DagRunType.SCHEDULED, DagRunState.RUNNING, T0 - timedelta(days=1))]
    found = explain_runs.dag(facts(spec, next_run=due, active=active, due_since=due_since), engine())
    assert found.sentence.endswith("; the fire time 2030-01-01 00:00:00 UTC has made no run for 10 min" + told), (
        found.sentence
    )
    paused = facts(spec, next_run=due, active=active, due_since=due_since, paused=True)
    assert "fire time" not in explain_runs.dag(paused, engine()).sentence
