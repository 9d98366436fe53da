"""What an attempt does, in real worker processes: outcomes, XComs, callbacks, logs, and the state it leaves."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from executor_harness import Scheduler, returned, scheduler_with_dag

from tradewind.ports.executor import Claimed, Finished
from tradewind.spec import wire


def test_success_with_return_value_and_log(shared: Scheduler) -> None:
    attempt = shared.submit("hello")
    outcome = shared.outcome(attempt)
    assert (outcome.state, outcome.error, returned(outcome)) == ("success", "", {"answer": 42})
    lines = shared.entries(attempt)
    assert set(lines[0]) == {"timestamp", "level", "event", "logger", "filename", "lineno"}
    assert datetime.fromisoformat(lines[0]["timestamp"]).tzinfo is not None
    assert shared.events(attempt, "task.stdout") == ["hello from print"]
    warning = next(line for line in lines if line["level"] == "warning")
    assert warning["event"] == "a warning" and warning["filename"] == "d.py" and warning["lineno"] > 0


def test_every_stream_reaches_the_log(shared: Scheduler) -> None:
    attempt = shared.submit("streams")
    assert shared.outcome(attempt).state == "success"
    out = shared.events(attempt, "task.stdout")
    assert sorted(out) == sorted(["half line", "raw bytes", "from a child", "no newline at the end"])
    assert shared.events(attempt, "task.stderr") == ["to stderr"]
    assert "be warned" in "".join(shared.events(attempt, "py.warnings"))


def test_failure_has_the_users_traceback(shared: Scheduler) -> None:
    attempt = shared.submit("fail")
    outcome = shared.outcome(attempt)
    assert (outcome.state, outcome.error_type, outcome.retry) == ("failed", "ValueError", True)
    assert outcome.error == "ValueError: broken in two lines"
    (detail,) = next(line for line in shared.entries(attempt) if line["level"] == "error")["error_detail"]
    assert detail["exc_type"] == "ValueError" and "broken\nin two lines" in detail["traceback"]
    assert [(Path(frame["filename"]).name, frame["name"]) for frame in detail["frames"]] == [("d.py", "fail")]
    assert "tradewind/" not in detail["traceback"], "the user's frames and no others"


def test_a_task_whose_log_has_no_place_fails_and_others_go_on(shared: Scheduler) -> None:
    (shared.logs / "dag_id=bad").write_text("a file where a folder should be")
    outcome = shared.run("hello", log_path=str(shared.logs / "dag_id=bad" / "a.log"))
    assert outcome.state == "failed" and "its log cannot be written" in outcome.error
    new = shared.logs / "dag_id=good" / "run_id=1" / "a.log"
    assert shared.run("hello", log_path=str(new)).state == "success"
    assert new.read_text()


def test_an_exception_that_cannot_be_shown_fails_its_task_only(shared: Scheduler) -> None:
    outcome = shared.run("fail_without_words")
    assert (outcome.state, outcome.error_type) == ("failed", "Wordless")
    assert outcome.error == "Wordless: <its text cannot be shown: ZeroDivisionError>"


@pytest.mark.parametrize(
    ("task_id", "state", "retry"),
    [
        ("fail_hard", "failed", False),
        ("skip", "skipped", True),
        ("exit_zero", "success", True),
        ("exit_three", "failed", True),
    ],
)
def test_exceptions_that_mean_something(shared: Scheduler, task_id: str, state: str, retry: bool) -> None:
    outcome = shared.run(task_id)
    assert (outcome.state, outcome.retry) == (state, retry)
    assert outcome.error_type == {"fail_hard": "AirflowFailException", "exit_three": "SystemExit"}.get(task_id, "")


def test_reschedule(shared: Scheduler) -> None:
    outcome = shared.run("reschedule")
    assert outcome.state == "rescheduled"
    assert outcome.reschedule_at == datetime(2029, 12, 31, 23, tzinfo=UTC)


def test_timeout_ends_the_code_and_the_worker_is_replaced(shared: Scheduler) -> None:
    attempt = shared.submit("slow")
    outcome = shared.outcome(attempt)
    assert (outcome.state, outcome.error_type, outcome.retry) == ("failed", "AirflowTaskTimeout", True)
    assert "execution_timeout of 0.2 s" in outcome.error
    before = shared.claimed(attempt).pid
    assert before not in {returned(shared.run("pid")) for _ in range(4)}


def test_a_timeout_never_tears_a_message(shared: Scheduler) -> None:
    for _ in range(4):
        outcome = shared.run("big_push")
        assert (outcome.state, outcome.error_type) == ("failed", "AirflowTaskTimeout")


def test_a_forked_copy_reports_nothing(shared: Scheduler) -> None:
    attempt = shared.submit("fork_without_end")
    assert returned(shared.outcome(attempt)) == "parent"
    shared.run("noop")
    assert len(shared.of(attempt)) == 2, "one claim, one outcome"


def test_multiple_outputs_branch_and_pushed_xcoms(shared: Scheduler) -> None:
    many = shared.run("many")
    assert {item.key: json.loads(item.value) for item in many.xcoms} == {
        "a": 1,
        "b": [2],
        "return_value": {"a": 1, "b": [2]},
    }
    assert shared.run("branch").skip == ("right",)
    attempt = shared.submit("push")
    assert returned(shared.outcome(attempt)) == 7
    assert shared.xcoms[attempt, "rows"] == "7"


def test_templates_are_rendered_from_a_clean_copy_each_time(shared: Scheduler) -> None:
    for number in (1, 5, 1):
        outcome = shared.run("templated", conf={"n": number})
        assert returned(outcome) == ["2024-01-31", [str(number)]]
        assert outcome.rendered["op_kwargs"] == {"b": [str(number)]}


def test_a_template_that_cannot_be_rendered_fails_the_task(shared: Scheduler) -> None:
    outcome = shared.run("bad_template")
    assert outcome.state == "failed" and outcome.error_type == "UndefinedError" and "nothing" in outcome.error


def test_params_of_the_run_are_checked(shared: Scheduler) -> None:
    outcome = shared.run("hello", conf={"n": "many"})
    assert outcome.state == "failed" and not outcome.retry and "'n'" in outcome.error


def test_context_reaches_the_function(shared: Scheduler) -> None:
    values = returned(shared.run("context_of", conf={"extra": [1]}))
    assert values == [
        "2024-01-31",
        {"n": 1, "extra": [1]},
        "context_of",
        "manual__2024-01-31",
        "2024-01-31T00:00:00+00:00",
        "20240131T000000",
        None,
    ]


@pytest.mark.parametrize(
    ("task_id", "values", "told"),
    [
        ("told", {"try_number": 1, "max_tries": 1}, ["retry: up_for_retry broken"]),
        ("told", {"try_number": 2, "max_tries": 1}, ["failure: failed broken"]),
        ("told_success", {}, ["execute: running None", "success: success None"]),
        ("told_skip", {}, ["skipped: skipped nothing to do"]),
    ],
)
def test_callbacks_know_what_was_decided(shared: Scheduler, task_id: str, values: dict, told: list[str]) -> None:
    attempt = shared.submit(task_id, **values)
    outcome = shared.outcome(attempt)
    assert [line for line in shared.events(attempt, "task.stdout") if ": " in line] == told
    if task_id == "told_success":
        assert outcome.state == "success", "an error in a callback never changes the outcome"
        assert any("bad_callback failed: RuntimeError: the callback broke" in line for line in shared.events(attempt))


def test_callback_work_of_a_dag_and_of_a_lost_task(shared: Scheduler) -> None:
    task = shared.work("told", attempt_id="callback-1")
    for number, task_id in enumerate((None, "told")):
        attempt = f"callback-{number}"
        work = wire.CallbackWork(
            attempt_id=attempt, dag_id="d", run=task.run, source=task.source, task_id=task_id,
            kind="on_failure_callback", log_path=str(shared.logs / f"{attempt}.log"), try_number=1,
            reason="the worker died", of_task=task_id is not None,
        )  # fmt: skip
        shared.executor.submit(work)
        assert shared.outcome(attempt).state == "done"
        assert any("the worker died" in line for line in shared.events(attempt, "task.stdout"))
    assert shared.outcome("callback-0").error == ""
    assert "the callback broke" in shared.outcome("callback-1").error


def test_callbacks_that_hang_are_interrupted_and_the_outcome_stays(shared: Scheduler) -> None:
    attempt = shared.submit("hangs_in_callback", callback_limit=0.3)
    assert shared.outcome(attempt).state == "success"
    (line,) = [line for line in shared.events(attempt) if "callback_timeout" in line]
    assert line == "on_success_callback ran longer than 0.3 s (callback_timeout); not called any more: called_after"
    task = shared.work("hangs_in_callback", attempt_id="hanging")
    shared.executor.submit(
        wire.CallbackWork(
            attempt_id="hanging", dag_id="d", run=task.run, source=task.source, task_id="hangs_in_callback",
            kind="on_success_callback", log_path=str(shared.logs / "hanging.log"), of_task=True, time_limit=0.3,
        )
    )  # fmt: skip
    assert "ran longer than 0.3 s" in shared.outcome("hanging").error


def test_secrets_never_reach_the_log(shared: Scheduler) -> None:
    attempt = shared.submit("secrets")
    outcome = shared.outcome(attempt)
    text = (shared.logs / f"{attempt}.log").read_text()
    assert "the secret is ***" in text and "again: ***" in text and "postgres://me:***@host/db" in text
    assert "s3cr3t-value" not in text and "conn-password" not in text and "s3cr3t-value" not in outcome.error


def test_code_that_is_gone_or_broken_fails_the_attempt(shared: Scheduler) -> None:
    assert shared.run("no_such_task").error_type == "TaskNotFound"
    assert shared.run("hello", dag_id="no_such_dag").error_type == "DagNotFound"
    shared.write("broken.py", "import no_such_module_anywhere\n")
    attempt = shared.submit("hello", file="broken.py")
    assert shared.outcome(attempt).error_type == "ModuleNotFoundError"
    assert any("error_detail" in line for line in shared.entries(attempt))
    assert shared.run("hello").state == "success"


def test_a_changed_file_and_its_module_are_loaded_afresh(shared: Scheduler) -> None:
    text = """
from datetime import datetime
from tradewind.authoring.dag import DAG
from tradewind.authoring.operators.python import PythonOperator
import shared_helper
VERSION = {version}
with DAG("v", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="v", python_callable=lambda: [VERSION, shared_helper.VALUE])
"""
    for version in (1, 2, 1):
        shared.write("shared_helper.py", f"VALUE = {version}\n")
        shared.write("v.py", text.format(version=version))
        for _ in range(3):
            assert returned(shared.run("v", file="v.py", dag_id="v")) == [version, version]


def test_nothing_is_left_for_the_next_task(tmp_path) -> None:
    with scheduler_with_dag(tmp_path, slots=1) as scheduler:
        before = returned(scheduler.run("look"))
        messy = returned(scheduler.run("mess", conf={"path": str(tmp_path / "stdout")}))
        assert messy == before["pid"]
        attempt = scheduler.submit("look")
        after = returned(scheduler.outcome(attempt))
        assert after["attempt"] == attempt and after["dag"] == "d" and after["file"] == "yes"
        assert {**before, "attempt": attempt} == after, "the same process, as clean as before"
        assert "still logging" in scheduler.events(attempt)


@pytest.mark.parametrize("task_id", ["thread", "leftover"])
def test_what_a_task_leaves_running_ends_with_its_worker(tmp_path, task_id: str) -> None:
    with scheduler_with_dag(tmp_path, slots=1) as scheduler:
        attempt = scheduler.submit(task_id)
        left = returned(scheduler.outcome(attempt))
        assert any("left" in line for line in scheduler.events(attempt, "tradewind.worker"))
        assert returned(scheduler.run("pid")) != left, "the worker was replaced, and no attempt was lost"


def test_500_tiny_tasks_through_two_workers(tmp_path) -> None:
    with scheduler_with_dag(tmp_path, recycle_after=40) as scheduler:
        ids = [scheduler.submit("noop") for _ in range(500)]
        scheduler.wait(lambda: sum(isinstance(report, Finished) for report in scheduler.reports) == 500, 60)
        for attempt in ids:
            claimed, finished = scheduler.of(attempt)
            assert (
                isinstance(claimed, Claimed) and isinstance(finished, Finished) and finished.outcome.state == "success"
            )
        pids = [scheduler.claimed(attempt).pid for attempt in ids]
        assert max(map(pids.count, set(pids))) <= 40, "workers are replaced after recycle_after attempts"
        assert len(set(pids)) >= 13


def test_a_process_per_task(tmp_path) -> None:
    with scheduler_with_dag(tmp_path, process_per_task=True) as scheduler:
        attempts = [scheduler.submit("pid") for _ in range(8)]
        assert len({returned(scheduler.outcome(attempt)) for attempt in attempts}) == 8


def test_a_refused_claim_runs_nothing_and_reports_nothing(shared: Scheduler) -> None:
    work = shared.work("hello")
    shared.refuse.add(work.attempt_id)
    shared.executor.submit(work)
    shared.claimed(work.attempt_id)
    shared.run("noop"), shared.run("noop")
    assert len(shared.of(work.attempt_id)) == 1
    assert shared.events(work.attempt_id) == []


def test_errors_of_requests_arrive_by_class(shared: Scheduler) -> None:
    shared.write(
        "ask.py",
        """
from datetime import datetime
from tradewind.authoring import comms
from tradewind.authoring.dag import DAG
from tradewind.authoring.operators.python import PythonOperator
from tradewind.errors import AirflowNotFoundException
from tradewind.spec import wire
def ask():
    try: comms.request(wire.GetConnection("x"))
    except AirflowNotFoundException as error: return str(error)
with DAG("ask", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="ask", python_callable=ask)
""",
    )
    from tradewind.errors import AirflowNotFoundException

    def serve(request: wire.Request) -> object:
        raise AirflowNotFoundException(f"no connection {request.conn_id}")

    shared._serve, before = serve, shared._serve
    try:
        assert returned(shared.run("ask", file="ask.py", dag_id="ask")) == "no connection x"
    finally:
        shared._serve = before
