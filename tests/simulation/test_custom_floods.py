"""Past runs of timetables with code of the user's own: counted before they are made, and held in a flood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from support.engine import Engine
from support.timetable_lab import DAY, START, WORKDAYS, Answers, Lab, workdays
from tradewind.services import forecaster
from tradewind.services.guard import Guard, Limits
from tradewind.spec.states import DagRunType
from tradewind.store import Store, previews
from tradewind.store.backfills import Wanted
from tradewind.store.reads import EventFilter, Page
from tradewind.store.tables import backfill_slots, dag_run, timetable_question

MINUTE = timedelta(minutes=1)
MINUTELY = """
from datetime import timedelta
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.timetables.base import DagRunInfo, Timetable
import pendulum

class Minutely(Timetable):
    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        last = last_automated_data_interval
        start = restriction.earliest if last is None else last.end
        return DagRunInfo.interval(start, start + timedelta(minutes=1))

with DAG("work", start_date=pendulum.datetime(2024, 8, 6), catchup=True, schedule=Minutely()):
    EmptyOperator(task_id="a")
"""


class Guarded(Engine):
    """An engine whose scheduler has a guard."""

    limits = Limits(per_hour=5, on_change=3)

    def make_scheduler(self, holder: str) -> Any:
        made = super().make_scheduler(holder)
        made._calendar._guard = Guard(self.store.past_runs, self.limits, holder=holder)
        return made


@pytest.fixture
def lab(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    monkeypatch.setattr(forecaster, "PIECE", 4)
    made = Lab(store, tmp_path, Guarded)
    with made.parser:
        yield made


def later(lab: Lab, by: timedelta) -> None:
    """Time passes while nobody looks."""
    lab.engine.clock.advance(by)
    lab.engine.scheduler._leadership.acquire()


def settle(lab: Lab) -> None:
    """All that can happen at this moment."""
    while lab.settle() or lab.engine.executor.out():
        lab.engine.run_all()
    lab.engine.run_all()


def made(lab: Lab, run_type: DagRunType) -> list[datetime]:
    return [run["logical_date"] for run in lab.runs() if run["run_type"] == run_type]


def held(lab: Lab) -> list[Any]:
    return list(lab.engine.store.backfills.page(Page(limit=100), "work").items)


def leap(lab: Lab, days: int, **fields: Any) -> None:
    """A DAG whose first run lies so far back is there for the first time."""
    lab.write(**fields)
    later(lab, days * DAY)
    lab.engine.lead()
    settle(lab)


def test_a_flood_is_held_and_the_newest_run_is_made(lab: Lab) -> None:
    leap(lab, 100)
    days = workdays(72)
    assert made(lab, DagRunType.SCHEDULED) == [*days[:5], days[-1]]
    (backfill,) = held(lab)
    assert (backfill["origin"], backfill["paused"], backfill["expected"]) == ("guard", True, 66)
    assert (backfill["from_date"], backfill["to_date"]) == (days[5], days[-2])
    assert "5 past runs were made within an hour" in backfill["reason"]
    assert len(lab.engine.store.reads.events.page(EventFilter(event="hold_past_runs"), Page(limit=9)).items) == 1
    # live fire times go on as if nothing had happened
    lab.pass_days(7)
    assert made(lab, DagRunType.SCHEDULED)[6:] == workdays(77)[72:]
    # and nothing is lost
    lab.engine.store.backfills.unpause(backfill["id"])
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == days[5:-1]
    assert held(lab)[0]["completed_at"] is not None
    assert len(held(lab)) == 1
    assert {run["state"] for run in lab.runs()} == {"success"}
    assert all(run.data_interval_end - run.data_interval_start == DAY for run in lab.rows(dag_run))
    assert lab.rows(timetable_question) == []


def test_cancelled_runs_are_not_made(lab: Lab) -> None:
    leap(lab, 100)
    lab.engine.store.backfills.cancel(held(lab)[0]["id"])
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == []


def test_few_runs_and_confirmed_ones_are_not_held(lab: Lab) -> None:
    lab.write()
    lab.engine.store.actions.set_paused("work", True)
    later(lab, 100 * DAY)
    lab.engine.lead()
    settle(lab)
    lab.engine.store.actions.set_paused("work", False, confirm_past=True, now=lab.engine.clock.now())
    settle(lab)
    assert made(lab, DagRunType.SCHEDULED) == workdays(72) and held(lab) == []


def test_a_dag_that_was_paused_for_long_is_asked_anew_before_a_run_is_made(lab: Lab) -> None:
    lab.write()
    lab.engine.lead()
    settle(lab)  # its forecast reaches 50 runs ahead
    lab.engine.store.actions.set_paused("work", True)
    settle(lab)
    later(lab, 400 * DAY)
    lab.engine.store.actions.set_paused("work", False)
    settle(lab)
    days = [day for day in (START + n * DAY for n in range(400)) if day.weekday() < 5]
    assert made(lab, DagRunType.SCHEDULED) == [*days[:5], days[-1]]
    assert held(lab)[0]["expected"] == len(days) - 6


def test_a_changed_schedule_that_asks_for_much_is_held_from_the_first(lab: Lab) -> None:
    lab.save(
        WORKDAYS.replace("{body}", "pass").replace("{arguments}", "catchup=False").replace("Workdays()", "'@daily'")
    )
    later(lab, 20 * DAY)
    lab.engine.lead()
    settle(lab)
    assert made(lab, DagRunType.SCHEDULED) == [START + 19 * DAY]
    later(lab, 20 * DAY)
    lab.write()
    settle(lab)
    days = [day for day in (START + n * DAY for n in range(20, 40)) if day.weekday() < 5]
    (backfill,) = held(lab)
    assert f"its schedule changed, and the new one asks for about {len(days) - 1} past runs" in backfill["reason"]
    assert made(lab, DagRunType.SCHEDULED)[1:] == days[-1:]
    lab.engine.store.backfills.unpause(backfill["id"])
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == days[:-1]


def test_a_window_holds_nothing_that_the_policy_leaves_out(lab: Lab) -> None:
    lab.write(arguments="catchup=timedelta(days=15), max_active_runs=100")
    later(lab, 100 * DAY)
    lab.engine.lead()
    settle(lab)
    now = lab.engine.clock.now()
    wanted = [day for day in workdays(72) if day + DAY >= now - 15 * DAY]
    assert made(lab, DagRunType.SCHEDULED) == [*wanted[:5], wanted[-1]]
    lab.engine.store.backfills.unpause(held(lab)[0]["id"])
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == wanted[5:-1]


def test_a_leader_that_dies_in_between_loses_nothing(lab: Lab) -> None:
    leap(lab, 100)
    lab.engine.store.backfills.unpause(held(lab)[0]["id"])
    lab.engine.changed()  # asks; the answer comes when this scheduler is gone
    for number in range(2, 6):
        lab.engine.clock.advance(timedelta(minutes=5))
        lab.engine.scheduler = lab.engine.make_scheduler(f"scheduler-{number}")
        lab.engine.lead()
        lab.forecaster.answer()
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == workdays(72)[5:-1]
    assert held(lab)[0]["completed_at"] is not None


def test_code_that_fails_later_pauses_the_backfill_with_its_reason(lab: Lab) -> None:
    leap(lab, 100)
    number = held(lab)[0]["id"]
    lab.write("if last_automated_data_interval: raise LookupError('the calendar is gone')")
    lab.engine.store.backfills.unpause(number)
    settle(lab)
    (backfill,) = held(lab)
    assert backfill["paused"] and "its timetable failed" in backfill["reason"]
    assert "the calendar is gone" in backfill["reason"]
    lab.write()
    lab.engine.store.backfills.unpause(number)
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == workdays(72)[5:-1]


def test_two_processes_that_answer_list_each_run_once(lab: Lab) -> None:
    leap(lab, 100)
    lab.engine.store.backfills.unpause(held(lab)[0]["id"])
    lab.engine.changed()
    (question,) = lab.engine.store.dags.forecasts.questions(9)
    assert question.backfill_id == held(lab)[0]["id"]
    assert lab.forecaster.answer() == 1
    before = lab.rows(backfill_slots)
    lab.engine.store.dags.forecasts.save_piece(question, (), False, "", lab.engine.clock.now())
    assert lab.rows(backfill_slots) == before, "the second one comes too late"
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == workdays(72)[5:-1]


def test_held_runs_follow_the_schedule_that_the_dag_has_now(lab: Lab) -> None:
    leap(lab, 100)
    days, number = workdays(72), held(lab)[0]["id"]
    lab.engine.store.backfills.unpause(number)
    lab.engine.changed()
    lab.forecaster.answer()
    lab.engine.changed()
    lab.engine.store.backfills.pause(number)
    begun = made(lab, DagRunType.BACKFILL)
    assert begun == days[5:9]
    lab.save(
        WORKDAYS.replace("{body}", "pass").replace("{arguments}", "catchup=False").replace("Workdays()", "'@daily'")
    )
    lab.engine.store.backfills.unpause(number)
    settle(lab)
    daily = [days[9] + n * DAY for n in range((days[-2] - days[9]).days + 1)]
    between = [begun[-1] + n * DAY for n in range(1, (days[9] - begun[-1]).days)]
    assert made(lab, DagRunType.BACKFILL) == [*begun, *between, *daily]


def test_a_range_of_a_dag_that_gets_a_timetable_of_its_own_is_not_lost(lab: Lab) -> None:
    daily = WORKDAYS.replace("{body}", "pass").replace("{arguments}", "catchup=False").replace("Workdays()", "'@daily'")
    slow = daily.replace("EmptyOperator(task_id", "BashOperator(bash_command='true', task_id")
    lab.save("from airflow.operators.bash import BashOperator\n" + slow)
    later(lab, 40 * DAY)
    lab.engine.lead()
    settle(lab)
    wanted = Wanted(dag_id="work", from_date=START, to_date=START + 20 * DAY, max_active_runs=3)
    number = lab.engine.store.backfills.create(wanted, now=lab.engine.clock.now())
    lab.engine.changed()
    lab.engine.store.backfills.pause(number)
    begun = made(lab, DagRunType.BACKFILL)
    assert begun == [START, START + DAY, START + 2 * DAY]
    lab.write(arguments="catchup=False")
    lab.engine.store.backfills.unpause(number)
    settle(lab)
    assert made(lab, DagRunType.BACKFILL) == [day for day in workdays(20) if day <= START + 20 * DAY]
    listed = Wanted(dag_id="work", dates=[START + 21 * DAY], paused=True)
    lab.save(daily)
    second = lab.engine.store.backfills.create(listed, now=lab.engine.clock.now())
    lab.write(arguments="catchup=False")
    lab.engine.store.backfills.unpause(second)
    settle(lab)
    assert "code of its own" in lab.engine.store.backfills.get(second)["reason"]


def test_more_than_can_be_counted_is_held_part_by_part_in_one_backfill(sqlite_store: Store, tmp_path: Path) -> None:
    lab = Lab(sqlite_store, tmp_path, Guarded)
    with lab.parser:
        lab.save(MINUTELY)
        later(lab, 30_000 * MINUTE + timedelta(seconds=30))
        now = lab.engine.clock.now()
        with Answers(lab):
            seen = sqlite_store.previews.unpause("work", now)
        assert seen.runs is not None and not seen.runs.exact and seen.runs.last is None
        assert abs(seen.runs.count - 30_000) <= 2, "the rest is extrapolated"
        assert seen.sentence.startswith(
            f"Unpausing work makes about {seen.runs.count:,} runs at once from 2024-08-06T00"
        )
        lab.engine.lead()
        settle(lab)
        newest = START + 29_999 * MINUTE
        assert made(lab, DagRunType.SCHEDULED) == [*(START + n * MINUTE for n in range(5)), newest]
        (backfill,) = held(lab)
        assert (backfill["from_date"], backfill["to_date"]) == (START + 5 * MINUTE, newest - MINUTE)
        assert backfill["expected"] == 30_000 - 6
        (row,) = lab.rows(backfill_slots)
        assert len(row.body) < 1000, "what is held is not listed"


# --- before it is done ------------------------------------------------------------------------------------------------


def test_unpausing_says_which_runs_it_makes(lab: Lab) -> None:
    lab.write()
    later(lab, 100 * DAY)
    store, now = lab.engine.store, lab.engine.clock.now()
    with Answers(lab):
        seen = store.previews.unpause("work", now)
        less = store.previews.schedule("work", now, start_date=START + 90 * DAY)
        latest = store.previews.schedule("work", now, catchup=False)
        cron = store.previews.schedule("work", now, cron="@daily")
        lab.write("raise LookupError('no calendar for this year')")
        failing = store.previews.unpause("work", now)
    days = workdays(72)
    assert seen.runs is not None
    assert (seen.runs.count, seen.runs.exact) == (72, True)
    assert (seen.runs.first, seen.runs.last, list(seen.runs.dates)) == (days[0], days[-1], days[:50])
    assert seen.sentence.startswith(
        f"Unpausing work makes 72 runs at once from {days[0].isoformat()} to {days[-1].isoformat()}."
    )
    assert less.runs is not None and less.runs.count == len([day for day in days if day >= START + 90 * DAY])
    assert latest.runs is not None and latest.runs.count == 72, "this code does not look at catchup"
    assert cron.runs is not None and cron.runs.count == 101
    assert failing.runs is None
    assert "is not known: the timetable of DAG 'work' failed: " in failing.sentence
    assert failing.unknown is not None and "no calendar for this year" in failing.unknown
    assert failing.unknown in failing.sentence and seen.unknown is None


def test_silence_is_told_instead_of_a_number(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write()
    store = lab.engine.store
    seen = store.previews.unpause("work", START + DAY)
    assert seen.runs is None and "and no DAG processor runs." in seen.sentence
    store.leases.register("hangs", "dag_processor", START)
    monkeypatch.setattr(previews, "PREVIEW_SECONDS", 0.05)
    seen = store.previews.unpause("work", START + DAY)
    assert seen.runs is None and "nobody answered within 0.05 seconds" in seen.sentence


def test_what_the_preview_says_is_what_is_made(lab: Lab) -> None:
    lab.write()
    lab.engine.lead()
    lab.engine.store.actions.set_paused("work", True)
    later(lab, 9 * DAY)
    settle(lab)
    with Answers(lab):
        seen = lab.engine.store.previews.unpause("work", lab.engine.clock.now())
    lab.engine.store.actions.set_paused("work", False, confirm_past=True, now=lab.engine.clock.now())
    settle(lab)
    assert seen.runs is not None and list(seen.runs.dates) == made(lab, DagRunType.SCHEDULED)
    assert seen.runs.following is not None
    row = lab.engine.store.reads.dags.details("work")
    assert row is not None and row["next_run_after"] == seen.runs.following.run_after


def test_a_schedule_without_past_runs_is_not_asked(lab: Lab) -> None:
    lab.write(arguments='catchup=True, allowed_run_types=["manual"]')
    seen = lab.engine.store.previews.unpause("work", START + 9 * DAY)
    assert seen.runs is not None and seen.runs.count == 0


REGIONS = """
from datetime import timedelta
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.timetables.base import DagRunInfo, Timetable
import pendulum

class Regions(Timetable):
    partitioned = True

    def next_dagrun_info_v2(self, *, last_dagrun_info, restriction):
        at = restriction.earliest if last_dagrun_info is None else last_dagrun_info.run_after + timedelta(hours=12)
        day = at.start_of("day")
        return DagRunInfo(at, None, day, f"{day:%Y-%m-%d}-{'eu' if at.hour < 12 else 'us'}")

with DAG("work", start_date=pendulum.datetime(2024, 8, 6), catchup=True, schedule=Regions(), max_active_runs=50):
    EmptyOperator(task_id="a")
"""


def test_partitions_that_share_a_date_are_held_and_made(lab: Lab) -> None:
    lab.save(REGIONS)
    later(lab, 40 * DAY)
    lab.engine.lead()
    settle(lab)
    keys = [f"{START + n * DAY:%Y-%m-%d}-{region}" for n in range(41) for region in ("eu", "us")][:81]

    def of(run_type: DagRunType) -> list[str]:
        return [run.partition_key for run in lab.rows(dag_run) if run.run_type == run_type]

    assert of(DagRunType.SCHEDULED) == [*keys[:5], keys[-1]]
    (backfill,) = held(lab)
    assert backfill["expected"] == 75
    lab.engine.store.backfills.unpause(backfill["id"])
    settle(lab)
    assert sorted(of(DagRunType.BACKFILL)) == keys[5:-1]
    assert lab.engine.store.backfills.get(backfill["id"])["skipped"] == 0
    # the same over a range that somebody gives
    wanted = Wanted(dag_id="work", from_date=START, to_date=START + 3 * DAY)
    with Answers(lab):
        plan = lab.engine.store.backfills.plan(wanted, now=lab.engine.clock.now())
    assert [item.run.partition_key for item in plan.items] == keys[:8]
