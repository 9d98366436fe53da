"""Airflow's helpers for DAG files: dates, texts, states, sessions, loggers, time values, module names."""

from __future__ import annotations

import functools
import logging
from datetime import UTC, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring import dates, helpers, timezone
from tradewind.authoring.hooks import BaseHook
from tradewind.authoring.logging_mixin import LoggingMixin, remove_escape_codes
from tradewind.authoring.module_loading import import_string, is_valid_dotpath, qualname
from tradewind.authoring.run_times import DagRunInfo, DataInterval, TimeRestriction
from tradewind.authoring.sensors import BaseSensorOperator, PythonSensor, poke_mode_only
from tradewind.authoring.session import NEW_SESSION, create_session, provide_session
from tradewind.authoring.states import State
from tradewind.errors import AirflowException, DagAuthoringError
from tradewind.spec.states import DagRunState, TaskInstanceState

JANUARY = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_days_ago_is_midnight_in_utc_unless_told_otherwise() -> None:
    today = timezone.utcnow().date()
    assert dates.days_ago(2).date() in (today - 2 * DAY, today - DAY)  # the second around midnight
    assert dates.days_ago(0, hour=5, minute=6, second=7, microsecond=8).time().isoformat() == "05:06:07.000008"
    assert dates.days_ago(1).tzinfo is UTC


@given(
    start=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2030, 1, 1)),
    step=st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=40)),
    count=st.integers(0, 50),
)
def test_a_range_is_the_same_by_its_number_and_by_its_end(start: datetime, step: timedelta, count: int) -> None:
    found = dates.date_range(start, num=count, delta=step)
    assert found == [start + index * step for index in range(count)]
    if count:
        assert dates.date_range(start, end_date=found[-1], delta=step) == found
    back = dates.date_range(start, num=-count, delta=step)
    assert back == sorted(start - index * step for index in range(count))


def test_ranges_by_cron_months_and_seconds() -> None:
    days = [JANUARY + index * DAY for index in range(3)]
    assert dates.date_range(JANUARY, days[-1], delta="@daily") == days
    assert dates.date_range(JANUARY, num=3, delta="0 0 * * *") == days
    assert dates.date_range(days[-1], num=-3, delta="@daily") == days
    assert dates.date_range(datetime(2024, 1, 31), num=3, delta=relativedelta(months=1)) == [
        datetime(2024, 1, 31),
        datetime(2024, 2, 29),
        datetime(2024, 3, 31),
    ]
    assert dates.date_range(JANUARY, JANUARY + timedelta(seconds=2), delta=1) == [
        JANUARY + timedelta(seconds=number) for number in range(3)
    ]
    assert dates.date_range(JANUARY) == []
    now = timezone.utcnow()
    assert dates.date_range(now - timedelta(hours=2.5), delta=timedelta(hours=1))[-1] <= timezone.utcnow()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"end_date": JANUARY, "num": 1, "delta": DAY}, "both end_date and num"),
        ({"end_date": JANUARY - DAY, "delta": DAY}, "later than its end_date"),
        ({"end_date": JANUARY + DAY, "delta": -DAY}, "positive delta"),
        ({"end_date": JANUARY + DAY, "delta": timedelta(microseconds=1)}, "longer delta"),
        ({"end_date": JANUARY + DAY, "delta": "0 0 * *"}, "it needs five"),
    ],
)
def test_a_range_that_cannot_be_says_why(arguments: dict[str, object], text: str) -> None:
    with pytest.raises(DagAuthoringError, match=text):
        dates.date_range(JANUARY, **arguments)


@given(
    moment=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2040, 1, 1)),
    step=st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=90)),
)
def test_rounding_gives_the_nearest_step(moment: datetime, step: timedelta) -> None:
    start = datetime(1980, 1, 1)
    found = dates.round_time(moment, step, start)
    assert (found - start) % step == timedelta()
    assert abs(found - moment) <= step / 2


def test_rounding_by_months_and_cron() -> None:
    assert dates.round_time(datetime(2024, 3, 10), relativedelta(months=1), datetime(2024, 1, 1)) == datetime(
        2024, 3, 1
    )
    assert dates.round_time(datetime(2024, 3, 10, 7), "@daily") == datetime(2024, 3, 10)
    assert dates.round_time(JANUARY - DAY, DAY, JANUARY) == JANUARY
    with pytest.raises(DagAuthoringError, match="positive delta"):
        dates.round_time(JANUARY, timedelta(), JANUARY - DAY)


def test_units_of_time() -> None:
    longest = {60: "seconds", 600: "minutes", 10_000: "hours", 1_000_000: "days"}
    assert {seconds: dates.infer_time_unit([1, seconds]) for seconds in longest} == longest
    assert dates.infer_time_unit([]) == "seconds"
    assert dates.scale_time_units([7200], "hours") == [2.0]
    assert dates.scale_time_units([5], "seconds") == [5.0]
    with pytest.raises(DagAuthoringError, match="no unit 'weeks'"):
        dates.scale_time_units([1], "weeks")
    assert dates.WeekDay(JANUARY.isoweekday()) is dates.WeekDay.MONDAY


def test_zones() -> None:
    assert timezone.coerce_datetime(None) is None
    assert timezone.coerce_datetime(datetime(2024, 1, 1)) == JANUARY
    assert timezone.coerce_datetime(JANUARY, timezone.parse_timezone("Asia/Seoul")).hour == 9
    assert timezone.from_timestamp(JANUARY.timestamp()) == JANUARY
    assert timezone.from_timestamp(0, "Asia/Seoul").hour == 9
    assert timezone.utc_epoch().timestamp() == 0
    assert timezone.local_timezone().utcoffset(datetime(2024, 1, 1)) is not None
    lengths = {None: None, 0.4: "<1s", 61: "1M:1s", 90_000: "1d:1h", 31_536_000 + 2_592_000: "1y:1m"}
    assert {seconds: timezone.td_format(seconds) for seconds in lengths} == lengths
    assert timezone.td_format(timedelta(hours=1)) == "1h"


def test_lists_and_dicts() -> None:
    assert list(helpers.chunks([1, 2, 3], 2)) == [[1, 2], [3]]
    with pytest.raises(ValueError, match="positive size"):
        next(helpers.chunks([1], 0))
    assert helpers.reduce_in_chunks(lambda total, part: total + sum(part), [1, 2, 3], 0, 2) == 6
    assert helpers.reduce_in_chunks(lambda total, part: total + sum(part), [], 7) == 7
    assert helpers.as_flattened_list([[1], (2, 3)]) == [1, 2, 3]
    assert (helpers.as_tuple("ab"), helpers.as_tuple(["ab"])) == (("ab",), ("ab",))
    first = {"a": {"b": 1}, "c": [1]}
    assert helpers.merge_dicts(first, {"a": {"d": 2}, "c": 3}) == {"a": {"b": 1, "d": 2}, "c": 3}
    assert first == {"a": {"b": 1}, "c": [1]}
    odd, even = helpers.partition(lambda number: number % 2 == 0, range(4))
    assert (list(odd), list(even)) == ([1, 3], [0, 2])
    assert helpers.prune_dict({"a": None, "b": {"c": None}, "d": [None, 0], "e": {}}) == {"d": [0], "e": {}}
    assert helpers.prune_dict({"a": 0, "b": {"c": ""}, "d": [1, ""]}, mode="truthy") == {"d": [1]}
    with pytest.raises(ValueError, match="'loose'"):
        helpers.prune_dict({}, mode="loose")
    helpers.prevent_duplicates({"a": 1}, {"b": 2}, fail_reason="double")
    with pytest.raises(TypeError, match="double argument: a"):
        helpers.prevent_duplicates({"a": 1}, {"a": 2}, fail_reason="double")


def test_counts_and_texts() -> None:
    assert helpers.exactly_one(None, 1) and not helpers.exactly_one(1, 1) and not helpers.exactly_one(0)
    assert helpers.at_most_one(None, 1) and not helpers.at_most_one(1, 1)
    for function in (helpers.exactly_one, helpers.at_most_one):
        with pytest.raises(ValueError, match="one by one"):
            function([1, None])
    assert helpers.convert_camel_to_snake("LocalTaskJob") == "local_task_job"
    assert helpers.parse_template_string("{ti}") == ("{ti}", None)
    plain, template = helpers.parse_template_string("{{ a }}!")
    assert plain is None and helpers.render_template_to_string(template, {"a": 1}) == "1!"
    helpers.validate_key("a.b-c_1")
    for key in ("a b", "a" * 251, 5):
        with pytest.raises(AirflowException):
            helpers.validate_key(key)
    with pytest.raises(ValueError, match=r"contains '\.'"):
        helpers.validate_group_key("a.b")
    assert len(helpers.get_random_string(5)) == 5
    assert [helpers.to_boolean(text) for text in ("Yes", "off", None, True)] == [True, False, False, True]


def test_state_has_all_states_and_their_sets() -> None:
    assert {State.SUCCESS, State.NONE} <= set(State.task_states)
    assert State.FAILED == "failed" and State.FAILED is TaskInstanceState.FAILED
    assert State.finished | State.unfinished == set(State.task_states)
    assert not State.finished & State.unfinished
    assert State.failed_states < State.finished and State.success_states < State.finished
    assert State.finished_dr_states | State.unfinished_dr_states == set(DagRunState) == set(State.dag_states)
    assert (State.color("success"), State.color("nonsense"), State.color_fg("failed")) == ("green", "white", "white")


def test_a_session_is_refused_where_it_is_used() -> None:
    @provide_session
    def count(table: str, session: object = NEW_SESSION) -> str:
        return f"{table} {session}"

    assert count("dag", session="mine") == "dag mine"
    assert count("dag", "mine") == "dag mine"
    with pytest.raises(AirflowException, match=r"count\(\) needs a session.*\n.*REST API"):
        count("dag")
    with pytest.raises(AirflowException, match="create_session"), create_session():
        pass
    with pytest.raises(ValueError, match="no parameter 'session'"):
        provide_session(lambda: None)


def test_loggers_are_named_after_their_class(caplog: pytest.LogCaptureFixture) -> None:
    class Copier(LoggingMixin):
        pass

    assert Copier().log is Copier.logger() is logging.getLogger(f"{__name__}.{Copier.__qualname__}")
    assert issubclass(BaseHook, LoggingMixin)
    assert BaseHook(logger_name="mine").log.name == "airflow.task.hooks.mine"
    assert BaseHook().log.name == "airflow.task.hooks.tradewind.authoring.hooks.BaseHook"
    assert remove_escape_codes("\x1b[31mred\x1b[0m") == "red"


def test_values_of_timetables() -> None:
    interval = DataInterval(JANUARY, JANUARY + DAY)
    info = DagRunInfo.interval(*interval)
    assert (info.run_after, info.data_interval, info.logical_date) == (interval.end, interval, JANUARY)
    assert DagRunInfo.exact(JANUARY) == DagRunInfo(JANUARY, DataInterval.exact(JANUARY))
    assert TimeRestriction(None, None, catchup=True).catchup
    with pytest.raises(DagAuthoringError, match="time zone"):
        DagRunInfo.interval(datetime(2024, 1, 1), JANUARY)
    with pytest.raises(DagAuthoringError, match="after its end"):
        DagRunInfo.interval(JANUARY + DAY, JANUARY)


def test_objects_by_name() -> None:
    assert import_string("datetime.datetime") is datetime
    for name, text in (("nothing", "dotted name"), ("datetime.nothing", "has no 'nothing'"), ("no.such", "no")):
        with pytest.raises(ImportError, match=text):
            import_string(name)
    assert qualname(datetime) == qualname(JANUARY) == "datetime.datetime"
    assert qualname(functools.partial(import_string)) == "tradewind.authoring.module_loading.import_string"
    assert qualname(BaseHook.get_conn) == "tradewind.authoring.hooks.BaseHook.get_conn"
    assert qualname(BaseHook, exclude_module=True) == "BaseHook"
    assert is_valid_dotpath("a.b") and not is_valid_dotpath("a") and not is_valid_dotpath("a.1b")


def test_a_sensor_that_only_pokes() -> None:
    @poke_mode_only
    class Waits(PythonSensor):
        pass

    assert Waits(task_id="w", python_callable=bool).mode == "poke"
    with pytest.raises(DagAuthoringError, match=r"mode='reschedule' does not exist here\n.*write mode='poke'$"):
        Waits(task_id="w", python_callable=bool, mode="reschedule")
    assert BaseSensorOperator.valid_modes == ("poke", "reschedule")
    with pytest.raises(ValueError, match="above a sensor class"):
        poke_mode_only(BaseHook)
