"""Death in all its forms: workers, templates and owners killed in the middle of a task, cancels and stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from executor_harness import Scheduler, returned, scheduler_with_dag

from tradewind.executors.local import LocalExecutor
from tradewind.ports.executor import Finished, Lost
from tradewind.runtime import processes


def wait_for_file(scheduler: Scheduler, attempt: str, path: Path) -> list[int]:
    """The numbers in a file that a task writes when it is where the test wants it."""
    scheduler.claimed(attempt)
    ready = threading.Event()
    for _ in range(2000):
        if path.exists():
            return [int(word) for word in path.read_text().split()]
        ready.wait(0.01)  # another process makes the file; there is no signal to wait on
    raise AssertionError(f"{path} was not written: {scheduler.entries(attempt)}")


def hang(scheduler: Scheduler, root: Path, name: str = "pids") -> tuple[str, list[int]]:
    """A task that hangs, with the pids of its process and of the programs it started."""
    attempt = scheduler.submit("hang", conf={"path": str(root / name)})
    return attempt, wait_for_file(scheduler, attempt, root / f"{name}.ready")


def gone(pids: list[int]) -> bool:
    return processes.wait_gone(pids, 10.0) == set()


def test_a_killed_worker_ends_only_its_attempt(fresh: Scheduler, tmp_path: Path) -> None:
    victim, pids = hang(fresh, tmp_path)
    pipe = tmp_path / "gate"
    os.mkfifo(pipe)
    other = fresh.submit("gate", conf={"path": str(pipe)})
    fresh.claimed(other)
    os.kill(pids[0], signal.SIGKILL)
    lost = fresh.lost(victim)
    assert lost.reason == f"worker process {pids[0]} was killed by signal 9 (SIGKILL)"
    assert not lost.own_fault
    assert fresh.events(victim)[-1] == (
        f"the task ended without a result: {lost.reason}; the kernel does that when memory runs out"
    )
    assert all(processes.start_ticks(pid) is None for pid in pids), "nothing of it runs when the loss is reported"
    with pipe.open("w"):
        pass
    assert fresh.outcome(other).state == "success"
    assert fresh.run("noop").state == "success"
    assert [type(report) for report in fresh.reports].count(Lost) == 1


@pytest.mark.parametrize(("task_id", "status"), [("leave", 3), ("leave", 0), ("crash", None)])
def test_a_task_that_ends_its_own_process_failed_by_itself(fresh: Scheduler, task_id: str, status: int | None) -> None:
    """Not lost: it would do the same again, so it must use up a retry of its own."""
    lost = fresh.lost(fresh.submit(task_id, conf={"status": status}))
    assert lost.own_fault
    assert ("SIGSEGV" if status is None else f"exited with status {status}") in lost.reason
    assert fresh.run("noop").state == "success"


def test_cancel_stops_the_task_and_what_it_started(fresh: Scheduler, tmp_path: Path) -> None:
    attempt, pids = hang(fresh, tmp_path)
    fresh.executor.cancel(attempt)
    assert fresh.lost(attempt).reason == f"it was cancelled: worker process {pids[0]} exited with status 143"
    assert gone(pids)
    assert "the task was stopped" in fresh.events(attempt)


@pytest.mark.parametrize("fresh", [{"grace": 0.2}], indirect=True)
def test_cancel_of_a_stubborn_task_ends_in_sigkill(fresh: Scheduler, tmp_path: Path) -> None:
    attempt = fresh.submit("stubborn", conf={"path": str(tmp_path / "pid")})
    (pid,) = wait_for_file(fresh, attempt, tmp_path / "pid")
    fresh.executor.cancel(attempt)
    assert fresh.lost(attempt).reason.endswith("was killed by signal 9 (SIGKILL) after the grace period")
    assert gone([pid])


@pytest.mark.parametrize("fresh", [{"slots": 1}], indirect=True)
def test_cancel_before_the_start(fresh: Scheduler, tmp_path: Path) -> None:
    busy, _ = hang(fresh, tmp_path)
    waiting = fresh.submit("noop")
    fresh.executor.cancel(waiting)
    assert fresh.lost(waiting).reason == "it was cancelled before it started"
    fresh.executor.cancel(busy)
    fresh.lost(busy)
    fresh.hold.add("held")
    fresh.submit("noop", attempt_id="held")
    fresh.claimed("held")
    fresh.executor.cancel("held")
    assert "it was cancelled" in fresh.lost("held").reason
    assert fresh.run("noop").state == "success"


def test_sigterm_from_outside_is_a_failure_that_may_be_retried(fresh: Scheduler, tmp_path: Path) -> None:
    attempt, pids = hang(fresh, tmp_path)
    os.kill(pids[0], signal.SIGTERM)
    outcome = fresh.outcome(attempt)
    assert (outcome.state, outcome.error_type, outcome.retry) == ("failed", "AirflowTaskTerminated", True)
    assert gone(pids), "the worker is replaced and takes what it started with it"


def test_a_dead_template_loses_its_attempts_and_is_replaced(fresh: Scheduler, tmp_path: Path) -> None:
    attempt, pids = hang(fresh, tmp_path)
    assert fresh.executor._zygote is not None
    os.kill(fresh.executor._zygote.pid, signal.SIGKILL)
    assert "template process" in fresh.lost(attempt).reason
    assert all(processes.start_ticks(pid) is None for pid in pids)
    assert fresh.run("noop").state == "success"


def test_stop_gives_grace_and_leaves_nothing(tmp_path: Path) -> None:
    before = set(threading.enumerate())  # other tests' fixtures may have threads of the same names
    scheduler = scheduler_with_dag(tmp_path, slots=2)
    with scheduler:
        polite, pids = hang(scheduler, tmp_path)
        stubborn = scheduler.submit("stubborn", conf={"path": str(tmp_path / "pid")})
        pids += wait_for_file(scheduler, stubborn, tmp_path / "pid")
        waiting = scheduler.submit("noop")
        template = scheduler.executor._zygote
        assert template is not None
        threads = {thread.name for thread in threading.enumerate()}
        assert "tradewind-executor" in threads
        scheduler.executor.stop(0.3)
    assert scheduler.lost(polite).reason.startswith("the executor stopped: worker process")
    assert scheduler.lost(stubborn).reason.endswith("after the grace period")
    assert scheduler.lost(waiting).reason == "the executor stopped before it started"
    assert gone([*pids, template.pid])
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert not left & {"tradewind-executor", "zygote-reader", "tradewind-requests_0"}
    assert len(scheduler.reports) == 5, "two claims, three losses"


OWNER = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
from executor_harness import scheduler_with_dag
root = Path({root!r})
with scheduler_with_dag(root, slots=2) as scheduler:
    attempt = scheduler.submit("hang", conf={{"path": str(root / "pids")}})
    print(attempt, scheduler.executor._zygote.pid, flush=True)
    scheduler.end(attempt)
"""


def test_kill_of_the_owner_leaves_nothing(tmp_path: Path) -> None:
    script = OWNER.format(path=[str(Path(__file__).parent)], root=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        template = int(owner.stdout.readline().split()[1])
        pids = _read_when_there(tmp_path / "pids.ready")
        owner.kill()
    assert gone([template, *pids])


def test_bury_finds_what_a_dead_executor_left(tmp_path: Path) -> None:
    mark = dict(os.environ, TRADEWIND_ATTEMPT_ID="dead-1")
    with (
        subprocess.Popen(["sleep", "1000"], env=mark, start_new_session=True) as marked,
        subprocess.Popen(["sleep", "1000"], env=dict(os.environ, TRADEWIND_ATTEMPT_ID="alive-1")) as other,
    ):
        LocalExecutor(1).bury(["dead-1", "dead-2"])
        assert marked.wait(60) == -signal.SIGKILL
        assert other.poll() is None
        other.kill()


def test_bury_ends_templates_whose_owner_is_dead() -> None:
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-P", "-m", "tradewind.runtime.template", str(theirs.fileno())]
    # The control socket stays open, as when a forked copy of a dead owner still holds it.
    env = dict(os.environ, TRADEWIND_OWNER="999999999:1")
    with ours, theirs, subprocess.Popen(command, pass_fds=[theirs.fileno()], env=env) as template:
        ours.recv(64)
        LocalExecutor(1).bury([])
        assert template.wait(60) == -signal.SIGKILL


def test_a_worker_that_cannot_start_gives_up_with_the_reason(tmp_path: Path) -> None:
    scheduler = scheduler_with_dag(tmp_path, preload=["no_such_module_to_preload"])
    with scheduler:
        attempt = scheduler.submit("noop")
        assert "no_such_module_to_preload" in scheduler.lost(attempt).reason


def test_a_prewarmed_worker_serves_the_first_attempt(fresh: Scheduler) -> None:
    pids = {returned(fresh.run("pid")) for _ in range(3)}
    assert len(pids) == 1 and sum(isinstance(report, Finished) for report in fresh.reports) == 3


def _read_when_there(path: Path) -> list[int]:
    ready = threading.Event()
    for _ in range(2000):
        if path.exists():
            return [int(word) for word in path.read_text().split()]
        ready.wait(0.01)  # another process makes the file; there is no signal to wait on
    raise AssertionError(f"{path} was not written")
