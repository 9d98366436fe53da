"""The supervisor of `tradewind standalone`, with real processes and signals."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("supervised.py")


class Run:
    """A running supervisor and the lines it printed."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._rest = b""

    def until(self, wanted: Callable[[str], bool] | str, timeout: float = 30.0) -> str:
        """Read lines until one is the wanted one; the lines are kept."""
        deadline = time.monotonic() + timeout
        assert self.process.stdout is not None
        while True:
            while b"\n" in self._rest:
                line, self._rest = self._rest.split(b"\n", 1)
                self.lines.append(line.decode())
                if self.lines[-1] == wanted if isinstance(wanted, str) else wanted(self.lines[-1]):
                    return self.lines[-1]
            ready = select.select([self.process.stdout], [], [], max(0.0, deadline - time.monotonic()))[0]
            data = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert data, f"{wanted!r} never came; got {self.lines}"
            self._rest += data

    def pid(self, name: str, what: str = "pid") -> int:
        """The newest pid that a part printed."""
        return int(next(ln for ln in reversed(self.lines) if ln.startswith(f"{name} {what} ")).split()[-1])

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)


@pytest.fixture
def start() -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def begin(*arguments: str) -> Run:
        runs.append(Run(*arguments))
        return runs[-1]

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.process.kill()
        run.process.wait()
        assert run.process.stdout is not None
        run.process.stdout.close()


def gone(pid: int, timeout: float = 10.0) -> bool:
    """Wait until a process that is not our child has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], timeout)[0])
    finally:
        os.close(handle)


def test_stops_the_parts_last_started_first_and_leaves_nothing(start: Callable[..., Run]) -> None:
    run = start("a=good", "b=good", "c=good")
    run.until("all ready")
    run.signal(signal.SIGINT)
    run.until("clean end")
    assert [line for line in run.lines if line.endswith(" stopped")] == [
        "c stopped",
        "b stopped",
        "a stopped",
    ]
    assert run.process.wait(60) == 0
    assert all(gone(run.pid(name)) for name in "abc")


def test_a_killed_part_is_started_again_and_what_it_left_is_swept(start: Callable[..., Run]) -> None:
    run = start("a=good", "b=helper")
    run.until("all ready")
    first, helper = run.pid("b"), run.pid("b", "helper")
    os.kill(first, signal.SIGKILL)
    note = run.until(lambda line: line.startswith("note b ended"))
    assert "killed by SIGKILL" in note
    run.until(lambda line: line.startswith("b helper"))
    assert run.pid("b") != first
    assert gone(helper)
    run.signal(signal.SIGTERM)
    run.until("clean end")


@pytest.mark.parametrize(("behaviour", "reason"), [("broken", "the frobnicator is bent"), ("crash", "SIGKILL")])
def test_a_part_that_cannot_start_ends_the_whole_with_its_reason(
    start: Callable[..., Run], behaviour: str, reason: str
) -> None:
    run = start("a=good", f"b={behaviour}")
    error = run.until(lambda line: line.startswith("error "))
    assert error.startswith("error b ended 5 times")
    assert reason in error
    assert "a stopped" in run.lines
    assert run.process.wait(60) == 1
    assert "all ready" not in run.lines


def test_a_killed_parent_takes_its_children_with_it(start: Callable[..., Run]) -> None:
    run = start("a=good", "b=good")
    run.until("all ready")
    run.signal(signal.SIGKILL)
    assert gone(run.pid("a"))
    assert gone(run.pid("b"))
    run.until("a stopped")  # by the ordinary way, not by a kill


def test_a_part_that_hangs_is_killed_after_its_time(start: Callable[..., Run]) -> None:
    run = start("a=good", "b=hang")
    run.until("all ready")
    run.signal(signal.SIGTERM)
    run.until("b hangs")
    run.until("clean end")
    assert "a stopped" in run.lines
    assert gone(run.pid("b"))


def test_the_second_interrupt_ends_everything_at_once(start: Callable[..., Run]) -> None:
    run = start("a=good", "b=patient")
    run.until("all ready")
    os.kill(run.pid("b"), signal.SIGSTOP)  # b cannot obey: the parent waits for it
    run.signal(signal.SIGINT)
    run.until("note stopping")
    run.signal(signal.SIGINT)
    run.until("note stopping now")
    run.until("clean end")
    assert gone(run.pid("b"))
