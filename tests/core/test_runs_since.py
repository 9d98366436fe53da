"""What a schedule makes from a moment on is found without a look at all that lies before."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.core.runs import next_run, next_run_since
from tradewind.core.timetables import build
from tradewind.spec.dag import DagSpec, TimetableSpec
from tradewind.spec.schedule import Interval, NextRun

START = datetime(2026, 3, 27, tzinfo=UTC)
HOUR = timedelta(hours=1)

timetables = st.one_of(
    st.builds(
        TimetableSpec,
        kind=st.sampled_from(["cron_trigger", "cron_interval"]),
        crons=st.sampled_from([("*/30 * * * *",), ("15 */5 * * *",), ("30 2 * * *",), ("0 0 1 * *",)]),
        timezone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Seoul"]),
        interval=st.sampled_from([0.0, 3600.0]),
    ),
    st.builds(
        TimetableSpec,
        kind=st.just("cron_trigger"),
        crons=st.just(("10 */6 * * *", "40 3 * * *")),
    ),
    st.builds(
        TimetableSpec,
        kind=st.sampled_from(["delta_interval", "delta_trigger"]),
        delta=st.sampled_from([2700.0, 7 * 3600.0, 86400.0]),
    ),
    st.builds(TimetableSpec, kind=st.just("delta_interval"), delta=st.just(0.0), months=st.just(1)),
)


@settings(deadline=None, max_examples=200)
@given(
    timetables,
    st.integers(0, 60 * 24 * 20),
    st.booleans(),
    st.sampled_from([0.0, 600.0, 10_000.0]),
    st.sampled_from([None, START + 100 * HOUR]),
)
def test_it_is_the_run_that_step_by_step_would_come_to(
    spec: TimetableSpec, minutes: int, catchup: bool, jitter: float, end: datetime | None
) -> None:
    one = DagSpec(
        dag_id="d", timetable=spec, start_date=START, end_date=end, catchup=catchup, schedule_jitter=jitter, tasks=()
    )
    timetable = build(spec)
    assert timetable.rhythmic
    since, now = START + timedelta(minutes=minutes), START + timedelta(days=30)
    first = next_run(one, timetable, None, START)
    if first is None:
        return
    last: Interval = first.covered

    def following(run: NextRun) -> NextRun | None:
        return next_run(one, timetable, run.covered, min(now, run.run_after))

    step = following(first)
    while step is not None and step.run_after < since:
        step = following(step)
    assert next_run_since(one, timetable, last, since, now) == step
