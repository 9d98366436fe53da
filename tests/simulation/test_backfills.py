"""Backfills from the order to the last run, on a real database and a virtual clock."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from support.engine import DAILY, START, Engine, dag
from tradewind.core.backfill import Action, Pick, Reprocess, TaskChoice
from tradewind.errors import ConflictError, InvalidError
from tradewind.spec.assets import AssetSchedule, AssetSpec, AssetUse, Condition
from tradewind.spec.dag import TimetableSpec
from tradewind.spec.states import FINISHED, DagRunState, DagRunType, TaskInstanceState
from tradewind.store import backfill_retry
from tradewind.store.backfills import Wanted
from tradewind.store.reads import Page, RunFilter

S = TaskInstanceState
DAY = timedelta(days=1)
NOW = START + 40 * DAY


def day(number: int) -> datetime:
    return START + number * DAY


@pytest.fixture
def engine(store, tmp_path):
    return Engine(store, tmp_path, now=NOW)


def wanted(first: int = 0, last: int = 9, **fields: object) -> Wanted:
    return Wanted(**{"dag_id": "d", "from_date": day(first), "to_date": day(last), **fields})


def make(engine: Engine, first: int = 0, last: int = 9, **fields: object) -> int:
    made = engine.store.backfills.create(wanted(first, last, **fields), now=engine.clock.now())
    engine.changed()
    return made


def settle(engine: Engine) -> None:
    """All that is out succeeds, until nothing comes out any more."""
    engine.run_all()
    engine.step()
    while engine.executor.out():
        engine.run_all()
        engine.step()


def items(engine: Engine, backfill: int) -> list[dict]:
    return engine.store.backfills.runs(backfill, Page(limit=1000)).items


def dates(engine: Engine, backfill: int) -> list[int]:
    return [(item["logical_date"] - START).days for item in items(engine, backfill)]


def all_runs(engine: Engine) -> list[dict]:
    return engine.store.reads.runs.page(RunFilter(dag_ids=["d"]), Page(limit=1000)).items


def test_a_backfill_makes_each_run_once_a_few_at_a_time(engine):
    engine.add(dag(timetable=DAILY, max_active_runs=1))
    engine.lead()
    settle(engine)  # what the schedule makes
    backfill = make(engine, max_active_runs=3)
    active = [run for run in engine.runs("d") if run.run_type is DagRunType.BACKFILL]
    assert [run.run_id for run in active] == [f"backfill__{day(n).isoformat()}" for n in range(3)]
    assert {run.state for run in active} == {DagRunState.RUNNING}
    most = 0
    while engine.executor.out():
        work = engine.executor.out()[0]
        engine.step(engine.executor.claim(work, engine.clock.now()))
        engine.step(engine.executor.finish(work, engine.clock.now()))
        most = max(most, len(engine.runs("d")))
    assert most == 3
    shown = engine.store.backfills.get(backfill)
    assert shown["completed_at"] is not None and shown["reason"] == "all its runs ended"
    assert (shown["runs"], shown["skipped"], shown["planned"]) == ({"success": 10}, 0, 10)
    assert dates(engine, backfill) == list(range(10))
    assert {item["action"] for item in items(engine, backfill)} == {"create"}


def test_backwards_means_backwards_to_the_last_task(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY, fields={"a": {"max_active_tis_per_dag": 1}}))
    engine.lead()
    settle(engine)
    backfill = make(engine, run_backwards=True, max_active_runs=4)
    order = []
    while engine.executor.out():
        (work,) = engine.executor.out()
        order.append(work.run.logical_date)
        engine.clock.advance(1)
        engine.step(engine.executor.claim(work, engine.clock.now()))
        engine.step(engine.executor.finish(work, engine.clock.now()))
    assert dates(engine, backfill) == list(range(9, -1, -1))
    ended = sorted(all_runs(engine), key=lambda run: run["id"])
    starts = [run["logical_date"] for run in ended if run["run_type"] == "backfill"]
    assert starts == [day(n) for n in range(9, -1, -1)]
    assert order == starts


def test_existing_runs_are_kept_or_cleared_never_doubled(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    make(engine, 0, 3)
    works = {work.run.run_id: work for work in engine.executor.out()}
    assert len(works) == 4
    for run_id, work in sorted(works.items()):
        engine.step(engine.executor.claim(work, engine.clock.now()))
        failed = (
            {"state": "failed", "error_type": "E", "error": "no"} if run_id.startswith("backfill__2024-08-07") else {}
        )
        engine.step(engine.executor.finish(work, engine.clock.now(), **failed))
    before = {run["id"] for run in all_runs(engine)}
    plan = engine.store.backfills.plan(wanted(0, 5, reprocess_behavior=Reprocess.FAILED), now=NOW)
    assert [item.action for item in plan.items] == [
        Action.SKIP, Action.RERUN, Action.SKIP, Action.SKIP, Action.CREATE, Action.CREATE,
    ]  # fmt: skip
    again = make(engine, 0, 5, reprocess_behavior=Reprocess.FAILED, conf={"x": 1})
    assert [item["reason"].split(":")[0] for item in items(engine, again)] == [
        "already exists", "cleared existing run", "already exists", "already exists", "no run yet", "no run yet",
    ]  # fmt: skip
    settle(engine)
    runs = all_runs(engine)
    assert len({run["logical_date"] for run in runs}) == len(runs)
    assert before < {run["id"] for run in runs} and len(runs) == len(before) + 2
    rerun = next(run for run in runs if run["logical_date"] == day(1))
    assert (rerun["state"], rerun["clear_number"], rerun["conf"]) == ("success", 1, {"x": 1})
    everything = make(engine, 0, 5, reprocess_behavior=Reprocess.COMPLETED)
    assert {item["action"] for item in items(engine, everything)} == {"rerun"}
    settle(engine)
    assert engine.store.backfills.get(everything)["runs"] == {"success": 6}


def test_only_the_picked_ones(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    make(engine, 0, 1)
    settle(engine)
    completed = make(engine, 0, 3, only=[Pick.COMPLETED])
    assert [item["action"] for item in items(engine, completed)] == ["rerun", "rerun", "skip", "skip"]
    settle(engine)
    assert {run["logical_date"] for run in all_runs(engine)} == {day(0), day(1), day(39)}


def test_a_running_run_is_left_alone(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    (live,) = engine.executor.out()
    engine.step(engine.executor.claim(live, engine.clock.now()))
    backfill = make(engine, 39, 39, reprocess_behavior=Reprocess.COMPLETED)
    (item,) = items(engine, backfill)
    assert item["action"] == "skip" and item["reason"].startswith("in flight: scheduled__")
    engine.step()
    assert engine.store.backfills.get(backfill)["completed_at"] is not None
    assert [work.attempt_id for work in engine.executor.out()] == [live.attempt_id]


def test_live_runs_go_first(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY, fields={"a": {"max_active_tis_per_dag": 1}}))
    engine.lead()
    settle(engine)
    make(engine, 0, 5)
    engine.clock.advance(DAY)
    engine.advance(1)
    (first,) = engine.executor.out()
    engine.step(engine.executor.claim(first, engine.clock.now()))
    engine.step(engine.executor.finish(first, engine.clock.now()))
    assert [work.run.run_id.split("__")[0] for work in engine.executor.out()] == ["scheduled"]


def test_a_subset_of_tasks_runs_alone_and_stays_alone(engine):
    shape = {"extract": [], "transform": ["extract"], "load": ["transform"], "report": ["load"]}
    engine.add(dag(shape=shape, timetable=DAILY))
    engine.lead()
    settle(engine)
    backfill = make(engine, 0, 0, tasks=TaskChoice(regex="^tra", downstream=False))
    (run,) = engine.runs("d")
    assert engine.states(run.id) == {
        "extract": S.REMOVED, "transform": S.QUEUED, "load": S.REMOVED, "report": S.REMOVED,
    }  # fmt: skip
    settle(engine)
    assert engine.run_state(run.id) is DagRunState.SUCCESS
    assert engine.store.backfills.get(backfill)["runs"] == {"success": 1}
    # clearing the task with all that is below does not drag in what was not asked for
    engine.store.actions.clear_tasks("d", run_id=run.run_id, task_ids=["transform"], downstream=True)
    engine.changed()
    assert engine.states(run.id)["load"] is S.REMOVED
    settle(engine)
    # a later backfill widens the run
    make(engine, 0, 0, tasks=TaskChoice(ids=("load",), downstream=True), reprocess_behavior=Reprocess.COMPLETED)
    assert engine.states(run.id) == {
        "extract": S.REMOVED, "transform": S.SUCCESS, "load": S.QUEUED, "report": None,
    }  # fmt: skip
    settle(engine)
    make(engine, 0, 0, reprocess_behavior=Reprocess.COMPLETED)
    assert engine.states(run.id)["extract"] is S.QUEUED
    settle(engine)
    assert set(engine.states(run.id).values()) == {S.SUCCESS}


def test_it_stops_after_so_many_failures_and_the_failed_can_be_retried(engine):
    engine.add(dag(shape={"a": [], "b": ["a"]}, timetable=DAILY))
    engine.lead()
    settle(engine)
    backfill = make(engine, 0, 9, max_active_runs=1, stop_after=2)
    for _ in range(2):
        engine.fail("a")
    shown = engine.store.backfills.get(backfill)
    assert shown["paused"] and "2 runs failed" in shown["reason"]
    assert shown["planned"] == 2 and not engine.executor.out()
    assert engine.store.backfills.retry(backfill) == 2
    engine.changed()
    settle(engine)
    shown = engine.store.backfills.get(backfill)
    assert shown["runs"] == {"success": 10} and shown["completed_at"] is not None
    nothing = engine.store.backfills.preview_retry(backfill)
    assert (nothing.run_count, nothing.runs, nothing.tasks) == (0, [], {}) and "nothing runs again" in nothing.sentence
    assert engine.store.backfills.retry(backfill) == 0


def test_what_a_retry_shows_is_what_it_clears(engine):
    engine.add(dag(shape={"a": [], "b": ["a"], "c": ["b"], "side": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    backfill = make(engine, 0, 2, max_active_runs=1)
    (failed,) = engine.runs("d")
    engine.succeed("a")
    engine.succeed("side")
    engine.fail("b")
    (marked,) = engine.runs("d")
    engine.store.actions.set_run_state("d", marked.run_id, "failed")
    engine.changed()
    (done,) = engine.runs("d")
    engine.store.backfills.change(backfill, max_active_runs=3)
    settle(engine)
    before = {run.id: engine.states(run.id) for run in (failed, marked, done)}
    assert before[failed.id] == {"a": S.SUCCESS, "b": S.FAILED, "c": S.UPSTREAM_FAILED, "side": S.SUCCESS}
    shown = engine.store.backfills.preview_retry(backfill)
    assert (shown.run_count, shown.runs) == (2, [failed.run_id, marked.run_id])
    # of the one what failed and what is below it, of the one that somebody marked all
    assert shown.tasks == {"a": 1, "b": 2, "c": 2, "side": 1} and shown.task_instances == 6
    assert shown.sentence == (
        f"Retrying backfill {backfill} of d lets 2 failed runs run again, 6 task instances, up to 3 at a time."
    )
    assert {run.id: engine.states(run.id) for run in (failed, marked, done)} == before
    assert engine.store.backfills.retry(backfill) == 2
    engine.changed()
    again = Counter(
        task for run in (failed, marked, done) for task, state in engine.states(run.id).items() if state not in FINISHED
    )
    assert again == shown.tasks
    engine.store.actions.set_paused("d", True)
    assert engine.store.backfills.preview_retry(backfill).dag_is_paused


def test_a_long_retry_names_the_tasks_of_the_first_runs(engine, monkeypatch):
    monkeypatch.setattr(backfill_retry, "LOOKED_AT", 2)
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    backfill = make(engine, 0, 2, max_active_runs=1)
    for _ in range(3):
        engine.fail("a")
    shown = engine.store.backfills.preview_retry(backfill)
    assert (shown.run_count, len(shown.runs), shown.tasks) == (3, 2, {"a": 2})
    assert "3 failed runs run again, 2 task instances of the first 2" in shown.sentence


def test_going_on_forgives_what_failed(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    backfill = make(engine, 0, 9, max_active_runs=1, stop_after=1)
    engine.fail("a")
    assert engine.store.backfills.get(backfill)["paused"]
    engine.store.backfills.unpause(backfill)
    engine.changed()
    engine.succeed("a")
    assert len(engine.executor.out()) == 1
    engine.fail("a")
    assert engine.store.backfills.get(backfill)["paused"] and not engine.executor.out()


def test_pause_resume_and_cancel(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    backfill = make(engine, 0, 9, max_active_runs=2)
    engine.store.backfills.pause(backfill)
    engine.changed()
    for work in engine.executor.out():
        engine.step(engine.executor.claim(work, engine.clock.now()))
        engine.step(engine.executor.finish(work, engine.clock.now()))
    assert not engine.executor.out() and engine.store.backfills.get(backfill)["planned"] == 2
    engine.store.backfills.unpause(backfill)
    engine.changed()
    assert len(engine.executor.out()) == 2
    # one more than the DAG lets run: a queued one, which the cancel fails
    engine.store.actions.set_paused("d", True)
    engine.store.backfills.change(backfill, max_active_runs=4)
    engine.changed()
    queued = [run for run in engine.runs("d") if run.state is DagRunState.QUEUED]
    assert len(queued) == 2
    engine.store.backfills.cancel(backfill)
    engine.changed()
    assert {engine.run_state(run.id) for run in queued} == {DagRunState.FAILED}
    shown = engine.store.backfills.get(backfill)
    assert shown["completed_at"] is not None and shown["reason"] == "cancelled"
    for change in (engine.store.backfills.pause, engine.store.backfills.unpause, engine.store.backfills.cancel):
        with pytest.raises(ConflictError, match="already completed"):
            change(backfill)
    settle(engine)
    assert engine.store.backfills.get(backfill)["runs"] == {"success": 4, "failed": 2}
    engine.store.actions.set_paused("d", False)
    assert engine.store.backfills.retry(backfill) == 2
    engine.changed()
    settle(engine)
    # it ran what it had come to, and nothing else
    assert engine.store.backfills.get(backfill)["runs"] == {"success": 6}


def test_several_at_once_unless_they_overlap(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    first = make(engine, 0, 4, max_active_runs=1)
    with pytest.raises(ConflictError, match=f"backfill {first} of DAG 'd' has some of the same dates"):
        make(engine, 4, 8)
    second = make(engine, 5, 9, max_active_runs=1)
    third = make(engine, dates=[date(2024, 8, 26), day(22)], from_date=None, to_date=None)
    assert len(engine.runs("d")) == 4
    settle(engine)
    assert dates(engine, first) == [0, 1, 2, 3, 4] and dates(engine, second) == [5, 6, 7, 8, 9]
    assert dates(engine, third) == [20, 22]
    make(engine, 4, 8)


def test_a_paused_backfill_holds_up_no_other(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    engine.store.actions.set_paused("d", True)
    first = make(engine, 0, 4, max_active_runs=2)
    second = make(engine, 5, 9, max_active_runs=2)
    engine.store.backfills.pause(first)
    engine.store.actions.set_paused("d", False)
    engine.changed()
    settle(engine)
    assert engine.store.backfills.get(second)["runs"] == {"success": 5}
    assert engine.store.backfills.get(first)["runs"] == {"queued": 2}


def test_what_makes_no_sense_is_refused_with_the_reason(engine):
    engine.add(
        dag("d", timetable=DAILY),
        dag("n"),
        dag("p", timetable=DAILY, fields={"a": {"depends_on_past": True}}),
    )

    def refuse(match: str, **fields: object) -> None:
        with pytest.raises(InvalidError, match=match):
            engine.store.backfills.create(wanted(**fields), now=NOW)

    refuse("begins .* after it ends", first=4, last=2)
    refuse("future dates", last=90)
    refuse("no schedule with dates in a range", dag_id="n")
    refuse("cannot run backwards", dag_id="p", run_backwards=True)
    refuse("could wait for ever", dag_id="p")
    refuse("max_active_runs 0", max_active_runs=0)
    refuse("stop_after 0 is out of range", stop_after=0)
    refuse("has no run at", dates=[day(2) + timedelta(hours=1)], from_date=None, to_date=None)
    refuse("no task of DAG 'd' fits", tasks=TaskChoice(regex="nothing"))
    refuse("not a regular expression", tasks=TaskChoice(regex="("))
    refuse("go back or look around", tasks=TaskChoice(regex="(?=tra)"))
    engine.store.backfills.create(wanted(dag_id="p", reprocess_behavior=Reprocess.COMPLETED), now=NOW)


def test_a_dag_without_schedule_takes_a_list_of_dates(engine):
    engine.add(dag(shape={"a": []}))
    engine.lead()
    at = datetime(2024, 8, 9, 12, 30, tzinfo=UTC)
    backfill = make(engine, dates=[at], from_date=None, to_date=None)
    settle(engine)
    assert engine.store.backfills.get(backfill)["runs"] == {"success": 1}
    assert [run["logical_date"] for run in all_runs(engine)] == [at]


def test_ten_years_of_minutes_hold_nothing_up(engine):
    engine.clock.advance_to(datetime(2034, 9, 1, tzinfo=UTC))
    minutely = TimetableSpec(kind="cron_interval", crons=("* * * * *",))
    engine.add(dag("d", {"a": []}, timetable=minutely), dag("other", {"a": []}))
    engine.lead()
    settle(engine)
    backfill = make(engine, last=3650)
    shown = engine.store.backfills.get(backfill)
    assert abs(shown["expected"] - 3650 * 1440) < 1000
    assert len(engine.executor.out()) == 10 and shown["planned"] == 10
    other = engine.trigger("other")
    assert {work.dag_id for work in engine.executor.out()} == {"d", "other"}
    assert engine.run_state(other.id) is DagRunState.RUNNING


def test_a_new_leader_goes_on_where_the_old_one_stood(engine):
    engine.add(dag(shape={"a": []}, timetable=DAILY))
    engine.lead()
    settle(engine)
    backfill = make(engine, 0, 9, max_active_runs=2)
    for number in range(2, 8):
        work = engine.executor.out()[0]
        engine.step(engine.executor.claim(work, engine.clock.now()))
        engine.step(engine.executor.finish(work, engine.clock.now()))
        engine.clock.advance(60)
        engine.scheduler = engine.make_scheduler(f"scheduler-{number}")
        engine.executor.bury([work.attempt_id for work in engine.executor.out()])
        engine.lead()
        engine.advance(60)
        engine.advance(5)
    settle(engine)
    for _ in range(20):
        engine.advance(5)
        settle(engine)
    assert dates(engine, backfill) == list(range(10))
    shown = engine.store.backfills.get(backfill)
    assert shown["runs"] == {"success": 10} and shown["completed_at"] is not None


# --- partition keys ---------------------------------------------------------------------------------------------------


def partitioned(engine: Engine) -> None:
    use = AssetUse(name="orders", uri="orders")
    schedule = AssetSchedule(condition=Condition(use=use), partitioned=True)
    table = TimetableSpec(kind="none", partitioned=True)
    engine.add(dag(timetable=table, asset_schedule=schedule, assets=(AssetSpec(name="orders", uri="orders"),)))
    engine.lead()


def keyed(*keys: str, **fields: object) -> Wanted:
    return Wanted(**{"dag_id": "d", "partition_keys": keys, **fields})


def test_partition_keys_each_get_a_run(engine):
    partitioned(engine)
    backfills, now = engine.store.backfills, engine.clock.now()
    plan = backfills.plan(keyed("eu", "us", "eu"), now=now)
    assert [item.run.partition_key for item in plan.items] == ["eu", "us"]
    made = backfills.create(keyed("eu", "us", "eu", "a/b c", max_active_runs=2), now=now)
    engine.changed()
    assert {run.partition_key for run in engine.runs("d")} == {"eu", "us"}
    # the next leader goes on where this one died
    engine.clock.advance(timedelta(minutes=5))
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.lead()
    settle(engine)
    assert [(item["partition_key"], item["action"]) for item in items(engine, made)] == [
        ("eu", "create"), ("us", "create"), ("a/b c", "create"),
    ]  # fmt: skip
    runs = all_runs(engine)
    assert len({run["run_id"] for run in runs}) == 3
    assert all(run["run_type"] is DagRunType.BACKFILL or run["run_type"] == "backfill" for run in runs)
    assert all(run["logical_date"] is None for run in runs)
    assert any(run["run_id"].endswith("__eu") for run in runs)
    shown = backfills.get(made)
    assert (shown["partition_keys"], shown["expected"], shown["planned"]) == (["eu", "us", "a/b c"], 3, 3)
    assert shown["completed_at"] is not None

    again = backfills.plan(keyed("us", "asia"), now=engine.clock.now())
    assert [(item.action, item.run.partition_key) for item in again.items] == [
        (Action.SKIP, "us"), (Action.CREATE, "asia"),
    ]  # fmt: skip
    both = backfills.create(
        keyed("us", "asia", reprocess_behavior=Reprocess.COMPLETED, run_backwards=True), now=engine.clock.now()
    )
    engine.changed()
    settle(engine)
    assert [(item["partition_key"], item["action"]) for item in items(engine, both)] == [
        ("asia", "create"), ("us", "rerun"),
    ]  # fmt: skip


def test_partition_keys_that_another_backfill_has_are_refused(engine):
    partitioned(engine)
    backfills, now = engine.store.backfills, engine.clock.now()
    backfills.create(keyed("eu", paused=True), now=now)
    with pytest.raises(ConflictError, match="some of the same dates"):
        backfills.create(keyed("us", "eu"), now=now)
    assert backfills.create(keyed("us"), now=now)
    with pytest.raises(InvalidError, match="or a list of partition keys"):
        backfills.plan(keyed("us", dates=[START]), now=now)


def test_partitions_of_a_cron_by_key_and_by_range_are_the_same_runs(engine):
    table = TimetableSpec(kind="cron_partition", crons=("0 0 * * *",), key_format="%Y-%m-%d", partitioned=True)
    engine.add(dag(timetable=table, catchup=False), paused=True)
    engine.lead()
    backfills, now = engine.store.backfills, engine.clock.now()
    ranged = backfills.plan(wanted(0, 3), now=now).items
    named = backfills.plan(keyed(*(str(item.run.partition_key) for item in ranged)), now=now).items
    assert [item.run.partition_date for item in named] == [item.run.partition_date for item in ranged]
    backfills.create(keyed("2024-08-07"), now=now)
    engine.store.actions.set_paused("d", False)
    engine.changed()
    settle(engine)
    assert [item.action for item in backfills.plan(wanted(0, 3), now=engine.clock.now()).items].count(Action.SKIP) == 1
