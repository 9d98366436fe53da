"""DAG: its three forms, its arguments, its schedule, its warnings."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
import pytest
from authoring_kit import Bundle, spec_of
from dateutil.relativedelta import relativedelta

from tradewind import DAG, Asset, BashOperator, EmptyOperator, PythonOperator, TaskGroup, dag, task
from tradewind.authoring import schedules
from tradewind.authoring.dag_args import ARGUMENTS
from tradewind.authoring.run_times import TimeRestriction
from tradewind.errors import AirflowTimetableInvalid, DagAuthoringError, TaskNotFound
from tradewind.spec.dag import CatchupPolicy, DagSpec

START = datetime(2024, 1, 1, tzinfo=UTC)


def kinds(spec: DagSpec) -> list[str]:
    return [warning.kind for warning in spec.warnings]


def test_three_forms_make_the_same_dag() -> None:
    def body() -> None:
        pass

    variable = DAG("d", schedule="@daily", start_date=START)
    a = PythonOperator(task_id="a", python_callable=body, dag=variable)
    b = EmptyOperator(task_id="b", dag=variable)
    a >> b

    with DAG("d", schedule="@daily", start_date=START) as managed:
        PythonOperator(task_id="a", python_callable=body) >> EmptyOperator(task_id="b")

    @dag("d", schedule="@daily", start_date=START)
    def made() -> None:
        PythonOperator(task_id="a", python_callable=body) >> EmptyOperator(task_id="b")

    assert spec_of(variable).meaning() == spec_of(managed).meaning() == spec_of(made()).meaning()


def test_every_argument_of_both_airflow_versions_is_taken() -> None:
    values: dict[str, Any] = {
        "dag_id": "d", "description": "x", "schedule": None, "start_date": START, "end_date": START,
        "full_filepath": None, "template_searchpath": "/x", "template_undefined": None, "user_defined_macros": {"m": 1},
        "user_defined_filters": {}, "default_args": {"retries": 3}, "concurrency": 4, "max_active_tasks": None,
        "max_active_runs": 2, "max_consecutive_failed_dag_runs": 3, "dagrun_timeout": timedelta(hours=1),
        "sla_miss_callback": print, "default_view": "graph", "orientation": "TB", "catchup": True,
        "on_success_callback": print, "on_failure_callback": [print], "doc_md": "# x", "params": {"p": 1},
        "access_control": {}, "is_paused_upon_creation": True, "jinja_environment_kwargs": {},
        "render_template_as_native_obj": True, "tags": ["b", "a"], "owner_links": {"me": "https://example.org"},
        "auto_register": True, "fail_stop": True, "dag_display_name": "D", "fail_fast": False, "deadline": None,
        "allowed_run_types": None, "disable_bundle_versioning": True, "rerun_with_latest_version": True,
        "schedule_jitter": timedelta(minutes=5), "overlap": "skip",
    }  # fmt: skip
    assert set(values) | {"schedule_interval", "timetable"} == set(ARGUMENTS)
    with DAG(**values) as made:
        EmptyOperator(task_id="a")
    spec = spec_of(made)
    assert spec.max_active_tasks == 4
    assert spec.max_active_runs == 2
    assert spec.max_consecutive_failed_dag_runs == 3
    assert spec.dagrun_timeout == 3600
    assert spec.tags == ("a", "b")
    assert spec.fail_fast and spec.catchup and spec.is_paused_upon_creation and spec.render_template_as_native_obj
    assert spec.callbacks == ("on_success_callback", "on_failure_callback")
    assert spec.tasks[0].retries == 3
    assert spec.params == {"p": {"value": 1, "schema": {}, "description": None}}
    assert kinds(spec) == ["sla_is_a_deadline"]


def test_positional_arguments_follow_airflow_2() -> None:
    made = DAG("d", "words", "0 2 * * *")
    assert (made.description, made.schedule_interval) == ("words", "0 2 * * *")


@pytest.mark.parametrize(
    ("given", "named"),
    [({"shedule": "@daily"}, "'schedule'"), ({"start_dat": START}, "'start_date'"), ({"zzz": 1}, "remove it")],
)
def test_unknown_argument_is_a_type_error_with_the_nearest_name(given: dict[str, Any], named: str) -> None:
    with pytest.raises(TypeError, match=f"unknown argument '{next(iter(given))}'") as caught:
        DAG("d", **given)
    assert isinstance(caught.value, DagAuthoringError)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"dag_id": "a b"}, "only letters"),
        ({"dag_id": ""}, "empty"),
        ({"dag_id": 3}, "must be a string"),
        ({"dag_id": "d", "schedule": "@daily", "schedule_interval": None}, "give schedule only"),
        ({"dag_id": "d", "schedule": 3.5}, "is not a schedule"),
        ({"dag_id": "d", "start_date": "soon"}, "is not a date"),
        ({"dag_id": "d", "start_date": 5}, "start_date must be a datetime"),
        ({"dag_id": "d", "max_active_runs": 0}, "max_active_runs=0"),
        ({"dag_id": "d", "max_active_runs": "2"}, "max_active_runs must be a whole number"),
        ({"dag_id": "d", "schedule": "@continuous", "max_active_runs": 2}, "max_active_runs=1"),
        ({"dag_id": "d", "tags": "etl"}, r"tags=\['etl'\]"),
        ({"dag_id": "d", "dagrun_timeout": 60}, "dagrun_timeout must be a timedelta"),
        ({"dag_id": "d", "default_args": "x"}, "default_args must be a dict"),
        ({"dag_id": "d", "on_failure_callback": 5}, "on_failure_callback must be a function"),
        ({"dag_id": "d", "params": [1]}, "params must be a dict"),
    ],
)
def test_bad_values_are_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(DagAuthoringError, match=message) as caught:
        DAG(**arguments)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (None, {"kind": "none"}),
        ("@once", {"kind": "once", "summary": "@once"}),
        ("@continuous", {"kind": "continuous"}),
        ("0 2 * * *", {"kind": "cron_interval", "crons": ("0 2 * * *",), "summary": "0 2 * * *"}),
        ("@daily", {"kind": "cron_interval", "crons": ("0 0 * * *",), "summary": "@daily"}),
        ("@quarterly", {"kind": "cron_interval", "crons": ("0 0 1 */3 *",)}),
        (timedelta(hours=6), {"kind": "delta_interval", "delta": 21600.0, "months": 0, "summary": "6:00:00"}),
        (relativedelta(months=1, days=2), {"kind": "delta_interval", "months": 1, "delta": 172800.0}),
        (schedules.CronTriggerTimetable("0 1 * * 3", timezone="Europe/Amsterdam"),
         {"kind": "cron_trigger", "crons": ("0 1 * * 3",), "timezone": "Europe/Amsterdam"}),
        (schedules.CronTriggerTimetable("0 1 * * 3", timezone="UTC", interval=timedelta(days=7), run_immediately=True),
         {"kind": "cron_trigger", "interval": 604800.0, "run_immediately": True}),
        (schedules.MultipleCronTriggerTimetable("0 1 * * *", "30 2 * * *", timezone="UTC"),
         {"kind": "cron_trigger", "crons": ("0 1 * * *", "30 2 * * *")}),
        (schedules.CronDataIntervalTimetable("@hourly", timezone=pendulum.timezone("Asia/Tokyo")),
         {"kind": "cron_interval", "crons": ("0 * * * *",), "timezone": "Asia/Tokyo"}),
        (schedules.DeltaTriggerTimetable(timedelta(days=1), interval=timedelta(hours=2)),
         {"kind": "delta_trigger", "delta": 86400.0, "interval": 7200.0}),
        (schedules.EventsTimetable([START + timedelta(days=3), START]),
         {"kind": "events", "events": (START, START + timedelta(days=3))}),
    ],
)  # fmt: skip
def test_schedules_become_timetables(schedule: Any, expected: dict[str, Any]) -> None:
    spec = spec_of(DAG("d", schedule=schedule, start_date=START)).timetable
    assert {name: getattr(spec, name) for name in expected} == expected
    assert spec_of(DAG("d", schedule_interval=schedule, start_date=START)).timetable == spec


@pytest.mark.parametrize("argument", ["schedule", "schedule_interval", "timetable"])
def test_a_timetable_object_may_be_given_under_each_name(argument: str) -> None:
    made = DAG("d", **{argument: schedules.CronDataIntervalTimetable("0 3 * * *", timezone="UTC")})
    assert spec_of(made).timetable.crons == ("0 3 * * *",)


def test_environment_switches_to_trigger_timetables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__SCHEDULER__CREATE_CRON_DATA_INTERVALS", "False")
    monkeypatch.setenv("AIRFLOW__SCHEDULER__CREATE_DELTA_DATA_INTERVALS", "False")
    monkeypatch.setenv("AIRFLOW__SCHEDULER__CATCHUP_BY_DEFAULT", "True")
    assert spec_of(DAG("d", schedule="@daily")).timetable.kind == "cron_trigger"
    assert spec_of(DAG("d", schedule=timedelta(days=1))).timetable.kind == "delta_trigger"
    assert spec_of(DAG("d", schedule=None)).catchup


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("61 * * * *", "61"),
        ("0 2 * *", "has 4 fields, it needs five"),
        ("0 2 * * * * *", "has 7 fields"),
        ("every day", "has 2 fields"),
        ("@dayly", "'@daily'"),
        ("0 0 30 2 *", "date that does not exist"),
    ],
)
def test_bad_cron_names_the_value_and_the_fix(expression: str, message: str) -> None:
    with pytest.raises(AirflowTimetableInvalid, match=message) as caught:
        spec_of(DAG("nightly", schedule=expression))
    assert expression in str(caught.value)
    assert "'nightly'" in str(caught.value)
    assert caught.value.fix


@pytest.mark.parametrize("delta", [timedelta(0), timedelta(days=-1)])
def test_a_delta_must_be_longer_than_nothing(delta: timedelta) -> None:
    with pytest.raises(AirflowTimetableInvalid):
        spec_of(DAG("d", schedule=delta))


class Workdays(schedules.CronTriggerTimetable):
    """Code of a user."""

    def next_dagrun_info(self, **arguments: Any) -> Any:
        return super().next_dagrun_info(**arguments)


def test_a_timetable_with_code_of_its_own_is_kept_as_a_reference() -> None:
    first = spec_of(DAG("d", schedule=Workdays("0 1 * * *"))).timetable
    assert (first.kind, first.summary, first.type_name) == ("custom", "0 1 * * *", f"{__name__}.Workdays")
    assert first != spec_of(DAG("d", schedule=Workdays("0 2 * * *"))).timetable
    assert first == spec_of(DAG("d", schedule=Workdays("0 1 * * *"))).timetable

    class Named(schedules.CronTriggerTimetable):
        summary = "every night"

    assert spec_of(DAG("d", schedule=Named("0 1 * * *"))).timetable.kind == "cron_trigger"


@pytest.mark.parametrize(
    ("arguments", "policy"),
    [
        ({"catchup": "none"}, CatchupPolicy(kind="none")),
        ({"catchup": "latest"}, CatchupPolicy(kind="latest")),
        ({"catchup": timedelta(days=7)}, CatchupPolicy(kind="window", seconds=7 * 86400.0)),
        ({"catchup": {"runs": 3}}, CatchupPolicy(kind="runs", runs=3)),
        ({"catchup": True}, None),
        ({}, None),
    ],
)
def test_catchup_policies(arguments: dict[str, Any], policy: CatchupPolicy | None) -> None:
    spec = spec_of(DAG("d", schedule="@daily", start_date=START, **arguments))
    assert (spec.catchup, spec.catchup_policy) == (arguments.get("catchup") is True, policy)


@pytest.mark.parametrize("value", ["some", {"runs": 0}, {"days": 3}, timedelta(), 3, {"runs": True}])
def test_bad_catchup_policies_name_the_value_and_the_fix(value: Any) -> None:
    with pytest.raises(DagAuthoringError, match="catchup") as caught:
        DAG("d", schedule="@daily", catchup=value)
    assert "write catchup=" in str(caught.value)


def test_schedule_arguments_may_be_set_on_the_dag_as_airflow_lets_files_do() -> None:
    made = DAG("d", schedule="@daily", start_date=START)
    made.catchup_policy, made.schedule_jitter, made.overlap = {"runs": 2}, timedelta(minutes=10), "cancel_running"
    spec = spec_of(made)
    assert (spec.catchup_policy, spec.schedule_jitter) == (CatchupPolicy(kind="runs", runs=2), 600.0)
    assert (spec.overlap, spec.max_active_runs) == ("cancel_running", 1)
    made.overlap = "queues"
    with pytest.raises(DagAuthoringError, match="'queue', 'skip', 'cancel_running'"):
        spec_of(made)


def test_allowed_run_types() -> None:
    assert spec_of(DAG("d", schedule=None, allowed_run_types=["scheduled", "backfill"])).allowed_run_types == (
        "backfill",
        "scheduled",
    )
    with pytest.raises(DagAuthoringError, match="asset_triggered"):
        DAG("d", schedule=None, allowed_run_types="sometimes")


def test_runs_between_two_dates() -> None:
    made = DAG("d", schedule="0 0 * * *", start_date=START)
    found = [info.logical_date for info in made.iter_dagrun_infos_between(None, START + timedelta(days=2))]
    assert found == [START + timedelta(days=n) for n in range(3)]
    partitions = DAG("p", schedule=schedules.CronPartitionTimetable("0 0 * * *", timezone="Asia/Taipei"))
    keys = [info.partition_key for info in partitions.iter_dagrun_infos_between(START, START + timedelta(days=1))]
    assert keys == [f"{(START + timedelta(days=n)).date()}T00:00:00" for n in range(2)]


AIRFLOW_3 = "from airflow.sdk import DAG"
BOTH = "try:\n    from airflow.sdk import DAG\nexcept ImportError:\n    from airflow import DAG"


@pytest.mark.parametrize(
    ("imports", "warned"),
    [
        ("from airflow import DAG", True),
        ("from airflow.models.dag import DAG", True),
        ("from airflow.providers.common.compat.sdk import DAG", True),
        (BOTH, True),
        (AIRFLOW_3, False),
        ("from airflow import DAG, sdk", False),
        ("import airflow.sdk\nfrom airflow.models import DAG", False),
        ("from tradewind import DAG", False),
    ],
)
def test_no_schedule_is_none_with_a_warning_where_airflow_2_may_have_run_it(
    bundle: Bundle, imports: str, warned: bool
) -> None:
    spec = bundle.compile(f"{imports}\nmade = DAG('d')")
    assert spec.timetable.kind == "none"
    assert kinds(spec) == ["no_schedule"] * warned
    assert all('schedule="@daily"' in warning.message for warning in spec.warnings)
    assert kinds(bundle.compile(f"{imports}\nmade = DAG('d', schedule=None)")) == []


def test_asset_schedules_have_no_time_of_their_own() -> None:
    for schedule in ([Asset("s3://b/x")], Asset("x") | Asset("y"), Asset("x")):
        spec = spec_of(DAG("d", schedule=schedule))
        assert (spec.timetable.kind, spec.timetable.summary, kinds(spec)) == ("none", "Asset", [])
        assert spec.asset_schedule is not None
    both = schedules.AssetOrTimeSchedule(
        timetable=schedules.CronTriggerTimetable("0 1 * * *", timezone="UTC"), assets=[Asset("x")]
    )
    spec = spec_of(DAG("d", schedule=both))
    assert (spec.timetable.kind, spec.timetable.summary, kinds(spec)) == ("cron_trigger", "Asset or 0 1 * * *", [])
    assert spec.asset_schedule is not None


@pytest.mark.parametrize(
    "start",
    [
        pendulum.datetime(2024, 3, 1, tz="Europe/Amsterdam"),
        datetime(2024, 3, 1, tzinfo=ZoneInfo("Europe/Amsterdam")),
    ],
)
def test_cron_is_read_in_the_zone_of_the_start_date(start: datetime) -> None:
    spec = spec_of(DAG("d", schedule="0 2 * * *", start_date=start))
    assert spec.timetable.timezone == "Europe/Amsterdam"
    assert spec.start_date == datetime(2024, 2, 29, 23, tzinfo=UTC)
    assert type(spec.start_date) is datetime
    inherited = spec_of(DAG("d", schedule="0 2 * * *", default_args={"start_date": start}))
    assert (inherited.timetable.timezone, inherited.start_date) == ("Europe/Amsterdam", spec.start_date)


def test_naive_and_textual_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spec_of(DAG("d", schedule=None, start_date=datetime(2024, 1, 1))).start_date == START
    assert spec_of(DAG("d", schedule=None, start_date="2024-01-01")).start_date == START
    offset = DAG("d", schedule="@daily", start_date="2024-01-01T00:00:00+09:00")
    assert spec_of(offset).timetable.timezone == "+09:00"
    monkeypatch.setenv("AIRFLOW__CORE__DEFAULT_TIMEZONE", "America/New_York")
    spec = spec_of(DAG("d", schedule="@daily", start_date=datetime(2024, 1, 1)))
    assert (spec.start_date, spec.timetable.timezone) == (START + timedelta(hours=5), "America/New_York")


def test_end_before_start_is_an_error() -> None:
    with pytest.raises(DagAuthoringError, match="before it starts"):
        spec_of(DAG("d", schedule=None, start_date=START, end_date=START - timedelta(days=1)))


def test_dag_arguments_in_default_args_are_reported() -> None:
    misplaced = {"schedule_interval": "@daily", "catchup": False, "max_active_runs": 1, "tags": ["x"], "retries": 2}
    with DAG("d", schedule=None, default_args=misplaced) as made:
        EmptyOperator(task_id="a")
    spec = spec_of(made)
    assert kinds(spec) == ["dag_argument_in_default_args"] * 4
    assert "DAG('d', schedule_interval='@daily', ...)" in spec.warnings[0].message
    assert spec.warnings[0].line == made.place.line
    assert spec.tasks[0].retries == 2


def test_misspelt_default_args_are_reported_and_others_are_not() -> None:
    class Loader(EmptyOperator):
        def __init__(self, table: str = "", **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.table = table

    defaults = {"retires": 3, "depend_on_past": True, "table": "t", "my_company_cost_centre": 7}
    with DAG("d", schedule=None, default_args=defaults) as made:
        loader = Loader(task_id="a")
        with TaskGroup("g", default_args={"qeue": "x"}):
            EmptyOperator(task_id="b")
    messages = [warning.message for warning in spec_of(made).warnings]
    assert len(messages) == 3
    assert "'retries'" in messages[0] and "'depends_on_past'" in messages[1]
    assert "task group 'g'" in messages[2] and "'queue'" in messages[2]
    assert loader.table == "t"


def test_methods_that_authors_call() -> None:
    with DAG("d", schedule=None) as made:
        a, b, c = (EmptyOperator(task_id=name) for name in "abc")
        c >> b >> a

        @made.task(retries=4)
        def more(x: int) -> int:
            return x

        more(1)
    assert made.task_ids == ["a", "b", "c", "more"]
    assert [task.task_id for task in made.topological_sort()] == ["c", "b", "a", "more"]
    assert ([t.task_id for t in made.roots], [t.task_id for t in made.leaves]) == (["c", "more"], ["a", "more"])
    assert made.get_task("b") is b and made.has_task("b") and not made.has_task("z")
    assert made.get_task("more").retries == 4
    with pytest.raises(TaskNotFound, match="did you mean 'more'"):
        made.get_task("mor")
    made.set_dependency("a", "more")
    assert a.downstream_task_ids == {"more"}
    assert made.get_task("more").get_flat_relative_ids(upstream=True) == {"a", "b", "c"}


def test_dag_function_parameters_are_params() -> None:
    @dag(schedule=None, start_date=START)
    def report(day: str = "monday", limit: int = 5) -> None:
        """Words of the author."""

        @task
        def show(day: str) -> str:
            return day

        show(day)
        BashOperator(task_id="echo", bash_command="true", env={"LIMIT": limit})

    made = report(limit=7)
    spec = spec_of(made)
    assert spec.dag_id == "report"
    assert spec.doc_md == "Words of the author."
    assert {name: entry["value"] for name, entry in spec.params.items()} == {"day": "monday", "limit": 7}


def test_two_dags_do_not_share_tasks() -> None:
    first, second = DAG("one", schedule=None), DAG("two", schedule=None)
    a, b = EmptyOperator(task_id="a", dag=first), EmptyOperator(task_id="b", dag=second)
    with pytest.raises(DagAuthoringError, match=r"'one'.*'two'"):
        a >> b
    with pytest.raises(DagAuthoringError, match="belongs to DAG 'one' already"):
        second.add_task(a)


def test_fail_fast_allows_only_all_success() -> None:
    with DAG("d", schedule=None, fail_fast=True) as made:
        EmptyOperator(task_id="a") >> EmptyOperator(task_id="b", trigger_rule="all_done")
    with pytest.raises(DagAuthoringError, match="'b' has all_done"):
        spec_of(made)


def test_params_of_a_scheduled_dag_need_valid_defaults() -> None:
    from tradewind import Param

    with pytest.raises(DagAuthoringError, match="'n': it has no default"):
        spec_of(DAG("d", schedule="@daily", params={"n": Param(type="integer")}))
    with pytest.raises(DagAuthoringError, match="'x' is not of type 'integer'"):
        spec_of(DAG("d", schedule="@daily", params={"n": Param("x", type="integer")}))
    with pytest.raises(DagAuthoringError, match="cannot be written as JSON"):
        spec_of(DAG("d", schedule=None, params={"n": object()}))
    spec = spec_of(DAG("d", schedule=None, params={"n": Param(type="integer", minimum=1, description="how many")}))
    assert spec.params == {"n": {"value": None, "schema": {"type": "integer", "minimum": 1}, "description": "how many"}}


def test_default_args_are_shown_the_same_in_every_process() -> None:
    class Thing:
        pass

    made = DAG("d", schedule=None, default_args={"f": spec_of, "o": Thing(), "s": {"b", "a"}, "n": 1})
    shown = spec_of(made).default_args
    assert shown["f"] == "spec_of"
    assert "0x" not in shown["o"]
    assert (shown["s"], shown["n"]) == ("{'a', 'b'}", "1")


def test_timetables_answer_code_that_is_written_for_airflow() -> None:
    table = schedules.CronTriggerTimetable("0 2 * * *", timezone="Europe/Zurich", interval=timedelta(hours=1))
    restriction = TimeRestriction(START, None, True)
    first = table.next_dagrun_info(last_automated_data_interval=None, restriction=restriction)
    assert first is not None and first.data_interval is not None
    assert first.run_after - first.data_interval.start == timedelta(hours=1)
    assert first.run_after == table._align_to_next(START)
    second = table.next_dagrun_info_v2(last_dagrun_info=first, restriction=restriction)
    assert second is not None
    assert second.run_after == table._get_next(first.run_after)
    assert table._get_prev(second.run_after) == first.run_after
    assert table.infer_manual_data_interval(run_after=START) == (START - timedelta(hours=1), START)
    monthly = schedules.DeltaTriggerTimetable(relativedelta(months=1), interval=relativedelta(months=1))
    assert monthly.infer_manual_data_interval(run_after=datetime(2024, 3, 31, tzinfo=UTC)).start == datetime(
        2024, 2, 29, tzinfo=UTC
    )
    assert (
        table.generate_run_id(run_type="scheduled", run_after=START, data_interval=None)
        == f"scheduled__{START.isoformat()}"
    )


@pytest.mark.parametrize(
    ("cron", "text"),
    [
        ("H 2 * * *", "schedule_jitter"),
        ("0 0 12 * * ?", "Quartz"),
        ("R/5 * * * *", "random"),
        ("@nightly", "there is no"),
    ],
)
def test_crons_of_other_worlds_are_explained(cron: str, text: str) -> None:
    with pytest.raises(DagAuthoringError) as caught:
        spec_of(DAG("d", schedule=cron, start_date=START))
    assert text in str(caught.value)
