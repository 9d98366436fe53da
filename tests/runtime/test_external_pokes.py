"""`ExternalTaskSensor` in its own process: when it gives its worker back, what for, and how it goes on."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tradewind import DAG, task
from tradewind.authoring import comms
from tradewind.authoring.context import get_current_context
from tradewind.authoring.external_task import ExternalTaskSensor
from tradewind.authoring.external_task import ExternalTaskSensor as Sensor
from tradewind.errors import AirflowSkipException
from tradewind.runtime.inline import manual_run
from tradewind.runtime.inline import test_dag as run_whole
from tradewind.runtime.task_runner import Attempt
from tradewind.spec import serde, wire
from tradewind.spec.external import ExternalWait

AT = datetime(2024, 3, 5, tzinfo=UTC)
MISSED = '{"error": "Trigger timeout"}'


class There:
    """The other DAG, as a supervisor tells of it; each question takes the next answer, the last one again and again."""

    def __init__(self, *states: str | None, known: bool = True) -> None:
        self.states, self.known = list(states or (None,)), known
        self.asked: list[wire.GetExternal] = []

    def __call__(self, request: wire.Request) -> Any:
        assert isinstance(request, wire.GetExternal), request
        self.asked.append(request)
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return {"known": self.known, "missing": [], "runs": [["r", state, {}]] if state else []}


def one_task(made: Any) -> tuple[DAG, str]:
    with DAG("d", schedule=None, start_date=AT) as dag:
        made()
    (found,) = dag.tasks
    return dag, found.task_id


def sensor(cls: type[ExternalTaskSensor] = Sensor, **fields: Any) -> tuple[DAG, str]:
    return one_task(lambda: cls(task_id="s", external_dag_id="up", **{"poke_interval": 0.01, **fields}))


def attempt(of: tuple[DAG, str], there: There, **fields: Any) -> wire.Outcome:
    dag, task_id = of
    values: dict[str, Any] = {"attempt_id": "a", "ti_id": "t", "map_index": -1, "try_number": 1, "max_tries": 2}
    source = wire.DagSource(bundle_path="", relative_fileloc="", digest="")
    run = manual_run("d", AT)
    values |= {"dag_id": "d", "task_id": task_id, "run": run, "source": source, "log_path": "", **fields}
    before = comms.set_channel(there)
    try:
        return Attempt(wire.TaskWork(**values), dag, there).run()
    finally:
        comms.set_channel(before)


def resumed(of: tuple[DAG, str], there: There, *, ago: float = 0.0, status: str | None = None) -> wire.Outcome:
    """It goes on with an event, or because its wait took too long; the try started so many seconds ago."""
    about: dict[str, Any] = {"next_method": "__fail__", "next_kwargs": MISSED}
    if status is not None:
        about = {"next_method": "execute_complete", "trigger_event": serde.dumps({"status": status})}
    return attempt(of, there, started=datetime.now(UTC) - timedelta(seconds=ago), **about)


def seconds_left(outcome: wire.Outcome) -> float:
    assert outcome.deadline is not None
    return (outcome.deadline - datetime.now(UTC)).total_seconds()


def test_a_poke_that_sees_nothing_gives_the_worker_back() -> None:
    there = There()
    outcome = attempt(sensor(timeout=300, external_task_id="t", failed_states=["failed"]), there)
    assert (outcome.state, outcome.next_method) == ("deferred", "execute_complete")
    assert outcome.awaits == ExternalWait("up", (AT,), task_ids=("t",), failed=("failed",))
    assert 290 < seconds_left(outcome) <= 300
    assert len(there.asked) == 1


def test_what_is_there_already_needs_no_wait() -> None:
    assert attempt(sensor(), There("success")).state == "success"


@pytest.mark.parametrize(
    ("fields", "status", "state"),
    [
        ({}, "success", "success"),
        ({}, "failed", "failed"),
        ({"soft_fail": True}, "failed", "skipped"),
        ({"never_fail": True}, "failed", "skipped"),
        ({}, "skipped", "skipped"),
    ],
)
def test_the_event_decides_and_nothing_is_asked_again(fields: dict[str, Any], status: str, state: str) -> None:
    there = There()
    outcome = resumed(sensor(**fields), there, status=status)
    assert (outcome.state, there.asked) == (state, [])
    assert outcome.retry  # a failure there is an ordinary one


@pytest.mark.parametrize(
    ("fields", "state"),
    [({}, "failed"), ({"soft_fail": True}, "skipped"), ({"never_fail": True}, "skipped")],
)
def test_the_timeout_counts_from_the_start_of_the_try(fields: dict[str, Any], state: str) -> None:
    of = sensor(timeout=100, **fields)
    parked = resumed(of, There(), ago=60)  # a clock that is behind: it waits for the rest
    assert parked.state == "deferred" and 30 < seconds_left(parked) <= 40
    outcome = resumed(of, There(), ago=101)
    assert (outcome.state, outcome.retry) == (state, state != "failed")
    assert "its timeout is 100 s" in outcome.error
    assert resumed(of, There("success"), ago=101).state == "success"  # the last poke comes after it, as in any sensor


def test_the_execution_timeout_ends_the_wait_and_may_be_retried() -> None:
    of = sensor(timeout=1000, execution_timeout=timedelta(seconds=50), soft_fail=True)
    outcome = attempt(of, There())
    assert 40 < seconds_left(outcome) <= 50
    ended = resumed(of, There(), ago=51)
    assert (ended.state, ended.error_type, ended.retry) == ("failed", "AirflowTaskTimeout", True)


def test_existence_is_checked_by_the_first_poke_alone() -> None:
    of = sensor(check_existence=True)
    assert attempt(of, There(known=False)).error_type == "ExternalDagNotFoundError"
    outcome = attempt(of, There())
    assert outcome.awaits is not None and not outcome.awaits.check_existence
    assert resumed(of, There(known=False), ago=1).state == "deferred"


def test_dates_of_a_function_are_asked_anew_after_each_interval() -> None:
    numbers = itertools.count()
    of = sensor(poke_interval=20, timeout=1000, execution_date_fn=lambda at: at + timedelta(days=next(numbers)))
    first = attempt(of, There())
    assert 10 < seconds_left(first) <= 20.1
    second = resumed(of, There(), ago=20)
    assert [outcome.awaits and outcome.awaits.dates for outcome in (first, second)] == [
        (AT,),
        (AT + timedelta(days=1),),
    ]


def test_what_runs_before_a_try_runs_once() -> None:
    called: list[str] = []
    of = sensor(
        pre_execute=lambda context: called.append("pre_execute"),
        post_execute=lambda context, result: called.append("post_execute"),
        on_execute_callback=lambda context: called.append("on_execute"),
        on_success_callback=lambda context: called.append("on_success"),
    )
    attempt(of, There())
    resumed(of, There(), ago=1)
    assert resumed(of, There(), status="success").state == "success"
    assert called == ["pre_execute", "on_execute", "post_execute", "on_success"]


class OwnPoke(ExternalTaskSensor):
    def poke(self, context: Any) -> bool:
        return super().poke(context)


class OwnExecute(ExternalTaskSensor):
    def execute(self, context: Any) -> str:
        super().execute(context)
        return "and something after it"


class OwnFields(ExternalTaskSensor):
    template_fields = ("external_dag_id",)


@pytest.mark.parametrize("cls", [OwnPoke, OwnExecute])
def test_code_of_ones_own_pokes_in_its_worker(cls: type[ExternalTaskSensor]) -> None:
    there = There(None, None, "success")
    assert attempt(sensor(cls), there).state == "success"
    assert len(there.asked) == 3


def test_a_class_without_code_of_its_own_gives_its_worker_back() -> None:
    assert attempt(sensor(OwnFields), There()).state == "deferred"


@pytest.mark.parametrize("mode", ["poke", "reschedule"])
def test_silent_fail_goes_on_after_a_failure(mode: str) -> None:
    there = There("failed", "failed", "success")
    of = sensor(failed_states=["failed"], silent_fail=True, mode=mode)
    if mode == "poke":
        assert attempt(of, there).state == "success"
        assert len(there.asked) == 3
    else:  # no event, which would be the same failure again at once
        outcome = attempt(of, there, first_start=datetime.now(UTC))
        assert (outcome.state, outcome.awaits) == ("rescheduled", None)


def test_a_sensor_that_another_task_calls_keeps_the_worker() -> None:
    there = There(None, "success")

    def made() -> None:
        @task
        def wraps() -> str:
            inner = Sensor(task_id="inner", external_dag_id="up", poke_interval=0.01, dag=None)
            inner.execute(get_current_context())
            return "done"

        wraps()

    with DAG("d", schedule=None, start_date=AT) as dag:
        made()
    assert attempt((dag, "wraps"), there).state == "success"
    assert len(there.asked) == 2


def test_one_that_skips_itself_in_a_function_is_skipped() -> None:
    def never(at: datetime) -> datetime:
        raise AirflowSkipException("no such day")

    assert attempt(sensor(execution_date_fn=never), There()).state == "skipped"


def test_a_mapped_sensor_gives_its_worker_back() -> None:
    of = one_task(
        lambda: Sensor.partial(task_id="s", external_dag_id="up", timeout=60).expand(external_task_id=["a", "b"])
    )
    outcome = attempt(of, There(), map_index=1, expanded_ti_count=2)
    assert outcome.state == "deferred"
    assert outcome.awaits == ExternalWait("up", (AT,), task_ids=("b",))


def test_without_a_scheduler_it_looks_itself() -> None:
    there = There(None, None, "success")
    dag, _ = sensor(poll_interval=0.01, timeout=60)
    assert run_whole(dag, manual_run("d", AT), there).tasks == {"s": "success"}
    assert len(there.asked) == 3
    late, _ = sensor(poll_interval=0.01, timeout=0.1, retries=3)
    told = run_whole(late, manual_run("d", AT), There())
    assert told.tasks == {"s": "failed"}
    assert "its timeout is 0 s" in told.errors["s"]
