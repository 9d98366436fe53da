"""BaseOperator: arguments, default_args through users' own subclasses, dependencies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from authoring_kit import context_of, run, spec_of

from tradewind import (
    DAG,
    BaseOperator,
    BashOperator,
    DagRunState,
    EmptyOperator,
    Label,
    PythonOperator,
    TaskGroup,
    TriggerRule,
    chain,
    chain_linear,
    cross_downstream,
    task,
)
from tradewind.authoring.operator import CALLBACKS
from tradewind.authoring.partitions import FanOutMapper, MonthWindow, StartOfMonthMapper
from tradewind.errors import AirflowException, DagAuthoringError, DuplicateTaskIdFound, UnknownExecutorException
from tradewind.spec.dag import TaskSpec
from tradewind.spec.deadlines import DeadlineSpec


def nothing(*_args: Any) -> None:
    pass


def test_every_argument_of_both_airflow_versions_is_taken() -> None:
    day = datetime(2024, 1, 1, tzinfo=UTC)
    values: dict[str, Any] = {
        "owner": "me", "email": "a@x.org; b@x.org, c@x.org", "email_on_retry": False, "email_on_failure": False,
        "retries": "3", "retry_delay": 90, "retry_exponential_backoff": True, "max_retry_delay": timedelta(hours=1),
        "start_date": day, "end_date": datetime(2025, 1, 1), "depends_on_past": True,
        "ignore_first_depends_on_past": False, "wait_for_past_depends_before_skipping": True,
        "wait_for_downstream": True, "depends_on_previous_task_ids": ["a"],
        "params": {"p": 1}, "default_args": {}, "priority_weight": 5,
        "weight_rule": "absolute", "queue": "big", "pool": "db", "pool_slots": 2, "sla": timedelta(1), "deadline": None,
        "execution_timeout": timedelta(minutes=2), "pre_execute": nothing, "post_execute": nothing,
        "trigger_rule": "all_done", "resources": {"cpus": 1}, "run_as_user": "root", "task_concurrency": 3,
        "map_index_template": "x", "max_active_tis_per_dagrun": 4, "executor": "local", "executor_config": {"k": 1},
        "do_xcom_push": False, "multiple_outputs": True, "inlets": [], "outlets": [], "task_group": None, "doc": "d",
        "doc_md": "*d*", "doc_json": "{}", "doc_yaml": "d: 1", "doc_rst": "d", "task_display_name": "Task A",
        "logger_name": "mine", "allow_nested_operators": True, "retry_policy": None,
        "render_template_as_native_obj": True,
        **dict.fromkeys(CALLBACKS, nothing),
    }  # fmt: skip
    with DAG("d", schedule=None) as dag:
        values["dag"] = dag
        known = BaseOperator.argument_names() - {"task_id", "max_active_tis_per_dag"}
        assert set(values) == known
        EmptyOperator(task_id="a", **values)
    [warning, *more] = [warning.message for warning in spec_of(dag).warnings]
    assert "is accepted but has no effect" in warning and len(more) == 1
    assert spec_of(dag).tasks[0] == TaskSpec(
        task_id="a", operator="EmptyOperator", operator_module="tradewind.authoring.operators.empty",
        deadlines=(DeadlineSpec(reference="interval_end", interval=86400.0, name="sla"),),
        task_display_name="Task A", owner="me", trigger_rule=TriggerRule.ALL_DONE, retries=3, retry_delay=90.0,
        retry_exponential_backoff=2.0, max_retry_delay=3600.0, execution_timeout=120.0, start_date=day,
        end_date=datetime(2025, 1, 1, tzinfo=UTC), pool="db", pool_slots=2, priority_weight=5, weight_rule="absolute",
        queue="big", executor="local", depends_on_past=True, ignore_first_depends_on_past=False,
        wait_for_downstream=True, wait_for_past_depends_before_skipping=True, depends_on_previous=("a",),
        max_active_tis_per_dag=3,
        max_active_tis_per_dagrun=4, do_xcom_push=False,
        multiple_outputs=True, callbacks=CALLBACKS, email=("a@x.org", "b@x.org", "c@x.org"), email_on_failure=False,
        email_on_retry=False, params={"p": {"value": 1, "schema": {}, "description": None}}, ui_color="#e8f7e4",
        doc_md="*d*",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"retries": "many"}, "retries must be a whole number, zero or more, not 'many'"),
        ({"retries": -1}, "not -1"),
        ({"retry_delay": "5m"}, "retry_delay must be a timedelta or a number of seconds, not '5m'"),
        ({"retry_delay": timedelta(seconds=-1)}, "is negative"),
        ({"execution_timeout": 30}, r"execution_timeout=timedelta\(seconds=30\)"),
        ({"trigger_rule": "all_sucess"}, 'trigger_rule="all_success"'),
        ({"weight_rule": "sideways"}, "weight_rule='sideways' does not exist"),
        ({"pool_slots": 0}, "pool_slots=0 is less than 1"),
        ({"priority_weight": "high"}, "priority_weight must be a whole number, not 'high'"),
        ({"start_date": 3}, "start_date must be a datetime"),
        ({"on_failure_callback": "mail"}, "on_failure_callback must be a function"),
        ({"max_active_tis_per_dag": -3}, "max_active_tis_per_dag=-3"),
        ({"retry_exponential_backoff": "x"}, "retry_exponential_backoff must be"),
        ({"retrys": 1}, "write 'retries'"),
        ({"bash_comand": "ls"}, "write 'bash_command'"),
    ],
)
def test_bad_values_name_task_dag_argument_and_value(arguments: dict[str, Any], message: str) -> None:
    with DAG("nightly", schedule=None), pytest.raises(DagAuthoringError, match=message) as caught:
        BashOperator(task_id="load", bash_command="true", **arguments)
    assert "task 'load'" in str(caught.value) and "DAG 'nightly'" in str(caught.value)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "lacks the argument 'task_id'"),
        ({"task_id": "a b"}, "contains ' '"),
        ({"task_id": 5}, "must be a string"),
        ({"task_id": "x" * 251}, "251 characters"),
    ],
)
def test_task_ids_are_checked(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(DagAuthoringError, match=message):
        EmptyOperator(**arguments)


def test_tasks_of_the_previous_run() -> None:
    with DAG("nightly", schedule=None) as dag:
        load = EmptyOperator(task_id="load")
        check = EmptyOperator(task_id="check", depends_on_previous_task_ids=["load", "check", "load"])
        BashOperator.partial(task_id="m", depends_on_previous_task_ids="load").expand(bash_command=["a", "b"])
    assert load.depends_on_past is False and check.depends_on_past is True
    spec = spec_of(dag)
    found = {task.task_id: (task.depends_on_past, task.depends_on_previous) for task in spec.tasks}
    assert found == {"load": (False, ()), "check": (True, ("load", "check")), "m": (True, ("load",))}
    check.depends_on_previous_task_ids = ["laod"]
    with pytest.raises(DagAuthoringError, match=r"task 'check' of DAG 'nightly': .* names 'laod'") as caught:
        spec_of(dag)
    assert caught.value.fix


def test_a_setup_that_is_no_task() -> None:
    with pytest.raises(DagAuthoringError, match=r"task 'a': as_teardown.. got 5 of type int as a setup") as caught:
        EmptyOperator(task_id="a").as_teardown(setups=5)
    assert caught.value.fix


def test_missing_and_positional_arguments() -> None:
    with pytest.raises(TypeError, match="BashOperator 'a' lacks the argument 'bash_command'"):
        BashOperator(task_id="a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="keyword arguments only"):
        EmptyOperator("a")  # type: ignore[misc]


@pytest.mark.parametrize(
    ("word", "rule"),
    [("dummy", TriggerRule.ALWAYS), ("none_failed_or_skipped", TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS),
     (TriggerRule.ONE_DONE, TriggerRule.ONE_DONE), ("one_failed", TriggerRule.ONE_FAILED)],
)  # fmt: skip
def test_trigger_rules_in_all_spellings(word: Any, rule: TriggerRule) -> None:
    assert EmptyOperator(task_id="a", trigger_rule=word).trigger_rule is rule


def test_environment_gives_default_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__DEFAULT_TASK_RETRIES", "4")
    monkeypatch.setenv("AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY", "12")
    made = EmptyOperator(task_id="a")
    assert (made.retries, made.retry_delay) == (4, timedelta(seconds=12))
    monkeypatch.setenv("AIRFLOW__CORE__DEFAULT_TASK_RETRIES", "x")
    with pytest.raises(DagAuthoringError, match="AIRFLOW__CORE__DEFAULT_TASK_RETRIES='x' is not a number"):
        EmptyOperator(task_id="a")


# --- default_args ------------------------------------------------------------------------------------------------


class Forwarding(BaseOperator):
    """An author's operator that hands everything on."""

    template_fields = ("table",)

    def __init__(self, *, table: str, mode: str = "append", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.table, self.mode = table, mode

    def execute(self, context: Any) -> Any:
        return self.table


class Keeping(BaseOperator):
    """An author's operator that hands on only the id."""

    def __init__(self, task_id: str, flavour: str = "plain") -> None:
        super().__init__(task_id=task_id)
        self.flavour = flavour


class Grandchild(Forwarding):
    def __init__(self, extra: int = 0, **kwargs: Any) -> None:
        super().__init__(mode="replace", **kwargs)
        self.extra = extra


DEFAULTS = {"retries": 2, "owner": "team", "table": "t1", "flavour": "mint", "mode": "upsert", "extra": 9}


def test_default_args_reach_users_subclasses() -> None:
    with DAG("d", schedule=None, default_args=DEFAULTS):
        forwarding, keeping = Forwarding(task_id="f"), Keeping(task_id="k")
        grandchild, own = Grandchild(task_id="g", table="t2"), Forwarding(task_id="o", retries=0, mode="x")
    assert (forwarding.table, forwarding.mode, forwarding.retries, forwarding.owner) == ("t1", "upsert", 2, "team")
    assert (keeping.flavour, keeping.retries, keeping.owner) == ("mint", 2, "team")
    assert (grandchild.table, grandchild.mode, grandchild.extra, grandchild.retries) == ("t2", "replace", 9, 2)
    assert (own.retries, own.mode) == (0, "x")


def test_inner_default_args_win() -> None:
    with DAG("d", schedule=None, default_args={"retries": 1, "pool": "a", "owner": "dag", "queue": "q"}) as dag:
        EmptyOperator(task_id="first")
        with TaskGroup("g", default_args={"retries": 2, "pool": "b"}):
            EmptyOperator(task_id="outer")
            with TaskGroup("h", default_args={"retries": 3}):
                EmptyOperator(task_id="inner")
                EmptyOperator(task_id="own", default_args={"retries": 4, "owner": "me"})
                EmptyOperator(task_id="said", retries=5)
    found = {t.task_id: (t.retries, t.pool, t.owner, t.queue) for t in dag.tasks}
    assert found == {
        "first": (1, "a", "dag", "q"),
        "g.outer": (2, "b", "dag", "q"),
        "g.h.inner": (3, "b", "dag", "q"),
        "g.h.own": (4, "b", "me", "q"),
        "g.h.said": (5, "b", "dag", "q"),
    }


def test_default_args_of_a_dag_given_by_argument() -> None:
    dag = DAG("d", schedule=None, default_args={"retries": 7})
    assert EmptyOperator(task_id="a", dag=dag).retries == 7


def test_params_are_merged_and_only_differences_are_compiled() -> None:
    with DAG("d", schedule=None, params={"a": 1, "b": 2}, default_args={"params": {"c": 3}}) as dag:
        EmptyOperator(task_id="x", params={"b": 20})
    assert dag.get_task("x").params.dump() == {"a": 1, "b": 20, "c": 3}
    assert {name: entry["value"] for name, entry in spec_of(dag).tasks[0].params.items()} == {"b": 20}
    assert {name: entry["value"] for name, entry in spec_of(dag).params.items()} == {"a": 1, "b": 2, "c": 3}


def test_a_string_as_template_fields_is_refused() -> None:
    with pytest.raises(DagAuthoringError, match=r"template_fields = \('sql',\)"):

        class Broken(BaseOperator):
            template_fields = "sql"


# --- dependencies ------------------------------------------------------------------------------------------------


def edges(dag: DAG) -> set[tuple[str, str]]:
    return {(t.task_id, down) for t in spec_of(dag).tasks for down in t.downstream}


def make(*names: str) -> tuple[DAG, list[EmptyOperator]]:
    dag = DAG("d", schedule=None)
    return dag, [EmptyOperator(task_id=name, dag=dag) for name in names]


def test_arrows_and_lists() -> None:
    dag, [a, b, c, d] = make(*"abcd")
    assert (a >> [b, c]) == [b, c]
    [b, c] >> d
    assert edges(dag) == {("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")}
    dag, [a, b, c, d] = make(*"abcd")
    d << [b, c] << a
    assert edges(dag) == {("b", "d"), ("c", "d"), ("a", "b"), ("a", "c")}
    dag, [a, b, c, d] = make(*"abcd")
    a.set_downstream([b, c])
    d.set_upstream(b)
    assert edges(dag) == {("a", "b"), ("a", "c"), ("b", "d")}
    assert b.upstream_list == [a] and a.downstream_list == [b, c]


def test_chain_functions() -> None:
    dag, [a, b, c, d, e, f] = make(*"abcdef")
    chain(a, [b, c], [d, e], f)
    assert edges(dag) == {("a", "b"), ("a", "c"), ("b", "d"), ("c", "e"), ("d", "f"), ("e", "f")}
    dag, [a, b, c, d, e, f] = make(*"abcdef")
    chain_linear(a, [b, c], [d, e])
    assert edges(dag) == {("a", "b"), ("a", "c"), ("b", "d"), ("b", "e"), ("c", "d"), ("c", "e")}
    dag, [a, b, c, d, e, f] = make(*"abcdef")
    cross_downstream([a, b], [c, d])
    assert edges(dag) == {("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")}
    with pytest.raises(DagAuthoringError, match="different lengths"):
        chain([a, b], [c, d, e])
    with pytest.raises(DagAuthoringError, match="two or more"):
        chain_linear(a)


def test_labels() -> None:
    dag, [a, b, c, d] = make(*"abcd")
    a >> Label("yes") >> b
    a >> Label("no") >> [c, d]
    [c, d] >> Label("end") >> b
    chain(b, Label("again"), EmptyOperator(task_id="e", dag=dag))
    assert spec_of(dag).edge_labels == (
        ("a", "b", "yes"), ("a", "c", "no"), ("a", "d", "no"), ("b", "e", "again"),
        ("c", "b", "end"), ("d", "b", "end"),
    )  # fmt: skip
    dag, [a, b, c, d] = make(*"abcd")
    b << Label("back") << a
    assert spec_of(dag).edge_labels == (("a", "b", "back"),)


def test_what_cannot_be_linked() -> None:
    _, [a, b] = make("a", "b")

    @task
    def load() -> None:
        pass

    with pytest.raises(TypeError, match=r"task 'a' cannot be linked with the function load\n  fix: call it: load\(\)"):
        a >> load
    with pytest.raises(TypeError, match="decorate nothing with @task"):
        a >> nothing
    with pytest.raises(TypeError, match="cannot be linked with 5"):
        a >> [b, 5]
    with pytest.raises(DagAuthoringError, match="neither belongs to a DAG"):
        EmptyOperator(task_id="x") >> EmptyOperator(task_id="y")


def test_a_task_without_a_dag_joins_that_of_its_neighbour() -> None:
    dag, [a] = make("a")
    late = EmptyOperator(task_id="late")
    a >> late
    assert late.dag is dag and dag.task_ids == ["a", "late"]


def test_duplicate_ids() -> None:
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="a")
        with pytest.raises(DuplicateTaskIdFound, match=r"'a' already \(line \d+\)"):
            EmptyOperator(task_id="a")
        with TaskGroup("g"):
            EmptyOperator(task_id="a")
        with pytest.raises(DuplicateTaskIdFound, match="'g' already"):
            TaskGroup("g")
        with pytest.raises(DuplicateTaskIdFound):
            EmptyOperator(task_id="g")
        with TaskGroup("g", add_suffix_on_collision=True) as other:
            EmptyOperator(task_id="a")
    assert other.group_id == "g__1"
    assert dag.task_ids == ["a", "g.a", "g__1.a"]


# --- groups ------------------------------------------------------------------------------------------------------


def test_groups_nest_prefix_and_link() -> None:
    with DAG("d", schedule=None) as dag:
        start, end = EmptyOperator(task_id="start"), EmptyOperator(task_id="end")
        with TaskGroup("load", tooltip="all of it") as load:
            a, b = EmptyOperator(task_id="a"), EmptyOperator(task_id="b")
            with TaskGroup("deep", prefix_group_id=False, group_display_name="Deep") as deep:
                EmptyOperator(task_id="c")
            a >> deep
        start >> Label("go") >> load >> end
    spec = spec_of(dag)
    assert edges(dag) == {("start", "load.a"), ("start", "load.b"), ("load.a", "c"), ("load.b", "end"), ("c", "end")}
    assert [(g.group_id, g.parent, g.display_name, g.tooltip) for g in spec.groups] == [
        ("load", None, "load", "all of it"),
        ("load.deep", "load", "Deep", ""),
    ]
    assert {t.task_id: t.group for t in spec.tasks} == {
        "start": None, "end": None, "load.a": "load", "load.b": "load", "c": "load.deep",
    }  # fmt: skip
    assert ("start", "load.a", "go") in spec.edge_labels
    assert (b.label, load.get_child_by_label("a")) == ("b", a)
    assert dag.has_task_group("load.deep")


def test_a_group_needs_a_dag_and_a_plain_id() -> None:
    with pytest.raises(DagAuthoringError, match="in no DAG"):
        TaskGroup("g")
    with (
        DAG("d", schedule=None),
        pytest.raises(DagAuthoringError, match="only letters, digits, dashes and underscores"),
    ):
        TaskGroup("a.b")
    with DAG("d", schedule=None), pytest.raises(TypeError, match="write 'tooltip'"):
        TaskGroup("g", tooltp="x")


def test_setup_and_teardown() -> None:
    with DAG("d", schedule=None) as dag:
        create, work, delete = (EmptyOperator(task_id=name) for name in ("create", "work", "delete"))
        create >> work >> delete.as_teardown(setups=create, on_failure_fail_dagrun=True)
    spec = spec_of(dag)
    found = {t.task_id: (t.is_setup, t.is_teardown, t.trigger_rule.value, t.on_failure_fail_dagrun) for t in spec.tasks}
    assert found == {
        "create": (True, False, "all_success", False),
        "work": (False, False, "all_success", False),
        "delete": (False, True, "all_done_setup_success", True),
    }
    assert ("create", "delete") in edges(dag)


def test_groups_do_not_wait_for_their_teardowns() -> None:
    with DAG("d", schedule=None) as dag:
        with TaskGroup("g") as group:
            EmptyOperator(task_id="work") >> EmptyOperator(task_id="clean").as_teardown()
        group >> EmptyOperator(task_id="after")
    assert edges(dag) == {("g.work", "g.clean"), ("g.work", "after")}


# --- running -----------------------------------------------------------------------------------------------------


def test_hooks_and_the_copy_for_execution() -> None:
    seen: list[Any] = []
    with DAG("d", schedule=None):
        made = Forwarding(
            task_id="f",
            table="t_{{ run_id }}",
            pre_execute=lambda context: seen.append("pre"),
            post_execute=lambda context, result: seen.append(result),
        )
    result, ti = run(made)
    copy = ti.task
    copy.post_execute(context_of(copy), result)
    assert (result, seen) == ("t_r1", ["pre", "t_r1"])
    assert made.table == "t_{{ run_id }}"


def test_execute_must_be_implemented() -> None:
    class Half(BaseOperator):
        pass

    with DAG("d", schedule=None), pytest.raises(NotImplementedError, match="Half does not implement execute"):
        run(Half(task_id="h"))


def test_a_template_field_that_does_not_exist_is_named() -> None:
    class Odd(BaseOperator):
        template_fields = ("sql",)

    with DAG("d", schedule=None), pytest.raises(AttributeError, match="'sql' is a template field of Odd"):
        run(Odd(task_id="h"))


def test_does_nothing_only_when_nothing_is_to_be_done() -> None:
    class Busy(EmptyOperator):
        def execute(self, context: Any) -> None:
            raise AirflowException

    class Renamed(EmptyOperator):
        pass

    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="plain")
        Renamed(task_id="renamed")
        Busy(task_id="busy")
        EmptyOperator(task_id="callback", on_success_callback=nothing)
        EmptyOperator(task_id="outlet", outlets=["x"])
        EmptyOperator(task_id="hook", pre_execute=nothing)
        PythonOperator(task_id="python", python_callable=nothing)
    idle = {t.task_id for t in spec_of(dag).tasks if t.does_nothing}
    assert idle == {"plain", "renamed"}
    assert DagRunState.SUCCESS == "success"


@pytest.mark.parametrize("name", ["CeleryExecutor", "celery.LocalExecutor.x", "x.LocalExecutor", 3])
def test_an_executor_that_is_not_there(name: Any) -> None:
    with DAG("d", schedule=None), pytest.raises(UnknownExecutorException, match="is not there") as caught:
        EmptyOperator(task_id="a", executor=name)
    assert repr(name) in str(caught.value) and "task 'a'" in str(caught.value)
    assert caught.value.__dict__["authoring_place"].file == __file__


def test_names_of_the_executor_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ("LocalExecutor", "airflow.executors.local_executor.LocalExecutor", None, "")
    with DAG("d", schedule=None):
        assert [EmptyOperator(task_id=f"t{i}", executor=it).executor for i, it in enumerate(paths)][2:] == [None, None]
        monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "LocalExecutor,big:some.where.ClusterExecutor")
        for name in ("big", "ClusterExecutor", "some.where.ClusterExecutor"):
            assert EmptyOperator(task_id=name, executor=name).executor == name


def test_settings_that_are_part_of_a_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    mapper = FanOutMapper(upstream_mapper=StartOfMonthMapper(), window=MonthWindow())
    assert mapper.spec().max_downstream_keys is None
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="a", retry_exponential_backoff=True)
    assert spec_of(dag).tasks[0].longest_retry_delay == 86400.0
    monkeypatch.setenv("AIRFLOW__CORE__MAX_TASK_RETRY_DELAY", "172800")
    monkeypatch.setenv("AIRFLOW__SCHEDULER__PARTITION_MAPPER_MAX_DOWNSTREAM_KEYS", "31")
    assert spec_of(dag).tasks[0].longest_retry_delay == 172800.0
    assert mapper.spec().max_downstream_keys == 31
