"""Rules of backfills, forecasts and estimates, stated as properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.backfill import (
    PICKS,
    Action,
    Existing,
    Pick,
    Span,
    TaskChoice,
    choose,
    date_of,
    dates_from,
    decide,
    expected,
    overlap,
    slots,
)
from tradewind.core.estimate import History, describe, estimate
from tradewind.core.forecast import forecast
from tradewind.core.graph import Graph
from tradewind.core.timetables import build
from tradewind.errors import InvalidError
from tradewind.spec.dag import DagSpec, TaskSpec, TimetableSpec
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import DagRunState

T0 = datetime(2024, 1, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

SCHEDULES = st.sampled_from(
    [
        TimetableSpec(kind="cron_interval", crons=("0 2 * * *",)),
        TimetableSpec(kind="cron_interval", crons=("30 */5 * * 1-5",), timezone="Europe/Zurich"),
        TimetableSpec(kind="cron_trigger", crons=("0 3 * * *", "0 15 1 * *"), timezone="America/New_York"),
        TimetableSpec(kind="cron_trigger", crons=("0 3 * * *",), interval=86400.0),
        TimetableSpec(kind="delta_interval", delta=7 * 3600.0),
        TimetableSpec(kind="delta_trigger", delta=86400.0),
        TimetableSpec(kind="delta_interval", months=1),
        TimetableSpec(kind="events", events=tuple(T0 + n * n * HOUR for n in range(60))),
    ]
)
HOURS = st.integers(-24 * 40, 24 * 200).map(lambda hours: T0 + hours * HOUR)
SPANS = st.tuples(HOURS, st.integers(0, 24 * 60)).map(lambda pair: (pair[0], pair[0] + pair[1] * HOUR))


def dag(table: TimetableSpec, *, catchup: bool = True, start: datetime = T0 + 6 * HOUR, **fields: object) -> DagSpec:
    tasks = (TaskSpec(task_id="a", downstream=("b",)), TaskSpec(task_id="b", upstream=("a",)))
    return DagSpec(dag_id="d", timetable=table, start_date=start, catchup=catchup, tasks=tasks, **fields)


@given(SCHEDULES, SPANS, st.booleans())
def test_each_date_once_in_order_and_backwards_is_the_mirror(table, span, catchup):
    spec = dag(table, catchup=catchup)
    start, end = span
    forward = [date_of(run) for run in slots(spec, Span(start, end))]
    assert forward == sorted(set(forward))
    assert all(start <= at <= end for at in forward)
    assert [date_of(run) for run in slots(spec, Span(start, end, None, True))] == forward[::-1]
    assert expected(spec, Span(start, end)) == (len(forward), True)


@given(SCHEDULES, SPANS, st.booleans(), st.integers(0, 400))
def test_it_goes_on_from_wherever_it_stands(table, span, backwards, taken):
    spec = dag(table)
    whole = [date_of(run) for run in slots(spec, Span(*span, None, backwards))]
    if whole:
        taken %= len(whole)
        rest = slots(spec, Span(*span, None, backwards), after=whole[taken])
        assert [date_of(run) for run in rest] == whole[taken + 1 :]


@given(SCHEDULES.filter(lambda table: table.kind != "events"))
def test_the_dates_are_those_that_the_schedule_itself_makes(table):
    spec = dag(table)
    now = T0 + 200 * DAY
    timetable, last, own = build(table), None, []
    while (run := timetable.next_run(last, spec.start_date, None, True, now)) is not None and run.run_after <= now:
        own.append(date_of(run))
        last = run.covered
    filled = [date_of(run) for run in slots(spec, Span(own[0], own[-1]))]
    assert filled == own
    assert [date_of(run) for run in slots(spec, Span(own[3], own[-1]))] == own[3:]


@given(
    st.sampled_from([None, *DagRunState]),
    st.sets(st.sampled_from(list(Pick)), min_size=1).map(frozenset),
    st.booleans(),
)
def test_every_date_has_one_action_and_a_reason(state, picks, due):
    run = NextRun(T0, Interval(T0, T0 + DAY), T0 + DAY)
    existing = None if state is None else Existing(1, "r", state)
    planned = decide(run, existing, picks, T0 + (2 * DAY if due else HOUR))
    assert planned.reason
    wanted = {
        None: Pick.MISSING, DagRunState.FAILED: Pick.FAILED, DagRunState.SUCCESS: Pick.COMPLETED,
    }.get(state)  # fmt: skip
    runs = due and wanted in picks
    assert (planned.action is not Action.SKIP) is runs
    if runs:
        assert planned.action is (Action.CREATE if state is None else Action.RERUN)
    if due and state in (DagRunState.QUEUED, DagRunState.RUNNING):
        assert planned.reason.startswith("in flight")


def test_airflows_words_include_each_other():
    sizes = [len(PICKS[word]) for word in PICKS]
    assert sizes == [1, 2, 3]


def test_a_day_stands_for_all_its_runs_in_the_zone_of_the_schedule():
    hourly = dag(TimetableSpec(kind="cron_interval", crons=("0 */6 * * *",), timezone="Europe/Zurich"))
    found = dates_from(hourly, [date(2024, 3, 31), datetime(2024, 4, 2, 4, tzinfo=UTC)])
    # the night when the clocks go forward
    assert [at.isoformat() for at in found] == [
        "2024-03-30T23:00:00+00:00",
        "2024-03-31T04:00:00+00:00",
        "2024-03-31T10:00:00+00:00",
        "2024-03-31T16:00:00+00:00",
        "2024-04-02T04:00:00+00:00",
    ]
    with pytest.raises(InvalidError, match=r"has no run at 2024-04-02T05:00:00.*the next is 2024-04-02T10"):
        dates_from(hourly, [datetime(2024, 4, 2, 5, tzinfo=UTC)])
    with pytest.raises(InvalidError, match="empty"):
        dates_from(hourly, [])


@given(SPANS, SPANS, st.booleans(), st.booleans())
def test_two_backfills_overlap_when_a_date_could_be_in_both(one, other, listed, other_listed):
    def span(pair, as_list):
        days = tuple(pair[0] + n * DAY for n in range((pair[1] - pair[0]).days + 1))
        return Span(pair[0], days[-1] if as_list else pair[1], days if as_list else None)

    first, second = span(one, listed), span(other, other_listed)
    assert overlap(first, second) == overlap(second, first)
    if listed and other_listed:
        assert overlap(first, second) == bool(set(first.dates) & set(second.dates))
    assert overlap(first, first)


def test_tasks_are_chosen_by_name_and_pattern_with_their_relatives():
    shape = {"s": [], "a": ["s"], "b": ["a"], "c": ["b"]}
    below = {task: tuple(other for other, above in shape.items() if task in above) for task in shape}
    tasks = tuple(
        TaskSpec(task_id=task, upstream=tuple(above), downstream=below[task], is_setup=task == "s")
        for task, above in shape.items()
    )
    graph = Graph(DagSpec(dag_id="d", tasks=tasks))
    assert choose(graph, TaskChoice(ids=("b",), downstream=True))[-2:] == ("b", "c")
    assert "a" in choose(graph, TaskChoice(regex="^b$", upstream=True))
    assert choose(graph, TaskChoice(regex="nothing")) == ()
    with pytest.raises(InvalidError, match="not a regular expression"):
        choose(graph, TaskChoice(regex="("))


@given(SCHEDULES.filter(lambda table: table.kind != "events"), st.booleans(), st.integers(1, 60))
def test_a_forecast_counts_what_the_schedule_then_makes(table, catchup, days):
    spec, now = dag(table, catchup=catchup), T0 + 6 * HOUR + days * DAY
    found = forecast(spec, build(table), None, now)
    timetable, last, made = build(table), None, []
    while (run := timetable.next_run(last, spec.start_date, None, catchup, now)) is not None and run.run_after <= now:
        made.append(run)
        last = run.covered
    assert (found.count, found.exact) == (len(made), True)
    assert found.following == timetable.next_run(last, spec.start_date, None, catchup, now)
    if made:
        assert (found.first, found.last) == (date_of(made[0]), date_of(made[-1]))


SECONDS = st.lists(st.floats(0.1, 1000), min_size=1, max_size=40)


@given(st.integers(0, 1000), st.integers(1, 50), SECONDS, st.booleans())
def test_an_estimate_is_ordered_and_more_runs_never_take_less(runs, at_once, seconds, some):
    spec = dag(TimetableSpec())
    history = History(runs=seconds, tasks={"a": seconds, "b": seconds})
    only = ["a"] if some else None
    found = estimate(runs, at_once, history, Graph(spec), only_tasks=only, max_active_tasks=16)
    assert found.low <= found.seconds <= found.high
    more = estimate(runs + 1, at_once, history, Graph(spec), only_tasks=only, max_active_tasks=16)
    assert more.seconds >= found.seconds
    wider = estimate(runs, at_once + 1, history, Graph(spec), only_tasks=only, max_active_tasks=16)
    assert wider.seconds <= found.seconds
    assert found.confidence in ("low", "fair", "good") and (len(seconds) >= 5 or found.confidence == "low")


def test_an_estimate_without_history_says_so():
    found = estimate(10, 2, History(), Graph(dag(TimetableSpec())))
    assert (found.seconds, found.confidence) == (None, "none")


def test_durations_for_people():
    assert [describe(value) for value in (0.2, 1, 61, 3600, 7260, 90000)] == [
        "less than a second", "1 s", "1 min 1 s", "1 h", "2 h 1 min", "1 d 1 h",
    ]  # fmt: skip
