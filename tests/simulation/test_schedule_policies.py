"""What a schedule does in trouble: late, on top of itself, all at once, failing again and again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from support.engine import Engine, dag
from tradewind.core.runs import jittered
from tradewind.core.timetables import build
from tradewind.spec.dag import CatchupPolicy, DagSpec, TimetableSpec
from tradewind.spec.states import DagRunState
from tradewind.store import Store
from tradewind.store.reads import EventFilter, Page

HOURLY = TimetableSpec(kind="cron_trigger", crons=("0 * * * *",))
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
START = datetime(2024, 8, 6, tzinfo=UTC)


@pytest.fixture
def engine(sqlite_store: Store, tmp_path: Path) -> Engine:
    return Engine(sqlite_store, tmp_path)


def hourly(**fields: Any) -> DagSpec:
    return dag(shape={"a": []}, timetable=HOURLY, **fields)


def fired(engine: Engine) -> list[int]:
    """Hours since the start of the scheduled runs."""
    found = engine.store.reads.runs.latest("d", 1000)
    return sorted(int((run["run_after"] - START) / HOUR) for run in found if run["run_type"] == "scheduled")


def events(engine: Engine, word: str) -> list[dict[str, Any]]:
    rows = engine.store.reads.events.page(EventFilter(dag_id="d"), Page(limit=100)).items
    return [json.loads(row["extra"]) for row in rows if row["event"] == word]


def outage(engine: Engine, hours: int) -> None:
    """Nobody looks for so many hours and a half."""
    engine.clock.advance(hours * HOUR + 30 * MINUTE)
    engine.scheduler = engine.make_scheduler(f"after-{engine.clock.now():%d%H}")
    engine.lead()


@pytest.mark.parametrize(
    ("policy", "made"),
    [
        (None, [0, 5]),
        (CatchupPolicy(kind="latest"), [0, 5]),
        (CatchupPolicy(kind="none"), [0]),
        (CatchupPolicy(kind="all"), [0, 1, 2, 3, 4, 5]),
        (CatchupPolicy(kind="window", seconds=2 * 3600.0), [0, 4, 5]),
        (CatchupPolicy(kind="runs", runs=3), [0, 3, 4, 5]),
        (CatchupPolicy(kind="runs", runs=50), [0, 1, 2, 3, 4, 5]),
    ],
)
def test_catchup_after_an_outage(engine: Engine, policy: CatchupPolicy | None, made: list[int]) -> None:
    engine.add(hourly(catchup_policy=policy))
    engine.lead()
    assert fired(engine) == [0]
    engine.run_all()
    outage(engine, 5)
    engine.run_all()
    assert fired(engine) == made
    engine.advance(30 * MINUTE)
    assert fired(engine) == [*made, 6]
    gone = [hour for hour in range(6) if hour not in made]
    told = events(engine, "runs_skipped")
    assert [(event["count"], event["first"]) for event in told] == (
        [(len(gone), (START + gone[0] * HOUR).isoformat())] if gone else []
    )


def test_a_window_at_a_limit_of_active_runs_slides_on(engine: Engine) -> None:
    engine.add(hourly(catchup_policy=CatchupPolicy(kind="runs", runs=2), max_active_runs=1))
    engine.lead()
    engine.advance(4 * HOUR + 30 * MINUTE)
    assert fired(engine) == [0], "the first one holds the place"
    for expected in ([0, 3], [0, 3, 4]):
        engine.succeed("a")
        assert fired(engine) == expected


def test_overlap_skip_leaves_out_what_comes_while_a_run_is_active(store: Store, tmp_path: Path) -> None:
    engine = Engine(store, tmp_path)
    engine.add(hourly(overlap="skip", max_active_runs=1))
    engine.lead()
    for _ in range(3):
        engine.advance(HOUR)
    assert fired(engine) == [0]
    told = events(engine, "run_skipped")
    assert [event["run_after"] for event in told] == [(START + n * HOUR).isoformat() for n in (1, 2, 3)]
    assert "overlap='skip'" in told[0]["reason"]
    engine.succeed("a")
    assert fired(engine) == [0], "what was left out stays left out"
    engine.advance(HOUR)
    assert fired(engine) == [0, 4]


def test_overlap_queue_makes_it_when_there_is_a_place(engine: Engine) -> None:
    engine.add(hourly(max_active_runs=1, catchup=True))
    engine.lead()
    engine.advance(2 * HOUR)
    assert fired(engine) == [0]
    engine.succeed("a")
    assert fired(engine) == [0, 1]


def test_overlap_cancel_running_ends_the_old_run_for_the_new_one(engine: Engine) -> None:
    engine.add(hourly(overlap="cancel_running", max_active_runs=1))
    engine.lead()
    engine.claim("a")
    (first,) = engine.runs("d")
    engine.advance(HOUR)
    (second,) = engine.runs("d")
    assert fired(engine) == [0, 1]
    assert (engine.run_state(first.id), second.state) == (DagRunState.FAILED, DagRunState.RUNNING)
    assert engine.states(first.id) == {"a": "failed"}
    row = engine.store.reads.runs.get("d", first.run_id)
    assert row is not None
    assert second.run_id in row["reason"]


def test_overlap_cancel_running_leaves_manual_runs_alone(engine: Engine) -> None:
    engine.clock.advance(MINUTE)
    engine.add(hourly(overlap="cancel_running", max_active_runs=1))
    engine.lead()
    engine.succeed("a")
    manual = engine.trigger("d")
    engine.advance(HOUR)
    assert engine.run_state(manual.id) is DagRunState.RUNNING
    engine.succeed("a")
    assert [run.run_type for run in engine.runs("d")] == ["scheduled"]


def test_jitter_moves_the_start_and_nothing_else(engine: Engine) -> None:
    spec = hourly(schedule_jitter=600.0, catchup=True)
    engine.add(spec)
    engine.lead()
    engine.run_all()
    moved = []
    for hour in range(1, 24):
        engine.advance(HOUR)
        engine.run_all()
        run = jittered(spec, build(HOURLY), _at(hour))
        moved.append(run.run_after - (START + hour * HOUR))
        assert run.run_id == f"scheduled__{(START + hour * HOUR).isoformat()}"
    assert all(timedelta() <= by < timedelta(minutes=10) for by in moved)
    assert len(set(moved)) > 20
    engine.advance(10 * MINUTE)
    assert fired(engine) == list(range(24))
    logical = [run["logical_date"] for run in engine.store.reads.runs.latest("d", 1000)]
    assert sorted(logical) == [START + n * HOUR for n in range(24)]


def test_jitter_never_reaches_the_next_fire_time() -> None:
    spec = hourly(schedule_jitter=86400.0)
    for hour in range(200):
        run = jittered(spec, build(HOURLY), _at(hour))
        assert START + hour * HOUR <= run.run_after < START + hour * HOUR + 30 * MINUTE


def _at(hour: int) -> Any:
    run = build(HOURLY).next_run(None, START + hour * HOUR, None, True, START)
    assert run is not None
    return run


def test_a_dag_that_fails_again_and_again_is_paused(store: Store, tmp_path: Path) -> None:
    engine = Engine(store, tmp_path)
    engine.add(hourly(max_consecutive_failed_dag_runs=3))
    engine.lead()
    for outcome in ("fail", "fail", "succeed", "fail", "fail"):
        getattr(engine, outcome)("a")
        engine.changed()
        engine.advance(HOUR)
    assert fired(engine) == [0, 1, 2, 3, 4, 5], "a success begins a new count"
    engine.fail("a")
    engine.changed()
    row = engine.store.reads.dags.get("d")
    assert row is not None
    assert row["paused"]
    assert "newest 3 runs failed" in events(engine, "paused")[0]["reason"]
    engine.advance(HOUR)
    assert fired(engine) == [0, 1, 2, 3, 4, 5]


def test_a_dag_that_was_paused_for_its_failures_makes_no_further_run(store: Store, tmp_path: Path) -> None:
    engine = Engine(store, tmp_path, now=START + 10 * HOUR)
    engine.add(hourly(max_consecutive_failed_dag_runs=2, max_active_runs=1, catchup=True))
    engine.lead()
    engine.fail("a")
    engine.fail("a")
    assert fired(engine) == [0, 1] and engine.executor.out("a") == []
    engine.advance(MINUTE)

    def told() -> str:
        return engine.store.reads.explain.dag("d", engine.clock.now(), 300.0).unmet[0].text

    assert told().startswith("it is paused for ")
    assert told().endswith(": its newest 2 runs failed (max_consecutive_failed_dag_runs)")
    engine.store.actions.set_paused("d", False)
    engine.store.actions.set_paused("d", True, user="ann", now=engine.clock.now())
    engine.advance(HOUR)
    assert told() == "it is paused by ann for 1 h"


DAILY_INTERVAL = TimetableSpec(kind="cron_interval", crons=("0 0 * * *",))
DAY = timedelta(days=1)


def logical(engine: Engine) -> list[str]:
    found = engine.store.reads.runs.latest("d", 1000)
    return sorted(f"{run['logical_date']:%m-%d %H}" for run in found)


def test_paused_for_a_week_and_unpaused_again(engine: Engine) -> None:
    engine.add(dag(shape={"a": []}, timetable=DAILY_INTERVAL))
    engine.lead()
    engine.advance(DAY)
    engine.run_all()
    assert logical(engine) == ["08-06 00"]
    engine.store.actions.set_paused("d", True)
    engine.changed()
    for _ in range(7):
        engine.advance(DAY)
        engine.run_all()
    assert logical(engine) == ["08-06 00"]
    engine.store.actions.set_paused("d", False)
    engine.changed()
    assert logical(engine) == ["08-06 00", "08-13 00"], "the newest interval only"


def test_a_schedule_that_becomes_coarser_goes_on_at_its_own_edges(engine: Engine) -> None:
    every_six = TimetableSpec(kind="cron_interval", crons=("0 */6 * * *",))
    engine.add(dag(shape={"a": []}, timetable=every_six, catchup=True))
    engine.lead()
    engine.advance(timedelta(hours=18))
    engine.run_all()
    assert logical(engine) == ["08-06 00", "08-06 06", "08-06 12"]
    engine.add(dag(shape={"a": []}, timetable=DAILY_INTERVAL, catchup=True))
    engine.changed()
    for _ in range(2):
        engine.advance(DAY)
        engine.run_all()
    # 08-06 00 is taken: Airflow goes on with the next edge too, instead of meeting the run that is there
    assert logical(engine) == ["08-06 00", "08-06 06", "08-06 12", "08-07 00"]


@pytest.mark.parametrize(("moved_to", "expected"), [(-5, ["08-06 00", "08-07 00"]), (3, ["08-06 00", "08-09 00"])])
def test_a_start_date_that_moves_never_goes_back(engine: Engine, moved_to: int, expected: list[str]) -> None:
    engine.add(dag(shape={"a": []}, timetable=DAILY_INTERVAL, catchup=True))
    engine.lead()
    engine.advance(DAY)
    engine.run_all()
    spec = msgspec.structs.replace(
        dag(shape={"a": []}, timetable=DAILY_INTERVAL, catchup=True), start_date=START + moved_to * DAY
    )
    engine.add(spec)
    engine.changed()
    engine.advance(max(1, moved_to) * DAY)
    engine.run_all()
    assert logical(engine) == expected


def test_a_schedule_that_cannot_be_computed_stops_only_its_own_dag(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    centuries = TimetableSpec(kind="delta_interval", delta=1960 * 365.25 * 86400)
    beyond = dag("beyond", {"a": []}, timetable=centuries)
    beyond = msgspec.structs.replace(beyond, start_date=datetime(9000, 1, 1, tzinfo=UTC))
    engine.add(beyond, hourly())
    engine.lead()
    engine.advance(HOUR)
    engine.run_all()
    assert fired(engine) == [0, 1]
    assert engine.runs("beyond") == []
    assert "the schedule of beyond cannot be computed, so it makes no runs" in caplog.text
