"""Which past runs are held back: the runs of a flood, those of the backfill that keeps them, and the newest one are
together what the schedule makes by itself, for every kind of schedule that has a past."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.authoring.custom_timetables import foresee, next_piece
from tradewind.authoring.run_times import DagRunInfo
from tradewind.authoring.timetable import Timetable
from tradewind.core.backfill import Span, date_of, slots
from tradewind.core.forecast import due_runs, flood, forecast, newest_due, restricted
from tradewind.core.timetables import ForeseenTimetable, build
from tradewind.core.timetables.foreseen import Unforeseen
from tradewind.spec.dag import CatchupPolicy, DagSpec, TimetableSpec
from tradewind.spec.forecast import Forecast, Stretch
from tradewind.spec.schedule import Interval, NextRun

START = datetime(2024, 2, 27, tzinfo=UTC)
HOUR = 3600.0
SCHEDULES = {
    "cron": TimetableSpec(kind="cron_interval", crons=("0 */6 * * *",), timezone="Europe/Zurich"),
    "trigger": TimetableSpec(kind="cron_trigger", crons=("0 */6 * * *",), interval=2 * HOUR),
    "several": TimetableSpec(kind="cron_trigger", crons=("0 */6 * * *", "30 4 * * 1-5")),
    "partition": TimetableSpec(kind="cron_partition", crons=("0 */6 * * *",), key_format="%Y%m%d%H", partitioned=True),
    "earlier": TimetableSpec(
        kind="cron_partition", crons=("0 */6 * * *",), key_format="%Y%m%d%H", partitioned=True, run_offset=-2
    ),
    "later": TimetableSpec(
        kind="cron_partition", crons=("0 */6 * * *",), key_format="%Y%m%d%H", partitioned=True, run_offset=3
    ),
    "delta": TimetableSpec(kind="delta_interval", delta=7 * HOUR),
    "delta trigger": TimetableSpec(kind="delta_trigger", delta=7 * HOUR, interval=HOUR),
    "months": TimetableSpec(kind="delta_interval", months=1, delta=HOUR),
    "events": TimetableSpec(kind="events", events=tuple(START + timedelta(hours=7 * n + n % 3) for n in range(200))),
}
hours = st.integers(min_value=0, max_value=24 * 60)


@pytest.mark.parametrize("kind", SCHEDULES)
@settings(max_examples=20)
@given(
    start=st.integers(min_value=-600, max_value=600),
    until=hours,
    end=st.none() | hours,
    taken=st.integers(min_value=0, max_value=9),
    policy=st.sampled_from([None, CatchupPolicy(kind="window", seconds=90 * HOUR), CatchupPolicy(kind="runs", runs=5)]),
)
def test_what_is_held_and_the_newest_are_the_whole_flood(kind, start, until, end, taken, policy):
    now = START + timedelta(hours=until)
    spec = DagSpec(
        dag_id="d", tasks=(), timetable=SCHEDULES[kind], start_date=START + timedelta(minutes=start), catchup=True,
        end_date=None if end is None else START + timedelta(hours=end), catchup_policy=policy,
    )  # fmt: skip
    timetable = build(spec.timetable)
    last: Interval | None = None
    for run, _ in zip(due_runs(spec, timetable, None, now), range(taken), strict=False):
        last = run.covered
    due = list(due_runs(spec, timetable, last, now))
    newest = newest_due(spec, timetable, last, now)
    assert newest == (due[-1] if due else None)
    count = forecast(spec, timetable, last, now)
    assert (count.count, count.exact) == (len(due), True)
    assert count.dates == tuple(date_of(run) for run in due[:100])
    found = flood(spec, timetable, last, now)
    if len(due) < 2:
        assert found is None
        return
    assert found is not None
    assert (found.first, found.count) == (due[0], len(due) - 1)
    assert date_of(found.passed) == date_of(due[-2]) and found.following == due[-1]
    held = list(slots(spec, Span(date_of(found.first), date_of(found.passed)), timetable=timetable))
    assert [(run.logical_date, run.partition_key, run.interval) for run in held] == [
        (run.logical_date, run.partition_key, run.interval) for run in due[:-1]
    ]
    assert list(due_runs(spec, timetable, found.passed.covered, now)) == due[-1:]


class Odd(Timetable):
    """Code of a user: distances come round, and it may end."""

    def __init__(self, hours: list[int], latest: datetime | None) -> None:
        self.hours, self.latest = hours, latest

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        start = restriction.earliest if last_automated_data_interval is None else last_automated_data_interval.end
        if self.latest is not None and start > self.latest:
            return None
        return DagRunInfo.interval(start, start + timedelta(hours=self.hours[start.day % len(self.hours)]))


def asked(code: Timetable, spec: DagSpec, last: Interval | None, now: datetime) -> Forecast:
    told = restricted(spec, last, None if last is None else last.end)
    policy = told.policy
    assert policy is not None
    return foresee(code, last, told.last_run_after, told.earliest, told.latest, policy, now)


@settings(max_examples=40)
@given(
    distances=st.lists(st.integers(min_value=1, max_value=30), min_size=1, max_size=4),
    until=st.integers(min_value=0, max_value=24 * 200),
    end=st.none() | hours,
    taken=st.integers(min_value=0, max_value=70),
    later=st.sampled_from([0, 0, 30, 2000]),
    most=st.sampled_from([1, 7, 1000]),
)
def test_code_of_a_user_is_held_like_any_schedule(distances, until, end, taken, later, most):
    code = Odd(distances, None if end is None else START + timedelta(hours=end))
    now = START + timedelta(hours=until)
    spec = DagSpec(dag_id="d", tasks=(), timetable=TimetableSpec(kind="custom"), start_date=START, catchup=True)
    whole: list[NextRun] = []
    last: Interval | None = None
    while (made := asked(code, spec, last, now)).runs:
        whole += [run.as_next() for run in made.runs]
        last = whole[-1].covered
        if whole[-1].run_after > now + timedelta(hours=3000):
            break
    last = None if taken == 0 or taken > len(whole) else whole[taken - 1].covered
    taken = 0 if last is None else taken
    timetable = build(spec.timetable)
    assert isinstance(timetable, ForeseenTimetable)
    timetable.forecast = asked(code, spec, last, now)
    # the forecast may be older than the look at it, and is void when it does not reach so far
    looked = now + timedelta(minutes=later)
    due = [run for run in whole[taken:] if run.run_after <= looked]
    try:
        found = flood(spec, timetable, last, looked)
        count = forecast(spec, timetable, last, looked)
    except Unforeseen:
        assert later and len(due) >= len(timetable.forecast.runs) > 0
        return
    if timetable.forecast.past is not None and later:
        assert count.count <= len(due) and later < 5, "a number that is no longer true is not told for long"
        return
    assert (count.count, count.exact) == (len(due), True)
    if len(due) < 2:
        assert found is None
        return
    assert found is not None
    assert (found.first, found.passed, found.following, found.count) == (due[0], due[-2], due[-1], len(due) - 1)
    stretch = Stretch(
        end=found.passed.covered.end,
        last=None if last is None else (last.start, last.end),
        start=found.first.covered.end,
    )
    pieces: list[NextRun] = []
    for _ in itertools.count():
        runs, more = next_piece(code, stretch, START, None, most)
        pieces += [run.as_next() for run in runs]
        if not more:
            break
        newest = pieces[-1].covered
        stretch = msgspec.structs.replace(stretch, last=(newest.start, newest.end), last_run_after=newest.end)
    assert pieces == due[:-1]


@pytest.mark.parametrize("broken", [False, True])
def test_code_that_fails_far_ahead_is_believed_up_to_there(broken: bool) -> None:
    class Breaks(Odd):
        def next_dagrun_info(self, *, last_automated_data_interval, restriction):
            found = super().next_dagrun_info(
                last_automated_data_interval=last_automated_data_interval, restriction=restriction
            )
            if broken and found.run_after > START + timedelta(hours=80):
                raise LookupError("no calendar for that")
            return found

    spec = DagSpec(dag_id="d", tasks=(), timetable=TimetableSpec(kind="custom"), start_date=START, catchup=True)
    made = asked(Breaks([1], None), spec, None, START + timedelta(hours=100))
    assert len(made.runs) == 50 and made.past is not None
    assert (made.past.count, made.past.complete) == ((80, False) if broken else (100, True))
    assert made.past.newest.run_after - made.past.before.run_after == timedelta(hours=1)
