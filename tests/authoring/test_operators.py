"""BashOperator and sensors, with real processes."""

import logging
import os
import select
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from authoring_kit import TaskInstance, context_of, run, spec_of

from tradewind import DAG, BaseSensorOperator, BashOperator, PokeReturnValue, PythonSensor, task
from tradewind.authoring import sensors
from tradewind.authoring.child_process import ChildProcess
from tradewind.errors import (
    AirflowException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    DagAuthoringError,
)


def bash(command: str, **kwargs: Any) -> BashOperator:
    with DAG("d", schedule=None):
        return BashOperator(task_id="b", bash_command=command, owner="me", **kwargs)


def watch(*pids: int) -> list[int]:
    """Descriptors that become readable when the processes end."""
    return [os.pidfd_open(pid) for pid in pids]


def all_ended(descriptors: list[int]) -> bool:
    """Wait, up to 20 s each, until the watched processes have ended."""
    ended = [bool(select.select([descriptor], [], [], 20)[0]) for descriptor in descriptors]
    for descriptor in descriptors:
        os.close(descriptor)
    return all(ended)


def test_output_is_logged_and_the_last_line_returned(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="airflow.task")
    result, _ = run(bash("echo one; echo two >&2; printf 'thr\\xe9e'", output_encoding="latin-1"))
    assert result == "thrée"
    assert [line for line in caplog.messages if line in {"one", "two", "thrée"}] == ["one", "two", "thrée"]
    assert run(bash("true"))[0] == ""


def test_command_is_a_template_and_values_reach_it_by_env() -> None:
    evil = "'; touch pwned; echo '"
    made = bash('echo "{{ run_id }} $VALUE"; ls', env={"VALUE": "{{ params.v }}"})
    result, _ = run(made, params={"v": evil})
    assert result == f"r1 {evil}"


def test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FROM_PARENT", "p")
    monkeypatch.setenv("TRADEWIND_ATTEMPT_ID", "att-1")
    show = 'echo "$FROM_PARENT|$MINE|$AIRFLOW_CTX_TASK_ID|$AIRFLOW_CTX_DAG_RUN_ID|$TRADEWIND_ATTEMPT_ID"'
    assert run(bash(show))[0] == "p||b|r1|att-1"
    assert run(bash(show, env={"MINE": "m"}))[0] == "|m|b|r1|att-1"
    assert run(bash(show, env={"MINE": "m"}, append_env=True))[0] == "p|m|b|r1|att-1"
    with pytest.raises(AirflowException, match="'N' is 5; write str"):
        run(bash("true", env={"N": 5}))


def test_exit_codes() -> None:
    with pytest.raises(AirflowException, match="exit code 3; last line of output: 'why'"):
        run(bash("echo why; exit 3"))
    with pytest.raises(AirflowSkipException):
        run(bash("exit 99"))
    with pytest.raises(AirflowSkipException):
        run(bash("exit 4", skip_on_exit_code=[3, 4]))
    with pytest.raises(AirflowException, match="exit code 99"):
        run(bash("exit 99", skip_on_exit_code=None))
    with pytest.raises(AirflowException, match="killed by signal 9"):
        run(bash("kill -9 $$"))


def test_folders(tmp_path: Path) -> None:
    assert run(bash("pwd", cwd=str(tmp_path)))[0] == str(tmp_path)
    scratch = run(bash("touch x; pwd"))[0]
    assert not Path(scratch).exists()
    with pytest.raises(AirflowException, match="cwd='/no/such' does not exist"):
        run(bash("pwd", cwd="/no/such"))


def test_script_files_are_templates(tmp_path: Path) -> None:
    (tmp_path / "job.sh").write_text("# words\necho {{ run_id }}\n")
    with DAG("d", schedule=None, template_searchpath=[str(tmp_path)]):
        assert run(BashOperator(task_id="b", bash_command="job.sh"))[0] == "r1"
        with pytest.raises(AirflowException, match=r"template file 'nojob.sh' is not in .*add a space at its end"):
            run(BashOperator(task_id="c", bash_command="nojob.sh"))


def test_long_commands_go_through_a_file() -> None:
    assert run(bash("x='" + "y" * 200_000 + "'; printf %s $x | wc -c "))[0].strip() == "200000"


def test_bash_command_must_be_text() -> None:
    with pytest.raises(DagAuthoringError, match="bash_command must be text, not 5"):
        bash(5)  # type: ignore[arg-type]


def test_decorated_bash() -> None:
    with DAG("d", schedule=None) as dag:

        @task.bash(env={"A": "b"})
        def say(word: str, run_id: str) -> Any:
            return f'echo "{word} {run_id} {{{{ run_id }}}} $A"' if word else 5

        fine, wrong = say("{{ run_id }}").operator, say("").operator
    assert run(fine)[0] == "r1 r1 r1 b"
    with pytest.raises(AirflowException, match="must return a command as text, not 5"):
        run(wrong)
    assert spec_of(dag).tasks[0].operator == "_BashDecoratedOperator"


def test_on_kill_ends_the_whole_group(tmp_path: Path) -> None:
    fifo = tmp_path / "pids"
    os.mkfifo(fifo)
    made = bash(f"sleep 300 & echo $$ $! > {fifo}; wait").prepare_for_execution()
    errors: list[BaseException] = []

    def body() -> None:
        try:
            made.execute(context_of(made))
        except AirflowException as error:
            errors.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    watched = watch(*map(int, fifo.read_text().split()))
    made.on_kill()
    thread.join(60)
    assert not thread.is_alive() and "killed by signal 15" in str(errors[0])
    assert all_ended(watched)


def test_a_stop_that_comes_while_the_process_starts_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    child, start = ChildProcess(), subprocess.Popen

    def started_and_stopped(*args: Any, **options: Any) -> Any:
        made = start(*args, **options)
        child.stop()
        return made

    monkeypatch.setattr(subprocess, "Popen", started_and_stopped)
    assert child.run(["sleep", "300"], env=dict(os.environ), on_line=print) == -signal.SIGTERM


def test_a_stubborn_command_is_killed_and_a_timeout_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("tradewind.authoring.child_process._KILL_GRACE", 0.1)
    fifo = tmp_path / "pids"
    os.mkfifo(fifo)
    command = f"trap '' TERM; sleep 300 & echo $$ $! > {fifo}; echo up; while true; do wait; done"
    made = bash(command).prepare_for_execution()
    listening = threading.Event()
    heard = logging.Handler()
    monkeypatch.setattr(heard, "emit", lambda record: listening.set() if record.getMessage() == "up" else None)
    made.log.addHandler(heard)
    caplog.set_level("INFO", logger=made.log.name)

    class Passed(BaseException):
        pass

    told = threading.Event()

    def passed(*_args: Any) -> None:
        if not told.is_set():
            told.set()
            raise Passed

    watched: list[int] = []

    def read() -> None:
        watched.extend(watch(*map(int, fifo.read_text().split())))
        assert listening.wait(60)  # the timeout comes while the operator reads the command's output
        while not told.wait(0.05):  # a signal in the instant before a blocking read would not end that read
            os.kill(os.getpid(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, passed)
    reader = threading.Thread(target=read)
    reader.start()
    try:
        with pytest.raises(Passed):
            made.execute(context_of(made))
    finally:
        signal.signal(signal.SIGUSR1, before)
        reader.join(60)
        made.log.removeHandler(heard)
    assert len(watched) == 2 and all_ended(watched)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's parent-death signal is Linux's")
def test_bash_dies_with_a_killed_worker(tmp_path: Path) -> None:
    fifo = tmp_path / "pid"
    os.mkfifo(fifo)
    code = f"""
from tradewind import DAG, BashOperator
with DAG("d", schedule=None):
    task = BashOperator(task_id="b", bash_command="echo $$ > {fifo}; exec 1>&- 2>&-; exec sleep 300")
task.execute({{"task": task}})
"""
    worker = subprocess.Popen([sys.executable, "-c", code])
    watched = watch(int(fifo.read_text()))
    worker.kill()
    worker.wait()
    assert all_ended(watched)


# --- sensors -----------------------------------------------------------------------------------------------------


class Rescheduled(TaskInstance):
    """A task instance of a sensor that was rescheduled before."""

    first: datetime | None = None

    def get_first_reschedule_date(self, context: Any) -> datetime | None:
        return self.first


def sensor(pokes: list[Any], **kwargs: Any) -> PythonSensor:
    def poke() -> Any:
        value = pokes.pop(0)
        if isinstance(value, Exception):
            raise value
        return value

    with DAG("d", schedule=None):
        return PythonSensor(task_id="s", python_callable=poke, **kwargs)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses between pokes, not waited for."""
    found: list[float] = []
    monkeypatch.setattr(sensors.time, "sleep", found.append)
    return found


def test_pokes_until_true(pauses: list[float]) -> None:
    pokes = [False, 0, PokeReturnValue(False), PokeReturnValue(True, "found"), "unused"]
    assert run(sensor(pokes, poke_interval=timedelta(seconds=7)))[0] == "found"
    assert (pauses, pokes) == ([7.0, 7.0, 7.0], ["unused"])


def test_backoff_grows_to_its_limit(pauses: list[float]) -> None:
    run(sensor([False] * 5 + [True], poke_interval=10, exponential_backoff=True, max_wait=60))
    assert pauses == [10.0, 20.0, 40.0, 60.0, 60.0]


def test_timeout(pauses: list[float]) -> None:
    with pytest.raises(AirflowSensorTimeout, match="its timeout is 0 s"):
        run(sensor([False, False], timeout=0))
    with pytest.raises(AirflowSkipException):
        run(sensor([False, False], timeout=0, soft_fail=True))


def test_errors_of_a_poke(pauses: list[float]) -> None:
    with pytest.raises(KeyError):
        run(sensor([KeyError("x")]))
    assert run(sensor([KeyError("x"), True], silent_fail=True))[0] is None
    with pytest.raises(AirflowSkipException, match="KeyError"):
        run(sensor([KeyError("x")], never_fail=True))


def test_reschedule_mode() -> None:
    made = sensor([False, False], mode="reschedule", poke_interval=60, timeout=100)
    ti = Rescheduled(made)
    context = context_of(made)
    context["ti"] = ti
    with pytest.raises(AirflowRescheduleException) as caught:
        made.execute(context)
    wait = caught.value.reschedule_date - datetime.now(UTC)  # type: ignore[operator]
    assert timedelta(seconds=55) < wait <= timedelta(seconds=60)
    ti.first = datetime.now(UTC) - timedelta(seconds=101)
    with pytest.raises(AirflowSensorTimeout):
        made.execute(context)
    spec = spec_of(made.dag).tasks[0]
    assert spec.is_sensor and spec.reschedule


def test_sensor_arguments_and_decorator(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DagAuthoringError, match=r"mode=.poke."):
        sensor([], mode="pole")
    with pytest.raises(DagAuthoringError, match="poke_interval must be"):
        sensor([], poke_interval="1m")
    monkeypatch.setenv("AIRFLOW__SENSORS__DEFAULT_TIMEOUT", "120")
    assert sensor([]).timeout == 120
    with DAG("d", schedule=None) as dag:

        @task.sensor(poke_interval=5)
        def there(run_id: str) -> Any:
            return PokeReturnValue(True, run_id)

        made = there().operator
    assert run(made)[0] == "r1"
    assert isinstance(made, BaseSensorOperator) and spec_of(dag).tasks[0].operator == "DecoratedSensorOperator"
