"""Tasks and DAGs run in place: `tasks test`, `tasks render`, `dags test`."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tradewind.authoring import comms
from tradewind.authoring.dag import DAG
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operators.bash import BashOperator
from tradewind.authoring.operators.empty import EmptyOperator
from tradewind.authoring.operators.python import BranchPythonOperator, PythonOperator
from tradewind.authoring.params import Param
from tradewind.authoring.triggers.temporal import DateTimeTrigger
from tradewind.authoring.triggers.testing import FailureTrigger, SuccessTrigger
from tradewind.authoring.variable import Variable
from tradewind.errors import AirflowException, AirflowRescheduleException, TaskNotFound
from tradewind.runtime import inline
from tradewind.runtime.masking import MASK, masker
from tradewind.runtime.task_instance import RuntimeTaskInstance
from tradewind.spec import wire
from tradewind.spec.states import DagRunState

DAY = datetime(2022, 5, 5, tzinfo=UTC)
seen: list[Any] = []


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    seen.clear()
    yield
    masker.forget()


@pytest.fixture
def dag() -> DAG:
    with DAG(
        "t", start_date=datetime(2022, 1, 1), schedule="0 2 * * *", params={"n": Param(1, type="integer")}
    ) as made:
        yield_ = PythonOperator(task_id="give", python_callable=lambda params: params["n"] * 10)
        PythonOperator(task_id="take", python_callable=lambda ti: seen.append(ti.xcom_pull(task_ids="give"))) << yield_
        BashOperator(task_id="echo", bash_command="echo on {{ ds }}, next {{ next_ds }}, before {{ prev_ds_nodash }}")
    return made


def run_of(**conf: Any) -> wire.RunInfo:
    return inline.manual_run("t", DAY, conf)


def states(result: inline.DagTest) -> dict[str, str]:
    return {task_id: str(state) for task_id, state in result.tasks.items()}


def test_one_task(dag: DAG, capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    before, handlers = dict(os.environ), list(logging.getLogger().handlers)
    outcome = inline.test_task(dag, "give", run_of(n=4), out=out, params={"n": 7})
    assert (outcome.state, outcome.xcoms[0].value) == ("success", "70"), "params win over conf"
    assert "give succeeded" in out.getvalue()
    assert dict(os.environ) == before and logging.getLogger().handlers == handlers and not comms.connected()
    with pytest.raises(TaskNotFound, match="gvie"):
        inline.test_task(dag, "gvie", run_of(), out=out)


def test_params_of_the_command_line_are_those_of_the_task(capsys: pytest.CaptureFixture[str]) -> None:
    with DAG("t", schedule=None, params={"n": Param(1, type="integer")}) as dag:
        PythonOperator(task_id="ask", python_callable=lambda task, params: [task.params["new"], params["n"]])
    outcome = inline.test_task(dag, "ask", run_of(n=3), out=io.StringIO(), params={"new": "x"})
    assert (outcome.state, outcome.xcoms[0].value) == ("success", '["x",3]')


def test_failure_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with DAG("t", schedule=None) as dag:
        PythonOperator(task_id="broken", python_callable=lambda: 1 / 0)
    out = io.StringIO()
    outcome = inline.test_task(dag, "broken", run_of(), out=out)
    assert (outcome.state, outcome.error) == ("failed", "ZeroDivisionError: division by zero")
    assert "test_inline.py" in out.getvalue() and "1 / 0" in out.getvalue()


def test_render_uses_the_schedule(dag: DAG) -> None:
    fields = inline.render_task(dag, "echo", run_of())
    assert fields["bash_command"] == "echo on 2022-05-05, next 2022-05-05, before 20220505", (
        "a manual run has no neighbours"
    )
    scheduled = wire.RunInfo(
        dag_id="t", run_id="s", run_type="scheduled", run_after=DAY + timedelta(hours=26),
        logical_date=DAY + timedelta(hours=2), data_interval_start=DAY + timedelta(hours=2),
        data_interval_end=DAY + timedelta(hours=26),
    )  # fmt: skip
    fields = inline.render_task(dag, "echo", scheduled)
    assert fields["bash_command"] == "echo on 2022-05-05, next 2022-05-06, before 20220504"


def test_whole_dag_in_order(dag: DAG) -> None:
    result = inline.test_dag(dag, run_of(n=3), out=io.StringIO())
    assert result.state is DagRunState.SUCCESS
    assert states(result) == {"give": "success", "take": "success", "echo": "success"}
    assert seen == [30]
    assert result.xcoms["echo", "return_value"] == '"on 2022-05-05, next 2022-05-05, before 20220505"'


def test_branch_retry_reschedule_and_callbacks() -> None:
    tries: list[int] = []
    waits: list[float] = []

    def flaky(ti: Any) -> None:
        tries.append(ti.try_number)
        if ti.try_number < 3:
            raise ValueError("not yet")

    def sensor() -> None:
        if not waits:
            raise AirflowRescheduleException(datetime.now(UTC) + timedelta(hours=1))

    with DAG(
        "t",
        schedule=None,
        on_success_callback=lambda context: seen.append(("dag", context["reason"], context["ti"].state)),
    ) as dag:
        branch = BranchPythonOperator(task_id="branch", python_callable=lambda: "left")
        left, right = EmptyOperator(task_id="left"), EmptyOperator(task_id="right")
        join = EmptyOperator(task_id="join", trigger_rule="none_failed_min_one_success")
        branch >> [left, right] >> join
        PythonOperator(task_id="flaky", python_callable=flaky, retries=2, retry_delay=timedelta(hours=1))
        PythonOperator(task_id="sensor", python_callable=sensor)
    result = inline.test_dag(dag, run_of(), out=io.StringIO(), wait=waits.append)
    assert states(result) == {
        "branch": "success", "left": "success", "right": "skipped", "join": "success",
        "flaky": "success", "sensor": "success",
    }  # fmt: skip
    assert tries == [1, 2, 3] and len(waits) == 1 and 3500 < waits[0] <= 3600
    assert [entry[:2] for entry in seen] == [("dag", "success")]


def test_failure_of_a_dag_and_marking() -> None:
    with DAG("t", schedule=None) as dag:
        bad = PythonOperator(task_id="bad", python_callable=lambda: 1 / 0)
        bad >> EmptyOperator(task_id="after")
    result = inline.test_dag(dag, run_of(), out=io.StringIO())
    assert (result.state, states(result)) == (DagRunState.FAILED, {"bad": "failed", "after": "upstream_failed"})
    assert result.errors == {"bad": "ZeroDivisionError: division by zero"}
    assert inline.test_dag(dag, run_of(), out=io.StringIO(), mark_success="ba.").state is DagRunState.SUCCESS


def test_variables_come_from_the_channel_and_are_masked() -> None:
    with DAG("t", schedule=None) as dag:
        PythonOperator(
            task_id="ask", python_callable=lambda: logging.getLogger("x").info("got %s", Variable.get("db_password"))
        )

    def answer(request: wire.Request) -> Any:
        assert request == wire.GetVariable("db_password")
        return "hunter2hunter2"

    out = io.StringIO()
    assert inline.test_task(dag, "ask", run_of(), answer, out).state == "success"
    assert f"got {MASK}" in out.getvalue() and "hunter2" not in out.getvalue()
    failed = inline.test_task(dag, "ask", run_of(), None, out)
    assert failed.state == "failed" and "db_password" in failed.error


def test_an_interrupt_stops_the_test_and_kills_what_runs() -> None:
    class Interrupted(PythonOperator):
        def on_kill(self) -> None:
            seen.append("on_kill")

    def interrupt() -> None:
        raise KeyboardInterrupt

    with DAG("t", schedule=None) as dag:
        Interrupted(task_id="i", python_callable=interrupt)
    with pytest.raises(KeyboardInterrupt):
        inline.test_task(dag, "i", run_of(), out=io.StringIO())
    assert seen == ["on_kill"]


def test_dag_test_method(dag: DAG) -> None:
    result = dag.test(logical_date=DAY, run_conf={"n": 2})
    assert result.state is DagRunState.SUCCESS and seen == [20]


class Waits(BaseOperator):
    def __init__(self, *, trigger: Any, limit: float | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.trigger, self.limit = trigger, limit

    def execute(self, context: Any) -> None:
        self.defer(trigger=self.trigger, method_name="done", timeout=self.limit, kwargs={"n": 1})

    def done(self, context: Any, event: Any, n: int) -> Any:
        return [event, n]


def test_deferred_tasks_wait_in_place() -> None:
    past, never = datetime(2020, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
    with DAG("t", start_date=datetime(2022, 1, 1), schedule=None) as dag:
        Waits(task_id="fires", trigger=SuccessTrigger())
        Waits(task_id="fails", trigger=FailureTrigger())
        Waits(task_id="late", trigger=DateTimeTrigger(never), limit=0.05)
        Waits(task_id="ends", trigger=DateTimeTrigger(past, end_from_trigger=True))
    result = inline.test_dag(dag, run_of(), out=io.StringIO())
    assert states(result) == {"fires": "success", "fails": "failed", "late": "failed", "ends": "success"}
    assert result.xcoms["fires", "return_value"] == "[true,1]"
    assert "this trigger fails on purpose" in result.errors["fails"]
    assert result.errors["late"].startswith("TaskDeferralTimeout")


def test_states_of_tasks_as_airflow_names_them_also_asked_on_the_class() -> None:
    found: dict[str, Any] = {}

    def look(ti: Any) -> None:
        run = [ti.run_id]
        found["all"] = ti.get_task_states(ti.dag_id)[ti.run_id]
        of_class = RuntimeTaskInstance.get_task_states
        found["class"] = of_class(dag_id=ti.dag_id, run_ids=run, map_index=-1)[ti.run_id]
        found["one"] = of_class(dag_id=ti.dag_id, run_ids=run, task_ids=["many"], map_index=1)[ti.run_id]
        found["count"] = RuntimeTaskInstance.get_ti_count(dag_id=ti.dag_id, run_ids=run, states=["success"])
        with pytest.raises(AirflowException, match="run_ids and task_ids only"):
            of_class(dag_id=ti.dag_id)

    with DAG("t", schedule=None) as dag:
        many = PythonOperator.partial(task_id="many", python_callable=lambda n: n).expand(op_args=[[1], [2]])
        many >> PythonOperator(task_id="look", python_callable=look)
    result = inline.test_dag(dag, run_of(), out=io.StringIO())
    assert result.state is DagRunState.SUCCESS
    assert found == {
        "all": {"many_0": "success", "many_1": "success", "look": "running"},
        "class": {"look": "running"},
        "one": {"many_1": "success"},
        "count": 2,
    }
