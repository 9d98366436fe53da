"""Timetables with code of the user's own: the code runs in child processes, the scheduler gets what it says as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from support.timetable_lab import DAY, START, Answers, Lab, workdays
from tradewind.core.backfill import Action
from tradewind.errors import ConflictError, InvalidError, UnansweredError
from tradewind.spec.states import DagRunState, DagRunType
from tradewind.store import Store, backfill_spans
from tradewind.store.backfills import Wanted
from tradewind.store.reads.query import Page
from tradewind.store.tables import dag_run, range_question


@pytest.fixture
def lab(store: Store, tmp_path: Path) -> Iterator[Lab]:
    made = Lab(store, tmp_path)
    with made.parser:
        yield made


def test_a_month_of_working_days(lab: Lab) -> None:
    lab.write()
    lab.engine.lead()
    assert lab.settle() == 1, "one answer reaches far ahead"
    lab.pass_days(30)
    assert [run["logical_date"] for run in lab.runs()] == workdays(22)
    assert {run["state"] for run in lab.runs()} == {"success"}
    assert lab.settle() == 0


def test_code_of_a_user_inside_a_schedule_of_assets_or_time(lab: Lab) -> None:
    lab.write()
    text = (lab.bundle.path / "work.py").read_text()
    both = text.replace(
        "schedule=Workdays()", "schedule=AssetOrTimeSchedule(timetable=Workdays(), assets=[Asset('x')])"
    )
    (lab.bundle.path / "work.py").write_text("from airflow.sdk import Asset, AssetOrTimeSchedule\n" + both)
    parsed = lab.parser.parse(lab.bundle, "work.py").file
    assert parsed.errors == ()
    lab.engine.store.dags.save_parsed("dags", str(lab.bundle.path), parsed, lab.engine.clock.now())
    lab.engine.lead()
    lab.settle()
    lab.pass_days(3)
    assert [run["logical_date"] for run in lab.runs()] == workdays(3)
    assert lab.errors() == []


def test_the_forecast_is_made_anew_when_it_is_used_up_or_nobody_looked(lab: Lab) -> None:
    lab.write()
    lab.engine.lead()
    lab.settle()
    lab.engine.clock.advance(timedelta(days=100))
    lab.engine.scheduler._leadership.acquire()
    asked = 0
    for _ in range(4):
        asked += lab.settle()
    assert [run["logical_date"] for run in lab.runs()] == workdays(72)
    assert asked >= 1


def test_without_catchup_the_clock_counts_that_is_there_when_the_run_is_made(lab: Lab) -> None:
    lab.write(
        "restriction = restriction._replace(earliest=max(restriction.earliest, pendulum.instance(NOW)))",
        "catchup=False",
    )
    lab.engine.lead()
    lab.settle()
    lab.pass_days(3)
    assert [run["logical_date"] for run in lab.runs()] == workdays(3)


def test_a_bounded_policy_is_applied_where_the_code_runs(lab: Lab) -> None:
    lab.write(arguments='catchup={"runs": 2}, max_active_runs=100')
    lab.engine.clock.advance(10 * DAY)
    lab.engine.lead()
    lab.settle()
    assert [run["logical_date"] for run in lab.runs()] == workdays(8)[-2:]


def test_a_restart_in_between_loses_nothing(lab: Lab) -> None:
    lab.write()
    lab.engine.lead()  # asks; the answer comes when this scheduler is gone
    assert lab.runs() == []
    lab.engine.clock.advance(timedelta(minutes=5))
    lab.engine.scheduler = lab.engine.make_scheduler("scheduler-2")
    lab.engine.lead()
    lab.settle()
    lab.pass_days(2)
    assert [run["logical_date"] for run in lab.runs()] == workdays(2)


def test_a_failing_timetable_is_an_import_error_and_the_dag_stays(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    lab.write("raise LookupError('no calendar for this year')")
    lab.engine.lead()
    assert lab.settle() == 1
    (error,) = lab.errors()
    assert "DAG 'work' makes no runs" in error["message"] and "no calendar for this year" in error["message"]
    assert error["line"] == 19
    assert lab.runs() == []
    lab.engine.advance(timedelta(seconds=30))
    assert lab.settle() == 0, "it is not asked again at once"
    lab.engine.advance(timedelta(seconds=31))
    assert lab.settle() == 1
    told = [record for record in caplog.records if "the timetable of work failed" in record.getMessage()]
    assert [record.levelname for record in told if record.levelno > 10] == ["ERROR"], "the same is said once"
    lab.write()
    lab.settle()
    lab.pass_days(1)
    assert [run["logical_date"] for run in lab.runs()] == workdays(1)
    assert lab.errors() == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("return 3", "returned 3"),
        ("return DagRunInfo.exact(restriction.earliest)", "does not advance"),
        ("from datetime import datetime; return DagRunInfo.exact(datetime(2024, 8, 9))", "without a time zone"),
        ("import os; os._exit(3)", "exited with status 3"),
    ],
)
def test_bad_answers_are_named(lab: Lab, body: str, text: str) -> None:
    lab.write(body)
    lab.engine.lead()
    lab.settle()
    (error,) = lab.errors()
    assert text in error["message"]


def test_a_manual_run_waits_for_its_interval(lab: Lab) -> None:
    lab.write(arguments="catchup=False, is_paused_upon_creation=False")
    lab.engine.lead()
    lab.settle()
    store = lab.engine.store
    at = datetime(2024, 8, 12, 5, tzinfo=UTC)  # a Monday
    run = store.actions.trigger_run("work", logical_date=at, now=lab.engine.clock.now())
    lab.engine.changed()
    assert lab.engine.run_state(run.id) is DagRunState.QUEUED
    assert lab.settle() == 1
    row = store.reads.runs.get("work", run.run_id)
    assert row is not None
    assert (row["data_interval_start"], row["data_interval_end"]) == (
        datetime(2024, 8, 9, tzinfo=UTC),
        datetime(2024, 8, 10, tzinfo=UTC),
    )
    assert row["state"] == "success"

    failing = store.actions.trigger_run("work", logical_date=at.replace(year=2031), now=lab.engine.clock.now())
    lab.settle()
    row = store.reads.runs.get("work", failing.run_id)
    assert row is not None
    assert row["state"] == "failed" and "too far ahead" in row["reason"]
    assert row["run_type"] == DagRunType.MANUAL


def test_a_deleted_dag_leaves_no_questions_and_no_errors(lab: Lab) -> None:
    lab.write("raise LookupError('none')")
    lab.engine.lead()
    lab.settle()
    store = lab.engine.store
    assert len(lab.errors()) == 1
    store.actions.delete_dag("work", now=lab.engine.clock.now())
    assert lab.errors() == []
    assert lab.settle() == 0


# --- backfills --------------------------------------------------------------------------------------------------------


ONLY_BACKFILLS = "if not restriction.catchup: return None"


def filled(lab: Lab) -> list[datetime]:
    while lab.engine.executor.out():
        lab.engine.run_all()
    return [run["logical_date"] for run in lab.runs() if run["run_type"] == DagRunType.BACKFILL]


def test_a_backfill_of_a_range_runs_what_the_code_says(lab: Lab) -> None:
    lab.write(ONLY_BACKFILLS, arguments="catchup=False")
    lab.engine.clock.advance(40 * DAY)
    lab.engine.lead()
    wanted = Wanted(dag_id="work", from_date=START, to_date=START + 9 * DAY, max_active_runs=3)
    backfills = lab.engine.store.backfills
    with Answers(lab):
        plan = backfills.plan(wanted, now=lab.engine.clock.now())
        made = backfills.create(wanted, now=lab.engine.clock.now())
    assert [item.run.logical_date for item in plan.items] == workdays(8)
    assert (plan.expected, plan.exact, plan.counts[Action.CREATE]) == (8, True, 8)
    assert lab.rows(range_question) == [], "a question goes with whoever asked it"
    # the leader needs no code any more: not when it dies in between, nor when the file is gone
    lab.engine.changed()
    assert filled(lab)
    lab.engine.clock.advance(timedelta(minutes=5))
    lab.engine.scheduler = lab.engine.make_scheduler("scheduler-2")
    lab.engine.lead()
    assert sorted(filled(lab)) == workdays(8)
    assert all(run.data_interval_end - run.data_interval_start == DAY for run in lab.rows(dag_run))
    assert backfills.get(made)["completed_at"] is not None
    with Answers(lab):
        again = backfills.plan(wanted, now=lab.engine.clock.now())
    assert again.counts[Action.SKIP] == 8


def test_a_backfill_of_dates_and_backwards(lab: Lab) -> None:
    lab.write(ONLY_BACKFILLS, arguments="catchup=False")
    lab.engine.clock.advance(40 * DAY)
    lab.engine.lead()
    backfills, now = lab.engine.store.backfills, lab.engine.clock.now()
    days = [START.date(), START + 2 * DAY]
    with Answers(lab):
        made = backfills.create(Wanted(dag_id="work", dates=days, run_backwards=True), now=now)
        with pytest.raises(InvalidError, match="no run at 2024-08-10"):
            backfills.create(Wanted(dag_id="work", dates=[date(2024, 8, 10)]), now=now)
        with pytest.raises(ConflictError, match="some of the same dates"):
            backfills.create(Wanted(dag_id="work", dates=days[:1]), now=now)
        with pytest.raises(InvalidError, match="no run in this range"):
            backfills.plan(Wanted(dag_id="work", from_date=START + 4 * DAY, to_date=START + 5 * DAY), now=now)
    lab.engine.changed()
    filled(lab)
    items = backfills.runs(made, Page(limit=10)).items
    assert [item["logical_date"] for item in items] == [START + 2 * DAY, START]


def test_what_the_code_fails_with_is_told_to_whoever_asked(lab: Lab) -> None:
    lab.write("raise LookupError('no calendar for this year')", arguments="catchup=False")
    wanted = Wanted(dag_id="work", from_date=START, to_date=START)
    with Answers(lab), pytest.raises(InvalidError, match=r"no calendar for this year.*work.py, line 19"):
        lab.engine.store.backfills.plan(wanted, now=START + DAY)
    lab.write("last = last_automated_data_interval; return DagRunInfo.exact(restriction.earliest)")
    with Answers(lab), pytest.raises(InvalidError, match="does not advance"):
        lab.engine.store.backfills.plan(wanted, now=START + DAY)


def test_silence_is_told_in_time(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write(arguments="catchup=False")
    wanted = Wanted(dag_id="work", from_date=START, to_date=START)
    plan = lab.engine.store.backfills.plan
    with pytest.raises(UnansweredError, match="no DAG processor runs"):
        plan(wanted, now=START + DAY)
    lab.engine.store.leases.register("hangs", "dag_processor", START)
    monkeypatch.setattr(backfill_spans.ask_runs, "__defaults__", (0.05,))
    with pytest.raises(UnansweredError, match=r"nobody answered within 0.05 seconds") as told:
        plan(wanted, now=START + DAY)
    assert "tradewind dag-processor" in str(told.value.fix)
    assert lab.rows(range_question) == []


def test_a_question_that_nobody_waits_for_is_dropped(lab: Lab) -> None:
    lab.write(arguments="catchup=False")
    with lab.engine.store.engine.begin() as connection:
        connection.execute(
            range_question.insert().values(dag_id="work", body="{}", expires_at=START - timedelta(seconds=1))
        )
    assert lab.forecaster.answer() == 0
    assert lab.rows(range_question) == []
