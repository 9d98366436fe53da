"""Which runs a schedule makes: intervals, catchup, bounds, for every kind of timetable."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from core_support import T0, RunRow, dag
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tradewind.core import runs
from tradewind.core.timetables import Timetable, build
from tradewind.core.timetables.ticks import Cron
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.dag import TimetableSpec
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunType

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def daily(**kw: object) -> Timetable:
    return build(TimetableSpec(kind="cron_interval", crons=("0 0 * * *",), **kw))  # type: ignore[arg-type]


def series(
    table: Timetable,
    now: datetime,
    earliest: datetime | None,
    latest: datetime | None = None,
    catchup: bool = True,
    last: Interval | None = None,
    most: int = 100,
) -> list[NextRun]:
    """The runs that are due at `now`, as a scheduler that wakes up only now makes them."""
    made: list[NextRun] = []
    while len(made) < most:
        run = table.next_run(last, earliest, latest, catchup, now)
        if run is None or run.run_after > now:
            break
        made.append(run)
        last = run.interval
    return made


def test_enabled_eight_days_after_the_start() -> None:
    with_catchup = series(daily(), at(8, 14, 9), at(8, 6))
    assert [r.logical_date for r in with_catchup] == [at(8, 6) + i * DAY for i in range(8)]
    assert all(r.run_after == r.interval.end == r.logical_date + DAY for r in with_catchup)
    without = series(daily(), at(8, 14, 9), at(8, 6), catchup=False)
    assert [r.interval for r in without] == [Interval(at(8, 13), at(8, 14))]
    following = daily().next_run(without[-1].interval, at(8, 6), None, False, at(8, 14, 9))
    assert following is not None
    assert following.run_after == at(8, 15)


def test_interval_on_the_boundary_and_before_the_start() -> None:
    assert [r.logical_date for r in series(daily(), at(8, 14), at(8, 6), catchup=False)] == [at(8, 13)]
    future = daily().next_run(None, at(9, 1, 5), None, False, at(8, 14))
    assert future is not None
    assert future.interval == Interval(at(9, 2), at(9, 3))


def test_start_date_between_fire_times_begins_at_the_next_one() -> None:
    assert [r.logical_date for r in series(daily(), at(8, 9), at(8, 6, 5))] == [at(8, 7), at(8, 8)]


def test_end_date_bounds_the_logical_date() -> None:
    made = series(daily(), at(8, 14), at(8, 6), latest=at(8, 8))
    assert [r.logical_date for r in made] == [at(8, 6), at(8, 7), at(8, 8)]
    assert daily().next_run(made[-1].interval, at(8, 6), at(8, 8), True, at(8, 14)) is None


def test_no_start_date() -> None:
    assert daily().next_run(None, None, None, True, T0) is None
    run = daily().next_run(None, None, None, False, at(8, 14, 9))
    assert run is not None
    assert run.interval == Interval(at(8, 13), at(8, 14))


def test_changed_schedule_aligns_to_the_new_one() -> None:
    hourly = build(TimetableSpec(kind="cron_interval", crons=("0 * * * *",)))
    run = hourly.next_run(Interval(at(8, 1, 2, 30), at(8, 2, 2, 30)), at(8, 1), None, True, at(8, 3))
    assert run is not None
    assert run.interval == Interval(at(8, 2, 2), at(8, 2, 3))


def test_manual_intervals() -> None:
    assert daily().manual_interval(at(8, 25, 1)) == Interval(at(8, 24), at(8, 25))
    assert daily().manual_interval(at(8, 25)) == Interval(at(8, 24), at(8, 25))
    trigger = build(TimetableSpec(kind="cron_trigger", crons=("0 0 * * *",), interval=3600.0))
    assert trigger.manual_interval(at(8, 25, 1)) == Interval(at(8, 25), at(8, 25, 1))
    delta = build(TimetableSpec(kind="delta_interval", delta=7200.0))
    assert delta.manual_interval(at(8, 25, 1)) == Interval(at(8, 24, 23), at(8, 25, 1))
    delta_trigger = build(TimetableSpec(kind="delta_trigger", delta=7200.0, interval=60.0))
    assert delta_trigger.manual_interval(at(8, 25, 1)) == Interval(at(8, 25, 0, 59), at(8, 25, 1))
    for kind in ("none", "once", "continuous", "events"):
        table = build(TimetableSpec(kind=kind))  # type: ignore[arg-type]
        assert table.manual_interval(at(8, 25, 1)) == Interval(at(8, 25, 1), at(8, 25, 1))


def test_cron_trigger() -> None:
    table = build(TimetableSpec(kind="cron_trigger", crons=("0 2 * * *",)))
    made = series(table, at(8, 9, 3), at(8, 6))
    assert [r.run_after for r in made] == [at(8, 6, 2) + i * DAY for i in range(4)]
    assert all(r.logical_date == r.run_after == r.interval.start == r.interval.end for r in made)
    assert [r.run_after for r in series(table, at(8, 9, 3), at(8, 6), catchup=False)] == [at(8, 9, 2)]
    late = table.next_run(made[0].interval, at(8, 6), None, False, at(8, 9, 3))
    assert late is not None
    assert late.run_after == at(8, 9, 2)
    assert table.next_run(made[-1].interval, at(8, 6), at(8, 9, 12), True, at(8, 9, 3)) is None


def test_cron_trigger_with_interval() -> None:
    table = build(TimetableSpec(kind="cron_trigger", crons=("0 18 * * 5",), interval=4 * 86400.0))
    run = table.next_run(None, at(8, 1), None, True, at(8, 1))
    assert run is not None
    assert (run.logical_date, run.run_after) == (at(8, 3, 18), at(8, 7, 18))


@pytest.mark.parametrize(
    ("immediately", "now", "expected"),
    [
        (True, at(8, 9, 12), at(8, 9)),
        (3600.0, at(8, 9, 0, 59), at(8, 9)),
        (3600.0, at(8, 9, 1, 1), at(8, 10)),
        (False, at(8, 9, 2), at(8, 9)),
        (False, at(8, 9, 3), at(8, 10)),
    ],
)
def test_cron_trigger_without_start_date(immediately: bool | float, now: datetime, expected: datetime) -> None:
    spec = TimetableSpec(kind="cron_trigger", crons=("0 0 * * *",), run_immediately=immediately)
    run = build(spec).next_run(None, None, None, True, now)
    assert run is not None
    assert run.run_after == expected


def test_several_crons_make_one_series() -> None:
    table = build(TimetableSpec(kind="cron_trigger", crons=("0 */6 * * *", "0 0,9 * * *")))
    made = series(table, at(8, 6, 18), at(8, 6))
    assert [r.run_after.hour for r in made] == [0, 6, 9, 12, 18]
    newest = series(table, at(8, 6, 10), at(8, 1), catchup=False)
    assert [r.run_after for r in newest] == [at(8, 6, 9)]
    following = table.next_run(newest[0].interval, at(8, 1), None, False, at(8, 6, 10))
    assert following is not None
    assert following.run_after == at(8, 6, 12)


def test_delta_interval() -> None:
    table = build(TimetableSpec(kind="delta_interval", delta=86400.0))
    made = series(table, at(8, 9, 12), at(8, 6, 5))
    assert [r.interval for r in made] == [Interval(at(8, 6, 5) + i * DAY, at(8, 7, 5) + i * DAY) for i in range(3)]
    newest = series(table, at(8, 9, 12), at(8, 1), catchup=False)
    assert [r.interval for r in newest] == [Interval(at(8, 8), at(8, 9))]


def test_delta_of_months() -> None:
    table = build(TimetableSpec(kind="delta_interval", months=1))
    made = series(table, at(5, 15), at(1, 31))
    assert [r.logical_date for r in made] == [at(1, 31), at(2, 28), at(3, 28)]
    newest = series(table, at(12, 15), at(1, 10), catchup=False)
    assert [r.interval for r in newest] == [Interval(at(11, 10), at(12, 10))]
    without_start = series(table, at(12, 15), None, catchup=False)
    assert [r.interval for r in without_start] == [Interval(at(11, 15), at(12, 15))]


def test_delta_trigger_keeps_its_beat() -> None:
    table = build(TimetableSpec(kind="delta_trigger", delta=3600.0))
    assert [r.run_after for r in series(table, at(8, 6, 2, 30), at(8, 6))] == [at(8, 6, h) for h in range(3)]
    newest = series(table, at(8, 6, 2, 30), at(8, 6), catchup=False)
    assert [r.run_after for r in newest] == [at(8, 6, 2)]
    # Looking at the clock late moves nothing.
    late = table.next_run(newest[0].interval, at(8, 6), None, False, at(8, 6, 3, 1))
    assert late is not None
    assert late.run_after == at(8, 6, 3)
    now = table.next_run(None, None, None, False, at(8, 6, 2, 30))
    assert now is not None
    assert now.run_after == at(8, 6, 2, 30)
    assert table.next_run(None, at(8, 7), at(8, 6), True, at(8, 8)) is None


def test_once() -> None:
    table = build(TimetableSpec(kind="once"))
    assert [r.logical_date for r in series(table, at(8, 9), at(8, 6))] == [at(8, 6)]
    assert [r.logical_date for r in series(table, at(8, 9), None)] == [at(8, 9)]
    assert table.next_run(None, at(8, 6), at(8, 5), True, at(8, 9)) is None


def test_continuous() -> None:
    table = build(TimetableSpec(kind="continuous"))
    first = table.next_run(None, at(8, 6), None, False, at(8, 6, 1))
    assert first is not None
    assert first.interval == Interval(at(8, 6), at(8, 6, 1))
    second = table.next_run(first.interval, at(8, 6), None, False, at(8, 6, 2))
    assert second is not None
    assert second.interval == Interval(at(8, 6, 1), at(8, 6, 2))
    assert table.next_run(first.interval, at(8, 6), at(8, 6, 1), False, at(8, 6, 2)) is None
    ahead = table.next_run(None, at(9, 1), None, False, at(8, 6))
    assert ahead is not None
    assert ahead.run_after == at(9, 1)


def test_continuous_without_start_date_never_repeats_a_logical_date() -> None:
    table = build(TimetableSpec(kind="continuous"))
    last, seen = None, []
    for _ in range(5):
        run = table.next_run(last, None, None, False, T0)
        assert run is not None
        seen.append(run.logical_date)
        last = run.interval
    assert all(a < b for a, b in pairwise(seen))


def test_events() -> None:
    events = (at(8, 9), at(8, 6), at(8, 7), at(8, 7))
    table = build(TimetableSpec(kind="events", events=events))
    assert [r.logical_date for r in series(table, at(8, 8), None)] == [at(8, 6), at(8, 7)]
    assert series(table, at(8, 8), None, catchup=False) == []  # Airflow runs no event that passed
    assert [r.logical_date for r in series(table, at(8, 7), None, catchup=False)] == [at(8, 7)]
    assert [r.logical_date for r in series(table, at(9, 1), at(8, 7), latest=at(8, 8))] == [at(8, 7)]
    following = table.next_run(Interval(at(8, 7), at(8, 7)), None, None, False, at(8, 8))
    assert following is not None
    assert following.logical_date == at(8, 9)
    assert table.next_run(Interval(at(8, 9), at(8, 9)), None, None, True, at(9, 1)) is None
    assert build(TimetableSpec(kind="events")).next_run(None, None, None, True, T0) is None


def test_none() -> None:
    assert build(TimetableSpec()).next_run(None, T0, None, True, T0 + DAY) is None


@pytest.mark.parametrize(
    "spec",
    [
        TimetableSpec(kind="cron_interval"),
        TimetableSpec(kind="cron_interval", crons=("0 0 * * *", "0 1 * * *")),
        TimetableSpec(kind="cron_trigger"),
        TimetableSpec(kind="delta_interval"),
        TimetableSpec(kind="delta_trigger", delta=-5.0),
        TimetableSpec(kind="delta_interval", months=1, delta=-40 * 86400.0),
        TimetableSpec(kind="delta_interval", months=10**6),
        TimetableSpec(kind="cron_trigger", crons=("nonsense",)),
        TimetableSpec(kind="cron_trigger", crons=("0 0 * * *",), timezone="Mars/Base"),
    ],
)
def test_schedules_that_cannot_be(spec: TimetableSpec) -> None:
    with pytest.raises(AirflowTimetableInvalid):
        build(spec)


CRONS = ("*/20 * * * *", "30 * * * *", "0 */3 * * *", "30 2 * * *", "15 1,2,3 * * *", "0 0 * * 1", "0 3 1 * *")
ZONES = ("UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "+05:45")


@settings(max_examples=60)
@given(st.sampled_from(CRONS), st.sampled_from(ZONES), st.integers(0, 366 * 24 * 60), st.integers(0, 3 * 24 * 60))
def test_intervals_are_contiguous_and_never_empty(cron: str, zone: str, start_minute: int, ahead: int) -> None:
    start = at(1, 1) + timedelta(minutes=start_minute)
    now = start + timedelta(minutes=ahead)
    ticks = Cron(cron, zone)
    table = build(TimetableSpec(kind="cron_interval", crons=(cron,), timezone=zone))
    made = series(table, now, start)
    for a, b in pairwise(made):
        assert a.interval.end == b.interval.start
    for run in made:
        assert start <= run.interval.start < run.interval.end <= now
        assert ticks.after(run.interval.start) == run.interval.end
        assert ticks.at_or_after(run.interval.start) == run.interval.start
    fired, tick = [], ticks.at_or_after(start)
    while tick <= now:
        fired.append(tick)
        tick = ticks.after(tick)
    assume(len(fired) <= 100)
    assert [r.interval.end for r in made] == fired[1:]
    only_last = series(table, now, start, catchup=False)
    assert only_last == made[-1:]


@settings(max_examples=60)
@given(st.data())
def test_a_scheduler_that_wakes_up_at_any_times_makes_the_same_runs(data: st.DataObject) -> None:
    """With catchup the runs do not depend on when the clock is looked at; without, they are a part of
    them."""
    spec = data.draw(
        st.sampled_from(
            [
                TimetableSpec(kind="cron_interval", crons=("0 */5 * * *",), timezone="Europe/Zurich"),
                TimetableSpec(kind="cron_trigger", crons=("0 */5 * * *", "30 7 * * *"), timezone="Europe/Zurich"),
                TimetableSpec(kind="delta_interval", delta=5400.0),
                TimetableSpec(kind="delta_trigger", delta=5400.0),
                TimetableSpec(kind="events", events=tuple(at(3, 28) + i * i * HOUR for i in range(8))),
            ]
        )
    )
    table = build(spec)
    start, end = at(3, 28), at(3, 30)
    wakes = sorted(start + timedelta(minutes=m) for m in data.draw(st.sets(st.integers(0, 2 * 24 * 60), max_size=9)))
    full = series(table, end, start)
    for catchup in (True, False):
        made: list[NextRun] = []
        for now in [*wakes, end]:
            last = made[-1].interval if made else None
            made += series(table, now, start, catchup=catchup, last=last)
        if catchup:
            assert made == full
        else:
            assert {r.logical_date for r in made} <= {r.logical_date for r in full}
            assert spec.kind == "events" or made[-1] == full[-1]
        assert all(a.logical_date < b.logical_date for a, b in pairwise(made))


# --- core.runs ----------------------------------------------------------------------------------------------------


def test_plan_respects_limits_and_room() -> None:
    spec = dag({"a": ()}, start_date=at(8, 1), catchup=True, max_active_runs=3)
    found = runs.plan(spec, daily(), None, active=1, now=at(8, 14), limit=10)
    assert [r.logical_date for r in found.create] == [at(8, 1), at(8, 2)]
    assert found.following is not None
    assert found.following.logical_date == at(8, 3)
    assert runs.plan(spec, daily(), found.create[-1].interval, 3, at(8, 14), 10) == runs.Plan([], found.following)
    assert len(runs.plan(spec, daily(), None, 0, at(8, 14), 1).create) == 1
    spec = dag({"a": ()}, start_date=at(8, 1), max_active_runs=3)
    found = runs.plan(spec, daily(), None, 0, at(8, 14, 1), 10)
    assert [r.logical_date for r in found.create] == [at(8, 13)]
    assert found.following is not None
    assert found.following.run_after == at(8, 15)


def test_plan_of_a_continuous_dag_makes_one_run() -> None:
    spec = dag({"a": ()}, start_date=at(8, 1), max_active_runs=16)
    table = build(TimetableSpec(kind="continuous"))
    assert len(runs.plan(spec, table, None, 0, at(8, 2), 10).create) == 1
    assert runs.plan(spec, table, Interval(at(8, 1), at(8, 2)), 1, at(8, 3), 10).create == []


def test_bounds_are_the_widest_of_dag_and_tasks() -> None:
    options = {"a": {"start_date": at(8, 3), "end_date": at(8, 4)}, "b": {"end_date": at(8, 9)}}
    assert runs.bounds(dag({"a": ("b",)}, options=options, start_date=at(8, 5))) == (at(8, 3), at(8, 9))
    assert runs.bounds(dag({"a": ()})) == (None, None)


def test_run_ids_come_from_the_logical_date() -> None:
    run = daily().next_run(None, at(8, 6), None, True, at(8, 6))
    assert run is not None
    assert runs.scheduled_run_id(run) == "scheduled__2026-08-07T00:00:00+00:00"


def test_may_start() -> None:
    queued = RunRow(run_after=at(8, 6))
    assert runs.may_start(queued, 15, 16, False)
    full = "the DAG allows 16 running runs (max_active_runs), 16 are running"
    assert runs.start_conditions(queued, 16, 16, False) == {"max_active_runs": full}
    assert runs.start_conditions(queued, 16, 16, True) == {"paused": "the DAG is paused", "max_active_runs": full}
    assert not runs.may_start(queued, 0, 16, False, now=at(8, 5))
    assert runs.may_start(queued, 0, 16, False, now=at(8, 6))
    assert runs.may_start(RunRow(run_type=DagRunType.BACKFILL), 99, 16, False)


# --- catchup policies ---------------------------------------------------------------------------------------------

RHYTHMS = (
    TimetableSpec(kind="cron_interval", crons=("0 */5 * * *",), timezone="Europe/Zurich"),
    TimetableSpec(kind="cron_trigger", crons=("0 */5 * * *", "30 7 * * *"), timezone="Europe/Zurich", interval=3600.0),
    TimetableSpec(kind="cron_partition", crons=("0 */6 * * *",), run_offset=-1, key_format="%F %H", partitioned=True),
    TimetableSpec(kind="delta_interval", delta=5400.0),
    TimetableSpec(kind="delta_interval", months=1, delta=3600.0),
    TimetableSpec(kind="delta_trigger", delta=5400.0),
    TimetableSpec(kind="events", events=tuple(at(3, 28) + i * i * HOUR for i in range(8))),
)


@settings(max_examples=150)
@given(st.sampled_from(RHYTHMS), st.integers(0, 70), st.integers(-100, 4000), st.integers(1, 5), st.booleans())
def test_since_and_back_find_what_the_whole_series_has(
    spec: TimetableSpec, first: int, minutes: int, count: int, begun: bool
) -> None:
    table = build(spec)
    start = at(3, 28) + first * HOUR / 7
    now = start + 3 * DAY
    full: list[NextRun] = []
    last: Interval | None = None
    while len(full) < 200 and (run := table.next_run(last, start, None, True, now)) is not None:
        full.append(run)
        last = run.covered
    assume(full)
    before = full.pop(0).covered if begun else None
    cutoff = start + timedelta(minutes=minutes)
    expected = next((run for run in full if run.covered.end >= cutoff), None)
    assert table.since(before, start, None, cutoff, now) == expected
    due = [run.covered.end for run in full if run.covered.end <= now]
    if due:
        floor = table.back(before, start, now, count)
        kept = table.since(before, start, None, floor, now)
        assert kept is not None
        assert kept.covered.end == due[-min(count, len(due))]


@pytest.mark.parametrize(
    "spec",
    [
        TimetableSpec(kind="cron_interval", crons=("0 0 * * *",), timezone="Asia/Tokyo"),
        TimetableSpec(kind="cron_trigger", crons=("0 0 * * *",), timezone="America/Lima"),
        TimetableSpec(kind="delta_interval", delta=86400.0),
        TimetableSpec(kind="delta_trigger", delta=86400.0),
        TimetableSpec(kind="once"),
        TimetableSpec(kind="continuous"),
    ],
    ids=lambda spec: spec.kind,
)
@pytest.mark.parametrize("catchup", [True, False])
def test_dates_that_mean_always(spec: TimetableSpec, catchup: bool) -> None:
    start, end = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    always = dag({"t": []}, timetable=spec, start_date=start, end_date=end, catchup=catchup)
    run = runs.next_run(always, build(spec), None, at(8, 14))
    assert run is not None
    assert (run.run_after.year < 2026) == (spec.kind == "once" or (catchup and spec.kind != "continuous"))
    for now in (at(1, 1, year=1900), at(1, 1, year=9000)):
        runs.plan(always, build(spec), None, 0, now, 3)
