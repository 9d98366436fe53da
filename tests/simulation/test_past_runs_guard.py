"""The guard of past runs: floods are held as paused backfills, nothing is lost, live fire times go on."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from support.engine import DAILY, START, Engine, dag
from tradewind.services.guard import Guard, Limits
from tradewind.spec.dag import TimetableSpec
from tradewind.store.reads import EventFilter, Page, RunFilter

DAY = timedelta(days=1)
HOURLY = TimetableSpec(kind="cron_interval", crons=("0 * * * *",), summary="@hourly")


class Guarded(Engine):
    """An engine whose scheduler has a guard."""

    limits = Limits(per_hour=5, on_change=3)

    def make_scheduler(self, holder):
        made = super().make_scheduler(holder)
        made._calendar._guard = Guard(self.store.past_runs, self.limits, holder=holder)
        return made


@pytest.fixture
def engine(store, tmp_path):
    return Guarded(store, tmp_path, now=START + 30 * DAY + timedelta(minutes=1))


def settle(engine: Engine) -> None:
    engine.run_all()
    for _ in range(3):
        engine.step()
        engine.run_all()


def made(engine: Engine, run_type: str) -> list[int]:
    found = engine.store.reads.runs.page(RunFilter(dag_ids=["d"], run_types=[run_type]), Page(limit=1000)).items
    return sorted((run["logical_date"] - START).days for run in found)


def held(engine: Engine) -> list[dict]:
    return engine.store.backfills.page(Page(limit=100), "d").items


def test_a_flood_is_held_and_the_newest_fire_time_is_made(engine):
    engine.add(dag("d", {"a": []}, timetable=DAILY, catchup=True, max_active_runs=4))
    engine.lead()
    settle(engine)
    assert made(engine, "scheduled") == [0, 1, 2, 3, 4, 29]
    (backfill,) = held(engine)
    assert (backfill["origin"], backfill["paused"], backfill["expected"]) == ("guard", True, 24)
    assert "5 past runs were made within an hour" in backfill["reason"]
    events = engine.store.reads.events.page(EventFilter(event="hold_past_runs"), Page(limit=10)).items
    assert len(events) == 1
    # live fire times go on as if nothing had happened
    engine.advance(DAY)
    settle(engine)
    assert made(engine, "scheduled")[-2:] == [29, 30]
    # and nothing is lost
    engine.store.backfills.unpause(backfill["id"])
    engine.changed()
    settle(engine)
    while engine.executor.out():
        settle(engine)
    assert made(engine, "backfill") == list(range(5, 29))
    assert held(engine)[0]["completed_at"] is not None


def test_a_new_leader_keeps_counting(engine):
    engine.add(dag("d", {"a": []}, timetable=DAILY, catchup=True, max_active_runs=2))
    engine.lead()
    engine.clock.advance(20)
    engine.scheduler = engine.make_scheduler("scheduler-2")
    engine.lead()
    settle(engine)
    for _ in range(5):
        settle(engine)
    engine.clock.advance(20)
    engine.scheduler._leadership.acquire()
    assert len(made(engine, "scheduled")) <= 6 and made(engine, "scheduled")[-1] == 29
    assert len(held(engine)) == 1


def test_few_runs_and_confirmed_ones_are_not_held(engine):
    engine.add(dag("d", {"a": []}, timetable=DAILY, catchup=True, max_active_runs=40), paused=True)
    engine.lead()
    engine.store.actions.set_paused("d", False, confirm_past=True, now=engine.clock.now())
    engine.changed()
    assert made(engine, "scheduled") == list(range(30)) and held(engine) == []


def test_the_next_hour_has_room_again(engine):
    engine.add(dag("d", {"a": []}, timetable=DAILY, catchup=True), paused=True)
    engine.lead()
    engine.store.actions.set_paused("d", False)
    engine.changed()
    settle(engine)
    assert len(held(engine)) == 1
    engine.store.actions.set_paused("d", True)
    engine.changed()
    engine.advance(4 * DAY)
    engine.store.actions.set_paused("d", False)
    engine.changed()
    settle(engine)
    assert made(engine, "scheduled")[-5:] == [29, 30, 31, 32, 33] and len(held(engine)) == 1


def test_a_changed_schedule_that_asks_for_much_is_held_from_the_first(engine):
    spec = dag("d", {"a": []}, timetable=DAILY, catchup=False)
    engine.add(spec)
    engine.lead()
    settle(engine)
    assert made(engine, "scheduled") == [29]
    engine.clock.advance(timedelta(hours=12))
    engine.scheduler._leadership.acquire()
    engine.add(msgspec.structs.replace(spec, timetable=HOURLY, catchup=True))
    engine.changed()
    settle(engine)
    (backfill,) = held(engine)
    assert "its schedule changed, and the new one asks for about 11 past runs" in backfill["reason"]
    runs = engine.store.reads.runs.page(RunFilter(dag_ids=["d"]), Page(limit=100)).items
    assert len(runs) == 2


EVENTS = TimetableSpec(kind="events", events=tuple(START + n * DAY for n in range(30)))
PARTITIONS = TimetableSpec(
    kind="cron_partition", crons=("0 0 * * *",), key_format="%Y-%m-%d", run_offset=2, partitioned=True
)


@pytest.mark.parametrize(
    ("timetable", "end", "runs"),
    [(DAILY, START + 20 * DAY, 21), (EVENTS, None, 30), (EVENTS, START + 11.5 * DAY, 12), (PARTITIONS, None, 31)],
    ids=["ended", "events", "events with an end", "partitions ahead"],
)
def test_every_schedule_with_a_past_is_held(engine, timetable, end, runs):
    if timetable is not PARTITIONS:
        engine.advance(5 * DAY)
    spec = dag("d", {"a": []}, timetable=timetable, catchup=True, end_date=end, max_active_runs=4)
    engine.add(spec)
    engine.lead()
    settle(engine)

    def ordered(run_type: str) -> list[str]:
        found = engine.store.reads.runs.page(RunFilter(dag_ids=["d"], run_types=[run_type]), Page(limit=1000)).items
        return sorted(str(run["partition_key"] or run["logical_date"].date()) for run in found)

    first = START + (2 * DAY if timetable is PARTITIONS else 0 * DAY)
    whole = [str((first + n * DAY).date()) for n in range(runs)]
    assert ordered("scheduled") == [*whole[:5], whole[-1]]
    (backfill,) = held(engine)
    assert backfill["expected"] == runs - 6
    engine.store.backfills.unpause(backfill["id"])
    engine.changed()
    while engine.executor.out():
        settle(engine)
    assert ordered("backfill") == whole[5:-1]
    assert held(engine)[0]["completed_at"] is not None


def test_a_changed_schedule_of_events_that_asks_for_much_is_held(engine):
    spec = dag("d", {"a": []}, timetable=DAILY, catchup=False)
    engine.add(spec)
    engine.lead()
    settle(engine)
    engine.clock.advance(12 * DAY)
    engine.scheduler._leadership.acquire()
    later = tuple(START + n * DAY for n in range(31, 40))
    engine.add(msgspec.structs.replace(spec, timetable=msgspec.structs.replace(EVENTS, events=later), catchup=True))
    engine.changed()
    settle(engine)
    (backfill,) = held(engine)
    assert "asks for about 8 past runs" in backfill["reason"]
    assert made(engine, "scheduled") == [29, 39]
